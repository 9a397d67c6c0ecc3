/* What has lost its place gets one: nothing that holds somebody's bytes is deleted. */
#include "fixture.h"

#include "store/fsck.h"

DB_STATEMENT(LOSE_CALENDAR, "DELETE FROM collection WHERE id = ?1 AND id <> ?2");
DB_STATEMENT(LOSE_PARENT, "UPDATE collection SET parent = 424242 WHERE id = ?1 AND id <> ?2");
DB_STATEMENT(LOSE_RECORD, "DELETE FROM record WHERE id = ?1 AND blob <> ?2");
DB_STATEMENT(LOSE_HEAD, "DELETE FROM blob_head WHERE id = ?1 AND id <> ?2");
DB_STATEMENT(HIDE, "UPDATE collection SET token = 1 WHERE id = ?1 AND id <> ?2");
DB_STATEMENT(GRANT_NOBODY, "INSERT INTO ace (holder, id, position, who, principal, is_deny,"
                           " is_invert, rights) VALUES (1, ?1, 0, 1, 424242, ?2, 0, 1)");
DB_STATEMENT(LOSE_ROWS, "DELETE FROM event_span WHERE record = ?1 AND record <> ?2");
DB_STATEMENT(SPAN, "INSERT INTO event_span (collection, width, first, record, last, component,"
                   " flags) VALUES (?1, 0, 0, ?2, 0, 1, 0)");
DB_STATEMENT(SPAN_FORGET, "DELETE FROM event_span WHERE record = ?1");
DB_STATEMENT(SPAN_COUNT, "SELECT count(*) FROM event_span WHERE record = ?1");

static bool parse(struct work *work, struct text media, struct subject *subject)
{
	(void)work, (void)media;
	subject->uid = TEXT("u");
	subject->tag = COMPONENT_VEVENT;
	return true;
}

static bool project(
        struct work *work, const struct collection *at, struct subject *subject, struct rows *rows)
{
	(void)work, (void)at, (void)subject;
	rows_add(rows, &SPAN, DB_ARGS(ROWS_COLLECTION, ROWS_RECORD));
	return true;
}

static const struct db_stmt *const forget[] = { &SPAN_FORGET, NULL };
static const struct db_stmt *const count[] = { &SPAN_COUNT, NULL };
static const struct kind event = { .id = KIND_EVENT,
	.name = "event",
	.parse = parse,
	.project = project,
	.forget = forget,
	.count = count };
static const struct kind file = { .id = KIND_FILE, .name = "file" };
static const struct kind *const kinds[] = { &event, &file, NULL };

static void tell(void *arg, const struct fsck_fault *fault)
{
	struct buf *words = arg;

	buf_printf(words, "%s%s%s", words->len ? " " : "", fault->word, fault->repaired ? "!" : "");
}

static const char *check(struct fixture *f, bool repair)
{
	struct db *db;
	struct buf words;
	struct fsck fsck = { .repair = repair, .report = tell, .arg = &words };

	fixture_compose(f, kinds, NULL);
	work_step_end(&f->work);
	db = pool_private(f->house.pool, &f->work.err);
	must(f, db);
	buf_init(&words, f->work.arena);
	must(f, fsck_run(&f->house, db, &fsck, &f->work.err));
	db_close(&db);
	return arena_cstr(f->work.arena, buf_text(&words));
}

/* Found, repaired, and then nothing is left. */
static void mends(struct fixture *f, const char *found, const char *repaired)
{
	assert_string_equal(check(f, false), found);
	assert_string_equal(check(f, true), repaired);
	assert_string_equal(check(f, true), "");
}

struct damage {
	const struct db_stmt *stmt;
	int64_t first, second;
};

static bool damage_run(struct writing *w, void *data)
{
	const struct damage *d = data;

	return db_run(w->db, w->err, d->stmt, DB_ARGS(DB_INT(d->first), DB_INT(d->second)), NULL);
}

static void damage(struct fixture *f, const struct db_stmt *stmt, int64_t first)
{
	struct damage d = { stmt, first, 0 };
	struct plan *plan = new_plan(f);

	plan_add(plan, damage_run, &d);
	must(f, apply(f, plan));
}

static void make_admin(struct fixture *f)
{
	struct principal_put *put = arena_make(f->work.arena, struct principal_put);
	struct plan *plan = new_plan(f);

	put->principal.kind = PRINCIPAL_USER;
	put->principal.name = TEXT("root");
	put->set_roles = true;
	*vec_push(f->work.arena, &put->roles) = TEXT("admin");
	plan_principal_put(plan, put);
	must(f, apply(f, plan));
}

static int64_t recovered(struct fixture *f, enum collection_type home)
{
	return place_of(f, "root", home, "recovered");
}

static const char *name_of(struct fixture *f, const char *format, int64_t id)
{
	return arena_cstr(f->work.arena, arena_printf(f->work.arena, format, (long long)id));
}

static struct record *put_event(struct fixture *f)
{
	struct plan *plan = new_plan(f);
	struct record_put *put = arena_make(f->work.arena, struct record_put);

	put->record = arena_make(f->work.arena, struct record);
	put->record->home = f->calendar;
	put->record->kind = KIND_EVENT;
	put->record->body = TEXT("body");
	put->name = TEXT("a.ics");
	put->uid = TEXT("u");
	put->tag = COMPONENT_VEVENT;
	put->kind = &event;
	put->rows = rows_new(f->work.arena);
	rows_add(put->rows, &SPAN, DB_ARGS(ROWS_COLLECTION, ROWS_RECORD));
	plan_put(plan, put);
	must(f, apply(f, plan));
	return put->record;
}

enum { LARGE = BLOB_INLINE_MAX + 10 };

static struct record *put_large(struct fixture *f)
{
	static const char bytes[LARGE] = "large";
	struct plan *plan = new_plan(f);
	struct record_put *put = arena_make(f->work.arena, struct record_put);
	FILE *source = tmpfile();

	assert_non_null(source);
	assert_int_equal(fwrite(bytes, 1, LARGE, source), LARGE);
	assert_int_equal(fflush(source), 0);
	put->record = arena_make(f->work.arena, struct record);
	put->record->home = f->files;
	put->record->size = LARGE;
	must(f, blob_store(&f->work, fileno(source), LARGE, &put->record->blob));
	fclose(source);
	put->name = TEXT("large");
	plan_put(plan, put);
	must(f, apply(f, plan));
	return put->record;
}

static void assert_large_at(struct fixture *f, int64_t folder, const struct item *item)
{
	struct text bytes;

	assert_non_null(item);
	assert_int_equal(item->size, LARGE);
	must(f, blob_read(&f->work, item->blob, 0, LARGE, &bytes));
	assert_int_equal(bytes.len, LARGE);
	assert_memory_equal(bytes.ptr, "large", 6);
	assert_true(collection_at(f, folder)->bytes >= LARGE);
}

static void a_lost_calendar_gives_its_events_to_the_administrator(void **state)
{
	struct fixture *f = *state;
	struct record *r = put_event(f);
	struct item *item;

	damage(f, &LOSE_CALENDAR, f->calendar);
	assert_string_equal(check(f, true), "homeless-member! lost-record");
	make_admin(f);
	assert_string_equal(check(f, false), "lost-record");
	assert_string_equal(check(f, true), "lost-record! wrong-bytes! wrong-uid!");
	assert_string_equal(check(f, true), "");
	item = item_at(
	        f, recovered(f, COLLECTION_CALENDAR_HOME), name_of(f, "recovered-%lld.ics", r->id));
	assert_non_null(item);
	assert_true(text_eq(item->body, TEXT("body")));
	assert_true(text_eq(item->member.uid, TEXT("u")));
}

static void a_collection_without_a_parent_comes_into_its_home(void **state)
{
	struct fixture *f = *state;
	struct collection *c;

	put_event(f);
	damage(f, &LOSE_PARENT, f->calendar);
	mends(f, "orphan-collection", "orphan-collection!");
	c = collection_at(f, place_of(f, "alice", COLLECTION_CALENDAR_HOME,
	                             name_of(f, "recovered-%lld", f->calendar)));
	assert_int_equal(c->id, f->calendar);
	assert_non_null(item_at(f, c->id, "a.ics"));
}

static void content_of_nobody_becomes_a_file(void **state)
{
	struct fixture *f = *state;
	struct record *r = put_large(f);
	struct items items;
	struct scope scope = { 0 };

	make_admin(f);
	damage(f, &LOSE_RECORD, r->id);
	/* Both folders: the one it left, and the one it is in now. */
	mends(f, "empty-member loose-blob wrong-bytes",
	        "empty-member! loose-blob! wrong-bytes! wrong-bytes!");
	scope.collection = recovered(f, COLLECTION_FILE_HOME);
	must(f, member_list(&f->work, &scope, TEXT_NONE, true, 9, &items));
	assert_int_equal(items.len, 1);
	assert_large_at(f, scope.collection, &items.at[0]);
}

static void content_without_a_head_is_served_again(void **state)
{
	struct fixture *f = *state;
	struct record *r = put_large(f);

	damage(f, &LOSE_HEAD, r->blob);
	mends(f, "headless-blob", "headless-blob!");
	assert_large_at(f, f->files, item_at(f, f->files, "large"));
}

static void a_hidden_change_is_told(void **state)
{
	struct fixture *f = *state;
	int64_t seen;

	seen = latest(f);
	put_event(f);
	damage(f, &HIDE, f->calendar);
	mends(f, "hidden-change", "hidden-change!");
	assert_true(collection_at(f, f->calendar)->token > seen);
	assert_string_equal(changes_of(f, f->calendar, seen, 9, false), "+a.ics");
}

static void a_grant_for_nobody_goes(void **state)
{
	struct fixture *f = *state;
	struct aces aces;

	damage(f, &GRANT_NOBODY, f->calendar);
	mends(f, "dead-grant", "dead-grant!");
	must(f, ace_list(&f->work, HOLDER_COLLECTION, f->calendar, &aces));
	assert_int_equal(aces.len, 0);
}

static void missing_index_rows_come_back(void **state)
{
	struct fixture *f = *state;
	struct record *r = put_event(f);

	damage(f, &LOSE_ROWS, r->id);
	mends(f, "wrong-index", "wrong-index!");
}

#define TESTS(ON) \
	ON(a_lost_calendar_gives_its_events_to_the_administrator), \
	        ON(a_collection_without_a_parent_comes_into_its_home), \
	        ON(content_of_nobody_becomes_a_file), ON(content_without_a_head_is_served_again), \
	        ON(a_hidden_change_is_told), ON(a_grant_for_nobody_goes), \
	        ON(missing_index_rows_come_back)
RUN_TESTS(TESTS)
