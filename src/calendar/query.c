/* query.c - finding calendar objects: candidates from their spans, the verdict from the body unless
 * the span says it all. */
#include "base/base.h"
#include "base/clock.h"
#include "calendar/calendar.h"
#include "calendar/span.h"
#include "store/house.h"
#include "store/items.h"

#include <stdlib.h>

/* Columns of a struct item, the body among them, then the span. */
enum { COL_BODY = 14, COL_COMPONENT, COL_FIRST, COL_LAST, COL_FLAGS };
#define CANDIDATE \
	"SELECT " ITEM_HEAVY ", s.component, s.first, s.last, s.flags FROM event_span s " \
	"JOIN member m ON m.record = s.record AND m.collection = s.collection " \
	"JOIN record r ON r.id = s.record "

DB_STATEMENT(BY_TIME,
        CANDIDATE "WHERE s.collection = ?1 AND s.width = ?2 AND s.first >= ?3 AND s.first <= ?4 "
                  "AND s.last >= ?5 AND (s.component & ?6) <> 0");
/* Where objects appear by rule there are few of them: members first, in one go. */
#define CANDIDATE_BY_RULE \
	"SELECT " ITEM_HEAVY ", s.component, s.first, s.last, s.flags FROM member m " \
	"JOIN event_span s ON s.record = m.record JOIN record r ON r.id = m.record " \
	"WHERE m.collection = ?1 "
DB_STATEMENT(RULED_BY_TIME, CANDIDATE_BY_RULE "AND s.first <= ?2 AND s.last >= ?3"
                                              " AND (s.component & ?4) <> 0");
DB_STATEMENT(RULED_BY_ALARM, CANDIDATE_BY_RULE "AND (s.component & ?2) <> 0"
                                               " AND (s.flags & ?3) <> 0");
/* Where the component alone decides: polls of clients that want all there is. */
DB_STATEMENT(BY_COMPONENT,
        "SELECT " ITEM_LIGHT " FROM member m WHERE m.collection = ?1 AND (m.tag & ?2) <> 0");
/* Those that ring are judged wherever they are. */
DB_STATEMENT(BY_ALARM,
        CANDIDATE "WHERE s.collection = ?1 AND (s.component & ?2) <> 0 AND (s.flags & ?3) <> 0");
DB_STATEMENT(UIDS, "SELECT uid, name FROM member WHERE collection = ?1 AND uid IS NOT NULL");

enum {
	SCRATCH = 32,          /* objects judged before their memory is given back */
	BODIES_KEPT = 4 << 20, /* bytes of bodies in a result */
};

struct finding {
	struct work *work;
	const struct calendar_ask *ask;
	struct cal_matcher *matcher;
	struct cal_hint hint;
	struct items *found;
	struct arena *scratch;
	size_t judged, kept;
};

static bool matches(struct finding *f, struct text body)
{
	struct err ignored = { 0 };
	struct ical *ical;

	if (++f->judged % SCRATCH == 0) {
		arena_free(&f->scratch);
		f->scratch = arena_new();
	}
	/* What does not parse any more is served, but cannot be searched. */
	return ical_parse(f->scratch, &ignored, body, &ical) &&
	       cal_matches(f->matcher, f->scratch, ical);
}

static bool too_many(struct finding *f)
{
	return err_set(&f->work->err, ERR_NUMBER_OF_MATCHES, "please ask for less at once");
}

/* False when there is no room, or no time left. */
static bool may_go_on(struct finding *f)
{
	if (f->found->len > f->ask->max)
		return too_many(f);
	return clock_mono_ms() < f->ask->deadline || too_many(f);
}

static void keep_body(struct finding *f, struct item *item)
{
	f->kept += item->body.len;
	if (f->kept > BODIES_KEPT)
		item->body = TEXT_NONE;
}

static bool row_matches(struct finding *f, struct db_rows *rows)
{
	struct event_span span = { db_int(rows, COL_COMPONENT), db_int(rows, COL_FIRST),
		db_int(rows, COL_LAST), db_int(rows, COL_FLAGS) };

	if (f->hint.has_range && !f->hint.alarms && (span.flags & SPAN_PLAIN)) {
		if (!span_meets(&span, &f->hint.range))
			return false;
		if (f->hint.exact)
			return true;
	}
	return matches(f, db_text(rows, COL_BODY));
}

/* Reads all rows of a candidates statement. */
static bool judge_rows(struct finding *f, struct db_rows *rows)
{
	bool ok = true;

	while (ok && rows && db_next(rows)) {
		if (row_matches(f, rows)) {
			struct item *item = vec_push(f->work->arena, f->found);

			item_read(rows, f->work->arena, f->kept < BODIES_KEPT, item);
			keep_body(f, item);
		}
		ok = may_go_on(f);
	}
	return db_done(rows) && ok;
}

static bool ruled_by_time(struct finding *f, struct db *db, const struct ical_range *range)
{
	struct span_walk walk = span_walk_of(range, SPAN_WIDTHS - 1);

	return judge_rows(f, db_query(db, &f->work->err, &RULED_BY_TIME,
	                             DB_ARGS(DB_INT(f->ask->scope->collection), DB_INT(walk.to),
	                                     DB_INT(walk.last), DB_INT(f->hint.kinds))));
}

static bool by_time(struct finding *f, struct db *db)
{
	static const struct ical_range always = { ICAL_NEVER, ICAL_EVER };
	const struct ical_range *range = f->hint.has_range ? &f->hint.range : &always;

	if (f->ask->scope->by_rule)
		return ruled_by_time(f, db, range);
	for (int width = 0; width < SPAN_WIDTHS; width++) {
		struct span_walk walk = span_walk_of(range, width);

		if (!judge_rows(f, db_query(db, &f->work->err, &BY_TIME,
		                           DB_ARGS(DB_INT(f->ask->scope->collection), DB_INT(width),
		                                   DB_INT(walk.from), DB_INT(walk.to),
		                                   DB_INT(walk.last), DB_INT(f->hint.kinds)))))
			return false;
	}
	return true;
}

static bool by_component(struct finding *f, struct db *db)
{
	struct db_rows *rows = db_query(db, &f->work->err, &BY_COMPONENT,
	        DB_ARGS(DB_INT(f->ask->scope->collection), DB_INT(f->hint.kinds)));

	while (rows && f->found->len <= f->ask->max && db_next(rows))
		item_read(rows, f->work->arena, false, vec_push(f->work->arena, f->found));
	return db_done(rows) && may_go_on(f);
}

static bool by_alarm(struct finding *f, struct db *db)
{
	const struct db_stmt *stmt = f->ask->scope->by_rule ? &RULED_BY_ALARM : &BY_ALARM;

	return judge_rows(f, db_query(db, &f->work->err, stmt,
	                             DB_ARGS(DB_INT(f->ask->scope->collection),
	                                     DB_INT(f->hint.kinds), DB_INT(SPAN_ALARM))));
}

/* ---- by UID ---- */

/* Necessary for a match under any collation: only among ASCII letters is that cheap to say. */
static bool may_contain(struct finding *f, struct text uid, struct text wanted)
{
	return !text_is_ascii(uid) || text_find(text_ascii_casemap(f->scratch, uid), wanted) >= 0;
}

static bool by_uid(struct finding *f, struct db *db)
{
	struct text wanted = text_ascii_casemap(f->work->arena, f->hint.uid);
	VEC(struct text) names = VEC_EMPTY;
	struct db_rows *rows =
	        db_query(db, &f->work->err, &UIDS, DB_ARGS(DB_INT(f->ask->scope->collection)));

	while (rows && db_next(rows))
		if (may_contain(f, db_text(rows, 0), wanted))
			*vec_push(f->work->arena, &names) =
			        arena_text(f->work->arena, db_text(rows, 1));
	if (!db_done(rows))
		return false;
	for (size_t i = 0; i < names.len; i++) {
		struct item *item;

		if (!member_get(f->work, f->ask->scope, names.at[i], true, &item))
			return false;
		if (item && matches(f, item->body)) {
			keep_body(f, item);
			*vec_push(f->work->arena, f->found) = *item;
		}
		if (!may_go_on(f))
			return false;
	}
	return true;
}

static int by_name(const void *a, const void *b)
{
	return text_cmp(
	        ((const struct item *)a)->member.name, ((const struct item *)b)->member.name);
}

bool calendar_query_is_slow(const struct cal_filter *filter)
{
	struct cal_hint hint = cal_filter_hint(filter);

	return !hint.exact && !hint.uid.ptr &&
	       (!hint.has_range || hint.alarms || calendar_is_long(&hint.range));
}

bool calendar_query(struct work *work, const struct calendar_ask *ask, struct items *items)
{
	struct finding f = { .work = work, .ask = ask, .found = items };
	struct db *db = work_reader(work);
	bool ok;

	f.matcher = cal_matcher_new(work->arena, &work->err, ask->filter, ask->floating);
	if (!f.matcher || !db)
		return false;
	f.hint = cal_filter_hint(ask->filter);
	f.scratch = arena_new();
	if (f.hint.uid.ptr && text_is_ascii(f.hint.uid))
		ok = by_uid(&f, db);
	else if (f.hint.exact && !f.hint.has_range)
		ok = by_component(&f, db);
	else if (f.hint.has_range && f.hint.alarms)
		ok = by_alarm(&f, db);
	else
		ok = by_time(&f, db);
	arena_free(&f.scratch);
	if (ok && items->len)
		qsort(items->at, items->len, sizeof(*items->at), by_name);
	return ok;
}
