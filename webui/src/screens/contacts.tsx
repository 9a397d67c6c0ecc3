// Contacts: the list and the card.
import { type Rec, namesOf } from "../api";
import { t, term } from "../i18n";
import { Empty, Panel } from "../parts/basic";
import { Icon } from "../parts/icon";
import { Props } from "../parts/props";
import { RecordHead, WithRecord } from "../parts/record";
import { Timeline } from "../parts/timeline";
import { Call, type Person, RecordLink, isEmpty, listed } from "../parts/value";
import type { View } from "../parts/views";
import { href } from "../router";
import { me, usePage } from "../store";
import { ListScreen } from "./list";
import { MiniList } from "./mini";
import { NextSteps } from "./steps";

const views = (): View[] => [
	{ key: "all", name: t("view_all"), filters: [], sort: "name" },
	{ key: "mine", name: t("view_mine"), filters: ["owner:eq:me"], sort: "name" },
	{ key: "new", name: t("view_recent"), filters: ["created:ge:-30d"], sort: "-created" },
];
export const ContactsScreen = () => (
	<ListScreen noun="contacts" views={views()} start="all" empty={{ title: t("contacts_empty"), text: t("contacts_empty_text") }} preset={{ owner: me.value?.id }} />
);
const KEYS = ["phones", "emails", "company", "job_title", "department", "addresses", "birthday", "owner", "team", "tags", "language", "consent", "do_not_call", "note"];
export function ContactScreen({ id }: Record<string, string>) {
	return <WithRecord noun="contacts" id={id!}>{(contact) => <Contact contact={contact} />}</WithRecord>;
}
function Contact({ contact }: { contact: Rec }) {
	const links = listed<Person>(contact.accounts);
	const deals = usePage(`/deals?f=contact:eq:${contact.id}&limit=20`, ["deals"]);
	const cases = usePage(`/cases?f=contact:eq:${contact.id}&limit=20`, ["cases"]);
	const first = links.find((l) => l.primary) ?? links[0];
	return (
		<>
			<RecordHead
				record={contact}
				under={<>
					{!isEmpty(contact.job_title) && <span>{String(contact.job_title)}</span>}
					{first ? <RecordLink noun="accounts" id={first.account}>{namesOf(contact, "accounts")[links.indexOf(first)] ?? String(contact.company ?? "")}</RecordLink> : !isEmpty(contact.company) && <span>{String(contact.company)}</span>}
				</>}
				actions={<Call phones={contact.phones} mails={contact.emails} stop={!!contact.do_not_call} />}
			/>
			{!!contact.do_not_call && <p class="row warn"><Icon name="warning" />{t("do_not_call")}</p>}
			<div class="record">
				<div class="record-main"><Timeline record={contact} /></div>
				<aside>
					<NextSteps record={contact} />
					<Panel title={t("details")}><Props record={contact} keys={KEYS} skip={["name"]} /></Panel>
					<Panel title={term("Deals")} count={deals.data?.items.length || undefined}>
						{deals.data && !deals.data.items.length ? <Empty icon="deal" title={t("no_deals")} /> : <MiniList records={deals.data?.items} />}
					</Panel>
					{!!cases.data?.items.length && <Panel title={term("Cases")} count={cases.data.items.length}><MiniList records={cases.data.items} /></Panel>}
					{links.length > 1 && (
						<Panel title={term("Accounts")}>
							<ul class="items">{links.map((l, i) => <li key={l.account}><a class="item" href={href(`/accounts/${l.account}`)}><Icon name="account" /><span class="grow cut">{namesOf(contact, "accounts")[i] ?? `#${l.account}`}</span>{l.role && <span class="ends">{l.role}</span>}</a></li>)}</ul>
						</Panel>
					)}
				</aside>
			</div>
		</>
	);
}
