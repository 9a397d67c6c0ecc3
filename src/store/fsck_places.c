#include "store/fsck_places.h"

#include "base/clock.h"
#include "store/appear.h"
#include "store/writer.h"

enum { BATCH = 200 };

/* But for what the writer's chore is about to look at. */
DB_STATEMENT(ITEMS, "SELECT record FROM crm_item WHERE record > ?1 AND (until = 0 OR until > ?3)"
                    " ORDER BY record LIMIT ?2");

struct placing {
	const struct rule *rule;
	int64_t record;
};

static bool place_run(struct writing *w, void *data)
{
	const struct placing *p = data;
	bool moved;

	return appear_one(w, p->rule, p->record, NULL, &moved);
}

static bool place(struct arena *arena, struct db *db, const struct placing *p)
{
	struct plan *plan = plan_new(arena, clock_now());
	struct placing *copy = arena_make(arena, struct placing);
	struct err err = { 0 };

	*copy = *p;
	plan_add(plan, place_run, copy);
	return writer_apply_here(db, plan, &err);
}

static bool look_at(struct db *db, struct fsck *fsck, const struct placing *p, struct err *err)
{
	struct fsck_fault fault = { .word = "misplaced",
		.words = "it does not appear where it should, or where it should not",
		.id = p->record };
	struct arena *arena = arena_new();
	struct writing w = { .db = db, .err = err, .arena = arena, .now = clock_now() };
	bool differs = false, ok = appear_differs(&w, p->rule, p->record, &differs);

	if (ok && differs) {
		fault.repaired = fsck->repair && place(arena, db, p);
		fsck->found++;
		fsck->repaired += fault.repaired;
		fsck->report(fsck->arg, &fault);
	}
	arena_free(&arena);
	return ok;
}

static bool list(
        struct arena *arena, struct db *db, int64_t after, struct ids *records, struct err *err)
{
	struct db_rows *rows = db_query(
	        db, err, &ITEMS, DB_ARGS(DB_INT(after), DB_INT(BATCH), DB_INT(clock_now())));

	while (rows && db_next(rows))
		*vec_push(arena, records) = db_int(rows, 0);
	return db_done(rows);
}

bool fsck_places(struct house *house, struct db *db, struct fsck *fsck, struct err *err)
{
	struct placing p = { .rule = kind_rule(house) };
	bool ok = true, more = p.rule;

	while (ok && more) {
		struct arena *arena = arena_new();
		struct ids records = VEC_EMPTY;

		ok = list(arena, db, p.record, &records, err);
		for (size_t i = 0; ok && i < records.len; i++) {
			p.record = records.at[i];
			ok = look_at(db, fsck, &p, err);
		}
		more = records.len == BATCH;
		arena_free(&arena);
	}
	return ok;
}
