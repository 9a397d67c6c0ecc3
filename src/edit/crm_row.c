/* crm_row.c - new and changed rows, and those that go. */
#include "base/base.h"
#include "base/str.h"
#include "crm/refs.h"
#include "crm/trace.h"
#include "edit/crm_impl.h"
#include "people/who.h"
#include "store/house.h"

struct changing {
	struct work *work;
	const struct edit_crm *asked;
	struct crm_row_draft draft;
};

static bool load(struct changing *c)
{
	struct crm_entry *entry;
	struct crm_row *row;

	if (!crm_gate(c->work, c->asked->noun, c->asked->id, &entry) ||
	        !crm_row_get(c->work, c->asked->id, &row))
		return false;
	if (!row)
		return err_set(&c->work->err, ERR_NOT_FOUND, "There is nothing here");
	if (c->asked->base >= 0 && c->asked->base != row->revision)
		return err_set(
		        &c->work->err, ERR_PRECONDITION_FAILED, "It was changed in the meantime");
	c->draft.old = row;
	c->draft.parent = c->asked->parent ? c->asked->parent : row->parent;
	c->draft.position = c->asked->position < 0 ? row->position : c->asked->position;
	c->draft.now = crm_json_own(c->work->arena, json_copy(row->values));
	return true;
}

static bool begin(struct changing *c)
{
	struct crm_entry would_be = { .noun = c->asked->noun, .parent = c->asked->parent };
	bool may;

	if (!crm_may_change(c->work, &would_be, &may))
		return false;
	c->draft.parent = c->asked->parent;
	c->draft.position = c->asked->position;
	c->draft.now = crm_json_own(c->work->arena, json_object());
	return may || err_set(&c->work->err, ERR_NEED_PRIVILEGES, "This is not yours to make");
}

static bool set_one(struct changing *c, const char *key, const json_t *value)
{
	const struct crm_field *field = crm_field(c->asked->noun, text_of(key));
	json_t *canonical;

	if (!field)
		return err_field(&c->work->err, arena_cstr(c->work->arena, text_of(key)),
		        "there is no such field");
	if (field->class == CRM_SYSTEM)
		return err_field(&c->work->err, field->key, "it is worked out here");
	if (!crm_value_check(c->work, field, value, &canonical))
		return false;
	if (!canonical)
		return json_object_del(c->draft.now, key) == 0 || true;
	return refs_check(c->work, field, &canonical) &&
	       json_object_set(c->draft.now, key, canonical) == 0;
}

/* One pipeline at most is the one that is meant where nobody says. */
static bool unset_others(struct changing *c, struct plan *plan)
{
	struct crm_rows rows;

	if (c->asked->noun != CRM_PIPELINE || !crm_get_bool(c->draft.now, "preset"))
		return true;
	if (!crm_rows_of(c->work, CRM_PIPELINE, -1, &rows))
		return false;
	for (size_t i = 0; i < rows.len; i++) {
		const struct crm_row *row = &rows.at[i];
		struct crm_row_put *put = arena_make(c->work->arena, struct crm_row_put);

		if ((c->draft.old && row->id == c->draft.old->id) ||
		        !crm_get_bool(row->values, "preset"))
			continue;
		json_object_del(row->values, "preset");
		*put = (struct crm_row_put){ .id = row->id,
			.guard = row->revision,
			.noun = row->noun,
			.position = row->position,
			.data = crm_json_write(c->work->arena, row->values) };
		plan_row_put(plan, put);
	}
	return true;
}

static void audit(
        struct changing *c, struct plan *plan, const struct crm_row_put *put, const char *action)
{
	const struct crm_row *old = c->draft.old;

	trace_audit(plan, &(struct trace_audit){ .record = put ? &put->id : &old->id,
	                          .revision = put ? &put->revision : &old->revision,
	                          .noun = c->asked->noun,
	                          .via = c->asked->via ? c->asked->via : VIA_WEB,
	                          .device = c->asked->device,
	                          .action = text_of(action),
	                          .changes = trace_changes(c->work->arena, c->asked->noun,
	                                  old ? old->values : NULL, put ? c->draft.now : NULL),
	                          .at = c->draft.at,
	                          .who = c->work->who ? c->work->who->id : 0 });
}

struct plan *crm_row_change(struct work *work, const struct edit_crm *asked)
{
	struct changing c = { work, asked, { .noun = asked->noun } };
	struct crm_row_put *put = arena_make(work->arena, struct crm_row_put);
	struct outcome *outcome;
	struct plan *plan;
	const char *key;
	json_t *value;

	c.draft.at = asked->at ? asked->at : work->now;
	if (!(asked->id ? load(&c) : begin(&c)))
		return NULL;
	json_object_foreach(
	        (json_t *)asked->set, key, value) if (!set_one(&c, key, value)) return NULL;
	if (!crm_row_settle(work, &c.draft))
		return NULL;
	*put = (struct crm_row_put){ .id = asked->id,
		.guard = c.draft.old ? c.draft.old->revision : 0,
		.noun = asked->noun,
		.parent = c.draft.parent,
		.position = c.draft.position,
		.data = crm_json_write(work->arena, c.draft.now) };
	plan = gate_plan(work, &outcome);
	outcome->created = !asked->id;
	outcome->row = put;
	plan_row_put(plan, put);
	audit(&c, plan, put, asked->id ? "change" : "create");
	return unset_others(&c, plan) ? plan : NULL;
}

struct plan *crm_row_delete(struct work *work, const struct edit_crm *asked)
{
	struct changing c = { work, asked, { .noun = asked->noun, .at = work->now } };
	struct outcome *outcome;
	struct plan *plan;

	if (!load(&c) || !crm_row_removable(work, c.draft.old))
		return NULL;
	plan = gate_plan(work, &outcome);
	plan_row_remove(plan, c.draft.old);
	audit(&c, plan, NULL, "delete");
	return plan;
}
