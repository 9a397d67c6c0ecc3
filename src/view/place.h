/* place.h - the fixed part of the tree of URLs: which segment stands for what, what holds what.
 * Threads: constant data. */
#ifndef KONTOR_VIEW_PLACE_H
#define KONTOR_VIEW_PLACE_H

#include "store/collection.h"
#include "store/principal.h"

struct place_area {
	struct text segment; /* "calendars" */
	struct text href;    /* "/calendars/" */
	enum collection_type home;
};
enum { PLACE_AREAS = 3, PLACE_KINDS = 4 };
extern const struct place_area place_areas[PLACE_AREAS];
const struct place_area *place_area_find(struct text segment);

struct place_kind {
	struct text segment; /* "users" */
	struct text href;    /* "/principals/users/" */
	enum principal_kind kind;
};
extern const struct place_kind place_kinds[PLACE_KINDS];
const struct place_kind *place_kind_find(struct text segment);

static inline bool place_holds_collections(const struct collection *c)
{
	return collection_is_home(c) || c->type == COLLECTION_FOLDER;
}
static inline bool place_holds_members(const struct collection *c)
{
	return !collection_is_home(c) || c->type == COLLECTION_FILE_HOME;
}

#endif
