/* login_cache.h - passwords that were right a short while ago, so that polls don't pay for hashing.
 *
 * Found by a keyed hash of name and password (the key is the process's own and never stored); holds
 * neither. A verdict is bound to the stored password it was made from, and to the state of people
 * (principal_generation): when that moved on, login.c looks again before it believes.
 *
 * Memory:  bounded; long-lived. What is handed out is copied into the arena.
 * Threads: any. */
#ifndef KONTOR_PEOPLE_LOGIN_CACHE_H
#define KONTOR_PEOPLE_LOGIN_CACHE_H

#include "base/arena.h"
#include "base/hash.h"
#include "people/who.h"

struct login_key {
	uint8_t bytes[SHA256_SIZE];
};

struct login_verdict {
	struct who who;
	struct text hash;   /* stored password it was verified with; absent: by LDAP, or who used an
	                       app password */
	int64_t generation; /* of people, when it was made or last looked at */
	int64_t since_ms;   /* when the password was verified */
};

struct login_cache;

struct login_cache *login_cache_new(void);
void login_cache_free(struct login_cache **cache);
bool login_cache_get(struct login_cache *cache, const struct login_key *key, struct arena *arena,
        struct login_verdict *verdict);
void login_cache_put(struct login_cache *cache, const struct login_key *key,
        const struct login_verdict *verdict);
void login_cache_drop(struct login_cache *cache, const struct login_key *key);
/* True, once in `every_ms`: it is time to write down that this login was seen. */
bool login_cache_due(
        struct login_cache *cache, const struct login_key *key, int64_t now_ms, int64_t every_ms);

#endif
