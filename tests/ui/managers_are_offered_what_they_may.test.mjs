// Who leads a team sees how the company works, and is offered only what the server lets them change.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { goTo, openAs, startBrowser } from "./browser.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser;
before(async () => {
	[kontor, browser] = await Promise.all([startKontor(), startBrowser()]);
	const admin = kontor.as("admin");
	const [ben] = (await admin("GET", "/users")).items.filter((one) => one.name === "ben");
	const [sales] = (await admin("GET", "/teams")).items.filter((one) => one.name === "sales");
	await admin("PATCH", `/users/${ben.id}`, { manager_of: [sales.id] }, { "If-Match": ben.etag });
	await admin("POST", "/rules", { name: "All to sales", applies_to: "leads", method: "queue", team: sales.id, enabled: true });
	await kontor.as("dora")("POST", "/campaigns", { name: "Spring fair", channel: "Event" });
});
after(async () => { await browser?.close(); await kontor?.stop(); });

test("a team's manager reads pipelines and rules, and makes goals", async () => {
	const page = await openAs(browser, kontor, "ben");
	for (const path of ["/pipelines", "/rules"]) {
		await goTo(page, path);
		await page.getByText("Only leaders of the company and admins change this.").waitFor();
		await page.locator("tbody tr").first().waitFor();
		assert.equal(await page.locator("#main button:not(:disabled):not(.linkish)").count(), 0, path);
	}
	assert.ok(await page.locator("tbody input[type=checkbox]").first().isDisabled());
	await goTo(page, "/goals");
	await page.getByRole("button", { name: "New Goal" }).first().waitFor();
	await page.context().close();
});
test("leaders change them", async () => {
	const page = await openAs(browser, kontor, "dora");
	await goTo(page, "/rules");
	await page.locator("tbody input[type=checkbox]").first().click();
	await page.locator(".toasts").getByRole("button", { name: "Undo" }).waitFor();
	await goTo(page, "/pipelines");
	await page.getByRole("button", { name: "New Pipeline" }).waitFor();
	await page.context().close();
});
test("who may change none of a list is not asked to choose", async () => {
	const page = await openAs(browser, kontor, "ann");
	await goTo(page, "/campaigns");
	await page.getByText("Spring fair").waitFor();
	assert.equal(await page.locator("tbody input[type=checkbox]").count(), 0);
	await page.context().close();
});
