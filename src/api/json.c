/* json.c - bodies in, answers out. */
#include "base/base.h"
#include "api/door.h"
#include "edit/edit.h"
#include "wire/header.h"

enum { DEPTH_MAX = 16, TRIES = 3 };

static void free_json(void *value)
{
	json_decref(value);
}

json_t *api_own(struct call *c, json_t *value)
{
	return arena_own(c->work.arena, value, free_json);
}

json_t *api_word(struct text text)
{
	return text.ptr ? json_stringn(text.ptr, text.len) : json_null();
}

/* ---- in ---- */

/* One look at every byte, before the parser spends memory on what is nested. */
static bool too_deep(struct text body)
{
	bool inside = false;
	int depth = 0;

	for (size_t i = 0; i < body.len; i++) {
		char c = body.ptr[i];

		if (inside && c == '\\')
			i++;
		else if (c == '"')
			inside = !inside;
		else if (!inside && (c == '{' || c == '['))
			depth++;
		else if (!inside && (c == '}' || c == ']'))
			depth--;
		if (depth > DEPTH_MAX)
			return true;
	}
	return false;
}

bool api_body(struct call *c, const json_t **body)
{
	struct text type = header_media_type(c->work.arena, call_header(c, "Content-Type"));
	struct err *err = &c->work.err;
	json_error_t why;
	json_t *value;

	/* A form of somebody else's page can send other types, but not this one. */
	if (!text_eq(type, TEXT("application/json")))
		return err_set(err, ERR_UNSUPPORTED_MEDIA_TYPE, "application/json is expected");
	if (!c->body.len)
		return err_set(err, ERR_BAD_REQUEST, "a JSON object is expected");
	if (too_deep(c->body))
		return err_set(err, ERR_BAD_REQUEST, "the JSON is nested too deeply");
	value = json_loadb(c->body.ptr, c->body.len, JSON_REJECT_DUPLICATES, &why);
	if (!value)
		return err_set(err, ERR_BAD_REQUEST, "line %d: %s", why.line, why.text);
	*body = api_own(c, value);
	return json_is_object(value) || err_set(err, ERR_BAD_REQUEST, "a JSON object is expected");
}

bool api_refuse(struct call *c, const char *field, const char *words)
{
	return err_field(&c->work.err, field, "%s", words);
}

bool api_text(struct call *c, const json_t *body, const char *key, bool needed, struct text *value)
{
	const json_t *found = json_object_get(body, key);

	*value = TEXT_NONE;
	if (json_is_string(found))
		*value = (struct text){ json_string_value(found), json_string_length(found) };
	else if (found && !json_is_null(found))
		return api_refuse(c, key, "text is expected");
	return value->len || !needed || api_refuse(c, key, "it is missing");
}

bool api_number(struct call *c, const char *name, int64_t preset, int64_t max, int64_t *value)
{
	struct text word = call_query(c, name);

	*value = preset;
	if (!word.ptr)
		return true;
	return (text_to_int(word, value) && *value >= 0 && *value <= max) ||
	       err_set(&c->work.err, ERR_BAD_REQUEST, "%s: a number up to %lld is expected", name,
	               (long long)max);
}

/* ---- out ---- */

bool api_json(struct call *c, int status, json_t *value)
{
	size_t len;
	char *to;

	api_own(c, value);
	len = json_dumpb(value, NULL, 0, JSON_COMPACT);
	to = arena_raw(c->work.arena, len + 1);
	json_dumpb(value, to, len, JSON_COMPACT);
	to[len] = '\0';
	return call_reply_body(
	        c, status, "application/json; charset=utf-8", (struct text){ to, len });
}

bool api_secret(struct call *c, int status, json_t *value)
{
	api_json(c, status, value);
	c->reply.may_compress = false;
	call_set(c, "Cache-Control", TEXT("no-store"));
	return true;
}

bool api_none(struct call *c)
{
	return call_reply(c, 204);
}

/* ---- changing ---- */

static bool settle(struct call *c)
{
	struct api *api = api_of(c);

	switch (plan_state(c->plan)) {
	case PLAN_DONE: return api->done(c);
	case PLAN_STALE:
		if (++api->tries < TRIES)
			return call_again(c, api->again);
		return err_set(&c->work.err, ERR_CONFLICT, "others keep changing the same thing");
	default: break;
	}
	if (!err_is_set(&c->work.err))
		c->work.err = *plan_error(c->plan);
	return false;
}

bool api_commit(struct call *c, struct plan *plan, call_fn *done, call_fn *again)
{
	struct api *api = api_of(c);
	struct waker waker;

	if (!plan)
		return false;
	api->done = done;
	api->again = again;
	c->plan = plan;
	waker = call_park(c, settle);
	if (edit_commit(&c->work, plan, waker.wake, waker.arg))
		return true;
	c->parked = false;
	return false;
}
