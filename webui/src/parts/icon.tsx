// Our own icons: 24 units square, drawn with a stroke; decorative unless a label is given.
const SHAPES = {
	home: "M3 11.5 12 4l9 7.5M5.5 10v9.5h13V10M10 19.5v-6h4v6",
	lead: "M12 3v4M12 17v4M3 12h4M17 12h4M12 12h.01M7.5 7.5 12 12M18 6a8.5 8.5 0 1 1-12 0",
	deal: "M4 5h4v14H4zM10 5h4v9h-4zM16 5h4v11h-4z",
	account: "M4 20V6l8-3v17M12 9l8 2v9M2.5 20h19M7 9h2M7 13h2M7 17h2M15.5 14h1.5M15.5 17h1.5",
	contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.6-4 3.6-6 7.5-6s6.900 2 7.5 6",
	case: "M4 13a8 8 0 0 1 16 0M4 13v3.500a2 2 0 0 0 2 2h1V13H4ZM20 13v3.500a2 2 0 0 1-2 2h-1V13h3ZM18 18.500c0 1.500-1.500 2.500-4 2.500",
	calendar: "M4 6h16v14H4zM4 10.500h16M8 3.500v4M16 3.500v4",
	task: "M20.500 12a8.500 8.500 0 1 1-4-7.200M8.500 11.500l3 3 8.500-9",
	chart: "M4 4v16h16M8 16v-4M12.500 16V8M17 16v-6",
	campaign: "M4 10v4h3l8 4.500v-13L7 10H4ZM8 14v5h3v-3.500M18.500 9.500a4 4 0 0 1 0 5",
	goal: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 17a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM12 12h.01",
	pipeline: "M3.500 5h17l-6.500 8v6l-4-2v-4z",
	form: "M5 3.500h14v17H5zM8.500 8h7M8.500 12h7M8.500 16h4",
	rule: "M5 4v6a4 4 0 0 0 4 4h10M15 10l4 4-4 4M5 20v-4",
	user: "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM2.500 19.500c.4-3.500 3-5.500 6.500-5.500s6.100 2 6.500 5.500M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .7 3.200 2.500 3.500 5",
	team: "M12 9.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM5.500 20.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM18.500 20.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM12 9.500v3.500M7.500 15l4.500-2 4.500 2",
	settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM9 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z",
	upload: "M12 15V3.500M7.500 8 12 3.500 16.500 8M4 16v4h16v-4",
	download: "M12 3.500v11M7.500 10l4.500 4.500L16.500 10M4 16v4h16v-4",
	duplicate: "M8.500 8.500h12v12h-12zM15.500 8.500v-5h-12v12h5",
	device: "M7 2.500h10v19H7zM11 18.500h2",
	bin: "M4 6.500h16M9 6.500v-3h6v3M6 6.500l1 14h10l1-14M10 10.500v6M14 10.500v6",
	search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM16 16l4.500 4.500",
	plus: "M12 5v14M5 12h14",
	close: "m6 6 12 12M18 6 6 18",
	check: "m5 12.500 4.500 4.500L19 7.500",
	down: "m6 9.500 6 6 6-6",
	up: "m6 14.500 6-6 6 6",
	left: "m14.500 6-6 6 6 6",
	right: "m9.500 6 6 6-6 6",
	more: "M5.300 12a.7.7 0 1 0 1.400 0 .7.7 0 0 0-1.400 0M11.300 12a.7.7 0 1 0 1.400 0 .7.7 0 0 0-1.400 0M17.300 12a.7.7 0 1 0 1.400 0 .7.7 0 0 0-1.400 0",
	menu: "M4 7h16M4 12h16M4 17h16",
	filter: "M4 6h16M7 12h10M10 18h4",
	columns: "M4 5h16v14H4zM9.500 5v14M15 5v14",
	print: "M7 9V3.500h10V9M7 17H4V9h16v8h-3M7 14h10v6.500H7z",
	phone: "M5 4h4l1.500 5-2.500 1.500a11 11 0 0 0 5.500 5.500L15 13.500l5 1.500v4c0 1-.8 1.500-1.500 1.500C11 20.500 3.500 13 3.500 5.500 3.500 4.800 4 4 5 4Z",
	mail: "M3.500 5.500h17v13h-17zM4 6.500l8 6.500 8-6.500",
	chat: "M4 5h16v11h-9l-4.500 4v-4H4z",
	note: "M5 3.500h14v11.500l-5.500 5.500H5zM13.500 20.500V15H19M8.500 8h7M8.500 11.500h4",
	meeting: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM16 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.500 19c.3-3 2.500-5 5.500-5 1.500 0 3 .5 4 1.600 1-1.100 2.500-1.600 4-1.600 3 0 5.200 2 5.500 5",
	pin: "M9 3.500h6l-.5 6 3.500 4H6l3.500-4zM12 13.500v7",
	clock: "M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17ZM12 7.500V12l3 2",
	warning: "M12 4 2.500 20h19zM12 10v4.500M12 17.200h.01",
	info: "M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17ZM12 11v5.500M12 8h.01",
	pen: "m4 20 1-4.500L16 4.500l3.500 3.500-11 11zM14 6.500l3.500 3.500",
	link: "M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1",
	star: "m12 3.500 2.600 5.500 6 .8-4.400 4.200 1.100 6L12 17.100 6.700 20l1.100-6L3.400 9.800l6-.8z",
	undo: "M8.500 5 4 9.500 8.500 14M4.500 9.500H14a5.500 5.500 0 0 1 0 11h-3",
	history: "M3.500 12a8.500 8.500 0 1 0 2.800-6.300L3.500 8M3.500 4v4h4M12 7.500V12l3 2",
	merge: "M6 4v4a5 5 0 0 0 5 5h1v7M18 4v4a5 5 0 0 1-5 5h-1M9 17l3 3 3-3",
	swap: "M4 8.500h15M15 4.500l4 4-4 4M20 15.500H5M9 11.500l-4 4 4 4",
	sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400",
	signout: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9.500",
	trophy: "M7.500 4h9v6a4.500 4.500 0 0 1-9 0zM7.500 5.500H4c0 3.500 1.500 5 3.800 5M16.500 5.500H20c0 3.500-1.500 5-3.800 5M12 14.500V18M8 20.500h8M9.500 20.500c0-1.500 1-2.500 2.500-2.500s2.500 1 2.500 2.500",
	flag: "M5.500 21V4M5.500 4.500c4-2 8 2 13 0v9c-5 2-9-2-13 0",
	globe: "M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17ZM3.500 12h17M12 3.500c5 5 5 12 0 17M12 3.500c-5 5-5 12 0 17",
	board: "M4 4.500h16v15H4zM9.500 4.500v15M15 4.500v15M4 4.500",
	list: "M8.500 6H20M8.500 12H20M8.500 18H20M4.500 6h.01M4.500 12h.01M4.500 18h.01",
	bell: "M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 2h-15zM10 21h4",
	attach: "M19 11.500 12 18.500a4.500 4.500 0 0 1-6.400-6.400l7.500-7.500a3 3 0 0 1 4.300 4.300l-7.500 7.500a1.500 1.500 0 0 1-2.100-2.100l6.700-6.700",
} as const;
export type IconName = keyof typeof SHAPES;

export function Icon({ name, size = 16, label }: { name: IconName; size?: number; label?: string }) {
	return (
		<svg
			width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"
			stroke-linecap="round" stroke-linejoin="round"
			{...(label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" })}
		>
			<path d={SHAPES[name]} />
		</svg>
	);
}
// What each noun looks like everywhere.
export const nounIcon: Record<string, IconName> = {
	accounts: "account", contacts: "contact", leads: "lead", deals: "deal", cases: "case", tasks: "task",
	meetings: "calendar", notes: "note", campaigns: "campaign", goals: "goal", pipelines: "pipeline", forms: "form", rules: "rule",
};
// How people talked.
export const talkIcon: Record<string, IconName> = { Mail: "mail", Call: "phone", Chat: "chat", Note: "note", Visit: "pin", Meeting: "meeting" };
