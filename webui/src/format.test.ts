import assert from "node:assert/strict";
import { test } from "node:test";
import {
	country, date, dayOf, duration, firstDay, initials, isoDay, money, moneyInput, moneyShort, number, percent, readMoney, relative, setLocale,
} from "./format";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

test("money is hundredths, written as the locale does, whole amounts without cents", () => {
	setLocale("de-DE");
	assert.equal(plain(money(123456789, "EUR")), "1.234.567,89 €");
	assert.equal(plain(money(120000, "EUR")), "1.200 €");
	setLocale("en-GB");
	assert.equal(money(-5005, "USD"), "-US$50.05");
	setLocale("vi-VN");
	assert.equal(plain(money(15000000, "VND")), "150.000 ₫");
});
test("little room: shortened where the language can, without tenths where it cannot", () => {
	setLocale("en-GB");
	assert.ok(/^€25(\.0)?k$/i.test(moneyShort(2498840, "EUR")));
	setLocale("de-DE");
	assert.equal(plain(moneyShort(2498840, "EUR")), "24.988 €");
	assert.equal(plain(moneyShort(250000000, "EUR")), "2,5 Mio. €");
});
test("an unknown currency does not break the page", () => {
	setLocale("en-GB");
	assert.equal(money(100, "gold"), "€1");
});
test("what is typed is read by the locale's own signs", () => {
	setLocale("de-DE");
	assert.equal(readMoney("1.234,56"), 123456);
	assert.equal(readMoney("1234,5 €"), 123450);
	setLocale("en-US");
	assert.equal(readMoney("1,234.56"), 123456);
	assert.equal(readMoney("$ 99"), 9900);
	assert.ok(Number.isNaN(readMoney("twelve")));
	assert.ok(Number.isNaN(readMoney("1.2.3")));
});
test("what an input shows can be read again", () => {
	for (const locale of ["de-DE", "en-US", "de-CH", "fr-FR", "vi-VN", "sv-SE", "ar-EG", "ja-JP"]) {
		setLocale(locale);
		for (const value of [0, 5, 123456, 100000000, -250]) assert.equal(readMoney(moneyInput(value)), value, `${locale} ${value}`);
	}
});
test("a date is a day and no moment: no zone moves it", () => {
	assert.equal(isoDay(dayOf("2026-03-29")), "2026-03-29");
	setLocale("en-GB");
	assert.equal(date("2020-05-31"), "31 May 2020");
	setLocale("de-DE");
	assert.equal(date("2020-05-31"), "31. Mai 2020");
});
test("durations have two parts at most, and a sign when late", () => {
	setLocale("en-GB");
	assert.equal(duration(0), "0m");
	assert.equal(duration(59), "59s");
	assert.equal(duration(3660), "1h 1m");
	assert.equal(duration(2 * 86400 + 4 * 3600 + 60), "2d 4h");
	assert.equal(duration(-7200), "\u22122h");
});
test("relative times count whole units", () => {
	setLocale("en-GB");
	assert.equal(relative(1000, 1030), "this minute");
	assert.equal(relative(1000 + 7200, 1000), "in 2 hours");
	assert.equal(relative(0, 86400 * 3), "3 days ago");
});
test("beyond a day calendar days count, beyond a week the day is said", () => {
	setLocale("en-GB");
	const early = new Date(2026, 4, 20, 6).getTime() / 1000;
	assert.equal(relative(early - 47 * 3600, early), "2 days ago");
	assert.equal(relative(early - 30 * 3600, early), "yesterday");
	assert.equal(relative(new Date(2020, 4, 1).getTime() / 1000, early), "1 May 2020");
});
test("numbers and shares", () => {
	setLocale("de-DE");
	assert.equal(number(1234567.891, 1), "1.234.567,9");
	assert.equal(plain(percent(41.26, 1)), "41,3 %");
});
test("the week begins where the reader lives", () => {
	setLocale("de-DE");
	assert.equal(firstDay(), 1);
	setLocale("en-US");
	assert.equal(firstDay(), 7);
});
test("countries by code, anything else as it is", () => {
	setLocale("de-DE");
	assert.equal(country("VN"), "Vietnam");
	assert.equal(country("Deutschland"), "Deutschland");
});
test("initials of any script", () => {
	assert.equal(initials("Nguyễn Văn An"), "NV");
	assert.equal(initials("佐藤 由紀"), "佐由");
	assert.equal(initials(""), "");
});
test("a locale that is none falls back", () => {
	setLocale("not_a_locale!");
	assert.equal(number(1000), "1,000");
});
