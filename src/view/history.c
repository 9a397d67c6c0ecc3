#include "base/base.h"
#include "store/house.h"
#include "view/history.h"

DB_STATEMENT(HISTORY, "SELECT id, at, who, via, device, action, changes FROM crm_audit"
                      " WHERE record = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3");
DB_STATEMENT(RECORD_OF, "SELECT record, action FROM crm_audit WHERE id = ?1");

bool history_of(
        struct work *work, int64_t record, int64_t before, size_t max, struct history *history)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &HISTORY,
	                     DB_ARGS(DB_INT(record), DB_INT(before ? before : INT64_MAX),
	                             DB_INT((int64_t)max)))
	           : NULL;

	*history = (struct history)VEC_EMPTY;
	while (rows && db_next(rows))
		*vec_push(work->arena, history) = (struct history_entry){
			.id = db_int(rows, 0),
			.at = db_int(rows, 1),
			.who = db_int(rows, 2),
			.via = db_int(rows, 3),
			.device = arena_text(work->arena, db_text(rows, 4)),
			.action = arena_text(work->arena, db_text(rows, 5)),
			.changes = arena_text(work->arena, db_text(rows, 6)),
		};
	return db_done(rows);
}

bool history_undoable(struct text action)
{
	return text_eq(action, TEXT("change")) || text_eq(action, TEXT("leave")) ||
	       text_eq(action, TEXT("convert"));
}

bool history_record(struct work *work, int64_t id, int64_t *record, bool *undoable)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &RECORD_OF, DB_ARGS(DB_INT(id))) : NULL;

	*record = rows && db_next(rows) ? db_int(rows, 0) : 0;
	*undoable = *record && history_undoable(db_text(rows, 1));
	return db_done(rows);
}
