/* form_gate.h - how many forms come from one address a minute, and from everybody an hour.
 * Memory: long-lived, of fixed size; where it is full the address longest silent is forgotten.
 * Threads: any. */
#ifndef KONTOR_CAPTURE_FORM_GATE_H
#define KONTOR_CAPTURE_FORM_GATE_H

#include "base/settings.h"
#include "base/str.h"

struct form_gate;
struct form_gate *form_gate_new(void);
void form_gate_free(struct form_gate **gate);
/* Counts one. False: too many (capture.form_per_minute, capture.forms_per_hour). NULL lets all
 * pass. */
bool form_gate_passes(struct form_gate *gate, const struct settings *settings, struct text address);

#endif
