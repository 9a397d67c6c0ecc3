// An input for a field of any type.
import { useState } from "preact/hooks";
import type { Rec } from "../api";
import { currencies, moneyInput, readMoney, readNumber, shiftDay } from "../format";
import { t, term } from "../i18n";
import { type Field, choices, me } from "../store";
import { Combo, isSmall, usePeople, useRows, useTeams } from "./combo";
import { Icon } from "./icon";
import { type Address, type Person, type Phone, isAfterLast, listed } from "./value";

export interface Given {
	id: string;
	field: Field;
	value: unknown;
	name: string;
	set: (value: unknown, name?: string) => void;
	described?: string | undefined;
	invalid?: boolean | undefined;
	record?: Rec | undefined;
}
const text = (value: unknown) => (value === undefined || value === null ? "" : String(value));
const two = (n: number) => String(n).padStart(2, "0");
export const localTime = (at: number) => {
	const d = new Date(at * 1000);
	return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`;
};
export const fromLocal = (value: string) => (value ? Math.floor(new Date(value).getTime() / 1000) : null);

function Plain({ id, field, value, set, described, invalid }: Given) {
	if (field.key === "currency")
		return (
			<select id={id} class="input" value={text(value) || me.value?.company.currency} onChange={(e) => set(e.currentTarget.value)}>
				{[...new Set([me.value?.company.currency ?? "EUR", ...currencies])].map((c) => <option key={c}>{c}</option>)}
			</select>
		);
	if (field.type === "date") {
		const off = isAfterLast(field) ? 1 : 0;
		return <input id={id} class="input" type="date" value={shiftDay(text(value), -off)} aria-describedby={described} aria-invalid={invalid} onInput={(e) => set(shiftDay(e.currentTarget.value, off) || null)} />;
	}
	return (
		<input
			id={id} class="input" type="text" value={text(value)} aria-describedby={described} aria-invalid={invalid}
			onInput={(e) => set(e.currentTarget.value || null)}
		/>
	);
}
const Long = ({ id, value, set, described, invalid }: Given) => (
	<textarea id={id} class="input" value={text(value)} aria-describedby={described} aria-invalid={invalid} onInput={(e) => set(e.currentTarget.value || null)} />
);
function Amount({ id, field, value, set, described, invalid }: Given) {
	const isMoney = field.type === "money";
	const [typed, setTyped] = useState(typeof value === "number" ? (isMoney ? moneyInput(value) : String(value)) : "");
	const read = (words: string) => {
		setTyped(words);
		const got = words.trim() ? (isMoney ? readMoney(words) : readNumber(words)) : null;
		set(Number.isNaN(got) ? words : got);
	};
	return (
		<input
			id={id} class="input num" inputMode="decimal" value={typed} aria-describedby={described} aria-invalid={invalid}
			onInput={(e) => read(e.currentTarget.value)}
		/>
	);
}
const When = ({ id, value, set, described, invalid }: Given) => (
	<input
		id={id} class="input" type="datetime-local" value={typeof value === "number" ? localTime(value) : ""} aria-describedby={described}
		aria-invalid={invalid} onInput={(e) => set(fromLocal(e.currentTarget.value))}
	/>
);
const Yes = ({ id, value, set }: Given) => (
	<input id={id} type="checkbox" checked={!!value} onChange={(e) => set(e.currentTarget.checked)} />
);
// What stands where nothing is chosen: an end, or a beginning.
const nothing = (field: Field) => (field.flags.includes("needed") ? t("please_choose") : t("none"));
function Choice({ id, field, value, set, described, invalid }: Given) {
	const offered = field.type === "list" ? choices(field.of ?? "") : (field.choices ?? (field.of ?? "").split("|"));
	return (
		<select id={id} class="input" value={text(value)} aria-describedby={described} aria-invalid={invalid} onChange={(e) => set(e.currentTarget.value || null)}>
			<option value="">{nothing(field)}</option>
			{offered.map((word) => <option key={word} value={word}>{field.type === "list" ? word : term(word)}</option>)}
		</select>
	);
}
function Someone({ id, field, value, name, set }: Given) {
	const people = usePeople();
	const teams = useTeams();
	const options = field.type === "user" ? people : field.type === "team" ? teams : [...people, ...teams];
	const shown = name || options.find((o) => o.id === value)?.name || "";
	return (
		<Combo id={id} value={(value as number) ?? null} name={value ? shown : ""} options={options} people={field.type !== "team"}
			choose={(option) => set(option?.id ?? null, option?.name)} />
	);
}
function Ref(given: Given) {
	const { id, field, value, name, set } = given;
	if (isSmall(field.of ?? "")) return <SmallRef {...given} />;
	return <Combo id={id} value={(value as number) ?? null} name={value ? name : ""} noun={field.of ?? "*"} choose={(o) => set(o?.id ?? null, o?.name)} />;
}
function SmallRef({ id, field, value, set, record }: Given) {
	let rows = useRows(field.of!);
	const pipeline = record?.pipeline;
	if (field.of === "stages" && pipeline) rows = rows.filter((r) => stageFits(r.id, pipeline as number));
	return (
		<select id={id} class="input" value={text(value)} onChange={(e) => set(Number(e.currentTarget.value) || null, e.currentTarget.selectedOptions[0]?.text)}>
			<option value="">{nothing(field)}</option>
			{rows.map((row) => <option key={row.id} value={row.id}>{term(row.name)}</option>)}
		</select>
	);
}
// Stages of other pipelines are not offered; main.tsx tells which belongs where once they are known.
let stageFits: (stage: number, pipeline: number) => boolean = () => true;
export const setStageFits = (fits: typeof stageFits) => (stageFits = fits);

function Tags({ id, value, set, described }: Given) {
	const [typed, setTyped] = useState(listed<string>(value).join(", "));
	return (
		<input id={id} class="input" value={typed} aria-describedby={described} placeholder={t("separated_by_commas")}
			onInput={(e) => {
				setTyped(e.currentTarget.value);
				set(e.currentTarget.value.split(",").map((w) => w.trim()).filter(Boolean));
			}} />
	);
}
const KINDS: Record<string, string[]> = { phones: ["work", "cell", "home", "fax"], mails: ["work", "home"], urls: ["work", "home"] };
function Several({ id, field, value, set }: Given) {
	const given = listed<Phone>(value);
	const lines = given.length ? given : [{ value: "" }];
	const change = (i: number, part: Partial<Phone>) => set(lines.map((l, j) => (i === j ? { ...l, ...part } : l)));
	const mode = field.type === "phones" ? "tel" : field.type === "mails" ? "email" : "url";
	return (
		<div class="lines">
			{lines.map((line, i) => (
				<div class="line" key={i}>
					<input id={i ? undefined : id} aria-label={i ? term(field.label) : undefined} class="input" inputMode={mode} value={line.value} onInput={(e) => change(i, { value: e.currentTarget.value })} />
					<select class="input auto" aria-label={t("kind")} value={line.type ?? "work"} onChange={(e) => change(i, { type: e.currentTarget.value })}>
						{[...new Set([...KINDS[field.type]!, line.type ?? "work"])].map((kind) => <option key={kind} value={kind}>{term(kind)}</option>)}
					</select>
					<button type="button" class="button quiet icon small" aria-label={i === lines.length - 1 ? t("one_more") : t("remove")}
						onClick={() => (i === lines.length - 1 ? set([...lines, { value: "" }]) : set(lines.filter((_, j) => j !== i)))}>
						<Icon name={i === lines.length - 1 ? "plus" : "close"} />
					</button>
				</div>
			))}
		</div>
	);
}
const PARTS = ["street", "code", "city", "region", "country"] as const;
function Addresses({ id, value, set }: Given) {
	const [first = {}, ...rest] = listed<Address>(value);
	return (
		<div class="lines">
			{PARTS.map((part, i) => (
				<input key={part} id={i ? undefined : id} class="input" aria-label={t(`address_${part}`)} placeholder={t(`address_${part}`)}
					value={first[part] ?? ""} onInput={(e) => set([{ ...first, [part]: e.currentTarget.value }, ...rest])} />
			))}
		</div>
	);
}
function People({ id, value, name, set }: Given) {
	const [first, ...rest] = listed<Person>(value);
	return (
		<Combo id={id} value={first?.account ?? null} name={first ? name : ""} noun="accounts"
			choose={(o) => set(o ? [{ ...first, account: o.id, primary: true }, ...rest] : rest, o?.name)} />
	);
}
function Json({ id, value, set, described, invalid }: Given) {
	const [typed, setTyped] = useState(value ? JSON.stringify(value, null, 1) : "");
	return (
		<textarea id={id} class="input" value={typed} aria-describedby={described} aria-invalid={invalid}
			onInput={(e) => {
				setTyped(e.currentTarget.value);
				try { set(JSON.parse(e.currentTarget.value || "null")); } catch { /* said when saved */ }
			}} />
	);
}
const INPUTS: Record<string, (given: Given) => preact.JSX.Element> = {
	line: Plain, date: Plain, long: Long, int: Amount, percent: Amount, money: Amount, time: When, bool: Yes, choice: Choice, list: Choice,
	user: Someone, team: Someone, principal: Someone, ref: Ref, tags: Tags, phones: Several, mails: Several, urls: Several,
	addresses: Addresses, people: People, json: Json,
};
type Inputs = Record<string, (given: Given) => preact.JSX.Element>;
let special: Inputs = {};
// By key, before the type: those of pages that are loaded when needed (parts/special.tsx).
export const setSpecial = (inputs: Inputs) => (special = inputs);
// A goal's target is money where its figure is.
const isMoneyGoal = ({ field, record }: Given) => field.key === "target" && record?.metric === "won_amount";
export function Input(given: Given) {
	if (isMoneyGoal(given)) return <Amount {...given} field={{ ...given.field, type: "money" }} />;
	const Part = special[given.field.key] ?? INPUTS[given.field.type] ?? Plain;
	return <Part {...given} />;
}
// What is sent: lines without a value are none.
export function tidy(field: Field, value: unknown): unknown {
	if (["phones", "mails", "urls"].includes(field.type))
		return listed<Phone>(value).map((l) => ({ ...l, value: l.value.trim() })).filter((l) => l.value);
	if (field.type === "addresses") return listed<Address>(value).filter((a) => PARTS.some((p) => a[p]));
	return typeof value === "string" ? value.trim() || null : value;
}
