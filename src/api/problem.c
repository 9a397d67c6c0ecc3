/* problem.c - what was refused, as a problem document (RFC 9457). */
#include "base/base.h"
#include "api/door.h"
#include "crm/problem.h"

/* The words for DAV speak of collections. */
static const char *title_of(const struct err_row *row, enum err_id id)
{
	return id == ERR_CONFLICT ? "Somebody else was quicker" : row->words;
}

void api_fail(struct call *c)
{
	const struct err *err = &c->work.err;
	const struct err_row *row = err_row(err->id);
	json_t *problem = json_object();

	/* What went wrong inside is for the log. */
	bool is_ours = row->status >= 500;

	json_object_set_new(problem, "type", json_string("about:blank"));
	json_object_set_new(problem, "title", json_string(title_of(row, err->id)));
	json_object_set_new(problem, "status", json_integer(row->status));
	if (err->detail[0] && !is_ours)
		json_object_set_new(problem, "detail", json_string(err->detail));
	crm_problem_tell(c->work.arena, problem, err);
	api_json(c, row->status, problem);
	c->reply.content_type = TEXT("application/problem+json");
	call_set(c, "Cache-Control", TEXT("no-store"));
}
