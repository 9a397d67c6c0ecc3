#include "store/reindex.h"

#include "base/clock.h"
#include "base/log.h"
#include "db/migrate.h"
#include "store/appear.h"
#include "store/kind.h"
#include "store/trail.h"
#include "store/writer.h"

enum { BATCH = 200 };

DB_STATEMENT(RECORDS_FROM, "SELECT " RECORD_COLUMNS(DB_NAME, DB_COMMA) " FROM record WHERE id > ?1"
                                                                       " ORDER BY id LIMIT ?2");
DB_STATEMENT(ITEMS_FROM, "SELECT record FROM crm_item WHERE record > ?1 ORDER BY record LIMIT ?2");
DB_STATEMENT(RECORD_COUNT, "SELECT count(*) FROM record /* scan: of maintenance */");
DB_STATEMENT(
        HOME_OF, "SELECT " COLLECTION_COLUMNS(DB_NAME, DB_COMMA) " FROM collection WHERE id = ?1");
DB_STATEMENT(TAG_SET, "UPDATE member SET tag = ?2 WHERE record = ?1 AND (tag < ?2 OR tag > ?2)");
DB_STATEMENT(NAMES, "SELECT id, name, name_key FROM principal ORDER BY id"
                    " /* scan: of maintenance */");
DB_STATEMENT(NAME_KEY_SET, "UPDATE principal SET name_key = ?2 WHERE id = ?1 AND NOT EXISTS"
                           " (SELECT 1 FROM principal o WHERE o.name_key = ?2)");
DB_STATEMENT(EMAILS, "SELECT principal, position, email, email_key FROM principal_email"
                     " ORDER BY principal, position /* scan: of maintenance */");
DB_STATEMENT(EMAIL_KEY_SET,
        "UPDATE principal_email SET email_key = ?3 WHERE principal = ?1 AND position = ?2"
        " AND NOT EXISTS (SELECT 1 FROM principal_email o WHERE o.email_key = ?3)");

struct reindexing {
	struct house *house;
	int64_t after; /* the last id done */
	size_t records;
};

VEC_OF(records, struct record);

static bool home_get(struct writing *w, int64_t id, struct collection *home, bool *found)
{
	struct db_rows *rows = db_query(w->db, w->err, &HOME_OF, DB_ARGS(DB_INT(id)));

	*found = rows && db_next(rows);
	if (*found)
		collection_read(rows, w->arena, home);
	return db_done(rows);
}

/* The value and rows of a stored body. NULL: it does not parse (any more). */
static struct rows *project(struct writing *w, struct house *house, const struct record *record,
        const struct collection *home, struct subject *subject)
{
	const struct kind *kind = kind_of(house, (enum kind_id)record->kind);
	struct work work = { .arena = w->arena, .house = house, .now = w->now };
	struct rows *rows = rows_new(w->arena);

	*subject =
	        (struct subject){ .body = record->body, .media = record->media, .record = record };
	if (!kind || (kind->parse && !kind->parse(&work, record->media, subject)) ||
	        (kind->project && !kind->project(&work, home, subject, rows))) {
		log_warn("reindex", "record=%lld problem=%s", (long long)record->id,
		        log_value(text_of(kind ? work.err.detail : "unknown kind")));
		work_step_end(&work);
		return NULL;
	}
	work_step_end(&work);
	return rows;
}

static bool reindex_one(struct writing *w, struct house *house, const struct record *record)
{
	struct collection home;
	struct subject subject;
	struct rows *rows;
	bool found;

	if (!home_get(w, record->home, &home, &found) ||
	        !trail_forget_all(w, kind_of(house, (enum kind_id)record->kind), record->id))
		return false;
	rows = found ? project(w, house, record, &home, &subject) : NULL;
	return !rows || (rows_apply(rows, w->db, w->err, record->id, home.id) &&
	                        db_run(w->db, w->err, &TAG_SET,
	                                DB_ARGS(DB_INT(record->id), DB_INT(subject.tag)), NULL));
}

bool reindex_record(struct writing *w, struct house *house, int64_t id)
{
	struct db_rows *rows =
	        db_query(w->db, w->err, &RECORDS_FROM, DB_ARGS(DB_INT(id - 1), DB_INT(1)));
	struct record record = { 0 };

	if (rows && db_next(rows))
		record_read(rows, w->arena, &record);
	return db_done(rows) && (record.id != id || reindex_one(w, house, &record));
}

static bool batch_run(struct writing *w, void *data)
{
	struct reindexing *r = data;
	struct records list = VEC_EMPTY;
	struct db_rows *rows =
	        db_query(w->db, w->err, &RECORDS_FROM, DB_ARGS(DB_INT(r->after), DB_INT(BATCH)));

	while (rows && db_next(rows))
		record_read(rows, w->arena, vec_push(w->arena, &list));
	if (!db_done(rows))
		return false;
	for (size_t i = 0; i < list.len; i++)
		if (!reindex_one(w, r->house, &list.at[i]))
			return false;
	r->records = list.len;
	if (list.len)
		r->after = list.at[list.len - 1].id;
	return true;
}

/* Where they appear, once all rows are there: each hangs on others'. */
static bool places_run(struct writing *w, void *data)
{
	struct reindexing *r = data;
	const struct rule *rule = kind_rule(r->house);
	struct ids list = VEC_EMPTY;
	struct db_rows *rows =
	        db_query(w->db, w->err, &ITEMS_FROM, DB_ARGS(DB_INT(r->after), DB_INT(BATCH)));
	bool moved;

	while (rows && db_next(rows))
		*vec_push(w->arena, &list) = db_int(rows, 0);
	if (!db_done(rows))
		return false;
	r->records = list.len;
	if (list.len)
		r->after = list.at[list.len - 1];
	/* The list grows by what must be looked at again. */
	for (size_t i = 0; i < list.len; i++)
		if (!rule->carry(w, list.at[i], &list) ||
		        !appear_one(w, rule, list.at[i], NULL, &moved))
			return false;
	return true;
}

static bool count_records(struct db *db, struct err *err, int64_t *count)
{
	struct db_rows *rows = db_query(db, err, &RECORD_COUNT, DB_NO_ARGS);

	*count = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

static bool apply(struct db *db, int64_t now, plan_op_fn *run, void *data, struct err *err)
{
	struct arena *arena = arena_new();
	struct plan *plan = plan_new(arena, now);
	bool ok;

	plan_add(plan, run, data);
	ok = writer_apply_here(db, plan, err);
	arena_free(&arena);
	return ok;
}

static bool reindex_places(struct house *house, struct db *db, struct err *err)
{
	struct reindexing reindexing = { .house = house };

	if (!kind_rule(house))
		return true;
	do {
		if (!apply(db, clock_now(), places_run, &reindexing, err))
			return false;
	} while (reindexing.records == BATCH);
	return true;
}

bool reindex_run(struct house *house, struct db *db, reindex_progress_fn *progress, void *arg,
        struct err *err)
{
	struct reindexing reindexing = { .house = house };
	int64_t all, done = 0;

	if (!count_records(db, err, &all))
		return false;
	do {
		if (!apply(db, 0, batch_run, &reindexing, err))
			return false;
		done += (int64_t)reindexing.records;
		if (progress)
			progress(arg, done, all > done ? all : done);
	} while (reindexing.records == BATCH);
	return reindex_places(house, db, err) && migrate_index_filled(db, err);
}

/* ---- folded keys ---- */

struct stale_key {
	int64_t principal, position;
	struct text shown, key;
};
VEC_OF(stale_keys, struct stale_key);

static bool stale_names(struct writing *w, struct stale_keys *keys)
{
	struct db_rows *rows = db_query(w->db, w->err, &NAMES, DB_NO_ARGS);

	while (rows && db_next(rows)) {
		struct text name = arena_text(w->arena, db_text(rows, 1));
		struct text key = text_fold(w->arena, name);

		if (!text_eq(key, db_text(rows, 2)))
			*vec_push(w->arena, keys) =
			        (struct stale_key){ db_int(rows, 0), 0, name, key };
	}
	return db_done(rows);
}

static bool stale_emails(struct writing *w, struct stale_keys *keys)
{
	struct db_rows *rows = db_query(w->db, w->err, &EMAILS, DB_NO_ARGS);

	while (rows && db_next(rows)) {
		struct text email = arena_text(w->arena, db_text(rows, 2));
		struct text key = text_fold(w->arena, email);

		if (!text_eq(key, db_text(rows, 3)))
			*vec_push(w->arena, keys) =
			        (struct stale_key){ db_int(rows, 0), db_int(rows, 1), email, key };
	}
	return db_done(rows);
}

static bool clash(struct writing *w, struct text shown)
{
	return err_set(
	        w->err, ERR_TAKEN, "\"%.*s\" is the same as another one by now", TEXT_ARG(shown));
}

static bool refold_run(struct writing *w, void *data)
{
	struct stale_keys names = VEC_EMPTY, emails = VEC_EMPTY;
	int64_t changed;

	(void)data;
	if (!stale_names(w, &names) || !stale_emails(w, &emails))
		return false;
	for (size_t i = 0; i < names.len; i++) {
		struct stale_key *k = &names.at[i];

		if (!db_run(w->db, w->err, &NAME_KEY_SET,
		            DB_ARGS(DB_INT(k->principal), DB_TEXT(k->key)), &changed))
			return false;
		if (!changed)
			return clash(w, k->shown);
	}
	for (size_t i = 0; i < emails.len; i++) {
		struct stale_key *k = &emails.at[i];

		if (!db_run(w->db, w->err, &EMAIL_KEY_SET,
		            DB_ARGS(DB_INT(k->principal), DB_INT(k->position), DB_TEXT(k->key)),
		            &changed))
			return false;
		if (!changed)
			return clash(w, k->shown);
	}
	return true;
}

bool refold_principals(struct db *db, struct err *err)
{
	return apply(db, 0, refold_run, NULL, err);
}
