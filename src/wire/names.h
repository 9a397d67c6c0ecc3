/* names.h - XML names as numbers (names.tbl.h).
 * Threads: constant data. */
#ifndef KONTOR_WIRE_NAMES_H
#define KONTOR_WIRE_NAMES_H

#include "base/base.h"
#include "base/err.h"

enum xml_ns {
	NS_NONE, /* no namespace at all */
	NS_DAV,
	NS_CAL,
	NS_CARD,
	NS_CS,
	NS_APPLE,
	NS_ME,
	NS_KONTOR,
	NS_XML,
	NS_OTHER, /* a URI we do not know */
	NS_COUNT
};
/* The URI, and the prefix we write ("D", "C", "CR", "CS", "A", "ME", "K", "xml"); both absent for
 * NS_NONE and NS_OTHER. */
struct text ns_uri(enum xml_ns ns);
struct text ns_prefix(enum xml_ns ns);
/* NS_OTHER for URIs we do not know; NS_NONE for an absent or empty one. */
enum xml_ns ns_of(struct text uri);
enum xml_ns ns_of_err(enum err_ns ns);

enum name_id {
	NAME_UNKNOWN = 0,
#define NAME(name_ns, id, local) name_ns##_##id,
#include "wire/names.tbl.h"
#undef NAME
	NAME_COUNT
};
/* A name that may be one we do not know: then id is NAME_UNKNOWN, and uri and local say it. For
 * known ones uri and local are set too, and point at constant data. */
struct xml_name {
	enum name_id id;
	enum xml_ns ns;
	struct text uri;
	struct text local;
};
struct xml_name name_of(enum name_id id);
/* Known or not; of an unknown one uri and local are the slices given. */
struct xml_name name_find(struct text uri, struct text local);
/* The same where the namespace was looked up already; NAME_UNKNOWN if there is no such name. */
enum name_id name_id_of(enum xml_ns ns, struct text local);
bool name_eq(const struct xml_name *a, const struct xml_name *b);

#endif
