/* record.h - records and rows of the CRM as JSON, with what a page needs beside their values.
 * Memory: in the call's arena, arrays and objects too.
 * Threads: with a reader, any. */
#ifndef KONTOR_API_RECORD_H
#define KONTOR_API_RECORD_H

#include "api/door.h"
#include "view/crm.h"

/* Which fields: `only` names them, separated by commas; absent: all, but in lists long texts.
 * Pictures are told of one alone. */
struct api_shape {
	struct text only;
	bool is_list;
};
/* ERR_BAD_REQUEST where `only` names what is no field of the noun. */
bool api_check_fields(struct call *c, enum crm_noun noun, struct text only) must_check;
bool api_records(struct call *c, const struct crm_entries *entries, const struct api_shape *shape,
        json_t **array) must_check;
/* The record or row the path names; ERR_NOT_FOUND. */
bool api_entry(struct call *c, enum crm_noun noun, int64_t id, struct crm_entry **entry) must_check;
/* Replies with one of them as it is now, with its ETag. */
bool api_reply_record(struct call *c, int status, enum crm_noun noun, int64_t id);
/* The same after a change: what is not (or no longer) c->work.who's to see, a lead given away, is
 * 204. */
bool api_reply_changed(struct call *c, int status, enum crm_noun noun, int64_t id);
/* {id, name} of somebody or something; null for 0. */
struct crm_names;
json_t *api_named(const struct crm_names *names, int64_t id);
/* A list's filters, order and page, from the query; q= and parent= too. */
bool api_ask(struct call *c, enum crm_noun noun, struct crm_ask *ask) must_check;
/* How this call changes something: `via` and `device`. */
struct edit_crm;
bool api_edit(struct call *c, struct edit_crm *edit) must_check;
/* The revision that If-Match says was seen: one ETag, weak where a proxy has packed our answer;
 * "*": any (-1). ERR_PRECONDITION_REQUIRED where it says nothing. */
bool api_seen_revision(struct call *c, int64_t *revision) must_check;

#endif
