// Tasks by when they are due.
import { useState } from "preact/hooks";
import { type Rec, address, post, query } from "../api";
import { useCell } from "../cell";
import { addDays, isoDay, number } from "../format";
import { t, term } from "../i18n";
import { Empty, Fault, PageHead, Panel, Segments, Skeletons } from "../parts/basic";
import { EditDialog } from "../parts/form";
import { Icon } from "../parts/icon";
import { place, setQuery } from "../router";
import { complain, is, me, stale, usePage } from "../store";
import { TaskLine, isDone, tomorrow } from "./steps";

const group = (task: Rec): "late" | "today" | "week" | "later" | "someday" | "done" => {
	if (isDone(task)) return "done";
	if (typeof task.due !== "number") return "someday";
	const day = isoDay(new Date(task.due * 1000));
	const now = new Date();
	if (day < isoDay(now)) return "late";
	if (day === isoDay(now)) return "today";
	return day <= isoDay(addDays(now, 7)) ? "week" : "later";
};
const GROUPS = [
	{ key: "late", text: "tasks_late" }, { key: "today", text: "when_today" }, { key: "week", text: "when_next_7" }, { key: "later", text: "tasks_later" },
	{ key: "someday", text: "tasks_someday" }, { key: "done", text: "done" },
] as const;
export function TasksScreen() {
	const words = useCell(place).query;
	const whose = words.get("who") ?? "me";
	const done = words.get("state") === "done";
	const [editing, setEditing] = useState<Rec | "new" | null>(words.has("new") ? "new" : null);
	const filters = [...(whose === "me" ? ["owner:eq:me"] : []), done ? "state:in:1|2" : "state:eq:0"];
	const { data, problem, again } = usePage(`/tasks${query({ f: filters, sort: done ? "-modified" : "due", limit: 300, count: true })}`, ["tasks"]);
	return (
		<>
			<PageHead title={term("Tasks")} {...(data ? { count: number(data.items.length) } : {})}>
				<a class="button quiet icon" href={address(`/tasks.csv${query({ f: filters, sort: done ? "-modified" : "due" })}`)} download="tasks.csv" aria-label={t("csv")} title={t("csv")}><Icon name="download" /></a>
				<button type="button" class="button quiet icon" aria-label={t("print")} title={t("print")} onClick={() => print()}><Icon name="print" /></button>
				<button type="button" class="button primary" onClick={() => setEditing("new")}><Icon name="plus" />{t("new_thing", { thing: term("Task") })}</button>
			</PageHead>
			<div class="toolbar">
				{(is.manager() || is.admin()) && <Segments label={t("whose")} now={whose} choose={(who) => setQuery({ who: who === "me" ? undefined : who })} options={[{ key: "me", text: t("view_mine") }, { key: "all", text: t("view_all") }]} />}
				<Segments label={term("Status")} now={done ? "done" : "open"} choose={(s) => setQuery({ state: s === "open" ? undefined : s })} options={[{ key: "open", text: t("view_open") }, { key: "done", text: t("done") }]} />
			</div>
			{!done && <QuickTask />}
			{problem && !data && <Fault problem={problem} again={again} />}
			{!data && !problem && <Skeletons lines={8} />}
			{data && !data.items.length && <div class="panel"><Empty icon="task" title={t("tasks_empty")} text={t("tasks_empty_text")} /></div>}
			<div class="stack">
				{GROUPS.map(({ key, text }) => {
					const tasks = data?.items.filter((task) => group(task) === key) ?? [];
					return tasks.length > 0 && (
						<Panel key={key} title={t(text)} count={number(tasks.length)}>
							<ul class="items">{tasks.map((task) => <TaskLine key={task.id} task={task} edit={() => setEditing(task)} />)}</ul>
						</Panel>
					);
				})}
			</div>
			{editing && <EditDialog noun="tasks" record={editing === "new" ? undefined : editing} start={{ owner: me.value?.id, due: tomorrow(), priority: "Normal" }} names={{ owner: me.value?.display_name ?? "" }} close={() => setEditing(null)} />}
		</>
	);
}
function QuickTask() {
	const [subject, setSubject] = useState("");
	const save = async (event: Event) => {
		event.preventDefault();
		if (!subject.trim()) return;
		try {
			await post("/tasks", { subject: subject.trim(), due: tomorrow(), owner: me.value?.id });
			setSubject("");
			stale("tasks");
		} catch (reason) {
			complain(reason);
		}
	};
	return (
		<form class="toolbar" onSubmit={save}>
			<input class="input grow" aria-label={t("quick_task")} placeholder={t("quick_task")} value={subject} onInput={(e) => setSubject(e.currentTarget.value)} />
			<button class="button" disabled={!subject.trim()}>{t("add")}</button>
		</form>
	);
}
