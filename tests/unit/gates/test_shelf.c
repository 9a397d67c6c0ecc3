/* Who may do what with the collections of the CRM. */
#include "gates.h"

#include "people/login.h"
#include "people/reach.h"
#include "store/shelf.h"

DB_STATEMENT(ITEM_INSERT,
        "INSERT INTO crm_item (record, noun, uid, holder, owner, team, state, status, entered,"
        " account, contact, parent, pipeline, stage, campaign, source, title, title_key, created,"
        " modified, start, due, closed, amount, probability, priority, number, score, until,"
        " fields) VALUES (?1, 3, ?2, ?3, ?3, 0, 0, '', 0, 0, 0, 0, 0, 0, 0, '', '', '', 0, 0, 0,"
        " 0, 0, 0, 0, 0, 0, 0, 0, '{}')");
DB_STATEMENT(VISIBILITY_INSERT,
        "INSERT INTO crm_row (id, noun, parent, position, revision, created, modified, data)"
        " VALUES (900, 35, 0, 0, 0, 0, 0, ?1)");

/* Makes somebody with a role, in a group, managing another one; absent: without. */
static struct who *person(
        struct fixture *f, const char *name, const char *role, const char *in, const char *manages)
{
	struct principal_put *put = arena_make(f->work.arena, struct principal_put);
	struct texts *groups = arena_make(f->work.arena, struct texts);
	struct texts *managed = arena_make(f->work.arena, struct texts);
	struct who *who = arena_make(f->work.arena, struct who);
	struct plan *plan = new_plan(f);

	put->principal.kind = PRINCIPAL_USER;
	put->principal.name = text_of(name);
	put->set_roles = true;
	if (role)
		*vec_push(f->work.arena, &put->roles) = text_of(role);
	if (in)
		*vec_push(f->work.arena, groups) = text_of(in);
	if (manages)
		*vec_push(f->work.arena, managed) = text_of(manages);
	plan_principal_put(plan, put);
	plan_membership_set(plan, text_of(name), groups, false);
	plan_membership_set(plan, text_of(name), managed, true);
	must(f, apply(f, plan));
	must(f, login_who(&f->work, put->principal.id, text_of(name), who));
	return who;
}

/* What somebody may do at an address: "read", "ask", "write", "all" or "nothing". */
static const char *may(struct fixture *f, const struct who *who, const char *href)
{
	struct target at;

	become(f, who);
	at = find(f, href);
	if (at.is == TARGET_NOTHING)
		return "nothing";
	if (rights_allow(at.rights, PRIVILEGE_WRITE_ACL))
		return "all";
	if (rights_have(at.rights, privilege_mask(PRIVILEGE_WRITE)))
		return "write";
	if (rights_allow(at.rights, PRIVILEGE_WRITE_CONTENT))
		return "read, change";
	return rights_allow(at.rights, PRIVILEGE_READ)        ? "read"
	       : rights_allow(at.rights, PRIVILEGE_READ_CUPS) ? "ask"
	                                                      : "other";
}

static void who_sees_all_reads_the_company_and_others_ask(void **state)
{
	struct fixture *f = *state;
	const char *leads = "/addressbooks/company/leads/";
	struct who *rep = person(f, "rep", "sales", NULL, NULL);
	struct who *agent = person(f, "agent", "support", NULL, NULL);
	struct who *chief = person(f, "chief", NULL, NULL, "company");

	assert_string_equal(may(f, rep, leads), "ask");
	assert_string_equal(may(f, agent, leads), "ask");
	assert_string_equal(may(f, agent, "/addressbooks/company/accounts/"), "read");
	assert_string_equal(may(f, chief, leads), "read");
	assert_string_equal(may(f, &admin, leads), "read");
	assert_string_equal(may(f, &alice, leads), "nothing"); /* not logged in: no company */
	assert_string_equal(may(f, NULL, leads), "nothing");
	assert_string_equal(may(f, rep, "/calendars/company/"), "read");
	assert_string_equal(may(f, NULL, "/calendars/company/"), "nothing");
}

static void shelves_of_people_are_theirs_alone(void **state)
{
	struct fixture *f = *state;
	int64_t team = make_principal(f, PRINCIPAL_GROUP, "team", NULL);
	struct who *rep = person(f, "rep", "sales", "team", NULL);
	struct who *other = person(f, "other", "sales", "team", NULL);
	struct who *boss = person(f, "boss", NULL, NULL, "team");
	struct who *chief = person(f, "chief", NULL, NULL, "company");
	const char *leads = "/addressbooks/rep/leads/";
	struct aces aces = VEC_EMPTY;
	struct target at;

	assert_true(team);
	assert_string_equal(may(f, rep, leads), "write");
	assert_string_equal(may(f, other, leads), "nothing");
	assert_string_equal(may(f, &admin, leads), "read");
	assert_string_equal(may(f, boss, leads), "nothing");
	assert_string_equal(may(f, boss, "/addressbooks/rep/"), "nothing");
	assert_string_equal(may(f, chief, leads), "nothing");
	assert_string_equal(may(f, chief, "/addressbooks/rep/"), "nothing");
	assert_string_equal(may(f, rep, "/addressbooks/rep/contacts/"), "all");
	*vec_push(f->work.arena, &aces) = (struct ace){ ACE_PRINCIPAL, other->id, false, false,
		(uint64_t)1 << PRIVILEGE_READ };
	become(f, rep);
	at = find(f, leads);
	assert_int_equal(
	        outcome(f, edit_acl(&f->work, &at, &aces, &no_locks)), ERR_NEED_PRIVILEGES);
	become(f, &admin);
	at = find(f, leads);
	assert_int_equal(
	        outcome(f, edit_acl(&f->work, &at, &aces, &no_locks)), ERR_NEED_PRIVILEGES);
	/* Nor by opening the home. */
	become(f, rep);
	at = find(f, "/addressbooks/rep/");
	assert_int_equal(outcome(f, edit_acl(&f->work, &at, &aces, &no_locks)), ERR_NONE);
	assert_string_equal(may(f, other, "/addressbooks/rep/contacts/"), "read");
	assert_string_equal(may(f, other, leads), "nothing");
}

static void shelves_stay_and_keep_their_names(void **state)
{
	struct fixture *f = *state;
	struct who *rep = person(f, "rep", "sales", NULL, NULL);

	become(f, rep);
	assert_int_equal(delete (f, "/addressbooks/rep/leads/"), ERR_FORBIDDEN);
	assert_int_equal(
	        move(f, "/addressbooks/rep/leads/", "/addressbooks/rep/x/", false), ERR_FORBIDDEN);
	assert_int_equal(
	        copy(f, "/addressbooks/rep/leads/", "/addressbooks/rep/x/", false), ERR_FORBIDDEN);
	assert_int_equal(move(f, "/addressbooks/rep/contacts/", "/addressbooks/rep/leads/", true),
	        ERR_FORBIDDEN);
	assert_int_equal(mkcol(f, "/calendars/rep/cases/", COLLECTION_CALENDAR), ERR_FORBIDDEN);
	assert_int_equal(mkcol(f, "/calendars/rep/leads/", COLLECTION_CALENDAR), ERR_NONE);
	become(f, &admin);
	assert_int_equal(delete (f, "/addressbooks/company/leads/"), ERR_FORBIDDEN);
	assert_int_equal(delete (f, "/addressbooks/rep/leads/"), ERR_FORBIDDEN);
}

static void queues_are_read_by_managers_and_by_support_for_cases(void **state)
{
	struct fixture *f = *state;
	int64_t team = make_principal(f, PRINCIPAL_GROUP, "team", NULL);
	struct who *agent = person(f, "agent", "support", "team", NULL);
	struct who *stranger = person(f, "stranger", "support", NULL, NULL);
	struct who *boss = person(f, "boss", NULL, NULL, "team");
	struct plan *plan = new_plan(f);

	plan_queue_make(plan, team, SHELF_CASES);
	plan_queue_make(plan, team, SHELF_LEADS);
	must(f, apply(f, plan));
	assert_string_equal(may(f, agent, "/calendars/team/cases/"), "read, change");
	assert_string_equal(may(f, agent, "/addressbooks/team/leads/"), "nothing");
	assert_string_equal(may(f, stranger, "/calendars/team/cases/"), "nothing");
	assert_string_equal(may(f, stranger, "/calendars/team/"), "nothing");
	assert_string_equal(may(f, boss, "/calendars/team/cases/"), "read, change");
	assert_string_equal(may(f, boss, "/addressbooks/team/leads/"), "read, change");
	assert_string_equal(may(f, boss, "/addressbooks/team/"), "read");
	assert_string_equal(may(f, &admin, "/addressbooks/team/leads/"), "read");
}

static bool item_run(struct writing *w, void *data)
{
	const int64_t *ids = data;

	return db_run(w->db, w->err, &ITEM_INSERT,
	        DB_ARGS(DB_INT(ids[0]), DB_TEXT(TEXT("x")), DB_INT(ids[1])), NULL);
}

/* A lead of somebody's, on the company's shelf. */
static void lead(struct fixture *f, const char *name, int64_t holder)
{
	int64_t shelf = place_of(f, "company", COLLECTION_ADDRESSBOOK_HOME, "leads");
	struct record *record = put_body(f, shelf, PUT(.name = name, .uid = name, .body = name));
	struct plan *plan = new_plan(f);
	int64_t *ids = arena_array(f->work.arena, 2, sizeof(*ids));

	ids[0] = record->id;
	ids[1] = holder;
	plan_add(plan, item_run, ids);
	must(f, apply(f, plan));
}

static void of_the_companys_records_each_sees_its_own(void **state)
{
	struct fixture *f = *state;
	struct who *rep = person(f, "rep", "sales", NULL, NULL);
	struct who *other = person(f, "other", "sales", NULL, NULL);
	struct who *chief = person(f, "chief", NULL, NULL, "company");
	struct targets children = VEC_EMPTY;
	struct target at;

	lead(f, "a.vcf", rep->id);
	lead(f, "b.vcf", other->id);
	assert_string_equal(may(f, rep, "/addressbooks/company/leads/a.vcf"), "read");
	assert_string_equal(may(f, rep, "/addressbooks/company/leads/b.vcf"), "nothing");
	assert_string_equal(may(f, other, "/addressbooks/company/leads/b.vcf"), "read");
	assert_string_equal(may(f, chief, "/addressbooks/company/leads/b.vcf"), "read");
	become(f, rep);
	at = find(f, "/addressbooks/company/leads/");
	must(f, list_children(&f->work, &at, &children));
	assert_int_equal(children.len, 0);
	become(f, chief);
	at = find(f, "/addressbooks/company/leads/");
	must(f, list_children(&f->work, &at, &children));
	assert_int_equal(children.len, 2);
}

static bool visibility_run(struct writing *w, void *data)
{
	return db_run(w->db, w->err, &VISIBILITY_INSERT, DB_ARGS(DB_TEXT(*(struct text *)data)),
	               NULL) &&
	       writing_people(w);
}

static void the_admin_sets_how_far_a_role_sees(void **state)
{
	struct fixture *f = *state;
	struct who *rep = person(f, "rep", "sales", NULL, NULL);
	struct plan *plan = new_plan(f);
	static struct text set =
	        TEXT_INIT("{\"role\":\"sales\",\"noun\":\"leads\",\"reach\":\"all\"}");

	assert_int_equal(rep->reach[SHELF_LEADS], REACH_OWN);
	assert_int_equal(rep->reach[SHELF_ACCOUNTS], REACH_TEAM);
	plan_add(plan, visibility_run, &set);
	must(f, apply(f, plan));
	must(f, login_who(&f->work, rep->id, rep->name, rep));
	assert_int_equal(rep->reach[SHELF_LEADS], REACH_ALL);
	assert_int_equal(rep->reach[SHELF_ACCOUNTS], REACH_TEAM);
	assert_string_equal(may(f, rep, "/addressbooks/company/leads/"), "read");
}

static void roles_add_up(void **state)
{
	struct fixture *f = *state;
	int64_t team = make_principal(f, PRINCIPAL_GROUP, "team", NULL);
	struct who *agent = person(f, "agent", "support", "team", NULL);
	struct who *lead = person(f, "lead", "sales", NULL, "team");
	struct who *head = person(f, "head", "support", NULL, "team");

	assert_true(team);
	assert_int_equal(agent->reach[SHELF_CASES], REACH_QUEUES);
	assert_int_equal(agent->reach[SHELF_LEADS], REACH_OWN);
	assert_int_equal(lead->reach[SHELF_LEADS], REACH_SUBTREE);
	assert_int_equal(lead->reach[SHELF_ACCOUNTS], REACH_TEAM_AND_SUBTREE);
	assert_int_equal(head->reach[SHELF_CASES], REACH_QUEUES_AND_SUBTREE);
	assert_int_equal(head->reach[SHELF_ACCOUNTS], REACH_ALL);
	assert_true(lead->is_manager && lead->is_sales && !lead->is_leadership);
	assert_int_equal(alice.reach[SHELF_LEADS], REACH_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GATES(who_sees_all_reads_the_company_and_others_ask),
		GATES(shelves_of_people_are_theirs_alone),
		GATES(shelves_stay_and_keep_their_names),
		GATES(queues_are_read_by_managers_and_by_support_for_cases),
		GATES(of_the_companys_records_each_sees_its_own),
		GATES(the_admin_sets_how_far_a_role_sees),
		GATES(roles_add_up),
	};

	return RUN_GATES(tests);
}
