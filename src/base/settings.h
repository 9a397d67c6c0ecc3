/* settings.h - what an operator can set: one struct, made from config.tbl.h, read by app/config.c.
 *
 * Threads: immutable once the server runs; a reload makes a new struct and swaps the pointer, old
 * ones are kept. */
#ifndef KONTOR_BASE_SETTINGS_H
#define KONTOR_BASE_SETTINGS_H

#include "base/base.h"

#define SETTING_TYPE_text const char *
#define SETTING_TYPE_int  int64_t
#define SETTING_TYPE_size int64_t /* bytes; "100M", "2G" in the file */
#define SETTING_TYPE_time int64_t /* seconds; "30s", "10m", "2h", "7d" */
#define SETTING_TYPE_bool bool

struct settings {
#define SETTING(section, key, type, preset, min, max, words) SETTING_TYPE_##type section##_##key;
#include "base/config.tbl.h"
#undef SETTING
};

#endif
