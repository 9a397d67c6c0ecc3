#include "base/base.h"
#include "base/str.h"
#include "crm/noun.h"

static const struct crm_noun_row ROWS[] = {
#define NOUN(id, number, name, shelf, one, many) { CRM_##id, name, shelf, one, many },
#include "crm/noun.tbl.h"
#undef NOUN
};

const struct crm_noun_row *crm_noun_at(size_t i)
{
	return i < COUNT_OF(ROWS) ? &ROWS[i] : NULL;
}

const struct crm_noun_row *crm_noun_row(enum crm_noun noun)
{
	for (size_t i = 0; i < COUNT_OF(ROWS); i++)
		if (ROWS[i].noun == noun)
			return &ROWS[i];
	return NULL;
}

const struct crm_noun_row *crm_noun_find(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(ROWS); i++)
		if (text_eq(name, text_of(ROWS[i].name)))
			return &ROWS[i];
	return NULL;
}
