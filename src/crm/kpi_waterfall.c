/* kpi_waterfall.c - from the pipeline of P at its start to what is left of it at the end.
 *
 * A deal is in the pipeline of P while it is open, expected to close in P, and somebody's who
 * counts. Each event of P moves its amount from where it was to where it is then: in, out of the
 * pipeline without closing, won, lost. Every move is booked in one of the terms, so that
 *     start + created + raised - lowered - won - lost - slipped = end
 * holds exactly, deal by deal. What closes in P belongs to P: if it was not in the pipeline before,
 * it comes in first. What is opened again within P takes its won or lost back. */
#include "base/base.h"
#include "crm/kpi_impl.h"

enum place { OUT, IN, WON, LOST };
enum term { START, CREATED, RAISED, LOWERED, WON_TERM, LOST_TERM, SLIPPED, END, TERMS };

struct flow {
	const struct kpi_fact *deal; /* at the end */
	enum place place;
	double amount; /* there */
	double terms[TERMS];
};

static enum place place_of(
        const struct kpi_book *book, const struct kpi_scope *scope, const struct kpi_fact *deal)
{
	int64_t close = deal->deal.close;

	if (!deal->is_there || !kpi_counts(book, scope, CRM_DEAL, deal->owner, deal->team))
		return OUT;
	if (deal->state)
		return !kpi_within(book, deal->closed) ? OUT : deal->state == 1 ? WON : LOST;
	return close && close >= book->wall_from && close < book->wall_to ? IN : OUT;
}

static enum term term_of(enum place place)
{
	return place == WON ? WON_TERM : LOST_TERM;
}

/* The amount changes first, where the deal was: of a won one the contract is raised, and with it
 * what was won. */
static void change(struct flow *flow, double amount)
{
	double more = amount - flow->amount;

	flow->terms[RAISED] += more > 0 ? more : 0;
	flow->terms[LOWERED] += more < 0 ? -more : 0;
	if (flow->place == WON || flow->place == LOST)
		flow->terms[term_of(flow->place)] += more;
	flow->amount = amount;
}

static void move(struct flow *flow, enum place to)
{
	/* Back into the pipeline ... */
	if (flow->place == OUT)
		flow->terms[CREATED] += flow->amount;
	else if (flow->place != IN)
		flow->terms[term_of(flow->place)] -= flow->amount;
	/* ... and to where it is now. */
	if (to == OUT)
		flow->terms[SLIPPED] += flow->amount;
	else if (to != IN)
		flow->terms[term_of(to)] += flow->amount;
	flow->place = to;
}

static void follow(struct flow *flow, enum place to, double amount)
{
	if (flow->place == OUT && to == OUT)
		return;
	if (flow->place == OUT)
		flow->amount = amount;
	else
		change(flow, amount);
	if (to != flow->place)
		move(flow, to);
}

static void stand(struct flow *flow, const struct kpi_fact *at_end, enum place place, double amount)
{
	*flow = (struct flow){ .deal = at_end, .place = place, .amount = amount };
	flow->terms[START] = flow->terms[END] = place == IN ? amount : 0;
}

/* Events of one instant are one change: a deal that is created with a date is not in and out. */
static void flow_of(struct kpi_book *book, const struct kpi_scope *scope,
        const struct kpi_fact *at_end, struct flow *flow)
{
	const struct kpi_story *story = at_end->story;
	struct kpi_fact deal;
	size_t i = 0;

	/* Most have stood still in P. */
	if (story->at[story->len - 1].at < book->frame.from) {
		stand(flow, at_end, place_of(book, scope, at_end), (double)at_end->deal.amount);
		return;
	}
	deal = kpi_fact(story);
	for (; i < story->len && story->at[i].at < book->frame.from; i++)
		kpi_apply(&deal, &story->at[i]);
	stand(flow, at_end, place_of(book, scope, &deal), (double)deal.deal.amount);
	for (; i < story->len && story->at[i].at < book->end; i++) {
		kpi_apply(&deal, &story->at[i]);
		if (i + 1 == story->len || story->at[i + 1].at != story->at[i].at)
			follow(flow, place_of(book, scope, &deal), (double)deal.deal.amount);
	}
	flow->terms[END] = flow->place == IN ? flow->amount : 0;
}

static bool has_any(const struct flow *flow)
{
	for (size_t i = 0; i < TERMS; i++)
		if (flow->terms[i] < 0 || flow->terms[i] > 0)
			return true;
	return false;
}

/* All terms at once, of the scope that asks: the next term is asked for right behind. */
struct kpi_flows {
	struct kpi_scope scope;
	VEC(struct flow) flows;
};

static bool same_scope(const struct kpi_scope *a, const struct kpi_scope *b)
{
	for (size_t i = 0; i < COUNT_OF(a->seen); i++)
		if (a->seen[i] != b->seen[i])
			return false;
	return a->who == b->who;
}

static bool flows_of(struct kpi_book *book, const struct kpi_scope *scope)
{
	struct arena *arena = book->work->arena;
	const struct kpi_facts *deals;

	if (book->flows && same_scope(&book->flows->scope, scope))
		return true;
	if (!kpi_deals(book, &deals))
		return false;
	book->flows = arena_make(arena, struct kpi_flows);
	book->flows->scope = *scope;
	for (size_t i = 0; i < deals->len; i++) {
		struct flow flow;

		flow_of(book, scope, deals->at[i], &flow);
		if (has_any(&flow))
			*vec_push(arena, &book->flows->flows) = flow;
	}
	return true;
}

static bool gather(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally,
        enum term term)
{
	if (!flows_of(book, scope))
		return false;
	for (size_t i = 0; i < book->flows->flows.len; i++) {
		const struct flow *flow = &book->flows->flows.at[i];

		if (flow->terms[term] < 0 || flow->terms[term] > 0)
			kpi_add_fact(book, tally, flow->deal)->value = flow->terms[term];
	}
	return true;
}

#define TERM(name, term) \
	bool kpi_of_pipeline_##name( \
	        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally) \
	{ \
		return gather(book, scope, tally, term); \
	}
TERM(start, START)
TERM(created, CREATED)
TERM(raised, RAISED)
TERM(lowered, LOWERED)
TERM(won, WON_TERM)
TERM(lost, LOST_TERM)
TERM(slipped, SLIPPED)
TERM(end, END)
