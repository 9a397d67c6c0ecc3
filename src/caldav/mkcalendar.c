/* mkcalendar.c - MKCALENDAR (RFC 4791 5.3.1). */
#include "base/base.h"
#include "caldav/caldav.h"
#include "dav/mkcol.h"

bool caldav_mkcalendar(struct call *c)
{
	struct dav_making making = { COLLECTION_CALENDAR, CAL_mkcalendar_response,
		caldav_mkcalendar };
	const struct xml_node *root = NULL;
	struct target at;

	if (!dav_target(c, false, true, &at))
		return false;
	if (at.is != TARGET_NOTHING)
		return err_set(&c->work.err, ERR_RESOURCE_MUST_BE_NULL, "%s", "");
	if (c->body.len && !dav_xml(c, CAL_mkcalendar, false, &root))
		return false;
	return dav_make(c, root, &making);
}
