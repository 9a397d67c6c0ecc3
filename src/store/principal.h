/* principal.h - users, groups, locations, resources at rest.
 * Threads: reading on any thread with a reader; operations run on the writer's. */
#ifndef KONTOR_STORE_PRINCIPAL_H
#define KONTOR_STORE_PRINCIPAL_H

#include "base/vec.h"
#include "store/plan.h"

enum principal_kind { PRINCIPAL_USER = 1, PRINCIPAL_GROUP, PRINCIPAL_LOCATION, PRINCIPAL_RESOURCE };

#define PRINCIPAL_COLUMNS(COL, _) \
	COL(int, id) _ COL(int, kind) \
	_ COL(text, name) \
	_ COL(text, name_key) \
	_ COL(text, display_name) \
	_ COL(text, uid) \
	_ COL(text, password) \
	_ COL(int, quota) \
	_ COL(int, created) \
	_ COL(int, modified)
DB_STRUCT(principal, PRINCIPAL_COLUMNS)
VEC_OF(principals, struct principal);

/* NULL without error where there is none. Names are compared folded (text_fold). */
bool principal_get(struct work *work, int64_t id, struct principal **principal) must_check;
bool principal_by_name(
        struct work *work, struct text name, struct principal **principal) must_check;
bool principal_by_email(
        struct work *work, struct text email, struct principal **principal) must_check;
/* kind 0: all. In order of name, after `after`, at most `max`. */
bool principal_list(struct work *work, enum principal_kind kind, struct text after, size_t max,
        struct principals *principals) must_check;
bool principal_emails(struct work *work, int64_t id, struct texts *emails) must_check;
bool principal_roles(struct work *work, int64_t id, struct texts *roles) must_check;
/* Direct members or managers of a group; groups somebody is directly in, or manages. */
bool principal_members(struct work *work, int64_t group, bool managers, struct ids *ids) must_check;
bool principal_groups(struct work *work, int64_t member, bool managed, struct ids *ids) must_check;
/* A number that changes with every operation below: what was remembered of people (logins,
 * memberships) holds as long as it stays. One look-up by key. */
bool principal_generation(struct work *work, int64_t *generation) must_check;

/* ---- operations ---- */
/* For operations of other modules that change what a login may rest on; writing_people(): also who
 * sees whose records (store/reach.h). */
bool writing_logins(struct writing *writing) must_check;
bool writing_people(struct writing *writing) must_check;
/* Makes or changes (id 0: new; id is written back). A new one gets its homes: users, locations and
 * resources calendars; users also address books and files, with their default collections. */
struct principal_put {
	struct principal principal;
	bool set_password;
	struct texts emails;
	bool set_emails;
	struct texts roles;
	bool set_roles;
};
void plan_principal_put(struct plan *plan, struct principal_put *put);
/* Another hash of the password somebody has, in place of `old`: no change of people, what is
 * remembered of them stays right, and sessions stay. Stale if `old` is no longer stored. */
void plan_password_renew(struct plan *plan, int64_t id, struct text old, struct text hash);
/* Removes with homes, grants, memberships. */
void plan_principal_remove(struct plan *plan, int64_t id);
/* Membership by names, resolved when it runs, so that an import may name what it makes itself. */
void plan_membership_set(
        struct plan *plan, struct text member, const struct texts *groups, bool manager);

#endif
