#include "wire/names.h"

#include <pthread.h>

#include "base/str.h"

static const struct text NS_URI[NS_COUNT] = {
	[NS_DAV] = TEXT_INIT("DAV:"),
	[NS_CAL] = TEXT_INIT("urn:ietf:params:xml:ns:caldav"),
	[NS_CARD] = TEXT_INIT("urn:ietf:params:xml:ns:carddav"),
	[NS_CS] = TEXT_INIT("http://calendarserver.org/ns/"),
	[NS_APPLE] = TEXT_INIT("http://apple.com/ns/ical/"),
	[NS_ME] = TEXT_INIT("http://me.com/_namespace/"),
	[NS_KONTOR] = TEXT_INIT("urn:x-kontor:dav"),
	[NS_XML] = TEXT_INIT("http://www.w3.org/XML/1998/namespace"),
};

static const struct text NS_PREFIX[NS_COUNT] = {
	[NS_DAV] = TEXT_INIT("D"),
	[NS_CAL] = TEXT_INIT("C"),
	[NS_CARD] = TEXT_INIT("CR"),
	[NS_CS] = TEXT_INIT("CS"),
	[NS_APPLE] = TEXT_INIT("A"),
	[NS_ME] = TEXT_INIT("ME"),
	[NS_KONTOR] = TEXT_INIT("K"),
	[NS_XML] = TEXT_INIT("xml"),
};

static const struct text LOCAL[NAME_COUNT] = {
	TEXT_INIT(""),
#define NAME(ns, id, local) TEXT_INIT(local),
#include "wire/names.tbl.h"
#undef NAME
};

static const uint8_t NS_OF_NAME[NAME_COUNT] = {
	NS_NONE,
#define NAME(ns, id, local) NS_##ns,
#include "wire/names.tbl.h"
#undef NAME
};

/* Open addressing; at most half full, so that a miss ends soon. Filled once. */
enum { SLOTS = 1024 };
_Static_assert(NAME_COUNT * 2 < SLOTS, "make the table of names larger");
static uint16_t slots[SLOTS];
static pthread_once_t slots_once = PTHREAD_ONCE_INIT;

struct text ns_uri(enum xml_ns ns)
{
	assert(ns < NS_COUNT);
	return NS_URI[ns];
}

struct text ns_prefix(enum xml_ns ns)
{
	assert(ns < NS_COUNT);
	return NS_PREFIX[ns];
}

enum xml_ns ns_of(struct text uri)
{
	if (!uri.len)
		return NS_NONE;
	for (enum xml_ns ns = NS_DAV; ns < NS_OTHER; ns++)
		if (NS_URI[ns].len == uri.len && !memcmp(NS_URI[ns].ptr, uri.ptr, uri.len))
			return ns;
	return NS_OTHER;
}

enum xml_ns ns_of_err(enum err_ns ns)
{
	switch (ns) {
	case ERR_NS_DAV: return NS_DAV;
	case ERR_NS_CAL: return NS_CAL;
	case ERR_NS_CARD: return NS_CARD;
	case ERR_NS_CS: return NS_CS;
	case ERR_NS_KONTOR: return NS_KONTOR;
	case ERR_NS_NONE: break;
	}
	return NS_NONE;
}

/* The keys are fixed, so nobody can make them collide; lookups that miss cost a probe or two. */
static size_t slot_of(enum xml_ns ns, struct text local)
{
	uint64_t hash = ns * UINT64_C(0x9e3779b97f4a7c15) + local.len;
	uint64_t piece;
	size_t at = 0;

	for (; at + sizeof(piece) <= local.len; at += sizeof(piece)) {
		memcpy(&piece, local.ptr + at, sizeof(piece));
		hash = (hash ^ piece) * UINT64_C(0xff51afd7ed558ccd);
		hash ^= hash >> 32;
	}
	piece = 0;
	if (at < local.len)
		memcpy(&piece, local.ptr + at, local.len - at);
	hash = (hash ^ piece) * UINT64_C(0xff51afd7ed558ccd);
	return (hash ^ hash >> 32) % SLOTS;
}

static void fill_slots(void)
{
	for (unsigned id = NAME_UNKNOWN + 1; id < NAME_COUNT; id++) {
		size_t at = slot_of(NS_OF_NAME[id], LOCAL[id]);

		while (slots[at])
			at = (at + 1) % SLOTS;
		slots[at] = (uint16_t)id;
	}
}

enum name_id name_id_of(enum xml_ns ns, struct text local)
{
	if (ns == NS_NONE || ns >= NS_XML)
		return NAME_UNKNOWN;
	pthread_once(&slots_once, fill_slots);
	for (size_t at = slot_of(ns, local); slots[at]; at = (at + 1) % SLOTS) {
		enum name_id id = slots[at];

		if (NS_OF_NAME[id] == ns && text_eq(LOCAL[id], local))
			return id;
	}
	return NAME_UNKNOWN;
}

struct xml_name name_of(enum name_id id)
{
	assert(id > NAME_UNKNOWN && id < NAME_COUNT);
	return (struct xml_name){ id, NS_OF_NAME[id], NS_URI[NS_OF_NAME[id]], LOCAL[id] };
}

struct xml_name name_find(struct text uri, struct text local)
{
	enum xml_ns ns = ns_of(uri);
	enum name_id id = name_id_of(ns, local);

	if (id != NAME_UNKNOWN)
		return name_of(id);
	return (struct xml_name){ NAME_UNKNOWN, ns, uri, local };
}

bool name_eq(const struct xml_name *a, const struct xml_name *b)
{
	if (a->id != NAME_UNKNOWN || b->id != NAME_UNKNOWN)
		return a->id == b->id;
	return text_eq(a->uri, b->uri) && text_eq(a->local, b->local);
}
