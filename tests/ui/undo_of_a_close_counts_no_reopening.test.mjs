// "Undo" behind a change takes it back as the history does: a close that was a slip is no reopening, a win none either.
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
const undo = async (page) => {
	await page.locator(".toasts").getByRole("button", { name: "Undo" }).last().click();
	await page.locator(".toasts").getByText("Taken back").waitFor();
};

test("a case", async () => {
	const page = await openAs(browser, kontor, "carla");
	await goTo(page, `/cases/${made.case.id}`);
	await page.getByRole("button", { name: "Close", exact: true }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).last().click();
	await page.locator(".record-head").getByText("Closed").waitFor();
	await undo(page);
	await page.locator(".record-head").getByRole("button", { name: "Close", exact: true }).waitFor();
	const now = await kontor.as("carla")("GET", `/cases/${made.case.id}`);
	assert.deepEqual([now.status, now.reopen_count ?? 0, now.closed_at ?? null], [made.case.status, 0, null]);
	await page.context().close();
});
test("a deal", async () => {
	const page = await openAs(browser, kontor, "ann");
	await goTo(page, `/deals/${made.deals.Rollout.id}`);
	await page.locator(".record-head").getByRole("button", { name: "Won" }).click();
	await page.getByText("Rollout is won!").waitFor();
	const won = async () => (await kontor.as("ann")("GET", "/dashboards/sales?from=2020-01-01&to=2030-01-01")).figures.won_count.value;
	const before = await won();
	await undo(page);
	assert.equal((await kontor.as("ann")("GET", `/deals/${made.deals.Rollout.id}`)).stage, made.deals.Rollout.stage);
	assert.equal(await won(), before - 1);
	await page.context().close();
});
