/* Targets of cases: met, missed, not due yet. */
#include "cases.h"

static void targets(struct fixture *f, int64_t record, int64_t response, int64_t due, int state)
{
	char fields[100];

	snprintf(fields, sizeof(fields), "{\"kind\":\"Question\",\"response_due\":%lld}",
	        (long long)response);
	ITEM(record, CRM_CASE, ANN, .created = at(5, 4, 9), .due = due, .state = state,
	        .closed = state ? at(5, 5, 9) : 0, .fields = fields);
}

/* All of Monday 4 May 09:00; targets: response 10:00, resolution 17:00, but for 6.
 * 1: answered 09:30, closed 12:00: both met
 * 2: answered 10:30, closed Tuesday 09:00: both missed
 * 3: neither: both missed, when the clock passes
 * 4: closed 09:20 without an answer: both met
 * 5: rejected 09:30: has no targets
 * 6: targets in June; answered at once
 * 7: answered 09:10, closed 16:00, opened again 16:30: resolution missed */
static void what_happened(struct fixture *f)
{
	for (int64_t record = 1; record <= 7; record++)
		opened(f, record, at(5, 4, 9), ANN);
	replied(f, 1, at(5, 4, 9) + 30 * MINUTE, ANN, 30 * MINUTE);
	moved(f, 1, at(5, 4, 12), ANN, "Closed");
	replied(f, 2, at(5, 4, 10) + 30 * MINUTE, ANN, 90 * MINUTE);
	moved(f, 2, at(5, 5, 9), ANN, "Closed");
	moved(f, 4, at(5, 4, 9) + 20 * MINUTE, ANN, "Closed");
	moved(f, 5, at(5, 4, 9) + 30 * MINUTE, ANN, "Rejected");
	replied(f, 6, at(5, 4, 9) + MINUTE, ANN, MINUTE);
	replied(f, 7, at(5, 4, 9) + 10 * MINUTE, ANN, 10 * MINUTE);
	moved(f, 7, at(5, 4, 16), ANN, "Closed");
	reopened(f, 7, at(5, 4, 16) + 30 * MINUTE, ANN);
	for (int64_t record = 1; record <= 5; record++)
		targets(f, record, at(5, 4, 10), at(5, 4, 17),
		        record == 3   ? 0
		        : record == 5 ? 2
		                      : 1);
	targets(f, 6, at(6, 4, 10), at(6, 4, 17), 0);
	targets(f, 7, at(5, 4, 10), at(5, 4, 17), 0);
}

static void response_and_resolution_are_told_apart(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book;

	what_happened(f);
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	/* Due in May: 1, 2, 3, 4, 7. Response met: 1, 4, 7. Resolution met: 1, 4. */
	assert_figure(book, "sla_response", 60);
	assert_figure(book, "sla_resolution", 40);
	/* June: 6, answered long before, never closed. */
	book = book_of(f, at(6, 1, 0), at(7, 1, 0), at(6, 10, 0));
	assert_figure(book, "sla_response", 100);
	assert_figure(book, "sla_resolution", 0);
}

static void the_clock_stands_while_pending_and_stops_when_resolved(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book;

	/* 1 waits for the customer since 10:00; 2 was resolved at 11:00 and confirmed on Thursday;
	 * 3 is open. All were due at 17:00: met is 2, of 2 and 3. */
	for (int64_t record = 1; record <= 3; record++) {
		opened(f, record, at(5, 4, 9), ANN);
		targets(f, record, at(5, 4, 10), at(5, 4, 17), record == 2 ? 1 : 0);
	}
	moved(f, 1, at(5, 4, 10), ANN, "Pending");
	moved(f, 2, at(5, 4, 11), ANN, "Resolved, to confirm");
	moved(f, 2, at(5, 7, 9), ANN, "Closed");
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	assert_figure(book, "sla_resolution", 50);
	/* And it took two hours, not three days. */
	assert_figure(book, "resolution", 2 * HOUR);
}

static void a_breach_counts_when_the_clock_passes(void **state)
{
	struct fixture *f = *state;

	what_happened(f);
	/* At 10:00 sharp the response targets have not passed; a second later they have. */
	assert_none(book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 4, 10)), "sla_response");
	assert_figure(book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 4, 10) + 1), "sla_response", 60);
	assert_none(book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 4, 10) + 1), "sla_resolution");
}

static void risk_is_a_target_near_or_passed(void **state)
{
	struct fixture *f = *state;
	struct kpi_tally tally;

	what_happened(f);
	/* At 13:30: 2 and 3 have passed or near targets, 7 is due at 17:00, within four hours; 6 in
	 * June. */
	tally = tally_of(f, book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 4, 13) + 30 * MINUTE),
	        &everybody, "cases_at_risk");
	assert_int_equal(tally.points.len, 3);
	/* At 12:30 only 3 is: its response has passed; 2 and 7 have more than four hours left. */
	tally = tally_of(f, book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 4, 12) + 30 * MINUTE),
	        &everybody, "cases_at_risk");
	assert_int_equal(tally.points.len, 1);
	assert_int_equal(tally.points.at[0].record, 3);
	assert_number(tally.points.at[0].value, 2.5 * HOUR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIGURES(response_and_resolution_are_told_apart),
		FIGURES(the_clock_stands_while_pending_and_stops_when_resolved),
		FIGURES(a_breach_counts_when_the_clock_passes),
		FIGURES(risk_is_a_target_near_or_passed),
	};

	return RUN_FIGURES(tests);
}
