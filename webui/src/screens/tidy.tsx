// Keeping things tidy: duplicates to merge, and what was deleted, to be had back.
import { useState } from "preact/hooks";
import { type Rec, post, titleOf } from "../api";
import { useCell } from "../cell";
import { percent, relative } from "../format";
import { inLine, t, term } from "../i18n";
import { Avatar, Empty, Fault, PageHead, Panel, Segments, Skeletons } from "../parts/basic";
import { Icon, nounIcon } from "../parts/icon";
import { MergeDialog } from "../parts/merge";
import { type Phone, listed } from "../parts/value";
import { href, place, setQuery } from "../router";
import { complain, noun as nounOf, say, stale, useAsk } from "../store";

interface Pair { a?: Rec; b?: Rec; this?: Rec; that?: Rec; records?: Rec[]; score: number; why: string[] }
const sides = (pair: Pair): [Rec, Rec] | null => {
	const [a, b] = pair.records ?? [pair.a ?? pair.this, pair.b ?? pair.that];
	return a && b ? [a, b] : null;
};
function Side({ record }: { record: Rec }) {
	const second = [record.company, listed<Phone>(record.emails)[0]?.value, listed<Phone>(record.phones)[0]?.value].filter(Boolean).map(String);
	return (
		<span class="row">
			<Avatar name={titleOf(record)} photo={record.photo} square={record.noun === "accounts"} />
			<span class="stack tight"><a class="strong cut" href={href(`/${record.noun}/${record.id}`)}>{titleOf(record)}</a><span class="small faint cut">{inLine(second)}</span></span>
		</span>
	);
}
export function DuplicatesScreen() {
	const noun = useCell(place).query.get("of") ?? "contacts";
	const { data, problem, again } = useAsk<{ pairs: Pair[] }>(`/${noun}/duplicates`, [noun]);
	const [merging, setMerging] = useState<[Rec, Rec] | null>(null);
	const [hidden, setHidden] = useState<Set<string>>(new Set());
	const pairs = (data?.pairs ?? []).map((p) => ({ ...p, both: sides(p) })).filter((p) => p.both && !hidden.has(`${p.both[0].id}-${p.both[1].id}`));
	return (
		<>
			<PageHead title={t("duplicates")} />
			<div class="toolbar"><Segments label={term("Records")} now={noun} choose={(of) => setQuery({ of })} options={["contacts", "leads", "accounts"].map((n) => ({ key: n, text: term(nounOf(n).many) }))} /></div>
			{problem && !data && <Fault problem={problem} again={again} />}
			{!data && !problem && <Skeletons />}
			{data && !pairs.length && <div class="panel"><Empty icon="check" title={t("no_duplicates")} text={t("no_duplicates_text")} /></div>}
			{pairs.length > 0 && (
				<Panel>
					<ul class="items">
						{pairs.map(({ both, score, why }) => (
							<li key={`${both![0].id}-${both![1].id}`} class="match">
								<Side record={both![0]} />
								<span class="stack tight small"><span class="strong num">{percent(score)}</span><span class="faint">{why.map(term).join(", ")}</span></span>
								<span class="row"><span class="grow"><Side record={both![1]} /></span>
									<button type="button" class="button small" onClick={() => setMerging(both!)}><Icon name="merge" />{t("merge")}</button>
									<button type="button" class="button quiet icon small" aria-label={t("not_same")} title={t("not_same")} onClick={() => setHidden(new Set([...hidden, `${both![0].id}-${both![1].id}`]))}><Icon name="close" /></button></span>
							</li>
						))}
					</ul>
				</Panel>
			)}
			{merging && <MergeDialog record={merging[0]} other={merging[1]} close={() => setMerging(null)} />}
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
