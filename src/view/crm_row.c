/* crm_row.c - who sees a row, and who may change it. */
#include "base/base.h"
#include "base/str.h"
#include "people/who.h"
#include "view/crm_impl.h"

void crm_row_entry(const struct crm_row *row, struct crm_entry *entry)
{
	struct text title = crm_get_text(row->values, "name");

	if (!title.len)
		title = crm_get_text(row->values, "text");
	*entry = (struct crm_entry){ .id = row->id,
		.revision = row->revision,
		.created = row->created,
		.modified = row->modified,
		.noun = row->noun,
		.parent = row->parent,
		.position = row->position,
		.title = title.ptr ? title : TEXT(""),
		.fields = row->data };
}

/* What belongs to an account is seen with it; what is asked of somebody by them alone; goals by
 * whom they are for, and above. */
bool crm_row_seen(struct work *work, const struct crm_row *row, bool *sees)
{
	struct crm_known *account;

	*sees = true;
	if (row->noun == CRM_REQUEST)
		*sees = !work->who || work->who->is_admin ||
		        crm_get_int(row->values, "who") == work->who->id;
	if (row->noun == CRM_GOAL)
		return crm_commands(work, crm_get_int(row->values, "who"), sees);
	if (row->noun != CRM_NEED && row->noun != CRM_RELATION)
		return true;
	*sees = false;
	return crm_known(work, row->parent, &account) &&
	       (!account || crm_sees(work, account, sees));
}

/* The company's own settings are the leadership's; campaigns and their costs, goals, covers those
 * of whoever manages somebody; what belongs to an account, everybody's who sees that. */
bool crm_row_may_change(struct work *work, enum crm_noun noun, int64_t parent, bool *may)
{
	const struct who *who = work->who;
	struct crm_known *account;

	*may = !who || who->is_admin || who->is_leadership;
	if (*may)
		return true;
	switch (noun) {
	case CRM_NEED:
	case CRM_RELATION:
		return crm_known(work, parent, &account) &&
		       (!account || crm_sees(work, account, may));
	case CRM_CAMPAIGN:
	case CRM_COST:
	case CRM_FORM:
	case CRM_GOAL:
	case CRM_COVER: *may = who->is_manager; return true;
	case CRM_REQUEST: *may = true; return true;
	default: return true;
	}
}
