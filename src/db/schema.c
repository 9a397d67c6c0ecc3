#include "db/schema.h"

#include "base/vec.h"

#include <dirent.h>
#include <errno.h>

enum { FILE_BYTES_MAX = 4 << 20 };

DB_STATEMENT(STEPS_THERE_SQLITE,
        "/* sqlite only */ SELECT count(*) FROM sqlite_schema WHERE name = 'schema_step'"
        " /* scan: a few dozen rows, once per start */");
DB_STATEMENT(STEPS_THERE_POSTGRES,
        "/* postgres only */ SELECT count(*) FROM (SELECT to_regclass('schema_step') AS step) AS it"
        " WHERE step IS NOT NULL");
DB_STATEMENT(STEP_LAST, "SELECT coalesce(max(number), 0) FROM schema_step");

/* ---- files ---- */

static bool read_file(struct arena *arena, const char *path, struct text *body, struct err *err)
{
	FILE *file = fopen(path, "re");
	char *bytes = arena_raw(arena, FILE_BYTES_MAX);
	size_t len;
	bool whole;

	if (!file)
		return err_set(err, ERR_UNAVAILABLE, "%s: %s", path, strerror(errno));
	len = fread(bytes, 1, FILE_BYTES_MAX, file);
	whole = !ferror(file) && len < FILE_BYTES_MAX;
	fclose(file);
	if (!whole)
		return err_set(err, ERR_UNAVAILABLE, "%s cannot be read", path);
	*body = arena_text(arena, (struct text){ bytes, len });
	return true;
}

/* 0 for what is not named NNN-*.sql. */
static int step_number(struct text name)
{
	int64_t number;

	if (name.len < sizeof("000-.sql") - 1 || name.ptr[3] != '-' ||
	        !text_ends(name, TEXT(".sql")) || !text_to_int(text_sub(name, 0, 3), &number))
		return 0;
	return number > 0 ? (int)number : 0;
}

static int by_number(const void *a, const void *b)
{
	return ((const struct schema_file *)a)->number - ((const struct schema_file *)b)->number;
}

static bool check_numbers(const struct schema_files *files, const char *dir, struct err *err)
{
	for (size_t i = 0; i < files->len; i++)
		if (files->at[i].number != (int)i + 1)
			return err_set(err, ERR_UNAVAILABLE,
			        "%s: there must be one file numbered %03d", dir, (int)i + 1);
	if (!files->len)
		return err_set(err, ERR_UNAVAILABLE, "%s holds no schema", dir);
	return true;
}

bool schema_truth(struct arena *arena, const struct db_place *place, struct schema_files *files,
        struct err *err)
{
	char *dir = arena_cstr(arena, arena_printf(arena, "%s/truth", place->schema_dir));
	VEC(struct schema_file) found = VEC_EMPTY;
	DIR *stream = opendir(dir);
	struct dirent *item;
	bool good = true;

	if (!stream)
		return err_set(err, ERR_UNAVAILABLE, "%s: %s", dir, strerror(errno));
	while (good && (item = readdir(stream))) {
		struct text name = arena_text(arena, text_of(item->d_name));
		struct schema_file *file;

		if (!step_number(name))
			continue;
		file = vec_push(arena, &found);
		file->number = step_number(name);
		file->name = name;
		good = read_file(
		        arena, arena_printf(arena, "%s/%s", dir, name.ptr).ptr, &file->body, err);
	}
	closedir(stream);
	if (found.len)
		qsort(found.at, found.len, sizeof(*found.at), by_number);
	*files = (struct schema_files){ found.at, found.len };
	return good && check_numbers(files, dir, err);
}

bool schema_index(struct arena *arena, const struct db_place *place, struct schema_file *file,
        struct err *err)
{
	struct text path = arena_printf(arena, "%s/index.sql", place->schema_dir);

	*file = (struct schema_file){ 0, TEXT("index.sql"), TEXT_NONE };
	return read_file(arena, path.ptr, &file->body, err);
}

/* ---- statements ---- */

/* Whether a line ends the statement that begins with `start`. A trigger has `;` inside. */
static bool ends(struct text start, struct text line)
{
	if (!text_ends(line, TEXT(";")))
		return false;
	return !text_starts(start, TEXT("CREATE TRIGGER")) || text_eq(line, TEXT("END;"));
}

bool schema_next(struct text *rest, bool postgres, struct text *statement, bool *bad)
{
	bool here = true; /* as the marker before it said */
	const char *start = NULL;
	struct text line;

	*bad = false;
	while (rest->ptr && text_split(rest, '\n', &line)) {
		line = text_trim(line);
		if (!start) {
			if (text_eq(line, TEXT("-- sqlite:")))
				here = !postgres;
			else if (text_eq(line, TEXT("-- postgres:")))
				here = postgres;
			if (!line.len || text_starts(line, TEXT("--")))
				continue;
			start = line.ptr;
		}
		if (!ends((struct text){ start, (size_t)(line.ptr + line.len - start) }, line))
			continue;
		if (here) {
			size_t len = (size_t)(line.ptr + line.len - 1 - start);

			*statement = (struct text){ start, len };
			return true;
		}
		start = NULL;
		here = true;
	}
	*bad = start != NULL;
	return false;
}

static bool is_name(struct text text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_", text.ptr[i]) || !text.ptr[i])
			return false;
	return text.len > 0;
}

/* The next word: up to a space or a parenthesis. */
static struct text next_word(struct text *rest)
{
	size_t len = 0;
	struct text word;

	*rest = text_trim(*rest);
	while (len < rest->len && !strchr(" \t\n(", rest->ptr[len]))
		len++;
	word = text_sub(*rest, 0, len);
	*rest = text_from(*rest, len);
	return word;
}

struct text schema_makes(struct arena *arena, struct text statement)
{
	struct text type, name;

	if (!text_eq(next_word(&statement), TEXT("CREATE")))
		return TEXT_NONE;
	type = next_word(&statement);
	if (text_eq(type, TEXT("UNIQUE")) || text_eq(type, TEXT("VIRTUAL")))
		type = next_word(&statement);
	/* Triggers go with their tables. */
	if (!text_eq(type, TEXT("TABLE")) && !text_eq(type, TEXT("INDEX")) &&
	        !text_eq(type, TEXT("VIEW")))
		return TEXT_NONE;
	name = next_word(&statement);
	if (!is_name(name))
		return TEXT_NONE;
	return arena_printf(arena, "%.*s %.*s", TEXT_ARG(type), TEXT_ARG(name));
}

bool schema_run(struct arena *arena, struct db *db, const struct schema_file *file,
        struct buf *made, struct err *err)
{
	struct text rest = file->body, statement;
	bool bad;

	while (schema_next(&rest, db_is_postgres(db), &statement, &bad)) {
		struct text makes = schema_makes(arena, statement);

		if (!db_script(db, err, arena_cstr(arena, statement)))
			return false;
		if (made && makes.ptr)
			buf_printf(made, "%s%s", made->len ? "," : "", makes.ptr);
	}
	return !bad || err_set(err, ERR_INTERNAL, "%s ends within a statement", file->name.ptr);
}

/* ---- what is there ---- */

static bool one_number(struct db *db, const struct db_stmt *stmt, int *number, struct err *err)
{
	struct db_rows *rows = db_query(db, err, stmt, DB_NO_ARGS);

	*number = db_next(rows) ? (int)db_int(rows, 0) : 0;
	return db_done(rows);
}

bool schema_applied(struct db *db, int *number, struct err *err)
{
	const struct db_stmt *there =
	        db_is_postgres(db) ? &STEPS_THERE_POSTGRES : &STEPS_THERE_SQLITE;

	if (!one_number(db, there, number, err))
		return false;
	return !*number || one_number(db, &STEP_LAST, number, err);
}

bool schema_fits(struct db *db, struct err *err)
{
	struct arena *arena = arena_new();
	struct schema_files files = { 0 };
	int applied = 0;
	bool fits =
	        schema_truth(arena, db->place, &files, err) && schema_applied(db, &applied, err);

	if (fits && !applied)
		fits = err_set(err, ERR_UNAVAILABLE, "the database is empty: kontor init makes it");
	else if (fits && applied > (int)files.len)
		fits = err_set(err, ERR_UNAVAILABLE,
		        "the database (step %d) is newer than this kontor (step %d)", applied,
		        (int)files.len);
	arena_free(&arena);
	return fits && db->driver->sound(db, err);
}
