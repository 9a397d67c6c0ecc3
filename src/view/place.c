#include "base/base.h"
#include "view/place.h"
#include "view/target.h"

const struct place_area place_areas[PLACE_AREAS] = {
	{ TEXT_INIT("calendars"), TEXT_INIT("/calendars/"), COLLECTION_CALENDAR_HOME },
	{ TEXT_INIT("addressbooks"), TEXT_INIT("/addressbooks/"), COLLECTION_ADDRESSBOOK_HOME },
	{ TEXT_INIT("files"), TEXT_INIT("/files/"), COLLECTION_FILE_HOME },
};

const struct place_kind place_kinds[PLACE_KINDS] = {
	{ TEXT_INIT("users"), TEXT_INIT("/principals/users/"), PRINCIPAL_USER },
	{ TEXT_INIT("groups"), TEXT_INIT("/principals/groups/"), PRINCIPAL_GROUP },
	{ TEXT_INIT("locations"), TEXT_INIT("/principals/locations/"), PRINCIPAL_LOCATION },
	{ TEXT_INIT("resources"), TEXT_INIT("/principals/resources/"), PRINCIPAL_RESOURCE },
};

const struct place_area *place_area_find(struct text segment)
{
	for (size_t i = 0; i < PLACE_AREAS; i++)
		if (text_eq(place_areas[i].segment, segment))
			return &place_areas[i];
	return NULL;
}

const struct place_kind *place_kind_find(struct text segment)
{
	for (size_t i = 0; i < PLACE_KINDS; i++)
		if (text_eq(place_kinds[i].segment, segment))
			return &place_kinds[i];
	return NULL;
}

struct text target_principal_href(struct arena *arena, const struct principal *p)
{
	size_t i = 0;

	while (i < PLACE_KINDS - 1 && (int64_t)place_kinds[i].kind != p->kind)
		i++;
	return href_child(arena, place_kinds[i].href, p->name, true);
}

struct text target_home_href(
        struct arena *arena, const struct principal *p, enum collection_type home)
{
	size_t i = 0;

	while (i < PLACE_AREAS - 1 && place_areas[i].home != home)
		i++;
	return href_child(arena, place_areas[i].href, p->name, true);
}

/* What it was in went away since it was read. */
static struct text gone(struct work *work)
{
	err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	return TEXT_NONE;
}

struct text target_collection_href(struct work *work, const struct collection *c)
{
	struct collection *above;
	struct principal *owner;
	struct text parent;

	if (collection_is_home(c)) {
		if (!principal_get(work, c->owner, &owner))
			return TEXT_NONE;
		if (!owner)
			return gone(work);
		return target_home_href(work->arena, owner, (enum collection_type)c->type);
	}
	if (!collection_get(work, c->parent, &above))
		return TEXT_NONE;
	if (!above)
		return gone(work);
	parent = target_collection_href(work, above);
	return parent.ptr ? href_child(work->arena, parent, c->name, true) : TEXT_NONE;
}

struct text target_parent_href(struct arena *arena, const struct target *at)
{
	size_t len = at->href.len;

	while (len && at->href.ptr[len - 1] == '/')
		len--;
	while (len && at->href.ptr[len - 1] != '/')
		len--;
	return len ? arena_text(arena, text_sub(at->href, 0, len)) : TEXT("/");
}
