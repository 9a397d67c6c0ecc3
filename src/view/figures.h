/* figures.h - the read gate for figures: whose they are, and what work->who may know of them.
 *
 * A figure counts records that work->who sees, of whom was asked for: a user, a team with all below
 * it, or (nobody named) everybody. Only the line of a team (crm/kpi.h) is told across that border:
 * it names nobody, and is hidden where it would speak of fewer than three.
 * Memory: in work->arena, JSON too. Threads: with a reader, any. */
#ifndef KONTOR_VIEW_FIGURES_H
#define KONTOR_VIEW_FIGURES_H

#include <jansson.h>

#include "crm/kpi.h"
#include "view/crm.h"

struct figures_ask {
	struct text from, to, as_of; /* dates; absent: the month of as_of, up to now */
	int64_t who;                 /* user or group; 0: everybody */
	enum kpi_page page;          /* nobody named is work->who on KPI_HOME, and for reps who lead
	                                nobody on their own page; 0: no dashboard */
};
struct figures;
/* ERR_BAD_REQUEST: no such dates, or a period over ten years. ERR_NOT_FOUND: nobody has that id.
 * ERR_FORBIDDEN: work->who does not see what they do. */
bool figures_open(
        struct work *work, const struct figures_ask *ask, struct figures **figures) must_check;
/* {as_of, filter, figures, lists, series}, as docs/api.md says. */
bool figures_page(struct work *work, struct figures *figures, json_t **page) must_check;

/* The records behind a figure, or behind one row of a table: those of an owner, a stage ... */
struct figures_part {
	const struct kpi *kpi;
	int64_t owner, team, campaign, stage; /* -1: any; 0: without */
	struct text source;                   /* absent: any */
	size_t offset, limit;
};
struct figures_records {
	struct crm_entries entries; /* that work->who sees */
	int64_t total;              /* behind the figure */
	size_t next;                /* offset of the next page; 0: there is none */
};
bool figures_records(struct work *work, struct figures *figures, const struct figures_part *part,
        struct figures_records *records) must_check;

#endif
