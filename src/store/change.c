#include "store/record.h"

#include "store/collection.h"
#include "store/house.h"
#include "store/items.h"

/* Each reads one index in order of number; they are merged here, because no database orders a union
 * of three by its indexes. */
DB_STATEMENT(CHANGED_MEMBERS, "SELECT " ITEM_LIGHT " FROM member m WHERE m.collection = ?1"
                              " AND m.changed > ?2 ORDER BY m.changed LIMIT ?3");
DB_STATEMENT(GONE, "SELECT name, gone, is_collection FROM tombstone WHERE collection = ?1"
                   " AND gone > ?2 AND born <= ?2 ORDER BY gone LIMIT ?3");
DB_STATEMENT(CHANGED_CHILDREN,
        "SELECT name, changed FROM collection WHERE parent = ?1 AND changed > ?2"
        " AND parent <> 0 ORDER BY changed LIMIT ?3");
/* In order of name, which is the order they are kept in: half the cost. */
DB_STATEMENT(ALL_MEMBERS, "SELECT " ITEM_LIGHT " FROM member m WHERE m.collection = ?1"
                          " AND m.changed > ?2 ORDER BY m.name LIMIT ?3");
/* Collections below a home in which something happened. */
DB_STATEMENT(CHANGED_BELOW,
        "WITH RECURSIVE below(id, token) AS (SELECT id, token FROM collection WHERE id = ?1"
        " UNION ALL SELECT c.id, c.token FROM below JOIN collection c ON c.parent = below.id"
        " WHERE c.parent <> 0) SELECT id FROM below WHERE token > ?2");
DB_STATEMENT(LATEST, "SELECT value FROM counter WHERE name = 'change'");

struct asking {
	struct work *work;
	struct db *db;
	int64_t collection, since;
	int64_t max;
	struct changes *changes;
};

static struct db_rows *ask(struct asking *a, const struct db_stmt *stmt)
{
	return db_query(a->db, &a->work->err, stmt,
	        DB_ARGS(DB_INT(a->collection), DB_INT(a->since), DB_INT(a->max)));
}

static struct change *answer(struct asking *a)
{
	struct change *change = vec_push(a->work->arena, a->changes);

	change->collection = a->collection;
	return change;
}

static bool ask_members(struct asking *a, const struct db_stmt *stmt)
{
	struct db_rows *rows = ask(a, stmt);

	while (rows && db_next(rows)) {
		struct change *change = answer(a);

		change->item = arena_make(a->work->arena, struct item);
		item_read(rows, a->work->arena, false, change->item);
		change->name = change->item->member.name;
		change->number = change->item->member.changed;
	}
	return db_done(rows);
}

static bool ask_gone(struct asking *a)
{
	struct db_rows *rows = ask(a, &GONE);

	while (rows && db_next(rows)) {
		struct change *change = answer(a);

		change->name = arena_text(a->work->arena, db_text(rows, 0));
		change->number = db_int(rows, 1);
		change->is_collection = db_int(rows, 2);
		change->gone = true;
	}
	return db_done(rows);
}

static bool ask_children(struct asking *a)
{
	struct db_rows *rows = ask(a, &CHANGED_CHILDREN);

	while (rows && db_next(rows)) {
		struct change *change = answer(a);

		change->name = arena_text(a->work->arena, db_text(rows, 0));
		change->number = db_int(rows, 1);
		change->is_collection = true;
	}
	return db_done(rows);
}

static bool ask_all(struct asking *a)
{
	return ask_members(a, &CHANGED_MEMBERS) && (a->since == 0 || ask_gone(a)) &&
	       ask_children(a);
}

static int by_number(const void *a, const void *b)
{
	int64_t x = ((const struct change *)a)->number, y = ((const struct change *)b)->number;

	return x < y ? -1 : x > y;
}

/* Cuts to `max`, never between two of the same number: the continuing token would lose the second.
 * A first number shared by more than `max` stays whole, or the client would never get past it. */
static void cut(struct changes *changes, size_t max, bool *more)
{
	size_t len = max;

	if (changes->len)
		qsort(changes->at, changes->len, sizeof(*changes->at), by_number);
	*more = changes->len > max;
	if (!*more)
		return;
	while (len && changes->at[len - 1].number == changes->at[len].number)
		len--;
	if (!len)
		for (len = 1;
		        len < changes->len && changes->at[len].number == changes->at[0].number;
		        len++)
			;
	*more = len < changes->len;
	changes->len = len;
}

static bool asking_start(
        struct asking *a, struct work *work, int64_t since, size_t max, struct changes *changes)
{
	*changes = (struct changes)VEC_EMPTY;
	*a = (struct asking){ .work = work,
		.db = work_reader(work),
		.since = since,
		.max = (int64_t)(max < INT32_MAX ? max + 1 : INT32_MAX),
		.changes = changes };
	return a->db;
}

bool change_list(struct work *work, const struct scope *scope, int64_t since, size_t max,
        struct changes *changes, bool *more)
{
	struct asking a;

	if (!asking_start(&a, work, since, max, changes))
		return false;
	a.collection = scope->collection;
	if (since == 0) {
		if (!ask_children(&a) || !ask_members(&a, &ALL_MEMBERS))
			return false;
		*more = changes->len > max;
		if (!*more)
			return true;
		*changes = (struct changes)VEC_EMPTY;
	}
	if (!ask_all(&a))
		return false;
	cut(changes, max, more);
	return true;
}

bool change_list_deep(struct work *work, const struct scope *home, int64_t since, size_t max,
        struct changes *changes, bool *more)
{
	VEC(int64_t) below = VEC_EMPTY;
	struct db_rows *rows;
	struct asking a;

	if (!asking_start(&a, work, since, max, changes))
		return false;
	rows = db_query(
	        a.db, &work->err, &CHANGED_BELOW, DB_ARGS(DB_INT(home->collection), DB_INT(since)));
	while (rows && db_next(rows))
		*vec_push(work->arena, &below) = db_int(rows, 0);
	if (!db_done(rows))
		return false;
	for (size_t i = 0; i < below.len; i++) {
		a.collection = below.at[i];
		if (!ask_all(&a))
			return false;
	}
	cut(changes, max, more);
	return true;
}

bool change_latest(struct work *work, int64_t *number)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*number = 0;
	if (!db)
		return false;
	rows = db_query(db, &work->err, &LATEST, DB_NO_ARGS);
	if (rows && db_next(rows))
		*number = db_int(rows, 0);
	return db_done(rows);
}
