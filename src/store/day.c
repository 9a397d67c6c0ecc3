#include "store/day.h"

#include "base/clock.h"
#include "base/str.h"
#include "store/principal.h"

DB_STATEMENT(OFFSETS_GET, "SELECT value FROM meta WHERE name = 'day_offsets'");
DB_STATEMENT(OFFSETS_SET, "INSERT INTO meta (name, value) VALUES ('day_offsets', ?1)"
                          " ON CONFLICT (name) DO UPDATE SET value = excluded.value");

static bool offsets_get(struct writing *w, struct text *offsets)
{
	struct db_rows *rows = db_query(w->db, w->err, &OFFSETS_GET, DB_NO_ARGS);

	*offsets = rows && db_next(rows) ? arena_text(w->arena, db_text(rows, 0)) : TEXT("");
	return db_done(rows);
}

bool day_note(struct writing *w, struct text offsets)
{
	struct text before;

	if (!offsets_get(w, &before))
		return false;
	return text_eq(before, offsets) ||
	       (db_run(w->db, w->err, &OFFSETS_SET, DB_ARGS(DB_TEXT(offsets)), NULL) &&
	               writing_people(w));
}

static int64_t offset_at(struct text offsets, int64_t at)
{
	struct text one, from;
	int64_t found = 0, since, offset;
	bool first = true;

	while (text_split(&offsets, ' ', &one)) {
		if (!text_split(&one, ':', &from) || !text_to_int(from, &since) ||
		        !text_to_int(one, &offset))
			continue;
		if (!first && since > at)
			break;
		found = offset;
		first = false;
	}
	return found;
}

bool day_of(struct writing *w, int64_t at, struct text *day)
{
	struct text offsets;

	if (!offsets_get(w, &offsets))
		return false;
	*day = text_sub(
	        clock_rfc3339(w->arena, at + offset_at(offsets, at)), 0, strlen("2026-05-31"));
	return true;
}
