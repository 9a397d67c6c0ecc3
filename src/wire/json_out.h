/* json_out.h - a streaming JSON writer for answers: objects, arrays, values, in the order written.
 * Balance is asserted; commas come by themselves.
 *
 *     json_begin_object(out);
 *     json_key(out, "status");
 *     json_int(out, 404);
 *     json_end(out);
 *
 * None of the names is one of jansson's, with which this is linked.
 * Memory:  appends to the buf given. Threads: as the buf. */
#ifndef KONTOR_WIRE_JSON_OUT_H
#define KONTOR_WIRE_JSON_OUT_H

#include "base/str.h"

struct json_out;

struct json_out *json_out_new(struct arena *arena, struct buf *buf);
/* Moves it to another buf between two calls (streams do). */
void json_out_on(struct json_out *out, struct buf *buf);
void json_begin_object(struct json_out *out);
void json_begin_array(struct json_out *out);
/* Ends the innermost object or array. */
void json_end(struct json_out *out);
/* Inside an object, before each value. */
void json_key(struct json_out *out, const char *key);
/* A string; bytes that are no UTF-8 become U+FFFD; an absent text becomes null. */
void json_text(struct json_out *out, struct text text);
void json_int(struct json_out *out, int64_t value);
void json_bool(struct json_out *out, bool value);
void json_nothing(struct json_out *out);

#endif
