// Where the pages begin: language, theme, session, then the frame.
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useCell } from "./cell";
import { setLocale } from "./format";
import { isLanguage, language, preferred, setLanguage, t } from "./i18n";
import { Fault, Skeletons, Toasts } from "./parts/basic";
import { Problem } from "./api";
import { startRouter } from "./router";
import { SignIn } from "./screens/signin";
import { Shell } from "./shell";
import { me, resume, setOfflineWords } from "./store";
import { applyTheme } from "./theme";

async function speak() {
	const now = me.value;
	const wanted = now?.preferences.language ?? now?.locale?.slice(0, 2) ?? preferred();
	setLocale((now?.preferences.locale as string) || (now?.preferences.language as string) || now?.locale || navigator.language);
	await setLanguage(isLanguage(wanted) ? wanted : preferred());
	setOfflineWords(t("offline"));
	applyTheme();
}
function App() {
	const [state, setState] = useState<"starting" | "ready" | Problem>("starting");
	const who = useCell(me);
	useCell(language);
	const start = () => {
		setState("starting");
		resume().then(speak).then(() => setState("ready"), (reason) => setState(reason instanceof Problem ? reason : new Problem(0, { title: String(reason) })));
	};
	useEffect(start, []);
	const spoken = `${who?.id} ${who?.preferences.language} ${who?.preferences.locale}`;
	useEffect(() => void (state === "ready" && speak()), [spoken]);
	return (
		<>
			{state === "starting" ? <div class="entry"><Skeletons lines={3} /></div>
				: state instanceof Problem ? <div class="entry"><Fault problem={state} again={start} /></div>
					: who ? <Shell key={who.id} /> : <SignIn />}
			<Toasts />
		</>
	);
}
const root = document.getElementById("app")!;
applyTheme();
startRouter();
void setLanguage(preferred()).then(() => {
	root.replaceChildren();
	render(<App />, root);
});
