/* freebusy.c - what a calendar says of busy time (RFC 4791 7.10): plain events from their spans,
 * the rest from the body. */
#include "base/base.h"
#include "calendar/calendar.h"
#include "calendar/span.h"
#include "store/house.h"

DB_STATEMENT(BUSY_SPANS,
        "SELECT record, component, first, last, flags FROM event_span "
        "WHERE collection = ?1 AND width = ?2 AND first >= ?3 AND first <= ?4 AND last >= ?5 "
        "AND (component & ?6) <> 0 AND (flags & ?7) = 0");
DB_STATEMENT(BUSY_BODY, "SELECT body FROM record WHERE id = ?1");

enum { SCRATCH = 32 };

struct gathering {
	struct work *work;
	struct busy *busy;
	struct arena *scratch;
	size_t parsed;
};

static bool add_object(struct gathering *g, struct db *db, int64_t record)
{
	struct err ignored = { 0 };
	enum ical_cut cut = ICAL_WHOLE;
	struct ical *ical;
	struct db_rows *rows;

	if (++g->parsed % SCRATCH == 0) {
		arena_free(&g->scratch);
		g->scratch = arena_new();
	}
	rows = db_query(db, &g->work->err, &BUSY_BODY, DB_ARGS(DB_INT(record)));
	if (rows && db_next(rows) && ical_parse(g->scratch, &ignored, db_text(rows, 0), &ical))
		cut = busy_add_object(g->busy, ical);
	if (!db_done(rows))
		return false;
	return cut == ICAL_WHOLE ||
	       err_set(&g->work->err, ERR_NUMBER_OF_MATCHES, "please ask for a shorter time");
}

static bool add_row(struct gathering *g, struct db *db, struct db_rows *rows)
{
	struct event_span span = { db_int(rows, 1), db_int(rows, 2), db_int(rows, 3),
		db_int(rows, 4) };

	if (!(span.flags & SPAN_PLAIN))
		return add_object(g, db, db_int(rows, 0));
	busy_add(g->busy, span.first, span.last,
	        span.flags & SPAN_TENTATIVE ? ICAL_BUSY_TENTATIVE : ICAL_BUSY);
	return true;
}

bool calendar_busy(struct work *work, const struct scope *scope, const struct ical_window *window,
        struct busy *busy)
{
	struct gathering g = { .work = work, .busy = busy, .scratch = arena_new() };
	struct db *db = work_reader(work);
	bool ok = db != NULL;

	busy_floating(busy, window->floating);

	for (int width = 0; ok && width < SPAN_WIDTHS; width++) {
		struct span_walk walk = span_walk_of(&window->range, width);
		struct db_rows *rows = db_query(db, &work->err, &BUSY_SPANS,
		        DB_ARGS(DB_INT(scope->collection), DB_INT(width), DB_INT(walk.from),
		                DB_INT(walk.to), DB_INT(walk.last),
		                DB_INT(ICAL_VEVENT | ICAL_VFREEBUSY | ICAL_VAVAILABILITY),
		                DB_INT(SPAN_FREE)));

		while (ok && rows && db_next(rows))
			ok = add_row(&g, db, rows);
		ok = db_done(rows) && ok;
	}
	arena_free(&g.scratch);
	return ok;
}
