// A record's fields beside each other, each changed where it stands.
import { useRef, useState } from "preact/hooks";
import { type Rec, namesOf } from "../api";
import { t, term } from "../i18n";
import { type Field, change, noun as nounOf } from "../store";
import { Icon } from "./icon";
import { Input, tidy } from "./input";
import { Value, isEmpty } from "./value";

export const said = (what: string) => ({ done: t("changed_named", { name: what }), undo: t("undo"), undone: t("undone") });

const MANY = new Set(["phones", "mails", "urls", "addresses", "long", "json"]);
const INSTANT = new Set(["choice", "list", "user", "team", "principal", "ref", "bool", "people"]);

function Editor({ record, field, close }: { record: Rec; field: Field; close: () => void }) {
	const start = record[field.key];
	const value = useRef<unknown>(start);
	const [shown, setShown] = useState<unknown>(start);
	const [name, setName] = useState(namesOf(record, field.key).join(", "));
	const save = (given: unknown, given_name?: string) => {
		const sent = tidy(field, given) ?? null;
		close();
		if (JSON.stringify(sent) === JSON.stringify(start ?? null)) return;
		void change(record, { [field.key]: sent }, said(term(field.label)), given_name !== undefined ? { [field.key]: given_name } : {});
	};
	const keys = (event: KeyboardEvent) => {
		if (event.key === "Escape") close();
		else if (event.key === "Enter" && (!MANY.has(field.type) || event.ctrlKey || event.metaKey) && !INSTANT.has(field.type)) {
			event.preventDefault();
			save(value.current);
		}
	};
	const set = (next: unknown, next_name?: string) => {
		value.current = next;
		setShown(next);
		setName(next_name ?? "");
		if (INSTANT.has(field.type)) save(next, next_name ?? "");
	};
	return (
		<div class="edit" onKeyDown={keys} ref={(at) => { if (at && !at.contains(document.activeElement)) at.querySelector<HTMLElement>("input, select, textarea")?.focus(); }}>
			<Input id={`p-${field.key}`} field={field} value={shown} name={name} set={set} record={record} />
			<span class="row">
				{!INSTANT.has(field.type) && <button type="button" class="button primary small" onClick={() => save(value.current)}>{t("save")}</button>}
				<button type="button" class="button quiet small" onClick={close}>{t("cancel")}</button>
			</span>
		</div>
	);
}
const LINKS = new Set(["phones", "mails", "urls", "ref"]);
export function Prop({ record, field }: { record: Rec; field: Field }) {
	const [editing, setEditing] = useState(false);
	const can = record.can?.change !== false && field.class !== "system";
	const empty = isEmpty(record[field.key]);
	const value = empty ? <span class="faint">{can ? t("add") : "–"}</span> : <Value record={record} field={field} all />;
	const label = term(field.label);
	return (
		<div class="prop">
			<dt>{editing ? <label for={`p-${field.key}`}>{label}</label> : label}</dt>
			<dd>
				{editing ? <Editor record={record} field={field} close={() => setEditing(false)} />
					: !can ? <div class="fixed">{value}</div>
						: LINKS.has(field.type) && !empty ? (
							<div class="row"><span class="fixed grow">{value}</span>
								<button type="button" class="button quiet icon small" aria-label={t("edit_named", { name: label })} onClick={() => setEditing(true)}><Icon name="pen" size={13} /></button></div>
						) : (
							<button type="button" class="show" onClick={() => setEditing(true)}>
								<span class="sr">{t("edit_named", { name: label })}: </span><span class="grow">{value}</span><span class="pen"><Icon name="pen" size={13} /></span>
							</button>
						)}
			</dd>
		</div>
	);
}
// The named fields; the rest that are filled, and on demand the empty ones too.
export function Props({ record, keys, skip = [] }: { record: Rec; keys: string[]; skip?: string[] }) {
	const [all, setAll] = useState(false);
	const fields = nounOf(record.noun).fields;
	const first = keys.map((key) => fields.find((f) => f.key === key)).filter((f): f is Field => !!f);
	const others = fields.filter((f) => !keys.includes(f.key) && !skip.includes(f.key) && !["photo", "json", "people"].includes(f.type));
	const filled = others.filter((f) => !isEmpty(record[f.key]));
	const more = others.filter((f) => isEmpty(record[f.key]) && f.class !== "system");
	return (
		<>
			<dl class="props">
				{[...first, ...filled, ...(all ? more : [])].map((f) => <Prop key={f.key} record={record} field={f} />)}
			</dl>
			{more.length > 0 && (
				<div class="panel-body"><button type="button" class="button quiet small" aria-expanded={all} onClick={() => setAll(!all)}><Icon name={all ? "up" : "down"} size={13} />{all ? t("fewer_fields") : t("all_fields")}</button></div>
			)}
		</>
	);
}
