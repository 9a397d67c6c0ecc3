// Everything that happened with a record, newest first, and where the next note is written.
import { useState } from "preact/hooks";
import { type Entry, type Rec, get, post } from "../api";
import { date, dateLong, dateTime, isoDay, money, relative } from "../format";
import { t, term } from "../i18n";
import { href } from "../router";
import { complain, me, say, stale, useAsk } from "../store";
import { Badge, Empty, Fault, Skeletons } from "./basic";
import { Icon, type IconName, nounIcon, talkIcon } from "./icon";
import type { Tone } from "./basic";
import { fromLocal, localTime } from "./input";
import { undelivered } from "./undelivered";

const TONE: Record<string, Tone> = { Mail: "info", Call: "good", Meeting: "violet", Visit: "violet", Chat: "info" };
const WATCH = ["notes", "tasks", "meetings", "leads", "deals", "cases", "accounts", "contacts"];
// What happened to the record itself: from what to what.
const isEvent = (entry: Entry) => entry.before !== undefined || entry.after !== undefined;
const MARKS: Record<string, IconName> = { created: "plus", converted: "swap", merged: "merge", deleted: "bin", restored: "undo", owner: "user", team: "team", amount: "deal", close: "calendar", campaign: "campaign", reopened: "undo" };
// Amounts and days come as numbers; 0: there was none.
function asRead(category: string | undefined, text: string) {
	const value = Number(text);
	if (category === "amount" && Number.isFinite(value)) return value ? money(value, me.value?.company.currency) : "";
	if (category === "close" && Number.isFinite(value)) return value ? date(isoDay(new Date(value * 1000))) : "";
	return term(text);
}
// A chance that moved within its category says nothing that could be read here.
const tells = (entry: Entry) => !(entry.category === "chance" && entry.before === entry.after);
// Fields that have a name of their own.
const CALLED: Record<string, string> = { chance: "Forecast category", close: "Expected close", responded: "First answered" };
function Happened({ entry }: { entry: Entry }) {
	const word = (text: string | undefined) => (text ? asRead(entry.category, text) : "");
	const change = [word(entry.before), word(entry.after)].filter(Boolean).join(" → ");
	return <>{term(CALLED[entry.category ?? ""] ?? `event ${entry.category}`)}{change && <>: <span class="strong">{change}</span></>}</>;
}
const icon = (entry: Entry): IconName => isEvent(entry) ? (MARKS[entry.category ?? ""] ?? "history") : talkIcon[entry.category ?? ""] ?? (entry.noun === "notes" ? "note" : nounIcon[entry.noun] ?? "history");
const whoName = (entry: Entry) => (typeof entry.who === "string" ? entry.who : entry.who?.name);
const DIRECTION: Record<string, "came_in" | "went_out" | "internal"> = { in: "came_in", out: "went_out", internal: "internal" };
// Whether a note has left as a mail.
const MAILED = { queued: { tone: "info", text: "mail_queued" }, sent: { tone: "good", text: "mail_sent" }, failed: { tone: "bad", text: "mail_failed" } } as const;
function Mailed({ entry }: { entry: Entry }) {
	const is = MAILED[entry.mail!];
	return <Badge tone={is.tone}><span title={entry.recipients}>{t(is.text)}</span></Badge>;
}
function WhyNot({ reason }: { reason: string }) {
	const { words, server } = undelivered(reason);
	return <div class="second">{words}{server && <span class="faint"> {t("mail_server_said", { words: server })}</span>}</div>;
}
const OPENS = new Set(["leads", "deals", "cases", "accounts", "contacts"]);

// A note without a subject is called by its text, which stands below anyway.
const nameOf = (entry: Entry) => (entry.noun === "notes" && entry.text?.startsWith(entry.title.replace(/…$/, "")) ? term(entry.category ?? "Note") : entry.title || term(entry.category ?? entry.noun));
function Item({ entry }: { entry: Entry }) {
	const tone = TONE[entry.category ?? ""];
	const direction = DIRECTION[entry.direction ?? ""];
	const who = whoName(entry);
	return (
		<li>
			<span class={`glyph ${tone ? `t-${tone}` : ""}`}><Icon name={icon(entry)} size={14} /></span>
			<div class="what">
				<div class="head">
					{isEvent(entry) ? <span class="muted"><Happened entry={entry} /></span> : <span class="strong">{OPENS.has(entry.noun) ? <a href={href(`/${entry.noun}/${entry.id}`)}>{entry.title}</a> : nameOf(entry)}</span>}
					{direction && <span class="faint small">{t(direction)}</span>}
					{entry.mail && <Mailed entry={entry} />}
					{who && <span class="muted small">{who}</span>}
					<time class="when" title={dateTime(entry.at)} dateTime={new Date(entry.at * 1000).toISOString()}>{relative(entry.at)}</time>
				</div>
				{entry.mail_reason && <WhyNot reason={entry.mail_reason} />}
				{entry.text && <div class={`words ${entry.noun === "notes" ? "card" : ""}`}>{entry.text}</div>}
			</div>
		</li>
	);
}
export function Timeline({ record, compose = true }: { record: Rec; compose?: boolean }) {
	const [more, setMore] = useState<Entry[]>([]);
	const [cursor, setCursor] = useState<string | null>();
	const path = `/${record.noun}/${record.id}/timeline`;
	const { data, problem, again } = useAsk<{ items: Entry[]; cursor?: string }>(path, WATCH);
	const next = cursor === undefined ? data?.cursor : cursor;
	const older = async () => {
		const page = await get<{ items: Entry[]; cursor?: string }>(`${path}?cursor=${encodeURIComponent(next!)}`);
		setMore([...more, ...page.items]);
		setCursor(page.cursor ?? null);
	};
	const entries = [...(data?.items ?? []), ...more].filter(tells);
	let day = "";
	return (
		<div>
			{compose && <Composer record={record} />}
			{problem && !data && <Fault problem={problem} again={again} />}
			{!data && !problem && <Skeletons lines={4} />}
			{data && !entries.length && <Empty icon="history" title={t("timeline_empty")} text={t("timeline_empty_text")} />}
			<ol class="timeline" aria-label={t("timeline")}>
				{entries.map((entry) => {
					const when = new Date(entry.at * 1000);
					const iso = isoDay(when);
					const first = iso !== day;
					day = iso;
					return (
						<>
							{first && <li key={iso} class="sr">{dateLong(when)}</li>}
							<Item key={`${entry.noun}${entry.id}${entry.at}${entry.title}`} entry={entry} />
						</>
					);
				})}
			</ol>
			{next && <button type="button" class="button small" onClick={() => void older().catch(complain)}>{t("older")}</button>}
		</div>
	);
}

type Kind = "Note" | "Call" | "Mail" | "Task" | "Meeting";
const KINDS: { kind: Kind; icon: IconName; text: "log_note" | "log_call" | "log_mail" | "log_task" | "log_meeting" }[] = [
	{ kind: "Note", icon: "note", text: "log_note" }, { kind: "Call", icon: "phone", text: "log_call" }, { kind: "Mail", icon: "mail", text: "log_mail" },
	{ kind: "Task", icon: "task", text: "log_task" }, { kind: "Meeting", icon: "calendar", text: "log_meeting" },
];
const HINT = { Note: "hint_note", Call: "hint_call", Mail: "hint_mail", Task: "hint_task", Meeting: "hint_meeting" } as const;
const later = (hours: number) => Math.ceil(Date.now() / 3600000 + hours) * 3600;

async function store(kind: Kind, record: Rec, text: string, direction: string, at: number) {
	const [subject = "", ...rest] = text.trim().split("\n");
	const parent = record.id;
	if (kind === "Task") return post("/tasks", { subject, ...(rest.length ? { description: rest.join("\n") } : {}), due: at, parent, owner: me.value?.id });
	if (kind === "Meeting") return post("/meetings", { subject, ...(rest.length ? { description: rest.join("\n") } : {}), start: at, end: at + 3600, parent, outcome: "planned" });
	return post("/notes", { category: kind, text: text.trim(), parent, ...(kind === "Note" ? {} : { direction }) });
}
export function Composer({ record }: { record: Rec }) {
	const [kind, setKind] = useState<Kind>("Note");
	const [text, setText] = useState("");
	const [direction, setDirection] = useState("out");
	const [at, setAt] = useState(later(24));
	const [busy, setBusy] = useState(false);
	const save = async (event: Event) => {
		event.preventDefault();
		if (!text.trim()) return;
		setBusy(true);
		try {
			await store(kind, record, text, direction, at);
			setText("");
			say(t("saved"));
			stale("notes", "tasks", "meetings", record.noun);
		} catch (reason) {
			complain(reason);
		}
		setBusy(false);
	};
	return (
		<form class="composer" onSubmit={save}>
			<textarea
				aria-label={t(HINT[kind])} placeholder={t(HINT[kind])} value={text} onInput={(e) => setText(e.currentTarget.value)}
				onKeyDown={(e) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) void save(e); }}
			/>
			<div class="foot">
				<div class="segments" role="group" aria-label={t("kind")}>
					{KINDS.map((k) => (
						<button key={k.kind} type="button" aria-pressed={k.kind === kind} title={t(k.text)} onClick={() => setKind(k.kind)}><Icon name={k.icon} size={14} /><span class="wide-seen">{term(k.kind)}</span></button>
					))}
				</div>
				{(kind === "Call" || kind === "Mail") && (
					<select class="input small auto" aria-label={t("direction")} value={direction} onChange={(e) => setDirection(e.currentTarget.value)}>
						<option value="out">{t("went_out")}</option>
						<option value="in">{t("came_in")}</option>
					</select>
				)}
				{(kind === "Task" || kind === "Meeting") && (
					<input class="input small auto" type="datetime-local" aria-label={t("when")} value={localTime(at)} onInput={(e) => setAt(fromLocal(e.currentTarget.value) ?? at)} />
				)}
				<span class="row grow end"><button type="submit" class="button primary small" disabled={busy || !text.trim()}>{t("save")}</button></span>
			</div>
		</form>
	);
}
