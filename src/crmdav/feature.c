/* feature.c - rows of the CRM: resource types, properties, the report. */
#include "base/base.h"
#include "crm/noun.h"
#include "crmdav/crmdav.h"
#include "people/who.h"

static const enum name_id shelf_names[SHELF_COUNT] = {
	[SHELF_ACCOUNTS] = KONTOR_accounts,
	[SHELF_LEADS] = KONTOR_leads,
	[SHELF_DEALS] = KONTOR_deals,
	[SHELF_CASES] = KONTOR_cases,
	[SHELF_JOURNAL] = KONTOR_journal,
};

static bool is_shelf(const struct target *at)
{
	return at->is == TARGET_COLLECTION && at->collection->crm > SHELF_NONE &&
	       at->collection->crm < SHELF_COUNT;
}

/* The company's and teams' belong to groups. */
static void resourcetype(const struct target *at, struct xml_out *out)
{
	if (!is_shelf(at))
		return;
	xml_empty(out, shelf_names[at->collection->crm]);
	if (at->principal && at->principal->kind == PRINCIPAL_GROUP)
		xml_empty(out, text_eq(at->principal->name_key, TEXT("company")) ? KONTOR_company
		                                                                 : KONTOR_queue);
}

static enum prop_got get_noun(struct prop_ask *ask)
{
	const struct crm_noun_row *row = crm_noun_row(crm_noun_of_kind(ask->at->item->kind));

	if (!row)
		return PROP_ABSENT;
	xml_chars(ask->out, text_of(row->name));
	return PROP_GOT;
}

static enum prop_got get_record(struct prop_ask *ask)
{
	if (crm_noun_of_kind(ask->at->item->kind) == CRM_NOTHING)
		return PROP_ABSENT;
	xml_chars(ask->out,
	        arena_printf(ask->work->arena, "%lld", (long long)ask->at->item->member.record));
	return PROP_GOT;
}

static const struct dav_prop props[] = {
	{ KONTOR_noun, ON_EVENT | ON_CARD, 0, get_noun, NULL, NULL, 0 },
	{ KONTOR_record, ON_EVENT | ON_CARD, 0, get_record, NULL, NULL, 0 },
	{ KONTOR_fields, ON_EVENT | ON_CARD, 0, get_fields, NULL, fields_prepare, 0 },
};

static const struct dav_report reports[] = {
	{ KONTOR_crm_query, ON_ADDRESSBOOK | ON_CALENDAR, DEPTH_ANY, report_crm_query,
	        crm_query_offered },
};

const struct feature crmdav_feature = {
	.tokens = "x-kontor-crm",
	.tokens_on = ON_ANYTHING | ON_NOTHING,
	.props = props,
	.props_len = COUNT_OF(props),
	.reports = reports,
	.reports_len = COUNT_OF(reports),
	.resourcetype = resourcetype,
};
