/* session.h - browsers that are signed in.
 *
 * The browser holds a cookie of 128 random bits, the database only its digest. A session ends when
 * it is signed out, when nobody used it for login.session_idle, after login.session, and when the
 * password changes, whoever changes it. What changes something must also carry the session's
 * token, which only pages of ours can read.
 *
 * Memory: in the work's arena. Threads: reading with a reader, any; operations run on the writer's.
 */
#ifndef KONTOR_PEOPLE_SESSION_H
#define KONTOR_PEOPLE_SESSION_H

#include "people/who.h"
#include "store/house.h"
#include "store/plan.h"

#define SESSION_COOKIE "kontor_session"

/* Whose session it is: sets work->who, with its `session` and `csrf`. *found false: there is none,
 * or it has ended. */
bool session_check(struct work *work, struct text cookie, bool *found) must_check;
/* The same for a request of somebody's, which is noted now and then: who only listens does not keep
 * a session from ending. */
bool session_use(struct work *work, struct text cookie, bool *found) must_check;

/* ---- operations ---- */
struct session_new {
	struct text cookie, csrf; /* to be told to the browser, and to nobody else */
};
struct session_new plan_session_start(
        struct plan *plan, const struct settings *settings, int64_t principal, struct text agent);
/* `session`: who->session. One that is gone already is fine. */
void plan_session_end(struct plan *plan, struct text session);

#endif
