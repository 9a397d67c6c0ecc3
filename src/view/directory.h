/* directory.h - /addressbooks/directory/: a gateway to every card work->who may read (accounts,
 * people and leads of the CRM; address books, own and shared). It is asked (addressbook-query,
 * addressbook-multiget), never listed: as an address book it is empty and never changes, so that
 * whoever syncs it does no harm.
 *
 * Its members are /addressbooks/directory/N.vcf, N the record's id, read only.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_DIRECTORY_H
#define KONTOR_VIEW_DIRECTORY_H

#include "object/vcard_filter.h"
#include "store/shelf.h"
#include "view/list.h"

#define DIRECTORY_HREF "/addressbooks/directory/"

static inline bool directory_is(const struct collection *c)
{
	return c && c->crm == SHELF_DIRECTORY;
}
/* Fills `at` for a path below /addressbooks/ whose second segment is "directory"; as target_find().
 */
bool directory_find(struct work *work, bool body, struct target *at) must_check;
/* Cards that match, each person's record once, at most `max`; *more says there are further ones. A
 * filter that no text narrows would list everything: ERR_CARD_SUPPORTED_FILTER. */
bool directory_query(struct work *work, const struct target *at, const struct card_filter *filter,
        size_t max, struct targets *found, bool *more) must_check;

#endif
