/* contacts.h - cards: their kind, and finding them.
 * Memory: in the work's arena. Threads: with a reader, any. */
#ifndef KONTOR_CONTACTS_CONTACTS_H
#define KONTOR_CONTACTS_CONTACTS_H

#include "object/vcard_filter.h"
#include "store/kind.h"

/* Plain cards: stored as sent. jCard (RFC 7095) is taken too and stored as the vCard it says. */
extern const struct kind contacts_kind;

/* Cards of a collection that match, with their bodies, in order of name; at most `max`, *more says
 * there are further ones. Uses the folded index where the filter allows, and always judges the body
 * itself. With a scope of what somebody sees (scope_of_seen()) only these are looked at; the filter
 * must then be one that the index narrows (card_filter_hints()). */
bool contacts_query(struct work *work, const struct scope *scope, const struct card_filter *filter,
        size_t max, struct items *items, bool *more) must_check;

#endif
