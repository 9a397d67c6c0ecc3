#include "gates.h"

#include <fcntl.h>

#define CAL "/calendars/alice/calendar/"

static void what_is_put_is_what_is_there(void **state)
{
	struct fixture *f = *state;
	struct edit_result done;
	struct plan *plan = plan_for(f, CAL "a.ics", "1");

	assert_non_null(plan);
	must(f, apply(f, plan));
	must(f, edit_result(&f->work, plan, &done));
	assert_true(done.created);
	assert_true(text_eq(
	        done.etag, record_etag(f->work.arena, find(f, CAL "a.ics").item->member.revision)));
	assert_string_equal(body_at(f, CAL "a.ics"), "1");
	plan = plan_for(f, CAL "a.ics", "1 VEVENT");
	must(f, apply(f, plan));
	must(f, edit_result(&f->work, plan, &done));
	assert_false(done.created);
	assert_string_equal(body_at(f, CAL "a.ics"), "1 VEVENT");
}

static void places_that_take_no_members_say_so(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, CAL, "1"), ERR_METHOD_NOT_ALLOWED);
	assert_int_equal(put(f, "/", "1"), ERR_METHOD_NOT_ALLOWED);
	assert_int_equal(put(f, "/calendars/alice/a.ics", "1"), ERR_FORBIDDEN);
	assert_int_equal(put(f, "/calendars/alice/none/a.ics", "1"), ERR_CONFLICT);
	assert_int_equal(put(f, "/files/alice/a/", "1"), ERR_METHOD_NOT_ALLOWED);
	assert_int_equal(put(f, "/files/alice/a", "1"), 0);
}

static void guards_are_kept(void **state)
{
	struct fixture *f = *state;
	struct edit_body body = { TEXT("1"), -1, 1, TEXT_NONE };
	struct target at = find(f, CAL "a.ics");

	assert_null(edit_put(&f->work, &at, &body, 7, &no_locks));
	assert_int_equal(f->work.err.id, ERR_PRECONDITION_FAILED);
	err_clear(&f->work.err);
	assert_int_equal(outcome(f, edit_put(&f->work, &at, &body, 0, &no_locks)), 0);
	at = find(f, CAL "a.ics");
	assert_null(edit_put(&f->work, &at, &body, 0, &no_locks));
	assert_int_equal(f->work.err.id, ERR_PRECONDITION_FAILED);
	err_clear(&f->work.err);
	assert_non_null(edit_put(&f->work, &at, &body, at.item->member.revision, &no_locks));
}

static void two_who_decided_on_the_same_are_told_apart(void **state)
{
	struct fixture *f = *state;
	struct edit_result done;
	struct plan *first, *second;

	first = plan_for(f, CAL "a.ics", "1");
	second = plan_for(f, CAL "a.ics", "2");
	must(f, apply(f, first));
	assert_false(apply(f, second));
	assert_true(edit_stale(second));
	err_clear(&f->work.err);
	assert_false(edit_result(&f->work, second, &done));
	assert_int_equal(f->work.err.id, ERR_CONFLICT);
	first = plan_for(f, CAL "a.ics", "1 VEVENT");
	assert_int_equal(delete (f, CAL "a.ics"), 0);
	assert_true(is_stale(f, first));
}

static void a_uid_is_taken_once(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(put(f, CAL "b%20b.ics", "2"), 0);
	assert_int_equal(put(f, CAL "c.ics", "2"), ERR_CAL_NO_UID_CONFLICT);
	assert_string_equal(f->work.err.href, CAL "b%20b.ics");
	/* RFC 4791 5.3.2.1: nor may a resource change its UID. */
	assert_int_equal(put(f, CAL "a.ics", "3"), ERR_CAL_NO_UID_CONFLICT);
	assert_string_equal(f->work.err.href, CAL "a.ics");
	assert_int_equal(put(f, "/calendars/alice/tasks/c.ics", "2 VTODO"), 0);
}

static void a_taken_uid_is_not_told_to_who_cannot_read(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(set_acl(f, CAL, ACL(GRANT(f->bob, BIND))), 0);
	become(f, &bob);
	assert_int_equal(put(f, CAL "b.ics", "1"), ERR_CAL_NO_UID_CONFLICT);
	assert_string_equal(f->work.err.href, "");
	assert_int_equal(put(f, CAL "b.ics", "2"), 0);
}

static void the_kind_has_its_say(void **state)
{
	struct fixture *f = *state;
	char big[1100];

	memset(big, 'x', sizeof(big));
	big[sizeof(big) - 1] = '\0';
	assert_int_equal(put(f, CAL "a.ics", "1 VTODO"), ERR_SUPPORTED_CALENDAR_COMPONENT);
	assert_int_equal(put(f, CAL "a.ics", ""), ERR_VALID_CALENDAR_DATA);
	assert_int_equal(put(f, CAL "a.ics", big), ERR_CAL_MAX_RESOURCE_SIZE);
	assert_int_equal(
	        put(f, "/addressbooks/alice/contacts/a.vcf", big), ERR_CARD_MAX_RESOURCE_SIZE);
	assert_int_equal(put(f, "/files/alice/a", big), 0);
	assert_int_equal(find(f, CAL "a.ics").is, TARGET_NOTHING);
}

static void files_get_a_media_type(void **state)
{
	struct fixture *f = *state;
	struct edit_body body = { TEXT("x"), -1, 1, TEXT("text/x-me; charset=utf-8") };
	struct target at = find(f, "/files/alice/a.pdf");

	assert_int_equal(outcome(f, edit_put(&f->work, &at, &body, -1, &no_locks)), 0);
	assert_text(find(f, "/files/alice/a.pdf").item->media, "text/x-me; charset=utf-8");
	assert_int_equal(put(f, "/files/alice/b.PDF", ""), 0);
	assert_text(find(f, "/files/alice/b.PDF").item->media, "application/pdf");
	assert_int_equal(put(f, "/files/alice/pdf", ""), 0);
	assert_text(find(f, "/files/alice/pdf").item->media, "application/octet-stream");
	at = find(f, "/files/alice/c");
	body.media = TEXT("x\r\nSet-Cookie: a/b");
	assert_int_equal(outcome(f, edit_put(&f->work, &at, &body, -1, &no_locks)), 0);
	assert_text(find(f, "/files/alice/c").item->media, "application/octet-stream");
}

static int spooled(size_t size)
{
	char name[] = "/tmp/kontor-spool-XXXXXX";
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	unlink(name);
	for (size_t i = 0; i < size; i += 10)
		assert_int_equal(write(fd, "0123456789", 10), 10);
	return fd;
}

static enum err_id put_spooled(struct fixture *f, const char *href, size_t size)
{
	struct edit_body body = { TEXT_NONE, spooled(size), (int64_t)size, TEXT_NONE };
	struct target at = find(f, href);
	enum err_id id;

	err_clear(&f->work.err);
	id = outcome(f, edit_put(&f->work, &at, &body, -1, &no_locks));
	close(body.fd);
	return id;
}

static void large_files_are_kept_in_pieces(void **state)
{
	struct fixture *f = *state;
	struct text bytes;
	struct target at;

	assert_int_equal(put_spooled(f, "/files/alice/big", 600000), 0);
	at = find(f, "/files/alice/big");
	assert_int_equal(at.item->size, 600000);
	assert_true(at.item->blob > 0);
	must(f, blob_read(&f->work, at.item->blob, 599990, 100, &bytes));
	assert_text(bytes, "0123456789");
	assert_int_equal(put_spooled(f, "/files/alice/small", 20), 0);
	assert_string_equal(body_at(f, "/files/alice/small"), "01234567890123456789");
	assert_int_equal(put_spooled(f, "/files/alice/huge", 2 << 20), ERR_TOO_LARGE);
	assert_int_equal(copy(f, "/files/alice/big", "/files/alice/copy", false), 0);
	assert_int_equal(find(f, "/files/alice/copy").item->size, 600000);
	assert_int_not_equal(find(f, "/files/alice/copy").item->blob, at.item->blob);
}

static void a_quota_holds(void **state)
{
	struct fixture *f = *state;

	f->settings.limits_quota = 10;
	assert_int_equal(put(f, "/files/alice/a", "12345678"), 0);
	assert_int_equal(put(f, "/files/alice/b", "123"), ERR_QUOTA_NOT_EXCEEDED);
	assert_int_equal(put(f, "/files/alice/b", "12"), 0);
	assert_int_equal(put(f, "/files/alice/b", "123"), ERR_QUOTA_NOT_EXCEEDED);
	assert_int_equal(put(f, "/files/alice/b", ""), 0);
	assert_int_equal(
	        copy(f, "/files/alice/a", "/files/alice/c", false), ERR_QUOTA_NOT_EXCEEDED);
	assert_int_equal(move(f, "/files/alice/a", "/files/alice/c", false), 0);
	/* A quota lowered later does not forbid what makes things smaller. */
	f->settings.limits_quota = 2;
	assert_int_equal(put(f, "/files/alice/c", "1234567"), 0);
	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
}

static void the_server_chooses_a_name(void **state)
{
	struct fixture *f = *state;
	struct edit_body body = { TEXT("1"), -1, 1, TEXT_NONE };
	struct edit_result done;
	struct target at = find(f, CAL);
	struct plan *plan = edit_add(&f->work, &at, &body, &no_locks);

	assert_int_equal(outcome(f, plan), 0);
	must(f, edit_result(&f->work, plan, &done));
	assert_true(text_ends(done.name, TEXT(".ics")));
	assert_string_equal(
	        body_at(f, arena_printf(f->work.arena, CAL "%.*s", TEXT_ARG(done.name)).ptr), "1");
	at = find(f, "/");
	assert_null(edit_add(&f->work, &at, &body, &no_locks));
	assert_int_equal(f->work.err.id, ERR_METHOD_NOT_ALLOWED);
}

static void what_goes_is_gone(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(delete (f, CAL "a.ics"), 0);
	assert_int_equal(delete (f, CAL "a.ics"), ERR_NOT_FOUND);
	assert_int_equal(delete (f, "/calendars/alice/tasks/"), 0);
	assert_int_equal(find(f, "/calendars/alice/tasks/").is, TARGET_NOTHING);
	/* The default calendar comes back empty. */
	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	assert_int_equal(delete (f, CAL), 0);
	assert_int_equal(find(f, CAL).is, TARGET_COLLECTION);
	assert_int_equal(find(f, CAL "a.ics").is, TARGET_NOTHING);
	assert_int_equal(delete (f, "/calendars/alice/"), ERR_FORBIDDEN);
	assert_int_equal(delete (f, "/calendars/"), ERR_FORBIDDEN);
	assert_int_equal(delete (f, "/principals/users/alice/"), ERR_FORBIDDEN);
}

static void collections_are_made_where_they_belong(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(mkcol(f, "/calendars/alice/c/", COLLECTION_CALENDAR), 0);
	assert_int_equal(find(f, "/calendars/alice/c/").collection->components, COMPONENT_ALL);
	assert_int_equal(
	        mkcol(f, "/calendars/alice/c/", COLLECTION_CALENDAR), ERR_METHOD_NOT_ALLOWED);
	assert_int_equal(mkcol(f, "/calendars/alice/c/d/", COLLECTION_CALENDAR),
	        ERR_CALENDAR_COLLECTION_LOCATION);
	assert_int_equal(mkcol(f, "/calendars/alice/c/d/", COLLECTION_FOLDER), ERR_FORBIDDEN);
	assert_int_equal(mkcol(f, "/calendars/alice/x/d/", COLLECTION_CALENDAR), ERR_CONFLICT);
	assert_int_equal(
	        mkcol(f, "/files/alice/c/", COLLECTION_CALENDAR), ERR_CALENDAR_COLLECTION_LOCATION);
	assert_int_equal(
	        mkcol(f, "/calendars/alice/b/", COLLECTION_ADDRESSBOOK), ERR_ADDRESSBOOK_LOCATION);
	assert_int_equal(mkcol(f, "/addressbooks/alice/b/", COLLECTION_ADDRESSBOOK), 0);
	assert_int_equal(mkcol(f, "/files/alice/f/", COLLECTION_FOLDER), 0);
	assert_int_equal(mkcol(f, "/files/bob/f/", COLLECTION_FOLDER), ERR_CONFLICT);
}

static enum err_id set_prop(struct fixture *f, const char *href, const char *value)
{
	struct target at = find(f, href);
	struct props props = VEC_EMPTY;

	*vec_push(f->work.arena, &props) =
	        (struct prop){ TEXT("urn:x"), TEXT("p"), text_of(value) };
	err_clear(&f->work.err);
	return outcome(f, edit_props(&f->work, &at, &props, &no_locks));
}

static void properties_are_set_and_seen_by_sync(void **state)
{
	struct fixture *f = *state;
	struct text value;
	int64_t token;

	assert_int_equal(put(f, CAL "a.ics", "1"), 0);
	token = find(f, CAL).collection->token;
	assert_int_equal(set_prop(f, CAL "a.ics", "<p/>"), 0);
	assert_true(find(f, CAL).collection->token > token);
	must(f, prop_get(&f->work, HOLDER_RECORD, find(f, CAL "a.ics").item->member.record,
	                TEXT("urn:x"), TEXT("p"), &value));
	assert_text(value, "<p/>");
	assert_int_equal(set_prop(f, CAL "a.ics", NULL), 0);
	must(f, prop_get(&f->work, HOLDER_RECORD, find(f, CAL "a.ics").item->member.record,
	                TEXT("urn:x"), TEXT("p"), &value));
	assert_null(value.ptr);
	assert_int_equal(set_prop(f, "/calendars/alice/", "<p/>"), 0);
	assert_int_equal(set_prop(f, "/principals/users/alice/", "<p/>"), 0);
	assert_int_equal(set_prop(f, "/principals/users/bob/", "<p/>"), ERR_NEED_PRIVILEGES);
	assert_int_equal(set_prop(f, "/calendars/", "<p/>"), ERR_NEED_PRIVILEGES);
	assert_int_equal(set_prop(f, CAL "b.ics", "<p/>"), ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GATES(what_is_put_is_what_is_there),
		GATES(places_that_take_no_members_say_so),
		GATES(guards_are_kept),
		GATES(two_who_decided_on_the_same_are_told_apart),
		GATES(a_uid_is_taken_once),
		GATES(a_taken_uid_is_not_told_to_who_cannot_read),
		GATES(the_kind_has_its_say),
		GATES(files_get_a_media_type),
		GATES(large_files_are_kept_in_pieces),
		GATES(a_quota_holds),
		GATES(the_server_chooses_a_name),
		GATES(what_goes_is_gone),
		GATES(collections_are_made_where_they_belong),
		GATES(properties_are_set_and_seen_by_sync),
	};

	return RUN_GATES(tests);
}
