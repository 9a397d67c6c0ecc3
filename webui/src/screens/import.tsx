// Import of CSV and vCards: choose, map, look, try, run; undo as one.
import { useState } from "preact/hooks";
import { get, post, remove } from "../api";
import { fileSize, number } from "../format";
import { t, term, tn } from "../i18n";
import { Fault, Field, PageHead, Panel, styled } from "../parts/basic";
import { Icon } from "../parts/icon";
import { Problem } from "../api";
import { href } from "../router";
import { noun as nounOf, say, stale, words } from "../store";

interface Trouble { row?: number; line?: number; field?: string; detail: string }
interface Prepared { id: number; columns: string[]; mapping: Record<string, string | null>; preview: Record<string, unknown>[]; problems: Trouble[] }
interface Ran { created: number; updated: number; skipped: number; problems: Trouble[]; progress?: number; state?: string }
const NOUNS = ["leads", "contacts", "accounts", "deals", "cases"];
const SKIPPED = new Set(["photo", "json", "people"]);

export function ImportScreen() {
	const [noun, setNoun] = useState("leads");
	const [file, setFile] = useState<{ name: string; text: string; format: string } | null>(null);
	const [prepared, setPrepared] = useState<Prepared | null>(null);
	const [mapping, setMapping] = useState<Record<string, string | null>>({});
	const [tried, setTried] = useState<Ran | null>(null);
	const [ran, setRan] = useState<Ran | null>(null);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState<Problem | null>(null);
	const doing = async (work: () => Promise<void>) => {
		setBusy(true);
		setFault(null);
		try {
			await work();
		} catch (reason) {
			setFault(reason instanceof Problem ? reason : new Problem(0, { title: words(reason) }));
		}
		setBusy(false);
	};
	const prepare = (text: string, format: string, map?: Record<string, string | null>) =>
		doing(async () => {
			const got = await post<Prepared>("/imports", { noun, format, text, ...(map ? { mapping: map } : {}) });
			setPrepared(got);
			setMapping(got.mapping);
			setTried(null);
			setRan(null);
		});
	const choose = async (chosen: File | undefined) => {
		if (!chosen) return;
		const text = await chosen.text();
		const format = /\.vcf$/i.test(chosen.name) || text.startsWith("BEGIN:VCARD") ? "vcard" : "csv";
		setFile({ name: `${chosen.name}, ${fileSize(chosen.size)}`, text, format });
		await prepare(text, format);
	};
	const run = (dry: boolean) =>
		doing(async () => {
			let id = prepared!.id;
			if (file && JSON.stringify(mapping) !== JSON.stringify(prepared!.mapping)) {
				const again = await post<Prepared>("/imports", { noun, format: file.format, text: file.text, mapping });
				setPrepared({ ...again, mapping });
				id = again.id;
			}
			const done = await post<Ran>(`/imports/${id}/run`, { dry_run: dry });
			if (dry) setTried(done);
			else {
				setRan(done);
				await follow(id, setRan);
				stale(noun);
			}
		});
	const takeBack = () => doing(async () => { await remove(`/imports/${prepared!.id}`); setRan(null); setTried(null); setPrepared(null); setFile(null); stale(noun); say(t("import_undone")); });
	return (
		<>
			<PageHead title={t("import_")} />
			<div class="settings wide">
				<Panel title={t("import_file")}>
					<div class="panel-body form">
						<Field label={t("import_what")}>
							{(id) => <select id={id} class="input" value={noun} disabled={!!prepared} onChange={(e) => setNoun(e.currentTarget.value)}>{NOUNS.map((n) => <option key={n} value={n}>{term(nounOf(n).many)}</option>)}</select>}
						</Field>
						<Field label={t("import_choose")} hint={file?.name ?? t("import_hint")}>
							{(id, described) => <input id={id} aria-describedby={described} class="input" type="file" accept=".csv,.vcf,text/csv,text/vcard" onChange={(e) => void choose(e.currentTarget.files?.[0])} />}
						</Field>
						{prepared && !ran && <p class="wide"><button type="button" class="button small" onClick={() => { setPrepared(null); setFile(null); }}>{t("start_again")}</button></p>}
					</div>
				</Panel>
				{fault && <Fault problem={fault} />}
				{busy && <p class="row muted" role="status"><span class="spinner" />{t("working")}</p>}
				{prepared && !ran && <Mapping noun={noun} prepared={prepared} mapping={mapping} set={(m) => { setMapping(m); setTried(null); }} />}
				{prepared && !ran && (
					<Panel title={t("import_run")}>
						<div class="panel-body stack">
							{tried ? <Result ran={tried} dry /> : <p class="muted">{t("import_try_text")}</p>}
							<span class="row wrap">
								<button type="button" class={`button ${tried ? "" : "primary"}`} disabled={busy} onClick={() => run(true)}>{t("import_try")}</button>
								<button type="button" class={`button ${tried ? "primary" : ""}`} disabled={busy || !tried} onClick={() => run(false)}><Icon name="import" />{t("import_now")}</button>
							</span>
						</div>
					</Panel>
				)}
				{ran && (
					<Panel title={t("import_done")}>
						<div class="panel-body stack">
							<Result ran={ran} />
							<span class="row wrap">
								<a class="button primary" href={href(`/${noun}`)}>{t("to_list")}</a>
								<button type="button" class="button" disabled={busy} onClick={takeBack}><Icon name="undo" />{t("import_undo")}</button>
								<button type="button" class="button quiet" onClick={() => { setRan(null); setPrepared(null); setFile(null); }}>{t("import_more")}</button>
							</span>
						</div>
					</Panel>
				)}
			</div>
		</>
	);
}
// Long imports say how far they are.
async function follow(id: number, show: (ran: Ran) => void) {
	for (let i = 0; i < 600; i++) {
		const now = await get<Ran>(`/imports/${id}`);
		show(now);
		if (now.progress === undefined || now.progress >= 100 || now.state === "done" || now.state === "failed") return;
		await new Promise((then) => setTimeout(then, 700));
	}
}
function Mapping({ noun, prepared, mapping, set }: { noun: string; prepared: Prepared; mapping: Record<string, string | null>; set: (m: Record<string, string | null>) => void }) {
	const fields = nounOf(noun).fields.filter((f) => f.class !== "system" && !SKIPPED.has(f.type));
	return (
		<Panel title={t("import_mapping")} count={tn("columns_n", prepared.columns.length, number(prepared.columns.length))}>
			<div class="table-box flush" tabIndex={0} role="region" aria-label={t("import_mapping")}>
				<table class="list map-table">
					<thead><tr><th scope="col">{t("import_column")}</th><th scope="col">{t("import_becomes")}</th><th scope="col">{t("import_preview")}</th></tr></thead>
					<tbody>
						{prepared.columns.map((column, at) => (
							<tr key={column}>
								<td class="strong">{column}</td>
								<td>
									<select class="input auto" aria-label={t("import_becomes_of", { column })} value={mapping[column] ?? ""} onChange={(e) => set({ ...mapping, [column]: e.currentTarget.value || null })}>
										<option value="">{t("import_ignore")}</option>
										{fields.map((f) => <option key={f.key} value={f.key}>{term(f.label)}</option>)}
									</select>
								</td>
								<td class="cut muted">{prepared.preview.slice(0, 3).map((row) => cell((row.values ?? row) as Record<string, unknown>, column, mapping[column], at)).filter(Boolean).join(" · ")}</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
			<Problems problems={prepared.problems} />
		</Panel>
	);
}
const cell = (row: Record<string, unknown> | unknown[], column: string, key: string | null | undefined, at: number) => {
	const value = Array.isArray(row) ? row[at] : (row[column] ?? (key ? row[key] : undefined));
	return value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
};
function Result({ ran, dry }: { ran: Ran; dry?: boolean }) {
	return (
		<>
			{!dry && ran.progress !== undefined && ran.progress < 100 && <div class="progress" role="progressbar" aria-valuenow={ran.progress} aria-valuemin={0} aria-valuemax={100} aria-label={t("import_run")}><div ref={styled({ width: `${ran.progress}%` })} /></div>}
			<div class="row wrap" role="status">
				<span class="good strong">{t(dry ? "would_create" : "did_create", { n: number(ran.created) })}</span>
				<span>{t(dry ? "would_update" : "did_update", { n: number(ran.updated) })}</span>
				<span class="faint">{t("skipped", { n: number(ran.skipped) })}</span>
			</div>
			<Problems problems={ran.problems} />
		</>
	);
}
function Problems({ problems }: { problems: Trouble[] | undefined }) {
	if (!problems?.length) return null;
	return (
		<ul class="items">
			{problems.slice(0, 50).map((p, i) => <li key={i} class="item"><span class="warn"><Icon name="warning" size={14} /></span><span class="grow">{t("row_n", { n: String(p.row ?? p.line ?? "?") })}: {p.field && `${term(p.field)}: `}{p.detail}</span></li>)}
			{problems.length > 50 && <li class="item faint">{t("more_n", { n: number(problems.length - 50) })}</li>}
		</ul>
	);
}
