// Inputs of fields that are more than a line: conditions and candidates of rules, what a form asks, a goal's curve.
import { decimalInput, readNumber } from "../format";
import { t, term } from "../i18n";
import { choices, noun as nounOf } from "../store";
import { Combo, usePeople, useRows } from "./combo";
import { Icon } from "./icon";
import { type Given, setSpecial } from "./input";
import { listed } from "./value";
import { useState } from "preact/hooks";

type Conditions = Record<string, unknown>;
const ASKED: Record<string, string[]> = { leads: ["campaign", "source", "territory", "product", "language"], cases: ["kind", "priority", "channel"] };
const values = (wanted: unknown): unknown[] => (Array.isArray(wanted) ? wanted : wanted === undefined || wanted === null || wanted === "" ? [] : [wanted]);

// Each condition: one field, any of the chosen values. All must hold.
function ConditionsInput({ id, value, set, record }: Given) {
	const now = (value ?? {}) as Conditions;
	const noun = String(record?.applies_to ?? "leads");
	const campaigns = useRows("campaigns");
	const offered = (key: string): { id: string | number; name: string }[] => {
		if (key === "campaign") return campaigns;
		const field = nounOf(noun).fields.find((f) => f.key === key);
		if (field?.type === "list") return choices(field.of ?? "").map((name) => ({ id: name, name }));
		return (field?.choices ?? []).map((word) => ({ id: word, name: term(word) }));
	};
	const toggle = (key: string, one: string | number) => {
		const has = values(now[key]);
		const next = has.includes(one) ? has.filter((v) => v !== one) : [...has, one];
		const { [key]: _, ...rest } = now;
		set(next.length ? { ...rest, [key]: next } : rest);
	};
	const text = (key: string, words: string) => {
		const { [key]: _, ...rest } = now;
		const next = words.split(",").map((w) => w.trim()).filter(Boolean);
		set(next.length ? { ...rest, [key]: next } : rest);
	};
	return (
		<div class="stack" id={id} role="group" aria-label={term("Where")}>
			{(ASKED[noun] ?? []).map((key) => {
				const field = nounOf(noun).fields.find((f) => f.key === key);
				const options = offered(key);
				const label = term(field?.label ?? key);
				return (
					<fieldset key={key}>
						<legend class="label">{label}</legend>
						{key === "language" || !options.length ? (
							<input class="input" aria-label={label} value={values(now[key]).join(", ")} placeholder={t("any_of", { example: key === "language" ? "de, vi" : "…" })} onInput={(e) => text(key, e.currentTarget.value)} />
						) : (
							<div class="row wrap">{options.map((o) => <label class="check" key={o.id}><input type="checkbox" checked={values(now[key]).includes(o.id)} onChange={() => toggle(key, o.id)} />{o.name}</label>)}</div>
						)}
					</fieldset>
				);
			})}
			<span class="small faint">{t("conditions_hint")}</span>
		</div>
	);
}
interface Candidate { user: number; weight?: number }
function CandidatesInput({ id, value, set, record }: Given) {
	const people = usePeople();
	const now = listed<Candidate>(value);
	const weighted = record?.method === "weighted";
	return (
		<div class="lines">
			{now.map((one) => {
				const name = people.find((p) => p.id === one.user)?.name ?? `#${one.user}`;
				return (
					<div class="line" key={one.user}>
						<span class="grow cut">{name}</span>
						{weighted && <input class="input small auto num" type="number" min="1" max="100" aria-label={t("weight_of", { name })} value={one.weight ?? 1} onInput={(e) => set(now.map((c) => (c === one ? { ...c, weight: Number(e.currentTarget.value) || 1 } : c)))} />}
						<button type="button" class="button quiet icon small" aria-label={t("remove_named", { name })} onClick={() => set(now.filter((c) => c !== one))}><Icon name="close" size={14} /></button>
					</div>
				);
			})}
			<Combo id={id} value={null} name="" people options={people.filter((p) => !now.some((c) => c.user === p.id))} choose={(o) => o && set([...now, { user: o.id, weight: 1 }])} />
			<span class="small faint">{t("candidates_hint")}</span>
		</div>
	);
}
const ASKABLE = ["name", "given", "family", "company", "job_title", "emails", "phones", "product", "territory", "language", "note", "consent"];
function FieldsInput({ id, value, set }: Given) {
	const now = listed<string>(value);
	const fields = nounOf("leads").fields.filter((f) => ASKABLE.includes(f.key));
	return (
		<div class="row wrap" id={id} role="group" aria-label={term("Fields asked")}>
			{fields.map((f) => <label class="check" key={f.key}><input type="checkbox" checked={now.includes(f.key)} onChange={() => set(now.includes(f.key) ? now.filter((k) => k !== f.key) : [...now, f.key])} />{term(f.label)}</label>)}
		</div>
	);
}
function CurveInput({ id, value, set }: Given) {
	const [typed, setTyped] = useState(listed<number>(value).join("; "));
	return (
		<input id={id} class="input" value={typed} placeholder="10; 10; 15; …" onInput={(e) => {
			setTyped(e.currentTarget.value);
			const parts = e.currentTarget.value.split(";").map((p) => readNumber(p)).filter((n) => !Number.isNaN(n));
			set(parts.length ? parts : null);
		}} />
	);
}
// An exchange rate, kept in millionths.
function RateInput({ id, value, set, described, invalid }: Given) {
	const [typed, setTyped] = useState(typeof value === "number" ? decimalInput(value / 1e6) : "");
	return (
		<input id={id} class="input num" inputMode="decimal" value={typed} aria-describedby={described} aria-invalid={invalid} onInput={(e) => {
			setTyped(e.currentTarget.value);
			const rate = readNumber(e.currentTarget.value);
			set(Number.isNaN(rate) ? (e.currentTarget.value.trim() || null) : Math.round(rate * 1e6));
		}} />
	);
}
setSpecial({ micros: RateInput, conditions: ConditionsInput, candidates: CandidatesInput, fields: FieldsInput, curve: CurveInput });
