/* figures_impl.h - what view/figures*.c and view/dashboard*.c share. Memory, threads: figures.h. */
#ifndef KONTOR_VIEW_FIGURES_IMPL_H
#define KONTOR_VIEW_FIGURES_IMPL_H

#include "view/figures.h"

enum { KPIS_MOST = 128 };

struct figures {
	struct work *work;
	struct figures_ask ask;
	struct hours hours;
	struct kpi_book *book;
	struct kpi_book *before; /* the period before, as far into it as this one is */
	struct kpi_scope scope;  /* seen, and of whom was asked for */
	struct ids team;         /* of the rep that was asked for: whom the line is of */
	struct text period;      /* "from=...&to=...&as_of=...&who=..." of links */
	int64_t as_of;
	struct kpi_tally *kept[KPIS_MOST]; /* what was gathered, by kpi_at() */
};

static inline json_int_t figures_whole(double value)
{
	return (json_int_t)(value < 0 ? value - 0.5 : value + 0.5);
}

/* ---- one figure ---- */
/* `part`: what a link adds to the period ("&owner=7"), or "". */
json_t *figure_json(
        struct figures *f, const struct kpi *kpi, const struct kpi_tally *tally, const char *part);
/* As a dashboard shows it, with what it was before, its target and its line. */
bool figure_tile(struct figures *f, const struct kpi *kpi, json_t **tile) must_check;
bool figures_gather(struct figures *f, const struct kpi *kpi, struct kpi_tally *tally) must_check;

/* ---- tables (figures_table.c) ---- */
/* Rows {id, name, NAME: figure ...}, one for each key that any of the figures has points of. */
bool figures_table(
        struct figures *f, enum kpi_by by, const char *const *names, json_t **rows) must_check;

/* The row of somebody in rows that have `id`; a new one with their name if there is none. Borrowed.
 */
bool figures_row_of(struct figures *f, json_t *rows, int64_t owner, json_t **row) must_check;

/* ---- pages (dashboard.c, dashboard_home.c) ---- */
bool dashboard_home(struct figures *f, json_t *lists) must_check;
/* Records of points as {id, noun, title, seconds}: longest first, at most `max`. */
bool figures_lines(struct figures *f, const char *name, size_t max, json_t **rows) must_check;
bool figures_goals(struct figures *f, json_t **rows) must_check;
/* Points by month (12 of them) or week (13) up to the end: [{at, NAME: value}, ...]. */
struct figures_line {
	const char *key; /* in JSON */
	const char *name;
	bool sum; /* of values, not how many */
};
bool figures_series(struct figures *f, bool by_month, const struct figures_line *lines,
        size_t count, json_t **series) must_check;

#endif
