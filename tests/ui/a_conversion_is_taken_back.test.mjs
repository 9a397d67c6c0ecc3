// A lead that was converted by mistake is a lead again by one click; what others built on it since stands in the way, and is named.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { goTo, openAs, startBrowser } from "./browser.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser, ann, me;
before(async () => {
	[kontor, browser] = await Promise.all([startKontor(), startBrowser()]);
	ann = kontor.as("ann");
	me = await ann("GET", "/me");
});
after(async () => { await browser?.close(); await kontor?.stop(); });
async function converted(family) {
	const lead = await ann("POST", "/leads", { given: "Nora", family, company: `${family} KG`, owner: me.id });
	const page = await openAs(browser, kontor, "ann");
	await goTo(page, `/leads/${lead.id}`);
	await page.getByRole("button", { name: "Convert" }).first().click();
	await page.getByRole("dialog").getByRole("button", { name: "Convert" }).click();
	await page.getByText("Lead converted").waitFor();
	return { page, lead };
}
test("undo, and it is the lead it was", async () => {
	const { page, lead } = await converted("Neu");
	await page.getByRole("heading", { name: "Neu KG" }).waitFor();
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByText("Taken back").waitFor();
	await page.getByRole("heading", { name: "Nora Neu" }).waitFor();
	await page.getByRole("button", { name: "Convert" }).first().waitFor();
	assert.equal((await ann("GET", `/leads/${lead.id}`)).company, "Neu KG");
});
test("not where something belongs to the new account by now", async () => {
	const { page, lead } = await converted("Alt");
	const [account] = (await ann("GET", "/accounts?q=Alt+KG")).items;
	await kontor.as("dora")("POST", "/notes", { text: "They called", parent: account.id });
	await page.getByRole("button", { name: "Undo" }).click();
	await page.getByText(/They called.* belongs to .*Alt KG.* by now/).waitFor();
	assert.equal((await ann("GET", `/contacts/${lead.id}`)).family, "Alt");
});
