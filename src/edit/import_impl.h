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
	struct map *keys; /* of the batch */
	int64_t twin;     /* of the row at hand; 0: none */
};

struct imported {
	int64_t import, row;
	const struct record *record;
	bool made;
};

/* Counters, state and problems as they are when it runs. */
void import_keep(struct plan *plan, struct crm_import *import);
/* Commits and waits. */
bool import_commit(struct work *work, struct plan *plan) must_check;
/* "import 17": the device of the audit. */
struct text import_device(struct arena *arena, const struct crm_import *import);

#endif
