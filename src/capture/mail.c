#include "base/base.h"
#include "capture/mail.h"

#include "wire/flowed.h"

#include <gmime/gmime.h>

void mail_setup(void)
{
	g_mime_init();
}

/* ---- text of strangers ---- */

/* Valid UTF-8 without controls, cut between characters. `lines`: LF may stay. */
static struct text clean(struct arena *arena, struct text dirty, size_t max, bool lines)
{
	struct buf out;
	gchar *valid = g_utf8_make_valid(dirty.ptr ? dirty.ptr : "", (gssize)dirty.len);
	struct text rest;

	arena_own(arena, valid, g_free);
	rest = text_of(valid);
	buf_init(&out, arena);
	for (size_t i = 0; i < rest.len; i++) {
		unsigned char c = (unsigned char)rest.ptr[i];

		if (out.len >= max && (c & 0xC0) != 0x80)
			break;
		if (c == '\n' && lines)
			buf_char(&out, '\n');
		else if (c == '\t' || c == '\n')
			buf_char(&out, ' ');
		else if (c >= ' ' && c != 0x7f)
			buf_char(&out, (char)c);
	}
	return text_trim(buf_text(&out));
}

static struct text line_of(struct arena *arena, const char *text)
{
	struct text line = clean(arena, text_of(text), MAIL_LINE_MAX, false);

	return line.len ? line : TEXT_NONE;
}

/* ---- HTML: tags go, blocks become lines ---- */

static bool is_tag(struct text tag, const char *name)
{
	size_t len = strlen(name);

	if (!text_starts_nocase(tag, text_of(name)))
		return false;
	return tag.len == len || strchr(" \t\r\n/>", tag.ptr[len]);
}

static bool breaks_line(struct text tag)
{
	static const char *const blocks[] = { "br", "p", "/p", "div", "/div", "tr", "/tr", "li",
		"h1", "h2", "h3", "/h1", "/h2", "/h3", "/table", "hr", "blockquote" };

	for (size_t i = 0; i < COUNT_OF(blocks); i++)
		if (is_tag(tag, blocks[i]))
			return true;
	return false;
}

/* Where the element that begins here ends: what is in it is not for people. */
static size_t hidden_end(struct text html, size_t at, const char *name)
{
	for (; at < html.len; at++)
		if (html.ptr[at] == '<' && text_starts(text_from(html, at + 1), TEXT("/")) &&
		        is_tag(text_from(html, at + 2), name))
			return at;
	return html.len;
}

static const struct entity {
	struct text name, is;
} ENTITIES[] = {
	{ TEXT_INIT("&amp;"), TEXT_INIT("&") },
	{ TEXT_INIT("&lt;"), TEXT_INIT("<") },
	{ TEXT_INIT("&gt;"), TEXT_INIT(">") },
	{ TEXT_INIT("&quot;"), TEXT_INIT("\"") },
	{ TEXT_INIT("&#39;"), TEXT_INIT("'") },
	{ TEXT_INIT("&nbsp;"), TEXT_INIT(" ") },
	{ TEXT_INIT("&auml;"), TEXT_INIT("\xc3\xa4") },
	{ TEXT_INIT("&ouml;"), TEXT_INIT("\xc3\xb6") },
	{ TEXT_INIT("&uuml;"), TEXT_INIT("\xc3\xbc") },
	{ TEXT_INIT("&Auml;"), TEXT_INIT("\xc3\x84") },
	{ TEXT_INIT("&Ouml;"), TEXT_INIT("\xc3\x96") },
	{ TEXT_INIT("&Uuml;"), TEXT_INIT("\xc3\x9c") },
	{ TEXT_INIT("&szlig;"), TEXT_INIT("\xc3\x9f") },
	{ TEXT_INIT("&euro;"), TEXT_INIT("\xe2\x82\xac") },
};

/* Bytes of the entity at the front of `text`, 0 if there is none that is known. */
static size_t entity_add(struct buf *out, struct text text)
{
	for (size_t i = 0; i < COUNT_OF(ENTITIES); i++)
		if (text_starts(text, ENTITIES[i].name)) {
			buf_add(out, ENTITIES[i].is);
			return ENTITIES[i].name.len;
		}
	return 0;
}

static size_t tag_skip(struct buf *out, struct text html, size_t at)
{
	struct text tag = text_from(html, at + 1);
	ptrdiff_t end = text_find_char(tag, '>');
	size_t after = end < 0 ? html.len : at + 1 + (size_t)end + 1;

	if (is_tag(tag, "style"))
		return hidden_end(html, after, "style");
	if (is_tag(tag, "script"))
		return hidden_end(html, after, "script");
	if (breaks_line(tag))
		buf_char(out, '\n');
	return after;
}

struct text mail_html_text(struct arena *arena, struct text html)
{
	struct buf out;
	size_t at = 0, taken;

	buf_init(&out, arena);
	while (at < html.len) {
		char c = html.ptr[at];

		if (c == '<') {
			at = tag_skip(&out, html, at);
		} else if (c == '&' && (taken = entity_add(&out, text_from(html, at)))) {
			at += taken;
		} else {
			buf_char(&out, c == '\n' || c == '\r' ? ' ' : c);
			at++;
		}
	}
	return buf_text(&out);
}

/* ---- the body ---- */

struct bodies {
	struct arena *arena;
	struct text plain, html;
	int parts;
};

enum { PARTS_MAX = 200 };

/* RFC 3676: paragraphs come in lines. */
static struct text paragraphs(struct arena *arena, GMimeContentType *type, struct text text)
{
	const char *format = g_mime_content_type_get_parameter(type, "format");
	const char *delsp = g_mime_content_type_get_parameter(type, "delsp");

	if (!text_eq_nocase(text_of(format), TEXT("flowed")))
		return text;
	return flowed_read(arena, text, text_eq_nocase(text_of(delsp), TEXT("yes")));
}

static void find_text(GMimeObject *parent, GMimeObject *part, gpointer data)
{
	struct bodies *bodies = data;
	GMimeContentType *type = g_mime_object_get_content_type(part);
	struct text *slot = NULL;
	char *text;

	(void)parent;
	if (++bodies->parts > PARTS_MAX || !GMIME_IS_TEXT_PART(part) ||
	        g_mime_part_is_attachment(GMIME_PART(part)))
		return;
	if (g_mime_content_type_is_type(type, "text", "html"))
		slot = &bodies->html;
	else if (g_mime_content_type_is_type(type, "text", "plain"))
		slot = &bodies->plain;
	if (!slot || slot->ptr)
		return;
	text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
	if (text)
		*slot = paragraphs(
		        bodies->arena, type, text_of(arena_own(bodies->arena, text, g_free)));
}

/* The end of a reply is what was replied to: lines that begin with '>', and the line above them
 * that says who wrote it. */
static struct text without_quotation(struct text text)
{
	size_t end = text.len;

	while (end) {
		size_t start = end - (text.ptr[end - 1] == '\n' ? 1 : 0);
		struct text line;

		while (start && text.ptr[start - 1] != '\n')
			start--;
		line = text_trim(text_sub(text, start, end - start));
		if (line.len && line.ptr[0] != '>') {
			bool says_who = end < text.len && text_ends(line, TEXT(":")) && start;

			return text_trim(text_sub(text, 0, says_who ? start : end));
		}
		end = start;
	}
	return text_trim(text);
}

static struct text body_text(struct arena *arena, GMimeMessage *message)
{
	struct bodies bodies = { .arena = arena };
	struct text text;

	g_mime_message_foreach(message, find_text, &bodies);
	text = bodies.plain.ptr ? bodies.plain : mail_html_text(arena, bodies.html);
	text = clean(arena, text, MAIL_TEXT_MAX, true);
	return without_quotation(text);
}

/* ---- headers ---- */

static void add_addresses(struct arena *arena, InternetAddressList *list, struct mail_texts *out)
{
	for (int i = 0; list && i < internet_address_list_length(list); i++) {
		InternetAddress *one = internet_address_list_get_address(list, i);
		const char *address;

		if (out->len >= MAIL_PEOPLE_MAX)
			return;
		if (INTERNET_ADDRESS_IS_GROUP(one)) {
			add_addresses(arena,
			        internet_address_group_get_members(INTERNET_ADDRESS_GROUP(one)),
			        out);
			continue;
		}
		address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one));
		if (address && strchr(address, '@'))
			*vec_push(arena, out) = line_of(arena, address);
	}
}

static void add_header_address(
        struct arena *arena, GMimeMessage *message, const char *name, struct mail_texts *out)
{
	const char *value = g_mime_object_get_header(GMIME_OBJECT(message), name);
	InternetAddressList *list = value ? internet_address_list_parse(NULL, value) : NULL;

	arena_own(arena, list, g_object_unref);
	add_addresses(arena, list, out);
}

/* The message ids between < and >. */
static void add_ids(struct arena *arena, GMimeMessage *message, const char *name, struct mail *mail)
{
	struct text rest = text_of(g_mime_object_get_header(GMIME_OBJECT(message), name));
	ptrdiff_t open, close;

	while ((open = text_find_char(rest, '<')) >= 0 && mail->references.len < MAIL_PEOPLE_MAX) {
		rest = text_from(rest, (size_t)open + 1);
		close = text_find_char(rest, '>');
		if (close < 0)
			return;
		*vec_push(arena, &mail->references) =
		        clean(arena, text_sub(rest, 0, (size_t)close), MAIL_LINE_MAX, false);
		rest = text_from(rest, (size_t)close + 1);
	}
}

static bool header_says(GMimeMessage *message, const char *name, const char *what)
{
	struct text value =
	        text_trim(text_of(g_mime_object_get_header(GMIME_OBJECT(message), name)));

	return value.ptr && text_starts_nocase(value, text_of(what));
}

static bool header_is_there(GMimeMessage *message, const char *name)
{
	return g_mime_object_get_header(GMIME_OBJECT(message), name) != NULL;
}

/* RFC 3464, RFC 8098: of delivery and of reading. */
static bool is_report(GMimeMessage *message)
{
	GMimeObject *part = g_mime_message_get_mime_part(message);

	return part && g_mime_content_type_is_type(
	                       g_mime_object_get_content_type(part), "multipart", "report");
}

/* RFC 3834 5, and what was sent before it: replies are of no interest, other machines' mail may be
 * an alert that somebody must look at. */
static void judge_machine(GMimeMessage *message, struct mail *mail)
{
	mail->reply = header_says(message, "Auto-Submitted", "auto-replied") ||
	              header_says(message, "Precedence", "auto_reply") ||
	              header_is_there(message, "X-Autoreply") ||
	              header_is_there(message, "X-Autorespond") ||
	              header_says(message, "Return-Path", "<>") || is_report(message) ||
	              text_starts_nocase(mail->address, TEXT("mailer-daemon@"));
	mail->automatic = mail->reply || header_says(message, "Auto-Submitted", "auto-") ||
	                  header_says(message, "Precedence", "bulk") ||
	                  header_says(message, "Precedence", "junk") ||
	                  header_says(message, "Precedence", "list") ||
	                  header_is_there(message, "List-Id");
}

static void read_from(struct arena *arena, GMimeMessage *message, struct mail *mail)
{
	InternetAddressList *from = g_mime_message_get_from(message);
	struct mail_texts addresses = VEC_EMPTY;
	const char *name;

	add_addresses(arena, from, &addresses);
	if (!addresses.len)
		return;
	mail->address = addresses.at[0];
	name = internet_address_get_name(internet_address_list_get_address(from, 0));
	mail->name = line_of(arena, name);
}

static void read_headers(struct arena *arena, GMimeMessage *message, struct mail *mail)
{
	GDateTime *date = g_mime_message_get_date(message);

	read_from(arena, message, mail);
	add_addresses(arena, g_mime_message_get_to(message), &mail->to);
	add_addresses(arena, g_mime_message_get_cc(message), &mail->to);
	add_header_address(arena, message, "Delivered-To", &mail->to);
	add_header_address(arena, message, "X-Original-To", &mail->to);
	mail->subject = line_of(arena, g_mime_message_get_subject(message));
	mail->message_id = line_of(arena, g_mime_message_get_message_id(message));
	add_ids(arena, message, "References", mail);
	add_ids(arena, message, "In-Reply-To", mail);
	mail->date = date ? g_date_time_to_unix(date) : 0;
	judge_machine(message, mail);
}

/* The parser goes down a call for each multipart within another: what has that many boundaries is
 * no mail that anybody wrote. */
static bool is_nested_deep(struct text bytes)
{
	struct text rest = bytes;
	ptrdiff_t at;
	int boundaries = 0;

	while ((at = text_find_char(rest, '=')) >= 0) {
		struct text before = text_sub(rest, 0, (size_t)at);

		before = text_trim(before);
		if (before.len >= 8 &&
		        text_eq_nocase(text_from(before, before.len - 8), TEXT("boundary")) &&
		        ++boundaries > PARTS_MAX)
			return true;
		rest = text_from(rest, (size_t)at + 1);
	}
	return false;
}

bool mail_read(struct arena *arena, struct err *err, struct text bytes, struct mail *mail)
{
	GMimeMessage *message;
	GMimeStream *stream;
	GMimeParser *parser;

	*mail = (struct mail){ 0 };
	if (!bytes.len || is_nested_deep(bytes))
		return err_set(err, ERR_BAD_REQUEST, "This is no mail");
	stream = arena_own(
	        arena, g_mime_stream_mem_new_with_buffer(bytes.ptr, bytes.len), g_object_unref);
	parser = arena_own(arena, g_mime_parser_new_with_stream(stream), g_object_unref);
	message = arena_own(arena, g_mime_parser_construct_message(parser, NULL), g_object_unref);
	if (!message)
		return err_set(err, ERR_BAD_REQUEST, "This is no mail");
	read_headers(arena, message, mail);
	if (!mail->address.len)
		return err_set(err, ERR_BAD_REQUEST, "The mail does not say who sent it");
	mail->text = body_text(arena, message);
	return true;
}
