// Pages for managers and admins: goals, pipelines, forms, rules, settings.
import { useState } from "preact/hooks";
import { type Rec, titleOf } from "../api";
import { t, term } from "../i18n";
import { Dialog, Empty, PageHead, Skeletons } from "../parts/basic";
import { EditDialog, addRowLabel } from "../parts/form";
import { Icon } from "../parts/icon";
import { Rows, removed } from "../parts/rows";
import { Segments } from "../parts/basic";
import { change, discard, is, say, usePage } from "../store";
import { said } from "../parts/props";
import { place, setQuery } from "../router";
import { useCell } from "../cell";
import "../parts/special";

const may = () => is.manager() || is.boss();
// What settles how the whole company works is its leaders'.
const Settled = () => (is.boss() ? null : <p class="row faint small greeting"><Icon name="info" size={14} />{t("leaders_only")}</p>);

export const GoalsScreen = () => (
	<>
		<PageHead title={t("goals")} />
		<p class="muted greeting">{t("goals_text")}</p>
		<Rows noun="goals" can={may()} />
	</>
);
export function PipelinesScreen() {
	const { data } = usePage("/pipelines?limit=100", ["pipelines"]);
	const [editing, setEditing] = useState<Rec | "new" | null>(null);
	return (
		<>
			<PageHead title={t("pipelines")}>{is.boss() && <button type="button" class="button primary" onClick={() => setEditing("new")}><Icon name="plus" />{addRowLabel("pipelines")}</button>}</PageHead>
			<p class="muted greeting">{t("pipelines_text")}</p>
			<Settled />
			{!data && <Skeletons />}
			<div class="stack">
				{data?.items.map((pipeline) => (
					<div key={pipeline.id} class="stack">
						<Rows noun="stages" parent={pipeline.id} title={titleOf(pipeline)} ordered can={is.boss()} start={{ type: "open", probability: 10 }} />
						{is.boss() && <p class="row"><button type="button" class="button small" onClick={() => setEditing(pipeline)}><Icon name="pen" />{t("edit_named", { name: titleOf(pipeline) })}</button>
							<button type="button" class="button small" onClick={() => void discard(pipeline, removed(titleOf(pipeline)))}><Icon name="bin" />{t("remove")}</button></p>}
					</div>
				))}
			</div>
			{editing && <EditDialog noun="pipelines" record={editing === "new" ? undefined : editing} close={() => setEditing(null)} />}
		</>
	);
}
export function FormsScreen() {
	const [code, setCode] = useState<Rec | null>(null);
	const Buttons = ({ row }: { row: Rec }) => (
		<>
			<button type="button" class="button small" onClick={() => setCode(row)}><Icon name="link" />{t("embed")}</button>
			<a class="button small" href={`/f/${encodeURIComponent(String(row.token ?? ""))}`} target="_blank" rel="noopener">{t("look")}</a>
		</>
	);
	return (
		<>
			<PageHead title={t("forms")} />
			<p class="muted greeting">{t("forms_text")}</p>
			<Rows noun="forms" can={may()} start={{ enabled: true, fields: ["name", "company", "emails", "phones", "note"] }} extra={(row) => <Buttons row={row} />} />
			{code && <Embed form={code} close={() => setCode(null)} />}
		</>
	);
}
function Embed({ form, close }: { form: Rec; close: () => void }) {
	const at = `${location.origin}/f/${encodeURIComponent(String(form.token ?? ""))}`;
	const frame = `<iframe src="${at}" title="${titleOf(form).replace(/["<>&]/g, "")}" width="100%" height="640" loading="lazy"></iframe>`;
	const copy = (text: string) => navigator.clipboard.writeText(text).then(() => say(t("copied")), () => say(t("not_copied"), undefined, true));
	return (
		<Dialog title={t("embed_named", { name: titleOf(form) })} wide close={close}>
			<div class="stack">
				<p class="muted">{t("embed_text")}</p>
				<span class="label">{t("embed_frame")}</span>
				<code class="code">{frame}</code>
				<p><button type="button" class="button small" onClick={() => void copy(frame)}>{t("copy")}</button></p>
				<span class="label">{t("embed_link")}</span>
				<code class="code">{at}</code>
				<p><button type="button" class="button small" onClick={() => void copy(at)}>{t("copy")}</button></p>
			</div>
		</Dialog>
	);
}
export const RulesScreen = () => (
	<>
		<PageHead title={t("rules")} />
		<p class="muted greeting">{t("rules_text")}</p>
		<Settled />
		<Rows noun="rules" columns={["name", "applies_to", "method", "team"]} ordered can={is.boss()} start={{ enabled: true, applies_to: "leads", method: "round robin" }} extra={(row) => <Switch row={row} />} />
	</>
);
const Switch = ({ row }: { row: Rec }) => (
	<label class="check"><input type="checkbox" checked={!!row.enabled} disabled={!is.boss()} onChange={() => void change(row, { enabled: !row.enabled }, said(titleOf(row)))} /><span class="sr">{titleOf(row)}: </span>{term("In use")}</label>
);

const LISTS = ["industry", "source", "product", "territory", "lost_reason", "dead_reason", "cause"];
const PARTS = [
	{ key: "choices", text: "choices" }, { key: "status", text: "lead_statuses" }, { key: "sla", text: "service_levels" }, { key: "rates", text: "rates" },
	{ key: "cover", text: "covers" }, { key: "views", text: "pinned_views" }, { key: "sight", text: "visibility" },
] as const;
type Part = (typeof PARTS)[number]["key"];
export function SettingsScreen() {
	const now = (useCell(place).query.get("part") ?? "choices") as Part;
	const list = useCell(place).query.get("list") ?? "industry";
	return (
		<>
			<PageHead title={t("settings")} />
			<div class="toolbar"><Segments label={t("settings")} now={now} choose={(part) => setQuery({ part, list: undefined })} options={PARTS.map((p) => ({ key: p.key, text: t(p.text) }))} /></div>
			<div class="settings wide">
				{now === "choices" && (
					<>
						<div class="toolbar"><Segments label={term("List")} now={list} choose={(key) => setQuery({ list: key })} options={LISTS.map((key) => ({ key, text: term(key) }))} /></div>
						<Rows key={list} noun="choices" title={term(list)} filters={[`list:eq:${list}`]} start={{ list }} only={["name"]} columns={["name"]} ordered />
					</>
				)}
				{now === "status" && <Rows noun="lead-statuses" text={t("lead_statuses_text")} ordered start={{ type: "working" }} />}
				{now === "sla" && <Rows noun="slas" text={t("slas_text")} start={{ clock: "business", priority: "Normal" }} />}
				{now === "rates" && <Rows noun="rates" text={t("rates_text")} />}
				{now === "cover" && <Rows noun="covers" text={t("covers_text")} />}
				{now === "views" && <Rows noun="layouts" text={t("layouts_text")} adds={false} />}
				{now === "sight" && <Rows noun="visibilities" text={t("visibility_text")} add={t("visibility_add")} />}
				{!PARTS.some((p) => p.key === now) && <Empty title={t("no_page")} />}
			</div>
		</>
	);
}
