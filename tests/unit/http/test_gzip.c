#include "tests/unit/fake_call.h"
#include <zlib.h>

#include "http/gzip.h"

static void unpacked_is(struct buf *packed, const char *want, size_t len)
{
	char *out = arena_alloc(arena, len + 1);
	z_stream z = { .next_in = (Bytef *)packed->ptr,
		.avail_in = (uInt)packed->len,
		.next_out = (Bytef *)out,
		.avail_out = (uInt)len + 1 };

	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.total_out, len);
	assert_memory_equal(out, want, len);
	inflateEnd(&z);
}

static void pieces_come_back_as_one(void **state UNUSED)
{
	struct gzip_shelf *shelf = gzip_shelf_new();
	char *noise = arena_alloc(arena, 300000);
	unsigned seed = 7;

	for (size_t i = 0; i < 300000; i++)
		noise[i] = (char)((seed = seed * 1103515245 + 12345) >> 16);
	for (int round = 0; round < 3;
	        round++) { /* the second takes the first one's from the shelf */
		struct gzip *gzip = gzip_start(shelf);
		struct buf out;

		buf_init(&out, arena);
		gzip_add(gzip, (struct text){ noise, 100000 }, false, &out);
		gzip_add(gzip, (struct text){ noise + 100000, 200000 }, false, &out);
		gzip_add(gzip, TEXT_NONE, true, &out);
		gzip_end(shelf, &gzip);
		assert_null(gzip);
		unpacked_is(&out, noise, 300000);
	}
	gzip_shelf_free(&shelf);
}

int main(void)
{
	const struct CMUnitTest tests[] = { CLAIM(pieces_come_back_as_one) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
