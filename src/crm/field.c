#include "base/base.h"
#include "base/str.h"
#include "crm/field.h"
#include "object/ical_time.h"

enum {
	COLUMN = CRM_FLAG_COLUMN,
	FILTER = CRM_FLAG_FILTER,
	SORT = CRM_FLAG_SORT,
	FORM = CRM_FLAG_FORM,
	NEEDED = CRM_FLAG_NEEDED,
	SEARCH = CRM_FLAG_SEARCH
};

/* The table says FREE, not CRM_FREE: a column must be narrow enough to be read. */
#define CLASS_FREE    CRM_FREE
#define CLASS_GUARDED CRM_GUARDED
#define CLASS_PRIVATE CRM_PRIVATE
#define CLASS_SYSTEM  CRM_SYSTEM

static const struct crm_field ROWS[] = {
#define FIELD(noun, key, wire, type, of, class, flags, label) \
	{ CRM_##noun, #key, wire, CRM_TYPE_##type, of, CLASS_##class, flags, label },
#include "crm/fields.tbl.h"
#undef FIELD
};

static const char *const TYPE_NAMES[] = {
	[CRM_TYPE_LINE] = "line",
	[CRM_TYPE_LONG] = "long",
	[CRM_TYPE_INT] = "int",
	[CRM_TYPE_PERCENT] = "percent",
	[CRM_TYPE_MONEY] = "money",
	[CRM_TYPE_DATE] = "date",
	[CRM_TYPE_TIME] = "time",
	[CRM_TYPE_BOOL] = "bool",
	[CRM_TYPE_CHOICE] = "choice",
	[CRM_TYPE_LIST] = "list",
	[CRM_TYPE_REF] = "ref",
	[CRM_TYPE_USER] = "user",
	[CRM_TYPE_TEAM] = "team",
	[CRM_TYPE_PRINCIPAL] = "principal",
	[CRM_TYPE_TAGS] = "tags",
	[CRM_TYPE_PHONES] = "phones",
	[CRM_TYPE_MAILS] = "mails",
	[CRM_TYPE_URLS] = "urls",
	[CRM_TYPE_ADDRESSES] = "addresses",
	[CRM_TYPE_PEOPLE] = "people",
	[CRM_TYPE_PHOTO] = "photo",
	[CRM_TYPE_JSON] = "json",
};

const struct crm_field *crm_field(enum crm_noun noun, struct text key)
{
	for (size_t i = 0; i < COUNT_OF(ROWS); i++)
		if (ROWS[i].noun == noun && text_eq(key, text_of(ROWS[i].key)))
			return &ROWS[i];
	return NULL;
}

const struct crm_field *crm_field_at(enum crm_noun noun, size_t i)
{
	size_t first = 0;

	while (first < COUNT_OF(ROWS) && ROWS[first].noun != noun)
		first++;
	i += first;
	return i < COUNT_OF(ROWS) && ROWS[i].noun == noun ? &ROWS[i] : NULL;
}

const char *crm_type_name(enum crm_type type)
{
	return TYPE_NAMES[type];
}

/* ---- helpers over jansson ---- */

static void release(void *value)
{
	json_decref(value);
}

json_t *crm_json_own(struct arena *arena, json_t *value)
{
	return arena_own(arena, value, release);
}

bool crm_json_read(struct work *work, struct text bytes, json_t **object)
{
	json_error_t at;

	if (!bytes.len) {
		*object = crm_json_own(work->arena, json_object());
		return true;
	}
	*object = crm_json_own(
	        work->arena, json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &at));
	if (!*object)
		return err_set(
		        &work->err, ERR_BAD_REQUEST, "line %d of the JSON: %s", at.line, at.text);
	return json_is_object(*object) ||
	       err_set(&work->err, ERR_BAD_REQUEST, "a JSON object is wanted");
}

struct text crm_json_write(struct arena *arena, const json_t *value)
{
	size_t flags = JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY;
	size_t size = json_dumpb(value, NULL, 0, flags);
	char *bytes = arena_raw(arena, size + 1);

	json_dumpb(value, bytes, size, flags);
	bytes[size] = '\0';
	return (struct text){ bytes, size };
}

int64_t crm_get_int(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

struct text crm_get_text(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_string(value)
	               ? (struct text){ json_string_value(value), json_string_length(value) }
	               : TEXT_NONE;
}

bool crm_get_bool(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

int64_t crm_midnight(struct text date)
{
	int64_t year, month, day;

	if (date.len != 10 || date.ptr[4] != '-' || date.ptr[7] != '-' ||
	        !text_to_int(text_sub(date, 0, 4), &year) ||
	        !text_to_int(text_sub(date, 5, 2), &month) ||
	        !text_to_int(text_sub(date, 8, 2), &day))
		return 0;
	return days_of(year, (int)month, (int)day) * 86400;
}
