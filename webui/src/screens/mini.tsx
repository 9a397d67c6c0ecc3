// Short lists inside other pages: one line a record, what matters of its noun at the end.
import type { ComponentChildren } from "preact";
import { type Rec, titleOf } from "../api";
import { dateTime, duration, money, relative } from "../format";
import { inLine, t, term } from "../i18n";
import { Avatar, Badge, Skeletons } from "../parts/basic";
import { Icon, nounIcon, talkIcon } from "../parts/icon";
import { Due, type Phone, currencyOf, isEmpty, listed, tone } from "../parts/value";
import { href } from "../router";

const state = (record: Rec, key: string) => {
	const word = record.names?.[key] ?? record[key];
	return isEmpty(word) ? null : <Badge tone={tone(String(word))}>{term(String(word))}</Badge>;
};
const joined = (...words: unknown[]) => inLine(words.filter((w) => !isEmpty(w)));
type Line = { second: (r: Rec) => ComponentChildren; ends: (r: Rec) => ComponentChildren };
const LINES: Record<string, Line> = {
	deals: { second: (r) => joined(r.names?.account, r.names?.owner), ends: (r) => <span class="stack tight"><span class="num strong">{isEmpty(r.amount) ? "" : money(r.amount as number, currencyOf(r))}</span>{state(r, "stage")}</span> },
	cases: { second: (r) => joined(r.number && `#${r.number}`, r.names?.account), ends: (r) => <span class="row wrap end">{(r.priority === "Urgent" || r.priority === "High") && state(r, "priority")}{r.status !== "New" && state(r, "status")}</span> },
	leads: { second: (r) => joined(r.company, r.source), ends: (r) => <span class="stack tight"><span>{state(r, "status")}</span>{!!r.created && <span class="faint">{relative(r.created)}</span>}</span> },
	contacts: { second: (r) => joined(r.job_title, listed<Phone>(r.phones)[0]?.value), ends: () => null },
	accounts: { second: (r) => joined(r.industry), ends: (r) => state(r, "type") },
	meetings: { second: (r) => joined(r.location, r.names?.parent), ends: (r) => (isEmpty(r.start) ? null : dateTime(r.start as number)) },
	tasks: { second: (r) => joined(r.names?.parent), ends: (r) => (isEmpty(r.due) ? null : <Due at={r.due as number} />) },
	notes: { second: (r) => String(r.text ?? "").slice(0, 120), ends: (r) => relative((r.at as number) ?? r.created) },
};
const PICTURED = new Set(["contacts", "leads", "accounts"]);
export const linkTo = (record: Rec) => {
	if (["tasks", "meetings", "notes"].includes(record.noun)) {
		const noun = record.names?.parent_noun;
		return noun && record.parent ? `/${noun}/${record.parent}` : record.noun === "tasks" ? "/tasks" : "/calendar";
	}
	return `/${record.noun}/${record.id}`;
};
export function MiniList({ records, limit = 100 }: { records: Rec[] | undefined; limit?: number }) {
	if (!records) return <Skeletons lines={3} />;
	return (
		<ul class="items">
			{records.slice(0, limit).map((record) => {
				const line = LINES[record.noun];
				const name = record.noun === "notes" ? inLine([record.subject || term(String(record.category ?? "Note")), record.names?.parent]) : titleOf(record) || t("no_name");
				return (
					<li key={`${record.noun}${record.id}`}>
						<a class="item" href={href(linkTo(record))}>
							{PICTURED.has(record.noun) ? <Avatar name={name} photo={record.photo} square={record.noun === "accounts"} /> : <span class="glyph"><Icon name={(record.noun === "notes" && talkIcon[String(record.category)]) || (nounIcon[record.noun] ?? "info")} size={14} /></span>}
							<span class="grow stack tight"><span class="cut strong">{name}</span><span class="second cut">{line?.second(record)}</span></span>
							<span class="ends">{typeof record.seconds === "number" ? duration(record.seconds) : line?.ends(record)}</span>
						</a>
					</li>
				);
			})}
		</ul>
	);
}
