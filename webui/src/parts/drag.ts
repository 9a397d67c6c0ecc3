// Dragging a card onto a lane: by mouse after a few pixels, by touch after a long press. Keys are the board's own.
import { carry } from "./hold";

const FAR = 6;
const LONG = 280;
const EDGE = 44;
const SPEED = 7;

export interface Drag {
	card: HTMLElement;
	over: (lane: string | null) => void;
	drop: (lane: string) => void;
}
const laneAt = (x: number, y: number) =>
	document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-lane]")?.dataset.lane ?? null;

// Begins with a pointerdown on the card.
export function startDrag(event: PointerEvent, { card, over, drop }: Drag) {
	if (event.button || (event.target as Element).closest("select, button, input")) return;
	const from = { x: event.clientX, y: event.clientY };
	const box = card.getBoundingClientRect();
	let ghost: HTMLElement | null = null;
	let lane: string | null = null;
	const lift = () => {
		ghost = card.cloneNode(true) as HTMLElement;
		ghost.classList.add("drag-ghost");
		ghost.setAttribute("aria-hidden", "true");
		ghost.style.setProperty("width", `${box.width}px`);
		document.body.append(ghost);
		card.classList.add("moving");
		carry(true);
		requestAnimationFrame(scroll);
	};
	const timer = event.pointerType === "mouse" ? 0 : window.setTimeout(() => { lift(); place(from.x, from.y); }, LONG);
	const place = (x: number, y: number) => {
		ghost?.style.setProperty("left", `${box.left + x - from.x}px`);
		ghost?.style.setProperty("top", `${box.top + y - from.y}px`);
	};
	const board = card.closest<HTMLElement>(".board");
	let x = from.x;
	let y = from.y;
	// Near the board's edge it goes on scrolling, moved or not.
	const scroll = () => {
		if (!ghost || !board) return;
		const at = board.getBoundingClientRect();
		const by = x > at.right - EDGE ? 1 : x < at.left + EDGE ? -1 : 0;
		board.scrollLeft += by * SPEED;
		if (by) reached();
		requestAnimationFrame(scroll);
	};
	const reached = () => {
		const now = laneAt(x, y);
		if (now !== lane) over((lane = now));
	};
	const move = (e: PointerEvent) => {
		const far = Math.hypot(e.clientX - from.x, e.clientY - from.y) > FAR;
		if (!ghost && far && event.pointerType === "mouse") lift();
		else if (!ghost && far) return end();
		if (!ghost) return;
		e.preventDefault();
		[x, y] = [e.clientX, e.clientY];
		place(x, y);
		reached();
	};
	const end = () => {
		clearTimeout(timer);
		removeEventListener("pointermove", move);
		removeEventListener("pointerup", up);
		removeEventListener("pointercancel", end);
		carry(false);
		ghost?.remove();
		ghost = null;
		card.classList.remove("moving");
		over(null);
	};
	const up = () => {
		const dropped = ghost && lane;
		// The click that follows a drag opens nothing.
		if (ghost) addEventListener("click", (e) => { e.preventDefault(); e.stopPropagation(); }, { capture: true, once: true });
		if (ghost) setTimeout(() => dispatchEvent(new Event("click")), 0);
		end();
		if (dropped) drop(dropped);
	};
	addEventListener("pointermove", move);
	addEventListener("pointerup", up);
	addEventListener("pointercancel", end);
}
