#include "../test.h"

#include "base/clock.h"
#include "base/codec.h"
#include "base/hash.h"

static struct arena *arena;

static int begin(void **state UNUSED)
{
	arena = arena_new();
	return 0;
}

static int end(void **state UNUSED)
{
	arena_free(&arena);
	return 0;
}

static struct text hex(const uint8_t digest[SHA256_SIZE])
{
	return hex_encode(arena, (struct text){ (const char *)digest, SHA256_SIZE });
}

static void sha256_agrees_with_fips_180(void **state UNUSED)
{
	static const char WANT[] =
	        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	struct sha256_state *stream = sha256_start(arena);
	uint8_t digest[SHA256_SIZE];

	sha256(TEXT("abc"), digest);
	assert_text(hex(digest), WANT);
	sha256_add(stream, TEXT("a"));
	sha256_add(stream, TEXT_NONE);
	sha256_add(stream, TEXT("bc"));
	sha256_end(stream, digest);
	assert_text(hex(digest), WANT);
	sha256(TEXT_NONE, digest);
	assert_text(
	        hex(digest), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void hmac_agrees_with_rfc_4231(void **state UNUSED)
{
	char long_key[131];
	uint8_t mac[SHA256_SIZE];

	hmac_sha256(TEXT("Jefe"), TEXT("what do ya want for nothing?"), mac);
	assert_text(hex(mac), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	memset(long_key, 0xaa, sizeof(long_key));
	hmac_sha256((struct text){ long_key, sizeof(long_key) },
	        TEXT("Test Using Larger Than Block-Size Key - Hash Key First"), mac);
	assert_text(hex(mac), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static void etags_differ_where_the_bytes_do(void **state UNUSED)
{
	struct text a = etag_of(arena, TEXT("BEGIN:VCALENDAR"));

	assert_int_equal(a.len, 32);
	assert_true(text_eq(a, etag_of(arena, TEXT("BEGIN:VCALENDAR"))));
	assert_false(text_eq(a, etag_of(arena, TEXT("BEGIN:VCALENDAr"))));
	assert_int_equal(etag_of(arena, TEXT_NONE).len, 32);
}

static void secrets_are_compared_whole(void **state UNUSED)
{
	assert_true(secret_eq(TEXT("abc"), TEXT("abc")));
	assert_false(secret_eq(TEXT("abc"), TEXT("abd")));
	assert_false(secret_eq(TEXT("abc"), TEXT("ab")));
	assert_true(secret_eq(TEXT_NONE, TEXT("")));
}

static void uuids_have_the_shape_of_version_4(void **state UNUSED)
{
	struct text a = random_uuid(arena), b = random_uuid(arena);

	assert_int_equal(a.len, 36);
	assert_int_equal(a.ptr[14], '4');
	assert_non_null(strchr("89ab", a.ptr[19]));
	for (size_t i = 0; i < 36; i++)
		assert_true((i == 8 || i == 13 || i == 18 || i == 23) == (a.ptr[i] == '-'));
	assert_false(text_eq(a, b));
}

static void random_bytes_fills_everything(void **state UNUSED)
{
	unsigned char bytes[1000];
	size_t zeros = 0;

	memset(bytes, 0, sizeof(bytes));
	random_bytes(bytes, sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++)
		zeros += !bytes[i];
	assert_in_range(zeros, 0, 40);
}

static void a_password_matches_its_hash_only(void **state UNUSED)
{
	struct text hash = password_hash(arena, TEXT("correct horse"));

	assert_true(text_starts(hash, TEXT("$y$")));
	assert_true(password_verify(TEXT("correct horse"), hash));
	assert_false(password_verify(TEXT("correct horsf"), hash));
	/* One peer took password NUL x for password. */
	assert_false(password_verify(TEXT("correct horse\0x"), hash));
	assert_false(password_verify(TEXT("correct horse"), text_sub(hash, 0, hash.len - 1)));
	assert_null(password_hash(arena, TEXT("a\0b")).ptr);
}

static void other_formats_of_crypt_verify(void **state UNUSED)
{
	/* The first example of the SHA-crypt specification. */
	assert_true(password_verify(TEXT("Hello world!"),
	        TEXT("$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5")));
	assert_false(password_verify(TEXT("Hello world?"),
	        TEXT("$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5")));
}

static void long_passwords_count_to_the_last_byte(void **state UNUSED)
{
	char password[1025];
	struct text hash;

	memset(password, 'p', sizeof(password));
	hash = password_hash(arena, (struct text){ password, 1024 });
	assert_true(password_verify((struct text){ password, 1024 }, hash));
	assert_false(password_verify((struct text){ password, 1023 }, hash));
	assert_false(password_verify((struct text){ password, 1025 }, hash));
	assert_null(password_hash(arena, (struct text){ password, 1025 }).ptr);
}

static int64_t time_of(struct text hash)
{
	int64_t start = clock_mono_us();

	assert_false(password_verify(TEXT("guess"), hash));
	return clock_mono_us() - start;
}

static void an_absent_hash_costs_the_same(void **state UNUSED)
{
	struct text hash = password_hash(arena, TEXT("secret"));
	int64_t real = time_of(hash), absent = time_of(TEXT_NONE), locked = time_of(TEXT("!"));

	/* Wide bounds, for other work on the machine: the difference would be a factor of 1000. */
	assert_in_range(absent, real / 8, real * 8);
	assert_in_range(locked, real / 8, real * 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_agrees_with_fips_180),
		cmocka_unit_test(hmac_agrees_with_rfc_4231),
		cmocka_unit_test(etags_differ_where_the_bytes_do),
		cmocka_unit_test(secrets_are_compared_whole),
		cmocka_unit_test(uuids_have_the_shape_of_version_4),
		cmocka_unit_test(random_bytes_fills_everything),
		cmocka_unit_test(a_password_matches_its_hash_only),
		cmocka_unit_test(other_formats_of_crypt_verify),
		cmocka_unit_test(long_passwords_count_to_the_last_byte),
		cmocka_unit_test(an_absent_hash_costs_the_same),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
