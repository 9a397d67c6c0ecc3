// The small parts that every page is made of.
import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Problem } from "../api";
import { initials } from "../format";
import { t } from "../i18n";
import { hush, toasts, words } from "../store";
import { useCell } from "../cell";
import { Icon, type IconName } from "./icon";

type Children = { children?: ComponentChildren };
export type Tone = "good" | "warn" | "bad" | "info" | "violet" | "accent" | "";

export function Title({ text }: { text: string }) {
	useEffect(() => {
		document.title = `${text} · Kontor`;
	}, [text]);
	return null;
}
export function PageHead({ title, count, children }: { title: string; count?: string } & Children) {
	return (
		<div class="page-head">
			<Title text={title} />
			<h1>{title}</h1>
			{count && <span class="faint num">{count}</span>}
			{children && <div class="actions">{children}</div>}
		</div>
	);
}
export function Panel(
	{ title, count, action, children, class: name = "" }:
	{ title?: string; count?: string | number | undefined; action?: ComponentChildren; class?: string } & Children,
) {
	return (
		<section class={`panel ${name}`}>
			{title && (
				<div class="panel-head">
					<h2>{title}</h2>
					{count !== undefined && <span class="count num">{count}</span>}
					{action}
				</div>
			)}
			{children}
		</section>
	);
}
export const Badge = ({ tone = "", plain, children }: { tone?: Tone; plain?: boolean } & Children) => (
	<span class={`badge ${tone && `t-${tone}`} ${plain ? "plain" : ""}`}><span class="cut">{children}</span></span>
);
const hash = (text: string) => [...text].reduce((sum, c) => (sum * 31 + c.codePointAt(0)!) >>> 0, 7) % 6;
export function Avatar({ name, photo, square, big }: { name: string; photo?: unknown; square?: boolean; big?: boolean }) {
	const shown = typeof photo === "string" && photo.startsWith("data:image/") ? photo : null;
	return (
		<span class={`avatar c${hash(name)} ${square ? "square" : ""} ${big ? "big" : ""}`} aria-hidden="true">
			{shown ? <img src={shown} alt="" /> : initials(name)}
		</span>
	);
}
// head: it is all there is on the page; small: one line among other things.
export function Empty({ icon = "info", title, text, head, small, children }: { icon?: IconName; title: string; text?: string; head?: boolean; small?: boolean } & Children) {
	if (small) return <p class="empty-line"><Icon name={icon} size={14} />{title}</p>;
	return (
		<div class="empty">
			<Icon name={icon} size={28} />
			{head ? <h1>{title}</h1> : <div class="strong">{title}</div>}
			{head && <Title text={title} />}
			{text && <p>{text}</p>}
			{children}
		</div>
	);
}
export const Skeletons = ({ lines = 5 }: { lines?: number }) => (
	<div class="stack panel-body" role="status" aria-label={t("loading")}>
		{Array.from({ length: lines }, (_, i) => (
			<div key={i} class="skeleton" ref={(at) => void at?.style.setProperty("width", `${92 - ((i * 17) % 40)}%`)} />
		))}
	</div>
);
export function Fault({ problem, again }: { problem: Problem; again?: () => void }) {
	return (
		<div class="fault-box" role="alert">
			<Icon name="warning" />
			<span class="grow">{problem.status === 404 ? t("not_found") : words(problem)}</span>
			{again && <button class="button small" onClick={again}>{t("try_again")}</button>}
		</div>
	);
}
export function Toasts() {
	const shown = useCell(toasts);
	return (
		<div class="toasts" role="status" aria-live="polite" aria-label={t("notices")}>
			{shown.map((toast) => (
				<div key={toast.id} class={`toast ${toast.bad ? "is-bad" : ""}`}>
					<span>{toast.text}</span>
					{toast.action && (
						<button class="act" onClick={() => { hush(toast.id); toast.action!.run(); }}>{toast.action.label}</button>
					)}
					<button aria-label={t("close")} onClick={() => hush(toast.id)}><Icon name="close" size={14} /></button>
				</div>
			))}
		</div>
	);
}

// A button that opens a menu or a small panel; Escape and a click elsewhere close it, arrows walk through it.
export function Menu(
	{ label, icon, text, right, up, panel, class: name = "button", children }:
	{ label: string; icon?: IconName; text?: ComponentChildren; right?: boolean; up?: boolean; panel?: boolean; class?: string; children: (close: () => void) => ComponentChildren },
) {
	const [open, setOpen] = useState(false);
	const box = useRef<HTMLDivElement>(null);
	const id = useId();
	const close = () => {
		setOpen(false);
		box.current?.querySelector<HTMLElement>("button")?.focus();
	};
	useEffect(() => {
		if (!open) return undefined;
		box.current?.querySelector<HTMLElement>(".menu input, .menu select, .menu button, .menu a")?.focus();
		const outside = (event: Event) => {
			if (!box.current?.contains(event.target as Node)) setOpen(false);
		};
		document.addEventListener("pointerdown", outside);
		document.addEventListener("focusin", outside);
		return () => {
			document.removeEventListener("pointerdown", outside);
			document.removeEventListener("focusin", outside);
		};
	}, [open]);
	const keys = (event: KeyboardEvent) => {
		if (event.key === "Escape" && open) {
			event.stopPropagation();
			close();
		} else if (open && !panel && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
			const items = [...box.current!.querySelectorAll<HTMLElement>(".menu-item")];
			const now = items.indexOf(document.activeElement as HTMLElement);
			items[(now + (event.key === "ArrowDown" ? 1 : items.length - 1) + items.length) % items.length]?.focus();
			event.preventDefault();
		}
	};
	return (
		<div class="menu-box" ref={box} onKeyDown={keys}>
			<button
				type="button" class={name} aria-label={text ? undefined : label} title={text ? undefined : label} aria-expanded={open}
				aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}
			>
				{icon && <Icon name={icon} />}
				{text}
			</button>
			{open && (
				<div id={id} class={`menu ${right ? "right-edge" : ""} ${up ? "up" : ""} ${panel ? "panel-menu" : ""}`} role="group" aria-label={label} ref={inView}>
					{children(close)}
				</div>
			)}
		</div>
	);
}
// A menu near the edge moves back into the window.
function inView(menu: HTMLElement | null) {
	if (!menu) return;
	const at = menu.getBoundingClientRect();
	const over = at.right - document.documentElement.clientWidth + 8;
	if (over > 0) menu.style.setProperty("transform", `translateX(${-over}px)`);
	else if (at.left < 8) menu.style.setProperty("transform", `translateX(${8 - at.left}px)`);
}
export const MenuItem = (
	{ icon, danger, children, ...rest }: { icon?: IconName; danger?: boolean } & Children & Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon">,
) => (
	<button type="button" class={`menu-item ${danger ? "danger" : ""}`} {...rest}>
		{icon && <Icon name={icon} />}
		{children}
	</button>
);

export function Dialog(
	{ title, wide, roomy, close, foot, children }:
	{ title: string; wide?: boolean; roomy?: boolean; close: () => void; foot?: ComponentChildren } & Children,
) {
	const box = useRef<HTMLDialogElement>(null);
	const id = useId();
	useEffect(() => {
		const before = document.activeElement as HTMLElement | null;
		box.current?.showModal();
		box.current?.querySelector<HTMLElement>("[data-first], .dialog-body input, .dialog-body textarea, .dialog-body select")?.focus();
		return () => before?.isConnected && before.focus();
	}, []);
	return (
		<dialog
			ref={box} class={wide ? "wide" : ""} aria-labelledby={id}
			onCancel={(event) => { event.preventDefault(); close(); }}
			onPointerDown={(event) => event.target === box.current && close()}
		>
			<div class="dialog-head">
				<h2 id={id}>{title}</h2>
				<button type="button" class="button quiet icon small" aria-label={t("close")} onClick={close}><Icon name="close" /></button>
			</div>
			<div class={`dialog-body ${roomy ? "roomy" : ""}`}>{children}</div>
			{foot && <div class="dialog-foot">{foot}</div>}
		</dialog>
	);
}

// Tabs, moved through with the arrow keys.
export function Tabs<K extends string>(
	{ tabs, now, choose, label }:
	{ tabs: { key: K; text: string; count?: number | undefined }[]; now: K; choose: (key: K) => void; label: string },
) {
	const keys = (event: KeyboardEvent) => {
		const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
		if (!step) return;
		const at = (tabs.findIndex((tab) => tab.key === now) + step + tabs.length) % tabs.length;
		choose(tabs[at]!.key);
		(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("button")[at]?.focus();
	};
	return (
		<div class="tabs" role="tablist" aria-label={label} onKeyDown={keys}>
			{tabs.map((tab) => (
				<button
					key={tab.key} type="button" role="tab" aria-selected={tab.key === now} tabIndex={tab.key === now ? 0 : -1}
					onClick={() => choose(tab.key)}
				>
					{tab.text}
					{tab.count !== undefined && <span class="count num">{tab.count}</span>}
				</button>
			))}
		</div>
	);
}
// One of a few: pressed buttons.
export function Segments<K extends string>(
	{ options, now, choose, label }:
	{ options: { key: K; text: string; icon?: IconName }[]; now: K; choose: (key: K) => void; label: string },
) {
	return (
		<div class="segments" role="group" aria-label={label}>
			{options.map((option) => (
				<button key={option.key} type="button" aria-pressed={option.key === now} onClick={() => choose(option.key)}>
					{option.icon && <Icon name={option.icon} />}
					{option.text}
				</button>
			))}
		</div>
	);
}
export function Field(
	{ label, hint, fault, wide, box, children }:
	{ label: string; hint?: string | undefined; fault?: string | undefined; wide?: boolean; box?: boolean; children: (id: string, described: string | undefined) => ComponentChildren },
) {
	const id = useId();
	const described = hint || fault ? `${id}-more` : undefined;
	return (
		<div class={`field ${wide ? "wide" : ""} ${box ? "box" : ""}`}>
			<label for={id}>{label}</label>
			{children(id, described)}
			{(hint || fault) && <span id={described} class={fault ? "fault" : "hint"}>{fault || hint}</span>}
		</div>
	);
}
// Sets style through the CSSOM: the policy knows no style attributes.
export const styled = (styles: Record<string, string>) => (at: Element | null) => {
	if (!at) return;
	for (const [name, value] of Object.entries(styles)) (at as HTMLElement | SVGElement).style.setProperty(name, value);
};
