// Dates, numbers and money as the reader's locale writes them. Money is hundredths, times are seconds.

let locale = "en";
const kept = new Map<string, unknown>();
export function setLocale(name: string | undefined) {
	try {
		locale = Intl.getCanonicalLocales(name || navigator.language)[0] ?? "en";
	} catch {
		locale = "en";
	}
	kept.clear();
}
export const getLocale = () => locale;

function keep<T>(key: string, make: () => T): T {
	let made = kept.get(key) as T | undefined;
	if (!made) kept.set(key, (made = make()));
	return made;
}
const numbers = (key: string, options: Intl.NumberFormatOptions) =>
	keep(`n${key}`, () => new Intl.NumberFormat(locale, options));
const dates = (key: string, options: Intl.DateTimeFormatOptions) =>
	keep(`d${key}`, () => new Intl.DateTimeFormat(locale, options));

export const number = (value: number, digits = 0) =>
	numbers(`${digits}`, { maximumFractionDigits: digits }).format(value);
export const percent = (value: number, digits = 0) =>
	numbers(`%${digits}`, { style: "percent", maximumFractionDigits: digits }).format(value / 100);

const currencyOf = (code: string | undefined) => (/^[A-Z]{3}$/.test(code ?? "") ? code! : "EUR");
export function money(hundredths: number, currency?: string) {
	const code = currencyOf(currency);
	const options: Intl.NumberFormatOptions = { style: "currency", currency: code };
	if (hundredths % 100 === 0) options.maximumFractionDigits = options.minimumFractionDigits = 0;
	return numbers(`$${code}${hundredths % 100 === 0}`, options).format(hundredths / 100);
}
// 1.2M: where there is little room.
export function moneyShort(hundredths: number, currency?: string) {
	const code = currencyOf(currency);
	const short = numbers(`k${code}`, { style: "currency", currency: code, notation: "compact", maximumFractionDigits: 1 });
	// Where a language has no short word for so much ("24.988 €"), nobody wants its tenths.
	const isShort = Math.abs(hundredths) < 100000 || short.formatToParts(hundredths / 100).some((p) => p.type === "compact");
	return isShort ? short.format(hundredths / 100) : money(Math.round(hundredths / 100) * 100, code);
}
export const numberShort = (value: number) =>
	numbers("k", { notation: "compact", maximumFractionDigits: 1 }).format(value);

// What somebody typed, "1.234,56" or "1,234.56" by their locale, as hundredths; NaN: no number.
export function readMoney(text: string): number {
	const value = readNumber(text);
	return Number.isNaN(value) ? value : Math.round(value * 100);
}
export function readNumber(text: string): number {
	const parts = numbers("parts", {}).formatToParts(1234567.8);
	const decimal = parts.find((p) => p.type === "decimal")?.value ?? ".";
	const group = parts.find((p) => p.type === "group")?.value ?? ",";
	const plain = text
		.replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
		.replace(/\u2212/g, "-")
		.replace(/[\s\u00a0\u202f\u200e\u200f\u061c'\u2019]/g, "")
		.replace(/[A-Z\p{Sc}]/gu, "")
		.split(/[\u2019']/.test(group) ? "'" : group)
		.join("")
		.replace(decimal, ".");
	return /^-?\d*\.?\d+$|^-?\d+\.$/.test(plain) ? Number(plain) : NaN;
}
// The same way back, for an input.
export const moneyInput = (hundredths: number) =>
	numbers("in", { useGrouping: false, maximumFractionDigits: 2 }).format(hundredths / 100);

export const decimalInput = (value: number) => numbers("dec", { useGrouping: false, maximumFractionDigits: 6 }).format(value);

// "2026-05-31" is a day, nowhere's midnight: never through a time zone.
export const dayOf = (text: string) => {
	const [y, m, d] = text.split("-").map(Number);
	return new Date(y!, m! - 1, d!);
};
const two = (n: number) => String(n).padStart(2, "0");
export const isoDay = (date: Date) =>
	`${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
export const shiftDay = (day: string, days: number) => (day ? isoDay(addDays(dayOf(day), days)) : "");
export const today = () => isoDay(new Date());
export const addDays = (date: Date, days: number) =>
	new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, date.getHours(), date.getMinutes());
const noon = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), 12);
export const daysBetween = (from: Date, to: Date) => Math.round((noon(to) - noon(from)) / 86400000);
export const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

const thisYear = (date: Date) => date.getFullYear() === new Date().getFullYear();
export const date = (day: string) => dateOf(dayOf(day));
export const dateOf = (when: Date) =>
	thisYear(when)
		? dates("md", { day: "numeric", month: "short" }).format(when)
		: dates("ymd", { day: "numeric", month: "short", year: "numeric" }).format(when);
export const dateLong = (when: Date) =>
	dates("long", { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(when);
export const time = (at: number) =>
	dates("t", { hour: "numeric", minute: "2-digit" }).format(new Date(at * 1000));
export const hour = (h: number) => dates("h", { hour: "numeric" }).format(new Date(2026, 0, 1, h));
export const dateTime = (at: number) =>
	dates("dt", { day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" })
		.format(new Date(at * 1000));
export const weekday = (when: Date, style: "short" | "long" | "narrow" = "short") =>
	dates(`w${style}`, { weekday: style }).format(when);
export const dayNumber = (when: Date) => dates("d", { day: "numeric" }).format(when);
export const month = (when: Date) => dates("m", { month: "long", year: "numeric" }).format(when);
export const monthShort = (when: Date) => dates("ms", { month: "short" }).format(when);
export const range = (from: Date, to: Date) =>
	dates("range", { day: "numeric", month: "short", year: "numeric" }).formatRange(from, to);

// Which day begins the week there: 1 Monday ... 7 Sunday.
export function firstDay(): number {
	const info = new Intl.Locale(locale) as Intl.Locale & {
		weekInfo?: { firstDay: number };
		getWeekInfo?: () => { firstDay: number };
	};
	return (info.getWeekInfo?.() ?? info.weekInfo)?.firstDay ?? 1;
}

// "3 days ago", "in 2 hours"; beyond a week the day itself says more.
export function relative(at: number, now = Date.now() / 1000) {
	const apart = Math.trunc(at - now);
	const format = keep("r", () => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
	if (Math.abs(apart) > 7 * 86400) return dateOf(new Date(at * 1000));
	if (Math.abs(apart) >= 86400) return format.format(daysBetween(new Date(now * 1000), new Date(at * 1000)), "day");
	return Math.abs(apart) >= 3600 ? format.format(Math.trunc(apart / 3600), "hour") : format.format(Math.trunc(apart / 60), "minute");
}
// How long: "2 d 4 h", "35 min"
export function duration(length: number) {
	const unit = (value: number, name: string) =>
		numbers(`u${name}`, { style: "unit", unit: name, unitDisplay: "narrow" }).format(value);
	const whole = Math.round(Math.abs(length));
	const days = Math.floor(whole / 86400);
	const hours = Math.floor((whole % 86400) / 3600);
	const minutes = Math.floor((whole % 3600) / 60);
	const parts = days
		? [unit(days, "day"), hours && days < 10 ? unit(hours, "hour") : ""]
		: hours
			? [unit(hours, "hour"), minutes ? unit(minutes, "minute") : ""]
			: [minutes || !whole ? unit(minutes, "minute") : unit(whole, "second")];
	return (length < 0 ? "\u2212" : "") + parts.filter(Boolean).join(" ");
}
export function fileSize(bytes: number) {
	const name = bytes < 1e6 ? "kilobyte" : "megabyte";
	return numbers(name, { style: "unit", unit: name, maximumFractionDigits: 1 })
		.format(bytes / (bytes < 1e6 ? 1e3 : 1e6));
}
export const currencies = ["EUR", "USD", "GBP", "CHF", "VND", "JPY", "AED", "SEK", "PLN", "AUD"];
// "JP" is "Japan" to the reader.
export function country(code: string) {
	if (!/^[A-Z]{2}$/.test(code)) return code;
	return keep("c", () => new Intl.DisplayNames(locale, { type: "region" })).of(code) ?? code;
}
export const initials = (name: string) =>
	name.split(/\s+/).filter(Boolean).map((w) => [...w][0]).slice(0, 2).join("").toUpperCase();
