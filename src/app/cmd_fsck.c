#include "base/base.h"

#include <inttypes.h>
#include <stdio.h>

#include "app/desk.h"
#include "db/check.h"
#include "store/kind.h"

/* Each counts what must not be. The reason for walking through whole tables is the same for all. */
#define CHECK(name, sql) \
	DB_STATEMENT(name, "SELECT count(*) /* scan: fsck looks at everything */ FROM " sql)

CHECK(LOST_RECORDS, "record r LEFT JOIN member m ON m.record = r.id WHERE m.record IS NULL");
CHECK(EMPTY_MEMBERS, "member m LEFT JOIN record r ON r.id = m.record WHERE r.id IS NULL");
CHECK(STRAY_MEMBERS, "member m LEFT JOIN collection c ON c.id = m.collection WHERE c.id IS NULL");
CHECK(STRAY_COLLECTIONS, "collection c LEFT JOIN collection p ON p.id = c.parent"
                         " WHERE c.parent <> 0 AND p.id IS NULL");
CHECK(LATE_CHANGES,
        "collection c WHERE c.token > (SELECT value FROM counter WHERE name = 'change')");
CHECK(LATE_REVISIONS,
        "record r WHERE r.revision > (SELECT value FROM counter WHERE name = 'change')");
CHECK(LATE_IDS, "record r WHERE r.id > (SELECT value FROM counter WHERE name = 'id')");
CHECK(LATE_COLLECTIONS, "collection c WHERE c.id > (SELECT value FROM counter WHERE name = 'id')");
CHECK(HIDDEN_CHANGES,
        "member m JOIN collection c ON c.id = m.collection WHERE m.changed > c.token");
CHECK(LOST_BODIES, "record r LEFT JOIN blob_head b ON b.id = r.blob"
                   " WHERE r.blob <> 0 AND (b.id IS NULL OR b.size <> r.size)");
CHECK(DEAD_GRANTS, "ace a LEFT JOIN principal p ON p.id = a.principal"
                   " WHERE a.who = 1 AND p.id IS NULL");

static const struct check {
	const struct db_stmt *count;
	const char *words;
} CHECKS[] = {
	{ &LOST_RECORDS, "objects that appear nowhere" },
	{ &EMPTY_MEMBERS, "names without an object" },
	{ &STRAY_MEMBERS, "objects in collections that are not there" },
	{ &STRAY_COLLECTIONS, "collections in collections that are not there" },
	{ &LATE_CHANGES, "collections changed later than the last change" },
	{ &LATE_REVISIONS, "objects changed later than the last change" },
	{ &LATE_IDS, "objects with numbers not given out yet" },
	{ &LATE_COLLECTIONS, "collections with numbers not given out yet" },
	{ &HIDDEN_CHANGES, "changes that no client would be told of" },
	{ &LOST_BODIES, "large files without their bytes" },
	{ &DEAD_GRANTS, "access list entries for nobody" },
};

static void report(void *arg, struct text problem)
{
	(void)arg;
	printf("%.*s\n", TEXT_ARG(problem));
}

static bool count(struct desk *desk, const struct db_stmt *stmt, int64_t *found)
{
	struct db *db = work_reader(&desk->work);
	struct db_rows *rows = db ? db_query(db, &desk->work.err, stmt, DB_NO_ARGS) : NULL;

	*found = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

static bool check_meaning(struct desk *desk, int64_t *problems)
{
	for (size_t i = 0; i < COUNT_OF(CHECKS); i++) {
		int64_t found;

		if (!count(desk, CHECKS[i].count, &found))
			return false;
		if (found)
			printf("%" PRId64 " %s\n", found, CHECKS[i].words);
		*problems += found;
	}
	return true;
}

int cmd_fsck(struct cmd *cmd)
{
	struct pool_settings place = house_place(cmd->settings);
	bool quick = cmd->argc == 2 && !strcmp(cmd->argv[1], "--quick");
	int64_t problems = 0;
	struct desk desk;

	if (cmd->argc != 1 + quick)
		return cmd_usage(cmd, "these arguments are not understood");
	if (!check_database(&place, !quick, report, NULL, &problems, &cmd->err))
		return cmd_fail(cmd);
	if (!problems) {
		if (!desk_open(cmd, &desk))
			return cmd_fail(cmd);
		if (!check_meaning(&desk, &problems))
			return desk_fail(&desk);
		desk_close(&desk);
	}
	if (problems)
		return cmd_fail_with(
		        cmd, "problems: %" PRId64 "; put back a backup (kontor restore)", problems);
	printf("Everything is in order.\n");
	return EXIT_OK;
}
