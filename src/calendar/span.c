/* span.c - see span.h. */
#include "base/base.h"
#include "calendar/span.h"

enum { DAY = 86400 };

/* Three days hold an all-day event with its 14 hours at both ends. The last one holds the rest. */
static const int64_t widths[SPAN_WIDTHS] = { 3 * DAY, 96 * DAY, (int64_t)3000 * DAY, INT64_MAX };

DB_STATEMENT(SPAN_ADD,
        "INSERT INTO event_span (collection, width, first, record, last, component, flags) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
DB_STATEMENT(SPAN_FORGET, "DELETE FROM event_span WHERE record = ?1");
DB_STATEMENT(SPAN_COUNT, "SELECT count(*) FROM event_span WHERE record = ?1");

const struct db_stmt *const span_forget[] = { &SPAN_FORGET, NULL };
const struct db_stmt *const span_count[] = { &SPAN_COUNT, NULL };

static bool is_open(int64_t first, int64_t last)
{
	return first == ICAL_NEVER || last == ICAL_EVER;
}

int span_width(int64_t first, int64_t last)
{
	int width = 0;

	if (is_open(first, last))
		return SPAN_WIDTHS - 1;
	while (last - first > widths[width])
		width++;
	return width;
}

/* Said of its only instance, or it is not plain. */
static bool is_plain(const struct ical_facts *f)
{
	int64_t start;

	if (f->kind != ICAL_VEVENT || f->floating || f->recurring || f->has_overrides ||
	        f->has_alarm || f->away || !f->has_start)
		return false;
	start = when_utc(f->start, NULL);
	return f->first == start && f->last == (f->has_end ? when_utc(f->end, NULL) : start);
}

struct event_span span_of_facts(const struct ical_facts *f)
{
	struct event_span span = { f->kind, f->first, f->last, 0 };

	if (is_plain(f))
		span.flags |= SPAN_PLAIN;
	if (f->transparent)
		span.flags |= SPAN_FREE;
	if (text_eq(f->status, TEXT("TENTATIVE")))
		span.flags |= SPAN_TENTATIVE;
	if (f->has_alarm)
		span.flags |= SPAN_ALARM;
	return span;
}

bool span_meets(const struct event_span *span, const struct ical_range *range)
{
	if (span->first == span->last)
		return range->start <= span->first && range->end > span->first;
	return range->start < span->last && range->end > span->first;
}

struct span_walk span_walk_of(const struct ical_range *range, int width)
{
	struct span_walk walk = { INT64_MIN, range->end, range->start };

	if (width < SPAN_WIDTHS - 1 && range->start > INT64_MIN + widths[width])
		walk.from = range->start - widths[width];
	return walk;
}

void span_project(struct rows *rows, const struct event_span *span)
{
	rows_add(rows, &SPAN_ADD,
	        DB_ARGS(ROWS_COLLECTION, DB_INT(span_width(span->first, span->last)),
	                DB_INT(span->first), ROWS_RECORD, DB_INT(span->last),
	                DB_INT(span->component), DB_INT(span->flags)));
}
