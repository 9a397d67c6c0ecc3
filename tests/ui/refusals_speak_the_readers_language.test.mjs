// What the server refuses and what its figures mean is told in the language of the page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { goTo, open, startBrowser } from "./browser.mjs";
import { fill } from "./company.mjs";
import { PASSWORD, startKontor } from "./kontor.mjs";

let kontor, browser;
before(async () => {
	[kontor, browser] = await Promise.all([startKontor(), startBrowser()]);
	await fill(kontor);
});
after(async () => { await browser?.close(); await kontor?.stop(); });

const SAID = {
	"de-DE": { missing: "Das fehlt", won: /^Beträge der Verkäufe, die im Zeitraum gewonnen wurden/ },
	"vi-VN": { missing: "Còn thiếu mục này", won: /^Số tiền của các thương vụ thắng trong kỳ/ },
};
for (const [locale, words] of Object.entries(SAID))
	test(`in ${locale}`, async () => {
		const page = await open(browser, kontor, { locale });
		await page.locator("input").first().fill("ann");
		await page.locator("input[type=password]").fill(PASSWORD);
		await page.locator("form button").first().click();
		await page.locator("#main").waitFor();
		await goTo(page, "/deals?as=board&new=1");
		const dialog = page.getByRole("dialog");
		await dialog.locator("button[type=submit]").click();
		await dialog.getByText(words.missing).first().waitFor();
		await goTo(page, "/dashboards/sales");
		assert.match(await page.locator(".tile .name[title]").first().getAttribute("title"), words.won);
		await page.context().close();
	});
