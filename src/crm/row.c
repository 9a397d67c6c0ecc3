#include "base/base.h"
#include "base/str.h"
#include "crm/row.h"
#include "store/notice.h"
#include "store/principal.h"

DB_STATEMENT(ROW_INSERT,
        "INSERT INTO crm_row (id, noun, parent, position, revision, created, modified, data)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)");
DB_STATEMENT(ROW_UPDATE, "UPDATE crm_row SET parent = ?3, position = ?4, revision = ?5,"
                         " modified = ?6, data = ?7 WHERE id = ?1 AND revision = ?2");
DB_STATEMENT(ROW_DELETE, "DELETE FROM crm_row WHERE id = ?1 AND revision = ?2");
DB_STATEMENT(ROWS_BELOW, "SELECT id FROM crm_row WHERE noun IN (21, 24) AND parent = ?1");
DB_STATEMENT(ROW_DROP, "DELETE FROM crm_row WHERE id = ?1");
DB_STATEMENT(LAST_POSITION, "SELECT position FROM crm_row WHERE noun = ?1 AND parent = ?2"
                            " ORDER BY position DESC LIMIT 1");
DB_STATEMENT(REQUESTS_OF, "SELECT id, data FROM crm_row WHERE noun = 36 AND parent = ?1");
/* Names of statuses and stages stand in the index too, and what they mean. */
DB_STATEMENT(LEADS_RENAMED, "UPDATE crm_item SET status = ?2, state = ?3 WHERE noun = 3"
                            " AND state IN (0, 1, 2) AND stage = ?1");
DB_STATEMENT(DEALS_RENAMED, "UPDATE crm_item SET status = ?2, state = ?3 WHERE noun = 4"
                            " AND state IN (0, 1, 2) AND stage = ?1");

static bool position_of(struct writing *w, struct crm_row_put *put)
{
	struct db_rows *rows;

	if (put->position >= 0)
		return true;
	rows = db_query(
	        w->db, w->err, &LAST_POSITION, DB_ARGS(DB_INT(put->noun), DB_INT(put->parent)));
	put->position = rows && db_next(rows) ? db_int(rows, 0) + 1 : 1;
	return db_done(rows);
}

static bool values_of(struct writing *w, struct text data, json_t **values)
{
	struct work work = { .arena = w->arena };

	if (crm_json_read(&work, data, values))
		return true;
	*w->err = work.err;
	return false;
}

static int64_t state_of(struct text type)
{
	if (text_eq(type, TEXT("converted")) || text_eq(type, TEXT("won")))
		return 1;
	return text_eq(type, TEXT("dead")) || text_eq(type, TEXT("lost")) ? 2 : 0;
}

/* What is worked out of rows elsewhere. */
static bool follow(struct writing *w, const struct crm_row_put *put, bool is_new)
{
	json_t *values;

	if (put->noun == CRM_VISIBILITY || put->noun == CRM_COVER)
		return writing_people(w);
	if (is_new || (put->noun != CRM_STAGE && put->noun != CRM_LEAD_STATUS))
		return true;
	return values_of(w, put->data, &values) &&
	       db_run(w->db, w->err, put->noun == CRM_STAGE ? &DEALS_RENAMED : &LEADS_RENAMED,
	               DB_ARGS(DB_INT(put->id), DB_TEXT(crm_get_text(values, "name")),
	                       DB_INT(state_of(crm_get_text(values, "type")))),
	               NULL);
}

static void say_changed(struct writing *w, int64_t id, enum crm_noun noun)
{
	writing_notice(w, &(struct notice){ .id = id, .kind = NOTICE_ROW + (int64_t)noun });
}

static bool put_run(struct writing *w, void *data)
{
	struct crm_row_put *put = data;
	bool is_new = !put->id;
	int64_t changed = 1;

	if (!position_of(w, put) || !writing_change(w, &put->revision) ||
	        (is_new && !writing_id(w, &put->id)))
		return false;
	if (is_new ? !db_run(w->db, w->err, &ROW_INSERT,
	                     DB_ARGS(DB_INT(put->id), DB_INT(put->noun), DB_INT(put->parent),
	                             DB_INT(put->position), DB_INT(put->revision), DB_INT(w->now),
	                             DB_TEXT(put->data)),
	                     NULL)
	           : !db_run(w->db, w->err, &ROW_UPDATE,
	                     DB_ARGS(DB_INT(put->id), DB_INT(put->guard), DB_INT(put->parent),
	                             DB_INT(put->position), DB_INT(put->revision), DB_INT(w->now),
	                             DB_TEXT(put->data)),
	                     &changed))
		return false;
	say_changed(w, put->id, put->noun);
	return changed ? follow(w, put, is_new) : plan_stale(w);
}

void plan_row_put(struct plan *plan, struct crm_row_put *put)
{
	plan_add(plan, put_run, put);
}

/* ---- remove ---- */

static bool drop_all(struct writing *w, const struct ids *ids)
{
	for (size_t i = 0; i < ids->len; i++)
		if (!db_run(w->db, w->err, &ROW_DROP, DB_ARGS(DB_INT(ids->at[i])), NULL))
			return false;
	return true;
}

static bool remove_run(struct writing *w, void *data)
{
	const struct crm_row *row = data;
	struct ids below = VEC_EMPTY;
	struct db_rows *rows = db_query(w->db, w->err, &ROWS_BELOW, DB_ARGS(DB_INT(row->id)));
	int64_t removed;

	while (rows && db_next(rows))
		*vec_push(w->arena, &below) = db_int(rows, 0);
	if (!db_done(rows) || !drop_all(w, &below) ||
	        !db_run(w->db, w->err, &ROW_DELETE, DB_ARGS(DB_INT(row->id), DB_INT(row->revision)),
	                &removed))
		return false;
	if (!removed)
		return plan_stale(w);
	say_changed(w, row->id, row->noun);
	return (row->noun != CRM_VISIBILITY && row->noun != CRM_COVER) || writing_people(w);
}

void plan_row_remove(struct plan *plan, const struct crm_row *row)
{
	plan_add(plan, remove_run, (void *)row);
}

/* ---- what is asked on the home page ---- */

struct settling {
	int64_t record;
	struct text kind;
};

static bool answer_run(struct writing *w, void *data)
{
	const struct settling *s = data;
	struct ids gone = VEC_EMPTY;
	struct db_rows *rows = db_query(w->db, w->err, &REQUESTS_OF, DB_ARGS(DB_INT(s->record)));
	bool ok = true;

	while (ok && rows && db_next(rows)) {
		json_t *values;

		ok = values_of(w, arena_text(w->arena, db_text(rows, 1)), &values);
		if (ok && text_eq(crm_get_text(values, "kind"), s->kind))
			*vec_push(w->arena, &gone) = db_int(rows, 0);
	}
	for (size_t i = 0; i < gone.len; i++)
		say_changed(w, gone.at[i], CRM_REQUEST);
	return db_done(rows) && ok && drop_all(w, &gone);
}

void plan_row_answer(struct plan *plan, int64_t record, struct text kind)
{
	struct settling *s = arena_make(plan_arena(plan), struct settling);

	*s = (struct settling){ record, kind };
	plan_add(plan, answer_run, s);
}

bool writing_row_ask(struct writing *w, const struct crm_row_ask *ask)
{
	json_t *values = crm_json_own(w->arena, json_object());
	struct settling same = { *ask->record, text_of(ask->kind) };
	struct crm_row_put *put = arena_make(w->arena, struct crm_row_put);

	json_object_set_new(values, "kind", json_string(ask->kind));
	json_object_set_new(values, "who", json_integer(ask->who));
	json_object_set_new(values, "record", json_integer(*ask->record));
	json_object_set_new(values, "text", json_stringn(ask->words.ptr, ask->words.len));
	*put = (struct crm_row_put){ .noun = CRM_REQUEST,
		.parent = *ask->record,
		.position = -1,
		.data = crm_json_write(w->arena, values) };
	return answer_run(w, &same) && put_run(w, put);
}

static bool ask_run(struct writing *w, void *data)
{
	return writing_row_ask(w, data);
}

void plan_row_ask(struct plan *plan, const struct crm_row_ask *ask)
{
	struct crm_row_ask *copy = arena_make(plan_arena(plan), struct crm_row_ask);

	*copy = *ask;
	plan_add(plan, ask_run, copy);
}
