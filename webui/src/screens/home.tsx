// Where everybody's day begins; what is on it depends on the reader's roles.
import type { ComponentChildren } from "preact";
import { type Dashboard, type Figure, type Rec, post, query, titleOf } from "../api";
import { date, dateLong, dateTime, duration, isoDay, money, month, number, percent, shiftDay, time } from "../format";
import { type Key, inLine, t, term } from "../i18n";
import { Badge, Empty, Panel, Skeletons, Title } from "../parts/basic";
import { GoalLine, Tile, labelOf, show, useFigureNames } from "../parts/figure";
import { EditDialog } from "../parts/form";
import { Icon, type IconName } from "../parts/icon";
import { Due, isEmpty, tone } from "../parts/value";
import { undelivered } from "../parts/undelivered";
import { href } from "../router";
import { useState } from "preact/hooks";
import { complain, is, me, say, stale, useAsk, usePage } from "../store";
import { MiniList } from "./mini";
import { TaskLine } from "./steps";

const WATCH = ["leads", "deals", "cases", "tasks", "meetings", "notes", "goals"];
function greeting() {
	const hour = new Date().getHours();
	return hour < 5 ? "good_evening" : hour < 11 ? "good_morning" : hour < 18 ? "good_day" : "good_evening";
}
const midnight = (days = 0) => {
	const day = new Date();
	day.setHours(0, 0, 0, 0);
	day.setDate(day.getDate() + days);
	return Math.floor(day.getTime() / 1000);
};

export function HomeScreen() {
	const who = me.value!;
	const { data, problem } = useAsk<Dashboard>("/dashboards/home", WATCH);
	return (
		<>
			<Title text={t("home")} />
			<div class="greeting">
				<h1>{t(greeting(), { name: (who.display_name || who.name).split(" ")[0]! })}</h1>
				<p>{dateLong(new Date())}</p>
			</div>
			<Requests />
			{is.admin() && <FirstSteps />}
			<Headline own={data} failed={!!problem} />
			<div class="grid">
				<div class="w7 stack">
					<Today />
					{is.support() && <CasesAtRisk />}
					{sells() && <NewLeads />}
					{is.manager() && <Queues />}
					<Talk />
				</div>
				<div class="w5 stack">
					<MyTasks />
					{!problem && <Goals data={data} />}
					{data && reach() !== "company" && <Company row={data.lists.headline?.[0]} />}
					{!is.support() && is.sales() && <MyDeals />}
				</div>
			</div>
		</>
	);
}
// An empty company is told how to begin: until somebody else works in it.
const FIRST: { to: string; icon: IconName; title: Key; text: Key }[] = [
	{ to: "/users", icon: "user", title: "begin_users", text: "begin_users_text" },
	{ to: "/teams", icon: "team", title: "begin_teams", text: "begin_teams_text" },
	{ to: "/import", icon: "upload", title: "begin_import", text: "begin_import_text" },
	{ to: "/forms", icon: "form", title: "begin_forms", text: "begin_forms_text" },
	{ to: "/connect", icon: "device", title: "connect", text: "begin_connect_text" },
];
function FirstSteps() {
	const { data } = usePage("/users?limit=2", ["users"]);
	if (!data || data.items.length > 1) return null;
	return (
		<Panel class="first-steps" title={t("begin")}>
			<ul class="items">
				{FIRST.map((step) => (
					<li key={step.to}>
						<a class="item" href={href(step.to)}>
							<span class="glyph"><Icon name={step.icon} size={14} /></span>
							<span class="grow stack tight"><span class="strong">{t(step.title)}</span><span class="second">{t(step.text)}</span></span>
							<Icon name="right" size={14} />
						</a>
					</li>
				))}
			</ul>
		</Panel>
	);
}
// Whoever leads looks at what is led: the company, the teams; everybody else at what is theirs.
type Reach = "company" | "manager" | "home";
const reach = (): Reach => (is.boss() ? "company" : is.manager() ? "manager" : "home");
const TILES: Record<Reach, { sales: string[]; support: string[] }> = {
	company: { sales: ["won_amount", "goal_attainment", "weighted_pipeline", "win_rate"], support: ["cases_open", "complaints"] },
	manager: { sales: ["won_amount", "goal_attainment", "weighted_pipeline", "win_rate", "leads_unassigned", "lead_response"], support: ["cases_open", "cases_at_risk", "cases_unassigned", "first_response", "sla_resolution", "reopen_rate"] },
	home: { sales: ["won_amount", "goal_attainment", "open_amount", "weighted_pipeline", "leads_waiting", "leads_created"], support: ["cases_open", "cases_at_risk", "cases_closed", "first_response"] },
};
const ofWhom = (of: Reach) =>
	of === "company" ? me.value?.company.name || t("dash_company") : of === "manager" ? me.value!.manages.map((m) => m.name).join(", ") : t("me");
function Headline({ own, failed }: { own: Dashboard | undefined; failed: boolean }) {
	const of = reach();
	const led = useAsk<Dashboard>(of === "home" ? null : `/dashboards/${of}`, WATCH);
	const known = useFigureNames();
	const data = of === "home" ? own : led.data;
	if (!data) return failed || led.problem ? null : <div class="skeleton block" />;
	const { sales, support } = TILES[of];
	const serves = is.support() && of !== "company";
	const wanted = serves && !is.sales() ? support : is.sales() && !is.support() && of !== "company" ? sales : [...sales, ...support];
	const names = wanted.filter((name) => data.figures[name] && data.figures[name]!.value !== null).slice(0, 6);
	// Nothing but noughts tells nobody anything.
	if (!names.some((name) => data.figures[name]!.value)) return null;
	return (
		<section aria-label={t("headline")}>
			<p class="tiles-head"><span class="strong">{ofWhom(of)}</span> · {month(dayOfTime(data.filter.from))}</p>
			<div class="tiles">{names.map((name) => <Tile key={name} name={name} label={labelOf(name, known.get(name)?.label)} hint={known.get(name)?.definition} better={known.get(name)?.better} figure={data.figures[name]!} />)}</div>
		</section>
	);
}
const dayOfTime = (time: unknown) => (typeof time === "number" ? new Date(time * 1000) : new Date());
// Whoever leads people of one kind only has nothing to do with what the others wait for.
const sells = () => is.sales() || is.boss() || (is.manager() && !is.support());
const serves = () => is.support() || is.boss() || (is.manager() && !is.sales());
const More = ({ to }: { to: string }) => <a class="button quiet small" href={href(to)}>{t("all")}</a>;
function Lines({ title, icon, to, path, watch, empty, children }: { title: string; icon: IconName; to?: string; path: string; watch: string[]; empty: string; children?: (items: Rec[]) => ComponentChildren }) {
	const { data, problem } = usePage(path, watch);
	return (
		<Panel title={title} count={data?.total !== undefined && data.total > 0 ? number(data.total) : undefined} action={to && <More to={to} />}>
			{!data && !problem && <Skeletons lines={3} />}
			{(problem || (data && !data.items.length)) && <Empty small icon={icon} title={problem ? problem.message : empty} />}
			{data && data.items.length > 0 && (children ? children(data.items) : <MiniList records={data.items} />)}
		</Panel>
	);
}
interface Event { record: number; noun: string; start: number; end: number; all_day: boolean; title: string; location?: string; category?: string; outcome?: string; parent?: number }
function Today() {
	const path = `/calendar?from=${midnight()}&to=${midnight(1)}&who=${me.value!.id}`;
	const { data } = useAsk<{ items: Event[] }>(path, ["meetings"]);
	const now = Date.now() / 1000;
	const events = [...(data?.items ?? [])].sort((a, b) => a.start - b.start);
	const next = events.find((e) => e.end > now);
	return (
		<Panel title={t("todays_meetings")} count={events.length || undefined} action={<More to="/calendar" />}>
			{!data && <Skeletons lines={2} />}
			{data && !events.length && <Empty small icon="calendar" title={t("no_meetings")} />}
			<ul class="items">
				{events.map((e) => (
					<li key={`${e.record}${e.start}`}>
						<a class="item" href={href(`/calendar?as=day&day=${isoDay(new Date())}`)}>
							<span class="num muted">{e.all_day ? t("all_day") : time(e.start)}</span>
							<span class="grow stack tight"><span class={`cut strong ${e.end < now ? "faint" : ""}`}>{e.title}</span>{e.location && <span class="second cut">{e.location}</span>}</span>
							<span class="ends">{e === next ? <Badge tone="accent">{e.start > now ? t("in_time", { time: duration(e.start - now) }) : t("now")}</Badge> : e.outcome && e.outcome !== "planned" ? <Badge tone={tone(e.outcome)}>{term(e.outcome)}</Badge> : null}</span>
						</a>
					</li>
				))}
			</ul>
		</Panel>
	);
}
function MyTasks() {
	const [editing, setEditing] = useState<Rec | null>(null);
	return (
		<>
			<Lines title={t("due_steps")} icon="task" to="/tasks" watch={["tasks"]} empty={t("no_tasks_due")}
				path={`/tasks${query({ f: ["owner:eq:me", "state:eq:0", "due:le:+1d"], sort: "due", limit: 8, count: true })}`}>
				{(items) => <ul class="items">{items.map((task) => <TaskLine key={task.id} task={{ ...task, names: { ...task.names, owner: "" } }} edit={() => setEditing(task)} />)}</ul>}
			</Lines>
			{editing && <EditDialog noun="tasks" record={editing} close={() => setEditing(null)} />}
		</>
	);
}
function NewLeads() {
	const mine = is.sales() && !is.manager();
	return (
		<Lines title={t("waiting_leads")} icon="lead" to="/leads" watch={["leads"]} empty={t("no_new_leads")}
			path={`/leads${query({ f: [...(mine ? ["owner:eq:me"] : []), "state:eq:0", "first_responded_at:empty"], sort: "-created", limit: 6, count: true })}`}>
			{(items) => (
				<ul class="items">
					{items.map((lead) => {
						const waited = Date.now() / 1000 - lead.created;
						return (
							<li key={lead.id}>
								<a class="item" href={href(`/leads/${lead.id}`)}>
									<span class={`glyph ${waited > 86400 ? "t-bad" : waited > 3600 ? "t-warn" : "t-good"}`}><Icon name="clock" size={14} /></span>
									<span class="grow stack tight"><span class="cut strong">{titleOf(lead)}</span><span class="second cut">{inLine([lead.company, lead.source])}</span></span>
									<span class="ends">{t("waits", { time: duration(waited) })}</span>
								</a>
							</li>
						);
					})}
				</ul>
			)}
		</Lines>
	);
}
const CasesAtRisk = () => (
	<Lines title={t("cases_at_risk")} icon="case" to="/cases" watch={["cases"]} empty={t("no_cases_at_risk")}
		path={`/cases${query({ f: ["owner:eq:me", "state:eq:0"], sort: "due", limit: 6, count: true })}`}>
		{(items) => (
			<ul class="items">
				{items.map((one) => (
					<li key={one.id}>
						<a class="item" href={href(`/cases/${one.id}`)}>
							<span class={`glyph ${!isEmpty(one.due) && (one.due as number) < Date.now() / 1000 ? "t-bad" : (one.due as number) < Date.now() / 1000 + 14400 ? "t-warn" : ""}`}><Icon name="case" size={14} /></span>
							<span class="grow stack tight"><span class="cut strong">{titleOf(one)}</span><span class="second cut">{inLine([`#${one.number ?? one.id}`, one.names?.account, term(String(one.priority ?? ""))])}</span></span>
							<span class="ends">{!isEmpty(one.due) && <Due at={one.due as number} />}</span>
						</a>
					</li>
				))}
			</ul>
		)}
	</Lines>
);
const Queues = () => (
	<div class={sells() && serves() ? "two" : ""}>
		{sells() && <Lines title={t("unassigned_leads")} icon="lead" to="/leads?view=queue" watch={["leads"]} empty={t("queue_empty")} path={`/leads${query({ f: ["owner:empty", "state:eq:0"], sort: "created", limit: 4, count: true })}`} />}
		{serves() && <Lines title={t("unassigned_cases")} icon="case" to="/cases?view=queue" watch={["cases"]} empty={t("queue_empty")} path={`/cases${query({ f: ["owner:empty", "state:eq:0"], sort: "created", limit: 4, count: true })}`} />}
	</div>
);
const Talk = () => <Lines title={t("recent_talk")} icon="chat" watch={["notes"]} empty={t("no_talk")} path={`/notes${query({ sort: "-at", limit: 6, fields: ["subject", "text", "category", "direction", "parent", "at", "owner"] })}`} />;
const MyDeals = () => (
	<Lines title={t("closing_soon")} icon="deal" to="/deals?view=mine" watch={["deals"]} empty={t("no_deals_soon")} path={`/deals${query({ f: ["owner:eq:me", "state:eq:0", "expected_close:le:+30d"], sort: "expected_close", limit: 5, count: true })}`} />
);
// What the whole company has reached, for everybody to see.
const OF_ALL = ["won_amount", "goal_full", "open_amount"];
function Company({ row }: { row: Record<string, unknown> | undefined }) {
	const known = useFigureNames();
	const figures = OF_ALL.map((name) => [name, row?.[name] as Figure | undefined] as const).filter(([, f]) => f);
	if (!figures.length) return null;
	return (
		<Panel title={me.value?.company.name || t("dash_company")}>
			<dl class="props">
				{figures.map(([name, figure]) => <div class="prop" key={name}><dt>{labelOf(name, known.get(name)?.label)}</dt><dd class="fixed strong num">{show(figure!.value, figure!.unit)}{figure!.target != null && <span class="faint"> {t("of_target", { value: show(figure!.target, figure!.unit) })}</span>}</dd></div>)}
			</dl>
		</Panel>
	);
}
interface Goal { id: number; metric: string; target: number; reached?: number; to_date?: number; due?: number; from: string; to: string; name?: string; names?: Record<string, string> }
const amount = (goal: Goal, value: number) => (goal.metric === "won_amount" ? money(Math.round(value / 100) * 100, me.value?.company.currency) : number(value));
export function Goals({ data, title = t("my_goals"), of = () => true }: { data: Dashboard | undefined; title?: string; of?: (metric: string) => boolean }) {
	const goals = ((data?.lists.goals ?? []) as unknown as Goal[]).filter((goal) => of(goal.metric));
	if (data && !goals.length) return null;
	return (
		<Panel title={title}>
			{!data && <Skeletons lines={2} />}
			<ul class="items">
				{goals.map((goal) => {
					const due = goal.to_date ?? goal.due;
					const reached = goal.reached ?? 0;
					return (
						<li key={goal.id} class="item">
							<div class="grow stack tight">
								<span class="row"><span class="strong grow cut">{term(goal.metric)}</span><span class="num">{percent((reached / (goal.target || 1)) * 100)}</span></span>
								<GoalLine value={reached} target={goal.target} due={due} />
								<span class="second">{t("goal_reached", { reached: amount(goal, reached), target: amount(goal, goal.target) })}{due !== undefined && ` · ${t("goal_due", { due: amount(goal, due) })}`}{goal.to && ` · ${t("until", { when: typeof goal.to === "number" ? dateTime(goal.to) : date(shiftDay(goal.to, -1)) })}`}</span>
							</div>
						</li>
					);
				})}
			</ul>
		</Panel>
	);
}
// What the server could not decide by itself: a reason, a cause, a conversion that a phone asked for.
const ASKED = { lost_reason: "deals", cause: "cases", convert: "leads", mail: "cases" } as Record<string, string>;
const ASKS: Record<string, Key> = { lost_reason: "asks_lost", cause: "asks_cause", convert: "asks_convert", paused: "asks_paused", mail: "asks_mail" };
function Requests() {
	const { data } = usePage(`/requests${query({ f: ["who:eq:me"], limit: 10 })}`, ["requests", "deals", "cases", "leads"]);
	if (!data?.items.length) return null;
	const dismiss = (row: Rec) => post(`/requests/bulk`, { ids: [row.id], delete: true }).then(() => { stale("requests"); say(t("done")); }, complain);
	return (
		<Panel class="requests" title={t("asked_of_you")} count={data.items.length}>
			<ul class="items">
				{data.items.map((row) => {
					const kind = String(row.kind);
					const to = kind === "paused" ? "/connect" : `/${ASKED[kind] ?? "deals"}/${row.record}`;
					return (
						<li key={row.id} class="item">
							<span class="glyph t-warn"><Icon name="info" size={14} /></span>
							<a class="grow stack tight" href={href(to)}><span class="strong">{ASKS[kind] ? t(ASKS[kind]) : term(kind)}</span><span class="second">{inLine([row.names?.record, kind === "mail" && row.text ? undelivered(String(row.text)).words : row.text])}</span></a>
							<a class="button small" href={href(to)}>{t("answer")}</a>
							<button type="button" class="button quiet icon small" aria-label={t("dismiss")} onClick={() => void dismiss(row)}><Icon name="close" size={14} /></button>
						</li>
					);
				})}
			</ul>
		</Panel>
	);
}
