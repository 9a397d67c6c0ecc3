// Home begins with what the reader answers for: the company, the teams, or one's own; and leaves out what is empty.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { goTo, openAs, startBrowser } from "./browser.mjs";
import { fill } from "./company.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser, made;
before(async () => {
	[kontor, browser] = await Promise.all([startKontor(), startBrowser()]);
	made = await fill(kontor);
});
after(async () => { await browser?.close(); await kontor?.stop(); });
const tile = (page, name) => page.locator(".tile", { hasText: name }).locator(".value");

test("who leads the company sees what it has won", async () => {
	const page = await openAs(browser, kontor, "dora");
	await tile(page, "Won").first().getByText("€15,000", { exact: true }).waitFor();
	assert.equal(await page.locator(".tile .value", { hasText: /^–$/ }).count(), 0, "no figure without a value");
});
test("a rep sees what is theirs, a support rep cases", async () => {
	const ann = await openAs(browser, kontor, "ann");
	await ann.locator(".tiles-head", { hasText: "Me" }).waitFor();
	await tile(ann, "Won").first().getByText("€15,000", { exact: true }).waitFor();
	const carla = await openAs(browser, kontor, "carla");
	await tile(carla, "Open cases").getByText("1", { exact: true }).waitFor();
	assert.equal(await carla.locator(".tile", { hasText: "Pipeline" }).count(), 0);
});
test("nobody is shown a row of noughts", async () => {
	const page = await openAs(browser, kontor, "ben");
	await page.getByRole("heading", { name: "My goals" }).or(page.getByText("Nothing is due")).first().waitFor();
	assert.equal(await page.locator(".tile").count(), 0);
});
test("a moved day and a new amount read as people write them", async () => {
	const ann = kontor.as("ann");
	const deal = await ann("GET", `/deals/${made.deals.Rollout.id}`);
	const after = await ann("PATCH", `/deals/${deal.id}`, { expected_close: "2027-01-05", amount: 2500000 }, { "If-Match": `"${deal.etag.replace(/"/g, "")}"` });
	assert.equal(after.amount, 2500000);
	const page = await openAs(browser, kontor, "ann");
	await goTo(page, `/deals/${deal.id}`);
	const line = page.getByRole("list", { name: "Timeline" });
	await line.getByText("20 Dec → 5 Jan 2027").waitFor();
	await line.getByText("€15,000 → €25,000").waitFor();
});
