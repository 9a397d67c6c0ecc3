#include "gates.h"

#define CAL "/calendars/alice/calendar/"

static uint64_t rights_at(struct fixture *f, const struct who *who, const char *href)
{
	become(f, who);
	return find(f, href).rights;
}

static bool may(struct fixture *f, const struct who *who, const char *href, enum privilege_id id)
{
	return rights_allow(rights_at(f, who, href), id);
}

static void owners_and_admins_may_do_everything(void **state)
{
	struct fixture *f = *state;

	assert_true(may(f, &alice, CAL, PRIVILEGE_ALL));
	assert_true(may(f, &admin, CAL, PRIVILEGE_ALL));
	assert_true(may(f, &alice, "/files/alice/", PRIVILEGE_WRITE_ACL));
}

static void strangers_see_nothing(void **state)
{
	struct fixture *f = *state;
	struct target at, missing;

	become(f, &bob);
	at = find(f, CAL);
	missing = find(f, "/calendars/alice/nothing/");
	assert_int_equal(at.is, TARGET_NOTHING);
	assert_int_equal(at.rights, 0);
	assert_null(at.collection);
	assert_null(at.principal);
	assert_null(missing.collection);
	assert_int_equal(find(f, "/calendars/alice/").is, TARGET_NOTHING);
	assert_int_equal(find(f, "/calendars/nobody/").is, TARGET_NOTHING);
	assert_false(target_need(&f->work, &at, PRIVILEGE_READ));
	assert_int_equal(f->work.err.id, ERR_NOT_FOUND);
}

static void nobody_is_asked_to_log_in(void **state)
{
	struct fixture *f = *state;
	struct target at;

	become(f, NULL);
	at = find(f, CAL);
	assert_int_equal(at.is, TARGET_NOTHING);
	assert_false(target_need(&f->work, &at, PRIVILEGE_READ));
	assert_int_equal(f->work.err.id, ERR_UNAUTHORIZED);
}

static void a_grant_opens_what_it_says_and_no_more(void **state)
{
	struct fixture *f = *state;
	struct target at;

	assert_int_equal(set_acl(f, CAL, ACL(GRANT(f->bob, READ))), 0);
	assert_true(may(f, &bob, CAL, PRIVILEGE_READ));
	assert_true(may(f, &bob, CAL, PRIVILEGE_READ_FREE_BUSY));
	assert_false(may(f, &bob, CAL, PRIVILEGE_WRITE_CONTENT));
	assert_false(may(f, &bob, "/calendars/alice/tasks/", PRIVILEGE_READ));
	at = find(f, CAL);
	assert_false(target_need(&f->work, &at, PRIVILEGE_WRITE_ACL));
	assert_int_equal(f->work.err.id, ERR_NEED_PRIVILEGES);
	assert_string_equal(f->work.err.href, CAL);
	assert_string_equal(f->work.err.privilege, "write-acl");
}

static void groups_count_through_nesting(void **state)
{
	struct fixture *f = *state;
	int64_t team = make_principal(f, PRINCIPAL_GROUP, "team", NULL);
	int64_t groups[] = { 999, team };
	struct who member = bob;

	assert_int_equal(set_acl(f, CAL, ACL(GRANT(team, READ))), 0);
	assert_false(may(f, &bob, CAL, PRIVILEGE_READ));
	member.groups = groups;
	member.groups_len = COUNT_OF(groups);
	assert_true(may(f, &member, CAL, PRIVILEGE_READ));
}

static void the_first_entry_that_speaks_of_a_privilege_decides(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(set_acl(f, CAL, ACL(DENY(f->bob, UNBIND), GRANT(f->bob, WRITE))), 0);
	assert_true(may(f, &bob, CAL, PRIVILEGE_BIND));
	assert_false(may(f, &bob, CAL, PRIVILEGE_UNBIND));
	assert_false(may(f, &bob, CAL, PRIVILEGE_WRITE));
	become(f, &alice);
	assert_int_equal(set_acl(f, CAL, ACL(GRANT(f->bob, WRITE), DENY(f->bob, UNBIND))), 0);
	assert_true(may(f, &bob, CAL, PRIVILEGE_UNBIND));
	assert_true(may(f, &bob, CAL, PRIVILEGE_WRITE));
}

static void rights_are_inherited_and_what_is_nearer_wins(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(set_acl(f, "/calendars/alice/", ACL(GRANT(f->bob, READ))), 0);
	assert_true(may(f, &bob, CAL, PRIVILEGE_READ));
	become(f, &alice);
	assert_int_equal(set_acl(f, CAL, ACL(DENY(f->bob, READ))), 0);
	assert_false(may(f, &bob, CAL, PRIVILEGE_READ));
	assert_int_equal(find(f, CAL).is, TARGET_NOTHING);
	assert_true(may(f, &bob, "/calendars/alice/tasks/", PRIVILEGE_READ));
}

static void aggregates_follow_from_all_their_parts(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(set_acl(f, CAL,
	                         ACL(GRANT(f->bob, WRITE_CONTENT), GRANT(f->bob, WRITE_PROPERTIES),
	                                 GRANT(f->bob, BIND), GRANT(f->bob, UNBIND))),
	        0);
	assert_true(may(f, &bob, CAL, PRIVILEGE_WRITE));
	assert_false(may(f, &bob, CAL, PRIVILEGE_ALL));
}

static void free_busy_is_not_reading(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(
	        set_acl(f, CAL, ACL(GRANT(f->bob, READ_FREE_BUSY), GRANT(f->bob, READ_CUPS))), 0);
	assert_false(may(f, &bob, CAL, PRIVILEGE_READ));
	assert_true(may(f, &bob, CAL, PRIVILEGE_READ_FREE_BUSY));
	assert_int_equal(find(f, CAL).is, TARGET_COLLECTION);
	assert_int_equal(find(f, CAL "a.ics").is, TARGET_NOTHING);
}

static void everybody_who_is_logged_in_reads_principals(void **state)
{
	struct fixture *f = *state;

	assert_true(may(f, &bob, "/principals/users/alice/", PRIVILEGE_READ));
	assert_false(may(f, &bob, "/principals/users/alice/", PRIVILEGE_WRITE_PROPERTIES));
	assert_true(may(f, &alice, "/principals/users/alice/", PRIVILEGE_WRITE_PROPERTIES));
	assert_int_equal(rights_at(f, NULL, "/principals/users/alice/"), 0);
}

static void access_lists_are_checked(void **state)
{
	struct fixture *f = *state;
	struct ace self = { .who = ACE_SELF, .rights = 1 };
	struct ace inverted = { .who = ACE_ALL, .is_invert = true, .rights = 1 };
	struct ace empty = { .who = ACE_ALL };
	struct ace owner = { .who = ACE_OWNER, .is_deny = true, .rights = 1 };
	struct ace all = { .who = ACE_ALL, .rights = 1 };

	assert_int_equal(set_acl(f, CAL, ACL(GRANT(77777, READ))), ERR_RECOGNIZED_PRINCIPAL);
	assert_int_equal(set_acl(f, CAL, ACL(self)), ERR_ALLOWED_PRINCIPAL);
	assert_int_equal(set_acl(f, CAL, ACL(inverted)), ERR_NO_INVERT);
	assert_int_equal(set_acl(f, CAL, ACL(empty)), ERR_NOT_SUPPORTED_PRIVILEGE);
	assert_int_equal(set_acl(f, CAL, ACL(owner)), ERR_NO_PROTECTED_ACE_CONFLICT);
	assert_int_equal(set_acl(f, CAL, ACL(DENY(f->alice, READ))), ERR_NO_PROTECTED_ACE_CONFLICT);
	assert_int_equal(
	        set_acl(f, CAL, ACL(all, all, all, all, all, all)), ERR_LIMITED_NUMBER_OF_ACES);
	assert_int_equal(set_acl(f, CAL, ACL(all)), 0);
}

static void only_write_acl_sets_access_lists(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(set_acl(f, CAL "a.ics", ACL(GRANT(f->bob, READ))), ERR_METHOD_NOT_ALLOWED);
	assert_int_equal(set_acl(f, CAL, ACL(GRANT(f->bob, WRITE), GRANT(f->bob, READ))), 0);
	become(f, &bob);
	assert_int_equal(set_acl(f, CAL, ACL(GRANT(f->bob, ALL))), ERR_NEED_PRIVILEGES);
	assert_string_equal(f->work.err.privilege, "write-acl");
}

static void each_method_wants_its_privilege(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(
	        set_acl(f, CAL, ACL(GRANT(f->bob, READ), GRANT(f->bob, WRITE_CONTENT))), 0);
	become(f, &bob);
	assert_int_equal(put(f, CAL "a.ics", "1 VEVENT"), 0);
	assert_int_equal(put(f, CAL "b.ics", "2"), ERR_NEED_PRIVILEGES);
	assert_string_equal(f->work.err.privilege, "bind");
	assert_string_equal(f->work.err.href, CAL);
	assert_int_equal(delete (f, CAL "a.ics"), ERR_NEED_PRIVILEGES);
	assert_string_equal(f->work.err.privilege, "unbind");
	assert_int_equal(
	        move(f, CAL "a.ics", "/calendars/bob/calendar/a.ics", false), ERR_NEED_PRIVILEGES);
	assert_int_equal(copy(f, CAL "a.ics", "/calendars/bob/calendar/a.ics", false), 0);
	assert_int_equal(
	        copy(f, "/calendars/bob/calendar/a.ics", CAL "c.ics", false), ERR_NEED_PRIVILEGES);
}

static void what_may_not_be_read_cannot_be_moved_into_sight(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(set_acl(f, CAL, ACL(GRANT(f->bob, UNBIND))), 0);
	become(f, &bob);
	assert_int_equal(
	        move(f, CAL "a.ics", "/calendars/bob/calendar/a.ics", false), ERR_NEED_PRIVILEGES);
	assert_string_equal(f->work.err.privilege, "read");
}

static void rights_follow_a_change_at_the_next_step(void **state)
{
	struct fixture *f = *state;

	assert_false(may(f, &bob, CAL, PRIVILEGE_READ));
	become(f, &alice);
	assert_int_equal(set_acl(f, CAL, ACL(GRANT(f->bob, READ))), 0);
	f->work.who = &bob;
	assert_int_equal(find(f, CAL).is, TARGET_COLLECTION);
}

static void many_collections_are_remembered(void **state)
{
	struct fixture *f = *state;
	char href[64];

	for (int i = 0; i < 60; i++) {
		snprintf(href, sizeof(href), "/files/alice/folder%d/", i);
		assert_int_equal(mkcol(f, href, COLLECTION_FOLDER), 0);
	}
	assert_int_equal(set_acl(f, "/files/alice/", ACL(GRANT(f->bob, READ))), 0);
	become(f, &bob);
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 60; i++) {
			snprintf(href, sizeof(href), "/files/alice/folder%d/", i);
			assert_true(rights_allow(find(f, href).rights, PRIVILEGE_READ));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GATES(owners_and_admins_may_do_everything),
		GATES(strangers_see_nothing),
		GATES(nobody_is_asked_to_log_in),
		GATES(a_grant_opens_what_it_says_and_no_more),
		GATES(groups_count_through_nesting),
		GATES(the_first_entry_that_speaks_of_a_privilege_decides),
		GATES(rights_are_inherited_and_what_is_nearer_wins),
		GATES(aggregates_follow_from_all_their_parts),
		GATES(free_busy_is_not_reading),
		GATES(everybody_who_is_logged_in_reads_principals),
		GATES(access_lists_are_checked),
		GATES(only_write_acl_sets_access_lists),
		GATES(each_method_wants_its_privilege),
		GATES(what_may_not_be_read_cannot_be_moved_into_sight),
		GATES(rights_follow_a_change_at_the_next_step),
		GATES(many_collections_are_remembered),
	};

	return RUN_GATES(tests);
}
