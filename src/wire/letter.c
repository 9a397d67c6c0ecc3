#include "base/base.h"

#include "base/clock.h"
#include "base/codec.h"
#include "wire/flowed.h"
#include "wire/letter.h"

#include <idn2.h>

enum {
	LINE = 76,       /* RFC 2045 6.7, RFC 5322 2.1.1 */
	WORD_BYTES = 42, /* so that an encoded word has at most 75 letters (RFC 2047 2) */
	LOCAL_MAX = 64,  /* RFC 5321 4.5.3.1 */
	ADDRESS_MAX = 254,
	ID_MAX = 250
};

/* ---- what may stand where ---- */

static bool is_atext(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

static bool is_dot_string(struct text text)
{
	struct text rest = text, atom;

	while (text_split(&rest, '.', &atom)) {
		if (!atom.len)
			return false;
		for (size_t i = 0; i < atom.len; i++)
			if (!is_atext((unsigned char)atom.ptr[i]))
				return false;
	}
	return true;
}

static bool is_host(struct text host)
{
	struct text rest = host, label;

	while (text_split(&rest, '.', &label)) {
		if (!label.len || label.len > 63 || label.ptr[0] == '-' ||
		        label.ptr[label.len - 1] == '-')
			return false;
		for (size_t i = 0; i < label.len; i++)
			if (!is_atext((unsigned char)label.ptr[i]) ||
			        strchr("!#$%&'*+/=?^_`{|}~", label.ptr[i]))
				return false;
	}
	return true;
}

bool letter_address(struct text address)
{
	ptrdiff_t at = text_find_char(address, '@');

	return at > 0 && at <= LOCAL_MAX && address.len <= ADDRESS_MAX &&
	       is_dot_string(text_sub(address, 0, (size_t)at)) &&
	       is_host(text_from(address, (size_t)at + 1));
}

/* The letters in ASCII must be lawful; which others are is for the mailbox's server to say. */
static bool is_local(struct arena *arena, struct text local)
{
	char *ascii = arena_cstr(arena, local);

	for (size_t i = 0; i < local.len; i++)
		if ((unsigned char)ascii[i] >= 0x80)
			ascii[i] = 'x';
	return text_is_utf8(local) && text_is_clean(local) &&
	       is_dot_string((struct text){ ascii, local.len });
}

static void free_idn(void *name)
{
	idn2_free(name);
}

static struct text ascii_domain(struct arena *arena, struct text domain)
{
	char *ascii = NULL;

	if (idn2_to_ascii_8z(arena_cstr(arena, domain), &ascii,
	            IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
		return TEXT_NONE;
	return text_of(arena_own(arena, ascii, free_idn));
}

bool letter_address_any(struct arena *arena, struct text address, struct text *travels)
{
	ptrdiff_t at = text_find_char(address, '@');
	struct text local, domain;

	*travels = address;
	if (text_is_ascii(address) || at <= 0)
		return letter_address(address);
	local = text_sub(address, 0, (size_t)at);
	domain = text_from(address, (size_t)at + 1);
	if (!text_is_ascii(domain))
		domain = text_is_utf8(domain) ? ascii_domain(arena, domain) : TEXT_NONE;
	if (local.len > LOCAL_MAX || local.len + 1 + domain.len > ADDRESS_MAX ||
	        !is_local(arena, local) || !domain.len || !is_host(domain))
		return false;
	*travels = arena_printf(arena, "%.*s@%.*s", TEXT_ARG(local), TEXT_ARG(domain));
	return true;
}

bool letter_id(struct text id)
{
	if (!id.len || id.len > ID_MAX || text_find_char(id, '@') < 0)
		return false;
	for (size_t i = 0; i < id.len; i++)
		if (id.ptr[i] <= ' ' || id.ptr[i] > '~' || id.ptr[i] == '<' || id.ptr[i] == '>')
			return false;
	return true;
}

/* ---- headers ---- */

static struct text one_line(struct arena *arena, struct text dirty)
{
	char *line = arena_raw(arena, dirty.len + 1);

	for (size_t i = 0; i < dirty.len; i++) {
		unsigned char c = (unsigned char)dirty.ptr[i];

		line[i] = c < ' ' || c == 0x7f ? ' ' : (char)c;
	}
	return text_trim((struct text){ line, dirty.len });
}

/* As many bytes as fit into one encoded word, cut between characters. */
static size_t word_bytes(struct text text)
{
	size_t len = text.len < WORD_BYTES ? text.len : WORD_BYTES;

	while (len && len < text.len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
		len--;
	return len ? len : text.len;
}

/* Encoded words, one a line. */
static void add_encoded(struct buf *out, struct text text)
{
	bool first = true;

	while (text.len) {
		size_t len = word_bytes(text);
		struct text word = base64_encode(out->arena, text_sub(text, 0, len));

		buf_printf(out, "%s=?UTF-8?B?%.*s?=", first ? "" : "\r\n ", TEXT_ARG(word));
		text = text_from(text, len);
		first = false;
	}
}

/* Words on lines of their own length; `column` is where the first begins. A word longer than a line
 * stays whole: there is no lawful place to break it, and it is far below 998. */
static void add_folded(struct buf *out, struct text text, size_t column)
{
	struct text word;
	bool first = true;

	while (text_split(&text, ' ', &word)) {
		if (!word.len)
			continue;
		if (!first && column + 1 + word.len > LINE) {
			buf_add(out, TEXT("\r\n "));
			column = 1;
		} else if (!first) {
			buf_char(out, ' ');
			column++;
		}
		buf_add(out, word);
		column += word.len;
		first = false;
	}
}

static bool has_long_word(struct text text)
{
	struct text word;

	while (text_split(&text, ' ', &word))
		if (word.len > LINE - 10)
			return true;
	return false;
}

/* Text that means nothing to machines. What looks like an encoded word is encoded, or readers would
 * decode it. */
static void add_text(struct buf *out, const char *name, struct text value)
{
	value = one_line(out->arena, value);
	buf_printf(out, "%s: ", name);
	if (text_is_ascii(value) && text_find(value, TEXT("=?")) < 0 && !has_long_word(value))
		add_folded(out, value, strlen(name) + 2);
	else
		add_encoded(out, value);
	buf_add(out, TEXT("\r\n"));
}

/* A display name: a quoted string, or encoded words (RFC 2047 5 (3)). */
static void add_name(struct buf *out, struct text name)
{
	if (!text_is_ascii(name) || name.len > LINE - 20 || text_find(name, TEXT("=?")) >= 0) {
		add_encoded(out, name);
		buf_add(out, TEXT("\r\n "));
		return;
	}
	buf_char(out, '"');
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] == '"' || name.ptr[i] == '\\')
			buf_char(out, '\\');
		buf_char(out, name.ptr[i]);
	}
	buf_add(out, name.len > LINE / 3 ? TEXT("\"\r\n ") : TEXT("\" "));
}

static void add_from(struct buf *out, const struct letter *letter)
{
	struct text name = one_line(out->arena, letter->name);

	buf_add(out, TEXT("From: "));
	if (name.len)
		add_name(out, name);
	buf_printf(out, "<%.*s>\r\n", TEXT_ARG(letter->from));
}

static void add_bracketed(struct buf *out, struct text words)
{
	if (text_is_ascii(words)) {
		buf_printf(out, "<%.*s>", TEXT_ARG(words));
		return;
	}
	add_encoded(out, words);
	buf_add(out, TEXT("\r\n :;"));
}

/* Between < and >, one a line. */
static void add_list(
        struct buf *out, const char *name, const struct letter_words *words, const char *between)
{
	if (!words->len)
		return;
	buf_printf(out, "%s:", name);
	for (size_t i = 0; i < words->len; i++) {
		buf_add(out, text_of(i ? between : ""));
		buf_char(out, ' ');
		add_bracketed(out, words->at[i]);
	}
	buf_add(out, TEXT("\r\n"));
}

/* HTTP's form of a date is RFC 5322's, but for the name of the zone. */
static void add_date(struct buf *out, int64_t date)
{
	struct text http = clock_http(out->arena, date);

	buf_printf(out, "Date: %.*s+0000\r\n", TEXT_ARG(text_sub(http, 0, http.len - 3)));
}

static void add_headers(struct buf *out, const struct letter *letter)
{
	add_date(out, letter->date);
	add_from(out, letter);
	if (letter->reply_to.len)
		buf_printf(out, "Reply-To: <%.*s>\r\n", TEXT_ARG(letter->reply_to));
	add_list(out, "To", &letter->to, ",\r\n");
	add_list(out, "Cc", &letter->cc, ",\r\n");
	add_text(out, "Subject", letter->subject);
	buf_printf(out, "Message-ID: <%.*s>\r\n", TEXT_ARG(letter->message_id));
	if (letter->in_reply_to.len)
		buf_printf(out, "In-Reply-To: <%.*s>\r\n", TEXT_ARG(letter->in_reply_to));
	add_list(out, "References", &letter->references, "\r\n");
}

/* ---- the text ---- */

/* Lines end in CR LF, other controls but TAB are left out. */
static struct text canonical(struct arena *arena, struct text text)
{
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n')
			continue;
		if (c == '\n' || c == '\r')
			buf_add(&out, TEXT("\r\n"));
		else if (c == '\t' || (c >= ' ' && c != 0x7f))
			buf_char(&out, (char)c);
	}
	if (!text_ends(buf_text(&out), TEXT("\r\n")))
		buf_add(&out, TEXT("\r\n"));
	return buf_text(&out);
}

/* Quoted-printable is for people who read the source; where most of it would be signs, base64 is
 * shorter. */
static bool is_mostly_ascii(struct text text)
{
	size_t other = 0;

	for (size_t i = 0; i < text.len; i++)
		other += (unsigned char)text.ptr[i] >= 0x80;
	return other * 4 < text.len;
}

/* RFC 2045 6.7. A dot that begins a line is left to the transport. */
static void add_quoted(struct buf *out, struct text text)
{
	size_t column = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool ends = i + 1 < text.len && text.ptr[i + 1] == '\r';
		bool plain =
		        (c > ' ' && c < 0x7f && c != '=') || ((c == ' ' || c == '\t') && !ends);

		if (c == '\r' || c == '\n') {
			buf_char(out, (char)c);
			column = 0;
			continue;
		}
		if (column + (plain ? 1 : 3) > LINE - 1) {
			buf_add(out, TEXT("=\r\n"));
			column = 0;
		}
		if (plain)
			buf_char(out, (char)c);
		else
			buf_printf(out, "=%02X", c);
		column += plain ? 1 : 3;
	}
}

static void add_base64(struct buf *out, struct text text)
{
	struct text encoded = base64_encode(out->arena, text);

	for (size_t at = 0; at < encoded.len; at += LINE)
		buf_printf(out, "%.*s\r\n", TEXT_ARG(text_sub(encoded, at, LINE)));
}

struct text letter_write(struct arena *arena, const struct letter *letter)
{
	struct text text = flowed_write(arena, canonical(arena, letter->text));
	bool quoted = is_mostly_ascii(text);
	struct buf out;

	buf_init(&out, arena);
	add_headers(&out, letter);
	buf_printf(&out,
	        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n"
	        "Content-Transfer-Encoding: %s\r\n\r\n",
	        quoted ? "quoted-printable" : "base64");
	if (quoted)
		add_quoted(&out, text);
	else
		add_base64(&out, text);
	return buf_text(&out);
}
