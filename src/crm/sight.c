#include "base/base.h"
#include "crm/sight.h"
#include "people/who.h"
#include "store/house.h"

DB_STATEMENT(IS_IN_REACH, "SELECT 1 FROM reach WHERE viewer = ?1 AND reach = ?2 AND holder = ?3");
/* Own, below, in the queues. */
DB_STATEMENT(IS_COMMANDED, "SELECT 1 FROM reach WHERE viewer = ?1 AND reach IN (1, 3, 5)"
                           " AND holder = ?2 LIMIT 1");
DB_STATEMENT(IS_NEAR, "SELECT 1 FROM reach WHERE viewer = ?1 AND reach IN (1, 2, 3)"
                      " AND holder = ?2 LIMIT 1");
DB_STATEMENT(APPEARS_TO, "SELECT 1 FROM member m JOIN collection c ON c.id = m.collection"
                         " WHERE m.record = ?1 AND c.owner = ?2 AND c.parent > 0 LIMIT 1");

DB_STATEMENT(IS_FOLLOWED, "SELECT 1 FROM crm_follow WHERE principal = ?2 AND record = ?1");

static bool is_there(
        struct work *work, const struct db_stmt *stmt, struct db_args args, bool *there)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, stmt, args) : NULL;

	*there = rows && db_next(rows);
	return db_done(rows);
}

bool crm_sight(struct work *work, enum crm_noun noun, struct crm_sight *sight)
{
	const struct who *who = work->who;
	enum reach reach = who ? who->reach[crm_noun_row(noun)->shelf] : REACH_ALL;

	*sight = (struct crm_sight){ who ? reach_viewer(reach, who->id) : 0, reach };
	return true;
}

bool crm_is_told_with_parent(const struct crm_known *known)
{
	return known->parent &&
	       (known->noun == CRM_NOTE || known->noun == CRM_TASK || known->noun == CRM_MEETING);
}

/* One step only: what belongs to a note or a task goes no further. */
static bool sees_parent(struct work *work, const struct crm_known *known, bool *sees)
{
	struct crm_known *parent;

	if (!crm_known(work, known->parent, &parent))
		return false;
	return !parent || crm_is_told_with_parent(parent) || crm_sees(work, parent, sees);
}

bool crm_sees(struct work *work, const struct crm_known *known, bool *sees)
{
	struct crm_sight sight;

	if (!crm_sight(work, known->noun, &sight))
		return false;
	*sees = sight.reach == REACH_ALL;
	if (!*sees &&
	        !is_there(work, &IS_IN_REACH,
	                DB_ARGS(DB_INT(sight.viewer), DB_INT(sight.reach), DB_INT(known->holder)),
	                sees))
		return false;
	if (!*sees && !is_there(work, &APPEARS_TO,
	                      DB_ARGS(DB_INT(known->id), DB_INT(work->who->id)), sees))
		return false;
	if (!*sees && known->noun == CRM_CASE &&
	        !is_there(work, &IS_FOLLOWED, DB_ARGS(DB_INT(known->id), DB_INT(work->who->id)),
	                sees))
		return false;
	return *sees || !crm_is_told_with_parent(known) || sees_parent(work, known, sees);
}

bool crm_commands(struct work *work, int64_t holder, bool *commands)
{
	const struct who *who = work->who;

	*commands = !who || who->is_admin || who->is_leadership;
	return *commands ||
	       is_there(work, &IS_COMMANDED, DB_ARGS(DB_INT(who->id), DB_INT(holder)), commands);
}

bool crm_may_task(struct work *work, int64_t person, bool *may)
{
	const struct who *who = work->who;

	*may = !who || who->is_admin || who->is_leadership || who->id == person;
	return *may || is_there(work, &IS_NEAR, DB_ARGS(DB_INT(who->id), DB_INT(person)), may);
}
