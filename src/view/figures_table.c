/* figures_table.c - figures as JSON: one, a tile, a table, a line of time. */
#include "base/base.h"
#include "base/str.h"
#include "crm/look.h"
#include "object/ical_time.h"
#include "people/who.h"
#include "store/principal.h"
#include "view/figures_impl.h"

#include <stdlib.h>

enum { DAY = 86400, MONTHS = 12, WEEKS = 13 };

static json_t *word_json(struct text text)
{
	return json_stringn(text.ptr ? text.ptr : "", text.len);
}

static json_t *number_json(const struct kpi *kpi, double value)
{
	bool whole = kpi->unit == KPI_MONEY || kpi->unit == KPI_SECONDS ||
	             (kpi->unit == KPI_COUNT && kpi->rule != KPI_PER_100);

	return whole ? json_integer(figures_whole(value))
	             : json_real((double)figures_whole(value * 10) / 10);
}

bool figures_gather(struct figures *f, const struct kpi *kpi, struct kpi_tally *tally)
{
	size_t at = 0;

	while (kpi_at(at) != kpi)
		at++;
	assert(at < KPIS_MOST);
	if (!f->kept[at]) {
		struct kpi_tally *made = arena_make(f->work->arena, struct kpi_tally);

		if (!kpi_gather(f->book, kpi, &f->scope, made))
			return false;
		f->kept[at] = made;
	}
	*tally = *f->kept[at];
	return true;
}

json_t *figure_json(
        struct figures *f, const struct kpi *kpi, const struct kpi_tally *tally, const char *part)
{
	struct kpi_figure figure;
	json_t *json;

	kpi_work_out(kpi, tally, &figure);
	json = json_pack("{s:o, s:s, s:I}", "value",
	        figure.none ? json_null() : number_json(kpi, figure.value), "unit",
	        kpi_unit_name(kpi->unit), "n", figure.n);
	if (figure.spread) {
		json_object_set_new(json, "p90", number_json(kpi, figure.p90));
		json_object_set_new(json, "average", number_json(kpi, figure.mean));
	}
	json_object_set_new(json, "records",
	        word_json(arena_printf(f->work->arena, "/figures/%s/records?%.*s%s", kpi->name,
	                TEXT_ARG(f->period), part)));
	return json;
}

/* ---- tiles ---- */

/* What happened in a period has one before it; what stands at its end is told as it stands. */
static bool has_before(const struct figures *f, const struct kpi *kpi)
{
	return f->ask.page != KPI_HOME && f->ask.page != KPI_MANAGER && kpi->better &&
	       (kpi->noun == CRM_DEAL || kpi->noun == CRM_CASE || kpi->noun == CRM_LEAD) &&
	       kpi->rule != KPI_OF_BASE && kpi->rule != KPI_HIGHEST && kpi->rule != KPI_PER_100 &&
	       strncmp(kpi->name, "pipeline_", 9) != 0 && strncmp(kpi->name, "forecast_", 9) != 0 &&
	       !strstr(kpi->name, "unassigned") && !strstr(kpi->name, "waiting") &&
	       !strstr(kpi->name, "stale") && !strstr(kpi->name, "at_risk");
}

static bool add_before(struct figures *f, const struct kpi *kpi, json_t *tile)
{
	struct kpi_tally tally;
	struct kpi_figure figure;

	if (!has_before(f, kpi))
		return true;
	if (!kpi_gather(f->before, kpi, &f->scope, &tally))
		return false;
	kpi_work_out(kpi, &tally, &figure);
	if (!figure.none)
		json_object_set_new(tile, "previous", number_json(kpi, figure.value));
	return true;
}

static bool add_target(struct figures *f, const struct kpi *kpi, json_t *tile)
{
	const struct kpi_frame *frame = kpi_frame(f->book);
	double target;

	if (!text_eq(text_of(kpi->name), TEXT("won_amount")))
		return true;
	if (!kpi_goal_for(
	            f->book, frame->goals_of, text_of(kpi->name), frame->from, frame->to, &target))
		return false;
	if (target > 0)
		json_object_set_new(tile, "target", number_json(kpi, target));
	return true;
}

/* The line is of the whole team, seen or not: it names nobody. */
static bool add_line(struct figures *f, const struct kpi *kpi, json_t *tile)
{
	static const struct kpi_scope EVERYBODY;
	struct kpi_tally tally, closed;
	struct kpi_lines asked = { kpi, &tally, &closed, &f->team };
	struct kpi_line line;

	if (f->ask.page != KPI_SUPPORT || kpi->noun != CRM_CASE || !kpi->better || !f->team.len)
		return true;
	if (!kpi_gather(f->book, kpi, &EVERYBODY, &tally) ||
	        !kpi_gather(f->book, kpi_find(TEXT("cases_closed")), &EVERYBODY, &closed))
		return false;
	if (!kpi_line(f->book, &asked, &line))
		return true;
	json_object_set_new(tile, "median", number_json(kpi, line.median));
	json_object_set_new(tile, "mean", number_json(kpi, line.mean));
	json_object_set_new(tile, "quartile_1", number_json(kpi, line.low));
	json_object_set_new(tile, "quartile_3", number_json(kpi, line.high));
	json_object_set_new(
	        tile, "best_quartile", number_json(kpi, kpi->better > 0 ? line.high : line.low));
	json_object_set_new(tile, "reps", json_integer(line.reps));
	return true;
}

bool figure_tile(struct figures *f, const struct kpi *kpi, json_t **tile)
{
	struct kpi_tally tally;

	/* The earlier period first: what is read for it serves the later one. */
	json_t *before = json_object();

	*tile = NULL;
	if (!add_before(f, kpi, before) || !figures_gather(f, kpi, &tally)) {
		json_decref(before);
		return false;
	}
	*tile = figure_json(f, kpi, &tally, "");
	json_object_update(*tile, before);
	json_decref(before);
	return add_target(f, kpi, *tile) && add_line(f, kpi, *tile);
}

/* ---- tables ---- */

static bool principal_name(struct figures *f, int64_t id, struct text *name)
{
	struct principal *p;

	if (!principal_get(f->work, id, &p))
		return false;
	if (p)
		*name = p->display_name.len ? p->display_name : p->name;
	return true;
}

static bool row_name(struct figures *f, int64_t id, struct text *name)
{
	struct crm_row *row;

	if (!crm_row_get(f->work, id, &row))
		return false;
	if (row)
		*name = crm_get_text(row->values, "name");
	return true;
}

static struct text priority_name(int64_t priority)
{
	switch (priority) {
	case 1: return TEXT("Urgent");
	case 3: return TEXT("High");
	case 5: return TEXT("Normal");
	case 9: return TEXT("Low");
	default: return TEXT("");
	}
}

static bool name_of(
        struct figures *f, const struct kpi *kpi, enum kpi_by by, int64_t key, struct text *name)
{
	*name = TEXT("");
	if (!key)
		return true;
	switch (by) {
	case KPI_BY_OWNER:
	case KPI_BY_TEAM: return principal_name(f, key, name);
	case KPI_BY_SOURCE: *name = kpi_word(f->book, key); return true;
	case KPI_BY_STAGE:
		if (kpi->noun == CRM_CASE) {
			*name = priority_name(key);
			return true;
		}
		return row_name(f, key, name);
	default: return row_name(f, key, name);
	}
}

static const char *part_of(struct figures *f, enum kpi_by by, int64_t key)
{
	static const char *const KEYS[] = { "owner", "team", "campaign", "stage" };
	struct buf buf;

	if (by != KPI_BY_SOURCE)
		return arena_printf(f->work->arena, "&%s=%lld", KEYS[by], (long long)key).ptr;
	buf_init(&buf, f->work->arena);
	buf_printf(&buf, "&source=");
	for (size_t i = 0; i < kpi_word(f->book, key).len; i++) {
		unsigned char c = (unsigned char)kpi_word(f->book, key).ptr[i];

		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
			buf_char(&buf, (char)c);
		else
			buf_printf(&buf, "%%%02X", c);
	}
	return buf_text(&buf).ptr;
}

/* What a group's points stand against: its own cost, its own goal. */
static bool own_base(
        struct figures *f, const struct kpi *kpi, enum kpi_by by, struct kpi_group *group)
{
	const struct kpi_frame *frame = kpi_frame(f->book);
	bool to_date = !strcmp(kpi->name, "goal_attainment");
	struct kpi_tally costs;
	struct kpi_groups by_campaign = VEC_EMPTY;

	if (by == KPI_BY_OWNER && (to_date || !strcmp(kpi->name, "goal_full")))
		return kpi_goal_for(f->book, group->key, TEXT("won_amount"), frame->from,
		        to_date ? kpi_end(f->book) : frame->to, &group->tally.base);
	if (by != KPI_BY_CAMPAIGN || (kpi->rule != KPI_BASE_PER && kpi->rule != KPI_RETURN))
		return true;
	if (!figures_gather(f, kpi_find(TEXT("campaign_cost")), &costs))
		return false;
	kpi_group(f->book, &costs, KPI_BY_CAMPAIGN, &by_campaign);
	group->tally.base = 0;
	for (size_t i = 0; i < by_campaign.len; i++)
		for (size_t j = 0; by_campaign.at[i].key == group->key &&
		                   j < by_campaign.at[i].tally.points.len;
		        j++)
			group->tally.base += by_campaign.at[i].tally.points.at[j].value;
	return true;
}

static bool row_of(struct figures *f, const struct kpi *kpi, enum kpi_by by, int64_t key,
        json_t *index, json_t **row)
{
	char id[24];
	struct text name;

	snprintf(id, sizeof(id), "%020lld", (long long)key);
	*row = json_object_get(index, id);
	if (*row)
		return true;
	if (!name_of(f, kpi, by, key, &name))
		return false;
	*row = json_pack("{s:I, s:o}", "id", key, "name", word_json(name));
	json_object_set_new(index, id, *row);
	return true;
}

static bool add_column(struct figures *f, enum kpi_by by, const struct kpi *kpi, json_t *index)
{
	struct kpi_groups groups = VEC_EMPTY;
	struct kpi_tally tally;

	if (!figures_gather(f, kpi, &tally))
		return false;
	kpi_group(f->book, &tally, by, &groups);
	for (size_t i = 0; i < groups.len; i++) {
		struct kpi_group *group = &groups.at[i];
		json_t *row;

		if (!own_base(f, kpi, by, group) || !row_of(f, kpi, by, group->key, index, &row))
			return false;
		json_object_set_new(row, kpi->name,
		        figure_json(f, kpi, &group->tally, part_of(f, by, group->key)));
	}
	return true;
}

static int by_name(const void *a, const void *b)
{
	json_t *const *x = a, *const *y = b;

	return text_cmp(crm_get_text(*x, "name"), crm_get_text(*y, "name"));
}

/* Numbers of words mean nothing outside: sources are told by name, and numbered in that order. */
static json_t *rows_of(struct figures *f, enum kpi_by by, json_t *index)
{
	json_t **list = arena_array(f->work->arena, json_object_size(index) + 1, sizeof(*list));
	json_t *rows = json_array(), *row;
	const char *key;
	size_t len = 0;

	json_object_foreach(index, key, row) list[len++] = row;
	if (by == KPI_BY_SOURCE)
		qsort(list, len, sizeof(*list), by_name);
	for (size_t i = 0; i < len; i++) {
		if (by == KPI_BY_SOURCE && crm_get_int(list[i], "id"))
			json_object_set_new(list[i], "id", json_integer((json_int_t)i + 1));
		json_array_append(rows, list[i]);
	}
	return rows;
}

bool figures_table(struct figures *f, enum kpi_by by, const char *const *names, json_t **rows)
{
	json_t *index = json_object();
	bool done = true;

	for (; done && *names; names++)
		done = add_column(f, by, kpi_find(text_of(*names)), index);
	*rows = rows_of(f, by, index);
	json_decref(index);
	return done;
}

bool figures_row_of(struct figures *f, json_t *rows, int64_t owner, json_t **row)
{
	struct text name = TEXT("");
	json_t *one;
	size_t i;

	json_array_foreach(rows, i, one)
	{
		*row = one;
		if (crm_get_int(one, "id") == owner)
			return true;
	}
	if (!principal_name(f, owner, &name))
		return false;
	*row = json_pack("{s:I, s:o}", "id", owner, "name", word_json(name));
	json_array_append_new(rows, *row);
	return true;
}

/* ---- lines of time ---- */

struct slots {
	int64_t at[MONTHS + WEEKS + 1];
	size_t count;
};

/* The last months, or weeks from Monday on, up to the one the end lies in. */
static void cut(struct figures *f, bool by_month, struct slots *slots)
{
	const struct zone *zone = f->hours.zone;
	int64_t last = (zone_to_wall(zone, kpi_end(f->book) - 1)) / DAY, year, first;
	int month, day;

	slots->count = by_month ? MONTHS : WEEKS;
	days_to(last, &year, &month, &day);
	for (size_t i = 0; i <= slots->count; i++) {
		int64_t months = year * 12 + month - 1 - MONTHS + 1 + (int64_t)i;

		first = by_month ? days_of(months / 12, (int)(months % 12) + 1, 1)
		                 : last - (last + 3) % 7 - 7 * (WEEKS - 1 - (int64_t)i);
		slots->at[i] = zone_to_utc(zone, first * DAY);
	}
}

static bool add_line_of(struct figures *f, const struct slots *slots,
        const struct figures_line *line, json_t *points)
{
	int64_t as_of = kpi_frame(f->book)->as_of;
	struct kpi_book *book = kpi_other(f->book, slots->at[0], slots->at[slots->count], as_of);
	double sums[MONTHS + WEEKS] = { 0 };
	struct kpi_tally tally;

	if (!kpi_gather(book, kpi_find(text_of(line->name)), &f->scope, &tally))
		return false;
	for (size_t i = 0; i < tally.points.len; i++) {
		const struct kpi_point *point = &tally.points.at[i];
		size_t slot = 0;

		while (slot + 1 < slots->count && point->at >= slots->at[slot + 1])
			slot++;
		sums[slot] += line->sum ? point->value : 1;
	}
	for (size_t i = 0; i < slots->count; i++)
		json_object_set_new(
		        json_array_get(points, i), line->key, json_integer(figures_whole(sums[i])));
	return true;
}

bool figures_series(struct figures *f, bool by_month, const struct figures_line *lines,
        size_t count, json_t **series)
{
	struct slots slots;

	cut(f, by_month, &slots);
	*series = json_array();
	for (size_t i = 0; i < slots.count; i++)
		json_array_append_new(*series, json_pack("{s:I}", "at", slots.at[i]));
	for (size_t i = 0; i < count; i++)
		if (!add_line_of(f, &slots, &lines[i], *series))
			return false;
	return true;
}
