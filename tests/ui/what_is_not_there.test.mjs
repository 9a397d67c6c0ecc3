// An address that leads nowhere, or to what is not for one's eyes, says so on a page that is in order.
import { after, before, test } from "node:test";
import { goTo, openAs, startBrowser } from "./browser.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser;
before(async () => { [kontor, browser] = await Promise.all([startKontor(), startBrowser()]); });
after(async () => { await browser?.close(); await kontor?.stop(); });

test("a page that is none", async () => {
	const page = await openAs(browser, kontor, "ann");
	await goTo(page, "/no/such/page");
	await page.getByRole("heading", { level: 1, name: "There is no such page" }).waitFor();
});
test("a lead of somebody else", async () => {
	const ben = await kontor.as("ben")("GET", "/me");
	const lead = await kontor.as("ben")("POST", "/leads", { family: "Hidden", owner: ben.id });
	const page = await openAs(browser, kontor, "ann");
	await goTo(page, `/leads/${lead.id}`);
	await page.getByRole("heading", { level: 1, name: "This record is not there" }).waitFor();
	await page.getByRole("link", { name: "To the list" }).click();
	await page.getByRole("heading", { name: "Leads" }).waitFor();
});
