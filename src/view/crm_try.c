/* crm_try.c - filters tried on lines and rows. Most can be told by a column, or by one value out of
 * the JSON of a line, which is not parsed for it: a list may have to look at many lines. */
#include "base/base.h"
#include "base/str.h"
#include "crm/find.h"
#include "view/crm_impl.h"

/* ---- one value out of an object ---- */

/* Behind a string that begins at `at` (its quote); the end if it is never closed. */
static size_t skip_string(struct text json, size_t at)
{
	for (at++; at < json.len && json.ptr[at] != '"'; at++)
		if (json.ptr[at] == '\\')
			at++;
	return at < json.len ? at + 1 : json.len;
}

/* Behind the value that begins at `at`: what follows is a comma or the end of the object. */
static size_t skip_value(struct text json, size_t at)
{
	int depth = 0;

	while (at < json.len) {
		char c = json.ptr[at];

		if (c == '"') {
			at = skip_string(json, at);
			continue;
		}
		if (c == '{' || c == '[')
			depth++;
		if (!depth && (c == ',' || c == '}'))
			return at;
		if (c == '}' || c == ']')
			depth--;
		at++;
	}
	return at;
}

/* The raw value of `key` in a compact object; absent: it has none. */
static struct text peek(struct text json, const char *key)
{
	size_t at = 1, len = strlen(key);

	while (at < json.len && json.ptr[at] == '"') {
		size_t end = skip_string(json, at), next = skip_value(json, end + 1);

		if (end - at == len + 2 && !memcmp(json.ptr + at + 1, key, len))
			return text_sub(json, end + 1, next - end - 1);
		at = next + 1;
	}
	return TEXT_NONE;
}

static bool parse(struct crm_tested *t, struct text raw, json_t **value)
{
	*value = NULL;
	if (!raw.ptr)
		return true;
	*value = crm_json_own(t->work->arena, json_loadb(raw.ptr, raw.len, JSON_DECODE_ANY, NULL));
	return *value || err_set(&t->work->err, ERR_INTERNAL, "The values of a record are damaged");
}

/* ---- comparing ---- */

static bool compare(enum crm_test test, int order)
{
	switch (test) {
	case CRM_EQ: return order == 0;
	case CRM_NE: return order != 0;
	case CRM_LT: return order < 0;
	case CRM_LE: return order <= 0;
	case CRM_GT: return order > 0;
	case CRM_GE: return order >= 0;
	default: return false;
	}
}

static bool number_in(struct text list, bool there, int64_t number)
{
	struct text one;
	int64_t wanted;

	while (text_split(&list, '|', &one)) {
		bool none = text_eq(one, TEXT("none"));

		if (none ? !there : there && text_to_int(one, &wanted) && wanted == number)
			return true;
	}
	return false;
}

static bool try_number(const struct crm_filter *f, bool there, int64_t number)
{
	int64_t wanted;

	if (f->test == CRM_IN)
		return number_in(f->value, there, number);
	if (f->test == CRM_EMPTY || f->test == CRM_SET)
		return there == (f->test == CRM_SET);
	if (!there || !text_to_int(f->value, &wanted))
		return !there && f->test == CRM_NE;
	return compare(f->test, (number > wanted) - (number < wanted));
}

static bool text_in(struct arena *arena, struct text list, struct text key)
{
	struct text one;

	while (text_split(&list, '|', &one))
		if (text_eq(one, TEXT("none")) ? !key.len : text_eq(key, text_fold(arena, one)))
			return true;
	return false;
}

static bool try_text(struct arena *arena, const struct crm_filter *f, struct text text)
{
	struct text key;

	if (f->test == CRM_EMPTY || f->test == CRM_SET)
		return (text.len > 0) == (f->test == CRM_SET);
	if (f->test == CRM_EQ && text.len && text_eq(text, f->value))
		return true;
	key = text_fold(arena, text);
	if (f->test == CRM_CONTAINS)
		return text_find(key, text_fold(arena, f->value)) >= 0;
	if (f->test == CRM_IN)
		return text_in(arena, f->value, key);
	if (!text.len && f->test != CRM_NE)
		return false;
	return compare(f->test, text_cmp(key, text_fold(arena, f->value)));
}

static struct text entry_text(const json_t *item)
{
	if (json_is_string(item))
		return text_of(json_string_value(item));
	return crm_get_text(item, "value");
}

/* One entry that fits is enough; NE: none may. */
static bool try_list(struct arena *arena, const struct crm_filter *f, const json_t *list)
{
	struct crm_filter each = *f;
	bool any = false;
	json_t *item;
	size_t i;

	if (f->test == CRM_EMPTY || f->test == CRM_SET)
		return (json_array_size(list) > 0) == (f->test == CRM_SET);
	if (f->test == CRM_NE)
		each.test = CRM_EQ;
	json_array_foreach(list, i, item)
	{
		int64_t account = crm_get_int(item, "account");

		any = any || (account ? try_number(&each, true, account)
		                      : try_text(arena, &each, entry_text(item)));
	}
	return any == (f->test != CRM_NE);
}

/* ---- a line or row ---- */

static struct text raw_of(struct crm_tested *t, const char *key)
{
	json_t *value;

	if (t->line)
		return peek(t->line->fields, key);
	value = json_object_get(t->row->values, key);
	return value ? crm_json_write(t->work->arena, value) : TEXT_NONE;
}

/* False is not kept (crm/field.h): it is what is not there. */
static bool try_bool(const struct crm_filter *f, bool is)
{
	bool wanted = text_eq(f->value, TEXT("true")) || text_eq(f->value, TEXT("1")) ||
	              text_eq(f->value, TEXT("yes"));

	if (f->test == CRM_EMPTY || f->test == CRM_SET)
		return is == (f->test == CRM_SET);
	return f->test == CRM_NE ? is != wanted : is == wanted;
}

static bool try_value(struct crm_tested *t, const struct crm_filter *f, bool *passes)
{
	struct text raw = raw_of(t, f->field->key);
	int64_t number = 0;
	json_t *value;

	if (f->field->type == CRM_TYPE_BOOL) {
		*passes = try_bool(f, text_eq(raw, TEXT("true")));
		return true;
	}
	if (crm_is_number(f->field->type)) {
		bool there = text_to_int(raw, &number);

		*passes = try_number(f, there, number);
		return true;
	}
	if (!parse(t, raw, &value))
		return false;
	*passes = f->field->type >= CRM_TYPE_TAGS && f->field->type <= CRM_TYPE_PEOPLE
	                  ? try_list(t->work->arena, f, value)
	                  : try_text(t->work->arena, f, entry_text(value));
	return true;
}

/* What the search box would find (crm/find.h); of rows, their name. */
static bool try_anywhere(struct crm_tested *t, const struct crm_filter *f, bool *passes)
{
	struct arena *arena = t->work->arena;
	struct find_terms terms;
	struct text text;
	json_t *values;

	if (!parse(t, t->line ? t->line->fields : t->row->data, &values))
		return false;
	text = t->line ? find_text(arena, (enum crm_noun)t->line->noun, values)
	               : text_fold(arena, crm_get_text(values, "name"));
	find_terms(arena, f->value, &terms);
	*passes = true;
	for (size_t i = 0; i < terms.len && *passes; i++)
		*passes = text_find(text, terms.at[i]) >= 0;
	return true;
}

/* 0 stands for none, but in `state`. */
static bool is_there(const struct crm_column *column, int64_t number)
{
	return number != 0 || column->offset == offsetof(struct crm_line, state);
}

/* By a column: without a look at the JSON. False: there is none. */
static bool try_column(struct crm_tested *t, const struct crm_filter *f, bool *passes)
{
	const struct crm_column *column = crm_column(f);
	int64_t number;

	if (!column && f->field && !strcmp(f->field->key, "status")) {
		*passes = try_text(t->work->arena, f, t->line->status);
		return true;
	}
	if (!column)
		return false;
	number = *(const int64_t *)((const char *)t->line + column->offset);
	*passes = try_number(f, is_there(column, number), number);
	return true;
}

static bool try_one(struct crm_tested *t, const struct crm_filter *f, bool *passes)
{
	if (t->line && try_column(t, f, passes))
		return true;
	return f->field ? try_value(t, f, passes) : try_anywhere(t, f, passes);
}

bool crm_filters_pass(struct crm_tested *t, const struct crm_filters *filters, bool *passes)
{
	*passes = true;
	for (size_t i = 0; i < filters->len && *passes; i++)
		if (!try_one(t, &filters->at[i], passes))
			return false;
	return true;
}
