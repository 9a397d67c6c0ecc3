/* kpi_doing.c - what people do: notes, meetings, tasks. They are what happened, and need no events
 * beside them. */
#include "base/base.h"
#include "crm/kpi_impl.h"
#include "store/house.h"

DB_STATEMENT(DONE_BY_START, "SELECT record, owner, team, state FROM crm_item WHERE noun = ?1 AND "
                            "start >= ?2 AND start < ?3");
DB_STATEMENT(DONE_BY_CLOSE, "SELECT record, owner, team, state FROM crm_item WHERE noun = ?1 AND "
                            "closed >= ?2 AND closed < ?3");

static bool gather(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally,
        enum crm_noun noun)
{
	struct db *db = work_reader(book->work);
	struct db_rows *rows;

	if (!db)
		return false;
	rows = db_query(db, &book->work->err, noun == CRM_TASK ? &DONE_BY_CLOSE : &DONE_BY_START,
	        DB_ARGS(DB_INT(noun), DB_INT(book->frame.from), DB_INT(book->end)));
	while (rows && db_next(rows)) {
		int64_t owner = db_int(rows, 1), team = db_int(rows, 2);
		struct kpi_point *point;

		/* Of a meeting and a task, state 1 is "held" and "done". */
		if ((noun != CRM_NOTE && db_int(rows, 3) != 1) ||
		        !kpi_counts(book, scope, noun, owner, team))
			continue;
		point = kpi_add(book, tally, db_int(rows, 0));
		point->owner = owner;
		point->team = team;
		point->value = 1;
	}
	return db_done(rows);
}

bool kpi_of_notes_written(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return gather(book, scope, tally, CRM_NOTE);
}

bool kpi_of_meetings_held(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return gather(book, scope, tally, CRM_MEETING);
}

bool kpi_of_tasks_done(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return gather(book, scope, tally, CRM_TASK);
}
