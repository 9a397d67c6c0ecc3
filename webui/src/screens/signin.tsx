import { useState } from "preact/hooks";
import { Problem } from "../api";
import icon from "../css/icon.svg";
import { type Language, language, languages, setLanguage, t } from "../i18n";
import { Field, Title } from "../parts/basic";
import { signIn, words } from "../store";

export function SignIn() {
	const [name, setName] = useState("");
	const [password, setPassword] = useState("");
	const [fault, setFault] = useState("");
	const [busy, setBusy] = useState(false);
	const enter = async (event: Event) => {
		event.preventDefault();
		setBusy(true);
		setFault("");
		try {
			await signIn(name.trim(), password);
		} catch (reason) {
			setFault(reason instanceof Problem && reason.status === 401 ? t("wrong_password") : words(reason));
			setBusy(false);
		}
	};
	return (
		<main class="entry">
			<Title text={t("sign_in")} />
			<div class="entry-card">
				<div class="entry-brand">
					<img src={icon} alt="" width="44" height="44" />
					<h1>{t("sign_in_to")}</h1>
				</div>
				<form class="panel stack" onSubmit={enter}>
					{fault && <div class="form-error" role="alert">{fault}</div>}
					<Field label={t("user_name")}>
						{(id) => <input id={id} class="input" name="username" autocomplete="username" autocapitalize="none" spellcheck={false} required value={name} onInput={(e) => setName(e.currentTarget.value)} ref={(at) => { if (at && document.activeElement === document.body) at.focus(); }} />}
					</Field>
					<Field label={t("password")}>
						{(id) => <input id={id} class="input" type="password" name="password" autocomplete="current-password" required value={password} onInput={(e) => setPassword(e.currentTarget.value)} />}
					</Field>
					<button type="submit" class="button primary wide" disabled={busy}>{busy ? <span class="spinner" /> : t("sign_in")}</button>
				</form>
				<div class="row wrap end">
					<label class="row small muted grow">
						<span class="sr">{t("language")}</span>
						<select class="input small auto" value={language.value} onChange={(e) => void setLanguage(e.currentTarget.value as Language)}>
							{Object.entries(languages).map(([code, word]) => <option key={code} value={code}>{word}</option>)}
						</select>
					</label>
				</div>
			</div>
		</main>
	);
}
