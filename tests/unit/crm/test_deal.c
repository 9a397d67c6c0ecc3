/* A deal: where it begins, won and lost, money of elsewhere. */
#include "crm.h"

DB_STATEMENT(AMOUNT, "SELECT amount FROM crm_item WHERE record = ?1");
DB_STATEMENT(STATE, "SELECT state FROM crm_item WHERE record = ?1");
DB_STATEMENT(CHANCE, "SELECT probability FROM crm_item WHERE record = ?1");
DB_STATEMENT(REQUESTS, "SELECT count(*) FROM crm_row WHERE noun = 36 AND parent = ?1");

static const char *stage(struct fixture *f, const char *name, const char *more)
{
	return arena_printf(
	        f->work.arena, "{'stage': %lld%s}", (long long)row_named(f, CRM_STAGE, name), more)
	        .ptr;
}

static void a_deal_begins_at_the_first_stage(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_DEAL, "{'name': 'Engines', 'amount': 100000}");

	assert_int_equal(crm_get_int(fields_of(f, CRM_DEAL, id), "stage"),
	        row_named(f, CRM_STAGE, "Prospecting"));
	assert_int_equal(crm_get_int(fields_of(f, CRM_DEAL, id), "pipeline"),
	        row_named(f, CRM_PIPELINE, "Sales"));
	assert_field(f, CRM_DEAL, id, "currency", "\"EUR\"");
	assert_int_equal(ask_number(f, &CHANCE, id), 10);
	assert_string_equal(events_of(f, id), "1:>Prospecting 3:> 7:>pipeline");
	assert_true(body_has(f, id, "BEGIN:VJOURNAL"));
	assert_true(body_has(f, id, "SUMMARY:Engines"));
	assert_true(body_has(f, id, "STATUS:DRAFT"));
	assert_false(body_has(f, id, "100000"));
}

static void winning_says_when_and_for_how_long_it_stood(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_DEAL, "{'name': 'Engines', 'probability': 30}");

	wait_for(f, 3600);
	change(f, CRM_DEAL, id, stage(f, "Won", ""));
	assert_field(f, CRM_DEAL, id, "won_at", with_id(f, "%lld", NOW + 3600));
	assert_field(f, CRM_DEAL, id, "probability", "");
	assert_int_equal(ask_number(f, &STATE, id), 1);
	assert_int_equal(ask_number(f, &CHANCE, id), 100);
	assert_string_equal(events_of(f, id),
	        "1:>Prospecting 3:> 7:>pipeline 2:Prospecting>Won 3600s 7:pipeline>pipeline");
	assert_true(body_has(f, id, "STATUS:FINAL"));
	change(f, CRM_DEAL, id, stage(f, "Proposal", ""));
	assert_field(f, CRM_DEAL, id, "won_at", "");
	assert_int_equal(ask_number(f, &STATE, id), 0);
}

static void losing_wants_a_reason(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_DEAL, "{'name': 'Engines'}");

	assert_true(is_refused(f, CRM_DEAL, id, stage(f, "Lost", ""), "lost_reason"));
	change(f, CRM_DEAL, id, stage(f, "Lost", ", 'lost_reason': 'price'"));
	assert_field(f, CRM_DEAL, id, "lost_reason", "\"Price\"");
	assert_field(f, CRM_DEAL, id, "lost_at", with_id(f, "%lld", NOW));
	change(f, CRM_DEAL, id, stage(f, "Proposal", ""));
	assert_field(f, CRM_DEAL, id, "lost_reason", "");
}

static void a_phone_is_asked_for_the_reason_later(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_DEAL, "{'name': 'Engines'}");
	struct edit_crm asked = { .noun = CRM_DEAL, .id = id, .base = -1, .via = VIA_DAV };

	work_step_end(&f->work);
	asked.set = values(f, stage(f, "Lost", ""));
	must(f, outcome(f, edit_crm_put(&f->work, &asked)) == ERR_NONE);
	assert_int_equal(ask_number(f, &STATE, id), 2);
	assert_int_equal(ask_number(f, &REQUESTS, id), 1);
	assert_string_equal(titles(f, CRM_REQUEST, "who:eq:me", ASK()), "Why was it lost?");
	become(f, &ben);
	assert_string_equal(titles(f, CRM_REQUEST, NULL, ASK()), "");
	become(f, &ann);
	change(f, CRM_DEAL, id, "{'lost_reason': 'Timing'}");
	assert_int_equal(ask_number(f, &REQUESTS, id), 0);
}

static void money_of_elsewhere_is_converted_at_the_rate_of_the_day(void **state)
{
	struct fixture *f = *state;
	int64_t id;

	become(f, &root);
	make(f, CRM_RATE, "{'currency': 'USD', 'from': '2020-01-01', 'micros': 500000}");
	make(f, CRM_RATE, "{'currency': 'USD', 'from': '2026-01-01', 'micros': 900000}");
	make(f, CRM_RATE, "{'currency': 'USD', 'from': '2099-01-01', 'micros': 100000}");
	become(f, &ann);
	id = make(f, CRM_DEAL, "{'name': 'Engines', 'amount': 1005, 'currency': 'usd'}");
	assert_field(f, CRM_DEAL, id, "currency", "\"USD\"");
	assert_int_equal(ask_number(f, &AMOUNT, id), 905);
	id = 0;
	assert_true(is_refused(
	        f, CRM_DEAL, 0, "{'name': 'E', 'amount': 1, 'currency': 'CHF'}", "currency"));
}

static void stages_belong_to_their_pipeline(void **state)
{
	struct fixture *f = *state;
	struct edit_crm asked = { .noun = CRM_STAGE, .base = -1, .position = -1 };
	int64_t pipeline, id;
	struct plan *plan;

	become(f, &root);
	pipeline = make(f, CRM_PIPELINE, "{'name': 'Renewals'}");
	work_step_end(&f->work);
	asked.parent = pipeline;
	asked.set = values(f, "{'name': 'Asked', 'type': 'open', 'probability': 60}");
	plan = edit_crm_put(&f->work, &asked);
	must(f, outcome(f, plan) == ERR_NONE);
	become(f, &ann);
	id = make(f, CRM_DEAL, with_id(f, "{'name': 'Engines', 'pipeline': %lld}", pipeline));
	assert_int_equal(crm_get_int(fields_of(f, CRM_DEAL, id), "stage"), edit_crm_id(plan));
	assert_true(is_refused(f, CRM_DEAL, 0,
	        arena_printf(f->work.arena, "{'name': 'E', 'pipeline': %lld, 'stage': %lld}",
	                (long long)pipeline, (long long)row_named(f, CRM_STAGE, "Won"))
	                .ptr,
	        "stage"));
}

static void a_stage_that_deals_stand_in_stays(void **state)
{
	struct fixture *f = *state;
	struct edit_crm asked = { .noun = CRM_STAGE, .base = -1 };

	make(f, CRM_DEAL, "{'name': 'Engines'}");
	become(f, &root);
	asked.id = row_named(f, CRM_STAGE, "Prospecting");
	assert_int_equal(outcome(f, edit_crm_delete(&f->work, &asked)), ERR_CRM_VALUE);
	err_clear(&f->work.err);
	asked.id = row_named(f, CRM_STAGE, "Proposal");
	must(f, outcome(f, edit_crm_delete(&f->work, &asked)) == ERR_NONE);
}

static void a_stage_that_is_renamed_is_so_in_lists_too(void **state)
{
	struct fixture *f = *state;

	make(f, CRM_DEAL, "{'name': 'Engines'}");
	become(f, &root);
	change(f, CRM_STAGE, row_named(f, CRM_STAGE, "Prospecting"), "{'name': 'First talk'}");
	assert_string_equal(
	        titles(f, CRM_DEAL,
	                with_id(f, "stage:eq:%lld", row_named(f, CRM_STAGE, "First talk")), ASK()),
	        "Engines");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(a_deal_begins_at_the_first_stage),
		CRM(winning_says_when_and_for_how_long_it_stood),
		CRM(losing_wants_a_reason),
		CRM(a_phone_is_asked_for_the_reason_later),
		CRM(money_of_elsewhere_is_converted_at_the_rate_of_the_day),
		CRM(stages_belong_to_their_pipeline),
		CRM(a_stage_that_deals_stand_in_stays),
		CRM(a_stage_that_is_renamed_is_so_in_lists_too),
	};

	return RUN_GATES(tests);
}
