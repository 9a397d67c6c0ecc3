import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { goTo, inOrder, openAs, startBrowser } from "./browser.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser;
before(async () => { [kontor, browser] = await Promise.all([startKontor(), startBrowser()]); });
after(async () => { await browser?.close(); await kontor?.stop(); });

const CSV = "Vorname,Nachname,Firma,Farbe\nLinh,Trần,Sao Mai,rot\nJonas,Weiß,Weiß KG,blau\n";
test("a file is mapped, tried, imported, and taken back", async () => {
	const page = await openAs(browser, kontor, "dora");
	await goTo(page, "/import");
	await page.getByLabel("File (CSV or vCard)").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) });
	const family = page.getByLabel("Nachname becomes");
	await family.waitFor();
	assert.equal(await family.inputValue(), "family", "the column is recognised in German");
	await page.getByLabel("Farbe becomes").selectOption("note");
	await page.getByRole("cell", { name: "rot · blau" }).waitFor();
	await inOrder(page, "mapping");
	await page.getByRole("button", { name: "Try without changing anything" }).click();
	await page.getByText("2 would be created").waitFor();
	assert.equal((await kontor.as("dora")("GET", "/leads?count=1")).total, 0, "a dry run writes nothing");
	await page.getByRole("button", { name: "Import", exact: true }).click();
	await page.getByText("2 created").waitFor();
	assert.equal((await kontor.as("dora")("GET", "/leads?count=1")).total, 2);
	await page.getByRole("button", { name: "Undo the import" }).click();
	await page.getByText("The import is taken back").waitFor();
	assert.equal((await kontor.as("dora")("GET", "/leads?count=1")).total, 0);
});
