/* value.c - the canonical form of single values; lists of things: value_list.c. */
#include "base/base.h"
#include "base/codec.h"
#include "base/str.h"
#include "crm/clean.h"
#include "crm/value_impl.h"
#include "object/ical_time.h"

enum { PHOTO_MAX = 700000, JSON_MAX = 20000 };
#define MONEY_MAX 1000000000000000LL
/* The end of the year 9999. */
#define TIME_MAX 253402300799LL

json_t *value_json_text(struct text text)
{
	return json_stringn(text.ptr, text.len);
}

static bool keep(struct checking *c, json_t *value)
{
	*c->canonical = crm_json_own(c->work->arena, value);
	return true;
}

static bool refuse(struct checking *c, const char *wanted)
{
	return err_field(&c->work->err, c->field->key, "%s: %s", c->field->label, wanted);
}

/* ---- texts ---- */

static struct text text_value(const json_t *value)
{
	return (struct text){ json_string_value(value), json_string_length(value) };
}

bool value_line(struct checking *c, const json_t *value, size_t max, struct text *line)
{
	*line = TEXT("");
	if (!value || json_is_null(value))
		return true;
	if (!json_is_string(value))
		return refuse(c, "text is wanted");
	*line = crm_clean_line(c->work->arena, text_value(value));
	return text_chars(*line) <= max || refuse(c, "this is too long");
}

static bool check_line(struct checking *c, const json_t *value)
{
	struct text line;

	if (!value_line(c, value, LINE_MAX_CHARS, &line))
		return false;
	return !line.len || keep(c, value_json_text(line));
}

/* Line ends become LF; other controls, which neither carrier can hold, spaces. */
static bool check_long(struct checking *c, const json_t *value)
{
	struct text text;

	if (!json_is_string(value))
		return refuse(c, "text is wanted");
	text = crm_clean_lines(c->work->arena, text_value(value));
	if (text_chars(text) > LONG_MAX_CHARS)
		return refuse(c, "this is too long");
	return !text.len || keep(c, value_json_text(text));
}

static bool check_choice(struct checking *c, const json_t *value)
{
	struct text choices = text_of(c->field->of), choice;

	if (!json_is_string(value))
		return refuse(c, "one of its choices is wanted");
	while (text_split(&choices, '|', &choice))
		if (text_eq(choice, text_value(value)))
			return keep(c, value_json_text(choice));
	return refuse(c, "there is no such choice");
}

/* ---- numbers and times ---- */

static bool check_number(struct checking *c, const json_t *value, int64_t min, int64_t max)
{
	int64_t number = json_integer_value(value);

	if (!json_is_integer(value))
		return refuse(c, "a whole number is wanted");
	if (number < min || number > max)
		return refuse(c, "this number is out of range");
	return keep(c, json_integer(number));
}

static bool digits(struct text text, size_t start, size_t len, int *number)
{
	*number = 0;
	for (size_t i = start; i < start + len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
		*number = *number * 10 + (text.ptr[i] - '0');
	}
	return true;
}

bool value_is_date(struct text text)
{
	int year, month, day;

	return text.len == 10 && text.ptr[4] == '-' && text.ptr[7] == '-' &&
	       digits(text, 0, 4, &year) && digits(text, 5, 2, &month) &&
	       digits(text, 8, 2, &day) && year > 0 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days_in_month(year, month);
}

/* A birthday may lack its year (RFC 6350 6.2.5): "--05-31". */
static bool is_yearless(struct text text)
{
	int month, day;

	return text.len == 7 && text_starts(text, TEXT("--")) && text.ptr[4] == '-' &&
	       digits(text, 2, 2, &month) && digits(text, 5, 2, &day) && month >= 1 &&
	       month <= 12 && day >= 1 && day <= days_in_month(2000, month);
}

static bool check_date(struct checking *c, const json_t *value)
{
	bool birthday = c->field->wire && text_eq(text_of(c->field->wire), TEXT("BDAY"));
	struct text text;

	if (!json_is_string(value))
		return refuse(c, "a date like 2026-05-31 is wanted");
	text = text_trim(text_value(value));
	if (!value_is_date(text) && !(birthday && is_yearless(text)))
		return refuse(c, "there is no such date");
	return keep(c, value_json_text(text));
}

static bool check_bool(struct checking *c, const json_t *value)
{
	if (!json_is_boolean(value))
		return refuse(c, "yes or no is wanted");
	return json_is_false(value) || keep(c, json_true());
}

/* ---- what is neither ---- */

static bool check_photo(struct checking *c, const json_t *value)
{
	struct text text, bytes;
	ptrdiff_t comma;

	if (!json_is_string(value))
		return refuse(c, "a data: URI of an image is wanted");
	text = text_trim(text_value(value));
	comma = text_find(text, TEXT(";base64,"));
	if (!text_starts_nocase(text, TEXT("data:image/")) || comma < 0)
		return refuse(c, "a data: URI of an image is wanted");
	if (text.len > PHOTO_MAX)
		return refuse(c, "this image is too large");
	if (!base64_decode(c->work->arena, text_from(text, (size_t)comma + 8), &bytes) ||
	        !bytes.len)
		return refuse(c, "this image cannot be read");
	return keep(c, value_json_text(text));
}

static bool check_json(struct checking *c, const json_t *value)
{
	if (!json_is_object(value) && !json_is_array(value))
		return refuse(c, "an object or a list is wanted");
	if (crm_json_write(c->work->arena, value).len > JSON_MAX)
		return refuse(c, "this is too long");
	return keep(c, json_deep_copy(value));
}

static bool is_empty(const json_t *value)
{
	if (json_is_string(value))
		return !text_trim(text_value(value)).len;
	return !value || json_is_null(value) || (json_is_array(value) && !json_array_size(value)) ||
	       (json_is_object(value) && !json_object_size(value));
}

bool crm_value_check(
        struct work *work, const struct crm_field *field, const json_t *value, json_t **canonical)
{
	struct checking c = { work, field, canonical };

	*canonical = NULL;
	if (is_empty(value))
		return true;
	switch (field->type) {
	case CRM_TYPE_LINE:
	case CRM_TYPE_LIST: return check_line(&c, value);
	case CRM_TYPE_LONG: return check_long(&c, value);
	case CRM_TYPE_CHOICE: return check_choice(&c, value);
	case CRM_TYPE_INT: return check_number(&c, value, INT64_MIN, INT64_MAX);
	case CRM_TYPE_PERCENT: return check_number(&c, value, 0, 100);
	case CRM_TYPE_MONEY: return check_number(&c, value, -MONEY_MAX, MONEY_MAX);
	case CRM_TYPE_TIME: return check_number(&c, value, 0, TIME_MAX);
	case CRM_TYPE_REF:
	case CRM_TYPE_USER:
	case CRM_TYPE_TEAM:
	case CRM_TYPE_PRINCIPAL: return check_number(&c, value, 1, INT64_MAX);
	case CRM_TYPE_DATE: return check_date(&c, value);
	case CRM_TYPE_BOOL: return check_bool(&c, value);
	case CRM_TYPE_PHOTO: return check_photo(&c, value);
	case CRM_TYPE_JSON: return check_json(&c, value);
	case CRM_TYPE_TAGS:
	case CRM_TYPE_PHONES:
	case CRM_TYPE_MAILS:
	case CRM_TYPE_URLS:
	case CRM_TYPE_ADDRESSES:
	case CRM_TYPE_PEOPLE: return value_list(&c, value);
	}
	return refuse(&c, "this type is not known");
}
