/* Operations on principals: making, changing, removing, membership. */
#include "base/hash.h"
#include "store/furnish.h"
#include "store/house.h"
#include "store/notice.h"
#include "store/principal.h"
#include "store/reach.h"
#include "store/tree.h"

DB_STATEMENT(KEY_TAKEN, "SELECT id FROM principal WHERE name_key = ?1");
DB_STATEMENT(EMAIL_TAKEN, "SELECT principal FROM principal_email WHERE email_key = ?1");
DB_STATEMENT(PRINCIPAL_KIND, "SELECT kind FROM principal WHERE id = ?1");
DB_STATEMENT(PRINCIPAL_INSERT,
        "INSERT INTO principal (id, kind, name, name_key, display_name, uid, password, quota,"
        " created, modified) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)");
DB_STATEMENT(PRINCIPAL_UPDATE,
        "UPDATE principal SET name = ?2, name_key = ?3, display_name = ?4, quota = ?5,"
        " modified = ?6 WHERE id = ?1");
DB_STATEMENT(PASSWORD_SET, "UPDATE principal SET password = ?2 WHERE id = ?1");
DB_STATEMENT(PASSWORD_RENEW, "UPDATE principal SET password = ?3 WHERE id = ?1 AND password = ?2");
DB_STATEMENT(SESSIONS_DELETE, "DELETE FROM session WHERE principal = ?1");
DB_STATEMENT(EMAILS_DELETE, "DELETE FROM principal_email WHERE principal = ?1");
DB_STATEMENT(EMAIL_INSERT, "INSERT INTO principal_email (principal, position, email, email_key)"
                           " VALUES (?1, ?2, ?3, ?4)");
DB_STATEMENT(ROLES_DELETE, "DELETE FROM principal_role WHERE principal = ?1");
DB_STATEMENT(ROLE_INSERT, "INSERT INTO principal_role (principal, role) VALUES (?1, ?2)"
                          " ON CONFLICT DO NOTHING");
DB_STATEMENT(TEAMS_DELETE, "DELETE FROM group_member WHERE member = ?1 AND is_manager = ?2");
DB_STATEMENT(TEAM_INSERT, "INSERT INTO group_member (team, member, is_manager)"
                          " VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
DB_STATEMENT(HOMES_OF, "SELECT id FROM collection WHERE owner = ?1 AND parent = 0");
DB_STATEMENT(MEMBERSHIPS_DELETE, "DELETE FROM group_member WHERE member = ?1 OR team = ?1");
DB_STATEMENT(APP_PASSWORDS_DELETE, "DELETE FROM app_password WHERE principal = ?1");
DB_STATEMENT(GRANTS_DELETE, "DELETE FROM ace WHERE principal = ?1");
DB_STATEMENT(OWN_ACES_DELETE, "DELETE FROM ace WHERE holder = 3 AND id = ?1");
DB_STATEMENT(OWN_PROPS_DELETE, "DELETE FROM prop WHERE holder = 3 AND id = ?1");
DB_STATEMENT(HELD_LOCKS_DELETE, "DELETE FROM dav_lock WHERE holder = ?1");
DB_STATEMENT(PRINCIPAL_DELETE, "DELETE FROM principal WHERE id = ?1");
DB_STATEMENT(PEOPLE_CHANGED, "INSERT INTO counter (name, value) VALUES ('people', 1)"
                             " ON CONFLICT (name) DO UPDATE SET value = counter.value + 1");

enum { NAME_MAX_BYTES = 200 };

/* The first column of the first row, 0 if there is none. */
static bool ask(struct writing *w, const struct db_stmt *stmt, struct db_value key, int64_t *value)
{
	struct db_rows *rows = db_query(w->db, w->err, stmt, DB_ARGS(key));

	*value = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

bool writing_logins(struct writing *w)
{
	writing_notice(w, &(struct notice){ .kind = NOTICE_LOGINS });
	return db_run(w->db, w->err, &PEOPLE_CHANGED, DB_NO_ARGS, NULL);
}

bool writing_people(struct writing *w)
{
	writing_later(w, reach_work_out);
	writing_notice(w, &(struct notice){ .kind = NOTICE_PEOPLE });
	return writing_logins(w);
}

/* A name is a path segment and a login: what would be read as something else there is refused. */
static bool name_check(struct writing *w, struct text name)
{
	bool fits = name.len && name.len <= NAME_MAX_BYTES && text_is_utf8(name) &&
	            text_is_clean(name) && !text_eq(name, TEXT(".")) && !text_eq(name, TEXT(".."));

	for (size_t i = 0; fits && i < name.len; i++)
		fits = (unsigned char)name.ptr[i] >= ' ' && !strchr("/\\:;", name.ptr[i]);
	return fits || err_set(w->err, ERR_BAD_REQUEST, "\"%.*s\" cannot be a name",
	                       TEXT_ARG(text_sub(name, 0, NAME_MAX_BYTES)));
}

static bool key_check(struct writing *w, const struct principal *p)
{
	int64_t holder;

	if (!ask(w, &KEY_TAKEN, DB_TEXT(p->name_key), &holder))
		return false;
	/* /addressbooks/directory/ is no home (view/directory.h). */
	if (!holder && text_eq(p->name_key, TEXT("directory")))
		holder = -1;
	return !holder || holder == p->id ||
	       err_set(w->err, ERR_TAKEN, "the name \"%.*s\" is taken", TEXT_ARG(p->name));
}

static bool emails_set(struct writing *w, int64_t id, const struct texts *emails)
{
	if (!db_run(w->db, w->err, &EMAILS_DELETE, DB_ARGS(DB_INT(id)), NULL))
		return false;
	for (size_t i = 0; i < emails->len; i++) {
		struct text key = text_fold(w->arena, emails->at[i]);
		int64_t holder;

		if (!ask(w, &EMAIL_TAKEN, DB_TEXT(key), &holder))
			return false;
		if (holder)
			return err_set(w->err, ERR_TAKEN, "the address %.*s is taken",
			        TEXT_ARG(emails->at[i]));
		if (!db_run(w->db, w->err, &EMAIL_INSERT,
		            DB_ARGS(DB_INT(id), DB_INT((int64_t)i), DB_TEXT(emails->at[i]),
		                    DB_TEXT(key)),
		            NULL))
			return false;
	}
	return true;
}

static bool roles_set(struct writing *w, const struct principal *p, const struct texts *roles)
{
	if (!db_run(w->db, w->err, &ROLES_DELETE, DB_ARGS(DB_INT(p->id)), NULL))
		return false;
	for (size_t i = 0; i < roles->len; i++) {
		struct text role = roles->at[i];

		if (!db_run(w->db, w->err, &ROLE_INSERT, DB_ARGS(DB_INT(p->id), DB_TEXT(role)),
		            NULL) ||
		        (p->kind == PRINCIPAL_USER && !furnish_role(w, p->id, role)))
			return false;
	}
	return true;
}

/* ---- put ---- */

static bool insert(struct writing *w, struct principal_put *put)
{
	struct principal *p = &put->principal;

	if (!writing_id(w, &p->id))
		return false;
	if (!p->uid.len)
		p->uid = random_uuid(w->arena);
	p->created = p->modified = w->now;
	return db_run(w->db, w->err, &PRINCIPAL_INSERT,
	               DB_ARGS(DB_INT(p->id), DB_INT(p->kind), DB_TEXT(p->name),
	                       DB_TEXT(p->name_key), DB_TEXT(p->display_name), DB_TEXT(p->uid),
	                       DB_TEXT(p->password), DB_INT(p->quota), DB_INT(w->now)),
	               NULL) &&
	       furnish_new(w, p);
}

/* Whoever knew the old one is out, in browsers too. */
static bool password_set(struct writing *w, const struct principal *p)
{
	return db_run(w->db, w->err, &PASSWORD_SET, DB_ARGS(DB_INT(p->id), DB_TEXT(p->password)),
	               NULL) &&
	       db_run(w->db, w->err, &SESSIONS_DELETE, DB_ARGS(DB_INT(p->id)), NULL);
}

static bool update(struct writing *w, struct principal_put *put)
{
	struct principal *p = &put->principal;
	int64_t kind;

	if (!ask(w, &PRINCIPAL_KIND, DB_INT(p->id), &kind))
		return false;
	if (!kind)
		return plan_stale(w);
	if (kind != p->kind)
		return err_set(w->err, ERR_TAKEN,
		        "\"%.*s\" is of another kind, which cannot be changed", TEXT_ARG(p->name));
	p->modified = w->now;
	return db_run(w->db, w->err, &PRINCIPAL_UPDATE,
	               DB_ARGS(DB_INT(p->id), DB_TEXT(p->name), DB_TEXT(p->name_key),
	                       DB_TEXT(p->display_name), DB_INT(p->quota), DB_INT(w->now)),
	               NULL) &&
	       (!put->set_password || password_set(w, p));
}

static bool put_run(struct writing *w, void *data)
{
	struct principal_put *put = data;
	struct principal *p = &put->principal;

	p->name_key = text_fold(w->arena, p->name);
	if (!p->display_name.ptr)
		p->display_name = p->name;
	return name_check(w, p->name) && key_check(w, p) &&
	       (p->id && !put->set_roles ? writing_logins(w) : writing_people(w)) &&
	       (p->id ? update(w, put) : insert(w, put)) &&
	       (!put->set_emails || emails_set(w, p->id, &put->emails)) &&
	       (!put->set_roles || roles_set(w, p, &put->roles));
}

void plan_principal_put(struct plan *plan, struct principal_put *put)
{
	plan_add(plan, put_run, put);
}

/* ---- another hash ---- */

struct renewal {
	int64_t id;
	struct text old, hash;
};

static bool renew_run(struct writing *w, void *data)
{
	const struct renewal *r = data;
	int64_t renewed;

	if (!db_run(w->db, w->err, &PASSWORD_RENEW,
	            DB_ARGS(DB_INT(r->id), DB_TEXT(r->old), DB_TEXT(r->hash)), &renewed))
		return false;
	return renewed ? true : plan_stale(w);
}

void plan_password_renew(struct plan *plan, int64_t id, struct text old, struct text hash)
{
	struct renewal *r = arena_make(plan_arena(plan), struct renewal);

	*r = (struct renewal){ id, old, hash };
	plan_add(plan, renew_run, r);
}

/* ---- remove ---- */

static bool remove_homes(struct writing *w, int64_t id)
{
	struct ids homes = VEC_EMPTY;
	struct db_rows *rows = db_query(w->db, w->err, &HOMES_OF, DB_ARGS(DB_INT(id)));

	while (rows && db_next(rows))
		*vec_push(w->arena, &homes) = db_int(rows, 0);
	if (!db_done(rows))
		return false;
	for (size_t i = 0; i < homes.len; i++)
		if (!collection_remove(w, homes.at[i]))
			return false;
	return true;
}

static bool remove_run(struct writing *w, void *data)
{
	static const struct db_stmt *const traces[] = { &EMAILS_DELETE, &ROLES_DELETE,
		&MEMBERSHIPS_DELETE, &APP_PASSWORDS_DELETE, &SESSIONS_DELETE, &GRANTS_DELETE,
		&OWN_ACES_DELETE, &OWN_PROPS_DELETE, &HELD_LOCKS_DELETE };
	int64_t id = *(int64_t *)data, company, removed;

	if (!ask(w, &KEY_TAKEN, DB_TEXT(TEXT("company")), &company))
		return false;
	if (id == company)
		return err_set(w->err, ERR_FORBIDDEN, "the group company must stay");
	if (!remove_homes(w, id) || !writing_people(w))
		return false;
	for (size_t i = 0; i < COUNT_OF(traces); i++)
		if (!db_run(w->db, w->err, traces[i], DB_ARGS(DB_INT(id)), NULL))
			return false;
	if (!db_run(w->db, w->err, &PRINCIPAL_DELETE, DB_ARGS(DB_INT(id)), &removed))
		return false;
	return removed ? true : plan_stale(w);
}

void plan_principal_remove(struct plan *plan, int64_t id)
{
	int64_t *gone = arena_make(plan_arena(plan), int64_t);

	*gone = id;
	plan_add(plan, remove_run, gone);
}

/* ---- membership ---- */

struct membership {
	struct text member;
	const struct texts *groups;
	bool manager;
};

static bool named(struct writing *w, struct text name, const char *what, int64_t *id)
{
	if (!ask(w, &KEY_TAKEN, DB_TEXT(text_fold(w->arena, name)), id))
		return false;
	return *id ||
	       err_set(w->err, ERR_UNPROCESSABLE, "there is no %s \"%.*s\"", what, TEXT_ARG(name));
}

static bool join(struct writing *w, int64_t member, struct text group, bool manager)
{
	int64_t team, kind;

	if (!named(w, group, "group", &team) || !ask(w, &PRINCIPAL_KIND, DB_INT(team), &kind))
		return false;
	if (kind != PRINCIPAL_GROUP)
		return err_set(
		        w->err, ERR_UNPROCESSABLE, "\"%.*s\" is not a group", TEXT_ARG(group));
	if (team == member)
		return err_set(w->err, ERR_UNPROCESSABLE, "the group \"%.*s\" cannot be in itself",
		        TEXT_ARG(group));
	return db_run(w->db, w->err, &TEAM_INSERT,
	        DB_ARGS(DB_INT(team), DB_INT(member), DB_INT(manager)), NULL);
}

static bool membership_run(struct writing *w, void *data)
{
	const struct membership *set = data;
	int64_t member;

	if (!named(w, set->member, "principal", &member) || !writing_people(w) ||
	        !db_run(w->db, w->err, &TEAMS_DELETE, DB_ARGS(DB_INT(member), DB_INT(set->manager)),
	                NULL))
		return false;
	for (size_t i = 0; i < set->groups->len; i++)
		if (!join(w, member, set->groups->at[i], set->manager))
			return false;
	return true;
}

void plan_membership_set(
        struct plan *plan, struct text member, const struct texts *groups, bool manager)
{
	struct membership *set = arena_make(plan_arena(plan), struct membership);

	*set = (struct membership){ member, groups, manager };
	plan_add(plan, membership_run, set);
}
