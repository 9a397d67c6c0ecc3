// Campaigns: the list, and one with its costs, leads and what they brought.
import type { Rec } from "../api";
import { query } from "../api";
import { date, money } from "../format";
import { t, term } from "../i18n";
import { Badge, Empty, Panel } from "../parts/basic";
import { Props } from "../parts/props";
import { RecordHead, WithRecord } from "../parts/record";
import { Rows } from "../parts/rows";
import { isEmpty, tone } from "../parts/value";
import { href } from "../router";
import { is, me, usePage } from "../store";
import { ListScreen } from "./list";
import { MiniList } from "./mini";

export const CampaignsScreen = () => (
	<ListScreen
		noun="campaigns" start="all" creates={is.manager() || is.admin()} empty={{ title: t("campaigns_empty"), text: t("campaigns_empty_text") }}
		views={[{ key: "all", name: t("view_all"), filters: [], sort: "-created" }]}
	/>
);
export function CampaignScreen({ id }: Record<string, string>) {
	return <WithRecord noun="campaigns" id={id!}>{(campaign) => <Campaign campaign={campaign} />}</WithRecord>;
}
function Campaign({ campaign }: { campaign: Rec }) {
	const leads = usePage(`/leads${query({ f: [`campaign:eq:${campaign.id}`], sort: "-created", limit: 12, count: true })}`, ["leads"]);
	const deals = usePage(`/deals${query({ f: [`campaign:eq:${campaign.id}`], sort: "-created", limit: 12, count: true })}`, ["deals"]);
	const costs = usePage(`/costs${query({ parent: campaign.id, limit: 200 })}`, ["costs"]);
	const spent = costs.data?.items.reduce((sum, c) => sum + Number(c.amount ?? 0), 0) ?? 0;
	const won = deals.data?.items.filter((d) => !isEmpty(d.won_at)).reduce((sum, d) => sum + Number(d.amount ?? 0), 0) ?? 0;
	const own = me.value?.company.currency;
	const all = (noun: string) => href(`/${noun}?f=campaign:eq:${campaign.id}`);
	return (
		<>
			<RecordHead record={campaign} under={<>
				{!isEmpty(campaign.state) && <Badge tone={tone(String(campaign.state))}>{term(String(campaign.state))}</Badge>}
				{!isEmpty(campaign.channel) && <span>{term(String(campaign.channel))}</span>}
				{!isEmpty(campaign.from) && <span class="faint">{date(String(campaign.from))}{!isEmpty(campaign.to) && ` – ${date(String(campaign.to))}`}</span>}
			</>} />
			<div class="tiles">
				<a class="tile" href={all("leads")}><span class="name">{term("Leads")}</span><span class="value">{leads.data?.total ?? "–"}</span></a>
				<a class="tile" href={all("deals")}><span class="name">{term("Deals")}</span><span class="value">{deals.data?.total ?? "–"}</span></a>
				<div class="tile"><span class="name">{t("spent")}</span><span class="value">{money(spent, own)}</span>{!isEmpty(campaign.budget) && <span class="extra">{t("of_target", { value: money(campaign.budget as number, own) })}</span>}</div>
				<div class="tile"><span class="name">{t("sales_won")}</span><span class="value">{money(won, own)}</span></div>
			</div>
			<div class="record">
				<div class="record-main">
					<Rows noun="costs" parent={campaign.id} can={is.manager() || is.admin()} />
					<Panel title={term("Leads")} action={<a class="button quiet small" href={all("leads")}>{t("all")}</a>}>{leads.data && !leads.data.items.length ? <Empty icon="lead" title={t("no_leads")} /> : <MiniList records={leads.data?.items} />}</Panel>
					<Panel title={term("Deals")} action={<a class="button quiet small" href={all("deals")}>{t("all")}</a>}>{deals.data && !deals.data.items.length ? <Empty icon="deal" title={t("no_deals")} /> : <MiniList records={deals.data?.items} />}</Panel>
				</div>
				<aside><Panel title={t("details")}><Props record={campaign} keys={["channel", "from", "to", "budget", "state", "note"]} skip={["name"]} /></Panel></aside>
			</div>
		</>
	);
}
