/* items.h - the columns of a struct item, for statements that list members.
 * LIGHT: table member m alone. HEAVY: joined with record r, for the body. */
#ifndef KONTOR_STORE_ITEMS_H
#define KONTOR_STORE_ITEMS_H

#include "store/record.h"

#define ITEM_NAME(type, name) "m." #name
#define ITEM_LIGHT \
	MEMBER_COLUMNS(ITEM_NAME, DB_COMMA) ", m.kind, m.size, m.created, m.modified, m.media"
#define ITEM_HEAVY ITEM_LIGHT ", r.blob, r.body"

void item_read(struct db_rows *rows, struct arena *arena, bool heavy, struct item *item);

#endif
