/* sight_many.c - crm_sees() of many records at once: whose they are is looked up in memory, and
 * what is left of them, with what they belong to, in one question each. */
#include "base/base.h"
#include "crm/sight.h"
#include "people/who.h"
#include "store/house.h"

#include <stdlib.h>

DB_STATEMENT(HOLDERS, "SELECT holder FROM reach WHERE viewer = ?1 AND reach = ?2 ORDER BY holder");
DB_STATEMENT(PARENTS,
        "/* sqlite only */ SELECT i.record, i.noun, i.holder, i.parent FROM json_each(?1) j"
        " CROSS JOIN crm_item i ON i.record = j.value");
DB_STATEMENT(PARENTS_PG, "/* postgres only */ SELECT record, noun, holder, parent FROM crm_item"
                         " WHERE record = ANY (CAST(CAST(?1 AS TEXT) AS BIGINT[]))");
DB_STATEMENT(APPEARING, "/* sqlite only */ SELECT m.record FROM json_each(?1) j CROSS JOIN member m"
                        " ON m.record = j.value CROSS JOIN collection c ON c.id = m.collection"
                        " WHERE c.owner = ?2 AND c.parent > 0");
DB_STATEMENT(APPEARING_PG,
        "/* postgres only */ SELECT m.record FROM member m JOIN collection c ON c.id = m.collection"
        " WHERE m.record = ANY (CAST(CAST(?1 AS TEXT) AS BIGINT[])) AND c.owner = ?2"
        " AND c.parent > 0");
DB_STATEMENT(FOLLOWED,
        "/* sqlite only */ SELECT f.record FROM json_each(?1) j CROSS JOIN crm_follow f"
        " ON f.principal = ?2 AND f.record = j.value");
DB_STATEMENT(FOLLOWED_PG, "/* postgres only */ SELECT record FROM crm_follow"
                          " WHERE record = ANY (CAST(CAST(?1 AS TEXT) AS BIGINT[]))"
                          " AND principal = ?2");

VEC_OF(knowns, struct crm_known);
struct looking {
	struct crm_sights *sights;
	const struct crm_known *const *known;
	size_t len;
	bool *sees;
	struct knowns parents; /* by id */
	struct ids appearing, followed;
};

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool has(const struct ids *sorted, int64_t id)
{
	return sorted->len &&
	       bsearch(&id, sorted->at, sorted->len, sizeof(sorted->at[0]), by_number);
}

static bool read_ids(
        struct work *work, const struct db_stmt *stmt, struct db_args args, struct ids *ids)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, stmt, args) : NULL;

	while (rows && db_next(rows))
		*vec_push(work->arena, ids) = db_int(rows, 0);
	if (ids->len)
		qsort(ids->at, ids->len, sizeof(ids->at[0]), by_number);
	return db_done(rows);
}

static bool by_holder(struct crm_sights *sights, const struct crm_known *known, bool *sees)
{
	struct work *work = sights->work;
	struct crm_sight sight;

	if (!crm_sight(work, known->noun, &sight))
		return false;
	*sees = sight.reach == REACH_ALL;
	if (*sees)
		return true;
	assert(sight.reach < CRM_REACHES);
	if (!sights->holders[sight.reach]) {
		struct ids *holders = arena_make(work->arena, struct ids);

		if (!read_ids(work, &HOLDERS, DB_ARGS(DB_INT(sight.viewer), DB_INT(sight.reach)),
		            holders))
			return false;
		sights->holders[sight.reach] = holders;
	}
	*sees = has(sights->holders[sight.reach], known->holder);
	return true;
}

/* ---- what they belong to ---- */

static bool read_parents(struct looking *l, const struct ids *ids)
{
	struct work *work = l->sights->work;
	struct db *db = work_reader(work);
	struct db_rows *rows;

	if (!db || !ids->len)
		return db;
	rows = db_query(db, &work->err, db_is_postgres(db) ? &PARENTS_PG : &PARENTS,
	        DB_ARGS(DB_TEXT(db_ids(work->arena, db, ids->at, ids->len))));
	while (rows && db_next(rows))
		*vec_push(work->arena, &l->parents) = (struct crm_known){ .id = db_int(rows, 0),
			.noun = (enum crm_noun)db_int(rows, 1),
			.holder = db_int(rows, 2),
			.parent = db_int(rows, 3) };
	if (l->parents.len)
		qsort(l->parents.at, l->parents.len, sizeof(l->parents.at[0]), by_number);
	return db_done(rows);
}

/* The one whose sight decides: NULL where there is none. Its id stands first in it. */
static const struct crm_known *parent_of(const struct looking *l, const struct crm_known *known)
{
	const struct crm_known *parent = NULL;

	if (crm_is_told_with_parent(known) && l->parents.len)
		parent = bsearch(&known->parent, l->parents.at, l->parents.len,
		        sizeof(l->parents.at[0]), by_number);
	return parent && !crm_is_told_with_parent(parent) ? parent : NULL;
}

static bool by_parents(struct looking *l)
{
	struct ids ids = VEC_EMPTY;

	for (size_t i = 0; i < l->len; i++)
		if (!l->sees[i] && crm_is_told_with_parent(l->known[i]))
			*vec_push(l->sights->work->arena, &ids) = l->known[i]->parent;
	if (!read_parents(l, &ids))
		return false;
	for (size_t i = 0; i < l->len; i++) {
		const struct crm_known *parent = l->sees[i] ? NULL : parent_of(l, l->known[i]);

		if (parent && !by_holder(l->sights, parent, &l->sees[i]))
			return false;
	}
	return true;
}

/* ---- what appears to them, or is followed ---- */

static bool is_shown(const struct looking *l, const struct crm_known *known)
{
	return known && (has(&l->appearing, known->id) ||
	                        (known->noun == CRM_CASE && has(&l->followed, known->id)));
}

static bool by_appearance(struct looking *l)
{
	struct work *work = l->sights->work;
	struct db *db = work_reader(work);
	struct ids ids = VEC_EMPTY;
	struct db_args args;

	for (size_t i = 0; i < l->len; i++) {
		const struct crm_known *parent = l->sees[i] ? NULL : parent_of(l, l->known[i]);

		if (!l->sees[i])
			*vec_push(work->arena, &ids) = l->known[i]->id;
		if (parent)
			*vec_push(work->arena, &ids) = parent->id;
	}
	if (!db || !ids.len)
		return db;
	args = DB_ARGS(DB_TEXT(db_ids(work->arena, db, ids.at, ids.len)), DB_INT(work->who->id));
	if (!read_ids(work, db_is_postgres(db) ? &APPEARING_PG : &APPEARING, args, &l->appearing) ||
	        !read_ids(work, db_is_postgres(db) ? &FOLLOWED_PG : &FOLLOWED, args, &l->followed))
		return false;
	for (size_t i = 0; i < l->len; i++)
		l->sees[i] = l->sees[i] || is_shown(l, l->known[i]) ||
		             is_shown(l, parent_of(l, l->known[i]));
	return true;
}

bool crm_sees_each(
        struct crm_sights *sights, const struct crm_known *const *known, size_t len, bool *sees)
{
	struct looking l = { .sights = sights, .known = known, .len = len, .sees = sees };

	for (size_t i = 0; i < len; i++)
		if (!by_holder(sights, known[i], &sees[i]))
			return false;
	return by_parents(&l) && by_appearance(&l);
}
