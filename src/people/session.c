#include "people/session.h"

#include "base/codec.h"
#include "base/hash.h"
#include "people/login.h"
#include "store/writer.h"

enum { SECRET_BYTES = 16, AGENT_MAX = 200, COOKIE_MAX = 64, SEEN_EVERY = 300 };

DB_STATEMENT(SESSION_GET,
        "SELECT principal, csrf, seen FROM session WHERE hash = ?1 AND until > ?2 AND seen > ?3");
DB_STATEMENT(SESSION_START,
        "INSERT INTO session (hash, principal, csrf, created, seen, until, agent)"
        " VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)");
DB_STATEMENT(SESSION_SEEN, "UPDATE session SET seen = ?2 WHERE hash = ?1 AND seen < ?2");
DB_STATEMENT(SESSION_END, "DELETE FROM session WHERE hash = ?1");

static struct text digest(struct arena *arena, struct text cookie)
{
	uint8_t bytes[SHA256_SIZE];

	sha256(cookie, bytes);
	return hex_encode(arena, (struct text){ (const char *)bytes, sizeof(bytes) });
}

static struct text secret(struct arena *arena)
{
	char bytes[SECRET_BYTES];

	random_bytes(bytes, sizeof(bytes));
	return base64url_encode(arena, (struct text){ bytes, sizeof(bytes) });
}

/* ---- checking ---- */

struct seen {
	struct text hash;
};

static bool seen_run(struct writing *w, void *data)
{
	const struct seen *seen = data;

	return db_run(
	        w->db, w->err, &SESSION_SEEN, DB_ARGS(DB_TEXT(seen->hash), DB_INT(w->now)), NULL);
}

static void free_seen(void *arena)
{
	arena_free((struct arena **)&arena);
}

/* Now and then, and without waiting for it. */
static void tell_seen(struct work *work, struct text hash, int64_t last)
{
	struct err ignored = { 0 };
	struct arena *arena;
	struct seen *seen;
	struct plan *plan;

	if (work->now - last < SEEN_EVERY && work->now - last >= 0)
		return;
	arena = arena_new();
	plan = plan_new(arena, work->now);
	seen = arena_make(arena, struct seen);
	seen->hash = arena_text(arena, hash);
	plan_add(plan, seen_run, seen);
	if (!writer_submit(work->house->writer, plan, free_seen, arena, &ignored))
		arena_free(&arena);
}

struct found {
	int64_t principal, seen;
	struct text csrf;
};

static bool find(struct work *work, struct text hash, struct found *found)
{
	const struct settings *s = house_settings(work->house);
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, &SESSION_GET,
	                                    DB_ARGS(DB_TEXT(hash), DB_INT(work->now),
	                                            DB_INT(work->now - s->login_session_idle)))
	                          : NULL;

	*found = (struct found){ 0 };
	if (rows && db_next(rows))
		*found = (struct found){ db_int(rows, 0), db_int(rows, 2),
			arena_text(work->arena, db_text(rows, 1)) };
	return db_done(rows);
}

static bool check(struct work *work, struct text cookie, struct found *session, bool *found)
{
	struct text hash;
	struct who *who;

	*found = false;
	if (!cookie.len || cookie.len > COOKIE_MAX)
		return true;
	hash = digest(work->arena, cookie);
	if (!find(work, hash, session))
		return false;
	if (!session->principal)
		return true;
	who = arena_make(work->arena, struct who);
	if (!login_as(work, session->principal, who, found) || !*found)
		return !err_is_set(&work->err);
	who->session = hash;
	who->csrf = session->csrf;
	work->who = who;
	return true;
}

bool session_check(struct work *work, struct text cookie, bool *found)
{
	struct found session;

	return check(work, cookie, &session, found);
}

bool session_use(struct work *work, struct text cookie, bool *found)
{
	struct found session;

	if (!check(work, cookie, &session, found))
		return false;
	if (*found)
		tell_seen(work, work->who->session, session.seen);
	return true;
}

/* ---- operations ---- */

struct start {
	struct text hash, csrf, agent;
	int64_t principal, life;
};

static bool start_run(struct writing *w, void *data)
{
	const struct start *s = data;

	return db_run(w->db, w->err, &SESSION_START,
	        DB_ARGS(DB_TEXT(s->hash), DB_INT(s->principal), DB_TEXT(s->csrf), DB_INT(w->now),
	                DB_INT(w->now + s->life), DB_TEXT(s->agent)),
	        NULL);
}

struct session_new plan_session_start(
        struct plan *plan, const struct settings *settings, int64_t principal, struct text agent)
{
	struct arena *arena = plan_arena(plan);
	struct start *start = arena_make(arena, struct start);
	struct session_new made = { secret(arena), secret(arena) };
	struct text cut = text_sub(agent, 0, AGENT_MAX);

	start->hash = digest(arena, made.cookie);
	start->csrf = made.csrf;
	start->agent =
	        cut.ptr && text_is_utf8(cut) && text_find_char(cut, '\0') < 0 ? cut : TEXT("");
	start->principal = principal;
	start->life = settings->login_session;
	plan_add(plan, start_run, start);
	return made;
}

static bool end_run(struct writing *w, void *data)
{
	const struct text *hash = data;

	return db_run(w->db, w->err, &SESSION_END, DB_ARGS(DB_TEXT(*hash)), NULL);
}

void plan_session_end(struct plan *plan, struct text session)
{
	struct text *hash = arena_make(plan_arena(plan), struct text);

	*hash = session;
	plan_add(plan, end_run, hash);
}
