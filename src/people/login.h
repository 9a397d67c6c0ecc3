/* login.h - is this who they say they are?
 *
 * A name (or an e-mail address) and a password: the user's own, hashed slowly on purpose; the one
 * of a directory (LDAP), for users without one here; or an app password of one device. What was
 * right is remembered for login.cache, so that polls pay for one look-up only; it is forgotten when
 * the password changes, whoever changes it. Unknown names cost the same time as known ones. A hash
 * that is not of today's kind is replaced when its password is used (login.renew_hashes); those of
 * app passwords are all of one kind.
 * Failures are slowed (throttle.h), and logged in one line: login_failed user="NAME" peer="ADDRESS"
 *
 * Memory:  the state is long-lived; work->who is made in the work's arena.
 * Threads: any. At most two passwords are being hashed at once. */
#ifndef KONTOR_PEOPLE_LOGIN_H
#define KONTOR_PEOPLE_LOGIN_H

#include "people/who.h"
#include "store/house.h"

struct login_ask {
	struct text name, password;
	struct text peer;   /* address */
	struct text client; /* User-Agent; may be absent */
	bool may_block;     /* this thread may take its time */
};

enum login_verdict_is {
	LOGIN_IS_RIGHT, /* work->who is set */
	LOGIN_IS_WRONG,
	LOGIN_IS_SLOW, /* ask again on a thread that may take its time, after login_wait() */
	LOGIN_IS_BUSY  /* cannot be told now: too many ask, or something is out of order */
};

struct login_state *login_new(void);
void login_free(struct login_state **state);

enum login_verdict_is login_check(struct work *work, const struct login_ask *ask);
/* After LOGIN_IS_SLOW: how many milliseconds to wait; -1: be sent away, too many are waiting. */
int64_t login_wait(struct work *work, const struct login_ask *ask);

/* Who that principal is here: groups and roles. */
bool login_who(struct work *work, int64_t id, struct text name, struct who *who) must_check;
/* The same for a user known by other means (a session), remembered as long as people do not change.
 * *there false: no such user. */
bool login_as(struct work *work, int64_t id, struct who *who, bool *there) must_check;

/* What is stored for their password: another text when it was changed. Absent: none here, they are
 * the directory's, or cannot sign in with one. */
bool login_stored(struct work *work, int64_t id, struct text *stored) must_check;

/* Is it work->who's own password, not a device's? As slowly, and as bounded, as signing in: on a
 * thread that may take its time. False: not, or (ERR_TOO_MANY_REQUESTS) not to be told now. */
bool login_own_password(struct work *work, const struct login_ask *ask) must_check;
/* Hashes a new password, waiting for its turn. ERR_TOO_MANY_REQUESTS. */
bool login_hash(struct work *work, struct text password, struct text *hash) must_check;

#endif
