#include "store/collection.h"

#include "base/str.h"
#include "store/kind.h"
#include "store/principal.h"

#define COLLECTION_IN(type, name) "c." #name

DB_STATEMENT(COLLECTION_BY_ID,
        "SELECT " COLLECTION_COLUMNS(DB_NAME, DB_COMMA) " FROM collection"
                                                        " WHERE id = ?1 AND parent >= 0");
DB_STATEMENT(HOME_BY_OWNER, "SELECT " COLLECTION_COLUMNS(DB_NAME,
                                    DB_COMMA) " FROM collection"
                                              " WHERE owner = ?1 AND parent = 0 AND type = ?2");
DB_STATEMENT(HOME_BY_NAME,
        "SELECT " COLLECTION_COLUMNS(COLLECTION_IN,
                DB_COMMA) " FROM principal p"
                          " JOIN collection c ON c.owner = p.id AND c.parent = 0 AND c.type = ?2"
                          " WHERE p.name_key = ?1");
DB_STATEMENT(CHILD_BY_NAME, "SELECT " COLLECTION_COLUMNS(DB_NAME,
                                    DB_COMMA) " FROM collection"
                                              " WHERE parent = ?1 AND name = ?2 AND parent <> 0");
DB_STATEMENT(CHILDREN, "SELECT " COLLECTION_COLUMNS(
                               DB_NAME, DB_COMMA) " FROM collection"
                                                  " WHERE parent = ?1 AND parent <> 0 ORDER BY id");
DB_STATEMENT(USAGE,
        "WITH RECURSIVE below(id, bytes) AS (SELECT id, bytes FROM collection WHERE id = ?1"
        " UNION ALL SELECT c.id, c.bytes FROM below JOIN collection c ON c.parent = below.id"
        " WHERE c.parent <> 0) SELECT sum(bytes) FROM below");
DB_STATEMENT(QUOTA, "SELECT quota FROM principal WHERE id = ?1");
DB_STATEMENT(HOME_ABOVE,
        "WITH RECURSIVE above(id, parent) AS (SELECT id, parent FROM collection WHERE id = ?1"
        " UNION ALL SELECT c.id, c.parent FROM above JOIN collection c ON c.id = above.parent)"
        " SELECT " COLLECTION_COLUMNS(COLLECTION_IN,
                DB_COMMA) " FROM above"
                          " JOIN collection c ON c.id = above.id WHERE above.parent = 0");

static bool find(struct work *work, const struct db_stmt *stmt, struct db_args args,
        struct collection **collection)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*collection = NULL;
	if (!db)
		return false;
	rows = db_query(db, &work->err, stmt, args);
	if (rows && db_next(rows)) {
		*collection = arena_make(work->arena, struct collection);
		collection_read(rows, work->arena, *collection);
	}
	return db_done(rows);
}

bool collection_get(struct work *work, int64_t id, struct collection **collection)
{
	return find(work, &COLLECTION_BY_ID, DB_ARGS(DB_INT(id)), collection);
}

bool collection_home(
        struct work *work, int64_t owner, enum collection_type type, struct collection **collection)
{
	return find(work, &HOME_BY_OWNER, DB_ARGS(DB_INT(owner), DB_INT(type)), collection);
}

bool collection_home_of(struct work *work, struct text owner_name, enum collection_type type,
        struct collection **collection)
{
	struct text key = text_fold(work->arena, owner_name);

	return find(work, &HOME_BY_NAME, DB_ARGS(DB_TEXT(key), DB_INT(type)), collection);
}

bool collection_child(
        struct work *work, int64_t parent, struct text name, struct collection **collection)
{
	return find(work, &CHILD_BY_NAME, DB_ARGS(DB_INT(parent), DB_TEXT(name)), collection);
}

bool collection_home_above(struct work *work, const struct collection *c, struct collection **home)
{
	return find(work, &HOME_ABOVE, DB_ARGS(DB_INT(c->id)), home);
}

bool collection_children(struct work *work, int64_t parent, struct collections *children)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*children = (struct collections)VEC_EMPTY;
	if (!db)
		return false;
	rows = db_query(db, &work->err, &CHILDREN, DB_ARGS(DB_INT(parent)));
	while (rows && db_next(rows))
		collection_read(rows, work->arena, vec_push(work->arena, children));
	return db_done(rows);
}

static bool number_of(
        struct work *work, struct db *db, const struct db_stmt *stmt, int64_t id, int64_t *n)
{
	struct db_rows *rows = db_query(db, &work->err, stmt, DB_ARGS(DB_INT(id)));

	*n = 0;
	if (rows && db_next(rows))
		*n = db_int(rows, 0);
	return db_done(rows);
}

bool collection_quota(struct work *work, int64_t owner, int64_t *quota)
{
	struct db *db = work_reader(work);

	if (!db || !number_of(work, db, &QUOTA, owner, quota))
		return false;
	if (*quota == 0)
		*quota = house_settings(work->house)->limits_quota;
	else if (*quota < 0)
		*quota = 0;
	return true;
}

bool collection_usage(
        struct work *work, const struct collection *home, int64_t *bytes, int64_t *quota)
{
	struct db *db = work_reader(work);

	return db && number_of(work, db, &USAGE, home->id, bytes) &&
	       collection_quota(work, home->owner, quota);
}
