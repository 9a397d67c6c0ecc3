/* import.h - many records out of one file: looked at, tried, brought in, taken back.
 *
 *     edit_import_make()      keeps the file and how its columns are read; committed by the caller
 *     edit_import_get()       how far it is
 *     edit_import_run()       brings it in, batch by batch, each committed; or only tries (dry)
 *     edit_import_take_back() what it made goes into the bin, what it changed gets its values back
 *
 * A row whose twin (crm/twin.h: the same mail or phone) is there already updates it, is skipped, or
 * is made all the same, as asked. A card keeps its UID, unless that is somebody's already; whose it
 * is is its twin. A row that is not understood is left out and told; nothing else
 * stops. Only who brought it (and admins) may see it. Memory: in work->arena; running takes an
 * arena a batch. Threads: run and take_back wait for the writer: the slow lane, or a command. */
#ifndef KONTOR_EDIT_IMPORT_H
#define KONTOR_EDIT_IMPORT_H

#include "crm/draft.h"
#include "edit/edit.h"

enum import_state {
	IMPORT_LOOKED_AT = 0,
	IMPORT_RUNNING = 1,
	IMPORT_DONE = 2,
	IMPORT_TAKEN_BACK = 3
};

struct crm_import {
	int64_t id, who;
	enum crm_noun noun;
	struct text format, name;
	json_t *mapping;
	struct text existing; /* "update", "skip", "create" */
	enum import_state state;
	int64_t created, total, done, made, changed, skipped;
	json_t *problems; /* [{"row", "line", "detail" ...}] (crm/problem.h), the first hundred */
	struct text text;
};

/* Reads the file once (sheet_open()), guesses the mapping where none is told. id and the guessed
 * mapping are in *import. NULL with work->err set. */
struct plan *edit_import_make(struct work *work, struct crm_import *import);
/* NULL without error: there is none that work->who may see. */
bool edit_import_get(struct work *work, int64_t id, struct crm_import **import) must_check;
/* The first rows as values, for a preview: an array of {"row", "values", "problem", "twin"},
 * the problem as crm/problem.h tells it. */
bool edit_import_preview(struct work *work, const struct crm_import *import, size_t rows,
        json_t **preview) must_check;
/* Another mapping, or another way with twins, before it runs. */
struct plan *edit_import_change(struct work *work, struct crm_import *import);
/* Counters and problems are kept in *import, and in the database as it goes. `dry`: nothing is
 * written but what would have come of it is counted. False: it stopped in the middle (what was
 * committed stays; running it again goes on behind it). */
bool edit_import_run(struct work *work, struct crm_import *import, bool dry) must_check;
bool edit_import_take_back(struct work *work, struct crm_import *import) must_check;

#endif
