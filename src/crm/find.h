/* find.h - what the search box finds a record by: its text, folded, and the digits of its phones.
 *
 * The text has a line for each value. Phones stand there as digits alone, twice: as they were
 * written, with the country, and without it or the trunk zero, so that any run of digits that
 * people type from a caller's display is found. Memory: in the arena. Threads: pure. */
#ifndef KONTOR_CRM_FIND_H
#define KONTOR_CRM_FIND_H

#include "crm/field.h"
#include "store/kind.h"

enum { FIND_TERMS_MAX = 8, FIND_TEXT_MAX = 20000 };

/* The text of a record with these values; absent if nothing in them is searched for. */
struct text find_text(struct arena *arena, enum crm_noun noun, const json_t *values);
/* Its row of crm_text. */
void find_project(struct arena *arena, struct rows *rows, enum crm_noun noun, const json_t *values);

/* What somebody typed, as terms that must all be found. A query of digits and what people put
 * between them ("+49 (0)30 12-34") is one term: digits, without a leading 00 or 0. */
struct find_terms {
	struct text at[FIND_TERMS_MAX];
	size_t len;
	bool digits;
};
void find_terms(struct arena *arena, struct text query, struct find_terms *terms);
/* Whether an index of trigrams may be asked for what holds the term (LIKE '%term%'): it has three
 * characters in a row between any % and _, and no shorter run of three bytes or more. SQLite 3.40
 * counts bytes there, looks for a phrase of no trigram and finds nothing. */
bool find_by_trigram(struct text term);
/* How well a record with this title (folded) and text matches: 0 not at all; larger is better. The
 * beginning of the title counts most, the beginning of a word more than a part of one. */
int find_score(const struct find_terms *terms, struct text title_key, struct text fold);
/* "+49 (0)30 1234" to "49301234"; "030 1234" to "301234": what two ways of writing one number have
 * in common. Absent for less than three digits. */
struct text find_digits(struct arena *arena, struct text phone);

#endif
