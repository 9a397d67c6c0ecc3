#include "db/driver.h"

/* db_stmt structs are at least 8 bytes apart; Fibonacci hashing spreads the rest. */
static size_t slot_of(const struct stmt_cache *cache, const struct db_stmt *stmt)
{
	uint64_t hash = ((uint64_t)(uintptr_t)stmt >> 3) * 0x9e3779b97f4a7c15u;

	return (size_t)(hash >> 32) & (cache->size - 1);
}

static void grow(struct stmt_cache *cache)
{
	struct stmt_cache bigger = { .size = cache->size ? cache->size * 2 : 64 };

	bigger.slots = db_alloc(bigger.size * sizeof(*bigger.slots));
	for (size_t i = 0; i < cache->size; i++) {
		size_t to;

		if (!cache->slots[i])
			continue;
		to = slot_of(&bigger, cache->slots[i]->stmt);
		while (bigger.slots[to])
			to = (to + 1) & (bigger.size - 1);
		bigger.slots[to] = cache->slots[i];
	}
	bigger.used = cache->used;
	free(cache->slots);
	*cache = bigger;
}

struct stmt_entry *stmt_entry(struct stmt_cache *cache, const struct db_stmt *stmt)
{
	size_t at;

	if (cache->used * 2 >= cache->size)
		grow(cache);
	at = slot_of(cache, stmt);
	while (cache->slots[at]) {
		if (cache->slots[at]->stmt == stmt)
			return cache->slots[at];
		at = (at + 1) & (cache->size - 1);
	}
	cache->slots[at] = db_alloc(sizeof(*cache->slots[at]));
	cache->slots[at]->stmt = stmt;
	cache->used++;
	return cache->slots[at];
}

void stmt_empty(struct stmt_cache *cache, void (*forget)(struct db_rows *))
{
	for (size_t i = 0; i < cache->size; i++) {
		struct stmt_entry *entry = cache->slots[i];

		if (!entry)
			continue;
		while (entry->idle) {
			struct db_rows *rows = entry->idle;

			entry->idle = rows->next;
			forget(rows);
			free(rows);
		}
		free(entry->prepared);
		free(entry);
	}
	free(cache->slots);
	*cache = (struct stmt_cache){ 0 };
}
