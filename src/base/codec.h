/* codec.h - base64, hex, percent-encoding.
 * Memory: results in the arena given. Threads: pure. */
#ifndef KONTOR_BASE_CODEC_H
#define KONTOR_BASE_CODEC_H

#include "base/arena.h"

struct text base64_encode(struct arena *arena, struct text bytes);
struct text base64url_encode(struct arena *arena, struct text bytes); /* no padding */
/* Standard alphabet, padding wanted, white space skipped; false on anything else. */
bool base64_decode(struct arena *arena, struct text encoded, struct text *bytes) must_check;
struct text hex_encode(struct arena *arena, struct text bytes);
bool hex_decode(struct arena *arena, struct text hex, struct text *bytes) must_check;
/* Percent-encodes one path segment: everything but RFC 3986 pchar stays; `@` and `:` are left
 * literal because some clients compare without decoding. UTF-8 bytes are encoded. */
struct text percent_encode(struct arena *arena, struct text segment);
/* Decodes %XX; false on bad hex. The result may hold any byte: the caller checks. */
bool percent_decode(struct arena *arena, struct text encoded, struct text *bytes) must_check;

#endif
