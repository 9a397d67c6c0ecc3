/* twin.h - records that may be one and the same: shown before saving, and as a list.
 *
 * Two are compared by what they have in common: a mail address, a telephone number (digits), the
 * name, the company. One alone but the name is enough to ask; a name needs a company beside it,
 * but for accounts, whose name is the company. Leads are compared with contacts too.
 * Rights are not asked here: the caller shows only what may be seen (crm_sees).
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_CRM_TWIN_H
#define KONTOR_CRM_TWIN_H

#include "base/vec.h"
#include "crm/look.h"

enum { TWIN_MAIL = 1, TWIN_PHONE = 2, TWIN_NAME = 4, TWIN_COMPANY = 8 };
/* "mail", "phone", "name", "company"; NULL behind the last: i-th bit. */
const char *twin_why(size_t i);

struct twin {
	struct crm_known *record;
	int score;    /* 40 (worth a question) to 100 */
	unsigned why; /* TWIN_* */
};
VEC_OF(twins, struct twin);

/* Accounts, contacts and leads that may be who `values` describe, `self` (0: none) left out: the
 * likeliest first, at most 20. Other nouns: none. */
bool twins_of(struct work *work, enum crm_noun noun, const json_t *values, int64_t self,
        struct twins *twins) must_check;

struct twin_pair {
	struct crm_known *a, *b;
	int score;
	unsigned why;
};
VEC_OF(twin_pairs, struct twin_pair);
/* Pairs in the whole book of which `a` is of this noun, after the key `*after` (absent: from the
 * first); `*after` becomes where to go on, absent at the end. At most `max` pairs, each once. */
bool twin_pairs(struct work *work, enum crm_noun noun, struct text *after, size_t max,
        struct twin_pairs *pairs) must_check;

#endif
