// Filters of a list: "key:op:value" in the address, chips on the page, a panel to make them.
import { useState } from "preact/hooks";
import { type Rec, titleOf } from "../api";
import { date, money, moneyInput, readMoney, readNumber } from "../format";
import { t, term } from "../i18n";
import { type Field, choices, field as fieldOf, me, noun as nounOf, useAsk } from "../store";
import { Field as Labelled, Menu, MenuItem } from "./basic";
import { Combo, isSmall, usePeople, useRows, useTeams } from "./combo";
import { Icon } from "./icon";

export interface Filter { key: string; op: string; value: string }
export const parse = (text: string): Filter => {
	const [key = "", op = "eq", ...rest] = text.split(":");
	return { key, op, value: rest.join(":") };
};
export const write = (f: Filter) => (f.value ? `${f.key}:${f.op}:${f.value}` : `${f.key}:${f.op}`);

const PSEUDO: Record<string, Field> = {
	created: { key: "created", label: "Created", type: "time", class: "system", flags: [] },
	modified: { key: "modified", label: "Changed", type: "time", class: "system", flags: [] },
	state: { key: "state", label: "State", type: "state", class: "system", flags: [] },
	campaign: { key: "campaign", label: "Campaign", type: "ref", of: "campaigns", class: "system", flags: [] },
	parent: { key: "parent", label: "Belongs to", type: "ref", of: "*", class: "system", flags: [] },
};
export const specOf = (noun: string, key: string): Field | undefined => fieldOf(noun, key) ?? PSEUDO[key];
export const filterable = (noun: string): Field[] =>
	[...nounOf(noun).fields.filter((f) => f.flags.includes("filter")), PSEUDO.state!, PSEUDO.created!, PSEUDO.modified!];

const STATES: Record<string, "state_open" | "state_good" | "state_bad"> = { "0": "state_open", "1": "state_good", "2": "state_bad" };
const TIMES = {
	"today": "when_today", "-7d": "when_7", "-30d": "when_30", "-90d": "when_90", "-365d": "when_365", "+7d": "when_next_7", "+30d": "when_next_30",
} as const;
const isWhen = (word: string): word is keyof typeof TIMES => word in TIMES;

function whenText(filter: Filter) {
	const shown = isWhen(filter.value) ? t(TIMES[filter.value]) : /^\d{4}-/.test(filter.value) ? date(filter.value) : filter.value;
	if (filter.op === "lt" && filter.value === "today") return t("overdue");
	if (filter.op === "ge" && filter.value.startsWith("-") || filter.op === "le" && filter.value.startsWith("+")) return shown;
	return `${{ ge: "≥", gt: ">", le: "≤", lt: "<" }[filter.op] ?? ""} ${shown}`;
}
// The name of one id: from the lists we have, else asked for.
export function Named({ field, id }: { field: Field; id: string }) {
	const people = usePeople();
	const teams = useTeams();
	const isRef = field.type === "ref" && field.of && field.of !== "*";
	const rows = useRows(isRef && isSmall(field.of!) ? field.of! : "lead-statuses");
	const { data } = useAsk<Rec>(isRef && !isSmall(field.of!) && /^\d+$/.test(id) ? `/${field.of}/${id}` : null);
	if (id === "me") return <>{t("me")}</>;
	if (id === "none") return <>{t("nobody")}</>;
	const known = isRef ? (isSmall(field.of!) ? rows : []) : [...people, ...teams];
	const name = known.find((o) => String(o.id) === id)?.name ?? (data && titleOf(data));
	return <>{name ? (isRef ? term(name) : name) : `#${id}`}</>;
}
function Words({ field, filter }: { field: Field; filter: Filter }) {
	const parts = filter.value.split("|");
	if (filter.op === "empty") return <>{t("empty")}</>;
	if (filter.op === "set") return <>{t("not_empty")}</>;
	if (["user", "team", "ref", "principal"].includes(field.type))
		return <>{parts.map((id, i) => <span key={id}>{i > 0 && ", "}<Named field={field} id={id} /></span>)}</>;
	if (field.type === "state") return <>{parts.map((s) => (STATES[s] ? t(STATES[s]) : s)).join(", ")}</>;
	if (field.type === "date" || field.type === "time") return <>{whenText(filter)}</>;
	if (field.type === "money") return <>{filter.op === "ge" ? "≥ " : "≤ "}{money(Number(filter.value), me.value?.company.currency)}</>;
	if (field.type === "int" || field.type === "percent") return <>{filter.op === "ge" ? "≥ " : "≤ "}{filter.value}</>;
	if (field.type === "bool") return <>{filter.value === "true" ? t("yes") : t("no")}</>;
	return <>{parts.map((w) => (field.type === "choice" ? term(w) : w)).join(", ")}</>;
}

type Change = (filters: Filter[]) => void;
export function FilterBar({ noun, filters, change }: { noun: string; filters: Filter[]; change: Change }) {
	return (
		<>
			{filters.map((filter) => {
				const field = specOf(noun, filter.key) ?? { key: filter.key, label: filter.key, type: "line", class: "", flags: [] };
				return (
					<span class="chip" key={write(filter)}>
						<span class="cut"><span class="name">{term(field.label)}{filter.op === "ne" ? " ≠" : ":"} </span><Words field={field} filter={filter} /></span>
						<button type="button" aria-label={t("remove_filter", { name: term(field.label) })} onClick={() => change(filters.filter((f) => f !== filter))}>
							<Icon name="close" size={13} />
						</button>
					</span>
				);
			})}
			<Menu label={t("add_filter")} icon="filter" text={t("filter")} class="button quiet" panel>
				{(close) => <Maker noun={noun} filters={filters} change={change} close={close} />}
			</Menu>
			{filters.length > 1 && <button type="button" class="button quiet small" onClick={() => change([])}>{t("clear")}</button>}
		</>
	);
}
function Maker({ noun, filters, change, close }: { noun: string; filters: Filter[]; change: Change; close: () => void }) {
	const [field, setField] = useState<Field | null>(null);
	if (!field)
		return (
			<div class="stack tight">
				<div class="menu-title">{t("filter_by")}</div>
				{filterable(noun).map((f) => <MenuItem key={f.key} onClick={() => setField(f)}>{term(f.label)}</MenuItem>)}
			</div>
		);
	const others = filters.filter((f) => f.key !== field.key);
	const mine = filters.filter((f) => f.key === field.key);
	const set = (next: Filter[]) => change([...others, ...next]);
	return (
		<div class="stack">
			<button type="button" class="button quiet small" data-first onClick={() => setField(null)}><Icon name="left" />{term(field.label)}</button>
			<Values field={field} mine={mine} set={set} />
			<div class="row end"><button type="button" class="button primary small" onClick={close}>{t("done")}</button></div>
		</div>
	);
}
type Part = { field: Field; mine: Filter[]; set: Change };
function Values(part: Part) {
	const { field } = part;
	if (["choice", "list", "user", "team", "state"].includes(field.type) || field.type === "ref" && isSmall(field.of ?? "")) return <OneOf {...part} />;
	if (field.type === "date" || field.type === "time") return <Whens {...part} />;
	if (["int", "money", "percent"].includes(field.type)) return <Between {...part} />;
	if (field.type === "bool") return <OneOf {...part} />;
	if (field.type === "ref") return <Big {...part} />;
	return <Contains {...part} />;
}
function useOffered(field: Field): { id: string; name: string }[] {
	const people = usePeople();
	const teams = useTeams();
	const rows = useRows(field.type === "ref" ? field.of! : "lead-statuses");
	const ids = (options: { id: number; name: string }[], translate = false) =>
		options.map((o) => ({ id: String(o.id), name: translate ? term(o.name) : o.name }));
	if (field.type === "user") return [{ id: "me", name: t("me") }, { id: "none", name: t("nobody") }, ...ids(people)];
	if (field.type === "team") return [{ id: "none", name: t("none") }, ...ids(teams)];
	if (field.type === "ref") return ids(rows, true);
	if (field.type === "bool") return [{ id: "true", name: t("yes") }, { id: "false", name: t("no") }];
	if (field.type === "state") return Object.entries(STATES).map(([id, key]) => ({ id, name: t(key) }));
	const words = field.type === "list" ? choices(field.of ?? "") : (field.choices ?? (field.of ?? "").split("|"));
	return words.map((w) => ({ id: w, name: field.type === "choice" ? term(w) : w }));
}
function OneOf({ field, mine, set }: Part) {
	const offered = useOffered(field);
	const chosen = new Set(mine.flatMap((f) => f.value.split("|")));
	const toggle = (id: string) => {
		if (chosen.has(id)) chosen.delete(id);
		else chosen.add(id);
		const value = [...chosen].filter(Boolean).join("|");
		set(value ? [{ key: field.key, op: chosen.size > 1 ? "in" : "eq", value }] : []);
	};
	return (
		<fieldset class="stack tight">
			<legend class="sr">{term(field.label)}</legend>
			{offered.map((o) => (
				<label class="check" key={o.id}><input type="checkbox" checked={chosen.has(o.id)} onChange={() => toggle(o.id)} />{o.name}</label>
			))}
		</fieldset>
	);
}
function Whens({ field, mine, set }: Part) {
	const preset = mine.length === 1 && isWhen(mine[0]!.value) ? `${mine[0]!.op}:${mine[0]!.value}` : "";
	const of = (op: string) => mine.find((f) => f.op === op && /^\d/.test(f.value))?.value ?? "";
	const between = (from: string, to: string) =>
		set([...(from ? [{ key: field.key, op: "ge", value: from }] : []), ...(to ? [{ key: field.key, op: "le", value: to }] : [])]);
	return (
		<div class="stack">
			<Labelled label={t("when")}>
				{(id) => (
					<select id={id} class="input" value={preset} onChange={(e) => set(e.currentTarget.value ? [parse(`${field.key}:${e.currentTarget.value}`)] : [])}>
						<option value="">{t("any_time")}</option>
						<option value="lt:today">{t("overdue")}</option>
						{Object.entries(TIMES).map(([word, key]) => {
							const value = word === "today" ? "ge:today" : word.startsWith("-") ? `ge:${word}` : `le:${word}`;
							return <option key={word} value={value}>{t(key)}</option>;
						})}
					</select>
				)}
			</Labelled>
			<div class="row">
				<Labelled label={t("from")}>{(id) => <input id={id} type="date" class="input" value={of("ge")} onChange={(e) => between(e.currentTarget.value, of("le"))} />}</Labelled>
				<Labelled label={t("to")}>{(id) => <input id={id} type="date" class="input" value={of("le")} onChange={(e) => between(of("ge"), e.currentTarget.value)} />}</Labelled>
			</div>
		</div>
	);
}
function Between({ field, mine, set }: Part) {
	const isMoney = field.type === "money";
	const of = (op: string) => {
		const value = mine.find((f) => f.op === op)?.value;
		return value ? (isMoney ? moneyInput(Number(value)) : value) : "";
	};
	const read = (text: string) => (text.trim() ? (isMoney ? readMoney(text) : readNumber(text)) : NaN);
	const change = (op: string, text: string) => {
		const value = read(text);
		set([...mine.filter((f) => f.op !== op), ...(Number.isNaN(value) ? [] : [{ key: field.key, op, value: String(value) }])]);
	};
	return (
		<div class="row">
			<Labelled label={t("at_least")}>{(id) => <input id={id} class="input" inputMode="decimal" value={of("ge")} onChange={(e) => change("ge", e.currentTarget.value)} />}</Labelled>
			<Labelled label={t("at_most")}>{(id) => <input id={id} class="input" inputMode="decimal" value={of("le")} onChange={(e) => change("le", e.currentTarget.value)} />}</Labelled>
		</div>
	);
}
function Big({ field, mine, set }: Part) {
	const [name, setName] = useState("");
	return (
		<Combo label={term(field.label)} noun={field.of ?? "*"} value={Number(mine[0]?.value) || null} name={name}
			choose={(o) => { setName(o?.name ?? ""); set(o ? [{ key: field.key, op: "eq", value: String(o.id) }] : []); }} />
	);
}
const Contains = ({ field, mine, set }: Part) => (
	<Labelled label={t("contains")}>
		{(id) => <input id={id} class="input" value={mine[0]?.value ?? ""} onChange={(e) => set(e.currentTarget.value ? [{ key: field.key, op: "contains", value: e.currentTarget.value }] : [])} />}
	</Labelled>
);
