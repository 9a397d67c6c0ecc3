#include "../store/fixture.h"

#include "contacts/keys.h"

DB_STATEMENT(ADD, "INSERT INTO card_key (collection, name, record, position, cut, key)"
                  " VALUES (?1, 'FN', ?2, ?3, ?4, ?5)");

struct key {
	int64_t collection, record, position;
	bool cut;
	const char *key;
};

static bool add_run(struct writing *w, void *data)
{
	const struct key *key = data;

	return db_run(w->db, w->err, &ADD,
	        DB_ARGS(DB_INT(key->collection), DB_INT(key->record), DB_INT(key->position),
	                DB_INT(key->cut), DB_TEXT(text_of(key->key))),
	        NULL);
}

/* Behind the collection's back: its token stays. */
static void add(struct fixture *f, int64_t record, bool cut, const char *key)
{
	static int64_t position;
	struct key row = { f->calendar, record, ++position, cut, key };
	struct plan *plan = new_plan(f);

	plan_add(plan, add_run, &row);
	must(f, apply(f, plan));
}

/* "1 5": whose key holds the text; "?": not kept. */
static const char *found(struct fixture *f, const char *key)
{
	struct card_hint hint = { TEXT("FN"), text_of(key) };
	struct ids records;
	struct buf words;
	bool known;

	work_step_end(&f->work);
	must(f, card_keys_find(&f->work, f->calendar, &hint, &records, &known));
	if (!known)
		return "?";
	buf_init(&words, f->work.arena);
	for (size_t i = 0; i < records.len; i++)
		buf_printf(&words, "%s%lld", i ? " " : "", (long long)records.at[i]);
	return arena_cstr(f->work.arena, buf_text(&words));
}

static void change(struct fixture *f)
{
	put_body(f, f->calendar, PUT("a.ics", NULL, "x"));
	remove_member(f, f->calendar, "a.ics");
}

static void start(struct fixture *f)
{
	f->house.card_keys = card_keys_new();
	add(f, 1, false, "anna");
	add(f, 2, false, "hannah");
	add(f, 3, false, "otto");
	add(f, 4, true, "long");
}

static void end(struct fixture *f)
{
	work_step_end(&f->work);
	card_keys_free(&f->house.card_keys);
}

static void keys_are_kept_from_the_second_question_on(void **state)
{
	struct fixture *f = *state;

	start(f);
	assert_string_equal(found(f, "anna"), "?");
	assert_string_equal(found(f, "anna"), "4 1 2");
	assert_string_equal(found(f, "otto"), "4 3");
	assert_string_equal(found(f, "tt"), "4 3");
	assert_string_equal(found(f, "zzz"), "4");
	assert_string_equal(found(f, ""), "4 1 2 3");
	end(f);
}

static void no_key_runs_into_the_next(void **state)
{
	struct fixture *f = *state;

	start(f);
	found(f, "x");
	assert_string_equal(found(f, "annahannah"), "4");
	assert_string_equal(found(f, "ahot"), "4");
	end(f);
}

static void a_change_in_the_collection_ends_it(void **state)
{
	struct fixture *f = *state;

	start(f);
	found(f, "ida");
	assert_string_equal(found(f, "ida"), "4");
	add(f, 5, false, "ida");
	assert_string_equal(found(f, "ida"), "4");
	change(f);
	assert_string_equal(found(f, "ida"), "?");
	assert_string_equal(found(f, "ida"), "4 5");
	end(f);
}

static void what_is_too_large_is_left_to_the_database(void **state)
{
	static char large[1 << 20];
	struct fixture *f = *state;

	start(f);
	memset(large, 'x', sizeof(large) - 1);
	for (int i = 0; i < 5; i++)
		add(f, 10 + i, false, large);
	for (int i = 0; i < 4; i++)
		assert_string_equal(found(f, "anna"), "?");
	end(f);
}

static void without_a_shelf_nothing_is_kept(void **state)
{
	struct fixture *f = *state;

	add(f, 1, false, "anna");
	for (int i = 0; i < 3; i++)
		assert_string_equal(found(f, "anna"), "?");
}

#define TESTS(ON) \
	ON(keys_are_kept_from_the_second_question_on), ON(no_key_runs_into_the_next), \
	        ON(a_change_in_the_collection_ends_it), \
	        ON(what_is_too_large_is_left_to_the_database), ON(without_a_shelf_nothing_is_kept)
RUN_TESTS(TESTS)
