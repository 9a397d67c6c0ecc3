#include "base/base.h"
#include "base/str.h"
#include "crm/problem.h"
#include "crm/sheet.h"
#include "edit/crm.h"
#include "edit/gate.h"
#include "edit/import_impl.h"
#include "people/who.h"
#include "view/crm.h"

DB_STATEMENT(IMPORT_ADD,
        "INSERT INTO crm_import (id, who, noun, format, name, mapping, existing, state, created,"
        " total, done, made, changed, skipped, problems, text)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, 0, 0, 0, 0, '[]', ?10)");
DB_STATEMENT(IMPORT_GET,
        "SELECT id, who, noun, format, name, mapping, existing, state, created, total, done, made,"
        " changed, skipped, problems, text FROM crm_import WHERE id = ?1");
DB_STATEMENT(IMPORT_MAP, "UPDATE crm_import SET mapping = ?2, existing = ?3 WHERE id = ?1");
DB_STATEMENT(IMPORT_AT, "UPDATE crm_import SET state = ?2, done = ?3, made = ?4, changed = ?5,"
                        " skipped = ?6, problems = ?7 WHERE id = ?1");
DB_STATEMENT(ROW_ADD, "INSERT INTO crm_import_row (import, row, record, made)"
                      " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");

enum { BATCH = 100 };

/* ---- the job ---- */

static bool make_run(struct writing *w, void *data)
{
	struct crm_import *i = data;

	return writing_id(w, &i->id) &&
	       db_run(w->db, w->err, &IMPORT_ADD,
	               DB_ARGS(DB_INT(i->id), DB_INT(i->who), DB_INT(i->noun), DB_TEXT(i->format),
	                       DB_TEXT(i->name), DB_TEXT(crm_json_write(w->arena, i->mapping)),
	                       DB_TEXT(i->existing), DB_INT(w->now), DB_INT(i->total),
	                       DB_BLOB(i->text)),
	               NULL);
}

static bool check_existing(struct work *work, struct crm_import *import)
{
	if (!import->existing.len)
		import->existing = TEXT("update");
	return text_eq(import->existing, TEXT("update")) ||
	       text_eq(import->existing, TEXT("skip")) ||
	       text_eq(import->existing, TEXT("create")) ||
	       err_field(&work->err, "existing", "update, skip or create is expected");
}

static bool open_sheet(struct work *work, const struct crm_import *import, struct sheet **sheet)
{
	return sheet_open(work, import->noun, import->format, import->text, import->mapping, sheet);
}

struct plan *edit_import_make(struct work *work, struct crm_import *import)
{
	struct outcome *outcome;
	struct sheet *sheet;
	struct plan *plan;

	if (!check_existing(work, import) || !open_sheet(work, import, &sheet))
		return NULL;
	import->who = work->who ? work->who->id : 0;
	import->mapping = sheet_mapping(work, sheet);
	import->total = sheet->total;
	import->created = work->now;
	import->problems = crm_json_own(work->arena, json_array());
	plan = gate_plan(work, &outcome);
	plan_add(plan, make_run, import);
	return plan;
}

static bool map_run(struct writing *w, void *data)
{
	const struct crm_import *i = data;

	return db_run(w->db, w->err, &IMPORT_MAP,
	        DB_ARGS(DB_INT(i->id), DB_TEXT(crm_json_write(w->arena, i->mapping)),
	                DB_TEXT(i->existing)),
	        NULL);
}

struct plan *edit_import_change(struct work *work, struct crm_import *import)
{
	struct outcome *outcome;
	struct sheet *sheet;
	struct plan *plan;

	if (!check_existing(work, import) || !open_sheet(work, import, &sheet))
		return NULL;
	import->mapping = sheet_mapping(work, sheet);
	plan = gate_plan(work, &outcome);
	plan_add(plan, map_run, import);
	return plan;
}

static bool read_array(struct work *work, struct text bytes, json_t **array)
{
	json_t *object;

	if (!crm_json_read(
	            work, arena_printf(work->arena, "{\"a\":%.*s}", TEXT_ARG(bytes)), &object))
		return false;
	*array = json_object_get(object, "a");
	return true;
}

static bool import_read(struct work *work, struct db_rows *rows, struct crm_import *i)
{
	struct arena *arena = work->arena;

	*i = (struct crm_import){ .id = db_int(rows, 0),
		.who = db_int(rows, 1),
		.noun = (enum crm_noun)db_int(rows, 2),
		.format = arena_text(arena, db_text(rows, 3)),
		.name = arena_text(arena, db_text(rows, 4)),
		.existing = arena_text(arena, db_text(rows, 6)),
		.state = (enum import_state)db_int(rows, 7),
		.created = db_int(rows, 8),
		.total = db_int(rows, 9),
		.done = db_int(rows, 10),
		.made = db_int(rows, 11),
		.changed = db_int(rows, 12),
		.skipped = db_int(rows, 13),
		.text = arena_text(arena, db_text(rows, 15)) };
	return crm_json_read(work, db_text(rows, 5), &i->mapping) &&
	       read_array(work, db_text(rows, 14), &i->problems);
}

bool edit_import_get(struct work *work, int64_t id, struct crm_import **import)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &IMPORT_GET, DB_ARGS(DB_INT(id))) : NULL;
	bool ok = true;

	*import = NULL;
	if (rows && db_next(rows)) {
		*import = arena_make(work->arena, struct crm_import);
		ok = import_read(work, rows, *import);
	}
	if (!db_done(rows) || !ok)
		return false;
	if (*import && work->who && !work->who->is_admin && (*import)->who != work->who->id)
		*import = NULL;
	return true;
}

/* ---- one row ---- */

static bool holds(const json_t *list, const json_t *item)
{
	const json_t *one;
	size_t i;

	json_array_foreach(
	        list, i, one) if (json_equal(json_object_get(one, "value"),
	                                  json_object_get(item, "value")) &&
	                          (json_is_object(one) || json_equal(one, item))) return true;
	return false;
}

/* Lists are joined; everything else is what the row says. */
static json_t *joined(struct arena *arena, const json_t *there, json_t *value)
{
	json_t *list, *one;
	size_t i;

	if (!json_is_array(there) || !json_is_array(value))
		return value;
	list = crm_json_own(arena, json_copy((json_t *)there));
	json_array_foreach(value, i, one) if (!holds(list, one)) json_array_append(list, one);
	return list;
}

static bool set_values(struct work *work, struct crm_draft *draft, const json_t *values)
{
	json_t *value;
	const char *key;

	json_object_foreach((json_t *)values, key, value)
	{
		const struct crm_field *field = crm_field(draft->noun, text_of(key));
		json_t *there = json_object_get(draft->now, key);

		if (field && field->class != CRM_SYSTEM &&
		        !crm_draft_set(work, draft, field, joined(work->arena, there, value)))
			return false;
	}
	return true;
}

static bool load_twin(struct work *work, struct importing *in, struct crm_draft **draft)
{
	struct crm_entry *entry;
	struct record *record;
	bool may = false;

	if (!crm_entry_get(work, in->import->noun, in->twin, &entry) ||
	        (entry && !crm_may_change(work, entry, &may)) ||
	        !record_get(work, in->twin, &record))
		return false;
	if (!entry || !record || !may)
		return err_set(&work->err, ERR_NEED_PRIVILEGES, "its twin is not yours to change");
	return crm_draft_load(work, record, draft);
}

static bool add_run(struct writing *w, void *data)
{
	const struct imported *done = data;

	return db_run(w->db, w->err, &ROW_ADD,
	        DB_ARGS(DB_INT(done->import), DB_INT(done->row), DB_INT(done->record->id),
	                DB_INT(done->made)),
	        NULL);
}

static void note_row(struct work *work, struct importing *in, const struct crm_draft *draft,
        const struct sheet_row *row)
{
	struct imported *done = arena_make(work->arena, struct imported);

	*done = (struct imported){ in->import->id, row->number, draft->stored, !in->twin };
	plan_add(in->plan, add_run, done);
}

/* Adds the row to the plan; dry: decides it all the same. */
static bool decide(struct work *work, struct importing *in, const struct sheet_row *row)
{
	struct crm_draft *draft;

	if (!(in->twin ? load_twin(work, in, &draft)
	               : crm_draft_begin(work, in->import->noun, in->uid, &draft)))
		return false;
	draft->via = VIA_IMPORT;
	draft->device = import_device(work->arena, in->import);
	if (!set_values(work, draft, row->values) || !crm_draft_settle(work, draft))
		return false;
	if (!crm_draft_changed(draft)) {
		in->import->skipped++;
		return true;
	}
	if (!edit_crm_add(work, in->plan, draft))
		return false;
	note_row(work, in, draft, row);
	*(in->twin ? &in->import->changed : &in->import->made) += 1;
	return true;
}

static void tell(struct importing *in, const struct sheet_row *row, const json_t *why)
{
	json_t *problem = json_copy((json_t *)why);

	in->import->skipped++;
	json_object_set_new(problem, "row", json_integer(row->number));
	json_object_set_new(problem, "line", json_integer(row->line));
	if (json_array_size(in->import->problems) < PROBLEMS_MAX)
		json_array_append(in->import->problems, problem);
	json_decref(problem);
}

static bool is_grave(const struct err *err)
{
	return err->id == ERR_UNAVAILABLE || err->id == ERR_INTERNAL || err->id == ERR_STORAGE_FULL;
}

static bool take_row(struct work *work, struct importing *in, const struct sheet_row *row)
{
	if (row->problem) {
		tell(in, row, row->problem);
		return true;
	}
	if (!import_find_twin(work, in, row))
		return false;
	if (in->twin && text_eq(in->import->existing, TEXT("skip"))) {
		in->import->skipped++;
		return true;
	}
	if (!in->twin && import_repeats(in, row))
		return true;
	if (decide(work, in, row)) {
		if (in->tried && !in->twin)
			import_remember(in->outer->arena, in->tried, row);
		return true;
	}
	if (is_grave(&work->err))
		return false;
	tell(in, row, crm_problem(work->arena, &work->err));
	err_clear(&work->err);
	return true;
}

/* ---- batches ---- */

static bool at_run(struct writing *w, void *data)
{
	const struct crm_import *i = data;

	return db_run(w->db, w->err, &IMPORT_AT,
	        DB_ARGS(DB_INT(i->id), DB_INT(i->state), DB_INT(i->done), DB_INT(i->made),
	                DB_INT(i->changed), DB_INT(i->skipped),
	                DB_TEXT(crm_json_write(w->arena, i->problems))),
	        NULL);
}

void import_keep(struct plan *plan, struct crm_import *import)
{
	plan_add(plan, at_run, import);
}

/* Reading a row may look somebody up, on a snapshot of its own: one at a time. */
static bool read_next(struct work *work, struct importing *in)
{
	bool read;

	work_step_end(work);
	read = sheet_next(in->outer, in->sheet, &in->next);
	work_step_end(in->outer);
	return read;
}

/* The rows of a batch into in->plan; *more false at the end of the sheet. */
static bool fill_batch(struct work *work, struct importing *in, bool *more)
{
	in->keys = map_new(work->arena);
	for (int n = 0; n < BATCH; n++) {
		if (!in->has_next && !read_next(work, in)) {
			*more = false;
			work->err = in->outer->err;
			return !err_is_set(&work->err);
		}
		in->has_next = true;
		/* Two rows that may be each other's twins are not for one batch: the second must
		 * find the first. */
		if (n && import_met(work->arena, in->keys, &in->next))
			return true;
		import_remember(work->arena, in->keys, &in->next);
		in->has_next = false;
		in->import->done++;
		if (!take_row(work, in, &in->next))
			return false;
	}
	return true;
}

static bool run_batch(struct work *work, struct importing *in, bool dry, bool *more)
{
	struct crm_import before = *in->import;
	struct outcome *outcome;

	in->plan = gate_plan(work, &outcome);
	if (!fill_batch(work, in, more))
		return false;
	if (dry)
		return true;
	in->import->state = *more ? IMPORT_RUNNING : IMPORT_DONE;
	import_keep(in->plan, in->import);
	if (import_commit(work, in->plan))
		return true;
	*in->import = before;
	return false;
}

/* Rows that an earlier run has done already. */
static bool skip_done(struct importing *in)
{
	struct sheet_row row;

	for (int64_t i = 0; i < in->import->done; i++)
		if (!sheet_next(in->outer, in->sheet, &row))
			return !err_is_set(&in->outer->err);
	return true;
}

bool edit_import_run(struct work *work, struct crm_import *import, bool dry)
{
	struct importing in = { .outer = work, .import = import };
	bool more = true, ok;

	if (import->state == IMPORT_DONE || import->state == IMPORT_TAKEN_BACK)
		return err_set(&work->err, ERR_CONFLICT, "It has been brought in");
	in.tried = dry ? map_new(work->arena) : NULL;
	ok = open_sheet(work, import, &in.sheet) && skip_done(&in);
	while (ok && more) {
		struct work batch = *work;

		work_step_end(work);
		batch.arena = arena_new();
		batch.db = NULL;
		batch.rights = batch.soon = NULL;
		ok = run_batch(&batch, &in, dry, &more);
		work_step_end(&batch);
		if (!ok)
			work->err = batch.err;
		arena_free(&batch.arena);
	}
	return ok;
}

bool edit_import_preview(
        struct work *work, const struct crm_import *import, size_t rows, json_t **preview)
{
	struct sheet_row row;
	struct sheet *sheet;
	int64_t twin;

	*preview = crm_json_own(work->arena, json_array());
	if (!open_sheet(work, import, &sheet))
		return false;
	for (size_t i = 0; i < rows && sheet_next(work, sheet, &row); i++) {
		if (!import_twin_of(work, import->noun, row.values, &twin))
			return false;
		json_array_append_new(
		        *preview, json_pack("{s:I, s:O, s:o, s:o}", "row", (json_int_t)row.number,
		                          "values", row.values, "problem",
		                          row.problem ? json_incref(row.problem) : json_null(),
		                          "twin", twin ? json_integer(twin) : json_null()));
	}
	return !err_is_set(&work->err);
}
