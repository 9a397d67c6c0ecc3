/* kind.h - the contract of a kind of record: parse, check, project.
 *
 * Plain events, cards and files: the stored body is the sent body. Of the CRM's records it is what
 * a merge makes of it (crm/merge.h). Memory: in the work's arena. Threads: const data, pure
 * functions. */
#ifndef KONTOR_STORE_KIND_H
#define KONTOR_STORE_KIND_H

#include "store/house.h"
#include "store/collection.h"
#include "store/record.h"
#include "store/rows.h"
#include "store/plan.h"

/* Kept in record.kind: never renumber. */
enum kind_id {
	KIND_FILE = 0,
	KIND_EVENT = 1,
	KIND_CARD = 2,
	/* Of the CRM (crm_kind_of() in crm/noun.h); tasks and meetings are KIND_EVENT. */
	KIND_ACCOUNT = 3,
	KIND_CONTACT = 4,
	KIND_LEAD = 5,
	KIND_DEAL = 6,
	KIND_CASE = 7,
	KIND_NOTE = 8
};
/* Its private fields count as much as its body (crm/draft.h). */
static inline bool kind_is_crm(int64_t kind)
{
	return kind > KIND_CARD;
}

/* Raised whenever a kind's parse() or project() would answer otherwise for a body stored before:
 * all derived rows are then rebuilt at the next start. */
enum { PROJECTION_VERSION = 7 };

/* A body on its way in. */
struct subject {
	struct text body;  /* as it will be stored */
	bool altered;      /* the stored body differs from the sent one: no ETag in the reply */
	void *parsed;      /* the kind's own value (struct ical, struct vcard) */
	struct text uid;   /* absent: has none */
	int64_t tag;       /* member.tag: what multistatus tells without the body */
	struct text media; /* content type, for files */
	/* As it is stored: for kinds whose rows rest on what stands beside the body too; its own
	 * body may be an older one. NULL: a new one. */
	const struct record *record;
	/* For steps: what is planned of it (id and revision once that has run), and by what. */
	const struct record *stored;
	struct text device;
};

/* Where records appear besides their home (store/appear.h). All of it goes by the derived rows as
 * they are, on the writer's thread. */
struct rule {
	/* The record was written: what rows of others repeat of it is brought up to date; those
	 * that changed thereby are added to *changed. */
	bool (*carry)(struct writing *w, int64_t record, struct ids *changed);
	/* Collections, each once. `until`: when time alone will have changed that; 0: never. */
	bool (*wanted)(struct writing *w, int64_t record, struct ids *collections, int64_t *until);
	/* Other records whose places hang on this one: on what it says, and (`moved`) on where it
	 * appears, which has just changed. */
	bool (*others)(struct writing *w, int64_t record, bool moved, struct ids *records);
};

struct kind {
	enum kind_id id;
	const char *name;
	/* Media types it takes; content of another type meets `wrong_media`. */
	enum err_id wrong_media;
	enum err_id uid_conflict;
	enum err_id too_large;
	/* Bytes to value; sets subject->parsed, uid, tag. `media`: what the client called it. */
	bool (*parse)(struct work *work, struct text media, struct subject *subject);
	/* Is it right, here? */
	bool (*check)(struct work *work, const struct collection *at, struct subject *subject);
	/* Its index rows. */
	bool (*project)(struct work *work, const struct collection *at, struct subject *subject,
	        struct rows *rows);
	/* Statements that delete a record's derived rows; ?1 is the record. NULL-ended. */
	const struct db_stmt *const *forget;
	/* The same, of rows that are there only where the last of those found some; NULL: none. */
	const struct db_stmt *const *forget_more;
	const struct rule *rule; /* NULL: its records appear at home alone */
	/* Statements that count them; ?1 is the record. NULL-ended. For fsck. */
	const struct db_stmt *const *count;
};

/* A step decides what else belongs into the plan (scheduling, CRM); in compose.c's order. */
struct step {
	const char *name;
	bool (*decide)(struct work *work, struct plan *plan, const struct collection *at,
	        const struct record *old, struct subject *subject);
};

const struct kind *kind_of(const struct house *house, enum kind_id id);
/* The rule that kinds have in common; NULL: no kind has one. */
const struct rule *kind_rule(const struct house *house);

#endif
