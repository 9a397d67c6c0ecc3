// Every list can be had as CSV: records, tasks, rows of managers, and what stands behind a figure, all pages of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { goTo, inOrder, openAs, startBrowser } from "./browser.mjs";
import { fill } from "./company.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser, made, page;
before(async () => {
	[kontor, browser] = await Promise.all([startKontor(), startBrowser()]);
	made = await fill(kontor);
	page = await openAs(browser, kontor, "dora");
});
after(async () => { await browser?.close(); await kontor?.stop(); });
async function file(button) {
	const [got] = await Promise.all([page.waitForEvent("download"), button.click()]);
	return { name: got.suggestedFilename(), text: readFileSync(await got.path(), "utf8") };
}
const csv = (name = "Download as CSV") => page.locator("#main").getByLabel(name, { exact: true }).first();

test("leads, tasks and goals", async () => {
	await goTo(page, "/leads?view=all");
	assert.match((await file(csv())).text, /Weiß GmbH/);
	await goTo(page, "/tasks?who=all");
	const tasks = await file(csv());
	assert.equal(tasks.name, "tasks.csv");
	assert.match(tasks.text, /Call again/);
	await goTo(page, "/goals");
	assert.match((await file(csv("Download as CSV: Goals"))).text, /won_amount/);
});
test("what stands behind a figure, beyond the first page, and no formula", async () => {
	const ann = kontor.as("ann");
	await ann("POST", "/leads", { family: "=1+1", company: "Formula", owner: made.me.id });
	for (let n = 0; n < 70; n++) await ann("POST", "/leads", { family: `Many ${n}`, company: `Company ${n}`, owner: made.me.id });
	await goTo(page, `/records?of=${encodeURIComponent("/figures/leads_created/records")}&name=leads_created`);
	await inOrder(page, "/records");
	const rows = page.locator("tbody tr");
	const first = await rows.count();
	await page.getByRole("button", { name: "Show more" }).click();
	await page.waitForFunction((before) => document.querySelectorAll("tbody tr").length > before, first);
	const { name, text } = await file(csv());
	assert.equal(name, "leads_created.csv");
	const lines = text.trim().split("\r\n");
	assert.equal(lines.length, 1 + 72);
	assert.ok(text.includes(`"'=1+1"`) && text.includes("Many 69"), "no formula, and all of them");
});
test("users, as they are found", async () => {
	await goTo(page, "/users");
	const all = await file(csv());
	assert.equal(all.name, "users.csv");
	assert.match(all.text, /"Ann Ahlers","ann","","Sales","Sales"/);
	await page.getByLabel("Find in Users").fill("carla");
	await page.getByText("Ann Ahlers").waitFor({ state: "detached" });
	assert.equal((await file(csv())).text.trim().split("\r\n").length, 2);
});
test("duplicates, pairs beyond the first page", async () => {
	const ann = kontor.as("ann");
	for (let n = 0; n < 52; n++)
		for (const family of [`Twin ${n}`, `Twyn ${n}`]) await ann("POST", "/contacts", { family, phones: [{ value: `+49 40 6${String(n).padStart(6, "0")}`, type: "work" }] });
	await goTo(page, "/duplicates?of=contacts");
	await page.getByText("50+").waitFor();
	const got = await file(csv());
	assert.equal(got.name, "duplicates-contacts.csv");
	assert.equal(got.text.trim().split("\r\n").length, 1 + 52);
	await page.getByRole("button", { name: "Show more" }).click();
	await page.waitForFunction(() => document.querySelectorAll(".match").length === 52);
	await inOrder(page, "/duplicates");
});
