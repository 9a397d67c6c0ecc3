#include "people/group.h"

DB_STATEMENT(GROUP_JOIN, "INSERT INTO group_member (team, member, is_manager) VALUES (?1, ?2, ?3)"
                         " ON CONFLICT DO NOTHING");
DB_STATEMENT(GROUP_LEAVE,
        "DELETE FROM group_member WHERE team = ?1 AND member = ?2 AND is_manager = ?3");
DB_STATEMENT(GROUPS_ABOVE,
        "SELECT team FROM group_member WHERE member = ?1 AND is_manager = 0 ORDER BY team");
DB_STATEMENT(GROUP_BY_KEY, "SELECT id FROM principal WHERE name_key = ?1");

static bool has(const struct ids *ids, int64_t id)
{
	for (size_t i = 0; i < ids->len; i++)
		if (ids->at[i] == id)
			return true;
	return false;
}

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

bool group_all_of(struct work *work, int64_t member, struct ids *groups)
{
	*groups = (struct ids)VEC_EMPTY;
	for (size_t next = 0; next <= groups->len; next++) {
		int64_t of = next ? groups->at[next - 1] : member;
		struct ids direct;

		if (!principal_groups(work, of, false, &direct))
			return false;
		for (size_t i = 0; i < direct.len; i++)
			if (!has(groups, direct.at[i]))
				*vec_push(work->arena, groups) = direct.at[i];
	}
	if (groups->len)
		qsort(groups->at, groups->len, sizeof(groups->at[0]), by_id);
	return true;
}

/* ---- operations ---- */

struct joining {
	int64_t group, member;
	bool manager;
	struct text name;
};

static bool join_run(struct writing *w, void *data)
{
	const struct joining *j = data;

	return writing_people(w) &&
	       db_run(w->db, w->err, &GROUP_JOIN,
	               DB_ARGS(DB_INT(j->group), DB_INT(j->member), DB_INT(j->manager)), NULL);
}

static bool leave_run(struct writing *w, void *data)
{
	const struct joining *j = data;

	return writing_people(w) &&
	       db_run(w->db, w->err, &GROUP_LEAVE,
	               DB_ARGS(DB_INT(j->group), DB_INT(j->member), DB_INT(j->manager)), NULL);
}

static void plan_joining(struct plan *plan, plan_op_fn *run, struct joining joining)
{
	struct joining *j = arena_make(plan_arena(plan), struct joining);

	*j = joining;
	plan_add(plan, run, j);
}

void plan_group_join(struct plan *plan, int64_t group, int64_t member, bool manager)
{
	plan_joining(plan, join_run, (struct joining){ group, member, manager, TEXT_NONE });
}

void plan_group_leave(struct plan *plan, int64_t group, int64_t member, bool manager)
{
	plan_joining(plan, leave_run, (struct joining){ group, member, manager, TEXT_NONE });
}

static bool groups_above(struct writing *w, int64_t member, struct ids *found)
{
	struct db_rows *rows = db_query(w->db, w->err, &GROUPS_ABOVE, DB_ARGS(DB_INT(member)));

	while (rows && db_next(rows))
		if (!has(found, db_int(rows, 0)))
			*vec_push(w->arena, found) = db_int(rows, 0);
	return db_done(rows);
}

static bool no_circle_run(struct writing *w, void *data)
{
	const struct joining *j = data;
	struct text key = text_fold(w->arena, j->name);
	struct db_rows *rows = db_query(w->db, w->err, &GROUP_BY_KEY, DB_ARGS(DB_TEXT(key)));
	int64_t group = rows && db_next(rows) ? db_int(rows, 0) : 0;
	struct ids above = VEC_EMPTY;

	if (!db_done(rows))
		return false;
	for (size_t next = 0; next <= above.len; next++)
		if (!groups_above(w, next ? above.at[next - 1] : group, &above))
			return false;
	return !has(&above, group) ||
	       err_set(w->err, ERR_UNPROCESSABLE, "the group \"%.*s\" would be in itself",
	               TEXT_ARG(j->name));
}

void plan_group_no_circle(struct plan *plan, struct text group)
{
	plan_joining(plan, no_circle_run, (struct joining){ .name = group });
}
