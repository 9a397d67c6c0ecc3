/* me.h - who is asking, as JSON; and a new session for them.
 * Memory: in the call's arena. Threads: with a reader, any. */
#ifndef KONTOR_API_ME_H
#define KONTOR_API_ME_H

#include "api/door.h"

/* The answer of GET /me; the caller takes it over. */
bool api_me_json(struct call *c, json_t **me) must_check;
/* What GET /me says of preferences; it lives as long as the call. */
bool api_preferences_json(struct call *c, json_t **object) must_check;
/* Applies the plan, starts a session of work.who in it, and replies with it and its cookie. */
bool api_session_begin(struct call *c, struct plan *plan, call_fn *again);

#endif
