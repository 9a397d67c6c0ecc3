#include "people/throttle.h"

#include <arpa/inet.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/thread.h"

enum {
	SETS = 1024,
	WAYS = 4,
	RANK = 51,
	FADE_MS = 60000, /* a count of one is forgotten in */
	COUNT_MAX = 20,
	ACCOUNT_FREE = 3, /* failures before anything waits */
	ACCOUNT_FIRST_MS = 250,
	ACCOUNT_MAX_MS = 4000,
	ADDRESS_FREE = 10,
	ADDRESS_FIRST_MS = 100,
	ADDRESS_MAX_MS = 2000,
	LINE_MAX_MS = 30000 /* who would wait longer is sent away */
};

struct failures {
	uint64_t key;     /* 0: empty */
	int64_t until_ms; /* when the count has faded to nothing */
	int64_t line_ms;  /* when the next one in line may try */
};

struct table {
	struct failures at[SETS][WAYS];
};

struct throttle {
	struct lock lock;
	uint8_t secret[16]; /* so that nobody can choose which entries meet */
	struct table accounts, addresses;
};

struct throttle *throttle_new(void)
{
	struct throttle *throttle = calloc(1, sizeof(*throttle));

	if (!throttle)
		abort();
	lock_init(&throttle->lock, "throttle", RANK);
	random_bytes(throttle->secret, sizeof(throttle->secret));
	return throttle;
}

void throttle_free(struct throttle **throttle)
{
	if (!*throttle)
		return;
	pthread_mutex_destroy(&(*throttle)->lock.mutex);
	free(*throttle);
	*throttle = NULL;
}

static uint64_t key_of(const struct throttle *throttle, struct text of)
{
	struct text secret = { (const char *)throttle->secret, sizeof(throttle->secret) };
	uint8_t mac[SHA256_SIZE];
	uint64_t key;

	hmac_sha256(secret, of, mac);
	memcpy(&key, mac, sizeof(key));
	return key | 1;
}

/* One household has a /64: single addresses in it cost nothing. */
static uint64_t address_key(const struct throttle *throttle, struct text address)
{
	char words[INET6_ADDRSTRLEN];
	struct in6_addr six;

	if (address.len && address.len < sizeof(words)) {
		memcpy(words, address.ptr, address.len);
		words[address.len] = '\0';
		if (inet_pton(AF_INET6, words, &six) == 1 && !IN6_IS_ADDR_V4MAPPED(&six))
			return key_of(throttle, (struct text){ (const char *)&six, 8 });
	}
	return key_of(throttle, address);
}

static struct failures *find(struct table *table, uint64_t key)
{
	struct failures *set = table->at[(key >> 1) % SETS];

	for (size_t way = 0; way < WAYS; way++)
		if (set[way].key == key)
			return &set[way];
	return NULL;
}

static struct failures *find_or_make(struct table *table, uint64_t key)
{
	struct failures *found = find(table, key), *set = table->at[(key >> 1) % SETS];

	if (found)
		return found;
	found = set;
	for (size_t way = 1; way < WAYS; way++)
		if (set[way].until_ms < found->until_ms)
			found = &set[way];
	*found = (struct failures){ .key = key };
	return found;
}

static int64_t count_of(const struct failures *f, int64_t now_ms)
{
	if (!f || f->until_ms <= now_ms)
		return 0;
	return (f->until_ms - now_ms + FADE_MS - 1) / FADE_MS;
}

/* Nothing for the first `free` failures, then `first`, doubled with each further one up to `max`.
 */
static int64_t pause_after(int64_t count, int64_t free_ones, int64_t first, int64_t max)
{
	int64_t pause = first;

	if (count < free_ones)
		return 0;
	for (int64_t i = free_ones; i < count && pause < max; i++)
		pause *= 2;
	return pause < max ? pause : max;
}

int64_t throttle_wait(
        struct throttle *throttle, struct text account, struct text address, int64_t now_ms)
{
	int64_t wait, gap, in_line = 0;
	struct failures *from;

	lock_take(&throttle->lock);
	wait = pause_after(count_of(find(&throttle->accounts, key_of(throttle, account)), now_ms),
	        ACCOUNT_FREE, ACCOUNT_FIRST_MS, ACCOUNT_MAX_MS);
	from = find(&throttle->addresses, address_key(throttle, address));
	gap = pause_after(count_of(from, now_ms), ADDRESS_FREE, ADDRESS_FIRST_MS, ADDRESS_MAX_MS);
	if (gap) {
		int64_t last = from->line_ms > now_ms ? from->line_ms : now_ms;

		in_line = last + gap - now_ms;
		if (in_line <= LINE_MAX_MS)
			from->line_ms = last + gap;
	}
	lock_give(&throttle->lock);
	if (in_line > LINE_MAX_MS)
		return -1;
	return wait > in_line ? wait : in_line;
}

static void count(struct failures *f, int64_t now_ms)
{
	int64_t from = f->until_ms > now_ms ? f->until_ms : now_ms;

	f->until_ms = from + FADE_MS;
	if (f->until_ms > now_ms + COUNT_MAX * (int64_t)FADE_MS)
		f->until_ms = now_ms + COUNT_MAX * (int64_t)FADE_MS;
}

void throttle_failed(
        struct throttle *throttle, struct text account, struct text address, int64_t now_ms)
{
	lock_take(&throttle->lock);
	count(find_or_make(&throttle->accounts, key_of(throttle, account)), now_ms);
	count(find_or_make(&throttle->addresses, address_key(throttle, address)), now_ms);
	lock_give(&throttle->lock);
}

void throttle_right(struct throttle *throttle, struct text account)
{
	struct failures *f;

	lock_take(&throttle->lock);
	f = find(&throttle->accounts, key_of(throttle, account));
	if (f)
		f->until_ms = 0;
	lock_give(&throttle->lock);
}
