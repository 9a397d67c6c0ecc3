// The words of the pages, a file per language; keys are checked by the compiler.
import { Cell } from "./cell";
import { en, terms as enTerms, type Words } from "./lang/en";
import type { Terms } from "./lang/terms";

export type Key = keyof Words;
export const languages = { en: "English", de: "Deutsch", vi: "Tiếng Việt" } as const;
export type Language = keyof typeof languages;

let words: Words = en;
let terms: Partial<Terms> = enTerms;
// What the server says in English, by its keys; empty for English itself.
interface Server { figures: Record<string, string>; reasons: Record<string, string>; codes: Record<string, string> }
const NOTHING: Server = { figures: {}, reasons: {}, codes: {} };
let server = NOTHING;
let plural = new Intl.PluralRules("en");
export const language = new Cell<Language>("en");

export const isLanguage = (name: unknown): name is Language => typeof name === "string" && name in languages;
export function preferred(): Language {
	for (const name of navigator.languages) if (isLanguage(name.slice(0, 2))) return name.slice(0, 2) as Language;
	return "en";
}
export async function setLanguage(name: Language) {
	if (name === "de") [{ de: words, terms }, server] = await Promise.all([import("./lang/de"), import("./lang/de-server")]);
	else if (name === "vi") [{ vi: words, terms }, server] = await Promise.all([import("./lang/vi"), import("./lang/vi-server")]);
	else {
		words = en;
		terms = enTerms;
		server = NOTHING;
	}
	plural = new Intl.PluralRules(name);
	if (typeof document !== "undefined") document.documentElement.lang = name;
	language.set(name);
}

// What is written from right to left keeps to itself, whatever stands beside it (U+2068, U+2069).
export const apart = (text: string) => (/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text);
// "Acme · Berlin": what there is of it, on one line.
export const inLine = (parts: unknown[]) => parts.filter(Boolean).map((part) => apart(String(part))).join(" · ");
const fill = (text: string, values: Record<string, string | number>) =>
	text.replace(/\{(\w+)\}/g, (whole, key: string) => apart(String(values[key] ?? whole)));
export const t = (key: Key, values?: Record<string, string | number>) =>
	values ? fill(words[key], values) : words[key];

type Counted = { [K in Key]: K extends `${infer Base}_other` ? Base : never }[Key];
// "1 lead", "5 leads": the key's _one or _other, {n} written as the caller wrote it.
export function tn(key: Counted, n: number, shown: string = String(n)) {
	const form = plural.select(n) === "one" ? "one" : "other";
	return fill(words[`${key}_${form}` as Key], { n: shown });
}
// A refusal in the reader's language: why exactly, else of what kind, else in the words that came. Names of fields are terms.
export function refusal(body: Record<string, unknown>): string {
	const params = { ...(body.params as Record<string, string> | undefined) };
	if (params.field) params.field = term(params.field);
	const why = server.reasons[String(body.reason ?? "")];
	if (why && !fill(why, params).includes("{")) return fill(why, params);
	const said = String(body.detail || body.title || "");
	return server.codes[String(body.code ?? "")] ?? said.charAt(0).toUpperCase() + said.slice(1);
}
// What a figure counts; definitions call the period P.
export const definition = (name: string, known: string) => server.figures[name] ?? known.replace(/\bP\b/g, "the period");
// A word of the server's (a field's label, a choice): translated where we know it, else as it is.
export function term(word: string) {
	const found = (terms as Record<string, string | undefined>)[word];
	if (found) return found;
	const plain = word.replace(/^event /, "").replace(/_/g, " ");
	return plain.charAt(0).toUpperCase() + plain.slice(1);
}
