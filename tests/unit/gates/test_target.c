#include "gates.h"

#define CAL "/calendars/alice/calendar/"

static void check_is(struct fixture *f, const char *href, enum target_is is, const char *emitted)
{
	struct target at = find(f, href);

	if (at.is != is)
		fail_msg("%s: %d", href, (int)at.is);
	assert_int_equal(at.href.len, strlen(emitted));
	assert_memory_equal(at.href.ptr, emitted, at.href.len);
}

static void every_level_has_its_name(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, CAL "x.ics", "1"), 0);
	check_is(f, "/", TARGET_ROOT, "/");
	check_is(f, "/principals", TARGET_PRINCIPALS, "/principals/");
	check_is(f, "/principals/users", TARGET_PRINCIPAL_KIND, "/principals/users/");
	check_is(f, "/principals/users/bob", TARGET_PRINCIPAL, "/principals/users/bob/");
	check_is(f, "/principals/users/nobody", TARGET_NOTHING, "/principals/users/nobody");
	check_is(f, "/principals/users/bob/x", TARGET_NOTHING, "/principals/users/bob/x");
	check_is(f, "/principals/dogs/", TARGET_NOTHING, "/principals/dogs/");
	check_is(f, "/calendars", TARGET_HOMES, "/calendars/");
	check_is(f, "/calendars/alice", TARGET_COLLECTION, "/calendars/alice/");
	check_is(f, "/addressbooks/alice/contacts", TARGET_COLLECTION,
	        "/addressbooks/alice/contacts/");
	check_is(f, CAL, TARGET_COLLECTION, CAL);
	check_is(f, CAL "x.ics", TARGET_MEMBER, CAL "x.ics");
	check_is(f, CAL "x.ics/", TARGET_MEMBER, CAL "x.ics");
	check_is(f, CAL "y%20y.ics", TARGET_NOTHING, CAL "y%20y.ics");
	check_is(f, "/elsewhere/", TARGET_NOTHING, "/elsewhere/");
}

static void a_principal_is_found_under_its_own_kind_only(void **state)
{
	struct fixture *f = *state;

	make_principal(f, PRINCIPAL_LOCATION, "room", NULL);
	assert_int_equal(find(f, "/principals/locations/room/").is, TARGET_PRINCIPAL);
	assert_int_equal(find(f, "/principals/users/room/").is, TARGET_NOTHING);
}

static void nothing_says_where_it_would_be(void **state)
{
	struct fixture *f = *state;
	struct target at = find(f, CAL "new.ics");

	assert_int_equal(at.is, TARGET_NOTHING);
	assert_int_equal(at.collection->id, f->calendar);
	assert_true(rights_allow(at.rights, PRIVILEGE_BIND));
	assert_true(text_eq(at.name, TEXT("new.ics")));
	assert_int_equal(at.principal->id, f->alice);
	at = find(f, "/calendars/alice/none/new.ics");
	assert_int_equal(at.is, TARGET_NOTHING);
	assert_null(at.collection);
	assert_int_equal(at.rights, 0);
	assert_null(find(f, CAL "deep/er.ics").collection);
}

static void folders_and_files_share_a_home(void **state)
{
	struct fixture *f = *state;
	struct target at;

	assert_int_equal(put(f, "/files/alice/a.txt", "a"), 0);
	assert_int_equal(mkcol(f, "/files/alice/b/", COLLECTION_FOLDER), 0);
	assert_int_equal(mkcol(f, "/files/alice/b/c/", COLLECTION_FOLDER), 0);
	assert_int_equal(put(f, "/files/alice/b/c/d.txt", "d"), 0);
	check_is(f, "/files/alice/a.txt", TARGET_MEMBER, "/files/alice/a.txt");
	check_is(f, "/files/alice/b", TARGET_COLLECTION, "/files/alice/b/");
	check_is(f, "/files/alice/b/c", TARGET_COLLECTION, "/files/alice/b/c/");
	check_is(f, "/files/alice/b/c/d.txt", TARGET_MEMBER, "/files/alice/b/c/d.txt");
	check_is(f, "/files/alice/b/a.txt/x", TARGET_NOTHING, "/files/alice/b/a.txt/x");
	at = find(f, "/files/alice/b/c/");
	assert_true(rights_allow(at.parent_rights, PRIVILEGE_UNBIND));
	assert_true(text_eq(target_parent_href(f->work.arena, &at), TEXT("/files/alice/b/")));
}

static void hrefs_are_made_from_what_is_stored(void **state)
{
	struct fixture *f = *state;
	struct target at;

	assert_int_equal(mkcol(f, "/files/alice/a%20b/", COLLECTION_FOLDER), 0);
	assert_int_equal(mkcol(f, "/files/alice/a%20b/c%C3%A9@/", COLLECTION_FOLDER), 0);
	at = find(f, "/files/ALICE/a%20b/c%c3%a9%40/");
	assert_int_equal(at.is, TARGET_COLLECTION);
	assert_true(text_eq(target_collection_href(&f->work, at.collection),
	        TEXT("/files/alice/a%20b/c%C3%A9@/")));
}

static void a_scope_is_made_for_those_with_the_right_only(void **state)
{
	struct fixture *f = *state;
	struct target at = find(f, CAL);
	struct scope scope;

	assert_true(scope_of(&f->work, &at, PRIVILEGE_READ, &scope));
	assert_int_equal(scope.collection, f->calendar);
	become(f, &bob);
	assert_false(scope_of_collection(&f->work, at.collection, PRIVILEGE_READ, &scope));
	assert_int_equal(f->work.err.id, ERR_NOT_FOUND);
}

static void tokens_come_back_as_numbers(void **state)
{
	struct fixture *f = *state;
	struct collection *c = find(f, CAL).collection;
	struct collection *other = find(f, "/calendars/alice/tasks/").collection;
	int64_t number;

	assert_true(token_parse(&f->work, c, token_of(&f->work, c, c->token), &number));
	assert_int_equal(number, c->token);
	assert_true(token_parse(&f->work, c, TEXT_NONE, &number));
	assert_int_equal(number, 0);
	assert_true(token_parse(&f->work, c, TEXT(" "), &number));
	/* A deep answer may be ahead of the collection's own number. */
	assert_true(token_parse(&f->work, c, token_of(&f->work, c, latest(f)), &number));
	assert_false(token_parse(&f->work, c, token_of(&f->work, c, latest(f) + 1), &number));
	assert_int_equal(f->work.err.id, ERR_VALID_SYNC_TOKEN);
	err_clear(&f->work.err);
	assert_false(token_parse(&f->work, other, token_of(&f->work, c, 1), &number));
	assert_int_equal(f->work.err.id, ERR_VALID_SYNC_TOKEN);
}

static void garbage_is_no_token(void **state)
{
	struct fixture *f = *state;
	struct collection *c = find(f, CAL).collection;
	struct text good = token_of(&f->work, c, 1);
	int64_t number;
	const struct text bad[] = {
		TEXT("x"),
		TEXT("data:,"),
		TEXT("data:,a_b"),
		TEXT("http://sabre.io/ns/sync/3"),
		text_sub(good, 0, good.len - 1),
		arena_printf(f->work.arena, "%.*s_1", TEXT_ARG(good)),
		arena_printf(f->work.arena, "%.*sx", TEXT_ARG(good)),
		arena_printf(f->work.arena, "data:,other_%lld_1", (long long)c->id),
		token_of(&f->work, c, -1),
	};

	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		err_clear(&f->work.err);
		assert_false(token_parse(&f->work, c, bad[i], &number));
		assert_int_equal(f->work.err.id, ERR_VALID_SYNC_TOKEN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GATES(every_level_has_its_name),
		GATES(a_principal_is_found_under_its_own_kind_only),
		GATES(nothing_says_where_it_would_be),
		GATES(folders_and_files_share_a_home),
		GATES(hrefs_are_made_from_what_is_stored),
		GATES(a_scope_is_made_for_those_with_the_right_only),
		GATES(tokens_come_back_as_numbers),
		GATES(garbage_is_no_token),
	};

	return RUN_GATES(tests);
}
