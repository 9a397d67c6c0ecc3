// One's own: language, formats, appearance, password.
import { useState } from "preact/hooks";
import { Problem, post } from "../api";
import { useCell } from "../cell";
import { dateTime, money } from "../format";
import { inLine, language, languages, t, term, type Language } from "../i18n";
import { Avatar, Field, PageHead, Panel, Segments } from "../parts/basic";
import { Icon } from "../parts/icon";
import { me, prefer, say, signOut, words } from "../store";
import { type Theme, applyTheme } from "../theme";

const LOCALES = ["en-GB", "en-US", "de-DE", "de-AT", "de-CH", "vi-VN", "fr-FR", "ja-JP", "ar-AE", "sv-SE"];
export function ProfileScreen() {
	const who = useCell(me)!;
	const now = useCell(language);
	const name = who.display_name || who.name;
	const locale = (who.preferences.locale as string | undefined) ?? "";
	const named = (code: string) => new Intl.DisplayNames(now, { type: "language" }).of(code) ?? code;
	const theme = (who.preferences.theme as Theme | undefined) ?? "system";
	return (
		<>
			<PageHead title={t("profile")} />
			<div class="settings">
				<Panel>
					<div class="panel-body row wrap">
						<Avatar name={name} big />
						<span class="grow stack tight"><span class="strong">{name}</span><span class="muted">{inLine([who.name, ...who.emails])}</span><span class="small muted">{inLine([who.roles.length && `${t("roles")}: ${who.roles.map(term).join(", ")}`, who.teams.length && `${t("teams")}: ${who.teams.map((g) => g.name).join(", ")}`])}</span></span>
						<button type="button" class="button" onClick={() => void signOut()}><Icon name="signout" />{t("sign_out")}</button>
					</div>
				</Panel>
				<Panel title={t("preferences")}>
					<div class="setting"><label class="grow" for="language"><span class="strong">{t("language")}</span></label>
						<select id="language" class="input" value={now} onChange={(e) => prefer("language", e.currentTarget.value as Language)}>{Object.entries(languages).map(([code, word]) => <option key={code} value={code}>{word}</option>)}</select></div>
					<div class="setting"><label class="grow stack tight" for="locale"><span class="strong">{t("formats")}</span><span class="small muted">{money(123456789, who.company.currency)} · {dateTime(Date.now() / 1000)}</span></label>
						<select id="locale" class="input" value={locale} onChange={(e) => prefer("locale", e.currentTarget.value || null)}><option value="">{t("as_language")}</option>{LOCALES.map((code) => <option key={code} value={code}>{named(code)}</option>)}</select></div>
					<div class="setting"><span class="grow strong">{t("theme")}</span>
						<Segments label={t("theme")} now={theme} choose={(key) => { prefer("theme", key === "system" ? null : key); applyTheme(); }}
							options={[{ key: "system", text: t("theme_system") }, { key: "light", text: t("theme_light") }, { key: "dark", text: t("theme_dark") }]} /></div>
				</Panel>
				<Password />
			</div>
		</>
	);
}
function Password() {
	const [old, setOld] = useState("");
	const [fresh, setFresh] = useState("");
	const [again, setAgain] = useState("");
	const [fault, setFault] = useState<{ field: string; text: string } | null>(null);
	const save = async (event: Event) => {
		event.preventDefault();
		setFault(null);
		if (fresh !== again) return setFault({ field: "again", text: t("password_differs") });
		try {
			await post("/me/password", { old, new: fresh });
			setOld("");
			setFresh("");
			setAgain("");
			say(t("password_changed"));
		} catch (reason) {
			setFault({ field: reason instanceof Problem ? (reason.field ?? "old") : "old", text: words(reason) });
		}
	};
	const at = (field: string) => (fault?.field === field ? fault.text : undefined);
	return (
		<Panel title={t("password")}>
			<form class="panel-body form" onSubmit={save}>
				<Field label={t("old_password")} wide fault={at("old")}>{(id) => <input id={id} class="input" type="password" autocomplete="current-password" required value={old} onInput={(e) => setOld(e.currentTarget.value)} />}</Field>
				<Field label={t("new_password")} fault={at("new")}>{(id) => <input id={id} class="input" type="password" autocomplete="new-password" required value={fresh} onInput={(e) => setFresh(e.currentTarget.value)} />}</Field>
				<Field label={t("new_password_again")} fault={at("again")}>{(id) => <input id={id} class="input" type="password" autocomplete="new-password" required value={again} onInput={(e) => setAgain(e.currentTarget.value)} />}</Field>
				<p class="wide"><button class="button primary">{t("change_password")}</button></p>
			</form>
		</Panel>
	);
}
