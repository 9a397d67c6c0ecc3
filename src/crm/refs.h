/* refs.h - is what a value names there, and may work->who name it?
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_CRM_REFS_H
#define KONTOR_CRM_REFS_H

#include "crm/field.h"

/* Of a canonical value. Names of choices get the company's spelling. False: ERR_CRM_VALUE. */
bool refs_check(struct work *work, const struct crm_field *field, json_t **value) must_check;

#endif
