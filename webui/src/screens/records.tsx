// The records behind a figure: what was counted, as it was counted.
import { useState } from "preact/hooks";
import { type Page, type Rec, get } from "../api";
import { useCell } from "../cell";
import { dateTime, number } from "../format";
import { t, term, tn } from "../i18n";
import { Empty, Fault, PageHead } from "../parts/basic";
import { allOf, csvOf, download } from "../parts/csv";
import { labelOf, useFigureNames } from "../parts/figure";
import { Icon } from "../parts/icon";
import { SkeletonTable, Table } from "../parts/table";
import { columnsOf } from "../parts/views";
import { place } from "../router";
import { complain, noun as nounOf, useAsk } from "../store";
import { linkTo } from "./mini";

export function RecordsScreen() {
	const words = useCell(place).query;
	const name = words.get("name") ?? "";
	const { data, problem, again } = useAsk<Page>(words.get("of"), ["*"]);
	const known = useFigureNames().get(name);
	const [more, setMore] = useState<Page | null>(null);
	const of = words.get("of") ?? "";
	const records: Rec[] = [...(data?.items ?? []), ...(more?.items ?? [])];
	const next = more ? more.cursor : data?.cursor;
	const nouns = [...new Set(records.map((r) => r.noun))];
	const view = { key: "", name: "", filters: [] };
	const older = async () => {
		const page = await get<Page>(`${of}${of.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(next!)}`);
		setMore({ ...page, items: [...(more?.items ?? []), ...page.items] });
	};
	const csv = async () => {
		const all = await allOf(of);
		for (const noun of nouns) download(`${name}${nouns.length > 1 ? `-${noun}` : ""}.csv`, csvOf(columnsOf(noun, view), all.filter((r) => r.noun === noun)));
	};
	return (
		<>
			<PageHead title={labelOf(name, known?.label)} {...(data ? { count: tn("records", data.total ?? data.items.length, number(data.total ?? data.items.length)) } : {})}>
				{records.length > 0 && <button type="button" class="button quiet icon" aria-label={t("csv")} title={t("csv")} onClick={() => void csv().catch(complain)}><Icon name="download" /></button>}
				{records.length > 0 && <button type="button" class="button quiet icon" aria-label={t("print")} title={t("print")} onClick={() => print()}><Icon name="print" /></button>}
				<button type="button" class="button" onClick={() => history.back()}><Icon name="left" />{t("back")}</button>
			</PageHead>
			{known?.definition && <p class="muted greeting">{known.definition}</p>}
			{problem && !data && <Fault problem={problem} again={again} />}
			{!data && !problem && <SkeletonTable />}
			{data && !data.items.length && <div class="panel"><Empty icon="chart" title={t("nothing_counted")} /></div>}
			{nouns.map((noun) => (
				<Table key={noun} noun={noun} label={term(nounOf(noun).many)} columns={columnsOf(noun, view)} records={records.filter((r) => r.noun === noun)} to={linkTo} />
			))}
			{data?.as_of && (
				<div class="list-foot">
					<span>{t("as_of", { when: dateTime(data.as_of) })}</span>
					{next && <><span class="num">{data.total === undefined ? t("shown", { n: number(records.length) }) : t("shown_of", { n: number(records.length), total: number(data.total) })}</span><button type="button" class="button small" onClick={() => void older().catch(complain)}>{t("more")}</button></>}
				</div>
			)}
		</>
	);
}
