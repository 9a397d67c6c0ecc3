/* vcard.h - a vCard (RFC 2426, RFC 6350) as it was sent: read, looked into, changed, written back.
 *
 * Nothing is understood that need not be. A property is slices of one unfolded line; its physical
 * lines are kept beside it, so that a card is written back byte for byte except where it was
 * changed: unknown properties, groups (`item1.X-ABLabel`), odd parameters, order, blank lines.
 *
 * Words used here: `raw` is text with the escapes of the wire (`\n`, `\,`, `\;`, `\\`), as slices
 * of the card; `text` is what a person reads.
 *
 * Memory:  a card lives in the arena it was made in and points into the text it was parsed from;
 *          that text must live as long.
 * Threads: pure; a card belongs to one thread while it is changed. */
#ifndef KONTOR_OBJECT_VCARD_H
#define KONTOR_OBJECT_VCARD_H

#include "base/err.h"
#include "base/str.h"

/* Properties a card may have: more is an attack, not a person (nor a large group). */
enum { VCARD_PROPS_MAX = 20000 };

enum vcard_version {
	VCARD_OTHER, /* missing, 2.1, or anything else we do not serve */
	VCARD_3,
	VCARD_4,
};

struct vcard;

struct vcard_prop {
	struct text group; /* "item1", or absent */
	struct text name;  /* as sent; compare without case */
	struct text
	        params; /* "TYPE=home,pref;X-A=b": what stands between name and colon, or empty */
	struct text value; /* raw, unfolded; never absent */
	struct text line;  /* physical lines with line ends as sent; absent once changed or made */
	struct vcard_prop *next;
};

/* ---- reading ---- */

/* Parses exactly one VCARD, in linear time. Refused (ERR_VALID_ADDRESS_DATA, with the line): bytes
 * that are no UTF-8, NUL and other controls, a line that is no property, a nested or second card,
 * anything but white space after END, too many properties. Tolerated: LF line ends, blank lines, a
 * byte order mark, bare parameters (`TEL;WORK:`). Versions and required properties are
 * vcard_check.h's matter. */
bool vcard_parse(
        struct arena *arena, struct err *err, struct text body, struct vcard **card) must_check;
/* Takes the next card, BEGIN to END, off the front of a file of many, without parsing it. False at
 * the end of *rest, or when something else than a card comes next: then err is set. */
bool vcard_split(struct err *err, struct text *rest, struct text *body);

enum vcard_version vcard_version(const struct vcard *card);
/* The text of UID, trimmed; absent if there is none. */
struct text vcard_uid(const struct vcard *card);
/* Every property but BEGIN and END, in order. */
struct vcard_prop *vcard_props(const struct vcard *card);
/* The first property of that name (any group, any case), or NULL; and the next one after `prop`. */
struct vcard_prop *vcard_first(const struct vcard *card, const char *name);
struct vcard_prop *vcard_next(const struct vcard_prop *prop, const char *name);
bool vcard_is(const struct vcard_prop *prop, const char *name);
/* The property `name` of the same group, e.g. the X-ABLabel beside item1.TEL; or NULL. */
struct vcard_prop *vcard_beside(
        const struct vcard *card, const struct vcard_prop *prop, const char *name);

/* ---- parameters ---- */

struct vcard_param {
	struct text name;   /* absent: a bare value in the manner of vCard 2.1 */
	struct text values; /* comma separated, quotes included */
};

/* Takes one parameter off the front of *params (begin with a copy of prop->params); false at the
 * end. Colons, semicolons and commas in quotes are kept. */
bool vcard_param_next(struct text *params, struct vcard_param *param);
/* Takes one value off the front of *values, without its quotes; false at the end. */
bool vcard_value_next(struct text *values, struct text *value);
/* First value of that parameter, without quotes; absent if there is none. */
struct text vcard_param(const struct vcard_prop *prop, const char *name);
/* Has `value` (any case) among the values of all parameters of that name. For TYPE and ENCODING
 * bare values count too, and `TYPE="home,cell"` counts as two. */
bool vcard_param_has(const struct vcard_prop *prop, const char *name, const char *value);
/* PREF=1..100, or 1 for TYPE=pref; 0: neither. */
int vcard_pref(const struct vcard_prop *prop);
/* RFC 6868: ^n, ^^ and ^' in a parameter value. */
struct text vcard_param_text(struct arena *arena, struct text value);
/* The same of a LABEL, where a line may end in \n as well (RFC 6350 6.3.1). */
struct text vcard_label_text(struct arena *arena, struct text value);

/* ---- values ---- */

/* Takes one field off the front of a structured (separator ';') or listed (',') raw value; false
 * at the end. Escaped separators are no separators. */
bool vcard_field_next(struct text *value, char separator, struct text *field);
/* The i-th (from 0) field of a structured value, raw; absent if there are fewer. */
struct text vcard_field(struct text value, char separator, size_t i);
/* Raw to text: backslash n, N, comma, semicolon, backslash, colon. Points into `raw` if nothing is
 * escaped. */
struct text vcard_unescape(struct arena *arena, struct text raw);
/* Text to raw, for one field. CR LF and CR become one \n. */
struct text vcard_escape(struct arena *arena, struct text text);
/* The text of the whole value. */
struct text vcard_value_text(struct arena *arena, const struct vcard_prop *prop);
/* The value of a property that holds a URI. Some escape its commas and colons, which RFC 6350 4.2
 * does not ask for (`http\://`). Always one line. */
struct text vcard_value_uri(struct arena *arena, const struct vcard_prop *prop);

/* ---- writing ---- */

/* An empty card with VERSION. */
struct vcard *vcard_new(struct arena *arena, enum vcard_version version);
/* Adds at the end. `group` may be absent, `params` empty; `value` is raw. All are borrowed. */
struct vcard_prop *vcard_add(struct vcard *card, struct text group, const char *name,
        struct text params, struct text value);
/* Adds a copy of `prop`, which may be another card's, at the end; its line is kept. */
struct vcard_prop *vcard_add_copy(struct vcard *card, const struct vcard_prop *prop);
void vcard_set_value(struct vcard_prop *prop, struct text value);
void vcard_set_params(struct vcard_prop *prop, struct text params);
/* The first property of that name gets this text, is added, or (absent text) all are removed. */
void vcard_set_text(struct vcard *card, const char *name, struct text text);
void vcard_remove(struct vcard *card, const struct vcard_prop *prop);
void vcard_remove_all(struct vcard *card, const char *name);
/* Appends ;NAME=value to params, quoted and RFC 6868-encoded where needed. */
struct text vcard_param_add(
        struct arena *arena, struct text params, const char *name, struct text value);
/* One parameter value, quoted and encoded so. */
void vcard_param_put(struct buf *out, struct text value);
/* `params` without all of that name. */
struct text vcard_param_drop(struct arena *arena, struct text params, const char *name);

/* The card as text. Unchanged lines are as sent; others are folded at 75 octets (RFC 6350 3.2),
 * never inside a character, and end as the card's first line does. The source itself when nothing
 * was changed. */
struct text vcard_body(struct arena *arena, const struct vcard *card);

#endif
