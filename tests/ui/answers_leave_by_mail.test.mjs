// An answer to a case says whether it leaves as a mail; where none does, one's own mail program is offered with all filled in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { goTo, inOrder, openAs, startBrowser } from "./browser.mjs";
import { fill } from "./company.mjs";
import { startKontor } from "./kontor.mjs";

let browser;
before(async () => { browser = await startBrowser(); });
after(async () => { await browser?.close(); });
async function aCase(settings) {
	const kontor = await startKontor({ settings });
	const made = await fill(kontor);
	const carla = kontor.as("carla");
	const contact = await carla("POST", "/contacts", { given: "Kim", family: "Lan", emails: [{ value: "kim@kunde.example", type: "work" }], accounts: [{ account: made.account.id }] });
	const one = await carla("POST", "/cases", { subject: "Lamp & cable", kind: "Question", account: made.account.id, contact: contact.id, owner: made.support.id });
	const page = await openAs(browser, kontor, "carla");
	await goTo(page, `/cases/${one.id}`);
	return { kontor, page, one };
}
test("where no mail leaves: recorded, and a mail of one's own with address, subject and words", async () => {
	const { kontor, page, one } = await aCase(["capture.support=support@firma.example"]);
	await page.getByText("No mail leaves from here").waitFor();
	await page.getByLabel("Answer the customer …").fill("Please send it in.\nThanks");
	await inOrder(page, "a case without mail");
	const mail = new URL(await page.getByRole("link", { name: "Write the mail yourself" }).getAttribute("href"));
	assert.equal(mail.pathname, "kim@kunde.example");
	assert.equal(mail.searchParams.get("subject"), `Re: [#${one.number}] Lamp & cable`);
	assert.match(mail.searchParams.get("cc"), /^support\+.+@firma\.example$/);
	assert.equal(mail.searchParams.get("body"), "Please send it in.\r\nThanks");
	await page.locator(".composer").getByRole("button", { name: "Save" }).click();
	await page.getByRole("list", { name: "Timeline" }).getByText("Please send it in.").waitFor();
	await kontor.stop();
});
test("where mail leaves: the answer waits for its mail server, and says so", async () => {
	// Nobody listens there.
	const { kontor, page } = await aCase(["capture.support=support@firma.example", "mail.smtp=smtp://127.0.0.1:9", "mail.starttls=no"]);
	await page.getByLabel("Answer the customer …").fill("It is on its way.");
	await page.getByRole("button", { name: "Send answer" }).click();
	await page.getByRole("list", { name: "Timeline" }).getByText("waiting to be sent").waitFor();
	assert.equal(await page.getByRole("link", { name: "Write the mail yourself" }).count(), 0);
	await kontor.stop();
});
