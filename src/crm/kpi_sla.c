/* kpi_sla.c - targets of cases: met, missed, and near. */
#include "base/base.h"
#include "crm/kpi_impl.h"

enum { SOON = 4 * 3600 };

/* How it stood when the clock passed: state of the case at that instant. */
static int state_at(const struct kpi_case *is, int64_t instant)
{
	int state = 0;

	for (size_t i = 0; i < is->story->len && is->story->at[i].at <= instant; i++)
		switch ((enum crm_what)is->story->at[i].what) {
		case CRM_EVENT_CREATED: state = (int)(is->story->at[i].from_num >> 32); break;
		case CRM_EVENT_STATUS: state = (int)(is->story->at[i].to_num >> 32); break;
		case CRM_EVENT_REOPENED: state = 0; break;
		default: break;
		}
	return state;
}

static bool met_response(const struct kpi_case *is, int64_t due)
{
	return (is->responded && is->responded <= due) || state_at(is, due) == 1;
}

static bool met_resolution(const struct kpi_case *is, int64_t due)
{
	return state_at(is, due) == 1;
}

static bool gather(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally,
        bool response)
{
	const struct kpi_cases *cases;

	if (!kpi_cases(book, &cases))
		return false;
	for (size_t i = 0; i < cases->len; i++) {
		const struct kpi_case *is = &cases->at[i];
		int64_t due = !is->traits ? 0
		              : response  ? is->traits->response_due
		                          : is->traits->due;

		if (!is->is_there || !due || !kpi_within(book, due) || state_at(is, due) == 2 ||
		        !kpi_counts(book, scope, CRM_CASE, is->owner, is->team))
			continue;
		kpi_add_case(book, tally, is)->good =
		        response ? met_response(is, due) : met_resolution(is, due);
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
static int64_t next_target(const struct kpi_book *book, const struct kpi_case *is)
{
	int64_t response = is->responded ? 0 : is->traits->response_due;
	int64_t due = is->status == book->shelf->pending ? 0 : is->traits->due;

	return response && (!due || response < due) ? response : due;
}

bool kpi_of_cases_at_risk(
        struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally)
{
	const struct kpi_cases *cases;

	if (!kpi_cases(book, &cases))
		return false;
	for (size_t i = 0; i < cases->len; i++) {
		const struct kpi_case *is = &cases->at[i];
		int64_t target = is->traits ? next_target(book, is) : 0;

		if (!is->is_there || is->state || !target || target >= book->end + SOON ||
		        !kpi_counts(book, scope, CRM_CASE, is->owner, is->team))
			continue;
		kpi_add_case(book, tally, is)->value = (double)(target - book->end);
	}
	return true;
}
