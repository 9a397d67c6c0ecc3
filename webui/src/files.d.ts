declare module "*.svg" {
	const address: string;
	export default address;
}
// As much of Node as the unit tests use.
declare module "node:test" {
	export function test(name: string, body: () => void | Promise<void>): void;
	export function before(body: () => void | Promise<void>): void;
}
declare module "node:fs" {
	export function readFileSync(path: string, encoding: "utf8"): string;
}
declare module "node:assert/strict" {
	const assert: {
		equal(actual: unknown, expected: unknown, message?: string): void;
		deepEqual(actual: unknown, expected: unknown, message?: string): void;
		ok(value: unknown, message?: string): void;
	};
	export default assert;
}
