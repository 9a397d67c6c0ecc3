// Where events stand in a day's column: those at the same time beside each other.

export interface Span { start: number; end: number }
export interface Placed<T> { event: T; lane: number; lanes: number }

export function place<T extends Span>(events: T[]): Placed<T>[] {
	const sorted = [...events].sort((a, b) => a.start - b.start || b.end - a.end);
	const done: Placed<T>[] = [];
	let cluster: Placed<T>[] = [];
	let until = -Infinity;
	const close = () => {
		const lanes = Math.max(0, ...cluster.map((p) => p.lane)) + 1;
		for (const placed of cluster) placed.lanes = lanes;
		done.push(...cluster);
		cluster = [];
	};
	for (const event of sorted) {
		if (event.start >= until) close();
		const taken = new Set(cluster.filter((p) => p.event.end > event.start).map((p) => p.lane));
		let lane = 0;
		while (taken.has(lane)) lane++;
		cluster.push({ event, lane, lanes: 1 });
		until = Math.max(cluster.length > 1 ? until : -Infinity, event.end);
	}
	close();
	return done;
}

// Where events stand in a row of days: each a bar over its days, in the lowest lane that is free on all of them.
export interface Bar<T> { event: T; lane: number; from: number; days: number; begins: boolean; ends: boolean }

// borders: when each day begins, and when the last one ends. What comes first in `events` gets the lower lane.
export function bars<T extends Span>(events: T[], borders: number[]): Bar<T>[] {
	const done: Bar<T>[] = [];
	const taken: boolean[][] = borders.slice(1).map(() => []);
	for (const event of events) {
		// What takes no time is there nevertheless.
		const end = Math.max(event.end, event.start + 1);
		const on = taken.map((_, i) => i).filter((i) => event.start < borders[i + 1]! && end > borders[i]!);
		if (!on.length) continue;
		let lane = 0;
		while (on.some((i) => taken[i]![lane])) lane++;
		for (const i of on) taken[i]![lane] = true;
		done.push({ event, lane, from: on[0]!, days: on.length, begins: event.start >= borders[on[0]!]!, ends: end <= borders[on.at(-1)! + 1]! });
	}
	return done;
}
