/* desk.h - where a command sits to work on the data: the house opened, beside a server that may be
 * running on it.
 *
 *     struct desk desk;
 *     if (!desk_open(cmd, &desk))
 *             return cmd_fail(cmd);
 *     ... read with &desk.work; plans through desk_apply() ...
 *     desk_close(&desk);
 *
 * Errors are in desk.work.err; desk_fail() prints them.
 * Memory:  work.arena is the command's.
 * Threads: the main thread. */
#ifndef KONTOR_APP_DESK_H
#define KONTOR_APP_DESK_H

#include "app/cmd.h"
#include "store/house.h"
#include "store/principal.h"

struct desk {
	struct cmd *cmd;
	struct house house;
	struct work work; /* nobody's: who is NULL */
	bool applied;     /* something was */
};

bool desk_open(struct cmd *cmd, struct desk *desk) must_check;
/* A plan for desk_apply(). */
struct plan *desk_plan(struct desk *desk);
/* Commits; what is read afterwards is newer. */
bool desk_apply(struct desk *desk, struct plan *plan) must_check;
void desk_close(struct desk *desk);
/* Says what desk->work.err holds and closes; returns EXIT_FAILED. */
int desk_fail(struct desk *desk);
/* Closes; returns EXIT_OK, or EXIT_FAILED when standard output could not be written. */
int desk_done(struct desk *desk);

/* The principal of that name and kind (0: any); false with err set when there is none. */
bool desk_principal(struct desk *desk, enum principal_kind kind, const char *name,
        struct principal **principal) must_check;

#endif
