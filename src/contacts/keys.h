/* keys.h - the folded keys of an address book, kept in memory while nobody changes it: whoever
 * types a name asks once a letter, and the database takes a millisecond for every 3,000 keys.
 *
 * Kept are the keys of one property of one collection, from the second question on, as long as the
 * collection's token stays what it was; a minute at most, so that what was mended without a change
 * (kontor reindex) shows soon. Bounded: 4 MiB a property, 16 MiB together.
 * Memory:  long-lived, in house.card_keys; answers in the work's arena.
 * Threads: any. */
#ifndef KONTOR_CONTACTS_KEYS_H
#define KONTOR_CONTACTS_KEYS_H

#include "object/vcard_filter.h"
#include "store/house.h"

struct card_keys;

struct card_keys *card_keys_new(void);
void card_keys_free(struct card_keys **keys);
/* Records of which a key of that property holds the hint's, each once. *known false: not kept
 * (yet), the database is to be asked. */
bool card_keys_find(struct work *work, int64_t collection, const struct card_hint *hint,
        struct ids *records, bool *known) must_check;

#endif
