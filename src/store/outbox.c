#include "store/outbox.h"

#include "store/house.h"

#define ALL_COLUMNS "SELECT " OUTBOX_COLUMNS(DB_NAME, DB_COMMA) " FROM outbox"

DB_STATEMENT(GET, ALL_COLUMNS " WHERE id = ?1");
DB_STATEMENT(LIST_ALL, ALL_COLUMNS " WHERE id > ?1 ORDER BY id LIMIT ?2");
DB_STATEMENT(LIST_UNSENT, ALL_COLUMNS " WHERE id > ?1 AND state <> 1 ORDER BY id LIMIT ?2");
DB_STATEMENT(IS_DUE, "SELECT id FROM outbox WHERE state = 0 AND due <= ?2 AND lease <= ?2"
                     " AND epoch = ?1 ORDER BY due, id LIMIT 1");
DB_STATEMENT(MEASURE, "SELECT count(*), coalesce(sum(CASE WHEN epoch = ?1 THEN 0 ELSE 1 END), 0),"
                      " coalesce(min(created), 0) FROM outbox WHERE state = 0 AND due >= 0");
DB_STATEMENT(INSERT, "INSERT INTO outbox (id, record, author, state, epoch, created, modified, due,"
                     " attempts, lease, claim, sender, recipients, rest, refused, reason, message)"
                     " VALUES (?1, ?2, ?3, 0, ?4, ?5, ?5, ?5, 0, 0, 0, ?6, ?7, ?7, '', '', ?8)");
DB_STATEMENT(TAKE, "UPDATE outbox SET lease = ?2, claim = ?3, modified = ?4 WHERE id = ?1");
DB_STATEMENT(MESSAGE, "SELECT message FROM outbox WHERE id = ?1");
DB_STATEMENT(CHANGE, "UPDATE outbox SET state = ?3, epoch = ?4, due = ?5, attempts = ?6,"
                     " lease = ?7, rest = ?8, refused = ?9, reason = ?10, claim = ?11,"
                     " modified = ?12, created = ?13 WHERE id = ?1 AND claim = ?2");
DB_STATEMENT(SWEEP, "DELETE FROM outbox WHERE state <> 0 AND modified < ?1");

/* ---- reading ---- */

static struct text no_null(struct text text)
{
	return text.ptr ? text : TEXT("");
}

static bool read_all(struct db_rows *rows, struct arena *arena, struct outbox_mails *mails)
{
	while (rows && db_next(rows))
		outbox_mail_read(rows, arena, vec_push(arena, mails));
	return db_done(rows);
}

bool outbox_get(struct work *work, int64_t id, struct outbox_mail **mail)
{
	struct db *db = work_reader(work);
	struct outbox_mails one = VEC_EMPTY;
	struct db_rows *rows = db ? db_query(db, &work->err, &GET, DB_ARGS(DB_INT(id))) : NULL;

	*mail = NULL;
	if (!read_all(rows, work->arena, &one))
		return false;
	if (one.len)
		*mail = &one.at[0];
	return true;
}

bool outbox_list(struct work *work, bool all, int64_t after, size_t max, struct outbox_mails *mails)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, all ? &LIST_ALL : &LIST_UNSENT,
	                                    DB_ARGS(DB_INT(after), DB_INT((int64_t)max)))
	                          : NULL;

	*mails = (struct outbox_mails)VEC_EMPTY;
	return read_all(rows, work->arena, mails);
}

bool outbox_is_due(struct work *work, bool *due)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, &IS_DUE,
	                                    DB_ARGS(DB_TEXT(work->house->epoch), DB_INT(work->now)))
	                          : NULL;

	*due = rows && db_next(rows);
	return db_done(rows);
}

bool outbox_measure(struct work *work, struct outbox_stats *stats)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &MEASURE, DB_ARGS(DB_TEXT(work->house->epoch)))
	           : NULL;

	*stats = (struct outbox_stats){ 0 };
	if (rows && db_next(rows))
		*stats = (struct outbox_stats){ .queued = db_int(rows, 0) - db_int(rows, 1),
			.held = db_int(rows, 1),
			.oldest = db_int(rows, 2) };
	return db_done(rows);
}

bool outbox_is_held(const struct work *work, const struct outbox_mail *mail)
{
	return mail->state == OUTBOX_QUEUED && !text_eq(mail->epoch, work->house->epoch);
}

/* ---- operations ---- */

static bool put_run(struct writing *w, void *data)
{
	const struct outbox_put *put = data;
	int64_t id;

	return writing_id(w, &id) &&
	       db_run(w->db, w->err, &INSERT,
	               DB_ARGS(DB_INT(id), DB_INT(*put->record), DB_INT(put->author),
	                       DB_TEXT(put->epoch), DB_INT(w->now), DB_TEXT(put->sender),
	                       DB_TEXT(put->recipients), DB_BLOB(put->message)),
	               NULL);
}

void plan_outbox_put(struct plan *plan, const struct outbox_put *put)
{
	struct outbox_put *copy = arena_make(plan_arena(plan), struct outbox_put);

	*copy = *put;
	plan_add(plan, put_run, copy);
}

static bool take(struct writing *w, struct outbox_claim *claim, int64_t id)
{
	struct outbox_mails one = VEC_EMPTY;
	struct db_rows *rows;
	int64_t number;

	if (!writing_id(w, &number) || !db_run(w->db, w->err, &TAKE,
	                                       DB_ARGS(DB_INT(id), DB_INT(w->now + claim->seconds),
	                                               DB_INT(number), DB_INT(w->now)),
	                                       NULL))
		return false;
	rows = db_query(w->db, w->err, &MESSAGE, DB_ARGS(DB_INT(id)));
	if (rows && db_next(rows))
		claim->message = arena_text(w->arena, no_null(db_text(rows, 0)));
	if (!db_done(rows) ||
	        !read_all(db_query(w->db, w->err, &GET, DB_ARGS(DB_INT(id))), w->arena, &one))
		return false;
	claim->mail = one.at[0];
	claim->found = true;
	return true;
}

static bool claim_run(struct writing *w, void *data)
{
	struct outbox_claim *claim = data;
	struct db_rows *rows =
	        db_query(w->db, w->err, &IS_DUE, DB_ARGS(DB_TEXT(claim->epoch), DB_INT(w->now)));
	int64_t id = rows && db_next(rows) ? db_int(rows, 0) : 0;

	claim->found = false;
	if (!db_done(rows))
		return false;
	return !id || take(w, claim, id);
}

void plan_outbox_claim(struct plan *plan, struct outbox_claim *claim)
{
	plan_add(plan, claim_run, claim);
}

static bool change_run(struct writing *w, void *data)
{
	const struct outbox_change *change = data;
	const struct outbox_mail *mail = &change->mail;
	int64_t changed;

	if (!db_run(w->db, w->err, &CHANGE,
	            DB_ARGS(DB_INT(mail->id), DB_INT(change->claim), DB_INT(mail->state),
	                    DB_TEXT(no_null(mail->epoch)), DB_INT(mail->due),
	                    DB_INT(mail->attempts), DB_INT(change->release ? 0 : mail->lease),
	                    DB_TEXT(no_null(mail->rest)), DB_TEXT(no_null(mail->refused)),
	                    DB_TEXT(no_null(mail->reason)),
	                    DB_INT(change->release ? 0 : change->claim), DB_INT(w->now),
	                    DB_INT(mail->created)),
	            &changed))
		return false;
	return changed || plan_stale(w);
}

void plan_outbox_change(struct plan *plan, const struct outbox_change *change)
{
	struct outbox_change *copy = arena_make(plan_arena(plan), struct outbox_change);

	*copy = *change;
	plan_add(plan, change_run, copy);
}

bool writing_outbox_sweep(struct writing *w, int64_t before)
{
	return db_run(w->db, w->err, &SWEEP, DB_ARGS(DB_INT(before)), NULL);
}
