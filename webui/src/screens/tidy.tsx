// Keeping things tidy: duplicates to merge, and what was deleted, to be had back.
import { useState } from "preact/hooks";
import { type Rec, get, post, titleOf } from "../api";
import { useCell } from "../cell";
import { number, percent, relative } from "../format";
import { inLine, t, term } from "../i18n";
import { Avatar, Empty, Fault, PageHead, Panel, Segments, Skeletons } from "../parts/basic";
import { csvLines, download } from "../parts/csv";
import { Icon, nounIcon } from "../parts/icon";
import { MergeDialog } from "../parts/merge";
import { type Phone, listed } from "../parts/value";
import { href, place, setQuery } from "../router";
import { complain, noun as nounOf, say, stale, useAsk } from "../store";

interface Pair { a: Rec; b: Rec; score: number; why: string[] }
interface Pairs { pairs: Pair[]; cursor?: string }
const nameOf = (pair: Pair) => `${pair.a.id}-${pair.b.id}`;
const more = (noun: string, cursor: string) => get<Pairs>(`/${noun}/duplicates?cursor=${encodeURIComponent(cursor)}`);
async function allPairs(noun: string): Promise<Pair[]> {
	let page = await get<Pairs>(`/${noun}/duplicates`);
	const found = [...page.pairs];
	while (page.cursor) {
		page = await more(noun, page.cursor);
		found.push(...page.pairs);
	}
	return found;
}
const contact = (record: Rec) => [...listed<Phone>(record.emails), ...listed<Phone>(record.phones)].map((one) => one.value).join(", ");
const csvOfPairs = (noun: string, pairs: Pair[]) => {
	const one = term(nounOf(noun).one);
	const columns = [one, term("Company"), t("phones_and_mails")];
	return csvLines([
		[...columns, ...columns.map((name) => `${name} 2`), t("likeness"), t("why_alike")],
		...pairs.map(({ a, b, score, why }) => [...[a, b].flatMap((r) => [titleOf(r), String(r.company ?? ""), contact(r)]), percent(score), why.map(term).join(", ")]),
	]);
};
function Side({ record }: { record: Rec }) {
	const reach = [listed<Phone>(record.emails)[0]?.value, listed<Phone>(record.phones)[0]?.value].filter(Boolean).map(String);
	return (
		<span class="row">
			<Avatar name={titleOf(record)} photo={record.photo} square={record.noun === "accounts"} />
			<span class="stack tight"><a class="strong cut" href={href(`/${record.noun}/${record.id}`)}>{titleOf(record)}</a>{!!record.company && <span class="small faint cut" title={String(record.company)}>{String(record.company)}</span>}<span class="small faint cut" title={inLine(reach)}>{inLine(reach)}</span></span>
		</span>
	);
}
export function DuplicatesScreen() {
	const noun = useCell(place).query.get("of") ?? "contacts";
	const { data, problem, again } = useAsk<Pairs>(`/${noun}/duplicates`, [noun]);
	const [later, setLater] = useState<{ first: unknown; pairs: Pair[]; cursor: string | undefined }>();
	const [merging, setMerging] = useState<Pair | null>(null);
	const [hidden, setHidden] = useState<Set<string>>(new Set());
	const rest = later && later.first === data ? later : undefined;
	const cursor = rest ? rest.cursor : data?.cursor;
	const pairs = [...(data?.pairs ?? []), ...(rest?.pairs ?? [])].filter((p) => !hidden.has(nameOf(p)));
	const fetchMore = async () => {
		const page = await more(noun, cursor!);
		setLater({ first: data, pairs: [...(rest?.pairs ?? []), ...page.pairs], cursor: page.cursor });
	};
	const csv = async () => download(`duplicates-${noun}.csv`, csvOfPairs(noun, await allPairs(noun)));
	return (
		<>
			<PageHead title={t("duplicates")} {...(data ? { count: `${number(pairs.length)}${cursor ? "+" : ""}` } : {})}>
				{pairs.length > 0 && <button type="button" class="button quiet icon" aria-label={t("csv")} title={t("csv")} onClick={() => void csv().catch(complain)}><Icon name="download" /></button>}
			</PageHead>
			<div class="toolbar"><Segments label={term("Records")} now={noun} choose={(of) => setQuery({ of })} options={["contacts", "leads", "accounts"].map((n) => ({ key: n, text: term(nounOf(n).many) }))} /></div>
			{problem && !data && <Fault problem={problem} again={again} />}
			{!data && !problem && <Skeletons />}
			{data && !pairs.length && <div class="panel"><Empty icon="check" title={t("no_duplicates")} text={t("no_duplicates_text")} /></div>}
			{pairs.length > 0 && (
				<Panel>
					<ul class="items">
						{pairs.map((pair) => (
							<li key={nameOf(pair)} class="match">
								<Side record={pair.a} />
								<span class="stack tight small"><span class="strong num">{percent(pair.score)}</span><span class="faint">{pair.why.map(term).join(", ")}</span></span>
								<Side record={pair.b} />
								<span class="row wrap end">
									<button type="button" class="button small" onClick={() => setMerging(pair)}><Icon name="merge" />{t("merge")}</button>
									<button type="button" class="button quiet small" onClick={() => setHidden(new Set([...hidden, nameOf(pair)]))}>{t("not_same")}</button></span>
							</li>
						))}
					</ul>
				</Panel>
			)}
			{cursor && <p class="list-foot"><button type="button" class="button small" onClick={() => void fetchMore().catch(complain)}>{t("more")}</button></p>}
			{merging && <MergeDialog record={merging.a} other={merging.b} close={() => setMerging(null)} />}
		</>
	);
}
interface Gone { id?: number; record?: number; noun: string; title: string; deleted: number; who?: { name: string } | string | null; owner?: unknown }
export function BinScreen() {
	const { data, problem, again } = useAsk<{ items: Gone[] }>("/bin", ["*"]);
	const restore = async (one: Gone) => {
		try {
			await post(`/${one.noun}/${one.id ?? one.record}/restore`);
			stale(one.noun);
			again();
			say(t("restored_named", { name: one.title }), { label: t("look"), run: () => (location.href = href(`/${one.noun}/${one.id ?? one.record}`)) });
		} catch (reason) {
			complain(reason);
		}
	};
	return (
		<>
			<PageHead title={t("bin")} />
			<p class="muted greeting">{t("bin_text")}</p>
			{problem && !data && <Fault problem={problem} again={again} />}
			{!data && !problem && <Skeletons />}
			{data && !data.items.length && <div class="panel"><Empty icon="bin" title={t("bin_empty")} /></div>}
			{data && data.items.length > 0 && (
				<Panel>
					<ul class="items">
						{data.items.map((one) => (
							<li key={one.id ?? one.record} class="item">
								<span class="glyph"><Icon name={nounIcon[one.noun] ?? "bin"} size={14} /></span>
								<span class="grow stack tight"><span class="strong cut">{one.title || t("no_name")}</span><span class="second">{inLine([term(nounOf(one.noun).one), typeof one.who === "string" ? one.who : one.who?.name, relative(one.deleted)])}</span></span>
								<button type="button" class="button small" onClick={() => void restore(one)}><Icon name="undo" />{t("restore")}</button>
							</li>
						))}
					</ul>
				</Panel>
			)}
		</>
	);
}
