/* search.c - one box over everything. */
#include "base/base.h"
#include "api/door.h"
#include "view/find.h"

enum { PRESET = 20, MAX = 100, QUERY_MAX = 200 };

/* "leads,cases": a mask of nouns; 0 where nothing is said. */
static bool nouns_asked(struct call *c, unsigned *nouns)
{
	struct text rest = call_query(c, "nouns"), name;

	*nouns = 0;
	while (text_split(&rest, ',', &name)) {
		const struct crm_noun_row *row = crm_noun_find(text_trim(name));

		if (!row || crm_noun_is_row(row->noun))
			return api_refuse(c, "nouns", "there is no such noun");
		*nouns |= 1u << row->noun;
	}
	return true;
}

/* What tells two of one name apart: a company, a number, a place in the pipeline. */
static struct text subtitle_of(struct call *c, const struct found *found)
{
	static const char *const keys[] = { "company", "number", "title", "status" };
	json_t *fields;

	if (!crm_json_read(&c->work, found->fields, &fields)) {
		err_clear(&c->work.err);
		return TEXT_NONE;
	}
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		const struct crm_field *field = crm_field(found->noun, text_of(keys[i]));
		const json_t *value = json_object_get(fields, keys[i]);

		if (field && value && field->type != CRM_TYPE_REF)
			return crm_value_text(c->work.arena, field, value);
	}
	return TEXT_NONE;
}

static json_t *found_json(struct call *c, const struct found *found)
{
	return json_pack("{s:I, s:s, s:o, s:o, s:o, s:I}", "id", (json_int_t)found->id, "noun",
	        crm_noun_row(found->noun)->name, "title", api_word(found->title), "subtitle",
	        api_word(subtitle_of(c, found)), "matched", api_word(found->matched), "state",
	        (json_int_t)found->state);
}

bool api_search(struct call *c)
{
	struct text query = call_query(c, "q");
	struct founds founds;
	unsigned nouns;
	int64_t limit;
	json_t *items;

	if (!nouns_asked(c, &nouns) || !api_number(c, "limit", PRESET, MAX, &limit))
		return false;
	if (query.len > QUERY_MAX || !text_is_utf8(query))
		return api_refuse(c, "q", "at most 200 letters are looked for");
	if (!view_find(&c->work, query, nouns, (size_t)limit, &founds))
		return false;
	items = json_array();
	for (size_t i = 0; i < founds.len; i++)
		json_array_append_new(items, found_json(c, &founds.at[i]));
	return api_json(
	        c, 200, json_pack("{s:o, s:I}", "items", items, "as_of", (json_int_t)c->work.now));
}
