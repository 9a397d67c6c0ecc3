#include "people/login_cache.h"

#include <stdlib.h>

#include "base/str.h"
#include "base/thread.h"

enum { SETS = 1024, WAYS = 4, RANK = 50 };

/* One block: the entry, the ids of the groups, name and stored password. */
struct entry {
	struct login_key key;
	struct login_verdict verdict;
	int64_t told_ms;
	uint64_t used;
	int64_t groups[];
};

struct login_cache {
	struct lock lock;
	uint64_t uses; /* counts up: the smallest in a set goes first */
	struct entry *entries[SETS][WAYS];
};

struct login_cache *login_cache_new(void)
{
	struct login_cache *cache = calloc(1, sizeof(*cache));

	if (!cache)
		abort();
	lock_init(&cache->lock, "login-cache", RANK);
	return cache;
}

void login_cache_free(struct login_cache **cache)
{
	if (!*cache)
		return;
	for (size_t set = 0; set < SETS; set++)
		for (size_t way = 0; way < WAYS; way++)
			free((*cache)->entries[set][way]);
	pthread_mutex_destroy(&(*cache)->lock.mutex);
	free(*cache);
	*cache = NULL;
}

static struct entry **set_of(struct login_cache *cache, const struct login_key *key)
{
	return cache->entries[(key->bytes[0] | key->bytes[1] << 8) % SETS];
}

static struct entry **find(struct login_cache *cache, const struct login_key *key)
{
	struct entry **set = set_of(cache, key);

	for (size_t way = 0; way < WAYS; way++)
		if (set[way] && !memcmp(&set[way]->key, key, sizeof(*key)))
			return &set[way];
	return NULL;
}

static void *copy_bytes(char **to, const void *from, size_t len)
{
	char *at = *to;

	if (len)
		memcpy(at, from, len);
	*to += len;
	return at;
}

/* The verdict's texts and ids, packed into `room`; what it points to is there then. */
static void pack(struct login_verdict *verdict, void *room)
{
	char *to = room;

	verdict->who.groups =
	        copy_bytes(&to, verdict->who.groups, verdict->who.groups_len * sizeof(int64_t));
	verdict->who.name.ptr = copy_bytes(&to, verdict->who.name.ptr, verdict->who.name.len);
	if (verdict->hash.ptr)
		verdict->hash.ptr = copy_bytes(&to, verdict->hash.ptr, verdict->hash.len);
}

static size_t packed_size(const struct login_verdict *verdict)
{
	return verdict->who.groups_len * sizeof(int64_t) + verdict->who.name.len +
	       verdict->hash.len;
}

bool login_cache_get(struct login_cache *cache, const struct login_key *key, struct arena *arena,
        struct login_verdict *verdict)
{
	struct entry **found;

	lock_take(&cache->lock);
	found = find(cache, key);
	if (found) {
		(*found)->used = ++cache->uses;
		*verdict = (*found)->verdict;
		pack(verdict, arena_raw(arena, packed_size(verdict)));
	}
	lock_give(&cache->lock);
	return found;
}

/* Where to put the key: its old place, an empty one, or that of the one not used for longest. */
static struct entry **place(struct login_cache *cache, const struct login_key *key)
{
	struct entry **set = set_of(cache, key), **old = find(cache, key), **worst = set;

	if (old)
		return old;
	for (size_t way = 0; way < WAYS; way++) {
		if (!set[way])
			return &set[way];
		if (set[way]->used < (*worst)->used)
			worst = &set[way];
	}
	return worst;
}

void login_cache_put(
        struct login_cache *cache, const struct login_key *key, const struct login_verdict *verdict)
{
	struct entry *entry = calloc(1, sizeof(*entry) + packed_size(verdict)), **at;

	if (!entry)
		abort();
	entry->key = *key;
	entry->verdict = *verdict;
	pack(&entry->verdict, entry->groups);
	lock_take(&cache->lock);
	at = place(cache, key);
	if (*at && !memcmp(&(*at)->key, key, sizeof(*key)))
		entry->told_ms = (*at)->told_ms;
	entry->used = ++cache->uses;
	free(*at);
	*at = entry;
	lock_give(&cache->lock);
}

void login_cache_drop(struct login_cache *cache, const struct login_key *key)
{
	struct entry **found;

	lock_take(&cache->lock);
	found = find(cache, key);
	if (found) {
		free(*found);
		*found = NULL;
	}
	lock_give(&cache->lock);
}

bool login_cache_due(
        struct login_cache *cache, const struct login_key *key, int64_t now_ms, int64_t every_ms)
{
	struct entry **found;
	bool due;

	lock_take(&cache->lock);
	found = find(cache, key);
	due = found && (!(*found)->told_ms || now_ms - (*found)->told_ms >= every_ms);
	if (due)
		(*found)->told_ms = now_ms;
	lock_give(&cache->lock);
	return due;
}
