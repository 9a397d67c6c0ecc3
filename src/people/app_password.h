/* app_password.h - passwords for one device each: made by us, shown once, revoked one by one.
 *
 * 28 letters and digits in groups of four, 140 random bits. So many that a plain SHA-256 of them is
 * as good as a slow hash, and looking one up costs as much as any look-up.
 * Threads: reading with a reader, any; operations run on the writer's. */
#ifndef KONTOR_PEOPLE_APP_PASSWORD_H
#define KONTOR_PEOPLE_APP_PASSWORD_H

#include "store/principal.h"

#define APP_PASSWORD_COLUMNS(COL, _) \
	COL(int, id) _ COL(int, principal) \
	_ COL(text, name) \
	_ COL(int, created) \
	_ COL(int, seen) \
	_ COL(text, client)
DB_STRUCT(app_password, APP_PASSWORD_COLUMNS)
VEC_OF(app_passwords, struct app_password);

/* Has it the shape of one? Case, spaces and dashes don't matter. */
bool app_password_is(struct text password);
/* NULL without error where there is none. */
bool app_password_find(struct work *work, int64_t principal, struct text password,
        struct app_password **found) must_check;
bool app_password_get(struct work *work, int64_t id, struct app_password **found) must_check;
bool app_password_list(
        struct work *work, int64_t principal, struct app_passwords *passwords) must_check;

/* ---- operations ---- */
/* A new one; returns its words, which are not to be had again. */
struct text plan_app_password_add(struct plan *plan, int64_t principal, struct text name);
/* Stale if it is not there. */
void plan_app_password_revoke(struct plan *plan, int64_t principal, int64_t id);
void plan_app_password_seen(struct plan *plan, int64_t id, struct text client);

#endif
