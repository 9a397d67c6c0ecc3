#include "fixture.h"

#include "store/outbox.h"

enum { LEASE = 60 };

static const int64_t RECORD = 7;

static void queue_mail(struct fixture *f, const char *recipients)
{
	struct plan *plan = new_plan(f);

	plan_outbox_put(plan, &(struct outbox_put){ .record = &RECORD,
	                              .author = f->alice,
	                              .epoch = f->house.epoch,
	                              .sender = TEXT("us@example.com"),
	                              .recipients = text_of(recipients),
	                              .message = TEXT("Subject: x\r\n\r\nx\r\n") });
	must(f, apply(f, plan));
}

static struct outbox_claim claim_at(struct fixture *f, int64_t now)
{
	struct outbox_claim *claim = arena_make(f->work.arena, struct outbox_claim);
	struct plan *plan = plan_new(f->work.arena, now);

	*claim = (struct outbox_claim){ .epoch = f->house.epoch, .seconds = LEASE };
	plan_outbox_claim(plan, claim);
	must(f, apply(f, plan));
	return *claim;
}

static bool is_due(struct fixture *f, int64_t now)
{
	bool due;

	work_step_end(&f->work);
	f->work.now = now;
	must(f, outbox_is_due(&f->work, &due));
	f->work.now = NOW;
	return due;
}

static struct plan *changed(struct fixture *f, const struct outbox_claim *claim, int state)
{
	struct outbox_change change = { claim->mail, claim->mail.claim, true };
	struct plan *plan = new_plan(f);

	change.mail.state = state;
	plan_outbox_change(plan, &change);
	return plan;
}

static void one_sender_at_a_time_has_a_mail(void **state)
{
	struct fixture *f = *state;
	struct outbox_claim first, second;

	queue_mail(f, "ada@acme.example bob@acme.example");
	assert_true(is_due(f, NOW));
	first = claim_at(f, NOW);
	assert_true(first.found);
	assert_true(text_eq(first.mail.rest, TEXT("ada@acme.example bob@acme.example")));
	assert_true(text_eq(first.message, TEXT("Subject: x\r\n\r\nx\r\n")));
	assert_false(is_due(f, NOW));
	assert_false(claim_at(f, NOW + LEASE - 1).found);
	second = claim_at(f, NOW + LEASE);
	assert_true(second.found);
	assert_int_equal(second.mail.id, first.mail.id);
	assert_true(is_stale(f, changed(f, &first, OUTBOX_SENT)));
	must(f, apply(f, changed(f, &second, OUTBOX_SENT)));
	assert_false(claim_at(f, NOW + 1000000).found);
	assert_true(is_stale(f, changed(f, &second, OUTBOX_QUEUED)));
}

static void those_that_waited_longest_go_first(void **state)
{
	struct fixture *f = *state;
	int64_t before = 0;

	for (int i = 0; i < 3; i++)
		queue_mail(f, "ada@acme.example");
	for (int i = 0; i < 3; i++) {
		struct outbox_claim claim = claim_at(f, NOW);

		assert_true(claim.found && claim.mail.id > before);
		before = claim.mail.id;
	}
	assert_false(claim_at(f, NOW).found);
}

static void another_history_holds_them(void **state)
{
	struct fixture *f = *state;
	struct text epoch = f->house.epoch;
	struct outbox_stats stats;
	struct outbox_mails mails;

	queue_mail(f, "ada@acme.example");
	f->house.epoch = TEXT("another");
	assert_false(is_due(f, NOW));
	assert_false(claim_at(f, NOW).found);
	must(f, outbox_measure(&f->work, &stats));
	assert_int_equal(stats.queued, 0);
	assert_int_equal(stats.held, 1);
	assert_int_equal(stats.oldest, NOW);
	must(f, outbox_list(&f->work, false, 0, 10, &mails));
	assert_int_equal(mails.len, 1);
	assert_true(outbox_is_held(&f->work, &mails.at[0]));
	f->house.epoch = epoch;
	assert_false(outbox_is_held(&f->work, &mails.at[0]));
}

static bool sweep_run(struct writing *w, void *data)
{
	return writing_outbox_sweep(w, *(const int64_t *)data);
}

static void only_what_is_over_is_forgotten(void **state)
{
	struct fixture *f = *state;
	int64_t before = NOW + 1;
	struct outbox_claim claim;
	struct outbox_mails mails;
	struct plan *plan;

	queue_mail(f, "ada@acme.example");
	claim = claim_at(f, NOW);
	must(f, apply(f, changed(f, &claim, OUTBOX_SENT)));
	queue_mail(f, "bob@acme.example");
	must(f, outbox_list(&f->work, true, 0, 10, &mails));
	assert_int_equal(mails.len, 2);
	plan = new_plan(f);
	plan_add(plan, sweep_run, &before);
	must(f, apply(f, plan));
	must(f, outbox_list(&f->work, true, 0, 10, &mails));
	assert_int_equal(mails.len, 1);
	assert_true(text_eq(mails.at[0].recipients, TEXT("bob@acme.example")));
}

#define TESTS(ON) \
	ON(one_sender_at_a_time_has_a_mail), ON(those_that_waited_longest_go_first), \
	        ON(another_history_holds_them), ON(only_what_is_over_is_forgotten)
RUN_TESTS(TESTS)
