#include "db/driver.h"
#include "db/schema.h"

#include "base/log.h"
#include "base/thread.h"

/* Nothing else is locked while this one is held. */
enum { POOL_RANK = 900 };

struct pool {
	struct db_place *place;
	pthread_key_t key; /* this thread's reader */
	struct lock lock;
	struct db *readers; /* all of them, by db.next */
	struct db *idle;    /* those whose thread has ended, by db.next_idle */
	struct db *writer;
};

/* ---- where ---- */

struct db_place *db_place_new(const struct pool_settings *settings)
{
	struct db_place *place = db_alloc(sizeof(*place));
	const char *dir = settings->data_dir ? settings->data_dir : ".";

	place->schema_dir = db_strdup(settings->schema_dir);
	place->busy_ms = settings->busy_ms > 0 ? settings->busy_ms : 10000;
	place->cache_kib = settings->cache_kib > 0 ? settings->cache_kib : 2048;
	if (settings->postgres_dsn && settings->postgres_dsn[0]) {
		place->dsn = db_strdup(settings->postgres_dsn);
		return place;
	}
	place->path = db_alloc(strlen(dir) + sizeof("/kontor.db"));
	snprintf(place->path, strlen(dir) + sizeof("/kontor.db"), "%s/kontor.db", dir);
	return place;
}

void db_place_free(struct db_place **place)
{
	if (!*place)
		return;
	free((*place)->path);
	free((*place)->dsn);
	free((*place)->schema_dir);
	free(*place);
	*place = NULL;
}

/* ---- readers ---- */

/* A thread ends: its reader waits for the next one. */
static void retire(void *arg)
{
	struct db *db = arg;
	struct pool *pool = db->pool;

	lock_take(&pool->lock);
	db->next_idle = pool->idle;
	pool->idle = db;
	lock_give(&pool->lock);
}

static struct db *take_idle(struct pool *pool)
{
	struct db *db;

	lock_take(&pool->lock);
	db = pool->idle;
	if (db)
		pool->idle = db->next_idle;
	lock_give(&pool->lock);
	return db;
}

static struct db *new_reader(struct pool *pool, struct err *err)
{
	struct db *db = take_idle(pool);

	if (!db) {
		db = db_open(pool->place, DB_READER, err);
		if (!db)
			return NULL;
		db->pool = pool;
		lock_take(&pool->lock);
		db->next = pool->readers;
		pool->readers = db;
		lock_give(&pool->lock);
	}
	if (pthread_setspecific(pool->key, db))
		abort();
	return db;
}

struct db *pool_reader(struct pool *pool, struct err *err)
{
	struct db *db = pthread_getspecific(pool->key);

	if (!db)
		db = new_reader(pool, err);
	if (!db || (db->broken && !db_mend(db, err)))
		return NULL;
	return db;
}

/* ---- the others ---- */

struct db *pool_writer(struct pool *pool, struct err *err)
{
	if (!pool->writer)
		pool->writer = db_open(pool->place, DB_WRITER, err);
	if (!pool->writer || !db_mend(pool->writer, err))
		return NULL;
	return pool->writer;
}

struct db *pool_private(struct pool *pool, struct err *err)
{
	return db_open(pool->place, DB_PRIVATE, err);
}

bool pool_is_postgres(const struct pool *pool)
{
	return !pool->place->path;
}

const struct db_place *pool_place(const struct pool *pool)
{
	return pool->place;
}

/* ---- opening and closing ---- */

struct pool *pool_open(const struct pool_settings *settings, struct err *err)
{
	struct pool *pool = db_alloc(sizeof(*pool));
	struct db *db;

	pool->place = db_place_new(settings);
	lock_init(&pool->lock, "pool", POOL_RANK);
	if (pthread_key_create(&pool->key, retire))
		abort();
	db = pool_reader(pool, err);
	if (!db || !schema_fits(db, err))
		pool_close(&pool);
	return pool;
}

void pool_close(struct pool **pool)
{
	struct pool *p = *pool;

	if (!p)
		return;
	*pool = NULL;
	/* First, so that no thread that ends now comes by retire(). */
	pthread_key_delete(p->key);
	while (p->readers) {
		struct db *db = p->readers;

		p->readers = db->next;
		db_close(&db);
	}
	db_close(&p->writer);
	db_place_free(&p->place);
	free(p);
}
