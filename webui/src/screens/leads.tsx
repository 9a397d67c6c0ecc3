// Leads: the list, one lead, conversion.
import { useEffect, useState } from "preact/hooks";
import { type Rec, get, post, titleOf } from "../api";
import { money, relative } from "../format";
import { t, term } from "../i18n";
import { Avatar, Badge, Dialog, Field, Panel } from "../parts/basic";
import { Combo, useRows } from "../parts/combo";
import { useForm, Inputs, tidied } from "../parts/form";
import { Icon } from "../parts/icon";
import { Props, said } from "../parts/props";
import { RecordHead, WithRecord } from "../parts/record";
import { Timeline } from "../parts/timeline";
import { Call, currencyOf, isEmpty, tone } from "../parts/value";
import type { View } from "../parts/views";
import { go, href } from "../router";
import { change, complain, field as fieldOf, is, me, noun as nounOf, say, stale, usePage } from "../store";
import { ListScreen } from "./list";
import { NextSteps } from "./steps";

const views = (): View[] => [
	{ key: "mine", name: t("view_mine"), filters: ["owner:eq:me", "state:eq:0"], sort: "-created" },
	{ key: "queue", name: t("view_queue"), filters: ["owner:empty", "state:eq:0"], sort: "created" },
	{ key: "open", name: t("view_open"), filters: ["state:eq:0"], sort: "-created" },
	{ key: "all", name: t("view_all"), filters: [], sort: "-created" },
];
export function LeadsScreen() {
	return (
		<ListScreen
			noun="leads" views={views()} start={is.sales() && !is.manager() ? "mine" : "open"}
			empty={{ title: t("leads_empty"), text: t("leads_empty_text") }}
			preset={is.sales() ? { owner: me.value?.id } : {}} presetNames={{ owner: me.value?.display_name ?? "" }}
		/>
	);
}

const KEYS = ["company", "job_title", "phones", "emails", "owner", "team", "source", "campaign", "value", "score", "product", "note"];
export function LeadScreen({ id }: Record<string, string>) {
	return <WithRecord noun="leads" id={id!}>{(lead) => <Lead lead={lead} />}</WithRecord>;
}
function Lead({ lead }: { lead: Rec }) {
	const [dialog, setDialog] = useState<"convert" | "dead" | null>(null);
	const open = isEmpty(lead.converted_at);
	const can = lead.can?.change !== false;
	const take = () => post(`/leads/${lead.id}/take`).then(() => { stale("leads"); say(t("taken")); }, complain);
	return (
		<>
			<RecordHead
				record={lead}
				under={<>
					<Badge tone={tone(lead.names?.status ?? "")}>{term(lead.names?.status ?? "New")}</Badge>
					{!isEmpty(lead.company) && <span>{String(lead.company)}</span>}
					{!isEmpty(lead.value) && <span class="num">{money(lead.value as number, currencyOf(lead))}</span>}
					<span class="faint">{t("created_when", { when: relative(lead.created) })}</span>
				</>}
				actions={<>
					<Call phones={lead.phones} mails={lead.emails} stop={!!lead.do_not_call} />
					{open && isEmpty(lead.owner) && <button type="button" class="button" onClick={take}><Icon name="user" />{t("take")}</button>}
					{open && can && <button type="button" class="button primary" onClick={() => setDialog("convert")}><Icon name="swap" />{t("convert")}</button>}
				</>}
			/>
			{open && can && <StatusPath lead={lead} dead={() => setDialog("dead")} convert={() => setDialog("convert")} />}
			{!!lead.do_not_call && <p class="row warn"><Icon name="warning" />{t("do_not_call")}</p>}
			{!open && <Became lead={lead} />}
			<div class="record">
				<div class="record-main"><Timeline record={lead} /></div>
				<aside>
					<NextSteps record={lead} />
					<Panel title={t("details")}><Props record={lead} keys={KEYS} skip={["name", "status", "converted_at", "converted_account", "converted_deal", "currency"]} /></Panel>
				</aside>
			</div>
			{dialog === "convert" && <Convert lead={lead} close={() => setDialog(null)} />}
			{dialog === "dead" && <Dead lead={lead} close={() => setDialog(null)} />}
		</>
	);
}
const Became = ({ lead }: { lead: Rec }) => (
	<div class="hint-box row wrap">
		<Icon name="check" />
		<span class="grow">{t("became")}</span>
		{!isEmpty(lead.converted_account) && <a class="button small" href={href(`/accounts/${lead.converted_account}`)}><Icon name="account" />{lead.names?.converted_account}</a>}
		{!isEmpty(lead.converted_deal) && <a class="button small" href={href(`/deals/${lead.converted_deal}`)}><Icon name="deal" />{lead.names?.converted_deal}</a>}
	</div>
);
function StatusPath({ lead, dead, convert }: { lead: Rec; dead: () => void; convert: () => void }) {
	const { data } = usePage("/lead-statuses?limit=100", ["lead-statuses"]);
	const rows = data?.items ?? [];
	const now = rows.findIndex((r) => r.id === lead.status);
	const choose = (row: Rec) => {
		if (row.type === "converted") convert();
		else if (row.type === "dead") dead();
		else void change(lead, { status: row.id }, said(t("status")), { status: titleOf(row) });
	};
	return (
		<div class="stages" role="group" aria-label={t("status")}>
			{rows.map((row, i) => (
				<button key={row.id} type="button" class={i < now && row.type !== "converted" ? "past" : row.type === "dead" ? "lost" : ""} aria-current={i === now ? "step" : undefined} onClick={() => choose(row)}>
					{term(titleOf(row))}
				</button>
			))}
		</div>
	);
}
function Dead({ lead, close }: { lead: Rec; close: () => void }) {
	const { data } = usePage("/lead-statuses?limit=100", ["lead-statuses"]);
	const field = fieldOf("leads", "dead_reason");
	const form = useForm();
	const row = data?.items.find((r) => r.type === "dead");
	const save = (event: Event) => {
		event.preventDefault();
		close();
		if (row) void change(lead, { status: row.id, dead_reason: form.values.dead_reason ?? null }, said(t("status")), { status: titleOf(row) });
	};
	return (
		<Dialog title={t("lead_dead")} roomy close={close} foot={<><button type="button" class="button" onClick={close}>{t("cancel")}</button><button form="dead-form" class="button primary">{t("save")}</button></>}>
			<form id="dead-form" class="form" onSubmit={save}>{field && <Inputs fields={[field]} form={form} />}</form>
		</Dialog>
	);
}

// The contact is the lead again; what was made with it goes into the bin.
async function unconvert(id: number) {
	const { items } = await get<{ items: { id: number; action: string }[] }>(`/contacts/${id}/history`);
	const done = items.find((one) => one.action === "convert");
	if (!done) return;
	await post(`/contacts/${id}/undo`, { audit: done.id });
	stale("leads", "accounts", "contacts", "deals");
	go(`/leads/${id}`);
	say(t("undone"));
}
interface Converted { account: Rec; contact: Rec; deal?: Rec | null }
function Convert({ lead, close }: { lead: Rec; close: () => void }) {
	const [account, setAccount] = useState<{ id: number | null; name: string }>({ id: null, name: String(lead.company ?? titleOf(lead)) });
	const [withDeal, setWithDeal] = useState(true);
	const [busy, setBusy] = useState(false);
	const stages = useRows("stages");
	const fields = ["name", "amount", "currency", "stage", "expected_close"].map((key) => nounOf("deals").fields.find((f) => f.key === key)!).filter(Boolean);
	const form = useForm({ name: String(lead.company ?? titleOf(lead)), amount: lead.value, currency: lead.currency ?? me.value?.company.currency });
	useEffect(() => { if (stages[0] && !form.values.stage) form.set("stage", stages[0].id); }, [stages[0]?.id]);
	const save = async (event: Event) => {
		event.preventDefault();
		setBusy(true);
		form.clear();
		const deal = withDeal ? tidied(fields, { ...form.values, stage: form.values.stage ?? stages[0]?.id }) : null;
		try {
			const done = await post<Converted>(`/leads/${lead.id}/convert`, { account: account.id ? { id: account.id } : { name: account.name }, deal });
			stale("leads", "accounts", "contacts", "deals");
			close();
			say(t("converted"), { label: t("undo"), run: () => void unconvert(lead.id).catch(complain) });
			go(done.deal ? `/deals/${done.deal.id}` : `/accounts/${done.account.id}`);
		} catch (reason) {
			form.refuse(reason);
			setBusy(false);
		}
	};
	return (
		<Dialog title={t("convert_named", { name: titleOf(lead) })} close={close}
			foot={<><button type="button" class="button" onClick={close}>{t("cancel")}</button><button form="convert-form" class="button primary" disabled={busy}>{t("convert")}</button></>}>
			<form id="convert-form" class="form" onSubmit={save}>
				<Field label={t("account")} hint={account.id ? t("account_found") : t("account_new")} wide>
					{(id) => <Combo id={id} noun="accounts" value={account.id} name={account.name} create={(name) => setAccount({ id: null, name })} choose={(o) => setAccount(o ? { id: o.id, name: o.name } : { id: null, name: String(lead.company ?? titleOf(lead)) })} />}
				</Field>
				<p class="wide row muted"><Avatar name={titleOf(lead)} photo={lead.photo} />{t("contact_stays", { name: titleOf(lead) })}</p>
				<label class="check wide"><input type="checkbox" checked={withDeal} onChange={(e) => setWithDeal(e.currentTarget.checked)} />{t("with_deal")}</label>
				{withDeal && <Inputs fields={fields} form={form} />}
				{!withDeal && form.general && <div class="form-error" role="alert">{form.general}</div>}
			</form>
		</Dialog>
	);
}
