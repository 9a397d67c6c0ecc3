#include "base/base.h"
#include "crm/sight.h"
#include "people/who.h"
#include "store/house.h"
#include "view/bin.h"

/* So many are looked at, however few may be seen. */
enum { LOOKED_AT = 2000 };

DB_STATEMENT(BIN, "SELECT record, noun, deleted, who, owner, title FROM crm_bin"
                  " ORDER BY deleted DESC, record DESC LIMIT ?1 /* scan: the newest ones */");

/* As edit_crm_restore() has it: whoever put it there, whose it was, and who commands that. */
static bool may_restore(struct work *work, const struct binned_entry *e, bool *may)
{
	*may = work->who->id == e->who || work->who->id == e->owner;
	return *may || crm_commands(work, e->owner, may);
}

bool bin_list(struct work *work, size_t max, struct binned_list *list)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &BIN, DB_ARGS(DB_INT(LOOKED_AT))) : NULL;
	struct binned_list all = VEC_EMPTY;

	while (rows && db_next(rows))
		*vec_push(work->arena, &all) = (struct binned_entry){ db_int(rows, 0),
			db_int(rows, 1), db_int(rows, 2), db_int(rows, 3), db_int(rows, 4),
			arena_text(work->arena, db_text(rows, 5)) };
	if (!db_done(rows))
		return false;
	*list = (struct binned_list)VEC_EMPTY;
	for (size_t i = 0; i < all.len && list->len < max; i++) {
		bool may;

		if (!may_restore(work, &all.at[i], &may))
			return false;
		if (may)
			*vec_push(work->arena, list) = all.at[i];
	}
	return true;
}
