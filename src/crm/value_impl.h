/* value_impl.h - what value.c and value_list.c share. Nobody else includes it. */
#ifndef KONTOR_CRM_VALUE_IMPL_H
#define KONTOR_CRM_VALUE_IMPL_H

#include "crm/field.h"

enum { LINE_MAX_CHARS = 500, LONG_MAX_CHARS = 60000 };

/* A value on its way into canonical form. */
struct checking {
	struct work *work;
	const struct crm_field *field;
	json_t **canonical;
};

/* One line of text, trimmed, controls made spaces; "" for an empty one. False: too long, no text.
 */
bool value_line(struct checking *c, const json_t *value, size_t max, struct text *line) must_check;
/* "2026-05-31", a real one. */
bool value_is_date(struct text text) must_check;
bool value_list(struct checking *c, const json_t *value) must_check;
json_t *value_json_text(struct text text);

#endif
