// Accounts: the data bank of a customer on one page.
import { useState } from "preact/hooks";
import { type Rec, titleOf } from "../api";
import { useCell } from "../cell";
import { date, dateTime, money } from "../format";
import { inLine, t, term } from "../i18n";
import { Badge, Empty, Panel, Tabs } from "../parts/basic";
import { EditDialog } from "../parts/form";
import { Icon } from "../parts/icon";
import { Props, said } from "../parts/props";
import { RecordHead, WithRecord, addLabel } from "../parts/record";
import { Timeline } from "../parts/timeline";
import { Call, isEmpty, isOver, tone } from "../parts/value";
import type { View } from "../parts/views";
import { href, place, setQuery } from "../router";
import { change, discard, me, useAsk } from "../store";
import { ListScreen } from "./list";
import { MiniList } from "./mini";
import { NextSteps } from "./steps";

const views = (): View[] => [
	{ key: "all", name: t("view_all"), filters: [], sort: "name" },
	{ key: "mine", name: t("view_mine"), filters: ["owner:eq:me"], sort: "name" },
	{ key: "customers", name: t("view_customers"), filters: ["type:eq:Customer"], sort: "name" },
	{ key: "risk", name: t("view_risk"), filters: ["health:eq:risk"], sort: "name" },
];
export const AccountsScreen = () => (
	<ListScreen noun="accounts" views={views()} start="all" empty={{ title: t("accounts_empty"), text: t("accounts_empty_text") }} preset={{ owner: me.value?.id }} presetNames={{ owner: me.value?.display_name ?? "" }} />
);

interface Overview {
	people: Rec[];
	deals: Rec[];
	cases: Rec[];
	needs: Rec[];
	relations: Rec[];
	next_meeting: Rec | null;
	sales: { won: number; open: number; lost: number };
}
const WATCH = ["accounts", "contacts", "deals", "cases", "needs", "relations", "meetings"];
const KEYS = ["type", "phones", "emails", "urls", "addresses", "industry", "size", "owner", "team", "health", "tier", "parent", "tags", "note"];
export function AccountScreen({ id }: Record<string, string>) {
	return <WithRecord noun="accounts" id={id!}>{(account) => <Account account={account} />}</WithRecord>;
}
type Tab = "timeline" | "people" | "deals" | "cases" | "needs" | "relations";
function Account({ account }: { account: Rec }) {
	const { data } = useAsk<Overview>(`/accounts/${account.id}/overview`, WATCH);
	const tab = (useCell(place).query.get("tab") ?? "timeline") as Tab;
	const tabs: { key: Tab; text: string; count?: number | undefined }[] = [
		{ key: "timeline", text: t("timeline") },
		{ key: "people", text: t("people"), count: data?.people.length },
		{ key: "deals", text: term("Deals"), count: data?.deals.length },
		{ key: "cases", text: term("Cases"), count: data?.cases.length },
		{ key: "needs", text: term("Needs"), count: data?.needs.length },
		{ key: "relations", text: term("Relations"), count: data?.relations.length },
	];
	return (
		<>
			<RecordHead
				record={account}
				under={<>
					{!isEmpty(account.type) && <Badge tone={tone(String(account.type))}>{term(String(account.type))}</Badge>}
					{!isEmpty(account.industry) && <span>{String(account.industry)}</span>}
					{!isEmpty(account.health) && <Badge tone={tone(String(account.health))}>{term(String(account.health))}</Badge>}
					{account.names?.owner && <span class="faint">{account.names.owner}</span>}
				</>}
				actions={<Call phones={account.phones} mails={account.emails} />}
			/>
			<Sales data={data} account={account} />
			<div class="record">
				<div class="record-main">
					<Tabs label={titleOf(account)} tabs={tabs} now={tab} choose={(key) => setQuery({ tab: key === "timeline" ? undefined : key })} />
					<div role="tabpanel" aria-label={tabs.find((x) => x.key === tab)?.text}>
						{tab === "timeline" ? <Timeline record={account} /> : <Part tab={tab} data={data} account={account} />}
					</div>
				</div>
				<aside>
					<NextSteps record={account} />
					<Panel title={t("details")}><Props record={account} keys={KEYS} skip={["name"]} /></Panel>
				</aside>
			</div>
		</>
	);
}
function Sales({ data, account }: { data: Overview | undefined; account: Rec }) {
	const complaints = data?.cases.filter((c) => c.kind === "Complaint").length ?? 0;
	const open = data?.cases.filter((c) => !isOver(c)).length ?? 0;
	const at = href(`/accounts/${account.id}`);
	const meeting = data?.next_meeting;
	const own = me.value?.company.currency;
	const tile = (name: string, value: string, to: string, extra?: string) => (
		<a class="tile" href={to}><span class="name">{name}</span><span class="value">{data ? value : "–"}</span>{extra && <span class="extra">{extra}</span>}</a>
	);
	return (
		<div class="tiles">
			{tile(t("sales_won"), money(data?.sales.won ?? 0, own), `${at}?tab=deals`)}
			{tile(t("sales_open"), money(data?.sales.open ?? 0, own), `${at}?tab=deals`)}
			{tile(t("sales_lost"), money(data?.sales.lost ?? 0, own), `${at}?tab=deals`)}
			{tile(t("open_cases"), String(open), `${at}?tab=cases`, complaints ? t("complaints_n", { n: complaints }) : undefined)}
			<a class="tile" href={meeting ? href(`/calendar?day=${new Date((meeting.start as number) * 1000).toISOString().slice(0, 10)}`) : href("/calendar")}>
				<span class="name">{t("next_meeting")}</span>
				<span class="strong">{meeting ? titleOf(meeting) : t("none_planned")}</span>
				{meeting && <span class="extra">{dateTime(meeting.start as number)}</span>}
			</a>
		</div>
	);
}
const PARTS = {
	people: { noun: "contacts", empty: "no_people" }, deals: { noun: "deals", empty: "no_deals" }, cases: { noun: "cases", empty: "no_cases" },
	needs: { noun: "needs", empty: "no_needs" }, relations: { noun: "relations", empty: "no_relations" },
} as const;
function Part({ tab, data, account }: { tab: keyof typeof PARTS; data: Overview | undefined; account: Rec }) {
	const [editing, setEditing] = useState<Rec | "new" | null>(null);
	const { noun, empty } = PARTS[tab];
	const records = data?.[tab];
	const name = titleOf(account);
	const start = noun === "contacts" ? { company: name, accounts: [{ account: account.id, primary: true }] } : noun === "needs" || noun === "relations" ? { parent: account.id } : { account: account.id, owner: me.value?.id };
	const names: Record<string, string> = noun === "contacts" ? { accounts: name } : noun === "deals" || noun === "cases" ? { account: name, owner: me.value?.display_name ?? "" } : {};
	return (
		<Panel>
			<div class="panel-head"><h2>{term(tab === "people" ? "Contacts" : tab.charAt(0).toUpperCase() + tab.slice(1))}</h2>
				<button type="button" class="button small" onClick={() => setEditing("new")}><Icon name="plus" />{addLabel(noun)}</button></div>
			{records && !records.length && <Empty icon={noun === "contacts" ? "contact" : noun === "deals" ? "deal" : noun === "cases" ? "case" : "link"} title={t(empty)} />}
			{noun === "needs" ? <Needs rows={records} edit={setEditing} /> : noun === "relations" ? <Relations rows={records} edit={setEditing} /> : <MiniList records={records} />}
			{editing && <EditDialog noun={noun} record={editing === "new" ? undefined : editing} start={start} names={names} close={() => setEditing(null)} />}
		</Panel>
	);
}
type Rows = { rows: Rec[] | undefined; edit: (row: Rec) => void };
const gone = (name: string) => ({ done: t("binned", { name }), undo: t("undo"), undone: t("undone") });
const Needs = ({ rows, edit }: Rows) => (
	<ul class="items">
		{rows?.map((need) => (
			<li key={need.id} class="item">
				<input type="checkbox" aria-label={t("need_met", { name: String(need.text) })} checked={need.state === "met"} onChange={() => void change(need, { state: need.state === "met" ? "open" : "met" }, said(term("Need")))} />
				<span class="grow stack tight">
					<button type="button" class="linkish strong" onClick={() => edit(need)}>{String(need.text)}</button>
					<span class="second">{inLine([!isEmpty(need.budget) && money(need.budget as number, me.value?.company.currency), !isEmpty(need.next_review) && `${term("Next review")} ${date(String(need.next_review))}`])}</span>
				</span>
				<span class="ends row">{!isEmpty(need.urgency) && <Badge tone={tone(String(need.urgency))}>{term(String(need.urgency))}</Badge>}{!isEmpty(need.state) && <Badge tone={tone(String(need.state))}>{term(String(need.state))}</Badge>}</span>
			</li>
		))}
	</ul>
);
const Relations = ({ rows, edit }: Rows) => (
	<ul class="items">
		{rows?.map((row) => (
			<li key={row.id} class="item">
				<span class="glyph"><Icon name="link" size={14} /></span>
				<span class="grow stack tight"><a class="strong cut" href={href(`/accounts/${row.account}`)}>{row.names?.account ?? `#${row.account}`}</a><span class="second">{isEmpty(row.note) ? "" : String(row.note)}</span></span>
				<span class="ends row">
					<Badge plain>{term(String(row.kind))}</Badge>
					<button type="button" class="button quiet icon small" aria-label={t("edit_named", { name: row.names?.account ?? "" })} onClick={() => edit(row)}><Icon name="pen" size={13} /></button>
					<button type="button" class="button quiet icon small" aria-label={t("remove")} onClick={() => void discard(row, gone(row.names?.account ?? ""))}><Icon name="close" size={13} /></button>
				</span>
			</li>
		))}
	</ul>
);
