/* What was decided before somebody else's lock came about is not written after it. */
#include "gates.h"

#define A "/files/alice/a"
#define D "/files/alice/d/"

static struct plan *decide_put(struct fixture *f, const char *href)
{
	return plan_for(f, href, "late");
}

static struct plan *decide_remove(struct fixture *f, const char *href)
{
	struct target at = find(f, href);

	return edit_remove(&f->work, &at, &no_locks);
}

static struct plan *decide_mkcol(struct fixture *f, const char *href)
{
	struct edit_mkcol wanted = { .type = COLLECTION_FOLDER };
	struct target at = find(f, href);

	return edit_mkcol(&f->work, &at, &wanted, &no_locks);
}

static struct plan *decide_props(struct fixture *f, const char *href)
{
	struct props props = VEC_EMPTY;
	struct target at = find(f, href);

	*vec_push(f->work.arena, &props) = (struct prop){ TEXT("DAV:"), TEXT("x"), TEXT("<x/>") };
	return edit_props(&f->work, &at, &props, &no_locks);
}

static struct plan *decide_acl(struct fixture *f, const char *href)
{
	struct aces aces = VEC_EMPTY;
	struct target at = find(f, href);

	return edit_acl(&f->work, &at, &aces, &no_locks);
}

static struct plan *decide_move(struct fixture *f, const char *href)
{
	struct target from = find(f, href), to = find(f, "/files/alice/moved");

	return edit_move(&f->work, &from, &to, true, &no_locks);
}

static struct plan *decide_copy_onto(struct fixture *f, const char *href)
{
	struct target from = find(f, "/files/alice/other"), to = find(f, href);

	return edit_copy(&f->work, &from, &to, true, false, &no_locks);
}

static struct dav_lock *lock(struct fixture *f, const char *href, bool deep)
{
	struct edit_lock wanted = { .is_deep = deep, .seconds = 60 };
	struct dav_lock *made = arena_make(f->work.arena, struct dav_lock);
	struct target at = find(f, href);
	bool created;

	assert_int_equal(outcome(f, edit_lock(&f->work, &at, &wanted, made, &created)), 0);
	return made;
}

static void unlock(struct fixture *f, const char *href, const struct dav_lock *lock)
{
	struct target at = find(f, href);

	err_clear(&f->work.err);
	assert_int_equal(outcome(f, edit_unlock(&f->work, &at, lock->token)), 0);
}

static void make(struct fixture *f)
{
	assert_int_equal(put(f, A, "a"), 0);
	assert_int_equal(put(f, "/files/alice/other", "o"), 0);
	assert_int_equal(mkcol(f, D, COLLECTION_FOLDER), 0);
	assert_int_equal(put(f, D "x", "x"), 0);
}

static void nothing_passes_a_lock_that_came_meanwhile(void **state)
{
	static const struct {
		struct plan *(*decide)(struct fixture *f, const char *href);
		const char *href, *locked;
		bool deep;
	} cases[] = {
		{ decide_put, A, A, false },
		{ decide_put, D "x", D, true },
		{ decide_put, D "new", D, false },
		{ decide_remove, A, A, false },
		{ decide_remove, D "x", D, false },
		{ decide_remove, D, D "x", false },
		{ decide_mkcol, D "e/", D, false },
		{ decide_props, D, D, false },
		{ decide_acl, D, D, false },
		{ decide_move, A, A, false },
		{ decide_move, D, D "x", false },
		{ decide_copy_onto, A, A, false },
	};
	struct fixture *f = *state;

	make(f);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct plan *plan = cases[i].decide(f, cases[i].href);
		struct dav_lock *made;

		must(f, plan);
		made = lock(f, cases[i].locked, cases[i].deep);
		assert_true(is_stale(f, plan));
		/* Decided anew, it meets the lock. */
		err_clear(&f->work.err);
		assert_null(cases[i].decide(f, cases[i].href));
		assert_int_equal(f->work.err.id, ERR_LOCK_TOKEN_SUBMITTED);
		unlock(f, cases[i].locked, made);
	}
	assert_string_equal(body_at(f, A), "a");
	assert_string_equal(body_at(f, D "x"), "x");
}

static void a_lock_elsewhere_is_in_nobodys_way(void **state)
{
	struct fixture *f = *state;
	struct plan *plan;

	make(f);
	plan = decide_put(f, A);
	lock(f, D, true);
	must(f, apply(f, plan));
	assert_string_equal(body_at(f, A), "late");
}

static void whoever_holds_the_lock_passes(void **state)
{
	struct fixture *f = *state;
	struct edit_body body = { TEXT("mine"), -1, 4, TEXT_NONE };
	struct dav_lock *made;
	struct target at;
	struct plan *plan;

	make(f);
	made = lock(f, A, false);
	at = find(f, A);
	plan = edit_put(&f->work, &at, &body, -1, &(struct edit_locks){ &made->token, 1 });
	must(f, plan);
	must(f, apply(f, plan));
	assert_string_equal(body_at(f, A), "mine");
}

static void no_empty_file_is_made_in_what_is_locked(void **state)
{
	struct fixture *f = *state;
	struct edit_lock wanted = { .seconds = 60 };
	struct dav_lock made;
	struct target at;
	struct plan *plan;
	bool created;

	make(f);
	at = find(f, D "new");
	plan = edit_lock(&f->work, &at, &wanted, &made, &created);
	must(f, plan);
	lock(f, D, false);
	assert_true(is_stale(f, plan));
	at = find(f, D "new");
	assert_int_equal(at.is, TARGET_NOTHING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GATES(nothing_passes_a_lock_that_came_meanwhile),
		GATES(a_lock_elsewhere_is_in_nobodys_way),
		GATES(whoever_holds_the_lock_passes),
		GATES(no_empty_file_is_made_in_what_is_locked),
	};

	return RUN_GATES(tests);
}
