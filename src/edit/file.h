/* file.h - the kind of plain files: any bytes, nothing to understand, no UID, no index rows.
 * Threads: pure. */
#ifndef KONTOR_EDIT_FILE_H
#define KONTOR_EDIT_FILE_H

#include "store/kind.h"

extern const struct kind file_kind;
/* The media type that goes with a file's name; application/octet-stream if none is known. */
struct text file_media(struct text name);

#endif
