#include "base/base.h"
#include "people/who.h"
#include "store/house.h"
#include "view/queue.h"

DB_STATEMENT(MANAGED, "SELECT r.holder FROM reach r JOIN principal p ON p.id = r.holder"
                      " AND p.kind = 2 WHERE r.viewer = ?1 AND r.reach = 3");
DB_STATEMENT(QUEUE_OF, "SELECT id FROM collection WHERE owner = ?1 AND crm = ?2 AND crm <> 0"
                       " AND parent > 0");

/* Teams whose queue of this shelf work->who sees to. */
static bool teams_of(struct work *work, enum crm_shelf shelf, struct ids *teams)
{
	const struct who *who = work->who;
	struct db *db = work_reader(work);
	struct db_rows *rows;

	if (!db)
		return false;
	if (who->is_support && shelf == SHELF_CASES)
		for (size_t i = 0; i < who->groups_len; i++)
			*vec_push(work->arena, teams) = who->groups[i];
	if (!who->is_manager)
		return true;
	rows = db_query(db, &work->err, &MANAGED, DB_ARGS(DB_INT(who->id)));
	while (rows && db_next(rows))
		*vec_push(work->arena, teams) = db_int(rows, 0);
	return db_done(rows);
}

static bool has(const struct queues *queues, int64_t team)
{
	for (size_t i = 0; i < queues->len; i++)
		if (queues->at[i].team->id == team)
			return true;
	return false;
}

static bool add(struct work *work, int64_t team, enum crm_shelf shelf, struct queues *queues)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &QUEUE_OF, DB_ARGS(DB_INT(team), DB_INT(shelf)))
	           : NULL;
	int64_t id = rows && db_next(rows) ? db_int(rows, 0) : 0;
	struct queue queue;

	if (!db_done(rows))
		return false;
	if (!id || team == work->who->company || has(queues, team))
		return true;
	if (!collection_get(work, id, &queue.c) || !principal_get(work, team, &queue.team))
		return false;
	if (!queue.c || !queue.team)
		return true;
	queue.name = arena_printf(work->arena, "%.*s@%.*s", TEXT_ARG(shelf_row(shelf)->name),
	        TEXT_ARG(queue.team->name));
	*vec_push(work->arena, queues) = queue;
	return true;
}

static int by_name(const void *a, const void *b)
{
	return text_cmp(((const struct queue *)a)->name, ((const struct queue *)b)->name);
}

bool queue_list(struct work *work, const struct collection *home, struct queues *queues)
{
	const struct who *who = work->who;
	enum crm_shelf shelf = home->type == COLLECTION_CALENDAR_HOME ? SHELF_CASES : SHELF_LEADS;
	struct ids teams = VEC_EMPTY;

	*queues = (struct queues)VEC_EMPTY;
	if (!who || home->owner != who->id || !collection_is_home(home) ||
	        home->type == COLLECTION_FILE_HOME || (!who->is_manager && !who->is_support))
		return true;
	if (!teams_of(work, shelf, &teams))
		return false;
	for (size_t i = 0; i < teams.len; i++)
		if (!add(work, teams.at[i], shelf, queues))
			return false;
	if (queues->len)
		qsort(queues->at, queues->len, sizeof(*queues->at), by_name);
	return true;
}

bool queue_find(
        struct work *work, const struct collection *home, struct text name, struct queue *queue)
{
	struct queues queues;

	*queue = (struct queue){ 0 };
	if (text_find_char(name, '@') < 0)
		return true;
	if (!queue_list(work, home, &queues))
		return false;
	for (size_t i = 0; i < queues.len; i++)
		if (text_eq(queues.at[i].name, name))
			*queue = queues.at[i];
	return true;
}
