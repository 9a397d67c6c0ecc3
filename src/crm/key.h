/* key.h - by what records are known and found to belong together (table crm_key), and what their
 * files are called.
 * Memory: in the arena. Threads: pure. */
#ifndef KONTOR_CRM_KEY_H
#define KONTOR_CRM_KEY_H

#include "base/arena.h"
#include "crm/noun.h"

/* "tel:301234567": the digits of a telephone number without country code and trunk zeros, so that
 * "+49 (0)30 1234567", "0049 30 1234567" and "030/1234567" are one. Absent for fewer than five
 * digits: those are extensions. */
struct text crm_key_tel(struct arena *arena, struct text number);
/* "mail:ann@example.org", in lower case. Absent for what is no address. */
struct text crm_key_mail(struct arena *arena, struct text address);
/* "name:acme": folded, without legal forms ("GmbH", "Ltd.") and punctuation. Absent if empty. */
struct text crm_key_name(struct arena *arena, struct text name);
/* "uid:...", as it is. */
struct text crm_key_uid(struct arena *arena, struct text uid);

/* The file name a record of that UID has where nobody chose another: the UID itself where it can be
 * a path segment, else a digest of it, with the noun's ending. */
struct text crm_file_name(struct arena *arena, enum crm_noun noun, struct text uid);

#endif
