// The calendar: day, week and month; one's own, and others' side by side.
import { useEffect, useRef, useState } from "preact/hooks";
import { type Page, type Rec, get } from "../api";
import { useCell } from "../cell";
import { addDays, dateLong, dayNumber, dayOf, firstDay, hour, isoDay, month, range, seconds, time, today, weekday } from "../format";
import { t, term, tn } from "../i18n";
import { Avatar, Dialog, Fault, Menu, PageHead, Segments, styled } from "../parts/basic";
import { type Option, usePeople } from "../parts/combo";
import { EditDialog } from "../parts/form";
import { Icon } from "../parts/icon";
import { place as placed } from "../parts/layout";
import { RecordLink } from "../parts/value";
import { place, setQuery } from "../router";
import { change, complain, discard, me, prefer, preference, stale, useAsk } from "../store";
import { said } from "../parts/props";

interface Event {
	record: number;
	noun: string;
	owner: number;
	calendar: string;
	start: number;
	end: number;
	all_day: boolean;
	title: string;
	location?: string | null;
	category?: string | null;
	outcome?: string | null;
	busy_only: boolean;
}
type As = "day" | "week" | "month";
interface Drawn {
	events: Event[];
	people: Option[];
	open: (event: Event) => void;
	create: (start: Date, allDay?: boolean) => void;
	tint: (owner: number) => string;
}
const HOUR = 44;

const startOf = (as: As, day: Date) => {
	if (as === "day") return day;
	const base = as === "month" ? new Date(day.getFullYear(), day.getMonth(), 1) : day;
	return addDays(base, -((base.getDay() - (firstDay() % 7) + 7) % 7));
};
const daysOf = (as: As, day: Date, narrow: boolean) => {
	if (as === "day") return [day];
	if (as === "week" && narrow) return [0, 1, 2].map((i) => addDays(day, i));
	return Array.from({ length: as === "month" ? 42 : 7 }, (_, i) => addDays(startOf(as, day), i));
};
const onDay = (event: Event, day: Date) => event.start < seconds(addDays(day, 1)) && event.end > seconds(day);

export function CalendarScreen() {
	const words = useCell(place).query;
	const narrow = matchMedia("(max-width: 640px)").matches;
	const as = (words.get("as") as As | null) ?? preference<As>("calendar.as", narrow ? "day" : "week");
	const day = dayOf(words.get("day") ?? today());
	const everybody = usePeople();
	const who = (words.get("who") ?? String(me.value!.id)).split(",").map(Number).filter(Boolean);
	const people = who.map((id) => everybody.find((p) => p.id === id) ?? { id, name: id === me.value!.id ? me.value!.display_name : `#${id}` });
	const days = daysOf(as, day, narrow);
	const from = seconds(days[0]!);
	const to = seconds(addDays(days.at(-1)!, 1));
	const { data, problem, again } = useAsk<{ items: Event[] }>(`/calendar?from=${from}&to=${to}&who=${who.join(",")}`, ["meetings", "tasks"]);
	const [opened, setOpened] = useState<Event | null>(null);
	const [creating, setCreating] = useState<{ start: number; all_day: boolean } | null>(words.has("new") ? { start: nextHour(), all_day: false } : null);
	const step = (n: number) => setQuery({ day: isoDay(as === "month" ? new Date(day.getFullYear(), day.getMonth() + n, 1) : addDays(day, n * (as === "week" ? (narrow ? 3 : 7) : 1))) });
	const title = as === "day" ? dateLong(day) : as === "month" ? month(day) : range(days[0]!, days.at(-1)!);
	const drawn: Drawn = {
		events: data?.items ?? [], people, open: setOpened, create: (start, all_day = false) => setCreating({ start: seconds(start), all_day }),
		tint: (owner) => `p${Math.max(0, who.indexOf(owner)) % 6}`,
	};
	useKeys({ step, as: (key) => setQuery({ as: key }), now: () => setQuery({ day: undefined }) });
	return (
		<>
			<PageHead title={t("calendar")}>
				<button type="button" class="button primary" onClick={() => setCreating({ start: nextHour(), all_day: false })}><Icon name="plus" />{t("new_thing", { thing: term("Meeting") })}</button>
			</PageHead>
			<div class="toolbar">
				<span class="row">
					<button type="button" class="button" onClick={() => setQuery({ day: undefined })}>{t("when_today")}</button>
					<button type="button" class="button icon" aria-label={t("earlier")} onClick={() => step(-1)}><Icon name="left" /></button>
					<button type="button" class="button icon" aria-label={t("later")} onClick={() => step(1)}><Icon name="right" /></button>
				</span>
				<h2 aria-live="polite">{title}</h2>
				<span class="row tools">
					<People everybody={everybody} who={who} />
					<Segments label={t("shown_as")} now={as} choose={(key) => { prefer("calendar.as", key); setQuery({ as: key }); }} options={[{ key: "day", text: t("day") }, { key: "week", text: t("week") }, { key: "month", text: t("month") }]} />
				</span>
			</div>
			{who.length > 1 && <ul class="legend greeting">{people.map((p, i) => <li key={p.id} class="row"><span class={`cal-chip p${i % 6}`}>{p.name}</span></li>)}</ul>}
			{problem && !data && <Fault problem={problem} again={again} />}
			{as === "month" ? <MonthGrid {...drawn} days={days} month={day.getMonth()} /> : <WeekGrid {...drawn} days={days} />}
			{opened && <EventDialog event={opened} close={() => setOpened(null)} />}
			{creating && (
				<EditDialog noun="meetings" only={["subject", "start", "end", "all_day", "location", "category", "parent", "description"]}
					start={{ start: creating.start, end: creating.start + (creating.all_day ? 86400 : 3600), all_day: creating.all_day || undefined, category: "Meeting", outcome: "planned" }}
					close={() => setCreating(null)} done={() => stale("meetings")} />
			)}
		</>
	);
}
const nextHour = () => Math.ceil(Date.now() / 3600000) * 3600;
// Arrows go to and fro, d w m change the view, t is today.
function useKeys({ step, as, now }: { step: (n: number) => void; as: (key: As) => void; now: () => void }) {
	useEffect(() => {
		const keys = (event: KeyboardEvent) => {
			if ((event.target as HTMLElement).closest("input, textarea, select, dialog, .menu, .segments") || event.ctrlKey || event.metaKey || event.altKey) return;
			const act = { ArrowLeft: () => step(-1), ArrowRight: () => step(1), d: () => as("day"), w: () => as("week"), m: () => as("month"), t: now }[event.key];
			act?.();
		};
		addEventListener("keydown", keys);
		return () => removeEventListener("keydown", keys);
	});
}
function People({ everybody, who }: { everybody: Option[]; who: number[] }) {
	const teams = me.value!.manages.length ? me.value!.manages : me.value!.teams;
	const set = (ids: number[]) => setQuery({ who: ids.length === 1 && ids[0] === me.value!.id ? undefined : ids.join(",") || undefined });
	const team = async (id: number) => {
		try {
			const got = await get<Page>(`/users?f=team:eq:${id}&limit=20`);
			set([me.value!.id, ...got.items.map((p) => p.id).filter((p) => p !== me.value!.id)].slice(0, 12));
		} catch (reason) {
			complain(reason);
		}
	};
	return (
		<Menu label={t("whose_calendars")} text={<><Icon name="team" />{who.length > 1 ? tn("people_n", who.length) : t("just_me")}</>} panel right>
			{() => (
				<div class="stack tight">
					{teams.map((g) => <button type="button" class="button small" key={g.id} onClick={() => void team(g.id)}><Icon name="team" />{g.name}</button>)}
					{everybody.map((p) => (
						<label class="check" key={p.id}>
							<input type="checkbox" checked={who.includes(p.id)} onChange={() => set(who.includes(p.id) ? who.filter((id) => id !== p.id) : [...who, p.id])} />
							<Avatar name={p.name} /><span class="cut">{p.name}</span>
						</label>
					))}
				</div>
			)}
		</Menu>
	);
}
const chipName = (event: Event) => (event.busy_only ? t("busy") : event.title || t("no_name"));
function Chip({ event, open, tint }: { event: Event } & Pick<Drawn, "open" | "tint">) {
	return (
		<button type="button" class={`cal-chip ${tint(event.owner)} ${event.busy_only ? "busy" : ""}`} onClick={(e) => { e.stopPropagation(); open(event); }}>
			{!event.all_day && <span class="num">{time(event.start)}</span>}<span class="cut">{chipName(event)}</span>
		</button>
	);
}
function MonthGrid({ days, month: now, events, open, create, tint }: Drawn & { days: Date[]; month: number }) {
	const few = matchMedia("(max-width: 640px)").matches ? 2 : 4;
	return (
		<div class="cal-grid cal-month" role="grid" aria-label={t("calendar")}>
			<div role="row" class="contents">{days.slice(0, 7).map((d) => <div key={d.getDay()} role="columnheader" class="wd"><abbr title={weekday(d, "long")}>{weekday(d)}</abbr></div>)}</div>
			{[0, 1, 2, 3, 4, 5].map((week) => (
				<div role="row" class="contents" key={week}>
					{days.slice(week * 7, week * 7 + 7).map((d) => {
						const mine = events.filter((e) => onDay(e, d)).sort((a, b) => Number(b.all_day) - Number(a.all_day) || a.start - b.start);
						const iso = isoDay(d);
						return (
							<div key={iso} role="gridcell" class={`day ${d.getMonth() === now ? "" : "out"} ${iso === today() ? "now" : ""}`} onDblClick={() => create(new Date(d.getFullYear(), d.getMonth(), d.getDate(), 9))}>
								<button type="button" class="n" aria-label={`${dateLong(d)}, ${tn("events", mine.length)}`} onClick={() => setQuery({ as: "day", day: iso })}>{dayNumber(d)}</button>
								{mine.slice(0, few).map((e) => <Chip key={`${e.record}${e.start}${e.owner}`} event={e} open={open} tint={tint} />)}
								{mine.length > few && <button type="button" class="more" onClick={() => setQuery({ as: "day", day: iso })}>{t("more_n", { n: mine.length - few })}</button>}
							</div>
						);
					})}
				</div>
			))}
		</div>
	);
}
// Columns are days; on a day of several people, people.
function WeekGrid({ days, people, events, open, create, tint }: Drawn & { days: Date[] }) {
	const box = useRef<HTMLDivElement>(null);
	const side = people.length > 1;
	const columns = days.flatMap((d) => (side && days.length === 1 ? people.map((p) => ({ day: d, person: p })) : [{ day: d, person: null as Option | null }]));
	useEffect(() => { if (box.current) box.current.scrollTop = 7.5 * HOUR; }, []);
	const of = (c: (typeof columns)[0], all: boolean) => events.filter((e) => onDay(e, c.day) && e.all_day === all && (!c.person || e.owner === c.person.id));
	const anyAll = events.some((e) => e.all_day);
	const clicked = (event: MouseEvent, day: Date) => {
		const at = (event.currentTarget as HTMLElement).getBoundingClientRect();
		const half = Math.floor(((event.clientY - at.top) / HOUR) * 2);
		create(new Date(day.getFullYear(), day.getMonth(), day.getDate(), Math.floor(half / 2), (half % 2) * 30));
	};
	return (
		<div class="cal-grid">
			<div class="cal-scroll" ref={box} tabIndex={0} role="region" aria-label={t("calendar")}>
				<div class="cal-week" ref={styled({ "--columns": String(columns.length), "--column": side && days.length > 1 ? "132px" : "88px" })}>
					<div class="corner" />
					{columns.map((c, i) => (
						<div key={i} class={`head ${isoDay(c.day) === today() ? "now" : ""}`}>
							{c.person ? <span class="row"><Avatar name={c.person.name} /><span class="cut strong">{c.person.name}</span></span> : <button type="button" class="linkish" onClick={() => setQuery({ as: "day", day: isoDay(c.day) })}><span class="small">{weekday(c.day)}</span> <b>{dayNumber(c.day)}</b></button>}
						</div>
					))}
					{anyAll && <><div class="allday-label">{t("all_day")}</div>{columns.map((c, i) => <div key={i} class="allday">{of(c, true).map((e) => <Chip key={`${e.record}${e.start}`} event={e} open={open} tint={tint} />)}</div>)}</>}
					<div class="hours" aria-hidden="true">{Array.from({ length: 24 }, (_, h) => <div key={h} class="hour">{h ? hour(h) : ""}</div>)}</div>
					{columns.map((c, i) => (
						<div key={i} class={`column ${[0, 6].includes(c.day.getDay()) ? "weekend" : ""}`} role="list" aria-label={`${dateLong(c.day)}${c.person ? `, ${c.person.name}` : ""}`} ref={styled({ height: `${24 * HOUR}px` })} onClick={(e) => clicked(e, c.day)}>
							{isoDay(c.day) === today() && <div class="now-line" ref={styled({ top: `${((Date.now() / 1000 - seconds(c.day)) / 3600) * HOUR}px` })} />}
							{placed(of(c, false)).map(({ event, lane, lanes }) => <Block key={`${event.record}${event.start}${event.owner}`} event={event} day={c.day} lane={lane} lanes={lanes} open={open} tint={tint} />)}
						</div>
					))}
				</div>
			</div>
		</div>
	);
}
function Block({ event, day, lane, lanes, open, tint }: { event: Event; day: Date; lane: number; lanes: number } & Pick<Drawn, "open" | "tint">) {
	const from = Math.max(0, (event.start - seconds(day)) / 3600);
	const to = Math.min(24, (event.end - seconds(day)) / 3600);
	const at = { top: `${from * HOUR}px`, height: `${Math.max(20, (to - from) * HOUR - 1)}px`, left: `calc(${(lane / lanes) * 100}% + 2px)`, width: `calc(${100 / lanes}% - 4px)` };
	return (
		<div role="listitem" class="contents">
			<button type="button" class={`cal-event ${tint(event.owner)} ${event.busy_only ? "busy" : ""} ${event.outcome === "planned" ? "planned" : ""} ${to - from < 0.8 ? "short" : ""}`} ref={styled(at)} onClick={(e) => { e.stopPropagation(); open(event); }}>
				<b>{chipName(event)}</b>
				<span class="num">{time(event.start)}{to - from < 0.8 ? "" : `–${time(event.end)}`}</span>{event.location && to - from > 1.2 ? <span>{event.location}</span> : null}
			</button>
		</div>
	);
}
function EventDialog({ event, close }: { event: Event; close: () => void }) {
	const [editing, setEditing] = useState(false);
	const { data: record } = useAsk<Rec>(event.busy_only ? null : `/meetings/${event.record}`, ["meetings"]);
	const can = record && record.can?.change !== false;
	const outcome = (word: string) => record && void change(record, { outcome: word }, said(term("Outcome")));
	const gone = () => record && discard(record, { done: t("binned", { name: event.title }), undo: t("undo"), undone: t("undone") }).then((ok) => ok && close());
	if (editing && record)
		return <EditDialog noun="meetings" record={record} only={["subject", "start", "end", "all_day", "location", "category", "parent", "outcome", "description"]} close={close} />;
	return (
		<Dialog
			title={chipName(event)} close={close}
			foot={can && <><button type="button" class="button danger" onClick={gone}><Icon name="bin" />{t("delete")}</button><span class="grow" /><button type="button" class="button" onClick={() => setEditing(true)}><Icon name="pen" />{t("edit")}</button></>}
		>
			<div class="stack">
				<p class="row"><Icon name="clock" />{event.all_day ? dateLong(new Date(event.start * 1000)) : `${dateLong(new Date(event.start * 1000))}, ${time(event.start)}–${time(event.end)}`}</p>
				{event.location && <p class="row"><Icon name="pin" />{event.location}</p>}
				{record?.names?.parent && <p class="row"><Icon name="link" /><RecordLink noun={record.names.parent_noun ?? "accounts"} id={record.parent as number}>{record.names.parent}</RecordLink></p>}
				{record?.names?.owner && <p class="row"><Icon name="user" />{record.names.owner}</p>}
				{typeof record?.description === "string" && <p class="pre">{record.description}</p>}
				{can && (
					<div class="row wrap"><span class="label">{term("Outcome")}</span>
						<Segments label={term("Outcome")} now={String(record.outcome ?? "planned")} choose={outcome} options={["planned", "held", "not held"].map((w) => ({ key: w, text: term(w) }))} /></div>
				)}
			</div>
		</Dialog>
	);
}
