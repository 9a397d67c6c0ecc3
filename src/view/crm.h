/* crm.h - the read gate for CRM records and rows: one, many, by filter; only what work->who may
 * see.
 *
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_CRM_H
#define KONTOR_VIEW_CRM_H

#include "base/vec.h"
#include "crm/field.h"
#include "crm/sight.h"
#include "store/record.h"

struct crm_entry { /* a record or row as lists tell it */
	int64_t id, revision, created, modified;
	enum crm_noun noun;
	int64_t parent, position;     /* position: of rows */
	int64_t holder, owner, state; /* of records */
	struct text uid, title;
	struct text fields; /* JSON object; dates, ids as they are; images left out */
};
VEC_OF(crm_entries, struct crm_entry);

enum crm_test {
	CRM_EQ,
	CRM_NE,
	CRM_LT,
	CRM_LE,
	CRM_GT,
	CRM_GE,
	CRM_IN,
	CRM_CONTAINS,
	CRM_EMPTY,
	CRM_SET
};
struct crm_filter {
	const struct crm_field *field; /* or NULL and: */
	struct text column; /* "state", "created", "modified", "account", "parent", "id", "text" */
	enum crm_test test;
	struct text value; /* IN: separated by '|' */
};
VEC_OF(crm_filters, struct crm_filter);

struct crm_ask {
	enum crm_noun noun;
	struct crm_filters filters;
	struct text sort; /* a field's key, "created", "modified" or "title" */
	bool descending;
	size_t limit;       /* at most 500 */
	struct text cursor; /* of the page before; absent: the first */
	int64_t parent;     /* of rows; 0: all */
	bool count;         /* how many there are in all, counted up to 10,000 */
};
struct crm_page {
	struct crm_entries entries;
	struct text cursor; /* absent: there is no more */
	int64_t total;      /* -1: not counted; -10000: that many or more */
};
/* Parses "owner:eq:me", "created:ge:-30d", "status:in:New|Working" (docs/api.md). */
bool crm_filter_parse(struct work *work, enum crm_noun noun, struct text words,
        struct crm_filter *filter) must_check;
bool crm_list(struct work *work, const struct crm_ask *ask, struct crm_page *page) must_check;
/* NULL without error: not there, or not to be seen. */
bool crm_entry_get(
        struct work *work, enum crm_noun noun, int64_t id, struct crm_entry **entry) must_check;
/* Its photo or logo, a data: URI, which entries leave out; NULL without error: it has none. */
bool crm_entry_image(struct work *work, const struct crm_entry *entry, json_t **image) must_check;
/* May work->who change (delete, reassign) this record? */
bool crm_may_change(struct work *work, const struct crm_entry *entry, bool *may) must_check;

#endif
