#include "base/base.h"

#include "app/staff.h"
#include "app/words.h"
#include "base/hash.h"

static bool password_read(struct cmd *cmd, bool from_stdin, struct text *password)
{
	return from_stdin ? words_password_stdin(cmd->arena, password, &cmd->err)
	                  : words_password_ask(cmd->arena, password, &cmd->err);
}

static int passwd(struct cmd *cmd, enum principal_kind kind)
{
	bool from_stdin = cmd->argc == 4 && !strcmp(cmd->argv[3], "--password-stdin");
	struct principal_put *put = arena_make(cmd->arena, struct principal_put);
	struct principal *p;
	struct text password;
	struct plan *plan;
	struct desk desk;

	if (cmd->argc != 3 + from_stdin || cmd->argv[2][0] == '-')
		return cmd_usage(cmd, "say whose password");
	if (!password_read(cmd, from_stdin, &password) || !desk_open(cmd, &desk))
		return cmd_fail(cmd);
	if (!desk_principal(&desk, kind, cmd->argv[2], &p))
		return desk_fail(&desk);
	put->principal = *p;
	put->principal.password = password_hash(cmd->arena, password);
	put->set_password = true;
	plan = desk_plan(&desk);
	plan_principal_put(plan, put);
	if (!desk_apply(&desk, plan))
		return desk_fail(&desk);
	return desk_done(&desk);
}

int cmd_user(struct cmd *cmd)
{
	static const struct staff_verb VERBS[] = { { "add", staff_add }, { "change", staff_change },
		{ "passwd", passwd }, { "list", staff_list }, { "remove", staff_remove } };

	return staff_command(cmd, PRINCIPAL_USER, VERBS, COUNT_OF(VERBS));
}
