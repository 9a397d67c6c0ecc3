/* kpi_past_impl.h - what is read, on its way to a past. For kpi_read.c and kpi_make.c alone.
 * Memory, threads: kpi_past.h. */
#ifndef KONTOR_CRM_KPI_PAST_IMPL_H
#define KONTOR_CRM_KPI_PAST_IMPL_H

#include "crm/kpi_past.h"

struct kpi_told {
	int64_t record;
	struct kpi_event event;
};
VEC_OF(kpi_told_list, struct kpi_told);

/* Of a case, as it is today. */
struct kpi_traits {
	int64_t record, due, response_due;
	uint8_t priority;
	bool is_complaint;
};
VEC_OF(kpi_traits_list, struct kpi_traits);

struct kpi_making {
	struct work *work;
	const struct kpi_past *from; /* NULL: of nothing */
	struct kpi_past *past;       /* its stories are made */
	struct arena *scratch;
	struct lent *chunk;
	struct kpi_told_list told[CRM_CASE + 1];
	struct ids touched;
	struct kpi_traits_list traits;
};

/* Out of what was told and touched. */
void kpi_make(struct kpi_making *making);

#endif
