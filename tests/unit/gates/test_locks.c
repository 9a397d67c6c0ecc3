#include "gates.h"

#define A "/files/alice/a"
#define D "/files/alice/d/"

struct held {
	enum err_id err;
	bool created;
	struct dav_lock lock;
	struct text tokens[1];
	struct edit_locks submit;
};

enum { SHARED = 1, DEEP = 2 };

static struct held *lock(struct fixture *f, const char *href, int flags)
{
	struct edit_lock wanted = { flags & SHARED, flags & DEEP, TEXT("<owner/>"), 60 };
	struct held *held = arena_make(f->work.arena, struct held);
	struct target at = find(f, href);

	err_clear(&f->work.err);
	held->err = outcome(f, edit_lock(&f->work, &at, &wanted, &held->lock, &held->created));
	held->tokens[0] = held->lock.token;
	held->submit = (struct edit_locks){ held->tokens, 1 };
	return held;
}

static enum err_id put_with(struct fixture *f, const char *href, const struct edit_locks *locks)
{
	struct edit_body body = { TEXT("new"), -1, 3, TEXT_NONE };
	struct target at = find(f, href);

	err_clear(&f->work.err);
	return outcome(f, edit_put(&f->work, &at, &body, -1, locks));
}

static enum err_id remove_with(struct fixture *f, const char *href, const struct edit_locks *locks)
{
	struct target at = find(f, href);

	err_clear(&f->work.err);
	return outcome(f, edit_remove(&f->work, &at, locks));
}

static enum err_id unlock(struct fixture *f, const char *href, struct text token)
{
	struct target at = find(f, href);

	err_clear(&f->work.err);
	return outcome(f, edit_unlock(&f->work, &at, token));
}

static void make(struct fixture *f)
{
	assert_int_equal(put(f, A, "a"), 0);
	assert_int_equal(mkcol(f, D, COLLECTION_FOLDER), 0);
	assert_int_equal(put(f, D "x", "x"), 0);
}

static void a_lock_keeps_out_who_has_no_token(void **state)
{
	struct fixture *f = *state;
	struct held *held;

	make(f);
	held = lock(f, A, 0);
	assert_int_equal(held->err, 0);
	assert_false(held->created);
	assert_int_equal(put(f, A, "b"), ERR_LOCK_TOKEN_SUBMITTED);
	assert_string_equal(f->work.err.href, A);
	assert_int_equal(delete (f, A), ERR_LOCK_TOKEN_SUBMITTED);
	assert_int_equal(move(f, A, "/files/alice/b", false), ERR_LOCK_TOKEN_SUBMITTED);
	assert_int_equal(copy(f, D "x", A, true), ERR_LOCK_TOKEN_SUBMITTED);
	assert_int_equal(copy(f, A, "/files/alice/b", false), 0);
	assert_int_equal(put_with(f, A, &held->submit), 0);
	assert_int_equal(remove_with(f, A, &held->submit), 0);
	assert_int_equal(put(f, A, "again"), 0);
}

static void a_token_is_of_use_to_its_maker_only(void **state)
{
	struct fixture *f = *state;
	struct held *held;

	make(f);
	assert_int_equal(
	        set_acl(f, "/files/alice/", ACL(GRANT(f->bob, READ), GRANT(f->bob, WRITE))), 0);
	held = lock(f, A, 0);
	become(f, &bob);
	assert_int_equal(put_with(f, A, &held->submit), ERR_LOCK_TOKEN_SUBMITTED);
	assert_int_equal(unlock(f, A, held->lock.token), ERR_NEED_PRIVILEGES);
	assert_string_equal(f->work.err.privilege, "unlock");
	become(f, &admin);
	assert_int_equal(unlock(f, A, held->lock.token), 0);
	become(f, &bob);
	assert_int_equal(put(f, A, "b"), 0);
}

static void exclusive_locks_suffer_no_others(void **state)
{
	struct fixture *f = *state;
	struct held *held;

	make(f);
	held = lock(f, A, 0);
	assert_int_equal(lock(f, A, 0)->err, ERR_NO_CONFLICTING_LOCK);
	assert_string_equal(f->work.err.href, A);
	assert_int_equal(lock(f, A, SHARED)->err, ERR_NO_CONFLICTING_LOCK);
	assert_int_equal(unlock(f, A, held->lock.token), 0);
	assert_int_equal(lock(f, A, SHARED)->err, 0);
	assert_int_equal(lock(f, A, 0)->err, ERR_NO_CONFLICTING_LOCK);
}

static void of_shared_locks_one_token_is_enough(void **state)
{
	struct fixture *f = *state;
	struct held *first, *second;

	make(f);
	first = lock(f, A, SHARED);
	second = lock(f, A, SHARED);
	assert_int_equal(second->err, 0);
	assert_int_equal(put(f, A, "b"), ERR_LOCK_TOKEN_SUBMITTED);
	assert_int_equal(put_with(f, A, &first->submit), 0);
	assert_int_equal(put_with(f, A, &second->submit), 0);
}

static void two_who_lock_at_once_do_not_both_get_it(void **state)
{
	struct fixture *f = *state;
	struct edit_lock wanted = { .seconds = 60 };
	struct dav_lock one, two;
	struct plan *first, *second;
	struct target at;
	bool created;

	make(f);
	at = find(f, A);
	first = edit_lock(&f->work, &at, &wanted, &one, &created);
	second = edit_lock(&f->work, &at, &wanted, &two, &created);
	must(f, apply(f, first));
	assert_true(is_stale(f, second));
}

static void a_lock_and_one_above_it_are_not_both_made(void **state)
{
	struct fixture *f = *state;
	struct edit_lock wanted = { .seconds = 60, .is_deep = true };
	struct dav_lock one, two;
	struct plan *first, *second;
	struct target inner, outer;
	bool created;

	make(f);
	inner = find(f, D "x");
	outer = find(f, D);
	first = edit_lock(&f->work, &outer, &wanted, &one, &created);
	second = edit_lock(&f->work, &inner, &wanted, &two, &created);
	must(f, apply(f, first));
	assert_true(is_stale(f, second));
	assert_int_equal(unlock(f, D, one.token), 0);
	first = edit_lock(&f->work, &inner, &wanted, &one, &created);
	second = edit_lock(&f->work, &outer, &wanted, &two, &created);
	must(f, apply(f, first));
	assert_true(is_stale(f, second));
}

static void a_deep_lock_covers_what_is_below(void **state)
{
	struct fixture *f = *state;
	struct lock_infos infos = VEC_EMPTY;
	struct held *held;
	struct target at;

	make(f);
	held = lock(f, D, DEEP);
	assert_int_equal(held->err, 0);
	assert_int_equal(put(f, D "x", "b"), ERR_LOCK_TOKEN_SUBMITTED);
	assert_string_equal(f->work.err.href, D);
	assert_int_equal(put(f, D "new", "b"), ERR_LOCK_TOKEN_SUBMITTED);
	assert_int_equal(lock(f, D "x", 0)->err, ERR_NO_CONFLICTING_LOCK);
	assert_int_equal(put_with(f, D "new", &held->submit), 0);
	at = find(f, D "new");
	err_clear(&f->work.err);
	must(f, locks_covering(&f->work, &at, &infos));
	assert_int_equal(infos.len, 1);
	assert_true(text_eq(infos.at[0].root, TEXT(D)));
	assert_int_equal(unlock(f, D "x", held->lock.token), 0);
	assert_int_equal(put(f, D "x", "b"), 0);
}

static void a_flat_lock_keeps_the_membership_only(void **state)
{
	struct fixture *f = *state;
	struct held *held;

	make(f);
	held = lock(f, D, 0);
	assert_int_equal(put(f, D "x", "b"), 0);
	assert_int_equal(put(f, D "new", "b"), ERR_LOCK_TOKEN_SUBMITTED);
	assert_int_equal(delete (f, D "x"), ERR_LOCK_TOKEN_SUBMITTED);
	assert_int_equal(mkcol(f, D "e/", COLLECTION_FOLDER), ERR_LOCK_TOKEN_SUBMITTED);
	assert_int_equal(lock(f, D "new", 0)->err, ERR_LOCK_TOKEN_SUBMITTED);
	assert_int_equal(remove_with(f, D "x", &held->submit), 0);
}

static void locks_below_count_for_the_whole(void **state)
{
	struct fixture *f = *state;
	struct held *held;

	make(f);
	assert_int_equal(mkcol(f, D "e/", COLLECTION_FOLDER), 0);
	assert_int_equal(put(f, D "e/y", "y"), 0);
	held = lock(f, D "e/y", 0);
	assert_int_equal(lock(f, D, DEEP)->err, ERR_NO_CONFLICTING_LOCK);
	assert_string_equal(f->work.err.href, D "e/y");
	assert_int_equal(lock(f, D, 0)->err, 0);
	assert_int_equal(delete (f, D), ERR_LOCK_TOKEN_SUBMITTED);
	assert_int_equal(unlock(f, D, held->lock.token), ERR_LOCK_TOKEN_MATCHES);
	assert_int_equal(remove_with(f, D "e/", &held->submit), ERR_LOCK_TOKEN_SUBMITTED);
}

static void a_lock_makes_an_empty_file(void **state)
{
	struct fixture *f = *state;
	struct held *held = lock(f, "/files/alice/new.txt", 0);

	assert_int_equal(held->err, 0);
	assert_true(held->created);
	assert_string_equal(body_at(f, "/files/alice/new.txt"), "");
	assert_int_equal(put(f, "/files/alice/new.txt", "x"), ERR_LOCK_TOKEN_SUBMITTED);
	assert_int_equal(lock(f, "/calendars/alice/calendar/a.ics", 0)->err, ERR_FORBIDDEN);
	assert_int_equal(lock(f, "/files/alice/none/a", 0)->err, ERR_CONFLICT);
	assert_int_equal(lock(f, "/principals/", 0)->err, ERR_FORBIDDEN);
}

static void a_lock_ends_in_its_time(void **state)
{
	struct fixture *f = *state;
	struct edit_locks foreign = { (struct text[]){ TEXT("urn:uuid:x") }, 1 };
	struct dav_lock refreshed;
	struct held *held;
	struct target at;

	make(f);
	held = lock(f, A, 0);
	at = find(f, A);
	assert_null(edit_lock_refresh(&f->work, &at, &foreign, 600, &refreshed));
	assert_int_equal(f->work.err.id, ERR_PRECONDITION_FAILED);
	err_clear(&f->work.err);
	assert_int_equal(
	        outcome(f, edit_lock_refresh(&f->work, &at, &held->submit, 600, &refreshed)), 0);
	assert_int_equal(refreshed.until, f->work.now + 600);
	f->work.now += 100;
	assert_int_equal(put(f, A, "b"), ERR_LOCK_TOKEN_SUBMITTED);
	f->work.now += 501;
	assert_int_equal(put(f, A, "b"), 0);
}

static void a_moved_thing_leaves_its_lock_behind(void **state)
{
	struct fixture *f = *state;
	struct target from, to;
	struct held *held;

	make(f);
	held = lock(f, A, 0);
	from = find(f, A);
	to = find(f, "/files/alice/b");
	err_clear(&f->work.err);
	assert_int_equal(outcome(f, edit_move(&f->work, &from, &to, false, &held->submit)), 0);
	assert_int_equal(put(f, "/files/alice/b", "b"), 0);
	assert_int_equal(put(f, A, "b"), 0);
}

static void properties_are_locked_too(void **state)
{
	struct fixture *f = *state;
	struct props props = VEC_EMPTY;
	struct target at;

	make(f);
	assert_int_equal(lock(f, D, 0)->err, 0);
	at = find(f, D);
	assert_null(edit_props(&f->work, &at, &props, &no_locks));
	assert_int_equal(f->work.err.id, ERR_LOCK_TOKEN_SUBMITTED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GATES(a_lock_keeps_out_who_has_no_token),
		GATES(a_token_is_of_use_to_its_maker_only),
		GATES(exclusive_locks_suffer_no_others),
		GATES(of_shared_locks_one_token_is_enough),
		GATES(two_who_lock_at_once_do_not_both_get_it),
		GATES(a_lock_and_one_above_it_are_not_both_made),
		GATES(a_deep_lock_covers_what_is_below),
		GATES(a_flat_lock_keeps_the_membership_only),
		GATES(locks_below_count_for_the_whole),
		GATES(a_lock_makes_an_empty_file),
		GATES(a_lock_ends_in_its_time),
		GATES(a_moved_thing_leaves_its_lock_behind),
		GATES(properties_are_locked_too),
	};

	return RUN_GATES(tests);
}
