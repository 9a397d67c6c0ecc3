#include "base/base.h"
#include <ctype.h>

#include "app/completion.h"

static const struct command {
	const char *name, *arguments, *help;
} COMMANDS[] = {
#define CMD(name, function, arguments, line, help) { #name, arguments, help },
#include "app/cmd.tbl.h"
#undef CMD
};

/* The long options a text names. */
static void add_options(struct buf *out, const char *help)
{
	for (const char *at = help; (at = strstr(at, "--")); at++) {
		size_t len = 2;

		while (islower((unsigned char)at[len]) || at[len] == '-')
			len++;
		if (len > 3 && at != help && (at[-1] == ' ' || at[-1] == '['))
			buf_printf(out, " %.*s", (int)len, at);
		at += len - 1;
	}
}

void completion_bash(struct buf *out)
{
	buf_add(out, TEXT("# Completion of kontor(1) for bash.\n"
	                  "_kontor()\n"
	                  "{\n"
	                  "\tlocal cur=${COMP_WORDS[COMP_CWORD]} words=\n"
	                  "\tcase ${COMP_WORDS[COMP_CWORD-1]} in\n"
	                  "\t--data) COMPREPLY=($(compgen -d -- \"$cur\")); return ;;\n"
	                  "\t--config) COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n"
	                  "\tesac\n"
	                  "\tcase ${COMP_WORDS[1]} in\n"));
	for (size_t i = 0; i < COUNT_OF(COMMANDS); i++) {
		buf_printf(out, "\t%s) words=\"--data --config --set --help", COMMANDS[i].name);
		add_options(out, COMMANDS[i].arguments);
		add_options(out, COMMANDS[i].help);
		buf_add(out, TEXT("\" ;;\n"));
	}
	buf_add(out, TEXT("\tesac\n\t[ \"$COMP_CWORD\" = 1 ] && words=\"--help --version"));
	for (size_t i = 0; i < COUNT_OF(COMMANDS); i++)
		buf_printf(out, " %s", COMMANDS[i].name);
	buf_add(out, TEXT("\"\n"
	                  "\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	                  "}\n"
	                  "complete -o default -F _kontor kontor\n"));
}
