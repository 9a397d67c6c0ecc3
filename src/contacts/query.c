/* query.c - finding cards: candidates from the folded index, the verdict from the body. */
#include "base/base.h"
#include "base/map.h"
#include "contacts/contacts.h"
#include "contacts/keys.h"
#include "store/house.h"

/* instr() on SQLite, strpos() on PostgreSQL: each database runs its own. SQLite would begin with
 * the members and look up the keys of each, so CROSS JOIN tells it the order: keys first. */
DB_STATEMENT(CANDIDATES_SQLITE,
        "SELECT DISTINCT m.name FROM card_key k "
        "CROSS JOIN member m ON m.record = k.record AND m.collection = k.collection "
        "WHERE k.collection = ?1 AND k.name = ?2 AND (k.cut = 1 OR instr(k.key, ?3) > 0) "
        "/* sqlite only */");
DB_STATEMENT(CANDIDATES_POSTGRES,
        "SELECT DISTINCT m.name FROM card_key k "
        "JOIN member m ON m.record = k.record AND m.collection = k.collection "
        "WHERE k.collection = ?1 AND k.name = ?2 AND (k.cut = 1 OR strpos(k.key, ?3) > 0) "
        "/* postgres only */");

/* Where cards appear by rule there are few of them: members first. */
#define CANDIDATES_BY_RULE(FOUND) \
	"SELECT DISTINCT m.name FROM member m JOIN card_key k ON k.record = m.record " \
	"WHERE m.collection = ?1 AND k.name = ?2 AND (k.cut = 1 OR " FOUND " > 0) "
DB_STATEMENT(RULED_SQLITE, CANDIDATES_BY_RULE("instr(k.key, ?3)") "/* sqlite only */");
DB_STATEMENT(RULED_POSTGRES, CANDIDATES_BY_RULE("strpos(k.key, ?3)") "/* postgres only */");

/* Of the company's shelves, what one viewer sees. */
#define CANDIDATES_SEEN(JOIN, FOUND) \
	"SELECT DISTINCT m.name FROM card_key k " JOIN " member m ON m.record = k.record " \
	"AND m.collection = k.collection " JOIN " crm_item i ON i.record = k.record " JOIN \
	" reach r ON r.viewer = ?4 AND r.reach = ?5 AND r.holder = i.holder " \
	"WHERE k.collection = ?1 AND k.name = ?2 AND (k.cut = 1 OR " FOUND " > 0) "
DB_STATEMENT(SEEN_SQLITE, CANDIDATES_SEEN("CROSS JOIN", "instr(k.key, ?3)") "/* sqlite only */");
DB_STATEMENT(SEEN_POSTGRES, CANDIDATES_SEEN("JOIN", "strpos(k.key, ?3)") "/* postgres only */");

DB_STATEMENT(NAME_OF, "SELECT name FROM member WHERE record = ?1 AND collection = ?2");

enum { PAGE = 500 };

struct finding {
	struct work *work;
	const struct scope *scope;
	struct card_matcher *matcher;
	size_t max;
	struct items *found;
	bool more;
};

/* False once there are enough. */
static bool judge(struct finding *f, const struct item *item)
{
	if (!card_matches(f->matcher, item->body))
		return true;
	if (f->found->len >= f->max) {
		f->more = true;
		return false;
	}
	*vec_push(f->work->arena, f->found) = *item;
	return true;
}

static int by_name(const void *a, const void *b)
{
	return text_cmp(*(const struct text *)a, *(const struct text *)b);
}

static bool add_names(struct finding *f, struct db_rows *rows, struct map *seen)
{
	while (rows && db_next(rows)) {
		struct text name = arena_text(f->work->arena, db_text(rows, 0));

		map_put(seen, name, seen);
	}
	return db_done(rows);
}

/* From the database: a walk over all keys of the property. */
static bool admitted(
        struct finding *f, struct db *db, const struct card_hint *hint, struct map *seen)
{
	const struct db_stmt *stmt;
	const struct db_value values[] = { DB_INT(f->scope->collection), DB_TEXT(hint->name),
		DB_TEXT(hint->key), DB_INT(f->scope->viewer), DB_INT(f->scope->reach) };
	size_t args = f->scope->reach ? 5 : 3;

	if (f->scope->reach)
		stmt = db_is_postgres(db) ? &SEEN_POSTGRES : &SEEN_SQLITE;
	else if (f->scope->by_rule)
		stmt = db_is_postgres(db) ? &RULED_POSTGRES : &RULED_SQLITE;
	else
		stmt = db_is_postgres(db) ? &CANDIDATES_POSTGRES : &CANDIDATES_SQLITE;
	return add_names(
	        f, db_query(db, &f->work->err, stmt, (struct db_args){ values, args }), seen);
}

/* From memory, where the keys are kept: not of what appears by rule, whose keys are other
 * collections', nor of shelves of which everybody sees something else. */
static bool remembered(
        struct finding *f, struct db *db, const struct card_hint *hint, struct map *seen)
{
	struct ids records = VEC_EMPTY;
	bool known = false;

	if (!f->scope->by_rule && !f->scope->reach &&
	        !card_keys_find(f->work, f->scope->collection, hint, &records, &known))
		return false;
	if (!known)
		return admitted(f, db, hint, seen);
	for (size_t i = 0; i < records.len; i++)
		if (!add_names(f,
		            db_query(db, &f->work->err, &NAME_OF,
		                    DB_ARGS(DB_INT(records.at[i]), DB_INT(f->scope->collection))),
		            seen))
			return false;
	return true;
}

/* Names that one of the hints admits, sorted, each once. */
static bool candidates(
        struct finding *f, const struct card_hints *hints, struct text **names, size_t *len)
{
	struct db *db = work_reader(f->work);
	struct map *seen = map_new(f->work->arena);

	if (!db)
		return false;
	for (size_t i = 0; i < hints->len; i++)
		if (!remembered(f, db, &hints->at[i], seen))
			return false;
	*len = map_len(seen);
	*names = arena_array(f->work->arena, *len + 1, sizeof(struct text));
	for (size_t i = 0; i < *len; i++)
		(*names)[i] = map_key(seen, i);
	qsort(*names, *len, sizeof(struct text), by_name);
	return true;
}

static bool judge_candidates(struct finding *f, const struct card_hints *hints)
{
	struct text *names;
	size_t len;

	if (!candidates(f, hints, &names, &len))
		return false;
	for (size_t i = 0; i < len; i++) {
		struct item *item;

		if (!member_get(f->work, f->scope, names[i], true, &item))
			return false;
		if (item && !judge(f, item))
			return true;
	}
	return true;
}

/* Every card, a page at a time; what does not match is given back with its page. */
static bool judge_all(struct finding *f)
{
	struct arena *whole = f->work->arena;
	struct text after = TEXT_NONE;
	bool ok = true, again = true;

	while (ok && again) {
		struct items page = { 0 };

		f->work->arena = arena_new();
		ok = member_list(f->work, f->scope, after, true, PAGE, &page);
		again = ok && page.len == PAGE;
		for (size_t i = 0; ok && i < page.len; i++) {
			struct arena *paged = f->work->arena;
			struct item item = page.at[i];
			size_t before = f->found->len;

			f->work->arena = whole;
			again = judge(f, &item) && again;
			if (f->found->len > before) {
				struct item *kept = &f->found->at[before];

				kept->member.name = arena_text(whole, item.member.name);
				kept->member.uid = arena_text(whole, item.member.uid);
				kept->body = arena_text(whole, item.body);
				kept->media = arena_text(whole, item.media);
			}
			after = arena_text(whole, item.member.name);
			f->work->arena = paged;
			if (f->more)
				break;
		}
		arena_free(&f->work->arena);
		f->work->arena = whole;
	}
	return ok;
}

bool contacts_query(struct work *work, const struct scope *scope, const struct card_filter *filter,
        size_t max, struct items *items, bool *more)
{
	struct finding f = { .work = work, .scope = scope, .max = max, .found = items };
	struct card_hints hints = card_filter_hints(work->arena, filter);
	bool ok;

	f.matcher = card_matcher_new(work->arena, &work->err, filter);
	if (!f.matcher)
		return false;
	/* The list of all cards is not this viewer's to see. */
	assert(hints.len || !scope->reach);
	ok = hints.len ? judge_candidates(&f, &hints) : judge_all(&f);
	*more = f.more;
	return ok;
}
