#include "../fake_call.h"

#include <pthread.h>

#include "base/str.h"
#include "wire/xml_kept.h"

static const struct xml_limits LIMITS = { 2 << 20, 100000, 32, 16 << 10 };
static const struct text POLL =
        TEXT_INIT("<d:propfind xmlns:d='DAV:'><d:prop><d:getetag/></d:prop></d:propfind>");
static struct err err;

static const struct xml_node *parse_in(struct arena *in, struct text body)
{
	const struct xml_node *root = NULL;

	err_clear(&err);
	return xml_parse_kept(in, &err, &LIMITS, body, &root) ? root : NULL;
}

static const struct xml_node *parse(struct text body)
{
	return parse_in(arena, body);
}

static void what_comes_again_is_parsed_once(void UNUSED **state)
{
	const struct xml_node *first = parse(POLL), *second = parse(POLL), *third = parse(POLL);

	assert_non_null(first);
	assert_non_null(second);
	assert_ptr_not_equal(first, second);
	assert_ptr_equal(second, third);
	assert_int_equal(third->name.id, DAV_propfind);
	assert_non_null(xml_child(xml_child(third, DAV_prop), DAV_getetag));
}

static void other_bytes_are_another_question(void UNUSED **state)
{
	struct text other = TEXT("<d:propfind xmlns:d='DAV:'><d:allprop/></d:propfind>");

	for (int i = 0; i < 3; i++) {
		assert_non_null(xml_child(parse(POLL), DAV_prop));
		assert_non_null(xml_child(parse(other), DAV_allprop));
	}
}

static void a_tree_lives_as_long_as_its_arena(void UNUSED **state)
{
	struct arena *long_lived = arena_new();
	const struct xml_node *held;
	char name[64];

	parse(POLL);
	parse(POLL);
	held = parse_in(long_lived, POLL);
	/* More than are kept, so that it is forgotten. */
	for (int i = 0; i < 200; i++) {
		snprintf(name, sizeof(name), "<p%d xmlns='DAV:'/>", i);
		for (int times = 0; times < 3; times++)
			assert_non_null(parse(text_of(name)));
	}
	assert_ptr_not_equal(parse(POLL), held);
	assert_non_null(xml_child(xml_child(held, DAV_prop), DAV_getetag));
	arena_free(&long_lived);
}

static void what_is_refused_is_refused_again(void UNUSED **state)
{
	for (int i = 0; i < 4; i++) {
		assert_null(parse(TEXT("<a xmlns='DAV:'>")));
		assert_int_equal(err.id, ERR_BAD_XML);
	}
}

static void other_limits_are_judged_anew(void UNUSED **state)
{
	struct xml_limits narrow = LIMITS;
	const struct xml_node *root;

	for (int i = 0; i < 3; i++)
		assert_non_null(parse(POLL));
	narrow.depth = 2;
	err_clear(&err);
	assert_false(xml_parse_kept(arena, &err, &narrow, POLL, &root));
	assert_int_equal(err.id, ERR_TOO_LARGE);
}

static void large_bodies_are_not_kept(void UNUSED **state)
{
	struct text body = arena_printf(arena, "<a xmlns='DAV:'>%2000s</a>", "x");
	const struct xml_node *first = parse(body), *last = parse(body);

	assert_non_null(first);
	assert_ptr_not_equal(last, first);
	assert_ptr_not_equal(parse(body), last);
}

static void *on_another_thread(void *held)
{
	struct arena *own = arena_new();

	for (int i = 0; i < 3; i++)
		assert_non_null(parse_in(own, POLL));
	arena_free(&own);
	/* What the main thread used ends here. */
	arena_free((struct arena **)held);
	return NULL;
}

static void work_may_end_on_another_thread(void UNUSED **state)
{
	struct arena *handed_over = arena_new();
	pthread_t thread;

	for (int i = 0; i < 3; i++)
		parse_in(handed_over, POLL);
	assert_int_equal(pthread_create(&thread, NULL, on_another_thread, &handed_over), 0);
	pthread_join(thread, NULL);
	assert_non_null(xml_child(parse(POLL), DAV_prop));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(what_comes_again_is_parsed_once),
		CLAIM(other_bytes_are_another_question),
		CLAIM(a_tree_lives_as_long_as_its_arena),
		CLAIM(what_is_refused_is_refused_again),
		CLAIM(other_limits_are_judged_anew),
		CLAIM(large_bodies_are_not_kept),
		CLAIM(work_may_end_on_another_thread),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
