#include "base/base.h"
#include "base/str.h"
#include "crm/body.h"
#include "crm/draft_impl.h"
#include "crm/trace.h"
#include "crm/undo.h"
#include "store/house.h"

DB_STATEMENT(AUDIT_GET,
        "SELECT record, revision, who, noun, action, changes FROM crm_audit WHERE id = ?1");
DB_STATEMENT(BODY_BEFORE, "SELECT body FROM crm_version WHERE record = ?1 AND revision < ?2"
                          " ORDER BY revision DESC LIMIT 1");
/* Events of a change have ids between that of the audit before and its own. */
DB_STATEMENT(AUDIT_BEFORE, "SELECT MAX(id) FROM crm_audit WHERE record = ?1 AND id < ?2");
DB_STATEMENT(EVENTS_SINCE, "SELECT id, what, from_value, to_value, from_num, to_num FROM crm_event"
                           " WHERE record = ?1 AND id > ?2 ORDER BY id");

bool crm_undo_get(struct work *work, int64_t audit, struct crm_undo **undo)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &AUDIT_GET, DB_ARGS(DB_INT(audit))) : NULL;
	bool ok = true;

	*undo = NULL;
	if (rows && db_next(rows)) {
		struct crm_undo *u = *undo = arena_make(work->arena, struct crm_undo);

		u->id = audit;
		u->record = db_int(rows, 0);
		u->revision = db_int(rows, 1);
		u->who = db_int(rows, 2);
		u->noun = (enum crm_noun)db_int(rows, 3);
		u->action = arena_text(work->arena, db_text(rows, 4));
		ok = crm_json_read(work, arena_text(work->arena, db_text(rows, 5)), &u->changes);
	}
	return db_done(rows) && ok;
}

/* ---- values ---- */

/* The audit only says that there was an image; the body of before has it. */
static bool image_before(
        struct work *work, const struct crm_undo *undo, const char *key, json_t **image)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, &BODY_BEFORE,
	                                    DB_ARGS(DB_INT(undo->record), DB_INT(undo->revision)))
	                          : NULL;
	struct text body =
	        rows && db_next(rows) ? arena_text(work->arena, db_text(rows, 0)) : TEXT_NONE;
	json_t *values = crm_json_own(work->arena, json_object());
	struct vcard *card;

	if (!db_done(rows))
		return false;
	if (body.ptr && (!vcard_parse(work->arena, &work->err, body, &card) ||
	                        !crm_card_read(work, card, undo->noun, values)))
		return false;
	*image = json_object_get(values, key);
	return *image || err_set(&work->err, ERR_UNPROCESSABLE, "The image is not kept any more");
}

bool crm_undo_values(struct work *work, const struct crm_undo *undo, json_t **set)
{
	const char *key;
	json_t *pair;

	*set = crm_json_own(work->arena, json_object());
	json_object_foreach(undo->changes, key, pair)
	{
		const struct crm_field *field = crm_field(undo->noun, text_of(key));
		json_t *value = json_array_get(pair, 0);

		if (!field || field->class == CRM_SYSTEM)
			continue;
		if (field->type == CRM_TYPE_PHOTO && json_is_true(value) &&
		        !image_before(work, undo, key, &value))
			return false;
		json_object_set(*set, key, value);
	}
	return true;
}

/* ---- what was worked out ---- */

static bool is_same(const json_t *a, const json_t *b)
{
	return !a || json_is_null(a) ? !b || json_is_null(b) : b && json_equal(a, b);
}

static void put_back(struct crm_draft *draft, const char *key, json_t *value)
{
	draft_put(draft, key, json_is_null(value) ? NULL : json_incref(value));
}

static bool is_worked_out(enum crm_noun noun, const char *key)
{
	const struct crm_field *field = crm_field(noun, text_of(key));

	return field ? field->class == CRM_SYSTEM : key[0] == '_';
}

/* Where it is still what that change made of it. */
static void put_back_worked_out(const struct crm_undo *undo, struct crm_draft *draft)
{
	const char *key;
	json_t *pair;

	json_object_foreach(undo->changes, key, pair)
	{
		json_t *is = json_object_get(draft->before, key);

		if (is_worked_out(draft->noun, key) && is_same(is, json_array_get(pair, 1)))
			put_back(draft, key, json_array_get(pair, 0));
	}
}

/* The status goes back as if it had never been left: clocks that the change did not touch are not
 * touched now. */
static void keep_clocks(const struct crm_undo *undo, struct crm_draft *draft)
{
	static const char *const clocks[] = { "closed_at", "reopen_count", "won_at", "lost_at",
		"due", "pending_seconds", "_entered", "_paused", "_stood" };

	for (size_t i = 0; i < COUNT_OF(clocks); i++)
		if (!json_object_get(undo->changes, clocks[i]))
			put_back(draft, clocks[i], json_object_get(draft->before, clocks[i]));
}

/* ---- what happened ---- */

struct past { /* a row of crm_event */
	int64_t id, from_num, to_num;
	enum crm_what what;
	struct text from_value, to_value;
	bool is_void, is_answered;
};
VEC_OF(pasts, struct past);

static bool read_before(struct work *work, const struct crm_undo *undo, int64_t *before)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, &AUDIT_BEFORE,
	                                    DB_ARGS(DB_INT(undo->record), DB_INT(undo->id)))
	                          : NULL;

	*before = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

static void void_by_id(struct pasts *pasts, int64_t id)
{
	for (size_t i = 0; i < pasts->len; i++)
		if (pasts->at[i].id == id)
			pasts->at[i].is_void = true;
}

static bool read_pasts(struct work *work, const struct crm_undo *undo, struct pasts *pasts)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;
	int64_t before;

	*pasts = (struct pasts)VEC_EMPTY;
	if (!db || !read_before(work, undo, &before))
		return false;
	rows = db_query(
	        db, &work->err, &EVENTS_SINCE, DB_ARGS(DB_INT(undo->record), DB_INT(before)));
	while (rows && db_next(rows)) {
		struct past *past = vec_push(work->arena, pasts);

		past->id = db_int(rows, 0);
		past->what = (enum crm_what)db_int(rows, 1);
		past->from_value = arena_text(work->arena, db_text(rows, 2));
		past->to_value = arena_text(work->arena, db_text(rows, 3));
		past->from_num = db_int(rows, 4);
		past->to_num = db_int(rows, 5);
	}
	for (size_t i = 0; i < pasts->len; i++)
		if (pasts->at[i].what == CRM_EVENT_UNDONE)
			void_by_id(pasts, pasts->at[i].from_num);
	return db_done(rows);
}

/* Whose it is is told by each event: giving it back is one more. */
static bool can_be_void(enum crm_what what)
{
	return what == CRM_EVENT_STATUS || what == CRM_EVENT_AMOUNT || what == CRM_EVENT_CLOSE ||
	       what == CRM_EVENT_CHANCE;
}

static bool is_turned_round(const struct past *past, const struct crm_happened *now)
{
	return past->what == now->what && past->from_num == now->to_num &&
	       past->to_num == now->from_num && text_eq(past->from_value, now->to_value) &&
	       text_eq(past->to_value, now->from_value);
}

/* What `now` turns round, if it was of that change and the last of its kind. */
static struct past *answered_by(
        const struct crm_undo *undo, struct pasts *pasts, const struct crm_happened *now)
{
	for (size_t i = pasts->len; i-- > 0;) {
		struct past *past = &pasts->at[i];

		if (past->is_void || past->what != now->what)
			continue;
		return past->id < undo->id && is_turned_round(past, now) ? past : NULL;
	}
	return NULL;
}

static void make_void(struct crm_happened *event, struct past *past)
{
	past->is_answered = true;
	event->what = CRM_EVENT_UNDONE;
	event->from_num = past->id;
	event->seconds = 0;
}

/* Turns the events of the draft into ones that void those of the change. */
static bool answer_events(const struct crm_undo *undo, struct pasts *pasts, struct crm_draft *draft)
{
	bool status = false;

	for (size_t i = 0; i < draft->events.len; i++) {
		struct crm_happened *event = &draft->events.at[i];
		struct past *past =
		        can_be_void(event->what) ? answered_by(undo, pasts, event) : NULL;

		if (!past)
			continue;
		status = status || past->what == CRM_EVENT_STATUS;
		make_void(event, past);
	}
	return status;
}

static void drop_reopened(struct crm_draft *draft)
{
	struct crm_events *events = &draft->events;
	size_t kept = 0;

	for (size_t i = 0; i < events->len; i++)
		if (events->at[i].what != CRM_EVENT_REOPENED)
			events->at[kept++] = events->at[i];
	events->len = kept;
}

/* What went with the status goes with it: opened again, converted. */
static void void_others(struct work *work, const struct crm_undo *undo, const struct pasts *pasts,
        struct crm_draft *draft)
{
	for (size_t i = 0; i < pasts->len && pasts->at[i].id < undo->id; i++) {
		struct past *past = &pasts->at[i];
		bool wanted = past->what == CRM_EVENT_REOPENED || past->what == CRM_EVENT_CONVERTED;

		if (wanted && !past->is_void && !past->is_answered)
			make_void(draft_event(work, draft, CRM_EVENT_UNDONE), past);
	}
}

bool crm_undo_settled(struct work *work, const struct crm_undo *undo, struct crm_draft *draft)
{
	struct pasts pasts;

	if (!read_pasts(work, undo, &pasts))
		return false;
	put_back_worked_out(undo, draft);
	if (!answer_events(undo, &pasts, draft))
		return true;
	drop_reopened(draft);
	keep_clocks(undo, draft);
	void_others(work, undo, &pasts, draft);
	return true;
}
