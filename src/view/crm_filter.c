/* crm_filter.c - filters: read from words, tried on lines and rows. */
#include "base/base.h"
#include "base/clock.h"
#include "base/settings.h"
#include "base/str.h"
#include "object/ical_time.h"
#include "people/who.h"
#include "store/house.h"
#include "store/principal.h"
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
static const struct crm_column COLUMNS[] = {
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
};

/* A lead's status is in the column of stages. */
static const struct crm_column LEAD_STATUS = { "status", CRM_TYPE_REF,
	offsetof(struct crm_line, stage) };

static const struct crm_column *column_of(struct text key)
{
	for (size_t i = 0; i < COUNT_OF(COLUMNS); i++)
		if (text_eq(key, text_of(COLUMNS[i].key)))
			return &COLUMNS[i];
	return NULL;
}

const struct crm_column *crm_column(const struct crm_filter *f)
{
	if (f->field && f->field->noun == CRM_LEAD && !strcmp(f->field->key, "status"))
		return &LEAD_STATUS;
	return column_of(crm_filter_key(f));
}

struct text crm_filter_key(const struct crm_filter *f)
{
	return f->field ? text_of(f->field->key) : f->column;
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
	const struct crm_column *column;

	if (filter->field)
		return filter->field->type;
	column = column_of(filter->column);
	return column ? column->type : CRM_TYPE_LONG;
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

bool crm_is_number(enum crm_type type)
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

/* Rows go by their names too; several of one name are any of them. Absent: there is none. */
static bool rows_named(struct work *work, enum crm_noun noun, struct text name, struct text *ids)
{
	struct text key = text_fold(work->arena, name);
	struct crm_rows rows;
	struct buf buf;

	buf_init(&buf, work->arena);
	if (!crm_rows_of(work, noun, -1, &rows))
		return false;
	for (size_t i = 0; i < rows.len; i++)
		if (text_eq(key, text_fold(work->arena, crm_get_text(rows.at[i].values, "name"))))
			buf_printf(&buf, "%s%lld", buf.len ? "|" : "", (long long)rows.at[i].id);
	*ids = buf_text(&buf);
	return true;
}

/* The id, or ids, of what is named; absent: nothing is. */
static bool ids_named(
        struct work *work, const struct crm_filter *filter, struct text name, struct text *ids)
{
	const struct crm_field *field = filter->field;
	const struct crm_noun_row *noun =
	        field && field->type == CRM_TYPE_REF ? crm_noun_find(text_of(field->of)) : NULL;
	struct principal *p = NULL;

	*ids = TEXT_NONE;
	if (!field || field->type == CRM_TYPE_REF)
		return !noun || !crm_noun_is_row(noun->noun) ||
		       rows_named(work, noun->noun, name, ids);
	if (field->type != CRM_TYPE_USER && field->type != CRM_TYPE_TEAM &&
	        field->type != CRM_TYPE_PRINCIPAL)
		return true;
	if (!principal_by_name(work, name, &p))
		return false;
	if (p)
		*ids = arena_printf(work->arena, "%lld", (long long)p->id);
	return true;
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

		if (crm_is_number(type) && !text_eq(one, TEXT("none")) &&
		        !text_to_int(value, &number)) {
			if (!ids_named(work, filter, one, &value))
				return false;
			if (!value.len || (filter->test != CRM_EQ && filter->test != CRM_NE &&
			                          filter->test != CRM_IN))
				return refuse(work, words);
		}
		if (buf.len)
			buf_char(&buf, '|');
		buf_add(&buf, value);
	}
	filter->value = buf_text(&buf);
	if (filter->test == CRM_EQ && crm_is_number(type) &&
	        text_find_char(filter->value, '|') >= 0)
		filter->test = CRM_IN;
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
	        (!filter->field && !column_of(key) && !text_eq(key, TEXT("text"))))
		return refuse(work, words);
	return parse_value(work, words, filter);
}

bool crm_filter_number(const struct crm_ask *ask, const char *key, int64_t *number)
{
	for (size_t i = 0; i < ask->filters.len; i++) {
		const struct crm_filter *f = &ask->filters.at[i];

		if (f->test == CRM_EQ && text_eq(crm_filter_key(f), text_of(key)) &&
		        text_to_int(f->value, number))
			return true;
	}
	return false;
}
