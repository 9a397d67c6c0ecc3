/* Lists: filters of every kind, every order both ways, pages that neither repeat nor skip, and only
 * what may be seen. */
#include "crm.h"

static void three_leads(struct fixture *f)
{
	make(f, CRM_LEAD,
	        "{'name': 'Ada Byron', 'company': 'Acme', 'score': 5, 'value': 300,"
	        " 'tags': ['engine', 'vip'], 'do_not_call': true}");
	wait_for(f, 10);
	make(f, CRM_LEAD,
	        "{'name': 'Bob Ähre', 'score': 9, 'value': 100, 'source': 'Event',"
	        " 'phones': ['+49 30 1234567']}");
	wait_for(f, 10);
	make(f, CRM_LEAD, "{'name': 'Cy Dent', 'score': 7, 'value': 200, 'job_title': 'Buyer'}");
}

#define assert_list(f, filters, ...) \
	assert_string_equal(titles(f, CRM_LEAD, filters, ASK()), __VA_ARGS__)

static void filters_mean_what_they_say(void **state)
{
	struct fixture *f = *state;

	three_leads(f);
	assert_list(f, "source:eq:Event", "Bob Ähre");
	assert_list(f, "source:eq:event", "Bob Ähre");
	assert_list(f, "source:ne:Event", "Ada Byron,Cy Dent");
	assert_list(f, "source:eq:none", "Ada Byron,Cy Dent");
	assert_list(f, "source:set:", "Bob Ähre");
	assert_list(f, "source:in:Event|Mail", "Bob Ähre");
	assert_list(f, "score:ge:7", "Bob Ähre,Cy Dent");
	assert_list(f, "score:gt:7", "Bob Ähre");
	assert_list(f, "score:lt:7", "Ada Byron");
	assert_list(f, "score:le:7 value:gt:200", "Ada Byron");
	assert_list(f, "name:contains:ahre", "Bob Ähre");
	assert_list(f, "tags:contains:vip", "Ada Byron");
	assert_list(f, "tags:ne:vip", "Bob Ähre,Cy Dent");
	assert_list(f, "tags:empty:", "Bob Ähre,Cy Dent");
	assert_list(f, "do_not_call:eq:true", "Ada Byron");
	assert_list(f, "do_not_call:eq:false", "Bob Ähre,Cy Dent");
	assert_list(f, "owner:eq:me", "Ada Byron,Bob Ähre,Cy Dent");
	assert_list(f, "owner:eq:none", "");
	assert_list(f, "text:contains:acme", "Ada Byron");
	assert_list(f, "created:ge:today created:lt:+1d", "Ada Byron,Bob Ähre,Cy Dent");
	assert_list(f, "created:lt:-1d", "");
	assert_list(f, arena_printf(f->work.arena, "created:gt:%d", NOW).ptr, "Bob Ähre,Cy Dent");
	assert_list(f, "state:eq:0", "Ada Byron,Bob Ähre,Cy Dent");
	assert_list(f, "state:in:1|2", "");
}

static void a_lead_is_found_by_its_status(void **state)
{
	struct fixture *f = *state;
	int64_t dead = row_named(f, CRM_LEAD_STATUS, "Dead"), id;

	three_leads(f);
	id = make(f, CRM_LEAD, with_id(f, "{'name': 'Dee', 'status': %lld}", dead));
	assert_list(f, with_id(f, "status:eq:%lld", dead), "Dee");
	assert_list(f, with_id(f, "status:ne:%lld", dead), "Ada Byron,Bob Ähre,Cy Dent");
	assert_list(f, "state:eq:2", "Dee");
	assert_list(f, with_id(f, "id:eq:%lld", id), "Dee");
}

static void what_is_no_filter_is_refused(void **state)
{
	struct fixture *f = *state;
	static const char *const words[] = { "", "source", "source:eq", "nothing:eq:1",
		"source:like:x", "score:eq:many", "owner:eq:you" };
	struct crm_filter filter;

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		bool taken = crm_filter_parse(&f->work, CRM_LEAD, text_of(words[i]), &filter);

		if (i == 2) {
			assert_true(taken);
			continue;
		}
		if (taken)
			fail_msg("\"%s\" was taken", words[i]);
		assert_int_equal(f->work.err.id, ERR_BAD_REQUEST);
		err_clear(&f->work.err);
	}
}

static void every_order_goes_both_ways(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *sort, *up, *down;
	} orders[] = {
		{ "name", "Ada Byron,Bob Ähre,Cy Dent", "Cy Dent,Bob Ähre,Ada Byron" },
		{ "created", "Ada Byron,Bob Ähre,Cy Dent", "Cy Dent,Bob Ähre,Ada Byron" },
		{ "modified", "Ada Byron,Bob Ähre,Cy Dent", "Cy Dent,Bob Ähre,Ada Byron" },
		{ "score", "Ada Byron,Cy Dent,Bob Ähre", "Bob Ähre,Cy Dent,Ada Byron" },
		{ "value", "Bob Ähre,Cy Dent,Ada Byron", "Ada Byron,Cy Dent,Bob Ähre" },
	};

	three_leads(f);
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < COUNT_OF(orders); i++) {
			struct text sort = text_of(orders[i].sort);

			assert_string_equal(
			        titles(f, CRM_LEAD, NULL, BY(.sort = sort)), orders[i].up);
			assert_string_equal(
			        titles(f, CRM_LEAD, NULL, BY(.sort = sort, .descending = true)),
			        orders[i].down);
		}
		/* Gathered for ann, walked for who sees everything. */
		become(f, &root);
	}
	assert_false(crm_list(&f->work, &(struct crm_ask){ .noun = CRM_LEAD, .sort = TEXT("note") },
	        arena_make(f->work.arena, struct crm_page)));
}

/* All titles, a page of two at a time. */
static const char *paged(struct fixture *f, const char *filters, bool descending)
{
	struct crm_ask ask = {
		.noun = CRM_LEAD, .sort = TEXT("name"), .limit = 2, .descending = descending
	};
	struct text rest = text_of(filters), one;
	struct crm_page page;
	struct buf buf;

	while (text_split(&rest, ' ', &one))
		must(f, crm_filter_parse(
		                &f->work, CRM_LEAD, one, vec_push(f->work.arena, &ask.filters)));
	buf_init(&buf, f->work.arena);
	do {
		must(f, crm_list(&f->work, &ask, &page));
		for (size_t i = 0; i < page.entries.len; i++)
			buf_printf(&buf, "%s%.*s", buf.len ? "," : "",
			        TEXT_ARG(page.entries.at[i].title));
		assert_true(page.entries.len <= 2);
		ask.cursor = page.cursor;
	} while (page.cursor.ptr);
	return buf_text(&buf).ptr;
}

static void pages_neither_repeat_nor_skip(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < 7; i++)
		make(f, CRM_LEAD,
		        arena_printf(f->work.arena, "{'name': 'L%d', 'score': %d}", i / 2, i % 2)
		                .ptr);
	for (int round = 0; round < 2; round++) {
		assert_string_equal(paged(f, NULL, false), "L0,L0,L1,L1,L2,L2,L3");
		assert_string_equal(paged(f, NULL, true), "L3,L2,L2,L1,L1,L0,L0");
		assert_string_equal(paged(f, "score:eq:0", false), "L0,L1,L2,L3");
		assert_string_equal(paged(f, "score:eq:1", true), "L2,L1,L0");
		become(f, &root);
	}
}

static void a_cursor_holds_whichever_way_is_read(void **state)
{
	struct fixture *f = *state;
	struct crm_ask ask = { .noun = CRM_LEAD, .sort = TEXT("name"), .limit = 2 };
	struct crm_page page;

	three_leads(f);
	must(f, crm_list(&f->work, &ask, &page));
	ask.cursor = page.cursor;
	become(f, &root);
	must(f, crm_list(&f->work, &ask, &page));
	assert_int_equal(page.entries.len, 1);
	assert_text(page.entries.at[0].title, "Cy Dent");
	ask.cursor = TEXT("nonsense");
	assert_false(crm_list(&f->work, &ask, &page));
}

static void a_full_page_at_the_end_is_the_last(void **state)
{
	struct fixture *f = *state;

	three_leads(f);
	for (int round = 0; round < 2; round++) {
		assert_string_equal(titles(f, CRM_LEAD, NULL, BY(.sort = TEXT("name"), .limit = 3)),
		        titles(f, CRM_LEAD, NULL, BY(.sort = TEXT("name"), .limit = 4)));
		assert_non_null(strstr(
		        titles(f, CRM_LEAD, NULL, BY(.sort = TEXT("name"), .limit = 2)), "..."));
		become(f, &root);
	}
}

static void what_an_index_names_is_counted_by_it(void **state)
{
	struct fixture *f = *state;
	struct crm_ask ask = { .noun = CRM_LEAD, .sort = TEXT("name"), .limit = 1, .count = true };
	const char *anns = with_id(f, "owner:eq:%lld", ann.id);
	struct crm_page page;

	three_leads(f);
	become(f, &root);
	make(f, CRM_LEAD, with_id(f, "{'name': 'Hers', 'owner': %lld}", carla.id));
	must(f, crm_filter_parse(
	                &f->work, CRM_LEAD, text_of(anns), vec_push(f->work.arena, &ask.filters)));
	must(f, crm_list(&f->work, &ask, &page));
	assert_int_equal(page.total, 3);
	ask.cursor = page.cursor;
	must(f, crm_list(&f->work, &ask, &page));
	assert_int_equal(page.total, 3);
	must(f, crm_filter_parse(&f->work, CRM_LEAD, TEXT("score:gt:5"),
	                vec_push(f->work.arena, &ask.filters)));
	must(f, crm_list(&f->work, &ask, &page));
	assert_int_equal(page.total, 2);
}

static void how_many_there_are_is_counted(void **state)
{
	struct fixture *f = *state;
	struct crm_ask ask = { .noun = CRM_LEAD, .sort = TEXT("name"), .limit = 1, .count = true };
	struct crm_page page;

	three_leads(f);
	must(f, crm_list(&f->work, &ask, &page));
	assert_int_equal(page.total, 3);
	must(f, crm_filter_parse(&f->work, CRM_LEAD, TEXT("score:gt:5"),
	                vec_push(f->work.arena, &ask.filters)));
	must(f, crm_list(&f->work, &ask, &page));
	assert_int_equal(page.total, 2);
	become(f, &ben);
	must(f, crm_list(&f->work, &ask, &page));
	assert_int_equal(page.total, 0);
}

static void lists_of_all_leads_hold_nothing_that_may_not_be_seen(void **state)
{
	struct fixture *f = *state;
	int64_t mine = make(f, CRM_LEAD, "{'name': 'Mine'}");

	become(f, &root);
	make(f, CRM_LEAD, with_id(f, "{'name': 'Hers', 'owner': %lld}", carla.id));
	make(f, CRM_LEAD, with_id(f, "{'name': 'Nobodys', 'team': %lld}", north));
	become(f, &ann);
	assert_list(f, "owner:ne:0", "Mine");
	assert_list(f, with_id(f, "owner:eq:%lld", carla.id), "");
	assert_list(f, with_id(f, "holder:eq:%lld", carla.id), "");
	assert_list(f, with_id(f, "id:eq:%lld", mine), "Mine");
	become(f, &carla);
	assert_list(f, NULL, "Hers,Mine,Nobodys");
}

static void what_happened_is_told_to_who_sees_the_record(void **state)
{
	struct fixture *f = *state;
	int64_t account = make(f, CRM_ACCOUNT, "{'name': 'Acme'}"), lead, deal;
	const char *of_it = with_id(f, "parent:eq:%lld", account);

	make(f, CRM_NOTE, with_id(f, "{'text': 'Spoke', 'parent': %lld}", account));
	make(f, CRM_TASK, with_id(f, "{'subject': 'Write', 'parent': %lld}", account));
	lead = make(f, CRM_LEAD, "{'name': 'Ada'}");
	make(f, CRM_NOTE, with_id(f, "{'text': 'Secret', 'parent': %lld}", lead));
	deal = make(f, CRM_DEAL, with_id(f, "{'name': 'Engines', 'account': %lld}", account));
	make(f, CRM_NOTE, with_id(f, "{'text': 'Price', 'parent': %lld}", deal));
	become(f, &ben);
	assert_string_equal(titles(f, CRM_NOTE, of_it, ASK()), "Spoke");
	assert_string_equal(titles(f, CRM_TASK, of_it, ASK()), "Write");
	assert_string_equal(titles(f, CRM_NOTE, with_id(f, "parent:eq:%lld", lead), ASK()), "");
	of_it = with_id(f, "account:eq:%lld", account);
	assert_string_equal(titles(f, CRM_NOTE, of_it, ASK()), "Spoke");
	assert_string_equal(titles(f, CRM_NOTE, NULL, ASK()), "");
	become(f, &ann);
	assert_string_equal(titles(f, CRM_NOTE, of_it, ASK()), "Price,Spoke");
	assert_string_equal(titles(f, CRM_NOTE, NULL, ASK()), "Price,Secret,Spoke");
}

static void rows_are_listed_in_their_order(void **state)
{
	struct fixture *f = *state;
	int64_t pipeline = row_named(f, CRM_PIPELINE, "Sales");

	assert_string_equal(titles(f, CRM_STAGE, "type:eq:open", BY(.sort = TEXT_NONE)),
	        "Prospecting,Qualification,Proposal,Negotiation");
	assert_string_equal(
	        titles(f, CRM_STAGE, NULL, BY(.sort = TEXT_NONE, .parent = pipeline, .limit = 2)),
	        "Prospecting,Qualification...");
	assert_string_equal(titles(f, CRM_STAGE, NULL,
	                            BY(.sort = TEXT("probability"), .descending = true,
	                                    .cursor = TEXT("2"), .limit = 2)),
	        "Proposal,Qualification...");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(filters_mean_what_they_say),
		CRM(a_lead_is_found_by_its_status),
		CRM(what_is_no_filter_is_refused),
		CRM(every_order_goes_both_ways),
		CRM(pages_neither_repeat_nor_skip),
		CRM(a_cursor_holds_whichever_way_is_read),
		CRM(a_full_page_at_the_end_is_the_last),
		CRM(what_an_index_names_is_counted_by_it),
		CRM(how_many_there_are_is_counted),
		CRM(lists_of_all_leads_hold_nothing_that_may_not_be_seen),
		CRM(what_happened_is_told_to_who_sees_the_record),
		CRM(rows_are_listed_in_their_order),
	};

	return RUN_GATES(tests);
}
