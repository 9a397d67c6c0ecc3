// What can be done with several records at once; every change can be taken back.
import { useState } from "preact/hooks";
import { type Rec, post } from "../api";
import { number } from "../format";
import { refusal, t, term, tn } from "../i18n";
import { type Field, complain, noun as nounOf, say, stale } from "../store";
import { Dialog, Menu } from "./basic";
import { Combo, type Option, usePeople, useTeams } from "./combo";
import { useForm, Inputs } from "./form";
import { Icon } from "./icon";
import { tidy } from "./input";

interface Done { changed: number; failed: { id: number; detail: string }[] }

// Sets the fields back to what each record had, in as few calls as there were different values.
async function putBack(noun: string, records: Rec[], keys: string[]) {
	const groups = new Map<string, number[]>();
	for (const record of records) {
		const set = JSON.stringify(Object.fromEntries(keys.map((key) => [key, record[key] ?? null])));
		groups.set(set, [...(groups.get(set) ?? []), record.id]);
	}
	for (const [set, ids] of groups) await post(`/${noun}/bulk`, { ids, set: JSON.parse(set) as unknown });
	stale(noun);
}
async function run(noun: string, records: Rec[], body: Record<string, unknown>, undo: () => Promise<void>) {
	try {
		const done = await post<Done>(body.assign ? `/${noun}/assign` : `/${noun}/bulk`, { ids: records.map((r) => r.id), ...(body.assign as object ?? body) });
		stale(noun);
		const failed = done.failed?.length ? ` ${t("bulk_failed", { n: number(done.failed.length), why: refusal(done.failed[0]!) })}` : "";
		say(tn("bulk_changed", done.changed, number(done.changed)) + failed, { label: t("undo"), run: () => void undo().then(() => say(t("undone")), complain) }, !done.changed && !!failed);
	} catch (reason) {
		complain(reason);
	}
}
const EDITABLE = ["status", "stage", "priority", "campaign", "source", "tags", "expected_close", "forecast", "team", "type", "industry", "tier", "health", "territory", "product", "kind", "due", "consent"];

export function BulkBar({ noun, records, clear }: { noun: string; records: Rec[]; clear: () => void }) {
	const [field, setField] = useState<Field | null>(null);
	const spec = nounOf(noun);
	const fields = spec.fields.filter((f) => EDITABLE.includes(f.key) && f.class !== "system");
	const set = (values: Record<string, unknown>) => run(noun, records, { set: values }, () => putBack(noun, records, Object.keys(values))).then(clear);
	const bin = () =>
		run(noun, records, { delete: true }, async () => {
			for (const record of records) await post(`/${noun}/${record.id}/restore`);
			stale(noun);
		}).then(clear);
	return (
		<div class="bulk" role="region" aria-label={t("bulk")}>
			<span class="strong num" aria-live="polite">{tn("chosen", records.length, number(records.length))}</span>
			{spec.fields.some((f) => f.key === "owner") && <Assign noun={noun} records={records} clear={clear} />}
			{fields.length > 0 && (
				<Menu label={t("bulk_set")} text={<>{t("bulk_set")}<Icon name="up" size={13} /></>} up class="button small">
					{(close) => fields.map((f) => <button type="button" key={f.key} class="menu-item" onClick={() => { close(); setField(f); }}>{term(f.label)}</button>)}
				</Menu>
			)}
			<button type="button" class="button small danger" onClick={bin}><Icon name="bin" />{t("delete")}</button>
			<button type="button" class="button quiet icon small" aria-label={t("choose_none")} onClick={clear}><Icon name="close" /></button>
			{field && <SetField field={field} count={records.length} close={() => setField(null)} set={set} />}
		</div>
	);
}
function Assign({ noun, records, clear }: { noun: string; records: Rec[]; clear: () => void }) {
	const people = usePeople();
	const teams = useTeams();
	const hasQueue = noun === "leads" || noun === "cases";
	const give = (to: Record<string, unknown>, close: () => void) => {
		close();
		const undo = () => putBack(noun, records, hasQueue ? ["owner", "team"] : ["owner"]);
		void run(noun, records, hasQueue ? { assign: to } : { set: to }, undo).then(clear);
	};
	return (
		<Menu label={t("assign")} text={<><Icon name="user" />{t("assign")}</>} up panel class="button small primary">
			{(close) => (
				<div class="stack">
					<span class="label">{t("assign_to")}</span>
					<Combo label={t("assign_to")} value={null} name="" options={people} people choose={(o) => o && give({ owner: o.id }, close)} />
					{hasQueue && (
						<>
							<span class="label">{t("assign_queue")}</span>
							<Combo label={t("assign_queue")} value={null} name="" options={teams} choose={(o: Option | null) => o && give({ team: o.id }, close)} />
							<button type="button" class="button" onClick={() => give({ rules: true }, close)}><Icon name="rule" />{t("assign_rules")}</button>
						</>
					)}
				</div>
			)}
		</Menu>
	);
}
function SetField({ field, count, close, set }: { field: Field; count: number; close: () => void; set: (values: Record<string, unknown>) => void }) {
	const form = useForm();
	const save = (event: Event) => {
		event.preventDefault();
		close();
		set({ [field.key]: tidy(field, form.values[field.key] ?? null) });
	};
	return (
		<Dialog roomy
			title={tn("bulk_set_for", count, number(count))} close={close}
			foot={<><button type="button" class="button" onClick={close}>{t("cancel")}</button><button form="bulk-form" class="button primary">{t("save")}</button></>}
		>
			<form id="bulk-form" class="form" onSubmit={save}><Inputs fields={[field]} form={form} /></form>
		</Dialog>
	);
}
