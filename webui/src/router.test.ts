import assert from "node:assert/strict";
import { before, test } from "node:test";

let match: typeof import("./router").match;
before(async () => {
	Object.assign(globalThis, { location: { pathname: "/app/", search: "" } });
	({ match } = await import("./router"));
});
test("patterns name parts of the path", () => {
	assert.deepEqual(match("/leads/:id", "/leads/42"), { id: "42" });
	assert.deepEqual(match("/leads", "/leads"), {});
	assert.equal(match("/leads/:id", "/leads"), null);
	assert.equal(match("/leads/:id", "/deals/42"), null);
});
test("parts are decoded", () => {
	assert.deepEqual(match("/f/:name", "/f/a%20b"), { name: "a b" });
});
