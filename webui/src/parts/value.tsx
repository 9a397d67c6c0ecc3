// A field's value as people read it.
import type { ComponentChildren } from "preact";
import type { Rec } from "../api";
import { country, date, dateTime, money, number, percent, relative, shiftDay } from "../format";
import { t, term } from "../i18n";
import { href } from "../router";
import { type Field, me } from "../store";
import { Avatar, Badge, type Tone } from "./basic";
import { Icon } from "./icon";

const TONES: Record<string, Tone> = {
	New: "info", Working: "accent", Nurturing: "violet", Converted: "good", Dead: "",
	Assigned: "info", Pending: "warn", "Resolved, to confirm": "violet", Closed: "good", Rejected: "", Duplicate: "",
	Open: "info", Done: "good", Cancelled: "",
	Urgent: "bad", High: "warn", Normal: "", Low: "",
	Won: "good", Lost: "bad", won: "good", lost: "bad", open: "info",
	Customer: "good", Prospect: "info", Partner: "violet", Reseller: "violet", Investor: "accent", Former: "",
	good: "good", watch: "warn", risk: "bad", planned: "info", held: "good", "not held": "bad", running: "good", over: "",
	Complaint: "bad", Incident: "warn", Problem: "warn", high: "bad", medium: "warn", low: "", met: "good", dropped: "",
	commit: "good", best: "accent", withdrawn: "bad", given: "good", A: "accent",
};
export const tone = (word: string): Tone => TONES[word] ?? "";
const BADGED = new Set(["status", "stage", "type", "priority", "health", "state", "kind", "outcome", "urgency", "tier", "forecast", "category", "consent"]);

export interface Phone { value: string; type?: string }
export interface Address { street?: string; city?: string; region?: string; code?: string; country?: string; type?: string }
export interface Person { account: number; role?: string; primary?: boolean; since?: string; until?: string }

export const listed = <T,>(value: unknown) => (Array.isArray(value) ? (value as T[]) : []);
export const nameOf = (record: Rec, key: string) => record.names?.[key] ?? "";
export const currencyOf = (record: Rec) => (record.currency as string) || me.value?.company.currency;
export const isEmpty = (value: unknown) =>
	value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);

export const PhoneLink = ({ phone }: { phone: Phone }) => (
	<a class="link num" href={`tel:${phone.value.replace(/[^\d+]/g, "")}`}>{phone.value}</a>
);
export const MailLink = ({ mail }: { mail: Phone }) => (
	<a class="link" href={`mailto:${encodeURIComponent(mail.value).replace("%40", "@")}`}>{mail.value}</a>
);
// Only http and https become links: anything else stays text.
export const SiteLink = ({ site }: { site: Phone }) =>
	/^https?:\/\//i.test(site.value) ? (
		<a class="link" href={site.value} target="_blank" rel="noopener noreferrer">{site.value.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "")}</a>
	) : (
		<span>{site.value}</span>
	);
export const addressLines = (a: Address) =>
	[a.street, [a.code, a.city].filter(Boolean).join(" "), a.region, a.country && country(a.country)].filter(Boolean) as string[];
export const RecordLink = ({ noun, id, children }: { noun: string; id: number; children: ComponentChildren }) => (
	<a href={href(`/${noun}/${id}`)}>{children}</a>
);
export const Due = ({ at, done }: { at: number; done?: boolean }) => {
	const late = !done && at < Date.now() / 1000;
	return (
		<time dateTime={new Date(at * 1000).toISOString()} title={dateTime(at)} class={late ? "bad" : ""}>
			{late && <span class="sr">{t("late")}: </span>}
			{relative(at)}
		</time>
	);
};
const first = (items: ComponentChildren[], all: boolean) =>
	all || items.length < 2 ? (
		<span class="stack tight">{items.map((item, i) => <span key={i}>{item}</span>)}</span>
	) : (
		<span class="row"><span class="cut">{items[0]}</span><span class="faint small">+{items.length - 1}</span></span>
	);

type Show = (value: never, field: Field, record: Rec, all: boolean) => ComponentChildren;
const asWord: Show = (value: string, field) =>
	BADGED.has(field.key) ? <Badge tone={tone(value)}>{term(value)}</Badge> : term(value);
const asUser: Show = (_: number, field, record) => {
	const name = nameOf(record, field.key);
	return name ? <span class="row"><Avatar name={name} /><span class="cut">{name}</span></span> : null;
};
// Periods are kept to the day after their last one, which is what people say.
export const isAfterLast = (field: Field) => field.label.endsWith("(not included)");
const SHOWS: Record<string, Show> = {
	line: (value: string) => value,
	long: (value: string, _f, _r, all) => <span class={all ? "pre" : "cut"}>{value}</span>,
	int: (value: number, field, record) => (field.key === "micros" ? number(value / 1e6, 6) : field.key === "number" ? `#${value}` : field.key === "target" && record.metric === "won_amount" ? money(value, currencyOf(record)) : number(value)),
	percent: (value: number) => percent(value),
	money: (value: number, _f, record) => money(value, currencyOf(record)),
	date: (value: string, field) => date(isAfterLast(field) ? shiftDay(value, -1) : value),
	time: (value: number, field, record) =>
		/due/.test(field.key) ? <Due at={value} done={isOver(record)} /> : <time title={dateTime(value)} dateTime={new Date(value * 1000).toISOString()}>{field.type === "time" && (field.key === "start" || field.key === "end") ? dateTime(value) : relative(value)}</time>,
	bool: (value: boolean) => (value ? t("yes") : t("no")),
	choice: asWord,
	list: (value: string) => value,
	user: asUser,
	team: (_: number, field, record) => nameOf(record, field.key),
	principal: (_: number, field, record) => nameOf(record, field.key),
	tags: (value: string[]) => <span class="row wrap">{value.map((tag) => <span class="tag" key={tag}>{tag}</span>)}</span>,
	phones: (value: Phone[], _f, _r, all) => first(value.map((phone) => <PhoneLink phone={phone} key={phone.value} />), all),
	mails: (value: Phone[], _f, _r, all) => first(value.map((mail) => <MailLink mail={mail} key={mail.value} />), all),
	urls: (value: Phone[], _f, _r, all) => first(value.map((site) => <SiteLink site={site} key={site.value} />), all),
	addresses: (value: Address[], _f, _r, all) =>
		all ? <span class="stack">{value.map((a, i) => <span key={i} class="stack tight">{addressLines(a).map((l) => <span key={l}>{l}</span>)}</span>)}</span> : addressLines(value[0]!).join(", "),
};
function asRef(value: number, field: Field, record: Rec) {
	const name = nameOf(record, field.key) || `#${value}`;
	if (BADGED.has(field.key)) return <Badge tone={tone(name)}>{term(name)}</Badge>;
	const noun = field.of === "*" ? record.names?.[`${field.key}_noun`] : field.of;
	return noun && ["accounts", "contacts", "leads", "deals", "cases", "campaigns"].includes(noun) ? (
		<RecordLink noun={noun} id={value}>{name}</RecordLink>
	) : name;
}
export const isOver = (record: Rec) => !!record.closed_at || !!record.won_at || !!record.lost_at || ["Done", "Cancelled", "Closed", "Rejected", "Duplicate"].includes(String(record.status));
// all: every one of several values, else the first and how many more.
export function Value({ record, field, all = false }: { record: Rec; field: Field; all?: boolean }) {
	const value = record[field.key];
	if (isEmpty(value)) return null;
	if (field.type === "ref") return <>{asRef(value as number, field, record)}</>;
	const show = SHOWS[field.type];
	return <>{show ? show(value as never, field, record, all) : JSON.stringify(value)}</>;
}
export const Call = ({ phones, mails, stop }: { phones: unknown; mails: unknown; stop?: boolean }) => {
	const phone = listed<Phone>(phones)[0];
	const mail = listed<Phone>(mails)[0];
	return (
		<>
			{phone && !stop && <a class="button" href={`tel:${phone.value.replace(/[^\d+]/g, "")}`}><Icon name="phone" />{t("call")}</a>}
			{mail && <a class="button" href={`mailto:${mail.value}`}><Icon name="mail" />{t("mail")}</a>}
		</>
	);
};
