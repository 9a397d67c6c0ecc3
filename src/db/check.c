#include "db/check.h"

#include "db/driver.h"

DB_STATEMENT(CHECK_WHOLE,
        "/* sqlite only */ SELECT integrity_check FROM pragma_integrity_check(100)"
        " WHERE integrity_check <> 'ok' /* scan: that is its purpose */");
DB_STATEMENT(CHECK_QUICK, "/* sqlite only */ SELECT quick_check FROM pragma_quick_check(100)"
                          " WHERE quick_check <> 'ok' /* scan: that is its purpose */");
DB_STATEMENT(CHECK_REFERENCES,
        "/* sqlite only */ SELECT 'a row of ' || \"table\" || ' refers to a row of ' || parent"
        " || ' that is not there' FROM pragma_foreign_key_check LIMIT 100"
        " /* scan: that is its purpose */");

static bool list(struct db *db, const struct db_stmt *stmt,
        void (*report)(void *arg, struct text problem), void *arg, int64_t *problems,
        struct err *err)
{
	struct db_rows *rows = db_query(db, err, stmt, DB_NO_ARGS);

	while (db_next(rows)) {
		report(arg, db_text(rows, 0));
		++*problems;
	}
	return db_done(rows);
}

bool check_open(struct db *db, bool whole, void (*report)(void *arg, struct text problem),
        void *arg, int64_t *problems, struct err *err)
{
	const struct db_stmt *pages = whole ? &CHECK_WHOLE : &CHECK_QUICK;

	*problems = 0;
	return db_is_postgres(db) ||
	       (list(db, pages, report, arg, problems, err) &&
	               list(db, &CHECK_REFERENCES, report, arg, problems, err));
}

bool check_database(const struct pool_settings *settings, bool whole,
        void (*report)(void *arg, struct text problem), void *arg, int64_t *problems,
        struct err *err)
{
	struct db_place *place = db_place_new(settings);
	struct db *db = db_open(place, DB_READER, err);
	bool done = db && check_open(db, whole, report, arg, problems, err);

	db_close(&db);
	db_place_free(&place);
	return done;
}
