/* Steps that answer from what is remembered, without a snapshot. */
#include "fixture.h"

static int64_t token(struct fixture *f)
{
	struct collection_path path;

	must(f, collection_path(&f->work, TEXT("alice"), COLLECTION_CALENDAR_HOME, TEXT("calendar"),
	                &path));
	assert_non_null(path.child);
	return path.child->token;
}

/* So often that the way to the calendar is remembered. */
static int64_t warm(struct fixture *f)
{
	int64_t last = 0;

	for (int i = 0; i < 4; i++) {
		last = token(f);
		work_step_end(&f->work);
	}
	return last;
}

/* Beside the step under way. */
static void put_beside(struct fixture *f, const char *name)
{
	struct plan *plan = new_plan(f);
	struct err err = { 0 };

	plan_body(f, plan, f->calendar, PUT(name, name, "x"));
	assert_true(writer_apply(f->house.writer, plan, &err));
}

static void what_is_remembered_needs_no_snapshot(void **state)
{
	struct fixture *f = *state;
	int64_t before = warm(f);

	work_read_lightly(&f->work);
	assert_int_equal(token(f), before);
	assert_int_equal(db_state(f->work.db), 0);
	assert_int_not_equal(db_state_now(f->work.db), 0);
	assert_false(work_moved_on(&f->work));
}

static void the_next_step_sees_every_commit(void **state)
{
	struct fixture *f = *state;
	char name[30];

	for (int i = 0; i < 20; i++) {
		int64_t before = warm(f);

		snprintf(name, sizeof(name), "%d.ics", i);
		put_beside(f, arena_text(f->work.arena, text_of(name)).ptr);
		work_read_lightly(&f->work);
		assert_int_not_equal(token(f), before);
		assert_false(work_moved_on(&f->work));
		work_step_end(&f->work);
	}
}

static void a_query_of_the_same_state_goes_on(void **state)
{
	struct fixture *f = *state;

	put_beside(f, "a.ics");
	warm(f);
	work_read_lightly(&f->work);
	token(f);
	assert_non_null(item_at(f, f->calendar, "a.ics"));
	assert_false(work_moved_on(&f->work));
}

static void a_query_of_a_later_state_makes_the_step_void(void **state)
{
	struct fixture *f = *state;
	int64_t before = warm(f);
	struct item *item;

	work_read_lightly(&f->work);
	assert_int_equal(token(f), before);
	put_beside(f, "a.ics");
	assert_false(member_get(
	        &f->work, &(struct scope){ f->calendar, 0 }, TEXT("a.ics"), true, &item));
	assert_int_equal(f->work.err.id, ERR_UNAVAILABLE);
	assert_true(work_moved_on(&f->work));
	err_clear(&f->work.err);
	assert_int_not_equal(token(f), before);
	assert_non_null(item_at(f, f->calendar, "a.ics"));
	assert_false(work_moved_on(&f->work));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SQLITE(what_is_remembered_needs_no_snapshot),
		ON_SQLITE(the_next_step_sees_every_commit),
		ON_SQLITE(a_query_of_the_same_state_goes_on),
		ON_SQLITE(a_query_of_a_later_state_makes_the_step_void),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
