// Pulling over a grid of days: a free span to make something there, a block to move it, its lower edge to make it longer.
// By mouse at once, by touch after a long press.

const FAR = 5;
const LONG = 320;
const STEP = 15;

// A column of the grid and minutes since its midnight, by quarters of an hour.
export interface Spot {
	column: number;
	minutes: number;
}
interface Pull {
	grid: HTMLElement;
	hour: number;
	to: (from: Spot, now: Spot) => void;
	end: (from: Spot, now: Spot) => void;
	cancel: () => void;
	// Nothing was pulled: a click, or a touch that scrolled.
	still?: (at: Spot) => void;
}
function spotAt(grid: HTMLElement, hour: number, x: number, y: number): Spot {
	const columns = [...grid.querySelectorAll<HTMLElement>("[data-column]")];
	const boxes = columns.map((c) => c.getBoundingClientRect());
	const in_ = boxes.findIndex((b) => x < b.right);
	const column = in_ < 0 ? boxes.length - 1 : in_;
	const minutes = Math.floor((((y - boxes[column]!.top) / hour) * 60) / STEP) * STEP;
	return { column, minutes: Math.max(0, Math.min(24 * 60, minutes)) };
}
const scrolled = (grid: HTMLElement, y: number) => {
	const box = grid.closest<HTMLElement>(".cal-scroll");
	if (!box) return;
	const at = box.getBoundingClientRect();
	if (y > at.bottom - 28) box.scrollTop += 12;
	else if (y < at.top + 60) box.scrollTop -= 12;
};
const stay = (event: Event) => event.preventDefault();

export function startPull(event: PointerEvent, { grid, hour, to, end, cancel, still }: Pull) {
	if (event.button) return;
	const at = { x: event.clientX, y: event.clientY };
	const from = spotAt(grid, hour, at.x, at.y);
	const touch = event.pointerType === "touch";
	let now = from;
	let pulling = false;
	const begin = () => {
		pulling = true;
		document.addEventListener("touchmove", stay, { passive: false });
		to(from, now);
	};
	const timer = touch ? window.setTimeout(begin, LONG) : 0;
	const over = () => {
		clearTimeout(timer);
		removeEventListener("pointermove", moved);
		removeEventListener("pointerup", up);
		removeEventListener("pointercancel", gone);
		removeEventListener("keydown", key, true);
		document.removeEventListener("touchmove", stay);
	};
	const moved = (e: PointerEvent) => {
		const far = Math.hypot(e.clientX - at.x, e.clientY - at.y) > FAR;
		if (!pulling && far && touch) return over();
		if (!pulling && far) begin();
		if (!pulling) return;
		e.preventDefault();
		scrolled(grid, e.clientY);
		const next = spotAt(grid, hour, e.clientX, e.clientY);
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
