/* sheet_value.c - one cell: what a person typed, as a value. */
#include "base/base.h"
#include "base/str.h"
#include "crm/day.h"
#include "crm/look.h"
#include "crm/sheet.h"
#include "store/house.h"
#include "store/principal.h"

enum { MONEY_DIGITS_MAX = 15, CENTURY = 100, PIVOT = 70 };

DB_STATEMENT(BY_TITLE, "SELECT record FROM crm_item WHERE noun = ?1 AND title_key = ?2 LIMIT 2");
DB_STATEMENT(PEOPLE_NAMED, "SELECT id, display_name, kind FROM principal ORDER BY id"
                           " /* scan: everybody in the company */");

static json_t *text_json(struct text text)
{
	return json_stringn(text.ptr, text.len);
}

static bool refuse(struct work *work, const struct crm_field *field, struct text typed)
{
	return err_field(&work->err, field->key, "\"%.*s\" is no %s",
	        TEXT_ARG(text_sub(typed, 0, 80)), field->label);
}

/* ---- numbers ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "1.234,50", "1,234.50", "1 234", "12.5": where the decimals begin, or the length. One separator
 * with three digits behind it parts thousands. */
static size_t decimals_at(struct text typed)
{
	ptrdiff_t dot = -1, comma = -1;
	int dots = 0, commas = 0;
	size_t last, behind;

	for (size_t i = 0; i < typed.len; i++) {
		if (typed.ptr[i] == '.')
			dot = (ptrdiff_t)i, dots++;
		else if (typed.ptr[i] == ',')
			comma = (ptrdiff_t)i, commas++;
	}
	if (dot < 0 && comma < 0)
		return typed.len;
	last = (size_t)(dot > comma ? dot : comma);
	if ((dot > comma ? dots : commas) > 1)
		return typed.len;
	behind = typed.len - last - 1;
	return dot >= 0 && comma >= 0 ? last : behind == 3 ? typed.len : last;
}

/* In hundredths. */
static bool hundredths(struct text typed, int64_t *value)
{
	size_t point = decimals_at(typed), digits = 0, decimals = 0;
	bool minus = text_starts(typed, TEXT("-")) || text_starts(typed, TEXT("("));

	*value = 0;
	for (size_t i = 0; i < typed.len; i++) {
		char c = typed.ptr[i];

		if (!is_digit(c)) {
			if (!strchr(".,'() -+", c) && (unsigned char)c < 0x80 && digits)
				return false;
			continue;
		}
		if (i > point && ++decimals > 2)
			continue;
		if (++digits > MONEY_DIGITS_MAX)
			return false;
		*value = *value * 10 + (c - '0');
	}
	for (; decimals < 2; decimals++)
		*value *= 10;
	if (minus)
		*value = -*value;
	return digits > 0;
}

/* "EUR 1.200", "1200 kr", "5 %": without what stands around the number. */
static struct text bare_number(struct text typed)
{
	size_t from = 0, to = typed.len;

	while (from < to && !is_digit(typed.ptr[from]) && !strchr("-(", typed.ptr[from]))
		from++;
	while (to > from && !is_digit(typed.ptr[to - 1]))
		to--;
	return text_sub(typed, from, to - from);
}

static bool number_value(
        struct work *work, const struct crm_field *field, struct text typed, json_t **value)
{
	int64_t number;

	if (!hundredths(bare_number(typed), &number))
		return refuse(work, field, typed);
	*value = json_integer(field->type == CRM_TYPE_MONEY ? number : number / 100);
	return true;
}

/* ---- dates ---- */

struct date {
	int64_t part[3];
	size_t digits[3];
	char separator;
};

static bool date_parts(struct text typed, struct date *date)
{
	size_t part = 0;

	*date = (struct date){ 0 };
	for (size_t i = 0; i < typed.len; i++) {
		char c = typed.ptr[i];

		if (is_digit(c)) {
			if (++date->digits[part] > 4)
				return false;
			date->part[part] = date->part[part] * 10 + (c - '0');
		} else if (strchr("-./", c) && part < 2 && date->digits[part]) {
			date->separator = c;
			part++;
		} else {
			/* A time of day may follow. */
			return part == 2 && date->digits[2] && strchr(" T", c);
		}
	}
	return part == 2 && date->digits[2];
}

/* 2026-05-31, 31.05.2026, 31/05/2026; 05/31/2026 where nothing else makes sense. */
static bool date_value(
        struct work *work, const struct crm_field *field, struct text typed, json_t **value)
{
	struct date d;
	int64_t year, month, day;

	if (!date_parts(typed, &d))
		return refuse(work, field, typed);
	year = d.digits[0] == 4 ? d.part[0] : d.part[2];
	month = d.part[1];
	day = d.digits[0] == 4 ? d.part[2] : d.part[0];
	if (month > 12 && day <= 12 && d.separator == '/') {
		int64_t swapped = month;

		month = day;
		day = swapped;
	}
	if (year < CENTURY)
		year += year < PIVOT ? 2000 : 1900;
	*value = text_json(arena_printf(work->arena, "%04lld-%02lld-%02lld", (long long)year,
	        (long long)month, (long long)day));
	return true;
}

static bool time_value(
        struct work *work, const struct crm_field *field, struct text typed, json_t **value)
{
	json_t *date = NULL;
	int64_t midnight;

	if (!date_value(work, field, typed, &date))
		return false;
	midnight = crm_day_begins(work, text_of(json_string_value(date)));
	json_decref(date);
	if (!midnight)
		return refuse(work, field, typed);
	*value = json_integer(midnight);
	return true;
}

/* ---- words ---- */

static bool bool_value(
        struct work *work, const struct crm_field *field, struct text typed, json_t **value)
{
	static const char *const yes[] = { "yes", "y", "true", "1", "x", "ja", "j", "wahr", "co" };
	static const char *const no[] = { "no", "n", "false", "0", "-", "nein", "falsch", "khong" };
	struct text word = text_fold(work->arena, typed);

	for (size_t i = 0; i < COUNT_OF(yes); i++)
		if (text_eq(word, text_of(yes[i]))) {
			*value = json_true();
			return true;
		}
	for (size_t i = 0; i < COUNT_OF(no); i++)
		if (text_eq(word, text_of(no[i]))) {
			*value = json_false();
			return true;
		}
	return refuse(work, field, typed);
}

static bool choice_value(
        struct work *work, const struct crm_field *field, struct text typed, json_t **value)
{
	struct text rest = text_of(field->of), one, key = text_fold(work->arena, typed);

	while (text_split(&rest, '|', &one))
		if (text_eq(text_fold(work->arena, one), key)) {
			*value = text_json(one);
			return true;
		}
	return refuse(work, field, typed);
}

/* ---- names of people and records ---- */

static bool person_value(
        struct work *work, const struct crm_field *field, struct text typed, json_t **value)
{
	struct text key = text_fold(work->arena, typed);
	struct principal *p = NULL;
	struct db *db = work_reader(work);
	struct db_rows *rows;
	int64_t id = 0;

	if (!principal_by_name(work, typed, &p) || (!p && !principal_by_email(work, typed, &p)) ||
	        !db)
		return false;
	rows = db_query(db, &work->err, &PEOPLE_NAMED, DB_NO_ARGS);
	while (!p && !id && rows && db_next(rows))
		if (text_eq(text_fold(work->arena, db_text(rows, 1)), key))
			id = db_int(rows, 0);
	if (!db_done(rows))
		return false;
	if (!p && !id)
		return refuse(work, field, typed);
	*value = json_integer(p ? p->id : id);
	return true;
}

static bool ref_value(
        struct work *work, const struct crm_field *field, struct text typed, json_t **value)
{
	const struct crm_noun_row *noun = crm_noun_find(text_of(field->of));
	struct db *db = work_reader(work);
	struct db_rows *rows;
	struct crm_row *row;
	int64_t id = 0;

	if (!noun || !db)
		return refuse(work, field, typed);
	if (crm_noun_is_row(noun->noun)) {
		if (!crm_row_named(work, noun->noun, typed, &row))
			return false;
		id = row ? row->id : 0;
	} else {
		rows = db_query(db, &work->err, &BY_TITLE,
		        DB_ARGS(DB_INT(noun->noun), DB_TEXT(text_fold(work->arena, typed))));
		/* Two of one name: nobody can say which is meant. */
		while (rows && db_next(rows))
			id = id ? -1 : db_int(rows, 0);
		if (!db_done(rows))
			return false;
	}
	if (id <= 0)
		return refuse(work, field, typed);
	*value = json_integer(id);
	return true;
}

/* ---- lists ---- */

static bool is_separator(char c)
{
	return c == ';' || c == '\n' || c == '|';
}

/* "a; b": each piece is given to `add`. */
static void each_piece(struct text typed, void (*add)(json_t *list, struct text one), json_t *list)
{
	size_t from = 0;

	for (size_t i = 0; i <= typed.len; i++)
		if (i == typed.len || is_separator(typed.ptr[i])) {
			struct text one = text_trim(text_sub(typed, from, i - from));

			if (one.len)
				add(list, one);
			from = i + 1;
		}
}

static void add_word(json_t *list, struct text one)
{
	json_array_append_new(list, text_json(one));
}

static void add_typed(json_t *list, struct text one)
{
	json_array_append_new(
	        list, json_pack("{s:o, s:s}", "value", text_json(one), "type", "work"));
}

static void add_address(json_t *list, struct text one)
{
	json_array_append_new(
	        list, json_pack("{s:o, s:s}", "street", text_json(one), "type", "work"));
}

static json_t *list_value(struct text typed, void (*add)(json_t *list, struct text one))
{
	json_t *list = json_array();

	each_piece(typed, add, list);
	return list;
}

static bool typed_value(
        struct work *work, const struct crm_field *field, struct text typed, json_t **value)
{
	switch (field->type) {
	case CRM_TYPE_INT:
	case CRM_TYPE_PERCENT:
	case CRM_TYPE_MONEY: return number_value(work, field, typed, value);
	case CRM_TYPE_DATE: return date_value(work, field, typed, value);
	case CRM_TYPE_TIME: return time_value(work, field, typed, value);
	case CRM_TYPE_BOOL: return bool_value(work, field, typed, value);
	case CRM_TYPE_CHOICE: return choice_value(work, field, typed, value);
	case CRM_TYPE_USER:
	case CRM_TYPE_TEAM:
	case CRM_TYPE_PRINCIPAL: return person_value(work, field, typed, value);
	case CRM_TYPE_REF: return ref_value(work, field, typed, value);
	case CRM_TYPE_TAGS: *value = list_value(typed, add_word); return true;
	case CRM_TYPE_PHONES:
	case CRM_TYPE_MAILS:
	case CRM_TYPE_URLS: *value = list_value(typed, add_typed); return true;
	case CRM_TYPE_ADDRESSES: *value = list_value(typed, add_address); return true;
	case CRM_TYPE_LINE:
	case CRM_TYPE_LONG:
	case CRM_TYPE_LIST: *value = text_json(typed); return true;
	default: return refuse(work, field, typed);
	}
}

bool sheet_value(
        struct work *work, const struct crm_field *field, struct text typed, json_t **value)
{
	*value = NULL;
	typed = text_trim(typed);
	if (!typed.len)
		return true;
	if (!typed_value(work, field, typed, value))
		return false;
	crm_json_own(work->arena, *value);
	return true;
}
