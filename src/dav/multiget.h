/* multiget.h - calendar-multiget and addressbook-multiget (RFC 4791 7.9, RFC 6352 8.7) in one.
 * Threads: as the call. */
#ifndef KONTOR_DAV_MULTIGET_H
#define KONTOR_DAV_MULTIGET_H

#include "dav/multistatus.h"

/* Answers for every DAV:href of `root`: members of the kinds `on` with the properties asked for,
 * 404 for what is not there, not of that kind, or not to be read. More than limits.multiget:
 * refused. */
bool dav_multiget(struct call *c, struct target *at, const struct xml_node *root, unsigned on);

#endif
