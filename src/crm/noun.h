/* noun.h - what the CRM knows: kinds of records, and kinds of rows (pipelines, campaigns, goals
 * ...). Threads: constant data. */
#ifndef KONTOR_CRM_NOUN_H
#define KONTOR_CRM_NOUN_H

#include "store/shelf.h"

enum crm_noun {
	CRM_NOTHING = 0,
#define NOUN(id, number, name, shelf, one, many) CRM_##id = number,
#include "crm/noun.tbl.h"
#undef NOUN
};
/* From here on nouns are rows (table crm_row), not records. */
enum { CRM_FIRST_ROW = 20 };

struct crm_noun_row {
	enum crm_noun noun;
	const char *name; /* "leads": in URLs, REFs and the API */
	enum crm_shelf shelf;
	const char *one, *many; /* for people, English */
};
/* NULL for what is none. */
const struct crm_noun_row *crm_noun_row(enum crm_noun noun);
const struct crm_noun_row *crm_noun_find(struct text name);
/* i-th of all; NULL behind the last. */
const struct crm_noun_row *crm_noun_at(size_t i);
static inline bool crm_noun_is_row(enum crm_noun noun)
{
	return (int)noun >= CRM_FIRST_ROW;
}
/* enum kind_id (store/kind.h) of what has a shelf, and back: NOTHING for other kinds. */
static inline int crm_kind_of(enum crm_noun noun)
{
	return noun == CRM_NOTE ? 8 : (int)noun + 2;
}
static inline enum crm_noun crm_noun_of_kind(int64_t kind)
{
	if (kind == 8)
		return CRM_NOTE;
	return kind >= 3 && kind <= 7 ? (enum crm_noun)(kind - 2) : CRM_NOTHING;
}

#endif
