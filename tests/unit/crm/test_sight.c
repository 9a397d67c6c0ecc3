/* Whether somebody sees a record is the same asked of one or of many at once. */
#include "crm.h"

#include "crm/follow.h"

DB_STATEMENT(EACH_RECORD, "SELECT record FROM crm_item ORDER BY record /* scan: a test */");

enum { RECORDS_MOST = 50 };

struct all {
	const struct crm_known *known[RECORDS_MOST];
	size_t len;
};

/* Of whom are they: ann's, ben's, nobody's; and what happened with each. */
static void records(struct fixture *f)
{
	int64_t deal = make(f, CRM_DEAL, "{'name': 'Engines'}"), note, id;
	struct plan *plan;

	make(f, CRM_LEAD, "{'name': 'Cy'}");
	make(f, CRM_ACCOUNT, "{'name': 'Acme'}");
	note = make(f, CRM_NOTE, with_id(f, "{'text': 'Said', 'parent': %lld}", deal));
	make(f, CRM_TASK, with_id(f, "{'subject': 'Send it', 'parent': %lld}", deal));
	make(f, CRM_NOTE, with_id(f, "{'text': 'Answered', 'parent': %lld}", note));
	become(f, &ben);
	id = make(f, CRM_CASE, "{'subject': 'Down'}");
	make(f, CRM_NOTE, with_id(f, "{'text': 'Looked at', 'parent': %lld}", id));
	make(f, CRM_NOTE, "{'text': 'Alone'}");
	make(f, CRM_LEAD, "{'name': 'Di'}");
	plan = new_plan(f);
	plan_follow(plan, ann.id, id, true);
	must(f, apply(f, plan));
	become(f, &root);
	make(f, CRM_CASE, "{'subject': 'Waits'}");
	id = make(f, CRM_DEAL, "{'name': 'Wheels'}");
	make(f, CRM_MEETING,
	        with_id(f, "{'subject': 'Demo', 'start': 1800100000, 'parent': %lld}", id));
}

static void read_all(struct fixture *f, struct all *all)
{
	struct ids ids = VEC_EMPTY;
	struct db_rows *rows;

	work_step_end(&f->work);
	rows = db_query(work_reader(&f->work), &f->work.err, &EACH_RECORD, DB_NO_ARGS);
	while (rows && db_next(rows))
		*vec_push(f->work.arena, &ids) = db_int(rows, 0);
	must(f, db_done(rows));
	for (size_t i = 0; i < ids.len; i++) {
		struct crm_known *known;

		must(f, crm_known(&f->work, ids.at[i], &known));
		assert_true(all->len < RECORDS_MOST);
		all->known[all->len++] = known;
	}
}

/* How many of them. */
static size_t seen_by(struct fixture *f, const struct who *who, const struct all *all)
{
	struct crm_sights sights = { .work = &f->work };
	bool each[RECORDS_MOST];
	size_t seen = 0;

	become(f, who);
	must(f, crm_sees_each(&sights, all->known, all->len, each));
	for (size_t i = 0; i < all->len; i++) {
		bool one;

		must(f, crm_sees(&f->work, all->known[i], &one));
		if (one != each[i])
			fail_msg("%s, of %.*s", one ? "seen, not" : "not seen, but",
			        TEXT_ARG(all->known[i]->title));
		seen += each[i];
	}
	return seen;
}

static void many_are_seen_as_each_is(void **state)
{
	struct fixture *f = *state;
	struct all all = { .len = 0 };
	size_t anns, bens;

	records(f);
	read_all(f, &all);
	anns = seen_by(f, &ann, &all);
	bens = seen_by(f, &ben, &all);
	assert_int_equal(seen_by(f, &root, &all), all.len);
	assert_in_range(anns, 1, all.len - 1);
	assert_in_range(bens, 1, all.len - 1);
	(void)seen_by(f, &carla, &all);
}

static void none_are_asked_for_without_a_question(void **state)
{
	struct fixture *f = *state;
	struct crm_sights sights = { .work = &f->work };

	must(f, crm_sees_each(&sights, NULL, 0, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(many_are_seen_as_each_is),
		CRM(none_are_asked_for_without_a_question),
	};

	return RUN_GATES(tests);
}
