/* kpi_campaign.c - what campaigns cost, and what came of them: by first and by last touch. */
#include "base/base.h"
#include "crm/kpi_impl.h"
#include "store/house.h"

/* Leads that became deals: whole stories up to the end. */
DB_STATEMENT(LEADS_OF_DEALS,
        "SELECT e.record, e.at, e.id, e.owner, e.team, e.campaign, e.from_num, "
        "e.to_num,"
        " e.seconds, e.what, e.via, e.source, e.to_value FROM crm_event c"
        " JOIN crm_event e ON e.record = c.record AND e.at < ?4"
        " WHERE c.noun = ?1 AND c.what = ?2 AND c.at >= ?3 AND c.at < ?4 AND c.to_num <> 0");

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
VEC_OF(touches, struct touch);

static int by_deal(const void *a, const void *b)
{
	const struct touch *x = a, *y = b;

	return x->deal < y->deal ? -1 : x->deal > y->deal;
}

static void touch_of_lead(
        struct kpi_book *book, const struct kpi_story *story, struct touches *touches)
{
	struct kpi_fact lead = kpi_fact_at(book, CRM_LEAD, story, INT64_MAX);

	if (lead.lead.deal)
		*vec_push(book->work->arena, touches) =
		        (struct touch){ lead.lead.deal, lead.lead.first_campaign, lead.campaign };
}

/* A deal is made in the moment its lead is converted: conversions before the oldest deal was
 * created need not be looked at. */
static bool touches_of_leads(struct kpi_book *book, int64_t since, struct touches *touches)
{
	struct db *db = work_reader(book->work);
	struct kpi_stories stories = VEC_EMPTY;

	if (!db || !kpi_read_rows(book,
	                   db_query(db, &book->work->err, &LEADS_OF_DEALS,
	                           DB_ARGS(DB_INT(CRM_LEAD), DB_INT(CRM_EVENT_CONVERTED),
	                                   DB_INT(since), DB_INT(book->end))),
	                   &stories))
		return false;
	for (size_t i = 0; i < stories.len; i++)
		touch_of_lead(book, &stories.at[i], touches);
	qsort(touches->at, touches->len, sizeof(*touches->at), by_deal);
	return true;
}

/* The lead's come before the deal's own. */
static struct touch touch_of(
        struct kpi_book *book, const struct kpi_fact *deal, const struct touches *leads)
{
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
		if (is_won(book, &deals->at[i]) && deals->at[i].created < oldest)
			oldest = deals->at[i].created;
	return oldest;
}

static bool gather(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally, bool first)
{
	struct touches leads = VEC_EMPTY;
	const struct kpi_facts *deals;

	if (!kpi_deals(book, &deals) || !cost(book, &tally->base) ||
	        !touches_of_leads(book, oldest_won(book, deals), &leads))
		return false;
	for (size_t i = 0; i < deals->len; i++) {
		const struct kpi_fact *deal = &deals->at[i];
		struct touch touch;

		if (!is_won(book, deal) ||
		        !kpi_counts(book, scope, CRM_DEAL, deal->owner, deal->team))
			continue;
		touch = touch_of(book, deal, &leads);
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
