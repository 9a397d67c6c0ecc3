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
	enum place place;
	double amount; /* there */
	double terms[TERMS];
};

static enum place place_of(
        const struct kpi_book *book, const struct kpi_scope *scope, const struct kpi_fact *deal)
{
	const struct zone *zone = book->frame.hours->zone;

	if (!deal->is_there || !kpi_counts(book, scope, CRM_DEAL, deal->owner, deal->team))
		return OUT;
	if (deal->state)
		return !kpi_within(book, deal->closed) ? OUT : deal->state == 1 ? WON : LOST;
	return deal->deal.close && deal->deal.close >= zone_to_wall(zone, book->frame.from) &&
	                       deal->deal.close < zone_to_wall(zone, book->frame.to)
	               ? IN
	               : OUT;
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

/* Events of one instant are one change: a deal that is created with a date is not in and out. */
static void flow_of(struct kpi_book *book, const struct kpi_scope *scope,
        const struct kpi_story *story, struct flow *flow)
{
	struct kpi_fact deal = kpi_fact(CRM_DEAL, story);
	size_t i = 0;

	for (; i < story->len && story->at[i].at < book->frame.from; i++)
		kpi_apply(book, &deal, &story->at[i]);
	*flow = (struct flow){ .place = place_of(book, scope, &deal),
		.amount = (double)deal.deal.amount };
	flow->terms[START] = flow->place == IN ? flow->amount : 0;
	for (; i < story->len && story->at[i].at < book->end; i++) {
		kpi_apply(book, &deal, &story->at[i]);
		if (i + 1 == story->len || story->at[i + 1].at != story->at[i].at)
			follow(flow, place_of(book, scope, &deal), (double)deal.deal.amount);
	}
	flow->terms[END] = flow->place == IN ? flow->amount : 0;
}

static bool gather(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally,
        enum term term)
{
	const struct kpi_facts *deals;

	if (!kpi_deals(book, &deals))
		return false;
	for (size_t i = 0; i < deals->len; i++) {
		struct flow flow;

		flow_of(book, scope, deals->at[i].story, &flow);
		if (flow.terms[term] < 0 || flow.terms[term] > 0)
			kpi_add_fact(book, tally, &deals->at[i])->value = flow.terms[term];
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
