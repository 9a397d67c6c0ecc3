/* Two campaigns in May 2026: what they cost, and what came of them. */
#include "kpi.h"

enum { FAIR = 41, WEB = 42 };

static void lead(struct fixture *f, int64_t record, int64_t when, int64_t campaign)
{
	EVENT(CRM_LEAD, record, CRM_EVENT_CREATED, when, ANN, .campaign = campaign,
	        .from = status(0, STATUS_NEW), .word = "New");
}

static void converted(
        struct fixture *f, int64_t record, int64_t when, int64_t campaign, int64_t deal)
{
	EVENT(CRM_LEAD, record, CRM_EVENT_CONVERTED, when, ANN, .campaign = campaign, .to = deal);
}

static void won(struct fixture *f, int64_t record, int64_t when, int64_t campaign, int64_t amount)
{
	EVENT(CRM_DEAL, record, CRM_EVENT_CREATED, when, ANN, .campaign = campaign,
	        .from = status(0, FIRST), .to = amount, .word = "First");
	EVENT(CRM_DEAL, record, CRM_EVENT_STATUS, when + DAY, ANN, .campaign = campaign,
	        .to = status(1, STAGE_WON), .word = "Won");
}

/* Cost in May: the fair 600.00 and 300.00, the web 100.00; in April the fair 5,000.00.
 * Leads: 1, 2, 3 of the fair, 4 of the web, 5 of none. 6 came by the fair in April; 1 was touched
 * by the web as well, on 8 May, before it was converted. Deals: 11 of lead 1 won 2,000.00; 16 of
 * lead 6 won 700.00; 17 of the web alone, no lead, 500.00; 18 of no campaign, 9,999.00. */
static void what_happened(struct fixture *f)
{
	stages(f);
	row(f, FAIR, CRM_CAMPAIGN, 0, "{\"name\":\"Fair\"}");
	row(f, WEB, CRM_CAMPAIGN, 0, "{\"name\":\"Web\"}");
	row(f, 61, CRM_COST, FAIR, "{\"date\":\"2026-05-01\",\"amount\":60000}");
	row(f, 62, CRM_COST, FAIR, "{\"date\":\"2026-05-31\",\"amount\":30000}");
	row(f, 63, CRM_COST, WEB, "{\"date\":\"2026-05-15\",\"amount\":10000}");
	row(f, 64, CRM_COST, FAIR, "{\"date\":\"2026-04-30\",\"amount\":500000}");
	lead(f, 1, at(5, 4, 9), FAIR);
	lead(f, 2, at(5, 4, 10), FAIR);
	lead(f, 3, at(5, 4, 11), FAIR);
	lead(f, 4, at(5, 4, 12), WEB);
	lead(f, 5, at(5, 4, 13), 0);
	lead(f, 6, at(4, 4, 9), FAIR);
	EVENT(CRM_LEAD, 1, CRM_EVENT_CAMPAIGN, at(5, 8, 9), ANN, .campaign = WEB, .from = FAIR,
	        .to = WEB);
	converted(f, 1, at(5, 11, 9), WEB, 11);
	won(f, 11, at(5, 11, 9), WEB, 200000);
	converted(f, 6, at(5, 12, 9), FAIR, 16);
	won(f, 16, at(5, 12, 9), FAIR, 70000);
	converted(f, 5, at(5, 13, 9), 0, 0);
	won(f, 17, at(5, 13, 9), WEB, 50000);
	won(f, 18, at(5, 13, 9), 0, 999900);
}

static void cost_is_counted_once(void **state)
{
	struct fixture *f = *state;
	struct kpi_tally tally;
	struct kpi_book *book;

	what_happened(f);
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	assert_figure(book, "campaign_cost", 100000);
	/* First touched in May: 1, 2, 3, 4. */
	assert_figure(book, "cost_per_lead", 25000);
	/* Converted in May and first touched by a campaign, whenever: 1 and 6. */
	assert_figure(book, "cost_per_qualified", 50000);
	/* Won: 11, 16, 17. */
	assert_figure(book, "cost_per_won", 100000.0 / 3);
	tally = tally_of(f, book, &everybody, "campaign_cost");
	assert_int_equal(group_of(book, &tally, KPI_BY_CAMPAIGN, FAIR)->points.len, 2);
	/* June: nothing spent, nothing came. */
	assert_none(book_of(f, at(6, 1, 0), at(7, 1, 0), at(6, 10, 0)), "cost_per_lead");
}

static void return_is_told_by_first_and_by_last_touch(void **state)
{
	struct fixture *f = *state;
	struct kpi_tally tally;
	struct kpi_book *book;

	what_happened(f);
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	/* All of it: (2,000 + 700 + 500 - 1,000) / 1,000. */
	assert_figure(book, "campaign_return_first", 220);
	assert_figure(book, "campaign_return_last", 220);
	/* First touch: the fair has 11 and 16, the web 17. */
	tally = tally_of(f, book, &everybody, "campaign_return_first");
	assert_int_equal(group_of(book, &tally, KPI_BY_CAMPAIGN, FAIR)->points.len, 2);
	assert_int_equal(group_of(book, &tally, KPI_BY_CAMPAIGN, WEB)->points.at[0].record, 17);
	/* Last touch: the fair has 16, the web 11 and 17. */
	tally = tally_of(f, book, &everybody, "campaign_return_last");
	assert_int_equal(group_of(book, &tally, KPI_BY_CAMPAIGN, FAIR)->points.at[0].record, 16);
	assert_int_equal(group_of(book, &tally, KPI_BY_CAMPAIGN, WEB)->points.len, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIGURES(cost_is_counted_once),
		FIGURES(return_is_told_by_first_and_by_last_touch),
	};

	return RUN_FIGURES(tests);
}
