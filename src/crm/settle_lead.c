/* settle_lead.c - a lead: whose it is, where it came from, where it stands. */
#include "base/base.h"
#include "base/str.h"
#include "crm/money.h"
#include "crm/settle.h"

struct text settle_called(struct arena *arena, const json_t *values)
{
	struct text given = crm_get_text(values, "given"), family = crm_get_text(values, "family");

	if (given.len && family.len)
		return arena_printf(arena, "%.*s %.*s", TEXT_ARG(given), TEXT_ARG(family));
	if (given.len || family.len)
		return given.len ? given : family;
	if (crm_get_text(values, "name").len)
		return crm_get_text(values, "name");
	return crm_get_text(values, "company");
}

/* What people call it: as it was put, else made of its parts, else the company. */
void settle_name(struct work *work, struct crm_draft *draft)
{
	bool parts = draft_moved(draft, "given") || draft_moved(draft, "family");
	struct text called;

	if (draft_text(draft, "name").len && (!parts || draft_moved(draft, "name")))
		return;
	called = settle_called(work->arena, draft->now);
	if (called.len)
		draft_put_text(draft, "name", called);
}

static bool preset_status(struct work *work, struct crm_draft *draft)
{
	struct crm_rows rows;

	if (draft_int(draft, "status"))
		return true;
	if (!crm_rows_of(work, CRM_LEAD_STATUS, -1, &rows))
		return false;
	for (size_t i = 0; i < rows.len; i++)
		if (text_eq(crm_get_text(rows.at[i].values, "type"), TEXT("new"))) {
			draft_put_int(draft, "status", rows.at[i].id);
			return true;
		}
	return err_field(&work->err, "status", "the company has no status for new leads");
}

static const char *source_of(enum crm_via via)
{
	switch (via) {
	case VIA_DAV: return "Phone";
	case VIA_FORM: return "Web form";
	case VIA_MAIL: return "Mail";
	case VIA_IMPORT: return "Import";
	default: return NULL;
	}
}

static bool check_status(struct work *work, struct crm_draft *draft)
{
	struct standing s;

	if (!draft_moved(draft, "status"))
		return true;
	if (!standing_of(work, CRM_LEAD, draft->now, &s))
		return false;
	if (s.state == STATE_GOOD && !draft_int(draft, "converted_at"))
		return err_field(&work->err, "status", "a lead becomes converted by converting it");
	if (s.state != STATE_BAD)
		draft_put(draft, "dead_reason", NULL);
	return true;
}

bool settle_lead(struct work *work, struct crm_draft *draft)
{
	const char *source = source_of(draft->via);

	settle_name(work, draft);
	settle_owner(work, draft);
	if (draft_is_new(draft) && source && !settle_choice(work, draft, "source", source))
		return false;
	return preset_status(work, draft) && check_status(work, draft) &&
	       money_settle(work, draft, "value");
}
