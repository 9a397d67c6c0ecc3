/* path.c - the way from a URL's names to its collection, of collection.h: what nearly every request
 * asks first. Answers are remembered by the connection they came from, until anything is committed.
 */
#include "store/collection.h"

#include <stdlib.h>

#include "base/lent.h"
#include "base/str.h"
#include "store/house.h"
#include "store/principal.h"

#define COLLECTION_IN(type, name) "c." #name
#define HOME_IN(type, name)       "h." #name
#define OWNER_IN(type, name)      "p." #name

DB_STATEMENT(PATH, "SELECT " PRINCIPAL_COLUMNS(OWNER_IN, DB_COMMA) ", " COLLECTION_COLUMNS(
                           HOME_IN, DB_COMMA) ", " COLLECTION_COLUMNS(COLLECTION_IN,
                           DB_COMMA) " FROM principal p JOIN collection h"
                                     " ON h.owner = p.id AND h.parent = 0 AND h.type = ?2"
                                     " LEFT JOIN collection c ON c.parent = h.id AND c.name = ?3 "
                                     "AND c.parent <> 0"
                                     " WHERE p.name_key = ?1");

enum { SLOTS = 64, MEMORY_BYTES = 128 << 10 };

struct asked {
	struct text owner, child;
	enum collection_type type;
};

struct known {
	struct asked asked;
	struct collection_path path;
};

/* Of one state of the database. */
struct memory {
	int64_t state;
	struct lent *lent; /* NULL: the state was seen only once so far */
	struct known *slots[SLOTS];
};

/* ---- remembering ---- */

static void clear(struct memory *memory, int64_t state)
{
	lent_drop(&memory->lent);
	*memory = (struct memory){ .state = state };
}

static void forget(void *what)
{
	clear(what, 0);
	free(what);
}

static struct memory *memory_of(struct db *db)
{
	struct db_memory *place = db_memory(db, MEMORY_OF_PATHS);

	if (!place->what) {
		place->what = calloc(1, sizeof(struct memory));
		if (!place->what)
			abort();
		place->forget = forget;
	}
	return place->what;
}

static struct known **slot_of(struct memory *memory, const struct asked *asked)
{
	uint64_t sum = (uint64_t)asked->type;

	for (size_t i = 0; i < asked->owner.len; i++)
		sum = sum * 31 + (unsigned char)asked->owner.ptr[i];
	for (size_t i = 0; i < asked->child.len; i++)
		sum = sum * 33 + (unsigned char)asked->child.ptr[i];
	return &memory->slots[sum % SLOTS];
}

static bool same(const struct asked *a, const struct asked *b)
{
	return a->type == b->type && !a->child.ptr == !b->child.ptr &&
	       text_eq(a->owner, b->owner) && text_eq(a->child, b->child);
}

/* Copies, so that nobody changes what others are given; the texts in them are shared. */
static void share(
        struct arena *arena, const struct collection_path *from, struct collection_path *to)
{
	*to = (struct collection_path){ 0 };
	if (!from->owner)
		return;
	to->owner = arena_make(arena, struct principal);
	*to->owner = *from->owner;
	to->home = arena_make(arena, struct collection);
	*to->home = *from->home;
	if (!from->child)
		return;
	to->child = arena_make(arena, struct collection);
	*to->child = *from->child;
}

static bool remembered(
        struct work *work, int64_t state, const struct asked *asked, struct collection_path *path)
{
	struct memory *memory = state ? memory_of(work->db) : NULL;
	struct known *known;

	if (!memory || memory->state != state || !memory->lent)
		return false;
	known = *slot_of(memory, asked);
	if (!known || !same(&known->asked, asked))
		return false;
	lent_hold(memory->lent, work->arena);
	share(work->arena, &known->path, path);
	return true;
}

/* ---- asking ---- */

/* collection_read() for columns that stand further to the right. */
static void read_from(struct db_rows *rows, struct arena *arena, int column, struct collection *to)
{
	COLLECTION_COLUMNS(DB_READ, DB_NOTHING)
}

/* How many columns a row of a table has in a join. */
#define ONE(type, name) 1
#define AND             +
enum { OWNER_WIDTH = PRINCIPAL_COLUMNS(ONE, AND), WIDTH = COLLECTION_COLUMNS(ONE, AND) };

static bool ask(struct work *work, struct db *db, const struct asked *asked, struct arena *arena,
        struct collection_path *path)
{
	struct text key = text_fold(work->arena, asked->owner);
	struct db_rows *rows = db_query(db, &work->err, &PATH,
	        DB_ARGS(DB_TEXT(key), DB_INT(asked->type), DB_TEXT(asked->child)));

	*path = (struct collection_path){ 0 };
	if (rows && db_next(rows)) {
		path->owner = arena_make(arena, struct principal);
		principal_read(rows, arena, path->owner);
		path->home = arena_make(arena, struct collection);
		read_from(rows, arena, OWNER_WIDTH, path->home);
		if (!db_is_null(rows, OWNER_WIDTH + WIDTH)) {
			path->child = arena_make(arena, struct collection);
			read_from(rows, arena, OWNER_WIDTH + WIDTH, path->child);
		}
	}
	return db_done(rows);
}

/* A state that is seen for the second time is worth remembering. */
static struct memory *worth(struct db *db, int64_t state)
{
	struct memory *memory = state ? memory_of(db) : NULL;

	if (!memory)
		return NULL;
	if (memory->state != state ||
	        (memory->lent && arena_size(lent_arena(memory->lent)) > MEMORY_BYTES)) {
		clear(memory, state);
		return NULL;
	}
	if (!memory->lent)
		memory->lent = lent_new();
	return memory;
}

bool collection_path(struct work *work, struct text owner_name, enum collection_type type,
        struct text child, struct collection_path *path)
{
	struct asked asked = { owner_name, child, type };
	struct memory *memory;
	struct known *known;
	struct arena *arena;
	int64_t state;

	*path = (struct collection_path){ 0 };
	if (!work_state(work, &state))
		return false;
	if (remembered(work, state, &asked, path))
		return true;
	memory = worth(work->db, state);
	if (!memory)
		return ask(work, work->db, &asked, work->arena, path);
	arena = lent_arena(memory->lent);
	known = arena_make(arena, struct known);
	if (!ask(work, work->db, &asked, arena, &known->path))
		return false;
	known->asked =
	        (struct asked){ arena_text(arena, owner_name), arena_text(arena, child), type };
	*slot_of(memory, &asked) = known;
	lent_hold(memory->lent, work->arena);
	share(work->arena, &known->path, path);
	return true;
}
