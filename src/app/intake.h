/* intake.h - many objects into collections, through the write gate, many to a commit.
 *
 * An object whose UID is in the collection already replaces that one; one that is the same already
 * is left alone. What is refused is said on standard error, and does not stop the rest.
 * Memory:  what is put must live until the next intake_flush(), which intake_put() calls now and
 *          then; intake_keep() takes an arena until then.
 * Threads: one. */
#ifndef KONTOR_APP_INTAKE_H
#define KONTOR_APP_INTAKE_H

#include "app/spot.h"

struct intake;

struct intake_object {
	const struct target *collection;
	struct text uid;
	struct text name; /* what it would like to be called; absent: made from the UID */
	struct text body;
	const char *media, *extension; /* "text/calendar", ".ics" */
	const char *from;              /* where it came from, for messages */
};

struct intake_counts {
	size_t added, changed, same, refused;
};

/* Works on behalf of desk->work.who. */
struct intake *intake_new(struct desk *desk);
void intake_put(struct intake *intake, const struct intake_object *object);
/* Frees the arena when nothing needs it any more. */
void intake_keep(struct intake *intake, struct arena *arena);
/* A file of any kind, streamed from `fd`. */
void intake_file(
        struct intake *intake, const struct target *folder, struct text name, int fd, int64_t size);
/* Says that something was refused before it could be put. */
void intake_refuse(
        struct intake *intake, const char *from, struct text what, const struct err *err);
void intake_flush(struct intake *intake);
const struct intake_counts *intake_counts(const struct intake *intake);

#endif
