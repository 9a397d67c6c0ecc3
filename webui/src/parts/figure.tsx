// A figure of a dashboard: its number, against before, target and team; it opens the records behind it.
import type { Figure } from "../api";
import { duration, money, moneyShort, number, numberShort, percent } from "../format";
import { definition, t, term, tn } from "../i18n";
import { href } from "../router";
import { me, useAsk } from "../store";
import { styled } from "./basic";
import { Icon } from "./icon";

export function show(value: number | null | undefined, unit: Figure["unit"], short = false): string {
	if (value === null || value === undefined) return "–";
	const own = me.value?.company.currency;
	if (unit === "money") return short ? moneyShort(value, own) : money(Math.round(value / 100) * 100, own);
	if (unit === "percent") return percent(value, Math.abs(value) < 10 ? 1 : 0);
	if (unit === "seconds") return duration(value);
	if (unit === "days") return t("days_n", { n: number(value, 1) });
	return short ? numberShort(value) : number(value, 1);
}
// Figures where less is better turn the colour of their trend round.
const LESS = /lost|stale|age|waiting|unassigned|response|resolution|reopen|complaint|cost|risk|backlog|cycle|lowered|slipped|cases_open/;
const isLess = (name: string) => LESS.test(name) && !/^sla|within/.test(name);

export const recordsOf = (figure: Figure, name: string) =>
	figure.records ? href(`/records?of=${encodeURIComponent(figure.records.replace(/^\/api\/v1/, ""))}&name=${name}`) : undefined;
export function Trend({ name, figure, better: sign }: { name: string; figure: Figure; better?: number | undefined }) {
	if (figure.previous === undefined || figure.previous === null || figure.value === null || !figure.previous) return null;
	const change = ((figure.value - figure.previous) / Math.abs(figure.previous)) * 100;
	if (Math.abs(change) < 0.5) return <span>{t("as_before")}</span>;
	const better = change > 0 !== (sign === undefined ? isLess(name) : sign < 0);
	return (
		<span class={`trend ${better ? "good" : "bad"}`} title={t("before", { value: show(figure.previous, figure.unit) })}>
			<Icon name={change > 0 ? "up" : "down"} size={12} /><span class="sr">{better ? t("better") : t("worse")} </span>{percent(Math.abs(change))}
		</span>
	);
}
export function Tile({ name, label, figure, better, hint }: { name: string; label: string; figure: Figure; better?: number | undefined; hint?: string | undefined }) {
	const to = recordsOf(figure, name);
	const beside = [
		figure.value === null && t(name === "coverage" ? "coverage_none" : "not_counted"),
		figure.target != null && t("of_target", { value: show(figure.target, figure.unit, true) }),
		figure.median != null && t("team_median", { value: show(figure.median, figure.unit) }),
		figure.best_quartile != null && t("team_best", { value: show(figure.best_quartile, figure.unit) }),
		figure.median == null && figure.mean != null && t("team_mean", { value: show(figure.mean, figure.unit) }),
		figure.reps !== undefined && tn("people_n", figure.reps),
		figure.p90 != null && t("p90", { value: show(figure.p90, figure.unit) }),
	].filter(Boolean);
	const body = (
		<>
			<span class="name" title={hint}>{label}</span>
			<span class="value">{show(figure.value, figure.unit)}</span>
			<span class="extra"><Trend name={name} figure={figure} better={better} />{beside.map((text) => <span key={String(text)}>{text}</span>)}</span>
			{figure.target ? <GoalLine value={figure.value ?? 0} target={figure.target} /> : null}
		</>
	);
	return to ? <a class="tile" href={to}>{body}</a> : <div class="tile">{body}</div>;
}
export const GoalLine = ({ value, target, due }: { value: number; target: number; due?: number | undefined }) => (
	<div class="goal-line" aria-hidden="true">
		<div class="fill" ref={styled({ width: `${Math.min(100, (value / (target || 1)) * 100)}%` })} />
		{due !== undefined && <div class="due" ref={styled({ left: `${Math.min(100, (due / (target || 1)) * 100)}%` })} />}
	</div>
);
export const labelOf = (name: string, known?: string) => term(known ?? name.replace(/_/g, " "));

export interface Known {
	name: string;
	label: string;
	definition?: string;
	better?: number;
}
// What the server calls its figures, and what each means.
export function useFigureNames(): Map<string, Known> {
	const { data } = useAsk<{ items: Known[] }>("/figures");
	const words = (f: Known) => ({ ...f, definition: definition(f.name, f.definition ?? "") });
	return new Map((data?.items ?? []).map((f) => [f.name, words(f)]));
}
