import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { goTo, openAs, startBrowser } from "./browser.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser, ann, me, stages;
before(async () => {
	[kontor, browser] = await Promise.all([startKontor(), startBrowser()]);
	ann = kontor.as("ann");
	me = await ann("GET", "/me");
	stages = (await ann("GET", "/stages")).items;
	await kontor.as("admin")("POST", "/choices", { list: "lost_reason", name: "Too dear" });
});
after(async () => { await browser?.close(); await kontor?.stop(); });
const deal = (name, stage = "Prospecting") =>
	ann("POST", "/deals", { name, amount: 1000000, currency: "EUR", owner: me.id, stage: stages.find((s) => s.name === stage).id });
const stageOf = async (id) => (await ann("GET", `/deals/${id}`)).names.stage;
const lane = (page, name) => page.getByRole("region", { name, exact: true });
const board = async () => {
	const page = await openAs(browser, kontor, "ann", { viewport: { width: 1700, height: 900 } });
	await goTo(page, "/deals?as=board");
	return page;
};

test("by mouse from lane to lane", async () => {
	const one = await deal("Dragged");
	const page = await board();
	const from = await page.locator(".deal-card", { hasText: "Dragged" }).boundingBox();
	const to = await lane(page, "Proposal").boundingBox();
	await page.mouse.move(from.x + 40, from.y + 60);
	await page.mouse.down();
	await page.mouse.move(from.x + 80, from.y + 80, { steps: 4 });
	await page.mouse.move(to.x + 90, to.y + 90, { steps: 8 });
	await page.mouse.up();
	await page.getByText("Dragged: Proposal").waitFor();
	assert.equal(await stageOf(one.id), "Proposal");
	assert.ok(page.url().includes("/deals?"), "a drag opens nothing");
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByText("Taken back").waitFor();
	assert.equal(await stageOf(one.id), "Prospecting");
});
test("by keys", async () => {
	const one = await deal("Keyed");
	const page = await board();
	await page.getByRole("link", { name: "Keyed" }).focus();
	await page.keyboard.press("Alt+ArrowRight");
	await page.getByText("Keyed: Qualification").waitFor();
	assert.equal(await stageOf(one.id), "Qualification");
	await lane(page, "Qualification").getByRole("link", { name: "Keyed" }).waitFor();
});
test("by the choice on the card", async () => {
	const one = await deal("Chosen");
	const page = await board();
	await page.getByLabel("Stage of Chosen").selectOption({ label: "Won" });
	await page.getByText("Chosen is won!").waitFor();
	assert.equal(await stageOf(one.id), "Won");
});
test("lost asks why, and is not without a reason", async () => {
	const one = await deal("Lostone");
	const page = await board();
	await page.getByLabel("Stage of Lostone").selectOption({ label: "Lost" });
	const dialog = page.getByRole("dialog");
	await dialog.getByRole("button", { name: "Mark as lost" }).click();
	await dialog.getByText("Please choose a reason").waitFor();
	assert.equal(await stageOf(one.id), "Prospecting");
	await dialog.getByLabel("Why it was lost").selectOption("Too dear");
	await dialog.getByRole("button", { name: "Mark as lost" }).click();
	await page.getByText("Lostone marked lost").waitFor();
	assert.equal((await ann("GET", `/deals/${one.id}`)).lost_reason, "Too dear");
});
test("what somebody else moved moves here, within two seconds", async () => {
	const one = await deal("Elsewhere");
	const page = await board();
	await lane(page, "Prospecting").getByRole("link", { name: "Elsewhere" }).waitFor();
	const now = await ann("GET", `/deals/${one.id}`);
	await ann("PATCH", `/deals/${one.id}`, { stage: stages.find((s) => s.name === "Negotiation").id }, { "If-Match": `"${now.etag}"` });
	await lane(page, "Negotiation").getByRole("link", { name: "Elsewhere" }).waitFor({ timeout: 2000 });
});
