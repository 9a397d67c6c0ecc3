#include "tests/unit/fake_call.h"

#include "http/peer.h"

static bool has(const char *list, const char *address)
{
	struct err err = { 0 };
	struct nets *nets = nets_parse(arena, text_of(list), &err);
	struct peer peer;

	assert_non_null(nets);
	assert_true(peer_parse(&peer, text_of(address)));
	return nets_have(nets, &peer);
}

static void networks_hold_their_addresses(void **state UNUSED)
{
	assert_true(has("10.0.0.0/8", "10.255.1.2"));
	assert_false(has("10.0.0.0/8", "11.0.0.1"));
	assert_true(has("192.0.2.128/25", "192.0.2.129"));
	assert_false(has("192.0.2.128/25", "192.0.2.127"));
	assert_true(has("2001:db8::/33, 1.2.3.4", "2001:db8:7fff::1"));
	assert_false(has("2001:db8::/33, 1.2.3.4", "2001:db8:8000::1"));
	assert_true(has("2001:db8::/33, 1.2.3.4", "[::ffff:1.2.3.4]:80"));
	assert_true(has("0.0.0.0/0", "1.2.3.4"));
	assert_false(has("0.0.0.0/0", "2001::1"));
	assert_false(has("", "1.2.3.4"));
}

static void wrong_lists_are_refused(void **state UNUSED)
{
	const char *wrong[] = { "10.0.0.0/33", "10.0.0", "host", "1.2.3.4/", "1.2.3.4/-1",
		"::/129" };

	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct err err = { 0 };

		assert_null(nets_parse(arena, text_of(wrong[i]), &err));
		assert_true(err_is_set(&err));
	}
}

static void loopback_is_local(void **state UNUSED)
{
	struct peer peer;

	assert_true(peer_parse(&peer, TEXT("127.3.2.1")) && peer.local);
	assert_true(peer_parse(&peer, TEXT("::1")) && peer.local);
	assert_true(peer_parse(&peer, TEXT("10.0.0.1")) && !peer.local);
	assert_false(peer_parse(&peer, TEXT("")));
	assert_false(peer_parse(&peer, TEXT("unknown")));
}

static struct call *through(const char *headers)
{
	struct call *c = fake_call(METHOD_GET, headers);
	struct err err = { 0 };
	struct peer peer;

	c->peer = TEXT("10.0.0.1");
	if (!peer_parse(&peer, c->peer))
		fail();
	peer_through_proxies(c, &peer, nets_parse(arena, TEXT("10.0.0.0/8"), &err));
	return c;
}

static void the_client_is_the_last_hop_nobody_trusts(void **state UNUSED)
{
	assert_text(
	        through("X-Forwarded-For: 6.6.6.6, 203.0.113.5, 10.0.0.9")->peer, "203.0.113.5");
	assert_text(through("X-Forwarded-For: junk, 203.0.113.5")->peer, "203.0.113.5");
	assert_text(through("X-Forwarded-For: junk")->peer, "10.0.0.1");
	assert_text(through("Forwarded: for=6.6.6.6, for=\"[2001:db8::7]:99\";proto=https")->peer,
	        "2001:db8::7");
	assert_true(through("Forwarded: for=1.1.1.1;proto=https")->tls);
	assert_false(through("Forwarded: for=1.1.1.1;proto=http")->tls);
	assert_true(through("X-Forwarded-Proto: https")->tls);
	assert_text(through("X-Forwarded-Host: a.example")->authority, "a.example");
	assert_text(through("X-Forwarded-Host: a.example, b")->authority, "kontor.example");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(networks_hold_their_addresses),
		CLAIM(wrong_lists_are_refused),
		CLAIM(loopback_is_local),
		CLAIM(the_client_is_the_last_hop_nobody_trusts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
