#include "base/hash.h"

#include "base/codec.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <sys/random.h>

enum { HMAC_BLOCK = 64, ETAG_SIZE = 16 };

static EVP_MD *md;
static pthread_once_t fetched = PTHREAD_ONCE_INIT;

/* Fetched once: OpenSSL 3 looks an algorithm up anew each time it is named, which costs more than
 * hashing an event. */
static void fetch(void)
{
	md = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (!md)
		abort();
}

static EVP_MD_CTX *start(void)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	pthread_once(&fetched, fetch);
	if (!ctx || !EVP_DigestInit_ex2(ctx, md, NULL))
		abort();
	return ctx;
}

static void add(EVP_MD_CTX *ctx, const void *bytes, size_t len)
{
	if (!EVP_DigestUpdate(ctx, bytes, len))
		abort();
}

static void end(EVP_MD_CTX *ctx, uint8_t out[SHA256_SIZE])
{
	if (!EVP_DigestFinal_ex(ctx, out, NULL))
		abort();
}

void sha256(struct text bytes, uint8_t out[SHA256_SIZE])
{
	EVP_MD_CTX *ctx = start();

	add(ctx, bytes.ptr, bytes.len);
	end(ctx, out);
	EVP_MD_CTX_free(ctx);
}

/* RFC 2104 by hand: EVP_MAC looks up and copies so much that it costs several times the hashing,
 * and this stands in the way of every authenticated request. */
void hmac_sha256(struct text key, struct text bytes, uint8_t out[SHA256_SIZE])
{
	uint8_t pad[HMAC_BLOCK] = { 0 };
	EVP_MD_CTX *ctx;

	if (key.len > HMAC_BLOCK)
		sha256(key, pad);
	else if (key.len)
		memcpy(pad, key.ptr, key.len);
	for (size_t i = 0; i < HMAC_BLOCK; i++)
		pad[i] ^= 0x36;
	ctx = start();
	add(ctx, pad, HMAC_BLOCK);
	add(ctx, bytes.ptr, bytes.len);
	end(ctx, out);
	for (size_t i = 0; i < HMAC_BLOCK; i++)
		pad[i] ^= 0x36 ^ 0x5c;
	if (!EVP_DigestInit_ex2(ctx, md, NULL))
		abort();
	add(ctx, pad, HMAC_BLOCK);
	add(ctx, out, SHA256_SIZE);
	end(ctx, out);
	EVP_MD_CTX_free(ctx);
	OPENSSL_cleanse(pad, sizeof(pad));
}

struct sha256_state {
	EVP_MD_CTX *ctx;
};

static void free_ctx(void *ctx)
{
	EVP_MD_CTX_free(ctx);
}

struct sha256_state *sha256_start(struct arena *arena)
{
	struct sha256_state *state = arena_make(arena, struct sha256_state);

	state->ctx = arena_own(arena, start(), free_ctx);
	return state;
}

void sha256_add(struct sha256_state *state, struct text bytes)
{
	add(state->ctx, bytes.ptr, bytes.len);
}

void sha256_end(struct sha256_state *state, uint8_t out[SHA256_SIZE])
{
	end(state->ctx, out);
}

struct text etag_of(struct arena *arena, struct text bytes)
{
	uint8_t digest[SHA256_SIZE];

	sha256(bytes, digest);
	return hex_encode(arena, (struct text){ (const char *)digest, ETAG_SIZE });
}

bool secret_eq(struct text a, struct text b)
{
	return a.len == b.len && (!a.len || !CRYPTO_memcmp(a.ptr, b.ptr, a.len));
}

void random_bytes(void *out, size_t len)
{
	char *at = out;

	while (len) {
		/* Up to 256 bytes come whole and uninterrupted: getrandom(2). */
		size_t part = len < 256 ? len : 256;

		if (getrandom(at, part, 0) != (ssize_t)part)
			abort();
		at += part;
		len -= part;
	}
}

struct text random_uuid(struct arena *arena)
{
	uint8_t b[16];

	random_bytes(b, sizeof(b));
	b[6] = (uint8_t)((b[6] & 0x0F) | 0x40); /* RFC 9562 5.4: version 4 */
	b[8] = (uint8_t)((b[8] & 0x3F) | 0x80);
	return arena_printf(arena,
	        "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1],
	        b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
	        b[15]);
}
