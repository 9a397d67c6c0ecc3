// In the row of whole days and in the month, events are pulled to other days and made longer, and taken back.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { goTo, inOrder, openAs, startBrowser } from "./browser.mjs";
import { DAY, at, bodyOf, middle, pullMouse, putEvent } from "./events.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser, page, path, n = 0;
before(async () => { [kontor, browser] = await Promise.all([startKontor(), startBrowser()]); });
after(async () => { await browser?.close(); await kontor?.stop(); });
beforeEach(async () => {
	await page?.context().close();
	page = await openAs(browser, kontor, "ann");
	if (path) await kontor.as("ann")("DELETE", `/calendar/${(await items())[0].record}?scope=all`, undefined, { "If-Match": "*" }).catch(() => {});
});
const items = async () => (await kontor.as("ann")("GET", `/calendar?from=${at(0, 1)}&to=${at(0, 31)}`)).items;
const chip = (name) => page.locator(".cal-chip:not(.from)", { hasText: name });
const cell = (day) => page.locator(`[data-cell='2026-12-${day}']`).boundingBox();
const said = (words) => page.locator(".toasts").getByText(words).waitFor();
const undo = async () => { await page.getByRole("button", { name: "Undo" }).last().click(); await said("Taken back"); };
const put = async (event) => { const name = `Fair ${++n}`; path = await putEvent(kontor, "ann", name, event); return name; };
const days = async () => {
	const body = await bodyOf(kontor, "ann", path);
	return [/DTSTART;VALUE=DATE:(\d+)/.exec(body)?.[1], /DTEND;VALUE=DATE:(\d+)/.exec(body)?.[1]].join(" ");
};
const pull = (from, to) => pullMouse(page, from, to);
// The last pixels of a bar.
const end = (box) => ({ x: box.x + box.width - 3, y: box.y + box.height / 2 });

test("a week's whole day goes to another day, and back", async () => {
	const name = await put({ days: ["20261209", "20261211"] });
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	const box = await chip(name).boundingBox();
	const day = box.width / 2;
	assert.equal(await chip(name).count(), 1, "one bar over both days");
	await pull({ x: box.x + 20, y: box.y + 8 }, { x: box.x + 20 + day, y: box.y + 8 });
	await said(`${name} changed`);
	assert.equal(await days(), "20261210 20261212");
	assert.ok(Math.abs((await chip(name).boundingBox()).x - box.x - day) < 8);
	assert.ok(!(await page.getByRole("dialog").count()), "a pull opens nothing");
	await inOrder(page, "a week with a bar");
	await undo();
	assert.equal(await days(), "20261209 20261211");
});
test("its end is pulled: longer, and never shorter than a day", async () => {
	const name = await put({ days: ["20261209", "20261210"] });
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	const box = await chip(name).boundingBox();
	await pull(end(box), { x: box.x + box.width * 2.5, y: box.y + 8 });
	await said(`${name} changed`);
	assert.equal(await days(), "20261209 20261212");
	const longer = await chip(name).boundingBox();
	assert.ok(longer.width > box.width * 2.8);
	await pull(end(longer), { x: box.x - box.width, y: box.y + 8 });
	await page.waitForFunction(() => document.querySelectorAll(".toast").length > 1);
	assert.equal(await days(), "20261209 20261210");
});
test("by keys: another day, and a day longer", async () => {
	const name = await put({ days: ["20261209", "20261210"] });
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	await chip(name).focus();
	await page.keyboard.press("Alt+ArrowRight");
	await page.keyboard.press("Alt+Shift+ArrowRight");
	await said(`${name} changed`);
	assert.equal(await days(), "20261210 20261212");
	await page.waitForFunction(() => document.activeElement?.matches(".cal-chip"));
});
test("a month's whole days go to another week, and are made longer over its end", async () => {
	const name = await put({ days: ["20261209", "20261211"] });
	await goTo(page, `/calendar?as=month&day=${DAY}`);
	const box = await chip(name).boundingBox();
	await pull({ x: box.x + 20, y: box.y + 8 }, middle(await cell(18)));
	await said(`${name} changed`);
	assert.equal(await days(), "20261218 20261220");
	await pull(end(await chip(name).boundingBox()), middle(await cell(22)));
	await page.waitForFunction(() => document.querySelectorAll(".toast").length > 1);
	assert.equal(await days(), "20261218 20261223");
	assert.equal(await chip(name).count(), 2, "a bar in each week");
	await inOrder(page, "a month with bars");
	await undo();
	assert.equal(await days(), "20261218 20261220");
});
test("a month's appointment keeps its hour on the day it is pulled to, and is taken back", async () => {
	const name = await put({ start: at(10), end: at(11.5) });
	await goTo(page, `/calendar?as=month&day=${DAY}`);
	await pull(middle(await chip(name).boundingBox()), middle(await cell(17)));
	await said(`${name} changed`);
	assert.deepEqual((await items()).map((i) => [i.start, i.end]), [[at(10, 17), at(11.5, 17)]]);
	await undo();
	assert.deepEqual((await items()).map((i) => [i.start, i.end]), [[at(10), at(11.5)]]);
	await chip(name).focus();
	await page.keyboard.press("Alt+ArrowDown");
	await page.waitForFunction(() => document.querySelector(".toast:last-child")?.textContent.includes("changed"));
	assert.deepEqual((await items()).map((i) => i.start), [at(10, 16)], "a week later by a key");
});
test("Escape calls a pull off", async () => {
	const name = await put({ days: ["20261209", "20261210"] });
	await goTo(page, `/calendar?as=month&day=${DAY}`);
	const from = middle(await chip(name).boundingBox());
	await page.mouse.move(from.x, from.y);
	await page.mouse.down();
	const to = middle(await cell(18));
	await page.mouse.move(to.x, to.y, { steps: 4 });
	await page.locator(".cal-chip.pulled").waitFor();
	await page.keyboard.press("Escape");
	await page.locator(".cal-chip.pulled").waitFor({ state: "detached" });
	await page.mouse.up();
	assert.equal(await days(), "20261209 20261210");
});
test("an event that somebody else organises says that they are not told", async () => {
	const name = await put({ more: "ORGANIZER;CN=Zoe Zander:mailto:zoe@elsewhere.example" });
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	await page.locator(".cal-event", { hasText: name }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByText("Zoe Zander organised this: what you change here is not told to them").waitFor();
	await inOrder(page, "an event of somebody else's");
	await dialog.getByLabel("Location").fill("Hall 3");
	await dialog.getByRole("button", { name: "Save" }).click();
	await said(/changed\. Zoe Zander organised this/);
});
