/* Leads of May 2026: how many, how fast they were answered, what became of them. */
#include "kpi.h"

static void lead(struct fixture *f, int64_t record, int64_t when, int64_t owner, const char *source)
{
	EVENT(CRM_LEAD, record, CRM_EVENT_CREATED, when, owner, .team = TEAM, .word = "New",
	        .from = status(0, STATUS_NEW), .source = source);
}

static void answered(
        struct fixture *f, int64_t record, int64_t when, int64_t owner, enum crm_via via)
{
	EVENT(CRM_LEAD, record, CRM_EVENT_RESPONDED, when, owner, .team = TEAM, .word = "Call",
	        .source = record == 3 ? "Phone" : "Web", .via = via);
}

static void converted(struct fixture *f, int64_t record, int64_t when, int64_t owner)
{
	EVENT(CRM_LEAD, record, CRM_EVENT_STATUS, when, owner, .to = status(1, STATUS_CONVERTED),
	        .source = "Web", .word = "Converted");
	EVENT(CRM_LEAD, record, CRM_EVENT_CONVERTED, when, owner, .source = "Web");
}

/* Answered in May:
 * 1: Monday 4 May 10:00, after 30 minutes
 * 2: Tuesday 5 May 12:00, after 2 hours
 * 3: Friday 8 May 16:00; by a machine at once, by Ben on Monday at 10:00: 66 hours, 2 of them of
 *    business
 * 4: Monday 11 May 09:00, nobody yet
 * 5: 29 April: not of May, converted on 6 May */
static void what_happened(struct fixture *f)
{
	lead(f, 1, at(5, 4, 10), ANN, "Web");
	answered(f, 1, at(5, 4, 10) + 30 * MINUTE, ANN, VIA_WEB);
	lead(f, 2, at(5, 5, 12), ANN, "Web");
	answered(f, 2, at(5, 5, 14), ANN, VIA_DAV);
	answered(f, 2, at(5, 6, 14), ANN, VIA_DAV);
	lead(f, 3, at(5, 8, 16), BEN, "Phone");
	answered(f, 3, at(5, 8, 16) + 1, BEN, VIA_RULE);
	answered(f, 3, at(5, 11, 10), BEN, VIA_WEB);
	lead(f, 4, at(5, 11, 9), BEN, "Web");
	lead(f, 5, at(4, 29, 9), ANN, "Fair");
	converted(f, 5, at(5, 6, 9), ANN);
}

static void response_is_told_of_the_first_human_answer(void **state)
{
	struct fixture *f = *state;
	struct kpi_figure response;
	struct kpi_book *book;

	what_happened(f);
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	response = figure(f, book, &everybody, "lead_response");
	/* 30 minutes, 2 hours, 66 hours: the middle one; the ninth tenth lies 0.8 of the way from
	 * the second to the third. */
	assert_int_equal(response.n, 3);
	assert_number(response.value, 2 * HOUR);
	assert_number(response.p90, (2 + 0.8 * 64) * HOUR);
	/* In business hours: 30 minutes, 2 hours, 1 hour on Friday and 1 on Monday. */
	response = figure(f, book, &everybody, "lead_response_business");
	assert_number(response.value, 2 * HOUR);
	assert_number(response.mean, 4.5 * HOUR / 3);
	/* Within the hour: 1 of 4. */
	assert_figure(book, "lead_within_hour", 25);
}

static void who_has_not_had_an_hour_is_not_late(void **state)
{
	struct fixture *f = *state;

	what_happened(f);
	/* On 11 May at 09:59 lead 4 has waited for 59 minutes; of 3 a machine has answered only. */
	assert_figure(book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 11, 10) - MINUTE),
	        "lead_within_hour", 100.0 / 3);
	assert_figure(book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 11, 10)), "lead_within_hour", 25);
}

static void conversion_is_of_those_created(void **state)
{
	struct fixture *f = *state;
	struct kpi_tally tally;
	struct kpi_figure web;
	struct kpi_book *book;

	what_happened(f);
	converted(f, 1, at(5, 20, 9), ANN);
	converted(f, 2, at(6, 5, 9), ANN);
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	assert_figure(book, "leads_created", 4);
	/* 1 and 2 of four, 2 in June; converted in May: 1 and 5. */
	assert_figure(book, "lead_conversion", 50);
	assert_figure(book, "leads_converted", 2);
	/* From the web: 1, 2 and 4, of which 1 and 2. */
	tally = tally_of(f, book, &everybody, "lead_conversion");
	for (size_t i = 0; i < tally.points.len; i++)
		if (text_eq(kpi_word(book, tally.points.at[i].source), TEXT("Web")))
			web.n = tally.points.at[i].source;
	kpi_work_out(kpi_find(TEXT("lead_conversion")),
	        group_of(book, &tally, KPI_BY_SOURCE, web.n), &web);
	assert_int_equal(web.n, 3);
	assert_number(web.value, 200.0 / 3);
	/* As of the end of May 2 was not. */
	assert_figure(book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 1, 0)), "lead_conversion", 25);
}

static void leads_wait_until_somebody_answers(void **state)
{
	struct fixture *f = *state;
	struct kpi_scope ben = scope_of(f, BEN);
	struct kpi_tally tally;

	what_happened(f);
	row(f, STATUS_NEW, CRM_LEAD_STATUS, 0, "{\"name\":\"New\",\"type\":\"new\"}");
	row(f, STATUS_WORKING, CRM_LEAD_STATUS, 0, "{\"name\":\"Working\",\"type\":\"working\"}");
	for (int64_t record = 1; record <= 4; record++)
		ITEM(record, CRM_LEAD, record < 3 ? ANN : BEN, .status = "New");
	/* On 12 May only 4 waits, for a day. */
	tally = tally_of(
	        f, book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 12, 9)), &ben, "leads_waiting");
	assert_int_equal(tally.points.len, 1);
	assert_int_equal(tally.points.at[0].record, 4);
	assert_number(tally.points.at[0].value, DAY);
	/* On 5 May at 13:00 it was 2: known though it was answered since. 5 waits as well: it is
	 * converted only on the 6th. */
	tally = tally_of(
	        f, book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 5, 13)), &everybody, "leads_waiting");
	assert_int_equal(tally.points.len, 2);
}

static void what_nobody_owns_waits_in_its_queue(void **state)
{
	struct fixture *f = *state;
	struct kpi_scope team = scope_of(f, TEAM);
	struct kpi_tally tally;

	lead(f, 1, at(5, 4, 10), 0, "Web");
	lead(f, 2, at(5, 4, 11), 0, "Web");
	EVENT(CRM_LEAD, 2, CRM_EVENT_OWNER, at(5, 4, 12), ANN, .team = TEAM, .to = ANN);
	ITEM(1, CRM_LEAD, 0, .status = "New");
	ITEM(2, CRM_LEAD, ANN, .status = "New");
	tally = tally_of(
	        f, book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 5, 10)), &team, "leads_unassigned");
	assert_int_equal(tally.points.len, 1);
	assert_number(tally.points.at[0].value, DAY);
	/* An hour and a half after 10:00 both did. */
	tally = tally_of(f, book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 4, 11) + 30 * MINUTE), &team,
	        "leads_unassigned");
	assert_int_equal(tally.points.len, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIGURES(response_is_told_of_the_first_human_answer),
		FIGURES(who_has_not_had_an_hour_is_not_late),
		FIGURES(conversion_is_of_those_created),
		FIGURES(leads_wait_until_somebody_answers),
		FIGURES(what_nobody_owns_waits_in_its_queue),
	};

	return RUN_FIGURES(tests);
}
