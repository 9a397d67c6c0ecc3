import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, inOrder, open, signIn, startBrowser } from "./browser.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser;
before(async () => { [kontor, browser] = await Promise.all([startKontor(), startBrowser()]); });
after(async () => { await browser?.close(); await kontor?.stop(); });

for (const colorScheme of ["light", "dark"])
	test(`the page to sign in is in order, ${colorScheme}`, async () => {
		const page = await open(browser, kontor, { viewport: NARROW, colorScheme });
		await page.getByRole("heading", { name: "Sign in to Kontor" }).waitFor();
		await inOrder(page, "sign in");
	});
test("a wrong password is said, and what was typed stays", async () => {
	const page = await open(browser, kontor);
	await page.getByLabel("User name").fill("ann");
	await page.getByLabel("Password").fill("wrong");
	await page.getByRole("button", { name: "Sign in" }).click();
	await page.getByRole("alert").getByText("User name or password is wrong").waitFor();
	assert.equal(await page.getByLabel("User name").inputValue(), "ann");
});
test("who signed in stays so over a reload, and is out after signing out", async () => {
	const page = await open(browser, kontor);
	await signIn(page, "ann");
	await page.reload();
	await page.getByRole("heading", { name: /Ann$/ }).waitFor();
	await page.getByRole("button", { name: "Ann Ahlers" }).click();
	await page.getByRole("button", { name: "Sign out" }).click();
	await page.getByRole("heading", { name: "Sign in to Kontor" }).waitFor();
	await page.reload();
	await page.getByRole("heading", { name: "Sign in to Kontor" }).waitFor();
});
test("the language is the browser's, and can be chosen", async () => {
	const page = await open(browser, kontor, { locale: "de-DE" });
	await page.getByRole("heading", { name: "Bei Kontor anmelden" }).waitFor();
	await page.getByLabel("Sprache").selectOption("vi");
	await page.getByRole("heading", { name: "Đăng nhập Kontor" }).waitFor();
	assert.equal(await page.evaluate(() => document.documentElement.lang), "vi");
});
