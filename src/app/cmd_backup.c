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

int cmd_restore(struct cmd *cmd)
{
	struct pool_settings place = house_place(cmd->settings);
	bool replace = cmd->argc == 3 && !strcmp(cmd->argv[2], "--replace");
	struct progress progress;
	struct backup_hooks hooks = { .tell = tell, .adjust = renew, .arg = &progress };
	bool done;

	if (cmd->argc != 2 + replace || cmd->argv[1][0] == '-')
		return cmd_usage(cmd, "say which backup to put back");
	if (!words_directory(cmd->arena, cmd->settings->server_data_dir, &cmd->err))
		return cmd_fail(cmd);
	progress_start(&progress, "Copying");
	done = backup_restore(&place, cmd->argv[1], replace, &hooks, &cmd->err);
	progress_end(&progress);
	if (!done)
		return cmd_fail(cmd);
	printf("Restored. Clients will compare everything once: their sync tokens hold no more.\n");
	return EXIT_OK;
}
