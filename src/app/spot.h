/* spot.h - a place in the data as the command line names it: USER, USER/COLLECTION, or with the
 * area in front as in URLs: calendars/USER/COLLECTION.
 *
 * Memory: the command's arena. Threads: the main thread. */
#ifndef KONTOR_APP_SPOT_H
#define KONTOR_APP_SPOT_H

#include "app/desk.h"
#include "view/place.h"
#include "store/prop.h"
#include "view/target.h"
#include "wire/names.h"

struct spot {
	struct principal *owner;
	const struct place_area *area; /* NULL: not said */
	struct text *names;            /* of the collection, and those it is in */
	size_t names_len;              /* 0: all that is the owner's */
};

/* Takes the word apart and finds the owner; from now on work is done on the owner's behalf. */
bool spot_read(struct desk *desk, const char *word, struct spot *spot) must_check;
/* What is at the spot: in its area, or in the first of all areas that has it. TARGET_NOTHING if
 * none has. */
bool spot_find(struct desk *desk, struct spot *spot, struct target *at) must_check;
/* The same, which must be a collection. */
bool spot_collection(
        struct desk *desk, const char *word, struct spot *spot, struct target *at) must_check;
/* The target of a path of `area`, a principal and below. */
bool spot_target(struct work *work, const struct place_area *area, struct text owner,
        const struct text *names, size_t names_len, struct target *at) must_check;
/* A member of the collection `at`, or the place where one would be. */
bool spot_member(struct work *work, const struct target *collection, struct text name,
        struct target *at) must_check;
const struct place_area *spot_area(enum collection_type home);
/* A property that is text (DAV:displayname, ...); absent if it is not set. */
bool spot_text(struct work *work, const struct collection *c, enum name_id name,
        struct text *text) must_check;
/* Adds a property to `props` as it is stored: an element of XML, which may be anybody's and is read
 * before it is believed; or one that is text, if there is any. */
bool spot_xml(struct work *work, struct text xml, struct props *props) must_check;
bool spot_prop(
        struct work *work, enum name_id name, const char *text, struct props *props) must_check;

#endif
