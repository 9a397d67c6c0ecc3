/* shelf.h - the collections of the CRM: one of each in the company's homes, where its records are
 * at home; and in the homes of people and teams, where records appear by rule (crm/appear.h).
 *
 * Their names are reserved in every home: nobody makes, moves or removes one of them.
 * Threads: constant data; operations run on the writer's. */
#ifndef KONTOR_STORE_SHELF_H
#define KONTOR_STORE_SHELF_H

#include "store/collection.h"

/* collection.crm: never renumber. */
enum crm_shelf {
	SHELF_NONE = 0,
	SHELF_ACCOUNTS = 1,
	SHELF_LEADS = 2,
	SHELF_DEALS = 3,
	SHELF_CASES = 4,
	SHELF_JOURNAL = 5,
	SHELF_COUNT,
	SHELF_DIRECTORY = 100 /* of none that is stored: view/directory.h */
};

struct shelf {
	enum crm_shelf shelf;
	enum collection_type type, home;
	struct text name; /* "leads" */
	int64_t components;
};
/* NULL for SHELF_NONE and what is none. */
const struct shelf *shelf_row(enum crm_shelf shelf);
/* Does a home of this type keep the name for a shelf? */
bool shelf_reserves(enum collection_type home, struct text name);

/* ---- operations ---- */
/* Gives a group a queue: what waits for its members in leads/ or cases/, in a home of its own.
 * Being there already is no fault. Other shelves: ERR_UNPROCESSABLE. */
void plan_queue_make(struct plan *plan, int64_t team, enum crm_shelf shelf);
/* Takes it away again, with what appeared in it; the records stay. */
void plan_queue_remove(struct plan *plan, int64_t team, enum crm_shelf shelf);

#endif
