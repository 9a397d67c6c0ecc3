#include "base/base.h"

#include <stdio.h>

#include "app/cmd.h"
#include "app/words.h"
#include "store/house.h"

int cmd_init(struct cmd *cmd)
{
	const struct settings *s = cmd->settings;

	if (cmd->argc > 1)
		return cmd_usage(cmd, "\"%s\" is not understood", cmd->argv[1]);
	if (!words_directory(cmd->arena, s->server_data_dir, &cmd->err) ||
	        !house_make(s, &cmd->err))
		return cmd_fail(cmd);
	printf("%s is ready. `kontor user add NAME` makes the first user, `kontor serve` "
	       "serves.\n",
	        s->server_data_dir);
	return EXIT_OK;
}
