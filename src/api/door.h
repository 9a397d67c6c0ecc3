/* door.h - what the files of this folder share: routes, bodies, answers, changes.
 *
 * A handler is a call_fn in routes.tbl.h. It finds what the path named in api_of(c), reads the body
 * with api_body(), asks a gate, and ends with api_json(), api_none() or api_commit().
 * Memory: in the call's arena; json_t are tied to it. Threads: as the call. */
#ifndef KONTOR_API_DOOR_H
#define KONTOR_API_DOOR_H

#include <jansson.h>

#include "api/api.h"
#include "crm/noun.h"
#include "store/plan.h"
#include "wire/call.h"

struct api {
	const struct crm_noun_row *noun; /* {noun} */
	int64_t id;                      /* {id} */
	struct text name;                /* {name} */
	call_fn *done, *again;           /* of api_commit() */
	int tries;
	void *own; /* the handler's, between steps */
};
struct api *api_of(struct call *c);

/* Handlers, one for each row. */
#define API(method, pattern, run) call_fn run;
#include "api/routes.tbl.h"
#undef API

/* ---- in ---- */
/* The body: one JSON object. ERR_UNSUPPORTED_MEDIA_TYPE, ERR_BAD_REQUEST, ERR_TOO_LARGE. */
bool api_body(struct call *c, const json_t **body) must_check;
/* A member of the body that is text; absent if it is not there. `needed`: then ERR_CRM_VALUE. */
bool api_text(struct call *c, const json_t *body, const char *key, bool needed,
        struct text *value) must_check;
/* A query parameter that is a number; `preset` if it is not there. */
bool api_number(
        struct call *c, const char *name, int64_t preset, int64_t max, int64_t *value) must_check;
/* ERR_CRM_VALUE: `field` (static) is not what it should be. */
bool api_refuse(struct call *c, const char *field, const char *words);

/* ---- out ---- */
/* Ties a value to the call. */
json_t *api_own(struct call *c, json_t *value);
/* JSON of a text that may be absent: null then. */
json_t *api_word(struct text text);
/* Replies with `value`, which it takes over. */
bool api_json(struct call *c, int status, json_t *value);
/* The same for what holds a secret: it is not packed, so that its length tells nothing (BREACH),
 * and nobody keeps it. */
bool api_secret(struct call *c, int status, json_t *value);
/* 204. */
bool api_none(struct call *c);

/* ---- changing ---- */
/* Lends the plan to the writer (NULL: work.err is set, false). `done` runs when it is stored;
 * `again`, the handler, when what it was decided on has changed: three times at most. */
bool api_commit(struct call *c, struct plan *plan, call_fn *done, call_fn *again);

#endif
