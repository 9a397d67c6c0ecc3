// German words are long and Vietnamese ones many: on a phone they stay within what they stand in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, goTo, inOrder, open, startBrowser } from "./browser.mjs";
import { fill } from "./company.mjs";
import { PASSWORD, startKontor } from "./kontor.mjs";

let kontor, browser, made;
before(async () => {
	[kontor, browser] = await Promise.all([startKontor(), startBrowser()]);
	made = await fill(kontor);
});
after(async () => { await browser?.close(); await kontor?.stop(); });

const PAGES = ["/", "/leads", () => `/leads/${made.lead.id}`, "/deals?as=board", () => `/accounts/${made.account.id}`, () => `/cases/${made.case.id}`, "/calendar?as=week", "/tasks", "/dashboards/company", "/rules", "/goals", "/profile"];
// Labels and buttons that reach out of what holds them.
const out = (page) => page.evaluate(() => [...document.querySelectorAll(".tabbar a > *, .tabbar button > *, .panel-head > *, .page-head > *, .button > *")].filter((one) => {
	const [inner, outer] = [one, one.parentElement].map((at) => at.getBoundingClientRect());
	return inner.width && (inner.right > outer.right + 1 || inner.left < outer.left - 1);
}).map((one) => `${one.parentElement.className}: ${one.textContent}`));
for (const locale of ["de-DE", "vi-VN"])
	test(locale, async () => {
		const page = await open(browser, kontor, { locale, viewport: NARROW });
		await page.locator("input").first().fill("dora");
		await page.locator("input[type=password]").fill(PASSWORD);
		await page.locator("form button").first().click();
		await page.locator("#main").waitFor();
		for (const one of PAGES) {
			const path = typeof one === "function" ? one() : one;
			await goTo(page, path);
			await inOrder(page, `${locale}, ${path}`);
			assert.deepEqual(await out(page), [], `${locale}, ${path}`);
		}
	});
