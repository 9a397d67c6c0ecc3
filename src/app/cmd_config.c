#include "base/base.h"
#include "app/cmd.h"
#include "app/completion.h"
#include "app/manual.h"

int cmd_config(struct cmd *cmd)
{
	const char *what = cmd->argc > 1 ? cmd->argv[1] : "";
	const char *more = cmd->argc == 3 ? cmd->argv[2] : "";
	bool origin = !strcmp(more, "--origin"), manual = !strcmp(what, "manual");
	struct buf out;

	if (cmd->argc > 2 && !(cmd->argc == 3 && (manual || (origin && !strcmp(what, "show")))))
		return cmd_usage(cmd, "\"%s\" is not understood", cmd->argv[cmd->argc - 1]);
	buf_init(&out, cmd->arena);
	if (!strcmp(what, "check")) /* main() has read everything, and stops at the first mistake */
		buf_add(&out, TEXT("The settings are right.\n"));
	else if (!strcmp(what, "show"))
		config_show(cmd->config, origin, &out);
	else if (!strcmp(what, "template"))
		config_template(&out);
	else if (!strcmp(what, "completion"))
		completion_bash(&out);
	else if (manual && !strcmp(more, "1"))
		manual_commands(&out);
	else if (manual && !strcmp(more, "5"))
		manual_settings(&out);
	else if (manual && !strcmp(more, "fields"))
		manual_fields(&out);
	else if (manual && !strcmp(more, "figures"))
		manual_figures(&out);
	else if (manual && !strcmp(more, "refusals"))
		manual_refusals(&out);
	else
		return cmd_usage(cmd, "say check, show, template, completion or manual "
		                      "1|5|fields|figures|refusals");
	fwrite(out.ptr, 1, out.len, stdout);
	return fflush(stdout) ? cmd_fail_with(cmd, "standard output cannot be written") : EXIT_OK;
}
