/* Cases of May 2026: in and out, first answers, resolution, complaints. */
#include "cases.h"

/* 1: Monday 4 May 10:00, answered after 1 hour, closed Tuesday 12:00
 * 2: Friday 8 May 16:00, answered Monday 10:00 (66 hours), Pending from Monday 11:00 to Wednesday
 *    11:00, closed Wednesday 13:00
 * 3: 20 April 09:00, answered 4 May 09:00 (14 days), open
 * 4: Tuesday 5 May 09:00, closed 6 May 09:00, opened again 13 May 09:00, closed 14 May 09:00
 * 5: 6 May 09:00, rejected 6 May 10:00
 * 6: 1 April 09:00, closed 2 May 09:00, opened again 20 May 09:00 (18 days later): open
 * 7: 28 May 09:00, a machine has answered, open */
static void what_happened(struct fixture *f)
{
	opened(f, 1, at(5, 4, 10), ANN);
	replied(f, 1, at(5, 4, 11), ANN, HOUR);
	moved(f, 1, at(5, 5, 12), ANN, "Closed");
	opened(f, 2, at(5, 8, 16), ANN);
	replied(f, 2, at(5, 11, 10), ANN, 66 * HOUR);
	moved(f, 2, at(5, 11, 11), ANN, "Pending");
	moved(f, 2, at(5, 13, 11), ANN, "Working");
	moved(f, 2, at(5, 13, 13), ANN, "Closed");
	opened(f, 3, at(4, 20, 9), BEN);
	replied(f, 3, at(5, 4, 9), BEN, 14 * DAY);
	opened(f, 4, at(5, 5, 9), BEN);
	moved(f, 4, at(5, 6, 9), BEN, "Closed");
	reopened(f, 4, at(5, 13, 9), BEN);
	moved(f, 4, at(5, 14, 9), BEN, "Closed");
	opened(f, 5, at(5, 6, 9), BEN);
	moved(f, 5, at(5, 6, 10), BEN, "Rejected");
	opened(f, 6, at(4, 1, 9), ANN);
	moved(f, 6, at(5, 2, 9), ANN, "Closed");
	reopened(f, 6, at(5, 20, 9), ANN);
	opened(f, 7, at(5, 28, 9), ANN);
	EVENT(CRM_CASE, 7, CRM_EVENT_RESPONDED, at(5, 28, 9), ANN, .seconds = 1, .via = VIA_RULE);
}

static struct kpi_book *may(struct fixture *f)
{
	what_happened(f);
	return book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
}

static void backlog_is_what_came_less_what_went(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book = may(f), *april;

	/* Came: 1, 2, 4, 5, 7, and again 4 and 6. Went: 1, 2, 4, 5, 6, and 4 again. */
	assert_figure(book, "cases_opened", 7);
	assert_figure(book, "cases_closed", 6);
	assert_figure(book, "backlog_change", 1);
	/* Open: 3, 6, 7; at the end of April 3 and 6: 2 + 1 = 3. */
	assert_figure(book, "cases_open", 3);
	april = book_of(f, at(4, 1, 0), at(5, 1, 0), at(6, 10, 0));
	assert_figure(april, "cases_open", 2);
	/* The oldest is 6, since 1 April 09:00: 60 days and 15 hours; the middle one 3, since the
	 * 20th. */
	assert_figure(book, "backlog_oldest", 60 * DAY + 15 * HOUR);
	assert_figure(book, "backlog_age", 41 * DAY + 15 * HOUR);
	assert_none(book_of(f, at(3, 1, 0), at(4, 1, 0), at(6, 10, 0)), "backlog_oldest");
}

static void first_response_is_human(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book = may(f);
	struct kpi_figure response = figure(f, book, &everybody, "first_response");

	/* 1 hour, 66 hours, 14 days; the ninth tenth 0.8 of the way from the second to the third.
	 */
	assert_int_equal(response.n, 3);
	assert_number(response.value, 66 * HOUR);
	assert_number(response.p90, (66 + 0.8 * (336 - 66)) * HOUR);
	/* Business: 1 hour; 1 on Friday and 1 on Monday; ten days of 8 hours. */
	response = figure(f, book, &everybody, "first_response_business");
	assert_number(response.value, 2 * HOUR);
	assert_number(response.mean, (1 + 2 + 80) * HOUR / 3.0);
}

static void resolution_leaves_pending_out_of_business_time(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book = may(f);
	struct kpi_figure resolution = figure(f, book, &everybody, "resolution");

	/* Closed in May and at its end: 1: 26 hours; 2: 4 days 21 hours = 117 hours; 4: 9 days. 5
	 * was rejected, 6 is open again. */
	assert_int_equal(resolution.n, 3);
	assert_number(resolution.value, 117 * HOUR);
	assert_number(resolution.mean, (26 + 117 + 216) * HOUR / 3.0);
	/* Business: 1: 7 + 3. 2: Friday 1, Monday 8, Tuesday 8, Wednesday 4, less Pending: Monday
	 * 6, Tuesday 8, Wednesday 2 = 5. 4: seven days of 8 hours. */
	resolution = figure(f, book, &everybody, "resolution_business");
	assert_number(resolution.value, 10 * HOUR);
	assert_number(resolution.mean, (10 + 5 + 56) * HOUR / 3.0);
}

static void reopening_counts_for_two_weeks(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book = may(f);

	/* Six closings; the first one of 4 was undone after 7 days, that of 6 only after 18. */
	assert_figure(book, "reopen_rate", 100.0 / 6);
	assert_figure(book, "cases_reopened", 2);
	/* As of 12 May nobody knew: 1, 4, 5, 6 were closed. */
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 12, 0));
	assert_figure(book, "reopen_rate", 0);
	assert_figure(book, "cases_closed", 4);
}

/* 8: 4 May 09:00, closed 5 May 09:00 by mistake, which was undone on the 7th. */
static void a_closing_that_was_undone_never_was(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book;
	int64_t closing;

	what_happened(f);
	opened(f, 8, at(5, 4, 9), ANN);
	moved(f, 8, at(5, 5, 9), ANN, "Closed");
	closing = event_ids;
	EVENT(CRM_CASE, 8, CRM_EVENT_UNDONE, at(5, 7, 9), ANN, .from = closing, .word = "New");
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	assert_figure(book, "cases_closed", 6);
	assert_figure(book, "reopen_rate", 100.0 / 6);
	assert_figure(book, "cases_reopened", 2);
	assert_figure(book, "cases_open", 4);
	/* On the sixth nobody knew: 1, 4, 5, 6, 8. */
	assert_figure(book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 7, 0)), "cases_closed", 5);
}

static void a_case_deleted_is_no_case(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book;

	what_happened(f);
	EVENT(CRM_CASE, 3, CRM_EVENT_DELETED, at(5, 29, 9), BEN);
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	assert_figure(book, "cases_open", 2);
}

static void complaints_are_told_per_100_active_accounts(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book;

	what_happened(f);
	ITEM(1, CRM_CASE, ANN, .account = 101, .state = 1, .created = at(5, 4, 10),
	        .closed = at(5, 5, 12), .fields = "{\"kind\":\"Complaint\"}");
	ITEM(2, CRM_CASE, ANN, .account = 102, .state = 1, .created = at(5, 8, 16),
	        .closed = at(5, 13, 13),
	        .fields = "{\"kind\":\"Question\",\"note\":\"Complaint\"}");
	ITEM(3, CRM_CASE, BEN, .account = 101, .created = at(4, 20, 9),
	        .fields = "{\"kind\":\"Complaint\"}");
	/* Accounts 103 (an open deal), 104 (a deal won last summer) are active as well; 105 is not:
	 * its deal was lost two years ago; nor 106, whose first case comes in June. */
	ITEM(11, CRM_DEAL, ANN, .account = 103, .created = at(1, 4, 9));
	ITEM(12, CRM_DEAL, ANN, .account = 104, .created = at(1, 4, 9) - 300 * DAY, .state = 1,
	        .closed = at(6, 2, 9) - 360 * DAY);
	ITEM(13, CRM_DEAL, ANN, .account = 105, .created = at(1, 4, 9) - 900 * DAY, .state = 2,
	        .closed = at(1, 4, 9) - 700 * DAY);
	ITEM(14, CRM_CASE, ANN, .account = 106, .created = at(6, 2, 9));
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	/* Of May: 1 only (3 is of April); 1 / 4 accounts. */
	assert_figure(book, "complaints", 1);
	assert_figure(book, "complaint_rate", 25);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIGURES(backlog_is_what_came_less_what_went),
		FIGURES(first_response_is_human),
		FIGURES(resolution_leaves_pending_out_of_business_time),
		FIGURES(reopening_counts_for_two_weeks),
		FIGURES(a_closing_that_was_undone_never_was),
		FIGURES(a_case_deleted_is_no_case),
		FIGURES(complaints_are_told_per_100_active_accounts),
	};

	return RUN_FIGURES(tests);
}
