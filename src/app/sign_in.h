/* sign_in.h - where a request's credentials meet people: the server's login hooks (http/http.h).
 * Threads: any. */
#ifndef KONTOR_APP_SIGN_IN_H
#define KONTOR_APP_SIGN_IN_H

#include "http/http.h"

enum login_result sign_in(struct call *c, bool may_block);
int64_t sign_in_wait(struct call *c);

#endif
