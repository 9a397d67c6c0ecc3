/* map.h - text to pointer, in an arena. Keys are borrowed and must live as long as the map.
 * Iteration order is insertion order. Safe against chosen keys (seeded hash).
 * Threads: as the arena; concurrent reads of a finished map are fine. */
#ifndef KONTOR_BASE_MAP_H
#define KONTOR_BASE_MAP_H

#include "base/arena.h"

struct map;
struct map *map_new(struct arena *arena);
/* The value, or NULL. */
void *map_get(const struct map *map, struct text key);
/* Sets; returns what was there before, or NULL. The value may not be NULL. */
void *map_put(struct map *map, struct text key, void *value);
size_t map_len(const struct map *map);
/* The i-th pair, in order of insertion. */
struct text map_key(const struct map *map, size_t i);
void *map_value(const struct map *map, size_t i);

#endif
