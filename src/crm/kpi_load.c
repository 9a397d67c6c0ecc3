#include "base/base.h"
#include "base/str.h"
#include "crm/kpi_impl.h"
#include "crm/look.h"
#include "object/ical_time.h"
#include "store/house.h"

#define EVENT_COLUMNS(e) \
	e "record, " e "at, " e "id, " e "owner, " e "team, " e "campaign, " e "from_num, " e \
	  "to_num, " e "seconds, " e "what, " e "via, " e "source, " e "to_value"

DB_STATEMENT(EVENTS_OF,
        "SELECT " EVENT_COLUMNS("") " FROM crm_event WHERE noun = ?1 AND at >= ?2 AND at < ?3");
/* Deals are many, are read whole, and every column costs: only what their figures go by. */
DB_STATEMENT(EVENTS_OF_DEALS,
        "SELECT record, at, id, owner, team, campaign, from_num, to_num, what,"
        " CASE WHEN what IN (?3, ?4) THEN to_value END FROM crm_event WHERE noun = ?1 AND at < ?2");
/* What happened before to leads that were converted since. */
DB_STATEMENT(EVENTS_BEFORE,
        "SELECT " EVENT_COLUMNS(
                "e.") " FROM crm_event c"
                      " JOIN crm_event e ON e.record = c.record AND e.at < ?2"
                      " WHERE c.noun = ?1 AND c.what = ?4 AND c.at >= ?2 AND c.at < ?3");

/* ---- words ---- */

uint32_t kpi_word_of(struct kpi_book *book, struct text word)
{
	struct kpi_words *words = &book->shelf->words;
	struct arena *arena = book->work->arena;
	uintptr_t number;

	if (!word.len)
		return 0;
	if (text_eq(word, words->last))
		return words->last_number;
	number = (uintptr_t)map_get(words->numbers, word);
	if (!number) {
		number = words->texts.len;
		*vec_push(arena, &words->texts) = arena_text(arena, word);
		(void)map_put(words->numbers, words->texts.at[number], (void *)number);
	}
	words->last = words->texts.at[number];
	words->last_number = (uint32_t)number;
	return words->last_number;
}

struct text kpi_word(const struct kpi_book *book, int64_t number)
{
	return book->shelf->words.texts.at[number];
}

/* ---- events to stories ---- */

VEC_OF(kpi_events, struct kpi_event);

static void read_event(struct kpi_book *book, struct db_rows *rows, struct kpi_event *event)
{
	event->record = db_int(rows, 0);
	event->at = db_int(rows, 1);
	event->id = db_int(rows, 2);
	event->owner = db_int(rows, 3);
	event->team = db_int(rows, 4);
	event->campaign = db_int(rows, 5);
	event->from_num = db_int(rows, 6);
	event->to_num = db_int(rows, 7);
	event->seconds = db_int(rows, 8);
	event->what = (uint8_t)db_int(rows, 9);
	event->via = (uint8_t)db_int(rows, 10);
	event->source = kpi_word_of(book, db_text(rows, 11));
	event->word = kpi_word_of(book, db_text(rows, 12));
}

static bool read_events(struct kpi_book *book, struct db_rows *rows, struct kpi_events *events)
{
	while (db_next(rows))
		read_event(book, rows, vec_push(book->work->arena, events));
	return db_done(rows);
}

static bool read_deal_events(struct kpi_book *book, struct kpi_events *events)
{
	struct db *db = work_reader(book->work);
	struct db_rows *rows =
	        !db ? NULL
	            : db_query(db, &book->work->err, &EVENTS_OF_DEALS,
	                      DB_ARGS(DB_INT(CRM_DEAL), DB_INT(book->shelf->known),
	                              DB_INT(CRM_EVENT_CREATED), DB_INT(CRM_EVENT_CHANCE)));

	while (rows && db_next(rows)) {
		struct kpi_event *event = vec_push(book->work->arena, events);

		event->record = db_int(rows, 0);
		event->at = db_int(rows, 1);
		event->id = db_int(rows, 2);
		event->owner = db_int(rows, 3);
		event->team = db_int(rows, 4);
		event->campaign = db_int(rows, 5);
		event->from_num = db_int(rows, 6);
		event->to_num = db_int(rows, 7);
		event->what = (uint8_t)db_int(rows, 8);
		event->word = kpi_word_of(book, db_text(rows, 9));
	}
	return db_done(rows);
}

static bool is_before(const struct kpi_event *a, const struct kpi_event *b)
{
	return a->at != b->at ? a->at < b->at : a->id < b->id;
}

/* They come nearly in order. */
static void sort_story(struct kpi_event *at, size_t len)
{
	for (size_t i = 1; i < len; i++) {
		struct kpi_event event = at[i];
		size_t to = i;

		for (; to && is_before(&event, &at[to - 1]); to--)
			at[to] = at[to - 1];
		at[to] = event;
	}
}

/* What was undone did not happen: the event that CRM_EVENT_UNDONE names goes, its own stays and
 * says nothing. */
static void leave_out_undone(struct kpi_event *at, size_t *len)
{
	size_t kept = 0;

	for (size_t i = *len; i-- > 0;)
		for (size_t j = 0; at[i].what == CRM_EVENT_UNDONE && j < i; j++)
			if (at[j].id == at[i].from_num)
				at[j].what = 0;
	for (size_t i = 0; i < *len; i++)
		if (at[i].what)
			at[kept++] = at[i];
	*len = kept;
}

/* The number of the record's story, a new one if it has none. */
static uint32_t story_of(
        struct kpi_book *book, uint32_t *table, size_t mask, int64_t record, struct kpi_stories *to)
{
	size_t slot = (size_t)(((uint64_t)record * 0x9e3779b97f4a7c15u) >> 20) & mask;

	while (table[slot] && to->at[table[slot] - 1].record != record)
		slot = (slot + 1) & mask;
	if (!table[slot]) {
		vec_push(book->work->arena, to)->record = record;
		table[slot] = (uint32_t)to->len;
	}
	return table[slot] - 1;
}

/* Deals the events out, record by record. */
static void tell(
        struct kpi_book *book, const struct kpi_events *events, struct kpi_stories *stories)
{
	struct arena *arena = book->work->arena;
	struct kpi_event *sorted = arena_raw(arena, events->len * sizeof(*sorted) + 1);
	uint32_t *of = arena_raw(arena, events->len * sizeof(*of) + 1), *table;
	size_t size = 64, at = 0;

	while (size < events->len * 2)
		size *= 2;
	table = arena_array(arena, size, sizeof(*table));
	*stories = (struct kpi_stories)VEC_EMPTY;
	for (size_t i = 0; i < events->len; i++) {
		of[i] = story_of(book, table, size - 1, events->at[i].record, stories);
		stories->at[of[i]].len++;
	}
	for (size_t i = 0; i < stories->len; i++) {
		stories->at[i].at = sorted + at;
		at += stories->at[i].len;
		stories->at[i].len = 0;
	}
	for (size_t i = 0; i < events->len; i++) {
		struct kpi_story *story = &stories->at[of[i]];

		sorted[story->at - sorted + (ptrdiff_t)story->len++] = events->at[i];
	}
	for (size_t i = 0; i < stories->len; i++) {
		struct kpi_event *story = sorted + (stories->at[i].at - sorted);

		sort_story(story, stories->at[i].len);
		leave_out_undone(story, &stories->at[i].len);
	}
}

bool kpi_read_rows(struct kpi_book *book, struct db_rows *rows, struct kpi_stories *stories)
{
	struct kpi_events events = VEC_EMPTY;

	if (!rows || !read_events(book, rows, &events))
		return false;
	tell(book, &events, stories);
	return true;
}

bool kpi_read_deals(struct kpi_book *book, struct kpi_stories *stories)
{
	struct kpi_events events = VEC_EMPTY;

	if (!read_deal_events(book, &events))
		return false;
	tell(book, &events, stories);
	return true;
}

bool kpi_read(struct kpi_book *book, enum crm_noun noun, int64_t from, struct kpi_stories *stories)
{
	struct db *db = work_reader(book->work);
	struct kpi_events events = VEC_EMPTY;
	struct db_rows *rows;

	if (!db)
		return false;
	rows = db_query(db, &book->work->err, &EVENTS_OF,
	        DB_ARGS(DB_INT(noun), DB_INT(from), DB_INT(book->shelf->known)));
	if (!rows || !read_events(book, rows, &events))
		return false;
	if (from > INT64_MIN) {
		rows = db_query(db, &book->work->err, &EVENTS_BEFORE,
		        DB_ARGS(DB_INT(noun), DB_INT(from), DB_INT(book->shelf->known),
		                DB_INT(CRM_EVENT_CONVERTED)));
		if (!rows || !read_events(book, rows, &events))
			return false;
	}
	tell(book, &events, stories);
	return true;
}

/* ---- rows of the company ---- */

int64_t kpi_midnight(const struct kpi_book *book, struct text date)
{
	int64_t year, month, day;

	if (date.len != 10 || !text_to_int(text_sub(date, 0, 4), &year) ||
	        !text_to_int(text_sub(date, 5, 2), &month) ||
	        !text_to_int(text_sub(date, 8, 2), &day) || month < 1 || month > 12)
		return 0;
	return zone_to_utc(book->frame.hours->zone, days_of(year, (int)month, (int)day) * KPI_DAY);
}

static int state_of_type(struct text type)
{
	return text_eq(type, TEXT("won")) ? 1 : text_eq(type, TEXT("lost")) ? 2 : 0;
}

/* Rows are few, and read once a shelf. */
typedef void row_fn(struct kpi_book *book, const struct crm_row *row);

static bool read_rows(struct kpi_book *book, enum crm_noun noun, bool *have, row_fn *add)
{
	struct crm_rows rows = VEC_EMPTY;

	if (!*have && !crm_rows_of(book->work, noun, -1, &rows))
		return false;
	for (size_t i = 0; i < rows.len; i++)
		add(book, &rows.at[i]);
	*have = true;
	return true;
}

static void add_stage(struct kpi_book *book, const struct crm_row *row)
{
	*vec_push(book->work->arena, &book->shelf->stages) = (struct kpi_stage){
		.id = row->id,
		.pipeline = row->parent,
		.position = row->position,
		.chance = crm_get_int(row->values, "probability"),
		.name = crm_get_text(row->values, "name"),
		.state = state_of_type(crm_get_text(row->values, "type")),
	};
}

bool kpi_stages(struct kpi_book *book, const struct kpi_stages **stages)
{
	*stages = &book->shelf->stages;
	return read_rows(book, CRM_STAGE, &book->shelf->have_stages, add_stage);
}

const struct kpi_stage *kpi_stage(const struct kpi_book *book, int64_t id)
{
	const struct kpi_stages *stages = &book->shelf->stages;

	for (size_t i = 0; i < stages->len; i++)
		if (stages->at[i].id == id)
			return &stages->at[i];
	return NULL;
}

static void add_cost(struct kpi_book *book, const struct crm_row *row)
{
	*vec_push(book->work->arena, &book->shelf->costs) = (struct kpi_cost){
		.row = row->id,
		.campaign = row->parent,
		.at = kpi_midnight(book, crm_get_text(row->values, "date")),
		.amount = crm_get_int(row->values, "amount"),
	};
}

bool kpi_costs(struct kpi_book *book, const struct kpi_costs **costs)
{
	*costs = &book->shelf->costs;
	return read_rows(book, CRM_COST, &book->shelf->have_costs, add_cost);
}

static void add_target(struct kpi_book *book, const struct crm_row *row)
{
	*vec_push(book->work->arena, &book->shelf->targets) = (struct kpi_target){
		.row = row->id,
		.who = crm_get_int(row->values, "who"),
		.values = row->values,
		.from = kpi_midnight(book, crm_get_text(row->values, "from")),
		.to = kpi_midnight(book, crm_get_text(row->values, "to")),
	};
}

bool kpi_targets(struct kpi_book *book, const struct kpi_targets **targets)
{
	*targets = &book->shelf->targets;
	return read_rows(book, CRM_GOAL, &book->shelf->have_targets, add_target);
}

/* ---- values without reading all of them ---- */

/* What stands behind "key": in compact JSON. A quote within a text has a backslash before it, so
 * that `"key":` is never part of one. */
static struct text peek(struct text fields, const char *key)
{
	char words[80];
	ptrdiff_t at;
	int len = snprintf(words, sizeof(words), "\"%s\":", key);

	at = text_find(fields, (struct text){ words, (size_t)len });
	return at < 0 ? TEXT_NONE : text_from(fields, (size_t)at + (size_t)len);
}

int64_t kpi_peek_int(struct text fields, const char *key)
{
	struct text rest = peek(fields, key);
	int64_t value = 0;

	for (size_t i = 0; i < rest.len && rest.ptr[i] >= '0' && rest.ptr[i] <= '9' && i < 18; i++)
		value = value * 10 + (rest.ptr[i] - '0');
	return value;
}

bool kpi_peek_is(struct text fields, const char *key, const char *value)
{
	struct text rest = peek(fields, key), wanted = text_of(value);

	return rest.len > wanted.len + 1 && rest.ptr[0] == '"' &&
	       text_starts(text_from(rest, 1), wanted) && rest.ptr[wanted.len + 1] == '"';
}
