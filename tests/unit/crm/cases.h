/* cases.h - what happens to cases, as events. */
#ifndef KONTOR_TEST_CASES_H
#define KONTOR_TEST_CASES_H

#include "kpi.h"

UNUSED static void opened(struct fixture *f, int64_t record, int64_t when, int64_t owner)
{
	EVENT(CRM_CASE, record, CRM_EVENT_CREATED, when, owner, .team = TEAM, .word = "New");
}

UNUSED static void moved(
        struct fixture *f, int64_t record, int64_t when, int64_t owner, const char *to)
{
	int state = !strcmp(to, "Closed")                                 ? 1
	            : !strcmp(to, "Rejected") || !strcmp(to, "Duplicate") ? 2
	                                                                  : 0;

	EVENT(CRM_CASE, record, CRM_EVENT_STATUS, when, owner, .team = TEAM, .to = status(state, 0),
	        .word = to);
}

UNUSED static void reopened(struct fixture *f, int64_t record, int64_t when, int64_t owner)
{
	moved(f, record, when, owner, "Working");
	EVENT(CRM_CASE, record, CRM_EVENT_REOPENED, when, owner, .team = TEAM, .word = "Working",
	        .to = 1);
}

UNUSED static void replied(
        struct fixture *f, int64_t record, int64_t when, int64_t owner, int64_t seconds)
{
	EVENT(CRM_CASE, record, CRM_EVENT_RESPONDED, when, owner, .team = TEAM, .word = "Mail",
	        .seconds = seconds);
}

#endif
