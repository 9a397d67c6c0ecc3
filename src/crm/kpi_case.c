#include "base/base.h"
#include "base/str.h"
#include "crm/kpi_impl.h"
#include "store/house.h"

#include <stdlib.h>

enum { REOPEN_DAYS = 14 };

/* A + keeps SQLite from an index that would be the wrong one.
 * What no event tells of cases that are open, or that something of P may rest on. */
DB_STATEMENT(CASE_TRAITS,
        "SELECT record, priority, due, created, fields FROM crm_item WHERE noun = ?1 AND state = 0"
        " UNION ALL SELECT record, priority, due, created, fields FROM crm_item"
        " WHERE noun = ?1 AND closed >= ?2 AND state <> 0"
        " UNION ALL SELECT record, priority, due, created, fields FROM crm_item"
        " WHERE noun = ?1 AND due >= ?2 AND +closed < ?2 AND state <> 0");
DB_STATEMENT(ACTIVE_ACCOUNTS,
        "SELECT COUNT(DISTINCT account) FROM crm_item WHERE noun IN (?1, ?2) AND account <> 0"
        " AND account > 0 AND +created < ?3 AND (state = 0 OR closed >= ?4)");

/* ---- what became of a case ---- */

/* A complaint is over when it is resolved; that somebody confirms it later changes nothing. */
static void enter(const struct kpi_book *book, struct kpi_case *is, int64_t status,
        const struct kpi_event *event)
{
	is->state = (int)(status >> 32);
	is->status = event->word;
	if (is->state)
		is->closed = is->resolved ? is->resolved : event->at;
	is->resolved = is->status != book->shelf->resolved ? 0
	               : is->resolved                      ? is->resolved
	                                                   : event->at;
}

static void responded(struct kpi_case *is, const struct kpi_event *event)
{
	if (is->responded || !kpi_is_human(event))
		return;
	is->responded = event->at;
	is->response = event->seconds;
}

static void apply(const struct kpi_book *book, struct kpi_case *is, const struct kpi_event *event)
{
	is->owner = event->owner;
	is->team = event->team;
	switch ((enum crm_what)event->what) {
	case CRM_EVENT_CREATED:
		is->created = event->at;
		is->is_there = true;
		enter(book, is, event->from_num, event);
		break;
	case CRM_EVENT_STATUS: enter(book, is, event->to_num, event); break;
	case CRM_EVENT_REOPENED:
		is->state = 0;
		is->resolved = 0;
		break;
	case CRM_EVENT_RESPONDED: responded(is, event); break;
	case CRM_EVENT_DELETED:
	case CRM_EVENT_MERGED: is->is_there = false; break;
	case CRM_EVENT_RESTORED: is->is_there = true; break;
	default: break;
	}
}

void kpi_case_at(const struct kpi_book *book, const struct kpi_story *story, int64_t instant,
        struct kpi_case *is)
{
	*is = (struct kpi_case){ .story = story, .record = story->record };
	for (size_t i = 0; i < story->len && story->at[i].at < instant; i++)
		apply(book, is, &story->at[i]);
}

/* ---- traits ---- */

static int by_record(const void *a, const void *b)
{
	const struct kpi_traits *x = a, *y = b;

	return x->record < y->record ? -1 : x->record > y->record;
}

static bool read_traits(struct kpi_book *book)
{
	struct kpi_traits_list *list = &book->shelf->traits;
	struct db *db = work_reader(book->work);
	struct db_rows *rows;

	if (!db)
		return false;
	*list = (struct kpi_traits_list)VEC_EMPTY; /* books of other periods keep theirs */
	rows = db_query(db, &book->work->err, &CASE_TRAITS,
	        DB_ARGS(DB_INT(CRM_CASE), DB_INT(book->frame.from)));
	while (rows && db_next(rows)) {
		struct kpi_traits *traits = vec_push(book->work->arena, list);
		struct text fields = db_text(rows, 4);

		traits->record = db_int(rows, 0);
		traits->priority = db_int(rows, 1);
		traits->due = db_int(rows, 2);
		traits->created = db_int(rows, 3);
		traits->response_due = kpi_peek_int(fields, "response_due");
		traits->is_complaint = kpi_peek_is(fields, "kind", "Complaint");
	}
	if (!db_done(rows))
		return false;
	qsort(list->at, list->len, sizeof(*list->at), by_record);
	book->shelf->traits_from = book->frame.from;
	return true;
}

static const struct kpi_traits *traits_of(const struct kpi_book *book, int64_t record)
{
	const struct kpi_traits_list *list = &book->shelf->traits;
	struct kpi_traits wanted = { .record = record };

	return list->len ? bsearch(&wanted, list->at, list->len, sizeof(wanted), by_record) : NULL;
}

static bool read_cases(struct kpi_book *book)
{
	struct kpi_shelf *shelf = book->shelf;

	if (shelf->traits_from > book->frame.from && !read_traits(book))
		return false;
	if (!shelf->have_cases && !kpi_read(book, CRM_CASE, INT64_MIN, &shelf->cases))
		return false;
	shelf->pending = kpi_word_of(book, TEXT("Pending"));
	shelf->resolved = kpi_word_of(book, TEXT("Resolved, to confirm"));
	shelf->have_cases = true;
	return true;
}

bool kpi_cases(struct kpi_book *book, const struct kpi_cases **cases)
{
	struct arena *arena = book->work->arena;

	if (!book->cases) {
		if (!read_cases(book))
			return false;
		book->cases = arena_make(arena, struct kpi_cases);
		for (size_t i = 0; i < book->shelf->cases.len; i++) {
			struct kpi_case *is = vec_push(arena, book->cases);

			kpi_case_at(book, &book->shelf->cases.at[i], book->end, is);
			is->traits = traits_of(book, is->record);
		}
	}
	*cases = book->cases;
	return true;
}

/* ---- points ---- */

struct kpi_point *kpi_add_case(
        struct kpi_book *book, struct kpi_tally *tally, const struct kpi_case *is)
{
	struct kpi_point *point = kpi_add(book, tally, is->record);

	point->owner = is->owner;
	point->team = is->team;
	point->stage = is->traits ? is->traits->priority : 0;
	point->at = is->created;
	point->value = 1;
	return point;
}

typedef bool case_test_fn(const struct kpi_book *book, const struct kpi_case *is);
typedef void case_point_fn(
        const struct kpi_book *book, const struct kpi_case *is, struct kpi_point *point);

static bool is_open(const struct kpi_book *book, const struct kpi_case *is)
{
	(void)book;
	return !is->state;
}

static bool is_unowned(const struct kpi_book *book, const struct kpi_case *is)
{
	(void)book;
	return !is->state && !is->owner;
}

static bool is_answered(const struct kpi_book *book, const struct kpi_case *is)
{
	return is->responded && kpi_within(book, is->responded);
}

static bool is_resolved(const struct kpi_book *book, const struct kpi_case *is)
{
	return is->state == 1 && kpi_within(book, is->closed);
}

static bool is_complaint(const struct kpi_book *book, const struct kpi_case *is)
{
	return is->traits && is->traits->is_complaint && kpi_within(book, is->created);
}

static void by_age(const struct kpi_book *book, const struct kpi_case *is, struct kpi_point *point)
{
	point->value = (double)(book->end - is->created);
}

static void by_response(
        const struct kpi_book *book, const struct kpi_case *is, struct kpi_point *point)
{
	(void)book;
	point->value = (double)is->response;
}

static void by_business_response(
        const struct kpi_book *book, const struct kpi_case *is, struct kpi_point *point)
{
	point->value = (double)hours_between(
	        book->frame.hours, is->responded - is->response, is->responded);
}

static void by_resolution(
        const struct kpi_book *book, const struct kpi_case *is, struct kpi_point *point)
{
	(void)book;
	point->value = (double)(is->closed - is->created);
}

/* Business time from the beginning to the last closing, but for what was spent in Pending. */
static void by_business(
        const struct kpi_book *book, const struct kpi_case *is, struct kpi_point *point)
{
	const struct hours *hours = book->frame.hours;
	int64_t spent = hours_between(hours, is->created, is->closed), since = 0;
	struct kpi_case then = { .story = is->story };

	for (size_t i = 0; i < is->story->len && is->story->at[i].at <= is->closed; i++) {
		const struct kpi_event *event = &is->story->at[i];

		apply(book, &then, event);
		if (since && then.status != book->shelf->pending) {
			spent -= hours_between(hours, since, event->at);
			since = 0;
		} else if (!since && then.status == book->shelf->pending) {
			since = event->at;
		}
	}
	point->value = (double)spent;
}

static bool gather(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally,
        case_test_fn *test, case_point_fn *shape)
{
	const struct kpi_cases *cases;

	if (!kpi_cases(book, &cases))
		return false;
	for (size_t i = 0; i < cases->len; i++) {
		const struct kpi_case *is = &cases->at[i];
		struct kpi_point *point;

		if (!is->is_there || !test(book, is) ||
		        !kpi_counts(book, scope, CRM_CASE, is->owner, is->team))
			continue;
		point = kpi_add_case(book, tally, is);
		if (shape)
			shape(book, is, point);
	}
	return true;
}

#define GATHER(name, test, shape) \
	bool kpi_of_##name( \
	        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally) \
	{ \
		return gather(book, scope, tally, test, shape); \
	}
GATHER(cases_open, is_open, NULL)
GATHER(cases_unassigned, is_unowned, by_age)
GATHER(backlog_oldest, is_open, by_age)
GATHER(backlog_age, is_open, by_age)
GATHER(first_response, is_answered, by_response)
GATHER(first_response_business, is_answered, by_business_response)
GATHER(resolution, is_resolved, by_resolution)
GATHER(resolution_business, is_resolved, by_business)
GATHER(complaints, is_complaint, NULL)

bool kpi_of_complaint_rate(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	struct db *db = work_reader(book->work);
	struct db_rows *rows;

	if (!db)
		return false;
	rows = db_query(db, &book->work->err, &ACTIVE_ACCOUNTS,
	        DB_ARGS(DB_INT(CRM_DEAL), DB_INT(CRM_CASE), DB_INT(book->end),
	                DB_INT(book->end - KPI_YEAR)));
	if (rows && db_next(rows))
		tally->base = (double)db_int(rows, 0);
	return db_done(rows) && gather(book, scope, tally, is_complaint, NULL);
}

/* ---- openings and closings, each time ---- */

typedef void case_turn_fn(struct kpi_book *book, struct kpi_tally *tally, const struct kpi_case *is,
        const struct kpi_event *event);

/* Calls opened (created, or again) and closed for each of the turns of P. NULL: none. */
static bool turns(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally,
        case_turn_fn *opened, case_turn_fn *closed)
{
	const struct kpi_cases *cases;

	if (!kpi_cases(book, &cases))
		return false;
	for (size_t i = 0; i < cases->len; i++) {
		const struct kpi_story *story = cases->at[i].story;
		struct kpi_case is = {
			.story = story, .record = story->record, .traits = cases->at[i].traits
		};

		for (size_t j = 0; j < story->len && story->at[j].at < book->end; j++) {
			int was = is.is_there ? is.state : 3;
			case_turn_fn *turn;

			apply(book, &is, &story->at[j]);
			turn = is.state == 0 && was ? opened : is.state && !was ? closed : NULL;
			if (turn && cases->at[i].is_there && kpi_within(book, story->at[j].at) &&
			        kpi_counts(book, scope, CRM_CASE, is.owner, is.team))
				turn(book, tally, &is, &story->at[j]);
		}
	}
	return true;
}

static void count(struct kpi_book *book, struct kpi_tally *tally, const struct kpi_case *is,
        const struct kpi_event *event)
{
	kpi_add_case(book, tally, is)->at = event->at;
}

static void uncount(struct kpi_book *book, struct kpi_tally *tally, const struct kpi_case *is,
        const struct kpi_event *event)
{
	(void)event;
	kpi_add_case(book, tally, is)->value = -1;
}

static void count_again(struct kpi_book *book, struct kpi_tally *tally, const struct kpi_case *is,
        const struct kpi_event *event)
{
	if (event->what != CRM_EVENT_CREATED)
		kpi_add_case(book, tally, is);
}

/* Was it opened again within two weeks of this closing? Known until the as-of time. */
static void count_reopened(struct kpi_book *book, struct kpi_tally *tally,
        const struct kpi_case *is, const struct kpi_event *event)
{
	const struct kpi_event *end = is->story->at + is->story->len;
	struct kpi_case then = *is;
	struct kpi_point *point = kpi_add_case(book, tally, is);

	for (const struct kpi_event *at = event + 1; at < end && at->at < book->frame.as_of; at++) {
		apply(book, &then, at);
		if (at->at - event->at > REOPEN_DAYS * KPI_DAY)
			return;
		if (!then.state)
			point->good = true;
	}
}

bool kpi_of_cases_opened(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return turns(book, scope, tally, count, NULL);
}

bool kpi_of_cases_closed(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return turns(book, scope, tally, NULL, count);
}

bool kpi_of_backlog_change(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return turns(book, scope, tally, count, uncount);
}

bool kpi_of_cases_reopened(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return turns(book, scope, tally, count_again, NULL);
}

bool kpi_of_reopen_rate(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return turns(book, scope, tally, NULL, count_reopened);
}
