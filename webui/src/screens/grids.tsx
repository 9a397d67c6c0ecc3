// What a calendar draws: columns of hours with the row of whole days above them, and the weeks of a month. Events are
// pulled in both, and moved by keys.
import { useEffect, useRef, useState } from "preact/hooks";
import { addDays, dateLong, dayNumber, daysBetween, hour, isoDay, seconds, time, today, weekday } from "../format";
import { t, term, tn } from "../i18n";
import { Avatar, styled } from "../parts/basic";
import type { Option } from "../parts/combo";
import { holdStill } from "../parts/hold";
import { type Bar, bars, place as placed } from "../parts/layout";
import { type Spot, cells, hours, startPull } from "../parts/pull";
import { setQuery } from "../router";
import { me } from "../store";
import { type Event, nextDay } from "./agenda";
import { nameOf } from "./event";

export type Move = (event: Event, start: number, end: number, soon?: boolean) => void;
export interface Drawn {
	events: Event[];
	people: Option[];
	open: (event: Event) => void;
	create: (start: number, end: number) => void;
	move: Move;
	tint: (owner: number) => string;
}
const HOUR = 44;
const QUARTER = 900;
// An occurrence keeps its name while it moves.
export const keyOf = (event: Event) => `${event.record ?? event.start} ${event.occurrence ?? ""} ${event.owner}`;
const movable = (event: Event) => event.may_change && !!event.record && !event.busy_only;
const onDay = (event: Event, day: Date) => event.start < seconds(addDays(day, 1)) && event.end > seconds(day);
const KEYS = "Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight";

// What is being pulled is shown where it would go; where it comes from it stays, pale, under the finger.
interface Pulled { event: Event; start: number; end: number }
const withPulled = (events: Event[], pulled: Pulled | null): Shown[] =>
	pulled ? [...events.map((e) => (keyOf(e) === keyOf(pulled.event) ? { ...e, from: true } : e)), { ...pulled.event, start: pulled.start, end: pulled.end, goal: true }] : events;
type Shown = Event & { from?: boolean; goal?: boolean };
const shownKey = (event: Shown) => keyOf(event) + (event.goal ? " goal" : "");
const looksOf = (event: Shown) => [event.busy_only && "busy", movable(event) && "movable", event.from && "from", event.goal && "pulled"].filter(Boolean).join(" ");

// What was moved by keys to another column is drawn anew there, and has the focus again.
let followed = "";
function useFollow(event: Event) {
	const button = useRef<HTMLButtonElement>(null);
	useEffect(() => { if (followed === keyOf(event) && document.activeElement === document.body) button.current?.focus(); });
	return button;
}
// Alt with the arrows: another day, a quarter of an hour earlier or later, or in a month a week; with Shift longer or shorter.
function keys(key: KeyboardEvent, event: Event, to: Move, weeks = false) {
	if (!key.altKey || !key.key.startsWith("Arrow") || !movable(event)) return;
	const across = key.key === "ArrowLeft" ? -1 : key.key === "ArrowRight" ? 1 : 0;
	const down = key.key === "ArrowUp" ? -1 : key.key === "ArrowDown" ? 1 : 0;
	key.preventDefault();
	key.stopPropagation();
	followed = keyOf(event);
	if (event.all_day && key.shiftKey) return across ? to(event, event.start, Math.max(nextDay(event.start, 1), nextDay(event.end, across)), true) : undefined;
	if (key.shiftKey && down) return to(event, event.start, Math.max(event.start + QUARTER, event.end + down * QUARTER), true);
	const days = across + (weeks ? 7 * down : 0);
	if (event.all_day) return days ? to(event, nextDay(event.start, days), nextDay(event.end, days), true) : undefined;
	const start = days ? nextDay(event.start, days) : event.start + down * QUARTER;
	to(event, start, start + event.end - event.start, true);
}

// ---- whole days: the row above the hours, and months

type PullDays = (pointer: PointerEvent, event: Event, edge: boolean) => void;
// Pulled over cells that are days: to another one, or its end to a later or earlier one.
function usePullDays(days: Date[], pulled: (pulled: Pulled | null) => void, to: Move): PullDays {
	return (pointer, event, edge) => {
		pointer.stopPropagation();
		if (!movable(event)) return;
		const place = (from: Spot, now: Spot): Pulled => {
			if (edge) return { event, start: event.start, end: Math.max(nextDay(event.start, 1), seconds(addDays(days[now.column]!, 1))) };
			const by = daysBetween(days[from.column]!, days[now.column]!);
			const start = nextDay(event.start, by);
			return { event, start, end: event.all_day ? nextDay(event.end, by) : start + event.end - event.start };
		};
		startPull(pointer, {
			spot: cells((pointer.currentTarget as HTMLElement).closest<HTMLElement>(".cal-days")!),
			to: (from, now) => pulled(place(from, now)),
			end: (from, now) => { pulled(null); const { start, end } = place(from, now); to(event, start, end); },
			cancel: () => pulled(null),
		});
	};
}
interface ChipProps extends Pick<Drawn, "open" | "tint" | "move"> {
	bar: Bar<Shown>;
	pull: PullDays;
	weeks?: boolean;
}
// An event over one day or several of a row.
function Chip({ bar, open, tint, move: to, pull, weeks }: ChipProps) {
	const { event, days, begins, ends } = bar;
	const button = useFollow(event);
	const looks = [tint(event.owner), looksOf(event), days > 1 && "long", !begins && "begun", !ends && "goes-on"].filter(Boolean).join(" ");
	return (
		<button
			type="button" class={`cal-chip ${looks}`} ref={(box) => { button.current = box; styled({ "--days": String(days) })(box); }} aria-keyshortcuts={movable(event) ? KEYS : undefined}
			onPointerDown={(e) => pull(e, event, false)} onKeyDown={(e) => keys(e, event, to, weeks)} onClick={(e) => { e.stopPropagation(); open(event); }}
			onDblClick={(e) => e.stopPropagation()}
		>
			{!event.all_day && <span class="num">{time(event.start)}</span>}<span class="cut">{nameOf(event)}</span>
			{movable(event) && event.all_day && ends && <span class="edge" aria-hidden="true" onPointerDown={(e) => pull(e, event, true)} />}
		</button>
	);
}
// What begins in a cell, in its lanes; what comes from the cells before keeps its lane free.
function Lanes({ on, at, ...drawn }: { on: Bar<Shown>[]; at: number } & Omit<ChipProps, "bar">) {
	const mine = on.filter((bar) => bar.from === at);
	const last = Math.max(-1, ...mine.map((bar) => bar.lane));
	return (
		<>
			{Array.from({ length: last + 1 }, (_, lane) => {
				const bar = mine.find((one) => one.lane === lane);
				return bar ? <Chip key={shownKey(bar.event)} bar={bar} {...drawn} /> : <div key={`gap ${lane}`} class="cal-gap" />;
			})}
		</>
	);
}
// Those of whole days and longer ones first: they keep one lane over all their days. What is pulled moves none of them.
const isLong = (event: Event) => event.all_day || isoDay(new Date(event.start * 1000)) !== isoDay(new Date((event.end - 1) * 1000));
const inRow = (events: Shown[], days: Date[]) =>
	bars(
		[...events].sort((a, b) => Number(!!a.goal) - Number(!!b.goal) || Number(isLong(b)) - Number(isLong(a)) || a.start - b.start || b.end - a.end),
		[...days.map((d) => seconds(d)), seconds(addDays(days.at(-1)!, 1))],
	);
export function MonthGrid({ days, month: now, events, open, create, move: to, tint }: Drawn & { days: Date[]; month: number }) {
	const [pulled, setPulled] = useState<Pulled | null>(null);
	const pull = usePullDays(days, setPulled, to);
	const narrow = matchMedia("(max-width: 640px)").matches;
	const few = narrow ? 2 : 4;
	const shown = withPulled(events, pulled);
	return (
		<div class="cal-grid cal-month cal-days" role="grid" aria-label={t("calendar")} ref={holdStill}>
			<div role="row" class="contents">{days.slice(0, 7).map((d) => <div key={d.getDay()} role="columnheader" class="wd"><abbr title={weekday(d, "long")}>{weekday(d, narrow ? "narrow" : "short")}</abbr></div>)}</div>
			{[0, 1, 2, 3, 4, 5].map((week) => {
				const row = days.slice(week * 7, week * 7 + 7);
				const all = inRow(shown, row);
				return (
					<div role="row" class="contents" key={week}>
						{row.map((d, i) => {
							const iso = isoDay(d);
							const on = all.filter((bar) => bar.from <= i && i < bar.from + bar.days);
							const more = on.filter((bar) => bar.lane >= few).length;
							return (
								<div key={iso} role="gridcell" data-cell={iso} class={`day ${d.getMonth() === now ? "" : "out"} ${iso === today() ? "now" : ""}`} onDblClick={() => { const nine = seconds(new Date(d.getFullYear(), d.getMonth(), d.getDate(), 9)); create(nine, nine + 3600); }}>
									<button type="button" class="n" aria-label={`${dateLong(d)}, ${tn("events", on.length)}`} onClick={() => setQuery({ as: "day", day: iso })}>{dayNumber(d)}</button>
									<Lanes on={on.filter((bar) => bar.lane < few || bar.event.goal)} at={i} open={open} tint={tint} move={to} pull={pull} weeks />
									{more > 0 && <button type="button" class="more" aria-label={t("more_n", { n: more })} onClick={() => setQuery({ as: "day", day: iso })}>{narrow ? `+${more}` : t("more_n", { n: more })}</button>}
								</div>
							);
						})}
					</div>
				);
			})}
		</div>
	);
}

// ---- hours

interface Column { day: Date; person: Option | null }
const isOf = (column: Column, event: Event) => !column.person || event.owner === column.person.id;
// Columns are days; on a day of several people, people.
export function WeekGrid({ days, people, events: known, open, create, move: to, tint }: Drawn & { days: Date[] }) {
	const [pulled, setPulled] = useState<Pulled | null>(null);
	const events = withPulled(known, pulled);
	const box = useRef<HTMLDivElement>(null);
	const side = people.length > 1;
	const columns: Column[] = side && days.length === 1 ? people.map((person) => ({ day: days[0]!, person })) : days.map((day) => ({ day, person: null }));
	useEffect(() => { if (box.current) box.current.scrollTop = 7.5 * HOUR; }, []);
	const at = (spot: Spot) => seconds(new Date(columns[spot.column]!.day.getFullYear(), columns[spot.column]!.day.getMonth(), columns[spot.column]!.day.getDate(), 0, spot.minutes));
	const grid = (event: PointerEvent) => {
		const week = (event.currentTarget as HTMLElement).closest<HTMLElement>(".cal-week")!;
		return { spot: hours(week, HOUR), scroll: week.closest<HTMLElement>(".cal-scroll") };
	};
	// A free span, from where it was begun up or down; a click is an hour from the half before it.
	const span = (from: Spot, now: Spot): [number, number] => {
		const [a, b] = [from.minutes, now.minutes].sort((x, y) => x - y) as [number, number];
		return [at({ ...from, minutes: a }), at({ ...from, minutes: b + 15 })];
	};
	const fresh = (column: number, start: number, end: number): Pulled => ({
		start, end, event: { record: null, owner: columns[column]!.person?.id ?? me.value!.id, calendar: "", start, end, all_day: false, title: t("new_thing", { thing: term("Meeting") }), busy_only: false, may_change: true, occurrence: null },
	});
	const pullNew = (event: PointerEvent) => startPull(event, {
		...grid(event),
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
			const by = daysBetween(columns[from.column]!.day, columns[now.column]!.day);
			const start = seconds(new Date(begun.getFullYear(), begun.getMonth(), begun.getDate() + by, begun.getHours(), begun.getMinutes() + now.minutes - from.minutes));
			return [start, start + one.end - one.start];
		};
		startPull(event, {
			...grid(event),
			to: (from, now) => { const [start, end] = place(from, now); setPulled({ event: one, start, end }); },
			end: (from, now) => { setPulled(null); to(one, ...place(from, now)); },
			cancel: () => setPulled(null),
		});
	};
	return (
		<div class="cal-grid">
			<div class="cal-scroll" ref={(at) => { box.current = at; holdStill(at); }} tabIndex={0} role="region" aria-label={t("calendar")}>
				<div class="cal-week" ref={styled({ "--columns": String(columns.length), "--column": side && days.length > 1 ? "132px" : "88px" })}>
					<div class="corner" />
					{columns.map((c, i) => (
						<div key={i} class={`head ${isoDay(c.day) === today() ? "now" : ""}`}>
							{c.person ? <span class="row" title={c.person.name}>{columns.length <= 6 && <Avatar name={c.person.name} />}<span class="cut strong">{c.person.name}</span></span> : <button type="button" class="linkish" onClick={() => setQuery({ as: "day", day: isoDay(c.day) })}><span class="small">{weekday(c.day)}</span> <b>{dayNumber(c.day)}</b></button>}
						</div>
					))}
					{events.some((e) => e.all_day) && <WholeDays columns={columns} events={events.filter((e) => e.all_day)} pulled={setPulled} open={open} tint={tint} move={to} />}
					<div class="hours" aria-hidden="true">{Array.from({ length: 24 }, (_, h) => <div key={h} class="hour">{h ? hour(h) : ""}</div>)}</div>
					{columns.map((c, i) => (
						<div key={i} class={`column ${[0, 6].includes(c.day.getDay()) ? "weekend" : ""}`} data-column={i} role="list" aria-label={`${dateLong(c.day)}${c.person ? `, ${c.person.name}` : ""}`} ref={styled({ height: `${24 * HOUR}px` })} onPointerDown={pullNew}>
							{isoDay(c.day) === today() && <div class="now-line" ref={styled({ top: `${((Date.now() / 1000 - seconds(c.day)) / 3600) * HOUR}px` })} />}
							{laid(events.filter((e) => !e.all_day && onDay(e, c.day) && isOf(c, e))).map(({ event, lane, lanes }) => <Block key={shownKey(event)} event={event} day={c.day} lane={lane} lanes={lanes} open={open} tint={tint} move={to} pull={pull} />)}
						</div>
					))}
				</div>
			</div>
		</div>
	);
}
// What is pulled lies over the others: they keep their places.
const laid = (events: Shown[]) => [...placed(events.filter((e) => !e.goal)), ...events.filter((e) => e.goal).map((event) => ({ event, lane: 0, lanes: 1 }))];
interface WholeDaysProps extends Pick<Drawn, "open" | "tint" | "move"> {
	columns: Column[];
	events: Shown[];
	pulled: (pulled: Pulled | null) => void;
}
function WholeDays({ columns, events, pulled, ...drawn }: WholeDaysProps) {
	const days = columns.map((c) => c.day);
	const pull = usePullDays(days, pulled, drawn.move);
	const row = columns[0]!.person ? null : inRow(events, days);
	return (
		<div class="cal-days">
			<div class="allday-label">{t("all_day")}</div>
			{columns.map((c, i) => {
				const on = row ?? inRow(events.filter((e) => isOf(c, e)), [c.day]);
				return <div key={i} class="allday" data-cell={i}><Lanes on={on} at={row ? i : 0} pull={pull} {...drawn} /></div>;
			})}
		</div>
	);
}
interface BlockProps extends Pick<Drawn, "open" | "tint" | "move"> {
	event: Shown;
	day: Date;
	lane: number;
	lanes: number;
	pull: (pointer: PointerEvent, event: Event, edge: boolean) => void;
}
function Block({ event, day, lane, lanes, open, tint, move: to, pull }: BlockProps) {
	const from = Math.max(0, (event.start - seconds(day)) / 3600);
	const till = Math.min(24, (event.end - seconds(day)) / 3600);
	const at = { top: `${from * HOUR}px`, height: `${Math.max(20, (till - from) * HOUR - 1)}px`, left: `calc(${(lane / lanes) * 100}% + 2px)`, width: `calc(${100 / lanes}% - 4px)` };
	const short = till - from < 0.8;
	const button = useFollow(event);
	const looks = [tint(event.owner), looksOf(event), event.outcome === "planned" && "planned", short && "short"].filter(Boolean).join(" ");
	return (
		<div role="listitem" class="contents">
			<button
				type="button" class={`cal-event ${looks}`} ref={(box) => { button.current = box; styled(at)(box); }} aria-keyshortcuts={movable(event) ? KEYS : undefined}
				onPointerDown={(e) => pull(e, event, false)} onKeyDown={(e) => keys(e, event, to)} onClick={(e) => { e.stopPropagation(); open(event); }}
			>
				<b>{nameOf(event)}</b>
				<span class="num">{time(event.start)}{short ? "" : `–${time(event.end)}`}</span>{event.location && till - from > 1.2 ? <span>{event.location}</span> : null}
				{movable(event) && <span class="edge" aria-hidden="true" onPointerDown={(e) => { e.stopPropagation(); pull(e, event, true); }} />}
			</button>
		</div>
	);
}
