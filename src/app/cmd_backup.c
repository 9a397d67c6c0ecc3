#include "base/base.h"

#include <stdio.h>

#include "app/cmd.h"
#include "app/progress.h"
#include "app/words.h"
#include "db/backup.h"
#include "store/house.h"

static void tell(void *arg, int64_t done, int64_t all)
{
	progress_at(arg, done, all);
}

static bool renew(void *arg, struct db *db, struct err *err)
{
	(void)arg;
	return house_restored(db, err);
}

int cmd_backup(struct cmd *cmd)
{
	struct pool_settings place = house_place(cmd->settings);
	struct progress progress;
	struct backup_hooks hooks = { .tell = tell, .arg = &progress };
	bool done;

	if (cmd->argc != 2 || cmd->argv[1][0] == '-')
		return cmd_usage(cmd, "say which file to make");
	progress_start(&progress, "Copying");
	done = backup_make(&place, cmd->argv[1], &hooks, &cmd->err);
	progress_end(&progress);
	return done ? EXIT_OK : cmd_fail(cmd);
}

/* The data is there already, put back by something else: pg_restore, a snapshot of the disk. */
static bool renew_only(struct cmd *cmd)
{
	struct pool_settings place = house_place(cmd->settings);
	struct pool *pool = pool_open(&place, &cmd->err);
	struct db *db = pool ? pool_private(pool, &cmd->err) : NULL;
	bool done = db && house_restored(db, &cmd->err);

	db_close(&db);
	pool_close(&pool);
	return done;
}

static bool put_back(struct cmd *cmd, bool replace)
{
	struct pool_settings place = house_place(cmd->settings);
	struct progress progress;
	struct backup_hooks hooks = { .tell = tell, .adjust = renew, .arg = &progress };
	bool done;

	if (!words_directory(cmd->arena, cmd->settings->server_data_dir, &cmd->err))
		return false;
	progress_start(&progress, "Copying");
	done = backup_restore(&place, cmd->argv[1], replace, &hooks, &cmd->err);
	progress_end(&progress);
	return done;
}

int cmd_restore(struct cmd *cmd)
{
	bool renewing = cmd->argc == 2 && !strcmp(cmd->argv[1], "--renew");
	bool replace = cmd->argc == 3 && !strcmp(cmd->argv[2], "--replace");

	if (!renewing && (cmd->argc != 2 + replace || cmd->argv[1][0] == '-'))
		return cmd_usage(cmd, "say which backup to put back");
	if (!(renewing ? renew_only(cmd) : put_back(cmd, replace)))
		return cmd_fail(cmd);
	printf("%s. Clients will compare everything once: their sync tokens hold no more.\n",
	        renewing ? "Renewed" : "Restored");
	return EXIT_OK;
}
