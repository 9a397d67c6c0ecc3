#include "tests/unit/test.h"
#include <unistd.h>

#include "app/config.h"

static struct arena *arena;
static struct err err;
static struct config_source source;

static int setup(void **state UNUSED)
{
	arena = arena_new();
	err = (struct err){ 0 };
	source = (struct config_source){ 0 };
	return 0;
}

static int teardown(void **state UNUSED)
{
	if (source.file)
		unlink(source.file);
	unsetenv("KONTOR_LIMITS_BODY");
	unsetenv("KONTOR_LIMITS_BODDY");
	unsetenv("KONTOR_STRANGE");
	arena_free(&arena);
	return 0;
}

static const struct settings *load(void)
{
	struct config *config = config_load(arena, &source, &err);

	return config ? config_settings(config) : NULL;
}

static const struct settings *from_file(const char *text)
{
	char *name = arena_cstr(arena, TEXT("/tmp/kontor-test-config-XXXXXX"));
	int fd = mkstemp(name);

	if (source.file)
		unlink(source.file);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	source.file = name;
	source.file_is_asked = true;
	return load();
}

static const struct settings *from_set(const char *words)
{
	*vec_push(arena, &source.sets) = (struct config_set){ text_of(words), "--set" };
	return load();
}

static void refused(const struct settings *settings, const char *why)
{
	assert_null(settings);
	if (!strstr(err.detail, why))
		fail_msg("\"%s\" does not say \"%s\"", err.detail, why);
}

static void presets_are_right(void **state UNUSED)
{
	const struct settings *settings = load();

	assert_non_null(settings);
	assert_string_equal(settings->server_listen, "127.0.0.1:8008");
	assert_int_equal(settings->limits_body, 12 << 20);
	assert_int_equal(settings->login_cache, 600);
	assert_false(settings->server_plain_http);
}

static void a_file_is_read(void **state UNUSED)
{
	const struct settings *settings =
	        from_file("# hello\n[server]\nlisten = [::1]:80 1.2.3.4:5 ; two\n"
	                  "plain_http = yes\n\n[limits]\nbody=1G\nidle = 2m\n"
	                  "  quota = 5 K\n");

	if (!settings)
		fail_msg("%s", err.detail);
	assert_string_equal(settings->server_listen, "[::1]:80 1.2.3.4:5");
	assert_true(settings->server_plain_http);
	assert_int_equal(settings->limits_body, 1LL << 30);
	assert_int_equal(settings->limits_idle, 120);
	assert_int_equal(settings->limits_quota, 5120);
}

static void a_wrong_setting_names_its_line(void **state UNUSED)
{
	static const char *const wrong[][2] = {
		{ "[server]\n\nlisen = x\n", ":3: there is no setting lisen in [server]" },
		{ "[sever]\nlisten = x\n", ":2: there is no section [sever]" },
		{ "[limits]\nbody = lots\n", ":2: limits.body wants a number" },
		{ "[limits]\nbody = 1\n", ":2: limits.body lies between" },
		{ "[limits]\nbody = 99999999999999999999\n", ":2: limits.body wants a number" },
		{ "[limits]\nbody = 9000000000000T\n", ":2: limits.body wants a number" },
		{ "[limits]\nbody = 2M\nbody = 3M\n", ":3: limits.body is set twice" },
		{ "[server]\nplain_http = perhaps\n", ":2: server.plain_http is yes or no" },
		{ "[log]\nlevel = loud\n", ":2: log.level is one of: error, warn" },
		{ "[server]\nlisten = \xff\n", ":2: server.listen is not clean UTF-8" },
		{ "[limits]\nnonsense\nbody = lots\n", ":2: neither [section] nor key = value" },
		{ "[limits]\nbody = lots\nnonsense\n", ":2: limits.body wants a number" },
		{ "[tls]\ncertificate = /x\n", "tls.key is not" },
	};

	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		err = (struct err){ 0 };
		refused(from_file(wrong[i][0]), wrong[i][1]);
		unlink(source.file);
	}
}

static void a_long_line_is_one_line(void **state UNUSED)
{
	char text[4000] = "# ";
	const struct settings *settings;

	memset(text + 2, 'x', 1000);
	memcpy(text + 1002, "\n[store]\npostgres = ", 20);
	memset(text + 1022, 'y', 2000);
	settings = from_file(text);
	if (!settings)
		fail_msg("%s", err.detail);
	assert_int_equal(strlen(settings->store_postgres), 2000);
}

static void a_missing_file_is_an_error_only_if_asked_for(void **state UNUSED)
{
	source.file = "/nonexistent/kontor.conf";
	assert_non_null(load());
	source.file_is_asked = true;
	refused(load(), "/nonexistent/kontor.conf: No such file");
	source.file = NULL;
}

static void the_later_wins(void **state UNUSED)
{
	const char *text = "[limits]\nbody = 2M\n";

	assert_int_equal(from_file(text)->limits_body, 2 << 20);
	setenv("KONTOR_LIMITS_BODY", "3M", 1);
	assert_int_equal(load()->limits_body, 3 << 20);
	assert_int_equal(from_set("limits.body=4M")->limits_body, 4 << 20);
	assert_int_equal(from_set("limits.body = 5M")->limits_body, 5 << 20);
}

static void unknown_names_in_the_environment_are_refused(void **state UNUSED)
{
	setenv("KONTOR_STRANGE", "1", 1);
	assert_non_null(load());
	setenv("KONTOR_LIMITS_BODDY", "1", 1);
	refused(load(), "KONTOR_LIMITS_BODDY in the environment");
}

static void a_wrong_option_is_named(void **state UNUSED)
{
	refused(from_set("limits.body"), "--set limits.body: it should be section.key=value");
	source.sets.len = 0;
	err = (struct err){ 0 };
	refused(from_set("limits.boody=1"),
	        "--set limits.boody=1: there is no setting boody in [limits]");
}

static void the_template_is_a_valid_file(void **state UNUSED)
{
	struct buf out;

	buf_init(&out, arena);
	config_template(&out);
	assert_non_null(from_file(buf_text(&out).ptr));
	for (size_t i = 0; i + 1 < out.len; i++) /* and so it is with every setting in force */
		if (out.ptr[i] == '\n' && out.ptr[i + 1] == '#' && out.ptr[i + 2] != ' ')
			out.ptr[i + 1] = ' ';
	if (!from_file(out.ptr))
		fail_msg("%s", err.detail);
}

#define CLAIM(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(presets_are_right),
		CLAIM(a_file_is_read),
		CLAIM(a_wrong_setting_names_its_line),
		CLAIM(a_long_line_is_one_line),
		CLAIM(a_missing_file_is_an_error_only_if_asked_for),
		CLAIM(the_later_wins),
		CLAIM(unknown_names_in_the_environment_are_refused),
		CLAIM(a_wrong_option_is_named),
		CLAIM(the_template_is_a_valid_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
