/* What stands beside records: properties, access lists, locks, files in chunks. */
#include "fixture.h"

static void properties_are_set_copied_and_removed(void **state)
{
	struct fixture *f = *state;
	struct plan *plan = new_plan(f);
	struct text value;
	struct props props;
	struct collection copy = { .parent = f->files,
		.owner = f->alice,
		.type = COLLECTION_FOLDER,
		.name = TEXT("copy") };

	plan_prop_set(plan, HOLDER_COLLECTION, f->calendar, TEXT("a:"), TEXT("p"), TEXT("<p/>"));
	plan_prop_set(plan, HOLDER_COLLECTION, f->calendar, TEXT("b:"), TEXT("p"), TEXT("<q/>"));
	plan_prop_set(plan, HOLDER_COLLECTION, f->calendar, TEXT("a:"), TEXT("p"), TEXT("<r/>"));
	must(f, apply(f, plan));
	must(f, prop_get(&f->work, HOLDER_COLLECTION, f->calendar, TEXT("a:"), TEXT("p"), &value));
	assert_true(text_eq(value, TEXT("<r/>")));
	must(f, prop_get(&f->work, HOLDER_RECORD, f->calendar, TEXT("a:"), TEXT("p"), &value));
	assert_null(value.ptr);
	plan = new_plan(f);
	plan_collection_make(plan, &copy);
	plan_prop_copy(plan, HOLDER_COLLECTION, f->calendar, &copy.id);
	plan_prop_set_later(plan, HOLDER_COLLECTION, &copy.id, TEXT("c:"), TEXT("p"), TEXT("<s/>"));
	plan_prop_set(plan, HOLDER_COLLECTION, f->calendar, TEXT("a:"), TEXT("p"), TEXT_NONE);
	must(f, apply(f, plan));
	must(f, prop_list(&f->work, HOLDER_COLLECTION, copy.id, &props));
	assert_int_equal(props.len, 3);
	must(f, prop_list(&f->work, HOLDER_COLLECTION, f->calendar, &props));
	assert_int_equal(props.len, 1);
}

static void access_lists_keep_their_order(void **state)
{
	struct fixture *f = *state;
	struct plan *plan = new_plan(f);
	struct aces aces = VEC_EMPTY;
	int64_t *found, since = latest(f);
	size_t count;

	*vec_push(f->work.arena, &aces) =
	        (struct ace){ ACE_PRINCIPAL, f->bob, true, false, 1ull << 40 };
	*vec_push(f->work.arena, &aces) = (struct ace){ ACE_AUTHENTICATED, 0, false, true, 3 };
	plan_aces_set(plan, HOLDER_COLLECTION, f->calendar, &aces);
	must(f, apply(f, plan));
	must(f, ace_list(&f->work, HOLDER_COLLECTION, f->calendar, &aces));
	assert_int_equal(aces.len, 2);
	assert_true(aces.at[0].is_deny && aces.at[0].rights == 1ull << 40);
	assert_true(aces.at[1].is_invert && aces.at[1].who == ACE_AUTHENTICATED);
	must(f, ace_holders(&f->work, (int64_t[]){ f->bob, f->alice }, 2, &found, &count));
	assert_int_equal(count, 1);
	assert_int_equal(found[0], f->calendar);
	assert_string_equal(changes_of(f, collection_at(f, f->calendar)->parent, since, 9, false),
	        "+calendar/");
}

static struct dav_lock a_lock(struct fixture *f, const char *token, bool shared, int64_t until)
{
	return (struct dav_lock){ .token = text_of(token),
		.collection = f->files,
		.name = TEXT("a"),
		.holder = f->alice,
		.is_shared = shared,
		.until = until };
}

static bool try_lock(struct fixture *f, const char *token, bool shared, int64_t until)
{
	struct dav_lock lock = a_lock(f, token, shared, until);
	struct plan *plan = new_plan(f);

	plan_lock_make(plan, &lock);
	return apply(f, plan);
}

static void an_exclusive_lock_suffers_no_other(void **state)
{
	struct fixture *f = *state;
	struct dav_locks locks;
	struct plan *plan;
	bool any;

	must(f, dav_lock_any(&f->work, &any));
	assert_false(any);
	assert_true(try_lock(f, "s1", true, NOW + 10));
	assert_true(try_lock(f, "s2", true, NOW + 10));
	assert_false(try_lock(f, "x1", false, NOW + 10));
	must(f, dav_lock_any(&f->work, &any));
	assert_true(any);
	for (int i = 0; i < 2; i++) {
		plan = new_plan(f);
		plan_lock_remove(plan, i ? TEXT("s2") : TEXT("s1"));
		must(f, apply(f, plan));
	}
	assert_true(try_lock(f, "x1", false, NOW + 10));
	assert_false(try_lock(f, "s1", true, NOW + 10));
	assert_false(try_lock(f, "x2", false, NOW + 10));
	must(f, dav_lock_at(&f->work, f->files, TEXT("a"), &locks));
	assert_int_equal(locks.len, 1);
	plan = new_plan(f);
	plan_lock_refresh(plan, TEXT("x1"), NOW + 20);
	must(f, apply(f, plan));
	f->work.now = NOW + 15;
	assert_false(try_lock(f, "x2", false, NOW + 30));
	f->work.now = NOW + 21;
	must(f, dav_lock_at(&f->work, f->files, TEXT("a"), &locks));
	assert_int_equal(locks.len, 0);
	assert_true(try_lock(f, "x2", false, NOW + 30));
}

static void locks_end_with_what_they_lock(void **state)
{
	struct fixture *f = *state;
	struct dav_locks locks;

	put_body(f, f->files, PUT("a", NULL, "x"));
	assert_true(try_lock(f, "x1", false, NOW + 10));
	remove_member(f, f->files, "a");
	must(f, dav_lock_at(&f->work, f->files, TEXT("a"), &locks));
	assert_int_equal(locks.len, 0);
}

/* ---- files ---- */

enum { BIG = 3 * BLOB_CHUNK + 77 };

static char byte_at(size_t i)
{
	return (char)(i * 7 + i / 1000);
}

static int64_t store_big(struct fixture *f)
{
	FILE *file = tmpfile();
	int64_t blob;

	assert_non_null(file);
	for (size_t i = 0; i < BIG; i++)
		fputc(byte_at(i), file);
	assert_int_equal(fflush(file), 0);
	must(f, blob_store(&f->work, fileno(file), BIG, &blob));
	fclose(file);
	work_step_end(&f->work);
	return blob;
}

static void check_slice(struct fixture *f, int64_t blob, int64_t offset, size_t len)
{
	struct text bytes;

	must(f, blob_read(&f->work, blob, offset, len, &bytes));
	assert_int_equal(bytes.len, offset + (int64_t)len > BIG ? (size_t)(BIG - offset) : len);
	for (size_t i = 0; i < bytes.len; i++)
		if (bytes.ptr[i] != byte_at((size_t)offset + i))
			fail_msg("byte %zu", (size_t)offset + i);
}

static struct record *put_blob(struct fixture *f, const char *name, int64_t blob)
{
	struct plan *plan = new_plan(f);
	struct record *r = plan_body(f, plan, f->files, PUT(name, NULL, NULL));

	r->blob = blob;
	r->size = BIG;
	must(f, apply(f, plan));
	return r;
}

static void a_large_file_is_read_from_anywhere(void **state)
{
	struct fixture *f = *state;
	int64_t blob = store_big(f), copy;
	struct item *item;

	put_blob(f, "big", blob);
	check_slice(f, blob, 0, BIG + 10);
	check_slice(f, blob, BLOB_CHUNK - 3, 7);
	check_slice(f, blob, BLOB_CHUNK, BLOB_CHUNK);
	check_slice(f, blob, BIG - 1, 100);
	item = item_at(f, f->files, "big");
	assert_int_equal(item->blob, blob);
	assert_null(item->body.ptr);
	assert_int_equal(item->size, BIG);
	assert_int_equal(collection_at(f, f->files)->bytes, BIG);
	must(f, blob_copy(&f->work, blob, &copy));
	work_step_end(&f->work);
	check_slice(f, copy, 0, BIG);
}

static bool blob_is_there(struct fixture *f, int64_t blob)
{
	struct text bytes;
	bool there;

	work_step_end(&f->work);
	there = blob_read(&f->work, blob, 0, 10, &bytes);
	assert_true(there || f->work.err.id == ERR_NOT_FOUND);
	err_clear(&f->work.err);
	return there;
}

static void sweep(struct fixture *f, int64_t later)
{
	work_step_end(&f->work);
	f->work.now += later;
	must(f, blob_sweep(&f->work));
}

static void what_no_record_holds_is_swept_in_time(void **state)
{
	struct fixture *f = *state;
	int64_t loose = store_big(f), held = store_big(f), replaced = store_big(f);
	struct record *r;

	put_blob(f, "held", held);
	r = put_blob(f, "replaced", replaced);
	r->blob = 0;
	put_body(f, f->files, PUT("replaced", NULL, "small", r));
	assert_int_equal(collection_at(f, f->files)->bytes, BIG + 5);
	sweep(f, 500);
	assert_true(blob_is_there(f, replaced));
	sweep(f, 200);
	assert_false(blob_is_there(f, replaced));
	assert_true(blob_is_there(f, loose));
	sweep(f, 90000);
	assert_false(blob_is_there(f, loose));
	assert_true(blob_is_there(f, held));
	remove_member(f, f->files, "held");
	sweep(f, 700);
	assert_false(blob_is_there(f, held));
}

static void a_blob_belongs_to_one_record(void **state)
{
	struct fixture *f = *state;
	int64_t blob = store_big(f);
	struct plan *plan = new_plan(f);
	struct record *r;

	put_blob(f, "a", blob);
	r = plan_body(f, plan, f->files, PUT("b", NULL, NULL));
	r->blob = blob;
	assert_true(is_stale(f, plan));
}

#define TESTS(ON) \
	ON(properties_are_set_copied_and_removed), ON(access_lists_keep_their_order), \
	        ON(an_exclusive_lock_suffers_no_other), ON(locks_end_with_what_they_lock), \
	        ON(a_large_file_is_read_from_anywhere), ON(what_no_record_holds_is_swept_in_time), \
	        ON(a_blob_belongs_to_one_record)
RUN_TESTS(TESTS)
