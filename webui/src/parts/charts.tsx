// Our own charts: SVG drawn to the width there is, each with its numbers as a table for who cannot see it.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n";
import { styled } from "./basic";

export type Shown = (value: number) => string;
export interface Bar { label: string; value: number; extra?: string; to?: string | undefined; tone?: number }

// The width of the place a chart stands in.
function useWidth(): [preact.RefObject<HTMLDivElement | null>, number] {
	const box = useRef<HTMLDivElement>(null);
	const [width, setWidth] = useState(560);
	useEffect(() => {
		if (!box.current) return undefined;
		const watch = new ResizeObserver(([entry]) => setWidth(Math.max(220, Math.round(entry!.contentRect.width))));
		watch.observe(box.current);
		return () => watch.disconnect();
	}, []);
	return [box, width];
}
export function Numbers({ caption, heads, rows }: { caption: string; heads: string[]; rows: (string | number)[][] }) {
	return (
		<table class="sr">
			<caption>{caption}</caption>
			<thead><tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
			<tbody>{rows.map((row, i) => <tr key={i}>{row.map((cell, j) => (j ? <td key={j}>{cell}</td> : <th key={j} scope="row">{cell || "–"}</th>))}</tr>)}</tbody>
		</table>
	);
}
export const Legend = ({ names }: { names: string[] }) => (
	<ul class="legend" aria-hidden="true">{names.map((name, i) => <li key={name}><span class={`dot b${(i % 6) + 1}`} />{name}</li>)}</ul>
);
const Maybe = ({ to, label, children }: { to?: string | undefined; label: string; children: ComponentChildren }) =>
	to ? <a href={to} aria-label={label}>{children}</a> : <>{children}</>;

// Horizontal bars; each may open its records.
export function Bars({ bars, shown, label, funnel }: { bars: Bar[]; shown: Shown; label: string; funnel?: boolean }) {
	const most = Math.max(1, ...bars.map((b) => Math.abs(b.value)));
	const Part = ({ bar }: { bar: Bar }) => {
		const share = (Math.abs(bar.value) / most) * 100;
		return (
			<>
				<span class="cut">{bar.label}</span>
				<span class="track"><div class={`b${bar.tone ?? 1}`} ref={styled({ width: `${share}%`, "margin-left": funnel ? `${(100 - share) / 2}%` : "0" })} /></span>
				<span class="figure"><span class="strong">{shown(bar.value)}</span>{bar.extra && <span class="faint small"> {bar.extra}</span>}</span>
			</>
		);
	};
	return (
		<ul class="bars" aria-label={label}>
			{bars.map((bar) => <li key={bar.label}>{bar.to ? <a href={bar.to}><Part bar={bar} /></a> : <div class="bar"><Part bar={bar} /></div>}</li>)}
		</ul>
	);
}

const TOP = 14, LOW = 24, LEFT = 52, RIGHT = 10;
// The end of an axis: a little more than the most, and whole in each of its quarters.
const nice = (most: number) => {
	const small = [4, 8, 12].find((n) => n >= most);
	if (small) return small;
	const size = 10 ** Math.floor(Math.log10(most));
	return [1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].map((n) => n * size).find((n) => n >= most) ?? most;
};
function Axis({ most, least = 0, width, height, shown }: { most: number; least?: number; width: number; height: number; shown: Shown }) {
	const y = (value: number) => TOP + ((most - value) / (most - least || 1)) * (height - TOP - LOW);
	const steps = [0, 1, 2, 3, 4].map((i) => least + ((most - least) * i) / 4);
	return (
		<g aria-hidden="true">
			{steps.map((value) => (
				<g key={value}><line class="axis" x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} /><text x={LEFT - 8} y={y(value) + 4} text-anchor="end">{shown(value)}</text></g>
			))}
		</g>
	);
}
const every = (count: number, width: number) => Math.max(1, Math.ceil(count / Math.max(2, Math.floor((width - LEFT) / 68))));

export interface Series { name: string; values: (number | null)[]; dashed?: boolean }
export function Lines({ labels, series, shown, axis, label, height = 220 }: { labels: string[]; series: Series[]; shown: Shown; axis?: Shown; label: string; height?: number }) {
	const [box, width] = useWidth();
	const most = nice(Math.max(1, ...series.flatMap((s) => s.values.map((v) => v ?? 0))));
	const x = (i: number) => LEFT + (labels.length < 2 ? 0 : (i * (width - LEFT - RIGHT - 8)) / (labels.length - 1)) + 4;
	const y = (value: number) => TOP + (1 - value / most) * (height - TOP - LOW);
	const path = (values: (number | null)[]) =>
		values.map((v, i) => (v === null ? "" : `${i && values[i - 1] !== null ? "L" : "M"}${x(i).toFixed(1)} ${y(v).toFixed(1)}`)).join("");
	const step = every(labels.length, width);
	return (
		<div class="chart" ref={box}>
			<svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
				<Axis most={most} width={width} height={height} shown={axis ?? shown} />
				{labels.map((text, i) => i % step === 0 && <text key={i} x={x(i)} y={height - 6} text-anchor={i === 0 ? "start" : "middle"} aria-hidden="true">{text}</text>)}
				{series.map((s, i) => <path key={s.name} d={path(s.values)} class={`line-mark s${(i % 6) + 1} ${s.dashed ? "dashed" : ""}`} />)}
				{series.map((s, i) => s.values.map((v, j) => v !== null && !s.dashed && <circle key={`${i}-${j}`} cx={x(j)} cy={y(v)} r="3" class={`mark f${(i % 6) + 1}`}><title>{`${s.name}, ${labels[j]}: ${shown(v)}`}</title></circle>))}
			</svg>
			{series.length > 1 && <Legend names={series.map((s) => s.name)} />}
			<Numbers caption={label} heads={[t("name"), ...series.map((s) => s.name)]} rows={labels.map((text, i) => [text, ...series.map((s) => (s.values[i] == null ? "–" : shown(s.values[i]!)))])} />
		</div>
	);
}
// Columns beside each other, or on top of each other.
export function Columns({ labels, series, shown, axis, label, stacked, height = 220 }: { labels: string[]; series: Series[]; shown: Shown; axis?: Shown; label: string; stacked?: boolean; height?: number }) {
	const [box, width] = useWidth();
	const tall = labels.map((_, i) => (stacked ? series.reduce((sum, s) => sum + (s.values[i] ?? 0), 0) : Math.max(...series.map((s) => s.values[i] ?? 0))));
	const most = nice(Math.max(1, ...tall));
	const slot = (width - LEFT - RIGHT) / Math.max(1, labels.length);
	const room = Math.min(slot * 0.7, 56);
	const wide = stacked ? room : room / series.length;
	const high = (value: number) => (value / most) * (height - TOP - LOW);
	const step = every(labels.length, width);
	return (
		<div class="chart" ref={box}>
			<svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
				<Axis most={most} width={width} height={height} shown={axis ?? shown} />
				{labels.map((text, i) => {
					let under = 0;
					const at = LEFT + slot * i + (slot - room) / 2;
					return (
						<g key={i}>
							{series.map((s, j) => {
								const value = s.values[i] ?? 0;
								const top = height - LOW - high(value) - (stacked ? under : 0);
								under += high(value);
								return value > 0 && <rect key={s.name} class={`mark f${(j % 6) + 1}`} x={at + (stacked ? 0 : j * wide)} y={top} width={Math.max(1, wide - 1)} height={high(value)} rx={stacked ? 1 : 3}><title>{`${text}, ${s.name}: ${shown(value)}`}</title></rect>;
							})}
							{i % step === 0 && <text x={LEFT + slot * (i + 0.5)} y={height - 6} text-anchor="middle" aria-hidden="true">{text}</text>}
						</g>
					);
				})}
			</svg>
			{series.length > 1 && <Legend names={series.map((s) => s.name)} />}
			<Numbers caption={label} heads={[t("name"), ...series.map((s) => s.name)]} rows={labels.map((text, i) => [text, ...series.map((s) => shown(s.values[i] ?? 0))])} />
		</div>
	);
}
export interface Step { label: string; value: number; total?: boolean; good?: boolean; to?: string | undefined }
// From a start to an end by what came and went between.
export function Waterfall({ steps, shown, axis, label, height = 250 }: { steps: Step[]; shown: Shown; axis?: Shown; label: string; height?: number }) {
	const [box, width] = useWidth();
	let level = 0;
	const bars = steps.map((step) => {
		const from = step.total ? 0 : level;
		level = step.total ? step.value : level + step.value;
		return { ...step, from, end: level };
	});
	const most = nice(Math.max(1, ...bars.map((b) => Math.max(b.from, b.end))));
	const least = Math.min(0, ...bars.map((b) => Math.min(b.from, b.end)));
	const slot = (width - LEFT - RIGHT) / Math.max(1, bars.length);
	const wide = Math.min(slot * 0.66, 64);
	const y = (value: number) => TOP + ((most - value) / (most - least || 1)) * (height - TOP - LOW);
	const step = every(bars.length, width);
	return (
		<div class="chart" ref={box}>
			<svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="group" aria-label={label}>
				<Axis most={most} least={least} width={width} height={height} shown={axis ?? shown} />
				{bars.map((b, i) => {
					const x = LEFT + slot * i + (slot - wide) / 2;
					const top = Math.min(y(b.from), y(b.end));
					return (
						<g key={b.label}>
							{i > 0 && <line class="axis" x1={x - slot + wide} x2={x} y1={y(b.total ? b.end : b.from)} y2={y(b.total ? b.end : b.from)} />}
							<Maybe to={b.to} label={`${b.label}: ${shown(b.value)}`}>
								<rect class={`mark ${b.total ? "f1" : b.good || b.value >= 0 ? "f-good" : "f-bad"}`} x={x} y={top} width={wide} height={Math.max(2, Math.abs(y(b.from) - y(b.end)))} rx="3"><title>{`${b.label}: ${shown(b.value)}`}</title></rect>
							</Maybe>
							{width > 420 && <text class="value" x={x + wide / 2} y={top - 4} text-anchor="middle" aria-hidden="true">{(axis ?? shown)(b.value)}</text>}
							{i % step === 0 && <text x={x + wide / 2} y={height - 6} text-anchor="middle" aria-hidden="true">{b.label}</text>}
						</g>
					);
				})}
			</svg>
			<Numbers caption={label} heads={[t("name"), t("value")]} rows={bars.map((b) => [b.label, shown(b.value)])} />
		</div>
	);
}
const CENTRE = 60, RADIUS = 44, ROUND = 2 * Math.PI * RADIUS;
export function Donut({ bars, shown, label, total }: { bars: Bar[]; shown: Shown; label: string; total?: string }) {
	const sum = bars.reduce((n, b) => n + b.value, 0);
	let before = 0;
	return (
		<div class="donut chart">
			<svg viewBox="0 0 120 120" role="img" aria-label={label}>
				<circle cx={CENTRE} cy={CENTRE} r={RADIUS} fill="none" class="axis" stroke-width="18" />
				{bars.map((b, i) => {
					const part = sum ? (b.value / sum) * ROUND : 0;
					const at = before;
					before += part;
					return part > 0 && <circle key={b.label} cx={CENTRE} cy={CENTRE} r={RADIUS} fill="none" class={`s${(i % 6) + 1}`} stroke-width="18" stroke-dasharray={`${Math.max(0.5, part - 1.2)} ${ROUND}`} stroke-dashoffset={-at} transform="rotate(-90 60 60)"><title>{`${b.label}: ${shown(b.value)}`}</title></circle>;
				})}
				<text class="value" x={CENTRE} y={CENTRE + 5} text-anchor="middle" aria-hidden="true">{total ?? shown(sum)}</text>
			</svg>
			<ul class="legend">
				{bars.map((b, i) => <li key={b.label}><span class={`dot b${(i % 6) + 1}`} />{b.to ? <a href={b.to}>{b.label}</a> : b.label}<span class="num">{shown(b.value)}</span></li>)}
			</ul>
		</div>
	);
}
