/* ical_impl.h - what ical_read.c and ical_write.c share, and merges use. Nobody outside crm
 * includes it. Memory: in work->arena. Threads: as crm/body.h. */
#ifndef KONTOR_CRM_ICAL_IMPL_H
#define KONTOR_CRM_ICAL_IMPL_H

#include "crm/body_impl.h"
#include "object/ical_time.h"

/* Which component a noun is. */
enum ical_kind body_component(enum crm_noun noun);
/* The component that speaks for the object: no override of one instance. NULL: there is none. */
const struct ical_comp *body_main(const struct ical *ical, enum crm_noun noun);
/* Where days begin and end. */
const struct zone *body_zone(struct work *work);
/* The text of a property by name; absent: there is none. */
struct text body_ical_text(struct arena *arena, const struct ical_comp *comp, enum ical_prop_id id);
/* All categories of all CATEGORIES, in order. */
json_t *body_ical_categories(struct work *work, const struct ical_comp *comp);
/* The record that a RELATED-TO leads to, if it is one a field may hold. */
bool body_related(struct work *work, const struct crm_field *field, const struct ical_prop *prop,
        struct crm_known **known) must_check;

/* The summary of a case without its number in front and its account behind. */
struct text body_case_subject(struct text summary, struct text account);
/* With both. */
struct text body_case_summary(
        struct arena *arena, int64_t number, struct text subject, struct text account);
/* The account a case's summary names in the body itself. */
#define BODY_ACCOUNT "X-KONTOR-ACCOUNT"

/* "Urgent" 1 .. "Low" 9; a client's 1 to 4 is High where nothing says more. 0, absent: none. */
struct text body_priority_name(int64_t number);
int64_t body_priority_number(struct text name);

/* Has it been done, by what COMPLETED, STATUS and PERCENT-COMPLETE say? */
bool body_is_done(const struct ical_comp *comp);

#endif
