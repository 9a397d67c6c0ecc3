/* kpi.h - a throwaway house in which things happened: rows of crm_event, put there as SQL. Times of
 * tests are wall time in Berlin. */
#ifndef KONTOR_TEST_KPI_H
#define KONTOR_TEST_KPI_H

#include "../store/fixture.h"

#include <math.h>

#include "crm/draft.h"
#include "crm/kpi.h"
#include "crm/kpi_past.h"
#include "object/ical_time.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };
/* Principals by number: nobody has to exist for a figure. */
enum { COMPANY = 1000, ANN = 1001, BEN = 1002, CARLA = 1003, DAN = 1004, TEAM = 1100 };
/* Stages of pipeline 1, by their rows' ids. */
enum { PIPELINE = 1, FIRST = 11, SECOND = 12, THIRD = 13, STAGE_WON = 18, STAGE_LOST = 19 };
enum { STATUS_NEW = 21, STATUS_WORKING = 22, STATUS_CONVERTED = 23, STATUS_DEAD = 24 };

DB_STATEMENT(ADD_EVENT, "INSERT INTO crm_event (id, record, noun, what, at, who, via, owner, team, "
                        "pipeline, campaign,"
                        " source, from_value, to_value, from_num, to_num, seconds) VALUES (?1, ?2, "
                        "?3, ?4, ?5, ?6, ?7,"
                        " ?8, ?9, ?10, ?11, ?12, '', ?13, ?14, ?15, ?16)");
DB_STATEMENT(ADD_AUDIT,
        "INSERT INTO crm_audit (id, record, noun, revision, at, who, via, device, action, changes)"
        " VALUES (?1, ?2, ?3, ?1, 0, 0, 1, '', 'change', '{}')");
DB_STATEMENT(ADD_ROW,
        "INSERT INTO crm_row (id, noun, parent, position, revision, created, modified, data)"
        " VALUES (?1, ?2, ?3, ?4, 1, 0, 0, ?5)");
DB_STATEMENT(ADD_ITEM,
        "INSERT INTO crm_item (record, noun, uid, holder, owner, team, state, status, entered, "
        "account,"
        " contact, parent, pipeline, stage, campaign, source, title, title_key, created, modified,"
        " start, due, closed, amount, probability, priority, number, score, until, fields)"
        " VALUES (?1, ?2, '', ?3, ?3, 0, ?4, ?5, 0, ?6, 0, ?7, 0, 0, 0, '', '', '', ?8, 0, ?9, ?10,"
        " ?11, 0, 0, ?12, 0, 0, 0, ?13)");

static struct hours hours;
static int64_t event_ids;
static struct db *writes;
static bool is_writing;

UNUSED static int64_t at(int month, int day, int hour)
{
	return zone_to_utc(hours.zone, days_of(2026, month, day) * DAY + hour * HOUR);
}

/* Midnight UTC of a date: what an expected close is told as. */
UNUSED static int64_t date(int month, int day)
{
	return days_of(2026, month, day) * DAY;
}

UNUSED static int64_t status(int state, int64_t row)
{
	return ((int64_t)state << 32) + row;
}

static void insert(struct fixture *f, const struct db_stmt *stmt, struct db_args args)
{
	if (!is_writing)
		must(f, db_write_begin(writes, &f->work.err));
	is_writing = true;
	must(f, db_run(writes, &f->work.err, stmt, args, NULL));
}

/* Commits what was put there. */
static void happen(struct fixture *f)
{
	work_step_end(&f->work);
	if (is_writing)
		must(f, db_write_commit(writes, &f->work.err));
	is_writing = false;
}

/* Where the past is kept, it is read bit by bit: after each event somebody asks. */
static void ask_between(struct fixture *f)
{
	const struct kpi_past *past;

	if (!f->house.kpi_kept)
		return;
	happen(f);
	must(f, kpi_past(&f->work, &past));
}

struct event {
	enum crm_noun noun;
	int64_t record;
	enum crm_what what;
	int64_t at, owner, team, campaign, from, to, seconds;
	const char *source, *word;
	enum crm_via via;
};
#define EVENT(...) event(f, (struct event){ __VA_ARGS__ })

UNUSED static void event(struct fixture *f, struct event e)
{
	insert(f, &ADD_EVENT,
	        DB_ARGS(DB_INT(++event_ids), DB_INT(e.record), DB_INT(e.noun), DB_INT(e.what),
	                DB_INT(e.at), DB_INT(e.owner), DB_INT(e.via ? e.via : VIA_WEB),
	                DB_INT(e.owner), DB_INT(e.team), DB_INT(PIPELINE), DB_INT(e.campaign),
	                DB_TEXT(text_of(e.source ? e.source : "")),
	                DB_TEXT(text_of(e.word ? e.word : "")), DB_INT(e.from), DB_INT(e.to),
	                DB_INT(e.seconds)));
	insert(f, &ADD_AUDIT, DB_ARGS(DB_INT(event_ids), DB_INT(e.record), DB_INT(e.noun)));
	ask_between(f);
}

UNUSED static void row(
        struct fixture *f, int64_t id, enum crm_noun noun, int64_t parent, const char *data)
{
	insert(f, &ADD_ROW,
	        DB_ARGS(DB_INT(id), DB_INT(noun), DB_INT(parent), DB_INT(id),
	                DB_TEXT(text_of(data))));
}

struct thing {
	int64_t record;
	enum crm_noun noun;
	int64_t owner, state, account, parent, created, start, due, closed, priority;
	const char *status, *fields;
};
#define ITEM(...) thing(f, (struct thing){ __VA_ARGS__ })

UNUSED static void thing(struct fixture *f, struct thing i)
{
	insert(f, &ADD_ITEM,
	        DB_ARGS(DB_INT(i.record), DB_INT(i.noun), DB_INT(i.owner), DB_INT(i.state),
	                DB_TEXT(text_of(i.status ? i.status : "")), DB_INT(i.account),
	                DB_INT(i.parent), DB_INT(i.created), DB_INT(i.start), DB_INT(i.due),
	                DB_INT(i.closed), DB_INT(i.priority),
	                DB_TEXT(text_of(i.fields ? i.fields : "{}"))));
	insert(f, &ADD_AUDIT, DB_ARGS(DB_INT(++event_ids), DB_INT(i.record), DB_INT(i.noun)));
	ask_between(f);
}

/* ---- deals ---- */

UNUSED static void stages(struct fixture *f)
{
	row(f, FIRST, CRM_STAGE, PIPELINE,
	        "{\"name\":\"First\",\"probability\":10,\"type\":\"open\"}");
	row(f, SECOND, CRM_STAGE, PIPELINE,
	        "{\"name\":\"Second\",\"probability\":20,\"type\":\"open\"}");
	row(f, THIRD, CRM_STAGE, PIPELINE,
	        "{\"name\":\"Third\",\"probability\":50,\"type\":\"open\"}");
	row(f, STAGE_WON, CRM_STAGE, PIPELINE,
	        "{\"name\":\"Won\",\"probability\":100,\"type\":\"won\"}");
	row(f, STAGE_LOST, CRM_STAGE, PIPELINE,
	        "{\"name\":\"Lost\",\"probability\":0,\"type\":\"lost\"}");
}

UNUSED static void deal(
        struct fixture *f, int64_t record, int64_t owner, int64_t when, int64_t amount)
{
	EVENT(CRM_DEAL, record, CRM_EVENT_CREATED, when, owner, .from = status(0, FIRST),
	        .to = amount, .word = "First");
}

UNUSED static void closes(
        struct fixture *f, int64_t record, int64_t owner, int64_t when, int64_t day)
{
	EVENT(CRM_DEAL, record, CRM_EVENT_CLOSE, when, owner, .to = day);
}

UNUSED static void stage(struct fixture *f, int64_t record, int64_t owner, int64_t when, int64_t to)
{
	int state = to == STAGE_WON ? 1 : to == STAGE_LOST ? 2 : 0;

	EVENT(CRM_DEAL, record, CRM_EVENT_STATUS, when, owner, .to = status(state, to));
}

/* ---- figures ---- */

/* A month of 2026, known as of `as_of`. */
UNUSED static struct kpi_book *book_of(struct fixture *f, int64_t from, int64_t to, int64_t as_of)
{
	struct kpi_frame frame = { .from = from,
		.to = to,
		.as_of = as_of,
		.hours = &hours,
		.company = COMPANY,
		.goals_of = COMPANY };

	happen(f);
	return kpi_open(&f->work, &frame);
}

static const struct kpi_scope everybody;

UNUSED static struct kpi_tally tally_of(
        struct fixture *f, struct kpi_book *book, const struct kpi_scope *scope, const char *name)
{
	const struct kpi *kpi = kpi_find(text_of(name));
	struct kpi_tally tally;

	assert_non_null(kpi);
	must(f, kpi_gather(book, kpi, scope, &tally));
	return tally;
}

UNUSED static struct kpi_figure figure(
        struct fixture *f, struct kpi_book *book, const struct kpi_scope *scope, const char *name)
{
	struct kpi_tally tally = tally_of(f, book, scope, name);
	struct kpi_figure figure;

	kpi_work_out(kpi_find(text_of(name)), &tally, &figure);
	return figure;
}

/* To a millionth. */
#define assert_number(got, want) \
	do { \
		if (fabs((got) - (want)) > 1e-6) \
			fail_msg("got %f, wanted %f", (double)(got), (double)(want)); \
	} while (0)
#define assert_figure(book, name, want) \
	do { \
		struct kpi_figure figure_ = figure(f, (book), &everybody, (name)); \
		if (figure_.none || fabs(figure_.value - (want)) > 1e-6) \
			fail_msg("%s: got %f%s, wanted %f", (name), figure_.value, \
			        figure_.none ? " (none)" : "", (double)(want)); \
	} while (0)
#define assert_none(book, name) assert_true(figure(f, (book), &everybody, (name)).none)

UNUSED static struct kpi_scope scope_of(struct fixture *f, int64_t who)
{
	struct ids *ids = arena_make(f->work.arena, struct ids);

	*vec_push(f->work.arena, ids) = who;
	return (struct kpi_scope){ .who = ids };
}

UNUSED static const struct kpi_tally *group_of(
        struct kpi_book *book, const struct kpi_tally *tally, enum kpi_by by, int64_t key)
{
	struct kpi_groups groups = VEC_EMPTY;

	kpi_group(book, tally, by, &groups);
	for (size_t i = 0; i < groups.len; i++)
		if (groups.at[i].key == key)
			return &groups.at[i].tally;
	fail_msg("no group %lld", (long long)key);
	return NULL;
}

static bool on_postgres, is_kept;

UNUSED static int kpi_setup(void **state)
{
	struct fixture *f = fixture_open(on_postgres);

	must(f, hours_read(&f->work.err, TEXT("Mo-Fr 09:00-17:00"),
	                zone_find(TEXT("Europe/Berlin")), &hours));
	event_ids = 0;
	is_writing = false;
	writes = pool_private(f->house.pool, &f->work.err);
	must(f, writes);
	f->settings.crm_figures_memory = 1 << 20;
	if (is_kept)
		f->house.kpi_kept = kpi_kept_new();
	*state = f;
	return 0;
}

UNUSED static int kpi_teardown(void **state)
{
	struct fixture *f = *state;

	/* A reader that is still at it keeps the closing one waiting, which tidies the log. */
	work_step_end(&f->work);
	if (is_writing)
		db_write_rollback(writes);
	db_close(&writes);
	kpi_kept_free(&f->house.kpi_kept);
	return teardown(state);
}

#define FIGURES(test) cmocka_unit_test_setup_teardown(test, kpi_setup, kpi_teardown)
/* Read anew at each question, and kept from question to question; on SQLite, and on PostgreSQL
 * where there is one. */
#define RUN_BOTH(tests) \
	((is_kept = false, cmocka_run_group_tests(tests, NULL, NULL)) + \
	        (is_kept = true, cmocka_run_group_tests(tests, NULL, NULL)))
#ifdef HAVE_LIBPQ
#define RUN_FIGURES(tests) \
	(RUN_BOTH(tests) + (getenv("KONTOR_TEST_PG") ? (on_postgres = true, RUN_BOTH(tests)) : 0))
#else
#define RUN_FIGURES(tests) RUN_BOTH(tests)
#endif

#endif
