// What every record's page has: its head, follow, history with "take back", bin.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Rec, call, post, put, remove, titleOf } from "../api";
import { dateTime } from "../format";
import { t, term } from "../i18n";
import { go } from "../router";
import { complain, discard, field as fieldOf, noun as nounOf, say, stale, useAsk } from "../store";
import { BackTo } from "../screens/list";
import { Avatar, Dialog, Empty, Fault, Menu, MenuItem, Skeletons, Title } from "./basic";
import { Named } from "./filters";
import { EditDialog } from "./form";
import { Icon } from "./icon";
import { MergeDialog } from "./merge";
import { Value, isEmpty } from "./value";

export function useRecord(noun: string, id: string, watch: string[] = []) {
	return useAsk<Rec>(`/${noun}/${id}`, [noun, ...watch]);
}
// The record, or why there is none.
export function WithRecord({ noun, id, watch, children }: { noun: string; id: string; watch?: string[]; children: (record: Rec) => ComponentChildren }) {
	const { data, problem, again } = useRecord(noun, id, watch);
	if (problem?.status === 404)
		return <div class="panel"><Empty head icon="search" title={t("record_gone")} text={t("record_gone_text")}><a class="button" href={`/app/${noun}`}>{t("to_list")}</a></Empty></div>;
	if (problem && !data) return <Fault problem={problem} again={again} />;
	if (!data) return <Skeletons lines={10} />;
	return <>{children(data)}</>;
}
const MERGEABLE = new Set(["leads", "contacts", "accounts"]);
const PICTURED = new Set(["leads", "contacts", "accounts"]);

export function RecordHead({ record, under, actions, menu }: { record: Rec; under?: ComponentChildren; actions?: ComponentChildren; menu?: (close: () => void) => ComponentChildren }) {
	const [open, setOpen] = useState<"history" | "edit" | "merge" | null>(null);
	const { noun, id } = record;
	const bin = async () => {
		const gone = await discard(record, { done: t("binned", { name: titleOf(record) }), undo: t("undo"), undone: t("undone") });
		if (gone) go(`/${noun}`);
	};
	return (
		<header class="record-head">
			<Title text={titleOf(record)} />
			{PICTURED.has(noun) && <Avatar name={titleOf(record)} photo={record.photo} square={noun === "accounts"} big />}
			<div class="titles">
				<BackTo noun={noun} />
				<h1>{titleOf(record) || t("no_name")}</h1>
				{under && <div class="under">{under}</div>}
			</div>
			<div class="actions">
				{actions}
				<Follow record={record} />
				<Menu label={t("more_actions")} icon="more" right class="button icon">
					{(close) => (
						<>
							{record.can?.change !== false && <MenuItem icon="pen" onClick={() => { close(); setOpen("edit"); }}>{t("edit")}</MenuItem>}
							{menu?.(close)}
							<MenuItem icon="history" onClick={() => { close(); setOpen("history"); }}>{t("history")}</MenuItem>
							{MERGEABLE.has(noun) && record.can?.change !== false && <MenuItem icon="merge" onClick={() => { close(); setOpen("merge"); }}>{t("merge")}</MenuItem>}
							{record.can?.delete !== false && <MenuItem icon="bin" danger onClick={() => { close(); void bin(); }}>{t("delete")}</MenuItem>}
						</>
					)}
				</Menu>
			</div>
			{open === "history" && <HistoryDialog noun={noun} id={id} close={() => setOpen(null)} />}
			{open === "edit" && <EditDialog noun={noun} record={record} close={() => setOpen(null)} />}
			{open === "merge" && <MergeDialog record={record} close={() => setOpen(null)} />}
		</header>
	);
}
function Follow({ record }: { record: Rec }) {
	const [on, setOn] = useState<boolean | null>(null);
	const following = on ?? !!record.following;
	const toggle = async () => {
		setOn(!following);
		try {
			await (following ? remove(`/${record.noun}/${record.id}/follow`) : put(`/${record.noun}/${record.id}/follow`));
			stale(record.noun);
		} catch (reason) {
			setOn(following);
			complain(reason);
		}
	};
	return (
		<button type="button" class="button" aria-pressed={following} onClick={toggle} title={t("follow_hint")}>
			<Icon name="bell" />{following ? t("following") : t("follow")}
		</button>
	);
}

export interface Change {
	id: number;
	at: number;
	who: { id: number; name: string } | null;
	via: string;
	device: string;
	action: string;
	changes: Record<string, [unknown, unknown]>;
	undoable: boolean;
}
export function HistoryDialog({ noun, id, close }: { noun: string; id: number; close: () => void }) {
	const { data, problem } = useAsk<{ items: Change[] }>(`/${noun}/${id}/history`, [noun]);
	const undo = async (audit: number) => {
		try {
			await post(`/${noun}/${id}/undo`, { audit });
			stale(noun);
			say(t("undone"));
		} catch (reason) {
			complain(reason);
		}
	};
	return (
		<Dialog title={t("history")} wide close={close}>
			{problem && <Fault problem={problem} />}
			{!data && !problem && <Skeletons />}
			<ol class="timeline">
				{data?.items.map((change) => (
					<li key={change.id}>
						<span class="glyph"><Icon name="history" size={14} /></span>
						<div class="what">
							<div class="head">
								<span class="strong">{change.who?.name ?? t("the_server")}</span>
								<span class="muted small">{term(change.action)} · {term(change.via)}{change.device ? ` · ${change.device}` : ""}</span>
								<span class="when">{dateTime(change.at)}</span>
							</div>
							<Diff noun={noun} changes={change.changes} />
							{change.undoable && <button type="button" class="button small" onClick={() => void undo(change.id)}><Icon name="undo" />{t("take_back")}</button>}
						</div>
					</li>
				))}
			</ol>
		</Dialog>
	);
}
function Diff({ noun, changes }: { noun: string; changes: Change["changes"] }) {
	const shown = (key: string, value: unknown) => {
		const field = fieldOf(noun, key);
		if (value === null || value === undefined || value === "") return <span class="faint">{t("empty")}</span>;
		if (typeof value === "object" && value && "name" in value) return String((value as { name: unknown }).name);
		if (field && ["user", "team", "ref", "principal"].includes(field.type)) return <Named field={field} id={String(value)} />;
		if (field?.type === "photo") return term(field.label);
		if (!field || ["json", "people"].includes(field.type)) return typeof value === "object" ? JSON.stringify(value) : String(value);
		return <Value record={{ [key]: value, names: {} } as unknown as Rec} field={field} />;
	};
	return (
		<dl class="diff">
			{Object.entries(changes).map(([key, [before, after]]) => (
				<div class="row wrap" key={key}>
					<dt class="faint">{term(fieldOf(noun, key)?.label ?? key)}</dt>
					<dd class="row wrap">{!isEmpty(before) && <><del>{shown(key, before)}</del><Icon name="right" size={12} /></>}<ins>{shown(key, after)}</ins></dd>
				</div>
			))}
		</dl>
	);
}
// Quick add of what belongs to a record.
export const addLabel = (noun: string) => t("new_thing", { thing: term(nounOf(noun).one) });
export const follow = (record: Rec, on: boolean) => call(on ? "PUT" : "DELETE", `/${record.noun}/${record.id}/follow`);
