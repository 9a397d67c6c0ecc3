/* form.h - the public web forms of campaigns: GET shows one, POST takes what was filled in.
 *
 * /f/TOKEN: the token is the form row's. Works without script, inside a frame of another site, or
 * as the target of a form written there by hand. What is asked for is fixed by the row; an empty
 * field that people do not see must stay empty; a page that was not shown, or shown more than a day
 * ago, says so by its signed stamp, and is asked once more.
 * Everybody gets the same answer, whether a lead was made of it or not. Memory: in the call's
 * arena. Threads: as the call. */
#ifndef KONTOR_CAPTURE_FORM_H
#define KONTOR_CAPTURE_FORM_H

#include "wire/call.h"

/* For the route "/f" (ROUTE_OPEN). */
bool form_handle(struct call *c);
void form_fail(struct call *c);

#endif
