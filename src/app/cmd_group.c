#include "base/base.h"

#include <stdio.h>

#include "app/staff.h"
#include "people/group.h"

static int print_people(struct desk *desk, const struct principal *group, bool manager)
{
	struct ids ids;
	struct principal *p;

	if (!principal_members(&desk->work, group->id, manager, &ids))
		return desk_fail(desk);
	for (size_t i = 0; i < ids.len; i++) {
		if (!principal_get(&desk->work, ids.at[i], &p))
			return desk_fail(desk);
		if (p)
			printf("%.*s\t%.*s\n", TEXT_ARG(p->name), TEXT_ARG(p->display_name));
	}
	return desk_done(desk);
}

/* argv: group member add GROUP NAME... */
static int change_people(struct desk *desk, const struct principal *group, bool manager, bool join)
{
	struct cmd *cmd = desk->cmd;
	struct plan *plan = desk_plan(desk);
	struct principal *p;

	for (int i = 4; i < cmd->argc; i++) {
		if (!desk_principal(desk, 0, cmd->argv[i], &p))
			return desk_fail(desk);
		(join ? plan_group_join : plan_group_leave)(plan, group->id, p->id, manager);
	}
	plan_group_no_circle(plan, group->name);
	return desk_apply(desk, plan) ? desk_done(desk) : desk_fail(desk);
}

static int people(struct cmd *cmd, bool manager)
{
	const char *verb = cmd->argc > 2 ? cmd->argv[2] : "";
	bool list = !strcmp(verb, "list"), join = !strcmp(verb, "add");
	struct principal *group;
	struct desk desk;

	if (!list && !join && strcmp(verb, "remove") != 0)
		return cmd_usage(cmd, "say add, remove or list");
	if (list ? cmd->argc != 4 : cmd->argc < 5)
		return cmd_usage(cmd, "say which group, and whom");
	if (!desk_open(cmd, &desk))
		return cmd_fail(cmd);
	if (!desk_principal(&desk, PRINCIPAL_GROUP, cmd->argv[3], &group))
		return desk_fail(&desk);
	return list ? print_people(&desk, group, manager)
	            : change_people(&desk, group, manager, join);
}

static int member(struct cmd *cmd, enum principal_kind kind)
{
	(void)kind;
	return people(cmd, false);
}

static int manager(struct cmd *cmd, enum principal_kind kind)
{
	(void)kind;
	return people(cmd, true);
}

int cmd_group(struct cmd *cmd)
{
	static const struct staff_verb VERBS[] = { { "add", staff_add }, { "change", staff_change },
		{ "list", staff_list }, { "remove", staff_remove }, { "member", member },
		{ "manager", manager } };

	return staff_command(cmd, PRINCIPAL_GROUP, VERBS, COUNT_OF(VERBS));
}
