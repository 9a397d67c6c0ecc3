/* ical.h - an iCalendar object (RFC 5545) as it was sent: a tree of components and properties.
 *
 * Nothing is understood that need not be. Properties are slices of unfolded lines; the physical
 * lines are kept beside them, so that whatever is served again is served as it came: unknown
 * properties, odd parameters, order. Parsing is linear in the bytes and costs some microseconds for
 * a small event; values are read only when somebody asks (ical_time.h, ical_rule.h).
 *
 * Words used here: `raw` is text with the escapes of the wire (`\n`, `\,`, `\;`, `\\`); `text` is
 * what a person reads.
 *
 * Memory:  a tree lives in the arena it was parsed in and points into the bytes it was parsed from;
 *          these must live as long.
 * Threads: a parsed tree does not change; any number of threads may read it. */
#ifndef KONTOR_OBJECT_ICAL_H
#define KONTOR_OBJECT_ICAL_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

/* Bits, so that sets of kinds are masks. The first five are calendar objects and have the values of
 * store/collection.h COMPONENT_*. */
enum ical_kind {
	ICAL_VEVENT = 1,
	ICAL_VTODO = 2,
	ICAL_VJOURNAL = 4,
	ICAL_VFREEBUSY = 8,
	ICAL_VAVAILABILITY = 16,
	ICAL_OBJECTS = 31,
	ICAL_VCALENDAR = 32,
	ICAL_VTIMEZONE = 64,
	ICAL_STANDARD = 128,
	ICAL_DAYLIGHT = 256,
	ICAL_VALARM = 512,
	ICAL_AVAILABLE = 1024,
	ICAL_OTHER = 2048, /* VPOLL, PARTICIPANT, X-... */
};

/* Value types of RFC 5545 3.3; ICAL_TYPE_UNKNOWN is RFC 7265's "unknown". */
enum ical_type {
	ICAL_TYPE_UNKNOWN,
	ICAL_TYPE_BINARY,
	ICAL_TYPE_BOOLEAN,
	ICAL_TYPE_CAL_ADDRESS,
	ICAL_TYPE_DATE,
	ICAL_TYPE_DATE_TIME,
	ICAL_TYPE_DURATION,
	ICAL_TYPE_FLOAT,
	ICAL_TYPE_INTEGER,
	ICAL_TYPE_PERIOD,
	ICAL_TYPE_RECUR,
	ICAL_TYPE_TEXT,
	ICAL_TYPE_TIME,
	ICAL_TYPE_URI,
	ICAL_TYPE_UTC_OFFSET,
};

/* Properties somebody here knows by name; the rest is ICAL_P_OTHER. */
enum ical_prop_id {
	ICAL_P_OTHER,
#define ICAL_PROP(id, name, type, flags) ICAL_P_##id,
#include "object/ical_props.tbl.h"
#undef ICAL_PROP
	ICAL_P_COUNT
};

struct ical_prop {
	enum ical_prop_id id;
	struct text name;   /* as sent; compare without case */
	struct text params; /* "TZID=Europe/Berlin;X-A=b": between name and colon, or empty */
	struct text value;  /* raw, unfolded; never absent */
	struct text line;   /* physical lines with line ends, as sent */
	struct ical_prop *next;
};

struct ical_comp {
	enum ical_kind kind;
	struct text name; /* as sent */
	struct text raw;  /* BEGIN line to END line with line ends, as sent */
	struct ical_prop *props;
	struct ical_comp *children;
	struct ical_comp *next; /* sibling */
	struct ical_comp *parent;
};

struct ical;
struct zone;

/* ---- reading ---- */

enum {
	ICAL_PROPS_MAX = 20000, /* properties of one object: more is an attack */
	ICAL_DEPTH_MAX = 8,     /* nesting of components */
	ICAL_ZONES_MAX = 20,    /* time zones of its own that nobody else knows */
};

/* Reads the tables of zones and names; false (logged) if the machine has no time zones. Once, at
 * start, before there are threads. */
bool ical_setup(void) must_check;

/* Parses exactly one VCALENDAR. Refused with ERR_VALID_CALENDAR_DATA and the line: bytes that are
 * no UTF-8, NUL and other controls, a line that is no property, END without its BEGIN, text after
 * the end, too deep, too many properties. Tolerated: LF line ends, blank lines, a byte order mark.
 * Whether it makes sense is ical_check.h's matter. */
bool ical_parse(
        struct arena *arena, struct err *err, struct text bytes, struct ical **out) must_check;

struct text ical_bytes(const struct ical *ical);
const struct ical_comp *ical_calendar(const struct ical *ical);
/* The zone of that TZID in this object: a system zone if the name is one in any dress (zone.h),
 * else the object's own VTIMEZONE. NULL: neither; callers treat such times as floating. */
const struct zone *ical_zone(const struct ical *ical, struct text tzid);

/* The first component among the children whose kind is in the mask, resp. the next one; or NULL. */
const struct ical_comp *ical_first(const struct ical_comp *parent, unsigned kinds);
const struct ical_comp *ical_next(const struct ical_comp *comp, unsigned kinds);
/* First property of that id, or NULL; and the next one of the same id. */
const struct ical_prop *ical_prop(const struct ical_comp *comp, enum ical_prop_id id);
const struct ical_prop *ical_prop_next(const struct ical_prop *prop);
/* By name, any case, also for ICAL_P_OTHER. */
const struct ical_prop *ical_prop_named(const struct ical_comp *comp, struct text name);

enum ical_kind ical_kind_of(struct text name);
/* "VEVENT"; absent for masks of several and ICAL_OTHER. */
struct text ical_kind_name(enum ical_kind kind);
enum ical_prop_id ical_prop_id_of(struct text name);
struct text ical_prop_name(enum ical_prop_id id); /* absent for ICAL_P_OTHER */
/* Several values separated by commas, resp. fields separated by semicolons. */
bool ical_prop_is_list(enum ical_prop_id id);
bool ical_prop_is_fields(enum ical_prop_id id);
/* "DATE-TIME" and back; "UNKNOWN" for the rest. */
const char *ical_type_name(enum ical_type type);
enum ical_type ical_type_of(struct text name);
enum ical_type ical_prop_default_type(const struct ical_prop *prop);
/* The type of the value: VALUE=, else the property's own. */
enum ical_type ical_prop_type(const struct ical_prop *prop);

/* ---- parameters ---- */

struct ical_param {
	struct text name;
	struct text values; /* comma separated, quotes included */
};

/* Takes one parameter off the front of *params (begin with a copy of prop->params); false at the
 * end. Colons, semicolons and commas in quotes are kept. */
bool ical_param_next(struct text *params, struct ical_param *param);
/* Takes one value off the front of *values, without its quotes; false at the end. */
bool ical_param_value_next(struct text *values, struct text *value);
/* First value of that parameter, without quotes; absent if there is none. */
struct text ical_param(const struct ical_prop *prop, const char *name);
/* RFC 6868: ^n, ^^ and ^' in a parameter value; points into `value` if there are none. */
struct text ical_param_text(struct arena *arena, struct text value);

/* ---- values ---- */

/* Raw to text: backslash n, N, comma, semicolon, backslash. Points into `raw` if nothing is
 * escaped. */
struct text ical_unescape(struct arena *arena, struct text raw);
struct text ical_escape(struct arena *arena, struct text text);
/* The text of the property, unescaped if its type is TEXT; absent if there is no such property. */
struct text ical_text(struct arena *arena, const struct ical_comp *comp, enum ical_prop_id id);
/* Takes one item off the front of a list separated by unescaped commas; false at the end. */
bool ical_item_next(struct text *value, struct text *item);

/* ---- writing ---- */

/* Appends the content line, folded at 75 octets (never inside a character), and CR LF. */
void ical_line(struct buf *out, struct text line);

#endif
