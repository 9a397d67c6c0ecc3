// Where we are: a path below /app and its query; links are plain <a href="/app/...">.
import { Cell } from "./cell";

export interface Place {
	path: string;
	query: URLSearchParams;
}
const BASE = "/app";
const read = (): Place => ({
	path: location.pathname.replace(/^\/app/, "").replace(/\/+$/, "") || "/",
	query: new URLSearchParams(location.search),
});
export const place = new Cell<Place>(read());
export const href = (path: string) => BASE + path;

export function go(path: string, replace = false) {
	const to = path.startsWith(BASE) ? path : BASE + path;
	if (replace) history.replaceState(null, "", to);
	else history.pushState(null, "", to);
	const before = place.value.path;
	place.set(read());
	if (place.value.path !== before) arrive();
}

// A new page begins at its top, and a screen reader at its heading.
function arrive() {
	scrollTo(0, 0);
	requestAnimationFrame(() => document.getElementById("main")?.focus({ preventScroll: true }));
}

export function startRouter() {
	addEventListener("popstate", () => place.set(read()));
	document.addEventListener("click", (event) => {
		if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
		const link = (event.target as Element).closest?.("a[href]");
		const to = link?.getAttribute("href");
		if (!link || !to?.startsWith(`${BASE}/`) || link.hasAttribute("download") || link.getAttribute("target"))
			return;
		event.preventDefault();
		go(to);
	});
}

// The parts of path that pattern names (":id"), or null: match("/leads/:id", "/leads/4") is {id: "4"}.
export function match(pattern: string, path: string): Record<string, string> | null {
	const wanted = pattern.split("/");
	const got = path.split("/");
	if (wanted.length !== got.length) return null;
	const found: Record<string, string> = {};
	for (let i = 0; i < wanted.length; i++) {
		const word = wanted[i]!;
		if (word.startsWith(":")) found[word.slice(1)] = decodeURIComponent(got[i]!);
		else if (word !== got[i]) return null;
	}
	return found;
}
// Changes words of the query, keeping the rest; the page's state lives in its address.
export function setQuery(words: Record<string, string | undefined>, replace = true) {
	const next = new URLSearchParams(place.value.query);
	for (const [key, value] of Object.entries(words))
		if (value === undefined || value === "") next.delete(key);
		else next.set(key, value);
	const text = next.toString();
	go(place.value.path + (text ? `?${text}` : ""), replace);
}
