// Choosing one of many by typing: people, teams, records. A combobox as screen readers know it.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { type Page, get, query, titleOf } from "../api";
import { t } from "../i18n";
import { me, useAsk } from "../store";
import { Avatar } from "./basic";

export interface Option {
	id: number;
	name: string;
	second?: string;
	noun?: string;
}
interface Principal {
	id: number;
	name: string;
	display_name?: string;
	title?: string;
	kind?: string;
}
const principalName = (p: Principal) => p.display_name || p.title || p.name;

// Everybody records can be given to. Who may not list people still has themselves.
export function usePeople(): Option[] {
	const { data } = useAsk<{ items: Principal[] }>("/users?limit=500", ["users"]);
	const self = me.value;
	if (data?.items) return data.items.map((p) => ({ id: p.id, name: principalName(p) }));
	return self ? [{ id: self.id, name: self.display_name || self.name }] : [];
}
export function useTeams(): Option[] {
	const { data } = useAsk<{ items: Principal[] }>("/teams?limit=500", ["teams"]);
	if (data?.items) return data.items.map((p) => ({ id: p.id, name: principalName(p) }));
	return me.value?.teams ?? [];
}
export function useRows(noun: string): Option[] {
	const { data } = useAsk<Page>(`/${noun}?limit=200`, [noun]);
	return data?.items.map((r) => ({ id: r.id, name: titleOf(r) })) ?? [];
}
const SMALL = new Set(["lead-statuses", "stages", "pipelines", "slas", "campaigns"]);
export const isSmall = (noun: string) => SMALL.has(noun);

interface Props {
	id?: string;
	label?: string;
	value: number | null;
	name: string;
	choose: (option: Option | null) => void;
	options?: Option[];
	noun?: string;
	create?: (text: string) => void;
	people?: boolean;
}
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function useFound(text: string, open: boolean, options: Option[] | undefined, noun: string | undefined): Option[] {
	const [found, setFound] = useState<Option[]>([]);
	useEffect(() => {
		if (!open || options || !noun) return undefined;
		const stop = new AbortController();
		const timer = setTimeout(async () => {
			try {
				if (noun === "*") {
					const got = await get<{ items: { id: number; title: string; subtitle?: string; noun: string }[] }>(
						`/search?q=${encodeURIComponent(text)}&limit=10`, stop.signal);
					setFound(got.items.map((i) => ({ id: i.id, name: i.title, second: i.subtitle ?? "", noun: i.noun })));
				} else {
					const ask = text ? { q: text, limit: 10 } : { limit: 10 };
					const got = await get<Page>(`/${noun}${query(ask)}`, stop.signal);
					setFound(got.items.map((r) => ({ id: r.id, name: titleOf(r), noun })));
				}
			} catch {
				setFound([]);
			}
		}, 160);
		return () => {
			clearTimeout(timer);
			stop.abort();
		};
	}, [text, open, noun]);
	return options ? options.filter((o) => plain(o.name).includes(plain(text))).slice(0, 50) : found;
}

export function Combo({ id, label, value, name, choose, options, noun, create, people }: Props) {
	const [text, setText] = useState<string | null>(null);
	const [at, setAt] = useState(0);
	const list = useId();
	const box = useRef<HTMLDivElement>(null);
	const open = text !== null;
	const found = useFound(text ?? "", open, options, noun);
	const offered: (Option | "new")[] = create && text?.trim() ? [...found, "new"] : found;
	const pick = (option: Option | "new" | undefined) => {
		if (option === "new") create?.(text!.trim());
		else if (option) choose(option);
		setText(null);
	};
	const keys = (event: KeyboardEvent) => {
		if (event.key === "ArrowDown" || event.key === "ArrowUp") {
			event.preventDefault();
			if (!open) setText("");
			else setAt((at + (event.key === "ArrowDown" ? 1 : offered.length - 1)) % Math.max(1, offered.length));
		} else if (event.key === "Enter" && open) {
			event.preventDefault();
			pick(offered[at]);
		} else if (event.key === "Escape" && open) {
			event.preventDefault();
			event.stopPropagation();
			setText(null);
		}
	};
	const leave = () => {
		if (text === "" && value && box.current?.querySelector("input")?.value === "" ) setText(null);
		else setText(null);
	};
	return (
		<div class="combo" ref={box}>
			<input
				id={id} class="input" role="combobox" aria-label={label} aria-expanded={open} aria-autocomplete="list"
				aria-controls={open ? list : undefined} aria-activedescendant={open && offered[at] ? `${list}-${at}` : undefined} autocomplete="off"
				placeholder={t("type_to_find")} value={text ?? name} onKeyDown={keys} onBlur={leave}
				onFocus={(event) => event.currentTarget.select()}
				onClick={() => !open && setText("")}
				onInput={(event) => {
					setAt(0);
					setText(event.currentTarget.value);
					if (!event.currentTarget.value && value) choose(null);
				}}
			/>
			{open && (
				<div class="options" role="listbox" id={list} aria-label={label ?? t("choices")}>
					{offered.map((option, i) => (
						<div
							key={option === "new" ? "new" : option.id} id={`${list}-${i}`} class="option" role="option" aria-selected={i === at}
							onPointerDown={(event) => { event.preventDefault(); pick(option); }}
							onPointerMove={() => at !== i && setAt(i)}
						>
							{option === "new" ? t("create_named", { name: text!.trim() }) : (
								<>
									{people && <Avatar name={option.name} />}
									<span class="cut">{option.name}</span>
									{option.second && <span class="faint small cut">{option.second}</span>}
								</>
							)}
						</div>
					))}
					{!offered.length && <div class="option faint" role="option" aria-selected="false" aria-disabled="true">{t("nothing_found")}</div>}
				</div>
			)}
		</div>
	);
}
