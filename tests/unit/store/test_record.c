#include "fixture.h"

static void a_put_body_comes_back_as_it_was(void **state)
{
	struct fixture *f = *state;
	struct record *r = put_body(f, f->calendar, PUT("a.ics", "u1", "BEGIN\r\nEND\r\n"));
	struct item *item = item_at(f, f->calendar, "a.ics");

	assert_non_null(item);
	assert_true(text_eq(item->body, TEXT("BEGIN\r\nEND\r\n")));
	assert_int_equal(item->member.revision, r->revision);
	assert_int_equal(item->member.record, r->id);
	assert_int_equal(item->size, 12);
	assert_int_equal(item->created, NOW);
	assert_int_equal(item->modified, NOW);
	assert_int_equal(item->member.tag, COMPONENT_VEVENT);
	assert_int_equal(collection_at(f, f->calendar)->bytes, 12);
	assert_int_equal(collection_at(f, f->calendar)->token, r->revision);
	assert_null(item_at(f, f->calendar, "b.ics"));
	must(f, member_by_uid(&f->work, &(struct scope){ f->calendar, 0 }, TEXT("u1"), &item));
	assert_non_null(item);
	must(f, member_of_record(&f->work, &(struct scope){ f->calendar, 0 }, r->id, &item));
	assert_non_null(item);
}

static void an_update_replaces_body_and_revision(void **state)
{
	struct fixture *f = *state;
	struct record *first = put_body(f, f->calendar, PUT("a.ics", "u1", "one"));
	int64_t revision = first->revision;
	struct record *second;
	struct item *item;

	f->work.now = NOW + 5;
	second = put_body(f, f->calendar, PUT("a.ics", "u2", "three", first));
	assert_true(second->revision > revision);
	item = item_at(f, f->calendar, "a.ics");
	assert_true(text_eq(item->body, TEXT("three")));
	assert_true(text_eq(item->member.uid, TEXT("u2")));
	assert_int_equal(item->created, NOW);
	assert_int_equal(item->modified, NOW + 5);
	assert_int_equal(collection_at(f, f->calendar)->bytes, 5);
}

static void a_second_writer_of_the_same_revision_is_stale(void **state)
{
	struct fixture *f = *state;
	struct record old = *put_body(f, f->calendar, PUT("a.ics", "u1", "one"));
	struct plan *plan = new_plan(f);

	put_body(f, f->calendar, PUT("a.ics", "u1", "two", &old));
	plan_body(f, plan, f->calendar, PUT("a.ics", "u1", "three", &old));
	assert_true(is_stale(f, plan));
	assert_int_equal(f->work.err.id, ERR_PRECONDITION_FAILED);
	assert_true(text_eq(item_at(f, f->calendar, "a.ics")->body, TEXT("two")));
}

static void a_name_or_uid_taken_meanwhile_is_stale(void **state)
{
	struct fixture *f = *state;
	struct record old = *put_body(f, f->calendar, PUT("a.ics", "u1", "one"));
	struct plan *plan = new_plan(f);
	int64_t token = collection_at(f, f->calendar)->token;

	plan_body(f, plan, f->calendar, PUT("a.ics", "u9", "x"));
	assert_true(is_stale(f, plan));
	plan = new_plan(f);
	plan_body(f, plan, f->calendar, PUT("b.ics", "u1", "x"));
	assert_true(is_stale(f, plan));
	assert_int_equal(collection_at(f, f->calendar)->token, token);
	put_body(f, f->calendar, PUT("b.ics", "u2", "x"));
	plan = new_plan(f);
	plan_body(f, plan, f->calendar, PUT("a.ics", "u2", "y", &old));
	assert_true(is_stale(f, plan));
	assert_true(text_eq(item_at(f, f->calendar, "a.ics")->member.uid, TEXT("u1")));
}

static void a_put_where_the_name_moved_on_is_stale(void **state)
{
	struct fixture *f = *state;
	struct record old = *put_body(f, f->calendar, PUT("a.ics", "u1", "one"));
	struct record_move move = { .from = f->calendar,
		.to = f->calendar,
		.name = TEXT("a.ics"),
		.new_name = TEXT("b.ics"),
		.guard = old.revision };
	struct plan *plan = new_plan(f);

	plan_move(plan, &move);
	must(f, apply(f, plan));
	plan = new_plan(f);
	plan_body(f, plan, f->calendar, PUT("a.ics", "u1", "two", &old));
	assert_true(is_stale(f, plan));
	assert_int_equal(item_at(f, f->calendar, "b.ics")->member.revision, old.revision);
}

static void a_put_into_a_collection_that_went_away_is_stale(void **state)
{
	struct fixture *f = *state;
	struct plan *plan = new_plan(f);

	plan_body(f, plan, 999999, PUT("a.ics", "u1", "one"));
	assert_true(is_stale(f, plan));
}

static void what_was_removed_leaves_nothing_behind(void **state)
{
	struct fixture *f = *state;
	struct record *r = put_body(f, f->calendar, PUT("a.ics", "u1", "one"));
	struct plan *plan = new_plan(f);
	struct record *gone;
	struct props props;

	plan_prop_set(plan, HOLDER_RECORD, r->id, TEXT("x:"), TEXT("p"), TEXT("<p/>"));
	plan_touch(plan, f->calendar, TEXT("a.ics"));
	must(f, apply(f, plan));
	remove_member(f, f->calendar, "a.ics");
	must(f, record_get(&f->work, r->id, &gone));
	assert_null(gone);
	must(f, prop_list(&f->work, HOLDER_RECORD, r->id, &props));
	assert_int_equal(props.len, 0);
	assert_int_equal(collection_at(f, f->calendar)->bytes, 0);
	plan = new_plan(f);
	plan_remove(plan, f->calendar, TEXT("a.ics"), -1, &f->house);
	assert_true(is_stale(f, plan));
}

static void a_move_keeps_revision_and_moves_bytes(void **state)
{
	struct fixture *f = *state;
	struct record *r = put_body(f, f->files, PUT("a.txt", NULL, "hello"));
	int64_t folder = make_folder(f, f->files, "dir");
	struct record_move move = { .from = f->files,
		.to = folder,
		.name = TEXT("a.txt"),
		.new_name = TEXT("b.txt"),
		.guard = r->revision };
	struct plan *plan = new_plan(f);
	int64_t bytes, quota, before = latest(f);
	struct record *moved;

	plan_move(plan, &move);
	must(f, apply(f, plan));
	assert_int_equal(item_at(f, folder, "b.txt")->member.revision, r->revision);
	assert_int_equal(collection_at(f, f->files)->bytes, 0);
	assert_int_equal(collection_at(f, folder)->bytes, 5);
	must(f, record_get(&f->work, r->id, &moved));
	assert_int_equal(moved->home, folder);
	assert_string_equal(changes_of(f, f->files, before, 10, false), "-a.txt");
	assert_string_equal(changes_of(f, folder, before, 10, false), "+b.txt");
	assert_string_equal(changes_of(f, f->files, before, 10, true), "-a.txt +b.txt");
	must(f, collection_usage(&f->work, collection_at(f, f->files), &bytes, &quota));
	assert_int_equal(bytes, 5);
}

static void a_file_and_a_folder_do_not_share_a_name(void **state)
{
	struct fixture *f = *state;
	struct collection folder = {
		.parent = f->files, .owner = f->alice, .type = COLLECTION_FOLDER, .name = TEXT("a")
	};
	struct plan *plan = new_plan(f);

	put_body(f, f->files, PUT("a", NULL, "x"));
	plan_collection_make(plan, &folder);
	assert_true(is_stale(f, plan));
	make_folder(f, f->files, "b");
	plan = new_plan(f);
	plan_body(f, plan, f->files, PUT("b", NULL, "x"));
	assert_true(is_stale(f, plan));
}

static void members_are_listed_in_order_page_by_page(void **state)
{
	struct fixture *f = *state;
	struct scope scope = { f->calendar, 0 };
	struct items items;
	int64_t count;

	put_body(f, f->calendar, PUT("c", "3", "ccc"));
	put_body(f, f->calendar, PUT("a", "1", "a"));
	put_body(f, f->calendar, PUT("b", "2", "bb"));
	must(f, member_list(&f->work, &scope, TEXT_NONE, false, 2, &items));
	assert_int_equal(items.len, 2);
	assert_true(text_eq(items.at[1].member.name, TEXT("b")));
	assert_null(items.at[1].body.ptr);
	must(f, member_list(&f->work, &scope, TEXT("b"), true, SIZE_MAX, &items));
	assert_int_equal(items.len, 1);
	assert_true(text_eq(items.at[0].body, TEXT("ccc")));
	must(f, member_count(&f->work, &scope, &count));
	assert_int_equal(count, 3);
}

static void several_operations_are_applied_whole_or_not_at_all(void **state)
{
	struct fixture *f = *state;
	struct plan *plan = new_plan(f);

	plan_body(f, plan, f->calendar, PUT("a", "1", "x"));
	plan_remove(plan, f->calendar, TEXT("not there"), -1, &f->house);
	assert_true(is_stale(f, plan));
	assert_null(item_at(f, f->calendar, "a"));
	plan = new_plan(f);
	plan_body(f, plan, f->calendar, PUT("a", "1", "x"));
	plan_body(f, plan, f->calendar, PUT("b", "2", "x"));
	must(f, apply(f, plan));
	assert_non_null(item_at(f, f->calendar, "b"));
}

#define TESTS(ON) \
	ON(a_put_body_comes_back_as_it_was), ON(an_update_replaces_body_and_revision), \
	        ON(a_second_writer_of_the_same_revision_is_stale), \
	        ON(a_name_or_uid_taken_meanwhile_is_stale), \
	        ON(a_put_where_the_name_moved_on_is_stale), \
	        ON(a_put_into_a_collection_that_went_away_is_stale), \
	        ON(what_was_removed_leaves_nothing_behind), \
	        ON(a_move_keeps_revision_and_moves_bytes), \
	        ON(a_file_and_a_folder_do_not_share_a_name), \
	        ON(members_are_listed_in_order_page_by_page), \
	        ON(several_operations_are_applied_whole_or_not_at_all)
RUN_TESTS(TESTS)
