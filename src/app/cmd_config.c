#include "base/base.h"
#include "app/cmd.h"

int cmd_config(struct cmd *cmd)
{
	const char *what = cmd->argc > 1 ? cmd->argv[1] : "";
	bool origin = cmd->argc == 3 && !strcmp(cmd->argv[2], "--origin");
	struct buf out;

	if (cmd->argc > 2 && !(origin && !strcmp(what, "show")))
		return cmd_usage(cmd, "\"%s\" is not understood", cmd->argv[cmd->argc - 1]);
	buf_init(&out, cmd->arena);
	if (!strcmp(what, "check")) /* main() has read everything, and stops at the first mistake */
		buf_add(&out, TEXT("The settings are right.\n"));
	else if (!strcmp(what, "show"))
		config_show(cmd->config, origin, &out);
	else if (!strcmp(what, "template"))
		config_template(&out);
	else
		return cmd_usage(cmd, "say check, show or template");
	fwrite(out.ptr, 1, out.len, stdout);
	return fflush(stdout) ? cmd_fail_with(cmd, "standard output cannot be written") : EXIT_OK;
}
