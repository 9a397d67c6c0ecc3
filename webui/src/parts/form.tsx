// Forms made of the server's list of fields; a refusal stands at the field it names.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Problem, type Rec, patch, post, namesOf, titleOf } from "../api";
import { type Key, t, term } from "../i18n";
import { href } from "../router";
import { type Field as Spec, noun as nounOf, say, stale, useAsk, words } from "../store";
import { Dialog, Fault, Field, Skeletons } from "./basic";
import { Input, tidy } from "./input";

const WIDE = new Set(["long", "phones", "mails", "urls", "addresses", "tags", "json"]);

export interface FormState {
	values: Record<string, unknown>;
	names: Record<string, string>;
	faults: Record<string, string>;
	general: string;
	set: (key: string, value: unknown, name?: string) => void;
	refuse: (reason: unknown) => void;
	clear: () => void;
}
export function useForm(start: Record<string, unknown> = {}, startNames: Record<string, string> = {}): FormState {
	const [values, setValues] = useState(start);
	const [names, setNames] = useState(startNames);
	const [faults, setFaults] = useState<Record<string, string>>({});
	const [general, setGeneral] = useState("");
	return {
		values, names, faults, general,
		set(key, value, name) {
			setValues((v) => ({ ...v, [key]: value }));
			setNames((n) => ({ ...n, [key]: name ?? "" }));
			setFaults(({ [key]: _, ...rest }) => rest);
		},
		refuse(reason) {
			const problem = reason instanceof Problem ? reason : undefined;
			const found: Record<string, string> = {};
			if (problem?.field) found[problem.field] = problem.message;
			for (const error of problem?.errors ?? []) if (error.field) found[error.field] = error.detail;
			setFaults(found);
			setGeneral(Object.keys(found).length ? "" : words(reason));
		},
		clear() {
			setFaults({});
			setGeneral("");
		},
	};
}
// What a label alone does not tell.
const HINTS: Record<string, Key> = { satisfaction: "satisfaction_hint", thanks: "thanks_hint" };
export function Inputs({ fields, form, record }: { fields: Spec[]; form: FormState; record?: Rec | undefined }) {
	const shown = new Set(fields.map((f) => f.key));
	const stray = Object.entries(form.faults).filter(([key]) => !shown.has(key)).map(([key, text]) => `${term(key)}: ${text}`);
	return (
		<>
			{(form.general || stray.length > 0) && <div class="form-error" role="alert">{[form.general, ...stray].filter(Boolean).join("\n")}</div>}
			{fields.map((field) => (
				<Field
					key={field.key} label={term(field.label) + (field.flags.includes("needed") ? " *" : "")} wide={WIDE.has(field.type) || field.key === "subject"} box={field.type === "bool"}
					hint={HINTS[field.key] && t(HINTS[field.key]!)} fault={form.faults[field.key]}
				>
					{(id, described) => (
						<Input
							id={id} field={field} value={form.values[field.key]} name={form.names[field.key] ?? ""} described={described}
							invalid={!!form.faults[field.key]} set={(value, name) => form.set(field.key, value, name)} record={record ?? ({ ...form.values } as unknown as Rec)}
						/>
					)}
				</Field>
			))}
		</>
	);
}
export const tidied = (fields: Spec[], values: Record<string, unknown>) => {
	const sent: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(values)) {
		const field = fields.find((f) => f.key === key);
		const clean = field ? tidy(field, value) : value;
		if (clean !== undefined) sent[key] = clean;
	}
	return sent;
};

const TWINS = new Set(["leads", "contacts", "accounts"]);
interface Twin {
	record: Rec;
	score: number;
	why: string[];
}
// Who is there already with this mail, phone or name: shown before saving, never in the way.
function Similar({ noun, values }: { noun: string; values: Record<string, unknown> }) {
	const [twins, setTwins] = useState<Twin[]>([]);
	const asked = JSON.stringify(values);
	useEffect(() => {
		if (asked.length < 12) return undefined;
		const timer = setTimeout(
			() => post<{ items: Twin[] }>("/duplicates", { noun, values: JSON.parse(asked) as unknown }).then((got) => setTwins(got.items), () => setTwins([])),
			500,
		);
		return () => clearTimeout(timer);
	}, [asked]);
	if (!twins.length) return null;
	return (
		<div class="hint-box wide" role="status">
			<div class="strong">{t("perhaps_there")}</div>
			<ul>
				{twins.slice(0, 3).map((twin) => (
					<li key={twin.record.id}>
						<a class="link" href={href(`/${twin.record.noun}/${twin.record.id}`)} target="_blank" rel="noopener">{titleOf(twin.record)}</a>{" "}
						<span class="faint small">{twin.why.map(term).join(", ")}</span>
					</li>
				))}
			</ul>
		</div>
	);
}

interface EditProps {
	noun: string;
	record?: Rec | undefined;
	start?: Record<string, unknown>;
	names?: Record<string, string>;
	only?: string[];
	title?: string;
	close: () => void;
	done?: (record: Rec) => void;
	children?: ComponentChildren;
}
// A new record, or all of one that is there: lists leave out what is long, so it is read anew.
export function EditDialog(props: EditProps) {
	const { data, problem } = useAsk<Rec>(props.record ? `/${props.noun}/${props.record.id}` : null, [props.noun]);
	const [first, setFirst] = useState<Rec>();
	useEffect(() => { if (data && !first) setFirst(data); }, [data]);
	if (!props.record) return <EditForm {...props} />;
	if (first) return <EditForm {...props} record={first} />;
	return (
		<Dialog title={t("edit_named", { name: titleOf(props.record) })} close={props.close}>
			{problem ? <Fault problem={problem} /> : <Skeletons lines={5} />}
		</Dialog>
	);
}
function EditForm({ noun, record, start, names, only, title, close, done, children }: EditProps) {
	const spec = nounOf(noun);
	const fields = only
		? only.map((key) => spec.fields.find((f) => f.key === key)).filter((f): f is Spec => !!f)
		: spec.fields.filter((f) => f.flags.includes("form") || f.flags.includes("needed") && !spec.fields.some((g) => g.key === "given" && f.key === "name"));
	const initial: Record<string, unknown> = { ...start };
	if (record) for (const field of fields) initial[field.key] = record[field.key];
	const form = useForm(initial, { ...record?.names, ...(record ? { accounts: namesOf(record, "accounts")[0] ?? "" } : {}), ...names });
	const [busy, setBusy] = useState(false);
	const save = async (event: Event) => {
		event.preventDefault();
		setBusy(true);
		form.clear();
		try {
			const sent = tidied(spec.fields, form.values);
			if (!record) for (const key of Object.keys(sent)) if (sent[key] === null) delete sent[key];
			const saved = record ? await patch<Rec>(`/${noun}/${record.id}`, sent, record.etag) : await post<Rec>(`/${noun}`, sent);
			stale(noun);
			say(record ? t("saved") : t("created_named", { name: titleOf(saved) }));
			close();
			done?.(saved);
		} catch (reason) {
			form.refuse(reason);
			setBusy(false);
		}
	};
	const heading = title ?? (record ? t("edit_named", { name: titleOf(record) || term(spec.one) }) : t("new_thing", { thing: term(spec.one) }));
	return (
		<Dialog
			title={heading} close={close}
			foot={<>
				{!record && TWINS.has(noun) && <Similar noun={noun} values={tidied(spec.fields, form.values)} />}
				<button type="button" class="button" onClick={close}>{t("cancel")}</button>
				<button type="submit" form="edit-form" class="button primary" disabled={busy}>{record ? t("save") : t("create")}</button>
			</>}
		>
			<form id="edit-form" class="form" onSubmit={save} noValidate>
				<Inputs fields={fields} form={form} record={record} />
				{children}
			</form>
		</Dialog>
	);
}
export const addRowLabel = (noun: string) => t("new_thing", { thing: term(nounOf(noun).one) });
