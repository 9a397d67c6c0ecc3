// The records behind a figure: what was counted, as it was counted.
import { type Page } from "../api";
import { useCell } from "../cell";
import { dateTime, number } from "../format";
import { t, term, tn } from "../i18n";
import { Empty, Fault, PageHead } from "../parts/basic";
import { labelOf, useFigureNames } from "../parts/figure";
import { Icon } from "../parts/icon";
import { SkeletonTable, Table } from "../parts/table";
import { columnsOf } from "../parts/views";
import { place } from "../router";
import { noun as nounOf, useAsk } from "../store";
import { linkTo } from "./mini";

export function RecordsScreen() {
	const words = useCell(place).query;
	const name = words.get("name") ?? "";
	const { data, problem, again } = useAsk<Page>(words.get("of"), ["*"]);
	const known = useFigureNames().get(name);
	const nouns = [...new Set(data?.items.map((r) => r.noun) ?? [])];
	return (
		<>
			<PageHead title={labelOf(name, known?.label)} {...(data ? { count: tn("records", data.total ?? data.items.length, number(data.total ?? data.items.length)) } : {})}>
				<button type="button" class="button" onClick={() => history.back()}><Icon name="left" />{t("back")}</button>
			</PageHead>
			{known?.definition && <p class="muted greeting">{known.definition}</p>}
			{problem && !data && <Fault problem={problem} again={again} />}
			{!data && !problem && <SkeletonTable />}
			{data && !data.items.length && <div class="panel"><Empty icon="chart" title={t("nothing_counted")} /></div>}
			{nouns.map((noun) => (
				<Table key={noun} noun={noun} label={term(nounOf(noun).many)} columns={columnsOf(noun, { key: "", name: "", filters: [] })} records={data!.items.filter((r) => r.noun === noun)} to={linkTo} />
			))}
			{data?.as_of && <p class="list-foot">{t("as_of", { when: dateTime(data.as_of) })}</p>}
		</>
	);
}
