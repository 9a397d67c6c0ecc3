// Users and teams.
import { useState } from "preact/hooks";
import { Problem, get, patch, post, remove } from "../api";
import { number } from "../format";
import { t, term } from "../i18n";
import { Avatar, Badge, Dialog, Empty, Fault, Field, PageHead, Skeletons } from "../parts/basic";
import { csvLines, download } from "../parts/csv";
import { Icon } from "../parts/icon";
import { complain, is, say, stale, useAsk, words } from "../store";
import { Find } from "./list";

export interface Principal {
	id: number;
	name: string;
	kind?: string;
	display_name?: string;
	emails?: string[];
	roles?: string[];
	member_of?: (number | { id: number; name: string })[];
	manager_of?: (number | { id: number; name: string })[];
	members?: (number | { id: number; name: string })[];
	managers?: (number | { id: number; name: string })[];
	etag?: string;
}
type List = { items: Principal[] };
const ROLES = ["sales", "support", "admin"];
const idOf = (one: number | { id: number }) => (typeof one === "number" ? one : one.id);
export const nameOf = (p: Principal) => p.display_name || p.name;
const useTeamList = () => useAsk<List>("/teams", ["teams"]).data?.items ?? [];

export function UsersScreen() {
	const { data, problem, again } = useAsk<List>("/users", ["users"]);
	const teams = useTeamList();
	const [q, setQ] = useState("");
	const [editing, setEditing] = useState<Principal | "new" | null>(null);
	const shown = (data?.items ?? []).filter((p) => `${p.name} ${p.display_name ?? ""} ${(p.emails ?? []).join(" ")}`.toLowerCase().includes(q.toLowerCase()));
	const teamNames = (p: Principal) => (p.member_of ?? []).map((m) => (typeof m === "number" ? teams.find((x) => x.id === m) : m)).filter(Boolean).map((x) => nameOf(x as Principal)).join(", ");
	const csv = () => download("users.csv", csvLines([
		[term("Name"), t("user_name"), term("E-mail"), t("roles"), t("teams")],
		...shown.map((p) => [nameOf(p), p.name, (p.emails ?? []).join(", "), (p.roles ?? []).map(term).join(", "), teamNames(p)]),
	]));
	return (
		<>
			<PageHead title={t("users")} {...(data ? { count: number(data.items.length) } : {})}>
				{shown.length > 0 && <button type="button" class="button quiet icon" aria-label={t("csv")} title={t("csv")} onClick={csv}><Icon name="download" /></button>}
				{is.admin() && <button type="button" class="button primary" onClick={() => setEditing("new")}><Icon name="plus" />{t("new_user")}</button>}
			</PageHead>
			<div class="toolbar"><Find q={q} change={setQ} label={t("find_in", { things: t("users") })} /></div>
			{problem && !data && <Fault problem={problem} again={again} />}
			{!data && !problem && <Skeletons />}
			{data && !shown.length && <div class="panel"><Empty icon="user" title={t("nothing_found")} /></div>}
			{shown.length > 0 && (
				<div class="table-box cards">
					<table class="list">
						<caption class="sr">{t("users")}</caption>
						<thead><tr><th scope="col">{term("Name")}</th><th scope="col">{t("user_name")}</th><th scope="col">{term("E-mail")}</th><th scope="col">{t("roles")}</th><th scope="col">{t("teams")}</th>{is.admin() && <th scope="col"><span class="sr">{t("actions")}</span></th>}</tr></thead>
						<tbody>
							{shown.map((p) => (
								<tr key={p.id}>
									<td class="first"><span class="row strong"><Avatar name={nameOf(p)} />{nameOf(p)}</span></td>
									<td data-label={t("user_name")}>{p.name}</td>
									<td data-label={term("E-mail")} class={p.emails?.length ? "" : "empty"}>{p.emails?.[0] && <a class="link" href={`mailto:${p.emails[0]}`}>{p.emails[0]}</a>}</td>
									<td data-label={t("roles")} class={p.roles?.length ? "" : "empty"}><span class="row wrap">{(p.roles ?? []).map((r) => <Badge key={r} plain>{term(r)}</Badge>)}</span></td>
									<td data-label={t("teams")} class={teamNames(p) ? "" : "empty"}>{teamNames(p)}</td>
									{is.admin() && <td class="ends"><button type="button" class="button quiet icon small" aria-label={t("edit_named", { name: nameOf(p) })} onClick={() => setEditing(p)}><Icon name="pen" size={14} /></button></td>}
								</tr>
							))}
						</tbody>
					</table>
				</div>
			)}
			{editing && <PrincipalDialog where="users" one={editing === "new" ? null : editing} close={() => setEditing(null)} />}
		</>
	);
}
export function TeamsScreen() {
	const { data, problem, again } = useAsk<List>("/teams", ["teams"]);
	const users = useAsk<List>("/users", ["users"]).data?.items ?? [];
	const [editing, setEditing] = useState<Principal | "new" | null>(null);
	const people = (team: Principal, of: "member_of" | "manager_of") => {
		const given = of === "member_of" ? team.members : team.managers;
		return given ? given.map((m) => users.find((u) => u.id === idOf(m))).filter((u): u is Principal => !!u) : users.filter((u) => (u[of] ?? []).some((m) => idOf(m) === team.id));
	};
	return (
		<>
			<PageHead title={t("teams")}>{is.admin() && <button type="button" class="button primary" onClick={() => setEditing("new")}><Icon name="plus" />{t("new_team")}</button>}</PageHead>
			{problem && !data && <Fault problem={problem} again={again} />}
			{!data && !problem && <Skeletons />}
			<div class="two">
				{data?.items.map((team) => {
					const members = people(team, "member_of");
					const managers = people(team, "manager_of");
					return (
						<section class="panel" key={team.id} aria-label={nameOf(team)}>
							<div class="panel-head"><h2>{nameOf(team)}</h2><span class="count num">{number(team.name === "company" ? users.length : members.length)}</span>
								{is.admin() && <button type="button" class="button quiet icon small" aria-label={t("edit_named", { name: nameOf(team) })} onClick={() => setEditing(team)}><Icon name="pen" size={14} /></button>}</div>
							<div class="panel-body stack">
								{managers.length > 0 && <div class="row wrap"><span class="label">{t("led_by")}</span>{managers.map((p) => <span class="row" key={p.id}><Avatar name={nameOf(p)} />{nameOf(p)}</span>)}</div>}
								<div class="row wrap">{members.map((p) => <span class="row tag" key={p.id}>{nameOf(p)}</span>)}{!members.length && <span class="faint">{team.name === "company" ? t("everybody") : t("nobody")}</span>}</div>
							</div>
						</section>
					);
				})}
			</div>
			{editing && <PrincipalDialog where="teams" one={editing === "new" ? null : editing} close={() => setEditing(null)} />}
		</>
	);
}
function PrincipalDialog({ where, one, close }: { where: "users" | "teams"; one: Principal | null; close: () => void }) {
	const user = where === "users";
	const teams = useTeamList();
	const [name, setName] = useState(one?.name ?? "");
	const [display, setDisplay] = useState(one?.display_name ?? "");
	const [mails, setMails] = useState((one?.emails ?? []).join(", "));
	const [roles, setRoles] = useState<string[]>(one?.roles ?? (user ? ["sales"] : []));
	const [member, setMember] = useState<number[]>((one?.member_of ?? []).map(idOf));
	const [manager, setManager] = useState<number[]>((one?.manager_of ?? []).map(idOf));
	const [password, setPassword] = useState("");
	const [fault, setFault] = useState<{ field: string; text: string } | null>(null);
	const save = async (event: Event) => {
		event.preventDefault();
		const emails = mails.split(/[,\s]+/).filter(Boolean);
		const body: Record<string, unknown> = user ? { display_name: display, emails, roles, member_of: member, manager_of: manager } : { display_name: display, emails, member_of: member };
		if (!one) Object.assign(body, { name, kind: user ? "user" : "group" });
		if (user && password) body.password = password;
		try {
			await (one ? patch(`/${where}/${one.id}`, body, one.etag ?? (await get<Principal>(`/${where}/${one.id}`)).etag) : post(`/${where}`, body));
			stale("users", "teams");
			say(t("saved"));
			close();
		} catch (reason) {
			setFault({ field: reason instanceof Problem ? (reason.field ?? "") : "", text: words(reason) });
		}
	};
	const drop = () => remove(`/${where}/${one!.id}`).then(() => { stale("users", "teams"); say(t("removed_named", { name: nameOf(one!) })); close(); }, complain);
	const at = (field: string) => (fault?.field === field ? fault.text : undefined);
	const toggle = (list: number[], set: (ids: number[]) => void, id: number) => set(list.includes(id) ? list.filter((x) => x !== id) : [...list, id]);
	return (
		<Dialog title={one ? nameOf(one) : user ? t("new_user") : t("new_team")} close={close}
			foot={<>{one && <button type="button" class="button danger" onClick={() => void drop()}>{t("delete")}</button>}<span class="grow" /><button type="button" class="button" onClick={close}>{t("cancel")}</button><button form="principal-form" class="button primary">{t("save")}</button></>}>
			<form id="principal-form" class="form" onSubmit={save} noValidate>
				{fault && !fault.field && <div class="form-error" role="alert">{fault.text}</div>}
				<Field label={user ? t("user_name") : t("short_name")} hint={one ? undefined : t(user ? "user_name_hint" : "short_name_hint")} fault={at("name")}>{(id) => <input id={id} class="input" disabled={!!one} autocapitalize="none" value={name} onInput={(e) => setName(e.currentTarget.value)} />}</Field>
				<Field label={term("Name")} fault={at("display_name")}>{(id) => <input id={id} class="input" value={display} onInput={(e) => setDisplay(e.currentTarget.value)} />}</Field>
				<Field label={term("E-mail")} wide hint={t("separated_by_commas")} fault={at("emails")}>{(id) => <input id={id} class="input" value={mails} onInput={(e) => setMails(e.currentTarget.value)} />}</Field>
				{user && (
					<>
						<fieldset class="wide"><legend class="label">{t("roles")}</legend><div class="row wrap">{ROLES.map((r) => <label class="check" key={r}><input type="checkbox" checked={roles.includes(r)} onChange={() => setRoles(roles.includes(r) ? roles.filter((x) => x !== r) : [...roles, r])} />{term(r)}</label>)}</div></fieldset>
						<Field label={one ? t("new_password") : t("password")} wide hint={one ? t("new_password_hint") : undefined} fault={at("password")}>{(id) => <input id={id} class="input" type="password" autocomplete="new-password" value={password} onInput={(e) => setPassword(e.currentTarget.value)} />}</Field>
					</>
				)}
				<fieldset class="wide">
					<legend class="label">{user ? t("teams") : t("part_of")}</legend>
					{teams.filter((x) => x.id !== one?.id).map((team) => (
						<div class="row" key={team.id}>
							<label class="check grow"><input type="checkbox" checked={member.includes(team.id)} onChange={() => toggle(member, setMember, team.id)} />{nameOf(team)}</label>
							{user && <label class="check muted small"><input type="checkbox" checked={manager.includes(team.id)} onChange={() => toggle(manager, setManager, team.id)} />{t("leads_it")}<span class="sr"> {nameOf(team)}</span></label>}
						</div>
					))}
				</fieldset>
			</form>
		</Dialog>
	);
}
