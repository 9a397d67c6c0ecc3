import assert from "node:assert/strict";
import { test } from "node:test";
import { setLanguage, t } from "../i18n";
import { undelivered } from "./undelivered";

test("why a mail has not left is said in plain words, and what the server said beside them", async () => {
	await setLanguage("de");
	assert.deepEqual(undelivered("bob@acme.example: 550 5.1.1 Gone"), { words: `bob@acme.example: ${t("mail_why_nobody")}`, server: "550 5.1.1 Gone" });
	for (const [reply, key] of [
		["450 4.7.1 Greylisted", "mail_why_later"], ["550 5.7.1 Looks like spam", "mail_why_unwanted"], ["452 4.2.2 Mailbox full", "mail_why_full"], ["550 Nobody of that name", "mail_why_nobody"],
		["554 No", "mail_why_refused"], ["535 5.7.8 Wrong", "mail_why_login"], ["Could not connect to server", "mail_why_no_server"], ["SSL certificate problem: self-signed", "mail_why_tls"],
		["The mail server knows no addresses beyond ASCII (SMTPUTF8)", "mail_why_ascii"],
		["mail.password_file cannot be read: empty", "mail_why_login"],
	] as const)
		assert.equal(undelivered(`a@b.example: ${reply}`).words, `a@b.example: ${t(key)}`, reply);
	assert.deepEqual(undelivered("Dropped by an administrator"), { words: t("mail_why_dropped") });
	assert.deepEqual(undelivered("No mail address is known to which it could be sent"), { words: t("mail_why_no_address") });
	await setLanguage("en");
});
