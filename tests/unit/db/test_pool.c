#include "fixture.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

DB_STATEMENT(ADD, "INSERT INTO thing (id, name, body) VALUES (?1, ?2, ?3)");
DB_STATEMENT(COUNT, "SELECT count(*), coalesce(max(id), 0) FROM thing /* scan: a test */");
DB_STATEMENT(BODIES, "SELECT body FROM thing ORDER BY name /* scan: a test */");
/* This program's connections only: other tests work on the same server. */
#define OTHERS_OF_US \
	" FROM pg_stat_activity WHERE pid <> pg_backend_pid()" \
	" AND application_name = current_setting('application_name')"
DB_STATEMENT(
        KILL_OTHERS, "/* postgres only */ SELECT count(pg_terminate_backend(pid))" OTHERS_OF_US);
DB_STATEMENT(OTHERS, "/* postgres only */ SELECT count(*)" OTHERS_OF_US);
DB_STATEMENT(CRASH, "/* postgres only */ SELECT pg_terminate_backend(pg_backend_pid())");

static struct db *writer(struct fixture *f)
{
	struct db *db = pool_writer(f->pool, &f->err);

	must(f, db);
	return db;
}

static bool add_to(struct fixture *f, struct db *db, int64_t id, size_t size)
{
	static char body[1 << 20];
	char name[30];

	assert_true(size <= sizeof(body));
	snprintf(name, sizeof(name), "thing %lld", (long long)id);
	return db_run(db, &f->err, &ADD,
	        DB_ARGS(DB_INT(id), DB_TEXT(text_of(name)), DB_BLOB(((struct text){ body, size }))),
	        NULL);
}

static bool store(struct fixture *f, int64_t id, size_t size)
{
	struct db *db = pool_writer(f->pool, &f->err);

	if (!db || !db_write_begin(db, &f->err))
		return false;
	if (add_to(f, db, id, size))
		return db_write_commit(db, &f->err);
	db_write_rollback(db);
	return false;
}

static int64_t count_with(struct fixture *f, struct db *db)
{
	struct db_rows *rows = db_query(db, &f->err, &COUNT, DB_NO_ARGS);
	int64_t n = db_next(rows) ? db_int(rows, 0) : -1;

	return db_done(rows) ? n : -1;
}

static int64_t count(struct fixture *f)
{
	struct db *db = pool_reader(f->pool, &f->err);

	return db ? count_with(f, db) : -1;
}

static void forget(struct fixture *f)
{
	f->err = (struct err){ 0 };
}

static const char *path(const struct fixture *f, const char *suffix)
{
	static char buffer[200];

	snprintf(buffer, sizeof(buffer), "%s/kontor.db%s", f->dir, suffix);
	return buffer;
}

static int64_t size_of(const char *file)
{
	struct stat info;

	return stat(file, &info) ? -1 : (int64_t)info.st_size;
}

/* ---- both databases ---- */

static void *first_reader(void *arg)
{
	struct fixture *f = arg;
	struct err err = { 0 };
	struct db *db = pool_reader(f->pool, &err);

	assert_non_null(db);
	assert_ptr_equal(db, pool_reader(f->pool, &err));
	return db;
}

static void *reader_in_thread(struct fixture *f)
{
	pthread_t thread;
	void *db;

	assert_int_equal(pthread_create(&thread, NULL, first_reader, f), 0);
	assert_int_equal(pthread_join(thread, &db), 0);
	return db;
}

static void each_thread_has_its_reader_and_leaves_it_to_the_next(void **state)
{
	struct fixture *f = *state;
	struct db *mine = pool_reader(f->pool, &f->err);
	struct db *theirs = reader_in_thread(f);

	assert_ptr_not_equal(mine, theirs);
	for (int i = 0; i < 5; i++)
		assert_ptr_equal(theirs, reader_in_thread(f));
}

static void a_locked_database_is_unavailable_until_it_is_not(void **state)
{
	struct fixture *f = *state;
	struct db *other = pool_private(f->pool, &f->err);

	must(f, other);
	must(f, db_write_begin(other, &f->err));
	assert_false(store(f, 1, 10));
	assert_int_equal(f->err.id, ERR_UNAVAILABLE);
	assert_int_equal(count(f), 0);
	forget(f);
	db_write_rollback(other);
	must(f, store(f, 1, 10));
	assert_int_equal(count(f), 1);
	db_close(&other);
}

static void what_a_killed_process_committed_is_there_and_nothing_else(void **state)
{
	struct fixture *f = *state;
	int64_t acknowledged = 0, told;
	int ends[2], status;
	pid_t child;

	pool_close(&f->pool);
	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		f->pool = pool_open(&f->settings, &f->err);
		for (int64_t id = 1;; id++) {
			/* Two rows a transaction: half of one would show. */
			if (!db_write_begin(writer(f), &f->err) ||
			        !add_to(f, writer(f), 2 * id, 3000) ||
			        !add_to(f, writer(f), 2 * id + 1, 3000) ||
			        !db_write_commit(writer(f), &f->err) ||
			        write(ends[1], &id, sizeof(id)) != sizeof(id))
				_exit(1);
		}
	}
	close(ends[1]);
	while (acknowledged < 20 && read(ends[0], &told, sizeof(told)) == sizeof(told))
		acknowledged = told;
	assert_int_equal(kill(child, SIGKILL), 0);
	while (read(ends[0], &told, sizeof(told)) == sizeof(told))
		acknowledged = told;
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_true(acknowledged >= 20);

	f->pool = pool_open(&f->settings, &f->err);
	must(f, f->pool);
	must(f, store(f, 1, 1));
	assert_true(count(f) == 2 * acknowledged + 1 || count(f) == 2 * (acknowledged + 1) + 1);
}

/* ---- SQLite ---- */

static void only_the_owner_can_read_the_files(void **state)
{
	static const char *const SUFFIX[] = { "", "-wal", "-shm" };
	struct fixture *f = *state;
	struct stat info;

	must(f, store(f, 1, 10));
	for (size_t i = 0; i < COUNT_OF(SUFFIX); i++) {
		assert_int_equal(stat(path(f, SUFFIX[i]), &info), 0);
		assert_int_equal(info.st_mode & 0777, 0600);
	}
}

static void a_closed_database_is_one_file(void **state)
{
	struct fixture *f = *state;

	must(f, store(f, 1, 10));
	assert_int_equal(count(f), 1);
	pool_close(&f->pool);
	assert_int_equal(size_of(path(f, "-wal")), -1);
	assert_int_equal(size_of(path(f, "-shm")), -1);
}

static void a_foreign_file_is_neither_read_nor_changed(void **state)
{
	struct fixture *f = *state;
	char sql[600];

	pool_close(&f->pool);
	snprintf(sql, sizeof(sql),
	        "rm %s && python3 -c \"import sqlite3; c = sqlite3.connect('%s');"
	        " c.execute('create table x (a)'); c.commit()\"",
	        path(f, ""), path(f, ""));
	if (system(sql))
		skip();
	assert_null(pool_open(&f->settings, &f->err));
	assert_non_null(strstr(f->err.detail, "not a Kontor database"));
}

/* In bytes from the start. */
static void scribble(const struct fixture *f, long at, const char *bytes, size_t size)
{
	FILE *file = fopen(path(f, ""), "r+");

	assert_non_null(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	assert_int_equal(fwrite(bytes, size, 1, file), 1);
	assert_int_equal(fclose(file), 0);
}

static void a_damaged_database_is_not_opened(void **state)
{
	struct fixture *f = *state;
	static char bytes[8192];

	for (int i = 1; i < 50; i++)
		must(f, store(f, i, 900));
	pool_close(&f->pool);
	memset(bytes, 0x5a, sizeof(bytes));
	scribble(f, 8 * 4096, bytes, sizeof(bytes));
	assert_null(pool_open(&f->settings, &f->err));
	assert_int_equal(f->err.id, ERR_UNAVAILABLE);
	forget(f);
	memset(bytes, 0, sizeof(bytes));
	scribble(f, 0, bytes, 100);
	assert_null(pool_open(&f->settings, &f->err));
	assert_int_equal(f->err.id, ERR_UNAVAILABLE);
}

/* No byte more may be added to any file: what a full disk looks like. */
static void limit_files(int64_t bytes)
{
	struct rlimit limit = { .rlim_cur = bytes < 0 ? RLIM_INFINITY : (rlim_t)bytes,
		.rlim_max = RLIM_INFINITY };

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_full_disk_is_survived(void **state)
{
	struct fixture *f = *state;

	must(f, store(f, 1, 10));
	limit_files(size_of(path(f, "-wal")));
	assert_false(store(f, 2, 200000));
	limit_files(-1);
	assert_int_equal(f->err.id, ERR_STORAGE_FULL);
	forget(f);
	assert_int_equal(count(f), 1);
	must(f, store(f, 2, 200000));
	assert_int_equal(count(f), 2);
}

static void one_refused_plan_in_a_full_batch_refuses_the_batch(void **state)
{
	struct fixture *f = *state;
	struct db *db = writer(f);

	must(f, db_script(db, &f->err, "PRAGMA max_page_count = 40; PRAGMA cache_spill = ON"));
	must(f, db_write_begin(db, &f->err));
	must(f, db_savepoint(db, &f->err));
	must(f, add_to(f, db, 1, 10));
	must(f, db_savepoint_release(db, &f->err));
	must(f, db_savepoint(db, &f->err));
	assert_false(add_to(f, db, 2, 1 << 20));
	assert_int_equal(f->err.id, ERR_STORAGE_FULL);
	forget(f);
	db_savepoint_rollback(db);
	/* SQLite may have given up the whole: then the commit must not claim otherwise. */
	if (db_write_commit(db, &f->err)) {
		assert_int_equal(count(f), 1);
	} else {
		assert_int_equal(f->err.id, ERR_STORAGE_FULL);
		assert_int_equal(count(f), 0);
	}
	forget(f);
	must(f, db_script(db, &f->err, "PRAGMA max_page_count = 100000"));
	must(f, store(f, 3, 1 << 20));
}

static void a_reader_comes_back_after_damage_was_repaired(void **state)
{
	struct fixture *f = *state;
	static char good[40 * 4096], bad[40 * 4096];
	FILE *file;
	struct db_rows *rows;
	struct err err = { 0 };

	for (int i = 1; i < 100; i++)
		must(f, store(f, i, 900));
	db_tidy(writer(f), true);
	file = fopen(path(f, ""), "r");
	assert_int_equal(fread(good, sizeof(good), 1, file) || feof(file), 1);
	fclose(file);
	memset(bad, 0x5a, sizeof(bad));
	scribble(f, 2 * 4096, bad, 20 * 4096);
	rows = db_query(pool_reader(f->pool, &err), &err, &BODIES, DB_NO_ARGS);
	while (db_next(rows))
		;
	assert_false(db_done(rows));
	assert_int_equal(err.id, ERR_UNAVAILABLE);
	scribble(f, 2 * 4096, good + 2 * 4096, 20 * 4096);
	assert_int_equal(count(f), 99);
	must(f, store(f, 100, 10));
	assert_int_equal(count(f), 100);
}

static void the_log_stays_short(void **state)
{
	struct fixture *f = *state;

	for (int i = 1; i <= 120; i++) {
		must(f, store(f, i, 1 << 20));
		assert_int_equal(count(f), i);
	}
	/* Without db_tidy(): bounded all the same. */
	assert_true(size_of(path(f, "-wal")) < 60 << 20);
	for (int i = 121; i <= 160; i++) {
		must(f, store(f, i, 1 << 20));
		db_tidy(writer(f), false);
	}
	assert_true(size_of(path(f, "-wal")) < 60 << 20);
	db_tidy(writer(f), true);
	assert_int_equal(size_of(path(f, "-wal")), 0);
	assert_int_equal(count(f), 160);
}

static void a_reader_with_an_old_snapshot_stops_nobody(void **state)
{
	struct fixture *f = *state;
	struct db *old = pool_reader(f->pool, &f->err);

	must(f, store(f, 1, 10));
	must(f, db_read_begin(old, &f->err));
	assert_int_equal(count_with(f, old), 1);
	for (int i = 2; i <= 40; i++) {
		must(f, store(f, i, 1 << 20));
		db_tidy(writer(f), i % 10 == 0);
	}
	assert_int_equal(count_with(f, old), 1);
	db_read_end(old);
	assert_int_equal(count(f), 40);
}

/* ---- PostgreSQL ---- */

static void kill_others(struct fixture *f)
{
	struct db *killer = pool_private(f->pool, &f->err);
	int64_t left = 1;

	must(f, killer);
	must(f, db_run(killer, &f->err, &KILL_OTHERS, DB_NO_ARGS, NULL));
	for (int i = 0; i < 100 && left; i++) {
		struct db_rows *rows = db_query(killer, &f->err, &OTHERS, DB_NO_ARGS);

		left = db_next(rows) ? db_int(rows, 0) : 1;
		must(f, db_done(rows));
		usleep(10000);
	}
	db_close(&killer);
}

static void lost_connections_come_back(void **state)
{
	struct fixture *f = *state;

	must(f, store(f, 1, 10));
	assert_int_equal(count(f), 1);
	kill_others(f);
	/* Each notices when it wants to work, and is back the next time. */
	assert_false(store(f, 2, 10));
	assert_int_equal(f->err.id, ERR_UNAVAILABLE);
	forget(f);
	must(f, store(f, 2, 10));
	assert_int_equal(count(f), -1);
	forget(f);
	assert_int_equal(count(f), 2);
}

static void a_commit_that_was_lost_is_not_claimed(void **state)
{
	struct fixture *f = *state;
	struct db *db = writer(f);

	must(f, db_write_begin(db, &f->err));
	must(f, add_to(f, db, 1, 10));
	kill_others(f);
	assert_false(db_write_commit(db, &f->err));
	assert_int_equal(f->err.id, ERR_UNAVAILABLE);
	forget(f);
	assert_int_equal(count_with(f, db), 0);
	must(f, store(f, 1, 10));
	assert_int_equal(count_with(f, db), 1);
}

static void a_commit_whose_answer_was_lost_is_found_again(void **state)
{
	struct fixture *f = *state;
	struct db *db = writer(f);
	char committed[sizeof(db->xid)];

	must(f, store(f, 1, 10));
	memcpy(committed, db->xid, sizeof(committed));
	must(f, db_write_begin(db, &f->err));
	kill_others(f);
	/* As if the connection had been lost a moment later: the server did commit it. */
	memcpy(db->xid, committed, sizeof(committed));
	must(f, db_write_commit(db, &f->err));
	must(f, store(f, 2, 10));
	assert_int_equal(count_with(f, db), 2);
}

static void a_batch_whose_connection_is_lost_is_refused_whole(void **state)
{
	struct fixture *f = *state;
	struct db *db = writer(f);
	struct err err = { 0 };
	int64_t changed;

	must(f, db_write_begin(db, &f->err));
	must(f, db_savepoint(db, &f->err));
	must(f, add_to(f, db, 1, 10));
	assert_false(db_run(db, &err, &CRASH, DB_NO_ARGS, &changed));
	db_savepoint_rollback(db);
	assert_false(db_savepoint(db, &f->err));
	forget(f);
	assert_false(add_to(f, db, 2, 10));
	forget(f);
	assert_false(db_write_commit(db, &f->err));
	assert_int_equal(f->err.id, ERR_UNAVAILABLE);
	forget(f);
	assert_int_equal(count(f), 0);
	must(f, store(f, 3, 10));
	assert_int_equal(count(f), 1);
}

#define TESTS(ON) \
	ON(each_thread_has_its_reader_and_leaves_it_to_the_next), \
	        ON(a_locked_database_is_unavailable_until_it_is_not), \
	        ON(what_a_killed_process_committed_is_there_and_nothing_else)

int main(void)
{
	const struct CMUnitTest sqlite[] = {
		TESTS(ON_SQLITE),
		ON_SQLITE(only_the_owner_can_read_the_files),
		ON_SQLITE(a_closed_database_is_one_file),
		ON_SQLITE(a_foreign_file_is_neither_read_nor_changed),
		ON_SQLITE(a_damaged_database_is_not_opened),
		ON_SQLITE(a_full_disk_is_survived),
		ON_SQLITE(one_refused_plan_in_a_full_batch_refuses_the_batch),
		ON_SQLITE(a_reader_comes_back_after_damage_was_repaired),
		ON_SQLITE(the_log_stays_short),
		ON_SQLITE(a_reader_with_an_old_snapshot_stops_nobody),
	};
	const struct CMUnitTest postgres[] = {
		TESTS(ON_POSTGRES),
		ON_POSTGRES(lost_connections_come_back),
		ON_POSTGRES(a_commit_that_was_lost_is_not_claimed),
		ON_POSTGRES(a_commit_whose_answer_was_lost_is_found_again),
		ON_POSTGRES(a_batch_whose_connection_is_lost_is_refused_whole),
	};
	int failed = cmocka_run_group_tests_name("sqlite", sqlite, NULL, NULL);

	if (getenv("KONTOR_TEST_PG"))
		failed += cmocka_run_group_tests_name("postgres", postgres, NULL, NULL);
	return failed;
}
