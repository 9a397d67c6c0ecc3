/* fixture.h - a throwaway house, on SQLite, and on PostgreSQL when KONTOR_TEST_PG says where
 * (../postgres.h). Users alice and bob live in it. Includes cmocka. */
#ifndef KONTOR_TEST_STORE_FIXTURE_H
#define KONTOR_TEST_STORE_FIXTURE_H

#include "base/base.h"

#include <setjmp.h>

#include <cmocka.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "store/blob.h"
#include "store/grant.h"
#include "store/kind.h"
#include "store/lock.h"
#include "store/principal.h"
#include "store/reindex.h"
#include "store/writer.h"

#include "../postgres.h"

struct fixture {
	char dir[64];
	char dsn[400];
	struct settings settings;
	struct house house;
	struct work work; /* reads; ended by apply() */
	int64_t alice, bob, calendar, files;
};

enum { NOW = 1800000000 };

#define must(f, what) \
	do { \
		if (!(what)) \
			fail_msg("%s: %d %s", #what, (int)(f)->work.err.id, (f)->work.err.detail); \
	} while (0)

UNUSED static struct plan *new_plan(struct fixture *f)
{
	return plan_new(f->work.arena, f->work.now);
}

/* Commits; the next read sees it. */
UNUSED static bool apply(struct fixture *f, struct plan *plan)
{
	work_step_end(&f->work);
	err_clear(&f->work.err);
	return writer_apply(f->house.writer, plan, &f->work.err);
}

UNUSED static bool is_stale(struct fixture *f, struct plan *plan)
{
	return !apply(f, plan) && plan_state(plan) == PLAN_STALE;
}

UNUSED static int64_t make_principal(
        struct fixture *f, enum principal_kind kind, const char *name, const char *email)
{
	struct principal_put *put = arena_make(f->work.arena, struct principal_put);
	struct plan *plan = new_plan(f);

	put->principal.kind = kind;
	put->principal.name = text_of(name);
	if (email) {
		put->set_emails = true;
		*vec_push(f->work.arena, &put->emails) = text_of(email);
	}
	plan_principal_put(plan, put);
	must(f, apply(f, plan));
	return put->principal.id;
}

UNUSED static int64_t place_of(
        struct fixture *f, const char *owner, enum collection_type type, const char *child)
{
	struct collection_path path;

	must(f, collection_path(&f->work, text_of(owner), type, text_of(child), &path));
	assert_non_null(path.home);
	return child ? path.child->id : path.home->id;
}

UNUSED static struct fixture *fixture_open(bool postgres)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	log_setup(getenv("KONTOR_TEST_LOG") ? LOG_LEVEL_DEBUG : (enum log_level) - 1, false);
	snprintf(f->dir, sizeof(f->dir), "%s/kontor-store-XXXXXX",
	        getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	f->settings.server_data_dir = f->dir;
	f->settings.store_schema_dir = KONTOR_SRCDIR "/schemas";
#ifdef HAVE_LIBPQ
	if (postgres) {
		postgres_open(f->dsn, sizeof(f->dsn));
		f->settings.store_postgres = f->dsn;
	}
#else
	assert_false(postgres);
#endif
	f->work = (struct work){ .arena = arena_new(), .house = &f->house, .now = NOW };
	must(f, house_make(&f->settings, &f->work.err));
	must(f, house_open(&f->house, &f->settings, &f->work.err));
	house_start_writer(&f->house);
	f->alice = make_principal(f, PRINCIPAL_USER, "alice", "alice@example.org");
	f->bob = make_principal(f, PRINCIPAL_USER, "bob", NULL);
	f->calendar = place_of(f, "alice", COLLECTION_CALENDAR_HOME, "calendar");
	f->files = place_of(f, "alice", COLLECTION_FILE_HOME, NULL);
	return f;
}

/* What the house is made of is settled before its writer runs, whose chores read it: a writer that
 * runs already makes way for another. */
UNUSED static void fixture_compose(
        struct fixture *f, const struct kind *const *kinds, const struct step *const *steps)
{
	bool runs = f->house.writer;

	writer_stop(&f->house.writer);
	f->house.kinds = kinds;
	f->house.steps = steps;
	if (runs)
		house_start_writer(&f->house);
}

UNUSED static void fixture_close(struct fixture *f)
{
	char sql[100];

	work_step_end(&f->work);
	house_close(&f->house);
	arena_free(&f->work.arena);
#ifdef HAVE_LIBPQ
	if (f->dsn[0])
		postgres_close(f->dsn);
#endif
	snprintf(sql, sizeof(sql), "rm -rf %s", f->dir);
	assert_int_equal(system(sql), 0);
	free(f);
}

/* ---- shorthands ---- */

/* What is put: a calendar object with a UID, a file without. `old` NULL for a new one. */
struct putting {
	const char *name, *uid, *body;
	const struct record *old;
};

UNUSED static struct record *plan_body(
        struct fixture *f, struct plan *plan, int64_t collection, struct putting what)
{
	struct record_put *put = arena_make(f->work.arena, struct record_put);

	put->record = arena_make(f->work.arena, struct record);
	if (what.old)
		*put->record = *what.old;
	put->record->home = collection;
	put->record->kind = what.uid ? KIND_EVENT : KIND_FILE;
	put->record->body = text_of(what.body);
	put->guard = what.old ? what.old->revision : 0;
	put->name = text_of(what.name);
	put->uid = text_of(what.uid);
	put->tag = COMPONENT_VEVENT;
	plan_put(plan, put);
	return put->record;
}

UNUSED static struct record *put_body(struct fixture *f, int64_t collection, struct putting what)
{
	struct plan *plan = new_plan(f);
	struct record *record = plan_body(f, plan, collection, what);

	must(f, apply(f, plan));
	return record;
}

#define PUT(...) ((struct putting){ __VA_ARGS__ })

UNUSED static struct item *item_at(struct fixture *f, int64_t collection, const char *name)
{
	struct item *item;

	must(f, member_get(&f->work, &(struct scope){ collection, 0 }, text_of(name), true, &item));
	return item;
}

UNUSED static struct collection *collection_at(struct fixture *f, int64_t id)
{
	struct collection *c;

	must(f, collection_get(&f->work, id, &c));
	return c;
}

/* "+a.ics -b.ics +folder/": what change_list says. */
UNUSED static const char *changes_of(
        struct fixture *f, int64_t collection, int64_t since, size_t max, bool deep)
{
	struct scope scope = { collection, 0 };
	struct changes changes;
	struct buf buf;
	bool more;

	must(f, deep ? change_list_deep(&f->work, &scope, since, max, &changes, &more)
	             : change_list(&f->work, &scope, since, max, &changes, &more));
	buf_init(&buf, f->work.arena);
	for (size_t i = 0; i < changes.len; i++)
		buf_printf(&buf, "%s%c%.*s%s", i ? " " : "", changes.at[i].gone ? '-' : '+',
		        TEXT_ARG(changes.at[i].name), changes.at[i].is_collection ? "/" : "");
	if (more)
		buf_printf(&buf, " ...");
	return buf_text(&buf).ptr;
}

UNUSED static int64_t latest(struct fixture *f)
{
	int64_t number;

	must(f, change_latest(&f->work, &number));
	return number;
}

UNUSED static void remove_member(struct fixture *f, int64_t collection, const char *name)
{
	struct plan *plan = new_plan(f);

	plan_remove(plan, collection, text_of(name), -1, &f->house);
	must(f, apply(f, plan));
}

/* Waits until what was removed has been cleared away. */
UNUSED static struct record *record_left(struct fixture *f, int64_t id)
{
	struct record *record = NULL;

	for (int i = 0; i < 500; i++) {
		work_step_end(&f->work);
		must(f, record_get(&f->work, id, &record));
		if (!record)
			break;
		usleep(10000);
	}
	return record;
}

UNUSED static int64_t make_folder(struct fixture *f, int64_t parent, const char *name)
{
	struct collection *c = arena_make(f->work.arena, struct collection);
	struct plan *plan = new_plan(f);

	c->parent = parent;
	c->owner = f->alice;
	c->type = COLLECTION_FOLDER;
	c->name = text_of(name);
	plan_collection_make(plan, c);
	must(f, apply(f, plan));
	return c->id;
}

UNUSED static int setup_sqlite(void **state)
{
	*state = fixture_open(false);
	return 0;
}

UNUSED static int setup_postgres(void **state)
{
	*state = fixture_open(true);
	return 0;
}

UNUSED static int teardown(void **state)
{
	fixture_close(*state);
	return 0;
}

#define ON_SQLITE(test)   cmocka_unit_test_setup_teardown(test, setup_sqlite, teardown)
#define ON_POSTGRES(test) cmocka_unit_test_setup_teardown(test, setup_postgres, teardown)

/* Runs the list TESTS(ON) on each database there is. */
#ifdef HAVE_LIBPQ
#define RUN_TESTS(TESTS) \
	int main(void) \
	{ \
		const struct CMUnitTest sqlite[] = { TESTS(ON_SQLITE) }; \
		const struct CMUnitTest postgres[] = { TESTS(ON_POSTGRES) }; \
		int failed = cmocka_run_group_tests(sqlite, NULL, NULL); \
		if (getenv("KONTOR_TEST_PG")) \
			failed += cmocka_run_group_tests(postgres, NULL, NULL); \
		return failed; \
	}
#else
#define RUN_TESTS(TESTS) \
	int main(void) \
	{ \
		const struct CMUnitTest sqlite[] = { TESTS(ON_SQLITE) }; \
		return cmocka_run_group_tests(sqlite, NULL, NULL); \
	}
#endif

#endif
