/* fsck.h - is the database what it should be? Finds what no operation of this folder leaves behind:
 * what a disk, a hand or an older program has broken; repairs what can be told for certain.
 *
 * What is lost stays lost: a body that does not parse is reported, and served as it is.
 * Threads: on a connection of pool_private(), one thread; beside a serving process. */
#ifndef KONTOR_STORE_FSCK_H
#define KONTOR_STORE_FSCK_H

#include "store/house.h"

struct fsck_fault {
	const char *word;   /* "wrong-bytes": grep for it */
	const char *words;  /* for people */
	int64_t id;         /* of the record, collection or blob */
	int64_t collection; /* 0: none */
	struct text name;   /* of the member, or absent */
	bool repaired;
};
typedef void fsck_report_fn(void *arg, const struct fsck_fault *fault);

struct fsck {
	bool repair;
	fsck_report_fn *report; /* `fault` lives until it returns */
	void *arg;
	int64_t found, repaired; /* counted */
};
/* False only when it could not look. Of derived rows it sees where some are missing or too many,
 * not what is in them: reindex makes them anew. Never deletes a body: see fsck_place.h. */
bool fsck_run(struct house *house, struct db *db, struct fsck *fsck, struct err *err) must_check;

#endif
