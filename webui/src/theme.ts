// Light, dark or as the system has it. Kept in the browser too, so that the first paint is right.
import { me } from "./store";

export type Theme = "system" | "light" | "dark";
const KEY = "kontor.theme";

export function applyTheme() {
	const chosen = (me.value?.preferences.theme as Theme | undefined) ?? kept();
	if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
	else delete document.documentElement.dataset.theme;
	if (me.value) keep(chosen);
}
function kept(): Theme {
	try {
		return (localStorage.getItem(KEY) as Theme | null) ?? "system";
	} catch {
		return "system";
	}
}
function keep(theme: Theme) {
	try {
		localStorage.setItem(KEY, theme);
	} catch {
		// Storage is switched off: the next first paint follows the system.
	}
}
