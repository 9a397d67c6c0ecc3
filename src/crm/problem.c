#include "base/base.h"
#include "base/reason.h"
#include "crm/field.h"
#include "crm/problem.h"

static json_t *text_json(struct text text)
{
	return json_stringn(text.ptr, text.len);
}

static void tell_reason(json_t *object, const struct err *err)
{
	const struct reason *reason = reason_of(err);
	struct text name, value;
	json_t *params;

	if (!reason)
		return;
	json_object_set_new(object, "reason", json_string(reason->code));
	if (!reason->params[0])
		return;
	params = json_object();
	for (size_t i = 0; reason_param(err, reason, i, &name, &value); i++)
		json_object_setn_new(params, name.ptr, name.len, text_json(value));
	json_object_set_new(object, "params", params);
}

void crm_problem_tell(struct arena *arena, json_t *object, const struct err *err)
{
	json_object_set_new(object, "code", text_json(reason_kind(arena, err->id)));
	tell_reason(object, err);
	if (err->field)
		json_object_set_new(object, "field", json_string(err->field));
}

json_t *crm_problem(struct arena *arena, const struct err *err)
{
	const char *words = err->detail[0] ? err->detail : err_row(err->id)->words;
	json_t *object = crm_json_own(arena, json_pack("{s:s}", "detail", words));

	crm_problem_tell(arena, object, err);
	return object;
}
