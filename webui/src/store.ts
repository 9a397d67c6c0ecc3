// What pages share: who is signed in, the fields of each noun, answers already had, and news of changes.
import { useEffect, useState } from "preact/hooks";
import { Cell } from "./cell";
import {
	type Me, type Page, type Rec, Problem, get, onSignedOut, patch, post, remove, setCsrf,
} from "./api";

export interface Field {
	key: string;
	label: string;
	type: string;
	of?: string | null;
	class: string;
	flags: string[];
	choices?: string[];
}
export interface Noun {
	name: string;
	one: string;
	many: string;
	fields: Field[];
}
interface Fields {
	nouns: Noun[];
	choices: Record<string, string[]>;
}

export const me = new Cell<Me | null>(null);
export const online = new Cell(true);
let known: Fields = { nouns: [], choices: {} };

export const noun = (name: string): Noun =>
	known.nouns.find((n) => n.name === name) ?? { name, one: name, many: name, fields: [] };
export const field = (name: string, key: string) => noun(name).fields.find((f) => f.key === key);
export const choices = (list: string): string[] => known.choices[list] ?? [];
export const is = {
	sales: () => !!me.value?.roles.includes("sales"),
	support: () => !!me.value?.roles.includes("support"),
	manager: () => !!me.value && (me.value.manages.length > 0 || me.value.is_leadership),
	admin: () => !!me.value?.is_admin,
	boss: () => !!me.value && (me.value.is_admin || me.value.is_leadership),
};

interface Session {
	csrf: string;
	me: Me;
}
async function begin(session: Session) {
	setCsrf(session.csrf);
	known = await get<Fields>("/fields");
	me.set(session.me);
	listen();
}
// Is a session open already? False: sign in first.
export async function resume(): Promise<boolean> {
	try {
		await begin(await get<Session>("/session"));
		return true;
	} catch (reason) {
		if (reason instanceof Problem && reason.status === 401) return false;
		throw reason;
	}
}
export async function signIn(name: string, password: string) {
	await begin(await post<Session>("/session", { name, password }));
}
export async function signOut() {
	await remove("/session").catch(() => {});
	forget();
}
function forget() {
	source?.close();
	source = null;
	answers.clear();
	me.set(null);
}
onSignedOut(forget);

export const preference = <T>(key: string, otherwise: T): T =>
	(me.value?.preferences[key] as T | undefined) ?? otherwise;
export function prefer(key: string, value: unknown) {
	const now = me.value;
	if (!now) return;
	const preferences = { ...now.preferences, [key]: value };
	if (value === null) delete preferences[key];
	me.set({ ...now, preferences });
	patch("/me/preferences", { [key]: value }).catch(complain);
}

// ---- Answers

interface Answer {
	path: string;
	nouns: readonly string[];
	data?: unknown;
	problem: Problem | undefined;
	busy: boolean;
	old: boolean; // changed while it was on its way: to be asked for again
	watchers: Set<() => void>;
}
const answers = new Map<string, Answer>();

function answerTo(path: string, nouns: readonly string[]): Answer {
	let answer = answers.get(path);
	if (!answer) {
		answer = { path, nouns, problem: undefined, busy: false, old: false, watchers: new Set() };
		answers.set(path, answer);
		trim();
	}
	return answer;
}
// Pages nobody looks at are kept for going back, but not for ever.
function trim() {
	for (const [path, answer] of answers) {
		if (answers.size <= 80) return;
		if (!answer.watchers.size && !answer.busy) answers.delete(path);
	}
}
const tell = (answer: Answer) => {
	for (const watcher of [...answer.watchers]) watcher();
};
async function load(answer: Answer) {
	if (answer.busy) return;
	answer.busy = true;
	try {
		answer.data = await get<unknown>(answer.path);
		answer.problem = undefined;
	} catch (reason) {
		answer.problem = reason instanceof Problem ? reason : new Problem(0, { title: String(reason) });
	}
	answer.busy = false;
	const again = answer.old;
	answer.old = false;
	tell(answer);
	if (again) void load(answer);
}
export interface Asked<T> {
	data: T | undefined;
	problem: Problem | undefined;
	busy: boolean;
	again: () => void;
}
// Asks for path, at once from what was had before, and again whenever one of the nouns changes anywhere.
export function useAsk<T>(path: string | null, nouns: readonly string[] = []): Asked<T> {
	const [, redraw] = useState(0);
	useEffect(() => {
		if (!path) return undefined;
		const answer = answerTo(path, nouns);
		const watcher = () => redraw((n) => n + 1);
		answer.watchers.add(watcher);
		void load(answer);
		watcher();
		return () => void answer.watchers.delete(watcher);
	}, [path]);
	const answer = path ? answers.get(path) : undefined;
	return {
		data: answer?.data as T | undefined,
		problem: answer?.problem,
		busy: !!path && (!answer || answer.busy),
		again: () => answer && void load(answer),
	};
}
export const usePage = (path: string | null, nouns: readonly string[]) => useAsk<Page>(path, nouns);

// Something of these nouns changed: what is looked at is asked again, the rest forgotten.
export function stale(...nouns: string[]) {
	for (const [path, answer] of answers) {
		if (!answer.nouns.some((n) => n === "*" || nouns.includes(n))) continue;
		answer.old = answer.busy;
		if (answer.watchers.size) void load(answer);
		else answers.delete(path);
	}
}
// Shows `record` wherever it is listed, before or after the server said so.
function showEverywhere(record: Rec) {
	const same = (item: unknown): item is Rec =>
		!!item && (item as Rec).id === record.id && (item as Rec).noun === record.noun;
	for (const answer of answers.values()) {
		if (same(answer.data)) answer.data = { ...answer.data, ...record };
		else if (Array.isArray((answer.data as Page | undefined)?.items)) {
			const page = answer.data as Page;
			if (!page.items.some(same)) continue;
			answer.data = { ...page, items: page.items.map((i) => (same(i) ? { ...i, ...record } : i)) };
		} else continue;
		tell(answer);
	}
}

// ---- Changes: shown at once, taken back with the reason when refused, undone by one click

export interface Toast {
	id: number;
	text: string;
	bad: boolean;
	action: { label: string; run: () => void } | undefined;
}
export const toasts = new Cell<Toast[]>([]);
let lastToast = 0;
export function say(text: string, action?: Toast["action"], bad = false) {
	const id = ++lastToast;
	toasts.set([...toasts.value.slice(-3), { id, text, bad, action }]);
	setTimeout(() => hush(id), action || bad ? 9000 : 4000);
}
export const hush = (id: number) => toasts.set(toasts.value.filter((t) => t.id !== id));
let offlineWords = "offline";
export const setOfflineWords = (words: string) => (offlineWords = words);
export const words = (reason: unknown) =>
	reason instanceof Problem && reason.status === 0 ? offlineWords : (reason as Error).message;
export const complain = (reason: unknown) => say(words(reason), undefined, true);

export interface Said {
	done: string;
	undo: string;
	undone: string;
}
interface Past {
	id: number;
	who: { id: number } | null;
	undoable: boolean;
	changes: Record<string, unknown>;
}
// As the history does it: what is taken back never was, for figures and clocks too. What has no history is set back.
async function takeBack(record: Rec, before: Record<string, unknown>, undone: string) {
	const path = `/${record.noun}/${record.id}`;
	const past = await get<{ items: Past[] }>(`${path}/history`).catch(() => ({ items: [] }));
	const last = past.items[0];
	if (last?.undoable && last.who?.id === me.value?.id && Object.keys(before).some((key) => key in last.changes)) {
		showEverywhere(await post<Rec>(`${path}/undo`, { audit: last.id }));
		stale(record.noun);
	} else if (!(await change(record, before))) return;
	say(undone);
}
// Changes fields of a record. names: what the new ids are called, until the server answers.
export async function change(
	record: Rec, set: Record<string, unknown>, said?: Said, names: Record<string, string> = {},
): Promise<Rec | null> {
	const before: Record<string, unknown> = {};
	for (const key of Object.keys(set)) before[key] = record[key] ?? null;
	showEverywhere({ ...record, ...set, names: { ...record.names, ...names } });
	try {
		const after = await patch<Rec>(`/${record.noun}/${record.id}`, set, record.etag);
		showEverywhere(after);
		stale(record.noun);
		if (said)
			say(said.done, {
				label: said.undo,
				run: () => void takeBack(after, before, said.undone).catch(complain),
			});
		return after;
	} catch (reason) {
		showEverywhere(record);
		complain(reason);
		stale(record.noun);
		return null;
	}
}
const BINNED = new Set(["accounts", "contacts", "leads", "deals", "cases", "tasks", "meetings", "notes"]);
// Records come back out of the bin; a row, which has none, is made anew with what it had.
function bringBack(record: Rec): Promise<unknown> {
	if (BINNED.has(record.noun)) return post(`/${record.noun}/${record.id}/restore`);
	const values: Record<string, unknown> = {};
	for (const { key, class: kind } of noun(record.noun).fields)
		if (kind !== "system" && record[key] !== undefined) values[key] = key === "noun" ? record.of_noun : record[key];
	return post(`/${record.noun}`, record.parent ? { ...values, parent: record.parent } : values);
}
export async function discard(record: Rec, said: Said): Promise<boolean> {
	try {
		await remove(`/${record.noun}/${record.id}`);
		stale(record.noun);
		say(said.done, {
			label: said.undo,
			run: () =>
				void bringBack(record).then(() => {
					stale(record.noun);
					say(said.undone);
				}, complain),
		});
		return true;
	} catch (reason) {
		complain(reason);
		return false;
	}
}

// ---- News

let source: EventSource | null = null;
let gathered = new Set<string>();
let timer = 0;
// Browsers open six connections to a server, for all their tabs together: a tab that nobody sees gives its own back.
const PATIENCE = 60000;
let resting = 0;
function onSight() {
	clearTimeout(resting);
	if (document.hidden) {
		resting = window.setTimeout(() => {
			source?.close();
			source = null;
		}, PATIENCE);
	} else if (!source && me.value) {
		listen();
		stale(...known.nouns.map((n) => n.name));
	}
}
function listen() {
	document.addEventListener("visibilitychange", onSight);
	source?.close();
	source = new EventSource("/api/v1/events");
	source.addEventListener("change", (event) => {
		gathered.add((JSON.parse((event as MessageEvent<string>).data) as { noun: string }).noun);
		clearTimeout(timer);
		timer = window.setTimeout(() => {
			const nouns = [...gathered];
			gathered = new Set();
			stale(...nouns);
		}, 150);
	});
	let missed = false;
	source.onopen = () => {
		online.set(true);
		if (missed) stale(...known.nouns.map((n) => n.name));
		missed = false;
	};
	source.onerror = () => {
		missed = true;
		online.set(false);
	};
}
