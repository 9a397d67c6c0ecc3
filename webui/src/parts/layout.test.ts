import assert from "node:assert/strict";
import { test } from "node:test";
import { place } from "./layout";

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
