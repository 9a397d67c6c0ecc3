// Events of a calendar as a phone writes them, and pulling them about on the page.
import assert from "node:assert/strict";
import { PASSWORD } from "./kontor.mjs";

// A Wednesday in winter, when Berlin is an hour ahead.
export const DAY = "2026-12-09";
export const at = (hour, day = 9) => Date.UTC(2026, 11, day) / 1000 + (hour - 1) * 3600;
const stamp = (time) => new Date(time * 1000).toISOString().replace(/[-:]|\.\d+/g, "");
const login = (who) => `Basic ${Buffer.from(`${who}:${PASSWORD}`).toString("base64")}`;

// With what no page knows. days: ["20261209", "20261211"], a whole-day event from the one until before the other.
export async function putEvent(kontor, who, name, { start = at(10), end = at(11), days, more = "" } = {}) {
	const path = `/calendars/${who}/calendar/${encodeURIComponent(name)}.ics`;
	const time = days ? [`DTSTART;VALUE=DATE:${days[0]}`, `DTEND;VALUE=DATE:${days[1]}`] : [`DTSTART:${stamp(start)}`, `DTEND:${stamp(end)}`];
	const body = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Phone//EN", "BEGIN:VEVENT", `UID:${name}`, "DTSTAMP:20261101T000000Z", ...time,
		`SUMMARY:${name}`, ...(more ? [more] : []), "X-PHONE:keeps this", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT10M", "DESCRIPTION:x", "END:VALARM",
		"END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
	const answer = await fetch(`${kontor.url}${path}`, { method: "PUT", body, headers: { Authorization: login(who), "Content-Type": "text/calendar" } });
	assert.ok(answer.ok, String(answer.status));
	return path;
}
export const bodyOf = async (kontor, who, path) => (await fetch(`${kontor.url}${path}`, { headers: { Authorization: login(who) } })).text();

export const middle = (box, dy = 0.5) => ({ x: box.x + box.width / 2, y: box.y + box.height * dy });
export async function pullMouse(page, from, to) {
	await page.mouse.move(from.x, from.y);
	await page.mouse.down();
	await page.mouse.move(from.x + 3, from.y + 8, { steps: 3 });
	await page.mouse.move(to.x, to.y, { steps: 8 });
	await page.mouse.up();
}
