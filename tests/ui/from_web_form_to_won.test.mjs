// The whole way of a lead: somebody fills in the form on a web site, it is assigned, it is on the rep's phone, it is
// converted, and the deal is won; all by the pages that people use.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { goTo, open, openAs, startBrowser } from "./browser.mjs";
import { PASSWORD, startKontor } from "./kontor.mjs";

let kontor, browser;
before(async () => { [kontor, browser] = await Promise.all([startKontor(), startBrowser()]); });
after(async () => { await browser?.close(); await kontor?.stop(); });

// What is in the phone's address book of leads.
async function onThePhone(name) {
	const Authorization = `Basic ${Buffer.from(`${name}:${PASSWORD}`).toString("base64")}`;
	const body = `<C:addressbook-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:prop><C:address-data/></D:prop><C:filter/></C:addressbook-query>`;
	const answer = await fetch(`${kontor.url}/addressbooks/${name}/leads/`, { method: "REPORT", body, headers: { Authorization, Depth: "1", "Content-Type": "application/xml" } });
	return answer.text();
}
test("form, lead, assigned, on the phone, converted, won", async () => {
	const boss = await openAs(browser, kontor, "dora");
	await goTo(boss, "/forms");
	await boss.getByRole("button", { name: "New Form" }).click();
	await boss.getByRole("dialog").getByLabel("Name *").fill("Ask for an offer");
	await boss.getByRole("dialog").getByRole("button", { name: "Create" }).click();
	const link = boss.getByRole("link", { name: "Open" });
	await link.waitFor();
	const form = new URL(await link.getAttribute("href"), kontor.url).href;

	await goTo(boss, "/leads?view=queue");
	const visitor = await open(browser, kontor, { javaScriptEnabled: false });
	await visitor.goto(form);
	await visitor.getByLabel("Name").fill("Lucía García");
	await visitor.getByLabel("Company").fill("Bicicletas Sol");
	await visitor.getByLabel("E-mail").fill("lucia@sol.example");
	// A form that is sent back at once was filled in by a machine.
	await visitor.waitForTimeout(4000);
	await visitor.getByRole("button", { name: "Send" }).click();
	await visitor.waitForLoadState();

	// The manager's list follows by itself; she gives the lead to Ann.
	await boss.getByLabel("Choose Lucía García").check({ timeout: 5000 });
	await boss.getByRole("button", { name: "Assign", exact: true }).click();
	await boss.getByRole("combobox", { name: "To a person" }).fill("Ann");
	await boss.getByRole("option", { name: /Ann Ahlers/ }).click();
	await boss.getByText("1 record changed").waitFor();
	assert.match(await onThePhone("ann"), /FN:Lucía García/);
	assert.doesNotMatch(await onThePhone("ben"), /Lucía García/);

	const rep = await openAs(browser, kontor, "ann");
	await goTo(rep, "/leads");
	await rep.getByRole("link", { name: /Lucía García/ }).click();
	await rep.getByRole("heading", { name: "Lucía García" }).waitFor();
	await rep.locator(".record-head").getByRole("button", { name: "Convert" }).click();
	const dialog = rep.getByRole("dialog");
	await dialog.getByLabel("Name *").fill("Twelve bicycles");
	await dialog.getByLabel("Amount").fill("24000");
	await dialog.getByRole("button", { name: "Convert" }).click();
	await rep.getByRole("heading", { name: "Twelve bicycles" }).waitFor();
	await rep.getByRole("link", { name: "Bicicletas Sol" }).first().waitFor();
	assert.doesNotMatch(await onThePhone("ann"), /Lucía García/);

	await rep.locator(".record-head").getByRole("button", { name: "Won" }).click();
	await rep.getByText("Twelve bicycles is won!").waitFor();
	await goTo(rep, "/dashboards/sales");
	await rep.locator(".tile", { hasText: "Won" }).first().getByText("€24,000").waitFor();
	await rep.locator(".tile", { hasText: "Won" }).first().click();
	await rep.getByRole("link", { name: "Twelve bicycles" }).waitFor();
});
