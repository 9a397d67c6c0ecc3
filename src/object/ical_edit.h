/* ical_edit.h - one component of a calendar object, changed property by property.
 *
 * Everything that is not touched is written back byte for byte: other components, unknown
 * properties, their order, folding. Memory: in the arena; points into the object's bytes.
 * Threads: an edit belongs to one thread. */
#ifndef KONTOR_OBJECT_ICAL_EDIT_H
#define KONTOR_OBJECT_ICAL_EDIT_H

#include "object/ical.h"

struct ical_edit;

/* `comp` is one of the object's, of the first level. */
struct ical_edit *ical_edit_of(
        struct arena *arena, const struct ical *ical, const struct ical_comp *comp);
/* Property `name` (any case): the first with i 0, then 1 ...; NULL behind the last. */
const struct ical_prop *ical_edit_prop(const struct ical_edit *edit, struct text name, size_t i);
/* The first of that name gets these parameters and this raw value, or one is added. What is so
 * already keeps its line. */
void ical_edit_set(struct ical_edit *edit, const char *name, struct text params, struct text value);
/* Behind all other properties. */
void ical_edit_add(struct ical_edit *edit, struct text name, struct text params, struct text value);
/* As another object has it, line for line. */
void ical_edit_copy(struct ical_edit *edit, const struct ical_prop *prop);
void ical_edit_remove(struct ical_edit *edit, const struct ical_prop *prop);
void ical_edit_remove_all(struct ical_edit *edit, const char *name);
/* Adds a component inside this one: BEGIN line to END line. */
void ical_edit_add_comp(struct ical_edit *edit, struct text raw);
void ical_edit_remove_comp(struct ical_edit *edit, const struct ical_comp *comp);
bool ical_edit_changed(const struct ical_edit *edit);
/* The component alone: BEGIN line to END line. */
struct text ical_edit_comp(struct ical_edit *edit);
/* The whole object. Its own bytes when nothing was changed. */
struct text ical_edit_body(struct ical_edit *edit);

#endif
