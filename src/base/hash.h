/* hash.h - digests, keyed hashes, random bytes and password hashing (OpenSSL, libxcrypt).
 * Threads: all may be called from any thread; password_* take 0.1 s and up to 65 MB each, callers
 * bound how many run at once (people/login.c). */
#ifndef KONTOR_BASE_HASH_H
#define KONTOR_BASE_HASH_H

#include "base/arena.h"

enum { SHA256_SIZE = 32 };

void sha256(struct text bytes, uint8_t out[SHA256_SIZE]);
void hmac_sha256(struct text key, struct text bytes, uint8_t out[SHA256_SIZE]);
/* Streaming, for bodies that are never whole in memory. */
struct sha256_state;
struct sha256_state *sha256_start(struct arena *arena);
void sha256_add(struct sha256_state *state, struct text bytes);
void sha256_end(struct sha256_state *state, uint8_t out[SHA256_SIZE]);
/* A fast, unkeyed 128-bit fingerprint (not for secrets): strong ETags. Hex, 32 letters. */
struct text etag_of(struct arena *arena, struct text bytes);
/* Constant time. */
bool secret_eq(struct text a, struct text b);
/* From the kernel; aborts if there is none. */
void random_bytes(void *out, size_t len);
/* Random (v4) UUID in lower case, 36 letters. */
struct text random_uuid(struct arena *arena);

/* yescrypt, cost 7, random salt. Absent if the password holds a NUL or more than 1024 bytes. */
struct text password_hash(struct arena *arena, struct text password);
/* True if `password` matches `hash` in any format crypt(3) knows. NUL or more than 1024 bytes in
 * the password: false. What is false costs the time of a hash of ours at least: an absent one, and
 * one from elsewhere, that is cheaper. */
bool password_verify(struct text password, struct text hash);
/* Does it begin as the hashes do that crypt(3) knows? Quick. */
bool password_is_hash(struct text hash);
/* Is it of the kind and cost that password_hash() makes? Quick. */
bool password_hash_is_ours(struct text hash);

#endif
