// Why a mail has not left: in plain words of the reader's language. What the mail server itself said stays at hand.
import { type Key, t } from "../i18n";

// RFC 5321 4.2, RFC 3463: a reply begins with a code, mostly followed by a finer one.
const REPLY = /^(\d{3})(?:[ -](\d\.\d{1,3}\.\d{1,3}))?/;
const NOBODY = new Set(["550", "551", "553"]);
const FULL = new Set(["452", "552"]);
const LOGIN = new Set(["530", "534", "535", "538"]);
function ofReply(code: string, fine = ""): Key {
	const finer = fine.slice(fine.indexOf(".") + 1);
	if (LOGIN.has(code)) return "mail_why_login";
	if (finer === "2.2" || FULL.has(code)) return "mail_why_full";
	if (finer.startsWith("7.") && code.startsWith("5")) return "mail_why_unwanted";
	if (finer.startsWith("1.") || (!finer && NOBODY.has(code))) return "mail_why_nobody";
	return code.startsWith("4") ? "mail_why_later" : "mail_why_refused";
}
const SAID: [RegExp, Key][] = [
	[/^No mail address is known/, "mail_why_no_address"],
	[/SMTPUTF8/, "mail_why_ascii"],
	[/^Dropped by an administrator/, "mail_why_dropped"],
	[/password_file|login denied|authenticat/i, "mail_why_login"],
	[/ssl|tls|certificate/i, "mail_why_tls"],
];
export interface Undelivered { words: string; server?: string }
export function undelivered(reason: string): Undelivered {
	const [, to, why = reason] = /^(\S+@\S+): ([^]*)$/.exec(reason) ?? [];
	const reply = REPLY.exec(why);
	const own = SAID.find(([pattern]) => pattern.test(why))?.[1];
	const words = t(reply ? ofReply(reply[1]!, reply[2]) : (own ?? "mail_why_no_server"));
	return { words: to ? `${to}: ${words}` : words, ...(own && !to ? {} : { server: why }) };
}
