/* err.h - what went wrong, said once by whoever first knew.
 *
 * Functions return bool; false means the err passed in is set. The row (err.tbl.h) fixes the HTTP
 * status, the DAV:error element and the words; a call site adds detail only, and never a status.
 * Absence is not an error: lookups succeed with NULL.
 * Threads: an err belongs to the work it is part of. */
#ifndef KONTOR_BASE_ERR_H
#define KONTOR_BASE_ERR_H

#include "base/base.h"

/* Which namespace the condition element is in; wire/ knows the URIs. */
enum err_ns { ERR_NS_NONE, ERR_NS_DAV, ERR_NS_CAL, ERR_NS_CARD, ERR_NS_CS, ERR_NS_KONTOR };

enum err_id {
	ERR_NONE,
#define ERR(id, status, ns, element, words) ERR_##id,
#include "base/err.tbl.h"
#undef ERR
	ERR_COUNT
};

struct err_row {
	int status;
	enum err_ns ns;
	const char *element; /* NULL: no condition element */
	const char *words;   /* for people */
};

/* What a refusal's words were made of, for base/reason.h; longer ones are cut. */
enum { ERR_ARGS_MAX = 3, ERR_ARG_BYTES = 112 };

struct err {
	enum err_id id;
	char detail[240]; /* for people; escaped by whoever prints it */
	char href[1200]; /* DAV:href inside the element (no-uid-conflict, need-privileges), or "" */
	const char *privilege; /* need-privileges: DAV element name, static; or NULL */
	const char *field;     /* CRM_VALUE: the field's key, static; or NULL */
	const char *format;    /* what the words were made of, static; or NULL */
	char args[ERR_ARGS_MAX][ERR_ARG_BYTES];
	size_t args_len;
};

const struct err_row *err_row(enum err_id id);
/* Sets the error if none is set yet (the first one wins) and returns false, always. */
bool err_set(struct err *err, enum err_id id, const char *format, ...) printf_like(3, 4);
/* The same, with a DAV:href that says where (percent-encoded path). */
bool err_href(struct err *err, enum err_id id, struct text href, const char *format, ...)
        printf_like(4, 5);
/* RFC 3744 7.1.1: `privilege` is missing on `href`. */
bool err_privilege(struct err *err, struct text href, const char *privilege);
/* A value of `field` (static) cannot be taken. */
bool err_field(struct err *err, const char *field, const char *format, ...) printf_like(3, 4);
static inline bool err_is_set(const struct err *err)
{
	return err->id != ERR_NONE;
}
void err_clear(struct err *err);

#endif
