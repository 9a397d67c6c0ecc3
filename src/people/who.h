/* who.h - on whose behalf work is done.
 * Memory: in the work's arena, or in the login cache as long as the work. Threads: immutable. */
#ifndef KONTOR_PEOPLE_WHO_H
#define KONTOR_PEOPLE_WHO_H

#include "base/base.h"

struct who {
	int64_t id; /* principal */
	struct text name;
	bool is_admin;
	int64_t app_password;  /* id of the one used; 0: the real password */
	const int64_t *groups; /* ids of all groups, through nesting, `company` included */
	size_t groups_len;
	struct text session; /* the browser's (people/session.h); absent: a password came */
	struct text csrf;    /* what its pages show to change something */
};

#endif
