/* body_impl.h - what the readers and writers of bodies share. Nobody outside crm includes it.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_CRM_BODY_IMPL_H
#define KONTOR_CRM_BODY_IMPL_H

#include "crm/body.h"
#include "crm/look.h"

/* ---- texts, in the canonical form of values (crm/field.h) ---- */
/* One line: controls become spaces, trimmed, at most `max` characters. */
struct text body_line(struct arena *arena, struct text text, size_t max);
/* Several: LF line ends, trimmed, cut where a value would be too long. */
struct text body_long(struct arena *arena, struct text text);
enum { BODY_LINE_MAX = 500, BODY_LONG_MAX = 60000, BODY_TYPE_MAX = 40, BODY_ITEMS_MAX = 100 };
/* Sets the key, unless the text is empty. */
void body_put(json_t *values, const char *key, struct text text);
/* The text of a value; absent: none. */
struct text body_text(const json_t *value);

/* ---- CATEGORIES ---- */
/* Sorts categories into values: the first that is a choice of `noun` (a lead's status, an account's
 * type, a case's or meeting's kind) and the tags. */
bool body_categories_read(
        struct work *work, enum crm_noun noun, const json_t *categories, json_t *values) must_check;
/* The categories that say these values, in order. */
bool body_categories_write(
        struct work *work, enum crm_noun noun, const json_t *now, json_t **categories) must_check;
/* Does any value that CATEGORIES holds differ? */
bool body_categories_differ(enum crm_noun noun, const json_t *before, const json_t *now);

/* Is the field another value now? NULL `before`: anything there is. */
bool body_differs(const char *key, const json_t *before, const json_t *now);

#endif
