#include "../test.h"

#include "base/map.h"
#include "base/vec.h"

static void pairs_are_found_and_replaced(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct map *map = map_new(arena);
	int one, two;

	assert_null(map_get(map, TEXT("a")));
	assert_null(map_put(map, TEXT("a"), &one));
	assert_null(map_put(map, TEXT(""), &two));
	assert_ptr_equal(map_get(map, TEXT("a")), &one);
	assert_ptr_equal(map_put(map, TEXT("a"), &two), &one);
	assert_ptr_equal(map_get(map, TEXT("a")), &two);
	assert_ptr_equal(map_get(map, TEXT_NONE), &two);
	assert_int_equal(map_len(map), 2);
	arena_free(&arena);
}

static void many_pairs_keep_their_order(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct map *map = map_new(arena);
	enum { MANY = 20000 };

	for (size_t i = 0; i < MANY; i++) {
		struct text key = arena_printf(arena, "key %zu", i);

		assert_null(map_put(map, key, (void *)(i + 1)));
		assert_ptr_equal(map_get(map, key), (void *)(i + 1));
	}
	assert_int_equal(map_len(map), MANY);
	for (size_t i = 0; i < MANY; i++) {
		assert_ptr_equal(map_value(map, i), (void *)(i + 1));
		assert_ptr_equal(map_get(map, map_key(map, i)), (void *)(i + 1));
	}
	assert_null(map_get(map, TEXT("key")));
	assert_ptr_equal(map_put(map, TEXT("key 77"), map), (void *)78);
	assert_int_equal(map_len(map), MANY);
	arena_free(&arena);
}

struct triple {
	int64_t a, b, c;
};

static void a_vec_grows_and_zeroes_its_items(void **state UNUSED)
{
	struct arena *arena = arena_new();
	VEC(struct triple) vec = VEC_EMPTY;

	for (int i = 0; i < 10000; i++) {
		assert_int_equal((vec_push(arena, &vec))->b, 0);
		vec.at[i].b = i;
		memset(arena_raw(arena, 8), 0xFF, 8);
	}
	for (int i = 0; i < 10000; i++)
		assert_int_equal(vec.at[i].b, i);
	assert_int_equal(vec.len, 10000);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_are_found_and_replaced),
		cmocka_unit_test(many_pairs_keep_their_order),
		cmocka_unit_test(a_vec_grows_and_zeroes_its_items),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
