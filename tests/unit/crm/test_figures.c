/* Dashboards of people: what they see of each other, and the records behind each number. All that
 * happens goes through the write gate, on Friday, 15 January 2027, from 09:00 in Berlin on. */
#include "crm.h"
#include "view/figures.h"

static int64_t deal, lead, task;

static const char *in_stage(struct fixture *f, const char *name)
{
	return with_id(f, "{'stage': %lld}", row_named(f, CRM_STAGE, name));
}

/* Ann wins 1,000.00 after an hour and has 500.00 in Proposal (50 %); a lead of hers waits; a task
 * is due at 11:00. Ben closes a case after two hours. */
static void what_happened(struct fixture *f)
{
	int64_t open, one;

	deal = make(f, CRM_DEAL, "{'name': 'Engines', 'amount': 100000}");
	open = make(f, CRM_DEAL, "{'name': 'Wheels', 'amount': 50000}");
	lead = make(f, CRM_LEAD, "{'name': 'Leo', 'source': 'Phone'}");
	task = make(f, CRM_TASK, with_id(f, "{'subject': 'Call', 'due': %lld}", NOW + 7200));
	wait_for(f, 3600);
	change(f, CRM_DEAL, deal, in_stage(f, "Won"));
	change(f, CRM_DEAL, open, in_stage(f, "Proposal"));
	become(f, &ben);
	one = make(f, CRM_CASE,
	        with_id(f, "{'subject': 'Printer', 'kind': 'Complaint', 'owner': %lld}", ben.id));
	wait_for(f, 7200);
	change(f, CRM_CASE, one, "{'status': 'Closed', 'cause': 'Other'}");
	become(f, &ann);
}

static struct figures *opened(struct fixture *f, const struct who *who, struct figures_ask ask)
{
	struct figures *figures;

	become(f, who);
	must(f, figures_open(&f->work, &ask, &figures));
	return figures;
}
#define OPEN(who, ...) opened(f, (who), (struct figures_ask){ __VA_ARGS__ })

static json_t *page_of(struct fixture *f, struct figures *figures)
{
	json_t *page;

	must(f, figures_page(&f->work, figures, &page));
	return page;
}

static int64_t value(const json_t *page, const char *name)
{
	const json_t *figure = json_object_get(json_object_get(page, "figures"), name);

	if (!figure)
		fail_msg("%s is not there", name);
	return (int64_t)json_number_value(json_object_get(figure, "value"));
}

static const json_t *first(const json_t *page, const char *list)
{
	const json_t *rows = json_object_get(json_object_get(page, "lists"), list);

	if (!json_array_size(rows))
		fail_msg("%s is empty", list);
	return json_array_get(rows, 0);
}

static int64_t cell(const json_t *row, const char *name)
{
	return (int64_t)json_number_value(json_object_get(json_object_get(row, name), "value"));
}

static void a_rep_sees_her_own_numbers(void **state)
{
	struct fixture *f = *state;
	json_t *page;

	what_happened(f);
	page = page_of(f, OPEN(&ann, .page = KPI_SALES));
	assert_int_equal(value(page, "won_amount"), 100000);
	assert_int_equal(value(page, "win_rate"), 100);
	assert_int_equal(value(page, "open_deals"), 1);
	assert_int_equal(value(page, "weighted_pipeline"), 25000);
	assert_int_equal(value(page, "leads_created"), 1);
	/* The stages stand in their order, those without deals too. */
	assert_string_equal(crm_get_text(first(page, "stages"), "name").ptr, "Prospecting");
	assert_int_equal(
	        json_array_size(json_object_get(json_object_get(page, "lists"), "stages")), 4);
	assert_int_equal(
	        json_array_size(json_object_get(json_object_get(page, "series"), "won_by_month")),
	        12);
	/* Ben has no deals, and sees none. */
	page = page_of(f, OPEN(&ben, .page = KPI_SALES));
	assert_int_equal(value(page, "won_amount"), 0);
}

static void nobody_looks_over_a_shoulder(void **state)
{
	struct fixture *f = *state;
	struct figures_ask ask = { .page = KPI_SALES, .who = ann.id };
	struct figures *figures;

	what_happened(f);
	become(f, &ben);
	assert_false(figures_open(&f->work, &ask, &figures));
	assert_int_equal(f->work.err.id, ERR_FORBIDDEN);
	become(f, &ben);
	ask.who = 999999;
	assert_false(figures_open(&f->work, &ask, &figures));
	assert_int_equal(f->work.err.id, ERR_NOT_FOUND);
}

static void a_manager_sees_each_rep(void **state)
{
	struct fixture *f = *state;
	const json_t *row;
	json_t *page;

	what_happened(f);
	page = page_of(f, OPEN(&carla, .page = KPI_MANAGER, .who = north));
	assert_int_equal(value(page, "won_amount"), 100000);
	assert_int_equal(value(page, "cases_closed"), 1);
	row = first(page, "sales_reps");
	assert_int_equal(crm_get_int(row, "id"), ann.id);
	assert_string_equal(crm_get_text(row, "name").ptr, "ann");
	assert_int_equal(cell(row, "won_amount"), 100000);
	row = first(page, "support_reps");
	assert_int_equal(crm_get_int(row, "id"), ben.id);
	assert_int_equal(cell(row, "resolution"), 7200);
	/* One rep is no team to stand beside. */
	page = page_of(f, OPEN(&ben, .page = KPI_SUPPORT, .who = ben.id));
	assert_null(json_object_get(
	        json_object_get(json_object_get(page, "figures"), "resolution"), "median"));
	assert_int_equal(value(page, "complaints"), 1);
}

static void each_number_opens_its_records(void **state)
{
	struct fixture *f = *state;
	struct figures_part part = { .kpi = kpi_find(TEXT("won_amount")),
		.owner = -1,
		.team = -1,
		.campaign = -1,
		.stage = -1,
		.limit = 10 };
	struct figures_records records;
	const json_t *figure;
	json_t *page;

	what_happened(f);
	page = page_of(f, OPEN(&carla, .page = KPI_SALES));
	figure = json_object_get(json_object_get(page, "figures"), "won_amount");
	assert_string_equal(crm_get_text(figure, "records").ptr,
	        "/figures/won_amount/records?from=2027-01-01&to=2027-02-01&as_of=2027-01-15");
	must(f, figures_records(&f->work, OPEN(&carla), &part, &records));
	assert_int_equal(records.total, 1);
	assert_int_equal(records.entries.at[0].id, deal);
	/* Of somebody else there is nothing; nor does somebody else see it. */
	part.owner = ben.id;
	must(f, figures_records(&f->work, OPEN(&carla), &part, &records));
	assert_int_equal(records.total, 0);
	part.owner = -1;
	must(f, figures_records(&f->work, OPEN(&ben), &part, &records));
	assert_int_equal(records.total, 0);
}

static void records_come_in_pages(void **state)
{
	struct fixture *f = *state;
	struct figures_part part = { .kpi = kpi_find(TEXT("open_deals")),
		.owner = -1,
		.team = -1,
		.campaign = -1,
		.stage = -1,
		.limit = 2 };
	struct figures_records records;

	for (int i = 0; i < 3; i++)
		make(f, CRM_DEAL, "{'name': 'Engines', 'amount': 100000}");
	must(f, figures_records(&f->work, OPEN(&ann), &part, &records));
	assert_int_equal(records.total, 3);
	assert_int_equal(records.entries.len, 2);
	assert_int_equal(records.next, 2);
	part.offset = records.next;
	must(f, figures_records(&f->work, OPEN(&ann), &part, &records));
	assert_int_equal(records.entries.len, 1);
	assert_int_equal(records.next, 0);
}

static void home_is_the_day(void **state)
{
	struct fixture *f = *state;
	json_t *page;

	what_happened(f);
	page = page_of(f, OPEN(&ann, .page = KPI_HOME));
	assert_int_equal(crm_get_int(first(page, "tasks"), "id"), task);
	assert_int_equal(crm_get_int(first(page, "leads"), "id"), lead);
	assert_int_equal(crm_get_int(first(page, "leads"), "seconds"), 3 * 3600 + 1);
	/* How the company goes is everybody's to know, but not whose it is. */
	page = page_of(f, OPEN(&ben, .page = KPI_HOME));
	assert_int_equal(value(page, "won_amount"), 0);
	assert_int_equal(cell(first(page, "headline"), "won_amount"), 100000);
	assert_null(
	        json_object_get(json_object_get(first(page, "headline"), "won_amount"), "records"));
}

static void a_past_date_is_told_as_it_was(void **state)
{
	struct fixture *f = *state;
	json_t *page;

	what_happened(f);
	wait_for(f, 5 * 86400);
	change(f, CRM_DEAL, deal, in_stage(f, "Proposal"));
	page = page_of(f, OPEN(&ann, .page = KPI_SALES));
	assert_int_equal(value(page, "won_amount"), 0);
	page = page_of(f, OPEN(&ann, .page = KPI_SALES, .as_of = TEXT("2027-01-16")));
	assert_int_equal(value(page, "won_amount"), 100000);
	/* The day before nothing had happened. */
	page = page_of(f, OPEN(&ann, .page = KPI_SALES, .as_of = TEXT("2027-01-14")));
	assert_int_equal(value(page, "open_deals"), 0);
}

static void every_page_can_be_asked_for(void **state)
{
	static const enum kpi_page PAGES[] = { KPI_HOME, KPI_SALES, KPI_SUPPORT, KPI_MANAGER,
		KPI_COMPANY, KPI_CAMPAIGNS };
	struct fixture *f = *state;

	what_happened(f);
	for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
		json_t *page = page_of(f, OPEN(&root, .page = PAGES[i]));
		const struct kpi *kpi;

		for (size_t j = 0; (kpi = kpi_at(j)); j++)
			assert_true(!!(kpi->pages & PAGES[i]) ==
			            !!json_object_get(json_object_get(page, "figures"), kpi->name));
	}
}

static void a_period_must_be_one(void **state)
{
	static const struct figures_ask WRONG[] = {
		{ .from = TEXT_INIT("2027-01-32") },
		{ .from = TEXT_INIT("27-01-02") },
		{ .from = TEXT_INIT("2027-02-01"), .to = TEXT_INIT("2027-02-01") },
		{ .from = TEXT_INIT("2007-02-01"), .to = TEXT_INIT("2027-02-01") },
		{ .as_of = TEXT_INIT("yesterday!") },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(WRONG); i++) {
		struct figures *figures;

		become(f, &ann);
		assert_false(figures_open(&f->work, &WRONG[i], &figures));
		assert_int_equal(f->work.err.id, ERR_BAD_REQUEST);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(a_rep_sees_her_own_numbers),
		CRM(nobody_looks_over_a_shoulder),
		CRM(a_manager_sees_each_rep),
		CRM(each_number_opens_its_records),
		CRM(records_come_in_pages),
		CRM(home_is_the_day),
		CRM(a_past_date_is_told_as_it_was),
		CRM(every_page_can_be_asked_for),
		CRM(a_period_must_be_one),
	};

	return RUN_GATES(tests);
}
