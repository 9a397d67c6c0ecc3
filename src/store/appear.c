#include "store/appear.h"

#include "base/codec.h"
#include "base/hash.h"
#include "base/str.h"
#include "store/trail.h"

enum { DUE_AT_ONCE = 100, NAME_FROM_UID_MAX = 200, HASH_BYTES = 16 };

/* Where it appears; and, by the home's row, what a further row must say. */
DB_STATEMENT(PLACES, "SELECT m.collection, m.name, m.born FROM member m JOIN record r"
                     " ON r.id = m.record AND r.home <> m.collection JOIN collection c"
                     " ON c.id = m.collection AND c.crm <> 0 AND c.parent > 0"
                     " WHERE m.record = ?1");
DB_STATEMENT(EVERYWHERE, "SELECT m.collection, m.name, m.born FROM member m JOIN collection c"
                         " ON c.id = m.collection AND c.parent >= 0 WHERE m.record = ?1");
DB_STATEMENT(ENTER,
        "INSERT INTO member (collection, name, record, uid, tag, revision, changed, born, kind,"
        " size, created, modified, media) SELECT ?2, ?3, m.record, m.uid, m.tag, m.revision, ?4,"
        " ?5, m.kind, m.size, m.created, m.modified, m.media FROM record r JOIN member m"
        " ON m.record = r.id AND m.collection = r.home WHERE r.id = ?1 ON CONFLICT DO NOTHING");
DB_STATEMENT(LEAVE, "DELETE FROM member WHERE collection = ?1 AND name = ?2");
DB_STATEMENT(UID_OF, "SELECT m.uid FROM record r JOIN member m ON m.record = r.id"
                     " AND m.collection = r.home WHERE r.id = ?1");
DB_STATEMENT(TYPE_OF, "SELECT type FROM collection WHERE id = ?1");
DB_STATEMENT(
        NAME_TAKEN, "SELECT record FROM member WHERE collection = ?1 AND (name = ?2 OR uid = ?3)");
DB_STATEMENT(RECORD, "SELECT kind, blob, home, size, revision FROM record WHERE id = ?1");
DB_STATEMENT(UNTIL_SET, "UPDATE crm_item SET until = ?2 WHERE record = ?1 AND until <> ?2");
DB_STATEMENT(DUE, "SELECT record FROM crm_item WHERE until <> 0 AND until <= ?1"
                  " ORDER BY until LIMIT ?2");
DB_STATEMENT(HELD_LATER, "UPDATE crm_item SET until = 1 WHERE holder = ?1"
                         " AND noun IN (1, 2, 3, 4, 5, 8)");
DB_STATEMENT(FOLLOWED_LATER, "UPDATE crm_item SET until = 1 WHERE record IN"
                             " (SELECT record FROM crm_follow WHERE principal = ?1)");

struct spot {
	int64_t collection, born;
	struct text name;
};
VEC_OF(spots, struct spot);

static bool spots_of(
        struct writing *w, const struct db_stmt *stmt, int64_t record, struct spots *spots)
{
	struct db_rows *rows = db_query(w->db, w->err, stmt, DB_ARGS(DB_INT(record)));

	*spots = (struct spots)VEC_EMPTY;
	while (rows && db_next(rows))
		*vec_push(w->arena, spots) = (struct spot){ .collection = db_int(rows, 0),
			.name = arena_text(w->arena, db_text(rows, 1)),
			.born = db_int(rows, 2) };
	return db_done(rows);
}

static bool has(const struct ids *ids, int64_t id)
{
	for (size_t i = 0; i < ids->len; i++)
		if (ids->at[i] == id)
			return true;
	return false;
}

/* ---- names ---- */

static bool is_plain(struct text uid)
{
	if (!uid.len || uid.len > NAME_FROM_UID_MAX || uid.ptr[0] == '.')
		return false;
	for (size_t i = 0; i < uid.len; i++) {
		char c = uid.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!letter && !(c >= '0' && c <= '9') && !strchr("-_.@+=", c))
			return false;
	}
	return true;
}

struct text appear_name(struct arena *arena, enum collection_type type, struct text uid)
{
	const char *ending = type == COLLECTION_ADDRESSBOOK ? ".vcf" : ".ics";
	uint8_t digest[SHA256_SIZE];
	struct text stem = uid;

	if (!is_plain(uid)) {
		sha256(uid, digest);
		stem = hex_encode(arena, (struct text){ (const char *)digest, HASH_BYTES });
	}
	return arena_printf(arena, "%.*s%s", TEXT_ARG(stem), ending);
}

static bool one_text(struct writing *w, const struct db_stmt *stmt, int64_t id, struct text *value)
{
	struct db_rows *rows = db_query(w->db, w->err, stmt, DB_ARGS(DB_INT(id)));

	*value = rows && db_next(rows) ? arena_text(w->arena, db_text(rows, 0)) : TEXT_NONE;
	return db_done(rows);
}

static bool one_int(
        struct writing *w, const struct db_stmt *stmt, struct db_args args, int64_t *value)
{
	struct db_rows *rows = db_query(w->db, w->err, stmt, args);

	*value = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

/* A client may have given the name to something else there. */
static bool choose_name(struct writing *w, int64_t record, int64_t collection,
        const struct appear_as *as, struct text *name)
{
	struct text uid;
	int64_t type, taken;

	if (as && as->collection == collection) {
		*name = as->name;
		return true;
	}
	if (!one_text(w, &UID_OF, record, &uid) ||
	        !one_int(w, &TYPE_OF, DB_ARGS(DB_INT(collection)), &type))
		return false;
	*name = appear_name(w->arena, (enum collection_type)type, uid);
	if (!one_int(w, &NAME_TAKEN,
	            DB_ARGS(DB_INT(collection), DB_TEXT(*name), DB_TEXT(TEXT_NONE)), &taken))
		return false;
	if (taken)
		*name = arena_printf(w->arena, "%lld-%.*s", (long long)record, TEXT_ARG(*name));
	return true;
}

/* ---- in and out ---- */

/* The same UID in a collection already (an alias of what was merged): it is there once. */
static bool enter(struct writing *w, int64_t record, int64_t collection, const struct appear_as *as,
        bool *moved)
{
	int64_t number, born, entered;
	struct text name;

	if (!choose_name(w, record, collection, as, &name) || !writing_change(w, &number) ||
	        !trail_birth(w, collection, name, false, number, &born) ||
	        !db_run(w->db, w->err, &ENTER,
	                DB_ARGS(DB_INT(record), DB_INT(collection), DB_TEXT(name), DB_INT(number),
	                        DB_INT(born)),
	                &entered))
		return false;
	*moved = *moved || entered;
	return trail_token(w, collection, number, 0);
}

static bool leave(struct writing *w, const struct spot *spot)
{
	int64_t number;

	return writing_change(w, &number) &&
	       db_run(w->db, w->err, &LEAVE, DB_ARGS(DB_INT(spot->collection), DB_TEXT(spot->name)),
	               NULL) &&
	       trail_death(w, spot->collection, spot->name, false, number, spot->born) &&
	       trail_token(w, spot->collection, number, 0);
}

static bool is_at(const struct spots *spots, int64_t collection)
{
	for (size_t i = 0; i < spots->len; i++)
		if (spots->at[i].collection == collection)
			return true;
	return false;
}

bool appear_one(struct writing *w, const struct rule *rule, int64_t record,
        const struct appear_as *as, bool *moved)
{
	struct ids wanted = VEC_EMPTY;
	struct spots spots;
	int64_t until = 0;

	*moved = false;
	if (!rule->wanted(w, record, &wanted, &until) || !spots_of(w, &PLACES, record, &spots) ||
	        !db_run(w->db, w->err, &UNTIL_SET, DB_ARGS(DB_INT(record), DB_INT(until)), NULL))
		return false;
	for (size_t i = 0; i < spots.len; i++) {
		if (has(&wanted, spots.at[i].collection))
			continue;
		*moved = true;
		if (!leave(w, &spots.at[i]))
			return false;
	}
	for (size_t i = 0; i < wanted.len; i++)
		if (!is_at(&spots, wanted.at[i]) && !enter(w, record, wanted.at[i], as, moved))
			return false;
	return true;
}

bool appear_differs(struct writing *w, const struct rule *rule, int64_t record, bool *differs)
{
	struct ids wanted = VEC_EMPTY;
	struct spots spots;
	int64_t until;

	if (!rule->wanted(w, record, &wanted, &until) || !spots_of(w, &PLACES, record, &spots))
		return false;
	*differs = spots.len != wanted.len;
	for (size_t i = 0; i < wanted.len; i++)
		*differs = *differs || !is_at(&spots, wanted.at[i]);
	return true;
}

/* Adds what hangs on a record to the list, each once. */
static bool add_others(
        struct writing *w, const struct rule *rule, int64_t record, bool moved, struct ids *others)
{
	struct ids found = VEC_EMPTY;

	if (!rule->others(w, record, moved, &found))
		return false;
	for (size_t i = 0; i < found.len; i++)
		if (found.at[i] != record && !has(others, found.at[i]))
			*vec_push(w->arena, others) = found.at[i];
	return true;
}

static bool settle_others(struct writing *w, const struct rule *rule, struct ids *others)
{
	bool moved;

	for (size_t i = 0; i < others->len; i++) {
		int64_t other = others->at[i];

		if (!appear_one(w, rule, other, NULL, &moved) ||
		        (moved && !add_others(w, rule, other, true, others)))
			return false;
	}
	return true;
}

bool appear_all(struct writing *w, const struct rule *rule, int64_t record,
        const struct appear_as *as, struct ids *others)
{
	bool moved;

	return rule->carry(w, record, others) && appear_one(w, rule, record, as, &moved) &&
	       add_others(w, rule, record, moved, others) && settle_others(w, rule, others);
}

/* ---- by time ---- */

bool appear_due(struct writing *w, const struct rule *rule, bool *more)
{
	struct ids due = VEC_EMPTY;
	struct db_rows *rows =
	        db_query(w->db, w->err, &DUE, DB_ARGS(DB_INT(w->now), DB_INT(DUE_AT_ONCE)));

	while (rows && db_next(rows))
		*vec_push(w->arena, &due) = db_int(rows, 0);
	if (!db_done(rows))
		return false;
	*more = due.len == DUE_AT_ONCE;
	for (size_t i = 0; i < due.len; i++) {
		struct ids others = VEC_EMPTY;

		if (!appear_all(w, rule, due.at[i], NULL, &others))
			return false;
	}
	return true;
}

bool appear_later(struct writing *w, int64_t holder)
{
	writing_untidy(w);
	return db_run(w->db, w->err, &HELD_LATER, DB_ARGS(DB_INT(holder)), NULL) &&
	       db_run(w->db, w->err, &FOLLOWED_LATER, DB_ARGS(DB_INT(holder)), NULL);
}

/* ---- operations ---- */

struct appearing {
	const struct rule *rule;
	int64_t record;
};

static bool appear_run(struct writing *w, void *data)
{
	const struct appearing *a = data;
	struct ids others = VEC_EMPTY;

	return appear_all(w, a->rule, a->record, NULL, &others);
}

void plan_appear_by(struct plan *plan, const struct rule *rule, int64_t record)
{
	struct appearing *a = arena_make(plan_arena(plan), struct appearing);

	*a = (struct appearing){ rule, record };
	plan_add(plan, appear_run, a);
}

struct vanishing {
	int64_t record, guard;
	const struct house *house;
};

struct vanished {
	int64_t kind, blob, home, size, revision;
};

static bool record_find(struct writing *w, const struct vanishing *v, struct vanished *found)
{
	struct db_rows *rows = db_query(w->db, w->err, &RECORD, DB_ARGS(DB_INT(v->record)));
	bool there = rows && db_next(rows);

	if (there)
		*found = (struct vanished){ db_int(rows, 0), db_int(rows, 1), db_int(rows, 2),
			db_int(rows, 3), db_int(rows, 4) };
	if (!db_done(rows))
		return false;
	return there && (v->guard < 0 || v->guard == found->revision) ? true : plan_stale(w);
}

static bool vanish_run(struct writing *w, void *data)
{
	const struct vanishing *v = data;
	struct ids others = VEC_EMPTY;
	const struct rule *rule;
	struct vanished found = { 0 };
	const struct kind *kind;
	struct spots spots;
	int64_t number;

	if (!record_find(w, v, &found) || !spots_of(w, &EVERYWHERE, v->record, &spots))
		return false;
	kind = kind_of(v->house, (enum kind_id)found.kind);
	rule = kind ? kind->rule : NULL;
	if (rule && !add_others(w, rule, v->record, true, &others))
		return false;
	for (size_t i = 0; i < spots.len; i++)
		if (!leave(w, &spots.at[i]))
			return false;
	return writing_change(w, &number) && trail_token(w, found.home, number, -found.size) &&
	       trail_drop(
	               w, v->house, (struct trail_record){ v->record, found.kind, found.blob }) &&
	       (!rule || settle_others(w, rule, &others));
}

void plan_vanish(struct plan *plan, int64_t record, int64_t guard, const struct house *house)
{
	struct vanishing *v = arena_make(plan_arena(plan), struct vanishing);

	*v = (struct vanishing){ record, guard, house };
	plan_add(plan, vanish_run, v);
}
