/* crmdav.h - the CRM as a feature of the DAV door (docs/dav-extensions.md).
 * Threads: as the door's. */
#ifndef KONTOR_CRMDAV_CRMDAV_H
#define KONTOR_CRMDAV_CRMDAV_H

#include "dav/feature.h"
#include "view/crm.h"

extern const struct feature crmdav_feature;

/* ---- fields.c: K:fields ---- */
prop_prepare_fn fields_prepare;
prop_read_fn get_fields;

/* ---- query.c ---- */
bool report_crm_query(struct call *c, struct target *at, const struct xml_node *root);
/* Is it one of the company's collections, which can be asked? */
bool crm_query_offered(struct call *c, const struct target *at);

#endif
