// A finger that carries something does not scroll, and asks for no menu. Browsers want to know before it touches that
// somebody may say so: a listener that comes later is not asked.
let carrying = false;
const stay = (event: Event) => { if (carrying && event.cancelable) event.preventDefault(); };
export function carry(on: boolean) {
	carrying = on;
	if (on) addEventListener("contextmenu", stay, true);
	else removeEventListener("contextmenu", stay, true);
}
// A ref of whatever things are carried in.
export const holdStill = (box: HTMLElement | null) => box?.addEventListener("touchmove", stay, { passive: false });
