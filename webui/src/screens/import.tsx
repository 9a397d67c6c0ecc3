// Import of CSV and vCards: choose, map, look, try, run; undo as one.
import { useState } from "preact/hooks";
import { Problem, get, patch, post, remove } from "../api";
import { fileSize, money, number } from "../format";
import { inLine, refusal, t, term, tn } from "../i18n";
import { Fault, Field, PageHead, Panel, styled } from "../parts/basic";
import { Icon } from "../parts/icon";
import { href } from "../router";
import { me, noun as nounOf, say, stale, words } from "../store";

interface Trouble { row?: number; line?: number; detail: string }
interface Preview { row: number; values: Record<string, unknown>; problem?: string | null; twin?: unknown }
interface Job {
	id: number;
	state: string;
	progress: number;
	created: number;
	updated: number;
	skipped: number;
	columns: string[];
	mapping: Record<string, string>;
	existing: string;
	problems: Trouble[];
	preview?: Preview[];
}
const NOUNS = ["leads", "contacts", "accounts", "deals", "cases"];
const SKIPPED = new Set(["photo", "json", "people"]);

const EXISTING = ["update", "skip", "create"] as const;

export function ImportScreen() {
	const [noun, setNoun] = useState("leads");
	const [file, setFile] = useState("");
	const [job, setJob] = useState<Job | null>(null);
	const [tried, setTried] = useState<Job | null>(null);
	const [ran, setRan] = useState<Job | null>(null);
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
	const [round, setRound] = useState(0);
	const again = () => { setRound(round + 1); setJob(null); setTried(null); setRan(null); setFile(""); };
	const choose = (chosen: File | undefined) => chosen && doing(async () => {
		const text = await chosen.text();
		const format = /\.vcf$/i.test(chosen.name) || text.startsWith("BEGIN:VCARD") ? "vcard" : "csv";
		setFile(`${chosen.name}, ${fileSize(chosen.size)}`);
		setJob(await post<Job>("/imports", { noun, format, text, name: chosen.name }));
		setTried(null);
		setRan(null);
	});
	const change = (set: Partial<Pick<Job, "mapping" | "existing">>) => doing(async () => {
		setTried(null);
		setJob(await patch<Job>(`/imports/${job!.id}`, set));
	});
	const run = (dry: boolean) => doing(async () => {
		if (dry) return setTried(await post<Job>(`/imports/${job!.id}/run`, { dry_run: true }));
		// The answer comes when all is done; how far it is, is asked meanwhile.
		const watch = setInterval(() => void get<Job>(`/imports/${job!.id}`).then((now) => setRan((was) => (was?.state === "done" ? was : now)), () => {}), 700);
		try {
			setRan(await post<Job>(`/imports/${job!.id}/run`, { dry_run: false }));
		} finally {
			clearInterval(watch);
		}
		stale(noun);
	});
	const takeBack = () => doing(async () => { await remove(`/imports/${job!.id}`); again(); stale(noun); say(t("import_undone")); });
	const prepared = job;
	return (
		<>
			<PageHead title={t("import_")} />
			<p class="muted greeting">{t("import_text")}</p>
			<div class="settings wide">
				<Panel title={t("import_file")}>
					<div class="panel-body form">
						<Field label={t("import_what")}>
							{(id) => <select id={id} class="input" value={noun} disabled={!!prepared} onChange={(e) => setNoun(e.currentTarget.value)}>{NOUNS.map((n) => <option key={n} value={n}>{term(nounOf(n).many)}</option>)}</select>}
						</Field>
						<Field label={t("import_choose")} hint={file || t("import_hint")}>
							{(id, described) => <input id={id} aria-describedby={described} key={round} class="input" type="file" accept=".csv,.vcf,text/csv,text/vcard" onChange={(e) => void choose(e.currentTarget.files?.[0])} />}
						</Field>
						{prepared && !ran && <p class="wide"><button type="button" class="button small" onClick={again}>{t("start_again")}</button></p>}
					</div>
				</Panel>
				{fault && <Fault problem={fault} />}
				{busy && <p class="row muted" role="status"><span class="spinner" />{t("working")}</p>}
				{prepared && !ran && <Mapping noun={noun} job={prepared} set={(mapping) => void change({ mapping })} />}
				{prepared && !ran && (
					<Panel title={t("import_run")}>
						<div class="panel-body stack">
							<Field label={t("import_existing")}>
								{(id) => <select id={id} class="input auto" value={prepared.existing} onChange={(e) => void change({ existing: e.currentTarget.value })}>{EXISTING.map((w) => <option key={w} value={w}>{t(`existing_${w}`)}</option>)}</select>}
							</Field>
							{tried ? <Result ran={tried} dry /> : <p class="muted">{t("import_try_text")}</p>}
							<span class="row wrap">
								<button type="button" class={`button ${tried ? "" : "primary"}`} disabled={busy} onClick={() => run(true)}>{t("import_try")}</button>
								<button type="button" class={`button ${tried ? "primary" : ""}`} disabled={busy || !tried} onClick={() => run(false)}><Icon name="upload" />{t("import_now")}</button>
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
								<button type="button" class="button quiet" onClick={again}>{t("import_more")}</button>
							</span>
						</div>
					</Panel>
				)}
			</div>
		</>
	);
}
function Mapping({ noun, job, set }: { noun: string; job: Job; set: (m: Record<string, string>) => void }) {
	const fields = nounOf(noun).fields.filter((f) => f.class !== "system" && !SKIPPED.has(f.type));
	const columns = job.columns;
	const typeOf = (key: string) => fields.find((f) => f.key === key)?.type;
	const seen = (key: string | undefined) => (key ? inLine((job.preview ?? []).slice(0, 3).map((p) => cell(p.values[key], typeOf(key)))) : "");
	return (
		<Panel title={t("import_mapping")} count={tn("columns_n", columns.length, number(columns.length))}>
			<div class="table-box flush" tabIndex={0} role="region" aria-label={t("import_mapping")}>
				<table class="list map-table">
					<thead><tr><th scope="col">{t("import_column")}</th><th scope="col">{t("import_becomes")}</th><th scope="col">{t("import_preview")}</th></tr></thead>
					<tbody>
						{columns.map((column) => (
							<tr key={column}>
								<td class="strong">{column}</td>
								<td>
									<select class="input auto" aria-label={t("import_becomes_of", { column })} value={job.mapping[column] ?? ""} onChange={(e) => set({ ...job.mapping, [column]: e.currentTarget.value })}>
										<option value="">{t("import_ignore")}</option>
										{fields.map((f) => <option key={f.key} value={f.key}>{term(f.label)}</option>)}
									</select>
								</td>
								<td class="cut muted">{seen(job.mapping[column])}</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
			<Problems problems={job.problems} />
		</Panel>
	);
}
const cell = (value: unknown, type?: string): string =>
	type === "money" && typeof value === "number" ? money(value, me.value?.company.currency) : Array.isArray(value) ? value.map((one) => cell(one)).join(", ") : value && typeof value === "object" ? String((value as { value?: unknown }).value ?? Object.values(value).join(" ")) : value === undefined || value === null ? "" : String(value);
function Result({ ran, dry }: { ran: Job; dry?: boolean }) {
	const progress = ran.state === "done" ? 100 : ran.progress;
	return (
		<>
			{!dry && progress < 100 && <div class="progress" role="progressbar" aria-valuenow={progress} aria-valuemin={0} aria-valuemax={100} aria-label={t("import_run")}><div ref={styled({ width: `${progress}%` })} /></div>}
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
			{problems.slice(0, 50).map((p, i) => <li key={i} class="item"><span class="warn"><Icon name="warning" size={14} /></span><span class="grow">{t("row_n", { n: String(p.row ?? p.line ?? "?") })}: {refusal({ ...p })}</span></li>)}
			{problems.length > 50 && <li class="item faint">{t("more_n", { n: number(problems.length - 50) })}</li>}
		</ul>
	);
}
