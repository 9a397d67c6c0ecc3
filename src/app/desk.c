#include "base/base.h"

#include <stdio.h>

#include "app/compose.h"
#include "app/desk.h"
#include "base/clock.h"
#include "base/log.h"
#include "people/import.h"
#include "store/writer.h"

bool desk_open(struct cmd *cmd, struct desk *desk)
{
	*desk = (struct desk){ .cmd = cmd };
	compose_house(&desk->house);
	if (!house_open(&desk->house, cmd->settings, &cmd->err))
		return false;
	desk->work =
	        (struct work){ .arena = cmd->arena, .house = &desk->house, .now = clock_now() };
	house_start_writer(&desk->house);
	return true;
}

struct plan *desk_plan(struct desk *desk)
{
	return plan_new(desk->work.arena, desk->work.now);
}

bool desk_apply(struct desk *desk, struct plan *plan)
{
	work_step_end(&desk->work);
	desk->applied = true;
	return writer_apply(desk->house.writer, plan, &desk->work.err);
}

void desk_close(struct desk *desk)
{
	struct err err = { 0 };

	work_step_end(&desk->work);
	if (desk->applied && !house_settle(&desk->house, &err))
		log_warn("settle_failed", "why=%s", log_value(text_of(err.detail)));
	house_close(&desk->house);
}

int desk_fail(struct desk *desk)
{
	desk->cmd->err = desk->work.err;
	desk_close(desk);
	return cmd_fail(desk->cmd);
}

int desk_done(struct desk *desk)
{
	desk_close(desk);
	if (fflush(stdout))
		return cmd_fail_with(desk->cmd, "standard output cannot be written");
	return EXIT_OK;
}

bool desk_principal(
        struct desk *desk, enum principal_kind kind, const char *name, struct principal **principal)
{
	struct err *err = &desk->work.err;

	if (!principal_by_name(&desk->work, text_of(name), principal))
		return false;
	if (!*principal)
		return err_set(err, ERR_NOT_FOUND, "there is no %s \"%s\"",
		        kind ? people_kind_word(kind) : "principal", name);
	if (kind && (*principal)->kind != (int64_t)kind)
		return err_set(err, ERR_NOT_FOUND, "\"%s\" is a %s, not a %s", name,
		        people_kind_word((enum principal_kind)(*principal)->kind),
		        people_kind_word(kind));
	return true;
}
