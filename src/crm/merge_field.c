/* merge_field.c - one field in three bodies: what was, what was sent, what is now. */
#include "base/base.h"
#include "base/str.h"
#include "crm/card_impl.h"
#include "crm/merge_impl.h"

static bool is_set(const struct crm_field *field)
{
	return card_is_list(field) || field->type == CRM_TYPE_TAGS;
}

static struct text key_of(struct work *work, const struct crm_field *field, const json_t *item)
{
	if (field->type == CRM_TYPE_TAGS)
		return text_fold(work->arena, body_text(item));
	return card_item_key(work->arena, field, item);
}

static bool has_key(
        struct work *work, const struct crm_field *field, const json_t *list, struct text key)
{
	const json_t *item;
	size_t i;

	json_array_foreach(list, i, item) if (text_eq(key_of(work, field, item), key)) return true;
	return false;
}

static bool within(
        struct work *work, const struct crm_field *field, const json_t *a, const json_t *b)
{
	const json_t *item;
	size_t i;

	json_array_foreach(
	        a, i, item) if (!has_key(work, field, b, key_of(work, field, item))) return false;
	return true;
}

/* Clients whose cards have room for so many. */
static const struct {
	const char *agent;
	enum crm_type type;
	size_t slots;
} NARROW[] = {
	/* Outlook has three. */
	{ "CalDavSynchronizer", CRM_TYPE_MAILS, 3 },
};

static size_t slots_of(struct text device, enum crm_type type)
{
	for (size_t i = 0; i < COUNT_OF(NARROW); i++)
		if (NARROW[i].type == type && text_starts(device, text_of(NARROW[i].agent)))
			return NARROW[i].slots;
	return SIZE_MAX;
}

json_t *merge_unseen(const struct merging *g, const struct crm_field *field)
{
	const json_t *base = json_object_get(g->base.values, field->key);
	json_t *sent = json_object_get(g->sent.values, field->key), *list;
	size_t slots = slots_of(g->m->device, field->type);

	if (json_array_size(base) <= slots)
		return sent;
	list = crm_json_own(g->work->arena, json_array());
	json_array_extend(list, sent);
	for (size_t i = slots; i < json_array_size(base); i++) {
		json_t *item = json_array_get(base, i);

		if (!has_key(g->work, field, sent, key_of(g->work, field, item)))
			json_array_append(list, item);
	}
	return list;
}

/* White space at the end of lines comes and goes with some clients. */
static struct text squeezed(struct arena *arena, struct text text)
{
	struct text line;
	struct buf out;

	buf_init(&out, arena);
	while (text.ptr && text_split(&text, '\n', &line)) {
		buf_add(&out, text_trim(line));
		buf_char(&out, '\n');
	}
	return text_trim(buf_text(&out));
}

bool merge_same(struct work *work, const struct crm_field *field, const json_t *a, const json_t *b)
{
	if (is_set(field))
		return within(work, field, a, b) && within(work, field, b, a);
	if (field->type == CRM_TYPE_LONG)
		return text_eq(
		        squeezed(work->arena, body_text(a)), squeezed(work->arena, body_text(b)));
	return a == b || (a && b && json_equal(a, b));
}

struct text merge_appended(struct text before, struct text after)
{
	if (!before.len)
		return after;
	if (after.len <= before.len || !text_starts(after, before))
		return TEXT_NONE;
	return text_trim(text_from(after, before.len));
}

/* What was taken away goes, what was added comes; the rest stays as others left it. */
static json_t *three_sets(
        struct work *work, const struct crm_field *field, const json_t *const sides[3])
{
	json_t *list = crm_json_own(work->arena, json_array()), *item;
	size_t i;

	json_array_foreach((json_t *)sides[2], i, item)
	{
		struct text key = key_of(work, field, item);

		if (!has_key(work, field, sides[0], key) || has_key(work, field, sides[1], key))
			json_array_append(list, item);
	}
	json_array_foreach((json_t *)sides[1], i, item)
	{
		struct text key = key_of(work, field, item);

		if (!has_key(work, field, sides[0], key) && !has_key(work, field, list, key))
			json_array_append(list, item);
	}
	return json_array_size(list) ? list : NULL;
}

bool merge_three(struct work *work, const struct crm_field *field, const json_t *const sides[3],
        json_t **value)
{
	struct text more;

	*value = (json_t *)sides[1];
	if (is_set(field)) {
		*value = three_sets(work, field, sides);
		return true;
	}
	if (merge_same(work, field, sides[0], sides[2]) ||
	        merge_same(work, field, sides[1], sides[2]))
		return true;
	more = field->type == CRM_TYPE_LONG
	               ? merge_appended(body_text(sides[0]), body_text(sides[1]))
	               : TEXT_NONE;
	if (!more.len || !sides[2])
		return false;
	more = arena_printf(
	        work->arena, "%.*s\n%.*s", TEXT_ARG(body_text(sides[2])), TEXT_ARG(more));
	*value = crm_json_own(work->arena, json_stringn(more.ptr, more.len));
	return true;
}
