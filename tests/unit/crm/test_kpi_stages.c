/* Stages passed in May 2026, time spent in them, and deals gone stale. */
#include "kpi.h"

/* 1: First 1 May, Second 5 May, Third 11 May, won 21 May
 * 2: First 2 May, lost 12 May
 * 3: First 3 May, Second 13 May, back to First 15 May, Second again 19 May; open
 * 4: First 20 April, Second 4 May, lost 8 May
 * 5: First 6 May; to Second on 5 June, which counts: "ever" */
static void what_happened(struct fixture *f)
{
	stages(f);
	deal(f, 1, ANN, at(5, 1, 9), 100);
	stage(f, 1, ANN, at(5, 5, 9), SECOND);
	stage(f, 1, ANN, at(5, 11, 9), THIRD);
	stage(f, 1, ANN, at(5, 21, 9), STAGE_WON);
	deal(f, 2, ANN, at(5, 2, 9), 100);
	stage(f, 2, ANN, at(5, 12, 9), STAGE_LOST);
	deal(f, 3, ANN, at(5, 3, 9), 100);
	stage(f, 3, ANN, at(5, 13, 9), SECOND);
	stage(f, 3, ANN, at(5, 15, 9), FIRST);
	stage(f, 3, ANN, at(5, 19, 9), SECOND);
	deal(f, 4, ANN, at(4, 20, 9), 100);
	stage(f, 4, ANN, at(5, 4, 9), SECOND);
	stage(f, 4, ANN, at(5, 8, 9), STAGE_LOST);
	deal(f, 5, ANN, at(5, 6, 9), 100);
	stage(f, 5, ANN, at(6, 5, 9), SECOND);
}

static double share(struct kpi_book *book, const struct kpi_tally *tally, int64_t key)
{
	struct kpi_figure figure;

	kpi_work_out(kpi_find(TEXT("stage_conversion")), group_of(book, tally, KPI_BY_STAGE, key),
	        &figure);
	return figure.value;
}

static void conversion_counts_each_deal_once(void **state)
{
	struct fixture *f = *state;
	struct kpi_tally tally;
	struct kpi_book *book;

	what_happened(f);
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	tally = tally_of(f, book, &everybody, "stage_conversion");
	/* First: entered by 1, 2, 3, 5 (4 was there in April); all but 2 went on. */
	assert_number(share(book, &tally, FIRST), 75);
	/* Second: first entered by 1, 3, 4; only 1 went on. */
	assert_number(share(book, &tally, SECOND), 100.0 / 3);
	/* Third: 1, which was won. */
	assert_number(share(book, &tally, THIRD), 100);
	/* In the week before 5 June 5 had not gone on: 2 of 4. */
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 1, 0));
	tally = tally_of(f, book, &everybody, "stage_conversion");
	assert_number(share(book, &tally, FIRST), 50);
}

static void age_runs_from_the_entry(void **state)
{
	struct fixture *f = *state;
	struct kpi_figure age;

	what_happened(f);
	/* At the end of May 3 is in Second since the 19th, 09:00, 5 in First since the 6th. */
	age = figure(
	        f, book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 1, 0)), &everybody, "age_in_stage");
	assert_int_equal(age.n, 2);
	assert_number(age.value, (12.625 + 25.625) / 2);
	assert_number(age.mean, (12.625 + 25.625) / 2);
}

static void time_is_told_visit_by_visit(void **state)
{
	struct fixture *f = *state;
	struct kpi_figure time;

	what_happened(f);
	/* Visits that ended in May, in days: 1: 4, 6, 10; 2: 10; 3: 10, 2, 4; 4: 14, 4. Sorted 2 4
	 * 4 4 6 10 10 10 14: the middle one is 6, the mean 64 / 9. */
	time = figure(
	        f, book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 1, 0)), &everybody, "time_in_stage");
	assert_int_equal(time.n, 9);
	assert_number(time.value, 6);
	assert_number(time.mean, 64.0 / 9);
}

static void a_stale_deal_has_waited_twice_the_median(void **state)
{
	struct fixture *f = *state;
	struct kpi_tally tally;

	what_happened(f);
	/* Visits to First that ended before 1 June: 4, 10, 10, 4 (of 3, again), 14 days: the median
	 * is
	 * 10. To Second: 6, 2, 4: 4.
	 * 3 has been in Second for 12.625 days, more than 8: stale. 5 in First for 25.625, more
	 * than 20: stale, but for the call of 14 May, 12:00, 17.5 days before. */
	tally = tally_of(
	        f, book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 1, 0)), &everybody, "stale_deals");
	assert_int_equal(tally.points.len, 2);
	ITEM(3, CRM_DEAL, ANN);
	ITEM(5, CRM_DEAL, ANN);
	ITEM(60, CRM_NOTE, ANN, .parent = 5, .start = at(5, 14, 12));
	tally = tally_of(
	        f, book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 1, 0)), &everybody, "stale_deals");
	assert_int_equal(tally.points.len, 1);
	assert_int_equal(tally.points.at[0].record, 3);
	/* A meeting that is still to come is no activity. */
	ITEM(61, CRM_MEETING, ANN, .parent = 3, .start = at(6, 2, 12));
	tally = tally_of(
	        f, book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 1, 0)), &everybody, "stale_deals");
	assert_int_equal(tally.points.len, 1);
	/* A task that was finished is. */
	ITEM(62, CRM_TASK, ANN, .parent = 3, .state = 1, .closed = at(5, 30, 12));
	tally = tally_of(
	        f, book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 1, 0)), &everybody, "stale_deals");
	assert_int_equal(tally.points.len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIGURES(conversion_counts_each_deal_once),
		FIGURES(age_runs_from_the_entry),
		FIGURES(time_is_told_visit_by_visit),
		FIGURES(a_stale_deal_has_waited_twice_the_median),
	};

	return RUN_FIGURES(tests);
}
