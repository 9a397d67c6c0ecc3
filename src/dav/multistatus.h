/* multistatus.h - 207 answers, streamed: targets are gathered first (small), then rendered piece by
 * piece as the client takes them, each piece with its own short-lived reader.
 *
 *     struct multistatus *ms = multistatus_new(c, set);
 *     multistatus_target(ms, target);            once for each resource
 *     multistatus_status(ms, href, 404, NULL);   for those without
 *     multistatus_last(ms, DAV_sync_token, token);
 *     return multistatus_reply(ms);
 * Memory: in the call's arena. Threads: as the call. */
#ifndef KONTOR_DAV_MULTISTATUS_H
#define KONTOR_DAV_MULTISTATUS_H

#include "dav/propset.h"

struct multistatus;
struct multistatus *multistatus_new(struct call *c, const struct propset *set);
/* The target is copied; bodies are loaded when it is its turn, if the set needs them and they are
 * not there yet. One that went away meanwhile answers 404. */
void multistatus_target(struct multistatus *ms, const struct target *at);
/* <response><href/><status/></response>; `error`: a condition for <D:error>, or ERR_NONE. */
void multistatus_status(struct multistatus *ms, struct text href, int status, enum err_id error);
/* An element behind the responses: sync-token, or another that says how to go on. */
void multistatus_last(struct multistatus *ms, enum name_id name, struct text text);
size_t multistatus_len(const struct multistatus *ms);
bool multistatus_reply(struct multistatus *ms);
/* Or: the root element is already made and the whole body stands in `buf` (small answers). */
bool multistatus_reply_whole(struct call *c, struct buf *buf);

#endif
