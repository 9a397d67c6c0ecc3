#include "base/base.h"
#include "base/str.h"
#include "crm/kpi_impl.h"

/* ---- what became of a deal ---- */

/* A stage by its name, for events that came without its id. */
static int64_t stage_named(const struct kpi_book *book, struct text name)
{
	const struct kpi_stages *stages = &book->shelf->stages;

	for (size_t i = 0; i < stages->len; i++)
		if (text_eq(stages->at[i].name, name))
			return stages->at[i].id;
	return 0;
}

static void enter(struct kpi_deal *deal, int64_t status, int64_t at)
{
	deal->state = (int)(status >> 32);
	deal->stage = status & 0xffffffff;
	deal->entered = at;
	if (deal->state)
		deal->closed = at;
}

static void created(struct kpi_book *book, struct kpi_deal *deal, const struct kpi_event *event)
{
	const struct kpi_stage *stage;
	int64_t status = event->from_num;

	if (!status) {
		status = stage_named(book, kpi_word(book, event->word));
		stage = kpi_stage(book, status);
		status |= (int64_t)(stage ? stage->state : 0) << 32;
	}
	deal->is_there = true;
	deal->created = event->at;
	deal->amount = event->to_num;
	enter(deal, status, event->at);
}

void kpi_deal_apply(struct kpi_book *book, struct kpi_deal *deal, const struct kpi_event *event)
{
	deal->owner = event->owner;
	deal->team = event->team;
	deal->campaign = event->campaign;
	deal->source = event->source;
	switch ((enum crm_what)event->what) {
	case CRM_EVENT_CREATED: created(book, deal, event); break;
	case CRM_EVENT_STATUS: enter(deal, event->to_num, event->at); break;
	case CRM_EVENT_AMOUNT: deal->amount = event->to_num; break;
	case CRM_EVENT_CLOSE: deal->close = event->to_num; break;
	case CRM_EVENT_CHANCE:
		deal->chance = event->to_num;
		deal->forecast = event->word;
		break;
	case CRM_EVENT_DELETED:
	case CRM_EVENT_MERGED: deal->is_there = false; break;
	case CRM_EVENT_RESTORED: deal->is_there = true; break;
	default: break;
	}
}

void kpi_deal_at(struct kpi_book *book, const struct kpi_story *story, int64_t instant,
        struct kpi_deal *deal)
{
	*deal = (struct kpi_deal){ .story = story, .record = story->record, .chance = -1 };
	for (size_t i = 0; i < story->len && story->at[i].at < instant; i++)
		kpi_deal_apply(book, deal, &story->at[i]);
}

static bool read_deals(struct kpi_book *book)
{
	struct kpi_shelf *shelf = book->shelf;
	const struct kpi_stages *stages;

	if (shelf->have_deals)
		return true;
	if (!kpi_stages(book, &stages) || !kpi_read_deals(book, &shelf->deals))
		return false;
	shelf->commit = kpi_word_of(book, TEXT("commit"));
	shelf->best = kpi_word_of(book, TEXT("best"));
	shelf->have_deals = true;
	return true;
}

bool kpi_deals(struct kpi_book *book, const struct kpi_deals **deals)
{
	struct arena *arena = book->work->arena;

	if (!book->deals) {
		if (!read_deals(book))
			return false;
		book->deals = arena_make(arena, struct kpi_deals);
		for (size_t i = 0; i < book->shelf->deals.len; i++)
			kpi_deal_at(book, &book->shelf->deals.at[i], book->end,
			        vec_push(arena, book->deals));
	}
	*deals = book->deals;
	return true;
}

/* ---- points ---- */

struct kpi_point *kpi_add_deal(
        struct kpi_book *book, struct kpi_tally *tally, const struct kpi_deal *deal)
{
	struct kpi_point *point = kpi_add(book, tally, deal->record);

	point->owner = deal->owner;
	point->team = deal->team;
	point->campaign = deal->campaign;
	point->stage = deal->stage;
	point->source = deal->source;
	point->at = deal->state ? deal->closed : deal->created;
	point->value = (double)deal->amount;
	return point;
}

typedef bool deal_test_fn(const struct kpi_book *book, const struct kpi_deal *deal);
typedef void deal_point_fn(
        const struct kpi_book *book, const struct kpi_deal *deal, struct kpi_point *point);

static bool is_open(const struct kpi_book *book, const struct kpi_deal *deal)
{
	(void)book;
	return deal->state == 0;
}

static bool is_won(const struct kpi_book *book, const struct kpi_deal *deal)
{
	return deal->state == 1 && kpi_within(book, deal->closed);
}

static bool is_lost(const struct kpi_book *book, const struct kpi_deal *deal)
{
	return deal->state == 2 && kpi_within(book, deal->closed);
}

static bool is_closed(const struct kpi_book *book, const struct kpi_deal *deal)
{
	return deal->state && kpi_within(book, deal->closed);
}

/* Expected to close in P: the date is compared as a date, told as midnight UTC. */
static bool closes_in(const struct kpi_book *book, int64_t close)
{
	const struct zone *zone = book->frame.hours->zone;

	return close && close >= zone_to_wall(zone, book->frame.from) &&
	       close < zone_to_wall(zone, book->frame.to);
}

static bool closes_soon(const struct kpi_book *book, const struct kpi_deal *deal)
{
	return deal->state == 0 && closes_in(book, deal->close);
}

/* Of that category, and not expected later than in P. */
static bool is_forecast(const struct kpi_book *book, const struct kpi_deal *deal, uint32_t category)
{
	return deal->state == 0 && deal->forecast == category &&
	       deal->close < zone_to_wall(book->frame.hours->zone, book->frame.to);
}

static bool is_commit(const struct kpi_book *book, const struct kpi_deal *deal)
{
	return is_won(book, deal) || is_forecast(book, deal, book->shelf->commit);
}

static bool is_best(const struct kpi_book *book, const struct kpi_deal *deal)
{
	return is_commit(book, deal) || is_forecast(book, deal, book->shelf->best);
}

static void weigh(const struct kpi_book *book, const struct kpi_deal *deal, struct kpi_point *point)
{
	point->value = (double)deal->amount * kpi_deal_weight(book, deal) / 100;
}

static void by_count(
        const struct kpi_book *book, const struct kpi_deal *deal, struct kpi_point *point)
{
	(void)book;
	point->value = 1;
	point->good = deal->state == 1;
}

static void by_amount(
        const struct kpi_book *book, const struct kpi_deal *deal, struct kpi_point *point)
{
	(void)book;
	point->good = deal->state == 1;
}

static void by_age(
        const struct kpi_book *book, const struct kpi_deal *deal, struct kpi_point *point)
{
	point->value = (double)(book->end - deal->entered);
}

static void by_cycle(
        const struct kpi_book *book, const struct kpi_deal *deal, struct kpi_point *point)
{
	(void)book;
	point->value = (double)(deal->closed - deal->created);
}

static bool gather(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally,
        deal_test_fn *test, deal_point_fn *shape)
{
	const struct kpi_deals *deals;

	if (!kpi_deals(book, &deals))
		return false;
	for (size_t i = 0; i < deals->len; i++) {
		const struct kpi_deal *deal = &deals->at[i];
		struct kpi_point *point;

		if (!deal->is_there || !test(book, deal) ||
		        !kpi_counts(book, scope, CRM_DEAL, deal->owner, deal->team))
			continue;
		point = kpi_add_deal(book, tally, deal);
		if (shape)
			shape(book, deal, point);
	}
	return true;
}

#define GATHER(name, test, shape) \
	bool kpi_of_##name( \
	        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally) \
	{ \
		return gather(book, scope, tally, test, shape); \
	}
GATHER(won_count, is_won, by_count)
GATHER(won_amount, is_won, NULL)
GATHER(lost_count, is_lost, by_count)
GATHER(lost_amount, is_lost, NULL)
GATHER(win_rate, is_closed, by_count)
GATHER(win_rate_amount, is_closed, by_amount)
GATHER(open_deals, is_open, by_count)
GATHER(open_amount, is_open, NULL)
GATHER(weighted_pipeline, is_open, weigh)
GATHER(forecast_closed, is_won, NULL)
GATHER(forecast_commit, is_commit, NULL)
GATHER(forecast_best, is_best, NULL)
GATHER(forecast_pipeline, is_open, NULL)
GATHER(age_in_stage, is_open, by_age)
GATHER(sales_cycle, is_won, by_cycle)

static bool won_in(struct kpi_book *book, const struct kpi_scope *scope, double *sum)
{
	struct kpi_tally won = { 0 };

	if (!gather(book, scope, &won, is_won, NULL))
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
	return gather(book, scope, tally, closes_soon, weigh);
}

bool kpi_of_goal_attainment(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return kpi_goal_for(book, book->frame.goals_of, TEXT("won_amount"), book->frame.from,
	               book->end, &tally->base) &&
	       gather(book, scope, tally, is_won, NULL);
}

bool kpi_of_goal_full(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return kpi_goal_for(book, book->frame.goals_of, TEXT("won_amount"), book->frame.from,
	               book->frame.to, &tally->base) &&
	       gather(book, scope, tally, is_won, NULL);
}
