#include "base/base.h"
#include "crm/appear.h"
#include "crm/follow.h"

DB_STATEMENT(FOLLOW, "INSERT INTO crm_follow (principal, record, since) VALUES (?1, ?2, ?3)"
                     " ON CONFLICT DO NOTHING");
DB_STATEMENT(UNFOLLOW, "DELETE FROM crm_follow WHERE principal = ?1 AND record = ?2");

struct following {
	int64_t principal, record;
	bool follow;
};

static bool follow_run(struct writing *w, void *data)
{
	const struct following *f = data;

	if (f->follow)
		return db_run(w->db, w->err, &FOLLOW,
		        DB_ARGS(DB_INT(f->principal), DB_INT(f->record), DB_INT(w->now)), NULL);
	return db_run(
	        w->db, w->err, &UNFOLLOW, DB_ARGS(DB_INT(f->principal), DB_INT(f->record)), NULL);
}

void plan_follow(struct plan *plan, int64_t principal, int64_t record, bool follow)
{
	struct following *following = arena_make(plan_arena(plan), struct following);

	*following = (struct following){ principal, record, follow };
	plan_add(plan, follow_run, following);
	plan_appear(plan, record);
}
