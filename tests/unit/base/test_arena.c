#include "../test.h"

#include "base/arena.h"
#include "base/thread.h"

static void memory_is_zeroed_even_when_recycled(void **state UNUSED)
{
	for (int round = 0; round < 3; round++) {
		struct arena *arena = arena_new();
		unsigned char *p = arena_alloc(arena, 4000);

		for (int i = 0; i < 4000; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xAB, 4000);
		arena_free(&arena);
		assert_null(arena);
	}
}

static void pieces_are_aligned_and_apart(void **state UNUSED)
{
	struct arena *arena = arena_new();
	char *before = arena_alloc(arena, 0);

	for (size_t size = 0; size < 3000; size += 7) {
		char *p = arena_alloc(arena, size);

		assert_int_equal((uintptr_t)p % 16, 0);
		assert_ptr_not_equal(p, before);
		memset(p, 1, size);
		before = p;
	}
	arena_free(&arena);
}

static void large_pieces_do_not_disturb_small_ones(void **state UNUSED)
{
	struct arena *arena = arena_new();
	char *small = arena_alloc(arena, 10);
	char *large = arena_alloc(arena, 3 << 20);
	char *next = arena_alloc(arena, 10);

	memset(large, 7, 3 << 20);
	assert_int_equal(next - small, 16);
	assert_true(arena_size(arena) >= 3 << 20);
	arena_free(&arena);
}

static void growing_in_place_keeps_the_address(void **state UNUSED)
{
	struct arena *arena = arena_new();
	char *p = arena_raw(arena, 10);

	memcpy(p, "0123456789", 10);
	assert_ptr_equal(arena_grow(arena, p, 10, 100), p);
	arena_raw(arena, 1);
	char *moved = arena_grow(arena, p, 10, 200);
	assert_ptr_not_equal(moved, p);
	assert_memory_equal(moved, "0123456789", 10);
	arena_free(&arena);
}

static void growing_across_all_sizes_keeps_the_bytes(void **state UNUSED)
{
	struct arena *arena = arena_new();
	size_t size = 16;
	unsigned char *p = arena_raw(arena, size);

	memset(p, 0x5A, size);
	while (size < 8 << 20) {
		p = arena_grow(arena, p, size, size * 2);
		for (size_t i = 0; i < size; i += 13)
			assert_int_equal(p[i], 0x5A);
		memset(p + size, 0x5A, size);
		size *= 2;
		arena_raw(arena, 32);
	}
	arena_free(&arena);
}

static char order[8];

static void note(void *object)
{
	order[strlen(order)] = *(char *)object;
}

static void owned_objects_end_newest_first(void **state UNUSED)
{
	struct arena *arena = arena_new();
	char a = 'a', b = 'b';

	assert_ptr_equal(arena_own(arena, &a, note), &a);
	assert_null(arena_own(arena, NULL, note));
	arena_own(arena, &b, note);
	arena_free(&arena);
	assert_string_equal(order, "ba");
	arena_free(&arena);
}

static void absent_text_stays_absent(void **state UNUSED)
{
	struct arena *arena = arena_new();

	assert_null(arena_text(arena, TEXT_NONE).ptr);
	assert_non_null(arena_text(arena, TEXT("")).ptr);
	assert_string_equal(arena_cstr(arena, TEXT_NONE), "");
	assert_string_equal(arena_cstr(arena, text_sub(TEXT("abcdef"), 1, 2)), "bc");
	arena_free(&arena);
}

static void printf_takes_any_length(void **state UNUSED)
{
	struct arena *arena = arena_new();
	struct text text = arena_printf(arena, "%0500d|", 7);

	assert_int_equal(text.len, 501);
	assert_int_equal(text.ptr[499], '7');
	assert_int_equal(text.ptr[501], '\0');
	assert_text(arena_printf(arena, "%s=%d", "a", 1), "a=1");
	arena_free(&arena);
}

static void *end_it(void *arg)
{
	struct arena *arena = arg, *own = arena_new();

	arena_free(&arena);
	arena_free(&own);
	return NULL;
}

static void another_thread_may_end_it(void **state UNUSED)
{
	for (int i = 0; i < 50; i++) {
		struct arena *arena = arena_new();
		pthread_t thread;

		arena_alloc(arena, 100000);
		thread = thread_start("end", end_it, arena);
		assert_int_equal(pthread_join(thread, NULL), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_even_when_recycled),
		cmocka_unit_test(pieces_are_aligned_and_apart),
		cmocka_unit_test(large_pieces_do_not_disturb_small_ones),
		cmocka_unit_test(growing_in_place_keeps_the_address),
		cmocka_unit_test(growing_across_all_sizes_keeps_the_bytes),
		cmocka_unit_test(owned_objects_end_newest_first),
		cmocka_unit_test(absent_text_stays_absent),
		cmocka_unit_test(printf_takes_any_length),
		cmocka_unit_test(another_thread_may_end_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
