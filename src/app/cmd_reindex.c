#include "base/base.h"

#include "app/desk.h"
#include "app/progress.h"
#include "store/reindex.h"

static void tell(void *arg, int64_t done, int64_t all)
{
	progress_at(arg, done, all);
}

int cmd_reindex(struct cmd *cmd)
{
	struct progress progress;
	struct desk desk;
	struct db *db;
	bool done;

	if (cmd->argc > 1)
		return cmd_usage(cmd, "\"%s\" is not understood", cmd->argv[1]);
	if (!desk_open(cmd, &desk))
		return cmd_fail(cmd);
	progress_start(&progress, "Indexing");
	db = pool_private(desk.house.pool, &desk.work.err);
	done = db && refold_principals(db, &desk.work.err) &&
	       reindex_run(&desk.house, db, tell, &progress, &desk.work.err);
	progress_end(&progress);
	db_close(&db);
	return done ? desk_done(&desk) : desk_fail(&desk);
}
