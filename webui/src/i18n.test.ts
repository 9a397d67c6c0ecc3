import assert from "node:assert/strict";
import { test } from "node:test";
import { setLanguage, t, term, tn } from "./i18n";
import { de, terms as deTerms } from "./lang/de";
import { en } from "./lang/en";
import { vi, terms as viTerms } from "./lang/vi";

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
