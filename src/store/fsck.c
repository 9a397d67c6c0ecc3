#include "store/fsck.h"

#include "base/clock.h"
#include "base/str.h"
#include "store/fsck_bodies.h"
#include "store/fsck_places.h"
#include "store/fsck_place.h"
#include "store/kind.h"
#include "store/trail.h"
#include "store/writer.h"

/* What is found: id, collection, name, and a value for whoever repairs it. All of these scan: they
 * are asked by hand only. */
DB_STATEMENT(FIND_HOMELESS_MEMBER,
        "SELECT record, collection, name, 0 FROM member m WHERE NOT EXISTS"
        " (SELECT 1 FROM collection c WHERE c.id = m.collection) /* scan: fsck */");
DB_STATEMENT(FIND_EMPTY_MEMBER,
        "SELECT record, collection, name, born FROM member m WHERE NOT EXISTS"
        " (SELECT 1 FROM record r WHERE r.id = m.record) /* scan: fsck */");
DB_STATEMENT(FIND_LOST_RECORD, "SELECT id, home, NULL, 0 FROM record r WHERE NOT EXISTS"
                               " (SELECT 1 FROM member m WHERE m.record = r.id) /* scan: fsck */");
DB_STATEMENT(FIND_OLD_MEMBER,
        "SELECT m.record, m.collection, m.name, 0 FROM member m JOIN record r ON r.id = m.record"
        " WHERE m.revision <> r.revision OR m.size <> r.size OR m.kind <> r.kind"
        " OR m.modified <> r.modified OR m.created <> r.created"
        " OR coalesce(m.media, '') <> coalesce(r.media, '') /* scan: fsck */");
DB_STATEMENT(FIND_WRONG_SIZE, "SELECT id, home, NULL, length(body) FROM record"
                              " WHERE blob = 0 AND size <> length(body) /* scan: fsck */");
DB_STATEMENT(FIND_WRONG_BYTES,
        "SELECT c.id, c.id, NULL, coalesce(s.bytes, 0) FROM collection c LEFT JOIN"
        " (SELECT home, sum(size) AS bytes FROM record GROUP BY home) s ON s.home = c.id"
        " WHERE c.parent >= 0 AND c.bytes <> coalesce(s.bytes, 0) /* scan: fsck */");
DB_STATEMENT(FIND_ORPHAN_COLLECTION,
        "SELECT c.id, c.id, c.name, 0 FROM collection c WHERE c.parent > 0 AND NOT EXISTS"
        " (SELECT 1 FROM collection p WHERE p.id = c.parent) /* scan: fsck */");
DB_STATEMENT(FIND_LOST_BLOB,
        "SELECT r.id, r.home, NULL, r.blob FROM record r WHERE r.blob <> 0 AND r.size <>"
        " (SELECT coalesce(sum(length(bytes)), -1) FROM blob_chunk k WHERE k.blob = r.blob)"
        " /* scan: fsck */");
DB_STATEMENT(FIND_UNCLAIMED_BLOB,
        "SELECT r.id, r.home, NULL, r.blob FROM record r JOIN blob_head h ON h.id = r.blob"
        " WHERE h.state <> 2 /* scan: fsck */");
DB_STATEMENT(FIND_LOOSE_BLOB, "SELECT id, 0, NULL, id FROM blob_head WHERE state = 2"
                              " AND id NOT IN (SELECT blob FROM record) /* scan: fsck */");
DB_STATEMENT(FIND_HEADLESS_BLOB,
        "SELECT k.blob, 0, NULL, sum(length(k.bytes)) FROM blob_chunk k WHERE NOT EXISTS"
        " (SELECT 1 FROM blob_head h WHERE h.id = k.blob) GROUP BY k.blob /* scan: fsck */");
DB_STATEMENT(FIND_HIDDEN_CHANGE,
        "SELECT c.id, c.id, NULL, 0 FROM collection c WHERE c.parent >= 0 AND c.token <"
        " (SELECT max(m.changed) FROM member m WHERE m.collection = c.id) /* scan: fsck */");
DB_STATEMENT(FIND_DEAD_GRANT,
        "SELECT a.id, a.holder, NULL, a.principal FROM ace a WHERE a.who = 1 AND NOT EXISTS"
        " (SELECT 1 FROM principal p WHERE p.id = a.principal) /* scan: fsck */");
DB_STATEMENT(FIND_ID_COUNTER,
        "SELECT top, 0, NULL, top FROM (SELECT max(id) AS top FROM (SELECT max(id) AS id FROM"
        " record UNION ALL SELECT max(id) FROM collection UNION ALL SELECT max(id) FROM"
        " principal UNION ALL SELECT max(id) FROM blob_head UNION ALL SELECT max(id) FROM"
        " outbox) t) u"
        " WHERE top > (SELECT value FROM counter WHERE name = 'id') /* scan: fsck */");
DB_STATEMENT(FIND_CHANGE_COUNTER,
        "SELECT top, 0, NULL, top FROM (SELECT max(n) AS top FROM (SELECT max(changed) AS n FROM"
        " member UNION ALL SELECT max(gone) FROM tombstone UNION ALL SELECT max(token) FROM"
        " collection UNION ALL SELECT max(revision) FROM record) t) u"
        " WHERE top > (SELECT value FROM counter WHERE name = 'change') /* scan: fsck */");
DB_STATEMENT(FIND_IDLE_MAIL, "SELECT id, 0, NULL, 0 FROM outbox WHERE state < 0 OR state > 3"
                             " OR (state = 0 AND rest = '') /* scan: fsck */");

DB_STATEMENT(MEMBER_DELETE, "DELETE FROM member WHERE collection = ?1 AND name = ?2");
DB_STATEMENT(MEMBER_RENEW,
        "UPDATE member SET revision = r.revision, changed = ?3, size = r.size, kind = r.kind,"
        " created = r.created, modified = r.modified, media = r.media FROM record r"
        " WHERE member.collection = ?1 AND member.name = ?2 AND r.id = member.record");
DB_STATEMENT(SIZE_SET, "UPDATE record SET size = ?2 WHERE id = ?1");
DB_STATEMENT(BYTES_SET, "UPDATE collection SET bytes = ?2 WHERE id = ?1");
DB_STATEMENT(BLOB_CLAIMED, "UPDATE blob_head SET state = 2 WHERE id = ?1");
DB_STATEMENT(BLOB_HEAD, "INSERT INTO blob_head (id, size, state, since) VALUES (?1, ?2, 2, ?3)");
DB_STATEMENT(GRANT_DELETE,
        "DELETE FROM ace WHERE id = ?1 AND holder = ?2 AND who = 1 AND principal = ?3");
DB_STATEMENT(MAIL_DONE, "UPDATE outbox SET state = CASE WHEN rest <> '' THEN 3 WHEN refused <> ''"
                        " THEN 2 ELSE 1 END WHERE id = ?1");
DB_STATEMENT(COUNTER_RAISE, "UPDATE counter SET value = ?2 WHERE name = ?1 AND value < ?2");

struct finding {
	int64_t id, collection, value;
	struct text name;
	bool left; /* set by a repair that has to leave it as it is */
};
VEC_OF(findings, struct finding);

/* ---- repairs ---- */

/* Undoes the row only: there is no collection to log it in. */
static bool drop_homeless(struct writing *w, struct finding *f)
{
	return db_run(w->db, w->err, &MEMBER_DELETE,
	        DB_ARGS(DB_INT(f->collection), DB_TEXT(f->name)), NULL);
}

static bool drop_empty(struct writing *w, struct finding *f)
{
	int64_t number;

	return drop_homeless(w, f) && writing_change(w, &number) &&
	       trail_death(w, f->collection, f->name, false, number, f->value) &&
	       trail_token(w, f->collection, number, 0);
}

/* A record that is nowhere to be seen comes back under a name of its own. */
static bool recover(struct writing *w, struct finding *f)
{
	bool placed;

	if (!fsck_place_record(w, f->id, &placed))
		return false;
	f->left = !placed;
	return true;
}

static bool adopt(struct writing *w, struct finding *f)
{
	bool placed;

	if (!fsck_place_collection(w, f->id, &placed))
		return false;
	f->left = !placed;
	return true;
}

static bool make_file(struct writing *w, struct finding *f)
{
	bool placed;

	if (!fsck_place_blob(w, f->value, &placed))
		return false;
	f->left = !placed;
	return true;
}

static bool renew(struct writing *w, struct finding *f)
{
	int64_t number;

	return writing_change(w, &number) &&
	       db_run(w->db, w->err, &MEMBER_RENEW,
	               DB_ARGS(DB_INT(f->collection), DB_TEXT(f->name), DB_INT(number)), NULL) &&
	       trail_token(w, f->collection, number, 0);
}

static bool set_size(struct writing *w, struct finding *f)
{
	return db_run(w->db, w->err, &SIZE_SET, DB_ARGS(DB_INT(f->id), DB_INT(f->value)), NULL);
}

static bool set_bytes(struct writing *w, struct finding *f)
{
	return db_run(w->db, w->err, &BYTES_SET, DB_ARGS(DB_INT(f->id), DB_INT(f->value)), NULL);
}

static bool claim(struct writing *w, struct finding *f)
{
	return db_run(w->db, w->err, &BLOB_CLAIMED, DB_ARGS(DB_INT(f->value)), NULL);
}

static bool give_head(struct writing *w, struct finding *f)
{
	return db_run(w->db, w->err, &BLOB_HEAD,
	        DB_ARGS(DB_INT(f->id), DB_INT(f->value), DB_INT(w->now)), NULL);
}

static bool show_change(struct writing *w, struct finding *f)
{
	int64_t number;

	return writing_change(w, &number) && trail_token(w, f->id, number, 0);
}

static bool drop_grant(struct writing *w, struct finding *f)
{
	return db_run(w->db, w->err, &GRANT_DELETE,
	        DB_ARGS(DB_INT(f->id), DB_INT(f->collection), DB_INT(f->value)), NULL);
}

/* Nothing leaves that may have left already: `kontor mail retry` is for people. */
static bool end_mail(struct writing *w, struct finding *f)
{
	return db_run(w->db, w->err, &MAIL_DONE, DB_ARGS(DB_INT(f->id)), NULL);
}

static bool raise_ids(struct writing *w, struct finding *f)
{
	return db_run(w->db, w->err, &COUNTER_RAISE, DB_ARGS(DB_TEXT(TEXT("id")), DB_INT(f->value)),
	        NULL);
}

static bool raise_changes(struct writing *w, struct finding *f)
{
	return db_run(w->db, w->err, &COUNTER_RAISE,
	        DB_ARGS(DB_TEXT(TEXT("change")), DB_INT(f->value)), NULL);
}

/* In this order: numbers first, for repairs take new ones; what is dropped before what is counted.
 */
static const struct check {
	const char *word, *words;
	const struct db_stmt *find;
	bool (*repair)(struct writing *w, struct finding *f);
} checks[] = {
	{ "id-counter", "ids were given beyond the counter", &FIND_ID_COUNTER, raise_ids },
	{ "change-counter", "numbers were given beyond the counter", &FIND_CHANGE_COUNTER,
	        raise_changes },
	{ "orphan-collection", "the collection is in one that does not exist",
	        &FIND_ORPHAN_COLLECTION, adopt },
	{ "homeless-member", "it is in a collection that does not exist", &FIND_HOMELESS_MEMBER,
	        drop_homeless },
	{ "empty-member", "there is no record behind this name", &FIND_EMPTY_MEMBER, drop_empty },
	{ "lost-record", "a record appears nowhere", &FIND_LOST_RECORD, recover },
	{ "headless-blob", "a file's content does not say how large it is", &FIND_HEADLESS_BLOB,
	        give_head },
	{ "unclaimed-blob", "a file's content would be swept", &FIND_UNCLAIMED_BLOB, claim },
	{ "lost-blob", "a file's content is not all there", &FIND_LOST_BLOB, NULL },
	{ "loose-blob", "a file's content belongs to nobody", &FIND_LOOSE_BLOB, make_file },
	{ "wrong-size", "a record does not have the size it says", &FIND_WRONG_SIZE, set_size },
	{ "old-member", "a name tells of an earlier state of its record", &FIND_OLD_MEMBER, renew },
	{ "wrong-bytes", "the sizes in a collection do not add up", &FIND_WRONG_BYTES, set_bytes },
	{ "hidden-change", "no client would be told of a change in a collection",
	        &FIND_HIDDEN_CHANGE, show_change },
	{ "idle-mail", "a mail waits, but nobody is left to get it", &FIND_IDLE_MAIL, end_mail },
	{ "dead-grant", "an access list has an entry for nobody", &FIND_DEAD_GRANT, drop_grant },
};

/* ---- running ---- */

static bool list(struct arena *arena, struct db *db, struct err *err, const struct db_stmt *find,
        struct findings *findings)
{
	struct db_rows *rows = db_query(db, err, find, DB_NO_ARGS);

	while (rows && db_next(rows))
		*vec_push(arena, findings) = (struct finding){ .id = db_int(rows, 0),
			.collection = db_int(rows, 1),
			.name = arena_text(arena, db_text(rows, 2)),
			.value = db_int(rows, 3) };
	return db_done(rows);
}

struct repairing {
	const struct check *check;
	struct findings findings;
};

/* Looks again inside the transaction: a serving process may have written meanwhile. */
static bool repair_run(struct writing *w, void *data)
{
	struct repairing *r = data;

	if (!list(w->arena, w->db, w->err, r->check->find, &r->findings))
		return false;
	for (size_t i = 0; i < r->findings.len; i++)
		if (!r->check->repair(w, &r->findings.at[i]))
			return false;
	return true;
}

static void report(struct fsck *fsck, const struct repairing *r, bool repairing)
{
	for (size_t i = 0; i < r->findings.len; i++) {
		const struct finding *f = &r->findings.at[i];
		bool repaired = repairing && !f->left;
		struct fsck_fault fault = { r->check->word, r->check->words, f->id, f->collection,
			f->name, repaired };

		fsck->found++;
		fsck->repaired += repaired;
		fsck->report(fsck->arg, &fault);
	}
}

static bool run_check(struct db *db, struct fsck *fsck, const struct check *check, struct err *err)
{
	struct repairing r = { .check = check };
	struct arena *arena = arena_new();
	bool repair = fsck->repair && check->repair, ok;

	if (repair) {
		struct plan *plan = plan_new(arena, clock_now());

		plan_add(plan, repair_run, &r);
		ok = writer_apply_here(db, plan, err);
	} else {
		ok = list(arena, db, err, check->find, &r.findings);
	}
	if (ok)
		report(fsck, &r, repair);
	arena_free(&arena);
	return ok;
}

bool fsck_run(struct house *house, struct db *db, struct fsck *fsck, struct err *err)
{
	fsck->found = fsck->repaired = 0;
	for (size_t i = 0; i < COUNT_OF(checks); i++)
		if (!run_check(db, fsck, &checks[i], err))
			return false;
	return fsck_bodies(house, db, fsck, err) && fsck_places(house, db, fsck, err);
}
