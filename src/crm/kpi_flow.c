/* kpi_flow.c - what moves: stages passed, time spent in them, deals gone stale, the waterfall. */
#include "base/base.h"
#include "crm/kpi_impl.h"
#include "store/house.h"

/* ---- visits to stages ---- */

static void add_visit(struct kpi_book *book, const struct kpi_fact *deal, size_t since)
{
	struct kpi_visits *visits = book->shelf->visits;
	struct kpi_visit *visit = vec_push(book->work->arena, visits);

	*visit = (struct kpi_visit){
		.story = deal->story,
		.stage = deal->deal.stage,
		.entered = deal->deal.entered,
		.state = deal->state,
		.first = true,
	};
	for (size_t i = since; i + 1 < visits->len; i++)
		if (visits->at[i].stage == visit->stage)
			visit->first = false;
}

/* The last visit is whose the deal is while it lasts, and when it is left. */
static void keep(struct kpi_visit *visit, const struct kpi_fact *deal)
{
	visit->owner = deal->owner;
	visit->team = deal->team;
	visit->campaign = deal->campaign;
	visit->source = deal->source;
}

static void visits_of(struct kpi_book *book, const struct kpi_story *story)
{
	struct kpi_fact deal = kpi_fact(story);
	struct kpi_visits *visits = book->shelf->visits;
	size_t since = visits->len;

	for (size_t i = 0; i < story->len && story->at[i].at < book->frame.as_of; i++) {
		enum crm_what what = (enum crm_what)story->at[i].what;
		bool enters = what == CRM_EVENT_CREATED || what == CRM_EVENT_STATUS;

		kpi_apply(&deal, &story->at[i]);
		if (enters && visits->len > since)
			visits->at[visits->len - 1].left = deal.deal.entered;
		if (enters)
			add_visit(book, &deal, since);
		if (visits->len > since)
			keep(&visits->at[visits->len - 1], &deal);
	}
	if (!deal.is_there)
		visits->len = since;
}

/* All periods that are known as of one moment have the same. */
bool kpi_visits(struct kpi_book *book, const struct kpi_visits **visits)
{
	struct kpi_shelf *shelf = book->shelf;
	const struct kpi_facts *deals;

	if (!shelf->visits || shelf->visits_as_of != book->frame.as_of) {
		/* At the as-of time, or what came behind P would be missing. */
		if (!kpi_deals(
		            kpi_other(book, book->frame.from, book->frame.as_of, book->frame.as_of),
		            &deals))
			return false;
		shelf->visits = arena_make(book->work->arena, struct kpi_visits);
		shelf->visits_as_of = book->frame.as_of;
		for (size_t i = 0; i < deals->len; i++)
			visits_of(book, deals->at[i]->story);
	}
	*visits = shelf->visits;
	return true;
}

static struct kpi_point point_of(const struct kpi_visit *visit)
{
	return (struct kpi_point){
		.record = visit->story->now.record,
		.owner = visit->owner,
		.team = visit->team,
		.campaign = visit->campaign,
		.source = visit->source,
		.stage = visit->stage,
		.value = 1,
	};
}

/* Did the deal, after this visit, ever reach a later open stage or the end that is good? */
static bool went_on(const struct kpi_book *book, const struct kpi_visits *visits, size_t at)
{
	const struct kpi_visit *visit = &visits->at[at];
	const struct kpi_stage *stage = kpi_stage(book, visit->stage);

	for (size_t i = at + 1; i < visits->len && visits->at[i].story == visit->story; i++) {
		const struct kpi_visit *later = &visits->at[i];
		const struct kpi_stage *there = kpi_stage(book, later->stage);

		if (later->state == 1)
			return true;
		if (later->state == 0 && stage && there && there->pipeline == stage->pipeline &&
		        there->position > stage->position)
			return true;
	}
	return false;
}

/* What a visit to an open stage counts for; false: it does not. */
typedef bool visit_fn(const struct kpi_book *book, const struct kpi_visits *visits, size_t at,
        struct kpi_point *point);

static bool walk(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally,
        visit_fn *counts)
{
	const struct kpi_visits *visits;

	if (!kpi_visits(book, &visits))
		return false;
	for (size_t i = 0; i < visits->len; i++) {
		const struct kpi_visit *visit = &visits->at[i];
		struct kpi_point point = point_of(visit);

		if (visit->state == 0 && counts(book, visits, i, &point) &&
		        kpi_counts(book, scope, CRM_DEAL, visit->owner, visit->team))
			*kpi_add(book, tally, point.record) = point;
	}
	return true;
}

static bool first_in(const struct kpi_book *book, const struct kpi_visits *visits, size_t at,
        struct kpi_point *point)
{
	const struct kpi_visit *visit = &visits->at[at];

	if (!visit->first || !kpi_within(book, visit->entered))
		return false;
	point->good = went_on(book, visits, at);
	return true;
}

static bool left_in(const struct kpi_book *book, const struct kpi_visits *visits, size_t at,
        struct kpi_point *point)
{
	const struct kpi_visit *visit = &visits->at[at];

	point->value = (double)(visit->left - visit->entered);
	return visit->left && kpi_within(book, visit->left);
}

bool kpi_of_stage_conversion(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return walk(book, scope, tally, first_in);
}

bool kpi_of_time_in_stage(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return walk(book, scope, tally, left_in);
}

/* ---- stale ---- */

/* Of each deal that is open or was; out of the indexes of states and of children alone. The two
 * kinds of deals one behind the other, or SQLite would look at every deal there is; the + keeps it
 * from looking a child up once for each noun. */
#define ACTIVITY_OF_DEALS \
	"SELECT d.record, (SELECT MAX(CASE WHEN a.noun = 6 THEN a.closed ELSE a.start END)" \
	" FROM crm_item a WHERE a.parent = d.record AND a.parent <> 0 AND +a.noun IN (6, 7, 8)" \
	" AND a.start < ?1 AND a.closed < ?1) FROM crm_item d WHERE d.noun = 4 AND "
DB_STATEMENT(LAST_ACTIVITY, ACTIVITY_OF_DEALS "d.state = 0 UNION ALL " ACTIVITY_OF_DEALS
                                              "d.state <> 0 AND d.closed >= ?1 " DB_PLAN_ANEW);

struct pair {
	int64_t key;
	double value;
};
VEC_OF(pairs, struct pair);

static int by_pair(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->value < y->value ? -1 : x->value > y->value;
}

/* The pair of the key; NULL: there is none. Sorted, one a key. */
static const struct pair *find(const struct pairs *pairs, int64_t key)
{
	size_t low = 0, high = pairs->len;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (pairs->at[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < pairs->len && pairs->at[low].key == key ? &pairs->at[low] : NULL;
}

/* Of all values of a key the middle one stays. Sorted. */
static void to_medians(struct pairs *pairs)
{
	size_t to = 0, end;

	for (size_t i = 0; i < pairs->len; i = end) {
		double low, high;

		for (end = i; end < pairs->len && pairs->at[end].key == pairs->at[i].key;)
			end++;
		low = pairs->at[i + (end - i - 1) / 2].value;
		high = pairs->at[i + (end - i) / 2].value;
		pairs->at[to++] = (struct pair){ pairs->at[i].key, (low + high) / 2 };
	}
	pairs->len = to;
}

static bool last_activities(struct kpi_book *book, struct pairs *last)
{
	struct db *db = work_reader(book->work);
	struct db_rows *rows;

	if (!db)
		return false;
	rows = db_query(db, &book->work->err, &LAST_ACTIVITY, DB_ARGS(DB_INT(book->end)));
	while (rows && db_next(rows))
		*vec_push(book->work->arena, last) =
		        (struct pair){ db_int(rows, 0), (double)db_int(rows, 1) };
	qsort(last->at, last->len, sizeof(*last->at), by_pair);
	return db_done(rows);
}

/* How long visits lasted that ended in the year before: the median of each stage. */
static bool durations(struct kpi_book *book, struct pairs *stays)
{
	const struct kpi_visits *visits;

	if (!kpi_visits(book, &visits))
		return false;
	for (size_t i = 0; i < visits->len; i++) {
		const struct kpi_visit *visit = &visits->at[i];

		if (visit->state == 0 && visit->left && visit->left < book->end &&
		        visit->left >= book->end - KPI_YEAR)
			*vec_push(book->work->arena, stays) = (struct pair){ visit->stage,
				(double)(visit->left - visit->entered) };
	}
	qsort(stays->at, stays->len, sizeof(*stays->at), by_pair);
	to_medians(stays);
	return true;
}

static bool is_stale(const struct kpi_book *book, const struct kpi_fact *deal,
        const struct pairs *stays, const struct pairs *last)
{
	const struct pair *stay = find(stays, deal->deal.stage);
	const struct pair *activity = find(last, deal->record);
	double since = (double)deal->deal.entered;

	if (activity && activity->value > since)
		since = activity->value;
	return stay && (double)book->end - since > 2 * stay->value;
}

bool kpi_of_stale_deals(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	struct pairs stays = VEC_EMPTY, last = VEC_EMPTY;
	const struct kpi_facts *deals;

	if (!kpi_deals(book, &deals) || !durations(book, &stays) || !last_activities(book, &last))
		return false;
	for (size_t i = 0; i < deals->len; i++) {
		const struct kpi_fact *deal = deals->at[i];

		if (deal->is_there && !deal->state &&
		        kpi_counts(book, scope, CRM_DEAL, deal->owner, deal->team) &&
		        is_stale(book, deal, &stays, &last))
			kpi_add_fact(book, tally, deal);
	}
	return true;
}
