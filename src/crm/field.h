/* field.h - the fields of each noun, one row each in fields.tbl.h.
 *
 * A record's values are one JSON object, `key` to value, in canonical form: what is empty is not
 * there; texts are trimmed; lists keep their order. The same object is what crm_item.fields holds,
 * what the API answers and what CSV is made of.
 * Memory: values live in the arena (json_t tied to it). Threads: constant data, pure functions. */
#ifndef KONTOR_CRM_FIELD_H
#define KONTOR_CRM_FIELD_H

#include <jansson.h>

#include "base/work.h"
#include "crm/noun.h"

enum crm_type {
	CRM_TYPE_LINE,
	CRM_TYPE_LONG,
	CRM_TYPE_INT,
	CRM_TYPE_PERCENT,
	CRM_TYPE_MONEY, /* hundredths */
	CRM_TYPE_DATE,  /* "2026-05-31" */
	CRM_TYPE_TIME,  /* UTC seconds */
	CRM_TYPE_BOOL,
	CRM_TYPE_CHOICE,
	CRM_TYPE_LIST,
	CRM_TYPE_REF,
	CRM_TYPE_USER,
	CRM_TYPE_TEAM,
	CRM_TYPE_PRINCIPAL,
	CRM_TYPE_TAGS,
	CRM_TYPE_PHONES,
	CRM_TYPE_MAILS,
	CRM_TYPE_URLS,
	CRM_TYPE_ADDRESSES,
	CRM_TYPE_PEOPLE,
	CRM_TYPE_PHOTO,
	CRM_TYPE_JSON
};
enum crm_class { CRM_FREE, CRM_GUARDED, CRM_PRIVATE, CRM_SYSTEM };
enum {
	CRM_FLAG_COLUMN = 1,
	CRM_FLAG_FILTER = 2,
	CRM_FLAG_SORT = 4,
	CRM_FLAG_FORM = 8,
	CRM_FLAG_NEEDED = 16,
	CRM_FLAG_SEARCH = 32
};

struct crm_field {
	enum crm_noun noun;
	const char *key;
	const char *wire; /* NULL: kept beside the body, never sent */
	enum crm_type type;
	const char *of;
	enum crm_class class;
	unsigned flags;
	const char *label;
};
/* NULL: there is none. */
const struct crm_field *crm_field(enum crm_noun noun, struct text key);
/* i-th field of the noun, in order of the table; NULL behind the last. */
const struct crm_field *crm_field_at(enum crm_noun noun, size_t i);
/* "line", "long" ...: how the API calls the type. */
const char *crm_type_name(enum crm_type type);

/* The canonical form of a value somebody wants to set. NULL (JSON null), "", [] all give *canonical
 * NULL: empty. False with ERR_CRM_VALUE, the field named, when it does not fit: wrong type, too
 * long (LINE 500, LONG 60,000 characters), no such choice, no such date. Whether ids exist, and may
 * be seen, is asked elsewhere (crm/draft.h). */
bool crm_value_check(struct work *work, const struct crm_field *field, const json_t *value,
        json_t **canonical) must_check;
/* A value as text for CSV and search: names of choices, numbers in plain digits. */
struct text crm_value_text(struct arena *arena, const struct crm_field *field, const json_t *value);

/* Helpers over jansson, for everybody. */
/* A new object or value that dies with the arena. */
json_t *crm_json_own(struct arena *arena, json_t *value);
/* Reads an object from bytes; absent or empty gives {}. False (ERR_BAD_REQUEST with the line). */
bool crm_json_read(struct work *work, struct text bytes, json_t **object) must_check;
/* Compact, keys in order. */
struct text crm_json_write(struct arena *arena, const json_t *value);
/* 0, absent and false where the key is not there or of another type. */
int64_t crm_get_int(const json_t *object, const char *key);
struct text crm_get_text(const json_t *object, const char *key);
bool crm_get_bool(const json_t *object, const char *key);
/* "2026-05-31" to seconds of its midnight, UTC; 0 for anything else. */
int64_t crm_midnight(struct text date);

#endif
