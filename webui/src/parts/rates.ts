// Money of several currencies in the company's one, by the newest rate.
import type { Page, Rec } from "../api";
import { me, useAsk } from "../store";

export type InCompany = (hundredths: number, currency: string | undefined) => number;
export function useRates(): InCompany {
	const { data } = useAsk<Page>("/rates?limit=500", ["rates"]);
	const own = me.value?.company.currency ?? "EUR";
	const newest = new Map<string, Rec>();
	for (const row of data?.items ?? []) {
		const before = newest.get(String(row.currency));
		if (!before || String(row.from) > String(before.from)) newest.set(String(row.currency), row);
	}
	return (hundredths, currency) => {
		if (!currency || currency === own) return hundredths;
		const row = newest.get(currency);
		return row ? Math.round((hundredths * Number(row.micros)) / 1e6) : 0;
	};
}
