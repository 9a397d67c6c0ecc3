// Each role's morning, from signing in to signing out: every page of theirs opens, in order, on a desk and on a phone.
import { after, before, test } from "node:test";
import { NARROW, WIDE, goTo, inOrder, openAs, startBrowser } from "./browser.mjs";
import { fill } from "./company.mjs";
import { startKontor } from "./kontor.mjs";

let kontor, browser, made;
before(async () => {
	[kontor, browser] = await Promise.all([startKontor(), startBrowser()]);
	made = await fill(kontor);
});
after(async () => { await browser?.close(); await kontor?.stop(); });

const own = ["/", "/contacts", () => `/contacts/${made.contact.id}`, "/accounts", () => `/accounts/${made.account.id}`, "/tasks", "/connect", "/profile"];
const ROLES = {
	"a rep": { name: "ann", pages: [...own, "/leads", () => `/leads/${made.lead.id}`, "/deals?as=board", "/deals?as=list&view=all", () => `/deals/${made.deals.Rollout.id}`, () => `/accounts/${made.account.id}?tab=deals`, "/dashboards/sales", "/calendar?as=week", "/campaigns", "/duplicates"] },
	"a support rep": { name: "carla", pages: [...own, "/cases", "/cases?view=open", () => `/cases/${made.case.id}`, () => `/accounts/${made.account.id}?tab=cases`, "/dashboards/support", "/calendar?as=month", "/bin"] },
	"a manager": { name: "dora", pages: ["/", "/leads?view=queue", "/leads?view=all", "/dashboards/manager", "/dashboards/company", "/dashboards/campaigns", "/goals", "/pipelines", "/forms", "/rules", "/campaigns", () => `/campaigns/${made.campaign.id}`, "/teams", "/import", () => `/calendar?as=day&who=${made.me.id},${made.support.id}`] },
	"the admin": { name: "admin", pages: ["/", "/users", "/teams", "/settings", "/settings?part=status", "/settings?part=sla", "/settings?part=views", "/settings?part=sight", "/bin"] },
};
const SEEN = [["a desk", { viewport: WIDE, colorScheme: "light" }], ["a phone, in the dark", { viewport: NARROW, colorScheme: "dark" }]];

for (const [role, { name, pages }] of Object.entries(ROLES))
	for (const [where, options] of SEEN)
		test(`${role}, at ${where}`, async () => {
			const page = await openAs(browser, kontor, name, options);
			for (const one of pages) {
				const path = typeof one === "function" ? one() : one;
				await goTo(page, path);
				await inOrder(page, `${role}, ${path}`);
			}
			await goTo(page, "/profile");
			await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
			await page.getByRole("heading", { name: "Sign in to Kontor" }).waitFor();
			await page.context().close();
		});
