// What a phone ticks off is seen by who has the case's page, a list of cases or the dashboard open: within two seconds.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { goTo, openAs, startBrowser } from "./browser.mjs";
import { fill } from "./company.mjs";
import { PASSWORD, startKontor } from "./kontor.mjs";

let kontor, browser, made;
before(async () => {
	[kontor, browser] = await Promise.all([startKontor(), startBrowser()]);
	made = await fill(kontor);
});
after(async () => { await browser?.close(); await kontor?.stop(); });

const dav = (method, path, headers = {}, body = undefined) =>
	fetch(`${kontor.url}${path}`, { method, body, headers: { Authorization: `Basic ${Buffer.from(`carla:${PASSWORD}`).toString("base64")}`, ...headers } });
// As iOS does it: only COMPLETED is set.
async function tick() {
	const list = await (await dav("PROPFIND", "/calendars/carla/cases/", { Depth: "1" })).text();
	const path = list.match(/\/calendars\/carla\/cases\/[^<]+\.ics/)[0];
	const got = await dav("GET", path);
	const body = (await got.text()).replace(/END:VTODO/, `COMPLETED:${new Date().toISOString().replace(/[-:]|\.\d+/g, "")}\r\nEND:VTODO`);
	const put = await dav("PUT", path, { "If-Match": got.headers.get("etag"), "Content-Type": "text/calendar" }, body);
	assert.ok(put.ok, `${put.status} ${await put.text()}`);
}
test("the case's page, the list and the dashboard follow", async () => {
	const page = await openAs(browser, kontor, "carla");
	await goTo(page, `/cases/${made.case.id}`);
	const list = await openAs(browser, kontor, "dora");
	await goTo(list, "/cases?view=open");
	await list.getByRole("link", { name: /Printer down/ }).waitFor();
	const board = await openAs(browser, kontor, "dora");
	await goTo(board, "/dashboards/support");
	const closed = board.locator(".tile", { hasText: "Closed cases" }).locator(".value");
	await closed.getByText("0", { exact: true }).waitFor();
	await tick();
	await page.locator(".record-head").getByText("Closed", { exact: true }).waitFor({ timeout: 2000 });
	await list.getByRole("link", { name: /Printer down/ }).waitFor({ state: "detached", timeout: 2000 });
	await closed.getByText("1", { exact: true }).waitFor({ timeout: 2000 });
	await page.getByRole("button", { name: "Reopen" }).waitFor();
});
