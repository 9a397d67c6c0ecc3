// A value that pages can watch.
import { useEffect, useState } from "preact/hooks";

export class Cell<T> {
	value: T;
	#watchers = new Set<() => void>();
	constructor(value: T) {
		this.value = value;
	}
	set(value: T) {
		this.value = value;
		for (const watcher of [...this.#watchers]) watcher();
	}
	watch(watcher: () => void): () => void {
		this.#watchers.add(watcher);
		return () => this.#watchers.delete(watcher);
	}
}

export function useCell<T>(cell: Cell<T>): T {
	const [value, set] = useState(cell.value);
	useEffect(() => {
		set(() => cell.value);
		return cell.watch(() => set(() => cell.value));
	}, [cell]);
	return value;
}
