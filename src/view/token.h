/* token.h - sync tokens (RFC 6578 4) as text: "data:,EPOCH_COLLECTION_NUMBER". A token of another
 * collection, of another epoch (before a restore), from the future, or garbage is
 * ERR_VALID_SYNC_TOKEN. */
#ifndef KONTOR_VIEW_TOKEN_H
#define KONTOR_VIEW_TOKEN_H

#include "store/collection.h"

struct text token_of(struct work *work, const struct collection *c, int64_t number);
/* Absent or empty text: 0. */
bool token_parse(struct work *work, const struct collection *c, struct text token,
        int64_t *number) must_check;

#endif
