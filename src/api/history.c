/* history.c - what was changed of a record, and taking one change back. */
#include "base/base.h"
#include "api/record.h"
#include "crm/look.h"
#include "edit/crm.h"
#include "view/crm_names.h"
#include "view/history.h"

enum { PAGE = 100 };

static const char *const VIA[] = { [VIA_WEB] = "web",
	[VIA_DAV] = "dav",
	[VIA_RULE] = "rule",
	[VIA_IMPORT] = "import",
	[VIA_FORM] = "form",
	[VIA_MAIL] = "mail",
	[VIA_API] = "api",
	[VIA_DEMO] = "demo",
	[VIA_CLOCK] = "clock" };

static const char *via_name(int64_t via)
{
	bool known = via > 0 && via < (int64_t)COUNT_OF(VIA) && VIA[via];

	return known ? VIA[via] : "web";
}

static bool names_of(struct call *c, const struct history *history, struct crm_names *names)
{
	struct ids ids = VEC_EMPTY;

	for (size_t i = 0; i < history->len; i++)
		*vec_push(c->work.arena, &ids) = history->at[i].who;
	return crm_names(&c->work, &ids, names);
}

/* What is kept for an undo alone is shown to nobody. */
static void hide(json_t *changes)
{
	const char *key;
	json_t *pair;
	void *next;

	json_object_foreach_safe(changes, next, key, pair) if (key[0] == '_')
	        json_object_del(changes, key);
}

static bool entry_json(
        struct call *c, const struct history_entry *e, const struct crm_names *names, json_t *items)
{
	json_t *changes;

	if (!crm_json_read(&c->work, e->changes, &changes))
		return false;
	hide(changes);
	return !json_array_append_new(
	        items, json_pack("{s:I, s:I, s:o, s:s, s:o, s:o, s:O, s:b}", "id", e->id, "at",
	                       e->at, "who", api_named(names, e->who), "via", via_name(e->via),
	                       "device", api_word(e->device), "action", api_word(e->action),
	                       "changes", changes, "undoable", history_undoable(e->action)));
}

bool api_history(struct call *c)
{
	struct crm_entry *entry;
	struct history history;
	struct crm_names names;
	json_t *items = api_own(c, json_array()), *page;
	int64_t before;

	if (!api_number(c, "cursor", 0, INT64_MAX, &before) ||
	        !api_entry(c, api_of(c)->noun->noun, api_of(c)->id, &entry) ||
	        !history_of(&c->work, entry->id, before, PAGE, &history) ||
	        !names_of(c, &history, &names))
		return false;
	for (size_t i = 0; i < history.len; i++)
		if (!entry_json(c, &history.at[i], &names, items))
			return false;
	page = json_pack("{s:O}", "items", items);
	if (history.len == PAGE)
		json_object_set_new(page, "cursor",
		        api_word(arena_printf(
		                c->work.arena, "%lld", (long long)history.at[PAGE - 1].id)));
	return api_json(c, 200, page);
}

/* ---- undo ---- */

/* A contact may be the lead again that it was. */
static bool undone(struct call *c)
{
	struct crm_known *known;
	enum crm_noun noun = api_of(c)->noun->noun;

	if (!crm_noun_is_row(noun)) {
		if (!crm_known(&c->work, api_of(c)->id, &known))
			return false;
		noun = known ? known->noun : noun;
	}
	return api_reply_record(c, 200, noun, api_of(c)->id);
}

bool api_undo(struct call *c)
{
	struct edit_crm edit = { 0 };
	struct crm_entry *entry;
	const json_t *body;
	int64_t audit, record;
	bool undoable;

	if (!api_body(c, &body) || !api_entry(c, api_of(c)->noun->noun, api_of(c)->id, &entry))
		return false;
	audit = json_integer_value(json_object_get(body, "audit"));
	if (!history_record(&c->work, audit, &record, &undoable))
		return false;
	if (record != entry->id || !undoable)
		return api_refuse(c, "audit", "there is no such change of this record");
	return api_edit(c, &edit) &&
	       api_commit(
	               c, edit_crm_undo(&c->work, audit, edit.via, edit.device), undone, api_undo);
}
