#include "people/app_password.h"

#include "base/codec.h"
#include "base/hash.h"
#include "store/house.h"

/* 0, 1, l and o look like others. 32 letters: five bits each. */
static const char LETTERS[] = "abcdefghijkmnpqrstuvwxyz23456789";
enum { LENGTH = 28, GROUP = 4, CLIENT_MAX = 200 };

DB_STATEMENT(APP_BY_HASH,
        "SELECT " APP_PASSWORD_COLUMNS(DB_NAME, DB_COMMA) " FROM app_password WHERE hash = ?1");
DB_STATEMENT(APP_BY_ID,
        "SELECT " APP_PASSWORD_COLUMNS(DB_NAME, DB_COMMA) " FROM app_password WHERE id = ?1");
DB_STATEMENT(APP_LIST, "SELECT " APP_PASSWORD_COLUMNS(DB_NAME,
                               DB_COMMA) " FROM app_password WHERE principal = ?1 ORDER BY id");
DB_STATEMENT(APP_INSERT,
        "INSERT INTO app_password (id, principal, name, hash, created, seen, client)"
        " VALUES (?1, ?2, ?3, ?4, ?5, 0, '')");
DB_STATEMENT(APP_DELETE, "DELETE FROM app_password WHERE id = ?1 AND principal = ?2");
DB_STATEMENT(APP_SEEN, "UPDATE app_password SET seen = ?2, client = ?3 WHERE id = ?1");

/* Only the letters that count, in lower case; false if it has not the shape. */
static bool plain(struct text password, char letters[LENGTH])
{
	size_t len = 0;

	for (size_t i = 0; i < password.len; i++) {
		char c = password.ptr[i];

		if (c == '-' || c == ' ')
			continue;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (len == LENGTH || !c || !strchr(LETTERS, c))
			return false;
		letters[len++] = c;
	}
	return len == LENGTH;
}

static struct text digest(struct arena *arena, const char letters[LENGTH])
{
	uint8_t bytes[SHA256_SIZE];

	sha256((struct text){ letters, LENGTH }, bytes);
	return hex_encode(arena, (struct text){ (const char *)bytes, sizeof(bytes) });
}

bool app_password_is(struct text password)
{
	char letters[LENGTH];

	return plain(password, letters);
}

static bool find(struct work *work, const struct db_stmt *stmt, struct db_value key,
        struct app_password **found)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, stmt, DB_ARGS(key)) : NULL;

	*found = NULL;
	if (rows && db_next(rows)) {
		*found = arena_make(work->arena, struct app_password);
		app_password_read(rows, work->arena, *found);
	}
	return db_done(rows);
}

bool app_password_find(
        struct work *work, int64_t principal, struct text password, struct app_password **found)
{
	char letters[LENGTH];

	*found = NULL;
	if (!plain(password, letters))
		return true;
	if (!find(work, &APP_BY_HASH, DB_TEXT(digest(work->arena, letters)), found))
		return false;
	if (*found && (*found)->principal != principal)
		*found = NULL;
	return true;
}

bool app_password_get(struct work *work, int64_t id, struct app_password **found)
{
	return find(work, &APP_BY_ID, DB_INT(id), found);
}

bool app_password_list(struct work *work, int64_t principal, struct app_passwords *passwords)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &APP_LIST, DB_ARGS(DB_INT(principal))) : NULL;

	*passwords = (struct app_passwords)VEC_EMPTY;
	while (rows && db_next(rows))
		app_password_read(rows, work->arena, vec_push(work->arena, passwords));
	return db_done(rows);
}

/* ---- operations ---- */

struct change {
	int64_t principal, id;
	struct text name, hash, client;
};

static bool add_run(struct writing *w, void *data)
{
	const struct change *c = data;
	int64_t id;

	return writing_id(w, &id) &&
	       db_run(w->db, w->err, &APP_INSERT,
	               DB_ARGS(DB_INT(id), DB_INT(c->principal), DB_TEXT(c->name), DB_TEXT(c->hash),
	                       DB_INT(w->now)),
	               NULL);
}

static bool revoke_run(struct writing *w, void *data)
{
	const struct change *c = data;
	int64_t gone;

	if (!writing_logins(w) || !db_run(w->db, w->err, &APP_DELETE,
	                                  DB_ARGS(DB_INT(c->id), DB_INT(c->principal)), &gone))
		return false;
	return gone ? true : plan_stale(w);
}

/* Not a change of people: what others remember of them stays right. */
static bool seen_run(struct writing *w, void *data)
{
	const struct change *c = data;

	return db_run(w->db, w->err, &APP_SEEN,
	        DB_ARGS(DB_INT(c->id), DB_INT(w->now), DB_TEXT(c->client)), NULL);
}

static struct change *change_new(struct plan *plan, plan_op_fn *run)
{
	struct change *c = arena_make(plan_arena(plan), struct change);

	plan_add(plan, run, c);
	return c;
}

struct text plan_app_password_add(struct plan *plan, int64_t principal, struct text name)
{
	struct change *c = change_new(plan, add_run);
	char letters[LENGTH];
	struct buf shown;

	random_bytes(letters, sizeof(letters));
	buf_init(&shown, plan_arena(plan));
	for (size_t i = 0; i < LENGTH; i++) {
		letters[i] = LETTERS[(unsigned char)letters[i] % 32];
		if (i && i % GROUP == 0)
			buf_char(&shown, '-');
		buf_char(&shown, letters[i]);
	}
	c->principal = principal;
	c->name = name;
	c->hash = digest(plan_arena(plan), letters);
	return buf_text(&shown);
}

void plan_app_password_revoke(struct plan *plan, int64_t principal, int64_t id)
{
	struct change *c = change_new(plan, revoke_run);

	c->principal = principal;
	c->id = id;
}

void plan_app_password_seen(struct plan *plan, int64_t id, struct text client)
{
	struct change *c = change_new(plan, seen_run);
	struct text cut = text_sub(client, 0, CLIENT_MAX);

	c->id = id;
	c->client = cut.ptr && text_is_utf8(cut) ? cut : TEXT("");
}
