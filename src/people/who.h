/* who.h - on whose behalf work is done.
 * Memory: in the work's arena, or in the login cache as long as the work. Threads: immutable. */
#ifndef KONTOR_PEOPLE_WHO_H
#define KONTOR_PEOPLE_WHO_H

#include "base/base.h"
#include "store/reach.h"
#include "store/shelf.h"

struct who {
	int64_t id; /* principal */
	struct text name;
	bool is_admin;
	bool is_sales, is_support; /* has the role */
	bool is_manager;           /* manages a group, whichever */
	bool is_leadership;        /* manages `company` */
	int64_t app_password;      /* id of the one used; 0: the real password */
	const int64_t *groups;     /* ids of all groups, through nesting, `company` included */
	size_t groups_len;
	struct text session; /* the browser's (people/session.h); absent: a password came */
	struct text csrf;    /* what its pages show to change something */
	int64_t company;     /* id of that group */
	/* enum reach: whose records of each shelf it sees; [SHELF_NONE]: tasks and meetings. Bound
	 * to table `reach` (people/reach.h). */
	uint8_t reach[SHELF_COUNT];
};

#endif
