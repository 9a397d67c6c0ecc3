/* rack.h - a collection as a folder on disk: beside its objects lies `.kontor.json`, which holds
 * what the objects don't say: its components, display name, colour and other properties.
 *
 * Memory: the command's arena. Threads: the main thread. */
#ifndef KONTOR_APP_RACK_H
#define KONTOR_APP_RACK_H

#include "app/spot.h"

/* Writes `.kontor.json` into the folder, if there is something to say. */
bool rack_save(struct desk *desk, const struct collection *c, const char *folder) must_check;
/* The collection of that name in the home or folder `in`; if it is not there it is made as the
 * folder's `.kontor.json` says, if there is one. */
bool rack_make(struct desk *desk, const struct target *in, struct text name, const char *folder,
        struct target *at) must_check;

#endif
