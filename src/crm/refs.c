#include "base/base.h"
#include "base/str.h"
#include "crm/look.h"
#include "crm/refs.h"
#include "crm/sight.h"
#include "store/principal.h"

static bool refuse(struct work *work, const struct crm_field *field, const char *what)
{
	return err_field(&work->err, field->key, "%s: %s", field->label, what);
}

static bool check_row(struct work *work, const struct crm_field *field, int64_t id)
{
	const struct crm_noun_row *noun = crm_noun_find(text_of(field->of));
	struct crm_row *row;

	if (!crm_row_get(work, id, &row))
		return false;
	return (row && row->noun == noun->noun) || refuse(work, field, "there is no such one");
}

/* Not there, not to be seen, of another kind: one answer, or it would tell what is there. */
static bool check_record(struct work *work, const struct crm_field *field, int64_t id)
{
	const struct crm_noun_row *noun = crm_noun_find(text_of(field->of));
	struct crm_known *known;
	bool seen = false;

	if (!crm_known(work, id, &known) || (known && !crm_sees(work, known, &seen)))
		return false;
	if (!known || !seen || (noun && known->noun != noun->noun))
		return refuse(work, field, "there is no such one");
	return true;
}

static bool check_ref(struct work *work, const struct crm_field *field, int64_t id)
{
	const struct crm_noun_row *noun = crm_noun_find(text_of(field->of));

	return noun && crm_noun_is_row(noun->noun) ? check_row(work, field, id)
	                                           : check_record(work, field, id);
}

static bool check_principal(struct work *work, const struct crm_field *field, int64_t id)
{
	struct principal *p;

	if (!principal_get(work, id, &p))
		return false;
	if (!p || (field->type == CRM_TYPE_USER && p->kind != PRINCIPAL_USER) ||
	        (field->type == CRM_TYPE_TEAM && p->kind != PRINCIPAL_GROUP))
		return refuse(work, field, "there is nobody of that id");
	return true;
}

static bool check_list(struct work *work, const struct crm_field *field, json_t **value)
{
	struct text key = text_fold(work->arena, text_of(json_string_value(*value)));
	struct crm_rows rows;

	if (!crm_rows_of(work, CRM_CHOICE, -1, &rows))
		return false;
	for (size_t i = 0; i < rows.len; i++) {
		struct text name = crm_get_text(rows.at[i].values, "name");

		if (!text_eq(crm_get_text(rows.at[i].values, "list"), text_of(field->of)) ||
		        !text_eq(text_fold(work->arena, name), key))
			continue;
		*value = json_object_get(rows.at[i].values, "name");
		return true;
	}
	return refuse(work, field, "there is no such choice");
}

static bool check_people(struct work *work, const struct crm_field *field, const json_t *list)
{
	json_t *item;
	size_t i;

	json_array_foreach(list, i, item)
	{
		struct crm_known *known;
		bool seen = false;

		if (!crm_known(work, crm_get_int(item, "account"), &known) ||
		        (known && !crm_sees(work, known, &seen)))
			return false;
		if (!known || !seen || known->noun != CRM_ACCOUNT)
			return refuse(work, field, "there is no such account");
	}
	return true;
}

bool refs_check(struct work *work, const struct crm_field *field, json_t **value)
{
	switch (field->type) {
	case CRM_TYPE_REF: return check_ref(work, field, json_integer_value(*value));
	case CRM_TYPE_USER:
	case CRM_TYPE_TEAM:
	case CRM_TYPE_PRINCIPAL: return check_principal(work, field, json_integer_value(*value));
	case CRM_TYPE_LIST: return check_list(work, field, value);
	case CRM_TYPE_PEOPLE: return check_people(work, field, *value);
	default: return true;
	}
}
