/* kpi_goal.c - goals: what of them is due by when, and what was reached. */
#include "base/base.h"
#include "base/str.h"
#include "crm/kpi_impl.h"
#include "crm/look.h"
#include "object/ical_time.h"

/* ---- the part of a goal that is due ---- */

/* The first day of the month after the one that `wall` lies in, as wall time. */
static int64_t next_month(int64_t wall)
{
	int64_t year;
	int month, day;

	days_to(wall / KPI_DAY, &year, &month, &day);
	if (++month > 12) {
		month = 1;
		year++;
	}
	return days_of(year, month, 1) * KPI_DAY;
}

static double curve_at(const json_t *shares, size_t month)
{
	double share = json_number_value(json_array_get(shares, month));

	return share > 0 ? share : 0;
}

/* Of a goal with a curve: each month (the first and last may be parts of one) has its share of the
 * whole, within it time counts evenly. */
static double share_by_curve(const json_t *shares, struct ical_range goal, int64_t until)
{
	double whole = 0, due = 0;
	size_t i = 0;

	for (int64_t from = goal.start; from < goal.end; i++) {
		int64_t to = next_month(from);

		to = to < goal.end ? to : goal.end;
		whole += curve_at(shares, i);
		if (until >= to)
			due += curve_at(shares, i);
		else if (until > from)
			due += curve_at(shares, i) * (double)(until - from) / (double)(to - from);
		from = to;
	}
	return whole > 0 ? due / whole : 0;
}

/* What part of a goal is due by an instant: 0 to 1. */
static double share_due(const struct kpi_book *book, const struct kpi_target *goal, int64_t at)
{
	const struct zone *zone = book->frame.hours->zone;
	const json_t *curve = json_object_get(goal->values, "curve");
	/* [1, 3, 6], or {"shares": [1, 3, 6]} */
	const json_t *shares = json_is_array(curve) ? curve : json_object_get(curve, "shares");

	if (at <= goal->from)
		return 0;
	if (at >= goal->to)
		return 1;
	if (json_array_size(shares))
		return share_by_curve(shares,
		        (struct ical_range){
		                zone_to_wall(zone, goal->from), zone_to_wall(zone, goal->to) },
		        zone_to_wall(zone, at));
	return (double)(at - goal->from) / (double)(goal->to - goal->from);
}

/* ---- which goals ---- */

/* Of that principal and metric, that have something of [from, to) in them. metric absent: any. */
static bool goals_in(struct kpi_book *book, int64_t principal, struct text metric,
        struct ical_range period, struct kpi_targets *goals)
{
	const struct kpi_targets *all;

	if (!kpi_targets(book, &all))
		return false;
	for (size_t i = 0; i < all->len; i++) {
		const struct kpi_target *goal = &all->at[i];

		if (goal->who == principal &&
		        (!metric.ptr || text_eq(crm_get_text(goal->values, "metric"), metric)) &&
		        goal->from < period.end && goal->to > period.start)
			*vec_push(book->work->arena, goals) = *goal;
	}
	return true;
}

/* Where there are goals for months and for quarters, those whose length is nearest to the
 * period's count; adding both up would count everything twice. */
static int64_t best_length(const struct kpi_targets *goals, int64_t wanted)
{
	int64_t best = 0;

	for (size_t i = 0; i < goals->len; i++) {
		int64_t length = goals->at[i].to - goals->at[i].from;

		if (!best || llabs(length - wanted) < llabs(best - wanted))
			best = length;
	}
	return best;
}

bool kpi_goal_for(struct kpi_book *book, int64_t principal, struct text metric, int64_t from,
        int64_t to, double *target)
{
	struct ical_range period = { book->frame.from, book->frame.to };
	struct kpi_targets goals = VEC_EMPTY;
	int64_t best;

	*target = 0;
	if (!goals_in(book, principal, metric, period, &goals))
		return false;
	best = best_length(&goals, period.end - period.start);
	for (size_t i = 0; i < goals.len; i++) {
		const struct kpi_target *goal = &goals.at[i];
		int64_t length = goal->to - goal->from;

		/* Months are not of one length. */
		if (llabs(length - best) * 8 < best)
			*target += (double)crm_get_int(goal->values, "target") *
			           (share_due(book, goal, to) - share_due(book, goal, from));
	}
	return true;
}

/* ---- what was reached: a goal's metric is a figure's name ---- */

bool kpi_goals(struct kpi_book *book, int64_t principal, const struct kpi_scope *scope,
        struct kpi_goals *goals)
{
	struct ical_range moment = { book->end - 1, book->end };
	struct kpi_targets found = VEC_EMPTY;

	if (!goals_in(book, principal, TEXT_NONE, moment, &found))
		return false;
	for (size_t i = 0; i < found.len; i++) {
		const struct kpi_target *from = &found.at[i];
		struct kpi_goal *goal = vec_push(book->work->arena, goals);
		struct kpi_book *period = kpi_other(book, from->from, from->to, book->frame.as_of);
		const struct kpi *kpi = kpi_find(crm_get_text(from->values, "metric"));
		struct kpi_tally tally;
		struct kpi_figure figure;

		goal->id = from->row;
		goal->who = principal;
		goal->from = crm_get_text(from->values, "from");
		goal->to = crm_get_text(from->values, "to");
		goal->metric = crm_get_text(from->values, "metric");
		goal->target = (double)crm_get_int(from->values, "target");
		goal->to_date = goal->target * share_due(book, from, book->end);
		if (!kpi)
			continue;
		if (!kpi_gather(period, kpi, scope, &tally))
			return false;
		kpi_work_out(kpi, &tally, &figure);
		goal->reached = figure.value;
	}
	return true;
}
