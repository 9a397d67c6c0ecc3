// Script in any text that somebody stored stays text wherever it is shown.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { goTo, openAs, startBrowser } from "./browser.mjs";
import { startKontor } from "./kontor.mjs";

const EVIL = `"><img src=x onerror="window.hit=1"><script>window.hit=1</script>`;
const TEXTS = new Set(["line", "long"]);
let kontor, browser, fields;
before(async () => {
	[kontor, browser] = await Promise.all([startKontor(), startBrowser()]);
	fields = await kontor.as("dora")("GET", "/fields");
});
after(async () => { await browser?.close(); await kontor?.stop(); });

// Every text of the noun that somebody may set, full of script.
function evil(noun) {
	const values = {};
	for (const field of fields.nouns.find((n) => n.name === noun).fields) {
		if (field.class === "system" || ["currency", "message_id"].includes(field.key)) continue;
		if (TEXTS.has(field.type)) values[field.key] = EVIL;
		else if (field.type === "tags") values[field.key] = [EVIL];
		else if (["phones", "mails", "urls"].includes(field.type)) values[field.key] = [{ value: field.type === "urls" ? `javascript:window.hit=1//${EVIL}` : EVIL, type: "work" }];
		else if (field.type === "addresses") values[field.key] = [{ street: EVIL, city: EVIL, type: "work" }];
	}
	return values;
}
async function make(noun, more = {}) {
	const ask = kontor.as("dora");
	const values = { ...evil(noun), ...more };
	// What a field refuses (no such mail address) cannot be stored at all: it is left out.
	for (;;) {
		try {
			return await ask("POST", `/${noun}`, values);
		} catch (refused) {
			const { field } = JSON.parse(refused.message.replace(/^[^{]*/, ""));
			assert.ok(field in values, refused.message);
			delete values[field];
		}
	}
}
async function harmless(page, where) {
	await page.waitForTimeout(300);
	assert.equal(await page.evaluate(() => window.hit), undefined, where);
	assert.equal(await page.locator("img[src=x]").count(), 0, where);
	assert.equal(await page.locator('a[href^="javascript:"]').count(), 0, where);
	assert.ok(await page.getByText("onerror=", { exact: false }).count(), `${where} shows it as text`);
}
for (const noun of ["accounts", "contacts", "leads", "deals", "cases"])
	test(`in ${noun}`, async () => {
		const page = await openAs(browser, kontor, "dora");
		const me = await kontor.as("dora")("GET", "/me");
		const record = await make(noun, { owner: me.id });
		await kontor.as("dora")("POST", "/notes", { subject: EVIL, text: EVIL, parent: record.id });
		await kontor.as("dora")("POST", "/tasks", { subject: EVIL, description: EVIL, parent: record.id, owner: me.id, due: Math.floor(Date.now() / 1000) + 600 });
		for (const path of [`/${noun}/${record.id}`, `/${noun}?view=all${noun === "deals" ? "&as=list" : ""}`, "/"]) {
			await goTo(page, path);
			await harmless(page, path);
		}
		await page.keyboard.press("/");
		await page.getByRole("combobox", { name: "Search" }).fill("onerror");
		await page.waitForTimeout(600);
		assert.equal(await page.evaluate(() => window.hit), undefined);
	});
test("in what the company set up", async () => {
	const page = await openAs(browser, kontor, "dora");
	await make("campaigns");
	await make("pipelines");
	await make("goals", { who: (await kontor.as("dora")("GET", "/me")).id, metric: "won_count", from: "2026-01-01", to: "2027-01-01", target: 3 });
	for (const path of ["/campaigns", "/pipelines"]) {
		await goTo(page, path);
		await harmless(page, path);
	}
});
