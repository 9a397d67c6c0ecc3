#include "fixture.h"

#include "db/backup.h"
#include "db/check.h"

#include <sys/inotify.h>

DB_STATEMENT(ADD, "INSERT INTO thing (id, name) VALUES (?1, ?2)");
DB_STATEMENT(ADD_PART, "INSERT INTO part (thing, position) VALUES (?1, 1)");
DB_STATEMENT(COUNT, "SELECT count(*) FROM thing /* scan: a test */");
DB_STATEMENT(FILL,
        "/* sqlite only */ WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE "
        "i < "
        "?1)"
        " INSERT INTO thing (id, name, body) SELECT i, 'thing ' || i, zeroblob(2000) FROM n");

static void add(struct fixture *f, int64_t id, const char *name)
{
	struct db *db = pool_writer(f->pool, &f->err);

	must(f, db);
	must(f, db_run(db, &f->err, &ADD, DB_ARGS(DB_INT(id), DB_TEXT(text_of(name))), NULL));
}

static void fill(struct fixture *f, int64_t up_to)
{
	struct db *db = pool_writer(f->pool, &f->err);

	must(f, db);
	must(f, db_run(db, &f->err, &FILL, DB_ARGS(DB_INT(up_to)), NULL));
}

static int64_t count(struct fixture *f)
{
	struct db *db = pool_reader(f->pool, &f->err);
	struct db_rows *rows;
	int64_t n;

	must(f, db);
	rows = db_query(db, &f->err, &COUNT, DB_NO_ARGS);
	n = db_next(rows) ? db_int(rows, 0) : -1;
	must(f, db_done(rows));
	return n;
}

static const char *file(struct fixture *f)
{
	static char path[200];

	snprintf(path, sizeof(path), "%s/backup.db", f->dir);
	return path;
}

static void reopen(struct fixture *f)
{
	pool_close(&f->pool);
	f->pool = pool_open(&f->settings, &f->err);
	must(f, f->pool);
}

/* Somebody writes whenever the copy makes progress. */
struct busy {
	struct fixture *f;
	int64_t next, done, total;
};

static void write_meanwhile(void *arg, int64_t done, int64_t total)
{
	struct busy *busy = arg;
	char name[40];

	busy->done = done;
	busy->total = total;
	snprintf(name, sizeof(name), "meanwhile %d", (int)busy->next);
	add(busy->f, busy->next++, name);
}

static void a_backup_holds_one_state_while_others_write(void **state)
{
	struct fixture *f = *state;
	struct busy busy = { .f = f, .next = 1000000 };
	struct backup_hooks hooks = { .tell = write_meanwhile, .arg = &busy };
	struct stat info;
	int64_t before;

	fill(f, 9000);
	before = count(f);
	must(f, backup_make(&f->settings, file(f), &hooks, &f->err));
	assert_true(busy.next > 1000003);
	assert_true(busy.done == busy.total && busy.total > 0);
	assert_int_equal(stat(file(f), &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_true(count(f) > before);

	pool_close(&f->pool);
	must(f, backup_restore(&f->settings, file(f), true, NULL, &f->err));
	reopen(f);
	assert_int_equal(count(f), before);
	add(f, 1, "still writable");
}

/* Files that are made in the fixture's folder from now on, if only for a moment. */
static int watch(struct fixture *f)
{
	int made = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

	assert_true(made >= 0 && inotify_add_watch(made, f->dir, IN_CREATE) >= 0);
	return made;
}

static void assert_none_beside(int made, const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	_Alignas(struct inotify_event) char events[16384];
	ssize_t len = read(made, events, sizeof(events));

	for (ssize_t at = 0; at < len;) {
		const struct inotify_event *event = (const void *)(events + at);

		if (!strncmp(event->name, name, strlen(name)))
			fail_msg("%s was made", event->name);
		at += (ssize_t)(sizeof(*event) + event->len);
	}
	close(made);
}

/* So that it can lie on a medium that is read only. */
static void a_backup_is_one_file_and_stays_so_while_it_is_read(void **state)
{
	struct fixture *f = *state;
	int made;

	must(f, backup_make(&f->settings, file(f), NULL, &f->err));
	pool_close(&f->pool);
	made = watch(f);
	must(f, backup_verify(&f->settings, file(f), &f->err));
	must(f, backup_restore(&f->settings, file(f), true, NULL, &f->err));
	assert_none_beside(made, file(f));
	reopen(f);
}

static void a_backup_replaces_no_file(void **state)
{
	struct fixture *f = *state;

	must(f, backup_make(&f->settings, file(f), NULL, &f->err));
	assert_false(backup_make(&f->settings, file(f), NULL, &f->err));
	assert_int_equal(f->err.id, ERR_UNAVAILABLE);
}

static void a_damaged_backup_is_refused(void **state)
{
	struct fixture *f = *state;
	FILE *stream;
	char bytes[4096];

	fill(f, 2000);
	must(f, backup_make(&f->settings, file(f), NULL, &f->err));
	must(f, backup_verify(&f->settings, file(f), &f->err));
	stream = fopen(file(f), "r+");
	memset(bytes, 0x5a, sizeof(bytes));
	assert_int_equal(fseek(stream, 30 * 4096, SEEK_SET), 0);
	assert_int_equal(fwrite(bytes, sizeof(bytes), 1, stream), 1);
	assert_int_equal(fclose(stream), 0);
	assert_false(backup_verify(&f->settings, file(f), &f->err));
	f->err = (struct err){ 0 };
	pool_close(&f->pool);
	assert_false(backup_restore(&f->settings, file(f), true, NULL, &f->err));
	f->err = (struct err){ 0 };
	reopen(f);
	assert_int_equal(count(f), 1901);
}

static void something_else_is_no_backup(void **state)
{
	struct fixture *f = *state;
	FILE *stream = fopen(file(f), "w");

	assert_true(fputs("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", stream) >= 0);
	assert_int_equal(fclose(stream), 0);
	assert_false(backup_verify(&f->settings, file(f), &f->err));
}

static void a_database_in_use_is_not_replaced(void **state)
{
	struct fixture *f = *state;

	must(f, backup_make(&f->settings, file(f), NULL, &f->err));
	add(f, 1, "a");
	assert_false(backup_restore(&f->settings, file(f), false, NULL, &f->err));
	f->err = (struct err){ 0 };
	assert_false(backup_restore(&f->settings, file(f), true, NULL, &f->err));
	assert_non_null(strstr(f->err.detail, "in use"));
	f->err = (struct err){ 0 };
	add(f, 2, "b");
	assert_int_equal(count(f), 2);
}

static bool add_mark(void *arg, struct db *db, struct err *err)
{
	return *(bool *)arg &&
	       db_run(db, err, &ADD, DB_ARGS(DB_INT(77), DB_TEXT(TEXT("mark"))), NULL);
}

static void a_restored_database_is_adjusted_before_it_is_there(void **state)
{
	struct fixture *f = *state;
	bool agree = false;
	struct backup_hooks hooks = { .adjust = add_mark, .arg = &agree };

	must(f, backup_make(&f->settings, file(f), NULL, &f->err));
	add(f, 1, "a");
	add(f, 2, "b");
	pool_close(&f->pool);
	assert_false(backup_restore(&f->settings, file(f), true, &hooks, &f->err));
	f->err = (struct err){ 0 };
	reopen(f);
	assert_int_equal(count(f), 2);
	pool_close(&f->pool);
	agree = true;
	must(f, backup_restore(&f->settings, file(f), true, &hooks, &f->err));
	reopen(f);
	assert_int_equal(count(f), 1);
}

static void report(void *arg, struct text problem)
{
	(void)problem;
	++*(int *)arg;
}

static void fsck_finds_damage_and_dangling_references(void **state)
{
	struct fixture *f = *state;
	struct db *db = pool_private(f->pool, &f->err);
	int64_t problems;
	int told = 0;

	must(f, db);
	fill(f, 2000);
	must(f, check_database(&f->settings, true, report, &told, &problems, &f->err));
	assert_int_equal(problems, 0);
	must(f, db_script(db, &f->err, "PRAGMA foreign_keys = OFF"));
	must(f, db_run(db, &f->err, &ADD_PART, DB_ARGS(DB_INT(999999)), NULL));
	must(f, check_database(&f->settings, true, report, &told, &problems, &f->err));
	assert_int_equal(problems, 1);
	assert_int_equal(told, 1);
	db_close(&db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SQLITE(a_backup_holds_one_state_while_others_write),
		ON_SQLITE(a_backup_is_one_file_and_stays_so_while_it_is_read),
		ON_SQLITE(a_backup_replaces_no_file),
		ON_SQLITE(a_damaged_backup_is_refused),
		ON_SQLITE(something_else_is_no_backup),
		ON_SQLITE(a_database_in_use_is_not_replaced),
		ON_SQLITE(a_restored_database_is_adjusted_before_it_is_there),
		ON_SQLITE(fsck_finds_damage_and_dangling_references),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
