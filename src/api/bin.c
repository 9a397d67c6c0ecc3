/* bin.c - what was deleted. */
#include "base/base.h"
#include "api/record.h"
#include "view/bin.h"
#include "view/crm_names.h"

enum { MOST = 200 };

bool api_bin(struct call *c)
{
	struct binned_list list;
	struct crm_names names;
	struct ids ids = VEC_EMPTY;
	json_t *items = api_own(c, json_array());

	if (!bin_list(&c->work, MOST, &list))
		return false;
	for (size_t i = 0; i < list.len; i++)
		*vec_push(c->work.arena, &ids) = list.at[i].who;
	if (!crm_names(&c->work, &ids, &names))
		return false;
	for (size_t i = 0; i < list.len; i++) {
		const struct binned_entry *e = &list.at[i];
		const struct crm_noun_row *noun = crm_noun_row((enum crm_noun)e->noun);

		if (noun)
			json_array_append_new(
			        items, json_pack("{s:I, s:s, s:o, s:I, s:o}", "id", e->id, "noun",
			                       noun->name, "title", api_word(e->title), "deleted",
			                       e->deleted, "who", api_named(&names, e->who)));
	}
	return api_json(c, 200, json_pack("{s:O}", "items", items));
}
