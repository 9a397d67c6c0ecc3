#include "../test.h"

#include "base/log.h"

#include <fcntl.h>
#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

static int real_stderr;
static FILE *captured;
static char got[20000];

static int begin(void **state UNUSED)
{
	setenv("KONTOR_CLOCK", "1795521600", 1);
	unsetenv("JOURNAL_STREAM");
	real_stderr = dup(STDERR_FILENO);
	return real_stderr < 0;
}

static void capture(void)
{
	captured = tmpfile();
	assert_non_null(captured);
	dup2(fileno(captured), STDERR_FILENO);
}

/* What was written since capture(). */
static const char *release(void)
{
	ssize_t len = pread(fileno(captured), got, sizeof(got) - 1, 0);

	dup2(real_stderr, STDERR_FILENO);
	fclose(captured);
	assert_true(len >= 0);
	got[len] = '\0';
	return got;
}

static void a_line_has_time_level_event_and_fields(void **state UNUSED)
{
	log_setup(LOG_LEVEL_INFO, false);
	capture();
	log_info("start", "port=%d", 8008);
	log_debug("hidden", "x=1");
	log_error("empty", "%s", "");
	assert_string_equal(release(),
	        "2026-11-24T12:00:00Z info start port=8008\n2026-11-24T12:00:00Z error empty\n");
	assert_false(log_wants(LOG_LEVEL_DEBUG));
}

static void values_cannot_forge_lines(void **state UNUSED)
{
	assert_string_equal(log_value(TEXT("plain \xC3\xA4")), "\"plain \xC3\xA4\"");
	assert_string_equal(
	        log_value(TEXT("a\nb\"c\\d\x1b\0e")), "\"a\\u000ab\\\"c\\\\d\\u001b\\u0000e\"");
	assert_string_equal(log_value(TEXT("\xFFx\xC3")), "\"\\ufffdx\\ufffd\"");
	assert_string_equal(log_value(TEXT("\xC2\x85\xE2\x80\xA8")), "\"\\u0085\\u2028\"");
	assert_string_equal(log_value(TEXT_NONE), "\"\"");
	capture();
	log_warn("forged", "name=%s", "x\nERROR all is lost\r\x1b[2J");
	assert_string_equal(
	        release(), "2026-11-24T12:00:00Z warn forged name=x ERROR all is lost  [2J\n");
}

static void long_values_are_cut_at_a_character(void **state UNUSED)
{
	char text[3000];
	struct text value;

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = "\xE2\x82\xAC"[i % 3];
	value = text_of(log_value((struct text){ text, sizeof(text) }));
	assert_in_range(value.len, 500, 511);
	assert_true(text_is_utf8(value));
	assert_true(text_ends(value, TEXT("\xAC\"")));
	memset(text, 1, sizeof(text));
	value = text_of(log_value((struct text){ text, sizeof(text) }));
	assert_true(text_ends(value, TEXT("\\u0001\"")));
}

static void eight_values_stand_side_by_side(void **state UNUSED)
{
	const char *values[8];

	for (int i = 0; i < 8; i++) {
		char c = (char)('0' + i);

		values[i] = log_value((struct text){ &c, 1 });
	}
	for (int i = 0; i < 8; i++)
		assert_int_equal(values[i][1], '0' + i);
}

static void json_lines_are_json(void **state UNUSED)
{
	json_t *line;

	log_setup(LOG_LEVEL_DEBUG, true);
	capture();
	log_debug("request", "status=207 ms=0.25 zero=007 path=%s who=%s bare words=",
	        log_value(TEXT("/a \"b\" = \n\xFF")), "a\"b\\");
	line = json_loads(release(), 0, NULL);
	log_setup(LOG_LEVEL_INFO, false);
	assert_non_null(line);
	assert_string_equal(
	        json_string_value(json_object_get(line, "time")), "2026-11-24T12:00:00Z");
	assert_string_equal(json_string_value(json_object_get(line, "level")), "debug");
	assert_string_equal(json_string_value(json_object_get(line, "event")), "request");
	assert_int_equal(json_integer_value(json_object_get(line, "status")), 207);
	assert_true(json_is_real(json_object_get(line, "ms")));
	assert_string_equal(json_string_value(json_object_get(line, "zero")), "007");
	assert_string_equal(
	        json_string_value(json_object_get(line, "path")), "/a \"b\" = \n\xEF\xBF\xBD");
	json_decref(line);
}

static void endless_json_lines_are_cut_but_stay_json(void **state UNUSED)
{
	char many[6000] = "";
	json_t *line;

	for (size_t i = 0; i + 2 < sizeof(many); i += 2)
		memcpy(many + i, "a ", 3);
	log_setup(LOG_LEVEL_INFO, true);
	capture();
	log_info("long", "%s", many);
	line = json_loads(release(), 0, NULL);
	log_setup(LOG_LEVEL_INFO, false);
	assert_non_null(line);
	json_decref(line);
}

static void the_journal_gets_priorities(void **state UNUSED)
{
	struct stat st;
	char stream[64];

	capture();
	fstat(STDERR_FILENO, &st);
	snprintf(stream, sizeof(stream), "%ju:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino);
	setenv("JOURNAL_STREAM", stream, 1);
	log_setup(LOG_LEVEL_INFO, false);
	log_warn("disk", "free=%d", 0);
	assert_string_equal(release(), "<4>disk free=0\n");
	/* Standard error is something else than what the variable names. */
	setenv("JOURNAL_STREAM", "1:1", 1);
	capture();
	log_setup(LOG_LEVEL_INFO, false);
	log_warn("disk", "free=%d", 0);
	assert_string_equal(release(), "2026-11-24T12:00:00Z warn disk free=0\n");
	unsetenv("JOURNAL_STREAM");
	log_setup(LOG_LEVEL_INFO, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_has_time_level_event_and_fields),
		cmocka_unit_test(values_cannot_forge_lines),
		cmocka_unit_test(long_values_are_cut_at_a_character),
		cmocka_unit_test(eight_values_stand_side_by_side),
		cmocka_unit_test(json_lines_are_json),
		cmocka_unit_test(endless_json_lines_are_cut_but_stay_json),
		cmocka_unit_test(the_journal_gets_priorities),
	};

	return cmocka_run_group_tests(tests, begin, NULL);
}
