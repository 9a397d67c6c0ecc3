#include "base/base.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/vec.h"
#include "http/peer.h"
#include "wire/call.h"

struct net {
	uint8_t bytes[16];
	unsigned bits;
};

struct nets {
	VEC(struct net) list;
};

static const uint8_t MAPPED[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

static bool is_v4(const uint8_t bytes[16])
{
	return !memcmp(bytes, MAPPED, sizeof(MAPPED));
}

/* Fills in what follows from the bytes. */
static void complete(struct peer *peer)
{
	static const uint8_t loopback[16] = { [15] = 1 };
	bool v4 = is_v4(peer->bytes);

	peer->local = v4 ? peer->bytes[12] == 127 : !memcmp(peer->bytes, loopback, 16);
	if (!inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? peer->bytes + 12 : peer->bytes, peer->text,
	            sizeof(peer->text)))
		peer->text[0] = '\0';
	peer->text_len = strlen(peer->text);
}

void peer_from_sockaddr(struct peer *peer, const struct sockaddr *address)
{
	memset(peer, 0, sizeof(*peer));
	if (address && address->sa_family == AF_INET) {
		memcpy(peer->bytes, MAPPED, sizeof(MAPPED));
		memcpy(peer->bytes + 12, &((const struct sockaddr_in *)address)->sin_addr, 4);
	} else if (address && address->sa_family == AF_INET6) {
		memcpy(peer->bytes, &((const struct sockaddr_in6 *)address)->sin6_addr, 16);
	} else {
		peer->local = true;
		memcpy(peer->text, "unix", 5);
		peer->text_len = 4;
		return;
	}
	complete(peer);
}

/* Without brackets and port: "[2001:db8::1]:443", "192.0.2.1:80"; a bare IPv6 address stays whole.
 */
static struct text bare(struct text text)
{
	ptrdiff_t colon;

	if (text.len && text.ptr[0] == '[') {
		ptrdiff_t end = text_find_char(text, ']');

		return end < 0 ? TEXT_NONE : text_sub(text, 1, (size_t)end - 1);
	}
	colon = text_find_char(text, ':');
	if (colon >= 0 && text_find_char(text_from(text, (size_t)colon + 1), ':') < 0)
		return text_sub(text, 0, (size_t)colon);
	return text;
}

bool peer_parse(struct peer *peer, struct text text)
{
	char address[INET6_ADDRSTRLEN];

	memset(peer, 0, sizeof(*peer));
	text = bare(text_trim(text));
	if (!text.len || text.len >= sizeof(address) || text_find_char(text, '\0') >= 0)
		return false;
	memcpy(address, text.ptr, text.len);
	address[text.len] = '\0';
	if (inet_pton(AF_INET, address, peer->bytes + 12) == 1)
		memcpy(peer->bytes, MAPPED, sizeof(MAPPED));
	else if (inet_pton(AF_INET6, address, peer->bytes) != 1)
		return false;
	complete(peer);
	return true;
}

static bool net_parse(struct net *net, struct text text)
{
	ptrdiff_t slash = text_find_char(text, '/');
	struct peer peer;
	int64_t bits = 128;

	if (!peer_parse(&peer, slash < 0 ? text : text_sub(text, 0, (size_t)slash)))
		return false;
	if (slash >= 0) {
		int64_t most = is_v4(peer.bytes) ? 32 : 128;

		if (!text_to_int(text_from(text, (size_t)slash + 1), &bits) || bits < 0 ||
		        bits > most)
			return false;
		bits += 128 - most;
	}
	memcpy(net->bytes, peer.bytes, 16);
	net->bits = (unsigned)bits;
	return true;
}

struct nets *nets_parse(struct arena *arena, struct text text, struct err *err)
{
	struct nets *nets = arena_make(arena, struct nets);
	size_t at = 0;

	while (at < text.len) {
		size_t end = at;

		while (end < text.len && text.ptr[end] != ' ' && text.ptr[end] != ',')
			end++;
		if (end > at &&
		        !net_parse(vec_push(arena, &nets->list), text_sub(text, at, end - at))) {
			err_set(err, ERR_BAD_REQUEST, "\"%.*s\" is not an address or network",
			        (int)(end - at), text.ptr + at);
			return NULL;
		}
		at = end + 1;
	}
	return nets;
}

static bool net_has(const struct net *net, const uint8_t bytes[16])
{
	unsigned whole = net->bits / 8, rest = net->bits % 8;

	if (memcmp(net->bytes, bytes, whole))
		return false;
	return !rest || !((net->bytes[whole] ^ bytes[whole]) >> (8 - rest));
}

bool nets_have(const struct nets *nets, const struct peer *peer)
{
	for (size_t i = 0; i < nets->list.len; i++)
		if (net_has(&nets->list.at[i], peer->bytes))
			return true;
	return false;
}

/* The value of `name` in one element of Forwarded (RFC 7239 4): for="[2001:db8::1]:80";proto=https
 */
static struct text forwarded_param(struct text element, struct text name)
{
	struct text pair;

	while (text_split(&element, ';', &pair)) {
		ptrdiff_t equals = text_find_char(pair, '=');
		struct text value;

		if (equals < 0 ||
		        !text_eq_nocase(text_trim(text_sub(pair, 0, (size_t)equals)), name))
			continue;
		value = text_trim(text_from(pair, (size_t)equals + 1));
		if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"')
			value = text_sub(value, 1, value.len - 2);
		return value;
	}
	return TEXT_NONE;
}

/* Takes the last piece off a comma-separated list. */
static bool last_piece(struct text *list, struct text *piece)
{
	size_t at;

	if (!list->ptr)
		return false;
	for (at = list->len; at > 0 && list->ptr[at - 1] != ','; at--)
		;
	*piece = text_trim(text_from(*list, at));
	*list = at ? text_sub(*list, 0, at - 1) : TEXT_NONE;
	return true;
}

/* Walks the list from the nearest proxy outwards, as far as we trust who wrote it. */
static void client_of(
        struct call *c, struct text list, bool is_forwarded, const struct nets *trusted)
{
	struct text piece;

	while (last_piece(&list, &piece)) {
		struct peer hop;
		struct text proto;

		if (is_forwarded) {
			proto = forwarded_param(piece, TEXT("proto"));
			if (proto.ptr)
				c->tls = text_eq_nocase(proto, TEXT("https"));
			piece = forwarded_param(piece, TEXT("for"));
		}
		if (!peer_parse(&hop, piece))
			return;
		c->peer = arena_text(c->work.arena, (struct text){ hop.text, hop.text_len });
		if (!nets_have(trusted, &hop))
			return;
	}
}

void peer_through_proxies(struct call *c, const struct peer *from, const struct nets *trusted)
{
	struct text forwarded, proto, host;

	if (!nets_have(trusted, from))
		return;
	forwarded = call_header(c, "Forwarded");
	proto = call_header(c, "X-Forwarded-Proto");
	host = call_header(c, "X-Forwarded-Host");
	if (proto.ptr)
		c->tls = text_eq_nocase(text_trim(proto), TEXT("https"));
	if (host.len && text_find_char(host, ',') < 0)
		c->authority = text_trim(host);
	if (forwarded.ptr)
		client_of(c, forwarded, true, trusted);
	else
		client_of(c, call_header(c, "X-Forwarded-For"), false, trusted);
}
