#include "base/base.h"
#include "base/str.h"
#include "object/ical_time.h"
#include "people/who.h"
#include "store/house.h"
#include "store/principal.h"
#include "view/figures_impl.h"

#include <stdlib.h>

enum { DAY = 86400, PERIOD_MOST = 3660 * DAY };

DB_STATEMENT(HOLDERS_IN_REACH,
        "SELECT holder FROM reach WHERE viewer = ?1 AND reach = ?2 ORDER BY holder");
DB_STATEMENT(ALL_BELOW, "WITH RECURSIVE below (id) AS (SELECT CAST(?1 AS INTEGER)"
                        " UNION SELECT g.member FROM below b JOIN group_member g ON g.team = b.id"
                        " WHERE g.is_manager = 0) SELECT id FROM below ORDER BY id");
/* Whoever shares a team with somebody; the company is no team. */
DB_STATEMENT(TEAM_OF, "SELECT DISTINCT m.member FROM group_member g"
                      " JOIN group_member m ON m.team = g.team AND m.is_manager = 0"
                      " WHERE g.member = ?1 AND g.is_manager = 0 AND g.team <> ?2");

/* ---- when ---- */

static bool read_date(struct figures *f, struct text date, int64_t *days)
{
	struct when when;
	char digits[9];

	if (date.len != 10 || date.ptr[4] != '-' || date.ptr[7] != '-')
		return err_set(
		        &f->work->err, ERR_BAD_REQUEST, "a date like 2026-05-31 is expected");
	snprintf(digits, sizeof(digits), "%.4s%.2s%.2s", date.ptr, date.ptr + 5, date.ptr + 8);
	if (!when_read(text_of(digits), NULL, &when))
		return err_set(
		        &f->work->err, ERR_BAD_REQUEST, "there is no day %.*s", TEXT_ARG(date));
	*days = when.wall / DAY;
	return true;
}

static int64_t midnight(const struct figures *f, int64_t days)
{
	return zone_to_utc(f->hours.zone, days * DAY);
}

/* The first day of a month, `months` after the one that `days` lies in. */
static int64_t month_of(int64_t days, int64_t months)
{
	int64_t year;
	int month, day;

	days_to(days, &year, &month, &day);
	months += year * 12 + month - 1;
	return days_of(months / 12, (int)(months % 12) + 1, 1);
}

/* Whole months have whole months before them. */
static int64_t days_before(int64_t from, int64_t to)
{
	int64_t months = 1;

	while (month_of(from, months) < to)
		months++;
	if (month_of(from, 0) == from && month_of(from, months) == to)
		return month_of(from, -months);
	return from - (to - from);
}

static struct text date_text(struct figures *f, int64_t days)
{
	int64_t year;
	int month, day;

	days_to(days, &year, &month, &day);
	return arena_printf(f->work->arena, "%04lld-%02d-%02d", (long long)year, month, day);
}

struct days {
	int64_t from, to, as_of; /* as_of: that day is known; today if nothing else was asked for */
};

static bool read_days(struct figures *f, struct days *days)
{
	const struct figures_ask *ask = &f->ask;
	int64_t today = zone_to_wall(f->hours.zone, f->work->now) / DAY;

	days->as_of = today;
	if (ask->as_of.len && !read_date(f, ask->as_of, &days->as_of))
		return false;
	days->from = month_of(days->as_of, 0);
	if (ask->from.len && !read_date(f, ask->from, &days->from))
		return false;
	days->to = month_of(days->from, 1);
	if (ask->to.len && !read_date(f, ask->to, &days->to))
		return false;
	if (days->from >= days->to || (days->to - days->from) > PERIOD_MOST / DAY)
		return err_set(&f->work->err, ERR_BAD_REQUEST,
		        "the period must begin before it ends, and last ten years at most");
	return true;
}

static void open_books(struct figures *f, const struct days *days, int64_t goals_of)
{
	int64_t now = f->work->now + 1, as_of = midnight(f, days->as_of + 1);
	int64_t before = midnight(f, days_before(days->from, days->to));
	struct kpi_frame frame = {
		.from = midnight(f, days->from),
		.to = midnight(f, days->to),
		.as_of = as_of < now ? as_of : now,
		.hours = &f->hours,
		.company = f->work->who->company,
		.goals_of = goals_of,
	};
	int64_t end = frame.to < frame.as_of ? frame.to : frame.as_of, like;

	f->as_of = frame.as_of - 1;
	f->book = kpi_open(f->work, &frame);
	like = end > frame.from ? before + (end - frame.from) : before;
	if (end == frame.to || like > frame.from)
		like = frame.from;
	f->before = kpi_other(f->book, before, like, frame.as_of);
	f->period = arena_printf(f->work->arena, "from=%.*s&to=%.*s&as_of=%.*s",
	        TEXT_ARG(date_text(f, days->from)), TEXT_ARG(date_text(f, days->to)),
	        TEXT_ARG(date_text(f, days->as_of)));
}

/* ---- whose ---- */

static bool read_ids(
        struct work *work, const struct db_stmt *stmt, struct db_args args, struct ids *ids)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, stmt, args) : NULL;

	while (rows && db_next(rows))
		*vec_push(work->arena, ids) = db_int(rows, 0);
	return db_done(rows);
}

static bool see(struct figures *f, enum crm_noun noun)
{
	const struct who *who = f->work->who;
	enum crm_shelf shelf = noun ? crm_noun_row(noun)->shelf : SHELF_NONE;
	enum reach reach = who->reach[shelf];
	struct ids *ids;

	f->scope.seen[noun] = NULL;
	if (reach == REACH_ALL)
		return true;
	ids = arena_make(f->work->arena, struct ids);
	f->scope.seen[noun] = ids;
	return read_ids(f->work, &HOLDERS_IN_REACH,
	        DB_ARGS(DB_INT(reach_viewer(reach, who->id)), DB_INT(reach)), ids);
}

static bool is_seen(const struct figures *f, int64_t id)
{
	static const enum crm_noun NOUNS[] = { CRM_LEAD, CRM_DEAL, CRM_CASE };

	for (size_t i = 0; i < COUNT_OF(NOUNS); i++) {
		const struct ids *seen = f->scope.seen[NOUNS[i]];

		if (!seen)
			return true;
		for (size_t j = 0; j < seen->len; j++)
			if (seen->at[j] == id)
				return true;
	}
	return false;
}

/* Whom the figures are of: those below a group, somebody alone. */
static bool narrow(struct figures *f, int64_t who)
{
	struct ids *ids = arena_make(f->work->arena, struct ids);
	struct principal *p;

	if (!principal_get(f->work, who, &p))
		return false;
	if (!p)
		return err_set(&f->work->err, ERR_NOT_FOUND, "who: nobody has this id");
	if (who != f->work->who->id && !is_seen(f, who))
		return err_set(&f->work->err, ERR_FORBIDDEN, "you do not see what they do");
	f->scope.who = ids;
	if (!read_ids(f->work, &ALL_BELOW, DB_ARGS(DB_INT(who)), ids))
		return false;
	if (p->kind == PRINCIPAL_USER)
		return read_ids(f->work, &TEAM_OF,
		        DB_ARGS(DB_INT(who), DB_INT(f->work->who->company)), &f->team);
	f->team = *ids;
	return true;
}

/* A rep's page is of that rep: with their goal, beside the line of their team. Who leads others
 * looks at all of them. */
static bool is_own_page(const struct work *work, enum kpi_page page)
{
	const struct who *who = work->who;
	bool leads = who->is_manager || who->is_leadership || who->is_admin;

	return page == KPI_HOME || (page == KPI_SALES && who->is_sales && !leads) ||
	       (page == KPI_SUPPORT && who->is_support && !leads);
}

bool figures_open(struct work *work, const struct figures_ask *ask, struct figures **figures)
{
	static const enum crm_noun NOUNS[] = { CRM_NOTHING, CRM_ACCOUNT, CRM_CONTACT, CRM_LEAD,
		CRM_DEAL, CRM_CASE };
	const struct settings *settings = house_settings(work->house);
	const struct zone *zone = zone_find(text_of(settings->crm_time_zone));
	struct figures *f = arena_make(work->arena, struct figures);
	int64_t who = ask->who;
	struct days days;

	*figures = f;
	f->work = work;
	f->ask = *ask;
	if (!hours_read(&work->err, text_of(settings->crm_business_hours), zone ? zone : zone_utc(),
	            &f->hours) ||
	        !read_days(f, &days))
		return false;
	for (size_t i = 0; i < COUNT_OF(NOUNS); i++)
		if (!see(f, NOUNS[i]))
			return false;
	if (!who && is_own_page(work, ask->page))
		who = work->who->id;
	if (who == work->who->company)
		who = 0;
	if (who && !narrow(f, who))
		return false;
	open_books(f, &days, who ? who : work->who->company);
	if (who)
		f->period = arena_printf(
		        work->arena, "%.*s&who=%lld", TEXT_ARG(f->period), (long long)who);
	f->ask.who = who;
	return true;
}

/* ---- records behind a figure ---- */

static bool is_part(
        const struct figures *f, const struct figures_part *part, const struct kpi_point *point)
{
	return (part->owner < 0 || part->owner == point->owner) &&
	       (part->team < 0 || part->team == point->team) &&
	       (part->campaign < 0 || part->campaign == point->campaign) &&
	       (part->stage < 0 || part->stage == point->stage) &&
	       (!part->source.ptr || text_eq(part->source, kpi_word(f->book, point->source)));
}

static int by_id(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? 1 : *x > *y ? -1 : 0;
}

/* Newest first, each once. */
static void distinct(struct ids *ids)
{
	size_t to = 0;

	qsort(ids->at, ids->len, sizeof(*ids->at), by_id);
	for (size_t i = 0; i < ids->len; i++)
		if (!to || ids->at[to - 1] != ids->at[i])
			ids->at[to++] = ids->at[i];
	ids->len = to;
}

bool figures_records(struct work *work, struct figures *figures, const struct figures_part *part,
        struct figures_records *records)
{
	struct ids ids = VEC_EMPTY;
	struct kpi_tally tally;
	size_t i;

	*records = (struct figures_records){ 0 };
	if (!figures_gather(figures, part->kpi, &tally))
		return false;
	for (i = 0; i < tally.points.len; i++)
		if (is_part(figures, part, &tally.points.at[i]))
			*vec_push(work->arena, &ids) = tally.points.at[i].record;
	distinct(&ids);
	records->total = (int64_t)ids.len;
	for (i = part->offset; i < ids.len && i < part->offset + part->limit; i++) {
		struct crm_entry *entry;

		if (!crm_entry_get(work, part->kpi->noun, ids.at[i], &entry))
			return false;
		if (entry)
			*vec_push(work->arena, &records->entries) = *entry;
	}
	records->next = i < ids.len ? i : 0;
	return true;
}
