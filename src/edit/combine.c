#include "base/base.h"
#include "base/str.h"
#include "crm/draft_impl.h"
#include "edit/combine.h"
#include "edit/crm_impl.h"

enum { BELONGING_MAX = 2000 };

DB_STATEMENT(BELONGING, "SELECT record FROM crm_item WHERE account = ?1 AND account <> 0"
                        " UNION SELECT record FROM crm_item WHERE contact = ?1 AND contact <> 0"
                        " UNION SELECT record FROM crm_item WHERE parent = ?1 AND parent <> 0"
                        " UNION SELECT record FROM crm_person WHERE account = ?1 LIMIT ?2");
DB_STATEMENT(FOLLOW_MOVE, "INSERT INTO crm_follow (principal, record, since)"
                          " SELECT principal, ?2, since FROM crm_follow WHERE record = ?1"
                          " ON CONFLICT DO NOTHING");
DB_STATEMENT(FOLLOW_DROP, "DELETE FROM crm_follow WHERE record = ?1");
DB_STATEMENT(ROWS_MOVE, "UPDATE crm_row SET parent = ?2 WHERE parent = ?1 AND noun IN (27, 28)"
                        " /* scan: needs and relations, which are few; enum crm_noun */");
DB_STATEMENT(ALIAS_MOVE, "UPDATE crm_alias SET record = ?2 WHERE record = ?1");
DB_STATEMENT(ALIAS_ADD, "INSERT INTO crm_alias (uid, record) VALUES (?1, ?2)"
                        " ON CONFLICT (uid) DO UPDATE SET record = excluded.record");

struct combining {
	struct work *work;
	const struct edit_combine *asked;
	struct plan *plan;
	struct crm_draft *keep, *lose;
	struct crm_entry *lost;
};

/* ---- the two ---- */

static bool load(
        struct combining *c, int64_t id, struct crm_entry **entry, struct crm_draft **draft)
{
	struct work *work = c->work;
	struct record *record;

	if (!crm_gate(work, c->asked->noun, id, entry) || !record_get(work, id, &record))
		return false;
	if (!record)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	if (!crm_draft_load(work, record, draft))
		return false;
	(*draft)->via = c->asked->via;
	(*draft)->device = c->asked->device;
	(*draft)->action = "merge";
	return true;
}

static bool load_both(struct combining *c)
{
	struct work *work = c->work;
	enum crm_noun noun = c->asked->noun;
	struct crm_entry *kept;

	if (noun != CRM_ACCOUNT && noun != CRM_CONTACT && noun != CRM_LEAD)
		return err_field(&work->err, "with", "accounts, contacts and leads can be merged");
	if (c->asked->keep == c->asked->lose)
		return err_field(&work->err, "with", "this is the same record");
	if (!load(c, c->asked->keep, &kept, &c->keep) ||
	        !load(c, c->asked->lose, &c->lost, &c->lose))
		return false;
	return c->asked->base < 0 || c->asked->base == c->keep->old->revision ||
	       err_set(&work->err, ERR_PRECONDITION_FAILED, "It was changed in the meantime");
}

/* ---- values ---- */

static bool same_item(const json_t *a, const json_t *b)
{
	const json_t *x = json_object_get(a, "value"), *y = json_object_get(b, "value");

	return x && y ? json_equal(x, y) : json_equal(a, b);
}

static json_t *joined(struct arena *arena, const json_t *kept, const json_t *lost)
{
	json_t *list = crm_json_own(arena, json_copy((json_t *)kept)), *item, *there;
	size_t i, k;

	json_array_foreach(lost, i, item)
	{
		bool known = false;

		json_array_foreach(kept, k, there) known |= same_item(there, item);
		if (!known)
			json_array_append(list, item);
	}
	return list;
}

static const json_t *chosen(struct combining *c, const struct crm_field *field)
{
	const json_t *kept = json_object_get(c->keep->now, field->key);
	const json_t *lost = json_object_get(c->lose->before, field->key);
	struct text take = crm_get_text(c->asked->take, field->key);

	if (!lost)
		return kept;
	if (json_is_array(kept))
		return joined(c->work->arena, kept, lost);
	return !kept || text_eq(take, TEXT("that")) ? lost : kept;
}

static bool join_values(struct combining *c)
{
	const struct crm_field *field;

	for (size_t i = 0; (field = crm_field_at(c->asked->noun, i)); i++) {
		const json_t *value = chosen(c, field);

		if (field->class == CRM_SYSTEM || !value ||
		        json_equal(value, json_object_get(c->keep->now, field->key)))
			continue;
		if (!crm_draft_set(c->work, c->keep, field, value))
			return false;
	}
	return crm_draft_settle(c->work, c->keep) &&
	       (!crm_draft_changed(c->keep) || edit_crm_add(c->work, c->plan, c->keep));
}

/* ---- what belongs to it ---- */

static bool list_belonging(struct combining *c, struct ids *ids)
{
	struct db *db = work_reader(c->work);
	struct db_rows *rows =
	        db ? db_query(db, &c->work->err, &BELONGING,
	                     DB_ARGS(DB_INT(c->asked->lose), DB_INT(BELONGING_MAX + 1)))
	           : NULL;

	while (rows && db_next(rows))
		*vec_push(c->work->arena, ids) = db_int(rows, 0);
	if (!db_done(rows))
		return false;
	return ids->len <= BELONGING_MAX ||
	       err_set(&c->work->err, ERR_CRM_VALUE, "more than %d records belong to it",
	               BELONGING_MAX);
}

static void turn_people(struct combining *c, struct crm_draft *draft)
{
	json_t *people = json_object_get(draft->now, "accounts"), *turned, *one;
	size_t i;

	if (!json_is_array(people))
		return;
	turned = json_deep_copy(people);
	json_array_foreach(turned, i, one) if (crm_get_int(one, "account") == c->asked->lose)
	        json_object_set_new(one, "account", json_integer(c->asked->keep));
	draft_put(draft, "accounts", turned);
}

/* Every id of the one that goes becomes the other's. */
static void turn(struct combining *c, struct crm_draft *draft)
{
	const struct crm_field *field;

	for (size_t i = 0; (field = crm_field_at(draft->noun, i)); i++)
		if (field->type == CRM_TYPE_REF && draft_int(draft, field->key) == c->asked->lose)
			draft_put_int(draft, field->key, c->asked->keep);
	turn_people(c, draft);
}

static bool turn_one(struct combining *c, int64_t id)
{
	struct crm_draft *draft;
	struct record *record;

	if (id == c->asked->keep || id == c->asked->lose)
		return true;
	if (!record_get(c->work, id, &record) ||
	        (record && !crm_draft_load(c->work, record, &draft)))
		return false;
	if (!record)
		return true;
	draft->via = c->asked->via;
	draft->device = c->asked->device;
	turn(c, draft);
	return !crm_draft_changed(draft) ||
	       (crm_draft_settle(c->work, draft) && edit_crm_add(c->work, c->plan, draft));
}

static bool turn_belonging(struct combining *c)
{
	struct ids ids = VEC_EMPTY;

	if (!list_belonging(c, &ids))
		return false;
	for (size_t i = 0; i < ids.len; i++)
		if (!turn_one(c, ids.at[i]))
			return false;
	return true;
}

/* ---- the one that goes ---- */

static bool lead_on_run(struct writing *w, void *data)
{
	const struct combining *c = data;
	struct db_value lose = DB_INT(c->asked->lose), keep = DB_INT(c->asked->keep);

	return db_run(w->db, w->err, &FOLLOW_MOVE, DB_ARGS(lose, keep), NULL) &&
	       db_run(w->db, w->err, &FOLLOW_DROP, DB_ARGS(lose), NULL) &&
	       db_run(w->db, w->err, &ROWS_MOVE, DB_ARGS(lose, keep), NULL) &&
	       db_run(w->db, w->err, &ALIAS_MOVE, DB_ARGS(lose, keep), NULL) &&
	       db_run(w->db, w->err, &ALIAS_ADD, DB_ARGS(DB_TEXT(c->lose->uid), keep), NULL);
}

static bool part_with(struct combining *c)
{
	struct crm_happened *event = draft_event(c->work, c->lose, CRM_EVENT_MERGED);

	event->to_num = c->asked->keep;
	if (!crm_bin_put(c->work, c->plan, c->lose, c->lost))
		return false;
	plan_add(c->plan, lead_on_run, c);
	return true;
}

struct plan *edit_combine(struct work *work, const struct edit_combine *asked)
{
	struct combining *c = arena_make(work->arena, struct combining);
	struct outcome *outcome;

	*c = (struct combining){ .work = work, .asked = asked };
	c->plan = gate_plan(work, &outcome);
	if (!load_both(c))
		return NULL;
	outcome->record = c->keep->old;
	if (!turn_belonging(c) || !part_with(c) || !join_values(c))
		return NULL;
	if (c->keep->stored)
		outcome->record = c->keep->stored;
	return c->plan;
}
