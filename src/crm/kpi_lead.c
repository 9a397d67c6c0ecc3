#include "base/base.h"
#include "base/str.h"
#include "crm/kpi_impl.h"
#include "crm/look.h"
#include "store/house.h"

enum { HOUR = 3600 };

/* Leads that may stand at an instant as asked: those that do today, and those that something
 * happened to since. Whole stories, so that it is worked out as of then. */
#define STANDING(condition) \
	"SELECT e.record, e.at, e.id, e.owner, e.team, e.campaign, e.from_num, " \
	"e.to_num," \
	" e.seconds, e.what, e.via, e.source, e.to_value FROM crm_event e WHERE e.at < ?2" \
	" AND e.record IN (SELECT record FROM crm_item WHERE noun = ?1 AND state = 0 " \
	"AND " condition " UNION SELECT record FROM crm_event WHERE noun = ?1 AND at >= ?2)"
DB_STATEMENT(LEADS_NEW, STANDING("status = ?3"));
DB_STATEMENT(LEADS_UNOWNED, STANDING("owner = 0"));

/* ---- what became of a lead ---- */

static void enter(struct kpi_fact *lead, int64_t status, int64_t at)
{
	lead->state = (uint8_t)(status >> 32);
	lead->lead.status = status & 0xffffffff;
	if (lead->state)
		lead->closed = at;
	if (lead->state == 1 && !lead->lead.converted)
		lead->lead.converted = at;
}

static void responded(struct kpi_fact *lead, const struct kpi_event *event)
{
	if (lead->lead.responded || !kpi_is_human(event))
		return;
	lead->lead.responded = event->at;
	lead->lead.response = lead->created ? event->at - lead->created : event->seconds;
}

void kpi_apply_lead(struct kpi_fact *lead, const struct kpi_event *event)
{
	if (!lead->lead.first_campaign)
		lead->lead.first_campaign = event->campaign;
	switch ((enum crm_what)event->what) {
	case CRM_EVENT_CREATED: enter(lead, event->from_num, event->at); break;
	case CRM_EVENT_STATUS: enter(lead, event->to_num, event->at); break;
	case CRM_EVENT_RESPONDED: responded(lead, event); break;
	case CRM_EVENT_CONVERTED:
		lead->lead.deal = event->to_num;
		lead->lead.converted = event->at;
		break;
	default: break;
	}
}

bool kpi_leads(struct kpi_book *book, const struct kpi_facts **leads)
{
	struct kpi_shelf *shelf = book->shelf;
	struct arena *arena = book->work->arena;

	if (!book->leads) {
		if (shelf->leads_from > book->frame.from &&
		        !kpi_read(book, CRM_LEAD, book->frame.from, &shelf->leads))
			return false;
		if (shelf->leads_from > book->frame.from)
			shelf->leads_from = book->frame.from;
		book->leads = arena_make(arena, struct kpi_facts);
		for (size_t i = 0; i < shelf->leads.len; i++)
			*vec_push(arena, book->leads) =
			        kpi_fact_at(book, CRM_LEAD, &shelf->leads.at[i], book->frame.as_of);
	}
	*leads = book->leads;
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

static bool new_statuses(struct kpi_book *book, struct crm_rows *named)
{
	struct crm_rows rows = VEC_EMPTY;

	if (!crm_rows_of(book->work, CRM_LEAD_STATUS, -1, &rows))
		return false;
	for (size_t i = 0; i < rows.len; i++)
		if (text_eq(crm_get_text(rows.at[i].values, "type"), TEXT("new")))
			*vec_push(book->work->arena, named) = rows.at[i];
	return true;
}

static bool wait_in(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally,
        const struct crm_row *status)
{
	struct db *db = work_reader(book->work);
	struct kpi_stories stories = VEC_EMPTY;
	struct kpi_fact lead;

	if (!db || !kpi_read_rows(book,
	                   db_query(db, &book->work->err, &LEADS_NEW,
	                           DB_ARGS(DB_INT(CRM_LEAD), DB_INT(book->end),
	                                   DB_TEXT(crm_get_text(status->values, "name")))),
	                   &stories))
		return false;
	for (size_t i = 0; i < stories.len; i++) {
		lead = kpi_fact_at(book, CRM_LEAD, &stories.at[i], book->end);
		if (!lead.is_there || lead.state || lead.lead.status != status->id ||
		        lead.lead.responded ||
		        !kpi_counts(book, scope, CRM_LEAD, lead.owner, lead.team))
			continue;
		kpi_add_fact(book, tally, &lead)->value = (double)(book->end - lead.created);
	}
	return true;
}

bool kpi_of_leads_waiting(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	struct crm_rows statuses = VEC_EMPTY;

	if (!new_statuses(book, &statuses))
		return false;
	for (size_t i = 0; i < statuses.len; i++)
		if (!wait_in(book, scope, tally, &statuses.at[i]))
			return false;
	return true;
}

bool kpi_of_leads_unassigned(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	struct db *db = work_reader(book->work);
	struct kpi_stories stories = VEC_EMPTY;
	struct kpi_fact lead;

	if (!db || !kpi_read_rows(book,
	                   db_query(db, &book->work->err, &LEADS_UNOWNED,
	                           DB_ARGS(DB_INT(CRM_LEAD), DB_INT(book->end))),
	                   &stories))
		return false;
	for (size_t i = 0; i < stories.len; i++) {
		lead = kpi_fact_at(book, CRM_LEAD, &stories.at[i], book->end);
		if (!lead.is_there || lead.state || lead.owner ||
		        !kpi_counts(book, scope, CRM_LEAD, 0, lead.team))
			continue;
		kpi_add_fact(book, tally, &lead)->value = (double)(book->end - lead.created);
	}
	return true;
}
