/* dav.h - WebDAV (RFC 4918 and what builds on it): the method table and what all methods share.
 * Threads: on reader threads, as steps of a call. */
#ifndef KONTOR_DAV_DAV_H
#define KONTOR_DAV_DAV_H

#include "dav/feature.h"
#include "base/settings.h"
#include "edit/edit.h"
#include "edit/locks.h"
#include "wire/header.h"

/* The route handler of /, /principals, /calendars, /addressbooks, /files and .well-known. */
call_fn dav_handle;
/* Errors as <D:error> with the condition element, or as short text where there is none. */
void dav_fail(struct call *c);
/* The same document into a buffer: for propstats and responses. */
void dav_error_element(struct xml_out *out, const struct err *err);

/* What the request's path names. `wanted`: PRIVILEGE_ALL asks nothing. ERR_NOT_FOUND for nothing,
 * unless `or_nothing`. */
bool dav_target(struct call *c, bool body, bool or_nothing, struct target *at) must_check;
/* For what is about to be answered: where a collection is that was asked without its slash (RFC
 * 4918 5.2). */
void dav_say_where(struct call *c, const struct target *at);
/* If-Match, If-None-Match, dates (412, 304), and the If header of RFC 4918 against `at`. Tokens
 * that were submitted go to *locks; *guard is the revision for the plan's guard (-1, 0 or what is
 * there). */
bool dav_conditions(struct call *c, const struct target *at, struct edit_locks *locks,
        int64_t *guard) must_check;
/* The request body as XML; *root NULL when there is no body and `may_lack`. ERR_BAD_XML for another
 * root than `root_name` (NAME_UNKNOWN: any). */
bool dav_xml(struct call *c, enum name_id root_name, bool may_lack,
        const struct xml_node **root) must_check;
/* Decides with `decide`, commits, parks, goes on in `done`; a stale plan is decided anew by running
 * `again`, three times at most (then 409). The step of every method that writes. */
bool dav_commit(struct call *c, struct plan *plan, call_fn *done, call_fn *again) must_check;
/* For what may take long, before c->state is used: true when the call was just sent to the slow
 * lane, where it begins anew with `again`; false when it is there already. */
bool dav_slowly(struct call *c, call_fn *again) must_check;
/* Value of the Allow header for targets of these kinds. */
struct text dav_allow(struct arena *arena, unsigned on);

#endif
