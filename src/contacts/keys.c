#include "base/base.h"
#include "contacts/keys.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/str.h"
#include "base/thread.h"
#include "db/db.h"

enum {
	SLOTS = 32,
	NAME_MAX_KEPT = 24,
	BOOK_BYTES = 4 << 20,
	ALL_BYTES = 16 << 20,
	LIFE_MS = 60000,
	RANK = 54
};

DB_STATEMENT(TOKEN, "SELECT token FROM collection WHERE id = ?1");
DB_STATEMENT(KEYS, "SELECT record, cut, key FROM card_key WHERE collection = ?1 AND name = ?2");

/* One key: where it begins, and whose it is. */
struct place {
	size_t at;
	int64_t record;
};
VEC_OF(places, struct place);

/* The keys of one property, one behind the other, a NUL after each: no key holds one. */
struct book {
	struct arena *arena; /* this lives in it */
	int holders;         /* under the lock */
	int64_t token, born_ms;
	struct buf keys;
	struct places places;
	struct ids cut; /* those whose key is not the whole value: always to be looked at */
	bool too_large; /* and so without keys: not to be tried again */
};

struct slot {
	int64_t collection, asked; /* asked: the token of the last question that found no book */
	char name[NAME_MAX_KEPT];
	struct book *book;
};

struct card_keys {
	struct lock lock;
	struct slot slots[SLOTS];
	size_t bytes;
};

struct card_keys *card_keys_new(void)
{
	struct card_keys *keys = calloc(1, sizeof(*keys));

	if (!keys)
		abort();
	lock_init(&keys->lock, "card-keys", RANK);
	return keys;
}

/* ---- under the lock ---- */

static void let_go(struct card_keys *keys, struct book *book)
{
	struct arena *arena = book->arena;

	if (--book->holders)
		return;
	keys->bytes -= arena_size(arena);
	arena_free(&arena);
}

static void clear(struct card_keys *keys, struct slot *slot)
{
	if (slot->book)
		let_go(keys, slot->book);
	slot->book = NULL;
}

static struct slot *slot_of(struct card_keys *keys, int64_t collection, struct text name)
{
	uint64_t sum = (uint64_t)collection;

	for (size_t i = 0; i < name.len; i++)
		sum = sum * 31 + (unsigned char)name.ptr[i];
	return &keys->slots[sum % SLOTS];
}

static bool is_for(const struct slot *slot, int64_t collection, struct text name)
{
	return slot->collection == collection && text_eq(text_of(slot->name), name);
}

/* The book, held; or NULL, and *build says that it is worth making. */
static struct book *take(
        struct card_keys *keys, int64_t collection, struct text name, int64_t token, bool *build)
{
	struct slot *slot = slot_of(keys, collection, name);
	struct book *book = slot->book;

	*build = false;
	if (is_for(slot, collection, name) && book && book->token == token &&
	        clock_mono_ms() - book->born_ms < LIFE_MS) {
		book->holders++;
		return book;
	}
	*build = is_for(slot, collection, name) && slot->asked == token;
	clear(keys, slot);
	slot->collection = collection;
	slot->asked = token;
	memcpy(slot->name, name.ptr, name.len);
	slot->name[name.len] = 0;
	return NULL;
}

/* Puts the new book on the shelf, unless somebody has taken the place meanwhile. */
static void put(struct card_keys *keys, int64_t collection, struct text name, struct book *book)
{
	struct slot *slot = slot_of(keys, collection, name);

	if (keys->bytes + arena_size(book->arena) > ALL_BYTES)
		for (size_t i = 0; i < SLOTS; i++)
			clear(keys, &keys->slots[i]);
	keys->bytes += arena_size(book->arena);
	if (!is_for(slot, collection, name) || slot->book)
		return;
	book->holders++;
	slot->book = book;
}

void card_keys_free(struct card_keys **keys)
{
	if (!*keys)
		return;
	for (size_t i = 0; i < SLOTS; i++)
		clear(*keys, &(*keys)->slots[i]);
	pthread_mutex_destroy(&(*keys)->lock.mutex);
	free(*keys);
	*keys = NULL;
}

/* ---- without it ---- */

static void read_row(struct book *book, struct db_rows *rows)
{
	int64_t record = db_int(rows, 0);

	if (db_int(rows, 1)) {
		*vec_push(book->arena, &book->cut) = record;
		return;
	}
	*vec_push(book->arena, &book->places) = (struct place){ book->keys.len, record };
	buf_add(&book->keys, db_text(rows, 2));
	buf_char(&book->keys, '\0');
	book->too_large = arena_size(book->arena) > BOOK_BYTES;
}

static struct book *new_book(int64_t token)
{
	struct arena *arena = arena_new();
	struct book *book = arena_make(arena, struct book);

	*book = (struct book){
		.arena = arena, .holders = 1, .token = token, .born_ms = clock_mono_ms()
	};
	buf_init(&book->keys, arena);
	return book;
}

static void free_book(struct book *book)
{
	struct arena *arena = book->arena;

	arena_free(&arena);
}

static bool make(struct work *work, struct db *db, int64_t collection, struct text name,
        int64_t token, struct book **made)
{
	struct book *book = new_book(token);
	struct db_rows *rows =
	        db_query(db, &work->err, &KEYS, DB_ARGS(DB_INT(collection), DB_TEXT(name)));

	while (rows && !book->too_large && db_next(rows))
		read_row(book, rows);
	if (!db_done(rows)) {
		free_book(book);
		return false;
	}
	*made = book;
	if (book->too_large) {
		free_book(book);
		*made = new_book(token);
		(*made)->too_large = true;
	}
	return true;
}

static bool token_of(struct work *work, struct db *db, int64_t collection, int64_t *token)
{
	struct db_rows *rows = db_query(db, &work->err, &TOKEN, DB_ARGS(DB_INT(collection)));

	*token = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

/* Whose key the byte at `at` is in. */
static size_t place_at(const struct book *book, size_t at)
{
	size_t low = 0, high = book->places.len;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (book->places.at[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static void look(const struct book *book, struct text wanted, struct arena *arena, struct ids *ids)
{
	size_t at = 0;

	for (size_t i = 0; i < book->cut.len; i++)
		*vec_push(arena, ids) = book->cut.at[i];
	while (at < book->keys.len) {
		const char *from = book->keys.ptr + at;
		const char *hit = memmem(from, book->keys.len - at, wanted.ptr, wanted.len);
		size_t which;

		if (!hit)
			return;
		which = place_at(book, (size_t)(hit - book->keys.ptr));
		*vec_push(arena, ids) = book->places.at[which].record;
		if (which + 1 == book->places.len)
			return;
		at = book->places.at[which + 1].at;
	}
}

/* ---- both ---- */

static bool hold(struct work *work, int64_t collection, struct text name, struct book **book)
{
	struct card_keys *keys = work->house->card_keys;
	struct db *db = work_reader(work);
	int64_t token;
	bool build;

	*book = NULL;
	if (!db || !token_of(work, db, collection, &token))
		return false;
	lock_take(&keys->lock);
	*book = take(keys, collection, name, token, &build);
	lock_give(&keys->lock);
	if (*book || !build)
		return true;
	if (!make(work, db, collection, name, token, book))
		return false;
	lock_take(&keys->lock);
	put(keys, collection, name, *book);
	lock_give(&keys->lock);
	return true;
}

bool card_keys_find(struct work *work, int64_t collection, const struct card_hint *hint,
        struct ids *records, bool *known)
{
	struct card_keys *keys = work->house->card_keys;
	struct book *book;

	*known = false;
	*records = (struct ids)VEC_EMPTY;
	if (!keys || hint->name.len >= NAME_MAX_KEPT)
		return true;
	if (!hold(work, collection, hint->name, &book))
		return false;
	if (!book)
		return true;
	*known = !book->too_large;
	if (*known)
		look(book, hint->key, work->arena, records);
	lock_take(&keys->lock);
	let_go(keys, book);
	lock_give(&keys->lock);
	return true;
}
