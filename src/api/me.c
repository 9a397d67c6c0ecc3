/* me.c - who is asking: name, roles, teams, preferences; and the company. */
#include "base/base.h"
#include "api/me.h"
#include "base/settings.h"
#include "edit/answer.h"
#include "people/preference.h"
#include "people/who.h"
#include "store/principal.h"

static json_t *words(const struct texts *texts)
{
	json_t *array = json_array();

	for (size_t i = 0; i < texts->len; i++)
		json_array_append_new(array, api_word(texts->at[i]));
	return array;
}

/* [{id, name}] of those that are still there; `company`, which holds everybody, says nothing. */
static bool groups_json(struct call *c, const struct ids *ids, json_t **array)
{
	*array = api_own(c, json_array());
	for (size_t i = 0; i < ids->len; i++) {
		struct principal *p;

		if (!principal_get(&c->work, ids->at[i], &p))
			return false;
		if (p && p->id != c->work.who->company)
			json_array_append_new(*array, json_pack("{s:I, s:o}", "id", p->id, "name",
			                                      api_word(p->display_name)));
	}
	return true;
}

bool api_preferences_json(struct call *c, json_t **object)
{
	struct preferences list;

	*object = api_own(c, json_object());
	if (!preference_list(&c->work, c->work.who->id, &list))
		return false;
	for (size_t i = 0; i < list.len; i++) {
		struct text value = list.at[i].value;

		json_object_setn_new(*object, list.at[i].name.ptr, list.at[i].name.len,
		        json_loadb(value.ptr, value.len, JSON_DECODE_ANY, NULL));
	}
	return true;
}

static bool company_json(struct call *c, json_t **object)
{
	struct principal *company;

	if (!principal_by_name(&c->work, TEXT("company"), &company))
		return false;
	*object =
	        api_own(c, json_pack("{s:o, s:s, s:s, s:b}", "name",
	                           company ? api_word(company->display_name) : json_string(""),
	                           "currency", c->settings->crm_currency, "time_zone",
	                           c->settings->crm_time_zone, "mail", edit_mail_leaves(&c->work)));
	return true;
}

/* What has to be looked up of somebody. */
struct looked_up {
	struct principal *p;
	struct texts emails, roles;
	struct ids managed, groups;
};

static bool look_up(struct work *work, struct looked_up *up)
{
	int64_t id = work->who->id;

	if (!principal_get(work, id, &up->p) || !principal_emails(work, id, &up->emails) ||
	        !principal_roles(work, id, &up->roles) ||
	        !principal_groups(work, id, true, &up->managed))
		return false;
	for (size_t i = 0; i < work->who->groups_len; i++)
		*vec_push(work->arena, &up->groups) = work->who->groups[i];
	return up->p || err_set(&work->err, ERR_UNAUTHORIZED, "%s", "");
}

bool api_me_json(struct call *c, json_t **me)
{
	json_t *teams, *manages, *preferences, *company;
	struct looked_up up = { 0 };

	if (!look_up(&c->work, &up) || !groups_json(c, &up.groups, &teams) ||
	        !groups_json(c, &up.managed, &manages) || !api_preferences_json(c, &preferences) ||
	        !company_json(c, &company))
		return false;
	*me = json_pack("{s:I, s:o, s:o, s:o, s:o, s:b, s:b}", "id", up.p->id, "name",
	        api_word(up.p->name), "display_name", api_word(up.p->display_name), "emails",
	        words(&up.emails), "roles", words(&up.roles), "is_admin", c->work.who->is_admin,
	        "is_leadership", c->work.who->is_leadership);
	json_object_set(*me, "manages", manages);
	json_object_set(*me, "teams", teams);
	json_object_set(*me, "locale",
	        json_is_string(json_object_get(preferences, "locale"))
	                ? json_object_get(preferences, "locale")
	                : json_null());
	json_object_set(*me, "preferences", preferences);
	json_object_set(*me, "company", company);
	return true;
}

bool api_me(struct call *c)
{
	json_t *me;

	return api_me_json(c, &me) && api_json(c, 200, me);
}
