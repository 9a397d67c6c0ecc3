/* config.h - reading the settings: presets, the configuration file (INI), the environment
 * (KONTOR_<SECTION>_<KEY>), the command line; the later wins. A name nobody knows or a value that
 * is wrong stops, and names its line.
 *
 * Memory:  in the arena given; settings must live as long as whoever uses them.
 * Threads: at start and reload, one. */
#ifndef KONTOR_APP_CONFIG_H
#define KONTOR_APP_CONFIG_H

#include "base/err.h"
#include "base/settings.h"
#include "base/str.h"
#include "base/vec.h"

/* "section.key=value", and where it was written ("--set", "--listen"). */
struct config_set {
	struct text words;
	const char *origin;
};

struct config_source {
	const char *file;   /* NULL: none */
	bool file_is_asked; /* it must exist */
	VEC(struct config_set) sets;
};

struct config;

/* NULL with err set: its detail says which line or option. */
struct config *config_load(
        struct arena *arena, const struct config_source *source, struct err *err);
const struct settings *config_settings(const struct config *config);
/* "section.key = value" a line, in the order of the table; with the place each value comes from. */
void config_show(const struct config *config, bool with_origin, struct buf *out);
/* conf/kontor.conf: every setting with its words, commented out at its preset. */
void config_template(struct buf *out);

#endif
