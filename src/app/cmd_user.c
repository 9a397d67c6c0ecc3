#include "base/base.h"

#include <stdio.h>

#include "app/staff.h"
#include "app/words.h"
#include "base/clock.h"
#include "base/hash.h"
#include "people/app_password.h"

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

/* ---- app passwords: user app-password VERB NAME ... ---- */

static int app_add(struct desk *desk, const struct principal *p)
{
	struct plan *plan = desk_plan(desk);
	struct text label = text_of(desk->cmd->argv[4]), words;

	if (!label.len || !text_is_utf8(label) || !text_is_clean(label)) {
		err_set(&desk->work.err, ERR_BAD_REQUEST, "the label is not plain text");
		return desk_fail(desk);
	}
	words = plan_app_password_add(plan, p->id, label);
	if (!desk_apply(desk, plan))
		return desk_fail(desk);
	printf("%.*s\n", TEXT_ARG(words));
	return desk_done(desk);
}

static struct text when(struct arena *arena, int64_t time)
{
	return time ? clock_rfc3339(arena, time) : TEXT("never");
}

static int app_list(struct desk *desk, const struct principal *p)
{
	struct arena *arena = desk->work.arena;
	struct app_passwords all;

	if (!app_password_list(&desk->work, p->id, &all))
		return desk_fail(desk);
	for (size_t i = 0; i < all.len; i++)
		printf("%lld\t%.*s\t%.*s\t%.*s\t%.*s\n", (long long)all.at[i].id,
		        TEXT_ARG(all.at[i].name), TEXT_ARG(when(arena, all.at[i].created)),
		        TEXT_ARG(when(arena, all.at[i].seen)), TEXT_ARG(all.at[i].client));
	return desk_done(desk);
}

static int app_revoke(struct desk *desk, const struct principal *p)
{
	struct plan *plan = desk_plan(desk);
	int64_t id;

	if (!text_to_int(text_of(desk->cmd->argv[4]), &id)) {
		err_set(&desk->work.err, ERR_BAD_REQUEST, "\"%s\" is not a number that list shows",
		        desk->cmd->argv[4]);
		return desk_fail(desk);
	}
	plan_app_password_revoke(plan, p->id, id);
	if (desk_apply(desk, plan))
		return desk_done(desk);
	if (plan_state(plan) == PLAN_STALE) {
		err_clear(&desk->work.err);
		err_set(&desk->work.err, ERR_NOT_FOUND, "%.*s has no app password %lld",
		        TEXT_ARG(p->name), (long long)id);
	}
	return desk_fail(desk);
}

static int app_password(struct cmd *cmd, enum principal_kind kind)
{
	static const struct {
		const char *name;
		int (*run)(struct desk *desk, const struct principal *p);
		int words;
	} VERBS[] = { { "add", app_add, 5 }, { "list", app_list, 4 }, { "revoke", app_revoke, 5 } };
	const char *verb = cmd->argc > 2 ? cmd->argv[2] : "";
	struct principal *p;
	struct desk desk;
	size_t i = 0;

	while (i < COUNT_OF(VERBS) && strcmp(verb, VERBS[i].name) != 0)
		i++;
	if (i == COUNT_OF(VERBS) || cmd->argc != VERBS[i].words)
		return cmd_usage(cmd, "say add NAME LABEL, list NAME or revoke NAME NUMBER");
	if (!desk_open(cmd, &desk))
		return cmd_fail(cmd);
	if (!desk_principal(&desk, kind, cmd->argv[3], &p))
		return desk_fail(&desk);
	return VERBS[i].run(&desk, p);
}

int cmd_user(struct cmd *cmd)
{
	static const struct staff_verb VERBS[] = { { "add", staff_add }, { "change", staff_change },
		{ "passwd", passwd }, { "list", staff_list }, { "remove", staff_remove },
		{ "app-password", app_password } };

	return staff_command(cmd, PRINCIPAL_USER, VERBS, COUNT_OF(VERBS));
}
