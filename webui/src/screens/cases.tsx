// Cases: queue, mine, one case with its clocks, answers, closing with a cause.
import { useEffect, useState } from "preact/hooks";
import { type Rec, post, titleOf } from "../api";
import { dateTime, duration, relative } from "../format";
import { t, term } from "../i18n";
import { Badge, Dialog, Panel } from "../parts/basic";
import { Inputs, tidied, useForm } from "../parts/form";
import { Icon } from "../parts/icon";
import { Props, said } from "../parts/props";
import { RecordHead, WithRecord } from "../parts/record";
import { Timeline } from "../parts/timeline";
import { type Phone, RecordLink, isEmpty, listed, tone } from "../parts/value";
import type { View } from "../parts/views";
import { MenuItem } from "../parts/basic";
import { change, complain, field as fieldOf, is, me, say, stale, type Field, useAsk } from "../store";
import { ListScreen } from "./list";
import { NextSteps } from "./steps";

const views = (): View[] => [
	{ key: "mine", name: t("view_mine"), filters: ["owner:eq:me", "state:eq:0"], sort: "due" },
	{ key: "queue", name: t("view_queue_cases"), filters: ["owner:empty", "state:eq:0"], sort: "due" },
	{ key: "late", name: t("view_late"), filters: ["state:eq:0", "due:lt:today"], sort: "due" },
	{ key: "complaints", name: t("view_complaints"), filters: ["kind:eq:Complaint", "state:eq:0"], sort: "due" },
	{ key: "open", name: t("view_open"), filters: ["state:eq:0"], sort: "due" },
	{ key: "all", name: t("view_all"), filters: [], sort: "-created" },
];
export const CasesScreen = () => (
	<ListScreen noun="cases" views={views()} start={is.support() ? "mine" : "open"} empty={{ title: t("cases_empty"), text: t("cases_empty_text") }}
		preset={{ priority: "Normal", kind: "Question", channel: "Phone", ...(is.support() ? { owner: me.value?.id } : {}) }} presetNames={{ owner: me.value?.display_name ?? "" }} />
);

// A clock that runs before the reader's eyes: what is left, or by how much it is late.
function Clock({ name, due, done }: { name: string; due: number | undefined; done: number | undefined }) {
	const [now, setNow] = useState(Date.now() / 1000);
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now() / 1000), 20000);
		return () => clearInterval(timer);
	}, []);
	if (!due) return null;
	const left = due - (done ?? now);
	const kind = done ? (left >= 0 ? "t-good" : "t-bad") : left < 0 ? "t-bad" : left < 7200 ? "t-warn" : "";
	const words = done ? (left >= 0 ? t("clock_met") : t("clock_missed")) : left < 0 ? t("clock_late", { by: duration(-left) }) : t("clock_left", { left: duration(left) });
	return (
		<div class={`clock ${kind}`}>
			<div class="small muted row"><Icon name="clock" size={13} />{name}</div>
			<div class="value">{words}</div>
			<div class="small muted">{done ? dateTime(done) : t("until", { when: dateTime(due) })}</div>
		</div>
	);
}

const KEYS = ["priority", "kind", "account", "contact", "sender", "owner", "team", "channel", "due", "sla", "cause", "satisfaction", "tags"];
export function CaseScreen({ id }: Record<string, string>) {
	return <WithRecord noun="cases" id={id!}>{(one) => <Case one={one} />}</WithRecord>;
}
// A copy goes to the case: so it and every answer to it show on its timeline.
const mailLink = (one: Rec, address: string, text = "") => {
	const to = encodeURIComponent(address).replace("%40", "@");
	const about = new URLSearchParams({
		...(isEmpty(one.reply_to) ? {} : { cc: String(one.reply_to) }), subject: `Re: [#${one.number}] ${one.subject}`, ...(text ? { body: text.replace(/\n/g, "\r\n") } : {}),
	});
	return `mailto:${to}?${String(about).replace(/\+/g, "%20")}`;
};
// Where an answer goes: to whoever wrote, else to the case's contact.
function useAddress(one: Rec): string {
	const { data } = useAsk<Rec>(isEmpty(one.sender) && !isEmpty(one.contact) ? `/contacts/${one.contact}?fields=emails` : null, ["contacts"]);
	return isEmpty(one.sender) ? (listed<Phone>(data?.emails)[0]?.value ?? "") : String(one.sender);
}
type Ask = "close" | "reject" | "duplicate";
const isClosed = (one: Rec) => ["Closed", "Rejected", "Duplicate"].includes(String(one.status));
function Case({ one }: { one: Rec }) {
	const [ask, setAsk] = useState<Ask | null>(null);
	const can = one.can?.change !== false;
	const done = isClosed(one);
	const status = (word: string) => void change(one, { status: word }, said(t("status")));
	const take = () => post(`/cases/${one.id}/take`).then(() => { stale("cases"); say(t("taken")); }, complain);
	return (
		<>
			<RecordHead
				record={one}
				under={<>
					<span class="faint num">#{String(one.number ?? one.id)}</span>
					<Badge tone={tone(String(one.status))}>{term(String(one.status ?? "New"))}</Badge>
					{(one.priority === "Urgent" || one.priority === "High") && <Badge tone={tone(String(one.priority))}>{term(String(one.priority))}</Badge>}
					{!isEmpty(one.account) && <RecordLink noun="accounts" id={one.account as number}>{one.names?.account}</RecordLink>}
					{!isEmpty(one.reopen_count) && <span class="warn">{t("reopened_n", { n: String(one.reopen_count) })}</span>}
					<span class="faint">{t("created_when", { when: relative(one.created) })}</span>
				</>}
				actions={can && <>
					{!done && isEmpty(one.owner) && <button type="button" class="button" onClick={take}><Icon name="user" />{t("take")}</button>}
					{!done && one.status !== "Pending" && one.status !== "Working" && !isEmpty(one.owner) && <button type="button" class="button" onClick={() => status("Working")}>{t("start_work")}</button>}
					{!done && one.status === "Working" && <button type="button" class="button" onClick={() => status("Pending")}><Icon name="clock" />{t("wait_customer")}</button>}
					{!done && one.status === "Pending" && <button type="button" class="button" onClick={() => status("Working")}>{t("go_on")}</button>}
					{!isEmpty(one.reply_to) && <a class="button" href={mailLink(one, String(one.sender ?? ""))}><Icon name="mail" />{t("mail")}</a>}
					{!done && <button type="button" class="button primary" onClick={() => setAsk("close")}><Icon name="check" />{one.status === "Resolved, to confirm" ? t("confirm_close") : t("close_case")}</button>}
					{done && <button type="button" class="button" onClick={() => status("Working")}><Icon name="undo" />{t("reopen")}</button>}
				</>}
				menu={(close) => !done && can && <>
					<MenuItem icon="close" onClick={() => { close(); setAsk("reject"); }}>{t("reject_case")}</MenuItem>
					<MenuItem icon="duplicate" onClick={() => { close(); setAsk("duplicate"); }}>{t("is_duplicate")}</MenuItem>
				</>}
			/>
			<div class="record">
				<div class="record-main">
					<div class="clocks">
						<Clock name={t("clock_response")} due={one.response_due as number | undefined} done={one.first_responded_at as number | undefined} />
						<Clock name={t("clock_resolution")} due={one.due as number | undefined} done={one.closed_at as number | undefined} />
					</div>
					{!isEmpty(one.description) && <Panel title={term("Description")}><div class="panel-body pre">{String(one.description)}</div></Panel>}
					{can && <Answer one={one} />}
					<Timeline record={one} compose={false} />
				</div>
				<aside>
					<NextSteps record={one} />
					<Panel title={t("details")}><Props record={one} keys={KEYS} skip={["subject", "description", "number", "status", "response_due", "first_responded_at", "closed_at", "pending_seconds", "reopen_count", "reply_to"]} /></Panel>
				</aside>
			</div>
			{ask && <Finish one={one} ask={ask} close={() => setAsk(null)} />}
		</>
	);
}
function Answer({ one }: { one: Rec }) {
	const [text, setText] = useState("");
	const [open, setOpen] = useState(true);
	const [busy, setBusy] = useState(false);
	const leaves = me.value?.company.mail !== false;
	const address = useAddress(one);
	const send = async (event: Event) => {
		event.preventDefault();
		if (!text.trim()) return;
		setBusy(true);
		try {
			await post(`/cases/${one.id}/answer`, { text: text.trim(), public: open });
			setText("");
			say(open && me.value?.company.mail ? t("answered") : t("saved"));
			stale("notes", "cases");
		} catch (reason) {
			complain(reason);
		}
		setBusy(false);
	};
	return (
		<form class="composer" onSubmit={send}>
			<textarea aria-label={open ? t("answer_hint") : t("internal_hint")} placeholder={open ? t("answer_hint") : t("internal_hint")} value={text} onInput={(e) => setText(e.currentTarget.value)}
				onKeyDown={(e) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) void send(e); }} />
			<div class="foot">
				<div class="segments" role="group" aria-label={t("kind")}>
					<button type="button" aria-pressed={open} onClick={() => setOpen(true)}><Icon name="mail" size={14} />{t("answer")}</button>
					<button type="button" aria-pressed={!open} onClick={() => setOpen(false)}><Icon name="note" size={14} />{t("internal_note")}</button>
				</div>
				{open && !leaves && <span class="second">{t("answer_not_mailed")}</span>}
				<span class="row grow end">
					{open && !leaves && address && <a class="button small" href={mailLink(one, address, text.trim())}><Icon name="mail" size={14} />{t("write_mail")}</a>}
					<button class="button primary small" disabled={busy || !text.trim()}>{open && leaves ? t("send_answer") : t("save")}</button>
				</span>
			</div>
		</form>
	);
}
const ASKS: Record<Ask, { status: string; keys: string[]; title: "close_title" | "reject_title" | "duplicate_title" }> = {
	close: { status: "Closed", keys: ["cause", "satisfaction"], title: "close_title" },
	reject: { status: "Rejected", keys: ["reject_reason"], title: "reject_title" },
	duplicate: { status: "Duplicate", keys: ["duplicate_of"], title: "duplicate_title" },
};
function Finish({ one, ask, close }: { one: Rec; ask: Ask; close: () => void }) {
	const { status, keys, title } = ASKS[ask];
	const fields = keys.map((key) => fieldOf("cases", key)).filter((f): f is Field => !!f);
	const form = useForm({ cause: one.cause });
	const needed = ask !== "close" || one.kind === "Complaint";
	const save = (event: Event) => {
		event.preventDefault();
		if (needed && isEmpty(form.values[keys[0]!])) return form.refuse(new Error(t("reason_needed")));
		close();
		void change(one, { status, ...tidied(fields, form.values) }, { ...said(""), done: t("case_done", { name: titleOf(one), status: term(status) }) });
	};
	return (
		<Dialog title={t(title)} close={close} roomy={ask === "duplicate"}
			foot={<><button type="button" class="button" onClick={close}>{t("cancel")}</button><button form="finish-form" class="button primary">{ask === "close" ? t("close_case") : t("save")}</button></>}>
			<form id="finish-form" class="form" onSubmit={save}><Inputs fields={fields} form={form} />{needed && ask === "close" && <p class="wide muted">{t("complaint_cause")}</p>}</form>
		</Dialog>
	);
}
