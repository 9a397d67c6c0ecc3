/* kpi_sla.c - targets of cases: met, missed, and near. */
#include "base/base.h"
#include "crm/kpi_impl.h"

enum { SOON = 4 * 3600 };

/* When the clock passed `due`, was the target met? Resolved counts before it is confirmed. */
static bool is_over(const struct kpi_fact *then)
{
	return then->state == 1 || then->support.resolved;
}

static bool is_met(const struct kpi_fact *then, bool response)
{
	return is_over(then) || (response && then->support.responded);
}

/* What is rejected has no target; while a case is Pending the clock of its resolution stands still:
 * the target is not due then, and moves. */
static bool has_target(const struct kpi_fact *then, bool response)
{
	return then->state != 2 && (response || then->support.status != KPI_WORD_PENDING);
}

static bool gather(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally,
        bool response)
{
	const struct kpi_facts *cases;

	if (!kpi_cases(book, &cases))
		return false;
	for (size_t i = 0; i < cases->len; i++) {
		const struct kpi_fact *is = cases->at[i];
		int64_t due = response ? is->support.response_due : is->support.due;

		struct kpi_fact then;

		if (!is->is_there || !due || !kpi_within(book, due) ||
		        !kpi_counts(book, scope, CRM_CASE, is->owner, is->team))
			continue;
		then = kpi_fact_at(is->story, due + 1);
		if (has_target(&then, response))
			kpi_add_fact(book, tally, is)->good = is_met(&then, response);
	}
	return true;
}

bool kpi_of_sla_response(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return gather(book, scope, tally, true);
}

bool kpi_of_sla_resolution(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	return gather(book, scope, tally, false);
}

/* The target that comes next, 0: none. Pending waits for the customer: its resolution clock stands
 * still, and `due` with it. */
static int64_t next_target(const struct kpi_fact *is)
{
	int64_t response = is->support.responded ? 0 : is->support.response_due;
	int64_t due = is->support.status == KPI_WORD_PENDING ? 0 : is->support.due;

	return response && (!due || response < due) ? response : due;
}

/* Their value: for how long the target has passed, below 0 if it is to come. */
bool kpi_of_cases_at_risk(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	const struct kpi_facts *cases;

	if (!kpi_cases(book, &cases))
		return false;
	for (size_t i = 0; i < cases->len; i++) {
		const struct kpi_fact *is = cases->at[i];
		int64_t target = next_target(is);

		if (!is->is_there || is->state || is->support.resolved || !target ||
		        target >= book->end + SOON ||
		        !kpi_counts(book, scope, CRM_CASE, is->owner, is->team))
			continue;
		kpi_add_fact(book, tally, is)->value = (double)(book->end - target);
	}
	return true;
}
