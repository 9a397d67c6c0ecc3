#include "base/base.h"

#include <stdio.h>
#include <unistd.h>

#include "app/staff.h"
#include "app/words.h"
#include "people/import.h"

enum { HASHERS_MAX = 4 };

static int hashers(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	return processors > HASHERS_MAX ? HASHERS_MAX : processors > 1 ? (int)processors - 1 : 0;
}

/* "FILE: line 7: ..." */
static int refuse(struct desk *desk, const char *file, int64_t line)
{
	struct text why = arena_text(desk->work.arena, text_of(desk->work.err.detail));

	if (!why.len)
		why = text_of(err_row(desk->work.err.id)->words);
	desk_close(desk);
	if (line)
		return cmd_fail_with(desk->cmd, "%s: line %lld: %.*s; nothing was imported", file,
		        (long long)line, TEXT_ARG(why));
	return cmd_fail_with(desk->cmd, "%s: %.*s; nothing was imported", file, TEXT_ARG(why));
}

static int import(struct cmd *cmd, enum principal_kind kind)
{
	const char *file = cmd->argc == 3 ? cmd->argv[2] : NULL;
	struct import *import;
	struct text csv;
	struct desk desk;

	(void)kind;
	if (!file)
		return cmd_usage(cmd, "say which file");
	if (!words_file(cmd->arena, file, &csv, &cmd->err) || !desk_open(cmd, &desk))
		return cmd_fail(cmd);
	import = import_read(&desk.work, csv);
	if (!import)
		return refuse(&desk, file, 0);
	work_step_end(&desk.work);
	import_hash(import, hashers());
	if (!desk_apply(&desk, import_plan(&desk.work, import)))
		return refuse(&desk, file, import_line(import));
	printf("%zu added, %zu changed\n", import_added(import), import_changed(import));
	return desk_done(&desk);
}

int cmd_principal(struct cmd *cmd)
{
	static const struct staff_verb VERBS[] = { { "import", import }, { "list", staff_list },
		{ "remove", staff_remove } };

	return staff_command(cmd, 0, VERBS, COUNT_OF(VERBS));
}
