// Debian's Chromium, a page signed in, and what must hold on every page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { PASSWORD } from "./kontor.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const WIDE = { width: 1280, height: 860 };
export const NARROW = { width: 360, height: 740 };

export const startBrowser = () =>
	chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
	});

// A page of a browser of its own. What its console complains of ends up in page.complaints.
export async function open(browser, kontor, options = {}) {
	const context = await browser.newContext({ viewport: WIDE, locale: "en-GB", timezoneId: "Europe/Berlin", ...options });
	const page = await context.newPage();
	page.complaints = [];
	page.on("pageerror", (error) => page.complaints.push(error.message));
	page.on("console", (message) => {
		// "Is somebody signed in?" is answered by 401, which browsers write down.
		if (message.type() === "error" && !message.text().includes("401")) page.complaints.push(message.text());
	});
	page.setDefaultTimeout(10000);
	await page.goto(`${kontor.url}/app/`);
	return page;
}
export async function signIn(page, name) {
	await page.getByLabel("User name").fill(name);
	await page.getByLabel("Password").fill(PASSWORD);
	await page.getByRole("button", { name: "Sign in" }).click();
	await page.locator("#main").waitFor();
}
export async function openAs(browser, kontor, name, options) {
	const page = await open(browser, kontor, options);
	await signIn(page, name);
	return page;
}
export async function goTo(page, path) {
	await page.goto(new URL(`/app${path}`, page.url()).href);
	await page.locator("#main h1").waitFor();
	await page.waitForFunction(() => !document.querySelector(".skeleton, .spinner"));
}
// No violation that axe knows of, nothing wider than the screen, no complaint in the console.
export async function inOrder(page, where) {
	const found = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`);
	const faults = found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
	assert.deepEqual(faults, [], where);
	const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	assert.ok(over <= 0, `${where}: ${over} pixels wider than the screen`);
	assert.deepEqual(page.complaints, [], where);
}
