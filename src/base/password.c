/* The part of hash.h that is slow on purpose. */
#include "base/codec.h"
#include "base/hash.h"
#include "base/str.h"

#include <crypt.h>

enum { PASSWORD_MAX = 1024, COST = 7, PHRASE_MAX = CRYPT_MAX_PASSPHRASE_SIZE, DES_HASH_LEN = 13 };

#define METHOD "$y$"

/* What crypt(3) works with and in; wiped when done. */
struct crypting {
	struct crypt_data data;
	char phrase[PHRASE_MAX];
	char setting[CRYPT_OUTPUT_SIZE];
};

static struct crypting *crypting_new(void)
{
	struct crypting *c = calloc(1, sizeof(*c));

	if (!c)
		abort();
	return c;
}

static void crypting_free(struct crypting *c)
{
	explicit_bzero(c, sizeof(*c));
	free(c);
}

static bool acceptable(struct text password)
{
	return password.len <= PASSWORD_MAX && text_find_char(password, '\0') < 0;
}

/* crypt(3) refuses phrases of 512 bytes and more: a longer password is represented by its digest,
 * marked by a control character that nobody types. */
static void set_phrase(struct crypting *c, struct text password)
{
	uint8_t digest[SHA256_SIZE];

	if (password.len < PHRASE_MAX) {
		if (password.len)
			memcpy(c->phrase, password.ptr, password.len);
		c->phrase[password.len] = '\0';
		return;
	}
	sha256(password, digest);
	c->phrase[0] = '\x01';
	for (size_t i = 0; i < SHA256_SIZE; i++)
		snprintf(c->phrase + 1 + 2 * i, 3, "%02x", digest[i]);
	explicit_bzero(digest, sizeof(digest));
}

static const char *run(struct crypting *c)
{
	return crypt_rn(c->phrase, c->setting, &c->data, sizeof(c->data));
}

/* The method and cost of every new password, with a fresh salt. */
static void gensalt(char setting[CRYPT_OUTPUT_SIZE])
{
	if (!crypt_gensalt_rn(METHOD, COST, NULL, 0, setting, CRYPT_OUTPUT_SIZE))
		abort();
}

static const char *run_fresh(struct crypting *c)
{
	const char *hash;

	gensalt(c->setting);
	hash = run(c);
	if (!hash)
		abort();
	return hash;
}

struct text password_hash(struct arena *arena, struct text password)
{
	struct crypting *c;
	struct text hash;

	if (!acceptable(password))
		return TEXT_NONE;
	c = crypting_new();
	set_phrase(c, password);
	hash = arena_text(arena, text_of(run_fresh(c)));
	crypting_free(c);
	return hash;
}

bool password_verify(struct text password, struct text hash)
{
	struct crypting *c;
	const char *made = NULL;
	bool same;

	if (!acceptable(password))
		return false;
	c = crypting_new();
	set_phrase(c, password);
	if (hash.len && hash.len < sizeof(c->setting) && text_find_char(hash, '\0') < 0) {
		memcpy(c->setting, hash.ptr, hash.len);
		c->setting[hash.len] = '\0';
		made = run(c);
	}
	same = made && secret_eq(text_of(made), hash);
	/* No hash, none that crypt(3) knows (a locked account), or one that is soon found to be
	 * another's: nobody shall learn from the time which accounts there are. */
	if (!same && (!made || !text_starts(hash, TEXT(METHOD))))
		run_fresh(c);
	crypting_free(c);
	return same;
}

bool password_is_hash(struct text hash)
{
	char setting[CRYPT_OUTPUT_SIZE];
	int says;

	if (!hash.len || hash.len >= sizeof(setting) || text_find_char(hash, '\0') >= 0)
		return false;
	memcpy(setting, hash.ptr, hash.len);
	setting[hash.len] = '\0';
	/* The oldest hashes have no mark; their first letters could be any word's. */
	if (setting[0] != '$' && setting[0] != '_' && hash.len != DES_HASH_LEN)
		return false;
	says = crypt_checksalt(setting);
	return says != CRYPT_SALT_INVALID && says != CRYPT_SALT_METHOD_DISABLED;
}

bool password_hash_is_ours(struct text hash)
{
	char setting[CRYPT_OUTPUT_SIZE];
	const char *cost = setting + strlen(METHOD);

	gensalt(setting);
	/* "$y$cost$salt": all before the salt. */
	return text_starts(
	        hash, (struct text){ setting, (size_t)(strchr(cost, '$') + 1 - setting) });
}
