/* row.h - rows of the CRM (pipelines, campaigns, goals ...): what must hold of them, and writing
 * them.
 *
 * Memory: in work->arena. Threads: deciding with a reader; operations run on the writer's. */
#ifndef KONTOR_CRM_ROW_H
#define KONTOR_CRM_ROW_H

#include "crm/look.h"
#include "store/plan.h"

/* A row while a change to it is decided. */
struct crm_row_draft {
	enum crm_noun noun;
	const struct crm_row *old; /* NULL: a new one */
	int64_t parent, position;  /* position -1: as it is, or last */
	json_t *now;
	int64_t at;
};
/* Presets, and what must not be missing or contradict itself: ERR_CRM_VALUE. */
bool crm_row_settle(struct work *work, struct crm_row_draft *draft) must_check;
/* May it go? False with ERR_CRM_VALUE: something rests on it. */
bool crm_row_removable(struct work *work, const struct crm_row *row) must_check;

/* ---- operations ---- */
struct crm_row_put {
	int64_t id;    /* 0: a new one; written back */
	int64_t guard; /* the revision an existing one must still have */
	enum crm_noun noun;
	int64_t parent, position; /* position -1: last */
	struct text data;
	int64_t revision; /* written back */
};
/* What rests on it in derived tables follows: names of stages and statuses, who sees what. */
void plan_row_put(struct plan *plan, struct crm_row_put *put);
/* With the rows below it. */
void plan_row_remove(struct plan *plan, const struct crm_row *row);

/* Something is asked of `who` on the home page, about a record whose id is known by then: a row of
 * REQUEST below it. */
struct crm_row_ask {
	const int64_t *record;
	int64_t who;
	const char *kind;
	struct text words;
};
void plan_row_ask(struct plan *plan, const struct crm_row_ask *ask);
/* The same, for operations that find out only when they run. */
bool writing_row_ask(struct writing *writing, const struct crm_row_ask *ask) must_check;
/* It is settled: requests of that kind about the record go. */
void plan_row_answer(struct plan *plan, int64_t record, struct text kind);

#endif
