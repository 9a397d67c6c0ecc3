// One box for everything: records by any scrap, pages by name.
import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../api";
import { inLine, t, term } from "../i18n";
import { go } from "../router";
import { noun as nounOf } from "../store";
import { allowed, manage, work } from "../shell";
import { Icon, type IconName, nounIcon } from "./icon";

interface Hit { id: number; noun: string; title: string; subtitle?: string; matched?: string }
interface Row { key: string; group: string; icon: IconName; title: string; second: string; to: string }
// As the search sees it: what was found in the name itself is not said again.
const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const ORDER = ["contacts", "accounts", "leads", "deals", "cases", "tasks", "meetings", "notes"];
const OPEN = new Set(["contacts", "accounts", "leads", "deals", "cases"]);

const pages = (text: string): Row[] =>
	[...allowed(work), ...allowed(manage), { path: "/connect", text: "connect" as const, icon: "device" as const }, { path: "/profile", text: "profile" as const, icon: "user" as const }]
		.map((stop) => ({ key: stop.path, group: t("pages"), icon: stop.icon, title: t(stop.text), second: "", to: stop.path }))
		.filter((row) => row.title.toLowerCase().includes(text.toLowerCase()));
const creators = (): Row[] =>
	["leads", "deals", "contacts", "accounts", "cases", "tasks"].filter((noun) => allowed(work).some((stop) => stop.path === `/${noun}`)).map((noun) => ({
		key: `new-${noun}`, group: t("create"), icon: "plus", title: t("new_thing", { thing: term(nounOf(noun).one) }), second: "", to: `/${noun}?new`,
	}));

export function Palette({ close }: { close: () => void }) {
	const [text, setText] = useState("");
	const [hits, setHits] = useState<Hit[]>([]);
	const [at, setAt] = useState(0);
	const [busy, setBusy] = useState(false);
	const box = useRef<HTMLDialogElement>(null);
	useEffect(() => {
		const before = document.activeElement as HTMLElement | null;
		box.current?.showModal();
		return () => before?.focus();
	}, []);
	useEffect(() => {
		const q = text.trim();
		setAt(0);
		if (!q) { setHits([]); return undefined; }
		const stop = new AbortController();
		const timer = setTimeout(() => {
			setBusy(true);
			get<{ items: Hit[] }>(`/search?q=${encodeURIComponent(q)}&limit=24`, stop.signal).then((got) => { setHits(got.items); setBusy(false); }, () => setBusy(false));
		}, 120);
		return () => { clearTimeout(timer); stop.abort(); };
	}, [text]);
	const found: Row[] = ORDER.flatMap((noun) => hits.filter((h) => h.noun === noun).map((h) => ({
		key: `${noun}${h.id}`, group: term(nounOf(noun).many), icon: nounIcon[noun] ?? "info" as IconName, title: h.title || t("no_name"),
		second: inLine([h.subtitle, h.matched && !folded(h.title).includes(folded(h.matched)) ? h.matched : ""]),
		to: OPEN.has(noun) ? `/${noun}/${h.id}` : noun === "tasks" ? "/tasks" : noun === "meetings" ? "/calendar" : `/notes/${h.id}`,
	})));
	const rows = text.trim() ? [...found, ...pages(text.trim())] : [...pages("").slice(0, 9), ...creators()];
	const open = (row: Row | undefined) => { if (row) { close(); go(row.to); } };
	const keys = (event: KeyboardEvent) => {
		if (event.key === "ArrowDown" || event.key === "ArrowUp") {
			event.preventDefault();
			setAt((at + (event.key === "ArrowDown" ? 1 : rows.length - 1)) % Math.max(1, rows.length));
		} else if (event.key === "Enter") open(rows[at]);
	};
	useEffect(() => document.getElementById(`found-${at}`)?.scrollIntoView({ block: "nearest" }), [at]);
	return (
		<dialog ref={box} class="palette" aria-label={t("search")} onCancel={(e) => { e.preventDefault(); close(); }} onPointerDown={(e) => e.target === box.current && close()}>
			<div class="palette-input">
				<Icon name="search" />
				<input role="combobox" aria-expanded="true" aria-controls="found" aria-activedescendant={rows[at] ? `found-${at}` : undefined} aria-label={t("search")}
					placeholder={t("search_hint")} value={text} onInput={(e) => setText(e.currentTarget.value)} onKeyDown={keys} autocomplete="off" spellcheck={false} />
				{busy && <span class="spinner" />}
				<button type="button" class="button quiet icon small" aria-label={t("close")} onClick={close}><Icon name="close" /></button>
			</div>
			<div class="palette-list" id="found" role="listbox" aria-label={t("search_results")}>
				{rows.map((row, i) => (
					<div key={row.key} role="presentation">
						{rows[i - 1]?.group !== row.group && <div class="group" role="presentation">{row.group}</div>}
						<div id={`found-${i}`} class="found" role="option" aria-selected={i === at} onPointerMove={() => at !== i && setAt(i)} onClick={() => open(row)}>
							<Icon name={row.icon} /><span class="cut">{row.title}</span>{row.second && <span class="faint small cut">{row.second}</span>}
						</div>
					</div>
				))}
				{!rows.length && !busy && <div class="found faint" role="option" aria-selected="false" aria-disabled="true">{t("nothing_found")}</div>}
			</div>
			<div class="palette-foot" aria-hidden="true"><span><kbd>↑↓</kbd> {t("keys_move")}</span><span><kbd>↵</kbd> {t("keys_open")}</span><span><kbd>Esc</kbd> {t("keys_close")}</span></div>
		</dialog>
	);
}
