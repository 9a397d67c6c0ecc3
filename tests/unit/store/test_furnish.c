#include "fixture.h"

#include "store/shelf.h"

static void set_roles(struct fixture *f, int64_t id, const char *first, const char *second)
{
	struct principal_put *put = arena_make(f->work.arena, struct principal_put);
	struct plan *plan = new_plan(f);
	struct principal *p;

	must(f, principal_get(&f->work, id, &p));
	put->principal = *p;
	put->set_roles = true;
	if (first)
		*vec_push(f->work.arena, &put->roles) = text_of(first);
	if (second)
		*vec_push(f->work.arena, &put->roles) = text_of(second);
	plan_principal_put(plan, put);
	must(f, apply(f, plan));
}

/* "calendar tasks cases!4": names in order, `!` and the shelf behind those of the CRM. */
static const char *names_in(struct fixture *f, int64_t owner, enum collection_type home_type)
{
	struct collections children;
	struct collection *home;
	struct buf buf;

	buf_init(&buf, f->work.arena);
	must(f, collection_home(&f->work, owner, home_type, &home));
	if (!home)
		return "no home";
	must(f, collection_children(&f->work, home->id, &children));
	for (size_t i = 0; i < children.len; i++) {
		buf_printf(&buf, "%s%.*s", i ? " " : "", TEXT_ARG(children.at[i].name));
		if (children.at[i].crm)
			buf_printf(&buf, "!%d", (int)children.at[i].crm);
	}
	return buf_text(&buf).ptr;
}

#define assert_calendars(f, owner, want) \
	assert_string_equal(names_in((f), (owner), COLLECTION_CALENDAR_HOME), (want))
#define assert_books(f, owner, want) \
	assert_string_equal(names_in((f), (owner), COLLECTION_ADDRESSBOOK_HOME), (want))

static int64_t company_of(struct fixture *f)
{
	struct principal *p;

	must(f, principal_by_name(&f->work, TEXT("company"), &p));
	return p->id;
}

static void the_company_has_every_shelf(void **state)
{
	struct fixture *f = *state;
	struct collection *c;
	struct collection *home;

	assert_calendars(f, company_of(f), "deals!3 cases!4 journal!5");
	assert_books(f, company_of(f), "accounts!1 leads!2");
	must(f, collection_home(&f->work, company_of(f), COLLECTION_CALENDAR_HOME, &home));
	must(f, collection_child(&f->work, home->id, TEXT("deals"), &c));
	assert_int_equal(c->components, COMPONENT_VJOURNAL);
	must(f, collection_child(&f->work, home->id, TEXT("cases"), &c));
	assert_int_equal(c->components, COMPONENT_VTODO);
}

static void roles_bring_their_shelves_behind_the_default_ones(void **state)
{
	struct fixture *f = *state;

	assert_books(f, f->alice, "contacts");
	set_roles(f, f->alice, "sales", NULL);
	assert_books(f, f->alice, "contacts accounts!1 leads!2");
	assert_calendars(f, f->alice, "calendar tasks deals!3 journal!5");
	set_roles(f, f->alice, "sales", "support");
	assert_books(f, f->alice, "contacts accounts!1 leads!2");
	assert_calendars(f, f->alice, "calendar tasks deals!3 journal!5 cases!4");
	set_roles(f, f->bob, "admin", NULL);
	assert_books(f, f->bob, "contacts");
}

static void shelves_stay_when_the_role_goes(void **state)
{
	struct fixture *f = *state;

	set_roles(f, f->alice, "support", NULL);
	set_roles(f, f->alice, NULL, NULL);
	assert_books(f, f->alice, "contacts accounts!1");
	assert_calendars(f, f->alice, "calendar tasks cases!4");
}

static void an_older_collection_keeps_its_name(void **state)
{
	struct fixture *f = *state;
	struct plan *plan = new_plan(f);
	struct collection *home, *old = arena_make(f->work.arena, struct collection);

	must(f, collection_home(&f->work, f->alice, COLLECTION_ADDRESSBOOK_HOME, &home));
	*old = (struct collection){ .parent = home->id,
		.owner = f->alice,
		.type = COLLECTION_ADDRESSBOOK,
		.name = TEXT("leads") };
	plan_collection_make(plan, old);
	must(f, apply(f, plan));
	set_roles(f, f->alice, "sales", NULL);
	assert_books(f, f->alice, "contacts leads accounts!1 crm-leads!2");
}

static void teams_get_queues_when_they_want_them(void **state)
{
	struct fixture *f = *state;
	int64_t team = make_principal(f, PRINCIPAL_GROUP, "team", NULL);
	struct plan *plan = new_plan(f);

	assert_calendars(f, team, "no home");
	plan_queue_make(plan, team, SHELF_CASES);
	plan_queue_make(plan, team, SHELF_CASES);
	must(f, apply(f, plan));
	assert_calendars(f, team, "cases!4");
	assert_books(f, team, "no home");
	plan = new_plan(f);
	plan_queue_remove(plan, team, SHELF_CASES);
	must(f, apply(f, plan));
	assert_calendars(f, team, "");
	plan = new_plan(f);
	plan_queue_make(plan, f->alice, SHELF_CASES);
	assert_false(apply(f, plan));
	plan = new_plan(f);
	plan_queue_make(plan, team, SHELF_DEALS);
	assert_false(apply(f, plan));
}

DB_STATEMENT(SHELVES_FORGET, "DELETE FROM collection WHERE crm <> 0");

static bool forget_run(struct writing *w, void *data)
{
	(void)data;
	return db_run(w->db, w->err, &SHELVES_FORGET, DB_NO_ARGS, NULL);
}

/* As a database from before there were any. */
static void an_older_database_gets_all_of_them(void **state)
{
	struct fixture *f = *state;
	struct plan *plan;

	set_roles(f, f->alice, "sales", NULL);
	set_roles(f, f->bob, "admin", NULL);
	plan = new_plan(f);
	plan_add(plan, forget_run, NULL);
	must(f, apply(f, plan));
	assert_books(f, f->alice, "contacts");
	work_step_end(&f->work);
	house_close(&f->house);
	must(f, house_open(&f->house, &f->settings, &f->work.err));
	house_start_writer(&f->house);
	assert_books(f, company_of(f), "accounts!1 leads!2");
	assert_books(f, f->alice, "contacts accounts!1 leads!2");
	assert_books(f, f->bob, "contacts");
}

#define TESTS(ON) \
	ON(the_company_has_every_shelf), ON(roles_bring_their_shelves_behind_the_default_ones), \
	        ON(shelves_stay_when_the_role_goes), ON(an_older_collection_keeps_its_name), \
	        ON(teams_get_queues_when_they_want_them), ON(an_older_database_gets_all_of_them)
RUN_TESTS(TESTS)
