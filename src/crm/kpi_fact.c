/* kpi_fact.c - what became of deals, leads and cases: event by event. */
#include "base/base.h"
#include "crm/draft.h"
#include "crm/kpi_past.h"

static bool is_human(const struct kpi_event *event)
{
	return event->via != VIA_RULE && event->via != VIA_CLOCK && event->via != VIA_FORM;
}

/* ---- deals ---- */

static void enter_stage(struct kpi_fact *deal, int64_t status, int64_t at)
{
	deal->state = (uint8_t)(status >> 32);
	deal->deal.stage = status & 0xffffffff;
	deal->deal.entered = at;
	if (deal->state)
		deal->closed = at;
}

static void apply_deal(struct kpi_fact *deal, const struct kpi_event *event)
{
	switch ((enum crm_what)event->what) {
	case CRM_EVENT_CREATED:
		deal->deal.amount = event->to_num;
		enter_stage(deal, event->from_num, event->at);
		break;
	case CRM_EVENT_STATUS: enter_stage(deal, event->to_num, event->at); break;
	case CRM_EVENT_AMOUNT: deal->deal.amount = event->to_num; break;
	case CRM_EVENT_CLOSE: deal->deal.close = event->to_num; break;
	case CRM_EVENT_CHANCE:
		deal->deal.chance = event->to_num;
		deal->deal.forecast = event->word;
		break;
	default: break;
	}
}

/* ---- leads ---- */

static void enter_status(struct kpi_fact *lead, int64_t status, int64_t at)
{
	lead->state = (uint8_t)(status >> 32);
	lead->lead.status = status & 0xffffffff;
	if (lead->state)
		lead->closed = at;
	if (lead->state == 1 && !lead->lead.converted)
		lead->lead.converted = at;
}

static void lead_responded(struct kpi_fact *lead, const struct kpi_event *event)
{
	if (lead->lead.responded || !is_human(event))
		return;
	lead->lead.responded = event->at;
	lead->lead.response = lead->created ? event->at - lead->created : event->from_num;
}

static void apply_lead(struct kpi_fact *lead, const struct kpi_event *event)
{
	if (!lead->lead.first_campaign)
		lead->lead.first_campaign = event->campaign;
	switch ((enum crm_what)event->what) {
	case CRM_EVENT_CREATED: enter_status(lead, event->from_num, event->at); break;
	case CRM_EVENT_STATUS: enter_status(lead, event->to_num, event->at); break;
	case CRM_EVENT_RESPONDED: lead_responded(lead, event); break;
	case CRM_EVENT_CONVERTED:
		lead->lead.deal = event->to_num;
		lead->lead.converted = event->at;
		break;
	default: break;
	}
}

/* ---- cases ---- */

/* A complaint is over when it is resolved; that somebody confirms it later changes nothing. */
static void enter_case(struct kpi_fact *is, int64_t status, const struct kpi_event *event)
{
	int64_t resolved = is->support.resolved;

	is->state = (uint8_t)(status >> 32);
	is->support.status = event->word;
	if (is->state)
		is->closed = resolved ? resolved : event->at;
	is->support.resolved = event->word != KPI_WORD_RESOLVED ? 0
	                       : resolved                       ? resolved
	                                                        : event->at;
}

static void case_responded(struct kpi_fact *is, const struct kpi_event *event)
{
	if (is->support.responded || !is_human(event))
		return;
	is->support.responded = event->at;
	is->support.response = event->from_num;
}

static void apply_case(struct kpi_fact *is, const struct kpi_event *event)
{
	switch ((enum crm_what)event->what) {
	case CRM_EVENT_CREATED: enter_case(is, event->from_num, event); break;
	case CRM_EVENT_STATUS: enter_case(is, event->to_num, event); break;
	case CRM_EVENT_REOPENED:
		is->state = 0;
		is->support.resolved = 0;
		break;
	case CRM_EVENT_RESPONDED: case_responded(is, event); break;
	default: break;
	}
}

/* ---- all ---- */

struct kpi_fact kpi_fact(const struct kpi_story *story)
{
	const struct kpi_fact *now = &story->now;
	struct kpi_fact fact = { .noun = now->noun, .story = story, .record = now->record };

	if (fact.noun == CRM_DEAL)
		fact.deal.chance = -1;
	if (fact.noun == CRM_CASE) {
		fact.support.due = now->support.due;
		fact.support.response_due = now->support.response_due;
		fact.support.priority = now->support.priority;
		fact.support.is_complaint = now->support.is_complaint;
	}
	return fact;
}

void kpi_apply(struct kpi_fact *fact, const struct kpi_event *event)
{
	fact->owner = event->owner;
	fact->team = event->team;
	fact->campaign = event->campaign;
	fact->source = event->source;
	switch (event->what) {
	case CRM_EVENT_CREATED:
		fact->created = event->at;
		fact->is_there = true;
		break;
	case CRM_EVENT_DELETED:
	case CRM_EVENT_MERGED: fact->is_there = false; break;
	case CRM_EVENT_RESTORED: fact->is_there = true; break;
	default: break;
	}
	switch (fact->noun) {
	case CRM_DEAL: apply_deal(fact, event); break;
	case CRM_LEAD: apply_lead(fact, event); break;
	default: apply_case(fact, event); break;
	}
}

size_t kpi_left(const struct kpi_event *at, size_t len, struct kpi_event *left)
{
	size_t kept = 0;

	memcpy(left, at, len * sizeof(*left));
	/* From the last one on: an undoing may have been undone itself. */
	for (size_t i = len; i-- > 0;)
		for (size_t j = 0; left[i].what == CRM_EVENT_UNDONE && j < i; j++)
			if (left[j].id == left[i].from_num)
				left[j].what = 0;
	for (size_t i = 0; i < len; i++)
		if (left[i].what)
			left[kept++] = left[i];
	return kept;
}

struct kpi_fact kpi_fact_at(const struct kpi_story *story, int64_t instant)
{
	struct kpi_fact fact = kpi_fact(story);

	for (size_t i = 0; i < story->len && story->at[i].at < instant; i++)
		kpi_apply(&fact, &story->at[i]);
	return fact;
}
