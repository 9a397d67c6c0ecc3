#include "store/house.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/str.h"
#include "db/migrate.h"
#include "store/appear.h"
#include "store/blob.h"
#include "store/cover.h"
#include "store/furnish.h"
#include "store/kind.h"
#include "store/notice.h"
#include "store/outbox.h"
#include "store/principal.h"
#include "store/reindex.h"
#include "store/trash.h"
#include "store/writer.h"

#include <sys/statvfs.h>
#include <unistd.h>

/* What became of a mail is kept for a month. */
enum { CACHE_KIB = 4096, BUSY_MS = 10000, MAIL_KEPT = 30 * 86400 };

DB_STATEMENT(ANYTHING, "SELECT value FROM counter WHERE name = 'id'");
DB_STATEMENT(META_GET, "SELECT value FROM meta WHERE name = ?1");
DB_STATEMENT(META_SET, "INSERT INTO meta (name, value) VALUES (?1, ?2)"
                       " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
DB_STATEMENT(COUNTER_INSERT, "INSERT INTO counter (name, value) VALUES (?1, 0)");
/* No backup is as far behind as that. */
DB_STATEMENT(COUNTER_SKIP,
        "UPDATE counter SET value = (value / 4294967296 + 1) * 4294967296 WHERE name = 'change'");
DB_STATEMENT(LOCKS_EXPIRED, "DELETE FROM dav_lock WHERE until <= ?1");
DB_STATEMENT(SESSIONS_EXPIRED, "DELETE FROM session WHERE until <= ?1");

const struct settings *house_settings(const struct house *house)
{
	return __atomic_load_n(&house->settings, __ATOMIC_ACQUIRE);
}

struct db *work_reader(struct work *work)
{
	struct db *db = work->db;

	if (db)
		return db;
	db = pool_reader(work->house->pool, &work->err);
	if (!db || !db_read_begin(db, &work->err))
		return NULL;
	work->db = db;
	return db;
}

void work_read_lightly(struct work *work)
{
	work->light = true;
}

bool work_moved_on(struct work *work)
{
	bool moved_on = work->db && db_moved_on(work->db);

	if (moved_on)
		work_step_end(work);
	return moved_on;
}

bool work_state(struct work *work, int64_t *state)
{
	struct db *db = work_reader(work);

	*state = db && work->light ? db_state_ahead(db) : 0;
	if (*state)
		return true;
	if (!db || !db_look(db, &work->err))
		return false;
	*state = db_state(db);
	return true;
}

void work_step_end(struct work *work)
{
	if (work->db)
		db_read_end(work->db);
	work->db = NULL;
	work->rights = NULL;
	work->light = false;
}

static const char *schema_dir(const struct settings *settings)
{
	if (settings->store_schema_dir && settings->store_schema_dir[0])
		return settings->store_schema_dir;
	/* Run from the build tree it has not been installed. */
	return access(KONTOR_DATADIR "/schemas/index.sql", R_OK) ? KONTOR_SRCDIR "/schemas"
	                                                         : KONTOR_DATADIR "/schemas";
}

struct pool_settings house_place(const struct settings *settings)
{
	const char *dsn = settings->store_postgres;

	return (struct pool_settings){ .data_dir = settings->server_data_dir,
		.postgres_dsn = dsn && dsn[0] ? dsn : NULL,
		.schema_dir = schema_dir(settings),
		.busy_ms = BUSY_MS,
		.cache_kib = CACHE_KIB };
}

bool house_is_ready(struct house *house)
{
	struct err err = { 0 };
	struct db *db = pool_reader(house->pool, &err);
	struct db_rows *rows;
	bool ready;

	if (!db || !db_read_begin(db, &err))
		return false;
	rows = db_query(db, &err, &ANYTHING, DB_NO_ARGS);
	ready = rows && db_next(rows);
	ready = db_done(rows) && ready;
	db_read_end(db);
	return ready;
}

int64_t house_free_bytes(const struct house *house)
{
	struct pool_settings place = house_place(house_settings(house));
	struct statvfs disk;

	if (place.postgres_dsn || statvfs(place.data_dir, &disk))
		return -1;
	return (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
}

/* ---- making ---- */

static bool meta_set(struct db *db, struct err *err, struct text name, struct text value)
{
	return db_run(db, err, &META_SET, DB_ARGS(DB_TEXT(name), DB_TEXT(value)), NULL);
}

/* What the derived rows were made by. */
static struct text projection(struct arena *arena)
{
	return arena_printf(arena, "%d.%d", PROJECTION_VERSION, TEXT_FOLD_VERSION);
}

static bool seed_run(struct writing *w, void *data)
{
	(void)data;
	return meta_set(w->db, w->err, TEXT("epoch"), random_uuid(w->arena)) &&
	       meta_set(w->db, w->err, TEXT("projection"), projection(w->arena)) &&
	       db_run(w->db, w->err, &COUNTER_INSERT, DB_ARGS(DB_TEXT(TEXT("id"))), NULL) &&
	       db_run(w->db, w->err, &COUNTER_INSERT, DB_ARGS(DB_TEXT(TEXT("change"))), NULL);
}

static bool furnish_run(struct writing *w, void *data)
{
	(void)data;
	return furnish_all(w);
}

static bool seed(struct db *db, struct err *err)
{
	struct arena *arena = arena_new();
	struct plan *plan = plan_new(arena, clock_now());
	struct principal_put company = { .principal = { .kind = PRINCIPAL_GROUP,
		                                 .name = TEXT("company"),
		                                 .display_name = TEXT("Company") } };
	bool ok;

	plan_add(plan, seed_run, NULL);
	plan_principal_put(plan, &company);
	plan_add(plan, furnish_run, NULL);
	ok = writer_apply_here(db, plan, err);
	arena_free(&arena);
	return ok;
}

bool house_make(const struct settings *settings, struct err *err)
{
	struct pool_settings ps = house_place(settings);
	struct pool *pool;
	struct db *db;
	bool ok;

	if (!migrate_init(&ps, err))
		return false;
	pool = pool_open(&ps, err);
	if (!pool)
		return false;
	db = pool_private(pool, err);
	ok = db && seed(db, err) && migrate_index_filled(db, err);
	db_close(&db);
	pool_close(&pool);
	return ok;
}

/* ---- opening ---- */

static bool meta_get(
        struct db *db, struct err *err, struct arena *arena, struct text name, struct text *value)
{
	struct db_rows *rows = db_query(db, err, &META_GET, DB_ARGS(DB_TEXT(name)));

	*value = rows && db_next(rows) ? arena_text(arena, db_text(rows, 0)) : TEXT_NONE;
	return db_done(rows);
}

static void tell_progress(void *arg, int64_t done, int64_t all)
{
	int64_t *told = arg;

	if (done != all && clock_mono_ms() - *told < 5000)
		return;
	*told = clock_mono_ms();
	log_info("reindex", "done=%lld all=%lld", (long long)done, (long long)all);
}

/* What an older program has derived, or not finished deriving, is derived anew. It is noted last,
 * so that a crash in between leaves it to the next start. */
static bool catch_up(
        struct house *house, struct db *db, struct arena *arena, bool made_anew, struct err *err)
{
	struct text by, now = projection(arena);
	int64_t told = clock_mono_ms();

	if (!meta_get(db, err, arena, TEXT("projection"), &by))
		return false;
	if (!by.ptr)
		return err_set(err, ERR_UNAVAILABLE,
		        "the database is empty: it was not made by kontor init");
	if (text_eq(by, now) && !made_anew)
		return true;
	return refold_principals(db, err) && reindex_run(house, db, tell_progress, &told, err) &&
	       meta_set(db, err, TEXT("projection"), now);
}

/* A database from before the CRM has no shelves yet. */
static bool furnish_old(struct db *db, struct arena *arena, struct err *err)
{
	struct plan *plan = plan_new(arena, clock_now());
	bool lacks;

	if (!furnish_lacks(db, err, &lacks))
		return false;
	plan_add(plan, furnish_run, NULL);
	return !lacks || writer_apply_here(db, plan, err);
}

/* What the rooms begin with. */
static bool sow(struct house *house, struct db *db, struct arena *arena, struct err *err)
{
	struct plan *plan = plan_new(arena, clock_now());

	if (!house->seed)
		return true;
	plan_add(plan, house->seed, house);
	return writer_apply_here(db, plan, err);
}

static bool open_with(struct house *house, struct db *db, bool made_anew, struct err *err)
{
	struct arena *arena = arena_new();
	struct text epoch = TEXT_NONE;
	bool ok = catch_up(house, db, arena, made_anew, err) && furnish_old(db, arena, err) &&
	          sow(house, db, arena, err) && meta_get(db, err, arena, TEXT("epoch"), &epoch);

	if (ok && epoch.len) {
		char *copy = strndup(epoch.ptr, epoch.len);

		if (!copy)
			abort();
		house->epoch = (struct text){ copy, epoch.len };
	}
	arena_free(&arena);
	return ok && (epoch.len || err_set(err, ERR_UNAVAILABLE, "the database has no epoch"));
}

bool house_open(struct house *house, const struct settings *settings, struct err *err)
{
	struct pool_settings ps = house_place(settings);
	bool made_anew = false, ok;
	struct db *db;

	__atomic_store_n(&house->settings, settings, __ATOMIC_RELEASE);
	random_bytes(house->secret, sizeof(house->secret));
	house->pool = pool_open(&ps, err);
	if (!house->pool)
		return false;
	db = migrate_run(house->pool, err, &made_anew) ? pool_private(house->pool, err) : NULL;
	ok = db && open_with(house, db, made_anew, err);
	db_close(&db);
	if (!ok)
		house_close(house);
	return ok;
}

/* What has to be looked at again because of time or people. */
static bool look_again(struct writing *w, const struct house *house, bool *more)
{
	const struct rule *rule = kind_rule(house);

	*more = false;
	return !rule || (cover_check(w) && appear_due(w, rule, more));
}

/* That, and what removed things left behind. */
static bool chore_run(struct writing *w, void *data)
{
	bool more;

	if (!trash_empty(w, data) || !look_again(w, data, &more))
		return false;
	if (more)
		writing_untidy(w);
	return true;
}

void house_start_writer(struct house *house)
{
	house->writer = writer_start(house->pool);
	writer_chore(house->writer, chore_run, house);
}

void house_start_notices(struct house *house)
{
	house->notices = notices_start(house->pool);
	writer_board(house->writer, house->notices);
}

void house_close(struct house *house)
{
	writer_stop(&house->writer);
	notices_free(&house->notices);
	pool_close(&house->pool);
	free((char *)house->epoch.ptr);
	house->epoch = TEXT_NONE;
}

/* ---- keeping ---- */

static bool expire_run(struct writing *w, void *data)
{
	(void)data;
	writing_untidy(w); /* what another process has removed */
	return db_run(w->db, w->err, &LOCKS_EXPIRED, DB_ARGS(DB_INT(w->now)), NULL) &&
	       db_run(w->db, w->err, &SESSIONS_EXPIRED, DB_ARGS(DB_INT(w->now)), NULL) &&
	       writing_outbox_sweep(w, w->now - MAIL_KEPT);
}

bool house_tidy(struct house *house, struct err *err)
{
	struct work work = { .arena = arena_new(), .house = house, .now = clock_now() };
	struct plan *plan = plan_new(work.arena, work.now);
	bool ok;

	plan_add(plan, expire_run, NULL);
	if (house->seed)
		plan_add(plan, house->seed, house);
	ok = writer_apply(house->writer, plan, &work.err) && blob_sweep(&work);
	work_step_end(&work);
	if (!ok && !err_is_set(err))
		*err = work.err;
	arena_free(&work.arena);
	return ok;
}

struct settling {
	const struct house *house;
	bool more;
};

static bool settle_run(struct writing *w, void *data)
{
	struct settling *s = data;

	return look_again(w, s->house, &s->more);
}

bool house_settle(struct house *house, struct err *err)
{
	struct settling settling = { .house = house };
	bool ok;

	do {
		struct arena *arena = arena_new();
		struct plan *plan = plan_new(arena, clock_now());

		plan_add(plan, settle_run, &settling);
		ok = writer_apply(house->writer, plan, err);
		arena_free(&arena);
	} while (ok && settling.more);
	return ok;
}

static bool restored_run(struct writing *w, void *data)
{
	(void)data;
	return meta_set(w->db, w->err, TEXT("epoch"), random_uuid(w->arena)) &&
	       db_run(w->db, w->err, &COUNTER_SKIP, DB_NO_ARGS, NULL);
}

bool house_restored(struct db *db, struct err *err)
{
	struct arena *arena = arena_new();
	struct plan *plan = plan_new(arena, clock_now());
	bool ok;

	plan_add(plan, restored_run, NULL);
	ok = writer_apply_here(db, plan, err);
	arena_free(&arena);
	return ok;
}
