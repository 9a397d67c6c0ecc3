#include "base/base.h"
#include "crm/kpi_impl.h"

enum { HOUR = 3600 };

bool kpi_leads(struct kpi_book *book, const struct kpi_facts **leads)
{
	const struct kpi_past *past;

	if (!kpi_book_past(book, &past))
		return false;
	*leads = kpi_facts_at(book, &past->leads, book->frame.from, book->frame.as_of);
	return true;
}

static void stand(struct kpi_book *book, const struct kpi_entry *entry)
{
	const struct kpi_fact *lead;

	if (!entry->is_open && entry->last < book->end)
		return;
	lead = kpi_entry_at(book, entry, book->end);
	if (lead && lead->is_there && !lead->state)
		*vec_push(book->work->arena, book->standing) = lead;
}

/* Those that are open at the end: few of all that ever came. */
static bool standing(struct kpi_book *book, const struct kpi_facts **leads)
{
	struct arena *arena = book->work->arena;
	const struct kpi_past *past;

	if (!book->standing) {
		if (!kpi_book_past(book, &past))
			return false;
		book->standing = arena_make(arena, struct kpi_facts);
		for (size_t i = 0; i < past->leads.len; i++)
			stand(book, &past->leads.at[i]);
	}
	*leads = book->standing;
	return true;
}

/* ---- points ---- */

static bool is_new(const struct kpi_book *book, const struct kpi_fact *lead)
{
	return lead->created && kpi_within(book, lead->created);
}

static bool is_converted(const struct kpi_book *book, const struct kpi_fact *lead)
{
	return lead->lead.converted && kpi_within(book, lead->lead.converted);
}

static bool is_answered(const struct kpi_book *book, const struct kpi_fact *lead)
{
	return is_new(book, lead) && lead->lead.responded;
}

static bool has_had_an_hour(const struct kpi_book *book, const struct kpi_fact *lead)
{
	return is_new(book, lead) &&
	       (lead->lead.responded || book->frame.as_of - lead->created >= HOUR);
}

static void by_conversion(
        const struct kpi_book *book, const struct kpi_fact *lead, struct kpi_point *point)
{
	(void)book;
	point->good = lead->lead.converted != 0;
}

static void by_response(
        const struct kpi_book *book, const struct kpi_fact *lead, struct kpi_point *point)
{
	(void)book;
	point->value = (double)lead->lead.response;
}

static void by_business(
        const struct kpi_book *book, const struct kpi_fact *lead, struct kpi_point *point)
{
	point->value =
	        (double)hours_between(book->frame.hours, lead->created, lead->lead.responded);
}

static void by_hour(
        const struct kpi_book *book, const struct kpi_fact *lead, struct kpi_point *point)
{
	(void)book;
	point->good = lead->lead.responded && lead->lead.response <= HOUR;
}

static void by_first_touch(
        const struct kpi_book *book, const struct kpi_fact *lead, struct kpi_point *point)
{
	(void)book;
	point->campaign = lead->lead.first_campaign;
}

#define LEADS(name, test, shape) KPI_PICK(name, kpi_leads, test, shape)
LEADS(leads_created, is_new, NULL)
LEADS(leads_converted, is_converted, NULL)
LEADS(lead_conversion, is_new, by_conversion)
LEADS(lead_response, is_answered, by_response)
LEADS(lead_response_business, is_answered, by_business)
LEADS(lead_within_hour, has_had_an_hour, by_hour)

/* ---- what a lead costs ---- */

static bool touched(const struct kpi_book *book, const struct kpi_fact *lead)
{
	return lead->lead.first_campaign && is_new(book, lead);
}

static bool qualified(const struct kpi_book *book, const struct kpi_fact *lead)
{
	return lead->lead.first_campaign && is_converted(book, lead);
}

static bool cost(struct kpi_book *book, struct kpi_tally *tally)
{
	const struct kpi_costs *costs;

	if (!kpi_costs(book, &costs))
		return false;
	for (size_t i = 0; i < costs->len; i++)
		tally->base += kpi_within(book, costs->at[i].at) ? (double)costs->at[i].amount : 0;
	return true;
}

bool kpi_of_cost_per_lead(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return cost(book, tally) &&
	       kpi_pick(book, scope, tally, kpi_leads, touched, by_first_touch);
}

bool kpi_of_cost_per_qualified(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return cost(book, tally) &&
	       kpi_pick(book, scope, tally, kpi_leads, qualified, by_first_touch);
}

/* ---- leads that stand at the end ---- */

static bool is_waiting(const struct kpi_book *book, const struct kpi_fact *lead)
{
	const struct ids *statuses = &book->shelf->new_statuses;

	for (size_t i = 0; i < statuses->len; i++)
		if (statuses->at[i] == lead->lead.status)
			return !lead->lead.responded;
	return false;
}

static bool is_unowned(const struct kpi_book *book, const struct kpi_fact *lead)
{
	(void)book;
	return !lead->owner;
}

static void by_wait(
        const struct kpi_book *book, const struct kpi_fact *lead, struct kpi_point *point)
{
	point->value = (double)(book->end - lead->created);
}

bool kpi_of_leads_waiting(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	const struct ids *statuses;

	return kpi_new_statuses(book, &statuses) &&
	       kpi_pick(book, scope, tally, standing, is_waiting, by_wait);
}

KPI_PICK(leads_unassigned, standing, is_unowned, by_wait)
