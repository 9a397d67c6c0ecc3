// What stands in a calendar is opened, changed, pulled elsewhere and taken back; a phone's events as well as meetings.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { NARROW, goTo, inOrder, openAs, startBrowser } from "./browser.mjs";
import { DAY, at, bodyOf, middle, pullMouse, putEvent } from "./events.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser, ann, page;
before(async () => {
	[kontor, browser] = await Promise.all([startKontor(), startBrowser()]);
	ann = kontor.as("ann");
});
after(async () => { await browser?.close(); await kontor?.stop(); });

let path;
async function put(name, event) { path = await putEvent(kontor, "ann", name, event); }
const stored = () => bodyOf(kontor, "ann", path);
const items = async () => (await ann("GET", `/calendar?from=${at(0, 7)}&to=${at(0, 28)}`)).items;
// What is shown at once is stored a moment later.
async function until(ask, wanted) {
	const now = async () => JSON.stringify((await ask()).map((i) => [i.start, i.end]));
	for (let tries = 0; tries < 160 && (await now()) !== JSON.stringify(wanted); tries++) await page.waitForTimeout(50);
	assert.equal(await now(), JSON.stringify(wanted));
}
const block = (name) => page.locator(".cal-event", { hasText: name });
const said = (words) => page.locator(".toasts").getByText(words).waitFor();
const undo = async () => { await page.getByRole("button", { name: "Undo" }).last().click(); await said("Taken back"); };
const pull = (from, to) => pullMouse(page, from, to);
beforeEach(async () => {
	for (const one of await items()) if (one.record) await ann("DELETE", `/calendar/${one.record}?scope=all&occurrence=${one.occurrence ?? 0}`, undefined, { "If-Match": "*" }).catch(() => {});
	await page?.context().close();
	page = await openAs(browser, kontor, "ann");
});

test("an event of a phone is opened, changed, and as it was again", async () => {
	await put("Dentist");
	const before = await stored();
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	await block("Dentist").click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Subject").fill("Dentist, Dr. Lê");
	await dialog.getByLabel("Location").fill("Hauptstraße 1");
	await dialog.getByLabel("Note").fill("Bring the card");
	await inOrder(page, "the event's dialog");
	await dialog.getByRole("button", { name: "Save" }).click();
	await block("Dentist, Dr. Lê").waitFor();
	const after = await stored();
	for (const kept of ["X-PHONE:keeps this", "TRIGGER:-PT10M", "UID:Dentist"]) assert.ok(after.includes(kept), kept);
	assert.ok(after.includes("LOCATION:Hauptstraße 1"));
	await undo();
	assert.equal(await stored(), before);
});
test("pulled to another day and hour, and longer by its lower edge", async () => {
	await put("Run");
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	const box = await block("Run").boundingBox();
	await pull(middle(box, 0.3), { x: box.x + box.width * 1.6, y: box.y + box.height * 0.3 + 88 });
	await said("Run changed");
	assert.deepEqual((await items()).map((i) => [i.start, i.end]), [[at(12, 10), at(13, 10)]]);
	const next = await block("Run").boundingBox();
	await pull({ x: next.x + 40, y: next.y + next.height - 3 }, { x: next.x + 40, y: next.y + next.height + 40 });
	await block("Run").getByText("12:00–14:00").waitFor();
	await until(() => items(), [[at(12, 10), at(14, 10)]]);
	assert.ok(!(await page.getByRole("dialog").count()), "a pull opens nothing");
});
test("by keys alone: moved, lengthened, and still where the focus is", async () => {
	await put("Keys");
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	await block("Keys").focus();
	for (const [key, start, end] of [["Alt+ArrowDown", at(10.25), at(11.25)], ["Alt+ArrowRight", at(10.25, 10), at(11.25, 10)], ["Alt+Shift+ArrowDown", at(10.25, 10), at(11.5, 10)]]) {
		await page.keyboard.press(key);
		await until(() => items(), [[start, end]]);
		await page.waitForFunction(() => document.activeElement?.matches(".cal-event"));
	}
});
test("keys pressed quickly one after another are one move", async () => {
	await put("Quick");
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	await block("Quick").focus();
	for (let n = 0; n < 4; n++) await page.keyboard.press("Alt+ArrowDown");
	await block("Quick").getByText("11:00–12:00").waitFor();
	await until(() => items(), [[at(11), at(12)]]);
	assert.match(await stored(), /SEQUENCE:1\r/);
	await undo();
	await until(() => items(), [[at(10), at(11)]]);
});
test("of a series: only this one, and later ones", async () => {
	await put("Weekly", { more: "RRULE:FREQ=WEEKLY;COUNT=3" });
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	await block("Weekly").focus();
	await page.keyboard.press("Alt+ArrowDown");
	await page.getByRole("dialog").getByRole("button", { name: "Only this one" }).click();
	await said("Weekly changed");
	assert.deepEqual((await items()).map((i) => i.start), [at(10.25), at(10, 16), at(10, 23)]);
	await undo();
	await goTo(page, `/calendar?as=week&day=2026-12-16`);
	await block("Weekly").click();
	await page.getByRole("dialog").getByRole("button", { name: "This and later ones" }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
	await said("Weekly removed");
	assert.deepEqual((await items()).map((i) => i.start), [at(10)]);
	await undo();
	assert.equal((await items()).length, 3);
});
test("what a phone writes stands there by itself", async () => {
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	await put("From the phone");
	await block("From the phone").waitFor({ timeout: 2000 });
});
test("a move that is called off moves nothing", async () => {
	await put("Weekly", { more: "RRULE:FREQ=WEEKLY;COUNT=3" });
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	const box = await block("Weekly").boundingBox();
	await pull(middle(box), { x: box.x + box.width / 2, y: box.y + 120 });
	await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
	assert.ok(Math.abs((await block("Weekly").boundingBox()).y - box.y) < 2);
	assert.deepEqual((await items()).map((i) => i.start), [at(10), at(10, 16), at(10, 23)]);
});
test("a free span is pulled, and becomes a meeting of that length", async () => {
	await goTo(page, `/calendar?as=week&day=${DAY}`);
	const column = await page.locator("[data-column='2']").boundingBox();
	const scroll = await page.locator(".cal-scroll").evaluate((box) => box.scrollTop);
	const y = (hour) => column.y + hour * 44;
	assert.ok(scroll > 0);
	await pull({ x: column.x + 30, y: y(13) + 2 }, { x: column.x + 30, y: y(15) - 4 });
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel(/^Subject/).fill("Planned");
	await dialog.getByRole("button", { name: "Create" }).click();
	await block("Planned").waitFor();
	assert.deepEqual((await items()).map((i) => [i.start, i.end]), [[at(13), at(15)]]);
});
test("whole days, on a phone, deleted and back", async () => {
	await put("Fair", { more: "LOCATION:Leipzig" });
	await page.context().close();
	page = await openAs(browser, kontor, "ann", { viewport: NARROW });
	await goTo(page, `/calendar?as=day&day=${DAY}`);
	await block("Fair").click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("all day").check();
	await dialog.getByLabel("End").fill("2026-12-10");
	await dialog.getByRole("button", { name: "Save" }).click();
	await page.locator(".cal-chip", { hasText: "Fair" }).waitFor();
	assert.match(await stored(), /DTSTART;VALUE=DATE:20261209\r\n[^]*DTEND;VALUE=DATE:20261211/);
	await page.locator(".cal-chip", { hasText: "Fair" }).click();
	await inOrder(page, "the event's dialog on a phone");
	await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
	await said("Fair removed");
	await page.locator(".cal-chip", { hasText: "Fair" }).waitFor({ state: "detached" });
	await undo();
	await page.locator(".cal-chip", { hasText: "Fair" }).waitFor();
});
