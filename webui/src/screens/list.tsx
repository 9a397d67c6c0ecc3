// The page of a noun's records. What it shows stands in its address: /leads?view=mine&f=score:ge:50&sort=-score
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Page, address, query } from "../api";
import { useCell } from "../cell";
import { number } from "../format";
import { t, term } from "../i18n";
import { Empty, Fault, PageHead, Segments } from "../parts/basic";
import { BulkBar } from "../parts/bulk";
import { FilterBar, parse, write } from "../parts/filters";
import { EditDialog } from "../parts/form";
import { Icon, type IconName, nounIcon } from "../parts/icon";
import { SkeletonTable, Table } from "../parts/table";
import { ColumnMenu, type View, ViewMenu, columnsOf, useViews } from "../parts/views";
import { go, href, place } from "../router";
import { me, noun as nounOf, usePage } from "../store";

export interface ListProps {
	noun: string;
	views: View[];
	start?: string;
	empty: { title: string; text: string; icon?: IconName };
	actions?: ComponentChildren;
	creates?: boolean;
	preset?: Record<string, unknown>;
	presetNames?: Record<string, string>;
	watch?: string[];
	above?: ComponentChildren;
}
const STEP = 50;

// The address as the list's state, and back.
export function useListState(noun: string, views: View[], start: string) {
	const now = useCell(place);
	const view = views.find((v) => v.key === (now.query.get("view") ?? start)) ?? views[0]!;
	const given = now.query.getAll("f");
	const filters = given.length ? given.filter(Boolean) : view.filters;
	const sort = now.query.get("sort") ?? view.sort;
	const q = now.query.get("q") ?? "";
	const put = (next: { view?: string; filters?: string[]; sort?: string; q?: string }, replace = true) => {
		const words = new URLSearchParams();
		const key = next.view ?? now.query.get("view");
		if (key && key !== start) words.set("view", key);
		if (!next.view) {
			const list = next.filters ?? (given.length ? filters : null);
			if (list) for (const filter of list.length ? list : [""]) words.append("f", filter);
			const order = next.sort ?? now.query.get("sort");
			if (order) words.set("sort", order);
		}
		const text = next.q ?? q;
		if (text) words.set("q", text);
		go(`/${noun}${words.size ? `?${words}` : ""}`, replace);
	};
	return { view, filters, sort, q, put };
}

export function ListScreen(props: ListProps) {
	const { noun, empty, start = "", actions, creates = true, watch = [] } = props;
	useCell(me);
	const views = useViews(noun, props.views);
	const state = useListState(noun, views, start || views[0]!.key);
	const [limit, setLimit] = useState(STEP);
	const [chosen, setChosen] = useState<Set<number>>(new Set());
	const [adding, setAdding] = useState(place.value.query.has("new"));
	const spec = nounOf(noun);
	const columns = columnsOf(noun, state.view);
	const ask = { f: state.filters, ...(state.sort ? { sort: state.sort } : {}), ...(state.q ? { q: state.q } : {}) };
	const asked = JSON.stringify(ask);
	useEffect(() => { setLimit(STEP); setChosen(new Set()); }, [asked]);
	const { data: page, busy, problem, again } = usePage(`/${noun}${query({ ...ask, limit, count: true })}`, [noun, ...watch]);
	// While more is fetched, what is there stays.
	const kept = useRef<{ asked: string; page: Page } | null>(null);
	if (page) kept.current = { asked, page };
	const data = page ?? (kept.current?.asked === asked ? kept.current.page : undefined);
	const [printing, setPrinting] = useState(false);
	useEffect(() => {
		if (!printing || busy || !page) return;
		setPrinting(false);
		requestAnimationFrame(() => print());
	}, [printing, busy, page]);
	const printAll = () => {
		setLimit(500);
		setPrinting(true);
	};
	const records = data?.items ?? [];
	const picked = records.filter((r) => chosen.has(r.id));
	const total = data?.total;
	const find = (
		<>
			<Find q={state.q} change={(q) => state.put({ q })} label={t("find_in", { things: term(spec.many) })} />
			<FilterBar noun={noun} filters={state.filters.map(parse)} change={(filters) => state.put({ filters: filters.map(write) })} />
		</>
	);
	const csv = address(`/${noun}.csv${query({ ...ask, fields: columns.map((c) => c.key) })}`);
	return (
		<>
			<PageHead title={term(spec.many)} {...(total === undefined ? {} : { count: total < 0 ? `${number(-total)}+` : number(total) })}>
				{actions}
				{creates && <button type="button" class="button primary" onClick={() => setAdding(true)}><Icon name="plus" />{t("new_thing", { thing: term(spec.one) })}</button>}
			</PageHead>
			{props.above}
			<div class="toolbar">
				{views.length < 2 ? find : (
					<Segments label={t("view_menu")} now={state.view.key} choose={(view) => state.put({ view }, false)} options={views.map((v) => ({ key: v.key, text: v.name, ...(v.pinned ? { icon: "pin" as const } : {}) }))} />
				)}
				<span class="row tools">
					<ColumnMenu noun={noun} columns={columns} />
					<ViewMenu noun={noun} view={state.view} filters={state.filters} sort={state.sort} columns={columns.map((c) => c.key)} />
					<a class="button quiet icon" href={csv} download={`${noun}.csv`} aria-label={t("csv")} title={t("csv")}><Icon name="download" /></a>
					<button type="button" class="button quiet icon wide-only" aria-label={t("print")} title={t("print")} onClick={printAll}><Icon name="print" /></button>
				</span>
			</div>
			{views.length > 1 && <div class="toolbar">{find}</div>}
			{problem && !data && <Fault problem={problem} again={again} />}
			{!data && !problem && <SkeletonTable />}
			{data && !records.length && <Nothing {...props} empty={empty} filtered={state.q !== "" || state.filters.join() !== state.view.filters.join()} add={() => setAdding(true)} clear={() => go(`/${noun}`)} />}
			{records.length > 0 && (
				<Table noun={noun} label={term(spec.many)} columns={columns} records={records} order={state.sort} sort={(sort) => state.put({ sort })} {...(records.some((r) => r.can?.change !== false) ? { chosen, choose: setChosen } : {})} />
			)}
			{records.length > 0 && (
				<div class="list-foot">
					<span class="num">{total !== undefined && total >= 0 ? t("shown_of", { n: number(records.length), total: number(total) }) : t("shown", { n: number(records.length) })}</span>
					{data?.cursor && (limit < 500 ? (
						<button type="button" class="button small" onClick={() => setLimit(Math.min(500, limit * 2))}>{t("more")}</button>
					) : <span>{t("too_many")}</span>)}
				</div>
			)}
			{picked.length > 0 && <BulkBar noun={noun} records={picked} clear={() => setChosen(new Set())} />}
			{adding && <EditDialog noun={noun} start={props.preset ?? {}} names={props.presetNames ?? {}} close={() => setAdding(false)} done={(r) => go(`/${noun}/${r.id}`)} />}
		</>
	);
}
function Nothing({ noun, empty, filtered, add, clear, creates = true }: ListProps & { filtered: boolean; add: () => void; clear: () => void }) {
	return (
		<div class="panel">
			{filtered ? (
				<Empty icon="search" title={t("nothing_matches")} text={t("nothing_matches_text")}>
					<button type="button" class="button" onClick={clear}>{t("show_all")}</button>
				</Empty>
			) : (
				<Empty icon={empty.icon ?? nounIcon[noun] ?? "info"} title={empty.title} text={empty.text}>
					{creates && <button type="button" class="button primary" onClick={add}><Icon name="plus" />{t("new_thing", { thing: term(nounOf(noun).one) })}</button>}
				</Empty>
			)}
		</div>
	);
}
export function Find({ q, change, label }: { q: string; change: (q: string) => void; label: string }) {
	const [text, setText] = useState(q);
	useEffect(() => setText(q), [q]);
	useEffect(() => {
		if (text === q) return undefined;
		const timer = setTimeout(() => change(text.trim()), 220);
		return () => clearTimeout(timer);
	}, [text]);
	return (
		<span class="find">
			<Icon name="search" size={14} />
			<input type="search" class="input" aria-label={label} placeholder={label} value={text} onInput={(e) => setText(e.currentTarget.value)} />
		</span>
	);
}
export const BackTo = ({ noun }: { noun: string }) => (
	<a class="crumb faint small" href={href(`/${noun}`)}>{term(nounOf(noun).many)}</a>
);
