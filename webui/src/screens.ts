// Every page by its address. `page` comes with the first load, `load` when it is needed.
import type { FunctionComponent } from "preact";
import { LeadScreen, LeadsScreen } from "./screens/leads";

type Page = FunctionComponent<Record<string, string>>;
interface Screen { path: string; page?: Page; load?: () => Promise<Page> }
export const screens: Screen[] = [
	{ path: "/", page: LeadsScreen as Page },
	{ path: "/leads", page: LeadsScreen as Page },
	{ path: "/leads/:id", page: LeadScreen as Page },
];
