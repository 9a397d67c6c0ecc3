#include "tests/unit/fake_call.h"

#include "base/settings.h"
#include "http/auth.h"

static enum auth_given given(const char *header, struct credentials *out)
{
	return auth_basic(fake_call(METHOD_GET, header), out);
}

static void name_and_password_are_split_at_the_first_colon(void **state UNUSED)
{
	struct credentials out;

	assert_int_equal(given("Authorization: Basic YW5uOnNlOmNyZXQ=", &out), AUTH_BASIC);
	assert_text(out.name, "ann");
	assert_text(out.password, "se:cret");
	assert_int_equal(given("Authorization: basic  YW5uOg==", &out), AUTH_BASIC);
	assert_text(out.password, "");
}

static void what_is_no_credential_is_told_apart(void **state UNUSED)
{
	struct credentials out;

	assert_int_equal(given("Accept: a", &out), AUTH_NONE);
	assert_int_equal(given("Authorization: Bearer abc", &out), AUTH_OTHER);
	assert_int_equal(given("Authorization: Basically YW5uOg==", &out), AUTH_OTHER);
	assert_int_equal(given("Authorization: Basic", &out), AUTH_BAD);
	assert_int_equal(given("Authorization: Basic YW5u", &out), AUTH_BAD);         /* ann */
	assert_int_equal(given("Authorization: Basic OnNlY3JldA==", &out), AUTH_BAD); /* :secret */
	assert_int_equal(given("Authorization: Basic YW5uOv8=", &out), AUTH_BAD); /* not UTF-8 */
	assert_int_equal(given("Authorization: Basic YW5uOgA=", &out), AUTH_BAD); /* NUL */
	assert_int_equal(given("Authorization: Basic %%%", &out), AUTH_BAD);
}

static void long_credentials_are_refused(void **state UNUSED)
{
	struct credentials out;
	char header[9000] = "Authorization: Basic YW5u";
	size_t at = strlen(header);

	memcpy(header + at, "Onh4", 4);
	for (at += 4; at < 1024 * 4 / 3 + 21; at += 4)
		memcpy(header + at, "eHh4", 4);
	assert_int_equal(given(header, &out), AUTH_BASIC);
	for (; at < 8000; at += 4)
		memcpy(header + at, "eHh4", 4);
	assert_int_equal(given(header, &out), AUTH_BAD);
}

static void the_challenge_quotes_the_realm(void **state UNUSED)
{
	struct settings settings = { .login_realm = "a \"b\" \\c" };
	struct call *c = fake_call(METHOD_GET, "");

	c->settings = &settings;
	auth_challenge(c);
	assert_text(reply_header(c, "WWW-Authenticate"),
	        "Basic realm=\"a \\\"b\\\" \\\\c\", charset=\"UTF-8\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(name_and_password_are_split_at_the_first_colon),
		CLAIM(what_is_no_credential_is_told_apart),
		CLAIM(long_credentials_are_refused),
		CLAIM(the_challenge_quotes_the_realm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
