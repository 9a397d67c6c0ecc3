/* static.h - the browser's program: files read once, served as they are, packed beforehand.
 *
 * A file "x.js" may have "x.js.br" and "x.js.gz" beside it, which are sent to those who take them.
 * A name with a hash in it (app.0f3a9c21.js, app-K3ZQ7AB2.js) never changes its content and is kept
 * by browsers for ever. What is no file is a page of the program itself: it gets index.html.
 * Memory:  long-lived; a reload keeps what was read before until the end.
 * Threads: static_load, static_unload from one thread; the rest any. */
#ifndef KONTOR_HTTP_STATIC_H
#define KONTOR_HTTP_STATIC_H

#include "wire/call.h"

/* Reads all files below `dir` and takes them into use. Without the folder, or without index.html in
 * it, there are none: false, nothing is wrong with that. */
bool static_load(const char *dir);
void static_unload(void);
/* For the route "/app". */
bool static_handle(struct call *c);
/* For routes that send browsers there: somebody without credentials asks for the page "/", and
 * there is a program to show. DAV clients do not accept text/html, or send a login. */
bool static_wanted(struct call *c);
bool static_redirect(struct call *c);

#endif
