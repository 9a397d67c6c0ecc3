/* import_impl.h - what import.c and import_back.c share. Nobody else includes it. */
#ifndef KONTOR_EDIT_IMPORT_IMPL_H
#define KONTOR_EDIT_IMPORT_IMPL_H

#include "base/map.h"
#include "crm/sheet.h"
#include "edit/import.h"

enum { PROBLEMS_MAX = 100 };

/* A run. `outer` is whose arena the sheet lives in; each batch has a work of its own. */
struct importing {
	struct work *outer;
	struct crm_import *import;
	struct sheet *sheet;
	struct sheet_row next; /* read, but not taken yet */
	bool has_next;
	struct plan *plan;
	struct map *keys;  /* of the batch */
	struct map *tried; /* a dry run: key to values of what it would have made; NULL: none */
	int64_t twin;      /* of the row at hand; 0: none */
	struct text uid;   /* of the row at hand, if a new record may bear it */
};

struct imported {
	int64_t import, row;
	const struct record *record;
	bool made;
};

/* The twin that these values mean: sure, seen, and of that noun. 0: none. */
bool import_twin_of(
        struct work *work, enum crm_noun noun, const json_t *values, int64_t *id) must_check;
/* Sets in->twin, the record of the row's UID or else its twin, and in->uid. */
bool import_find_twin(
        struct work *work, struct importing *in, const struct sheet_row *row) must_check;
/* A dry run: the row means one before it, that would be there by now; counted as what comes of it.
 */
bool import_repeats(struct importing *in, const struct sheet_row *row);
/* Rows of a run by what they share: addresses, numbers, UIDs. The values of the first; NULL: none.
 */
json_t *import_met(struct arena *arena, const struct map *map, const struct sheet_row *row);
void import_remember(struct arena *arena, struct map *map, const struct sheet_row *row);

/* Counters, state and problems as they are when it runs. */
void import_keep(struct plan *plan, struct crm_import *import);
/* Commits and waits. */
bool import_commit(struct work *work, struct plan *plan) must_check;
/* "import 17": the device of the audit. */
struct text import_device(struct arena *arena, const struct crm_import *import);

#endif
