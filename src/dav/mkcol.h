/* mkcol.h - making collections: MKCOL, extended MKCOL (RFC 5689), MKCALENDAR (RFC 4791 5.3.1) share
 * it. Threads: as the call. */
#ifndef KONTOR_DAV_MKCOL_H
#define KONTOR_DAV_MKCOL_H

#include "dav/dav.h"

struct dav_making {
	enum collection_type type; /* unless resourcetype in the body says another one */
	enum name_id response; /* root of a refusal: DAV_mkcol_response, CAL_mkcalendar_response */
	call_fn *again;        /* the method itself */
};
/* `root` NULL: no body. Refuses whole (RFC 5689 3) when one property cannot be set. */
bool dav_make(struct call *c, const struct xml_node *root, const struct dav_making *making);

#endif
