#include "fixture.h"

#include "store/reach.h"

DB_STATEMENT(HOLDERS, "SELECT p.name FROM reach r JOIN principal p ON p.id = r.holder"
                      " WHERE r.viewer = ?1 AND r.reach = ?2 ORDER BY p.name");
DB_STATEMENT(COVER_INSERT,
        "INSERT INTO crm_row (id, noun, parent, position, revision, created, modified, data)"
        " VALUES (?1, 33, 0, 0, 0, 0, 0, ?2)");

/* Firm: dept (managed by mona) holds north (managed by nils) with ann and ben, and south with cleo.
 * eve is in dept itself. lea manages the company. */
struct firm {
	int64_t dept, north, south, mona, nils, ann, ben, cleo, eve, lea;
};

static void change(struct fixture *f, int64_t id, const char *role, struct texts groups[2])
{
	struct principal_put *put = arena_make(f->work.arena, struct principal_put);
	struct plan *plan = new_plan(f);
	struct principal *p;

	must(f, principal_get(&f->work, id, &p));
	put->principal = *p;
	put->set_roles = true;
	if (role)
		*vec_push(f->work.arena, &put->roles) = text_of(role);
	plan_principal_put(plan, put);
	plan_membership_set(plan, p->name, &groups[0], false);
	plan_membership_set(plan, p->name, &groups[1], true);
	must(f, apply(f, plan));
}

static int64_t person(
        struct fixture *f, const char *name, const char *role, const char *in, const char *manages)
{
	int64_t id = make_principal(f, PRINCIPAL_USER, name, NULL);
	struct texts groups[2] = { VEC_EMPTY, VEC_EMPTY };

	if (in)
		*vec_push(f->work.arena, &groups[0]) = text_of(in);
	if (manages)
		*vec_push(f->work.arena, &groups[1]) = text_of(manages);
	change(f, id, role, groups);
	return id;
}

static struct firm firm_make(struct fixture *f)
{
	struct firm firm = { 0 };
	struct plan *plan;
	struct texts *in = arena_make(f->work.arena, struct texts);

	firm.dept = make_principal(f, PRINCIPAL_GROUP, "dept", NULL);
	firm.north = make_principal(f, PRINCIPAL_GROUP, "north", NULL);
	firm.south = make_principal(f, PRINCIPAL_GROUP, "south", NULL);
	*vec_push(f->work.arena, in) = TEXT("dept");
	plan = new_plan(f);
	plan_membership_set(plan, TEXT("north"), in, false);
	plan_membership_set(plan, TEXT("south"), in, false);
	must(f, apply(f, plan));
	firm.mona = person(f, "mona", NULL, NULL, "dept");
	firm.nils = person(f, "nils", "sales", "north", "north");
	firm.ann = person(f, "ann", "sales", "north", NULL);
	firm.ben = person(f, "ben", NULL, "north", NULL);
	firm.cleo = person(f, "cleo", "support", "south", NULL);
	firm.eve = person(f, "eve", "sales", "dept", NULL);
	firm.lea = person(f, "lea", NULL, NULL, "company");
	return firm;
}

static const char *holders(struct fixture *f, int64_t viewer, enum reach reach)
{
	struct db *db = work_reader(&f->work);
	struct db_rows *rows =
	        db_query(db, &f->work.err, &HOLDERS, DB_ARGS(DB_INT(viewer), DB_INT(reach)));
	struct buf buf;

	buf_init(&buf, f->work.arena);
	while (rows && db_next(rows))
		buf_printf(&buf, "%s%.*s", buf.len ? " " : "", TEXT_ARG(db_text(rows, 0)));
	must(f, db_done(rows));
	return buf.len ? buf_text(&buf).ptr : "";
}

#define assert_holders(viewer, reach, want) \
	assert_string_equal(holders(f, (viewer), (reach)), (want))

static void everybody_has_themselves(void **state)
{
	struct fixture *f = *state;
	struct firm firm = firm_make(f);

	assert_holders(firm.ben, REACH_OWN, "ben");
	assert_holders(firm.ben, REACH_TEAM, "");
	assert_holders(firm.lea, REACH_OWN, "lea");
	assert_holders(firm.ann, REACH_NONE, "");
}

static void a_team_is_who_is_in_the_own_group_and_below(void **state)
{
	struct fixture *f = *state;
	struct firm firm = firm_make(f);

	assert_holders(firm.ann, REACH_TEAM, "ann ben company nils north");
	assert_holders(firm.cleo, REACH_TEAM, "cleo company south");
	assert_holders(firm.eve, REACH_TEAM, "ann ben cleo company dept eve nils north south");
	assert_holders(firm.cleo, REACH_QUEUES, "cleo company south");
	assert_holders(firm.ann, REACH_QUEUES, "ann company north");
}

static void managers_have_what_is_below_them(void **state)
{
	struct fixture *f = *state;
	struct firm firm = firm_make(f);

	assert_holders(firm.mona, REACH_SUBTREE, "ann ben cleo dept eve mona nils north south");
	assert_holders(firm.nils, REACH_SUBTREE, "ann ben nils north");
	assert_holders(firm.nils, REACH_TEAM_AND_SUBTREE, "ann ben company nils north");
	assert_holders(firm.ann, REACH_SUBTREE, "");
	assert_holders(firm.ann, REACH_TEAM_AND_SUBTREE, "");
}

/* Whoever manages a group below is there, without being in it; who manages the same one is not. */
static void managers_below_are_there_too(void **state)
{
	struct fixture *f = *state;
	struct firm firm = firm_make(f);
	int64_t otto = person(f, "otto", NULL, NULL, "south");

	person(f, "max", NULL, NULL, "dept");
	assert_holders(
	        firm.mona, REACH_SUBTREE, "ann ben cleo dept eve mona nils north otto south");
	assert_holders(otto, REACH_SUBTREE, "cleo otto south");
}

static void all_are_people_and_groups(void **state)
{
	struct fixture *f = *state;

	firm_make(f);
	make_principal(f, PRINCIPAL_LOCATION, "room", NULL);
	assert_holders(
	        0, REACH_ALL, "alice ann ben bob cleo company dept eve lea mona nils north south");
}

static void it_follows_what_changes(void **state)
{
	struct fixture *f = *state;
	struct firm firm = firm_make(f);
	struct texts groups[2] = { VEC_EMPTY, VEC_EMPTY };
	struct plan *plan;

	*vec_push(f->work.arena, &groups[0]) = TEXT("south");
	change(f, firm.ann, "sales", groups);
	assert_holders(firm.ann, REACH_TEAM, "ann cleo company south");
	assert_holders(firm.cleo, REACH_TEAM, "ann cleo company south");
	plan = new_plan(f);
	plan_principal_remove(plan, firm.cleo);
	must(f, apply(f, plan));
	assert_holders(firm.ann, REACH_TEAM, "ann company south");
	assert_holders(firm.cleo, REACH_TEAM, "");
}

struct covering {
	int64_t id;
	struct text data;
};

static bool cover_run(struct writing *w, void *data)
{
	const struct covering *c = data;

	return db_run(w->db, w->err, &COVER_INSERT, DB_ARGS(DB_INT(c->id), DB_TEXT(c->data)),
	               NULL) &&
	       writing_people(w);
}

static void cover(struct fixture *f, int64_t id, int64_t absent, int64_t by, const char *days)
{
	struct covering *c = arena_make(f->work.arena, struct covering);
	struct plan *plan = new_plan(f);

	c->id = id;
	c->data = arena_printf(f->work.arena, "{\"absent\":%lld,\"cover\":%lld,%s}",
	        (long long)absent, (long long)by, days);
	plan_add(plan, cover_run, c);
	must(f, apply(f, plan));
}

/* NOW is 2027-01-15. */
static void who_stands_in_reaches_as_far_on_these_days(void **state)
{
	struct fixture *f = *state;
	struct firm firm = firm_make(f);

	cover(f, 900, firm.ann, firm.ben, "\"from\":\"2027-01-15\",\"to\":\"2027-01-16\"");
	cover(f, 901, firm.ann, firm.eve, "\"from\":\"2027-01-16\",\"to\":\"2027-01-18\"");
	cover(f, 902, firm.cleo, firm.eve, "\"from\":\"2027-01-10\",\"to\":\"2027-01-15\"");
	assert_holders(firm.ben, REACH_OWN, "ann ben");
	assert_holders(firm.eve, REACH_OWN, "eve");
	f->work.now += 86400;
	cover(f, 903, firm.cleo, firm.nils, "\"from\":\"2027-01-16\",\"to\":\"2027-01-17\"");
	assert_holders(firm.ben, REACH_OWN, "ben");
	assert_holders(firm.eve, REACH_OWN, "ann eve");
	assert_holders(firm.nils, REACH_TEAM, "ann ben cleo company nils north");
}

#define TESTS(ON) \
	ON(everybody_has_themselves), ON(a_team_is_who_is_in_the_own_group_and_below), \
	        ON(managers_have_what_is_below_them), ON(managers_below_are_there_too), \
	        ON(all_are_people_and_groups), ON(it_follows_what_changes), \
	        ON(who_stands_in_reaches_as_far_on_these_days)
RUN_TESTS(TESTS)
