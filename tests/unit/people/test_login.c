/* Logins on a real house: which of them hash, and which only look up. */
#include "../store/fixture.h"
#include "../test.h"

#include "base/clock.h"
#include "base/hash.h"
#include "people/app_password.h"
#include "people/group.h"
#include "people/login.h"

static void set_hash(struct fixture *f, int64_t id, struct text hash)
{
	struct principal_put *put = arena_make(f->work.arena, struct principal_put);
	struct plan *plan = new_plan(f);
	struct principal *p;

	must(f, principal_get(&f->work, id, &p));
	put->principal = *p;
	put->principal.password = hash;
	put->set_password = true;
	plan_principal_put(plan, put);
	must(f, apply(f, plan));
}

static void set_password(struct fixture *f, int64_t id, const char *password)
{
	set_hash(f, id, password_hash(f->work.arena, text_of(password)));
}

static enum login_verdict_is ask(
        struct fixture *f, const char *name, const char *password, bool may_block)
{
	struct login_ask asked = { .name = text_of(name),
		.password = text_of(password),
		.peer = TEXT("192.0.2.1"),
		.client = TEXT("test/1"),
		.may_block = may_block };
	enum login_verdict_is is;

	work_step_end(&f->work);
	f->work.who = NULL;
	is = login_check(&f->work, &asked);
	assert_true((is == LOGIN_IS_RIGHT) == (f->work.who != NULL));
	return is;
}

static void begin(struct fixture *f)
{
	f->settings.login_cache = 600;
	f->house.login = login_new();
	set_password(f, f->alice, "secret");
}

static void end(struct fixture *f)
{
	login_free(&f->house.login);
}

static void a_password_is_hashed_once(void **state)
{
	struct fixture *f = *state;

	begin(f);
	assert_int_equal(ask(f, "alice", "secret", false), LOGIN_IS_SLOW);
	assert_int_equal(ask(f, "alice", "wrong", true), LOGIN_IS_WRONG);
	assert_int_equal(ask(f, "ALICE", "secret", true), LOGIN_IS_RIGHT);
	assert_int_equal(ask(f, "ALICE", "secret", false), LOGIN_IS_RIGHT);
	assert_int_equal(f->work.who->id, f->alice);
	assert_int_equal(ask(f, "alice@example.org", "secret", false), LOGIN_IS_SLOW);
	assert_int_equal(ask(f, "alice@example.org", "secret", true), LOGIN_IS_RIGHT);
	assert_int_equal(ask(f, "bob", "", true), LOGIN_IS_WRONG);
	end(f);
}

static void what_changes_elsewhere_is_seen_at_once(void **state)
{
	struct fixture *f = *state;

	begin(f);
	assert_int_equal(ask(f, "alice", "secret", true), LOGIN_IS_RIGHT);
	set_password(f, f->bob, "other");
	assert_int_equal(ask(f, "alice", "secret", false), LOGIN_IS_RIGHT);
	set_password(f, f->alice, "new");
	assert_int_equal(ask(f, "alice", "secret", false), LOGIN_IS_SLOW);
	assert_int_equal(ask(f, "alice", "secret", true), LOGIN_IS_WRONG);
	assert_int_equal(ask(f, "alice", "new", true), LOGIN_IS_RIGHT);
	f->settings.login_cache = 0;
	assert_int_equal(ask(f, "alice", "new", false), LOGIN_IS_SLOW);
	end(f);
}

static bool in_group(const struct who *who, int64_t group)
{
	for (size_t i = 0; i < who->groups_len; i++)
		if (who->groups[i] == group)
			return true;
	return false;
}

static void groups_reach_through_others(void **state)
{
	struct fixture *f = *state;
	int64_t inner, outer;
	struct plan *plan;
	struct principal *company;

	begin(f);
	inner = make_principal(f, PRINCIPAL_GROUP, "inner", NULL);
	outer = make_principal(f, PRINCIPAL_GROUP, "outer", NULL);
	must(f, principal_by_name(&f->work, TEXT("company"), &company));
	assert_int_equal(ask(f, "alice", "secret", true), LOGIN_IS_RIGHT);
	assert_true(in_group(f->work.who, company->id));
	assert_false(in_group(f->work.who, outer));
	plan = new_plan(f);
	plan_group_join(plan, outer, inner, false);
	plan_group_join(plan, inner, f->alice, false);
	plan_group_no_circle(plan, TEXT("inner"));
	must(f, apply(f, plan));
	assert_int_equal(ask(f, "alice", "secret", false), LOGIN_IS_RIGHT);
	assert_true(in_group(f->work.who, inner) && in_group(f->work.who, outer));
	plan = new_plan(f);
	plan_group_join(plan, inner, outer, false);
	plan_group_no_circle(plan, TEXT("inner"));
	assert_false(apply(f, plan));
	end(f);
}

static void app_passwords_cost_a_look_up(void **state)
{
	struct fixture *f = *state;
	struct plan *plan;
	struct text words;

	begin(f);
	plan = new_plan(f);
	words = plan_app_password_add(plan, f->alice, TEXT("phone"));
	must(f, apply(f, plan));
	/* Where hashing is not allowed. */
	assert_int_equal(ask(f, "alice", words.ptr, false), LOGIN_IS_RIGHT);
	assert_true(f->work.who->app_password > 0);
	plan = new_plan(f);
	plan_app_password_revoke(plan, f->alice, f->work.who->app_password);
	must(f, apply(f, plan));
	assert_int_equal(ask(f, "alice", words.ptr, false), LOGIN_IS_SLOW);
	assert_int_equal(ask(f, "alice", words.ptr, true), LOGIN_IS_WRONG);
	end(f);
}

static void failures_make_the_next_one_wait(void **state)
{
	struct fixture *f = *state;
	struct login_ask asked = { .name = TEXT("alice@example.org"), .password = TEXT("x") };

	begin(f);
	for (int i = 0; i < 4; i++)
		assert_int_equal(ask(f, "alice", "wrong", true), LOGIN_IS_WRONG);
	work_step_end(&f->work);
	assert_int_equal(login_wait(&f->work, &asked), 500);
	assert_int_equal(ask(f, "alice", "secret", true), LOGIN_IS_RIGHT);
	work_step_end(&f->work);
	assert_int_equal(login_wait(&f->work, &asked), 0);
	end(f);
}

/* openssl passwd -5 -salt abcd secret */
#define FOREIGN "$5$abcd$BgCbKzckrgGdFcL/gWllSOkKJCXQV5rwJeTh9xnsJ1D"

static struct text stored(struct fixture *f)
{
	struct text hash;

	work_step_end(&f->work);
	must(f, login_stored(&f->work, f->alice, &hash));
	return hash;
}

static void a_hash_from_elsewhere_is_renewed_once(void **state)
{
	struct fixture *f = *state;
	struct text renewed;

	begin(f);
	f->settings.login_renew_hashes = true;
	set_hash(f, f->alice, TEXT(FOREIGN));
	assert_int_equal(ask(f, "alice", "wrong", true), LOGIN_IS_WRONG);
	assert_text(stored(f), FOREIGN);
	assert_int_equal(ask(f, "alice", "secret", true), LOGIN_IS_RIGHT);
	renewed = stored(f);
	assert_true(password_hash_is_ours(renewed));
	assert_int_equal(ask(f, "alice@example.org", "secret", true), LOGIN_IS_RIGHT);
	assert_text(stored(f), renewed.ptr);
	/* It was verified with another hash than is stored now, and holds when people change. */
	set_password(f, f->bob, "other");
	assert_int_equal(ask(f, "alice", "secret", false), LOGIN_IS_RIGHT);
	set_password(f, f->alice, "new");
	assert_int_equal(ask(f, "alice", "secret", true), LOGIN_IS_WRONG);
	end(f);
}

static void a_hash_that_cannot_be_renewed_still_holds(void **state)
{
	struct fixture *f = *state;

	begin(f);
	set_hash(f, f->alice, TEXT(FOREIGN));
	assert_int_equal(ask(f, "alice", "secret", true), LOGIN_IS_RIGHT);
	assert_text(stored(f), FOREIGN);
	f->settings.login_renew_hashes = true;
	writer_close(f->house.writer);
	assert_int_equal(ask(f, "alice@example.org", "secret", true), LOGIN_IS_RIGHT);
	assert_int_equal(ask(f, "alice@example.org", "secret", false), LOGIN_IS_RIGHT);
	assert_text(stored(f), FOREIGN);
	end(f);
}

#define TESTS(ON) \
	ON(a_password_is_hashed_once), ON(what_changes_elsewhere_is_seen_at_once), \
	        ON(groups_reach_through_others), ON(app_passwords_cost_a_look_up), \
	        ON(failures_make_the_next_one_wait), ON(a_hash_from_elsewhere_is_renewed_once), \
	        ON(a_hash_that_cannot_be_renewed_still_holds)

RUN_TESTS(TESTS)
