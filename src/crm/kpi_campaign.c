/* kpi_campaign.c - what campaigns cost, and what came of them: by first and by last touch. */
#include "base/base.h"
#include "crm/kpi_impl.h"

bool kpi_of_campaign_cost(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	const struct kpi_costs *costs;

	(void)scope; /* money spent is nobody's own */
	if (!kpi_costs(book, &costs))
		return false;
	for (size_t i = 0; i < costs->len; i++) {
		struct kpi_point *point;

		if (!kpi_within(book, costs->at[i].at))
			continue;
		point = kpi_add(book, tally, costs->at[i].row);
		point->campaign = costs->at[i].campaign;
		point->value = (double)costs->at[i].amount;
	}
	return true;
}

static bool cost(struct kpi_book *book, double *sum)
{
	struct kpi_tally tally = { 0 };

	if (!kpi_of_campaign_cost(book, NULL, &tally))
		return false;
	for (size_t i = 0; i < tally.points.len; i++)
		*sum += tally.points.at[i].value;
	return true;
}

/* ---- touches ---- */

struct touch {
	int64_t deal, first, last;
};
VEC_OF(kpi_touches, struct touch);

static int by_deal(const void *a, const void *b)
{
	const struct touch *x = a, *y = b;

	return x->deal < y->deal ? -1 : x->deal > y->deal;
}

static void touch_of_lead(struct kpi_book *book, const struct kpi_entry *entry)
{
	const struct kpi_fact *lead = kpi_entry_at(book, entry, book->end);

	if (lead && lead->lead.deal)
		*vec_push(book->work->arena, book->touches) = (struct touch){ lead->lead.deal,
			lead->lead.first_campaign, lead->campaign };
}

/* Leads that became deals. A deal is made in the moment its lead is converted: what happened before
 * the oldest deal was created need not be looked at. */
static bool touches_of_leads(struct kpi_book *book, int64_t since)
{
	const struct kpi_past *past;

	if (book->touches)
		return true;
	if (!kpi_book_past(book, &past))
		return false;
	book->touches = arena_make(book->work->arena, struct kpi_touches);
	for (size_t i = 0; i < past->leads.len; i++)
		if (past->leads.at[i].last >= since)
			touch_of_lead(book, &past->leads.at[i]);
	if (book->touches->len)
		qsort(book->touches->at, book->touches->len, sizeof(*book->touches->at), by_deal);
	return true;
}

/* The lead's come before the deal's own. */
static struct touch touch_of(struct kpi_book *book, const struct kpi_fact *deal)
{
	const struct kpi_touches *leads = book->touches;
	struct touch touch = { .deal = deal->record }, *lead;

	lead = leads->len ? bsearch(&touch, leads->at, leads->len, sizeof(*leads->at), by_deal)
	                  : NULL;
	if (lead)
		touch = *lead;
	for (size_t i = 0; i < deal->story->len && deal->story->at[i].at < book->end; i++) {
		int64_t campaign = deal->story->at[i].campaign;

		if (!touch.first)
			touch.first = campaign;
		if (campaign && deal->story->at[i].at <= deal->closed)
			touch.last = campaign;
	}
	return touch;
}

static bool is_won(const struct kpi_book *book, const struct kpi_fact *deal)
{
	return deal->is_there && deal->state == 1 && kpi_within(book, deal->closed);
}

static int64_t oldest_won(const struct kpi_book *book, const struct kpi_facts *deals)
{
	int64_t oldest = book->end;

	for (size_t i = 0; i < deals->len; i++)
		if (is_won(book, deals->at[i]) && deals->at[i]->created < oldest)
			oldest = deals->at[i]->created;
	return oldest;
}

static bool gather(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally, bool first)
{
	const struct kpi_facts *deals;

	if (!kpi_deals(book, &deals) || !cost(book, &tally->base) ||
	        !touches_of_leads(book, oldest_won(book, deals)))
		return false;
	for (size_t i = 0; i < deals->len; i++) {
		const struct kpi_fact *deal = deals->at[i];
		struct touch touch;

		if (!is_won(book, deal) ||
		        !kpi_counts(book, scope, CRM_DEAL, deal->owner, deal->team))
			continue;
		touch = touch_of(book, deal);
		if (first ? touch.first : touch.last)
			kpi_add_fact(book, tally, deal)->campaign =
			        first ? touch.first : touch.last;
	}
	return true;
}

bool kpi_of_cost_per_won(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return gather(book, scope, tally, true);
}

bool kpi_of_campaign_return_first(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return gather(book, scope, tally, true);
}

bool kpi_of_campaign_return_last(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return gather(book, scope, tally, false);
}
