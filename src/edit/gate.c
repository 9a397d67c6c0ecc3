#include "base/base.h"
#include "base/settings.h"
#include "edit/gate.h"
#include "store/shelf.h"
#include "view/place.h"

struct plan *gate_plan(struct work *work, struct outcome **outcome)
{
	struct plan *plan = plan_new(work->arena, work->now);

	*outcome = arena_make(work->arena, struct outcome);
	plan_note(plan, *outcome);
	return plan;
}

void gate_unchanged(struct plan *plan, const struct edit_locks *locks)
{
	for (size_t i = 0; locks && i < locks->unchanged_len; i++)
		plan_collection_unchanged(
		        plan, locks->unchanged[i]->id, locks->unchanged[i]->token);
}

bool gate_need_above(struct work *work, const struct target *at, enum privilege_id wanted)
{
	uint64_t rights = at->is == TARGET_NOTHING ? at->rights : at->parent_rights;

	if (rights_allow(rights, wanted))
		return true;
	if (!work->who)
		return err_set(&work->err, ERR_UNAUTHORIZED, "A login is needed here");
	return err_privilege(
	        &work->err, target_parent_href(work->arena, at), privilege_name(wanted));
}

/* What comes onto a shelf where nothing says more. */
static enum kind_id shelf_kind(enum crm_shelf shelf)
{
	switch (shelf) {
	case SHELF_LEADS: return KIND_LEAD;
	case SHELF_DEALS: return KIND_DEAL;
	case SHELF_CASES: return KIND_CASE;
	case SHELF_JOURNAL: return KIND_NOTE;
	default: return KIND_CONTACT;
	}
}

const struct kind *gate_kind(struct work *work, const struct collection *c)
{
	enum kind_id id = KIND_FILE;

	if (!place_holds_members(c))
		return NULL;
	if (c->crm)
		id = shelf_kind((enum crm_shelf)c->crm);
	else if (c->type == COLLECTION_CALENDAR)
		id = KIND_EVENT;
	else if (c->type == COLLECTION_ADDRESSBOOK)
		id = KIND_CARD;
	return kind_of(work->house, id);
}

bool gate_location(struct work *work, const struct collection *in, int64_t type)
{
	switch (type) {
	case COLLECTION_CALENDAR:
		return in->type == COLLECTION_CALENDAR_HOME ||
		       err_set(&work->err, ERR_CALENDAR_COLLECTION_LOCATION,
		               "Calendars are made in a calendar home");
	case COLLECTION_ADDRESSBOOK:
		return in->type == COLLECTION_ADDRESSBOOK_HOME ||
		       err_set(&work->err, ERR_ADDRESSBOOK_LOCATION,
		               "Address books are made in an address book home");
	case COLLECTION_FOLDER:
		return in->type == COLLECTION_FILE_HOME || in->type == COLLECTION_FOLDER ||
		       err_set(&work->err, ERR_FORBIDDEN, "Folders are made among files");
	default: return err_set(&work->err, ERR_FORBIDDEN, "Homes are made with their owner");
	}
}

bool gate_name(struct work *work, const struct collection *in, struct text name)
{
	return !collection_is_home(in) || !shelf_reserves((enum collection_type)in->type, name) ||
	       err_set(&work->err, ERR_FORBIDDEN, "The name \"%.*s\" is kept for the CRM",
	               TEXT_ARG(name));
}

bool gate_quota(struct work *work, const struct collection *c, int64_t grown)
{
	int64_t bytes, quota, growing = work->growing ? *work->growing : 0;
	struct collection *home;

	if (grown <= 0)
		return true;
	/* First: where nothing is limited, the way up and the sum below are a sixth of a PUT. Whose
	 * a home is, is all that is in it. */
	if (!collection_quota(work, c->owner, &quota))
		return false;
	if (quota <= 0)
		return true;
	if (!collection_home_above(work, c, &home))
		return false;
	if (!home)
		return err_set(&work->err, ERR_CONFLICT, "The home went away");
	if (!collection_usage(work, home, &bytes, &quota))
		return false;
	bytes += growing;
	if (bytes > quota || grown > quota - bytes)
		return err_set(&work->err, ERR_QUOTA_NOT_EXCEEDED, "%lld of %lld bytes are in use",
		        (long long)bytes, (long long)quota);
	if (work->growing)
		*work->growing = growing + grown;
	return true;
}

bool gate_steps(struct work *work, struct plan *plan, const struct collection *at,
        const struct record *old, struct subject *subject)
{
	for (const struct step *const *step = work->house->steps; step && *step; step++)
		if (!(*step)->decide(work, plan, at, old, subject))
			return false;
	return true;
}

bool gate_uid_free(struct work *work, const struct gate_uid *asked)
{
	struct scope scope;
	struct item *other;
	struct text href;

	if (!asked->uid.ptr)
		return true;
	scope_of_rights(asked->c, asked->rights, &scope);
	if (!member_by_uid(work, &scope, asked->uid, &other))
		return false;
	if (!other || (asked->self && text_eq(other->member.name, asked->self->member.name)))
		return true;
	if (!rights_allow(asked->rights, PRIVILEGE_READ))
		return err_set(&work->err, asked->kind->uid_conflict, "This UID is taken");
	href = href_child(work->arena, asked->href, other->member.name, false);
	return err_href(&work->err, asked->kind->uid_conflict, href, "This UID is taken");
}
