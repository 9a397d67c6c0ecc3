/* bodies.h - what the tests of bodies share: a house with rows of the CRM in it, values as JSON. */
#ifndef KONTOR_TESTS_BODIES_H
#define KONTOR_TESTS_BODIES_H

#include "../store/fixture.h"

#include "crm/body.h"
#include "crm/look.h"

DB_STATEMENT(ROW_INSERT, "INSERT INTO crm_row (id, noun, parent, position, revision, created,"
                         " modified, data) VALUES (?1, ?2, 0, ?3, 1, 0, 0, ?4)");
DB_STATEMENT(ITEM_INSERT,
        "INSERT INTO crm_item (record, noun, uid, holder, owner, team, state, status, entered,"
        " account, contact, parent, pipeline, stage, campaign, source, title, title_key, created,"
        " modified, start, due, closed, amount, probability, priority, number, score, until,"
        " fields) VALUES (?1, ?2, ?3, 0, 0, 0, 0, '', 0, 0, 0, 0, 0, 0, 0, '', ?4, ?4, 0, 0, 0, 0,"
        " 0, 0, 0, 0, 0, 0, 0, '{}')");

struct made_row {
	const struct db_stmt *stmt;
	int64_t id, noun;
	struct text text, uid;
};

UNUSED static bool make_run(struct writing *w, void *data)
{
	const struct made_row *row = data;

	if (row->stmt == &ROW_INSERT)
		return db_run(w->db, w->err, row->stmt,
		        DB_ARGS(DB_INT(row->id), DB_INT(row->noun), DB_INT(row->id),
		                DB_TEXT(row->text)),
		        NULL);
	return db_run(w->db, w->err, row->stmt,
	        DB_ARGS(DB_INT(row->id), DB_INT(row->noun), DB_TEXT(row->uid), DB_TEXT(row->text)),
	        NULL);
}

UNUSED static void make_it(struct fixture *f, struct made_row row)
{
	struct made_row *copy = arena_make(f->work.arena, struct made_row);
	struct plan *plan = new_plan(f);

	*copy = row;
	plan_add(plan, make_run, copy);
	must(f, apply(f, plan));
}

/* A row of the company's own; its data as JSON. */
UNUSED static void make_row(struct fixture *f, int64_t id, enum crm_noun noun, const char *data)
{
	make_it(f, (struct made_row){ &ROW_INSERT, id, noun, text_of(data), TEXT_NONE });
}

/* What stands for a record. */
UNUSED static void make_item(
        struct fixture *f, int64_t id, enum crm_noun noun, const char *uid, const char *title)
{
	make_it(f, (struct made_row){ &ITEM_INSERT, id, noun, text_of(title), text_of(uid) });
}

/* Values written with ' for ". */
UNUSED static json_t *values_of(struct fixture *f, const char *words)
{
	char *text = arena_cstr(f->work.arena, text_of(words));
	json_error_t at;
	json_t *values;

	for (char *c = text; *c; c++)
		if (*c == '\'')
			*c = '"';
	values = json_loads(text, 0, &at);
	if (!values)
		fail_msg("%s: %s", at.text, text);
	return crm_json_own(f->work.arena, values);
}

#define assert_values(f, got, words) \
	do { \
		struct text got_ = crm_json_write((f)->work.arena, (got)); \
		struct text want_ = crm_json_write((f)->work.arena, values_of((f), (words))); \
		if (!text_eq(got_, want_)) \
			fail_msg("%.*s\n  is not\n%.*s", TEXT_ARG(got_), TEXT_ARG(want_)); \
	} while (0)

#define assert_body(got, want) \
	do { \
		if (!text_eq((got), text_of(want))) \
			fail_msg("%.*s\n  is not\n%s", TEXT_ARG(got), (want)); \
	} while (0)

static bool on_postgres;

UNUSED static int setup_bodies(void **state)
{
	struct fixture *f = fixture_open(on_postgres);

	f->settings.crm_time_zone = "Europe/Berlin";
	*state = f;
	return 0;
}

UNUSED static int teardown_bodies(void **state)
{
	fixture_close(*state);
	return 0;
}

#define BODIES(test) cmocka_unit_test_setup_teardown(test, setup_bodies, teardown_bodies)

#endif
