#include "view/event.h"
#include "base/base.h"
#include "base/settings.h"
#include "people/who.h"
#include "store/house.h"
#include "store/kind.h"
#include "store/principal.h"
#include "view/list.h"

const char *const event_categories[] = { "Meeting", "Call", "Visit", NULL };

const struct zone *event_zone(struct work *work)
{
	return zone_find(text_of(house_settings(work->house)->crm_time_zone));
}

static bool says(
        struct arena *arena, const struct ical_comp *comp, enum ical_prop_id id, const char *word)
{
	return text_eq_nocase(text_trim(ical_text(arena, comp, id)), text_of(word));
}

bool event_is_secret(struct work *work, int64_t owner, const struct ical_comp *comp)
{
	return owner != work->who->id &&
	       (says(work->arena, comp, ICAL_P_CLASS, "PRIVATE") ||
	               says(work->arena, comp, ICAL_P_CLASS, "CONFIDENTIAL"));
}

/* What else it is filed under is its owner's matter. */
struct text event_category(const struct ical_comp *comp)
{
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_CATEGORIES);
	struct text rest, one;

	for (; prop; prop = ical_prop_next(prop))
		for (rest = prop->value; ical_item_next(&rest, &one);)
			for (size_t i = 0; event_categories[i]; i++)
				if (text_eq(text_trim(one), text_of(event_categories[i])))
					return text_of(event_categories[i]);
	return TEXT_NONE;
}

bool event_organizer(
        struct work *work, const struct event_seen *seen, struct event_organizer *organizer)
{
	const struct ical_prop *prop = ical_prop(seen->instance.comp, ICAL_P_ORGANIZER);
	struct principal *known;

	*organizer = (struct event_organizer){ .is_own = false };
	if (!prop)
		return true;
	organizer->name = ical_param(prop, "CN");
	organizer->address = text_starts_nocase(prop->value, TEXT("mailto:"))
	                             ? text_from(prop->value, 7)
	                             : prop->value;
	if (!principal_by_email(work, organizer->address, &known))
		return false;
	organizer->is_own = known && known->id == seen->at.principal->id;
	return true;
}

static bool nothing(struct work *work)
{
	return err_set(&work->err, ERR_NOT_FOUND, "%s", "");
}

bool event_place(struct work *work, int64_t collection, struct text name, struct target *at)
{
	struct collection *c;
	struct path path;
	struct text href;

	if (!collection_get(work, collection, &c))
		return false;
	if (!c || c->type != COLLECTION_CALENDAR || c->crm)
		return nothing(work);
	href = target_collection_href(work, c);
	if (!href.ptr ||
	        !href_parse(work->arena, &work->err, href_child(work->arena, href, name, false),
	                TEXT_NONE, &path, NULL))
		return false;
	return target_find(work, &path, true, at) && (at->collection || nothing(work));
}

static bool member_name(struct work *work, const struct record *record, struct text *name)
{
	struct collection *c;
	struct scope scope;
	struct item *item;
	uint64_t rights;

	if (!collection_get(work, record->home, &c))
		return false;
	if (!c)
		return nothing(work);
	if (!access_collection(work, c, &rights))
		return false;
	scope_of_rights(c, rights, &scope);
	if (!member_of_record(work, &scope, record->id, &item))
		return false;
	if (!item)
		return nothing(work);
	*name = item->member.name;
	return true;
}

static bool open_body(struct work *work, struct event_seen *seen)
{
	struct target *at = &seen->at;

	if (!at->item->body.ptr && !list_body(work, at))
		return false;
	if (at->is != TARGET_MEMBER || !at->item->body.ptr)
		return nothing(work);
	return ical_parse(work->arena, &work->err, at->item->body, &seen->ical);
}

static bool find_instance(
        struct work *work, struct event_seen *seen, const struct ical_comp *master)
{
	struct series_ask ask = { .floating = event_zone(work), .occurrence = seen->occurrence };
	const struct ical_prop *first = ical_prop(master, ICAL_P_DTSTART);
	struct when when;

	if (!ask.occurrence && first && when_of(seen->ical, first, &when))
		ask.occurrence = when_utc(when, ask.floating);
	seen->occurrence = ask.occurrence;
	seen->recurs = series_recurs(seen->ical);
	return series_find(work->arena, &work->err, seen->ical, &ask, &seen->instance);
}

bool event_seen(struct work *work, int64_t id, int64_t occurrence, struct event_seen *seen)
{
	const struct ical_comp *master;
	struct record *record;
	struct text name;

	*seen = (struct event_seen){ .occurrence = occurrence };
	if (!record_get(work, id, &record))
		return false;
	if (!record || record->kind != KIND_EVENT)
		return nothing(work);
	seen->record = record;
	if (!member_name(work, record, &name) || !event_place(work, record->home, name, &seen->at))
		return false;
	if (seen->at.is != TARGET_MEMBER || !rights_allow(seen->at.rights, PRIVILEGE_READ))
		return nothing(work);
	if (!open_body(work, seen))
		return false;
	master = series_master(seen->ical);
	if (!master || event_is_secret(work, seen->at.principal->id, master))
		return nothing(work);
	seen->may_change = rights_allow(seen->at.rights, PRIVILEGE_WRITE_CONTENT);
	seen->may_delete = rights_allow(seen->at.parent_rights, PRIVILEGE_UNBIND);
	return find_instance(work, seen, master);
}
