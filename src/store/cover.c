#include "store/cover.h"

#include "base/str.h"
#include "store/appear.h"
#include "store/principal.h"
#include "store/reach.h"

DB_STATEMENT(TOLD_GET, "SELECT value FROM meta WHERE name = 'covers'");
DB_STATEMENT(TOLD_SET, "INSERT INTO meta (name, value) VALUES ('covers', ?1)"
                       " ON CONFLICT (name) DO UPDATE SET value = excluded.value");

/* "7>12 8>13": the absent, and who stands in. */
static struct text tell(struct writing *w, const struct covers *covers)
{
	struct buf buf;

	buf_init(&buf, w->arena);
	for (size_t i = 0; i < covers->len; i++)
		buf_printf(&buf, "%s%lld>%lld", i ? " " : "", (long long)covers->at[i].absent,
		        (long long)covers->at[i].cover);
	return buf.len ? buf_text(&buf) : TEXT("");
}

static bool told_before(struct writing *w, struct text *told)
{
	struct db_rows *rows = db_query(w->db, w->err, &TOLD_GET, DB_NO_ARGS);

	*told = rows && db_next(rows) ? arena_text(w->arena, db_text(rows, 0)) : TEXT("");
	return db_done(rows);
}

static bool holds(struct text list, struct text pair)
{
	struct text one;

	while (text_split(&list, ' ', &one))
		if (text_eq(one, pair))
			return true;
	return false;
}

/* The absent of every pair that is in one list and not in the other. */
static bool due(struct writing *w, struct text list, struct text other)
{
	struct text pair, absent;
	int64_t id;

	while (text_split(&list, ' ', &pair)) {
		struct text rest = pair;

		if (holds(other, pair) || !text_split(&rest, '>', &absent) ||
		        !text_to_int(absent, &id))
			continue;
		if (!appear_later(w, id))
			return false;
	}
	return true;
}

bool cover_check(struct writing *w)
{
	struct covers covers;
	struct text now, before;

	if (!reach_covers(w, &covers) || !told_before(w, &before))
		return false;
	now = tell(w, &covers);
	return text_eq(now, before) ||
	       (due(w, now, before) && due(w, before, now) &&
	               db_run(w->db, w->err, &TOLD_SET, DB_ARGS(DB_TEXT(now)), NULL) &&
	               writing_people(w));
}
