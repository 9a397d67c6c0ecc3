// On a touch screen, a finger that rests on something picks it up; one that moves at once scrolls.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, goTo, openAs, startBrowser } from "./browser.mjs";
import { DAY, at, bodyOf, middle, putEvent } from "./events.mjs";
import { fill } from "./company.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser, made, page, finger;
before(async () => {
	[kontor, browser] = await Promise.all([startKontor(), startBrowser()]);
	made = await fill(kontor);
	page = await openAs(browser, kontor, "ann", { viewport: NARROW, hasTouch: true, isMobile: true });
	finger = await page.context().newCDPSession(page);
});
after(async () => { await browser?.close(); await kontor?.stop(); });
const touch = (type, ...points) => finger.send("Input.dispatchTouchEvent", { type, touchPoints: points });
// Down, `rest` ms later along to where it goes, and up.
async function swipe(from, to, rest) {
	await touch("touchStart", from);
	await page.waitForTimeout(rest);
	for (let i = 1; i <= 10; i++) {
		await touch("touchMove", { x: from.x + ((to.x - from.x) * i) / 10, y: from.y + ((to.y - from.y) * i) / 10 });
		await page.waitForTimeout(16);
	}
	await touch("touchEnd");
}
const said = (words) => page.locator(".toasts").getByText(words).waitFor();
const items = async () => (await kontor.as("ann")("GET", `/calendar?from=${at(0, 7)}&to=${at(0, 14)}`)).items.filter((i) => i.title === "Touched");
const scrollTop = () => page.locator(".cal-scroll").evaluate((box) => box.scrollTop);
const block = () => page.locator(".cal-event", { hasText: "Touched" });

test("an event goes where a resting finger takes it, and nothing opens", async () => {
	await putEvent(kontor, "ann", "Touched");
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	await block().scrollIntoViewIfNeeded();
	const box = await block().boundingBox();
	const before = await scrollTop();
	await swipe(middle(box), { x: box.x + box.width * 1.5, y: box.y + box.height / 2 + 44 }, 500);
	await said("Touched changed");
	assert.deepEqual((await items()).map((i) => [i.start, i.end]), [[at(11, 10), at(12, 10)]]);
	assert.equal(await scrollTop(), before, "it did not scroll");
	assert.ok(!(await page.getByRole("dialog").count()));
});
test("a finger that moves at once scrolls, and moves nothing", async () => {
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	const [was] = await items();
	const before = await scrollTop();
	const from = middle(await block().boundingBox());
	await swipe(from, { x: from.x, y: from.y - 150 }, 0);
	await page.waitForFunction((top) => document.querySelector(".cal-scroll").scrollTop > top + 50, before);
	assert.deepEqual((await items()).map((i) => i.start), [was.start]);
	assert.ok(!(await page.getByRole("dialog").count()));
});
test("a tap opens it", async () => {
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	await block().tap();
	await page.getByRole("dialog").getByLabel("Subject").waitFor();
	await page.keyboard.press("Escape");
});
test("a resting finger takes a whole day of the month elsewhere", async () => {
	const path = await putEvent(kontor, "ann", "Trip", { days: ["20261208", "20261210"] });
	await goTo(page, `/calendar?as=month&day=${DAY}`);
	const box = await page.locator(".cal-chip", { hasText: "Trip" }).boundingBox();
	const to = await page.locator("[data-cell='2026-12-16']").boundingBox();
	await swipe({ x: box.x + 10, y: box.y + box.height / 2 }, middle(to), 500);
	await said("Trip changed");
	assert.match(await bodyOf(kontor, "ann", path), /DTSTART;VALUE=DATE:20261216\r\nDTEND;VALUE=DATE:20261218/);
});
test("a resting finger takes a deal to a stage beyond the edge of the screen", async () => {
	const stage = async () => (await kontor.as("ann")("GET", `/deals/${made.deals.Rollout.id}`)).stage;
	const was = await stage();
	await goTo(page, "/deals?as=board");
	const card = page.locator(".deal-card", { hasText: "Rollout" });
	await card.scrollIntoViewIfNeeded();
	const from = middle(await card.boundingBox());
	const to = { x: 340, y: from.y };
	await touch("touchStart", from);
	await page.waitForTimeout(500);
	for (let i = 1; i <= 10; i++) await touch("touchMove", { x: from.x + ((to.x - from.x) * i) / 10, y: from.y });
	await page.locator(".lane.over:has(h2:text('Negotiation'))").waitFor();
	await touch("touchEnd");
	await page.locator(".lane:has(h2:text('Negotiation')) .deal-card", { hasText: "Rollout" }).waitFor();
	for (let n = 0; n < 60 && (await stage()) === was; n++) await page.waitForTimeout(50);
	assert.notEqual(await stage(), was);
});
