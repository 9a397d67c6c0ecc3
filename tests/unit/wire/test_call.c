#include "../fake_call.h"

static void methods_have_names_and_are_case_sensitive(void UNUSED **state)
{
	for (enum method m = 0; m < METHOD_COUNT; m++)
		assert_int_equal(method_of(text_of(method_name(m))), m);
	assert_int_equal(method_of(TEXT("get")), METHOD_COUNT);
	assert_int_equal(method_of(TEXT("TRACE")), METHOD_COUNT);
	assert_int_equal(method_of(TEXT("")), METHOD_COUNT);
}

static void header_names_are_compared_without_case(void UNUSED **state)
{
	struct call *c = fake_call(METHOD_GET, "dEPTH: 1");

	assert_text(call_header(c, "Depth"), "1");
	assert_absent(call_header(c, "Dept"));
}

static void headers_of_one_name_are_joined(void UNUSED **state)
{
	struct call *c = fake_call(METHOD_GET, "Accept: a\nX: y\naccept: b\nACCEPT: c");

	assert_text(call_header(c, "Accept"), "a, b, c");
}

static void an_empty_header_is_not_an_absent_one(void UNUSED **state)
{
	struct call *c = fake_call(METHOD_GET, "Depth:");

	assert_non_null(call_header(c, "Depth").ptr);
	assert_int_equal(call_header(c, "Depth").len, 0);
}

static void a_query_parameter_is_decoded(void UNUSED **state)
{
	struct call *c = fake_call(METHOD_GET, "");

	c->query = TEXT("export&a=1+2%20x&b=&a=later&%63=d&bad=%zz&nul=%00&latin=%e4&sum=1%2B1");
	assert_text(call_query(c, "a"), "1 2 x");
	assert_text(call_query(c, "c"), "d");
	assert_text(call_query(c, "sum"), "1+1");
	assert_non_null(call_query(c, "export").ptr);
	assert_non_null(call_query(c, "b").ptr);
	assert_absent(call_query(c, "x"));
	assert_absent(call_query(c, "bad"));
	assert_absent(call_query(c, "nul"));
	assert_absent(call_query(c, "latin"));
	c->query = TEXT_NONE;
	assert_absent(call_query(c, "a"));
}

static void header_values_cannot_split_the_answer(void UNUSED **state)
{
	struct call *c = fake_call(METHOD_GET, "");

	call_set(c, "Location", TEXT("/a\r\nSet-Cookie: x\x01\x7f"));
	assert_text(reply_header(c, "Location"), "/a  Set-Cookie: x  ");
	call_etag(c, TEXT("abc"));
	assert_text(reply_header(c, "ETag"), "\"abc\"");
}

static void a_set_header_outlives_what_it_was_made_from(void UNUSED **state)
{
	struct call *c = fake_call(METHOD_GET, "");
	char value[] = "one";

	call_set(c, "X", text_of(value));
	value[0] = '!';
	assert_text(reply_header(c, "X"), "one");
}

static bool fill(struct call UNUSED *c, struct buf UNUSED *out, bool *more)
{
	*more = false;
	return true;
}

static void a_reply_says_what_was_asked(void UNUSED **state)
{
	struct call *c = fake_call(METHOD_GET, "");

	assert_true(call_reply(c, 204));
	assert_int_equal(c->reply.status, 204);
	assert_absent(c->reply.content_type);
	assert_true(call_reply_body(c, 200, "application/xml; charset=utf-8", TEXT("<x/>")));
	assert_text(c->reply.body, "<x/>");
	assert_true(c->reply.may_compress);
	assert_true(call_reply_stream(c, 207, "image/png", fill, -1));
	assert_ptr_equal(c->reply.fill, fill);
	assert_int_equal(c->reply.length, -1);
	assert_false(c->reply.may_compress);
}

static void *woken;
static struct call *slowed;

static void on_wake(void *call)
{
	woken = call;
}

static void on_slow(struct call *c)
{
	slowed = c;
}

static const struct transport_ops OPS = { on_wake, on_slow };

static bool next_step(struct call *c)
{
	return call_reply(c, 201);
}

static void a_parked_call_is_woken_through_the_transport(void UNUSED **state)
{
	struct call *c = fake_call(METHOD_PUT, "");
	struct waker waker;

	call_set_transport(&OPS);
	waker = call_park(c, next_step);
	assert_true(c->parked);
	assert_ptr_equal(c->next, next_step);
	waker.wake(waker.arg);
	assert_ptr_equal(woken, c);
}

static void the_slow_lane_parks_too(void UNUSED **state)
{
	struct call *c = fake_call(METHOD_PUT, "");

	call_set_transport(&OPS);
	assert_true(call_slow(c, next_step));
	assert_true(c->parked);
	assert_ptr_equal(slowed, c);
	assert_ptr_equal(c->next, next_step);
}

static void again_starts_without_error_reply_and_plan(void UNUSED **state)
{
	struct call *c = fake_call(METHOD_PUT, "");

	err_set(&c->work.err, ERR_CONFLICT, "stale");
	call_etag(c, TEXT("old"));
	c->plan = (struct plan *)c;
	assert_true(call_again(c, next_step));
	assert_false(err_is_set(&c->work.err));
	assert_int_equal(c->reply.status, 201);
	assert_absent(reply_header(c, "ETag"));
	assert_null(c->plan);
}

static void a_parameter_may_come_several_times(void UNUSED **state)
{
	struct call *c = fake_call(METHOD_GET, "");
	struct text rest, value;

	c->query = TEXT("f=a%3Ab&x=1&f=&f=%zz&g=2&f");
	rest = c->query;
	assert_true(call_query_next(c, "f", &rest, &value));
	assert_text(value, "a:b");
	assert_true(call_query_next(c, "f", &rest, &value));
	assert_text(value, "");
	assert_true(call_query_next(c, "f", &rest, &value));
	assert_absent(value);
	assert_true(call_query_next(c, "f", &rest, &value));
	assert_text(value, "");
	assert_false(call_query_next(c, "f", &rest, &value));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(methods_have_names_and_are_case_sensitive),
		CLAIM(header_names_are_compared_without_case),
		CLAIM(headers_of_one_name_are_joined),
		CLAIM(an_empty_header_is_not_an_absent_one),
		CLAIM(a_query_parameter_is_decoded),
		CLAIM(a_parameter_may_come_several_times),
		CLAIM(header_values_cannot_split_the_answer),
		CLAIM(a_set_header_outlives_what_it_was_made_from),
		CLAIM(a_reply_says_what_was_asked),
		CLAIM(a_parked_call_is_woken_through_the_transport),
		CLAIM(the_slow_lane_parks_too),
		CLAIM(again_starts_without_error_reply_and_plan),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
