#include "people/preference.h"

#include "store/house.h"

DB_STATEMENT(PREFERENCES, "SELECT name, value FROM preference WHERE principal = ?1 ORDER BY name");
DB_STATEMENT(PREFERENCE_SET, "INSERT INTO preference (principal, name, value) VALUES (?1, ?2, ?3)"
                             " ON CONFLICT (principal, name) DO UPDATE SET value = excluded.value");
DB_STATEMENT(PREFERENCE_DROP, "DELETE FROM preference WHERE principal = ?1 AND name = ?2");
DB_STATEMENT(PREFERENCE_COUNT, "SELECT COUNT(*) FROM preference WHERE principal = ?1");

bool preference_list(struct work *work, int64_t principal, struct preferences *preferences)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &PREFERENCES, DB_ARGS(DB_INT(principal))) : NULL;

	*preferences = (struct preferences)VEC_EMPTY;
	while (rows && db_next(rows))
		*vec_push(work->arena, preferences) =
		        (struct preference){ arena_text(work->arena, db_text(rows, 0)),
			        arena_text(work->arena, db_text(rows, 1)) };
	return db_done(rows);
}

struct setting {
	int64_t principal;
	struct text name, value;
};

static bool few_enough(struct writing *w, const struct setting *s)
{
	struct db_rows *rows =
	        db_query(w->db, w->err, &PREFERENCE_COUNT, DB_ARGS(DB_INT(s->principal)));
	int64_t count = rows && db_next(rows) ? db_int(rows, 0) : 0;

	if (!db_done(rows))
		return false;
	return count <= PREFERENCES_MAX ||
	       err_set(w->err, ERR_UNPROCESSABLE, "at most %d preferences", PREFERENCES_MAX);
}

static bool set_run(struct writing *w, void *data)
{
	const struct setting *s = data;

	if (!s->value.ptr)
		return db_run(w->db, w->err, &PREFERENCE_DROP,
		        DB_ARGS(DB_INT(s->principal), DB_TEXT(s->name)), NULL);
	return db_run(w->db, w->err, &PREFERENCE_SET,
	               DB_ARGS(DB_INT(s->principal), DB_TEXT(s->name), DB_TEXT(s->value)), NULL) &&
	       few_enough(w, s);
}

void plan_preference_set(struct plan *plan, int64_t principal, struct text name, struct text value)
{
	struct setting *s = arena_make(plan_arena(plan), struct setting);

	*s = (struct setting){ principal, name, value };
	plan_add(plan, set_run, s);
}
