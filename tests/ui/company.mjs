// Something to see on every page: a few records of each kind, old and new, won and lost, late and in time.
const HOUR = 3600, DAY = 24 * HOUR;

export async function fill(kontor) {
	const [ann, carla, dora, admin] = ["ann", "carla", "dora", "admin"].map((name) => kontor.as(name));
	const [me, support] = [await ann("GET", "/me"), await carla("GET", "/me")];
	const now = Math.floor(Date.now() / 1000);
	for (const [list, name] of [["source", "Fair"], ["lost_reason", "Too dear"], ["cause", "Broken part"], ["industry", "Shipping"]])
		await admin("POST", "/choices", { list, name }).catch(() => {});
	const stages = (await ann("GET", "/stages")).items;
	const stage = (name) => stages.find((s) => s.name === name).id;
	const account = await ann("POST", "/accounts", { name: "Nordwind Reederei", type: "Customer", owner: me.id, phones: [{ value: "+49 40 555 0100", type: "work" }], emails: [{ value: "office@nordwind.example", type: "work" }] });
	const contact = await ann("POST", "/contacts", { given: "Mai", family: "Trần", job_title: "Buyer", owner: me.id, phones: [{ value: "+84 24 555 0111", type: "cell" }], accounts: [{ account: account.id, primary: true }] });
	const campaign = await dora("POST", "/campaigns", { name: "Spring fair", channel: "Event", from: "2026-03-01", to: "2026-05-31", budget: 500000, state: "running" });
	await dora("POST", "/costs", { parent: campaign.id, date: "2026-03-10", amount: 120000, text: "Stand" });
	const lead = await ann("POST", "/leads", { given: "Jürgen", family: "Weiß", company: "Weiß GmbH", owner: me.id, source: "Fair", campaign: campaign.id, value: 450000, phones: [{ value: "+49 30 555 0122", type: "work" }] });
	const deals = {};
	for (const [name, at, more] of [["Rollout", "Proposal", {}], ["Renewal", "Won", {}], ["Pilot", "Lost", { lost_reason: "Too dear" }]])
		deals[name] = await ann("POST", "/deals", { name, account: account.id, contact: contact.id, stage: stage(at), amount: 1500000, currency: "EUR", owner: me.id, expected_close: "2026-12-20", ...more });
	const open = await carla("POST", "/cases", { subject: "Printer down", kind: "Incident", priority: "High", account: account.id, channel: "Phone", owner: support.id, description: "It only blinks." });
	await ann("POST", "/tasks", { subject: "Send the offer", due: now + 2 * HOUR, parent: deals.Rollout.id, owner: me.id });
	await ann("POST", "/tasks", { subject: "Call again", due: now - DAY, parent: lead.id, owner: me.id });
	await ann("POST", "/meetings", { subject: "Demonstration", start: now - (now % HOUR) + HOUR, end: now - (now % HOUR) + 2 * HOUR, parent: account.id, category: "Meeting" });
	await ann("POST", "/notes", { text: "Wants the blue one.", category: "Call", direction: "in", parent: account.id });
	await dora("POST", "/goals", { who: me.id, metric: "won_amount", from: "2026-01-01", to: "2027-01-01", target: 10000000 });
	return { account, contact, lead, deals, case: open, campaign, me, support };
}
