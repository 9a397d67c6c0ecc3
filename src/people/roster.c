#include "people/roster.h"

#include "store/house.h"

/* All of them are what is asked for. */
DB_STATEMENT(ALL_EMAILS, "SELECT principal, email FROM principal_email ORDER BY principal, position"
                         " /* scan: all addresses are asked for */");
DB_STATEMENT(ALL_ROLES, "SELECT principal, role FROM principal_role ORDER BY principal, role"
                        " /* scan: all roles are asked for */");
DB_STATEMENT(ALL_MEMBERS, "SELECT team, member, is_manager FROM group_member"
                          " ORDER BY team, is_manager, member /* scan: all teams are asked for */");
DB_STATEMENT(MEMBERS_OF, "SELECT team, member, is_manager FROM group_member WHERE team = ?1"
                         " UNION SELECT team, member, is_manager FROM group_member"
                         " WHERE member = ?1 ORDER BY 1, 3, 2");

enum { PAGE = 1000 };

static int by_id(const void *a, const void *b)
{
	int64_t x = (*(struct roster_entry *const *)a)->principal.id;
	int64_t y = (*(struct roster_entry *const *)b)->principal.id;

	return (x > y) - (x < y);
}

/* The entries in order of id, to find them by. */
struct index {
	struct roster_entry **at;
	size_t len;
};

static struct roster_entry *find(const struct index *index, int64_t id)
{
	struct roster_entry key = { .principal = { .id = id } }, *wanted = &key, **found;

	if (!index->len)
		return NULL;
	found = bsearch(&wanted, index->at, index->len, sizeof(*index->at), by_id);
	return found ? *found : NULL;
}

static struct index index_of(struct arena *arena, struct roster *roster)
{
	struct index index = { arena_array(arena, roster->len + 1, sizeof(*index.at)),
		roster->len };

	for (size_t i = 0; i < roster->len; i++)
		index.at[i] = &roster->at[i];
	if (index.len)
		qsort(index.at, index.len, sizeof(*index.at), by_id);
	return index;
}

static bool add_texts(
        struct work *work, const struct index *index, const struct db_stmt *stmt, bool emails)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, stmt, DB_NO_ARGS) : NULL;

	while (rows && db_next(rows)) {
		struct roster_entry *e = find(index, db_int(rows, 0));

		if (e)
			*vec_push(work->arena, emails ? &e->emails : &e->roles) =
			        arena_text(work->arena, db_text(rows, 1));
	}
	return db_done(rows);
}

static void add_member(struct work *work, const struct index *index, struct db_rows *rows)
{
	int64_t team = db_int(rows, 0), member = db_int(rows, 1);
	bool manages = db_int(rows, 2);
	struct roster_entry *group = find(index, team), *of = find(index, member);

	if (group)
		*vec_push(work->arena, manages ? &group->managers : &group->members) = member;
	if (of)
		*vec_push(work->arena, manages ? &of->manager_of : &of->member_of) = team;
}

static bool add_members(struct work *work, const struct index *index, int64_t only)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = NULL;

	if (db)
		rows = only ? db_query(db, &work->err, &MEMBERS_OF, DB_ARGS(DB_INT(only)))
		            : db_query(db, &work->err, &ALL_MEMBERS, DB_NO_ARGS);
	while (rows && db_next(rows))
		add_member(work, index, rows);
	return db_done(rows);
}

bool roster_list(struct work *work, enum principal_kind kind, struct roster *roster)
{
	struct text after = TEXT_NONE;
	struct principals page;
	struct index index;

	*roster = (struct roster)VEC_EMPTY;
	do {
		if (!principal_list(work, kind, after, PAGE, &page))
			return false;
		for (size_t i = 0; i < page.len; i++)
			vec_push(work->arena, roster)->principal = page.at[i];
		after = page.len ? page.at[page.len - 1].name : TEXT_NONE;
	} while (page.len == PAGE);
	index = index_of(work->arena, roster);
	return add_texts(work, &index, &ALL_EMAILS, true) &&
	       add_texts(work, &index, &ALL_ROLES, false) && add_members(work, &index, 0);
}

bool roster_get(
        struct work *work, enum principal_kind kind, int64_t id, struct roster_entry **entry)
{
	struct roster_entry *e = arena_make(work->arena, struct roster_entry);
	struct index index = { &e, 1 };
	struct principal *p;

	*entry = NULL;
	if (!principal_get(work, id, &p))
		return false;
	if (!p || p->kind != (int64_t)kind)
		return true;
	e->principal = *p;
	*entry = e;
	return principal_emails(work, id, &e->emails) && principal_roles(work, id, &e->roles) &&
	       add_members(work, &index, id);
}
