/* ical_check_rule.h - inside object/ only: may this rule be stored?
 * Memory: the arena, for a while. Threads: pure. */
#ifndef KONTOR_OBJECT_ICAL_CHECK_RULE_H
#define KONTOR_OBJECT_ICAL_CHECK_RULE_H

#include "object/ical_check.h"

/* Refuses what rule_read() does, rules that yield nothing, finite ones of more than max_instances,
 * and endless ones that yield more than that in a year. */
bool ical_check_rule(struct arena *arena, struct err *err, const struct ical *ical,
        const struct ical_comp *comp, const struct ical_prop *prop,
        const struct ical_limits *limits) must_check;

#endif
