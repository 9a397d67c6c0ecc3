#include "fixture.h"

#include "store/fsck.h"

/* What breaks it: ?1 is a record, ?2 its collection. */
DB_STATEMENT(BREAK_MEMBER, "DELETE FROM member WHERE record = ?1 AND collection = ?2");
DB_STATEMENT(BREAK_RECORD, "DELETE FROM record WHERE id = ?1 AND home = ?2");
DB_STATEMENT(BREAK_SIZE, "UPDATE record SET size = 77 WHERE id = ?1 AND home = ?2");
DB_STATEMENT(BREAK_BYTES, "UPDATE collection SET bytes = ?1 WHERE id = ?2");
DB_STATEMENT(BREAK_REVISION,
        "UPDATE record SET revision = revision + 1000000 WHERE id = ?1 AND home = ?2");
DB_STATEMENT(BREAK_COUNTER, "UPDATE counter SET value = 1 WHERE ?1 <> ?2");
DB_STATEMENT(BREAK_HOME, "UPDATE member SET collection = 424242"
                         " WHERE record = ?1 AND collection = ?2");
DB_STATEMENT(BREAK_UID, "UPDATE member SET uid = 'odd' WHERE record = ?1 AND collection = ?2");
DB_STATEMENT(BREAK_BODY, "UPDATE record SET media = 'bad' WHERE id = ?1 AND home = ?2");

DB_STATEMENT(BREAK_MAIL,
        "INSERT INTO outbox (id, record, author, state, epoch, created, modified, due,"
        " attempts, lease, claim, sender, recipients, rest, refused, reason,"
        " message) VALUES (3, ?1, ?2, 0, 'e', 0, 0, 0, 0, 0, 0, 's', 'r', '', '',"
        " '', CAST('m' AS BLOB))");

static bool parse(struct work *work, struct text media, struct subject *subject)
{
	subject->uid = TEXT("u");
	subject->tag = COMPONENT_VEVENT;
	return !text_eq(media, TEXT("bad")) || err_set(&work->err, ERR_VALID_CALENDAR_DATA, "bad");
}

static const struct kind event = { .id = KIND_EVENT, .name = "event", .parse = parse };
static const struct kind *const kinds[] = { &event, NULL };

struct told {
	struct buf words;
};

static void tell(void *arg, const struct fsck_fault *fault)
{
	struct told *told = arg;

	buf_printf(&told->words, "%s%s%s", told->words.len ? " " : "", fault->word,
	        fault->repaired ? "!" : "");
}

static const char *check(struct fixture *f, bool repair)
{
	struct db *db = pool_private(f->house.pool, &f->work.err);
	struct told told;
	struct fsck fsck = { .repair = repair, .report = tell, .arg = &told };

	must(f, db);
	work_step_end(&f->work);
	buf_init(&told.words, f->work.arena);
	must(f, fsck_run(&f->house, db, &fsck, &f->work.err));
	db_close(&db);
	return buf_text(&told.words).ptr;
}

struct damage {
	const struct db_stmt *stmt;
	int64_t record, collection;
};

static bool damage_run(struct writing *w, void *data)
{
	const struct damage *d = data;

	return db_run(
	        w->db, w->err, d->stmt, DB_ARGS(DB_INT(d->record), DB_INT(d->collection)), NULL);
}

static struct record *damage(struct fixture *f, const struct db_stmt *stmt)
{
	struct record *r = put_body(f, f->calendar, PUT("a.ics", "u", "body"));
	struct damage d = { stmt, r->id, f->calendar };
	struct plan *plan = new_plan(f);

	fixture_compose(f, kinds, NULL);
	plan_add(plan, damage_run, &d);
	must(f, apply(f, plan));
	return r;
}

static void a_sound_database_has_no_faults(void **state)
{
	struct fixture *f = *state;

	fixture_compose(f, kinds, NULL);
	put_body(f, f->calendar, PUT("a.ics", "u", "body"));
	remove_member(f, f->calendar, "a.ics");
	put_body(f, f->calendar, PUT("a.ics", "u", "body"));
	assert_string_equal(check(f, false), "");
}

static void faults_are_told_and_repaired(void **state)
{
	static const struct {
		const struct db_stmt *stmt;
		const char *found, *repaired;
	} cases[] = {
		{ &BREAK_MEMBER, "lost-record", "lost-record! wrong-uid!" },
		{ &BREAK_RECORD, "empty-member wrong-bytes", "empty-member! wrong-bytes!" },
		{ &BREAK_BYTES, "wrong-bytes", "wrong-bytes!" },
		{ &BREAK_SIZE, "wrong-size old-member wrong-bytes", "wrong-size!" },
		{ &BREAK_REVISION, "change-counter old-member", "change-counter! old-member!" },
		{ &BREAK_COUNTER, "id-counter change-counter", "id-counter! change-counter!" },
		{ &BREAK_HOME, "homeless-member", "homeless-member! lost-record! wrong-uid!" },
		{ &BREAK_UID, "wrong-uid", "wrong-uid!" },
		{ &BREAK_MAIL, "idle-mail", "idle-mail!" },
		{ &BREAK_BODY, "old-member unreadable-body", "old-member! unreadable-body" },
	};
	struct fixture *f = *state;
	struct scope scope;

	scope.collection = f->calendar;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct items items;

		damage(f, cases[i].stmt);
		assert_string_equal(check(f, false), cases[i].found);
		assert_string_equal(check(f, true), cases[i].repaired);
		assert_string_equal(
		        check(f, false), cases[i].stmt == &BREAK_BODY ? "unreadable-body" : "");
		must(f, member_list(&f->work, &scope, TEXT_NONE, true, 9, &items));
		if (cases[i].stmt != &BREAK_RECORD) {
			assert_int_equal(items.len, 1);
			assert_true(text_eq(items.at[0].body, TEXT("body")));
			remove_member(
			        f, f->calendar, arena_cstr(f->work.arena, items.at[0].member.name));
		}
	}
}

#define TESTS(ON) ON(a_sound_database_has_no_faults), ON(faults_are_told_and_repaired)
RUN_TESTS(TESTS)
