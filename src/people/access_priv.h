/* access_priv.h - what the files of access.h share. Nobody else includes it. */
#ifndef KONTOR_PEOPLE_ACCESS_PRIV_H
#define KONTOR_PEOPLE_ACCESS_PRIV_H

#include "people/access.h"

#define RIGHTS_ALL (((uint64_t)1 << PRIVILEGE_COUNT) - 1)

/* On a collection of the CRM (store/shelf.h). */
bool access_shelf(struct work *work, const struct collection *c, uint64_t *rights) must_check;
/* On a home with such collections, so that they are found: whatever access lists say besides. */
bool access_shelf_home(
        struct work *work, const struct collection *home, uint64_t *rights) must_check;

#endif
