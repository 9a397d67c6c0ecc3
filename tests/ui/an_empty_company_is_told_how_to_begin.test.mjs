// A company that is empty as yet is told how to begin: on Home, and in every list.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, goTo, inOrder, openAs, startBrowser } from "./browser.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser;
before(async () => { [kontor, browser] = await Promise.all([startKontor({ alone: true }), startBrowser()]); });
after(async () => { await browser?.close(); await kontor?.stop(); });

test("first steps, until somebody else is there", async () => {
	const page = await openAs(browser, kontor, "admin", { viewport: NARROW });
	await page.getByRole("heading", { name: "First steps" }).waitFor();
	assert.equal(await page.locator(".tile").count(), 0, "no noughts");
	await inOrder(page, "an empty Home");
	await page.getByRole("link", { name: /Add your people/ }).click();
	await page.getByRole("heading", { name: "Users" }).waitFor();
	await kontor.as("admin")("POST", "/users", { kind: "user", name: "eva", display_name: "Eva", password: "correct horse 8", roles: ["sales"] });
	await goTo(page, "/");
	await page.getByRole("heading", { name: "First steps" }).waitFor({ state: "detached" });
});
test("every empty list says what to do", async () => {
	const page = await openAs(browser, kontor, "admin");
	for (const [path, button] of [["/leads", "New Lead"], ["/accounts", "New Account"], ["/deals?as=board", "New Deal"], ["/cases?view=open", "New Case"], ["/goals", "New Goal"], ["/forms", "New Form"], ["/rules", "New Assignment rule"]]) {
		await goTo(page, path);
		await page.locator(".empty").getByRole("button", { name: button }).waitFor();
		await inOrder(page, `${path}, empty`);
	}
});
