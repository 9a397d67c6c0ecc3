/* feature.h - a feature is methods, properties, reports and DAV tokens: const data that a door adds
 * to WebDAV. app/compose.c lists the features; dav/ walks the tables. Adding a property or a report
 * is adding a row, nowhere else. Threads: constant data; the functions run on reader threads. */
#ifndef KONTOR_DAV_FEATURE_H
#define KONTOR_DAV_FEATURE_H

#include "store/prop.h"
#include "view/list.h"
#include "wire/call.h"
#include "wire/xml_in.h"
#include "wire/xml_out.h"

/* What a property, report or method applies to: bits of targets. */
enum {
	ON_ROOT = 1 << 0,       /* / */
	ON_PRINCIPALS = 1 << 1, /* /principals/ and /principals/users/ */
	ON_PRINCIPAL = 1 << 2,
	ON_HOMES = 1 << 3, /* /calendars/ */
	ON_CALENDAR_HOME = 1 << 4,
	ON_ADDRESSBOOK_HOME = 1 << 5,
	ON_FILE_HOME = 1 << 6,
	ON_CALENDAR = 1 << 7,
	ON_ADDRESSBOOK = 1 << 8,
	ON_FOLDER = 1 << 9,
	ON_EVENT = 1 << 10, /* a calendar object resource */
	ON_CARD = 1 << 11,
	ON_FILE = 1 << 12,
	ON_NOTHING = 1 << 13,
	ON_HOME = ON_CALENDAR_HOME | ON_ADDRESSBOOK_HOME | ON_FILE_HOME,
	ON_COLLECTION = ON_HOME | ON_CALENDAR | ON_ADDRESSBOOK | ON_FOLDER,
	ON_MEMBER = ON_EVENT | ON_CARD | ON_FILE,
	ON_STORED = ON_COLLECTION | ON_MEMBER,
	ON_ANYTHING = ON_ROOT | ON_PRINCIPALS | ON_PRINCIPAL | ON_HOMES | ON_STORED
};
/* The bit of a target. */
unsigned on_of(const struct target *at);

/* ---- properties ---- */
enum prop_got { PROP_GOT, PROP_ABSENT, PROP_DENIED, PROP_FAILED };

struct prop_ask {
	struct call *call;
	struct work *work;
	struct target *at;   /* its item's body is loaded if the row says NEEDS_BODY */
	struct xml_out *out; /* the property's element is open: write what is inside */
	void *prepared;      /* what the row's prepare() made of the request, or NULL */
};
/* Writes the content of the property, or says why not; what was written is then taken back.
 * PROP_FAILED: work->err is set and is said in the propstat (PROP_DENIED is 403). */
typedef enum prop_got prop_read_fn(struct prop_ask *ask);
/* Checks a value that a client wants to set (`value` NULL: to remove). True: it is stored as sent,
 * as `value` in table prop, and read back from there when `read` is NULL. */
typedef bool prop_check_fn(
        struct work *work, const struct target *at, const struct xml_node *value);
/* Makes something of the request's element once (calendar-data's expand, comp ...). */
typedef bool prop_prepare_fn(struct call *call, const struct xml_node *asked, void **prepared);

enum {
	IN_ALLPROP = 1,
	NEEDS_BODY = 2,
	NEEDS_READ_ACL = 4,
	NEEDS_READ_CUPS = 8,
	CREATE_ONLY = 16, /* may be set by MKCOL and MKCALENDAR, not by PROPPATCH */
	WITHOUT_READ = 32 /* tells what it is, nothing of what is in it: no DAV:read needed */
};

struct dav_prop {
	enum name_id name;
	unsigned on;
	unsigned flags;
	prop_read_fn *read;   /* NULL: as stored by a client */
	prop_check_fn *check; /* NULL: protected, unless `read` is NULL too */
	prop_prepare_fn *prepare;
	/* What storing it makes void: is removed then, unless the same request sets it too. */
	enum name_id displaces;
};

/* ---- reports ---- */
struct dav_report {
	enum name_id name;
	unsigned on;
	/* DEPTH_ONLY_0: another Depth is a 400 (the reports of RFC 3744 9). */
	enum depth_rule { DEPTH_ANY, DEPTH_ONLY_0 } depth;
	bool (*run)(struct call *c, struct target *at, const struct xml_node *root);
	/* NULL: on each of these kinds. */
	bool (*offered)(struct call *c, const struct target *at);
};

/* ---- methods ---- */
struct dav_method {
	enum method method;
	unsigned on; /* Allow is made of this */
	call_fn *run;
};

/* One object of a file of many, as it would have been put alone. */
struct bulk_part {
	struct text uid; /* absent: it has none */
	struct text body;
};
VEC_OF(bulk_parts, struct bulk_part);

struct feature {
	const char *tokens; /* for the DAV header: "1, 2, 3, access-control" */
	unsigned tokens_on; /* where */
	const struct dav_prop *props;
	size_t props_len;
	const struct dav_report *reports;
	size_t reports_len;
	const struct dav_method *methods;
	size_t methods_len;
	/* resourcetype: writes what this feature adds for `at` (<C:calendar/>), or nothing. May be
	 * NULL. */
	void (*resourcetype)(const struct target *at, struct xml_out *out);
	/* MKCOL: the collection type that this resourcetype element asks for, or 0. May be NULL. */
	enum collection_type (*type_of)(enum name_id resourcetype);
	/* GET on a stored member: may answer itself (another version or format by Accept); *done
	 * false: go on as usual. May be NULL. */
	bool (*get)(struct call *c, struct target *at, bool *done);
	/* Takes a file of many objects apart, for a collection of this feature; elsewhere it leaves
	 * *parts alone. May be NULL. */
	bool (*split)(struct work *work, const struct target *at, struct text body,
	        struct bulk_parts *parts);
};

/* NULL-ended; kept, not copied. Called once before serving. Indexes the rows by name. */
void dav_setup(const struct feature *const *features);
/* What was set up. */
const struct feature *const *dav_features(void);
const struct dav_prop *dav_prop_find(enum name_id name, unsigned on);
/* i-th of all rows, NULL at the end: for allprop and propname. */
const struct dav_prop *dav_prop_at(size_t i);
/* The report of that name that `at` offers. */
const struct dav_report *dav_report_find(
        struct call *c, const struct target *at, enum name_id name);
const struct dav_report *dav_report_at(size_t i);
bool dav_report_offered(struct call *c, const struct target *at, const struct dav_report *row);

#endif
