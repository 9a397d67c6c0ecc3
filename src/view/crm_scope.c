/* crm_scope.c - whom somebody sees, read once for a whole list. */
#include "base/base.h"
#include "people/who.h"
#include "store/house.h"
#include "view/crm_impl.h"

DB_STATEMENT(HOLDERS_IN_REACH, "SELECT holder FROM reach WHERE viewer = ?1 AND reach = ?2"
                               " ORDER BY holder");
DB_STATEMENT(APPEARING, "SELECT DISTINCT m.record FROM collection c JOIN member m"
                        " ON m.collection = c.id WHERE c.owner = ?1 AND c.crm <> 0"
                        " ORDER BY m.record");

/* Of cases those that one follows, too. */
DB_STATEMENT(APPEARING_OR_FOLLOWED,
        "SELECT m.record FROM collection c JOIN member m ON m.collection = c.id"
        " WHERE c.owner = ?1 AND c.crm <> 0 UNION SELECT record FROM crm_follow"
        " WHERE principal = ?1 ORDER BY 1");

static bool read_ids(
        struct work *work, const struct db_stmt *stmt, struct db_args args, struct ids *ids)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, stmt, args) : NULL;

	while (rows && db_next(rows))
		*vec_push(work->arena, ids) = db_int(rows, 0);
	return db_done(rows);
}

static bool has(const struct ids *ids, int64_t id)
{
	size_t low = 0, high = ids->len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (ids->at[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < ids->len && ids->at[low] == id;
}

bool crm_scope_open(struct work *work, const struct crm_ask *ask, struct crm_scope *scope)
{
	struct crm_known *parent;
	int64_t id = ask->parent;
	bool sees = false;

	*scope = (struct crm_scope){ .work = work, .noun = ask->noun };
	if (!crm_sight(work, ask->noun, &scope->sight))
		return false;
	if (!id && !crm_filter_number(ask, "parent", &id) &&
	        !crm_filter_number(ask, "account", &id))
		crm_filter_number(ask, "contact", &id);
	if (scope->sight.reach == REACH_ALL || !id)
		return true;
	if (!crm_known(work, id, &parent) || (parent && !crm_sees(work, parent, &sees)))
		return false;
	scope->parent = sees ? id : 0;
	return true;
}

static bool in_reach(struct crm_scope *scope, int64_t holder, bool *reached)
{
	if (!scope->has_holders &&
	        !read_ids(scope->work, &HOLDERS_IN_REACH,
	                DB_ARGS(DB_INT(scope->sight.viewer), DB_INT(scope->sight.reach)),
	                &scope->holders))
		return false;
	scope->has_holders = true;
	*reached = has(&scope->holders, holder);
	return true;
}

static bool appears(struct crm_scope *scope, int64_t record, bool *there)
{
	const struct db_stmt *appearing =
	        scope->noun == CRM_CASE ? &APPEARING_OR_FOLLOWED : &APPEARING;

	if (!scope->has_appearing &&
	        !read_ids(scope->work, appearing, DB_ARGS(DB_INT(scope->work->who->id)),
	                &scope->appearing))
		return false;
	scope->has_appearing = true;
	*there = has(&scope->appearing, record);
	return true;
}

static bool is_told_with_parent(const struct crm_line *line)
{
	return line->noun == CRM_NOTE || line->noun == CRM_TASK || line->noun == CRM_MEETING;
}

/* What happened with a record is seen by whoever sees the record, where it is asked for by the
 * record, or by the account or contact of that. Lists of all there is hold what is one's own. */
static bool sees_told(struct crm_scope *scope, const struct crm_line *line, bool *sees)
{
	struct crm_known *parent;

	*sees = scope->parent == line->parent;
	if (*sees || (scope->parent != line->account && scope->parent != line->contact))
		return true;
	return crm_known(scope->work, line->parent, &parent) &&
	       (!parent || crm_sees(scope->work, parent, sees));
}

bool crm_scope_sees(struct crm_scope *scope, const struct crm_line *line, bool *sees)
{
	*sees = scope->sight.reach == REACH_ALL;
	if (!*sees && scope->parent && is_told_with_parent(line) && !sees_told(scope, line, sees))
		return false;
	if (!*sees && !in_reach(scope, line->holder, sees))
		return false;
	return *sees || appears(scope, line->record, sees);
}
