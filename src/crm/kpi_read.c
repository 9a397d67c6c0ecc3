/* kpi_read.c - the past, out of the database: all of it, or what came since. */
#include "base/base.h"
#include "crm/draft.h"
#include "crm/kpi_past_impl.h"

#include <stdlib.h>

#include "base/clock.h"

/* So many records are read anew one by one. */
enum { TOUCHED_MOST = 5000 };

DB_STATEMENT(MARK, "SELECT id, revision FROM crm_audit WHERE id > 0 ORDER BY id DESC LIMIT 1");
DB_STATEMENT(MARK_IS_THERE, "SELECT revision FROM crm_audit WHERE id = ?1");
DB_STATEMENT(TOUCHED, "SELECT DISTINCT record FROM (SELECT record FROM crm_audit WHERE id > ?1"
                      " AND record <> 0 ORDER BY id LIMIT ?2) AS touched ORDER BY record");

/* 9: of an answer the seconds count; words only of what was created (1), of its statuses (2) and
 * its forecast (7): crm/event.tbl.h. */
#define EVENT_COLUMNS \
	"e.record, e.noun, e.at, e.id, e.owner, e.team, e.campaign," \
	" CASE WHEN e.what = 9 THEN e.seconds ELSE e.from_num END, e.to_num, e.what, e.via," \
	" e.source, CASE WHEN e.what IN (1, 2, 7) THEN e.to_value END"
#define TRAIT_COLUMNS "i.record, i.priority, i.due, i.fields"
/* CROSS JOIN: SQLite reads in this order; a + keeps it from an index that would be the wrong one.
 */
#define SINCE \
	"(SELECT DISTINCT +record AS record FROM crm_audit WHERE id > ?1 AND record <> 0) AS t " \
	"CROSS JOIN"
DB_STATEMENT(EVENTS_OF,
        "SELECT " EVENT_COLUMNS " FROM crm_event e WHERE e.noun = ?1 ORDER BY e.at, e.id");
DB_STATEMENT(EVENTS_SINCE,
        "SELECT " EVENT_COLUMNS " FROM " SINCE " crm_event e WHERE e.record = t.record"
        " AND e.noun IN (3, 4, 5) ORDER BY e.at, e.id");
DB_STATEMENT(TRAITS_OF, "SELECT " TRAIT_COLUMNS " FROM crm_item i WHERE i.noun = ?1");
DB_STATEMENT(TRAITS_SINCE, "SELECT " TRAIT_COLUMNS " FROM " SINCE
                           " crm_item i WHERE i.record = t.record AND i.noun = ?2");

/* ---- marks ---- */

bool kpi_read_mark(struct work *work, struct kpi_mark *mark)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, &MARK, DB_NO_ARGS) : NULL;

	*mark = (struct kpi_mark){ 0 };
	if (rows && db_next(rows))
		*mark = (struct kpi_mark){ db_int(rows, 0), db_int(rows, 1) };
	return db_done(rows);
}

bool kpi_mark_is_there(struct work *work, const struct kpi_mark *mark, bool *is)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &MARK_IS_THERE, DB_ARGS(DB_INT(mark->audit))) : NULL;

	*is = rows && db_next(rows) ? db_int(rows, 0) == mark->revision : !mark->audit;
	return db_done(rows);
}

/* ---- words ---- */

static uint32_t word_number(struct kpi_past *past, struct text word)
{
	struct kpi_words *words = &past->words;
	struct arena *arena = lent_arena(past->lent);
	uintptr_t number;

	if (!word.len)
		return 0;
	if (text_eq(word, words->last))
		return words->last_number;
	number = (uintptr_t)map_get(words->numbers, word);
	if (!number) {
		number = words->texts.len;
		*vec_push(arena, &words->texts) = arena_text(arena, word);
		(void)map_put(words->numbers, words->texts.at[number], (void *)number);
	}
	words->last = words->texts.at[number];
	words->last_number = (uint32_t)number;
	return words->last_number;
}

/* In the order of enum kpi_word. */
static void first_words(struct kpi_past *past)
{
	static const char *const WORDS[] = { "commit", "best", "Pending", "Resolved, to confirm" };

	*vec_push(lent_arena(past->lent), &past->words.texts) = TEXT("");
	for (size_t i = 0; i < COUNT_OF(WORDS); i++)
		(void)word_number(past, text_of(WORDS[i]));
}

static struct kpi_past *new_past(const struct kpi_mark *mark)
{
	struct lent *lent = lent_new();
	struct kpi_past *past = arena_make(lent_arena(lent), struct kpi_past);

	past->lent = lent;
	past->mark = *mark;
	past->born_ms = clock_mono_ms();
	past->words.numbers = map_new(lent_arena(lent));
	first_words(past);
	return past;
}

/* ---- events as they come ---- */

static uint8_t read_event(struct kpi_past *past, struct db_rows *rows, struct kpi_told *told)
{
	told->record = db_int(rows, 0);
	told->event = (struct kpi_event){
		.at = db_int(rows, 2),
		.id = db_int(rows, 3),
		.owner = db_int(rows, 4),
		.team = db_int(rows, 5),
		.campaign = db_int(rows, 6),
		.from_num = db_int(rows, 7),
		.to_num = db_int(rows, 8),
		.what = (uint8_t)db_int(rows, 9),
		.via = (uint8_t)db_int(rows, 10),
		.source = word_number(past, db_text(rows, 11)),
		.word = word_number(past, db_text(rows, 12)),
	};
	return (uint8_t)db_int(rows, 1);
}

/* Of each noun, in the order they happened. `scratch` is theirs. */
static bool read_events(struct work *work, struct kpi_past *past, const struct db_stmt *stmt,
        int64_t arg, struct arena *scratch, struct kpi_told_list told[CRM_CASE + 1])
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, stmt, DB_ARGS(DB_INT(arg))) : NULL;

	while (rows && db_next(rows)) {
		struct kpi_told one;

		*vec_push(scratch, &told[read_event(past, rows, &one)]) = one;
	}
	return db_done(rows);
}

/* ---- what no event tells ---- */

/* What stands behind "key": in compact JSON. A quote within a text has a backslash before it, so
 * that `"key":` is never part of one. */
static struct text peek(struct text fields, const char *key)
{
	char words[80];
	ptrdiff_t at;
	int len = snprintf(words, sizeof(words), "\"%s\":", key);

	at = text_find(fields, (struct text){ words, (size_t)len });
	return at < 0 ? TEXT_NONE : text_from(fields, (size_t)at + (size_t)len);
}

static int64_t peek_int(struct text fields, const char *key)
{
	struct text rest = peek(fields, key);
	int64_t value = 0;

	for (size_t i = 0; i < rest.len && rest.ptr[i] >= '0' && rest.ptr[i] <= '9' && i < 18; i++)
		value = value * 10 + (rest.ptr[i] - '0');
	return value;
}

static bool read_traits(struct work *work, const struct db_stmt *stmt, struct db_args args,
        struct arena *scratch, struct kpi_traits_list *list)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, stmt, args) : NULL;

	while (rows && db_next(rows)) {
		struct text fields = db_text(rows, 3);

		*vec_push(scratch, list) = (struct kpi_traits){
			.record = db_int(rows, 0),
			.priority = (uint8_t)db_int(rows, 1),
			.due = db_int(rows, 2),
			.response_due = peek_int(fields, "response_due"),
			.is_complaint = text_starts(peek(fields, "kind"), TEXT("\"Complaint\"")),
		};
	}
	return db_done(rows);
}

static bool make_past(struct kpi_making *m, bool read, struct kpi_past **past)
{
	*past = NULL;
	if (read) {
		kpi_make(m);
		*past = m->past;
	} else {
		struct lent *lent = m->past->lent;

		lent_drop(&lent);
	}
	arena_free(&m->scratch);
	return read;
}

bool kpi_read_all(struct work *work, const struct kpi_mark *mark, struct kpi_past **past)
{
	struct kpi_making m = { .work = work, .past = new_past(mark), .scratch = arena_new() };
	bool read = true;

	for (enum crm_noun noun = CRM_LEAD; read && noun <= CRM_CASE; noun++)
		read = read_events(work, m.past, &EVENTS_OF, noun, m.scratch, m.told);
	read = read &&
	       read_traits(work, &TRAITS_OF, DB_ARGS(DB_INT(CRM_CASE)), m.scratch, &m.traits);
	return make_past(&m, read, past);
}

static bool read_touched(struct work *work, const struct kpi_mark *since, struct ids *touched)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        !db ? NULL
	            : db_query(db, &work->err, &TOUCHED,
	                      DB_ARGS(DB_INT(since->audit), DB_INT(TOUCHED_MOST + 1)));

	while (rows && db_next(rows))
		*vec_push(work->arena, touched) = db_int(rows, 0);
	return db_done(rows);
}

/* Words keep their numbers. */
static void take_words(struct kpi_past *past, const struct kpi_past *from)
{
	for (size_t i = 0; i < from->words.texts.len; i++)
		(void)word_number(past, from->words.texts.at[i]);
}

bool kpi_read_on(struct work *work, const struct kpi_past *from, const struct kpi_mark *mark,
        struct kpi_past **past)
{
	struct db_value since = DB_INT(from->mark.audit);
	struct kpi_making m = { .work = work, .from = from };
	bool read;

	*past = NULL;
	if (!read_touched(work, &from->mark, &m.touched))
		return false;
	if (m.touched.len > TOUCHED_MOST)
		return true;
	m.past = new_past(mark);
	m.scratch = arena_new();
	take_words(m.past, from);
	read = read_events(work, m.past, &EVENTS_SINCE, from->mark.audit, m.scratch, m.told) &&
	       read_traits(
	               work, &TRAITS_SINCE, DB_ARGS(since, DB_INT(CRM_CASE)), m.scratch, &m.traits);
	return make_past(&m, read, past);
}
