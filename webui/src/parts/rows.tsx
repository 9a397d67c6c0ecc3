// Lists of rows (pipelines, levels, choices ...): added, changed, put in order, removed with undo.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Rec, address, patch, query, titleOf } from "../api";
import { t, term } from "../i18n";
import { complain, discard, noun as nounOf, stale, usePage, type Field } from "../store";
import { Empty, Fault, Panel, Skeletons } from "./basic";
import { EditDialog, addRowLabel } from "./form";
import { Icon } from "./icon";
import { Table } from "./table";

export const removed = (name: string) => ({ done: t("removed_named", { name }), undo: t("undo"), undone: t("undone") });
interface Props {
	noun: string;
	title?: string;
	text?: string;
	parent?: number;
	filters?: string[];
	start?: Record<string, unknown>;
	only?: string[];
	columns?: string[];
	ordered?: boolean;
	can?: boolean;
	sort?: string;
	add?: string;
	adds?: boolean;
	extra?: (row: Rec) => ComponentChildren;
}
export function Rows({ noun, title, text, parent, filters, start, only, columns, ordered, can = true, sort, extra, add = addRowLabel(noun), adds = can }: Props) {
	const [editing, setEditing] = useState<Rec | "new" | null>(null);
	const path = `/${noun}${query({ limit: 200, ...(parent ? { parent } : {}), ...(filters ? { f: filters } : {}), ...(sort ? { sort } : {}) })}`;
	const { data, problem, again } = usePage(path, [noun]);
	// A layout has a field "noun" of its own, which stands where the noun of others does.
	const rows = (data?.items ?? []).map((row) => (row.noun === noun ? row : { ...row, noun, of_noun: row.noun }));
	const spec = nounOf(noun);
	const shown = columns ? columns.map((key) => spec.fields.find((f) => f.key === key)).filter((f): f is Field => !!f) : spec.fields.filter((f) => f.flags.includes("column"));
	const move = async (at: number, step: number) => {
		try {
			const [one, other] = [rows[at]!, rows[at + step]!];
			await patch(`/${noun}/${one.id}`, { position: (other.position as number | undefined) ?? at + step }, one.etag);
			stale(noun);
		} catch (reason) {
			complain(reason);
		}
	};
	const Buttons = ({ row }: { row: Rec }) => {
		const at = rows.indexOf(row);
		const name = titleOf(row);
		return (
			<span class="row end">
				{extra?.(row)}
				{can && ordered && <button type="button" class="button quiet icon small" disabled={at < 1} aria-label={t("move_up", { name })} onClick={() => void move(at, -1)}><Icon name="up" /></button>}
				{can && ordered && <button type="button" class="button quiet icon small" disabled={at === rows.length - 1} aria-label={t("move_down", { name })} onClick={() => void move(at, 1)}><Icon name="down" /></button>}
				{can && <button type="button" class="button quiet icon small" aria-label={t("edit_named", { name })} onClick={() => setEditing(row)}><Icon name="pen" size={14} /></button>}
				{can && <button type="button" class="button quiet icon small" aria-label={t("remove_named", { name })} onClick={() => void discard(row, removed(name))}><Icon name="bin" size={14} /></button>}
			</span>
		);
	};
	return (
		<Panel title={title ?? term(spec.many)} count={data ? rows.length : undefined}
			action={<span class="row end grow">
				{rows.length > 0 && <a class="button quiet icon small" href={address(path.replace(/^\/[^?]+/, `/${noun}.csv`).replace(/limit=\d+&?/, ""))} download={`${noun}.csv`} aria-label={`${t("csv")}: ${title ?? term(spec.many)}`} title={t("csv")}><Icon name="download" size={14} /></a>}
				{adds && !(data && !rows.length) && <button type="button" class="button small" onClick={() => setEditing("new")}><Icon name="plus" />{add}</button>}
			</span>}>
			{text && <p class="muted panel-body">{text}</p>}
			{problem && !data && <div class="panel-body"><Fault problem={problem} again={again} /></div>}
			{!data && !problem && <Skeletons lines={3} />}
			{data && !rows.length && <Empty title={t("none_yet", { things: term(spec.many) })}>{adds && <button type="button" class="button" onClick={() => setEditing("new")}><Icon name="plus" />{add}</button>}</Empty>}
			{rows.length > 0 && <div class="flush-table"><Table noun={noun} label={title ?? term(spec.many)} columns={shown} records={rows} plain ends={(row) => <Buttons row={row} />} /></div>}
			{editing && <EditDialog noun={noun} record={editing === "new" ? undefined : editing} start={{ ...start, ...(parent ? { parent } : {}) }} {...(only ? { only } : {})} close={() => setEditing(null)} />}
		</Panel>
	);
}
