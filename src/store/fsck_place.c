#include "store/fsck_place.h"

#include "base/str.h"
#include "store/kind.h"
#include "store/trail.h"
#include "store/tree.h"

DB_STATEMENT(RECORD_HOME, "SELECT r.kind, coalesce(c.id, 0) FROM record r"
                          " LEFT JOIN collection c ON c.id = r.home AND c.parent >= 0"
                          " WHERE r.id = ?1");
DB_STATEMENT(ADMIN_HOME, "SELECT c.owner, c.id FROM principal_role a"
                         " JOIN collection c ON c.owner = a.principal AND c.parent = 0"
                         " WHERE a.role = 'admin' AND c.type = ?1 ORDER BY a.principal LIMIT 1"
                         " /* scan: fsck */");
DB_STATEMENT(CHILD,
        "SELECT type, id FROM collection WHERE parent = ?1 AND name = 'recovered' AND parent <> 0");
DB_STATEMENT(MEMBER_RECOVER,
        "INSERT INTO member (collection, name, record, uid, tag, revision, changed, born, kind,"
        " size, created, modified, media) SELECT home, ?2, id, NULL, 0, revision, ?3, ?4, kind,"
        " size, created, modified, media FROM record WHERE id = ?1");
DB_STATEMENT(RECORD_REHOME, "UPDATE record SET home = ?2 WHERE id = ?1");
DB_STATEMENT(RECORD_OF_BLOB,
        "INSERT INTO record (id, kind, home, revision, created, modified, size, blob, media)"
        " SELECT ?2, 0, 0, ?3, h.since, h.since, h.size, h.id, 'application/octet-stream'"
        " FROM blob_head h WHERE h.id = ?1");
DB_STATEMENT(OWNERS_HOME, "SELECT c.type, h.id FROM collection c JOIN collection h"
                          " ON h.owner = c.owner AND h.parent = 0 AND h.type = ?2"
                          " WHERE c.id = ?1");
DB_STATEMENT(TYPE_OF, "SELECT id, type FROM collection WHERE id = ?1");
DB_STATEMENT(COLLECTION_PLACE,
        "UPDATE collection SET parent = ?2, name = ?3, changed = ?4, born = ?5 WHERE id = ?1");

/* The two numbers of a row; zeros where there is none. */
static bool ask(struct writing *w, const struct db_stmt *stmt, struct db_args args, int64_t two[2])
{
	struct db_rows *rows = db_query(w->db, w->err, stmt, args);
	bool there = rows && db_next(rows);

	two[0] = there ? db_int(rows, 0) : 0;
	two[1] = there ? db_int(rows, 1) : 0;
	return db_done(rows);
}

static enum collection_type home_type(enum collection_type type)
{
	return (enum collection_type)(type - COLLECTION_CALENDAR + COLLECTION_CALENDAR_HOME);
}

static enum collection_type type_for(enum kind_id kind)
{
	if (kind == KIND_EVENT)
		return COLLECTION_CALENDAR;
	return kind == KIND_CARD ? COLLECTION_ADDRESSBOOK : COLLECTION_FOLDER;
}

/* The administrator's "recovered" of that type, made where it is missing. *id 0: no administrator,
 * or something else has that name. */
static bool lost_and_found(struct writing *w, enum collection_type type, int64_t *id)
{
	struct collection *c;
	int64_t home[2], child[2];

	*id = 0;
	if (!ask(w, &ADMIN_HOME, DB_ARGS(DB_INT(home_type(type))), home))
		return false;
	if (!home[1])
		return true;
	if (!ask(w, &CHILD, DB_ARGS(DB_INT(home[1])), child))
		return false;
	if (child[1]) {
		*id = child[0] == (int64_t)type ? child[1] : 0;
		return true;
	}
	c = arena_make(w->arena, struct collection);
	c->parent = home[1];
	c->owner = home[0];
	c->type = type;
	c->name = TEXT("recovered");
	c->components = type == COLLECTION_CALENDAR ? COMPONENT_ALL : 0;
	if (!collection_make(w, c))
		return false;
	*id = c->id;
	return true;
}

static bool show(struct writing *w, int64_t id, enum kind_id kind, int64_t home)
{
	static const char *const endings[] = {
		[KIND_EVENT] = ".ics",
		[KIND_CARD] = ".vcf",
	};
	const char *ending = (size_t)kind < COUNT_OF(endings) ? endings[kind] : NULL;
	struct text name =
	        arena_printf(w->arena, "recovered-%lld%s", (long long)id, ending ? ending : "");
	int64_t number, born;

	return db_run(w->db, w->err, &RECORD_REHOME, DB_ARGS(DB_INT(id), DB_INT(home)), NULL) &&
	       writing_change(w, &number) && trail_birth(w, home, name, false, number, &born) &&
	       db_run(w->db, w->err, &MEMBER_RECOVER,
	               DB_ARGS(DB_INT(id), DB_TEXT(name), DB_INT(number), DB_INT(born)), NULL) &&
	       trail_token(w, home, number, 0);
}

bool fsck_place_record(struct writing *w, int64_t id, bool *placed)
{
	int64_t record[2];

	if (!ask(w, &RECORD_HOME, DB_ARGS(DB_INT(id)), record) ||
	        (!record[1] && !lost_and_found(w, type_for((enum kind_id)record[0]), &record[1])))
		return false;
	*placed = record[1] != 0;
	return !*placed || show(w, id, (enum kind_id)record[0], record[1]);
}

bool fsck_place_blob(struct writing *w, int64_t blob, bool *placed)
{
	int64_t folder, id, revision;

	if (!lost_and_found(w, COLLECTION_FOLDER, &folder))
		return false;
	*placed = folder != 0;
	return !*placed ||
	       (writing_id(w, &id) && writing_change(w, &revision) &&
	               db_run(w->db, w->err, &RECORD_OF_BLOB,
	                       DB_ARGS(DB_INT(blob), DB_INT(id), DB_INT(revision)), NULL) &&
	               show(w, id, KIND_FILE, folder));
}

bool fsck_place_collection(struct writing *w, int64_t id, bool *placed)
{
	int64_t type[2], home[2], number, born;
	struct text name = arena_printf(w->arena, "recovered-%lld", (long long)id);

	if (!ask(w, &TYPE_OF, DB_ARGS(DB_INT(id)), type) ||
	        !ask(w, &OWNERS_HOME,
	                DB_ARGS(DB_INT(id), DB_INT(home_type((enum collection_type)type[1]))),
	                home))
		return false;
	*placed = home[1] != 0;
	return !*placed ||
	       (writing_change(w, &number) && trail_birth(w, home[1], name, true, number, &born) &&
	               db_run(w->db, w->err, &COLLECTION_PLACE,
	                       DB_ARGS(DB_INT(id), DB_INT(home[1]), DB_TEXT(name), DB_INT(number),
	                               DB_INT(born)),
	                       NULL) &&
	               trail_token(w, home[1], number, 0));
}
