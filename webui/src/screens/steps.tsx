// Next steps and tasks: those of a record, and everybody's own page.
import { useState } from "preact/hooks";
import { type Rec, query, titleOf } from "../api";
import { t } from "../i18n";
import { Panel, Skeletons } from "../parts/basic";
import { EditDialog } from "../parts/form";
import { Icon } from "../parts/icon";
import { said } from "../parts/props";
import { Due, RecordLink } from "../parts/value";
import { change, me, usePage } from "../store";

export const isDone = (task: Rec) => task.status === "Done" || task.status === "Cancelled";
export function TaskLine({ task, about = true, edit }: { task: Rec; about?: boolean; edit: () => void }) {
	const done = isDone(task);
	const noun = task.names?.parent_noun;
	return (
		<li class={`task ${done ? "done" : ""}`}>
			<input type="checkbox" aria-label={t("task_done", { name: titleOf(task) })} checked={done}
				onChange={() => void change(task, { status: done ? "Open" : "Done" }, said(done ? t("task_reopened") : t("task_closed")))} />
			<span class="grow stack tight">
				<button type="button" class="name linkish" onClick={edit}>{titleOf(task) || t("no_name")}</button>
				<span class="row wrap small faint">
					{typeof task.due === "number" && <Due at={task.due} done={done} />}
					{about && task.names?.parent && (noun ? <RecordLink noun={noun} id={task.parent as number}>{task.names.parent}</RecordLink> : <span>{task.names.parent}</span>)}
					{(task.priority === "Urgent" || task.priority === "High") && !done && <span class="warn row"><Icon name="flag" size={12} />{t("important")}</span>}
				</span>
			</span>
			{task.names?.owner && task.owner !== me.value?.id && <span class="faint small">{task.names.owner}</span>}
		</li>
	);
}
export function NextSteps({ record }: { record: Rec }) {
	const [editing, setEditing] = useState<Rec | "new" | null>(null);
	const { data } = usePage(`/tasks${query({ f: [`parent:eq:${record.id}`, "state:eq:0"], sort: "due", limit: 20 })}`, ["tasks"]);
	return (
		<Panel title={t("next_steps")} count={data?.items.length || undefined}
			action={<button type="button" class="button quiet icon small" aria-label={t("log_task")} onClick={() => setEditing("new")}><Icon name="plus" /></button>}>
			{!data && <Skeletons lines={2} />}
			{data && !data.items.length && <p class="empty-line"><span class="grow">{t("no_next_step")}</span><button type="button" class="button small" onClick={() => setEditing("new")}>{t("log_task")}</button></p>}
			<ul class="items">{data?.items.map((task) => <TaskLine key={task.id} task={task} about={false} edit={() => setEditing(task)} />)}</ul>
			{editing && <EditDialog noun="tasks" record={editing === "new" ? undefined : editing} start={{ parent: record.id, due: tomorrow() }} names={{ parent: titleOf(record) }} close={() => setEditing(null)} />}
		</Panel>
	);
}
export const tomorrow = () => {
	const day = new Date();
	day.setDate(day.getDate() + (day.getDay() === 5 ? 3 : day.getDay() === 6 ? 2 : 1));
	day.setHours(9, 0, 0, 0);
	return Math.floor(day.getTime() / 1000);
};
