// The only way to the server: JSON over /api/v1, refusals as Problem.

import { refusal } from "./i18n";

// What ids are called: of fields by their key; "parent_noun" says of which noun a parent is.
export type Names = Record<string, string>;
export interface Rec {
	id: number;
	noun: string;
	etag: string;
	label?: string;
	created: number;
	modified: number;
	can?: { change: boolean; delete: boolean };
	following?: boolean;
	names?: Names;
	[key: string]: unknown;
}
export interface Page {
	items: Rec[];
	cursor?: string;
	total?: number;
	as_of?: number;
}
export interface Who {
	id: number;
	name: string;
}
export interface Me {
	id: number;
	name: string;
	display_name: string;
	emails: string[];
	roles: string[];
	is_admin: boolean;
	is_leadership: boolean;
	manages: Who[];
	teams: Who[];
	locale?: string;
	preferences: Record<string, unknown>;
	company: { name: string; currency: string; time_zone: string; mail: boolean };
}
export interface Entry {
	id: number;
	noun: string;
	at: number;
	title: string;
	text?: string;
	category?: string;
	direction?: string;
	mail?: "queued" | "sent" | "failed";
	mail_reason?: string;
	recipients?: string;
	who?: Who | string | null;
	state?: unknown;
	before?: string;
	after?: string;
}
export interface Figure {
	value: number | null;
	unit: "count" | "money" | "percent" | "seconds" | "days";
	n?: number;
	previous?: number | null;
	target?: number | null;
	median?: number | null;
	mean?: number | null;
	best_quartile?: number | null;
	p90?: number | null;
	average?: number | null;
	reps?: number;
	records?: string;
}
export interface Dashboard {
	as_of: number;
	filter: Record<string, unknown>;
	figures: Record<string, Figure>;
	lists: Record<string, Record<string, unknown>[]>;
	series: Record<string, unknown>;
}

// What the server refused (RFC 9457), in the reader's language.
export class Problem extends Error {
	status: number;
	field: string | undefined;
	errors: { field?: string; detail: string }[];
	constructor(status: number, body: Record<string, unknown>) {
		super(refusal(body) || `HTTP ${status}`);
		this.status = status;
		this.field = body.field as string | undefined;
		this.errors = ((body.errors as Record<string, unknown>[] | undefined) ?? []).map((one) => ({ ...(one.field ? { field: String(one.field) } : {}), detail: refusal(one) }));
	}
}

const BASE = "/api/v1";
let csrf = "";
let signedOut: () => void = () => {};

export const setCsrf = (token: string) => (csrf = token);
export const onSignedOut = (then: () => void) => (signedOut = then);
export const address = (path: string) => (path.startsWith(BASE) ? path : BASE + path);
const quoted = (etag: string) => (/^(W\/)?"/.test(etag) ? etag : `"${etag}"`);

async function failure(answer: Response): Promise<Problem> {
	try {
		return new Problem(answer.status, (await answer.json()) as Record<string, unknown>);
	} catch {
		return new Problem(answer.status, { title: answer.statusText });
	}
}

interface Options {
	body?: unknown;
	etag?: string;
	signal?: AbortSignal;
}

export async function call<T>(method: string, path: string, options: Options = {}): Promise<T> {
	const headers: Record<string, string> = { "X-Requested-With": "kontor", Accept: "application/json" };
	if (method !== "GET") headers["X-CSRF-Token"] = csrf;
	if (options.etag) headers["If-Match"] = quoted(options.etag);
	const init: RequestInit = { method, headers, credentials: "same-origin" };
	if (options.signal) init.signal = options.signal;
	if (options.body !== undefined) {
		headers["Content-Type"] = "application/json";
		init.body = JSON.stringify(options.body);
	}
	let answer: Response;
	try {
		answer = await fetch(address(path), init);
	} catch (reason) {
		if ((reason as Error).name === "AbortError") throw reason;
		throw new Problem(0, { title: "offline" });
	}
	if (!answer.ok) {
		const problem = await failure(answer);
		if (answer.status === 401 && !path.startsWith("/session")) signedOut();
		throw problem;
	}
	const text = await answer.text();
	return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(path: string, signal?: AbortSignal) =>
	call<T>("GET", path, signal ? { signal } : {});
export const post = <T>(path: string, body: unknown = {}) => call<T>("POST", path, { body });
export const put = (path: string) => call<void>("PUT", path, { body: {} });
export const remove = <T = void>(path: string) => call<T>("DELETE", path);
export const patch = <T>(path: string, body: unknown, etag?: string) =>
	call<T>("PATCH", path, etag ? { body, etag } : { body });

export interface Ask {
	f?: string[];
	sort?: string;
	limit?: number;
	cursor?: string;
	q?: string;
	parent?: number;
	count?: boolean;
	fields?: string[];
}
export function query(ask: Ask): string {
	const words = new URLSearchParams();
	for (const filter of ask.f ?? []) words.append("f", filter);
	if (ask.sort) words.set("sort", ask.sort);
	if (ask.limit) words.set("limit", String(ask.limit));
	if (ask.cursor) words.set("cursor", ask.cursor);
	if (ask.q) words.set("q", ask.q);
	if (ask.parent) words.set("parent", String(ask.parent));
	if (ask.count) words.set("count", "1");
	if (ask.fields?.length) words.set("fields", ask.fields.join(","));
	const text = words.toString();
	return text ? `?${text}` : "";
}
export const list = (noun: string, ask: Ask = {}) => get<Page>(`/${noun}${query(ask)}`);
// What a record is called; before the server said it, what it was given.
export const titleOf = (record: Rec): string => String(record.label || record.name || record.subject || record.text || record.title || "");
// The names of a contact's accounts, in the order of its field.
export const namesOf = (record: Rec, key: string): string[] => {
	const names = record.names?.[key] as unknown;
	return Array.isArray(names) ? (names as string[]) : typeof names === "string" ? [names] : [];
};
