#include "base/base.h"
#include "crm/draft.h"
#include "crm/sight.h"
#include "people/who.h"
#include "store/house.h"
#include "view/timeline.h"

/* When something happened: notes and meetings say it themselves, tasks when they were done. */
#define HAPPENED \
	"CASE WHEN i.noun IN (7, 8) AND i.start <> 0 THEN i.start" \
	" WHEN i.noun = 6 AND i.closed <> 0 THEN i.closed ELSE i.created END"
#define COLUMNS "SELECT i.record, i.noun, " HAPPENED " AS at, i.owner, i.state, i.title, i.fields"
#define NEWEST \
	" AND (" HAPPENED " < ?2 OR (" HAPPENED " = ?2 AND i.record < ?3))" \
	" ORDER BY at DESC, i.record DESC LIMIT ?4"

DB_STATEMENT(ITEMS_BELOW, COLUMNS " FROM crm_item i WHERE i.parent = ?1 AND i.parent <> 0"
                                  " AND i.noun IN (6, 7, 8)" NEWEST);
DB_STATEMENT(ITEMS_OF_ACCOUNT,
        COLUMNS " FROM crm_item i WHERE i.account = ?1 AND i.account <> 0" NEWEST);
DB_STATEMENT(ITEMS_OF_CONTACT,
        COLUMNS " FROM crm_item i WHERE i.contact = ?1 AND i.contact <> 0" NEWEST);
/* Meetings with somebody who has the record's address, or at its number. */
DB_STATEMENT(ITEMS_MENTIONING,
        COLUMNS " FROM crm_item i WHERE i.noun = 7 AND i.record IN (SELECT m.record"
                " FROM crm_key o JOIN crm_key m ON m.key = o.key AND m.role = 1"
                " WHERE o.record = ?1 AND o.role = 0)" NEWEST);
DB_STATEMENT(ITEMS_MENTIONING_PEOPLE,
        COLUMNS " FROM crm_item i WHERE i.noun = 7 AND i.record IN (SELECT m.record"
                " FROM crm_person p JOIN crm_key o ON o.record = p.record AND o.role = 0"
                " JOIN crm_key m ON m.key = o.key AND m.role = 1 WHERE p.account = ?1)" NEWEST);
DB_STATEMENT(HAPPENINGS,
        "SELECT id, what, at, who, from_value, to_value, from_num, to_num FROM crm_event"
        " WHERE record = ?1 AND (at < ?2 OR (at = ?2 AND id < ?3))"
        " ORDER BY at DESC, id DESC LIMIT ?4");

static const char *const WHAT[] = {
#define EVENT(id, number, name) [number] = name,
#include "crm/event.tbl.h"
#undef EVENT
};

struct reading {
	struct work *work;
	const struct timeline_ask *ask;
	int64_t at, id; /* before these */
	struct timeline found;
	/* A source that has more was read down to here: what others have behind it must wait. */
	int64_t floor_at, floor_id;
	bool has_floor;
};

static void set_floor(struct reading *r, int64_t at, int64_t id)
{
	bool higher = at > r->floor_at || (at == r->floor_at && id > r->floor_id);

	if (r->has_floor && !higher)
		return;
	r->has_floor = true;
	r->floor_at = at;
	r->floor_id = id;
}

/* ---- records ---- */

/* A note or task of the record itself goes with it; others are asked for. */
static bool may_see(struct work *work, const struct crm_known *of, int64_t id, bool *may)
{
	struct crm_known *known;

	*may = false;
	if (!crm_known(work, id, &known))
		return false;
	if (!known || known->parent == of->id) {
		*may = known;
		return true;
	}
	return crm_sees(work, known, may);
}

static void read_item(struct reading *r, struct db_rows *rows, struct timeline_entry *e)
{
	struct arena *arena = r->work->arena;

	*e = (struct timeline_entry){
		.id = db_int(rows, 0),
		.record = db_int(rows, 0),
		.noun = (enum crm_noun)db_int(rows, 1),
		.at = db_int(rows, 2),
		.who = db_int(rows, 3),
		.state = db_int(rows, 4),
		.title = arena_text(arena, db_text(rows, 5)),
		.after = arena_text(arena, db_text(rows, 6)),
	};
}

/* Those that may be seen; `after` held their values until here. */
static bool keep_items(struct reading *r, const struct timeline *items)
{
	for (size_t i = 0; i < items->len; i++) {
		struct timeline_entry e = items->at[i];
		bool may;

		if (!may_see(r->work, r->ask->of, e.id, &may))
			return false;
		if (!may)
			continue;
		if (!crm_json_read(r->work, e.after, &e.values))
			return false;
		e.after = TEXT_NONE;
		*vec_push(r->work->arena, &r->found) = e;
	}
	return true;
}

static struct db_args page_args(const struct reading *r, struct db_value args[4])
{
	args[0] = DB_INT(r->ask->of->id);
	args[1] = DB_INT(r->at);
	args[2] = DB_INT(r->id);
	args[3] = DB_INT((int64_t)r->ask->max + 1);
	return (struct db_args){ args, 4 };
}

static bool read_items(struct reading *r, const struct db_stmt *stmt)
{
	struct work *work = r->work;
	struct db *db = work_reader(work);
	struct timeline items = VEC_EMPTY;
	struct db_value args[4];
	struct db_rows *rows = db ? db_query(db, &work->err, stmt, page_args(r, args)) : NULL;

	while (rows && db_next(rows))
		read_item(r, rows, vec_push(work->arena, &items));
	if (!db_done(rows))
		return false;
	if (items.len > r->ask->max)
		set_floor(r, items.at[items.len - 1].at, items.at[items.len - 1].id);
	return keep_items(r, &items);
}

/* ---- events ---- */

/* What is worth a line: who has it says an id, which is for whoever shows it. */
static void read_event(struct reading *r, struct db_rows *rows)
{
	struct arena *arena = r->work->arena;
	int64_t what = db_int(rows, 1);
	struct timeline_entry e = {
		.id = db_int(rows, 0),
		.record = r->ask->of->id,
		.noun = r->ask->of->noun,
		.at = db_int(rows, 2),
		.who = db_int(rows, 3),
		.title = r->ask->of->title,
		.before = arena_text(arena, db_text(rows, 4)),
		.after = arena_text(arena, db_text(rows, 5)),
	};

	if (what <= 0 || what >= (int64_t)COUNT_OF(WHAT) || !WHAT[what])
		return;
	e.what = text_of(WHAT[what]);
	if (what == CRM_EVENT_OWNER || what == CRM_EVENT_TEAM || what == CRM_EVENT_AMOUNT ||
	        what == CRM_EVENT_CLOSE || what == CRM_EVENT_CAMPAIGN) {
		e.before = arena_printf(arena, "%lld", (long long)db_int(rows, 6));
		e.after = arena_printf(arena, "%lld", (long long)db_int(rows, 7));
	}
	/* An amount or a date that was undone: the history tells. */
	if (what == CRM_EVENT_UNDONE && text_eq(e.before, e.after))
		return;
	*vec_push(arena, &r->found) = e;
}

static bool read_events(struct reading *r)
{
	struct work *work = r->work;
	struct db *db = work_reader(work);
	struct db_value args[4];
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &HAPPENINGS, page_args(r, args)) : NULL;
	int64_t at = 0, id = 0;
	size_t len = 0;

	while (rows && db_next(rows)) {
		len++;
		id = db_int(rows, 0);
		at = db_int(rows, 2);
		read_event(r, rows);
	}
	if (len > r->ask->max)
		set_floor(r, at, id);
	return db_done(rows);
}

/* ---- together ---- */

static int newest_first(const void *a, const void *b)
{
	const struct timeline_entry *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? 1 : -1;
	return (x->id < y->id) - (x->id > y->id);
}

static void drop_doubles(struct timeline *found)
{
	size_t kept = 0;

	for (size_t i = 0; i < found->len; i++)
		if (!kept || found->at[kept - 1].id != found->at[i].id)
			found->at[kept++] = found->at[i];
	found->len = kept;
}

static bool read_cursor(struct reading *r)
{
	struct text rest = r->ask->before, at, id;

	r->at = r->id = INT64_MAX;
	if (!rest.len)
		return true;
	return (text_split(&rest, '.', &at) && text_split(&rest, '.', &id) && !rest.ptr &&
	               text_to_int(at, &r->at) && text_to_int(id, &r->id)) ||
	       err_set(&r->work->err, ERR_BAD_REQUEST, "the cursor is not one of ours");
}

/* Records of the noun whose column of crm_item this is. */
static const struct db_stmt *others_of(enum crm_noun noun)
{
	switch (noun) {
	case CRM_ACCOUNT: return &ITEMS_OF_ACCOUNT;
	case CRM_CONTACT: return &ITEMS_OF_CONTACT;
	default: return NULL;
	}
}

static bool is_above_floor(const struct reading *r, const struct timeline_entry *e)
{
	return !r->has_floor || e->at > r->floor_at ||
	       (e->at == r->floor_at && e->id >= r->floor_id);
}

static void cut(struct reading *r, struct text *next)
{
	struct timeline *found = &r->found;
	size_t all = found->len, max = r->ask->max;
	int64_t at = r->floor_at, id = r->floor_id;

	while (found->len && !is_above_floor(r, &found->at[found->len - 1]))
		found->len--;
	if (found->len > max) {
		found->len = max;
		at = found->at[max - 1].at;
		id = found->at[max - 1].id;
	}
	*next = TEXT_NONE;
	if (r->has_floor || found->len < all)
		*next = arena_printf(r->work->arena, "%lld.%lld", (long long)at, (long long)id);
}

/* Who has an address or number: what calendars say of it. */
static bool read_mentions(struct reading *r)
{
	enum crm_noun noun = r->ask->of->noun;

	if (noun != CRM_ACCOUNT && noun != CRM_CONTACT && noun != CRM_LEAD)
		return true;
	return read_items(r, &ITEMS_MENTIONING) &&
	       (noun != CRM_ACCOUNT || read_items(r, &ITEMS_MENTIONING_PEOPLE));
}

bool timeline_of(struct work *work, const struct timeline_ask *ask, struct timeline *timeline,
        struct text *next)
{
	struct reading r = { .work = work, .ask = ask };
	const struct db_stmt *others = others_of(ask->of->noun);

	if (!read_cursor(&r) || !read_items(&r, &ITEMS_BELOW) ||
	        (others && !read_items(&r, others)) || !read_mentions(&r) || !read_events(&r))
		return false;
	if (r.found.len)
		qsort(r.found.at, r.found.len, sizeof(*r.found.at), newest_first);
	drop_doubles(&r.found);
	cut(&r, next);
	*timeline = r.found;
	return true;
}
