#include "store/furnish.h"

#include "base/str.h"
#include "store/appear.h"
#include "store/tree.h"

/* In this order: default collections stand first in listings. Events and tasks are kept apart:
 * phones show a calendar that takes tasks as a list of tasks, and users delete "empty" ones. */
#define FOR(kind) (1 << (kind))
enum { FOR_ALL = FOR(PRINCIPAL_USER) | FOR(PRINCIPAL_LOCATION) | FOR(PRINCIPAL_RESOURCE) };

static const struct furnishing {
	int kinds;
	enum collection_type type, home; /* home 0: it is one */
	const char *name;
	int64_t components;
} furnishings[] = {
	{ FOR_ALL, COLLECTION_CALENDAR_HOME, 0, "", 0 },
	{ FOR_ALL, COLLECTION_CALENDAR, COLLECTION_CALENDAR_HOME, "calendar",
	        COMPONENTS_WITHOUT_TASKS },
	{ FOR(PRINCIPAL_USER), COLLECTION_CALENDAR, COLLECTION_CALENDAR_HOME, "tasks",
	        COMPONENT_VTODO },
	{ FOR(PRINCIPAL_USER), COLLECTION_ADDRESSBOOK_HOME, 0, "", 0 },
	{ FOR(PRINCIPAL_USER), COLLECTION_ADDRESSBOOK, COLLECTION_ADDRESSBOOK_HOME, "contacts", 0 },
	{ FOR(PRINCIPAL_USER), COLLECTION_FILE_HOME, 0, "", 0 },
};

static const struct shelf shelves[] = {
	{ SHELF_ACCOUNTS, COLLECTION_ADDRESSBOOK, COLLECTION_ADDRESSBOOK_HOME,
	        TEXT_INIT("accounts"), 0 },
	{ SHELF_LEADS, COLLECTION_ADDRESSBOOK, COLLECTION_ADDRESSBOOK_HOME, TEXT_INIT("leads"), 0 },
	{ SHELF_DEALS, COLLECTION_CALENDAR, COLLECTION_CALENDAR_HOME, TEXT_INIT("deals"),
	        COMPONENT_VJOURNAL },
	{ SHELF_CASES, COLLECTION_CALENDAR, COLLECTION_CALENDAR_HOME, TEXT_INIT("cases"),
	        COMPONENT_VTODO },
	{ SHELF_JOURNAL, COLLECTION_CALENDAR, COLLECTION_CALENDAR_HOME, TEXT_INIT("journal"),
	        COMPONENT_VJOURNAL },
};

static const struct {
	struct text role;
	enum crm_shelf shelf;
} role_shelves[] = {
	{ TEXT_INIT("sales"), SHELF_ACCOUNTS },
	{ TEXT_INIT("sales"), SHELF_LEADS },
	{ TEXT_INIT("sales"), SHELF_DEALS },
	{ TEXT_INIT("sales"), SHELF_JOURNAL },
	{ TEXT_INIT("support"), SHELF_ACCOUNTS },
	{ TEXT_INIT("support"), SHELF_CASES },
};

DB_STATEMENT(HOME, "SELECT id FROM collection WHERE owner = ?1 AND parent = 0 AND type = ?2");
DB_STATEMENT(SHELF, "SELECT id FROM collection WHERE owner = ?1 AND crm = ?2 AND crm <> 0"
                    " AND parent > 0");
DB_STATEMENT(NAME_TAKEN, "SELECT id FROM collection WHERE parent = ?1 AND name = ?2"
                         " AND parent <> 0");
DB_STATEMENT(COMPANY, "SELECT id FROM principal WHERE name_key = 'company'");
DB_STATEMENT(COMPANY_SHELVES,
        "SELECT count(*) FROM principal p JOIN collection c ON c.owner = p.id AND c.crm <> 0"
        " AND c.parent > 0 WHERE p.name_key = 'company'");
DB_STATEMENT(ROLES, "SELECT principal, role FROM principal_role WHERE role IN ('sales', 'support')"
                    " ORDER BY principal, role /* scan: once, when the database is older */");
DB_STATEMENT(PRINCIPAL_KIND, "SELECT kind FROM principal WHERE id = ?1");

const struct shelf *shelf_row(enum crm_shelf shelf)
{
	for (size_t i = 0; i < COUNT_OF(shelves); i++)
		if (shelves[i].shelf == shelf)
			return &shelves[i];
	return NULL;
}

bool shelf_reserves(enum collection_type home, struct text name)
{
	for (size_t i = 0; i < COUNT_OF(shelves); i++)
		if (shelves[i].home == home && text_eq(shelves[i].name, name))
			return true;
	return false;
}

/* The first column of the first row, 0 if there is none. */
static bool ask(struct writing *w, const struct db_stmt *stmt, struct db_args args, int64_t *value)
{
	struct db_rows *rows = db_query(w->db, w->err, stmt, args);

	*value = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

/* ---- what a new one gets ---- */

bool furnish_new(struct writing *w, const struct principal *p)
{
	int64_t homes[COLLECTION_FILE_HOME + 1] = { 0 };

	for (size_t i = 0; i < COUNT_OF(furnishings); i++) {
		const struct furnishing *f = &furnishings[i];
		struct collection c = { .parent = homes[f->home],
			.owner = p->id,
			.type = f->type,
			.name = text_of(f->name),
			.components = f->components };

		if (!(f->kinds & FOR(p->kind)))
			continue;
		if (!collection_make(w, &c))
			return false;
		if (!f->home)
			homes[f->type] = c.id;
	}
	return true;
}

/* ---- shelves ---- */

static bool home_of(struct writing *w, int64_t owner, enum collection_type type, int64_t *home)
{
	struct collection made = { .owner = owner, .type = type, .name = TEXT("") };

	if (!ask(w, &HOME, DB_ARGS(DB_INT(owner), DB_INT(type)), home))
		return false;
	if (*home)
		return true;
	if (!collection_make(w, &made))
		return false;
	*home = made.id;
	return true;
}

/* Somebody's own collection of that name, older than the shelves, stays what it is. */
static bool free_name(struct writing *w, int64_t home, struct text *name)
{
	int64_t taken;

	for (;;) {
		if (!ask(w, &NAME_TAKEN, DB_ARGS(DB_INT(home), DB_TEXT(*name)), &taken))
			return false;
		if (!taken)
			return true;
		*name = arena_printf(w->arena, "crm-%.*s", TEXT_ARG(*name));
	}
}

bool furnish_shelf(struct writing *w, int64_t owner, enum crm_shelf shelf)
{
	const struct shelf *row = shelf_row(shelf);
	struct collection made = { .owner = owner,
		.type = row->type,
		.name = row->name,
		.components = row->components,
		.crm = shelf };
	int64_t there;

	if (!ask(w, &SHELF, DB_ARGS(DB_INT(owner), DB_INT(shelf)), &there))
		return false;
	return there || (home_of(w, owner, row->home, &made.parent) &&
	                        free_name(w, made.parent, &made.name) &&
	                        collection_make(w, &made) && appear_later(w, owner));
}

bool furnish_role(struct writing *w, int64_t principal, struct text role)
{
	for (size_t i = 0; i < COUNT_OF(role_shelves); i++)
		if (text_eq(role_shelves[i].role, role) &&
		        !furnish_shelf(w, principal, role_shelves[i].shelf))
			return false;
	return true;
}

/* ---- all of it ---- */

bool furnish_lacks(struct db *db, struct err *err, bool *lacks)
{
	struct db_rows *rows = db_query(db, err, &COMPANY_SHELVES, DB_NO_ARGS);

	*lacks = rows && db_next(rows) && db_int(rows, 0) < (int64_t)COUNT_OF(shelves);
	return db_done(rows);
}

struct given {
	int64_t principal;
	struct text role;
};
VEC_OF(givens, struct given);

static bool list_roles(struct writing *w, struct givens *roles)
{
	struct db_rows *rows = db_query(w->db, w->err, &ROLES, DB_NO_ARGS);

	while (rows && db_next(rows))
		*vec_push(w->arena, roles) =
		        (struct given){ db_int(rows, 0), arena_text(w->arena, db_text(rows, 1)) };
	return db_done(rows);
}

bool furnish_all(struct writing *w)
{
	struct givens roles = VEC_EMPTY;
	int64_t company, kind;

	if (!ask(w, &COMPANY, DB_NO_ARGS, &company) || !list_roles(w, &roles))
		return false;
	for (size_t i = 0; i < COUNT_OF(shelves); i++)
		if (!furnish_shelf(w, company, shelves[i].shelf))
			return false;
	for (size_t i = 0; i < roles.len; i++) {
		const struct given *given = &roles.at[i];

		if (!ask(w, &PRINCIPAL_KIND, DB_ARGS(DB_INT(given->principal)), &kind) ||
		        (kind == PRINCIPAL_USER && !furnish_role(w, given->principal, given->role)))
			return false;
	}
	return true;
}

/* ---- queues ---- */

struct queue_change {
	int64_t team;
	enum crm_shelf shelf;
};

static bool queue_check(struct writing *w, const struct queue_change *q)
{
	int64_t kind, company;

	if (!ask(w, &PRINCIPAL_KIND, DB_ARGS(DB_INT(q->team)), &kind) ||
	        !ask(w, &COMPANY, DB_NO_ARGS, &company))
		return false;
	if (kind != PRINCIPAL_GROUP || q->team == company)
		return err_set(w->err, ERR_UNPROCESSABLE, "only teams have queues");
	return q->shelf == SHELF_LEADS || q->shelf == SHELF_CASES ||
	       err_set(w->err, ERR_UNPROCESSABLE, "queues hold leads or cases");
}

static bool queue_make_run(struct writing *w, void *data)
{
	const struct queue_change *q = data;

	return queue_check(w, q) && furnish_shelf(w, q->team, q->shelf);
}

static bool queue_remove_run(struct writing *w, void *data)
{
	const struct queue_change *q = data;
	int64_t there;

	return queue_check(w, q) &&
	       ask(w, &SHELF, DB_ARGS(DB_INT(q->team), DB_INT(q->shelf)), &there) &&
	       (!there || collection_remove(w, there));
}

static void plan_queue(struct plan *plan, plan_op_fn *run, int64_t team, enum crm_shelf shelf)
{
	struct queue_change *q = arena_make(plan_arena(plan), struct queue_change);

	*q = (struct queue_change){ team, shelf };
	plan_add(plan, run, q);
}

void plan_queue_make(struct plan *plan, int64_t team, enum crm_shelf shelf)
{
	plan_queue(plan, queue_make_run, team, shelf);
}

void plan_queue_remove(struct plan *plan, int64_t team, enum crm_shelf shelf)
{
	plan_queue(plan, queue_remove_run, team, shelf);
}
