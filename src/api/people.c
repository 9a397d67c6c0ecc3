/* people.c - users and teams: told to everybody, changed by admins; who manages a team says who is
 * in it. */
#include "base/base.h"
#include "api/people.h"
#include "base/hash.h"
#include "view/crm_names.h"
#include "wire/header.h"

/* ---- telling ---- */

static void gather(struct call *c, struct ids *all, const struct ids *some)
{
	for (size_t i = 0; i < some->len; i++)
		*vec_push(c->work.arena, all) = some->at[i];
}

static json_t *named_list(const struct crm_names *names, const struct ids *ids)
{
	json_t *array = json_array();

	for (size_t i = 0; i < ids->len; i++)
		json_array_append_new(array, json_pack("{s:I, s:o}", "id", ids->at[i], "name",
		                                     api_word(crm_name(names, ids->at[i]))));
	return array;
}

static json_t *words_of(const struct texts *texts)
{
	json_t *array = json_array();

	for (size_t i = 0; i < texts->len; i++)
		json_array_append_new(array, api_word(texts->at[i]));
	return array;
}

static json_t *entry_json(
        struct call *c, const struct roster_entry *e, const struct crm_names *names)
{
	const struct principal *p = &e->principal;
	json_t *object = json_pack("{s:I, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "id", p->id, "kind",
	        p->kind == PRINCIPAL_USER ? "user" : "group", "name", api_word(p->name),
	        "display_name", api_word(p->display_name), "emails", words_of(&e->emails), "roles",
	        words_of(&e->roles), "member_of", named_list(names, &e->member_of), "manager_of",
	        named_list(names, &e->manager_of));
	char *all;

	if (p->kind == PRINCIPAL_GROUP) {
		json_object_set_new(object, "members", named_list(names, &e->members));
		json_object_set_new(object, "managers", named_list(names, &e->managers));
	}
	all = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
	json_object_set_new(object, "etag", api_word(etag_of(c->work.arena, text_of(all))));
	free(all);
	return object;
}

bool people_json(struct call *c, const struct roster *roster, json_t **array)
{
	struct crm_names names;
	struct ids ids = VEC_EMPTY;

	for (size_t i = 0; i < roster->len; i++) {
		gather(c, &ids, &roster->at[i].member_of);
		gather(c, &ids, &roster->at[i].manager_of);
		gather(c, &ids, &roster->at[i].members);
		gather(c, &ids, &roster->at[i].managers);
	}
	if (!crm_names(&c->work, &ids, &names))
		return false;
	*array = api_own(c, json_array());
	for (size_t i = 0; i < roster->len; i++)
		json_array_append_new(*array, entry_json(c, &roster->at[i], &names));
	return true;
}

/* ---- lists ---- */

static bool has(const struct ids *ids, int64_t id)
{
	for (size_t i = 0; i < ids->len; i++)
		if (ids->at[i] == id)
			return true;
	return false;
}

/* f=team:eq:ID: those in that team; everybody is in `company`. */
static bool team_wanted(struct call *c, int64_t *team)
{
	struct text f = call_query(c, "f");

	*team = 0;
	if (!f.ptr)
		return true;
	return (text_starts(f, TEXT("team:eq:")) && text_to_int(text_from(f, 8), team)) ||
	       err_set(&c->work.err, ERR_BAD_REQUEST, "only f=team:eq:ID can be asked for here");
}

static bool list(struct call *c, enum principal_kind kind)
{
	struct roster all, some = VEC_EMPTY;
	int64_t team, limit;
	json_t *array;

	if (!team_wanted(c, &team) || !api_number(c, "limit", 10000, 10000, &limit) ||
	        !roster_list(&c->work, kind, &all))
		return false;
	for (size_t i = 0; i < all.len && some.len < (size_t)limit; i++)
		if (!team || team == c->work.who->company || has(&all.at[i].member_of, team))
			*vec_push(c->work.arena, &some) = all.at[i];
	return people_json(c, &some, &array) &&
	       api_json(c, 200,
	               json_pack("{s:O, s:I, s:I}", "items", array, "total", (json_int_t)all.len,
	                       "as_of", c->work.now));
}

bool people_reply(struct call *c, int status, enum principal_kind kind, int64_t id)
{
	struct roster one = VEC_EMPTY;
	struct roster_entry *entry;
	json_t *array, *object;

	if (!roster_get(&c->work, kind, id, &entry))
		return false;
	if (!entry)
		return err_set(&c->work.err, ERR_NOT_FOUND, "%s", "");
	*vec_push(c->work.arena, &one) = *entry;
	if (!people_json(c, &one, &array))
		return false;
	object = json_array_get(array, 0);
	call_etag(c, text_of(json_string_value(json_object_get(object, "etag"))));
	return api_json(c, status, json_incref(object));
}

bool api_users(struct call *c)
{
	return list(c, PRINCIPAL_USER);
}

bool api_teams(struct call *c)
{
	return list(c, PRINCIPAL_GROUP);
}

bool api_user(struct call *c)
{
	return people_reply(c, 200, PRINCIPAL_USER, api_of(c)->id);
}

bool api_team(struct call *c)
{
	return people_reply(c, 200, PRINCIPAL_GROUP, api_of(c)->id);
}
