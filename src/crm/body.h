/* body.h - values of a record and what clients are served, one into the other.
 *
 * Values are one JSON object in canonical form (crm/field.h). Here only fields with a `wire` name
 * count: what is kept beside the body is the draft's matter (crm/draft.h). Where a value is the id
 * of a row or record (a lead's status, a campaign, a deal's stage, RELATED-TO, CONTACT), the wire
 * has its name or UID: crm/look.h tells one from the other.
 *
 * Reading sets the keys that the body has something for and leaves all others alone. Writing
 * changes what differs between `before` (NULL: a new one, everything is written) and `now`; all
 * other properties, unknown ones, groups, parameters and their order stay as they are. Writing what
 * was read, and reading what was written, changes nothing.
 *
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_CRM_BODY_H
#define KONTOR_CRM_BODY_H

#include "crm/field.h"
#include "object/ical.h"
#include "object/vcard.h"

/* ---- accounts, contacts, leads: vCards (crm/card.c) ---- */
bool crm_card_read(
        struct work *work, const struct vcard *card, enum crm_noun noun, json_t *values) must_check;
/* A new card comes with VERSION and UID; KIND, FN and N are seen to here. */
bool crm_card_write(struct work *work, struct vcard *card, enum crm_noun noun, const json_t *before,
        const json_t *now) must_check;

/* ---- deals, notes: VJOURNAL; cases, tasks: VTODO; meetings: VEVENT (crm/ical_*.c) ---- */
bool crm_ical_read(
        struct work *work, const struct ical *ical, enum crm_noun noun, json_t *values) must_check;
struct crm_writing {
	enum crm_noun noun;
	const struct ical *old; /* NULL: a new one is made */
	const json_t *before;   /* NULL: new */
	const json_t *now;
	struct text uid;
	int64_t at; /* DTSTAMP, LAST-MODIFIED; CREATED of a new one */
};
bool crm_ical_write(
        struct work *work, const struct crm_writing *writing, struct text *body) must_check;

#endif
