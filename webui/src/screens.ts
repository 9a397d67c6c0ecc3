// Every page by its address. `page` comes with the first load, `load` when it is needed.
import type { FunctionComponent } from "preact";
import { AccountScreen, AccountsScreen } from "./screens/accounts";
import { CaseScreen, CasesScreen } from "./screens/cases";
import { ContactScreen, ContactsScreen } from "./screens/contacts";
import { DealScreen, DealsScreen } from "./screens/deals";
import { HomeScreen } from "./screens/home";
import { LeadScreen, LeadsScreen } from "./screens/leads";
import { TasksScreen } from "./screens/tasks";

type Page = FunctionComponent<Record<string, string>>;
interface Screen {
	path: string;
	page?: Page;
	load?: () => Promise<Page>;
}
const admin = () => import("./screens/admin");
const people = () => import("./screens/people");
const tidy = () => import("./screens/tidy");
const campaigns = () => import("./screens/campaigns");
const dashboards = () => import("./screens/dashboards").then((m) => m.DashboardsScreen as Page);
export const screens: Screen[] = [
	{ path: "/", page: HomeScreen as Page },
	{ path: "/leads", page: LeadsScreen as Page },
	{ path: "/leads/:id", page: LeadScreen as Page },
	{ path: "/deals", page: DealsScreen as Page },
	{ path: "/deals/:id", page: DealScreen as Page },
	{ path: "/accounts", page: AccountsScreen as Page },
	{ path: "/accounts/:id", page: AccountScreen as Page },
	{ path: "/contacts", page: ContactsScreen as Page },
	{ path: "/contacts/:id", page: ContactScreen as Page },
	{ path: "/cases", page: CasesScreen as Page },
	{ path: "/cases/:id", page: CaseScreen as Page },
	{ path: "/tasks", page: TasksScreen as Page },
	{ path: "/calendar", load: () => import("./screens/calendar").then((m) => m.CalendarScreen as Page) },
	{ path: "/dashboards", load: dashboards },
	{ path: "/dashboards/:name", load: dashboards },
	{ path: "/records", load: () => import("./screens/records").then((m) => m.RecordsScreen as Page) },
	{ path: "/campaigns", load: () => campaigns().then((m) => m.CampaignsScreen as Page) },
	{ path: "/campaigns/:id", load: () => campaigns().then((m) => m.CampaignScreen as Page) },
	{ path: "/goals", load: () => admin().then((m) => m.GoalsScreen as Page) },
	{ path: "/pipelines", load: () => admin().then((m) => m.PipelinesScreen as Page) },
	{ path: "/forms", load: () => admin().then((m) => m.FormsScreen as Page) },
	{ path: "/rules", load: () => admin().then((m) => m.RulesScreen as Page) },
	{ path: "/settings", load: () => admin().then((m) => m.SettingsScreen as Page) },
	{ path: "/users", load: () => people().then((m) => m.UsersScreen as Page) },
	{ path: "/teams", load: () => people().then((m) => m.TeamsScreen as Page) },
	{ path: "/import", load: () => import("./screens/import").then((m) => m.ImportScreen as Page) },
	{ path: "/duplicates", load: () => tidy().then((m) => m.DuplicatesScreen as Page) },
	{ path: "/bin", load: () => tidy().then((m) => m.BinScreen as Page) },
	{ path: "/connect", load: () => import("./screens/connect").then((m) => m.ConnectScreen as Page) },
	{ path: "/profile", load: () => import("./screens/profile").then((m) => m.ProfileScreen as Page) },
];
