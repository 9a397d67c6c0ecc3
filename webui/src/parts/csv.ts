// A list that the server makes no file of, as CSV: what is shown, all of it.
import { type Page, type Rec, get, namesOf } from "../api";
import { term } from "../i18n";
import type { Field } from "../store";

// No spreadsheet takes a value for a formula.
const quoted = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;
function cell(record: Rec, field: Field): string {
	const value = record[field.key];
	if (value === null || value === undefined) return "";
	if (["ref", "user", "team", "principal", "people"].includes(field.type)) return namesOf(record, field.key).join(", ") || String(value);
	if (field.type === "money") return ((value as number) / 100).toFixed(2);
	if (field.type === "time") return new Date((value as number) * 1000).toISOString();
	return Array.isArray(value) ? value.map((one: unknown) => (typeof one === "object" ? String((one as { value?: unknown } | null)?.value ?? "") : String(one))).join(", ") : String(value);
}
// The first line names the columns.
export const csvLines = (lines: string[][]) => lines.map((line) => line.map(quoted).join(",")).join("\r\n");
export const csvOf = (columns: Field[], records: Rec[]) =>
	csvLines([columns.map((f) => term(f.label)), ...records.map((r) => columns.map((f) => cell(r, f)))]);
// All pages behind an address.
export async function allOf(path: string): Promise<Rec[]> {
	const found: Rec[] = [];
	for (let cursor: string | undefined = ""; cursor !== undefined;) {
		const page: Page = await get<Page>(cursor ? `${path}${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}` : path);
		found.push(...page.items);
		cursor = page.cursor;
	}
	return found;
}
// For lists whose file is made here.
export function download(name: string, text: string) {
	const at = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
	const link = document.createElement("a");
	link.href = at;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(at), 10000);
}
