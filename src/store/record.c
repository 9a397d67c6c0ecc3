#include "store/record.h"

#include "store/appear.h"
#include "store/kind.h"
#include "store/notice.h"
#include "store/trail.h"

DB_STATEMENT(HOLDER_NOW, "SELECT holder FROM crm_item WHERE record = ?1");
DB_STATEMENT(
        RECORD_BY_ID, "SELECT " RECORD_COLUMNS(DB_NAME, DB_COMMA) " FROM record WHERE id = ?1");
/* What a change to a member must know of it. */
#define PLACE_COLUMNS(COL, _) \
	COL(int, record) _ COL(int, born) \
	_ COL(int, tag) \
	_ COL(text, uid) \
	_ COL(int, revision) \
	_ COL(int, size) \
	_ COL(int, kind) \
	_ COL(int, created) \
	_ COL(int, modified) \
	_ COL(text, media) \
	_ COL(int, home) \
	_ COL(int, blob) \
	_ COL(int, elsewhere)
DB_STRUCT(place, PLACE_COLUMNS)
DB_STATEMENT(PLACE, "SELECT m.record, m.born, m.tag, m.uid, m.revision, m.size, m.kind, m.created,"
                    " m.modified, m.media, r.home, r.blob, CASE WHEN EXISTS (SELECT 1 FROM member o"
                    " WHERE o.record = m.record AND o.collection <> m.collection) THEN 1 ELSE 0 END"
                    " FROM member m JOIN record r ON r.id = m.record"
                    " JOIN collection c ON c.id = m.collection AND c.parent >= 0"
                    " WHERE m.collection = ?1 AND m.name = ?2");
DB_STATEMENT(
        CHILD_NAMED, "SELECT id FROM collection WHERE parent = ?1 AND name = ?2 AND parent <> 0");

DB_STATEMENT(RECORD_INSERT,
        "INSERT INTO record (id, kind, home, revision, created, modified, size, blob, media,"
        " private, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
DB_STATEMENT(RECORD_UPDATE,
        "UPDATE record SET revision = ?2, modified = ?3, size = ?4, blob = ?5, media = ?6,"
        " private = ?7, body = ?8, kind = ?9 WHERE id = ?1");
DB_STATEMENT(RECORD_REHOME, "UPDATE record SET home = ?2 WHERE id = ?1");
DB_STATEMENT(MEMBER_INSERT,
        "INSERT INTO member (collection, name, record, uid, tag, revision, changed, born, kind,"
        " size, created, modified, media)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
        " ON CONFLICT DO NOTHING");
/* Its only appearance. */
DB_STATEMENT(MEMBER_UPDATE,
        "UPDATE member SET revision = ?3, changed = ?3, tag = ?4, size = ?5, modified = ?6,"
        " media = ?7, kind = ?8 WHERE collection = ?1 AND name = ?2");
/* All appearances at once. */
DB_STATEMENT(MEMBERS_UPDATE,
        "UPDATE member SET revision = ?2, changed = ?2, tag = ?3, size = ?4, modified = ?5,"
        " media = ?6, kind = ?7 WHERE record = ?1");
/* With another UID (rare: the index on it is not touched otherwise). */
DB_STATEMENT(MEMBERS_UPDATE_UID,
        "UPDATE member SET revision = ?2, changed = ?2, tag = ?3, size = ?4, modified = ?5,"
        " media = ?6, kind = ?7, uid = ?8 WHERE record = ?1");
DB_STATEMENT(UID_TAKEN, "SELECT 1 FROM member m JOIN member o ON o.collection = m.collection"
                        " AND o.uid = ?2 AND o.record <> ?1 WHERE m.record = ?1 LIMIT 1");
DB_STATEMENT(TOKENS_UPDATE,
        "UPDATE collection SET token = ?2, bytes = bytes + CASE WHEN id = ?3 THEN ?4 ELSE 0 END"
        " WHERE id IN (SELECT collection FROM member WHERE record = ?1)");
DB_STATEMENT(MEMBER_DELETE, "DELETE FROM member WHERE collection = ?1 AND name = ?2");
DB_STATEMENT(MEMBER_TOUCH, "UPDATE member SET changed = ?3 WHERE collection = ?1 AND name = ?2");

struct text record_etag(struct arena *arena, int64_t revision)
{
	return text_of_hex(arena, (uint64_t)revision);
}

int64_t record_revision(struct text etag)
{
	int64_t revision = 0;

	if (!etag.len || etag.len > 15)
		return 0;
	for (size_t i = 0; i < etag.len; i++) {
		char c = etag.ptr[i];

		if (c >= '0' && c <= '9')
			revision = revision * 16 + (c - '0');
		else if (c >= 'a' && c <= 'f')
			revision = revision * 16 + (c - 'a' + 10);
		else
			return 0;
	}
	return revision;
}

bool record_get(struct work *work, int64_t id, struct record **record)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	*record = NULL;
	if (!db)
		return false;
	rows = db_query(db, &work->err, &RECORD_BY_ID, DB_ARGS(DB_INT(id)));
	if (rows && db_next(rows)) {
		*record = arena_make(work->arena, struct record);
		record_read(rows, work->arena, *record);
	}
	return db_done(rows);
}

/* ---- what the operations ask ---- */

static bool place_get(
        struct writing *w, int64_t collection, struct text name, struct place *place, bool *found)
{
	struct db_rows *rows =
	        db_query(w->db, w->err, &PLACE, DB_ARGS(DB_INT(collection), DB_TEXT(name)));

	*found = rows && db_next(rows);
	if (*found)
		place_read(rows, w->arena, place);
	return db_done(rows);
}

/* As place_get(), but must be there, at that revision (-1: any): else the plan is stale. */
static bool place_expect(
        struct writing *w, int64_t collection, struct text name, int64_t guard, struct place *place)
{
	bool found;

	if (!place_get(w, collection, name, place, &found))
		return false;
	return found && (guard < 0 || guard == place->revision) ? true : plan_stale(w);
}

static bool is_there(
        struct writing *w, const struct db_stmt *stmt, struct db_args args, bool *there)
{
	struct db_rows *rows = db_query(w->db, w->err, stmt, args);

	*there = rows && db_next(rows);
	return db_done(rows);
}

/* Folders and files share their names; nothing else has collections beside it. */
static bool no_child_named(struct writing *w, int64_t kind, int64_t collection, struct text name)
{
	bool there = false;

	if (kind == KIND_FILE &&
	        !is_there(w, &CHILD_NAMED, DB_ARGS(DB_INT(collection), DB_TEXT(name)), &there))
		return false;
	return there ? plan_stale(w) : true;
}

/* Refuses before it has written anything. */
static bool member_insert(struct writing *w, int64_t collection, struct text name, int64_t number,
        const struct place *place)
{
	int64_t born, inserted;

	if (!no_child_named(w, place->kind, collection, name) ||
	        !trail_born(w, collection, name, false, number, &born) ||
	        !db_run(w->db, w->err, &MEMBER_INSERT,
	                DB_ARGS(DB_INT(collection), DB_TEXT(name), DB_INT(place->record),
	                        DB_TEXT(place->uid), DB_INT(place->tag), DB_INT(place->revision),
	                        DB_INT(number), DB_INT(born), DB_INT(place->kind),
	                        DB_INT(place->size), DB_INT(place->created),
	                        DB_INT(place->modified), DB_TEXT(place->media)),
	                &inserted))
		return false;
	if (!inserted)
		return plan_stale(w);
	return born == number || trail_raise(w, collection, name);
}

/* Whoever saw it must hear of it too when it becomes somebody else's, or goes. */
static bool say_changed(struct writing *w, const struct place *place, int64_t collection)
{
	struct notice notice = { .id = place->record,
		.kind = place->kind,
		.collection = collection,
		.tag = place->tag };
	struct db_rows *rows;

	if (place->kind > KIND_CARD) {
		rows = db_query(w->db, w->err, &HOLDER_NOW, DB_ARGS(DB_INT(place->record)));
		notice.holder = rows && db_next(rows) ? db_int(rows, 0) : 0;
		if (!db_done(rows))
			return false;
	}
	writing_notice(w, &notice);
	return true;
}

/* ---- put ---- */

static void say_new(struct writing *w, const struct record_put *put)
{
	const struct record *r = put->record;

	writing_notice(
	        w, &(struct notice){
	                   .id = r->id, .kind = r->kind, .collection = r->home, .tag = put->tag });
}

static bool put_new(struct writing *w, struct record_put *put)
{
	struct record *r = put->record;

	if (!put->reserved && !writing_id(w, &r->id))
		return false;
	if (!r->created)
		r->created = w->now;
	/* What may be refused comes first. */
	if (!member_insert(w, r->home, put->name, r->revision,
	            &(struct place){ .record = r->id,
	                    .tag = put->tag,
	                    .uid = put->uid,
	                    .revision = r->revision,
	                    .size = r->size,
	                    .kind = r->kind,
	                    .created = r->created,
	                    .modified = r->modified,
	                    .media = r->media }))
		return false;
	say_new(w, put);
	return trail_token(w, r->home, r->revision, r->size) && trail_claim_blob(w, r->blob) &&
	       db_run(w->db, w->err, &RECORD_INSERT,
	               DB_ARGS(DB_INT(r->id), DB_INT(r->kind), DB_INT(r->home), DB_INT(r->revision),
	                       DB_INT(r->created), DB_INT(r->modified), DB_INT(r->size),
	                       DB_INT(r->blob), DB_TEXT(r->media), DB_TEXT(r->private),
	                       DB_BLOB(r->body)),
	               NULL) &&
	       (!put->rows || rows_apply(put->rows, w->db, w->err, r->id, r->home));
}

static bool same_uid(const struct record_put *put, const struct place *place)
{
	return text_eq(put->uid, place->uid) && !put->uid.ptr == !place->uid.ptr;
}

static bool uid_is_free(struct writing *w, const struct record_put *put, const struct place *place)
{
	bool taken = false;

	if (!same_uid(put, place) &&
	        !is_there(
	                w, &UID_TAKEN, DB_ARGS(DB_INT(put->record->id), DB_TEXT(put->uid)), &taken))
		return false;
	return taken ? plan_stale(w) : true;
}

/* Most records appear in one place: found by its name, which is half the work. */
static bool update_member(struct writing *w, struct record_put *put, const struct place *place)
{
	const struct record *r = put->record;

	return trail_token(w, r->home, r->revision, r->size - place->size) &&
	       db_run(w->db, w->err, &MEMBER_UPDATE,
	               DB_ARGS(DB_INT(r->home), DB_TEXT(put->name), DB_INT(r->revision),
	                       DB_INT(put->tag), DB_INT(r->size), DB_INT(r->modified),
	                       DB_TEXT(r->media), DB_INT(r->kind)),
	               NULL);
}

static bool update_members(struct writing *w, struct record_put *put, const struct place *place)
{
	const struct record *r = put->record;
	bool same = same_uid(put, place);
	const struct db_value values[] = { DB_INT(r->id), DB_INT(r->revision), DB_INT(put->tag),
		DB_INT(r->size), DB_INT(r->modified), DB_TEXT(r->media), DB_INT(r->kind),
		DB_TEXT(put->uid) };
	int64_t collections, members;

	if (same && !place->elsewhere)
		return update_member(w, put, place);
	if (!db_run(w->db, w->err, &TOKENS_UPDATE,
	            DB_ARGS(DB_INT(r->id), DB_INT(r->revision), DB_INT(r->home),
	                    DB_INT(r->size - place->size)),
	            &collections) ||
	        !db_run(w->db, w->err, same ? &MEMBERS_UPDATE : &MEMBERS_UPDATE_UID,
	                (struct db_args){ values, COUNT_OF(values) - same }, &members))
		return false;
	return members == collections ? true : plan_stale(w);
}

static bool put_again(struct writing *w, struct record_put *put)
{
	struct record *r = put->record;
	struct place place;

	if (!place_expect(w, r->home, put->name, put->guard, &place))
		return false;
	if (place.record != r->id)
		return plan_stale(w);
	if (!uid_is_free(w, put, &place))
		return false;
	r->created = place.created;
	if (r->blob != place.blob &&
	        (!trail_claim_blob(w, r->blob) || !trail_leave_blob(w, place.blob)))
		return false;
	return say_changed(w, &place, r->home) &&
	       db_run(w->db, w->err, &RECORD_UPDATE,
	               DB_ARGS(DB_INT(r->id), DB_INT(r->revision), DB_INT(r->modified),
	                       DB_INT(r->size), DB_INT(r->blob), DB_TEXT(r->media),
	                       DB_TEXT(r->private), DB_BLOB(r->body), DB_INT(r->kind)),
	               NULL) &&
	       update_members(w, put, &place) && trail_forget(w, put->kind, r->id) &&
	       (!put->rows || rows_apply(put->rows, w->db, w->err, r->id, r->home));
}

static bool put_run(struct writing *w, void *data)
{
	struct record_put *put = data;
	struct record *r = put->record;
	const struct rule *rule = put->kind ? put->kind->rule : NULL;
	struct ids others = VEC_EMPTY;

	if (!writing_change(w, &r->revision))
		return false;
	r->modified = put->at ? put->at : w->now;
	if (!r->blob)
		r->size = (int64_t)r->body.len;
	/* What hung on the record as it was, too. */
	if (rule && r->id && !rule->others(w, r->id, false, &others))
		return false;
	return (r->id && !put->reserved ? put_again(w, put) : put_new(w, put)) &&
	       (!rule || appear_all(w, rule, r->id, put->as, &others));
}

void plan_put(struct plan *plan, struct record_put *put)
{
	bool whole = !(put->kind && put->kind->rule) && !put->record->blob;

	assert(put->record->id && !put->reserved ? put->guard != 0 : put->guard <= 0);
	(whole ? plan_add_whole : plan_add)(plan, put_run, put);
}

/* ---- remove ---- */

struct record_remove {
	int64_t collection, guard;
	struct text name;
	const struct house *house;
};

static bool remove_run(struct writing *w, void *data)
{
	struct record_remove *remove = data;
	struct place place;
	int64_t number;

	if (!place_expect(w, remove->collection, remove->name, remove->guard, &place) ||
	        !say_changed(w, &place, remove->collection) || !writing_change(w, &number) ||
	        !db_run(w->db, w->err, &MEMBER_DELETE,
	                DB_ARGS(DB_INT(remove->collection), DB_TEXT(remove->name)), NULL) ||
	        !trail_death(w, remove->collection, remove->name, false, number, place.born) ||
	        !trail_token(w, remove->collection, number,
	                remove->collection == place.home ? -place.size : 0))
		return false;
	return place.elsewhere ||
	       trail_drop(w, remove->house,
	               (struct trail_record){ place.record, place.kind, place.blob });
}

void plan_remove(struct plan *plan, int64_t collection, struct text name, int64_t guard,
        const struct house *house)
{
	struct record_remove *remove = arena_make(plan_arena(plan), struct record_remove);

	*remove = (struct record_remove){ collection, guard, name, house };
	plan_add_whole(plan, remove_run, remove);
}

/* ---- move ---- */

static bool move_rows(struct writing *w, const struct record_move *move, int64_t record)
{
	return !move->rows || (trail_forget(w, move->kind, record) &&
	                              rows_apply(move->rows, w->db, w->err, record, move->to));
}

static bool move_run(struct writing *w, void *data)
{
	struct record_move *move = data;
	int64_t left, entered, bytes;
	struct place place;
	bool home;

	if (!place_expect(w, move->from, move->name, move->guard, &place) ||
	        !writing_change(w, &left) || !writing_change(w, &entered))
		return false;
	if (!say_changed(w, &place, move->from) || !say_changed(w, &place, move->to))
		return false;
	home = place.home == move->from;
	bytes = home ? place.size : 0;
	return db_run(w->db, w->err, &MEMBER_DELETE,
	               DB_ARGS(DB_INT(move->from), DB_TEXT(move->name)), NULL) &&
	       trail_death(w, move->from, move->name, false, left, place.born) &&
	       trail_token(w, move->from, left, -bytes) &&
	       member_insert(w, move->to, move->new_name, entered, &place) &&
	       trail_token(w, move->to, entered, bytes) &&
	       (!home || db_run(w->db, w->err, &RECORD_REHOME,
	                         DB_ARGS(DB_INT(place.record), DB_INT(move->to)), NULL)) &&
	       move_rows(w, move, place.record);
}

void plan_move(struct plan *plan, struct record_move *move)
{
	plan_add(plan, move_run, move);
}

/* ---- touch ---- */

struct member_touch {
	int64_t collection;
	struct text name;
};

static bool touch_run(struct writing *w, void *data)
{
	struct member_touch *touch = data;
	int64_t number, changed;

	if (!writing_change(w, &number) ||
	        !db_run(w->db, w->err, &MEMBER_TOUCH,
	                DB_ARGS(DB_INT(touch->collection), DB_TEXT(touch->name), DB_INT(number)),
	                &changed))
		return false;
	return changed ? trail_token(w, touch->collection, number, 0) : plan_stale(w);
}

void plan_touch(struct plan *plan, int64_t collection, struct text name)
{
	struct member_touch *touch = arena_make(plan_arena(plan), struct member_touch);

	*touch = (struct member_touch){ collection, name };
	plan_add(plan, touch_run, touch);
}
