#include "base/base.h"

#include "people/ldap.h"
#include "people/login_cache.h"
#include "../test.h"

static struct login_key key_of(uint32_t number)
{
	struct login_key key = { { 0 } };

	memcpy(key.bytes, &number, sizeof(number));
	return key;
}

static void put(struct login_cache *cache, uint32_t number, const char *hash)
{
	int64_t groups[] = { 3, 5, number };
	struct login_key key = key_of(number);
	struct login_verdict verdict = {
		.who = { .id = number, .name = TEXT("ann"), .groups = groups, .groups_len = 3 },
		.hash = text_of(hash)
	};

	login_cache_put(cache, &key, &verdict);
}

static void what_was_put_comes_back_whole(void **state)
{
	struct login_cache *cache = login_cache_new();
	struct arena *arena = arena_new();
	struct login_key key = key_of(7);
	struct login_verdict verdict;

	(void)state;
	assert_false(login_cache_get(cache, &key, arena, &verdict));
	put(cache, 7, "$y$hash");
	assert_true(login_cache_get(cache, &key, arena, &verdict));
	login_cache_drop(cache, &key);
	assert_text(verdict.who.name, "ann");
	assert_text(verdict.hash, "$y$hash");
	assert_int_equal(verdict.who.groups[2], 7);
	assert_false(login_cache_get(cache, &key, arena, &verdict));
	put(cache, 7, NULL);
	assert_true(login_cache_get(cache, &key, arena, &verdict));
	assert_null(verdict.hash.ptr);
	arena_free(&arena);
	login_cache_free(&cache);
}

static void it_stays_bounded_and_keeps_who_comes_often(void **state)
{
	struct login_cache *cache = login_cache_new();
	struct arena *arena = arena_new();
	struct login_key often = key_of(1);
	struct login_verdict verdict;
	size_t there = 0;

	(void)state;
	put(cache, 1, "x");
	for (uint32_t i = 2; i < 20000; i++) {
		put(cache, i, "x");
		assert_true(login_cache_get(cache, &often, arena, &verdict));
	}
	for (uint32_t i = 1; i < 20000; i++) {
		struct login_key key = key_of(i);

		there += login_cache_get(cache, &key, arena, &verdict);
	}
	assert_int_equal(there, 4096);
	arena_free(&arena);
	login_cache_free(&cache);
}

static void seen_is_due_now_and_then(void **state)
{
	struct login_cache *cache = login_cache_new();
	struct login_key key = key_of(1);

	(void)state;
	assert_false(login_cache_due(cache, &key, 1000, 500));
	put(cache, 1, NULL);
	assert_true(login_cache_due(cache, &key, 1000, 500));
	assert_false(login_cache_due(cache, &key, 1400, 500));
	put(cache, 1, NULL);
	assert_false(login_cache_due(cache, &key, 1400, 500));
	assert_true(login_cache_due(cache, &key, 1500, 500));
	login_cache_free(&cache);
}

static void names_cannot_leave_their_part_of_a_dn(void **state)
{
	static const struct {
		const char *name, *dn;
	} CASES[] = {
		{ "ann", "uid=ann,dc=x" },
		{ "a,dc=y", "uid=a\\,dc\\=y,dc=x" },
		{ " a ", "uid=\\ a\\ ,dc=x" },
		{ "#a\\\"+;<>", "uid=\\#a\\\\\\\"\\+\\;\\<\\>,dc=x" },
		{ "%s", "uid=%s,dc=x" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(CASES); i++)
		assert_text(ldap_dn(arena, "uid=%s,dc=x", text_of(CASES[i].name)), CASES[i].dn);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_put_comes_back_whole),
		cmocka_unit_test(it_stays_bounded_and_keeps_who_comes_often),
		cmocka_unit_test(seen_is_due_now_and_then),
		cmocka_unit_test(names_cannot_leave_their_part_of_a_dn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
