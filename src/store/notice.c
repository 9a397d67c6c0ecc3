#include "store/notice.h"

#include <stdatomic.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/thread.h"
#include "db/listen.h"
#include "db/pool.h"
#include "store/plan_run.h"

enum {
	WATCHES_MAX = 2000,
	WATCHES_EACH = 12, /* of one principal */
	KEPT = 256,        /* notices a watch keeps */
	BEAT_MS = 25000,   /* clients that went away are found out by writing to them */
	LOOK_MS = 1000,
	HEAR_MS = 500,
	AGAIN_MS = 2000, /* after the listening connection was lost */
	PAYLOAD = 7000,  /* PostgreSQL takes 8000 bytes */
	RANK = 40
};

static const char CHANNEL[] = "kontor";

DB_STATEMENT(TELL, "/* postgres only */ SELECT pg_notify('kontor', ?1)");
DB_STATEMENT(CHANGE_NOW, "SELECT value FROM counter WHERE name = 'change'");

struct watch {
	struct notices *board;
	struct watch *prev, *next; /* the oldest first */
	int64_t principal;
	struct notice kept[KEPT];
	size_t len;
	bool lost, beat, over;
	void (*wake)(void *); /* NULL: nobody waits */
	void *arg;
};

struct notices {
	struct pool *pool;
	char origin[17]; /* of this process: what it told itself it need not hear */
	struct lock lock;
	pthread_cond_t stopped;
	struct watch *first, *last;
	size_t watches;
	bool over;
	int64_t change; /* the last number we know of */
	pthread_t thread;
};

/* ---- watches: with the lock held ---- */

static void wake_up(struct watch *watch)
{
	void (*wake)(void *) = watch->wake;

	watch->wake = NULL;
	if (wake)
		wake(watch->arg);
}

static void keep(struct watch *watch, const struct notice_list *list)
{
	for (size_t i = 0; i < list->len && !watch->lost; i++) {
		if (watch->len == KEPT)
			watch->lost = true;
		else
			watch->kept[watch->len++] = list->at[i];
	}
}

/* NULL: something, nobody knows what. */
static void pass_on(struct notices *board, const struct notice_list *list)
{
	for (struct watch *watch = board->first; watch; watch = watch->next) {
		if (list)
			keep(watch, list);
		else
			watch->lost = true;
		wake_up(watch);
	}
}

static void leave(void *arg)
{
	struct watch *watch = arg;
	struct notices *board = watch->board;

	lock_take(&board->lock);
	if (watch->prev)
		watch->prev->next = watch->next;
	else
		board->first = watch->next;
	if (watch->next)
		watch->next->prev = watch->prev;
	else
		board->last = watch->prev;
	board->watches--;
	lock_give(&board->lock);
}

static void enter(struct notices *board, struct watch *watch)
{
	watch->prev = board->last;
	if (watch->prev)
		watch->prev->next = watch;
	else
		board->first = watch;
	board->last = watch;
	board->watches++;
}

static void end_oldest(struct notices *board, int64_t principal)
{
	struct watch *oldest = NULL;
	size_t len = 0;

	for (struct watch *watch = board->last; watch; watch = watch->prev) {
		if (watch->principal != principal || watch->over)
			continue;
		oldest = watch;
		len++;
	}
	if (len < WATCHES_EACH)
		return;
	oldest->over = true;
	wake_up(oldest);
}

struct watch *notice_watch(struct notices *board, struct arena *arena, int64_t principal)
{
	struct watch *watch = arena_make(arena, struct watch);
	bool room;

	watch->board = board;
	watch->principal = principal;
	lock_take(&board->lock);
	room = !board->over && board->watches < WATCHES_MAX;
	if (room) {
		end_oldest(board, principal);
		enter(board, watch);
	}
	lock_give(&board->lock);
	return room ? arena_own(arena, watch, leave) : NULL;
}

bool notice_take(struct watch *watch, struct arena *arena, struct watched *came)
{
	struct notices *board = watch->board;
	bool over;

	*came = (struct watched){ 0 };
	lock_take(&board->lock);
	for (size_t i = 0; i < watch->len && !watch->lost; i++)
		*vec_push(arena, &came->list) = watch->kept[i];
	came->lost = watch->lost;
	came->beat = watch->beat;
	watch->len = 0;
	watch->lost = watch->beat = false;
	over = watch->over || board->over;
	lock_give(&board->lock);
	return !over;
}

void notice_wait(struct watch *watch, void (*wake)(void *), void *arg)
{
	struct notices *board = watch->board;

	lock_take(&board->lock);
	watch->wake = wake;
	watch->arg = arg;
	if (watch->len || watch->lost || watch->beat || watch->over || board->over)
		wake_up(watch);
	lock_give(&board->lock);
}

/* ---- publishing ---- */

void writing_notice(struct writing *writing, const struct notice *notice)
{
	*vec_push(writing->arena, &writing->plan->notices) = *notice;
}

void notice_publish(struct notices *board, const struct notice_list *list, int64_t change)
{
	lock_take(&board->lock);
	if (change > board->change)
		board->change = change;
	if (list->len)
		pass_on(board, list);
	lock_give(&board->lock);
}

static bool tell(struct db *db, struct buf *payload, struct err *err)
{
	return db_run(db, err, &TELL, DB_ARGS(DB_TEXT(buf_text(payload))), NULL);
}

/* "ORIGIN id kind collection tag holder;...", in as many pieces as it takes. */
bool notice_tell(
        const struct notices *board, struct db *db, const struct notice_list *list, struct err *err)
{
	struct arena *arena;
	struct buf payload;
	bool ok = true;

	if (!list->len || !db_is_postgres(db))
		return true;
	arena = arena_new();
	buf_init(&payload, arena);
	for (size_t i = 0; ok && i < list->len; i++) {
		const struct notice *n = &list->at[i];

		if (!payload.len)
			buf_printf(&payload, "%s ", board ? board->origin : "-");
		buf_printf(&payload, "%lld %lld %lld %lld %lld;", (long long)n->id,
		        (long long)n->kind, (long long)n->collection, (long long)n->tag,
		        (long long)n->holder);
		if (payload.len < PAYLOAD && i + 1 < list->len)
			continue;
		ok = tell(db, &payload, err);
		payload.len = 0;
	}
	arena_free(&arena);
	return ok;
}

/* ---- hearing ---- */

static bool read_notice(struct text words, struct notice *notice)
{
	int64_t *const into[] = { &notice->id, &notice->kind, &notice->collection, &notice->tag,
		&notice->holder };
	struct text word;

	for (size_t i = 0; i < COUNT_OF(into); i++)
		if (!text_split(&words, ' ', &word) || !text_to_int(word, into[i]))
			return false;
	return true;
}

static void heard(struct notices *board, struct text payload)
{
	struct arena *arena = arena_new();
	struct notice_list list = VEC_EMPTY;
	struct text origin, words;
	struct notice notice;

	if (text_split(&payload, ' ', &origin) && !text_eq(origin, text_of(board->origin))) {
		while (text_split(&payload, ';', &words))
			if (read_notice(words, &notice))
				*vec_push(arena, &list) = notice;
		notice_publish(board, &list, 0);
	}
	arena_free(&arena);
}

static void something(struct notices *board)
{
	lock_take(&board->lock);
	pass_on(board, NULL);
	lock_give(&board->lock);
}

/* True: the board is over. */
static bool rest(struct notices *board, int64_t ms)
{
	bool over;

	lock_take(&board->lock);
	if (!board->over)
		lock_wait(&board->lock, &board->stopped, ms);
	over = board->over;
	lock_give(&board->lock);
	return over;
}

static void beat(struct notices *board, int64_t *due_ms)
{
	if (clock_mono_ms() < *due_ms)
		return;
	*due_ms = clock_mono_ms() + BEAT_MS;
	lock_take(&board->lock);
	for (struct watch *watch = board->first; watch; watch = watch->next) {
		watch->beat = true;
		wake_up(watch);
	}
	lock_give(&board->lock);
}

static void listen_to_others(struct notices *board)
{
	int64_t due_ms = clock_mono_ms() + BEAT_MS;
	struct err err = { 0 };
	struct db *db = NULL;
	struct text payload;

	while (!rest(board, 0)) {
		beat(board, &due_ms);
		if (!db) {
			db = pool_private(board->pool, &err);
			if (db && !db_listen(db, &err, CHANNEL))
				db_close(&db);
			err_clear(&err);
			/* Whatever was told meanwhile was not heard. */
			if (db)
				something(board);
			else if (rest(board, AGAIN_MS))
				break;
			continue;
		}
		if (!db_hear(db, &err, HEAR_MS, &payload))
			db_close(&db);
		else if (payload.ptr)
			heard(board, payload);
		err_clear(&err);
	}
	if (db)
		db_close(&db);
}

static bool change_now(struct db *db, int64_t *change)
{
	struct err err = { 0 };
	struct db_rows *rows;
	bool ok;

	if (!db_read_begin(db, &err))
		return false;
	rows = db_query(db, &err, &CHANGE_NOW, DB_NO_ARGS);
	*change = rows && db_next(rows) ? db_int(rows, 0) : 0;
	ok = db_done(rows);
	db_read_end(db);
	return ok;
}

static void known_now(struct notices *board, int64_t change)
{
	const struct notice_list none = VEC_EMPTY;

	notice_publish(board, &none, change);
}

/* A command beside the server counts on without us. Seen twice: a commit of our own is published a
 * moment after others can read it. */
static void look_at_counter(struct notices *board, struct db *db, int64_t *seen)
{
	int64_t change, before = *seen, known;

	lock_take(&board->lock);
	known = board->first ? board->change : INT64_MAX;
	lock_give(&board->lock);
	*seen = 0;
	if (known == INT64_MAX || !change_now(db, &change) || change <= known)
		return;
	*seen = change;
	if (!before)
		return;
	lock_take(&board->lock);
	if (board->change < change) {
		board->change = change;
		pass_on(board, NULL);
	}
	lock_give(&board->lock);
}

static void look_now_and_then(struct notices *board)
{
	int64_t due_ms = clock_mono_ms() + BEAT_MS, seen = 0;
	struct err err = { 0 };
	struct db *db = pool_private(board->pool, &err);

	int64_t change = 0;

	if (db && !change_now(db, &change))
		db_close(&db);
	known_now(board, change);
	while (!rest(board, LOOK_MS)) {
		beat(board, &due_ms);
		if (db)
			look_at_counter(board, db, &seen);
	}
	if (db)
		db_close(&db);
}

static void *run(void *arg)
{
	struct notices *board = arg;

	if (pool_is_postgres(board->pool))
		listen_to_others(board);
	else
		look_now_and_then(board);
	return NULL;
}

/* ---- life ---- */

struct notices *notices_start(struct pool *pool)
{
	struct notices *board = calloc(1, sizeof(*board));
	uint64_t random;

	if (!board)
		abort();
	board->pool = pool;
	random_bytes(&random, sizeof(random));
	snprintf(board->origin, sizeof(board->origin), "%016llx", (unsigned long long)random);
	lock_init(&board->lock, "notices", RANK);
	pthread_cond_init(&board->stopped, NULL);
	board->thread = thread_start("notices", run, board);
	return board;
}

void notices_end(struct notices *board)
{
	lock_take(&board->lock);
	board->over = true;
	for (struct watch *watch = board->first; watch; watch = watch->next)
		wake_up(watch);
	pthread_cond_signal(&board->stopped);
	lock_give(&board->lock);
}

void notices_free(struct notices **board)
{
	struct notices *gone = *board;

	if (!gone)
		return;
	*board = NULL;
	notices_end(gone);
	pthread_join(gone->thread, NULL);
	pthread_cond_destroy(&gone->stopped);
	pthread_mutex_destroy(&gone->lock.mutex);
	free(gone);
}
