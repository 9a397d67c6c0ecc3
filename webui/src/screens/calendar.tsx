// The calendar: day, week and month; one's own, and others' side by side.
import { useEffect, useRef, useState } from "preact/hooks";
import { type Page, get } from "../api";
import { useCell } from "../cell";
import { addDays, dateLong, dayNumber, dayOf, firstDay, hour, isoDay, month, range, seconds, time, today, weekday } from "../format";
import { t, term, tn } from "../i18n";
import { Avatar, Fault, Menu, PageHead, Segments, styled } from "../parts/basic";
import { type Option, usePeople } from "../parts/combo";
import { type Spot, startPull } from "../parts/pull";
import { EditDialog } from "../parts/form";
import { Icon } from "../parts/icon";
import { place as placed } from "../parts/layout";
import { place, setQuery } from "../router";
import { complain, me, prefer, preference, stale, useAsk } from "../store";
import { type Event, type Scope, events, move, nextDay } from "./agenda";
import { EventDialog, ScopeDialog, nameOf } from "./event";

type As = "day" | "week" | "month";
interface Drawn {
	events: Event[];
	people: Option[];
	open: (event: Event) => void;
	create: (start: number, end: number) => void;
	move: Move;
	tint: (owner: number) => string;
}
type Move = (event: Event, start: number, end: number, soon?: boolean) => void;
const HOUR = 44;
const QUARTER = 900;
// An occurrence keeps its name while it moves.
const keyOf = (event: Event) => `${event.record ?? event.start} ${event.occurrence ?? ""} ${event.owner}`;
const movable = (event: Event) => event.may_change && !!event.record && !event.busy_only;

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
	const [creating, setCreating] = useState<{ start: number; end: number } | null>(words.has("new") ? { start: nextHour(), end: nextHour() + 3600 } : null);
	const { draft, asking, moved, store, callOff } = useMoves(data);
	const step = (n: number) => setQuery({ day: isoDay(as === "month" ? new Date(day.getFullYear(), day.getMonth() + n, 1) : addDays(day, n * (as === "week" ? (narrow ? 3 : 7) : 1))) });
	const title = as === "day" ? dateLong(day) : as === "month" ? month(day) : range(days[0]!, days.at(-1)!);
	const drawn: Drawn = {
		events: events(data?.items).map((e) => (draft && keyOf(draft.event) === keyOf(e) ? { ...e, start: draft.start, end: draft.end } : e)), people, open: setOpened,
		create: (start, end) => setCreating({ start, end }), move: moved,
		tint: (owner) => `p${Math.max(0, who.indexOf(owner)) % 6}`,
	};
	useKeys({ step, as: (key) => setQuery({ as: key }), now: () => setQuery({ day: undefined }) });
	return (
		<>
			<PageHead title={t("calendar")}>
				<button type="button" class="button primary" onClick={() => setCreating({ start: nextHour(), end: nextHour() + 3600 })}><Icon name="plus" />{t("new_thing", { thing: term("Meeting") })}</button>
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
			{as !== "month" && <p class="faint small no-print wide-only cal-hint">{t("drag_keys")}</p>}
			{opened && <EventDialog event={opened} close={() => setOpened(null)} />}
			{asking && <ScopeDialog title={nameOf(asking.event)} close={callOff} choose={(scope) => store(asking, scope)} />}
			{creating && (
				<EditDialog noun="meetings" only={["subject", "start", "end", "all_day", "location", "category", "parent", "description"]}
					start={{ start: creating.start, end: creating.end, category: "Meeting", outcome: "planned" }}
					close={() => setCreating(null)} done={() => stale("meetings")} />
			)}
		</>
	);
}
// An event on its way: where the server has it, and where it is shown.
interface Draft { event: Event; start: number; end: number; settled?: boolean }
const SOON = 500;
// Moves are shown at once and stored one after another; by keys when they pause. What came back from the server ends them.
function useMoves(data: unknown) {
	const [draft, setDraft] = useState<Draft | null>(null);
	const [asking, setAsking] = useState<Draft | null>(null);
	const timer = useRef(0);
	const before = useRef<Promise<void>>(Promise.resolve());
	const stored = useRef(new Map<string, Event>());
	useEffect(() => setDraft((now) => {
		if (now && !now.settled) return now;
		stored.current.clear();
		return null;
	}), [data]);
	const run = async (one: Draft, scope: Scope) => {
		const key = keyOf(one.event);
		try {
			await move(stored.current.get(key) ?? one.event, one.start, one.end, scope);
			stored.current.set(key, { ...one.event, start: one.start, end: one.end });
			setDraft((now) => (now === one ? { ...one, settled: true } : now));
		} catch (reason) {
			complain(reason);
			setDraft((now) => (now === one ? null : now));
		}
	};
	const store = (one: Draft, scope: Scope) => {
		setAsking(null);
		before.current = before.current.then(() => run(one, scope));
	};
	const moved: Move = (shown, start, end, soon) => {
		clearTimeout(timer.current);
		const event = draft && keyOf(draft.event) === keyOf(shown) && !draft.settled ? draft.event : shown;
		const one = { event, start, end };
		setDraft(one);
		timer.current = window.setTimeout(() => {
			if (start === event.start && end === event.end) setDraft(null);
			else if (event.occurrence === null) store(one, "all");
			else setAsking(one);
		}, soon ? SOON : 0);
	};
	return { draft, asking, moved, store, callOff: () => { setAsking(null); setDraft(null); } };
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
function Chip({ event, open, tint, move: to }: { event: Event } & Pick<Drawn, "open" | "tint" | "move">) {
	return (
		<button type="button" class={`cal-chip ${tint(event.owner)} ${event.busy_only ? "busy" : ""}`} onKeyDown={(e) => keys(e, event, to)} onClick={(e) => { e.stopPropagation(); open(event); }}>
			{!event.all_day && <span class="num">{time(event.start)}</span>}<span class="cut">{nameOf(event)}</span>
		</button>
	);
}
function MonthGrid({ days, month: now, events, open, create, move: to, tint }: Drawn & { days: Date[]; month: number }) {
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
							<div key={iso} role="gridcell" class={`day ${d.getMonth() === now ? "" : "out"} ${iso === today() ? "now" : ""}`} onDblClick={() => { const nine = seconds(new Date(d.getFullYear(), d.getMonth(), d.getDate(), 9)); create(nine, nine + 3600); }}>
								<button type="button" class="n" aria-label={`${dateLong(d)}, ${tn("events", mine.length)}`} onClick={() => setQuery({ as: "day", day: iso })}>{dayNumber(d)}</button>
								{mine.slice(0, few).map((e) => <Chip key={keyOf(e)} event={e} open={open} tint={tint} move={to} />)}
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
function WeekGrid({ days, people, events: known, open, create, move: to, tint }: Drawn & { days: Date[] }) {
	const [pulled, setPulled] = useState<Draft | null>(null);
	const events = pulled ? [...known.filter((e) => keyOf(e) !== keyOf(pulled.event)), { ...pulled.event, start: pulled.start, end: pulled.end }] : known;
	const box = useRef<HTMLDivElement>(null);
	const side = people.length > 1;
	const columns = days.flatMap((d) => (side && days.length === 1 ? people.map((p) => ({ day: d, person: p })) : [{ day: d, person: null as Option | null }]));
	useEffect(() => { if (box.current) box.current.scrollTop = 7.5 * HOUR; }, []);
	const of = (c: (typeof columns)[0], all: boolean) => events.filter((e) => onDay(e, c.day) && e.all_day === all && (!c.person || e.owner === c.person.id));
	const anyAll = events.some((e) => e.all_day);
	const at = (spot: Spot) => seconds(new Date(columns[spot.column]!.day.getFullYear(), columns[spot.column]!.day.getMonth(), columns[spot.column]!.day.getDate(), 0, spot.minutes));
	const grid = (event: PointerEvent) => (event.currentTarget as HTMLElement).closest<HTMLElement>(".cal-week")!;
	// A free span, from where it was begun up or down; a click is an hour from the half before it.
	const span = (from: Spot, now: Spot): [number, number] => {
		const [a, b] = [from.minutes, now.minutes].sort((x, y) => x - y) as [number, number];
		return [at({ ...from, minutes: a }), at({ ...from, minutes: b + 15 })];
	};
	const fresh = (column: number, start: number, end: number): Draft => ({
		start, end, event: { record: null, owner: columns[column]!.person?.id ?? me.value!.id, calendar: "", start, end, all_day: false, title: t("new_thing", { thing: term("Meeting") }), busy_only: false, may_change: true, occurrence: null },
	});
	const pullNew = (event: PointerEvent) => startPull(event, {
		grid: grid(event), hour: HOUR,
		to: (from, now) => setPulled(fresh(from.column, ...span(from, now))),
		end: (from, now) => { setPulled(null); create(...span(from, now)); },
		cancel: () => setPulled(null),
		still: (spot) => { const start = at({ ...spot, minutes: spot.minutes - (spot.minutes % 30) }); create(start, start + 3600); },
	});
	// A block goes where it is pulled, days and hours; its lower edge alone makes it longer or shorter.
	const pull = (event: PointerEvent, one: Event, edge: boolean) => {
		event.stopPropagation();
		if (!movable(one)) return;
		const place = (from: Spot, now: Spot): [number, number] => {
			if (edge) return [one.start, Math.max(one.start + QUARTER, at({ ...now, minutes: now.minutes + 15 }))];
			const begun = new Date(one.start * 1000);
			const day = columns[now.column]!.day, was = columns[from.column]!.day;
			const start = seconds(new Date(begun.getFullYear(), begun.getMonth(), begun.getDate() + Math.round((day.getTime() - was.getTime()) / 86400000), begun.getHours(), begun.getMinutes() + now.minutes - from.minutes));
			return [start, start + one.end - one.start];
		};
		startPull(event, {
			grid: grid(event), hour: HOUR,
			to: (from, now) => { const [start, end] = place(from, now); setPulled({ event: one, start, end }); },
			end: (from, now) => { setPulled(null); to(one, ...place(from, now)); },
			cancel: () => setPulled(null),
		});
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
					{anyAll && <><div class="allday-label">{t("all_day")}</div>{columns.map((c, i) => <div key={i} class="allday">{of(c, true).map((e) => <Chip key={keyOf(e)} event={e} open={open} tint={tint} move={to} />)}</div>)}</>}
					<div class="hours" aria-hidden="true">{Array.from({ length: 24 }, (_, h) => <div key={h} class="hour">{h ? hour(h) : ""}</div>)}</div>
					{columns.map((c, i) => (
						<div key={i} class={`column ${[0, 6].includes(c.day.getDay()) ? "weekend" : ""}`} data-column={i} role="list" aria-label={`${dateLong(c.day)}${c.person ? `, ${c.person.name}` : ""}`} ref={styled({ height: `${24 * HOUR}px` })} onPointerDown={pullNew}>
							{isoDay(c.day) === today() && <div class="now-line" ref={styled({ top: `${((Date.now() / 1000 - seconds(c.day)) / 3600) * HOUR}px` })} />}
							{placed(of(c, false)).map(({ event, lane, lanes }) => <Block key={keyOf(event)} event={event} day={c.day} lane={lane} lanes={lanes} open={open} tint={tint} move={to} pull={pull} pulled={!!pulled && keyOf(pulled.event) === keyOf(event)} />)}
						</div>
					))}
				</div>
			</div>
		</div>
	);
}
// What was moved by keys to another column is drawn anew there, and has the focus again.
let followed = "";
// Alt with the arrows: another day, a quarter of an hour earlier or later; with Shift: longer or shorter.
function keys(key: KeyboardEvent, event: Event, to: Move) {
	if (!key.altKey || !key.key.startsWith("Arrow") || !movable(event)) return;
	const across = key.key === "ArrowLeft" ? -1 : key.key === "ArrowRight" ? 1 : 0;
	const down = key.key === "ArrowUp" ? -1 : key.key === "ArrowDown" ? 1 : 0;
	key.preventDefault();
	key.stopPropagation();
	followed = keyOf(event);
	if (event.all_day && down) return;
	if (key.shiftKey && down) return to(event, event.start, Math.max(event.start + QUARTER, event.end + down * QUARTER), true);
	const start = across ? nextDay(event.start, across) : event.start + down * QUARTER;
	to(event, start, across && event.all_day ? nextDay(event.end, across) : start + event.end - event.start, true);
}
interface BlockProps extends Pick<Drawn, "open" | "tint" | "move"> {
	event: Event;
	day: Date;
	lane: number;
	lanes: number;
	pulled: boolean;
	pull: (pointer: PointerEvent, event: Event, edge: boolean) => void;
}
function Block({ event, day, lane, lanes, open, tint, move: to, pull, pulled }: BlockProps) {
	const from = Math.max(0, (event.start - seconds(day)) / 3600);
	const till = Math.min(24, (event.end - seconds(day)) / 3600);
	const at = { top: `${from * HOUR}px`, height: `${Math.max(20, (till - from) * HOUR - 1)}px`, left: `calc(${(lane / lanes) * 100}% + 2px)`, width: `calc(${100 / lanes}% - 4px)` };
	const short = till - from < 0.8;
	const button = useRef<HTMLButtonElement>(null);
	useEffect(() => { if (followed === keyOf(event) && document.activeElement === document.body) button.current?.focus(); });
	const looks = [tint(event.owner), event.busy_only && "busy", event.outcome === "planned" && "planned", short && "short", movable(event) && "movable", pulled && "pulled"].filter(Boolean).join(" ");
	return (
		<div role="listitem" class="contents">
			<button
				type="button" class={`cal-event ${looks}`} ref={(box) => { button.current = box; styled(at)(box); }} aria-keyshortcuts={movable(event) ? "Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight" : undefined}
				onPointerDown={(e) => pull(e, event, false)} onKeyDown={(e) => keys(e, event, to)} onClick={(e) => { e.stopPropagation(); open(event); }}
			>
				<b>{nameOf(event)}</b>
				<span class="num">{time(event.start)}{short ? "" : `–${time(event.end)}`}</span>{event.location && till - from > 1.2 ? <span>{event.location}</span> : null}
				{movable(event) && <span class="edge" aria-hidden="true" onPointerDown={(e) => { e.stopPropagation(); pull(e, event, true); }} />}
			</button>
		</div>
	);
}
