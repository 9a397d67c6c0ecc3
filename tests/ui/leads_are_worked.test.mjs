import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, goTo, openAs, startBrowser } from "./browser.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser, ann, me;
before(async () => {
	[kontor, browser] = await Promise.all([startKontor(), startBrowser()]);
	ann = kontor.as("ann");
	me = await ann("GET", "/me");
	await kontor.as("admin")("POST", "/choices", { list: "dead_reason", name: "No budget" }).catch(() => {});
});
after(async () => { await browser?.close(); await kontor?.stop(); });
const lead = (family, more = {}) => ann("POST", "/leads", { given: "Test", family, owner: me.id, ...more });

test("a lead is added in a moment, and its page opens", async () => {
	const page = await openAs(browser, kontor, "ann");
	await goTo(page, "/leads");
	await page.getByRole("button", { name: "New Lead" }).first().click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Given name").fill("Linh");
	await dialog.getByLabel("Family name").fill("Nguyễn");
	await dialog.getByLabel("Estimated value").fill("1,250.50");
	await dialog.getByRole("button", { name: "Create" }).click();
	await page.getByRole("heading", { name: "Linh Nguyễn" }).waitFor();
	const id = Number(new URL(page.url()).pathname.split("/").at(-1));
	assert.equal((await ann("GET", `/leads/${id}`)).value, 125050);
});
test("what the server refuses is said at the field", async () => {
	const page = await openAs(browser, kontor, "ann");
	await goTo(page, "/leads");
	await page.getByRole("button", { name: "New Lead" }).first().click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Family name").fill("Wrong");
	await dialog.getByLabel("Estimated value").fill("a lot");
	await dialog.getByRole("button", { name: "Create" }).click();
	await dialog.locator(".fault").waitFor();
	assert.equal(await dialog.getByLabel("Estimated value").getAttribute("aria-invalid"), "true");
	assert.equal(await dialog.getByLabel("Family name").inputValue(), "Wrong");
});
test("a field is changed where it stands, and changed back by undo", async () => {
	const one = await lead("Change", { company: "Before" });
	const page = await openAs(browser, kontor, "ann");
	await goTo(page, `/leads/${one.id}`);
	await page.getByRole("button", { name: /^Edit Company/ }).click();
	await page.getByLabel("Company", { exact: true }).fill("After");
	await page.keyboard.press("Enter");
	await page.getByText("Company changed").waitFor();
	assert.equal((await ann("GET", `/leads/${one.id}`)).company, "After");
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByText("Taken back").waitFor();
	assert.equal((await ann("GET", `/leads/${one.id}`)).company, "Before");
});
test("a status is one click away", async () => {
	const one = await lead("Status");
	const page = await openAs(browser, kontor, "ann");
	await goTo(page, `/leads/${one.id}`);
	await page.getByRole("group", { name: "Status" }).getByRole("button", { name: "Working" }).click();
	await page.getByText("Status changed").waitFor();
	assert.equal((await ann("GET", `/leads/${one.id}`)).names.status, "Working");
});
test("several are given to somebody at once, and back", async () => {
	const two = [await lead("Many1"), await lead("Many2")];
	const page = await openAs(browser, kontor, "dora");
	await goTo(page, "/leads?view=all&q=Many");
	for (const one of two) await page.getByLabel(`Choose Test ${one.family}`).check();
	await page.getByRole("button", { name: "Assign", exact: true }).click();
	await page.getByRole("combobox", { name: "To a person" }).fill("Ben");
	await page.getByRole("option", { name: /Ben/ }).click();
	await page.getByText("2 records changed").waitFor();
	assert.equal((await kontor.as("dora")("GET", `/leads/${two[0].id}`)).names.owner, "Ben Böhm");
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByText("Taken back").waitFor();
	assert.equal((await kontor.as("dora")("GET", `/leads/${two[0].id}`)).names.owner, "Ann Ahlers");
});
test("deleted goes to the bin and comes back", async () => {
	const one = await lead("Binned");
	const page = await openAs(browser, kontor, "ann");
	await goTo(page, `/leads/${one.id}`);
	await page.getByRole("button", { name: "More actions" }).click();
	await page.getByRole("button", { name: "Delete" }).click();
	await page.getByText("Test Binned is in the bin").waitFor();
	await assert.rejects(ann("GET", `/leads/${one.id}`));
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByText("Taken back").waitFor();
	assert.equal((await ann("GET", `/leads/${one.id}`)).family, "Binned");
});
test("a filter stands in the address and survives a reload", async () => {
	await lead("Rich", { value: 9000000 });
	await lead("Poor", { value: 100 });
	const page = await openAs(browser, kontor, "ann");
	await goTo(page, "/leads?view=all&f=value:ge:5000000");
	await page.getByRole("link", { name: /Rich/ }).waitFor();
	assert.equal(await page.getByRole("link", { name: /Poor/ }).count(), 0);
	await page.reload();
	await page.getByRole("link", { name: /Rich/ }).waitFor();
	await page.getByRole("button", { name: "Remove filter Estimated value" }).click();
	await page.getByRole("link", { name: /Poor/ }).waitFor();
});
test("on a phone's screen each row is a card, and the way to its page the same", async () => {
	const one = await lead("Phone");
	const page = await openAs(browser, kontor, "ann", { viewport: NARROW });
	await goTo(page, "/leads?view=all&q=Phone");
	await page.getByRole("link", { name: /Test Phone/ }).click();
	await page.getByRole("heading", { name: "Test Phone" }).waitFor();
	assert.ok(page.url().endsWith(`/leads/${one.id}`));
});
test("columns are the reader's own", async () => {
	await lead("Columns");
	const page = await openAs(browser, kontor, "ann");
	await goTo(page, "/leads?view=all");
	await page.getByRole("button", { name: "Columns", exact: true }).click();
	await page.getByLabel("Job title", { exact: true }).check();
	await page.getByRole("columnheader", { name: "Job title" }).waitFor();
	await page.reload();
	await page.getByRole("columnheader", { name: "Job title" }).waitFor();
});
