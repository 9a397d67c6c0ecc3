/* Deals won, lost, open and expected: the figures of May 2026, each with its arithmetic. */
#include "kpi.h"

/* 1: Ann, 1,000.00, created 1 March, won 10 May      (70 days: 1 March to 10 May)
 * 2: Ann, 3,000.00, created 1 May, lost 20 May
 * 3: Ben, 500.00, created 20 April, won 15 May       (25 days)
 * 4: Ben, 2,000.00, open in Third (50), closes 28 May, commit
 * 5: Ann, 800.00, open in First with a chance of its own of 25, closes 30 May, best
 * 6: Ben, 1,200.00, open in Second (20), closes 15 June, commit
 * 7: Ann, 700.00, won 5 April: not of May
 * 8: Ann, 900.00, won 12 May, opened again 18 May: open at the end, in Third (50), no date
 * 9: Ben, 400.00, won 25 May, deleted 26 May */
static void what_happened(struct fixture *f)
{
	stages(f);
	deal(f, 1, ANN, at(3, 1, 0), 100000);
	stage(f, 1, ANN, at(5, 10, 0), STAGE_WON);
	deal(f, 2, ANN, at(5, 1, 9), 300000);
	stage(f, 2, ANN, at(5, 20, 12), STAGE_LOST);
	deal(f, 3, BEN, at(4, 20, 0), 50000);
	stage(f, 3, BEN, at(5, 15, 0), STAGE_WON);
	deal(f, 4, BEN, at(4, 1, 9), 200000);
	closes(f, 4, BEN, at(4, 1, 9), date(5, 28));
	stage(f, 4, BEN, at(4, 20, 9), THIRD);
	EVENT(CRM_DEAL, 4, CRM_EVENT_CHANCE, at(4, 20, 9), BEN, .to = 50, .word = "commit");
	deal(f, 5, ANN, at(5, 2, 9), 80000);
	closes(f, 5, ANN, at(5, 2, 9), date(5, 30));
	EVENT(CRM_DEAL, 5, CRM_EVENT_CHANCE, at(5, 3, 9), ANN, .to = 25, .word = "best");
	deal(f, 6, BEN, at(5, 2, 9), 120000);
	closes(f, 6, BEN, at(5, 2, 9), date(6, 15));
	stage(f, 6, BEN, at(5, 4, 9), SECOND);
	EVENT(CRM_DEAL, 6, CRM_EVENT_CHANCE, at(5, 4, 9), BEN, .to = 20, .word = "commit");
	deal(f, 7, ANN, at(1, 4, 9), 70000);
	stage(f, 7, ANN, at(4, 5, 9), STAGE_WON);
	deal(f, 8, ANN, at(5, 4, 9), 90000);
	stage(f, 8, ANN, at(5, 12, 9), STAGE_WON);
	stage(f, 8, ANN, at(5, 18, 9), THIRD);
	deal(f, 9, BEN, at(5, 4, 9), 40000);
	stage(f, 9, BEN, at(5, 25, 9), STAGE_WON);
	EVENT(CRM_DEAL, 9, CRM_EVENT_DELETED, at(5, 26, 9), BEN);
}

static struct kpi_book *may(struct fixture *f)
{
	what_happened(f);
	return book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
}

static void win_rate_is_won_in_won_and_lost(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book = may(f);

	/* Won 1 and 3, lost 2: 2 / 3; by amount (1,000 + 500) / (1,000 + 500 + 3,000). */
	assert_figure(book, "won_count", 2);
	assert_figure(book, "won_amount", 150000);
	assert_figure(book, "lost_count", 1);
	assert_figure(book, "lost_amount", 300000);
	assert_figure(book, "win_rate", 200.0 / 3);
	assert_figure(book, "win_rate_amount", 100.0 / 3);
	/* July: nothing closed. */
	assert_none(book_of(f, at(7, 1, 0), at(8, 1, 0), at(8, 1, 0)), "win_rate");
}

static void what_a_rep_won_is_hers(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book = may(f);
	struct kpi_scope ann = scope_of(f, ANN);
	struct kpi_tally tally;

	/* Ann: won 1, lost 2. */
	assert_number(figure(f, book, &ann, "win_rate").value, 50);
	assert_number(figure(f, book, &ann, "won_amount").value, 100000);
	/* And so says the table by rep. */
	tally = tally_of(f, book, &everybody, "won_amount");
	assert_int_equal(group_of(book, &tally, KPI_BY_OWNER, ANN)->points.len, 1);
	assert_int_equal(group_of(book, &tally, KPI_BY_OWNER, BEN)->points.at[0].record, 3);
}

static void a_past_date_knows_nothing_of_later(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book;

	what_happened(f);
	/* As of 13 May, 00:00: 1 won on the 10th, 8 on the 12th; 3 and 9 not yet; nothing lost. */
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 13, 0));
	assert_figure(book, "won_amount", 100000 + 90000);
	assert_figure(book, "win_rate", 100);
	/* Open then: 2, 3, 4, 5, 6, 9. */
	assert_figure(book, "open_deals", 6);
	/* As of 25 May, 12:00: 9 is won; 8 was opened again. */
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 25, 12));
	assert_figure(book, "won_amount", 100000 + 50000 + 40000);
}

static void weighted_is_amount_by_chance(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book = may(f);

	/* Open: 4, 5, 6, 8. */
	assert_figure(book, "open_deals", 4);
	assert_figure(book, "open_amount", 200000 + 80000 + 120000 + 90000);
	/* 2,000 * 50 + 800 * 25 (its own) + 1,200 * 20 + 900 * 50 (its stage's) per cent */
	assert_figure(book, "weighted_pipeline", 100000 + 20000 + 24000 + 45000);
}

static void coverage_is_what_closes_in_what_is_missing(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book = may(f);

	assert_none(book, "coverage");
	row(f, 50, CRM_GOAL, 0,
	        "{\"who\":1000,\"metric\":\"won_amount\",\"from\":\"2026-05-01\",\"to\":\"2026-06-"
	        "01\","
	        "\"target\":450000}");
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	/* Closing in May: 4 with 1,000 and 5 with 200; missing: 4,500 - 1,500. */
	assert_figure(book, "coverage", 100.0 * 120000 / 300000);
}

static void forecast_adds_up_by_category(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book = may(f);

	assert_figure(book, "forecast_closed", 150000);
	/* 6 is committed too, but for June. */
	assert_figure(book, "forecast_commit", 150000 + 200000);
	assert_figure(book, "forecast_best", 150000 + 200000 + 80000);
	assert_figure(book, "forecast_pipeline", 490000);
}

static void sales_cycle_is_the_median_from_creation_to_won(void **state)
{
	struct fixture *f = *state;
	struct kpi_figure cycle = figure(f, may(f), &everybody, "sales_cycle");

	/* 1: 70 days less the hour that 29 March had less; 3: 25 days. The median of two is
	 * between them. */
	assert_number(cycle.value, (70 - 1.0 / 24 + 25) / 2);
	assert_int_equal(cycle.n, 2);
}

static void a_goal_is_due_bit_by_bit(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book;

	what_happened(f);
	row(f, 50, CRM_GOAL, 0,
	        "{\"who\":1000,\"metric\":\"won_amount\",\"from\":\"2026-05-01\",\"to\":\"2026-06-"
	        "01\","
	        "\"target\":310000}");
	/* At the end of day 21 of 31: 2,100 are due, 1,000 + 500 won. */
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 22, 0));
	assert_figure(book, "goal_attainment", 100.0 * 150000 / 210000);
	assert_figure(book, "goal_full", 100.0 * 150000 / 310000);
}

static void a_goal_may_follow_a_curve(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book;
	struct kpi_goals goals = VEC_EMPTY;

	what_happened(f);
	row(f, 50, CRM_GOAL, 0,
	        "{\"who\":1000,\"metric\":\"won_amount\",\"from\":\"2026-04-01\",\"to\":\"2026-07-"
	        "01\","
	        "\"target\":1000000,\"curve\":{\"shares\":[1,3,6]}}");
	/* The quarter: 1/10 by the end of April, 4/10 by the end of May; half of June's 6/10 by the
	 * end of its 15th day. */
	book = book_of(f, at(4, 1, 0), at(7, 1, 0), at(6, 16, 0));
	must(f, kpi_goals(book, COMPANY, &everybody, &goals));
	assert_int_equal(goals.len, 1);
	assert_number(goals.at[0].to_date, 1000000 * 0.7);
	assert_number(goals.at[0].target, 1000000);
	/* Won since April: 1, 3 and 7. */
	assert_number(goals.at[0].reached, 100000 + 50000 + 70000);
	assert_figure(book, "goal_attainment", 100.0 * 220000 / 700000);
	/* The bare list says the same. */
	row(f, 51, CRM_GOAL, 0,
	        "{\"who\":1001,\"metric\":\"won_amount\",\"from\":\"2026-04-01\",\"to\":\"2026-07-"
	        "01\","
	        "\"target\":1000,\"curve\":[1,3,6]}");
	book = book_of(f, at(4, 1, 0), at(7, 1, 0), at(6, 16, 0));
	goals.len = 0;
	must(f, kpi_goals(book, ANN, &everybody, &goals));
	assert_number(goals.at[0].to_date, 700);
	/* For May alone 3/10 of the quarter's goal are due. */
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 16, 0));
	assert_figure(book, "goal_full", 100.0 * 150000 / 300000);
}

static void goals_of_a_month_and_of_its_quarter_are_not_added(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book;

	what_happened(f);
	row(f, 50, CRM_GOAL, 0,
	        "{\"who\":1000,\"metric\":\"won_amount\",\"from\":\"2026-04-01\",\"to\":\"2026-07-"
	        "01\","
	        "\"target\":900000}");
	row(f, 51, CRM_GOAL, 0,
	        "{\"who\":1000,\"metric\":\"won_amount\",\"from\":\"2026-05-01\",\"to\":\"2026-06-"
	        "01\","
	        "\"target\":300000}");
	row(f, 52, CRM_GOAL, 0,
	        "{\"who\":1001,\"metric\":\"won_amount\",\"from\":\"2026-05-01\",\"to\":\"2026-06-"
	        "01\","
	        "\"target\":77}");
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 16, 0));
	assert_figure(book, "goal_full", 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIGURES(win_rate_is_won_in_won_and_lost),
		FIGURES(what_a_rep_won_is_hers),
		FIGURES(a_past_date_knows_nothing_of_later),
		FIGURES(weighted_is_amount_by_chance),
		FIGURES(coverage_is_what_closes_in_what_is_missing),
		FIGURES(forecast_adds_up_by_category),
		FIGURES(sales_cycle_is_the_median_from_creation_to_won),
		FIGURES(a_goal_is_due_bit_by_bit),
		FIGURES(a_goal_may_follow_a_curve),
		FIGURES(goals_of_a_month_and_of_its_quarter_are_not_added),
	};

	return RUN_FIGURES(tests);
}
