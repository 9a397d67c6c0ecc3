#include "base/base.h"
#include "base/str.h"
#include "crm/kpi_impl.h"
#include "store/house.h"

#include <stdlib.h>

enum { REOPEN_DAYS = 14 };

DB_STATEMENT(ACTIVE_ACCOUNTS,
        "SELECT COUNT(DISTINCT account) FROM crm_item WHERE noun IN (?1, ?2) AND account <> 0"
        " AND account > 0 AND +created < ?3 AND (state = 0 OR closed >= ?4)");

bool kpi_cases(struct kpi_book *book, const struct kpi_facts **cases)
{
	const struct kpi_past *past;

	if (!kpi_book_past(book, &past))
		return false;
	*cases = kpi_facts_at(book, &past->cases, INT64_MIN, book->end);
	return true;
}

/* ---- points ---- */

static bool is_open(const struct kpi_book *book, const struct kpi_fact *is)
{
	(void)book;
	return !is->state;
}

static bool is_unowned(const struct kpi_book *book, const struct kpi_fact *is)
{
	(void)book;
	return !is->state && !is->owner;
}

static bool is_answered(const struct kpi_book *book, const struct kpi_fact *is)
{
	return is->support.responded && kpi_within(book, is->support.responded);
}

static bool is_resolved(const struct kpi_book *book, const struct kpi_fact *is)
{
	return is->state == 1 && kpi_within(book, is->closed);
}

static bool is_complaint(const struct kpi_book *book, const struct kpi_fact *is)
{
	return is->support.is_complaint && kpi_within(book, is->created);
}

static void by_age(const struct kpi_book *book, const struct kpi_fact *is, struct kpi_point *point)
{
	point->value = (double)(book->end - is->created);
}

static void by_response(
        const struct kpi_book *book, const struct kpi_fact *is, struct kpi_point *point)
{
	(void)book;
	point->value = (double)is->support.response;
}

static void by_business_response(
        const struct kpi_book *book, const struct kpi_fact *is, struct kpi_point *point)
{
	point->value = (double)hours_between(book->frame.hours,
	        is->support.responded - is->support.response, is->support.responded);
}

static void by_resolution(
        const struct kpi_book *book, const struct kpi_fact *is, struct kpi_point *point)
{
	(void)book;
	point->value = (double)(is->closed - is->created);
}

/* Business time from the beginning to the last closing, but for what was spent in Pending. */
static void by_business(
        const struct kpi_book *book, const struct kpi_fact *is, struct kpi_point *point)
{
	const struct hours *hours = book->frame.hours;
	int64_t spent = hours_between(hours, is->created, is->closed), since = 0;
	struct kpi_fact then = kpi_fact(is->story);

	for (size_t i = 0; i < is->story->len && is->story->at[i].at <= is->closed; i++) {
		const struct kpi_event *event = &is->story->at[i];

		kpi_apply(&then, event);
		if (since && then.support.status != KPI_WORD_PENDING) {
			spent -= hours_between(hours, since, event->at);
			since = 0;
		} else if (!since && then.support.status == KPI_WORD_PENDING) {
			since = event->at;
		}
	}
	point->value = (double)spent;
}

#define CASES(name, test, shape) KPI_PICK(name, kpi_cases, test, shape)
CASES(cases_open, is_open, NULL)
CASES(cases_unassigned, is_unowned, by_age)
CASES(backlog_oldest, is_open, by_age)
CASES(backlog_age, is_open, by_age)
CASES(first_response, is_answered, by_response)
CASES(first_response_business, is_answered, by_business_response)
CASES(resolution, is_resolved, by_resolution)
CASES(resolution_business, is_resolved, by_business)
CASES(complaints, is_complaint, NULL)

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
	return db_done(rows) && kpi_pick(book, scope, tally, kpi_cases, is_complaint, NULL);
}

/* ---- openings and closings, each time ---- */

typedef void case_turn_fn(struct kpi_book *book, struct kpi_tally *tally, const struct kpi_fact *is,
        const struct kpi_event *event);

/* Calls opened (created, or again) and closed for each of the turns of P. NULL: none. */
static bool turns(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally,
        case_turn_fn *opened, case_turn_fn *closed)
{
	const struct kpi_facts *cases;

	if (!kpi_cases(book, &cases))
		return false;
	for (size_t i = 0; i < cases->len; i++) {
		const struct kpi_story *story = cases->at[i]->story;
		struct kpi_fact is = kpi_fact(story);

		if (story->at[story->len - 1].at < book->frame.from)
			continue;
		for (size_t j = 0; j < story->len && story->at[j].at < book->end; j++) {
			int was = is.is_there ? is.state : 3;
			case_turn_fn *turn;

			kpi_apply(&is, &story->at[j]);
			turn = is.state == 0 && was ? opened : is.state && !was ? closed : NULL;
			if (turn && cases->at[i]->is_there && kpi_within(book, story->at[j].at) &&
			        kpi_counts(book, scope, CRM_CASE, is.owner, is.team))
				turn(book, tally, &is, &story->at[j]);
		}
	}
	return true;
}

static void count(struct kpi_book *book, struct kpi_tally *tally, const struct kpi_fact *is,
        const struct kpi_event *event)
{
	kpi_add_fact(book, tally, is)->at = event->at;
}

static void uncount(struct kpi_book *book, struct kpi_tally *tally, const struct kpi_fact *is,
        const struct kpi_event *event)
{
	(void)event;
	kpi_add_fact(book, tally, is)->value = -1;
}

static void count_again(struct kpi_book *book, struct kpi_tally *tally, const struct kpi_fact *is,
        const struct kpi_event *event)
{
	if (event->what != CRM_EVENT_CREATED)
		kpi_add_fact(book, tally, is);
}

/* Was it opened again within two weeks of this closing? Known until the as-of time. */
static void count_reopened(struct kpi_book *book, struct kpi_tally *tally,
        const struct kpi_fact *is, const struct kpi_event *event)
{
	const struct kpi_event *end = is->story->at + is->story->len;
	struct kpi_fact then = *is;
	struct kpi_point *point = kpi_add_fact(book, tally, is);

	for (const struct kpi_event *at = event + 1; at < end && at->at < book->frame.as_of; at++) {
		kpi_apply(&then, at);
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
