// The calendar: day, week and month; one's own, and others' side by side.
import { useEffect, useRef, useState } from "preact/hooks";
import { type Page, get } from "../api";
import { useCell } from "../cell";
import { addDays, dateLong, dayOf, firstDay, isoDay, month, range, seconds, today } from "../format";
import { t, term, tn } from "../i18n";
import { Avatar, Fault, Menu, PageHead, Segments } from "../parts/basic";
import { type Option, usePeople } from "../parts/combo";
import { EditDialog } from "../parts/form";
import { Icon } from "../parts/icon";
import { place, setQuery } from "../router";
import { complain, me, prefer, preference, stale, useAsk } from "../store";
import { type Event, type Scope, events, move } from "./agenda";
import { EventDialog, ScopeDialog, nameOf } from "./event";
import { type Drawn, type Move, MonthGrid, WeekGrid, keyOf } from "./grids";

type As = "day" | "week" | "month";

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
			<p class="faint small no-print wide-only cal-hint">{t(as === "month" ? "drag_keys_month" : "drag_keys")}</p>
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
const MOST = 12;
function People({ everybody, who }: { everybody: Option[]; who: number[] }) {
	const teams = me.value!.manages.length ? me.value!.manages : me.value!.teams;
	const set = (ids: number[]) => setQuery({ who: ids.length === 1 && ids[0] === me.value!.id ? undefined : ids.join(",") || undefined });
	// With the teams below it.
	const team = async (id: number) => {
		try {
			const below = (await get<{ items: { id: number; member_of: { id: number }[] }[] }>("/teams")).items;
			const ids = new Set([id]);
			for (const _ of below) for (const one of below) if (one.member_of.some((of) => ids.has(of.id))) ids.add(one.id);
			const got = await Promise.all([...ids].map((one) => get<Page>(`/users?f=team:eq:${one}&limit=${MOST}`)));
			const found = new Set(got.flatMap((page) => page.items.map((p) => p.id)));
			found.delete(me.value!.id);
			set([me.value!.id, ...found].slice(0, MOST));
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
