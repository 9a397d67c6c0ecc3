#include "base/base.h"
#include "base/clock.h"
#include "base/codec.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/settings.h"
#include "capture/form.h"
#include "capture/form_gate.h"
#include "capture/form_words.h"
#include "crm/look.h"
#include "edit/capture.h"
#include "store/house.h"
#include "wire/html_out.h"

enum { STAMP_HEX = 32, SECONDS_MAX = 86400, BODY_MAX = 65536, ASKED_MAX = 30 };

#define TRAP  "website2"
#define STAMP "stamp"
/* What a host and a port are written with (RFC 3986 3.2), but for what no policy could hold. */
#define HOST_SIGNS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]"

/* What a form asks for unless its row says otherwise. */
static const char *const PRESET[] = { "name", "company", "emails", "phones", "note" };

/* What is being answered. */
struct asking {
	enum form_language language;
	struct crm_row *row;
	const struct crm_field *fields[ASKED_MAX];
	size_t len;
	enum capture_did did;
	json_t *values; /* as they would be set; arrays for mails and phones */
};

/* ---- the row ---- */

static struct text token_of(const struct call *c)
{
	return c->path.len == 2 ? c->path.at[1] : TEXT_NONE;
}

static bool find_row(struct call *c, struct asking *asking)
{
	struct text token = token_of(c);
	struct crm_rows rows;

	if (!crm_rows_of(&c->work, CRM_FORM, -1, &rows))
		return false;
	for (size_t i = 0; i < rows.len; i++) {
		struct text own = crm_get_text(rows.at[i].values, "token");

		if (own.len && text_eq(own, token) && crm_get_bool(rows.at[i].values, "enabled"))
			asking->row = &rows.at[i];
	}
	return asking->row ||
	       err_set(&c->work.err, ERR_NOT_FOUND, "This form is not in use any more");
}

/* Free text and choices of a lead; never whose it is, nor where it stands. */
static bool may_ask(const struct crm_field *field)
{
	static const char *const never[] = { "status", "owner", "team", "score", "campaign",
		"source", "currency", "dead_reason", "tags", "consent", "do_not_call" };

	for (size_t i = 0; i < COUNT_OF(never); i++)
		if (!strcmp(field->key, never[i]))
			return false;
	switch (field->type) {
	case CRM_TYPE_LINE:
	case CRM_TYPE_LONG:
	case CRM_TYPE_LIST:
	case CRM_TYPE_MAILS:
	case CRM_TYPE_PHONES: return field->class != CRM_SYSTEM;
	default: return false;
	}
}

static void ask(struct asking *asking, struct text key)
{
	const struct crm_field *field = crm_field(CRM_LEAD, key);

	if (field && may_ask(field) && asking->len < ASKED_MAX)
		asking->fields[asking->len++] = field;
}

static bool find_form(struct call *c, struct asking *asking)
{
	const json_t *list, *one;
	size_t i;

	if (!find_row(c, asking))
		return false;
	list = json_object_get(asking->row->values, "fields");
	json_array_foreach(list, i, one) ask(asking, text_of(json_string_value(one)));
	for (i = 0; !json_array_size(list) && i < COUNT_OF(PRESET); i++)
		ask(asking, text_of(PRESET[i]));
	return true;
}

/* ---- the stamp: when the page was shown ---- */

static struct text sign(struct call *c, int64_t time)
{
	struct arena *arena = c->work.arena;
	struct text key = arena_printf(arena, "form %.*s", TEXT_ARG(c->work.house->epoch));
	struct text signed_text =
	        arena_printf(arena, "%lld %.*s", (long long)time, TEXT_ARG(token_of(c)));
	uint8_t mac[SHA256_SIZE];

	hmac_sha256(key, signed_text, mac);
	return arena_printf(arena, "%lld.%.*s", (long long)time, STAMP_HEX,
	        hex_encode(arena, (struct text){ (const char *)mac, sizeof(mac) }).ptr);
}

static bool stamp_is_right(struct call *c)
{
	struct text stamp = call_form(c, STAMP);
	ptrdiff_t dot = text_find_char(stamp, '.');
	int64_t time;

	if (dot < 1 || !text_to_int(text_sub(stamp, 0, (size_t)dot), &time))
		return false;
	return secret_eq(stamp, sign(c, time)) && c->work.now - time <= SECONDS_MAX;
}

/* ---- the page ---- */

static const char *input_type(const struct crm_field *field)
{
	switch (field->type) {
	case CRM_TYPE_LONG: return "area";
	case CRM_TYPE_LIST: return "select";
	case CRM_TYPE_MAILS: return "email";
	case CRM_TYPE_PHONES: return "tel";
	default: return "text";
	}
}

static bool choices_of(struct call *c, const struct crm_field *field, struct html_input *input)
{
	struct arena *arena = c->work.arena;
	struct crm_rows rows;
	struct text *names;

	if (field->type != CRM_TYPE_LIST)
		return true;
	if (!crm_rows_of(&c->work, CRM_CHOICE, -1, &rows))
		return false;
	names = arena_array(arena, rows.len, sizeof(*names));
	for (size_t i = 0; i < rows.len; i++)
		if (text_eq(crm_get_text(rows.at[i].values, "list"), text_of(field->of)))
			names[input->choices_len++] = crm_get_text(rows.at[i].values, "name");
	input->choices = names;
	return true;
}

static struct text label_of(const struct asking *asking, const struct crm_field *field)
{
	struct text word = form_word(asking->language, field->key);

	return word.len ? word : text_of(field->label);
}

/* What browsers know of whoever sits before them (HTML 4.10.18.7). */
static const char *fill_of(const struct crm_field *field)
{
	static const char *const fills[][2] = { { "name", "name" }, { "given", "given-name" },
		{ "family", "family-name" }, { "additional", "additional-name" },
		{ "prefix", "honorific-prefix" }, { "suffix", "honorific-suffix" },
		{ "company", "organization" }, { "job_title", "organization-title" },
		{ "emails", "email" }, { "phones", "tel" } };

	for (size_t i = 0; i < COUNT_OF(fills); i++)
		if (!strcmp(fills[i][0], field->key))
			return fills[i][1];
	return NULL;
}

static bool show_input(struct call *c, const struct asking *asking, struct html *page,
        const struct crm_field *field)
{
	struct html_input input = { .name = field->key,
		.label = label_of(asking, field),
		.type = input_type(field),
		.value = call_form(c, field->key),
		.fill = fill_of(field),
		.needed = (field->flags & CRM_FLAG_NEEDED) != 0 };

	if (!choices_of(c, field, &input))
		return false;
	/* A list that the company left empty asks nothing. */
	if (field->type != CRM_TYPE_LIST || input.choices_len)
		html_input(page, &input);
	return true;
}

static struct html *page_of(struct call *c, enum form_language language, struct text title)
{
	return html_public(c->work.arena, form_language_tag(language), title);
}

/* "https://host:port" of an address, where it is nothing but that. */
static struct text origin_of(struct text address)
{
	ptrdiff_t colon = text_find(address, TEXT("://"));
	size_t at = colon < 0 ? 0 : (size_t)colon + 3;

	for (; at < address.len && !strchr("/?#", address.ptr[at]); at++)
		if (!strchr(HOST_SIGNS, address.ptr[at]))
			return TEXT_NONE;
	return text_sub(address, 0, at);
}

/* Pages of ours that others may show in a frame; nothing in them comes from elsewhere. Browsers ask
 * the policy about the address shown afterwards, too. */
static bool reply_page(struct call *c, int status, struct html *page, struct text thanks)
{
	call_set(c, "Content-Security-Policy",
	        arena_printf(c->work.arena,
	                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
	                " form-action 'self' %.*s",
	                TEXT_ARG(origin_of(thanks))));
	call_set(c, "Referrer-Policy", TEXT("no-referrer"));
	call_set(c, "Cache-Control", TEXT("no-store"));
	call_set(c, "Vary", TEXT("Accept-Language"));
	return call_reply_body(c, status, "text/html; charset=utf-8", html_end(page));
}

/* An address of the web, or nothing. */
static struct text thanks_of(const struct asking *asking)
{
	struct text thanks = crm_get_text(asking->row->values, "thanks");

	return text_starts(thanks, TEXT("https://")) || text_starts(thanks, TEXT("http://"))
	               ? thanks
	               : TEXT_NONE;
}

static bool show(struct call *c, const struct asking *asking, int status, struct text why)
{
	struct html *page = page_of(c, asking->language, crm_get_text(asking->row->values, "name"));
	bool needed = false;

	if (why.len)
		html_alert(page, why);
	html_form(page);
	for (size_t i = 0; i < asking->len; i++) {
		if (!show_input(c, asking, page, asking->fields[i]))
			return false;
		needed |= (asking->fields[i]->flags & CRM_FLAG_NEEDED) != 0;
	}
	html_trap(page, TRAP);
	html_hidden(page, STAMP, sign(c, c->work.now));
	if (needed)
		html_soft(page, form_word(asking->language, "needed"));
	html_submit(page, form_word(asking->language, "send"));
	return reply_page(c, status, page, thanks_of(asking));
}

static bool thank(struct call *c, const struct asking *asking)
{
	struct text thanks = thanks_of(asking);
	struct html *page;

	if (thanks.len) {
		call_set(c, "Location", thanks);
		call_set(c, "Referrer-Policy", TEXT("no-referrer"));
		return call_reply(c, 303);
	}
	page = page_of(c, asking->language, form_word(asking->language, "thanks"));
	html_note(page, form_word(asking->language, "got"));
	return reply_page(c, 200, page, TEXT_NONE);
}

/* ---- what was filled in ---- */

static json_t *value_of(const struct crm_field *field, struct text text)
{
	if (field->type == CRM_TYPE_MAILS || field->type == CRM_TYPE_PHONES)
		return json_pack("[{s:s%, s:s}]", "value", text.ptr, text.len, "type", "work");
	return json_stringn(text.ptr, text.len);
}

/* Who gives nothing but an address is called by it. */
static void name_by_mail(json_t *values)
{
	static const char *const names[] = { "name", "given", "family", "company" };
	json_t *mail = json_array_get(json_object_get(values, "emails"), 0);

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (json_object_get(values, names[i]))
			return;
	if (mail)
		json_object_set(values, "name", json_object_get(mail, "value"));
}

/* Rules give work out by language. */
static void set_language(struct call *c, json_t *values)
{
	struct text language = form_visitor_language(c);

	if (language.len && !json_object_get(values, "language"))
		json_object_set_new(values, "language", json_stringn(language.ptr, language.len));
}

static void gather(struct call *c, struct asking *asking)
{
	asking->values = crm_json_own(c->work.arena, json_object());
	for (size_t i = 0; i < asking->len; i++) {
		struct text text = text_trim(call_form(c, asking->fields[i]->key));

		if (text.len && text_is_utf8(text))
			json_object_set_new(asking->values, asking->fields[i]->key,
			        value_of(asking->fields[i], text));
	}
	name_by_mail(asking->values);
	set_language(c, asking->values);
}

static call_fn form_done;

static struct text what_is_wrong(struct call *c, const struct asking *asking)
{
	const char *key = c->work.err.field;
	const struct crm_field *field = key ? crm_field(CRM_LEAD, text_of(key)) : NULL;

	return arena_printf(c->work.arena, "%.*s %.*s",
	        TEXT_ARG(form_word(asking->language, "check")),
	        TEXT_ARG(field ? label_of(asking, field) : text_of(c->work.err.detail)));
}

static bool decide(struct call *c)
{
	struct asking *asking = c->state;
	struct waker waker;

	c->plan = edit_capture_form(&c->work, asking->row->id, asking->values, &asking->did);
	if (!c->plan && c->work.err.id == ERR_CRM_VALUE) {
		struct text why = what_is_wrong(c, asking);

		err_clear(&c->work.err);
		return show(c, asking, 422, why);
	}
	if (!c->plan)
		return false;
	waker = call_park(c, form_done);
	return edit_commit(&c->work, c->plan, waker.wake, waker.arg);
}

static bool form_done(struct call *c)
{
	struct asking *asking = c->state;
	struct edit_result result;

	if (edit_stale(c->plan))
		return call_again(c, decide);
	if (!edit_result(&c->work, c->plan, &result))
		return false;
	log_info("form_captured", "form=%lld", (long long)asking->row->id);
	return thank(c, asking);
}

static bool take(struct call *c, struct asking *asking)
{
	if (!text_starts_nocase(
	            call_header(c, "Content-Type"), TEXT("application/x-www-form-urlencoded")) ||
	        c->body.len > BODY_MAX)
		return err_set(&c->work.err, ERR_UNSUPPORTED_MEDIA_TYPE, "A form is expected");
	/* Robots fill in everything, and are told what everybody is told. */
	if (call_form(c, TRAP).len)
		return thank(c, asking);
	if (!stamp_is_right(c))
		return show(c, asking, 200, form_word(asking->language, "again"));
	if (!form_gate_passes(c->work.house->forms, house_settings(c->work.house), c->peer)) {
		call_set(c, "Retry-After", TEXT("60"));
		return show(c, asking, 429, form_word(asking->language, "quick"));
	}
	gather(c, asking);
	c->state = asking;
	return decide(c);
}

bool form_handle(struct call *c)
{
	struct asking *asking = arena_make(c->work.arena, struct asking);

	/* The house acts, whoever is at the browser. */
	c->work.who = NULL;
	asking->language = form_language(c);
	if (c->method != METHOD_GET && c->method != METHOD_HEAD && c->method != METHOD_POST) {
		call_set(c, "Allow", TEXT("GET, HEAD, POST"));
		return err_set(&c->work.err, ERR_METHOD_NOT_ALLOWED, "Forms are shown and sent");
	}
	if (!find_form(c, asking))
		return false;
	return c->method == METHOD_POST ? take(c, asking) : show(c, asking, 200, TEXT_NONE);
}

void form_fail(struct call *c)
{
	const struct err_row *row = err_row(c->work.err.id);
	enum form_language language = form_language(c);
	const char *what = c->work.err.id == ERR_NOT_FOUND ? "gone" : "fails";

	reply_page(c, row->status, page_of(c, language, form_word(language, what)), TEXT_NONE);
}
