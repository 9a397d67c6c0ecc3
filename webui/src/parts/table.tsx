// A list of records: columns, order, choosing several; on a phone each row is a card.
import type { ComponentChildren } from "preact";
import { type Rec, titleOf } from "../api";
import { t, term } from "../i18n";
import { href } from "../router";
import type { Field } from "../store";
import { Avatar } from "./basic";
import { Icon } from "./icon";
import { Value, isEmpty } from "./value";

const NUMERIC = new Set(["int", "money", "percent"]);
export interface Order { key: string; down: boolean }
export const readOrder = (text: string | undefined): Order =>
	text?.startsWith("-") ? { key: text.slice(1), down: true } : { key: text ?? "", down: false };

interface Props {
	noun: string;
	label: string;
	columns: Field[];
	records: Rec[];
	order?: string | undefined;
	sort?: (order: string) => void;
	chosen?: Set<number>;
	choose?: (chosen: Set<number>) => void;
	to?: (record: Rec) => string;
	ends?: (record: Rec) => ComponentChildren;
	plain?: boolean;
}
function Head({ field, order, sort }: { field: Field; order: Order; sort: Props["sort"] }) {
	const mine = order.key === field.key;
	const can = sort && field.flags.includes("sort");
	return (
		<th scope="col" class={NUMERIC.has(field.type) ? "numeric" : ""} aria-sort={mine ? (order.down ? "descending" : "ascending") : undefined}>
			{can ? (
				<button type="button" onClick={() => sort((mine ? !order.down : NUMERIC.has(field.type) || field.type === "time") ? `-${field.key}` : field.key)}>
					{term(field.label)}
					{mine && <Icon name={order.down ? "down" : "up"} size={12} />}
				</button>
			) : term(field.label)}
		</th>
	);
}
const PEOPLE = new Set(["contacts", "leads"]);
// Rows that come with every company, named in the language of the reader until somebody names them.
const PRESET = new Set(["stages", "lead-statuses", "slas"]);
function First({ noun, record, field, to }: { noun: string; record: Rec; field: Field; to: string }) {
	const shown = String(record[field.key] ?? titleOf(record)) || t("no_name");
	return (
		<a href={href(to)}>
			{(PEOPLE.has(noun) || noun === "accounts") && <Avatar name={shown} photo={record.photo} square={noun === "accounts"} />}
			<span class="cut">{shown}</span>
		</a>
	);
}
// Arrows walk from row to row, x chooses the row.
function keys(event: KeyboardEvent) {
	const target = event.target as HTMLElement;
	if (target.tagName === "INPUT" && event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
	const row = target.closest("tr");
	const step = event.key === "ArrowDown" ? "nextElementSibling" : event.key === "ArrowUp" ? "previousElementSibling" : null;
	if (step && row) {
		(row[step] as HTMLElement | null)?.querySelector<HTMLElement>("td.first a")?.focus();
		event.preventDefault();
	} else if (event.key === "x") row?.querySelector<HTMLElement>("td.pick input")?.click();
}
export function Table({ noun, label, columns, records, order, sort, chosen, choose, to, ends, plain }: Props) {
	const now = readOrder(order);
	const all = records.length > 0 && records.every((r) => chosen?.has(r.id));
	const toggle = (id: number) => {
		const next = new Set(chosen);
		if (!next.delete(id)) next.add(id);
		choose?.(next);
	};
	return (
		<div class="table-box cards">
			<table class="list" onKeyDown={keys}>
				<caption class="sr">{label}</caption>
				<thead>
					<tr>
						{choose && (
							<th class="pick" scope="col">
								<input type="checkbox" aria-label={t("choose_all")} checked={all} onChange={() => choose(all ? new Set() : new Set(records.map((r) => r.id)))} />
							</th>
						)}
						{columns.map((field) => <Head key={field.key} field={field} order={now} sort={sort} />)}
						{ends && <th scope="col"><span class="sr">{t("actions")}</span></th>}
					</tr>
				</thead>
				<tbody>
					{records.map((record) => (
						<tr key={record.id} class={chosen?.has(record.id) ? "chosen" : ""}>
							{choose && (
								<td class="pick"><input type="checkbox" aria-label={t("choose_named", { name: titleOf(record) || `#${record.id}` })} checked={chosen?.has(record.id) ?? false} onChange={() => toggle(record.id)} /></td>
							)}
							{columns.map((field, i) =>
								i === 0 ? (
									<td key={field.key} class="first">{plain ? <span class="strong">{PRESET.has(noun) ? term(titleOf(record)) : <Value record={record} field={field} />}</span> : <First noun={noun} record={record} field={field} to={to?.(record) ?? `/${noun}/${record.id}`} />}</td>
								) : (
									<td key={field.key} data-label={term(field.label)} class={`is-${field.type} ${NUMERIC.has(field.type) ? "numeric" : ""} ${isEmpty(record[field.key]) ? "empty" : ""}`}>
										<div class="cut"><Value record={record} field={field} /></div>
									</td>
								),
							)}
							{ends && <td class="ends">{ends(record)}</td>}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
export const SkeletonTable = () => (
	<div class="table-box" role="status" aria-label={t("loading")}>
		<table class="list" aria-hidden="true">
			<tbody>
				{Array.from({ length: 8 }, (_, i) => (
					<tr key={i}>{[40, 20, 14, 14].map((width, j) => <td key={j}><div class="skeleton" ref={(at) => void at?.style.setProperty("width", `${width * 3 + ((i * 13) % 30)}px`)} /></td>)}</tr>
				))}
			</tbody>
		</table>
	</div>
);
