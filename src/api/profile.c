/* profile.c - Apple's configuration profile: accounts for calendars and contacts. */
#include "base/base.h"
#include "api/setup.h"
#include "base/hash.h"
#include "people/who.h"
#include "wire/xml_out.h"

struct profile {
	struct call *c;
	struct xml_out *out;
	struct text host;
	int64_t port;
};

static void element(struct profile *p, const char *name, struct text text)
{
	struct xml_name as = { .id = NAME_UNKNOWN, .ns = NS_NONE, .local = text_of(name) };

	if (!text.ptr) {
		xml_empty_name(p->out, &as);
		return;
	}
	xml_open_name(p->out, &as);
	xml_chars(p->out, text);
	xml_close_name(p->out, &as);
}

static void open(struct profile *p, const char *name)
{
	struct xml_name as = { .id = NAME_UNKNOWN, .ns = NS_NONE, .local = text_of(name) };

	xml_open_name(p->out, &as);
}

static void close(struct profile *p, const char *name)
{
	struct xml_name as = { .id = NAME_UNKNOWN, .ns = NS_NONE, .local = text_of(name) };

	xml_close_name(p->out, &as);
}

static void string(struct profile *p, const char *key, struct text value)
{
	element(p, "key", text_of(key));
	element(p, "string", value);
}

static void number(struct profile *p, const char *key, int64_t value)
{
	element(p, "key", text_of(key));
	element(p, "integer", arena_printf(p->c->work.arena, "%lld", (long long)value));
}

static void truth(struct profile *p, const char *key, bool value)
{
	element(p, "key", text_of(key));
	element(p, value ? "true" : "false", TEXT_NONE);
}

/* The same for the same account: a profile that comes again replaces the one before. */
static struct text id_of(struct profile *p, const char *what)
{
	return arena_printf(p->c->work.arena, "kontor.%.*s.%.*s.%s", TEXT_ARG(p->host),
	        TEXT_ARG(p->c->work.who->name), what);
}

static struct text uuid_of(struct profile *p, const char *what)
{
	struct text hash = etag_of(p->c->work.arena, id_of(p, what));

	return arena_printf(p->c->work.arena, "%.8s-%.4s-4%.3s-8%.3s-%.12s", hash.ptr, hash.ptr + 8,
	        hash.ptr + 13, hash.ptr + 17, hash.ptr + 20);
}

static void payload(struct profile *p, const char *what, const char *type, const char *name)
{
	string(p, "PayloadType", text_of(type));
	number(p, "PayloadVersion", 1);
	string(p, "PayloadIdentifier", id_of(p, what));
	string(p, "PayloadUUID", uuid_of(p, what));
	string(p, "PayloadDisplayName", text_of(name));
}

/* "CalDAV", "CardDAV": the keys of both begin with it. */
static void account(struct profile *p, const char *what, const char *type)
{
	static const struct {
		const char *key;
		bool is_host;
	} words[] = { { "AccountDescription", true }, { "HostName", true }, { "Username", false } };
	struct arena *arena = p->c->work.arena;

	open(p, "dict");
	payload(p, what, type, what);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		string(p, arena_printf(arena, "%s%s", what, words[i].key).ptr,
		        words[i].is_host ? p->host : p->c->work.who->name);
	number(p, arena_printf(arena, "%sPort", what).ptr, p->port);
	truth(p, arena_printf(arena, "%sUseSSL", what).ptr, p->c->tls);
	close(p, "dict");
}

/* "kontor.example:8443", "[::1]:8008" */
static void read_authority(struct profile *p)
{
	struct text authority = p->c->authority;
	ptrdiff_t bracket = text_find_char(authority, ']');
	size_t from = bracket < 0 ? 0 : (size_t)bracket;
	ptrdiff_t colon = text_find_char(text_from(authority, from), ':');

	p->host = authority;
	p->port = p->c->tls ? 443 : 80;
	if (colon < 0)
		return;
	if (text_to_int(text_from(authority, from + (size_t)colon + 1), &p->port))
		p->host = text_sub(authority, 0, from + (size_t)colon);
}

struct text setup_profile(struct call *c)
{
	struct profile p = { .c = c };
	struct buf buf;

	buf_init(&buf, c->work.arena);
	buf_add(&buf, TEXT("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
	p.out = xml_out_new(c->work.arena, &buf);
	read_authority(&p);
	open(&p, "plist");
	xml_attr(p.out, "version", TEXT("1.0"));
	open(&p, "dict");
	payload(&p, "profile", "Configuration", "Kontor");
	element(&p, "key", TEXT("PayloadContent"));
	open(&p, "array");
	account(&p, "CalDAV", "com.apple.caldav.account");
	account(&p, "CardDAV", "com.apple.carddav.account");
	close(&p, "array");
	close(&p, "dict");
	close(&p, "plist");
	return buf_text(&buf);
}
