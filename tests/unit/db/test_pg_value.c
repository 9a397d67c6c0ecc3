#include "fixture.h"

#include "db/pg_value.h"

static void sql_is(const char *portable, bool schema, const char *wanted)
{
	struct arena *arena = arena_new();

	assert_string_equal(pg_sql(arena, text_of(portable), schema).ptr, wanted);
	arena_free(&arena);
}

static void parameters_and_types_are_rewritten(void **state)
{
	(void)state;
	sql_is("SELECT a FROM t WHERE b = ?1 AND c = ?12", false,
	        "SELECT a FROM t WHERE b = $1 AND c = $12");
	sql_is("CAST(?1 AS INTEGER) INTEGERS BLOB", false, "CAST($1 AS BIGINT) INTEGERS BYTEA");
	sql_is("CREATE TABLE t (blob INTEGER, text TEXT NOT NULL) WITHOUT ROWID", true,
	        "CREATE TABLE t (blob BIGINT, text TEXT COLLATE \"C\" NOT NULL) ");
	sql_is("CHECK (CAST(a AS TEXT) <> '')", true, "CHECK (CAST(a AS TEXT) <> '')");
	sql_is("", false, "");
}

static void quotes_and_comments_are_left_alone(void **state)
{
	(void)state;
	sql_is("'?1 BLOB' ?1 '''?2' ?2", false, "'?1 BLOB' $1 '''?2' $2");
	sql_is("\"BLOB ?\" ?1", false, "\"BLOB ?\" $1");
	sql_is("?1 -- ?2 BLOB\n?3", false, "$1 -- ?2 BLOB\n$3");
	sql_is("?1 /* ?2 BLOB */ ?3", false, "$1 /* ?2 BLOB */ $3");
	sql_is("?1 '?2", false, "$1 '?2");
	sql_is("?1 /*", false, "$1 /*");
	sql_is("'", false, "'");
}

static void is(unsigned type, const char *bytes, size_t len, int64_t wanted)
{
	assert_true(pg_to_int(type, (struct text){ bytes, len }) == wanted);
}

static void numbers_of_every_width_are_read(void **state)
{
	(void)state;
	is(PG_BOOL, "\1", 1, 1);
	is(PG_INT2, "\xff\xfe", 2, -2);
	is(PG_INT4, "\x80\0\0\0", 4, INT32_MIN);
	is(PG_INT8, "\x7f\xff\xff\xff\xff\xff\xff\xff", 8, INT64_MAX);
	is(PG_FLOAT8, "\x40\x09\x21\xfb\x54\x44\x2d\x18", 8, 3);
	is(PG_FLOAT8, "\x7f\xf0\0\0\0\0\0\0", 8, INT64_MAX);
	is(PG_TEXT, "-17", 3, -17);
	is(PG_TEXT, "17 apples", 9, 0);
	is(PG_BYTEA, "", 0, 0);
}

static void sums_are_read(void **state)
{
	(void)state;
	/* count, weight, sign, scale, digits to the base 10000 */
	is(PG_NUMERIC, "\0\0\0\0\0\0\0\0", 8, 0);
	is(PG_NUMERIC, "\0\2\0\1\0\0\0\0\0\1\0\2", 12, 10002);
	is(PG_NUMERIC, "\0\1\0\2\0\0\0\0\0\3", 10, 300000000);
	is(PG_NUMERIC, "\0\2\0\0\x40\0\0\1\0\7\x13\x88", 12, -7);
	is(PG_NUMERIC, "\0\1\xff\xff\0\0\0\1\x13\x88", 10, 0);
	is(PG_NUMERIC, "\0\1\x7f\xff\0\0\0\0\0\1", 10, INT64_MAX);
	is(PG_NUMERIC, "\0\0\0\0\xc0\0\0\0", 8, 0);
	/* 9223372036854775807 and -9223372036854775808 */
	is(PG_NUMERIC, "\0\5\0\4\0\0\0\0\x03\x9a\x0d\x2c\x01\x70\x15\x65\x16\xaf", 18, INT64_MAX);
	is(PG_NUMERIC, "\0\5\0\4\x40\0\0\0\x03\x9a\x0d\x2c\x01\x70\x15\x65\x16\xb0", 18, INT64_MIN);
	is(PG_NUMERIC, "\0\5\0\4\0\0\0\0\x03\x9a\x0d\x2c\x01\x70\x15\x65\x16\xb0", 18, INT64_MAX);
}

static void a_text_is_no_number(void **state)
{
	struct pg_param param;

	(void)state;
	assert_false(pg_param_set(&param, PG_INT8, &DB_TEXT(TEXT("1"))));
	assert_true(pg_param_set(&param, PG_TEXT, &DB_TEXT(TEXT("1"))));
	assert_true(pg_param_set(&param, PG_TEXT, &DB_INT(-5)));
	assert_int_equal(param.len, 2);
	assert_true(pg_param_set(&param, PG_INT8, &DB_TEXT(TEXT_NONE)));
	assert_null(param.at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters_and_types_are_rewritten),
		cmocka_unit_test(quotes_and_comments_are_left_alone),
		cmocka_unit_test(numbers_of_every_width_are_read),
		cmocka_unit_test(sums_are_read),
		cmocka_unit_test(a_text_is_no_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
