#include "base/base.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "app/cmd.h"
#include "store/house.h"

/* With all directories above it, as mkdir -p does; only the owner may look into it. */
static bool make_dirs(struct cmd *cmd, const char *path)
{
	char *copy = arena_cstr(cmd->arena, text_of(path));

	for (char *slash = copy; *slash; slash++) {
		if (*slash != '/' || slash == copy)
			continue;
		*slash = '\0';
		if (mkdir(copy, 0755) && errno != EEXIST)
			break;
		*slash = '/';
	}
	if (!mkdir(path, 0700) || errno == EEXIST)
		return true;
	return err_set(&cmd->err, ERR_UNAVAILABLE, "%s cannot be made: %s", path, strerror(errno));
}

int cmd_init(struct cmd *cmd)
{
	const struct settings *s = cmd->settings;

	if (cmd->argc > 1)
		return cmd_usage(cmd, "\"%s\" is not understood", cmd->argv[1]);
	if (!make_dirs(cmd, s->server_data_dir) || !house_make(s, &cmd->err))
		return cmd_fail(cmd);
	printf("%s is ready. `kontor user add NAME` makes the first user, `kontor serve` "
	       "serves.\n",
	        s->server_data_dir);
	return EXIT_OK;
}
