#include "base/base.h"

#include <stdio.h>

#include "app/demo.h"
#include "app/demo_crm.h"
#include "app/words.h"
#include "people/import.h"
#include "store/house.h"

enum { HASHERS = 2 };

static bool add_people(struct desk *desk)
{
	struct import *import = import_read(&desk->work, demo_people(desk->work.arena));

	if (!import)
		return false;
	work_step_end(&desk->work);
	import_hash(import, HASHERS);
	return desk_apply(desk, import_plan(&desk->work, import));
}

int cmd_demo(struct cmd *cmd)
{
	const struct settings *s = cmd->settings;
	struct desk desk;

	if (cmd->argc > 1)
		return cmd_usage(cmd, "\"%s\" is not understood", cmd->argv[1]);
	if (!words_directory(cmd->arena, s->server_data_dir, &cmd->err) ||
	        !house_make(s, &cmd->err) || !desk_open(cmd, &desk))
		return cmd_fail(cmd);
	if (!add_people(&desk) || !demo_fill(&desk) || !demo_crm(&desk))
		return desk_fail(&desk);
	printf("A demo company is in %s. ann, ben, carla, dora, admin and others sign in with the "
	       "password \"kontor\".\n",
	        s->server_data_dir);
	return desk_done(&desk);
}
