/* staff.c - making, changing and removing users and teams, each in one plan. */
#include "base/base.h"
#include "api/people.h"
#include "edit/hand_back.h"
#include "people/group.h"
#include "people/import.h"
#include "people/login.h"
#include "people/reach.h"

enum { MEMBERS_MOST = 5000, WORDS_MOST = 50 };

/* What is wanted of one principal. */
struct wishes {
	enum principal_kind kind;
	const json_t *body;
	struct roster_entry *old; /* NULL: a new one */
	struct plan *plan;
	struct principal_put put;
};

/* Rights are asked for each thing that is wished: an admin may do everything. */
static bool is_admin(struct call *c)
{
	return c->work.who->is_admin || err_privilege(&c->work.err, TEXT("/principals/"), "all");
}

static bool may_say_who_is_in(struct call *c, int64_t group)
{
	bool manages = c->work.who->is_admin;

	if (!manages && !reach_manages(&c->work, group, &manages))
		return false;
	return manages || err_privilege(&c->work.err, TEXT("/principals/groups/"), "all");
}

/* ---- reading wishes ---- */

static bool read_words(struct call *c, struct wishes *w, const char *key, struct texts *texts)
{
	const json_t *list = json_object_get(w->body, key);
	json_t *word;
	size_t i;

	if (!json_is_array(list) || json_array_size(list) > WORDS_MOST)
		return api_refuse(c, key, "a list of texts is expected");
	json_array_foreach((json_t *)list, i, word)
	{
		if (!json_is_string(word))
			return api_refuse(c, key, "a list of texts is expected");
		*vec_push(c->work.arena, texts) =
		        (struct text){ json_string_value(word), json_string_length(word) };
	}
	return true;
}

/* A value that people/import.h would not take, as a refusal of the field. */
static bool checked(struct call *c, const char *key, struct err *err)
{
	if (!err_is_set(err))
		return true;
	c->work.err = *err;
	c->work.err.id = ERR_CRM_VALUE;
	c->work.err.field = key;
	return false;
}

static bool read_emails(struct call *c, struct wishes *w)
{
	struct err err = { 0 };

	w->put.set_emails = json_object_get(w->body, "emails");
	if (!w->put.set_emails)
		return true;
	if (!read_words(c, w, "emails", &w->put.emails))
		return false;
	for (size_t i = 0; i < w->put.emails.len && !err_is_set(&err); i++)
		if (!people_email_check(w->put.emails.at[i], &err))
			break;
	return checked(c, "emails", &err);
}

static bool is_among(const struct texts *texts, struct text wanted)
{
	for (size_t i = 0; i < texts->len; i++)
		if (text_eq(texts->at[i], wanted))
			return true;
	return false;
}

static bool read_roles(struct call *c, struct wishes *w)
{
	struct err err = { 0 };

	w->put.set_roles = json_object_get(w->body, "roles");
	if (!w->put.set_roles)
		return true;
	if (!read_words(c, w, "roles", &w->put.roles))
		return false;
	for (size_t i = 0; i < w->put.roles.len && !err_is_set(&err); i++)
		if (!people_role_check(w->put.roles.at[i], &err))
			break;
	/* Somebody must be left who can undo it. */
	if (w->old && w->old->principal.id == c->work.who->id &&
	        !is_among(&w->put.roles, TEXT("admin")))
		return api_refuse(c, "roles", "let another admin take this role from you");
	return checked(c, "roles", &err);
}

static bool read_names(struct call *c, struct wishes *w)
{
	struct principal *p = &w->put.principal;
	struct err err = { 0 };
	struct text name, display;

	if (!api_text(c, w->body, "name", !w->old, &name) ||
	        !api_text(c, w->body, "display_name", false, &display))
		return false;
	if (name.ptr) {
		p->name = text_trim(name);
		if (!people_name_check(p->name, &err))
			return checked(c, "name", &err);
	}
	display = text_trim(display);
	if (display.len > 200 || !text_is_clean(display) || text_find_char(display, '\n') >= 0)
		return api_refuse(c, "display_name", "up to 200 bytes on one line are expected");
	if (display.len)
		p->display_name = display;
	return true;
}

static bool read_password(struct call *c, struct wishes *w)
{
	struct text password;

	if (!json_object_get(w->body, "password"))
		return true;
	if (w->kind != PRINCIPAL_USER)
		return api_refuse(c, "password", "a team has none");
	if (!api_text(c, w->body, "password", true, &password))
		return false;
	if (password.len < 8 || password.len > 1024)
		return api_refuse(c, "password", "8 to 1024 bytes are expected");
	w->put.set_password = true;
	return login_hash(&c->work, password, &w->put.principal.password);
}

/* ---- who is in what ---- */

static bool read_ids(struct call *c, struct wishes *w, const char *key, struct ids *ids)
{
	const json_t *list = json_object_get(w->body, key);
	json_t *id;
	size_t i;

	if (!json_is_array(list) || json_array_size(list) > MEMBERS_MOST)
		return api_refuse(c, key, "a list of ids is expected");
	json_array_foreach((json_t *)list, i, id)
	{
		if (json_integer_value(id) < 1)
			return api_refuse(c, key, "a list of ids is expected");
		*vec_push(c->work.arena, ids) = json_integer_value(id);
	}
	return true;
}

static bool holds(const struct ids *ids, int64_t id)
{
	for (size_t i = 0; i < ids->len; i++)
		if (ids->at[i] == id)
			return true;
	return false;
}

/* One list of the body: the groups it is in (or manages), or who is in it (or manages it). */
struct link {
	const char *key;
	bool of_group; /* the others are its members, not its groups */
	bool manager;
};

static const struct link LINKS[] = { { "member_of", false, false }, { "manager_of", false, true },
	{ "members", true, false }, { "managers", true, true } };

static bool other_is_right(struct call *c, const struct link *link, int64_t id)
{
	struct principal *p;

	if (!principal_get(&c->work, id, &p))
		return false;
	if (!p || (!link->of_group && p->kind != PRINCIPAL_GROUP))
		return api_refuse(c, link->key, "there is no such team or person");
	/* Who manages a team fills it with people, not with other teams. */
	return p->kind == PRINCIPAL_USER || !link->of_group || is_admin(c);
}

static bool join_or_leave(
        struct call *c, struct wishes *w, const struct link *link, int64_t other, bool joins)
{
	int64_t own = w->put.principal.id;
	int64_t group = link->of_group ? own : other, member = link->of_group ? other : own;

	/* Whoever manages a group must not make others its managers. */
	if (link->manager ? !is_admin(c) : !may_say_who_is_in(c, group))
		return false;
	if (joins && !other_is_right(c, link, other))
		return false;
	if (joins)
		plan_group_join(w->plan, group, member, link->manager);
	else
		plan_group_leave(w->plan, group, member, link->manager);
	return true;
}

static struct ids *old_of(const struct wishes *w, const struct link *link)
{
	if (link->of_group)
		return link->manager ? &w->old->managers : &w->old->members;
	return link->manager ? &w->old->manager_of : &w->old->member_of;
}

static bool change_link(struct call *c, struct wishes *w, const struct link *link)
{
	struct ids wanted = VEC_EMPTY, *old = old_of(w, link);

	if (!json_object_get(w->body, link->key))
		return true;
	if (link->of_group && w->kind != PRINCIPAL_GROUP)
		return api_refuse(c, link->key, "only a team has them");
	if (!read_ids(c, w, link->key, &wanted))
		return false;
	for (size_t i = 0; i < wanted.len; i++)
		if (!holds(old, wanted.at[i]) && !join_or_leave(c, w, link, wanted.at[i], true))
			return false;
	for (size_t i = 0; i < old->len; i++)
		if (!holds(&wanted, old->at[i]) && !join_or_leave(c, w, link, old->at[i], false))
			return false;
	return true;
}

static bool change_links(struct call *c, struct wishes *w)
{
	for (size_t i = 0; i < COUNT_OF(LINKS); i++)
		if (!change_link(c, w, &LINKS[i]))
			return false;
	plan_group_no_circle(w->plan, w->put.principal.name);
	return true;
}

/* Of a new one: by names, resolved when the plan runs. */
static bool join_new(struct call *c, struct wishes *w, const char *key, bool manager)
{
	struct texts *names = arena_make(c->work.arena, struct texts);
	struct ids ids = VEC_EMPTY;

	if (!json_object_get(w->body, key))
		return true;
	if (!read_ids(c, w, key, &ids))
		return false;
	for (size_t i = 0; i < ids.len; i++) {
		struct principal *p;

		if (!principal_get(&c->work, ids.at[i], &p))
			return false;
		if (!p || p->kind != PRINCIPAL_GROUP)
			return api_refuse(c, key, "there is no such team");
		*vec_push(c->work.arena, names) = p->name;
	}
	plan_membership_set(w->plan, w->put.principal.name, names, manager);
	return true;
}

/* ---- making and changing ---- */

static bool own_values(const struct wishes *w)
{
	static const char *const keys[] = { "name", "display_name", "emails", "roles", "password" };

	for (size_t i = 0; i < COUNT_OF(keys); i++)
		if (json_object_get(w->body, keys[i]))
			return true;
	return !w->old;
}

static bool plan_own(struct call *c, struct wishes *w)
{
	if (!own_values(w))
		return true;
	if (!is_admin(c) || !read_names(c, w) || !read_emails(c, w) || !read_roles(c, w) ||
	        !read_password(c, w))
		return false;
	plan_principal_put(w->plan, &w->put);
	return true;
}

/* If-Match is an offer here: who sends it is told when something else was changed meanwhile. */
static bool check_etag(struct call *c, struct wishes *w)
{
	struct text sent = text_trim(call_header(c, "If-Match"));
	struct roster one = VEC_EMPTY;
	json_t *array;
	const char *etag;

	if (!w->old || !sent.ptr || text_eq(sent, TEXT("*")))
		return true;
	*vec_push(c->work.arena, &one) = *w->old;
	if (!people_json(c, &one, &array))
		return false;
	etag = json_string_value(json_object_get(json_array_get(array, 0), "etag"));
	return text_find(sent, text_of(etag)) >= 0 ||
	       err_set(&c->work.err, ERR_PRECONDITION_FAILED, "%s", "");
}

static bool stored(struct call *c)
{
	const struct wishes *w = api_of(c)->own;
	const char *where = w->kind == PRINCIPAL_USER ? "users" : "teams";
	int64_t id = w->put.principal.id;

	if (w->old)
		return people_reply(c, 200, w->kind, id);
	call_set(c, "Location",
	        arena_printf(c->work.arena, "/api/v1/%s/%lld", where, (long long)id));
	return people_reply(c, 201, w->kind, id);
}

static bool store(struct call *c, enum principal_kind kind, call_fn *again)
{
	struct wishes *w = arena_make(c->work.arena, struct wishes);
	int64_t id = api_of(c)->id;

	w->kind = kind;
	w->plan = plan_new(c->work.arena, c->work.now);
	api_of(c)->own = w;
	if (!api_body(c, &w->body) || (id && !roster_get(&c->work, kind, id, &w->old)))
		return false;
	if (id && !w->old)
		return err_set(&c->work.err, ERR_NOT_FOUND, "%s", "");
	if (w->old)
		w->put.principal = w->old->principal;
	w->put.principal.kind = kind;
	if (!check_etag(c, w) || !plan_own(c, w))
		return false;
	if (w->old ? !change_links(c, w)
	           : !join_new(c, w, "member_of", false) || !join_new(c, w, "manager_of", true))
		return false;
	return api_commit(c, w->plan, stored, again);
}

/* Hashing a password takes its time. */
static bool user_put(struct call *c)
{
	return store(c, PRINCIPAL_USER, api_user_put);
}

bool api_user_put(struct call *c)
{
	return call_slow(c, user_put);
}

bool api_team_put(struct call *c)
{
	return store(c, PRINCIPAL_GROUP, api_team_put);
}

/* ---- removing ---- */

static bool drop(struct call *c, enum principal_kind kind, call_fn *again)
{
	struct plan *plan = plan_new(c->work.arena, c->work.now);
	struct principal *p;

	if (!is_admin(c) || !principal_get(&c->work, api_of(c)->id, &p))
		return false;
	if (!p || p->kind != (int64_t)kind)
		return err_set(&c->work.err, ERR_NOT_FOUND, "%s", "");
	if (p->id == c->work.who->id)
		return err_set(&c->work.err, ERR_FORBIDDEN, "let another admin remove you");
	if (!hand_back_all(&c->work, p->id, VIA_WEB))
		return false;
	plan_principal_remove(plan, p->id);
	return api_commit(c, plan, api_none, again);
}

static bool user_drop(struct call *c)
{
	return drop(c, PRINCIPAL_USER, user_drop);
}

/* All that is theirs is handed back first. */
bool api_user_drop(struct call *c)
{
	return call_slow(c, user_drop);
}

static bool team_drop(struct call *c)
{
	return drop(c, PRINCIPAL_GROUP, team_drop);
}

bool api_team_drop(struct call *c)
{
	return call_slow(c, team_drop);
}
