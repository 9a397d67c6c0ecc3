#include "base/base.h"
#include "base/str.h"
#include "crm/kpi_impl.h"

bool kpi_deals(struct kpi_book *book, const struct kpi_facts **deals)
{
	const struct kpi_past *past;
	const struct kpi_stages *stages;

	if (!kpi_book_past(book, &past) || !kpi_stages(book, &stages))
		return false;
	*deals = kpi_facts_at(book, &past->deals, INT64_MIN, book->end);
	return true;
}

/* ---- points ---- */

static bool is_open(const struct kpi_book *book, const struct kpi_fact *deal)
{
	(void)book;
	return deal->state == 0;
}

static bool is_won(const struct kpi_book *book, const struct kpi_fact *deal)
{
	return deal->state == 1 && kpi_within(book, deal->closed);
}

static bool is_lost(const struct kpi_book *book, const struct kpi_fact *deal)
{
	return deal->state == 2 && kpi_within(book, deal->closed);
}

static bool is_closed(const struct kpi_book *book, const struct kpi_fact *deal)
{
	return deal->state && kpi_within(book, deal->closed);
}

/* Expected to close in P: the date is compared as a date, told as midnight UTC. */
static bool closes_in(const struct kpi_book *book, int64_t close)
{
	return close && close >= book->wall_from && close < book->wall_to;
}

static bool closes_soon(const struct kpi_book *book, const struct kpi_fact *deal)
{
	return deal->state == 0 && closes_in(book, deal->deal.close);
}

/* Of that category, and not expected later than in P. */
static bool is_forecast(const struct kpi_book *book, const struct kpi_fact *deal, uint32_t category)
{
	return deal->state == 0 && deal->deal.forecast == category &&
	       deal->deal.close < book->wall_to;
}

static bool is_commit(const struct kpi_book *book, const struct kpi_fact *deal)
{
	return is_won(book, deal) || is_forecast(book, deal, KPI_WORD_COMMIT);
}

static bool is_best(const struct kpi_book *book, const struct kpi_fact *deal)
{
	return is_commit(book, deal) || is_forecast(book, deal, KPI_WORD_BEST);
}

static void weigh(const struct kpi_book *book, const struct kpi_fact *deal, struct kpi_point *point)
{
	const struct kpi_stage *stage = kpi_stage(book, deal->deal.stage);
	int64_t chance = deal->deal.chance >= 0 ? deal->deal.chance : stage ? stage->chance : 0;

	point->value = (double)deal->deal.amount * (double)chance / 100;
}

static void by_count(
        const struct kpi_book *book, const struct kpi_fact *deal, struct kpi_point *point)
{
	(void)book;
	point->value = 1;
	point->good = deal->state == 1;
}

static void by_amount(
        const struct kpi_book *book, const struct kpi_fact *deal, struct kpi_point *point)
{
	(void)book;
	point->good = deal->state == 1;
}

static void by_age(
        const struct kpi_book *book, const struct kpi_fact *deal, struct kpi_point *point)
{
	point->value = (double)(book->end - deal->deal.entered);
}

static void by_cycle(
        const struct kpi_book *book, const struct kpi_fact *deal, struct kpi_point *point)
{
	(void)book;
	point->value = (double)(deal->closed - deal->created);
}

#define DEALS(name, test, shape) KPI_PICK(name, kpi_deals, test, shape)
DEALS(won_count, is_won, by_count)
DEALS(won_amount, is_won, NULL)
DEALS(lost_count, is_lost, by_count)
DEALS(lost_amount, is_lost, NULL)
DEALS(win_rate, is_closed, by_count)
DEALS(win_rate_amount, is_closed, by_amount)
DEALS(open_deals, is_open, by_count)
DEALS(open_amount, is_open, NULL)
DEALS(weighted_pipeline, is_open, weigh)
DEALS(forecast_closed, is_won, NULL)
DEALS(forecast_commit, is_commit, NULL)
DEALS(forecast_best, is_best, NULL)
DEALS(forecast_pipeline, is_open, NULL)
DEALS(age_in_stage, is_open, by_age)
DEALS(sales_cycle, is_won, by_cycle)

static bool won_in(struct kpi_book *book, const struct kpi_scope *scope, double *sum)
{
	struct kpi_tally won = { 0 };

	if (!kpi_pick(book, scope, &won, kpi_deals, is_won, NULL))
		return false;
	for (size_t i = 0; i < won.points.len; i++)
		*sum += won.points.at[i].value;
	return true;
}

bool kpi_of_coverage(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	double won = 0;

	if (!kpi_goal_for(book, book->frame.goals_of, TEXT("won_amount"), book->frame.from,
	            book->frame.to, &tally->base) ||
	        !won_in(book, scope, &won))
		return false;
	tally->base -= won;
	return kpi_pick(book, scope, tally, kpi_deals, closes_soon, weigh);
}

bool kpi_of_goal_attainment(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return kpi_goal_for(book, book->frame.goals_of, TEXT("won_amount"), book->frame.from,
	               book->end, &tally->base) &&
	       kpi_pick(book, scope, tally, kpi_deals, is_won, NULL);
}

bool kpi_of_goal_full(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return kpi_goal_for(book, book->frame.goals_of, TEXT("won_amount"), book->frame.from,
	               book->frame.to, &tally->base) &&
	       kpi_pick(book, scope, tally, kpi_deals, is_won, NULL);
}
