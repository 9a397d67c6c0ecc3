#include "base/base.h"
#include "base/str.h"
#include "crm/draft_impl.h"
#include "crm/trace.h"
#include "people/who.h"
#include "store/house.h"

DB_STATEMENT(EVENT_ADD,
        "INSERT INTO crm_event (id, record, noun, what, at, who, via, owner, team, pipeline,"
        " campaign, source, from_value, to_value, from_num, to_num, seconds)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)");
DB_STATEMENT(AUDIT_ADD,
        "INSERT INTO crm_audit (id, record, noun, revision, at, who, via, device, action, changes)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
DB_STATEMENT(AUDIT_SINCE,
        "SELECT changes FROM crm_audit WHERE record = ?1 AND revision > ?2 ORDER BY id");
DB_STATEMENT(VERSION_ADD, "INSERT INTO crm_version (record, revision, body) VALUES (?1, ?2, ?3)"
                          " ON CONFLICT DO NOTHING");
DB_STATEMENT(VERSIONS_TRIM,
        "DELETE FROM crm_version WHERE record = ?1 AND revision <= (SELECT revision"
        " FROM crm_version WHERE record = ?1 ORDER BY revision DESC LIMIT 1 OFFSET ?2)");
DB_STATEMENT(VERSION_GET, "SELECT body FROM crm_version WHERE record = ?1 AND revision = ?2");
DB_STATEMENT(BODY_AT, "SELECT body FROM record WHERE id = ?1 AND revision = ?2");

/* ---- the audit ---- */

static json_t *audited(const struct crm_field *field, json_t *value)
{
	if (!value)
		return json_null();
	return field->type == CRM_TYPE_PHOTO ? json_true() : json_incref(value);
}

/* What is worked out but shown to nobody (crm/draft_impl.h): an undo wants it back. */
static void add_hidden(json_t *changes, json_t *before, json_t *now)
{
	json_t *values = json_object(), *value;
	const char *key;

	json_object_update(values, before);
	json_object_update(values, now);
	json_object_foreach(values, key, value)
	{
		json_t *was = json_object_get(before, key), *is = json_object_get(now, key);

		if (key[0] == '_' && (!was || !is || !json_equal(was, is)))
			json_object_set_new(changes, key,
			        json_pack("[o, o]", was ? json_incref(was) : json_null(),
			                is ? json_incref(is) : json_null()));
	}
	json_decref(values);
}

static json_t *changes_of(
        struct arena *arena, enum crm_noun noun, const json_t *before, const json_t *now)
{
	json_t *changes = crm_json_own(arena, json_object());
	const struct crm_field *field;

	for (size_t i = 0; (field = crm_field_at(noun, i)); i++) {
		json_t *was = before ? json_object_get(before, field->key) : NULL;
		json_t *is = now ? json_object_get(now, field->key) : NULL;

		if (was == is || (was && is && json_equal(was, is)))
			continue;
		json_object_set_new(changes, field->key,
		        json_pack("[o, o]", audited(field, was), audited(field, is)));
	}
	add_hidden(changes, (json_t *)before, (json_t *)now);
	return changes;
}

struct text trace_changes(
        struct arena *arena, enum crm_noun noun, const json_t *before, const json_t *now)
{
	return crm_json_write(arena, changes_of(arena, noun, before, now));
}

static bool audit_run(struct writing *w, void *data)
{
	const struct trace_audit *a = data;
	struct text changes = a->changes;
	int64_t id;

	if (a->number)
		changes = text_renumber(w->arena, changes, CRM_NUMBER_TO_COME, *a->number);
	return writing_id(w, &id) &&
	       db_run(w->db, w->err, &AUDIT_ADD,
	               DB_ARGS(DB_INT(id), DB_INT(*a->record), DB_INT(a->noun),
	                       DB_INT(*a->revision), DB_INT(a->at), DB_INT(a->who), DB_INT(a->via),
	                       DB_TEXT(a->device), DB_TEXT(a->action), DB_TEXT(changes)),
	               NULL);
}

void trace_audit(struct plan *plan, const struct trace_audit *audit)
{
	struct trace_audit *copy = arena_make(plan_arena(plan), struct trace_audit);

	*copy = *audit;
	if (!copy->device.ptr)
		copy->device = TEXT("");
	plan_add(plan, audit_run, copy);
}

/* ---- versions and events ---- */

struct tracing {
	const struct crm_draft *draft;
	const struct record *record;
	int64_t who, pipeline, versions;
};

static bool version_run(struct writing *w, void *data)
{
	const struct tracing *t = data;
	const struct record *old = t->draft->old;

	return db_run(w->db, w->err, &VERSION_ADD,
	               DB_ARGS(DB_INT(old->id), DB_INT(old->revision), DB_BLOB(old->body)), NULL) &&
	       db_run(w->db, w->err, &VERSIONS_TRIM, DB_ARGS(DB_INT(old->id), DB_INT(t->versions)),
	               NULL);
}

/* A meeting that nobody has said anything of stands nowhere. */
static struct text present(struct text text)
{
	return text.ptr ? text : TEXT("");
}

static bool events_run(struct writing *w, void *data)
{
	const struct tracing *t = data;
	const struct crm_draft *d = t->draft;
	struct text source = draft_text(d, "source");

	for (size_t i = 0; i < d->events.len; i++) {
		const struct crm_happened *e = &d->events.at[i];
		int64_t id;

		if (!writing_id(w, &id) ||
		        !db_run(w->db, w->err, &EVENT_ADD,
		                DB_ARGS(DB_INT(id), DB_INT(t->record->id),
		                        DB_INT(d->happened_as ? d->happened_as : d->noun),
		                        DB_INT(e->what), DB_INT(d->at), DB_INT(t->who),
		                        DB_INT(d->via), DB_INT(draft_int(d, "owner")),
		                        DB_INT(draft_int(d, "team")), DB_INT(t->pipeline),
		                        DB_INT(draft_int(d, "campaign")), DB_TEXT(present(source)),
		                        DB_TEXT(present(e->from_value)),
		                        DB_TEXT(present(e->to_value)), DB_INT(e->from_num),
		                        DB_INT(e->to_id ? *e->to_id : e->to_num),
		                        DB_INT(e->seconds)),
		                NULL))
			return false;
	}
	return true;
}

void trace_record(struct work *work, struct plan *plan, const struct crm_draft *draft,
        const struct record *record, const char *action)
{
	struct tracing *t = arena_make(work->arena, struct tracing);
	json_t *changes = changes_of(work->arena, draft->noun, draft->before, draft->now);

	*t = (struct tracing){ .draft = draft,
		.record = record,
		.who = work->who ? work->who->id : 0,
		.pipeline = draft_int(draft, "pipeline"),
		.versions = house_settings(work->house)->crm_versions };
	if (draft->kept)
		json_object_update(changes, draft->kept);
	if (draft->old && draft->old->body.ptr && !noun_is_plain(draft->noun))
		plan_add(plan, version_run, t);
	plan_add(plan, events_run, t);
	trace_audit(plan, &(struct trace_audit){ .record = &record->id,
	                          .revision = &record->revision,
	                          .noun = draft->noun,
	                          .via = draft->via,
	                          .device = draft->device,
	                          .action = text_of(action),
	                          .changes = crm_json_write(work->arena, changes),
	                          .at = draft->at,
	                          .who = t->who,
	                          .number = &draft->number });
}

/* ---- reading ---- */

static bool body_of(struct work *work, const struct db_stmt *stmt, int64_t record, int64_t revision,
        struct text *body)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, stmt, DB_ARGS(DB_INT(record), DB_INT(revision)))
	           : NULL;

	*body = rows && db_next(rows) ? arena_text(work->arena, db_text(rows, 0)) : TEXT_NONE;
	return db_done(rows);
}

bool trace_body(struct work *work, int64_t record, int64_t revision, struct text *body)
{
	return body_of(work, &BODY_AT, record, revision, body) &&
	       (body->ptr || body_of(work, &VERSION_GET, record, revision, body));
}

bool trace_changed_since(struct work *work, int64_t record, int64_t revision, json_t **keys)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;
	bool ok = true;

	*keys = crm_json_own(work->arena, json_object());
	if (!db)
		return false;
	rows = db_query(db, &work->err, &AUDIT_SINCE, DB_ARGS(DB_INT(record), DB_INT(revision)));
	while (rows && ok && db_next(rows)) {
		json_t *changes;

		ok = crm_json_read(work, arena_text(work->arena, db_text(rows, 0)), &changes) &&
		     json_object_update(*keys, changes) == 0;
	}
	return db_done(rows) && ok;
}
