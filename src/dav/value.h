/* value.h - the value of one property as XML, for reports that look into it (expand-property,
 * principal-match). Any property, computed or stored, with the rights that PROPFIND asks for.
 * Memory: in the call's arena. Threads: as the call. */
#ifndef KONTOR_DAV_VALUE_H
#define KONTOR_DAV_VALUE_H

#include "dav/propset.h"

/* *value is the property's element, NULL where PROPFIND would not answer 200. */
bool dav_value(struct call *c, const struct xml_name *name, struct target *at,
        const struct xml_node **value) must_check;

#endif
