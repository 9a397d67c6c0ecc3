#include "base/base.h"
#include "crm/sight.h"
#include "people/who.h"
#include "store/house.h"
#include "view/account.h"

enum { PEOPLE_MOST = 200, MEETINGS_TRIED = 20 };

DB_STATEMENT(PEOPLE_IN, "SELECT record FROM crm_person WHERE account = ?1"
                        " AND since <= ?2 AND (until = 0 OR until > ?2)"
                        " ORDER BY is_primary DESC, record LIMIT ?3");
DB_STATEMENT(MEETINGS_AHEAD,
        "SELECT record, start FROM crm_item WHERE account = ?1 AND account <> 0 AND noun = 7"
        " AND start >= ?2 UNION SELECT record, start FROM crm_item WHERE parent = ?1"
        " AND parent <> 0 AND noun = 7 AND start >= ?2 ORDER BY 2, 1 LIMIT ?3");
DB_STATEMENT(SALES, "SELECT i.state, SUM(i.amount) FROM crm_item i"
                    " JOIN reach r ON r.viewer = ?2 AND r.reach = ?3 AND r.holder = i.holder"
                    " WHERE i.account = ?1 AND i.account <> 0 AND i.noun = 4 GROUP BY i.state");

static bool read_ids(
        struct work *work, const struct db_stmt *stmt, struct db_args args, struct ids *ids)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, stmt, args) : NULL;

	*ids = (struct ids)VEC_EMPTY;
	while (rows && db_next(rows))
		*vec_push(work->arena, ids) = db_int(rows, 0);
	return db_done(rows);
}

bool account_people(struct work *work, int64_t account, struct crm_entries *people)
{
	struct ids ids;

	*people = (struct crm_entries)VEC_EMPTY;
	if (!read_ids(work, &PEOPLE_IN,
	            DB_ARGS(DB_INT(account), DB_INT(work->now), DB_INT(PEOPLE_MOST)), &ids))
		return false;
	for (size_t i = 0; i < ids.len; i++) {
		struct crm_entry *entry;

		if (!crm_entry_get(work, CRM_CONTACT, ids.at[i], &entry))
			return false;
		if (entry)
			*vec_push(work->arena, people) = *entry;
	}
	return true;
}

bool account_next_meeting(struct work *work, int64_t account, struct crm_entry **meeting)
{
	struct ids ids;

	*meeting = NULL;
	if (!read_ids(work, &MEETINGS_AHEAD,
	            DB_ARGS(DB_INT(account), DB_INT(work->now), DB_INT(MEETINGS_TRIED)), &ids))
		return false;
	for (size_t i = 0; i < ids.len && !*meeting; i++)
		if (!crm_entry_get(work, CRM_MEETING, ids.at[i], meeting))
			return false;
	return true;
}

bool account_sales(struct work *work, int64_t account, struct account_sales *sales)
{
	struct db *db = work_reader(work);
	struct crm_sight sight;
	struct db_rows *rows;

	*sales = (struct account_sales){ 0 };
	if (!db || !crm_sight(work, CRM_DEAL, &sight))
		return false;
	rows = db_query(db, &work->err, &SALES,
	        DB_ARGS(DB_INT(account), DB_INT(sight.viewer), DB_INT(sight.reach)));
	while (rows && db_next(rows)) {
		int64_t *const sums[] = { &sales->open, &sales->won, &sales->lost };
		int64_t state = db_int(rows, 0);

		if (state >= 0 && state < (int64_t)COUNT_OF(sums))
			*sums[state] = db_int(rows, 1);
	}
	return db_done(rows);
}
