#include "db/pg_tool.h"

#ifdef HAVE_LIBPQ

#include "base/str.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>

extern char **environ;
VEC_OF(words, char *);

static bool names_same(const char *variable, const char *name)
{
	size_t len = strlen(name);

	return !strncmp(variable, name, len) && variable[len] == '=';
}

static void set(struct arena *arena, struct words *env, const char *name, const char *value)
{
	char *word = (char *)arena_cstr(arena, arena_printf(arena, "%s=%s", name, value));

	for (size_t i = 0; i < env->len; i++)
		if (names_same(env->at[i], name)) {
			env->at[i] = word;
			return;
		}
	*vec_push(arena, env) = word;
}

/* Our own environment, with what the connection string says in the variables of libpq. */
static bool environment(
        struct arena *arena, const struct db_place *place, struct words *env, struct err *err)
{
	char *fault = NULL;
	PQconninfoOption *options = PQconninfoParse(place->dsn, &fault);

	if (!options) {
		err_set(err, ERR_UNAVAILABLE, "store.postgres: %s", fault ? fault : "not readable");
		PQfreemem(fault);
		return false;
	}
	for (char **each = environ; *each; each++)
		*vec_push(arena, env) = *each;
	for (PQconninfoOption *o = options; o->keyword; o++)
		if (o->val && o->envvar)
			set(arena, env, o->envvar, o->val);
	set(arena, env, "PGAPPNAME", "kontor");
	*vec_push(arena, env) = NULL;
	PQconninfoFree(options);
	return true;
}

static bool succeeded(const char *program, pid_t child, struct err *err)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return err_set(err, ERR_UNAVAILABLE, "%s: %s", program, strerror(errno));
	return (WIFEXITED(status) && !WEXITSTATUS(status)) ||
	       err_set(err, ERR_UNAVAILABLE, "%s failed: see above", program);
}

/* `output`: where its standard output goes; NULL: ours. */
static bool run(
        const struct db_place *place, char *const *argv, const char *output, struct err *err)
{
	struct arena *arena = arena_new();
	struct words env = VEC_EMPTY;
	posix_spawn_file_actions_t actions;
	bool done = environment(arena, place, &env, err);
	pid_t child;
	int code;

	if (done) {
		posix_spawn_file_actions_init(&actions);
		if (output)
			posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY, 0);
		code = posix_spawnp(&child, argv[0], &actions, NULL, argv, env.at);
		posix_spawn_file_actions_destroy(&actions);
		done = code ? err_set(err, ERR_UNAVAILABLE,
		                      "%s: %s (Debian's package postgresql-client has it)", argv[0],
		                      strerror(code))
		            : succeeded(argv[0], child, err);
	}
	arena_free(&arena);
	return done;
}

bool pg_dump_into(const struct db_place *place, const char *path, struct err *err)
{
	char *const argv[] = { "pg_dump", "--format=custom", "--no-owner", "--no-privileges",
		"--file", (char *)path, NULL };
	mode_t mask = umask(077);
	bool done = run(place, argv, NULL, err);

	umask(mask);
	return done;
}

bool pg_dump_is_whole(const struct db_place *place, const char *path, struct err *err)
{
	char *const argv[] = { "pg_restore", "--file", "/dev/null", (char *)path, NULL };

	return run(place, argv, "/dev/null", err);
}

bool pg_restore_from(const struct db_place *place, const char *path, struct err *err)
{
	/* It wants to be told of a database, or it only prints; which one, the environment says. */
	char *const argv[] = { "pg_restore", "--dbname", "application_name=kontor", "--no-owner",
		"--no-privileges", "--exit-on-error", "--single-transaction", (char *)path, NULL };

	return run(place, argv, NULL, err);
}

#else

static bool absent(struct err *err)
{
	return err_set(err, ERR_UNAVAILABLE, "this kontor was built without PostgreSQL");
}

bool pg_dump_into(const struct db_place *place, const char *path, struct err *err)
{
	(void)place, (void)path;
	return absent(err);
}

bool pg_dump_is_whole(const struct db_place *place, const char *path, struct err *err)
{
	(void)place, (void)path;
	return absent(err);
}

bool pg_restore_from(const struct db_place *place, const char *path, struct err *err)
{
	(void)place, (void)path;
	return absent(err);
}

#endif
