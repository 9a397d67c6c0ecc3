/* card_impl.h - what card.c, card_list.c and card_write.c share. Nobody outside crm includes it.
 * Memory: in work->arena. Threads: as crm/body.h. */
#ifndef KONTOR_CRM_CARD_IMPL_H
#define KONTOR_CRM_CARD_IMPL_H

#include "crm/body_impl.h"

/* ---- lists of properties: TEL, EMAIL, URL, ADR (crm/card_list.c) ---- */
/* What a property says as an item of the list; NULL: it cannot be read as one, and is left alone.
 */
json_t *card_item(struct work *work, const struct vcard *card, const struct crm_field *field,
        const struct vcard_prop *prop);
/* By what two items are the same thing, whatever their type and punctuation: digits, an address in
 * lower case. Never absent. */
struct text card_item_key(struct arena *arena, const struct crm_field *field, const json_t *item);
bool card_is_list(const struct crm_field *field);
void card_list_write(
        struct work *work, struct vcard *card, const struct crm_field *field, const json_t *list);
/* With the X-ABLabel and the like of its group. */
void card_drop(struct vcard *card, const struct vcard_prop *prop);

/* ---- single properties (crm/card.c) ---- */
/* The value of a field as the card has it; NULL: none. CATEGORIES are read elsewhere. */
json_t *card_value(struct work *work, const struct vcard *card, const struct crm_field *field);
/* All categories of all CATEGORIES, in order. */
json_t *card_categories(struct work *work, const struct vcard *card);
/* A picture between the two ways of writing it; NULL: it cannot be read. */
const struct vcard_prop *card_picture(
        struct work *work, const struct vcard_prop *prop, enum vcard_version version);
/* KIND:org, or X-ABShowAs:COMPANY. */
bool card_is_org(struct arena *arena, const struct vcard *card);
/* Or else nothing but a company's name, as clients send it that have no sign for it. */
bool card_names_org(struct arena *arena, const struct vcard *card);
void card_write_kind(struct vcard *card, bool org);

#endif
