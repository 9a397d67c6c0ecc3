/* dashboard_home.c - the day of whoever looks, and what waits for them. */
#include "base/base.h"
#include "base/str.h"
#include "people/who.h"
#include "store/house.h"
#include "view/agenda.h"
#include "view/figures_impl.h"

#include <stdlib.h>

enum { DAY = 86400, LINES = 10, LINES_MOST = 50 };

/* As they were at the end (?3) of a day: begun before it, not finished then. */
DB_STATEMENT(DUE_OF,
        "SELECT record, noun, title, start, due, priority, parent FROM crm_item WHERE noun = ?1"
        " AND owner = ?2 AND created < ?3 AND (state = 0 OR closed >= ?3) AND due > 0 AND due < ?4"
        " ORDER BY due, record LIMIT ?5");
DB_STATEMENT(TITLE_OF, "SELECT title FROM crm_item WHERE record = ?1");

static json_t *word_json(struct text text)
{
	return json_stringn(text.ptr ? text.ptr : "", text.len);
}

static json_t *line_json(struct db_rows *rows)
{
	return json_pack("{s:I, s:s, s:o, s:I, s:I, s:I, s:I}", "id", db_int(rows, 0), "noun",
	        crm_noun_row((enum crm_noun)db_int(rows, 1))->name, "title",
	        word_json(db_text(rows, 2)), "start", db_int(rows, 3), "due", db_int(rows, 4),
	        "priority", db_int(rows, 5), "parent", db_int(rows, 6));
}

static bool lines(struct figures *f, const struct db_stmt *stmt, struct db_args args, json_t *into)
{
	struct db *db = work_reader(f->work);
	struct db_rows *rows = db ? db_query(db, &f->work->err, stmt, args) : NULL;

	while (rows && db_next(rows))
		json_array_append_new(into, line_json(rows));
	return db_done(rows);
}

/* The day that the as-of time lies in. */
static void day_of(const struct figures *f, int64_t *from, int64_t *to)
{
	int64_t wall = zone_to_wall(f->hours.zone, f->as_of), day = wall - wall % DAY;

	*from = zone_to_utc(f->hours.zone, day);
	*to = zone_to_utc(f->hours.zone, day + DAY);
}

/* Due today or late: late ones have a `due` before the as-of time. */
static bool tasks(struct figures *f, json_t *lists)
{
	json_t *rows = json_array();
	int64_t from, to;

	json_object_set_new(lists, "tasks", rows);
	day_of(f, &from, &to);
	return lines(f, &DUE_OF,
	        DB_ARGS(DB_INT(CRM_TASK), DB_INT(f->work->who->id), DB_INT(f->as_of + 1),
	                DB_INT(to), DB_INT(LINES_MOST)),
	        rows);
}

/* Of the whole calendar, each occurrence by itself. */
static bool meetings(struct figures *f, json_t *lists)
{
	struct agenda agenda = VEC_EMPTY;
	json_t *rows = json_array();
	struct ical_range day;
	struct principal *me;

	json_object_set_new(lists, "meetings", rows);
	day_of(f, &day.start, &day.end);
	if (!principal_get(f->work, f->work->who->id, &me) ||
	        !agenda_add(f->work, me, &day, LINES_MOST, &agenda))
		return false;
	agenda_sort(&agenda);
	for (size_t i = 0; i < agenda.len; i++) {
		const struct agenda_item *item = &agenda.at[i];

		json_array_append_new(
		        rows, json_pack("{s:I, s:s, s:o, s:o, s:I, s:I, s:b}", "id", item->record,
		                      "noun", "meetings", "title", word_json(item->title),
		                      "location", word_json(item->location), "start", item->start,
		                      "end", item->end, "all_day", item->all_day));
	}
	return true;
}

/* ---- by the read gate's lists ---- */

static bool listed(struct figures *f, const struct crm_ask *ask, json_t *into)
{
	struct crm_page page;

	if (!crm_list(f->work, ask, &page))
		return false;
	for (size_t i = 0; i < page.entries.len; i++) {
		const struct crm_entry *entry = &page.entries.at[i];
		json_t *fields, *row;

		if (!crm_json_read(f->work, entry->fields, &fields))
			return false;
		row = json_pack("{s:I, s:s, s:o, s:I}", "id", entry->id, "noun",
		        crm_noun_row(entry->noun)->name, "title", word_json(entry->title),
		        "created", entry->created);
		json_object_update_missing(row, fields);
		json_object_del(row, "text");
		json_array_append_new(into, row);
	}
	return true;
}

static bool communications(struct figures *f, json_t *lists)
{
	struct crm_ask ask = {
		.noun = CRM_NOTE, .sort = TEXT("at"), .descending = true, .limit = LINES
	};
	json_t *rows = json_array();

	json_object_set_new(lists, "communications", rows);
	return listed(f, &ask, rows);
}

static bool requests(struct figures *f, json_t *lists)
{
	struct crm_ask ask = { .noun = CRM_REQUEST, .limit = LINES_MOST };
	struct crm_filter filter;
	json_t *rows = json_array();

	json_object_set_new(lists, "requests", rows);
	if (!crm_filter_parse(f->work, CRM_REQUEST, TEXT("who:eq:me"), &filter))
		return false;
	*vec_push(f->work->arena, &ask.filters) = filter;
	return listed(f, &ask, rows);
}

/* ---- by points ---- */

static int by_value(const void *a, const void *b)
{
	const struct kpi_point *x = a, *y = b;

	if (x->value < y->value || x->value > y->value)
		return x->value > y->value ? -1 : 1;
	return x->record < y->record ? -1 : x->record > y->record;
}

static bool title_of(struct figures *f, int64_t record, json_t **title)
{
	struct db *db = work_reader(f->work);
	struct db_rows *rows =
	        db ? db_query(db, &f->work->err, &TITLE_OF, DB_ARGS(DB_INT(record))) : NULL;

	*title = rows && db_next(rows) ? word_json(db_text(rows, 0)) : json_string("");
	return db_done(rows);
}

bool figures_lines(struct figures *f, const char *name, size_t max, json_t **rows)
{
	const struct kpi *kpi = kpi_find(text_of(name));
	struct kpi_point *sorted;
	struct kpi_tally tally;

	*rows = json_array();
	if (!figures_gather(f, kpi, &tally))
		return false;
	sorted = arena_array(f->work->arena, tally.points.len + 1, sizeof(*sorted));
	for (size_t i = 0; i < tally.points.len; i++)
		sorted[i] = tally.points.at[i];
	qsort(sorted, tally.points.len, sizeof(*sorted), by_value);
	for (size_t i = 0; i < tally.points.len && i < max; i++) {
		const struct kpi_point *point = &sorted[i];
		json_t *title,
		        *row = json_pack("{s:I, s:s, s:I}", "id", point->record, "noun",
		                crm_noun_row(kpi->noun)->name, "seconds", (json_int_t)point->value);

		json_array_append_new(*rows, row);
		if (!title_of(f, point->record, &title)) {
			json_decref(title);
			return false;
		}
		json_object_set_new(row, "title", title);
	}
	return true;
}

static bool points(struct figures *f, json_t *lists, const char *key, const char *name)
{
	json_t *rows = NULL;
	bool done = figures_lines(f, name, LINES, &rows);

	json_object_set_new(lists, key, rows);
	return done;
}

/* ---- the company's headline: everybody may know how it goes, nobody sees whose it is ---- */

static bool headline(struct figures *f, json_t *lists)
{
	static const char *const NAMES[] = { "won_amount", "goal_full", "open_amount" };
	static const struct kpi_scope EVERYBODY;
	const struct kpi_frame *frame = kpi_frame(f->book);
	json_t *row = json_pack("{s:I}", "id", frame->company);

	json_object_set_new(lists, "headline", json_pack("[o]", row));
	for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
		const struct kpi *kpi = kpi_find(text_of(NAMES[i]));
		struct kpi_tally tally;
		json_t *figure;

		if (!kpi_gather(f->book, kpi, &EVERYBODY, &tally))
			return false;
		/* The goal is the company's, not that of whoever looks. */
		if (kpi->rule == KPI_OF_BASE &&
		        !kpi_goal_for(f->book, frame->company, TEXT("won_amount"), frame->from,
		                frame->to, &tally.base))
			return false;
		figure = figure_json(f, kpi, &tally, "");
		json_object_del(figure, "records");
		json_object_set_new(row, kpi->name, figure);
	}
	return true;
}

bool dashboard_home(struct figures *f, json_t *lists)
{
	return meetings(f, lists) && tasks(f, lists) &&
	       points(f, lists, "leads", "leads_waiting") &&
	       points(f, lists, "cases", "cases_at_risk") && communications(f, lists) &&
	       requests(f, lists) && headline(f, lists);
}
