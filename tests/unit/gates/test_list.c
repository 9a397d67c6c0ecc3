#include "gates.h"

#define CAL "/calendars/alice/calendar/"

/* The hrefs below, separated by spaces. */
static const char *below(struct fixture *f, const char *href)
{
	struct target at = find(f, href);
	struct targets children = VEC_EMPTY;
	struct buf buf;

	must(f, list_children(&f->work, &at, &children));
	buf_init(&buf, f->work.arena);
	for (size_t i = 0; i < children.len; i++)
		buf_printf(&buf, "%s%.*s", i ? " " : "", TEXT_ARG(children.at[i].href));
	return buf_text(&buf).ptr;
}

static const char *changed(struct fixture *f, const char *href, struct list_since *asked)
{
	struct target at = find(f, href);
	struct targets changes = VEC_EMPTY;
	struct buf buf;

	must(f, list_changes(&f->work, &at, asked, &changes));
	buf_init(&buf, f->work.arena);
	for (size_t i = 0; i < changes.len; i++)
		buf_printf(&buf, "%s%c%.*s", i ? " " : "",
		        changes.at[i].is == TARGET_NOTHING ? '-' : '+',
		        TEXT_ARG(changes.at[i].href));
	return buf_text(&buf).ptr;
}

static void the_tree_is_listed_level_by_level(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, CAL "b.ics", "2"), 0);
	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_string_equal(below(f, "/"), "/principals/ /calendars/ /addressbooks/ /files/");
	assert_string_equal(below(f, "/principals/"),
	        "/principals/users/ /principals/groups/ /principals/locations/ "
	        "/principals/resources/");
	assert_string_equal(below(f, "/principals/users/"),
	        "/principals/users/alice/ /principals/users/bob/ /principals/users/root/");
	assert_string_equal(below(f, "/calendars/"), "/calendars/alice/");
	assert_string_equal(below(f, "/calendars/alice/"),
	        "/calendars/alice/calendar/ /calendars/alice/tasks/");
	assert_string_equal(below(f, CAL), CAL "a.ics " CAL "b.ics");
	assert_string_equal(below(f, CAL "a.ics"), "");
}

static void own_default_collections_come_first(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(mkcol(f, "/addressbooks/alice/a/", COLLECTION_ADDRESSBOOK), 0);
	assert_string_equal(below(f, "/addressbooks/alice/"),
	        "/addressbooks/alice/contacts/ /addressbooks/alice/a/");
}

static void what_may_not_be_read_is_left_out(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(set_acl(f, "/calendars/alice/", ACL(GRANT(f->bob, READ))), 0);
	assert_int_equal(set_acl(f, "/calendars/alice/tasks/", ACL(DENY(f->bob, READ))), 0);
	become(f, &bob);
	assert_string_equal(below(f, "/calendars/"), "/calendars/bob/ /calendars/alice/");
	assert_string_equal(below(f, "/calendars/alice/"), CAL);
	assert_string_equal(below(f, CAL), CAL "a.ics");
	assert_string_equal(below(f, "/files/"), "/files/bob/");
	become(f, &alice);
	assert_int_equal(set_acl(f, CAL, ACL(DENY(f->bob, READ), GRANT(f->bob, BIND))), 0);
	become(f, &bob);
	assert_string_equal(below(f, CAL), "");
	become(f, NULL);
	assert_string_equal(below(f, "/calendars/"), "");
}

static void admins_see_all_homes(void **state)
{
	struct fixture *f = *state;

	become(f, &admin);
	assert_string_equal(below(f, "/calendars/"),
	        "/calendars/root/ /calendars/alice/ /calendars/bob/ /calendars/company/");
}

static void changes_are_told_since_a_number(void **state)
{
	struct fixture *f = *state;
	struct list_since asked = { .max = 100 };

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(put(f, CAL "b.ics", "2"), 0);
	assert_string_equal(changed(f, CAL, &asked), "+" CAL "a.ics +" CAL "b.ics");
	assert_int_equal(asked.token, find(f, CAL).collection->token);
	asked.since = asked.token;
	assert_string_equal(changed(f, CAL, &asked), "");
	assert_int_equal(asked.token, asked.since);
	assert_int_equal(delete (f, CAL "a.ics"), 0);
	assert_int_equal(put(f, CAL "c.ics", "3"), 0);
	assert_string_equal(changed(f, CAL, &asked), "-" CAL "a.ics +" CAL "c.ics");
	asked.max = 1;
	assert_string_equal(changed(f, CAL, &asked), "-" CAL "a.ics");
	assert_true(asked.more);
	asked.since = asked.token;
	assert_string_equal(changed(f, CAL, &asked), "+" CAL "c.ics");
	assert_false(asked.more);
}

static void a_home_tells_of_all_that_is_below(void **state)
{
	struct fixture *f = *state;
	struct list_since asked = { .max = 100, .deep = true };

	changed(f, "/files/alice/", &asked);
	asked.since = asked.token;
	assert_int_equal(mkcol(f, "/files/alice/a/", COLLECTION_FOLDER), 0);
	assert_int_equal(put(f, "/files/alice/a/x.txt", "x"), 0);
	assert_string_equal(
	        changed(f, "/files/alice/", &asked), "+/files/alice/a/ +/files/alice/a/x.txt");
	asked.since = asked.token;
	assert_string_equal(changed(f, "/files/alice/", &asked), "");
	assert_int_equal(asked.token, asked.since);
	assert_int_equal(move(f, "/files/alice/a/", "/files/alice/b/", false), 0);
	assert_string_equal(changed(f, "/files/alice/", &asked),
	        "-/files/alice/a/ +/files/alice/b/ +/files/alice/b/x.txt");
}

static void deep_changes_leave_out_what_is_hidden(void **state)
{
	struct fixture *f = *state;
	struct list_since asked = { .max = 100, .deep = true };

	assert_int_equal(mkcol(f, "/files/alice/a/", COLLECTION_FOLDER), 0);
	assert_int_equal(put(f, "/files/alice/a/x.txt", "x"), 0);
	assert_int_equal(put(f, "/files/alice/y.txt", "y"), 0);
	assert_int_equal(set_acl(f, "/files/alice/", ACL(GRANT(f->bob, READ))), 0);
	assert_int_equal(set_acl(f, "/files/alice/a/", ACL(DENY(f->bob, ALL))), 0);
	become(f, &bob);
	assert_string_equal(changed(f, "/files/alice/", &asked), "+/files/alice/y.txt");
}

static void a_body_is_loaded_later(void **state)
{
	struct fixture *f = *state;
	struct targets children = VEC_EMPTY;
	struct target at;

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	at = find(f, CAL);
	must(f, list_children(&f->work, &at, &children));
	assert_null(children.at[0].item->body.ptr);
	must(f, list_body(&f->work, &children.at[0]));
	assert_true(text_eq(children.at[0].item->body, TEXT("1")));
	assert_int_equal(delete (f, CAL "a.ics"), 0);
	must(f, list_body(&f->work, &children.at[0]));
	assert_int_equal(children.at[0].is, TARGET_NOTHING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GATES(the_tree_is_listed_level_by_level),
		GATES(own_default_collections_come_first),
		GATES(what_may_not_be_read_is_left_out),
		GATES(admins_see_all_homes),
		GATES(changes_are_told_since_a_number),
		GATES(a_home_tells_of_all_that_is_below),
		GATES(deep_changes_leave_out_what_is_hidden),
		GATES(a_body_is_loaded_later),
	};

	return RUN_GATES(tests);
}
