/* look.h - what ids and names of the CRM stand for: rows, and records by UID or id.
 *
 * Rights are not asked: what comes from here is for deciding and for bodies, not for showing.
 * NULL, 0 or an absent text without error: there is none.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_CRM_LOOK_H
#define KONTOR_CRM_LOOK_H

#include "base/vec.h"
#include "crm/field.h"
#include "store/collection.h"

struct crm_row { /* of table crm_row */
	int64_t id;
	enum crm_noun noun;
	int64_t parent, position, revision, created, modified;
	struct text data; /* as stored */
	json_t *values;
};
VEC_OF(crm_rows, struct crm_row);

bool crm_row_get(struct work *work, int64_t id, struct crm_row **row) must_check;
/* All of a noun (`parent` -1), or of one parent, in order of position. */
bool crm_rows_of(
        struct work *work, enum crm_noun noun, int64_t parent, struct crm_rows *rows) must_check;
/* The first one of that name, folded. */
bool crm_row_named(
        struct work *work, enum crm_noun noun, struct text name, struct crm_row **row) must_check;

/* What stands for a record in table crm_item. */
struct crm_known {
	int64_t id;
	enum crm_noun noun;
	int64_t holder, owner, team, state, account, contact, parent;
	struct text uid, title;
};
bool crm_known(struct work *work, int64_t id, struct crm_known **known) must_check;
/* A record that the plan being decided will make, under a reserved id (edit_reserve()): from now on
 * it is found as if it were there, so that others of the plan can name it. Kept, not copied. */
void crm_known_soon(struct work *work, struct crm_known *known);
/* By UID; the UIDs of records that were merged into another lead to that one. */
bool crm_known_uid(struct work *work, struct text uid, struct crm_known **known) must_check;

/* All its values, as crm_item has them. NULL: it is not there. */
bool crm_values(struct work *work, int64_t id, json_t **values) must_check;

/* The company's collection where records of this noun are at home. NULL: it is not there (yet), or
 * the noun has none. */
bool crm_home(struct work *work, enum crm_noun noun, struct collection **home) must_check;

#endif
