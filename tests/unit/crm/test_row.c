/* Rows: what must hold of each, who changes them, and what follows elsewhere. */
#include "crm.h"

static enum err_id try_below(
        struct fixture *f, enum crm_noun noun, int64_t parent, const char *json, int64_t *id)
{
	struct edit_crm asked = {
		.noun = noun, .parent = parent, .base = -1, .position = -1, .set = values(f, json)
	};
	struct plan *plan;
	enum err_id err;

	work_step_end(&f->work);
	err_clear(&f->work.err);
	plan = edit_crm_put(&f->work, &asked);
	err = outcome(f, plan);
	*id = err ? 0 : edit_crm_id(plan);
	return err;
}

static enum err_id remove_row(struct fixture *f, enum crm_noun noun, int64_t id)
{
	struct edit_crm asked = { .noun = noun, .id = id, .base = -1 };

	work_step_end(&f->work);
	err_clear(&f->work.err);
	return outcome(f, edit_crm_delete(&f->work, &asked));
}

static void rows_must_make_sense(void **state)
{
	struct fixture *f = *state;
	static const struct {
		enum crm_noun noun;
		const char *json, *field;
	} wrong[] = {
		{ CRM_PIPELINE, "{}", "name" },
		{ CRM_STAGE, "{'name': 'A', 'type': 'open'}", "parent" },
		{ CRM_COST, "{'date': '2026-01-01', 'amount': 5}", "parent" },
		{ CRM_NEED, "{'text': 'More'}", "parent" },
		{ CRM_GOAL,
		        "{'who': 1, 'metric': 'won_count', 'from': '2026-02-01',"
		        " 'to': '2026-01-01', 'target': 5}",
		        "to" },
		{ CRM_SLA, "{'name': 'A', 'priority': 'Low', 'response': 0, 'resolution': 5}",
		        "response" },
		{ CRM_SLA, "{'name': 'A', 'priority': 'Low', 'response': 9, 'resolution': 5}",
		        "resolution" },
		{ CRM_RATE, "{'currency': 'usd', 'from': '2026-01-01', 'micros': 5}", "currency" },
		{ CRM_RATE, "{'currency': 'USD', 'from': '2026-01-01', 'micros': 0}", "micros" },
		{ CRM_CHOICE, "{'list': 'source', 'name': 'EVENT'}", "name" },
		{ CRM_CHOICE, "{'list': 'nothing', 'name': 'New'}", "list" },
		{ CRM_LAYOUT, "{'noun': 'nothing', 'role': 'all', 'name': 'A'}", "noun" },
		{ CRM_FORM, "{'name': 'A', 'token': 'mine'}", "token" },
		{ CRM_CAMPAIGN, "{'name': 'A', 'colour': 'red'}", "colour" },
	};

	become(f, &root);
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		if (!is_refused(f, wrong[i].noun, 0, wrong[i].json, wrong[i].field))
			fail_msg("%s %s: %d %s", crm_noun_row(wrong[i].noun)->name, wrong[i].json,
			        (int)f->work.err.id, f->work.err.field);
	assert_true(is_refused(f, CRM_COVER, 0,
	        arena_printf(f->work.arena,
	                "{'absent': %lld, 'cover': %lld, 'from': '2026-01-01',"
	                " 'to': '2026-02-01'}",
	                (long long)ann.id, (long long)ann.id)
	                .ptr,
	        "cover"));
}

static void the_companys_settings_are_the_leaderships(void **state)
{
	struct fixture *f = *state;
	int64_t id = row_named(f, CRM_LEAD_STATUS, "Working");

	assert_int_equal(try_set(f, CRM_LEAD_STATUS, &id, "{'name': 'Mine'}"), ERR_NEED_PRIVILEGES);
	assert_int_equal(remove_row(f, CRM_LEAD_STATUS, id), ERR_NEED_PRIVILEGES);
	become(f, &carla);
	assert_int_equal(try_set(f, CRM_LEAD_STATUS, &id, "{'name': 'Mine'}"), ERR_NEED_PRIVILEGES);
	make(f, CRM_CAMPAIGN, "{'name': 'Spring'}");
	become(f, &root);
	change(f, CRM_LEAD_STATUS, id, "{'name': 'Ours'}");
}

static void one_pipeline_is_preset(void **state)
{
	struct fixture *f = *state;
	int64_t other;

	become(f, &root);
	other = make(f, CRM_PIPELINE, "{'name': 'Renewals', 'preset': true}");
	assert_string_equal(titles(f, CRM_PIPELINE, "preset:eq:true", ASK()), "Renewals");
	change(f, CRM_PIPELINE, row_named(f, CRM_PIPELINE, "Sales"), "{'preset': true}");
	assert_string_equal(titles(f, CRM_PIPELINE, "preset:eq:true", ASK()), "Sales");
	assert_int_equal(remove_row(f, CRM_PIPELINE, other), ERR_NONE);
}

static void what_records_rest_on_stays(void **state)
{
	struct fixture *f = *state;
	int64_t campaign, lead, cost;

	become(f, &root);
	campaign = make(f, CRM_CAMPAIGN, "{'name': 'Spring'}");
	assert_int_equal(
	        try_below(f, CRM_COST, campaign, "{'date': '2026-01-01', 'amount': 5}", &cost),
	        ERR_NONE);
	lead = make(f, CRM_LEAD, with_id(f, "{'name': 'Ada', 'campaign': %lld}", campaign));
	assert_int_equal(remove_row(f, CRM_CAMPAIGN, campaign), ERR_CRM_VALUE);
	assert_int_equal(remove_row(f, CRM_LEAD_STATUS, row_named(f, CRM_LEAD_STATUS, "New")),
	        ERR_CRM_VALUE);
	change(f, CRM_LEAD, lead, "{'campaign': null}");
	assert_int_equal(remove_row(f, CRM_CAMPAIGN, campaign), ERR_NONE);
	assert_null(entry_of(f, CRM_COST, cost));
}

static void needs_are_seen_with_their_account(void **state)
{
	struct fixture *f = *state;
	int64_t account, id;

	become(f, &root);
	account = make(f, CRM_ACCOUNT, with_id(f, "{'name': 'Acme', 'owner': %lld}", root.id));
	assert_int_equal(try_below(f, CRM_NEED, account, "{'text': 'More'}", &id), ERR_NONE);
	assert_field(f, CRM_NEED, id, "state", "\"open\"");
	/* Support sees all accounts; who sells, those of the team. */
	become(f, &ben);
	assert_non_null(entry_of(f, CRM_NEED, id));
	change(f, CRM_NEED, id, "{'state': 'met'}");
	become(f, &ann);
	assert_null(entry_of(f, CRM_NEED, id));
	assert_string_equal(titles(f, CRM_NEED, NULL, ASK()), "");
	assert_int_equal(
	        try_below(f, CRM_NEED, account, "{'text': 'Less'}", &id), ERR_NEED_PRIVILEGES);
}

static void goals_are_seen_by_whom_they_are_for_and_above(void **state)
{
	struct fixture *f = *state;
	static const char *const goal = "{'who': %lld, 'metric': 'won_count', 'from': '2026-01-01',"
	                                " 'to': '2027-01-01', 'target': 5}";
	int64_t hers, his, all;

	become(f, &root);
	hers = make(f, CRM_GOAL, with_id(f, goal, ann.id));
	his = make(f, CRM_GOAL, with_id(f, goal, ben.id));
	all = make(f, CRM_GOAL, with_id(f, goal, ann.company));
	become(f, &ann);
	assert_non_null(entry_of(f, CRM_GOAL, hers));
	assert_null(entry_of(f, CRM_GOAL, his));
	assert_non_null(entry_of(f, CRM_GOAL, all));
	become(f, &carla);
	assert_non_null(entry_of(f, CRM_GOAL, his));
}

static void forms_get_a_token(void **state)
{
	struct fixture *f = *state;
	int64_t id, other;

	become(f, &root);
	id = make(f, CRM_FORM, "{'name': 'Web'}");
	other = make(f, CRM_FORM, "{'name': 'Web'}");
	assert_int_equal(strlen(field_of(f, CRM_FORM, id, "token")), 34);
	assert_string_not_equal(
	        field_of(f, CRM_FORM, id, "token"), field_of(f, CRM_FORM, other, "token"));
}

/* Who sees what is worked out anew in the same commit. */
static void a_wider_view_is_there_at_once(void **state)
{
	struct fixture *f = *state;

	become(f, &root);
	make(f, CRM_LEAD, with_id(f, "{'name': 'Hers', 'owner': %lld}", carla.id));
	make(f, CRM_VISIBILITY, "{'role': 'sales', 'noun': 'leads', 'reach': 'all'}");
	who_is(f, &ann, ann.id, "ann");
	become(f, &ann);
	assert_string_equal(titles(f, CRM_LEAD, NULL, ASK()), "Hers");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(rows_must_make_sense),
		CRM(the_companys_settings_are_the_leaderships),
		CRM(one_pipeline_is_preset),
		CRM(what_records_rest_on_stays),
		CRM(needs_are_seen_with_their_account),
		CRM(goals_are_seen_by_whom_they_are_for_and_above),
		CRM(forms_get_a_token),
		CRM(a_wider_view_is_there_at_once),
	};

	return RUN_GATES(tests);
}
