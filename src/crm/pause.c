#include "base/base.h"
#include "base/log.h"
#include "base/settings.h"
#include "crm/pause.h"
#include "crm/row.h"
#include "people/who.h"
#include "store/house.h"

enum { TEN_MINUTES = 600 };

DB_STATEMENT(IS_PAUSED, "SELECT 1 FROM device_pause WHERE principal = ?1 AND app_password = ?2");
DB_STATEMENT(PAUSED_OF, "SELECT app_password FROM device_pause WHERE principal = ?1");
DB_STATEMENT(LOSS_ADD, "INSERT INTO device_loss (principal, app_password, at, record)"
                       " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");
DB_STATEMENT(LOSS_COUNT, "SELECT count(*) FROM device_loss WHERE principal = ?1"
                         " AND app_password = ?2 AND at > ?3");
DB_STATEMENT(LOSS_FORGET, "DELETE FROM device_loss WHERE principal = ?1 AND app_password = ?2"
                          " AND at <= ?3");
DB_STATEMENT(PAUSE_ADD, "INSERT INTO device_pause (principal, app_password, since)"
                        " VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
DB_STATEMENT(PAUSE_END, "DELETE FROM device_pause WHERE principal = ?1 AND app_password = ?2");

bool pause_is(struct work *work, bool *paused)
{
	const struct who *who = work->who;
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*paused = false;
	if (!who)
		return true;
	rows = db ? db_query(db, &work->err, &IS_PAUSED,
	                    DB_ARGS(DB_INT(who->id), DB_INT(who->app_password)))
	          : NULL;
	*paused = rows && db_next(rows);
	return db_done(rows);
}

bool pause_list(struct work *work, int64_t principal, struct ids *paused)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &PAUSED_OF, DB_ARGS(DB_INT(principal))) : NULL;

	while (rows && db_next(rows))
		*vec_push(work->arena, paused) = db_int(rows, 0);
	return db_done(rows);
}

bool pause_takes(const struct crm_draft *draft)
{
	const struct crm_field *field;

	for (size_t i = 0; draft->before && (field = crm_field_at(draft->noun, i)); i++)
		if (field->class == CRM_FREE && json_object_get(draft->before, field->key) &&
		        !json_object_get(draft->now, field->key))
			return true;
	return false;
}

/* ---- operations ---- */

struct counting {
	int64_t principal, app_password, record, max;
};

static bool count(struct writing *w, const struct counting *c, int64_t *losses)
{
	struct db_rows *rows = db_query(w->db, w->err, &LOSS_COUNT,
	        DB_ARGS(DB_INT(c->principal), DB_INT(c->app_password),
	                DB_INT(w->now - TEN_MINUTES)));

	*losses = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

static bool pause(struct writing *w, const struct counting *c)
{
	const struct crm_row_ask ask = { &c->record, c->principal, "paused",
		TEXT("A device took away so many records in ten minutes that it was paused.") };

	log_warn("device_paused", "principal=%lld app_password=%lld", (long long)c->principal,
	        (long long)c->app_password);
	return db_run(w->db, w->err, &PAUSE_ADD,
	               DB_ARGS(DB_INT(c->principal), DB_INT(c->app_password), DB_INT(w->now)),
	               NULL) &&
	       writing_row_ask(w, &ask);
}

static bool count_run(struct writing *w, void *data)
{
	const struct counting *c = data;
	struct db_value principal = DB_INT(c->principal), device = DB_INT(c->app_password);
	int64_t losses;

	if (!db_run(w->db, w->err, &LOSS_FORGET,
	            DB_ARGS(principal, device, DB_INT(w->now - TEN_MINUTES)), NULL) ||
	        !db_run(w->db, w->err, &LOSS_ADD,
	                DB_ARGS(principal, device, DB_INT(w->now), DB_INT(c->record)), NULL) ||
	        !count(w, c, &losses))
		return false;
	return losses < c->max || pause(w, c);
}

void plan_pause_count(struct work *work, struct plan *plan, int64_t record)
{
	struct counting *c;

	if (!work->who)
		return;
	c = arena_make(plan_arena(plan), struct counting);
	*c = (struct counting){ work->who->id, work->who->app_password, record,
		house_settings(work->house)->crm_pause_deletes };
	plan_add(plan, count_run, c);
}

static bool end_run(struct writing *w, void *data)
{
	const struct counting *c = data;
	struct db_value principal = DB_INT(c->principal), device = DB_INT(c->app_password);

	return db_run(w->db, w->err, &PAUSE_END, DB_ARGS(principal, device), NULL) &&
	       db_run(w->db, w->err, &LOSS_FORGET, DB_ARGS(principal, device, DB_INT(INT64_MAX)),
	               NULL);
}

void plan_pause_end(struct plan *plan, int64_t principal, int64_t app_password)
{
	struct counting *c = arena_make(plan_arena(plan), struct counting);

	*c = (struct counting){ principal, app_password, 0, 0 };
	plan_add(plan, end_run, c);
}
