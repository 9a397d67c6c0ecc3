// Two records that are one: side by side, field by field, which value stays.
import { useState } from "preact/hooks";
import { type Rec, post, titleOf } from "../api";
import { relative } from "../format";
import { t, term } from "../i18n";
import { go } from "../router";
import { complain, noun as nounOf, say, stale, useAsk } from "../store";
import { Avatar, Dialog } from "./basic";
import { Combo } from "./combo";
import { type Phone, Value, isEmpty, listed } from "./value";

const UNION = new Set(["phones", "mails", "urls", "addresses", "tags", "people"]);

// Either may be known by its name alone: both are read whole.
export function MergeDialog(props: { record: Rec; other?: Rec; close: () => void }) {
	const { data } = useAsk<Rec>(`/${props.record.noun}/${props.record.id}`, [props.record.noun]);
	return data ? <Merge {...props} record={data} /> : null;
}
// Who is who: what both have is kept anyway.
function Side({ record }: { record: Rec }) {
	const lines = [record.company, ...[...listed<Phone>(record.emails), ...listed<Phone>(record.phones)].map((one) => one.value), t("created_when", { when: relative(record.created) })];
	return (
		<div class="stack tight small">
			<span class="row strong"><Avatar name={titleOf(record)} photo={record.photo} square={record.noun === "accounts"} />{titleOf(record)}</span>
			{lines.filter(Boolean).map((line) => <span key={String(line)} class="muted cut">{String(line)}</span>)}
		</div>
	);
}
function Merge({ record, other, close }: { record: Rec; other?: Rec; close: () => void }) {
	const [id, setId] = useState<number | null>(other?.id ?? null);
	const [name, setName] = useState(other ? titleOf(other) : "");
	const [take, setTake] = useState<Record<string, "this" | "that">>({});
	const { data: that } = useAsk<Rec>(id ? `/${record.noun}/${id}` : null, [record.noun]);
	const fields = nounOf(record.noun).fields.filter((f) => f.class !== "system" && !UNION.has(f.type) && f.type !== "photo");
	const differ = that ? fields.filter((f) => JSON.stringify(record[f.key]) !== JSON.stringify(that[f.key]) && !isEmpty(record[f.key]) && !isEmpty(that[f.key])) : [];
	const merge = async () => {
		try {
			const kept = await post<Rec>(`/${record.noun}/${record.id}/merge`, { with: id, take });
			stale(record.noun);
			say(t("merged"));
			close();
			go(`/${record.noun}/${kept.id}`);
		} catch (reason) {
			complain(reason);
		}
	};
	return (
		<Dialog
			title={that ? t("merge_both", { name: titleOf(record), other: titleOf(that) }) : t("merge_named", { name: titleOf(record) })} wide close={close} roomy={!that}
			foot={<><button type="button" class="button" onClick={close}>{t("cancel")}</button><button type="button" class="button primary" disabled={!that} onClick={merge}>{t("merge")}</button></>}
		>
			<div class="stack">
				{!other && <Combo label={t("merge_with")} noun={record.noun} value={id} name={name} choose={(o) => { setId(o && o.id !== record.id ? o.id : null); setName(o?.name ?? ""); }} />}
				<p class="muted">{t("merge_text")}</p>
				{that && <div class="two">{[record, that].map((one) => <Side key={one.id} record={one} />)}</div>}
				{that && differ.map((f) => (
					<fieldset key={f.key}>
						<legend class="label">{term(f.label)}</legend>
						<div class="two">
							{([["this", record], ["that", that]] as const).map(([side, from]) => (
								<label class="check" key={side}>
									<input type="radio" name={f.key} checked={(take[f.key] ?? "this") === side} onChange={() => setTake({ ...take, [f.key]: side })} />
									<span class="cut"><Value record={from} field={f} /></span>
								</label>
							))}
						</div>
					</fieldset>
				))}
				{that && !differ.length && <p>{t("merge_same")}</p>}
			</div>
		</Dialog>
	);
}
