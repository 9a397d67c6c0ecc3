/* draft_impl.h - what the files that make up a draft share. Nobody outside crm includes it. */
#ifndef KONTOR_CRM_DRAFT_IMPL_H
#define KONTOR_CRM_DRAFT_IMPL_H

#include "crm/draft.h"
#include "crm/look.h"

/* Beside the fields, values hold what is worked out but shown to nobody: keys that begin with '_'.
 *   _entered  since when it has its status or stage
 *   _amount   money in the company's currency, hundredths
 *   _paused   since when the clock of a case stands still; absent: it runs
 *   _stood    how long it has stood still before, in seconds of its kind */

/* Sets without asking; NULL, 0, an empty text: the key goes. */
void draft_put(struct crm_draft *draft, const char *key, json_t *value);
void draft_put_int(struct crm_draft *draft, const char *key, int64_t value);
void draft_put_text(struct crm_draft *draft, const char *key, struct text value);
static inline int64_t draft_int(const struct crm_draft *draft, const char *key)
{
	return crm_get_int(draft->now, key);
}
static inline struct text draft_text(const struct crm_draft *draft, const char *key)
{
	return crm_get_text(draft->now, key);
}
static inline bool draft_is_new(const struct crm_draft *draft)
{
	return !draft->before;
}
/* Is `key` another value now? New ones: is it there at all? */
bool draft_moved(const struct crm_draft *draft, const char *key);
static inline int64_t draft_was_int(const struct crm_draft *draft, const char *key)
{
	return draft->before ? crm_get_int(draft->before, key) : 0;
}
static inline struct text draft_was_text(const struct crm_draft *draft, const char *key)
{
	return draft->before ? crm_get_text(draft->before, key) : TEXT_NONE;
}

static inline bool noun_is_card(enum crm_noun noun)
{
	return noun == CRM_ACCOUNT || noun == CRM_CONTACT || noun == CRM_LEAD;
}
/* Tasks and meetings are plain calendar objects: what a client stored is what they are. */
static inline bool noun_is_plain(enum crm_noun noun)
{
	return noun == CRM_TASK || noun == CRM_MEETING;
}

/* Where it stands: the name and id of its status or stage, and what that means. */
enum { STATE_OPEN = 0, STATE_GOOD = 1, STATE_BAD = 2 };
struct standing {
	struct text name;
	int64_t row; /* of a lead's status or a deal's stage; else 0 */
	int64_t state;
	int64_t chance; /* of a stage: probability */
	int64_t pipeline;
};
/* Of values (`before` or `now`); all 0 for NULL and nouns without. */
bool standing_of(struct work *work, enum crm_noun noun, const json_t *values,
        struct standing *standing) must_check;

/* Asks the owner on the home page; takes what was asked back. */
void draft_ask(struct work *work, struct crm_draft *draft, const char *kind, const char *words);
void draft_answer(struct work *work, struct crm_draft *draft, const char *kind);

/* The settling of each noun (settle_*.c): presets and transitions. */
typedef bool settle_fn(struct work *work, struct crm_draft *draft);
/* Fills draft->events from what differs. */
bool draft_happen(struct work *work, struct crm_draft *draft) must_check;
/* The event row of `what`, for the caller to fill in. */
struct crm_happened *draft_event(struct work *work, struct crm_draft *draft, enum crm_what what);

#endif
