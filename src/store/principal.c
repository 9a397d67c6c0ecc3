#include "store/principal.h"

#include <stdlib.h>

#include "store/house.h"

DB_STATEMENT(PRINCIPAL_BY_ID,
        "SELECT " PRINCIPAL_COLUMNS(DB_NAME, DB_COMMA) " FROM principal WHERE id = ?1");
DB_STATEMENT(PRINCIPAL_BY_KEY,
        "SELECT " PRINCIPAL_COLUMNS(DB_NAME, DB_COMMA) " FROM principal WHERE name_key = ?1");
#define PRINCIPAL_IN(type, name) "p." #name
DB_STATEMENT(PRINCIPAL_BY_EMAIL,
        "SELECT " PRINCIPAL_COLUMNS(PRINCIPAL_IN,
                DB_COMMA) " FROM principal_email e"
                          " JOIN principal p ON p.id = e.principal WHERE e.email_key = ?1");
DB_STATEMENT(PRINCIPAL_LIST, "SELECT " PRINCIPAL_COLUMNS(DB_NAME,
                                     DB_COMMA) " FROM principal"
                                               " WHERE name_key > ?1 ORDER BY name_key LIMIT ?2");
DB_STATEMENT(PRINCIPAL_LIST_KIND,
        "SELECT " PRINCIPAL_COLUMNS(
                DB_NAME, DB_COMMA) " FROM principal"
                                   " WHERE kind = ?1 AND name_key > ?2 ORDER BY name_key LIMIT ?3");
DB_STATEMENT(EMAILS, "SELECT email FROM principal_email WHERE principal = ?1 ORDER BY position");
DB_STATEMENT(ROLES, "SELECT role FROM principal_role WHERE principal = ?1 ORDER BY role");
/* The group `company` holds every user without a row that says so. */
DB_STATEMENT(MEMBERS, "SELECT member FROM group_member WHERE team = ?1 AND is_manager = 0"
                      " UNION SELECT u.id FROM principal g JOIN principal u ON u.kind = 1"
                      " WHERE g.id = ?1 AND g.name_key = 'company' ORDER BY 1"
                      " /* scan: all users are what is asked for, and only then */");
DB_STATEMENT(MANAGERS,
        "SELECT member FROM group_member WHERE team = ?1 AND is_manager = 1 ORDER BY member");
DB_STATEMENT(GROUPS_OF,
        "SELECT team FROM group_member WHERE member = ?1 AND is_manager = 0"
        " UNION SELECT g.id FROM principal u JOIN principal g ON g.name_key = 'company'"
        " WHERE u.id = ?1 AND u.kind = 1 ORDER BY 1");
DB_STATEMENT(GROUPS_MANAGED,
        "SELECT team FROM group_member WHERE member = ?1 AND is_manager = 1 ORDER BY team");
DB_STATEMENT(GENERATION, "SELECT value FROM counter WHERE name = 'people'");

static bool find(struct work *work, const struct db_stmt *stmt, struct db_value key,
        struct principal **principal)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*principal = NULL;
	if (!db)
		return false;
	rows = db_query(db, &work->err, stmt, DB_ARGS(key));
	if (rows && db_next(rows)) {
		*principal = arena_make(work->arena, struct principal);
		principal_read(rows, work->arena, *principal);
	}
	return db_done(rows);
}

bool principal_get(struct work *work, int64_t id, struct principal **principal)
{
	return find(work, &PRINCIPAL_BY_ID, DB_INT(id), principal);
}

bool principal_by_name(struct work *work, struct text name, struct principal **principal)
{
	return find(work, &PRINCIPAL_BY_KEY, DB_TEXT(text_fold(work->arena, name)), principal);
}

bool principal_by_email(struct work *work, struct text email, struct principal **principal)
{
	return find(work, &PRINCIPAL_BY_EMAIL, DB_TEXT(text_fold(work->arena, email)), principal);
}

bool principal_list(struct work *work, enum principal_kind kind, struct text after, size_t max,
        struct principals *principals)
{
	struct db *db = work_reader(work);
	struct db_value from = DB_TEXT(TEXT("")), most = DB_INT((int64_t)max);
	struct db_rows *rows;

	*principals = (struct principals)VEC_EMPTY;
	if (!db)
		return false;
	if (after.ptr)
		from = DB_TEXT(text_fold(work->arena, after));
	if (kind)
		rows = db_query(
		        db, &work->err, &PRINCIPAL_LIST_KIND, DB_ARGS(DB_INT(kind), from, most));
	else
		rows = db_query(db, &work->err, &PRINCIPAL_LIST, DB_ARGS(from, most));
	while (rows && db_next(rows))
		principal_read(rows, work->arena, vec_push(work->arena, principals));
	return db_done(rows);
}

static bool list_texts(
        struct work *work, const struct db_stmt *stmt, int64_t id, struct texts *texts)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*texts = (struct texts)VEC_EMPTY;
	if (!db)
		return false;
	rows = db_query(db, &work->err, stmt, DB_ARGS(DB_INT(id)));
	while (rows && db_next(rows))
		*vec_push(work->arena, texts) = arena_text(work->arena, db_text(rows, 0));
	return db_done(rows);
}

static bool list_ids(struct work *work, const struct db_stmt *stmt, int64_t id, struct ids *ids)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*ids = (struct ids)VEC_EMPTY;
	if (!db)
		return false;
	rows = db_query(db, &work->err, stmt, DB_ARGS(DB_INT(id)));
	while (rows && db_next(rows))
		*vec_push(work->arena, ids) = db_int(rows, 0);
	return db_done(rows);
}

bool principal_emails(struct work *work, int64_t id, struct texts *emails)
{
	return list_texts(work, &EMAILS, id, emails);
}

bool principal_roles(struct work *work, int64_t id, struct texts *roles)
{
	return list_texts(work, &ROLES, id, roles);
}

bool principal_members(struct work *work, int64_t group, bool managers, struct ids *ids)
{
	return list_ids(work, managers ? &MANAGERS : &MEMBERS, group, ids);
}

bool principal_groups(struct work *work, int64_t member, bool managed, struct ids *ids)
{
	return list_ids(work, managed ? &GROUPS_MANAGED : &GROUPS_OF, member, ids);
}

/* Of one state of the database. */
struct known_generation {
	int64_t state, generation;
};

static struct known_generation *known_generation(struct db *db)
{
	struct db_memory *place = db_memory(db, MEMORY_OF_PEOPLE);

	if (!place->what) {
		place->what = calloc(1, sizeof(struct known_generation));
		if (!place->what)
			abort();
		place->forget = free;
	}
	return place->what;
}

/* Every request asks, and hardly any commit changes it. */
bool principal_generation(struct work *work, int64_t *generation)
{
	struct db *db = work_reader(work);
	struct known_generation *known = db ? known_generation(db) : NULL;
	int64_t state = db ? db_state_now(db) : 0;
	struct db_rows *rows;

	if (state && state == known->state) {
		*generation = known->generation;
		return true;
	}
	rows = db ? db_query(db, &work->err, &GENERATION, DB_NO_ARGS) : NULL;
	*generation = rows && db_next(rows) ? db_int(rows, 0) : 0;
	if (!db_done(rows))
		return false;
	*known = (struct known_generation){ db_state(db), *generation };
	return true;
}
