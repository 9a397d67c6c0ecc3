#include "fixture.h"

static void a_new_user_has_homes_and_default_collections(void **state)
{
	struct fixture *f = *state;
	struct collection *home, *child;
	struct collections children;

	must(f, collection_home(&f->work, f->alice, COLLECTION_CALENDAR_HOME, &home));
	must(f, collection_children(&f->work, home->id, &children));
	assert_int_equal(children.len, 2);
	assert_true(text_eq(children.at[0].name, TEXT("calendar")));
	assert_int_equal(children.at[0].components, COMPONENT_VEVENT | COMPONENT_VJOURNAL |
	                                                    COMPONENT_VFREEBUSY |
	                                                    COMPONENT_VAVAILABILITY);
	assert_true(text_eq(children.at[1].name, TEXT("tasks")));
	assert_int_equal(children.at[1].components, COMPONENT_VTODO);
	assert_int_equal(children.at[1].owner, f->alice);
	must(f, collection_home_of(&f->work, TEXT("ALICE"), COLLECTION_ADDRESSBOOK_HOME, &home));
	must(f, collection_child(&f->work, home->id, TEXT("contacts"), &child));
	assert_int_equal(child->type, COLLECTION_ADDRESSBOOK);
	must(f, collection_home_above(&f->work, child, &child));
	assert_int_equal(child->id, home->id);
	must(f, collection_home(&f->work, f->alice, COLLECTION_FILE_HOME, &home));
	assert_true(collection_is_home(home));
}

static void a_room_has_a_calendar_only_and_a_group_no_home(void **state)
{
	struct fixture *f = *state;
	int64_t room = make_principal(f, PRINCIPAL_LOCATION, "room", NULL);
	int64_t team = make_principal(f, PRINCIPAL_GROUP, "team", NULL);
	struct collections children;
	struct collection *home;

	must(f, collection_home(&f->work, room, COLLECTION_CALENDAR_HOME, &home));
	must(f, collection_children(&f->work, home->id, &children));
	assert_int_equal(children.len, 1);
	must(f, collection_home(&f->work, room, COLLECTION_ADDRESSBOOK_HOME, &home));
	assert_null(home);
	must(f, collection_home(&f->work, team, COLLECTION_CALENDAR_HOME, &home));
	assert_null(home);
}

static void a_path_is_found_in_one_go(void **state)
{
	struct fixture *f = *state;
	struct collection_path path;

	must(f, collection_path(
	                &f->work, TEXT("Alice"), COLLECTION_CALENDAR_HOME, TEXT("tasks"), &path));
	assert_int_equal(path.owner->id, f->alice);
	assert_int_equal(path.home->owner, f->alice);
	assert_int_equal(path.child->parent, path.home->id);
	assert_int_equal(path.child->components, COMPONENT_VTODO);
	must(f, collection_path(
	                &f->work, TEXT("alice"), COLLECTION_CALENDAR_HOME, TEXT("none"), &path));
	assert_non_null(path.home);
	assert_null(path.child);
	must(f, collection_path(
	                &f->work, TEXT("alice"), COLLECTION_CALENDAR_HOME, TEXT_NONE, &path));
	assert_null(path.child);
	must(f, collection_path(
	                &f->work, TEXT("nobody"), COLLECTION_CALENDAR_HOME, TEXT("x"), &path));
	assert_null(path.owner);
}

static struct text shown_name(struct fixture *f)
{
	struct collection_path path;
	int64_t latest;

	work_step_end(&f->work);
	/* So that the snapshot is there, as it is behind a login. */
	must(f, change_latest(&f->work, &latest));
	must(f, collection_path(
	                &f->work, TEXT("alice"), COLLECTION_CALENDAR_HOME, TEXT("tasks"), &path));
	assert_int_equal(path.child->parent, path.home->id);
	return path.owner->display_name;
}

static void a_path_is_as_new_as_its_snapshot(void **state)
{
	struct fixture *f = *state;
	struct text names[] = { TEXT("A"), TEXT("B"), TEXT("C") };
	struct text first = TEXT_NONE;

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct principal_put *put = arena_make(f->work.arena, struct principal_put);
		struct plan *plan = new_plan(f);
		struct principal *alice;

		must(f, principal_get(&f->work, f->alice, &alice));
		put->principal = *alice;
		put->principal.display_name = names[i];
		plan_principal_put(plan, put);
		must(f, apply(f, plan));
		/* Asked often enough to be remembered. */
		for (int times = 0; times < 4; times++)
			assert_true(text_eq(shown_name(f), names[i]));
		if (!i)
			first = shown_name(f);
	}
	assert_true(text_eq(first, names[0]));
}

static void nobody_changes_what_others_are_given(void **state)
{
	struct fixture *f = *state;
	struct collection_path path;
	int64_t latest;

	for (int times = 0; times < 4; times++) {
		work_step_end(&f->work);
		must(f, change_latest(&f->work, &latest));
		must(f, collection_path(&f->work, TEXT("alice"), COLLECTION_CALENDAR_HOME,
		                TEXT("tasks"), &path));
		assert_int_equal(path.child->type, COLLECTION_CALENDAR);
		path.child->type = COLLECTION_FOLDER;
		path.owner->display_name = TEXT("somebody else");
	}
}

static enum err_id put_fails(struct fixture *f, struct principal_put put)
{
	struct plan *plan = new_plan(f);

	plan_principal_put(plan, &put);
	assert_false(apply(f, plan));
	assert_int_equal(plan_state(plan), PLAN_FAILED);
	return f->work.err.id;
}

static void names_are_unique_over_all_kinds_and_cases(void **state)
{
	struct fixture *f = *state;
	struct principal *p;

	assert_int_equal(
	        put_fails(f, (struct principal_put){ .principal = { .kind = PRINCIPAL_GROUP,
	                                                     .name = TEXT("ALICE") } }),
	        ERR_TAKEN);
	assert_non_null(strstr(f->work.err.detail, "ALICE"));
	must(f, principal_by_name(&f->work, TEXT("aLICE"), &p));
	assert_int_equal(p->id, f->alice);
	assert_int_equal(p->kind, PRINCIPAL_USER);
	assert_int_equal(p->uid.len, 36);
}

static void addresses_are_unique(void **state)
{
	struct fixture *f = *state;
	struct principal_put put = { .principal = { .kind = PRINCIPAL_USER, .name = TEXT("carol") },
		.set_emails = true };
	struct texts emails;
	struct principal *p;

	*vec_push(f->work.arena, &put.emails) = TEXT("Alice@Example.org");
	assert_int_equal(put_fails(f, put), ERR_TAKEN);
	assert_non_null(strstr(f->work.err.detail, "Alice@Example.org"));
	must(f, principal_by_name(&f->work, TEXT("carol"), &p));
	assert_null(p);
	must(f, principal_by_email(&f->work, TEXT("ALICE@example.ORG"), &p));
	assert_int_equal(p->id, f->alice);
	must(f, principal_emails(&f->work, f->alice, &emails));
	assert_int_equal(emails.len, 1);
}

static void names_that_are_no_path_segment_are_refused(void **state)
{
	static const char *const names[] = { "", ".", "..", "a/b", "a\\b", "a:b", "a;b", "a\nb",
		"\xff", "\x7f" };
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT_OF(names); i++)
		assert_int_equal(
		        put_fails(f, (struct principal_put){ .principal = { .kind = PRINCIPAL_USER,
		                                                     .name = text_of(names[i]) } }),
		        ERR_BAD_REQUEST);
}

static void a_change_keeps_what_it_does_not_name(void **state)
{
	struct fixture *f = *state;
	struct principal_put put = { .set_roles = true };
	struct plan *plan = new_plan(f);
	struct principal *p;
	struct texts texts;

	must(f, principal_get(&f->work, f->alice, &p));
	put.principal = *p;
	put.principal.display_name = TEXT("Alice A.");
	*vec_push(f->work.arena, &put.roles) = TEXT("admin");
	plan_principal_put(plan, &put);
	must(f, apply(f, plan));
	must(f, principal_get(&f->work, f->alice, &p));
	assert_true(text_eq(p->display_name, TEXT("Alice A.")));
	must(f, principal_emails(&f->work, f->alice, &texts));
	assert_int_equal(texts.len, 1);
	must(f, principal_roles(&f->work, f->alice, &texts));
	assert_int_equal(texts.len, 1);
	put.principal.kind = PRINCIPAL_GROUP;
	assert_int_equal(put_fails(f, put), ERR_TAKEN);
}

static bool has(const struct ids *ids, int64_t id)
{
	for (size_t i = 0; i < ids->len; i++)
		if (ids->at[i] == id)
			return true;
	return false;
}

static void company_holds_every_user(void **state)
{
	struct fixture *f = *state;
	int64_t room = make_principal(f, PRINCIPAL_LOCATION, "room", NULL);
	struct principal *company;
	struct plan *plan;
	struct ids ids;

	must(f, principal_by_name(&f->work, TEXT("company"), &company));
	must(f, principal_members(&f->work, company->id, false, &ids));
	assert_true(has(&ids, f->alice) && has(&ids, f->bob) && !has(&ids, room));
	must(f, principal_groups(&f->work, f->bob, false, &ids));
	assert_true(ids.len == 1 && ids.at[0] == company->id);
	must(f, principal_groups(&f->work, room, false, &ids));
	assert_int_equal(ids.len, 0);
	plan = new_plan(f);
	plan_principal_remove(plan, company->id);
	assert_false(apply(f, plan));
	assert_int_equal(f->work.err.id, ERR_FORBIDDEN);
}

static void membership_is_resolved_by_name_when_it_runs(void **state)
{
	struct fixture *f = *state;
	struct principal_put team = { .principal = {
		                              .kind = PRINCIPAL_GROUP, .name = TEXT("team") } };
	struct plan *plan = new_plan(f);
	struct texts groups = VEC_EMPTY;
	struct ids ids;

	*vec_push(f->work.arena, &groups) = TEXT("Team");
	plan_principal_put(plan, &team);
	plan_membership_set(plan, TEXT("alice"), &groups, false);
	plan_membership_set(plan, TEXT("bob"), &groups, true);
	must(f, apply(f, plan));
	must(f, principal_members(&f->work, team.principal.id, false, &ids));
	assert_true(ids.len == 1 && ids.at[0] == f->alice);
	must(f, principal_members(&f->work, team.principal.id, true, &ids));
	assert_true(ids.len == 1 && ids.at[0] == f->bob);
	must(f, principal_groups(&f->work, f->bob, true, &ids));
	assert_true(ids.len == 1 && ids.at[0] == team.principal.id);
	groups.at[0] = TEXT("bob");
	plan = new_plan(f);
	plan_membership_set(plan, TEXT("alice"), &groups, false);
	assert_false(apply(f, plan));
	assert_int_equal(f->work.err.id, ERR_UNPROCESSABLE);
	groups.at[0] = TEXT("nowhere");
	plan = new_plan(f);
	plan_membership_set(plan, TEXT("alice"), &groups, false);
	assert_false(apply(f, plan));
	assert_non_null(strstr(f->work.err.detail, "nowhere"));
}

static void a_removed_user_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	struct aces aces = VEC_EMPTY;
	struct plan *plan = new_plan(f);
	struct principal *p;
	int64_t *found;
	size_t count;
	struct record *record = put_body(f, f->calendar, PUT("a.ics", "u", "x"));

	*vec_push(f->work.arena, &aces) = (struct ace){ ACE_PRINCIPAL, f->bob, false, false, 1 };
	plan_aces_set(plan, HOLDER_COLLECTION, f->calendar, &aces);
	must(f, apply(f, plan));
	must(f, ace_holders(&f->work, &f->bob, 1, &found, &count));
	assert_int_equal(count, 1);
	plan = new_plan(f);
	plan_principal_remove(plan, f->bob);
	must(f, apply(f, plan));
	must(f, ace_holders(&f->work, &f->bob, 1, &found, &count));
	assert_int_equal(count, 0);
	plan = new_plan(f);
	plan_principal_remove(plan, f->alice);
	must(f, apply(f, plan));
	must(f, principal_get(&f->work, f->alice, &p));
	assert_null(p);
	assert_null(collection_at(f, f->calendar));
	assert_null(record_left(f, record->id));
}

static void principals_are_listed_by_kind_and_page(void **state)
{
	struct fixture *f = *state;
	struct principals list;

	must(f, principal_list(&f->work, 0, TEXT_NONE, 2, &list));
	assert_int_equal(list.len, 2);
	assert_true(text_eq(list.at[1].name, TEXT("bob")));
	must(f, principal_list(&f->work, 0, TEXT("bob"), 10, &list));
	assert_int_equal(list.len, 1);
	must(f, principal_list(&f->work, PRINCIPAL_USER, TEXT_NONE, 10, &list));
	assert_int_equal(list.len, 2);
}

#define TESTS(ON) \
	ON(a_new_user_has_homes_and_default_collections), \
	        ON(a_room_has_a_calendar_only_and_a_group_no_home), ON(a_path_is_found_in_one_go), \
	        ON(a_path_is_as_new_as_its_snapshot), ON(nobody_changes_what_others_are_given), \
	        ON(names_are_unique_over_all_kinds_and_cases), ON(addresses_are_unique), \
	        ON(names_that_are_no_path_segment_are_refused), \
	        ON(a_change_keeps_what_it_does_not_name), ON(company_holds_every_user), \
	        ON(membership_is_resolved_by_name_when_it_runs), \
	        ON(a_removed_user_leaves_nothing), ON(principals_are_listed_by_kind_and_page)
RUN_TESTS(TESTS)
