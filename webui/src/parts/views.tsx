// What a list shows: built-in views, the reader's own, and those pinned for a role; columns and their order.
import { useState } from "preact/hooks";
import { type Page, post, titleOf } from "../api";
import { t, term } from "../i18n";
import { type Field, complain, is, noun as nounOf, prefer, preference, say, stale, useAsk } from "../store";
import { Dialog, Field as Labelled, Menu, MenuItem } from "./basic";
import { filterable, specOf } from "./filters";
import { Icon } from "./icon";

export interface View {
	key: string;
	name: string;
	filters: string[];
	sort?: string | undefined;
	columns?: string[] | undefined;
	own?: boolean;
	pinned?: boolean;
}
interface Kept { name: string; filters: string[]; sort?: string; columns?: string[] }
export const ownViews = (noun: string) => preference<Kept[]>(`views.${noun}`, []);
export const keepView = (noun: string, view: Kept) =>
	prefer(`views.${noun}`, [...ownViews(noun).filter((v) => v.name !== view.name), view]);
export const dropView = (noun: string, name: string) => {
	const left = ownViews(noun).filter((v) => v.name !== name);
	prefer(`views.${noun}`, left.length ? left : null);
};
const mine = (role: unknown) =>
	role === "all" || (role === "sales" && is.sales()) || (role === "support" && is.support()) || (role === "manager" && is.manager()) || is.boss();

export function useViews(noun: string, built: View[]): View[] {
	const { data } = useAsk<Page>("/layouts?limit=200", ["layouts"]);
	const pinned = (data?.items ?? []).filter((row) => row.noun === noun && mine(row.role));
	return [
		...built,
		...pinned.map((row) => ({
			key: `p${row.id}`, name: titleOf(row), filters: (row.filters as string[]) ?? [], sort: row.sort as string | undefined,
			columns: row.columns as string[] | undefined, pinned: true,
		})),
		...ownViews(noun).map((v) => ({ ...v, key: `o:${v.name}`, own: true })),
	];
}
export const preset = (noun: string) => nounOf(noun).fields.filter((f) => f.flags.includes("column")).map((f) => f.key);
export const columnsOf = (noun: string, view: View): Field[] => {
	const keys = preference<string[] | null>(`columns.${noun}`, null) ?? view.columns ?? preset(noun);
	return keys.map((key) => specOf(noun, key)).filter((f): f is Field => !!f);
};
const pickable = (noun: string): Field[] => [
	...nounOf(noun).fields.filter((f) => !["photo", "json", "people"].includes(f.type) && !["given", "family", "additional", "prefix", "suffix", "currency"].includes(f.key)),
	...filterable(noun).filter((f) => f.key === "created" || f.key === "modified"),
];

export function ColumnMenu({ noun, columns }: { noun: string; columns: Field[] }) {
	const keys = columns.map((c) => c.key);
	const set = (next: string[]) => prefer(`columns.${noun}`, next);
	const move = (i: number, step: number) => {
		const next = [...keys];
		[next[i], next[i + step]] = [next[i + step]!, next[i]!];
		set(next);
	};
	const others = pickable(noun).filter((f) => !keys.includes(f.key));
	return (
		<Menu label={t("columns")} icon="columns" class="button quiet icon" panel right>
			{() => (
				<div class="stack tight">
					<div class="menu-title">{t("columns_shown")}</div>
					{columns.map((field, i) => (
						<div class="row" key={field.key}>
							<label class="check grow"><input type="checkbox" checked disabled={keys.length === 1} onChange={() => set(keys.filter((k) => k !== field.key))} />{term(field.label)}</label>
							<button type="button" class="button quiet icon small" disabled={i < 1} aria-label={t("move_up", { name: term(field.label) })} onClick={() => move(i, -1)}><Icon name="up" /></button>
							<button type="button" class="button quiet icon small" disabled={i === keys.length - 1} aria-label={t("move_down", { name: term(field.label) })} onClick={() => move(i, 1)}><Icon name="down" /></button>
						</div>
					))}
					<div class="menu-title">{t("columns_more")}</div>
					{others.map((field) => (
						<label class="check" key={field.key}><input type="checkbox" checked={false} onChange={() => set([...keys, field.key])} />{term(field.label)}</label>
					))}
					<hr />
					<button type="button" class="button small" onClick={() => prefer(`columns.${noun}`, null)}>{t("columns_reset")}</button>
				</div>
			)}
		</Menu>
	);
}

interface Shown { noun: string; filters: string[]; sort: string | undefined; columns: string[] }
export function ViewMenu({ noun, filters, sort, columns, view }: Shown & { view: View }) {
	const [saving, setSaving] = useState<"own" | "role" | null>(null);
	const shown = { noun, filters, sort, columns };
	return (
		<>
			<Menu label={t("view_menu")} icon="star" class="button quiet icon" right>
				{(close) => (
					<>
						<MenuItem icon="star" onClick={() => { close(); setSaving("own"); }}>{t("view_save")}</MenuItem>
						{is.boss() && <MenuItem icon="pin" onClick={() => { close(); setSaving("role"); }}>{t("view_pin")}</MenuItem>}
						{view.own && <MenuItem icon="bin" onClick={() => { close(); dropView(noun, view.name); }}>{t("view_drop", { name: view.name })}</MenuItem>}
					</>
				)}
			</Menu>
			{saving && <SaveView shown={shown} role={saving === "role"} close={() => setSaving(null)} />}
		</>
	);
}
function SaveView({ shown, role, close }: { shown: Shown; role: boolean; close: () => void }) {
	const [name, setName] = useState("");
	const [whom, setWhom] = useState("sales");
	const save = async (event: Event) => {
		event.preventDefault();
		if (!name.trim()) return;
		const kept: Kept = { name: name.trim(), filters: shown.filters, columns: shown.columns };
		if (shown.sort) kept.sort = shown.sort;
		if (role) {
			try {
				await post("/layouts", { ...kept, noun: shown.noun, role: whom });
				stale("layouts");
			} catch (reason) {
				complain(reason);
				return;
			}
		} else keepView(shown.noun, kept);
		say(t("saved"));
		close();
	};
	return (
		<Dialog
			title={role ? t("view_pin") : t("view_save")} close={close}
			foot={<><button type="button" class="button" onClick={close}>{t("cancel")}</button><button form="view-form" class="button primary">{t("save")}</button></>}
		>
			<form id="view-form" class="form" onSubmit={save}>
				<Labelled label={t("name")} wide={!role}>{(id) => <input id={id} class="input" required value={name} onInput={(e) => setName(e.currentTarget.value)} />}</Labelled>
				{role && (
					<Labelled label={t("for_role")}>
						{(id) => (
							<select id={id} class="input" value={whom} onChange={(e) => setWhom(e.currentTarget.value)}>
								{["sales", "support", "manager", "all"].map((r) => <option key={r} value={r}>{term(r)}</option>)}
							</select>
						)}
					</Labelled>
				)}
			</form>
		</Dialog>
	);
}
