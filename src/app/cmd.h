/* cmd.h - what a command gets, and how it ends.
 *
 * A new command: one file src/app/cmd_NAME.c with `int cmd_NAME(struct cmd *cmd)`, one row in
 * cmd.tbl.h, one line in sources.mk. main.c has taken --data, --config, --set and --help off the
 * line; what is left is in argc and argv, argv[0] being the command's name, ready for
 * getopt_long().
 *
 * Memory:  `arena` lives until the command has returned.
 * Threads: the main thread. */
#ifndef KONTOR_APP_CMD_H
#define KONTOR_APP_CMD_H

#include "app/config.h"
#include "base/work.h"

struct cmd_row;

struct cmd {
	int argc;
	char **argv;
	const struct cmd_row *row;
	struct arena *arena;
	struct config_source source; /* to read the settings anew, or with more */
	struct config *config;
	const struct settings *settings;
	struct err err;
};

enum { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

/* Says what is wrong with the arguments and where help is; returns EXIT_USAGE. */
int cmd_usage(struct cmd *cmd, const char *format, ...) printf_like(2, 3);
/* Says what cmd->err holds; returns EXIT_FAILED. */
int cmd_fail(struct cmd *cmd);
/* Says something in format's words; returns EXIT_FAILED. */
int cmd_fail_with(struct cmd *cmd, const char *format, ...) printf_like(2, 3);
/* Reads the settings again with cmd->source as it is now. */
bool cmd_config_again(struct cmd *cmd) must_check;

#define CMD(name, function, arguments, line, help) int function(struct cmd *cmd);
#include "app/cmd.tbl.h"
#undef CMD

#endif
