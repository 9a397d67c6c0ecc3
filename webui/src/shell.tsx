// The frame of every page: where one can go, search, who one is.
import type { ComponentChildren, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useCell } from "./cell";
import icon from "./css/icon.svg";
import { t } from "./i18n";
import { Avatar, Empty, Menu, MenuItem, Skeletons } from "./parts/basic";
import { Icon, type IconName } from "./parts/icon";
import { Palette } from "./parts/palette";
import { go, href, match, place } from "./router";
import { screens } from "./screens";
import { is, me, online, prefer, signOut } from "./store";
import { type Theme, applyTheme } from "./theme";
import type { Key } from "./i18n";

export interface Stop { path: string; text: Key; icon: IconName; when?: () => boolean }
const lead = () => is.manager() || is.admin();
// Who only serves has no leads and deals of their own.
const sells = () => !is.support() || is.sales() || lead();
export const work: Stop[] = [
	{ path: "/", text: "home", icon: "home" },
	{ path: "/leads", text: "leads", icon: "lead", when: sells },
	{ path: "/deals", text: "deals", icon: "deal", when: sells },
	{ path: "/accounts", text: "accounts", icon: "account" },
	{ path: "/contacts", text: "contacts", icon: "contact" },
	{ path: "/cases", text: "cases", icon: "case" },
	{ path: "/calendar", text: "calendar", icon: "calendar" },
	{ path: "/tasks", text: "tasks", icon: "task" },
	{ path: "/dashboards", text: "dashboards", icon: "chart" },
];
export const manage: Stop[] = [
	{ path: "/campaigns", text: "campaigns", icon: "campaign", when: () => lead() || is.sales() },
	{ path: "/goals", text: "goals", icon: "goal", when: lead },
	{ path: "/forms", text: "forms", icon: "form", when: lead },
	{ path: "/rules", text: "rules", icon: "rule", when: lead },
	{ path: "/pipelines", text: "pipelines", icon: "pipeline", when: lead },
	{ path: "/import", text: "import_", icon: "upload" },
	{ path: "/duplicates", text: "duplicates", icon: "duplicate" },
	{ path: "/bin", text: "bin", icon: "bin" },
	{ path: "/users", text: "users", icon: "user", when: lead },
	{ path: "/teams", text: "teams", icon: "team", when: lead },
	{ path: "/settings", text: "settings", icon: "settings", when: is.admin },
];
export const allowed = (stops: Stop[]) => stops.filter((s) => !s.when || s.when());

function NavLinks({ stops, now }: { stops: Stop[]; now: string }) {
	const current = (path: string) => (path === "/" ? now === "/" : now === path || now.startsWith(`${path}/`));
	return (
		<ul class="nav">
			{allowed(stops).map((stop) => (
				<li key={stop.path}><a href={href(stop.path)} aria-current={current(stop.path) ? "page" : undefined}><Icon name={stop.icon} />{t(stop.text)}</a></li>
			))}
		</ul>
	);
}
const THEMES: { key: Theme; text: Key }[] = [{ key: "system", text: "theme_system" }, { key: "light", text: "theme_light" }, { key: "dark", text: "theme_dark" }];
function Account() {
	const who = useCell(me)!;
	const theme = (who.preferences.theme as Theme | undefined) ?? "system";
	const name = who.display_name || who.name;
	return (
		<Menu label={name} up class="account-button" text={<><Avatar name={name} /><span class="grow cut">{name}</span><Icon name="up" size={13} /></>}>
			{(close) => (
				<>
					<MenuItem icon="user" onClick={() => { close(); go("/profile"); }}>{t("profile")}</MenuItem>
					<div class="menu-title">{t("theme")}</div>
					{THEMES.map((choice) => (
						<MenuItem key={choice.key} icon={choice.key === theme ? "check" : "sun"} aria-pressed={choice.key === theme}
							onClick={() => { prefer("theme", choice.key === "system" ? null : choice.key); applyTheme(); close(); }}>{t(choice.text)}</MenuItem>
					))}
					<hr />
					<MenuItem icon="signout" onClick={() => void signOut()}>{t("sign_out")}</MenuItem>
				</>
			)}
		</Menu>
	);
}
function tabs(): Stop[] {
	const middle = is.support() && !is.sales() ? ["/cases", "/accounts"] : ["/leads", "/deals"];
	return ["/", ...middle, "/calendar"].map((path) => work.find((s) => s.path === path)!);
}

type Loaded = FunctionComponent<Record<string, string>>;
const loaded = new Map<unknown, Loaded>();
// The page of the address; parts that are not in the first load come when they are needed.
function Page() {
	const now = useCell(place);
	const [, redraw] = useState(0);
	for (const screen of screens) {
		const words = match(screen.path, now.path);
		if (!words) continue;
		const Screen = screen.page ?? loaded.get(screen);
		if (Screen) return <Screen key={now.path} {...words} />;
		void screen.load!().then((part) => { loaded.set(screen, part); redraw((n) => n + 1); }, () => location.reload());
		return <Skeletons lines={8} />;
	}
	return <div class="panel"><Empty head icon="search" title={t("no_page")} text={t("no_page_text")}><a class="button" href={href("/")}>{t("home")}</a></Empty></div>;
}
function useShortcuts(openSearch: () => void) {
	useEffect(() => {
		const keys = (event: KeyboardEvent) => {
			const typing = (event.target as HTMLElement).closest?.("input, textarea, select, dialog");
			if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" || !typing && event.key === "/") {
				event.preventDefault();
				openSearch();
			}
		};
		addEventListener("keydown", keys);
		return () => removeEventListener("keydown", keys);
	}, []);
}
export function Shell() {
	const who = useCell(me)!;
	const now = useCell(place);
	const connected = useCell(online);
	const [menu, setMenu] = useState(false);
	const [searching, setSearching] = useState(false);
	useShortcuts(() => setSearching(true));
	useEffect(() => setMenu(false), [now]);
	const brand: ComponentChildren = <><img src={icon} alt="" width="22" height="22" /><span class="cut">{who.company.name || "Kontor"}</span></>;
	return (
		<>
			<a class="skip" href="#main" onClick={(e) => { e.preventDefault(); document.getElementById("main")?.focus(); }}>{t("skip")}</a>
			<div class="shell">
				{menu && <button type="button" class="scrim" aria-label={t("close")} onClick={() => setMenu(false)} />}
				<nav class={`side ${menu ? "open" : ""}`} aria-label={t("main_menu")} onKeyDown={(e) => e.key === "Escape" && setMenu(false)}>
					<a class="brand" href={href("/")}>{brand}</a>
					<button type="button" class="search-button" onClick={() => setSearching(true)}><Icon name="search" /><span class="grow">{t("search")}</span><kbd>Ctrl K</kbd></button>
					<NavLinks stops={work} now={now.path} />
					<div class="nav-title">{t("manage")}</div>
					<NavLinks stops={manage} now={now.path} />
					<div class="side-end">
						<NavLinks stops={[{ path: "/connect", text: "connect", icon: "device" }]} now={now.path} />
						<Account />
					</div>
				</nav>
				<div class="main">
					<header class="topbar">
						<button type="button" class="button quiet icon" aria-label={t("menu")} aria-expanded={menu} onClick={() => setMenu(true)}><Icon name="menu" size={20} /></button>
						<a class="brand grow" href={href("/")}>{brand}</a>
						<button type="button" class="button quiet icon" aria-label={t("search")} onClick={() => setSearching(true)}><Icon name="search" size={20} /></button>
					</header>
					{!connected && <div class="offline" role="status">{t("reconnecting")}</div>}
					<main id="main" tabIndex={-1}><Page /></main>
					<nav class="tabbar" aria-label={t("quick_menu")}>
						{tabs().map((stop) => <a key={stop.path} href={href(stop.path)} aria-current={(stop.path === "/" ? now.path === "/" : now.path.startsWith(stop.path)) ? "page" : undefined}><Icon name={stop.icon} size={20} /><span class="cut">{t(stop.text)}</span></a>)}
						<button type="button" onClick={() => setMenu(true)} aria-expanded={menu}><Icon name="menu" size={20} />{t("more_menu")}</button>
					</nav>
				</div>
			</div>
			{searching && <Palette close={() => setSearching(false)} />}
		</>
	);
}
