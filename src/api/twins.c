/* twins.c - records that may be one: of what is about to be saved, in the whole book, made one. */
#include "base/base.h"
#include "api/record.h"
#include "crm/twin.h"
#include "edit/combine.h"
#include "edit/crm.h"

enum { PAIRS_A_PAGE = 50 };

/* As lists tell it, so that two can be compared; NULL without error: not to be seen. */
static bool record_json(struct call *c, const struct crm_known *known, json_t **record)
{
	struct api_shape shape = { .is_list = true };
	struct crm_entries one = VEC_EMPTY;
	struct crm_entry *entry;
	json_t *array;

	*record = NULL;
	if (!crm_entry_get(&c->work, known->noun, known->id, &entry))
		return false;
	if (!entry)
		return true;
	*vec_push(c->work.arena, &one) = *entry;
	if (!api_records(c, &one, &shape, &array))
		return false;
	*record = json_array_get(array, 0);
	return true;
}

static json_t *why_json(unsigned why)
{
	json_t *words = json_array();

	for (size_t i = 0; twin_why(i); i++)
		if (why >> i & 1)
			json_array_append_new(words, json_string(twin_why(i)));
	return words;
}

/* ---- of values ---- */

static bool add_twin(struct call *c, json_t *items, const struct twin *twin)
{
	json_t *record;

	if (!record_json(c, twin->record, &record))
		return false;
	if (record)
		json_array_append_new(items, json_pack("{s:O, s:i, s:o}", "record", record, "score",
		                                     twin->score, "why", why_json(twin->why)));
	return true;
}

static bool read_noun(struct call *c, const json_t *body, enum crm_noun *noun)
{
	struct text name;
	const struct crm_noun_row *row;

	if (!api_text(c, body, "noun", true, &name))
		return false;
	row = crm_noun_find(name);
	if (!row || crm_noun_is_row(row->noun))
		return api_refuse(c, "noun", "there is no such noun");
	*noun = row->noun;
	return true;
}

/* Only what is well-formed can be compared: the rest is said when it is saved. */
static json_t *canonical(struct call *c, enum crm_noun noun, const json_t *values)
{
	json_t *clean = crm_json_own(c->work.arena, json_object()), *value, *good;
	const char *key;

	json_object_foreach((json_t *)values, key, value)
	{
		const struct crm_field *field = crm_field(noun, text_of(key));

		if (field && crm_value_check(&c->work, field, value, &good) && good)
			json_object_set(clean, key, good);
		err_clear(&c->work.err);
	}
	return clean;
}

bool api_twins(struct call *c)
{
	const json_t *body, *values;
	json_t *items = api_own(c, json_array());
	enum crm_noun noun = CRM_NOTHING;
	struct twins twins;

	if (!api_body(c, &body) || !read_noun(c, body, &noun))
		return false;
	values = json_object_get(body, "values");
	if (!json_is_object(values))
		return api_refuse(c, "values", "an object is expected");
	if (!twins_of(&c->work, noun, canonical(c, noun, values), crm_get_int(body, "id"), &twins))
		return false;
	for (size_t i = 0; i < twins.len; i++)
		if (!add_twin(c, items, &twins.at[i]))
			return false;
	return api_json(c, 200, json_pack("{s:O}", "items", items));
}

/* ---- of the whole book ---- */

static bool add_pair(struct call *c, json_t *pairs, const struct twin_pair *pair)
{
	json_t *a, *b;

	if (!record_json(c, pair->a, &a) || !record_json(c, pair->b, &b))
		return false;
	if (a && b)
		json_array_append_new(
		        pairs, json_pack("{s:O, s:O, s:i, s:o}", "a", a, "b", b, "score",
		                       pair->score, "why", why_json(pair->why)));
	return true;
}

static bool pairs_of(struct call *c)
{
	struct text after = call_query(c, "cursor");
	json_t *list = api_own(c, json_array()), *page;
	struct twin_pairs pairs;

	if (!twin_pairs(&c->work, api_of(c)->noun->noun, &after, PAIRS_A_PAGE, &pairs))
		return false;
	for (size_t i = 0; i < pairs.len; i++)
		if (!add_pair(c, list, &pairs.at[i]))
			return false;
	page = json_pack("{s:O}", "pairs", list);
	if (after.ptr)
		json_object_set_new(page, "cursor", api_word(after));
	return api_json(c, 200, page);
}

/* The whole book is read: not on a thread that serves others. */
bool api_twin_pairs(struct call *c)
{
	enum crm_noun noun = api_of(c)->noun->noun;

	if (noun != CRM_ACCOUNT && noun != CRM_CONTACT && noun != CRM_LEAD)
		return err_set(&c->work.err, ERR_NOT_FOUND, "There is nothing here");
	return call_slow(c, pairs_of);
}

/* ---- made one ---- */

static bool combined(struct call *c)
{
	return api_reply_record(c, 200, api_of(c)->noun->noun, api_of(c)->id);
}

bool api_combine(struct call *c)
{
	struct edit_combine *asked = arena_make(c->work.arena, struct edit_combine);
	struct edit_crm how = { .base = -1 };
	const json_t *body, *take;

	if (!api_edit(c, &how) || !api_body(c, &body))
		return false;
	take = json_object_get(body, "take");
	if (take && !json_is_null(take) && !json_is_object(take))
		return api_refuse(c, "take", "\"this\" or \"that\" is expected for each field");
	*asked = (struct edit_combine){ .noun = api_of(c)->noun->noun,
		.keep = api_of(c)->id,
		.lose = crm_get_int(body, "with"),
		.base = -1,
		.take = take,
		.via = how.via,
		.device = how.device };
	return api_commit(c, edit_combine(&c->work, asked), combined, api_combine);
}
