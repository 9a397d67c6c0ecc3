// One event of a calendar, opened: changed where one may, else told.
import { useEffect, useState } from "preact/hooks";
import type { Problem, Rec } from "../api";
import { dateLong, isoDay, seconds, dayOf, time } from "../format";
import { type Key, t, term } from "../i18n";
import { Dialog, Fault, Field, Segments, Skeletons } from "../parts/basic";
import { EditDialog, useForm } from "../parts/form";
import { Icon } from "../parts/icon";
import { fromLocal, localTime } from "../parts/input";
import { said } from "../parts/props";
import { RecordLink } from "../parts/value";
import { change as changeRecord, useAsk } from "../store";
import { type Event, type Scope, type Values, type Whole, change, nextDay, read, strike, untold } from "./agenda";

export const nameOf = (event: Pick<Event, "title" | "busy_only">) => (event.busy_only ? t("busy") : event.title || t("no_name"));
const SCOPES: Scope[] = ["this", "later", "all"];
const CATEGORIES = ["Meeting", "Call", "Visit"];
const REPEATS: Record<string, Key> = { DAILY: "repeats_daily", WEEKLY: "repeats_weekly", MONTHLY: "repeats_monthly", YEARLY: "repeats_yearly" };
const repeats = (rule: string | null) => t(REPEATS[/FREQ=(\w+)/i.exec(rule ?? "")?.[1]?.toUpperCase() ?? ""] ?? "repeats");
const when = (event: Pick<Event, "start" | "end" | "all_day">) => {
	const from = new Date(event.start * 1000);
	const last = new Date((event.end - (event.all_day ? 43200 : 0)) * 1000);
	const days = isoDay(from) === isoDay(last) ? dateLong(from) : `${dateLong(from)} – ${dateLong(last)}`;
	return event.all_day ? days : `${days}, ${time(event.start)}–${time(event.end)}`;
};

// Of a series: which ones are meant.
export function ScopeDialog({ title, close, choose }: { title: string; close: () => void; choose: (scope: Scope) => void }) {
	return (
		<Dialog title={title} close={close} foot={<button type="button" class="button" onClick={close}>{t("cancel")}</button>}>
			<div class="stack">
				<p class="muted">{t("scope_which")}</p>
				{SCOPES.map((scope, i) => <button key={scope} type="button" class="button" data-first={i === 0 || undefined} onClick={() => choose(scope)}>{t(`scope_${scope}`)}</button>)}
			</div>
		</Dialog>
	);
}
export function EventDialog({ event, close }: { event: Event; close: () => void }) {
	const [whole, setWhole] = useState<Whole>();
	const [problem, setProblem] = useState<Problem>();
	const load = () => {
		setProblem(undefined);
		read(event).then(setWhole, setProblem);
	};
	useEffect(() => { if (!event.busy_only && event.record) load(); }, []);
	if (whole?.can.change) return <Edit event={whole} close={close} />;
	return (
		<Dialog title={nameOf(event)} close={close}>
			{problem ? <Fault problem={problem} again={load} /> : !whole && !event.busy_only ? <Skeletons lines={4} /> : (
				<div class="stack">
					<p class="row"><Icon name="clock" />{when(event)}</p>
					{whole?.recurs && <p class="row"><Icon name="history" />{repeats(whole.rule)}</p>}
					{event.location && <p class="row"><Icon name="pin" />{event.location}</p>}
					{whole?.note && <p class="pre">{whole.note}</p>}
					{whole && <Attendees event={whole} />}
				</div>
			)}
		</Dialog>
	);
}
const STATUS: Record<string, Key> = { ACCEPTED: "comes", DECLINED: "comes_not", TENTATIVE: "comes_maybe" };
function Attendees({ event }: { event: Whole }) {
	const host = event.organizer;
	if (!event.attendees.length && !host) return null;
	return (
		<div class="wide stack tight">
			<span class="label">{t("attendees")}</span>
			<ul class="stack tight">
				{host && <li class="row"><Icon name="user" size={14} /><bdi class="cut">{host.name ?? host.address}</bdi><span class="faint small">{t("organizes")}</span></li>}
				{event.attendees.filter((one) => one.address.toLowerCase() !== host?.address.toLowerCase()).map((one) => <li key={one.address} class="row"><Icon name="user" size={14} /><bdi class="cut">{one.name ?? one.address}</bdi><span class="faint small">{STATUS[one.status] ? t(STATUS[one.status]!) : t("comes_unknown")}</span></li>)}
			</ul>
		</div>
	);
}
// What the CRM knows of it besides: whom it is about, and how it went.
function Meeting({ event, all }: { event: Whole; all: () => void }) {
	const { data: record } = useAsk<Rec>(`/meetings/${event.record}`, ["meetings"]);
	if (!record) return null;
	const outcome = (word: string) => void changeRecord(record, { outcome: word }, said(term("Outcome")));
	return (
		<div class="wide row wrap">
			{record.names?.parent && <span class="row"><Icon name="link" /><RecordLink noun={record.names.parent_noun ?? "accounts"} id={record.parent as number}>{record.names.parent}</RecordLink></span>}
			<span class="row"><span class="label">{term("Outcome")}</span>
				<Segments label={term("Outcome")} now={String(record.outcome ?? "planned")} choose={outcome} options={["planned", "held", "not held"].map((w) => ({ key: w, text: term(w) }))} /></span>
			{!event.recurs && <button type="button" class="button quiet small" onClick={all}>{t("all_fields")}</button>}
		</div>
	);
}
function Edit({ event, close }: { event: Whole; close: () => void }) {
	const [scope, setScope] = useState<Scope>("this");
	const [busy, setBusy] = useState(false);
	const [all, setAll] = useState(false);
	const form = useForm({ title: event.title ?? "", location: event.location ?? "", note: event.note ?? "", category: event.category ?? "", start: event.start, end: event.end, all_day: event.all_day });
	const { data: record } = useAsk<Rec>(all ? `/meetings/${event.record}` : null, ["meetings"]);
	const is = form.values as Required<Values>;
	const act = async (run: () => Promise<void>) => {
		setBusy(true);
		form.clear();
		try {
			await run();
			close();
		} catch (reason) {
			form.refuse(reason);
			setBusy(false);
		}
	};
	const save = (submit: globalThis.Event) => {
		submit.preventDefault();
		void act(() => (Object.keys(changed(event, is)).length ? change(event, changed(event, is), scope) : Promise.resolve()));
	};
	if (all && record) return <EditDialog noun="meetings" record={record} close={close} />;
	return (
		<Dialog
			title={nameOf({ ...event, busy_only: false })} close={close}
			foot={<>
				{event.can.delete && <button type="button" class="button danger" disabled={busy} onClick={() => void act(() => strike(event, scope))}><Icon name="bin" />{t("delete")}</button>}
				<span class="grow" />
				<button type="button" class="button" onClick={close}>{t("cancel")}</button>
				<button type="submit" form="event-form" class="button primary" disabled={busy}>{t("save")}</button>
			</>}
		>
			<form id="event-form" class="form" onSubmit={save} noValidate>
				{(form.general || Object.keys(form.faults).length > 0) && <div class="form-error" role="alert">{[form.general, ...Object.values(form.faults)].filter(Boolean).join("\n")}</div>}
				{untold(event) && <p class="form-note"><Icon name="info" size={14} />{untold(event)}</p>}
				<Field label={term("Subject")} wide>{(id) => <input id={id} class="input" value={is.title ?? ""} onInput={(e) => form.set("title", e.currentTarget.value)} />}</Field>
				<Times is={is} set={form.set} />
				<label class="check wide"><input type="checkbox" checked={is.all_day} onChange={(e) => days(is, form.set, e.currentTarget.checked)} />{t("all_day")}</label>
				<Field label={term("Location")}>{(id) => <input id={id} class="input" value={is.location ?? ""} onInput={(e) => form.set("location", e.currentTarget.value)} />}</Field>
				<Field label={term("Kind")}>{(id) => <select id={id} class="input" value={is.category ?? ""} onChange={(e) => form.set("category", e.currentTarget.value)}><option value="">–</option>{CATEGORIES.map((word) => <option key={word} value={word}>{term(word)}</option>)}</select>}</Field>
				<Field label={term("Note")} wide>{(id) => <textarea id={id} class="input" rows={3} value={is.note ?? ""} onInput={(e) => form.set("note", e.currentTarget.value)} />}</Field>
				{event.meeting && <Meeting event={event} all={() => setAll(true)} />}
				<Attendees event={event} />
				{event.recurs && (
					<div class="wide stack tight">
						<span class="row label"><Icon name="history" />{repeats(event.rule)}. {t("scope_which")}</span>
						<Segments label={t("scope_which")} now={scope} choose={setScope} options={SCOPES.map((key) => ({ key, text: t(`scope_${key}`) }))} />
					</div>
				)}
			</form>
		</Dialog>
	);
}
type Set = (key: string, value: unknown) => void;
function Times({ is, set }: { is: Required<Values>; set: Set }) {
	// The end follows the start: what is moved stays as long as it was.
	const start = (at: number | null) => {
		if (at === null) return;
		set("end", at + (is.end - is.start));
		set("start", at);
	};
	const day = (text: string) => (text ? seconds(dayOf(text)) : null);
	return is.all_day ? (
		<>
			<Field label={term("Start")}>{(id) => <input id={id} class="input" type="date" value={isoDay(new Date(is.start * 1000))} onInput={(e) => start(day(e.currentTarget.value))} />}</Field>
			<Field label={term("End")}>{(id) => <input id={id} class="input" type="date" value={isoDay(new Date(nextDay(is.end, -1) * 1000))} onInput={(e) => { const last = day(e.currentTarget.value); if (last !== null) set("end", nextDay(last, 1)); }} />}</Field>
		</>
	) : (
		<>
			<Field label={term("Start")}>{(id) => <input id={id} class="input" type="datetime-local" value={localTime(is.start)} onInput={(e) => start(fromLocal(e.currentTarget.value))} />}</Field>
			<Field label={term("End")}>{(id) => <input id={id} class="input" type="datetime-local" value={localTime(is.end)} onInput={(e) => { const at = fromLocal(e.currentTarget.value); if (at !== null) set("end", at); }} />}</Field>
		</>
	);
}
function days(is: Required<Values>, set: Set, all: boolean) {
	const day = seconds(dayOf(isoDay(new Date(is.start * 1000))));
	set("all_day", all);
	set("start", all ? day : day + 9 * 3600);
	set("end", all ? nextDay(day, Math.max(1, Math.ceil((is.end - day) / 86400 - 0.01))) : day + 10 * 3600);
}
// Only what is another now is sent; the three of time go together.
function changed(event: Whole, is: Required<Values>): Values {
	const values: Values = {};
	for (const key of ["title", "location", "note", "category"] as const) if ((is[key] ?? "") !== (event[key] ?? "")) values[key] = is[key] || null;
	if (is.start !== event.start || is.end !== event.end || is.all_day !== event.all_day) Object.assign(values, { start: is.start, end: is.end, all_day: is.all_day });
	return values;
}
