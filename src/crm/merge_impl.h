/* merge_impl.h - what the parts of a merge share. Nobody outside crm includes it.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_CRM_MERGE_IMPL_H
#define KONTOR_CRM_MERGE_IMPL_H

#include "crm/body_impl.h"
#include "crm/merge.h"

/* One of the bodies that are compared. */
struct side {
	struct vcard *card; /* one of the two */
	struct ical *ical;
	const struct ical_comp *comp;
	json_t *values;
};

struct edit {
	const struct crm_field *field;
	json_t *value; /* NULL: it goes */
	bool dropped;  /* it turned out not to be possible */
};
VEC_OF(edits, struct edit);

struct merging {
	struct work *work;
	struct crm_merge *m;
	struct side sent, base, now; /* base and now: of existing records only */
	struct edits edits;
	bool rest; /* something that is no field differs */
};

/* ---- fields (merge_field.c) ---- */
/* The same as far as clients can tell. */
bool merge_same(struct work *work, const struct crm_field *field, const json_t *a, const json_t *b);
/* What `base` became in `sent`, done to `now`; false: the two contradict each other. */
bool merge_three(struct work *work, const struct crm_field *field, const json_t *const sides[3],
        json_t **value);
/* What was sent, with the items that this client has no room for: it never saw them, and did not
 * delete them. */
json_t *merge_unseen(const struct merging *g, const struct crm_field *field);
/* What was added at the end of a text; absent: nothing, or something else happened to it. */
struct text merge_appended(struct text before, struct text after);

/* ---- by kind of body (merge_card.c, merge_ical.c) ---- */
/* Parses a stored body, reads its values. */
bool merge_card_side(struct merging *g, struct text body, struct side *side) must_check;
bool merge_ical_side(struct merging *g, struct text body, struct side *side) must_check;
/* A card is kept in the version it has: others may not read the newer one. */
bool merge_card_version(struct merging *g) must_check;
/* What clients do to fields without meaning it. Run before the fields are compared: changes
 * g->sent.values. */
bool merge_card_habits(struct merging *g) must_check;
void merge_ical_habits(struct merging *g);
/* Fields whose change is no simple one: adds edits of its own. merge_is_special(): they are left
 * alone otherwise. */
bool merge_is_special(const struct crm_field *field);
bool merge_ical_special(struct merging *g) must_check;
void merge_edit(struct merging *g, const char *key, json_t *value);
/* A text that is no edit, though it is not to the byte what it was: white space that a client adds
 * would grow with every save. */
bool merge_is_untouched(const struct merging *g, const struct crm_field *field);
/* Does anything but fields differ between base and sent? */
bool merge_card_rest(struct merging *g);
bool merge_ical_rest(struct merging *g);
/* The body to be stored: what was sent, with what it lacks, saying draft->now. */
bool merge_card_body(struct merging *g) must_check;
bool merge_ical_body(struct merging *g) must_check;

/* ---- new records (merge_new.c) ---- */
/* What no client says but follows from where something was made. */
bool merge_new(struct merging *g, struct crm_draft *draft) must_check;
/* The one account or contact of that name that work->who may see; 0: none, or several. */
bool merge_named(
        struct work *work, enum crm_noun noun, struct text name, int64_t *record) must_check;

#endif
