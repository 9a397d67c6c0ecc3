/* standing.c - where a record stands: status or stage by name, and what that means. */
#include "base/base.h"
#include "base/str.h"
#include "crm/draft_impl.h"

static bool lead_standing(struct work *work, const json_t *values, struct standing *s)
{
	struct crm_row *row;
	struct text type;

	if (!crm_row_get(work, crm_get_int(values, "status"), &row) || !row)
		return !err_is_set(&work->err);
	type = crm_get_text(row->values, "type");
	s->row = row->id;
	s->name = crm_get_text(row->values, "name");
	if (text_eq(type, TEXT("converted")))
		s->state = STATE_GOOD;
	else if (text_eq(type, TEXT("dead")))
		s->state = STATE_BAD;
	return true;
}

static bool deal_standing(struct work *work, const json_t *values, struct standing *s)
{
	struct crm_row *row;
	struct text type;

	if (!crm_row_get(work, crm_get_int(values, "stage"), &row) || !row)
		return !err_is_set(&work->err);
	type = crm_get_text(row->values, "type");
	s->row = row->id;
	s->name = crm_get_text(row->values, "name");
	s->chance = crm_get_int(row->values, "probability");
	s->pipeline = row->parent;
	if (text_eq(type, TEXT("won")))
		s->state = STATE_GOOD;
	else if (text_eq(type, TEXT("lost")))
		s->state = STATE_BAD;
	return true;
}

static void choice_standing(
        const json_t *values, const char *good, const char *bad, struct standing *s)
{
	struct text goods = text_of(good), bads = text_of(bad), one;

	s->name = crm_get_text(values, "status");
	while (text_split(&goods, '|', &one))
		if (text_eq(one, s->name))
			s->state = STATE_GOOD;
	while (text_split(&bads, '|', &one))
		if (text_eq(one, s->name))
			s->state = STATE_BAD;
}

bool standing_of(struct work *work, enum crm_noun noun, const json_t *values, struct standing *s)
{
	*s = (struct standing){ .name = TEXT("") };
	if (!values)
		return true;
	switch (noun) {
	case CRM_LEAD: return lead_standing(work, values, s);
	case CRM_DEAL: return deal_standing(work, values, s);
	case CRM_CASE: choice_standing(values, "Closed", "Rejected|Duplicate", s); return true;
	case CRM_TASK: choice_standing(values, "Done", "Cancelled", s); return true;
	case CRM_MEETING:
		s->name = crm_get_text(values, "outcome");
		if (text_eq(s->name, TEXT("held")))
			s->state = STATE_GOOD;
		else if (text_eq(s->name, TEXT("not held")))
			s->state = STATE_BAD;
		return true;
	default: return true;
	}
}
