// Events of calendars as the calendar's page has them: read, changed, struck out, and all of that taken back.
import { Problem, call, get, post } from "../api";
import { addDays, dayOf, isoDay, seconds } from "../format";
import { t } from "../i18n";
import { complain, me, say, stale } from "../store";

// One occurrence. Whole days begin at midnight here, wherever the company is.
export interface Event {
	record: number | null;
	owner: number;
	calendar: string;
	start: number;
	end: number;
	all_day: boolean;
	title: string | null;
	location?: string | null;
	category?: string | null;
	outcome?: string | null;
	busy_only: boolean;
	may_change: boolean;
	// Of what recurs: when it was to begin originally.
	occurrence: number | null;
}
export interface Whole extends Omit<Event, "busy_only" | "may_change" | "occurrence"> {
	record: number;
	etag: string;
	occurrence: number;
	recurs: boolean;
	rule: string | null;
	meeting: boolean;
	can: { change: boolean; delete: boolean };
	note: string | null;
	// Who called people together, maybe oneself; null: nobody did.
	organizer: { name: string | null; address: string; own: boolean } | null;
	attendees: { name: string | null; address: string; status: string }[];
}
export type Scope = "this" | "later" | "all";
export type Values = Partial<Pick<Whole, "title" | "location" | "note" | "category" | "start" | "end" | "all_day">>;

// ---- days of the company's zone and days of here

const zoneParts = (zone: string) =>
	new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" });
function wallIn(at: number, zone: string) {
	const part = Object.fromEntries(zoneParts(zone).formatToParts(new Date(at * 1000)).map((p) => [p.type, Number(p.value)]));
	return Date.UTC(part.year!, part.month! - 1, part.day!, part.hour, part.minute, part.second) / 1000;
}
const zone = () => me.value?.company.time_zone || "UTC";
// "2026-05-31" of a midnight of the company's, and back.
export const companyDay = (at: number) => new Date(wallIn(at, zone()) * 1000).toISOString().slice(0, 10);
export function companyMidnight(day: string) {
	const wall = Date.parse(`${day}T00:00:00Z`) / 1000;
	const first = wall - (wallIn(wall, zone()) - wall);
	return wall - (wallIn(first, zone()) - first);
}
const here = <E extends Pick<Event, "start" | "end" | "all_day">>(event: E): E =>
	event.all_day ? { ...event, start: seconds(dayOf(companyDay(event.start))), end: seconds(dayOf(companyDay(event.end))) } : event;
const there = (values: Values): Values =>
	values.all_day && values.start !== undefined && values.end !== undefined
		? { ...values, start: companyMidnight(isoDay(new Date(values.start * 1000))), end: companyMidnight(isoDay(new Date(values.end * 1000))) }
		: values;
export const events = (items: Event[] | undefined) => (items ?? []).map(here);
export const nextDay = (at: number, days: number) => seconds(addDays(new Date(at * 1000), days));

// ---- asking

const query = (event: Pick<Event, "occurrence">) => (event.occurrence === null ? "" : `?occurrence=${event.occurrence}`);
export const read = async (event: Event) => here(await get<Whole>(`/calendar/${event.record}${query(event)}`));

interface Done {
	event: Whole | null;
	undo: unknown;
}
const tell = (words: string, done: Done) => {
	stale("meetings");
	say(words, {
		label: t("undo"),
		run: () => void post("/calendar/undo", done.undo).then(() => { stale("meetings"); say(t("undone")); }, complain),
	});
};
// Who does not hear of what is changed here; null where nobody else has to do with it.
export function untold(event: Whole): string | null {
	if (event.organizer && !event.organizer.own) return t("organizer_untold", { name: event.organizer.name ?? event.organizer.address });
	return event.organizer && event.attendees.length ? t("guests_untold") : null;
}
const withUntold = (event: Whole, words: string) => [words, untold(event)].filter(Boolean).join(". ");
export async function change(event: Whole, values: Values, scope: Scope): Promise<void> {
	const sent = { ...there(values), ...(event.recurs ? { scope, occurrence: event.occurrence } : {}) };
	const done = await call<Done>("PATCH", `/calendar/${event.record}`, { body: sent, etag: event.etag });
	tell(withUntold(event, t("changed_named", { name: (values.title ?? event.title) || t("no_name") })), done);
}
export async function strike(event: Whole, scope: Scope): Promise<void> {
	const what = event.recurs ? `?scope=${scope}&occurrence=${event.occurrence}` : "";
	const done = await call<Done>("DELETE", `/calendar/${event.record}${what}`, { etag: event.etag });
	tell(withUntold(event, t("removed_named", { name: event.title || t("no_name") })), done);
}
// What was dragged is moved from where it was seen; where somebody was quicker, that is shown instead.
export async function move(event: Event, start: number, end: number, scope: Scope): Promise<void> {
	const whole = await read(event);
	if (whole.start !== event.start || whole.end !== event.end) {
		stale("meetings");
		throw new Problem(412, { title: t("changed_meanwhile") });
	}
	await change(whole, { start, end, all_day: event.all_day }, scope);
}
