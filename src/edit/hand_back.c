#include "base/base.h"
#include "base/vec.h"
#include "db/db.h"
#include "edit/crm.h"
#include "edit/gate.h"
#include "edit/hand_back.h"
#include "store/house.h"
#include "store/principal.h"

DB_STATEMENT(TEAM_OF, "SELECT team FROM group_member WHERE member = ?1 AND is_manager = 0"
                      " AND team <> ?2 ORDER BY team LIMIT 1");
DB_STATEMENT(OPEN_OF, "SELECT record FROM crm_item WHERE noun = ?1 AND holder = ?2 AND state = 0"
                      " AND record > ?3 ORDER BY record LIMIT ?4");

enum { BATCH = 50, TRIES = 3 };

static bool team_of(struct work *work, int64_t who, int64_t *team)
{
	struct db *db = work_reader(work);
	struct principal *company;
	struct db_rows *rows;

	if (!db || !principal_by_name(work, TEXT("company"), &company))
		return false;
	rows = db_query(
	        db, &work->err, &TEAM_OF, DB_ARGS(DB_INT(who), DB_INT(company ? company->id : 0)));
	*team = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

static bool put(struct work *work, struct crm_draft *draft, const char *key, int64_t id)
{
	return crm_draft_set(work, draft, crm_field(draft->noun, text_of(key)),
	        id ? crm_json_own(work->arena, json_integer(id)) : NULL);
}

/* What came from no queue would be out of everybody's sight but the leadership's. */
static bool find_queue(struct work *work, struct crm_draft *draft, int64_t who)
{
	int64_t team = crm_get_int(draft->now, "team");

	if (team && team != who)
		return true;
	return team_of(work, who, &team) && put(work, draft, "team", team);
}

bool hand_back_add(struct work *work, struct plan *plan, const struct hand_back *what)
{
	struct crm_draft *draft;
	struct record *record;

	if (!record_get(work, what->record, &record))
		return false;
	if (!record)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	if (!crm_draft_load(work, record, &draft))
		return false;
	draft->via = what->via;
	draft->action = what->action;
	if (crm_get_int(draft->now, "owner") == what->who && !put(work, draft, "owner", 0))
		return false;
	return find_queue(work, draft, what->who) && crm_draft_settle(work, draft) &&
	       edit_crm_add(work, plan, draft);
}

/* ---- all of somebody's ---- */

struct handing {
	int64_t who, after; /* the record before */
	enum crm_via via;
	enum crm_noun noun;
	bool more;
};

static bool next_ones(struct work *work, const struct handing *h, struct ids *out)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, &OPEN_OF,
	                                    DB_ARGS(DB_INT(h->noun), DB_INT(h->who),
	                                            DB_INT(h->after), DB_INT(BATCH)))
	                          : NULL;

	while (rows && db_next(rows))
		*vec_push(work->arena, out) = db_int(rows, 0);
	return db_done(rows);
}

static bool forgive(struct work *work)
{
	if (work->err.id != ERR_CRM_VALUE && work->err.id != ERR_NOT_FOUND)
		return false;
	err_clear(&work->err);
	return true;
}

static bool try_batch(struct work *work, struct handing *h, bool *stale)
{
	struct ids records = VEC_EMPTY;
	struct edit_result result;
	struct outcome *outcome;
	struct plan *plan = gate_plan(work, &outcome);

	if (!next_ones(work, h, &records))
		return false;
	for (size_t i = 0; i < records.len; i++) {
		struct hand_back one = { records.at[i], h->who, h->via, NULL };

		if (!hand_back_add(work, plan, &one) && !forgive(work))
			return false;
	}
	h->more = records.len == BATCH;
	*stale = false;
	if (!records.len)
		return true;
	if (!edit_commit_wait(work, plan))
		return false;
	*stale = edit_stale(plan);
	if (!*stale)
		h->after = records.at[records.len - 1];
	return *stale || edit_result(work, plan, &result);
}

/* A batch has an arena and a reader of its own. */
static bool hand_batch(struct work *outer, struct handing *h)
{
	bool ok = true, stale = true;

	for (int i = 0; i < TRIES && ok && stale; i++) {
		struct work work = *outer;

		work_step_end(outer);
		work.arena = arena_new();
		work.db = NULL;
		work.rights = work.soon = NULL;
		ok = try_batch(&work, h, &stale);
		work_step_end(&work);
		if (!ok)
			outer->err = work.err;
		arena_free(&work.arena);
	}
	return ok &&
	       (!stale || err_set(&outer->err, ERR_CONFLICT, "It was changed in the meantime"));
}

bool hand_back_all(struct work *work, int64_t who, enum crm_via via)
{
	static const enum crm_noun NOUNS[] = { CRM_ACCOUNT, CRM_CONTACT, CRM_LEAD, CRM_DEAL,
		CRM_CASE };

	for (size_t i = 0; i < COUNT_OF(NOUNS); i++) {
		struct handing h = { .who = who, .via = via, .noun = NOUNS[i], .more = true };

		while (h.more)
			if (!hand_batch(work, &h))
				return false;
	}
	return true;
}
