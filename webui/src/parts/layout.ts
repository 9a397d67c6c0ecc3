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
