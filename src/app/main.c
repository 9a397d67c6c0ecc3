/* main.c - the program's door: finds the command, takes the options all of them share, reads the
 * settings. */
#include "base/base.h"
#include <signal.h>
#include <unistd.h>

#include "app/cmd.h"
#include "base/log.h"

struct cmd_row {
	const char *name;
	int (*run)(struct cmd *cmd);
	const char *arguments, *line, *help;
};

static const struct cmd_row COMMANDS[] = {
#define CMD(name, function, arguments, line, help) { #name, function, arguments, line, help },
#include "app/cmd.tbl.h"
#undef CMD
};

static void help_all(FILE *out)
{
	fprintf(out, "kontor - calendars, tasks, contacts and files for a company\n\n"
	             "Usage: kontor COMMAND [options]\n\nCommands:\n");
	for (size_t i = 0; i < COUNT_OF(COMMANDS); i++)
		fprintf(out, "  %-12s %s\n", COMMANDS[i].name, COMMANDS[i].line);
	fprintf(out, "\n`kontor COMMAND --help` tells more of each; `kontor --version` says which "
	             "this is.\n");
}

static void help_one(const struct cmd_row *row)
{
	printf("%s\n\nUsage: kontor %s %s\n\nOptions:\n%s"
	       "  --data DIR           the data directory\n"
	       "  --config FILE        the configuration file\n"
	       "  --set SECTION.KEY=VALUE  a setting; wins over file and environment\n"
	       "  --help               this\n",
	        row->line, row->name, row->arguments, row->help);
}

static int vsay(const char *kind, const char *format, va_list args)
{
	fprintf(stderr, "kontor: %s", kind);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	return EXIT_FAILED;
}

int cmd_usage(struct cmd *cmd, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsay("", format, args);
	va_end(args);
	if (cmd->row)
		fprintf(stderr, "Usage: kontor %s %s\n", cmd->row->name, cmd->row->arguments);
	fprintf(stderr, "See `kontor %s--help`.\n",
	        cmd->row ? arena_printf(cmd->arena, "%s ", cmd->row->name).ptr : "");
	return EXIT_USAGE;
}

int cmd_fail_with(struct cmd *cmd UNUSED, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsay("", format, args);
	va_end(args);
	return EXIT_FAILED;
}

int cmd_fail(struct cmd *cmd)
{
	const struct err_row *row = err_row(cmd->err.id);

	if (cmd->err.detail[0])
		return cmd_fail_with(cmd, "%s", cmd->err.detail);
	return cmd_fail_with(cmd, "%s", row->words);
}

bool cmd_config_again(struct cmd *cmd)
{
	struct config *config = config_load(cmd->arena, &cmd->source, &cmd->err);
	enum log_level level = LOG_LEVEL_INFO;

	if (!config)
		return false;
	cmd->config = config;
	cmd->settings = config_settings(config);
	switch (cmd->settings->log_level[0]) {
	case 'e': level = LOG_LEVEL_ERROR; break;
	case 'w': level = LOG_LEVEL_WARN; break;
	case 'd': level = LOG_LEVEL_DEBUG; break;
	default: break;
	}
	log_setup(level, !strcmp(cmd->settings->log_format, "json"));
	return true;
}

/* ---- options all commands share ---- */

/* "--name VALUE" or "--name=VALUE" at *i: the value; NULL: another word. A missing value is "". */
static const char *value_of(char **argv, int argc, int *i, const char *name)
{
	size_t len = strlen(name);

	if (strncmp(argv[*i], name, len))
		return NULL;
	if (argv[*i][len] == '=')
		return argv[*i] + len + 1;
	if (argv[*i][len])
		return NULL;
	return *i + 1 < argc ? argv[++*i] : "";
}

static void add_set(struct cmd *cmd, const char *origin, struct text words)
{
	*vec_push(cmd->arena, &cmd->source.sets) = (struct config_set){ words, origin };
}

/* One word of the command line; false if it is the command's own. */
static bool take_common(struct cmd *cmd, char **argv, int argc, int *i)
{
	const char *value;

	if ((value = value_of(argv, argc, i, "--data"))) {
		add_set(cmd, "--data", arena_printf(cmd->arena, "server.data_dir=%s", value));
	} else if ((value = value_of(argv, argc, i, "--set"))) {
		add_set(cmd, "--set", text_of(value));
	} else if ((value = value_of(argv, argc, i, "--config"))) {
		cmd->source.file = value;
		cmd->source.file_is_asked = true;
	} else if (!strcmp(argv[*i], "--help") || !strcmp(argv[*i], "-h")) {
		help_one(cmd->row);
		exit(EXIT_OK);
	} else {
		return false;
	}
	return true;
}

static void take_options(struct cmd *cmd, int argc, char **argv)
{
	bool ended = false;

	cmd->argv = arena_array(cmd->arena, (size_t)argc + 1, sizeof(char *));
	for (int i = 0; i < argc; i++) {
		ended = ended || !strcmp(argv[i], "--");
		if (ended || !i || !take_common(cmd, argv, argc, &i))
			cmd->argv[cmd->argc++] = argv[i];
	}
}

static int run(struct cmd *cmd, int argc, char **argv)
{
	for (size_t i = 0; i < COUNT_OF(COMMANDS); i++)
		if (!strcmp(argv[0], COMMANDS[i].name))
			cmd->row = &COMMANDS[i];
	if (!cmd->row)
		return cmd_usage(cmd, "there is no command \"%s\"", argv[0]);
	cmd->source.file = getenv("KONTOR_CONFIG");
	cmd->source.file_is_asked = cmd->source.file;
	if (!cmd->source.file)
		cmd->source.file = KONTOR_SYSCONFDIR "/kontor/kontor.conf";
	take_options(cmd, argc, argv);
	if (!cmd_config_again(cmd))
		return cmd_fail(cmd);
	return cmd->row->run(cmd);
}

int main(int argc, char **argv)
{
	struct cmd cmd = { .arena = arena_new() };
	int status;

	/* A file that may not grow is an error of the write, as a full disk is: not our end. */
	signal(SIGXFSZ, SIG_IGN);
	if (argc < 2) {
		help_all(stderr);
		status = EXIT_USAGE;
	} else if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
	           !strcmp(argv[1], "help")) {
		help_all(stdout);
		status = EXIT_OK;
	} else if (!strcmp(argv[1], "--version")) {
		puts("kontor " PACKAGE_VERSION);
		status = EXIT_OK;
	} else {
		status = run(&cmd, argc - 1, argv + 1);
	}
	arena_free(&cmd.arena);
	return status;
}
