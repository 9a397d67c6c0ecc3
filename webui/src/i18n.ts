// The words of the pages, a file per language; keys are checked by the compiler.
import { Cell } from "./cell";
import { en, type Words } from "./lang/en";
import type { Terms } from "./lang/terms";

export type Key = keyof Words;
export const languages = { en: "English", de: "Deutsch", vi: "Tiếng Việt" } as const;
export type Language = keyof typeof languages;

let words: Words = en;
let terms: Partial<Terms> = {};
let plural = new Intl.PluralRules("en");
export const language = new Cell<Language>("en");

export const isLanguage = (name: unknown): name is Language => typeof name === "string" && name in languages;
export function preferred(): Language {
	for (const name of navigator.languages) if (isLanguage(name.slice(0, 2))) return name.slice(0, 2) as Language;
	return "en";
}
export async function setLanguage(name: Language) {
	if (name === "de") ({ de: words, terms } = await import("./lang/de"));
	else if (name === "vi") ({ vi: words, terms } = await import("./lang/vi"));
	else {
		words = en;
		terms = {};
	}
	plural = new Intl.PluralRules(name);
	if (typeof document !== "undefined") document.documentElement.lang = name;
	language.set(name);
}

const fill = (text: string, values: Record<string, string | number>) =>
	text.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
export const t = (key: Key, values?: Record<string, string | number>) =>
	values ? fill(words[key], values) : words[key];

type Counted = { [K in Key]: K extends `${infer Base}_other` ? Base : never }[Key];
// "1 lead", "5 leads": the key's _one or _other, {n} written as the caller wrote it.
export function tn(key: Counted, n: number, shown: string = String(n)) {
	const form = plural.select(n) === "one" ? "one" : "other";
	return fill(words[`${key}_${form}` as Key], { n: shown });
}
// A word of the server's (a field's label, a choice): translated where we know it, else as it is.
export function term(word: string) {
	const found = (terms as Record<string, string | undefined>)[word];
	if (found) return found;
	const plain = word.replace(/^event /, "").replace(/_/g, " ");
	return plain.charAt(0).toUpperCase() + plain.slice(1);
}
