/* kpi_past.h - what happened to leads, deals and cases, record by record, as figures want it.
 *
 * Nothing that happened is ever changed, so it is kept in memory: the first question reads all of
 * it, later ones read on. Every change of a record leaves a row of crm_audit, with a number that
 * only grows: what was touched behind the last one that is known is read anew, record by record,
 * and only that. That very row is looked up each time: where it is another one, or gone, this is
 * another history (a backup was put back), and all is read anew. So a command, an import or another
 * node is just as well seen as our own writer.
 *
 * A past is never changed either: reading on makes the next one, which shares what is the same. A
 * reader gets the one of its own snapshot of the database, from the newest or the one before it.
 * Whose records somebody may see is nothing of the past's: figures ask it each time.
 *
 * Memory:  long-lived, in house.kpi_kept, as much as setting crm.figures_memory says: beyond it
 *          nothing is kept, and each question reads all of it. A past is held by the arena of
 * whoever asked. Threads: any. */
#ifndef KONTOR_CRM_KPI_PAST_H
#define KONTOR_CRM_KPI_PAST_H

#include "base/lent.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "crm/noun.h"
#include "store/house.h"

struct kpi_event {
	int64_t at, id, owner, team, campaign;
	int64_t from_num, to_num; /* of CRM_EVENT_RESPONDED from_num is seconds since creation */
	uint32_t source, word;    /* numbers of words; word: to_value, of those that need it */
	uint8_t what, via;
};

struct kpi_story;
/* A deal, lead or case as it was at some moment. */
struct kpi_fact {
	const struct kpi_story *story;
	int64_t record, created;
	int64_t closed; /* when it came to the end it is at: won, lost, dead ... */
	int64_t owner, team, campaign;
	uint32_t source; /* a word */
	uint8_t noun, state;
	bool is_there; /* created, not deleted or merged */
	union {
		struct {
			/* chance -1: its stage's; close: midnight UTC of the date */
			int64_t stage, entered, amount, chance, close;
			uint32_t forecast; /* a word */
		} deal;
		struct {
			/* responded, response: when, and after how many seconds; 0: not */
			int64_t status, responded, response;
			int64_t converted, deal, first_campaign;
		} lead;
		struct {
			/* resolved, to be confirmed, since; 0: is not */
			int64_t resolved, responded, response;
			/* What no event tells: as it is today. 0: none. */
			int64_t due, response_due;
			uint32_t status; /* a word */
			uint8_t priority;
			bool is_complaint;
		} support;
	};
};
VEC_OF(kpi_facts, const struct kpi_fact *);
struct kpi_story { /* what happened to one record, in order; something did */
	const struct kpi_event *at;
	size_t len;
	const struct kpi_event *all; /* with what was undone later; else the same */
	size_t count;
	struct kpi_fact now; /* after all of it */
};
/* What is asked of all of them stands here, side by side. */
struct kpi_entry {
	int64_t record, last; /* when the last thing happened */
	const struct kpi_story *story;
	bool is_open; /* after all of it there, and open */
};
VEC_OF(kpi_stories, struct kpi_entry); /* by record */

/* Words that are asked for by name have these numbers. 0: the empty word. */
enum kpi_word { KPI_WORD_COMMIT = 1, KPI_WORD_BEST, KPI_WORD_PENDING, KPI_WORD_RESOLVED };
struct kpi_words {
	struct map *numbers;
	struct texts texts; /* by number */
	struct text last;
	uint32_t last_number;
};

/* A row of crm_audit: the last one that is in it. 0: there is none. */
struct kpi_mark {
	int64_t audit, revision;
};
VEC_OF(kpi_lents, struct lent *);
struct kpi_past {
	struct lent *lent;       /* this lives in it */
	struct kpi_lents chunks; /* and the stories in these */
	struct kpi_mark mark;
	int64_t born_ms;
	struct kpi_words words;
	struct kpi_stories leads, deals, cases;
};

struct kpi_kept;
struct kpi_kept *kpi_kept_new(void);
void kpi_kept_free(struct kpi_kept **kept);
/* The past as of work's snapshot. */
bool kpi_past(struct work *work, const struct kpi_past **past) must_check;

/* ---- stories to facts (kpi_fact.c) ---- */
/* A record of which nothing has happened yet; then each thing that did. */
struct kpi_fact kpi_fact(const struct kpi_story *story);
void kpi_apply(struct kpi_fact *fact, const struct kpi_event *event);
/* What was undone did not happen: the event that CRM_EVENT_UNDONE names is left out, its own stays
 * and says nothing. Copies what is left; how many. */
size_t kpi_left(const struct kpi_event *at, size_t len, struct kpi_event *left);
/* As it was at an instant: what happened before it counts. */
struct kpi_fact kpi_fact_at(const struct kpi_story *story, int64_t instant);

/* ---- reading (kpi_read.c) ---- */
bool kpi_read_mark(struct work *work, struct kpi_mark *mark) must_check;
/* *is: the row of this mark is there, so that a past of this mark can be read on. */
bool kpi_mark_is_there(struct work *work, const struct kpi_mark *mark, bool *is) must_check;
/* Whoever made it holds it: lent_drop(&past->lent). */
bool kpi_read_all(
        struct work *work, const struct kpi_mark *mark, struct kpi_past **past) must_check;
/* NULL without error: so much has happened that reading all is the shorter way. */
bool kpi_read_on(struct work *work, const struct kpi_past *from, const struct kpi_mark *mark,
        struct kpi_past **past) must_check;

#endif
