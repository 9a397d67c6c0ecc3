#include "../fake_call.h"

#include "wire/json_out.h"

static struct buf buf;

static struct json_out *fresh(void)
{
	buf_init(&buf, arena);
	return json_out_new(arena, &buf);
}

static void objects_and_arrays_nest_with_commas(void UNUSED **state)
{
	struct json_out *out = fresh();

	json_begin_object(out);
	json_key(out, "a");
	json_int(out, -1);
	json_key(out, "b");
	json_begin_array(out);
	json_text(out, TEXT("x"));
	json_bool(out, true);
	json_begin_object(out);
	json_end(out);
	json_end(out);
	json_key(out, "c");
	json_nothing(out);
	json_end(out);
	assert_text(buf_text(&buf), "{\"a\":-1,\"b\":[\"x\",true,{}],\"c\":null}");
}

static void text_is_escaped(void UNUSED **state)
{
	struct json_out *out = fresh();

	json_text(out, TEXT("\"\\\n\0</script>\x7f\xc3\xa4"));
	assert_text(buf_text(&buf), "\"\\\"\\\\\\u000a\\u0000\\u003c/script>\\u007f\xc3\xa4\"");
}

static void broken_utf8_becomes_replacement_characters(void UNUSED **state)
{
	struct json_out *out = fresh();

	json_text(out, TEXT("a\xff\xc3\xa4\xe2\x82"));
	assert_text(buf_text(&buf), "\"a\xef\xbf\xbd\xc3\xa4\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void an_absent_text_is_null_and_an_empty_one_is_not(void UNUSED **state)
{
	struct json_out *out = fresh();

	json_begin_array(out);
	json_text(out, TEXT_NONE);
	json_text(out, TEXT(""));
	json_int(out, INT64_MIN);
	json_bool(out, false);
	json_end(out);
	assert_text(buf_text(&buf), "[null,\"\",-9223372036854775808,false]");
}

static void a_writer_can_change_its_buffer(void UNUSED **state)
{
	struct json_out *out = fresh();
	struct buf second;

	buf_init(&second, arena);
	json_begin_array(out);
	json_int(out, 1);
	json_out_on(out, &second);
	json_int(out, 2);
	json_end(out);
	assert_text(buf_text(&buf), "[1");
	assert_text(buf_text(&second), ",2]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(objects_and_arrays_nest_with_commas),
		CLAIM(text_is_escaped),
		CLAIM(broken_utf8_becomes_replacement_characters),
		CLAIM(an_absent_text_is_null_and_an_empty_one_is_not),
		CLAIM(a_writer_can_change_its_buffer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
