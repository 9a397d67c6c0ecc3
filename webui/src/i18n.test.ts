import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync } from "node:fs";
import { definition, inLine, refusal, setLanguage, t, term, tn } from "./i18n";
import { de, terms as deTerms } from "./lang/de";
import * as deServer from "./lang/de-server";
import { en } from "./lang/en";
import { vi, terms as viTerms } from "./lang/vi";
import * as viServer from "./lang/vi-server";

const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

test("every sentence has the same holes in every language", () => {
	for (const [key, text] of Object.entries(en))
		for (const other of [de, vi]) assert.deepEqual(holes(other[key as keyof typeof en]), holes(text), key);
});
test("no sentence and no term is empty", () => {
	for (const words of [en, de, vi, deTerms, viTerms])
		for (const [key, text] of Object.entries(words)) assert.ok(text.trim(), key);
});
test("one and many", async () => {
	await setLanguage("de");
	assert.equal(tn("bulk_changed", 1), "1 Eintrag geändert");
	assert.equal(tn("bulk_changed", 1200, "1.200"), "1.200 Einträge geändert");
	await setLanguage("vi");
	assert.equal(tn("bulk_changed", 1), "Đã đổi 1 bản ghi");
});
test("holes are filled, and what is put in is not filled again", async () => {
	await setLanguage("en");
	assert.equal(t("created_named", { name: "{name}" }), "{name} created");
});
test("words of the server: translated where known, else readable", async () => {
	await setLanguage("de");
	assert.equal(term("Owner"), "Zuständig");
	assert.equal(term("won_by_luck"), "Won by luck");
	await setLanguage("en");
	assert.equal(term("good"), "Good");
});

// The server's tables, as they are beside us in the tree.
const table = (name: string) => readFileSync(`../src/${name}`, "utf8");
const rows = (text: string, row: RegExp) => [...text.matchAll(row)].map((m) => m.slice(1) as string[]);
const LANGUAGES = { de: deServer, vi: viServer };
const same = (have: Record<string, string>, wanted: Set<string>, what: string) => {
	assert.deepEqual([...wanted].filter((key) => !have[key]?.trim()), [], `${what}: without words`);
	assert.deepEqual(Object.keys(have).filter((key) => !wanted.has(key)), [], `${what}: nobody says`);
};
test("every figure is defined in every language, and its label is a term of ours", () => {
	const figures = rows(table("crm/kpi.tbl.h").replace(/"\s*\n\s*"/g, ""), /^KPI\((\w+),[^"]*"([^"]*)",\s*"[^"]*"\)/gm);
	assert.ok(figures.length > 55, String(figures.length));
	for (const [name, server] of Object.entries(LANGUAGES)) same(server.figures, new Set(figures.map(([key]) => key!)), `figures, ${name}`);
	for (const [name, terms] of Object.entries({ de: deTerms, vi: viTerms }))
		assert.deepEqual(figures.filter(([, label]) => !(label! in terms) && !label!.startsWith("Waterfall")).map(([, label]) => label), [], name);
});
test("every reason is said in every language, with the parameters it has", () => {
	const reasons = rows(table("base/reason.tbl.h"), /^REASON\("([^"]+)", +"(?:\\.|[^"\\])*", "([^"]*)"\)/gm);
	assert.ok(reasons.length > 150, String(reasons.length));
	for (const [name, server] of Object.entries(LANGUAGES)) {
		same(server.reasons, new Set(reasons.map(([code]) => code!)), `reasons, ${name}`);
		for (const [code, words] of Object.entries(server.reasons)) {
			const offered = new Set(reasons.filter(([c]) => c === code).flatMap(([, params]) => params!.split(",")));
			for (const hole of holes(words)) assert.ok(offered.has(hole!), `${name}: ${code} has no {${hole}}`);
		}
	}
});
// What only DAV clients are told is read by machines.
const DAV_TOO = ["need-privileges", "number-of-matches", "quota-not-exceeded", "sufficient-disk-space", "lock-token-submitted", "valid-calendar-data", "valid-calendar-object",
	"cal-no-uid-conflict", "cal-max-resource-size", "min-date-time", "max-date-time", "max-instances", "max-attendees"];
test("every kind of refusal that pages can meet is said in every language", () => {
	const kinds = rows(table("base/err.tbl.h"), /^ERR\((\w+), +\d+, ERR_NS_(NONE|KONTOR)/gm).map(([id]) => id!.toLowerCase().replace(/_/g, "-"));
	assert.ok(kinds.length > 25, String(kinds.length));
	for (const [name, server] of Object.entries(LANGUAGES)) same(server.codes, new Set([...kinds, ...DAV_TOO]), `codes, ${name}`);
});
test("a refusal is said by its reason, else its kind, else in the words that came", async () => {
	await setLanguage("de");
	assert.equal(refusal({ reason: "at-most", params: { most: "500" }, code: "bad-request", detail: "at most 500 at once" }), "H\u00f6chstens 500 auf einmal");
	assert.equal(refusal({ reason: "changed-meanwhile", params: { field: "Owner" }, code: "precondition-failed" }), "Zust\u00e4ndig wurde inzwischen von jemand anderem ge\u00e4ndert");
	assert.equal(refusal({ reason: "at-most", code: "bad-request", detail: "at most 500 at once" }), "Die Anfrage ist fehlerhaft");
	assert.equal(refusal({ reason: "news", code: "news", detail: "Something new" }), "Something new");
	assert.equal(definition("forecast_closed", "Won in P"), "Im Zeitraum gewonnen");
	await setLanguage("en");
	assert.equal(refusal({ reason: "at-most", params: { most: "500" }, code: "bad-request", detail: "at most 500 at once" }), "At most 500 at once");
	assert.equal(definition("forecast_closed", "Won in P"), "Won in the period");
});
test("names from right to left do not pull along what stands beside them", async () => {
	await setLanguage("en");
	assert.equal(inLine(["#1450", "\u0634\u0631\u0643\u0629", "High"]), "#1450 \u00b7 \u2068\u0634\u0631\u0643\u0629\u2069 \u00b7 High");
	assert.equal(inLine(["Acme", undefined, "Web"]), "Acme \u00b7 Web");
	assert.equal(t("created_named", { name: "\u0644\u064a\u0644\u0649" }), "\u2068\u0644\u064a\u0644\u0649\u2069 created");
});
