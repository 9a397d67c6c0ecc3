/* people.h - what the two files about users and teams share.
 * Memory: in the call's arena. Threads: with a reader, any. */
#ifndef KONTOR_API_PEOPLE_H
#define KONTOR_API_PEOPLE_H

#include "api/door.h"
#include "people/roster.h"
#include "people/who.h"

/* As an array that lives as long as the call. */
bool people_json(struct call *c, const struct roster *roster, json_t **array) must_check;
/* Replies with one of them; ERR_NOT_FOUND. */
bool people_reply(struct call *c, int status, enum principal_kind kind, int64_t id);

#endif
