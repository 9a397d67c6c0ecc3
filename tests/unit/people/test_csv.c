#include "base/base.h"

#include "people/csv.h"
#include "../test.h"

/* Rows as "a|b;c": fields separated by |, rows by ;. An error ends in "! detail". */
static const char *rows_of(struct arena *arena, struct text text)
{
	struct texts fields = VEC_EMPTY;
	struct err err = { 0 };
	struct csv csv;
	struct buf out;

	buf_init(&out, arena);
	csv_start(&csv, arena, text);
	while (csv_next(&csv, &fields, &err)) {
		buf_printf(&out, "%s%lld:", out.len ? ";" : "", (long long)csv.line);
		for (size_t i = 0; i < fields.len; i++)
			buf_printf(&out, "%s%.*s", i ? "|" : "", TEXT_ARG(fields.at[i]));
	}
	if (err_is_set(&err))
		buf_printf(&out, "! %s", err.detail);
	return buf_text(&out).ptr;
}

static void rows_are_read_as_rfc_4180_says(void **state)
{
	static const struct {
		const char *in, *out;
	} CASES[] = {
		{ "", "" },
		{ "a,b\r\nc,d\r\n", "1:a|b;2:c|d" },
		{ "a,b\nc,d", "1:a|b;2:c|d" },
		{ "a,,\n", "1:a||" },
		{ "\n\na\n\n", "3:a" },
		{ "\"a,\"\"b\"\"\",c\n", "1:a,\"b\"|c" },
		{ "\"a\r\nb\",c\nd\n", "1:a\r\nb|c;3:d" },
		{ "\"\"", "" },
		{ "\"\",\"\"\n", "1:|" },
		{ "\xEF\xBB\xBFx\n", "1:x" },
		{ " a , b \n", "1: a | b " },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(CASES); i++)
		assert_string_equal(rows_of(arena, text_of(CASES[i].in)), CASES[i].out);
	arena_free(&arena);
}

static void what_is_no_csv_names_its_line(void **state)
{
	static const struct {
		const char *in, *out;
	} CASES[] = {
		{ "a\n\"b", "1:a! line 2: a quote that does not end" },
		{ "a\nb\"c\n", "1:a! line 2: a quote inside a field that is not quoted" },
		{ "\"a\nb\"c\n", "! line 1: text behind a closing quote" },
		{ "a\rb\n", "! line 1: a CR without LF" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(CASES); i++)
		assert_string_equal(rows_of(arena, text_of(CASES[i].in)), CASES[i].out);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_read_as_rfc_4180_says),
		cmocka_unit_test(what_is_no_csv_names_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
