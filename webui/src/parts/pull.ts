// Pulling over a grid of days: a free span to make something there, a block to move it, its edge to make it longer.
// By mouse at once, by touch after a long press.

import { carry } from "./hold";

const FAR = 5;
const LONG = 320;
const STEP = 15;

// A column of the grid, or a cell of it, and minutes since its midnight, by quarters of an hour.
export interface Spot {
	column: number;
	minutes: number;
}
type SpotAt = (x: number, y: number) => Spot;
interface Pull {
	spot: SpotAt;
	// What moves by itself when the pointer comes near its upper or lower edge.
	scroll?: HTMLElement | null;
	to: (from: Spot, now: Spot) => void;
	end: (from: Spot, now: Spot) => void;
	cancel: () => void;
	// Nothing was pulled: a click, or a touch that scrolled.
	still?: (at: Spot) => void;
}
// Where columns of hours stand beside each other, an hour `hour` pixels high.
export const hours = (grid: HTMLElement, hour: number): SpotAt => (x, y) => {
	const boxes = [...grid.querySelectorAll<HTMLElement>("[data-column]")].map((c) => c.getBoundingClientRect());
	const in_ = boxes.findIndex((b) => x < b.right);
	const column = in_ < 0 ? boxes.length - 1 : in_;
	const minutes = Math.floor((((y - boxes[column]!.top) / hour) * 60) / STEP) * STEP;
	return { column, minutes: Math.max(0, Math.min(24 * 60, minutes)) };
};
// Where whole days stand in one row or several: the nearest row, and in it the nearest day.
export const cells = (grid: HTMLElement): SpotAt => (x, y) => {
	const boxes = [...grid.querySelectorAll<HTMLElement>("[data-cell]")].map((c) => c.getBoundingClientRect());
	const off = (b: DOMRect) => Math.max(b.top - y, y - b.bottom, 0) * 1000 + Math.max(b.left - x, x - b.right, 0);
	return { column: boxes.reduce((best, box, i) => (off(box) < off(boxes[best]!) ? i : best), 0), minutes: 0 };
};
const scrolled = (box: HTMLElement | null | undefined, y: number) => {
	if (!box) return;
	const at = box.getBoundingClientRect();
	if (y > at.bottom - 28) box.scrollTop += 12;
	else if (y < at.top + 60) box.scrollTop -= 12;
};
export function startPull(event: PointerEvent, { spot, scroll, to, end, cancel, still }: Pull) {
	if (event.button) return;
	const at = { x: event.clientX, y: event.clientY };
	const from = spot(at.x, at.y);
	const touch = event.pointerType === "touch";
	let now = from;
	let pulling = false;
	const begin = () => {
		pulling = true;
		carry(true);
		to(from, now);
	};
	const timer = touch ? window.setTimeout(begin, LONG) : 0;
	const over = () => {
		carry(false);
		clearTimeout(timer);
		removeEventListener("pointermove", moved);
		removeEventListener("pointerup", up);
		removeEventListener("pointercancel", gone);
		removeEventListener("keydown", key, true);
	};
	const moved = (e: PointerEvent) => {
		const far = Math.hypot(e.clientX - at.x, e.clientY - at.y) > FAR;
		if (!pulling && far && touch) return over();
		if (!pulling && far) begin();
		if (!pulling) return;
		e.preventDefault();
		scrolled(scroll, e.clientY);
		const next = spot(e.clientX, e.clientY);
		if (next.column === now.column && next.minutes === now.minutes) return;
		to(from, (now = next));
	};
	const up = () => {
		over();
		if (!pulling) return still?.(from);
		// The click that follows opens nothing.
		addEventListener("click", (e) => { e.preventDefault(); e.stopPropagation(); }, { capture: true, once: true });
		setTimeout(() => dispatchEvent(new Event("click")), 0);
		end(from, now);
	};
	const gone = () => {
		over();
		if (pulling) cancel();
	};
	const key = (e: KeyboardEvent) => {
		if (e.key !== "Escape" || !pulling) return;
		e.stopPropagation();
		gone();
	};
	addEventListener("pointermove", moved);
	addEventListener("pointerup", up);
	addEventListener("pointercancel", gone);
	addEventListener("keydown", key, true);
}
