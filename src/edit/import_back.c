/* import_back.c - an import is taken back: what it made goes, what it changed gets its values back.
 */
#include "base/base.h"
#include "base/str.h"
#include "edit/crm.h"
#include "edit/gate.h"
#include "edit/import_impl.h"

DB_STATEMENT(ROWS_OF, "SELECT row, record, made FROM crm_import_row WHERE import = ?1 AND row > ?2"
                      " ORDER BY row LIMIT ?3");
DB_STATEMENT(AUDIT_OF, "SELECT max(id) FROM crm_audit WHERE record = ?1 AND device = ?2"
                       " AND action IN ('create', 'change')");
DB_STATEMENT(CHANGED_SINCE, "SELECT count(*) FROM crm_audit WHERE record = ?1 AND id > ?2");

enum { PAGE = 200 };

struct text import_device(struct arena *arena, const struct crm_import *import)
{
	return arena_printf(arena, "import %lld", (long long)import->id);
}

bool import_commit(struct work *work, struct plan *plan)
{
	struct edit_result result;

	return edit_commit_wait(work, plan) && edit_result(work, plan, &result);
}

struct back {
	int64_t row, record;
	bool made;
};
VEC_OF(backs, struct back);

static bool page_of(
        struct work *work, const struct crm_import *import, int64_t after, struct backs *out)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &ROWS_OF,
	                     DB_ARGS(DB_INT(import->id), DB_INT(after), DB_INT(PAGE)))
	           : NULL;

	while (rows && db_next(rows))
		*vec_push(work->arena, out) =
		        (struct back){ db_int(rows, 0), db_int(rows, 1), db_int(rows, 2) };
	return db_done(rows);
}

static bool number(
        struct work *work, const struct db_stmt *stmt, struct db_args args, int64_t *value)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, stmt, args) : NULL;

	*value = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

/* NULL without error: somebody worked on it since; it stays. */
static struct plan *plan_back(
        struct work *work, const struct crm_import *import, const struct back *b)
{
	struct text device = import_device(work->arena, import);
	int64_t audit, since;

	if (!number(work, &AUDIT_OF, DB_ARGS(DB_INT(b->record), DB_TEXT(device)), &audit) ||
	        !number(work, &CHANGED_SINCE, DB_ARGS(DB_INT(b->record), DB_INT(audit)), &since))
		return NULL;
	if (!audit || since)
		return NULL;
	if (b->made)
		return edit_crm_delete(work, &(struct edit_crm){ .noun = import->noun,
		                                     .id = b->record,
		                                     .base = -1,
		                                     .via = VIA_IMPORT,
		                                     .device = device });
	return edit_crm_undo(work, audit, VIA_IMPORT, device);
}

static bool take_back(struct work *outer, struct crm_import *import, const struct back *b)
{
	struct work work = *outer;
	struct plan *plan;
	bool ok;

	work.arena = arena_new();
	work.db = NULL;
	work.rights = work.soon = NULL;
	plan = plan_back(&work, import, b);
	ok = plan ? import_commit(&work, plan) : !err_is_set(&work.err);
	if (plan && ok)
		*(b->made ? &import->made : &import->changed) -= 1;
	work_step_end(&work);
	/* Gone already, or not to be deleted by who asks: the others are taken back all the same.
	 */
	if (!ok && work.err.id != ERR_NOT_FOUND && work.err.id != ERR_NEED_PRIVILEGES)
		outer->err = work.err;
	else
		ok = true;
	arena_free(&work.arena);
	return ok;
}

bool edit_import_take_back(struct work *work, struct crm_import *import)
{
	struct outcome *outcome;
	struct plan *plan;
	int64_t after = 0;
	struct backs page;

	if (import->state == IMPORT_LOOKED_AT || import->state == IMPORT_TAKEN_BACK)
		return err_set(&work->err, ERR_CONFLICT, "There is nothing to take back");
	do {
		page = (struct backs)VEC_EMPTY;
		if (!page_of(work, import, after, &page))
			return false;
		work_step_end(work);
		for (size_t i = 0; i < page.len; i++) {
			if (!take_back(work, import, &page.at[i]))
				return false;
			after = page.at[i].row;
		}
	} while (page.len == PAGE);
	import->state = IMPORT_TAKEN_BACK;
	plan = gate_plan(work, &outcome);
	import_keep(plan, import);
	return import_commit(work, plan);
}
