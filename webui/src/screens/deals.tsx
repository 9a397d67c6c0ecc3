// Deals: board, list, one deal, won and lost.
import { useState } from "preact/hooks";
import { type Rec, query, titleOf } from "../api";
import { useCell } from "../cell";
import { date, money, moneyShort, number, percent, relative, today } from "../format";
import { t, term } from "../i18n";
import { Badge, Dialog, Empty, Fault, PageHead, Panel, Segments, Skeletons } from "../parts/basic";
import { Board, type Lane } from "../parts/board";
import { EditDialog, Inputs, useForm } from "../parts/form";
import { Icon } from "../parts/icon";
import { Props, said } from "../parts/props";
import { useRates } from "../parts/rates";
import { RecordHead, WithRecord } from "../parts/record";
import { Timeline } from "../parts/timeline";
import { currencyOf, isEmpty, tone } from "../parts/value";
import type { View } from "../parts/views";
import { go, href, place, setQuery } from "../router";
import { change, field as fieldOf, is, me, prefer, preference, usePage } from "../store";
import { Find, ListScreen } from "./list";
import { NextSteps } from "./steps";

export function useStages(pipeline?: number) {
	const { data } = usePage("/stages?limit=200", ["stages"]);
	const rows = data?.items ?? [];
	return pipeline ? rows.filter((r) => !r.parent || r.parent === pipeline) : rows;
}
const views = (): View[] => [
	{ key: "mine", name: t("view_mine"), filters: ["owner:eq:me", "state:eq:0"], sort: "expected_close" },
	{ key: "open", name: t("view_open"), filters: ["state:eq:0"], sort: "expected_close" },
	{ key: "late", name: t("view_late"), filters: ["state:eq:0", "expected_close:lt:today"], sort: "expected_close" },
	{ key: "won", name: term("won"), filters: ["state:eq:1"], sort: "-modified" },
	{ key: "lost", name: term("lost"), filters: ["state:eq:2"], sort: "-modified" },
	{ key: "all", name: t("view_all"), filters: [], sort: "-created" },
];
const Switch = ({ now }: { now: "board" | "list" }) => (
	<Segments label={t("shown_as")} now={now} options={[{ key: "board", text: t("board"), icon: "board" }, { key: "list", text: t("list"), icon: "list" }]}
		choose={(as) => { prefer("deals.as", as); go(as === "board" ? "/deals?as=board" : "/deals?as=list", true); }} />
);
export function DealsScreen() {
	const words = useCell(place).query;
	const as = words.get("as") ?? (words.has("f") || words.has("view") ? "list" : preference("deals.as", "board"));
	const first = useStages()[0];
	if (as === "board") return <BoardScreen />;
	return (
		<ListScreen noun="deals" views={views()} start={is.sales() && !is.manager() ? "mine" : "open"} actions={<Switch now="list" />}
			empty={{ title: t("deals_empty"), text: t("deals_empty_text") }} preset={{ owner: me.value?.id, stage: first?.id }} presetNames={{ owner: me.value?.display_name ?? "" }} />
	);
}

// Where a deal goes when its stage changes: lost asks why, won is said aloud.
function useMove() {
	const [losing, setLosing] = useState<{ deal: Rec; stage: Rec } | null>(null);
	const move = (deal: Rec, stage: Rec) => {
		if (stage.type === "lost") setLosing({ deal, stage });
		else void change(deal, { stage: stage.id }, { ...said(""), done: stage.type === "won" ? t("deal_won", { name: titleOf(deal) }) : t("deal_moved", { name: titleOf(deal), stage: term(titleOf(stage)) }) }, { stage: titleOf(stage) });
	};
	return { move, dialog: losing && <Lost {...losing} close={() => setLosing(null)} /> };
}
function Lost({ deal, stage, close }: { deal: Rec; stage: Rec; close: () => void }) {
	const field = fieldOf("deals", "lost_reason");
	const form = useForm({ lost_reason: deal.lost_reason });
	const save = (event: Event) => {
		event.preventDefault();
		if (!form.values.lost_reason) return form.refuse(new Error(t("reason_needed")));
		close();
		void change(deal, { stage: stage.id, lost_reason: form.values.lost_reason }, { ...said(""), done: t("deal_lost", { name: titleOf(deal) }) }, { stage: titleOf(stage) });
	};
	return (
		<Dialog title={t("lost_why", { name: titleOf(deal) })} close={close} foot={<><button type="button" class="button" onClick={close}>{t("cancel")}</button><button form="lost-form" class="button primary">{t("mark_lost")}</button></>}>
			<form id="lost-form" class="form" onSubmit={save}>{field && <Inputs fields={[field]} form={form} />}</form>
		</Dialog>
	);
}
function BoardScreen() {
	const now = useCell(place);
	const [adding, setAdding] = useState(now.query.has("new"));
	const pipelines = usePage("/pipelines?limit=100", ["pipelines"]).data?.items ?? [];
	const chosen = Number(now.query.get("pipeline")) || (pipelines.find((p) => p.preset) ?? pipelines[0])?.id;
	const whose = now.query.get("who") ?? (is.sales() && !is.manager() ? "me" : "all");
	const q = now.query.get("q") ?? "";
	const stages = useStages(chosen);
	const worth = useRates();
	const { move, dialog } = useMove();
	const mine = whose === "me" ? ["owner:eq:me"] : [];
	const base = chosen ? [...mine, `pipeline:eq:${chosen}`] : null;
	const found = q ? { q } : {};
	const open = usePage(base && `/deals${query({ f: [...base, "state:eq:0"], sort: "expected_close", limit: 500, ...found })}`, ["deals"]);
	const closed = usePage(base && `/deals${query({ f: [...base, "state:in:1|2", "modified:ge:-30d"], sort: "-modified", limit: 60, ...found })}`, ["deals"]);
	const deals = [...(open.data?.items ?? []), ...(closed.data?.items ?? [])];
	const own = me.value?.company.currency;
	const lanes: Lane[] = stages.map((stage) => {
		const cards = deals.filter((d) => d.stage === stage.id);
		const sum = cards.reduce((total, d) => total + worth((d.amount as number) ?? 0, d.currency as string), 0);
		const chance = stage.type === "open" ? ` · ${percent(Number(stage.probability ?? 0))}` : ` · ${t("when_30")}`;
		return { key: String(stage.id), name: titleOf(stage), type: String(stage.type), cards, sum: moneyShort(sum, own) + chance };
	});
	const nothing = open.data && !deals.length && !q;
	return (
		<>
			<PageHead title={term("Deals")} {...(open.data ? { count: number(open.data.items.length) } : {})}>
				<Switch now="board" />
				<button type="button" class="button primary" onClick={() => setAdding(true)}><Icon name="plus" />{t("new_thing", { thing: term("Deal") })}</button>
			</PageHead>
			<div class="toolbar">
				<Segments label={t("whose")} now={whose} choose={(who) => setQuery({ who })} options={[{ key: "me", text: t("view_mine") }, { key: "all", text: t("view_all") }]} />
				{pipelines.length > 1 && (
					<select class="input auto" aria-label={term("Pipeline")} value={chosen} onChange={(e) => setQuery({ pipeline: e.currentTarget.value })}>
						{pipelines.map((p) => <option key={p.id} value={p.id}>{titleOf(p)}</option>)}
					</select>
				)}
				<Find q={q} change={(text) => setQuery({ q: text })} label={t("find_in", { things: term("Deals") })} />
				<span class="faint small no-print wide-only">{t("board_keys")}</span>
			</div>
			{open.problem && !open.data && <Fault problem={open.problem} again={open.again} />}
			{!open.data && !open.problem && <Skeletons lines={8} />}
			{nothing ? (
				<div class="panel"><Empty icon="deal" title={t("deals_empty")} text={t("deals_empty_text")}><button type="button" class="button primary" onClick={() => setAdding(true)}><Icon name="plus" />{t("new_thing", { thing: term("Deal") })}</button></Empty></div>
			) : open.data && <Board lanes={lanes} move={(deal, lane) => move(deal, stages.find((s) => String(s.id) === lane.key)!)} />}
			{dialog}
			{adding && stages.length > 0 && <EditDialog noun="deals" start={{ owner: me.value?.id, pipeline: chosen, currency: own, stage: stages[0]?.id }} names={{ owner: me.value?.display_name ?? "" }} close={() => setAdding(false)} done={(r) => go(`/deals/${r.id}`)} />}
		</>
	);
}

const KEYS = ["account", "contact", "amount", "currency", "probability", "expected_close", "forecast", "owner", "team", "source", "campaign", "product", "description"];
export function DealScreen({ id }: Record<string, string>) {
	return <WithRecord noun="deals" id={id!}>{(deal) => <Deal deal={deal} />}</WithRecord>;
}
function Deal({ deal }: { deal: Rec }) {
	const stages = useStages(deal.pipeline as number | undefined);
	const { move, dialog } = useMove();
	const stage = stages.find((s) => s.id === deal.stage);
	const now = stages.findIndex((s) => s.id === deal.stage);
	const can = deal.can?.change !== false;
	const won = stages.find((s) => s.type === "won");
	const lost = stages.find((s) => s.type === "lost");
	const open = !stage || stage.type === "open";
	const late = open && !isEmpty(deal.expected_close) && String(deal.expected_close) < today();
	return (
		<>
			<RecordHead
				record={deal}
				under={<>
					<Badge tone={tone(deal.names?.stage ?? "") || "info"}>{term(deal.names?.stage ?? "")}</Badge>
					{!isEmpty(deal.account) && <a href={href(`/accounts/${deal.account}`)}>{deal.names?.account}</a>}
					{!isEmpty(deal.amount) && <span class="strong num">{money(deal.amount as number, currencyOf(deal))}</span>}
					{!isEmpty(deal.expected_close) && <span class={late ? "bad" : "faint"}>{t("closes", { when: date(String(deal.expected_close)) })}</span>}
					<span class="faint">{t("created_when", { when: relative(deal.created) })}</span>
				</>}
				actions={can && open && <>
					{won && <button type="button" class="button primary" onClick={() => move(deal, won)}><Icon name="trophy" />{term("won")}</button>}
					{lost && <button type="button" class="button" onClick={() => move(deal, lost)}>{term("lost")}</button>}
				</>}
			/>
			<div class="stages" role="group" aria-label={term("Stage")}>
				{stages.map((s, i) => (
					<button key={s.id} type="button" disabled={!can} class={`${i < now && s.type === "open" ? "past" : ""} ${s.type}`} aria-current={s.id === deal.stage ? "step" : undefined} onClick={() => s.id !== deal.stage && move(deal, s)}>
						{term(titleOf(s))}
					</button>
				))}
			</div>
			{stage?.type === "lost" && (
				<p class="hint-box row"><Icon name="info" /><span class="grow">{isEmpty(deal.lost_reason) ? t("reason_missing") : `${term("Why it was lost")}: ${String(deal.lost_reason)}`}</span>
					{isEmpty(deal.lost_reason) && <button type="button" class="button small" onClick={() => move(deal, stage)}>{t("give_reason")}</button>}</p>
			)}
			<div class="record">
				<div class="record-main"><Timeline record={deal} /></div>
				<aside>
					<NextSteps record={deal} />
					<Panel title={t("details")}><Props record={deal} keys={KEYS} skip={["name", "stage", "won_at", "lost_at"]} /></Panel>
				</aside>
			</div>
			{dialog}
		</>
	);
}
