/* ask.c - what a list is asked for, and how a change says who makes it. */
#include "base/base.h"
#include "api/record.h"
#include "edit/crm.h"
#include "people/app_password.h"
#include "people/who.h"

enum { LIMIT_PRESET = 50, LIMIT_MAX = 500, FILTERS_MAX = 30 };

static struct crm_filter *new_filter(struct call *c, struct crm_ask *ask)
{
	if (ask->filters.len == FILTERS_MAX) {
		err_set(&c->work.err, ERR_BAD_REQUEST, "at most %d filters", FILTERS_MAX);
		return NULL;
	}
	return vec_push(c->work.arena, &ask->filters);
}

static bool read_filters(struct call *c, enum crm_noun noun, struct crm_ask *ask)
{
	struct text rest = c->query, words;

	while (call_query_next(c, "f", &rest, &words)) {
		struct crm_filter *filter = new_filter(c, ask);

		if (!filter ||
		        !crm_filter_parse(&c->work, noun, words.ptr ? words : TEXT(""), filter))
			return false;
	}
	words = text_trim(call_query(c, "q"));
	if (words.len) {
		struct crm_filter *filter = new_filter(c, ask);

		if (!filter)
			return false;
		*filter = (struct crm_filter){
			.column = TEXT("text"), .test = CRM_CONTAINS, .value = words
		};
	}
	return true;
}

/* "-created": the newest first. */
static void read_sort(struct call *c, struct crm_ask *ask)
{
	ask->sort = call_query(c, "sort");
	ask->descending = ask->sort.len && ask->sort.ptr[0] == '-';
	if (ask->descending)
		ask->sort = text_from(ask->sort, 1);
	if (!ask->sort.len)
		ask->sort = TEXT_NONE;
}

bool api_ask(struct call *c, enum crm_noun noun, struct crm_ask *ask)
{
	int64_t limit, count;

	*ask = (struct crm_ask){ .noun = noun };
	if (!read_filters(c, noun, ask) ||
	        !api_number(c, "limit", LIMIT_PRESET, LIMIT_MAX, &limit) ||
	        !api_number(c, "parent", 0, INT64_MAX, &ask->parent) ||
	        !api_number(c, "count", 0, 1, &count))
		return false;
	read_sort(c, ask);
	ask->limit = limit ? (size_t)limit : 1;
	ask->cursor = call_query(c, "cursor");
	ask->count = count;
	return true;
}

bool api_edit(struct call *c, struct edit_crm *edit)
{
	const struct who *who = c->work.who;
	struct app_password *device = NULL;

	edit->via = who->session.ptr ? VIA_WEB : VIA_API;
	edit->device = c->user_agent.ptr ? text_sub(c->user_agent, 0, 200) : TEXT("");
	if (who->app_password && !app_password_get(&c->work, who->app_password, &device))
		return false;
	if (device)
		edit->device = device->name;
	if (!text_is_utf8(edit->device))
		edit->device = TEXT("");
	return true;
}
