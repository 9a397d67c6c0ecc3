// Dashboards: figures that open their records, their filter and moment shown, any past date.
import { useState } from "preact/hooks";
import type { Dashboard, Figure, Rec } from "../api";
import { useCell } from "../cell";
import { addDays, date, dateTime, dayOf, isoDay, monthShort } from "../format";
import { t, term, type Key } from "../i18n";
import { Empty, Fault, PageHead, Panel, Skeletons } from "../parts/basic";
import { Bars, Columns, Donut, Lines, Waterfall, type Bar, type Series, type Shown } from "../parts/charts";
import { Combo, usePeople, useTeams } from "../parts/combo";
import { type Known, Tile, labelOf, recordsOf, show, useFigureNames } from "../parts/figure";
import { Icon } from "../parts/icon";
import { href, place, setQuery } from "../router";
import { is, me, useAsk } from "../store";
import { Goals } from "./home";
import { MiniList } from "./mini";

type Name = "sales" | "support" | "manager" | "company" | "campaigns";
const PAGES: { key: Name; text: Key; when: () => boolean }[] = [
	{ key: "sales", text: "dash_sales", when: () => true },
	{ key: "support", text: "dash_support", when: () => true },
	{ key: "manager", text: "dash_manager", when: () => is.manager() || is.admin() },
	{ key: "company", text: "dash_company", when: () => true },
	{ key: "campaigns", text: "dash_campaigns", when: () => true },
];
// Which figures stand first, by page; the rest follow under "more".
const FIRST: Record<Name, string[]> = {
	sales: ["won_amount", "win_rate", "open_amount", "weighted_pipeline", "coverage", "goal_attainment", "sales_cycle", "stale_deals"],
	support: ["cases_open", "cases_closed", "first_response", "resolution", "sla_response", "sla_resolution", "reopen_rate", "complaints"],
	manager: ["won_amount", "goal_attainment", "win_rate", "leads_unassigned", "cases_unassigned", "lead_response", "first_response", "meetings_held"],
	company: ["won_amount", "goal_full", "coverage", "weighted_pipeline", "cases_opened", "cases_closed", "backlog_oldest", "complaint_rate"],
	campaigns: ["leads_created", "leads_converted", "lead_conversion", "campaign_cost", "cost_per_lead", "cost_per_won", "campaign_return_first", "campaign_return_last"],
};
const FALL = ["start", "created", "raised", "lowered", "won", "lost", "slipped", "end"] as const;
const LOSS = new Set(["lowered", "won", "lost", "slipped"]);
const FORECAST = ["closed", "commit", "best", "pipeline"] as const;

const monthOf = (shift: number) => {
	const now = new Date();
	return isoDay(new Date(now.getFullYear(), now.getMonth() + shift, 1));
};
const quarterOf = (shift: number) => {
	const now = new Date();
	return isoDay(new Date(now.getFullYear(), Math.floor(now.getMonth() / 3) * 3 + shift * 3, 1));
};
const yearOf = (shift: number) => `${new Date().getFullYear() + shift}-01-01`;
const SPANS: Record<string, { text: Key; from: () => string; to: () => string }> = {
	month: { text: "this_month", from: () => monthOf(0), to: () => monthOf(1) },
	last_month: { text: "last_month", from: () => monthOf(-1), to: () => monthOf(0) },
	quarter: { text: "this_quarter", from: () => quarterOf(0), to: () => quarterOf(1) },
	last_quarter: { text: "last_quarter", from: () => quarterOf(-1), to: () => quarterOf(0) },
	year: { text: "this_year", from: () => yearOf(0), to: () => yearOf(1) },
	last_year: { text: "last_year", from: () => yearOf(-1), to: () => yearOf(0) },
};

export function DashboardsScreen({ name: given }: Record<string, string>) {
	const words = useCell(place).query;
	const pages = PAGES.filter((p) => p.when());
	const own: Name = is.boss() ? "company" : is.manager() ? "manager" : is.support() && !is.sales() ? "support" : "sales";
	const name = (pages.find((p) => p.key === given)?.key ?? own) as Name;
	const from = words.get("from") ?? quarterOf(0);
	const to = words.get("to") ?? quarterOf(1);
	const asked = new URLSearchParams({ from, to });
	const who = words.get("who") ?? (name === "sales" || name === "support" ? (is.manager() || is.boss() ? "" : String(me.value!.id)) : "");
	if (who) asked.set("who", who);
	if (words.get("as_of")) asked.set("as_of", words.get("as_of")!);
	const { data, problem, again, busy } = useAsk<Dashboard>(`/dashboards/${name}?${asked}`, ["leads", "deals", "cases", "notes", "meetings", "goals", "costs", "campaigns"]);
	return (
		<>
			<PageHead title={t("dashboards")}>
				<button type="button" class="button quiet icon" aria-label={t("print")} title={t("print")} onClick={() => print()}><Icon name="print" /></button>
			</PageHead>
			<div class="toolbar">
				<div class="segments" role="group" aria-label={t("dashboards")}>
					{pages.map((p) => <a key={p.key} href={href(`/dashboards/${p.key}`)} aria-current={p.key === name ? "page" : undefined}>{t(p.text)}</a>)}
				</div>
			</div>
			<Choice from={from} to={to} who={who} data={data} busy={busy} />
			{problem && !data && <Fault problem={problem} again={again} />}
			{!data && !problem && <Skeletons lines={8} />}
			{data && <Body name={name} data={data} />}
		</>
	);
}
// The filter, and of which moment the figures are.
function Choice({ from, to, who, data, busy }: { from: string; to: string; who: string; data: Dashboard | undefined; busy: boolean }) {
	const people = usePeople();
	const teams = useTeams();
	const span = Object.keys(SPANS).find((k) => SPANS[k]!.from() === from && SPANS[k]!.to() === to) ?? "own";
	const set = (key: string) => SPANS[key] && setQuery({ from: SPANS[key].from(), to: SPANS[key].to() });
	const options = [...teams, ...people];
	const as_of = place.value.query.get("as_of") ?? "";
	return (
		<div class="toolbar choice" role="group" aria-label={t("filter")}>
			<select class="input auto" aria-label={t("period")} value={span} onChange={(e) => set(e.currentTarget.value)}>
				{Object.entries(SPANS).map(([key, s]) => <option key={key} value={key}>{t(s.text)}</option>)}
				<option value="own" disabled>{t("own_period")}</option>
			</select>
			<input class="input auto" type="date" aria-label={t("from")} value={from} onChange={(e) => e.currentTarget.value && setQuery({ from: e.currentTarget.value })} />
			<input class="input auto" type="date" aria-label={t("to")} value={isoDay(addDays(dayOf(to), -1))} onChange={(e) => e.currentTarget.value && setQuery({ to: isoDay(addDays(dayOf(e.currentTarget.value), 1)) })} />
			{(is.manager() || is.boss()) && <Combo label={t("of_whom")} value={Number(who) || null} name={options.find((o) => String(o.id) === who)?.name ?? (who ? `#${who}` : t("everybody"))} options={[{ id: 0, name: t("everybody") }, ...options]} choose={(o) => setQuery({ who: o?.id ? String(o.id) : undefined })} />}
			<label class="row small muted">{t("as_it_was")}<input class="input auto" type="date" max={isoDay(new Date())} value={as_of} onChange={(e) => setQuery({ as_of: e.currentTarget.value || undefined })} /></label>
			{as_of && <button type="button" class="button quiet small" onClick={() => setQuery({ as_of: undefined })}>{t("back_to_now")}</button>}
			{!!data?.filter.limited && <span class="small faint row"><Icon name="info" size={13} />{t("only_seen")}</span>}
			<span class="small faint row" aria-live="polite">{busy && <span class="spinner" />}{data && t("as_of", { when: dateTime(data.as_of) })}</span>
		</div>
	);
}
function Body({ name, data }: { name: Name; data: Dashboard }) {
	const known = useFigureNames();
	const [all, setAll] = useState(false);
	const label = (key: string) => labelOf(key, known.get(key)?.label);
	const hidden = new Set([...FALL.map((f) => `pipeline_${f}`), ...FORECAST.map((f) => `forecast_${f}`)]);
	const first = FIRST[name].filter((key) => data.figures[key]);
	const rest = Object.keys(data.figures).filter((key) => !first.includes(key) && !hidden.has(key));
	const Tiles = ({ names }: { names: string[] }) => <div class={`tiles ${names.length % 4 ? "" : "four"}`}>{names.map((key) => <Tile key={key} name={key} label={label(key)} figure={data.figures[key]!} better={known.get(key)?.better} hint={known.get(key)?.definition} />)}</div>;
	const isOfPage = GOALS[name] ?? (() => true);
	const lists = Object.entries(data.lists).filter(([key, rows]) => Array.isArray(rows) && (key === "goals" ? rows.some((goal) => isOfPage(String(goal.metric))) : rows.length));
	// Halves stand beside each other; one that is left over has the whole width.
	const halves = lists.filter(([key, rows]) => key === "goals" || isHalf(rows)).map(([key]) => key);
	const before = Object.values(data.series).filter((series) => pointsOf(series).length > 1).length + (data.figures.forecast_closed && !data.figures.pipeline_start ? 1 : 0);
	const alone = (before + halves.length) % 2 ? halves.at(-1) : undefined;
	if (!first.length && !rest.length) return <div class="panel"><Empty icon="chart" title={t("no_figures")} text={t("no_figures_text")} /></div>;
	return (
		<>
			<Tiles names={first.length ? first : rest} />
			<div class="grid even">
				<Waterfalls data={data} />
				<Forecast data={data} />
				{Object.entries(data.series).map(([key, series]) => <SeriesPanel key={key} name={key} series={series} label={TITLES[key] ? t(TITLES[key]) : label(key)} />)}
				{lists.map(([key, rows]) => (key === "goals" ? <div class={alone === key ? "" : "w6"} key={key}><Goals data={data} title={term("Goals")} of={GOALS[name]} /></div> : <ListPanel key={key} name={key} rows={rows} known={known} wide={alone === key || !isHalf(rows)} />))}
			</div>
			{rest.length > 0 && first.length > 0 && (
				<section class="stack">
					<p><button type="button" class="button small" aria-expanded={all} onClick={() => setAll(!all)}><Icon name={all ? "up" : "down"} size={13} />{t("more_figures", { n: rest.length })}</button></p>
					{all && <Tiles names={rest} />}
				</section>
			)}
		</>
	);
}
// What a page has the figures for.
const ofService = (metric: string) => /^(cases|first_response|resolution|sla)/.test(metric);
const GOALS: Partial<Record<Name, (metric: string) => boolean>> = { sales: (metric) => !ofService(metric), support: ofService };
const inMoney: Shown = (v) => show(v, "money");
const inMoneyShort: Shown = (v) => show(v, "money", true);
function Waterfalls({ data }: { data: Dashboard }) {
	const got = FALL.filter((key) => data.figures[`pipeline_${key}`]);
	if (got.length < FALL.length) return null;
	const steps = FALL.map((key) => {
		const figure = data.figures[`pipeline_${key}`]!;
		const size = Math.abs(figure.value ?? 0);
		return { label: t(`fall_${key}`), value: LOSS.has(key) && size ? -size : (figure.value ?? 0), total: key === "start" || key === "end", good: key === "won", to: recordsOf(figure, `pipeline_${key}`) };
	});
	return <Panel class="w8" title={t("waterfall")}><div class="panel-body"><Waterfall steps={steps} shown={inMoney} axis={inMoneyShort} label={t("waterfall")} /></div></Panel>;
}
function Forecast({ data }: { data: Dashboard }) {
	const bars = FORECAST.filter((key) => data.figures[`forecast_${key}`]).map((key, i) => {
		const figure = data.figures[`forecast_${key}`]!;
		return { label: term(key), value: figure.value ?? 0, tone: i + 1, to: recordsOf(figure, `forecast_${key}`) };
	});
	if (!bars.length) return null;
	return <Panel class={data.figures.pipeline_start ? "w4" : "w6"} title={t("forecast")}><div class="panel-body"><Bars bars={bars} shown={inMoneyShort} label={t("forecast")} /></div></Panel>;
}

// ---- lists: rows of {id, name, ...}, whose values are numbers or figures

type Row = Record<string, unknown>;
const asFigure = (value: unknown): Figure | null => (value && typeof value === "object" && "value" in value && "unit" in value ? (value as Figure) : null);
const UNITS: [RegExp, Figure["unit"]][] = [[/amount|weighted|cost|won$|budget|value|money|per_/, "money"], [/rate|share|conversion|return|percent|attainment/, "percent"], [/seconds|age|response|resolution|oldest/, "seconds"], [/days|cycle/, "days"]];
const unitOf = (key: string): Figure["unit"] => UNITS.find(([pattern]) => pattern.test(key))?.[1] ?? "count";
const numberIn = (value: unknown) => (typeof value === "number" ? value : asFigure(value)?.value ?? null);
const unitIn = (key: string, value: unknown) => asFigure(value)?.unit ?? unitOf(key);
const nameIn = (row: Row, translate: boolean) => {
	const name = String(row.name ?? row.label ?? row.title ?? row.key ?? "");
	return (translate ? term(name) : name) || t("none");
};
// Lists whose names are the server's words; those of others are what people called them.
const WORDS = new Set(["stages", "by_priority"]);
const DONUTS = new Set(["leads_by_source", "by_priority", "leads_by_campaign"]);
const OPENS = new Set(["leads", "deals", "cases", "accounts", "contacts", "tasks", "meetings", "notes"]);
const TITLES: Record<string, Key> = {
	stages: "list_stages", sales_reps: "list_sales_reps", support_reps: "list_support_reps", leads_by_rep: "list_leads_rep", leads_by_source: "list_sources", leads_by_campaign: "list_leads_campaign",
	campaigns: "campaigns", by_priority: "list_priority", workload: "list_workload", unassigned_leads: "unassigned_leads", unassigned_cases: "unassigned_cases",
	won_by_month: "series_won", leads_by_week: "series_leads", cases_by_week: "series_cases",
};
const SKIPPED = ["id", "name", "label", "title", "key", "records", "position", "pipeline", "noun", "state"];
const keysOf = (rows: Row[]) => [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((key) => !SKIPPED.includes(key) && rows.some((row) => numberIn(row[key]) !== null));
// Whether a list takes half the page.
const isHalf = (rows: Row[]) => OPENS.has(String(rows[0]?.noun)) || keysOf(rows).length <= 3;
function ListPanel({ name, rows, known, wide }: { name: string; rows: Row[]; known: Map<string, Known>; wide: boolean }) {
	const title = TITLES[name] ? t(TITLES[name]) : labelOf(name);
	if (!Array.isArray(rows) || !rows.length) return null;
	if (OPENS.has(String(rows[0]!.noun))) return <Panel class={wide ? "" : "w6"} title={title}><MiniList records={rows as unknown as Rec[]} /></Panel>;
	const keys = keysOf(rows);
	const isStages = name === "stages";
	const donut: Bar[] = DONUTS.has(name) && keys.length > 0 ? rows.map((row) => ({ label: nameIn(row, WORDS.has(name)), value: numberIn(row[keys[0]!]) ?? 0, to: openOf(row, keys[0]!) })).filter((b) => b.value > 0).sort((a, b) => b.value - a.value).slice(0, 8) : [];
	return (
		<Panel class={wide ? "" : "w6"} title={title}>
			{donut.length > 1 && <div class="panel-body"><Donut bars={donut} shown={(v) => show(v, unitIn(keys[0]!, sample(rows, keys[0]!)), true)} label={title} /></div>}
			{isStages && keys.length > 0 && (
				<div class="panel-body">
					<Bars funnel label={title} shown={(v) => show(v, unitIn(pick(keys), sample(rows, pick(keys))), true)}
						bars={rows.map((row, i) => ({ label: nameIn(row, true), value: numberIn(row[pick(keys)]) ?? 0, tone: (i % 6) + 1, to: openOf(row, pick(keys)) }))} />
				</div>
			)}
			<Sortable title={title} rows={rows} keys={keys} known={known} translate={WORDS.has(name)} />
		</Panel>
	);
}
const sample = (rows: Row[], key: string) => rows.find((row) => row[key] !== undefined)?.[key];
const FEW = 12;
const pick = (keys: string[]) => keys.find((k) => /amount/.test(k)) ?? keys[0]!;
function openOf(row: Row, key: string): string | undefined {
	const figure = asFigure(row[key]);
	if (figure) return recordsOf(figure, key);
	return typeof row.records === "string" ? href(`/records?of=${encodeURIComponent(row.records.replace(/^\/api\/v1/, ""))}&name=${key}`) : undefined;
}
function Sortable({ title, rows, keys, known, translate }: { title: string; rows: Row[]; keys: string[]; known: Map<string, Known>; translate: boolean }) {
	const [order, setOrder] = useState<{ key: string; down: boolean } | null>(rows.length > FEW ? { key: keys[0]!, down: true } : null);
	const [all, setAll] = useState(false);
	const sorted = order ? [...rows].sort((a, b) => ((numberIn(a[order.key]) ?? -Infinity) - (numberIn(b[order.key]) ?? -Infinity)) * (order.down ? -1 : 1)) : rows;
	return (
		<div class="table-box flush" tabIndex={0} role="region" aria-label={title}>
			<table class="list">
				<thead>
					<tr>
						<th scope="col">{term("Name")}</th>
						{keys.map((key) => (
							<th key={key} scope="col" class="numeric" aria-sort={order?.key === key ? (order.down ? "descending" : "ascending") : undefined}>
								<button type="button" title={known.get(key)?.definition} onClick={() => setOrder({ key, down: order?.key === key ? !order.down : true })}>{labelOf(key, known.get(key)?.label)}{order?.key === key && <Icon name={order.down ? "down" : "up"} size={12} />}</button>
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{(all ? sorted : sorted.slice(0, FEW)).map((row, i) => (
						<tr key={String(row.id ?? i)}>
							<td class="strong name">{nameIn(row, translate)}</td>
							{keys.map((key) => {
								const text = show(numberIn(row[key]), unitIn(key, row[key]));
								const to = openOf(row, key);
								return <td key={key} class="numeric">{to && numberIn(row[key]) !== null ? <a class="link" href={to}>{text}</a> : text}</td>;
							})}
						</tr>
					))}
				</tbody>
			</table>
			{sorted.length > FEW && !all && <p class="panel-body"><button type="button" class="button small" onClick={() => setAll(true)}>{t("show_all")} ({sorted.length})</button></p>}
		</div>
	);
}

// ---- series: points in time, one or several numbers each

function pointsOf(series: unknown): Row[] {
	if (Array.isArray(series)) return series.map((p) => (Array.isArray(p) ? { at: p[0], value: p[1] } : (p as Row)));
	const shaped = series as { points?: unknown } | null;
	return shaped && Array.isArray(shaped.points) ? pointsOf(shaped.points) : [];
}
const when = (row: Row) => {
	const at = row.at ?? row.from ?? row.date ?? row.month ?? row.week ?? row.day ?? row.label;
	// Midnight in the company's zone may be the day before in the reader's.
	const day = typeof at === "number" ? new Date((at + 43200) * 1000) : /^\d{4}-\d{2}-\d{2}/.test(String(at)) ? dayOf(String(at).slice(0, 10)) : /^\d{4}-\d{2}$/.test(String(at)) ? dayOf(`${at}-01`) : null;
	return day ? (day.getDate() === 1 ? monthShort(day) : date(isoDay(day))) : String(at ?? "");
};
function SeriesPanel({ name, series, label }: { name: string; series: unknown; label: string }) {
	const points = pointsOf(series);
	if (points.length < 2) return null;
	const keys = Object.keys(points[0]!).filter((key) => !["at", "from", "to", "date", "month", "week", "day", "label"].includes(key) && points.some((p) => typeof numberIn(p[key]) === "number"));
	if (!keys.length) return null;
	const unit = unitIn(keys[0] === "value" ? name : keys[0]!, points[0]![keys[0]!]);
	const shown: Shown = (v) => show(v, unit);
	const axis: Shown = (v) => show(v, unit, true);
	const lines: Series[] = keys.map((key) => ({ name: key === "value" ? label : labelOf(key), values: points.map((p) => numberIn(p[key])), dashed: /goal|target/.test(key) }));
	const columns = unit === "count";
	return (
		<Panel class="w6" title={label}>
			<div class="panel-body">
				{columns ? <Columns labels={points.map(when)} series={lines} shown={shown} axis={axis} label={label} /> : <Lines labels={points.map(when)} series={lines} shown={shown} axis={axis} label={label} />}
			</div>
		</Panel>
	);
}
