#include "store/fsck_bodies.h"

#include "base/clock.h"
#include "base/str.h"
#include "store/kind.h"
#include "store/reindex.h"
#include "store/trail.h"
#include "store/writer.h"

enum { BATCH = 200 };

DB_STATEMENT(BODIES,
        "SELECT r.id, r.kind, r.media, r.body, m.collection, m.name, m.uid, m.tag, m.revision,"
        " r.private, r.modified FROM record r JOIN member m ON m.record = r.id AND m.collection = "
        "r.home"
        " WHERE r.id > ?1 AND r.blob = 0 ORDER BY r.id LIMIT ?2");
DB_STATEMENT(MEMBER_CORRECT,
        "UPDATE member SET uid = ?3, tag = ?4, changed = ?5 WHERE collection = ?1 AND name = ?2"
        " AND revision = ?6 AND NOT EXISTS (SELECT 1 FROM member o WHERE o.collection = ?1"
        " AND o.uid = ?3 AND o.name <> ?2)");

struct seen {
	int64_t id, kind, collection, tag, revision, modified;
	struct text media, body, private, name, uid;
};
VEC_OF(seens, struct seen);

static bool list(
        struct arena *arena, struct db *db, int64_t after, struct seens *seens, struct err *err)
{
	struct db_rows *rows = db_query(db, err, &BODIES, DB_ARGS(DB_INT(after), DB_INT(BATCH)));

	while (rows && db_next(rows))
		*vec_push(arena, seens) = (struct seen){ .id = db_int(rows, 0),
			.kind = db_int(rows, 1),
			.media = arena_text(arena, db_text(rows, 2)),
			.body = arena_text(arena, db_text(rows, 3)),
			.collection = db_int(rows, 4),
			.name = arena_text(arena, db_text(rows, 5)),
			.uid = arena_text(arena, db_text(rows, 6)),
			.tag = db_int(rows, 7),
			.revision = db_int(rows, 8),
			.private = arena_text(arena, db_text(rows, 9)),
			.modified = db_int(rows, 10) };
	return db_done(rows);
}

static bool correct_run(struct writing *w, void *data)
{
	const struct seen *right = data;
	int64_t number, changed;

	if (!writing_change(w, &number) ||
	        !db_run(w->db, w->err, &MEMBER_CORRECT,
	                DB_ARGS(DB_INT(right->collection), DB_TEXT(right->name),
	                        DB_TEXT(right->uid), DB_INT(right->tag), DB_INT(number),
	                        DB_INT(right->revision)),
	                &changed))
		return false;
	return changed ? trail_token(w, right->collection, number, 0) : plan_stale(w);
}

/* Another object with that UID, or a change meanwhile: not repaired. */
static bool correct(struct arena *arena, struct db *db, const struct seen *right)
{
	struct plan *plan = plan_new(arena, clock_now());
	struct seen *copy = arena_make(arena, struct seen);
	struct err err = { 0 };

	*copy = *right;
	plan_add(plan, correct_run, copy);
	return writer_apply_here(db, plan, &err);
}

/* ---- derived rows: as many as the body has? ---- */

struct indexing {
	struct house *house;
	int64_t record;
};

static bool index_run(struct writing *w, void *data)
{
	const struct indexing *indexing = data;

	return reindex_record(w, indexing->house, indexing->record);
}

static bool index_again(
        struct arena *arena, struct house *house, struct db *db, const struct seen *seen)
{
	struct plan *plan = plan_new(arena, clock_now());
	struct indexing *indexing = arena_make(arena, struct indexing);
	struct err err = { 0 };

	*indexing = (struct indexing){ house, seen->id };
	plan_add(plan, index_run, indexing);
	return writer_apply_here(db, plan, &err);
}

static bool count_rows(struct db *db, const struct kind *kind, int64_t record, size_t *count)
{
	const struct db_stmt *const *each = kind->count;
	struct err err = { 0 };

	for (*count = 0; each && *each; each++) {
		struct db_rows *rows = db_query(db, &err, *each, DB_ARGS(DB_INT(record)));

		*count += rows && db_next(rows) ? (size_t)db_int(rows, 0) : 0;
		if (!db_done(rows))
			return false;
	}
	return true;
}

static bool is_indexed(struct work *work, struct db *db, const struct kind *kind,
        const struct seen *seen, struct subject *subject)
{
	struct rows *rows = rows_new(work->arena);
	struct collection *home;
	size_t count;

	return !kind->count || !kind->project || !collection_get(work, seen->collection, &home) ||
	       !home || !kind->project(work, home, subject, rows) ||
	       !count_rows(db, kind, seen->id, &count) || count == rows_len(rows);
}

/* ---- a body ---- */

struct looking {
	struct house *house;
	struct db *db;
	struct fsck *fsck;
	struct work work;
};

static bool correct_uid(struct looking *l, const struct seen *seen, const struct subject *subject)
{
	struct seen right = *seen;

	right.uid = subject->uid;
	right.tag = subject->tag;
	return correct(l->work.arena, l->db, &right);
}

static void found(struct looking *l, struct fsck_fault fault)
{
	l->fsck->found++;
	l->fsck->repaired += fault.repaired;
	l->fsck->report(l->fsck->arg, &fault);
}

static void look_at(struct looking *l, const struct seen *seen)
{
	const struct kind *kind = kind_of(l->house, (enum kind_id)seen->kind);
	const struct record record = { .id = seen->id,
		.kind = seen->kind,
		.home = seen->collection,
		.revision = seen->revision,
		.modified = seen->modified,
		.media = seen->media,
		.private = seen->private,
		.body = seen->body };
	struct subject subject = { .body = seen->body, .media = seen->media, .record = &record };
	struct fsck_fault fault = { NULL, NULL, seen->id, seen->collection, seen->name, false };
	bool repair = l->fsck->repair;

	if (!kind || (kind->parse && !kind->parse(&l->work, seen->media, &subject))) {
		fault.word = kind ? "unreadable-body" : "unknown-kind";
		fault.words = kind ? "the body does not parse"
		                   : "this program does not know this kind of record";
		found(l, fault);
		return;
	}
	if (kind->parse && (!text_eq(subject.uid, seen->uid) || subject.tag != seen->tag)) {
		fault.word = "wrong-uid";
		fault.words = "a name tells of another UID or component than the body";
		fault.repaired = repair && correct_uid(l, seen, &subject);
		found(l, fault);
	}
	if (!is_indexed(&l->work, l->db, kind, seen, &subject)) {
		fault.word = "wrong-index";
		fault.words = "searches do not find what the body says";
		fault.repaired = repair && index_again(l->work.arena, l->house, l->db, seen);
		found(l, fault);
	}
}

bool fsck_bodies(struct house *house, struct db *db, struct fsck *fsck, struct err *err)
{
	int64_t after = 0;
	bool ok, more;

	do {
		struct arena *arena = arena_new();
		struct seens seens = VEC_EMPTY;

		ok = list(arena, db, after, &seens, err);
		for (size_t i = 0; ok && i < seens.len; i++) {
			struct looking l = { house, db, fsck,
				{ .arena = arena_new(), .house = house, .now = clock_now() } };

			look_at(&l, &seens.at[i]);
			work_step_end(&l.work);
			arena_free(&l.work.arena);
		}
		more = seens.len == BATCH;
		if (seens.len)
			after = seens.at[seens.len - 1].id;
		arena_free(&arena);
	} while (ok && more);
	return ok;
}
