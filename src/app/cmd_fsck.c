#include "base/base.h"

#include <inttypes.h>
#include <stdio.h>

#include "app/desk.h"
#include "app/progress.h"
#include "base/log.h"
#include "db/check.h"
#include "store/fsck.h"
#include "store/reindex.h"

static void tell_damage(void *arg, struct text problem)
{
	(void)arg;
	printf("%.*s\n", TEXT_ARG(problem));
}

/* wrong-bytes: the sizes in a collection do not add up (collection 14): repaired */
static void tell(void *arg, const struct fsck_fault *fault)
{
	(void)arg;
	printf("%s: %s (number %" PRId64, fault->word, fault->words, fault->id);
	if (fault->collection && fault->collection != fault->id)
		printf(" in %" PRId64, fault->collection);
	if (fault->name.len)
		printf(", %s", log_value(fault->name));
	printf(")%s\n", fault->repaired ? ": repaired" : "");
}

static void at(void *arg, int64_t done, int64_t all)
{
	progress_at(arg, done, all);
}

/* What is derived may be wrong in ways that counting does not show: it is made anew. */
static bool derive(struct desk *desk, struct db *db)
{
	struct progress progress;
	bool done;

	progress_start(&progress, "Indexing");
	done = refold_principals(db, &desk->work.err) &&
	       reindex_run(&desk->house, db, at, &progress, &desk->work.err);
	progress_end(&progress);
	return done;
}

static bool look(struct desk *desk, struct fsck *fsck)
{
	struct db *db = pool_private(desk->house.pool, &desk->work.err);
	bool done = db && fsck_run(&desk->house, db, fsck, &desk->work.err) &&
	            (!fsck->repair || derive(desk, db));

	db_close(&db);
	return done;
}

static int conclude(struct desk *desk, const struct fsck *fsck)
{
	int64_t left = fsck->found - fsck->repaired;

	if (!fsck->found)
		printf("Everything is in order.\n");
	else if (!left)
		printf("Repaired: %" PRId64 ".\n", fsck->repaired);
	if (!left)
		return desk_done(desk);
	desk_close(desk);
	if (fsck->repair)
		return cmd_fail_with(desk->cmd,
		        "repaired: %" PRId64 ", left: %" PRId64
		        "; what is left needs a backup (kontor restore)",
		        fsck->repaired, left);
	return cmd_fail_with(
	        desk->cmd, "problems: %" PRId64 "; kontor fsck --repair mends what it can", left);
}

int cmd_fsck(struct cmd *cmd)
{
	struct pool_settings place = house_place(cmd->settings);
	struct fsck fsck = { .report = tell };
	bool quick = false;
	int64_t damage = 0;
	struct desk desk;

	for (int i = 1; i < cmd->argc; i++) {
		quick = quick || !strcmp(cmd->argv[i], "--quick");
		fsck.repair = fsck.repair || !strcmp(cmd->argv[i], "--repair");
		if (strcmp(cmd->argv[i], "--quick") != 0 && strcmp(cmd->argv[i], "--repair") != 0)
			return cmd_usage(cmd, "\"%s\" is not understood", cmd->argv[i]);
	}
	if (!check_database(&place, !quick, tell_damage, NULL, &damage, &cmd->err))
		return cmd_fail(cmd);
	if (damage)
		return cmd_fail_with(cmd,
		        "problems: %" PRId64 "; the file itself is damaged: put back a backup"
		        " (kontor restore)",
		        damage);
	if (!desk_open(cmd, &desk))
		return cmd_fail(cmd);
	if (!look(&desk, &fsck))
		return desk_fail(&desk);
	return conclude(&desk, &fsck);
}
