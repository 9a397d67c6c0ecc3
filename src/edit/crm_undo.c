#include "base/base.h"
#include "base/str.h"
#include "crm/undo.h"
#include "edit/crm_impl.h"

static bool is_action(const struct crm_undo *undo, const char *action)
{
	return text_eq(undo->action, text_of(action));
}

static struct plan *put_back(struct work *work, const struct crm_undo *undo, struct edit_crm *asked)
{
	json_t *set;

	if (!crm_undo_values(work, undo, &set))
		return NULL;
	asked->set = set;
	asked->undo = undo;
	return edit_crm_put(work, asked);
}

struct plan *edit_crm_undo(struct work *work, int64_t audit, enum crm_via via, struct text device)
{
	struct edit_crm asked = { .base = -1, .position = -1, .via = via, .device = device };
	struct crm_undo *undo;

	if (!crm_undo_get(work, audit, &undo))
		return NULL;
	if (!undo) {
		err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
		return NULL;
	}
	asked.noun = undo->noun;
	asked.id = undo->record;
	if (is_action(undo, "delete") && !crm_noun_is_row(undo->noun))
		return edit_crm_restore(work, undo->record, via, device);
	if (is_action(undo, "create") || is_action(undo, "restore"))
		return edit_crm_delete(work, &asked);
	if (is_action(undo, "change") || is_action(undo, "leave"))
		return put_back(work, undo, &asked);
	if (is_action(undo, "convert"))
		return crm_convert_undo(work, undo, &asked);
	err_set(&work->err, ERR_UNPROCESSABLE, "This cannot be taken back");
	return NULL;
}
