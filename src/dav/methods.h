/* methods.h - one function a method, each in the file of its name; listed in dav/core.c.
 * Threads: on reader threads, as steps of a call. */
#ifndef KONTOR_DAV_METHODS_H
#define KONTOR_DAV_METHODS_H

#include "dav/dav.h"

call_fn dav_options;   /* options.c */
call_fn dav_propfind;  /* propfind.c */
call_fn dav_proppatch; /* proppatch.c */
call_fn dav_get;       /* get.c, HEAD too */
call_fn dav_put;       /* put.c */
call_fn dav_post;      /* post.c: add-member */
call_fn dav_delete;    /* delete.c */
call_fn dav_copy;      /* move.c */
call_fn dav_move;      /* move.c */
call_fn dav_mkcol;     /* mkcol.c */
call_fn dav_lock;      /* lock.c */
call_fn dav_unlock;    /* lock.c */
call_fn dav_report;    /* report.c */
call_fn dav_acl;       /* acl.c */

/* put.c: answers with what is stored at `path` (RFC 7240 4.2), or by a status alone where that is
 * not at hand. */
bool dav_represent(struct call *c, const struct path *path, bool created) must_check;

/* WebDAV itself as a feature: core.c. */
extern const struct feature dav_core;

#endif
