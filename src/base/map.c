#include "base/map.h"

#include "base/str.h"
#include "base/vec.h"

#include <pthread.h>
#include <sys/random.h>

/* Up to so many pairs comparing is quicker than hashing. */
enum { FEW = 8, FIRST_SLOTS = 32 };

struct pair {
	struct text key;
	void *value;
	uint64_t hash;
};

struct map {
	struct arena *arena;
	VEC(struct pair) pairs;
	/* Open addressing, a power of two, at most half full: index + 1 of a pair, 0 for none. */
	uint32_t *slots;
	size_t slots_len;
};

static uint64_t seed[2];
static pthread_once_t seeded = PTHREAD_ONCE_INIT;

static void seed_make(void)
{
	if (getrandom(seed, sizeof(seed), 0) != sizeof(seed))
		abort();
}

static inline uint64_t rotl(uint64_t x, int by)
{
	return x << by | x >> (64 - by);
}

static inline void sip_round(uint64_t v[4])
{
	v[0] += v[1];
	v[2] += v[3];
	v[1] = rotl(v[1], 13) ^ v[0];
	v[3] = rotl(v[3], 16) ^ v[2];
	v[0] = rotl(v[0], 32);
	v[2] += v[1];
	v[0] += v[3];
	v[1] = rotl(v[1], 17) ^ v[2];
	v[3] = rotl(v[3], 21) ^ v[0];
	v[2] = rotl(v[2], 32);
}

/* SipHash-1-3 (Aumasson, Bernstein), seeded once per process. Words are read in host order, which
 * matters to nobody: the value never leaves the process. */
static uint64_t hash_of(struct text key)
{
	uint64_t v[4] = { seed[0] ^ UINT64_C(0x736f6d6570736575),
		seed[1] ^ UINT64_C(0x646f72616e646f6d), seed[0] ^ UINT64_C(0x6c7967656e657261),
		seed[1] ^ UINT64_C(0x7465646279746573) };
	uint64_t word;
	size_t i;

	for (i = 0; i + 8 <= key.len; i += 8) {
		memcpy(&word, key.ptr + i, 8);
		v[3] ^= word;
		sip_round(v);
		v[0] ^= word;
	}
	word = (uint64_t)key.len << 56;
	for (int shift = 0; i < key.len; i++, shift += 8)
		word |= (uint64_t)(unsigned char)key.ptr[i] << shift;
	v[3] ^= word;
	sip_round(v);
	v[0] ^= word;
	v[2] ^= 0xff;
	sip_round(v);
	sip_round(v);
	sip_round(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

struct map *map_new(struct arena *arena)
{
	struct map *map = arena_make(arena, struct map);

	pthread_once(&seeded, seed_make);
	map->arena = arena;
	return map;
}

/* Where the pair with this key is, or where it would go. */
static uint32_t *slot_of(const struct map *map, struct text key, uint64_t hash)
{
	size_t mask = map->slots_len - 1;

	for (size_t i = hash & mask;; i = (i + 1) & mask) {
		const struct pair *pair;

		if (!map->slots[i])
			return &map->slots[i];
		pair = &map->pairs.at[map->slots[i] - 1];
		if (pair->hash == hash && text_eq(pair->key, key))
			return &map->slots[i];
	}
}

static struct pair *find(const struct map *map, struct text key, uint64_t hash)
{
	uint32_t slot;

	if (map->slots) {
		slot = *slot_of(map, key, hash);
		return slot ? &map->pairs.at[slot - 1] : NULL;
	}
	for (size_t i = 0; i < map->pairs.len; i++)
		if (text_eq(map->pairs.at[i].key, key))
			return &map->pairs.at[i];
	return NULL;
}

void *map_get(const struct map *map, struct text key)
{
	struct pair *pair = find(map, key, map->slots ? hash_of(key) : 0);

	return pair ? pair->value : NULL;
}

static void rehash(struct map *map)
{
	map->slots_len = map->slots ? map->slots_len * 2 : FIRST_SLOTS;
	map->slots = arena_array(map->arena, map->slots_len, sizeof(*map->slots));
	for (size_t i = 0; i < map->pairs.len; i++) {
		struct pair *pair = &map->pairs.at[i];

		pair->hash = hash_of(pair->key);
		*slot_of(map, pair->key, pair->hash) = (uint32_t)i + 1;
	}
}

void *map_put(struct map *map, struct text key, void *value)
{
	uint64_t hash = map->slots ? hash_of(key) : 0;
	struct pair *pair = find(map, key, hash);
	void *before;

	assert(value);
	if (pair) {
		before = pair->value;
		pair->value = value;
		return before;
	}
	assert(map->pairs.len < UINT32_MAX);
	*vec_push(map->arena, &map->pairs) = (struct pair){ key, value, hash };
	if (map->slots ? map->pairs.len * 2 > map->slots_len : map->pairs.len > FEW)
		rehash(map);
	else if (map->slots)
		*slot_of(map, key, hash) = (uint32_t)map->pairs.len;
	return NULL;
}

size_t map_len(const struct map *map)
{
	return map->pairs.len;
}

struct text map_key(const struct map *map, size_t i)
{
	assert(i < map->pairs.len);
	return map->pairs.at[i].key;
}

void *map_value(const struct map *map, size_t i)
{
	assert(i < map->pairs.len);
	return map->pairs.at[i].value;
}
