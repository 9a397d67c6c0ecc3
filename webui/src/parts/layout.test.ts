import assert from "node:assert/strict";
import { test } from "node:test";
import { bars, place } from "./layout";

const lanes = (spans: [number, number][]) =>
	place(spans.map(([start, end]) => ({ start, end }))).map((p) => `${p.event.start}-${p.event.end}: ${p.lane}/${p.lanes}`);

test("events that do not touch have the whole width", () => {
	assert.deepEqual(lanes([[1, 2], [2, 3]]), ["1-2: 0/1", "2-3: 0/1"]);
});
test("those at the same time stand beside each other", () => {
	assert.deepEqual(lanes([[1, 3], [2, 4]]), ["1-3: 0/2", "2-4: 1/2"]);
});
test("a lane is used again once it is free", () => {
	assert.deepEqual(lanes([[1, 10], [2, 3], [4, 5]]), ["1-10: 0/2", "2-3: 1/2", "4-5: 1/2"]);
});
test("the next group starts anew", () => {
	assert.deepEqual(lanes([[1, 3], [2, 3], [5, 6]]), ["1-3: 0/2", "2-3: 1/2", "5-6: 0/1"]);
});
test("a bar keeps one lane over all its days, and others go below it or where it is not", () => {
	const borders = [0, 24, 48, 72];
	const long = { start: 10, end: 60 }, first = { start: 5, end: 6 }, last = { start: 70, end: 71 }, before = { start: -10, end: 24 };
	const laid = bars([long, first, last, before], borders);
	assert.deepEqual(laid.map((b) => [b.lane, b.from, b.days, b.begins, b.ends]), [[0, 0, 3, true, true], [1, 0, 1, true, true], [1, 2, 1, true, true], [2, 0, 1, false, true]]);
});
test("what takes no time has a bar; what is on none of the days has none", () => {
	assert.deepEqual(bars([{ start: 24, end: 24 }, { start: 48, end: 50 }], [0, 24, 48]).map((b) => [b.from, b.days]), [[1, 1]]);
});
