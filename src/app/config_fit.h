/* config_fit.h - texts of the settings that must be more than text: known words, zones, hours,
 * addresses. What they say is read again by whoever needs it; here a wrong one is found at once.
 *
 * Memory:  what is read on the way lies in `arena`.
 * Threads: at start and reload, one. */
#ifndef KONTOR_APP_CONFIG_FIT_H
#define KONTOR_APP_CONFIG_FIT_H

#include "base/err.h"
#include "base/str.h"

/* ERR_BAD_REQUEST: the setting section.key cannot be `value`. An empty text is left to whoever
 * reads it, but where it can only be a mistake. */
bool config_fits(struct arena *arena, const char *section, const char *key, struct text value,
        struct err *err) must_check;

#endif
