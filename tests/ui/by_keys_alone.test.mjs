// Whoever has no mouse gets everywhere, and is never lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { goTo, openAs, startBrowser } from "./browser.mjs";
import { fill } from "./company.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser, page;
before(async () => {
	[kontor, browser] = await Promise.all([startKontor(), startBrowser()]);
	await fill(kontor);
	page = await openAs(browser, kontor, "ann");
});
after(async () => { await browser?.close(); await kontor?.stop(); });
// What has the focus is called by its words, or its label.
const focus = (name) =>
	page.waitForFunction((wanted) => [document.activeElement?.textContent?.trim(), document.activeElement?.getAttribute("aria-label"), document.activeElement?.id].includes(wanted), name);

test("the first stop skips to the page", async () => {
	await goTo(page, "/leads");
	await page.evaluate(() => document.activeElement?.blur());
	await page.keyboard.press("Tab");
	await focus("Skip to the page");
	await page.keyboard.press("Enter");
	await focus("main");
});
test("search opens with a slash, finds by any scrap, and opens with Enter", async () => {
	await goTo(page, "/tasks");
	await page.locator("#main").focus();
	await page.keyboard.press("/");
	await page.keyboard.type("555 0111");
	await page.getByRole("option", { name: /Mai Trần/ }).waitFor();
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "Mai Trần" }).waitFor();
	// A new page is read from its beginning.
	await focus("main");
});
test("a dialog takes the focus, Escape gives it back", async () => {
	await goTo(page, "/leads");
	const button = page.getByRole("button", { name: "New Lead" }).first();
	await button.focus();
	await page.keyboard.press("Enter");
	await page.getByRole("dialog").waitFor();
	await page.waitForFunction(() => document.activeElement.closest("dialog"));
	await page.keyboard.press("Escape");
	await page.getByRole("dialog").waitFor({ state: "detached" });
	assert.ok(await button.evaluate((at) => at === document.activeElement));
});
test("arrows walk through a list and through a menu", async () => {
	await goTo(page, "/accounts");
	await page.getByRole("link", { name: "Nordwind Reederei" }).focus();
	await page.keyboard.press("x");
	await page.getByRole("region", { name: "Chosen records" }).getByText("1 chosen").waitFor();
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "Nordwind Reederei" }).waitFor();
	await page.getByRole("button", { name: "More actions" }).focus();
	await page.keyboard.press("Enter");
	await focus("Edit");
	await page.keyboard.press("ArrowDown");
	await focus("History");
	await page.keyboard.press("Escape");
	await focus("More actions");
});
test("tabs by arrows, each with its panel", async () => {
	await page.getByRole("tab", { name: "Timeline" }).focus();
	await page.keyboard.press("ArrowRight");
	assert.equal(await page.getByRole("tab", { name: /People/ }).getAttribute("aria-selected"), "true");
	await page.getByRole("tabpanel", { name: "People" }).getByText("Mai Trần").waitFor();
});
test("a field is changed and left again", async () => {
	await page.getByRole("button", { name: /^Edit Tags/ }).focus();
	await page.keyboard.press("Enter");
	await page.keyboard.type("harbour, big");
	await page.keyboard.press("Enter");
	await page.getByText("Tags changed").waitFor();
	await page.getByText("harbour", { exact: true }).waitFor();
});
