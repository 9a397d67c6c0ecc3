/* crm_filter.c - filters: read from words, tried on lines and rows. */
#include "base/base.h"
#include "base/clock.h"
#include "base/settings.h"
#include "base/str.h"
#include "object/ical_time.h"
#include "people/who.h"
#include "store/house.h"
#include "view/crm_impl.h"

enum { DAY = 86400 };

/* ---- words ---- */

static const char *const TESTS[] = { [CRM_EQ] = "eq",
	[CRM_NE] = "ne",
	[CRM_LT] = "lt",
	[CRM_LE] = "le",
	[CRM_GT] = "gt",
	[CRM_GE] = "ge",
	[CRM_IN] = "in",
	[CRM_CONTAINS] = "contains",
	[CRM_EMPTY] = "empty",
	[CRM_SET] = "set" };

/* What is no field, or stands in a column under another name. */
static const struct pseudo {
	const char *key;
	enum crm_type type;
	size_t offset;
} PSEUDOS[] = {
	{ "id", CRM_TYPE_INT, offsetof(struct crm_line, record) },
	{ "noun", CRM_TYPE_INT, offsetof(struct crm_line, noun) },
	{ "holder", CRM_TYPE_PRINCIPAL, offsetof(struct crm_line, holder) },
	{ "state", CRM_TYPE_INT, offsetof(struct crm_line, state) },
	{ "created", CRM_TYPE_TIME, offsetof(struct crm_line, created) },
	{ "modified", CRM_TYPE_TIME, offsetof(struct crm_line, modified) },
	{ "closed", CRM_TYPE_TIME, offsetof(struct crm_line, closed) },
	{ "account", CRM_TYPE_REF, offsetof(struct crm_line, account) },
	{ "contact", CRM_TYPE_REF, offsetof(struct crm_line, contact) },
	{ "parent", CRM_TYPE_REF, offsetof(struct crm_line, parent) },
	{ "stage", CRM_TYPE_REF, offsetof(struct crm_line, stage) },
	{ "campaign", CRM_TYPE_REF, offsetof(struct crm_line, campaign) },
	{ "owner", CRM_TYPE_USER, offsetof(struct crm_line, owner) },
	{ "team", CRM_TYPE_TEAM, offsetof(struct crm_line, team) },
	{ "pipeline", CRM_TYPE_REF, offsetof(struct crm_line, pipeline) },
	{ "number", CRM_TYPE_INT, offsetof(struct crm_line, number) },
	{ "score", CRM_TYPE_INT, offsetof(struct crm_line, score) },
};

static const struct pseudo *pseudo_of(struct text key)
{
	for (size_t i = 0; i < COUNT_OF(PSEUDOS); i++)
		if (text_eq(key, text_of(PSEUDOS[i].key)))
			return &PSEUDOS[i];
	return NULL;
}

static bool refuse(struct work *work, struct text words)
{
	return err_set(&work->err, ERR_BAD_REQUEST, "the filter \"%.*s\" is not understood",
	        TEXT_ARG(text_sub(words, 0, 100)));
}

/* "+7d", "-30d", "today": midnight in the company's zone, that many days away. */
static bool day_of(struct work *work, struct text value, int64_t *days)
{
	const struct zone *zone = zone_find(text_of(house_settings(work->house)->crm_time_zone));
	int64_t wall = zone ? zone_to_wall(zone, work->now) : work->now, away = 0;

	if (!text_eq(value, TEXT("today"))) {
		if (value.len < 3 || !strchr("+-", value.ptr[0]) || !text_ends(value, TEXT("d")) ||
		        !text_to_int(text_sub(value, 0, value.len - 1), &away) || away < -36500 ||
		        away > 36500)
			return false;
	}
	*days = wall / DAY + away;
	return true;
}

static int64_t utc_of_day(struct work *work, int64_t days)
{
	const struct zone *zone = zone_find(text_of(house_settings(work->house)->crm_time_zone));

	return zone ? zone_to_utc(zone, days * DAY) : days * DAY;
}

static enum crm_type type_of(const struct crm_filter *filter)
{
	const struct pseudo *pseudo;

	if (filter->field)
		return filter->field->type;
	pseudo = pseudo_of(filter->column);
	return pseudo ? pseudo->type : CRM_TYPE_LONG;
}

/* A value as it is compared: times and dates worked out, "me" an id. */
static struct text value_of(struct work *work, enum crm_type type, struct text value)
{
	int64_t days, year;
	int month, day;
	bool person = type == CRM_TYPE_USER || type == CRM_TYPE_PRINCIPAL;

	if (person && text_eq(value, TEXT("me")))
		return arena_printf(
		        work->arena, "%lld", (long long)(work->who ? work->who->id : 0));
	if (type == CRM_TYPE_TIME && crm_midnight(value))
		return arena_printf(work->arena, "%lld",
		        (long long)utc_of_day(work, crm_midnight(value) / DAY));
	if ((type != CRM_TYPE_TIME && type != CRM_TYPE_DATE) || !day_of(work, value, &days))
		return value;
	if (type == CRM_TYPE_TIME)
		return arena_printf(work->arena, "%lld", (long long)utc_of_day(work, days));
	days_to(days, &year, &month, &day);
	return arena_printf(work->arena, "%04lld-%02d-%02d", (long long)year, month, day);
}

static bool is_number_type(enum crm_type type)
{
	switch (type) {
	case CRM_TYPE_INT:
	case CRM_TYPE_PERCENT:
	case CRM_TYPE_MONEY:
	case CRM_TYPE_TIME:
	case CRM_TYPE_REF:
	case CRM_TYPE_USER:
	case CRM_TYPE_TEAM:
	case CRM_TYPE_PRINCIPAL: return true;
	default: return false;
	}
}

static bool parse_value(struct work *work, struct text words, struct crm_filter *filter)
{
	enum crm_type type = type_of(filter);
	struct text rest = filter->value, one;
	struct buf buf;
	int64_t number;

	if (filter->test == CRM_EMPTY || filter->test == CRM_SET)
		return true;
	buf_init(&buf, work->arena);
	while (text_split(&rest, filter->test == CRM_IN ? '|' : '\0', &one)) {
		struct text value = value_of(work, type, one);

		if (is_number_type(type) && !text_eq(one, TEXT("none")) &&
		        !text_to_int(value, &number))
			return refuse(work, words);
		if (buf.len)
			buf_char(&buf, '|');
		buf_add(&buf, value);
	}
	filter->value = buf_text(&buf);
	if (text_eq(filter->value, TEXT("none")) && filter->test == CRM_EQ)
		filter->test = CRM_EMPTY;
	if (text_eq(filter->value, TEXT("none")) && filter->test == CRM_NE)
		filter->test = CRM_SET;
	return true;
}

bool crm_filter_parse(
        struct work *work, enum crm_noun noun, struct text words, struct crm_filter *filter)
{
	struct text rest = words, key, test;
	size_t i = 0;

	*filter = (struct crm_filter){ .value = TEXT("") };
	if (!text_split(&rest, ':', &key) || !text_split(&rest, ':', &test))
		return refuse(work, words);
	while (i < COUNT_OF(TESTS) && !text_eq(test, text_of(TESTS[i])))
		i++;
	filter->test = (enum crm_test)i;
	filter->value = rest.ptr ? rest : TEXT("");
	filter->field = crm_field(noun, key);
	filter->column = arena_text(work->arena, key);
	if (i == COUNT_OF(TESTS) ||
	        (!filter->field && !pseudo_of(key) && !text_eq(key, TEXT("text"))))
		return refuse(work, words);
	return parse_value(work, words, filter);
}

bool crm_filter_number(const struct crm_ask *ask, const char *key, int64_t *number)
{
	for (size_t i = 0; i < ask->filters.len; i++) {
		const struct crm_filter *f = &ask->filters.at[i];
		struct text name = f->field ? text_of(f->field->key) : f->column;

		if (f->test == CRM_EQ && text_eq(name, text_of(key)) &&
		        text_to_int(f->value, number))
			return true;
	}
	return false;
}

/* ---- trying ---- */

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

static bool try_number(const struct crm_filter *f, bool there, int64_t number)
{
	struct text rest = f->value, one;
	int64_t wanted;

	if (f->test == CRM_IN) {
		while (text_split(&rest, '|', &one))
			if (text_eq(one, TEXT("none"))
			                ? !there
			                : there && text_to_int(one, &wanted) && wanted == number)
				return true;
		return false;
	}
	if (f->test == CRM_EMPTY || f->test == CRM_SET)
		return there == (f->test == CRM_SET);
	if (!there || !text_to_int(f->value, &wanted))
		return !there && f->test == CRM_NE;
	return compare(f->test, (number > wanted) - (number < wanted));
}

static bool try_text(struct arena *arena, const struct crm_filter *f, struct text text)
{
	struct text key = text_fold(arena, text), rest = f->value, one;

	if (f->test == CRM_CONTAINS)
		return text_find(key, text_fold(arena, f->value)) >= 0;
	if (f->test == CRM_IN) {
		while (text_split(&rest, '|', &one))
			if (text_eq(one, TEXT("none")) ? !text.len
			                               : text_eq(key, text_fold(arena, one)))
				return true;
		return false;
	}
	if (f->test == CRM_EMPTY || f->test == CRM_SET)
		return (text.len > 0) == (f->test == CRM_SET);
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

static bool values_of(struct crm_tested *t)
{
	if (!t->values && t->row)
		t->values = t->row->values;
	return t->values || crm_json_read(t->work, t->line->fields, &t->values);
}

/* Any field that the search box looks into. */
static bool try_anywhere(struct crm_tested *t, enum crm_noun noun, const struct crm_filter *f)
{
	struct text needle = text_fold(t->work->arena, f->value);
	const struct crm_field *field;

	for (size_t i = 0; (field = crm_field_at(noun, i)); i++) {
		json_t *value = json_object_get(t->values, field->key);
		bool looked = (field->flags & CRM_FLAG_SEARCH) || (t->row && i == 0);

		if (looked && value &&
		        text_find(text_fold(t->work->arena,
		                          crm_value_text(t->work->arena, field, value)),
		                needle) >= 0)
			return true;
	}
	return false;
}

static bool try_value(struct crm_tested *t, const struct crm_filter *f)
{
	const json_t *value = json_object_get(t->values, f->field->key);

	if (f->field->type == CRM_TYPE_BOOL)
		return try_number(f, value != NULL, 1) ||
		       (f->test == CRM_EQ &&
		               text_eq(f->value, value ? TEXT("true") : TEXT("false")));
	if (is_number_type(f->field->type))
		return try_number(f, value != NULL, json_integer_value(value));
	if (json_is_array(value) || f->field->type >= CRM_TYPE_TAGS)
		return try_list(t->work->arena, f, value);
	return try_text(t->work->arena, f, value ? text_of(json_string_value(value)) : TEXT(""));
}

static int64_t column_of(const struct crm_line *line, const struct pseudo *pseudo)
{
	return *(const int64_t *)((const char *)line + pseudo->offset);
}

/* 0 stands for none, but in `state` and in what is always there. */
static bool is_there(const struct pseudo *pseudo, int64_t number)
{
	return number != 0 || pseudo->offset == offsetof(struct crm_line, state);
}

static bool try_one(struct crm_tested *t, const struct crm_filter *f, bool *passes)
{
	const struct pseudo *pseudo = f->column.ptr ? pseudo_of(f->column) : NULL;
	int64_t number;

	if (f->field && !f->column.ptr)
		pseudo = pseudo_of(text_of(f->field->key));
	if (pseudo && t->line) {
		number = column_of(t->line, pseudo);
		*passes = try_number(f, is_there(pseudo, number), number);
		return true;
	}
	if (!values_of(t))
		return false;
	if (f->field)
		*passes = try_value(t, f);
	else
		*passes = try_anywhere(t, t->line ? (enum crm_noun)t->line->noun : t->row->noun, f);
	return true;
}

bool crm_filters_pass(struct crm_tested *t, const struct crm_filters *filters, bool *passes)
{
	*passes = true;
	for (size_t i = 0; i < filters->len && *passes; i++)
		if (!try_one(t, &filters->at[i], passes))
			return false;
	return true;
}
