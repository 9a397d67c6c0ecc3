#include "base/base.h"
#include "crm/appear.h"
#include "crm/follow.h"

DB_STATEMENT(FOLLOW, "INSERT INTO crm_follow (principal, record, since) VALUES (?1, ?2, ?3)"
                     " ON CONFLICT DO NOTHING");
DB_STATEMENT(UNFOLLOW, "DELETE FROM crm_follow WHERE principal = ?1 AND record = ?2");

struct following {
	int64_t principal, record;
	bool follow;
	const struct appear_as *as;
};

static bool write_row(struct writing *w, const struct following *f)
{
	if (f->follow)
		return db_run(w->db, w->err, &FOLLOW,
		        DB_ARGS(DB_INT(f->principal), DB_INT(f->record), DB_INT(w->now)), NULL);
	return db_run(
	        w->db, w->err, &UNFOLLOW, DB_ARGS(DB_INT(f->principal), DB_INT(f->record)), NULL);
}

static bool follow_run(struct writing *w, void *data)
{
	const struct following *f = data;
	struct ids others = VEC_EMPTY;

	return write_row(w, f) && appear_all(w, &crm_rule, f->record, f->as, &others);
}

void plan_follow(struct plan *plan, int64_t principal, int64_t record, bool follow)
{
	struct following *following = arena_make(plan_arena(plan), struct following);

	*following = (struct following){ principal, record, follow, NULL };
	plan_add(plan, follow_run, following);
}

void plan_follow_as(
        struct plan *plan, int64_t principal, int64_t record, const struct appear_as *as)
{
	struct following *following = arena_make(plan_arena(plan), struct following);

	*following = (struct following){ principal, record, true, as };
	plan_add(plan, follow_run, following);
}

struct following_new {
	struct following following;
	const int64_t *record;
};

static bool follow_new_run(struct writing *w, void *data)
{
	struct following_new *f = data;

	f->following.record = *f->record;
	return follow_run(w, &f->following);
}

void plan_follow_new(struct plan *plan, int64_t principal, const int64_t *record)
{
	struct following_new *f = arena_make(plan_arena(plan), struct following_new);

	*f = (struct following_new){ .following = { .principal = principal, .follow = true },
		.record = record };
	plan_add(plan, follow_new_run, f);
}
