#include "gates.h"

#define CAL   "/calendars/alice/calendar/"
#define TASKS "/calendars/alice/tasks/"
#define CARDS "/addressbooks/alice/contacts/"

static void set_prop(struct fixture *f, const char *href)
{
	struct target at = find(f, href);
	struct props props = VEC_EMPTY;

	*vec_push(f->work.arena, &props) = (struct prop){ TEXT("urn:x"), TEXT("p"), TEXT("<p/>") };
	err_clear(&f->work.err);
	assert_int_equal(outcome(f, edit_props(&f->work, &at, &props, &no_locks)), 0);
}

static bool has_prop(struct fixture *f, const char *href)
{
	struct target at = find(f, href);
	bool member = at.is == TARGET_MEMBER;
	struct text value;

	assert_int_not_equal(at.is, TARGET_NOTHING);
	must(f, prop_get(&f->work, member ? HOLDER_RECORD : HOLDER_COLLECTION,
	                member ? at.item->member.record : at.collection->id, TEXT("urn:x"),
	                TEXT("p"), &value));
	return value.ptr;
}

static void a_member_moves_with_its_properties(void **state)
{
	struct fixture *f = *state;
	int64_t revision;

	assert_int_equal(put(f, "/files/alice/a", "x"), 0);
	set_prop(f, "/files/alice/a");
	revision = find(f, "/files/alice/a").item->member.revision;
	assert_int_equal(mkcol(f, "/files/alice/d/", COLLECTION_FOLDER), 0);
	assert_int_equal(move(f, "/files/alice/a", "/files/alice/d/b", false), 0);
	assert_null(body_at(f, "/files/alice/a"));
	assert_string_equal(body_at(f, "/files/alice/d/b"), "x");
	assert_true(has_prop(f, "/files/alice/d/b"));
	assert_int_equal(find(f, "/files/alice/d/b").item->member.revision, revision);
}

static void a_copy_is_a_record_of_its_own(void **state)
{
	struct fixture *f = *state;
	struct item *a, *b;

	assert_int_equal(put(f, "/files/alice/a", "x"), 0);
	set_prop(f, "/files/alice/a");
	assert_int_equal(copy(f, "/files/alice/a", "/files/alice/b", false), 0);
	a = find(f, "/files/alice/a").item;
	b = find(f, "/files/alice/b").item;
	assert_int_not_equal(a->member.record, b->member.record);
	assert_int_not_equal(a->member.revision, b->member.revision);
	assert_true(has_prop(f, "/files/alice/b"));
	assert_int_equal(put(f, "/files/alice/a", "y"), 0);
	assert_string_equal(body_at(f, "/files/alice/b"), "x");
}

static void overwriting_wants_to_be_asked_for(void **state)
{
	struct fixture *f = *state;
	struct edit_result done;
	struct target from, to;
	struct plan *plan;

	assert_int_equal(put(f, "/files/alice/a", "a"), 0);
	assert_int_equal(put(f, "/files/alice/b", "b"), 0);
	assert_int_equal(
	        move(f, "/files/alice/a", "/files/alice/b", false), ERR_PRECONDITION_FAILED);
	assert_int_equal(
	        copy(f, "/files/alice/a", "/files/alice/b", false), ERR_PRECONDITION_FAILED);
	assert_int_equal(copy(f, "/files/alice/a", "/files/alice/b", true), 0);
	assert_string_equal(body_at(f, "/files/alice/b"), "a");
	err_clear(&f->work.err);
	from = find(f, "/files/alice/a");
	to = find(f, "/files/alice/b");
	plan = edit_move(&f->work, &from, &to, true, &no_locks);
	assert_int_equal(outcome(f, plan), 0);
	must(f, edit_result(&f->work, plan, &done));
	assert_false(done.created);
	assert_null(body_at(f, "/files/alice/a"));
}

static void a_folder_gives_way_to_a_file_and_back(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, "/files/alice/a", "a"), 0);
	assert_int_equal(mkcol(f, "/files/alice/d/", COLLECTION_FOLDER), 0);
	assert_int_equal(put(f, "/files/alice/d/x", "x"), 0);
	assert_int_equal(copy(f, "/files/alice/a", "/files/alice/d", true), 0);
	assert_string_equal(body_at(f, "/files/alice/d"), "a");
	assert_int_equal(mkcol(f, "/files/alice/e/", COLLECTION_FOLDER), 0);
	assert_int_equal(put(f, "/files/alice/e/x", "x"), 0);
	assert_int_equal(move(f, "/files/alice/e/", "/files/alice/d", true), 0);
	assert_string_equal(body_at(f, "/files/alice/d/x"), "x");
}

static void nothing_goes_onto_or_into_itself(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(mkcol(f, "/files/alice/a/", COLLECTION_FOLDER), 0);
	assert_int_equal(mkcol(f, "/files/alice/a/b/", COLLECTION_FOLDER), 0);
	assert_int_equal(put(f, "/files/alice/a/b/x", "x"), 0);
	assert_int_equal(move(f, "/files/alice/a/b/x", "/files/ALICE/a/b/x", true), ERR_FORBIDDEN);
	assert_int_equal(move(f, "/files/alice/a/", "/files/alice/a/", true), ERR_FORBIDDEN);
	assert_int_equal(move(f, "/files/alice/a/", "/files/alice/a/b/c/", true), ERR_FORBIDDEN);
	assert_int_equal(copy(f, "/files/alice/a/", "/files/Alice/a/c/", true), ERR_FORBIDDEN);
	assert_int_equal(copy(f, "/files/alice/a/b/", "/files/alice/a/", true), ERR_FORBIDDEN);
	assert_int_equal(move(f, "/files/alice/a/b/x", "/files/alice/a/", true), ERR_FORBIDDEN);
	assert_string_equal(body_at(f, "/files/alice/a/b/x"), "x");
}

static void homes_stay_where_they_are(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, "/files/alice/a", "a"), 0);
	assert_int_equal(mkcol(f, "/files/alice/d/", COLLECTION_FOLDER), 0);
	assert_int_equal(move(f, "/files/alice/", "/files/alice/d/", true), ERR_FORBIDDEN);
	assert_int_equal(move(f, "/files/alice/d/", "/files/alice/", true), ERR_FORBIDDEN);
	assert_int_equal(copy(f, "/files/alice/d/", "/calendars/alice/", true), ERR_FORBIDDEN);
	assert_int_equal(
	        copy(f, "/principals/users/alice/", "/files/alice/x", true), ERR_FORBIDDEN);
	assert_int_equal(
	        copy(f, "/files/alice/a", "/principals/users/alice/", true), ERR_FORBIDDEN);
	assert_int_equal(copy(f, "/files/alice/none", "/files/alice/x", true), ERR_NOT_FOUND);
	assert_int_equal(copy(f, "/files/alice/a", "/files/alice/none/x", true), ERR_CONFLICT);
}

static void folders_go_with_all_that_is_in_them(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(mkcol(f, "/files/alice/a/", COLLECTION_FOLDER), 0);
	assert_int_equal(mkcol(f, "/files/alice/a/b/", COLLECTION_FOLDER), 0);
	assert_int_equal(put(f, "/files/alice/a/x", "x"), 0);
	assert_int_equal(put(f, "/files/alice/a/b/y", "y"), 0);
	set_prop(f, "/files/alice/a/b/");
	assert_int_equal(copy(f, "/files/alice/a/", "/files/alice/c/", false), 0);
	assert_string_equal(body_at(f, "/files/alice/c/x"), "x");
	assert_string_equal(body_at(f, "/files/alice/c/b/y"), "y");
	assert_true(has_prop(f, "/files/alice/c/b/"));
	assert_string_equal(body_at(f, "/files/alice/a/b/y"), "y");
	assert_int_equal(move(f, "/files/alice/a/", "/files/alice/c/a/", false), 0);
	assert_string_equal(body_at(f, "/files/alice/c/a/b/y"), "y");
	assert_int_equal(find(f, "/files/alice/a/").is, TARGET_NOTHING);
}

static void a_shallow_copy_leaves_the_members_behind(void **state)
{
	struct fixture *f = *state;
	struct target from, to;

	assert_int_equal(mkcol(f, "/files/alice/a/", COLLECTION_FOLDER), 0);
	assert_int_equal(put(f, "/files/alice/a/x", "x"), 0);
	set_prop(f, "/files/alice/a/");
	err_clear(&f->work.err);
	from = find(f, "/files/alice/a/");
	to = find(f, "/files/alice/b/");
	assert_int_equal(outcome(f, edit_copy(&f->work, &from, &to, false, true, &no_locks)), 0);
	assert_true(has_prop(f, "/files/alice/b/"));
	assert_null(body_at(f, "/files/alice/b/x"));
}

static void kinds_stay_what_they_are(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(put(f, CARDS "a.vcf", "1"), 0);
	assert_int_equal(put(f, "/files/alice/a.ics", "1"), 0);
	assert_int_equal(copy(f, CAL "a.ics", CARDS "b.vcf", false), ERR_SUPPORTED_ADDRESS_DATA);
	assert_int_equal(move(f, CARDS "a.vcf", CAL "b.ics", false), ERR_SUPPORTED_CALENDAR_DATA);
	assert_int_equal(
	        copy(f, "/files/alice/a.ics", CAL "b.ics", false), ERR_SUPPORTED_CALENDAR_DATA);
	assert_int_equal(copy(f, CAL "a.ics", "/files/alice/b.ics", false), ERR_FORBIDDEN);
	assert_int_equal(copy(f, CAL "a.ics", "/calendars/alice/b.ics", false), ERR_FORBIDDEN);
	assert_int_equal(
	        move(f, CAL, "/calendars/alice/tasks/x/", false), ERR_CALENDAR_COLLECTION_LOCATION);
	assert_int_equal(
	        move(f, CAL, "/addressbooks/alice/x/", false), ERR_CALENDAR_COLLECTION_LOCATION);
	assert_int_equal(copy(f, CARDS, "/calendars/alice/x/", false), ERR_ADDRESSBOOK_LOCATION);
}

static void a_calendar_takes_only_its_components(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(
	        move(f, CAL "a.ics", TASKS "a.ics", false), ERR_SUPPORTED_CALENDAR_COMPONENT);
	assert_int_equal(
	        copy(f, CAL "a.ics", TASKS "a.ics", false), ERR_SUPPORTED_CALENDAR_COMPONENT);
}

static void a_uid_is_not_doubled(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(mkcol(f, "/calendars/alice/c/", COLLECTION_CALENDAR), 0);
	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(put(f, "/calendars/alice/c/b.ics", "1"), 0);
	assert_int_equal(copy(f, CAL "a.ics", CAL "b.ics", false), ERR_CAL_NO_UID_CONFLICT);
	assert_string_equal(f->work.err.href, CAL "a.ics");
	assert_int_equal(
	        move(f, CAL "a.ics", "/calendars/alice/c/a.ics", false), ERR_CAL_NO_UID_CONFLICT);
	assert_string_equal(f->work.err.href, "/calendars/alice/c/b.ics");
	assert_int_equal(move(f, CAL "a.ics", CAL "b.ics", false), 0);
	assert_int_equal(move(f, CAL "b.ics", "/calendars/alice/c/b.ics", true), 0);
	assert_string_equal(body_at(f, "/calendars/alice/c/b.ics"), "1");
	assert_null(body_at(f, CAL "b.ics"));
}

static void calendars_are_renamed_and_copied_whole(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(copy(f, CAL, "/calendars/alice/copy/", false), 0);
	assert_string_equal(body_at(f, "/calendars/alice/copy/a.ics"), "1");
	assert_int_equal(find(f, "/calendars/alice/copy/").collection->components,
	        find(f, CAL).collection->components);
	assert_int_equal(move(f, CAL, "/calendars/alice/moved/", false), 0);
	assert_string_equal(body_at(f, "/calendars/alice/moved/a.ics"), "1");
}

static void things_change_hands_where_it_is_allowed(void **state)
{
	struct fixture *f = *state;
	struct target at;

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(mkcol(f, "/calendars/alice/c/", COLLECTION_CALENDAR), 0);
	assert_int_equal(put(f, "/calendars/alice/c/b.ics", "2"), 0);
	assert_int_equal(move(f, "/calendars/alice/c/", "/calendars/bob/c/", false), ERR_CONFLICT);
	become(f, &bob);
	assert_int_equal(set_acl(f, "/calendars/bob/", ACL(GRANT(f->alice, BIND))), 0);
	become(f, &alice);
	assert_int_equal(move(f, CAL "a.ics", "/calendars/bob/calendar/a.ics", false), 0);
	assert_int_equal(move(f, "/calendars/alice/c/", "/calendars/bob/c/", false), 0);
	assert_int_equal(find(f, "/calendars/alice/c/").is, TARGET_NOTHING);
	become(f, &bob);
	assert_string_equal(body_at(f, "/calendars/bob/calendar/a.ics"), "1");
	assert_string_equal(body_at(f, "/calendars/bob/c/b.ics"), "2");
	at = find(f, "/calendars/bob/c/");
	assert_int_equal(at.collection->owner, f->bob);
	assert_true(rights_allow(at.rights, PRIVILEGE_ALL));
}

static void hidden_parts_are_not_copied_with_the_rest(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(mkcol(f, "/files/alice/a/", COLLECTION_FOLDER), 0);
	assert_int_equal(mkcol(f, "/files/alice/a/b/", COLLECTION_FOLDER), 0);
	assert_int_equal(put(f, "/files/alice/a/b/secret", "x"), 0);
	assert_int_equal(set_acl(f, "/files/alice/a/", ACL(GRANT(f->bob, READ))), 0);
	assert_int_equal(set_acl(f, "/files/alice/a/b/", ACL(DENY(f->bob, READ))), 0);
	become(f, &bob);
	assert_int_equal(copy(f, "/files/alice/a/", "/files/bob/a/", false), ERR_NOT_FOUND);
	assert_int_equal(find(f, "/files/bob/a/").is, TARGET_NOTHING);
}

static void whole_folders_count_against_the_quota(void **state)
{
	struct fixture *f = *state;

	f->settings.limits_quota = 20;
	assert_int_equal(mkcol(f, "/files/alice/a/", COLLECTION_FOLDER), 0);
	assert_int_equal(put(f, "/files/alice/a/x", "123456"), 0);
	assert_int_equal(put(f, "/files/alice/a/y", "123456"), 0);
	assert_int_equal(
	        copy(f, "/files/alice/a/", "/files/alice/b/", false), ERR_QUOTA_NOT_EXCEEDED);
	assert_int_equal(move(f, "/files/alice/a/", "/files/alice/b/", false), 0);
	f->settings.limits_quota = 24;
	assert_int_equal(copy(f, "/files/alice/b/", "/files/alice/a/", false), 0);
	/* What is overwritten makes room. */
	assert_int_equal(copy(f, "/files/alice/b/", "/files/alice/a/", true), 0);
}

static void folders_do_not_nest_deeper_than_a_path_reaches(void **state)
{
	struct fixture *f = *state;
	char deep[200] = "/files/alice/", to[210];

	for (int i = 0; i < 20; i++) {
		snprintf(deep + strlen(deep), sizeof(deep) - strlen(deep), "d/");
		assert_int_equal(mkcol(f, deep, COLLECTION_FOLDER), 0);
	}
	assert_int_equal(mkcol(f, "/files/alice/e/", COLLECTION_FOLDER), 0);
	assert_int_equal(copy(f, "/files/alice/d/", "/files/alice/e/d/", false), 0);
	snprintf(to, sizeof(to), "%se/", deep);
	assert_int_equal(move(f, "/files/alice/e/", to, false), ERR_FORBIDDEN);
	assert_int_equal(move(f, "/files/alice/e/d/d/d/d/d/d/d/d/d/d/d/d/d/", to, false), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GATES(a_member_moves_with_its_properties),
		GATES(a_copy_is_a_record_of_its_own),
		GATES(overwriting_wants_to_be_asked_for),
		GATES(a_folder_gives_way_to_a_file_and_back),
		GATES(nothing_goes_onto_or_into_itself),
		GATES(homes_stay_where_they_are),
		GATES(folders_go_with_all_that_is_in_them),
		GATES(a_shallow_copy_leaves_the_members_behind),
		GATES(kinds_stay_what_they_are),
		GATES(a_calendar_takes_only_its_components),
		GATES(a_uid_is_not_doubled),
		GATES(calendars_are_renamed_and_copied_whole),
		GATES(things_change_hands_where_it_is_allowed),
		GATES(hidden_parts_are_not_copied_with_the_rest),
		GATES(whole_folders_count_against_the_quota),
		GATES(folders_do_not_nest_deeper_than_a_path_reaches),
	};

	return RUN_GATES(tests);
}
