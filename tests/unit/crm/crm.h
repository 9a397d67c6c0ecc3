/* crm.h - a throwaway house with a company in it: ann sells, ben answers cases, carla manages
 * their team `north`, root is the admin. Whoever asks: become(). */
#ifndef KONTOR_TEST_CRM_H
#define KONTOR_TEST_CRM_H

#include "../gates/gates.h"

#include "crm/kinds.h"
#include "crm/seed.h"
#include "edit/crm.h"
#include "object/ical.h"
#include "people/group.h"
#include "people/reach.h"
#include "view/crm.h"

static const struct kind *const crm_kinds[] = { &file_kind, &crm_event_kind, &fake_card,
	&crm_account_kind, &crm_contact_kind, &crm_lead_kind, &crm_deal_kind, &crm_case_kind,
	&crm_note_kind, NULL };

static const struct step *const crm_steps[] = { &crm_step, NULL };

static struct who ann, ben, carla, root;
static int64_t north;

UNUSED static int64_t make_user(struct fixture *f, const char *name, const char *role)
{
	struct principal_put *put = arena_make(f->work.arena, struct principal_put);
	struct plan *plan = new_plan(f);

	put->principal.kind = PRINCIPAL_USER;
	put->principal.name = text_of(name);
	put->set_roles = true;
	if (role)
		*vec_push(f->work.arena, &put->roles) = text_of(role);
	plan_principal_put(plan, put);
	must(f, apply(f, plan));
	return put->principal.id;
}

UNUSED static void who_is(struct fixture *f, struct who *who, int64_t id, const char *name)
{
	struct ids *groups = arena_make(f->work.arena, struct ids);

	*who = (struct who){ .id = id, .name = text_of(name) };
	work_step_end(&f->work);
	must(f, group_all_of(&f->work, id, groups));
	who->groups = groups->at;
	who->groups_len = groups->len;
	must(f, reach_of(&f->work, who));
}

UNUSED static void people(struct fixture *f)
{
	int64_t ids[] = { make_user(f, "ann", "sales"), make_user(f, "ben", "support"),
		make_user(f, "carla", NULL), make_user(f, "root", "admin") };
	struct plan *plan;

	north = make_principal(f, PRINCIPAL_GROUP, "north", NULL);
	plan = new_plan(f);
	plan_group_join(plan, north, ids[0], false);
	plan_group_join(plan, north, ids[1], false);
	plan_group_join(plan, north, ids[2], true);
	must(f, apply(f, plan));
	who_is(f, &ann, ids[0], "ann");
	who_is(f, &ben, ids[1], "ben");
	who_is(f, &carla, ids[2], "carla");
	who_is(f, &root, ids[3], "root");
	root.is_admin = true;
	must(f, reach_of(&f->work, &root));
}

UNUSED static int crm_setup(void **state)
{
	struct fixture *f = fixture_open(on_postgres);
	struct plan *plan = new_plan(f);

	*state = f;
	assert_true(ical_setup());
	f->settings.limits_min_year = 1900;
	f->settings.limits_max_year = 2100;
	f->settings.limits_instances = 1000;
	f->settings.limits_attendees = 100;
	f->settings.limits_resource = 1 << 20;
	f->settings.crm_currency = "EUR";
	f->settings.crm_time_zone = "Europe/Berlin";
	f->settings.crm_business_hours = "Mo-Fr 09:00-17:00";
	f->settings.crm_versions = 3;
	fixture_compose(f, crm_kinds, crm_steps);
	plan_add(plan, crm_seed, &f->house);
	must(f, apply(f, plan));
	people(f);
	become(f, &ann);
	return 0;
}

#define CRM(test) cmocka_unit_test_setup_teardown(test, crm_setup, teardown)

/* ---- shorthands; JSON with ' for " ---- */

UNUSED static json_t *values(struct fixture *f, const char *json)
{
	char *copy = arena_cstr(f->work.arena, text_of(json));
	json_t *object;

	for (char *c = copy; *c; c++)
		if (*c == '\'')
			*c = '"';
	must(f, crm_json_read(&f->work, text_of(copy), &object));
	return object;
}

UNUSED static struct plan *plan_set(
        struct fixture *f, enum crm_noun noun, int64_t id, const char *json)
{
	struct edit_crm *asked = arena_make(f->work.arena, struct edit_crm);

	work_step_end(&f->work);
	err_clear(&f->work.err);
	*asked = (struct edit_crm){
		.noun = noun, .id = id, .base = -1, .set = values(f, json), .position = -1
	};
	return edit_crm_put(&f->work, asked);
}

/* The error it ends with; the id in *id. */
UNUSED static enum err_id try_set(
        struct fixture *f, enum crm_noun noun, int64_t *id, const char *json)
{
	struct plan *plan = plan_set(f, noun, *id, json);
	enum err_id err = outcome(f, plan);

	if (!err)
		*id = edit_crm_id(plan);
	return err;
}

UNUSED static int64_t make(struct fixture *f, enum crm_noun noun, const char *json)
{
	int64_t id = 0;

	must(f, try_set(f, noun, &id, json) == ERR_NONE);
	assert_true(id > 0);
	return id;
}

UNUSED static void change(struct fixture *f, enum crm_noun noun, int64_t id, const char *json)
{
	must(f, try_set(f, noun, &id, json) == ERR_NONE);
}

UNUSED static struct crm_entry *entry_of(struct fixture *f, enum crm_noun noun, int64_t id)
{
	struct crm_entry *entry;

	must(f, crm_entry_get(&f->work, noun, id, &entry));
	return entry;
}

UNUSED static json_t *fields_of(struct fixture *f, enum crm_noun noun, int64_t id)
{
	struct crm_entry *entry = entry_of(f, noun, id);
	json_t *fields;

	assert_non_null(entry);
	must(f, crm_json_read(&f->work, entry->fields, &fields));
	return fields;
}

/* A field as JSON text; "" where it is not there. */
UNUSED static const char *field_of(
        struct fixture *f, enum crm_noun noun, int64_t id, const char *key)
{
	json_t *value = json_object_get(fields_of(f, noun, id), key);

	return value ? crm_json_write(f->work.arena, value).ptr : "";
}
#define assert_field(f, noun, id, key, want) assert_string_equal(field_of(f, noun, id, key), want)

/* The id of the row of that name. */
UNUSED static int64_t row_named(struct fixture *f, enum crm_noun noun, const char *name)
{
	struct crm_row *row;

	must(f, crm_row_named(&f->work, noun, text_of(name), &row));
	assert_non_null(row);
	return row->id;
}

/* Titles of a list, separated by commas. filters: separated by spaces, or NULL. */
UNUSED static const char *titles(
        struct fixture *f, enum crm_noun noun, const char *filters, struct crm_ask ask)
{
	struct text rest = text_of(filters), one;
	struct crm_page page;
	struct buf buf;

	work_step_end(&f->work);
	err_clear(&f->work.err);
	ask.noun = noun;
	while (text_split(&rest, ' ', &one))
		must(f, crm_filter_parse(
		                &f->work, noun, one, vec_push(f->work.arena, &ask.filters)));
	must(f, crm_list(&f->work, &ask, &page));
	buf_init(&buf, f->work.arena);
	for (size_t i = 0; i < page.entries.len; i++)
		buf_printf(&buf, "%s%.*s", i ? "," : "", TEXT_ARG(page.entries.at[i].title));
	if (page.cursor.ptr)
		buf_printf(&buf, "...");
	return buf_text(&buf).ptr;
}
#define BY(...) ((struct crm_ask){ __VA_ARGS__ })
#define ASK()   BY(.sort = TEXT("title"))

DB_STATEMENT(HAPPENED, "SELECT what, from_value, to_value, from_num, to_num, seconds"
                       " FROM crm_event WHERE record = ?1 ORDER BY at, id");

/* What happened to it, "number:from>to" each; a trailing " 5s": seconds. */
UNUSED static const char *events_of(struct fixture *f, int64_t id)
{
	struct db_rows *rows;
	struct buf buf;

	buf_init(&buf, f->work.arena);
	work_step_end(&f->work);
	rows = db_query(work_reader(&f->work), &f->work.err, &HAPPENED, DB_ARGS(DB_INT(id)));
	while (rows && db_next(rows)) {
		buf_printf(&buf, "%s%lld:%.*s>%.*s", buf.len ? " " : "", (long long)db_int(rows, 0),
		        TEXT_ARG(db_text(rows, 1)), TEXT_ARG(db_text(rows, 2)));
		if (db_int(rows, 5))
			buf_printf(&buf, " %llds", (long long)db_int(rows, 5));
	}
	must(f, db_done(rows));
	return buf_text(&buf).ptr;
}

/* Time passes. */
UNUSED static void wait_for(struct fixture *f, int64_t seconds)
{
	work_step_end(&f->work);
	f->work.now += seconds;
}

UNUSED static const char *with_id(struct fixture *f, const char *format, int64_t id)
{
	return arena_printf(f->work.arena, format, (long long)id).ptr;
}

UNUSED static struct record *record_at(struct fixture *f, int64_t id)
{
	struct record *record;

	work_step_end(&f->work);
	must(f, record_get(&f->work, id, &record));
	return record;
}

UNUSED static bool body_has(struct fixture *f, int64_t id, const char *words)
{
	return text_find(record_at(f, id)->body, text_of(words)) >= 0;
}

UNUSED static bool is_refused(
        struct fixture *f, enum crm_noun noun, int64_t id, const char *json, const char *field)
{
	enum err_id err = try_set(f, noun, &id, json);

	return err == ERR_CRM_VALUE && f->work.err.field && !strcmp(f->work.err.field, field);
}

/* One number out of the database. */
UNUSED static int64_t ask_number(struct fixture *f, const struct db_stmt *stmt, int64_t key)
{
	struct db_rows *rows;
	int64_t number = 0;

	work_step_end(&f->work);
	rows = db_query(work_reader(&f->work), &f->work.err, stmt, DB_ARGS(DB_INT(key)));
	if (rows && db_next(rows))
		number = db_int(rows, 0);
	must(f, db_done(rows));
	return number;
}

#endif
