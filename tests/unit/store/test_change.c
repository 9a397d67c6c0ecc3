#include "fixture.h"

static void the_first_sync_tells_what_is_there(void **state)
{
	struct fixture *f = *state;

	put_body(f, f->calendar, PUT("a", "1", "x"));
	put_body(f, f->calendar, PUT("b", "2", "x"));
	remove_member(f, f->calendar, "a");
	assert_string_equal(changes_of(f, f->calendar, 0, 10, false), "+b");
}

static void changes_come_in_order_and_can_be_continued(void **state)
{
	struct fixture *f = *state;
	struct record *a = put_body(f, f->calendar, PUT("a", "1", "x"));
	struct record *b = put_body(f, f->calendar, PUT("b", "2", "x"));
	int64_t since = latest(f);
	struct record *again;

	again = put_body(f, f->calendar, PUT("b", "2", "y", b));
	remove_member(f, f->calendar, "a");
	put_body(f, f->calendar, PUT("c", "3", "x"));
	assert_string_equal(changes_of(f, f->calendar, since, 10, false), "+b -a +c");
	assert_string_equal(changes_of(f, f->calendar, since, 2, false), "+b -a ...");
	assert_string_equal(changes_of(f, f->calendar, again->revision, 2, false), "-a +c");
	assert_string_equal(changes_of(f, f->calendar, latest(f), 2, false), "");
	assert_true(a->revision < since + 1);
}

static void what_came_and_went_is_not_told(void **state)
{
	struct fixture *f = *state;
	int64_t since;

	put_body(f, f->calendar, PUT("a", "1", "x"));
	since = latest(f);
	put_body(f, f->calendar, PUT("b", "2", "x"));
	remove_member(f, f->calendar, "b");
	assert_string_equal(changes_of(f, f->calendar, since, 10, false), "");
}

static void a_name_that_comes_back_and_leaves_again_is_told_to_those_who_knew_it(void **state)
{
	struct fixture *f = *state;
	int64_t knew, between;

	put_body(f, f->calendar, PUT("a", "1", "x"));
	knew = latest(f);
	remove_member(f, f->calendar, "a");
	between = latest(f);
	assert_string_equal(changes_of(f, f->calendar, knew, 10, false), "-a");
	put_body(f, f->calendar, PUT("a", "1", "x"));
	assert_string_equal(changes_of(f, f->calendar, knew, 10, false), "+a");
	assert_string_equal(changes_of(f, f->calendar, between, 10, false), "+a");
	remove_member(f, f->calendar, "a");
	assert_string_equal(changes_of(f, f->calendar, knew, 10, false), "-a");
}

static void a_touched_member_is_told_with_its_old_revision(void **state)
{
	struct fixture *f = *state;
	struct record *a = put_body(f, f->calendar, PUT("a", "1", "x"));
	int64_t since = latest(f);
	struct plan *plan = new_plan(f);

	plan_touch(plan, f->calendar, TEXT("a"));
	must(f, apply(f, plan));
	assert_string_equal(changes_of(f, f->calendar, since, 10, false), "+a");
	assert_int_equal(item_at(f, f->calendar, "a")->member.revision, a->revision);
	assert_int_equal(collection_at(f, f->calendar)->token, latest(f));
}

static void a_home_tells_of_collections_made_changed_and_removed(void **state)
{
	struct fixture *f = *state;
	int64_t home = f->files, since = latest(f), dir = make_folder(f, home, "dir");
	struct plan *plan;

	assert_string_equal(changes_of(f, home, since, 10, false), "+dir/");
	since = latest(f);
	plan = new_plan(f);
	plan_prop_set(
	        plan, HOLDER_COLLECTION, dir, TEXT("DAV:"), TEXT("displayname"), TEXT("<x/>"));
	must(f, apply(f, plan));
	assert_string_equal(changes_of(f, home, since, 10, false), "+dir/");
	assert_int_equal(collection_at(f, home)->token, latest(f));
	put_body(f, dir, PUT("x", NULL, "x"));
	since = latest(f);
	assert_string_equal(changes_of(f, home, since, 10, false), "");
	plan = new_plan(f);
	plan_collection_remove(plan, dir);
	must(f, apply(f, plan));
	assert_string_equal(changes_of(f, home, since, 10, false), "-dir/");
	assert_string_equal(changes_of(f, home, since, 10, true), "-dir/");
}

static void a_deep_sync_tells_of_all_below(void **state)
{
	struct fixture *f = *state;
	int64_t home = f->files, a = make_folder(f, home, "a"), b = make_folder(f, a, "b");
	int64_t since = latest(f);

	put_body(f, b, PUT("x", NULL, "x"));
	put_body(f, home, PUT("y", NULL, "x"));
	assert_string_equal(changes_of(f, home, since, 10, false), "+y");
	assert_string_equal(changes_of(f, home, since, 10, true), "+x +y");
	assert_string_equal(changes_of(f, home, since, 1, true), "+x ...");
	assert_string_equal(changes_of(f, home, 0, 10, true), "+a/ +b/ +x +y");
}

static void a_moved_folder_is_told_with_all_in_it(void **state)
{
	struct fixture *f = *state;
	int64_t home = f->files, a = make_folder(f, home, "a"), b = make_folder(f, home, "b");
	int64_t c = make_folder(f, a, "c"), since;
	struct plan *plan = new_plan(f);

	put_body(f, c, PUT("x", NULL, "x"));
	put_body(f, c, PUT("y", NULL, "y"));
	since = latest(f);
	plan_collection_move(plan, a, b, TEXT("d"));
	must(f, apply(f, plan));
	assert_string_equal(changes_of(f, home, since, 10, true), "-a/ +d/ +c/ +x +y");
	assert_string_equal(changes_of(f, home, since, 4, true), "-a/ +d/ +c/ +x ...");
	assert_string_equal(changes_of(f, b, since, 10, false), "+d/");
	assert_string_equal(changes_of(f, b, latest(f), 10, true), "");
	plan = new_plan(f);
	plan_collection_move(plan, b, c, TEXT("e"));
	assert_true(is_stale(f, plan));
}

static void a_removed_folder_is_gone_at_once_and_cleared_away_later(void **state)
{
	struct fixture *f = *state;
	int64_t dir = make_folder(f, f->files, "dir"), sub = make_folder(f, dir, "sub");
	struct record *records[250];
	struct plan *plan = new_plan(f);
	int64_t bytes, quota;

	for (size_t i = 0; i < COUNT_OF(records); i++)
		records[i] = plan_body(f, plan, sub,
		        PUT(arena_cstr(f->work.arena, arena_printf(f->work.arena, "%zu", i)), NULL,
		                "x"));
	must(f, apply(f, plan));
	remove_member(f, sub, "7");
	plan = new_plan(f);
	plan_collection_remove(plan, dir);
	must(f, apply(f, plan));
	assert_null(collection_at(f, dir));
	assert_null(collection_at(f, sub));
	must(f, collection_usage(&f->work, collection_at(f, f->files), &bytes, &quota));
	assert_int_equal(bytes, 0);
	plan = new_plan(f);
	plan_body(f, plan, sub, PUT("new", NULL, "x"));
	assert_true(is_stale(f, plan));
	plan = new_plan(f);
	plan_body(f, plan, sub, PUT("8", NULL, "y", records[8]));
	assert_true(is_stale(f, plan));
	make_folder(f, f->files, "dir");
	for (size_t i = 0; i < COUNT_OF(records); i++)
		assert_null(record_left(f, records[i]->id));
}

#define TESTS(ON) \
	ON(the_first_sync_tells_what_is_there), ON(changes_come_in_order_and_can_be_continued), \
	        ON(what_came_and_went_is_not_told), \
	        ON(a_name_that_comes_back_and_leaves_again_is_told_to_those_who_knew_it), \
	        ON(a_touched_member_is_told_with_its_old_revision), \
	        ON(a_home_tells_of_collections_made_changed_and_removed), \
	        ON(a_deep_sync_tells_of_all_below), ON(a_moved_folder_is_told_with_all_in_it), \
	        ON(a_removed_folder_is_gone_at_once_and_cleared_away_later)
RUN_TESTS(TESTS)
