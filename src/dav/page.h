/* page.h - what a browser sees of a collection: a small readable page, no script.
 * Threads: as the call. */
#ifndef KONTOR_DAV_PAGE_H
#define KONTOR_DAV_PAGE_H

#include "dav/dav.h"

/* Answers GET on anything that is no member. */
bool dav_page(struct call *c, const struct target *at);

#endif
