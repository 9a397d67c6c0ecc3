/* timeline.c - what happened around a record. */
#include "base/base.h"
#include "api/record.h"
#include "view/crm_names.h"
#include "view/timeline.h"

enum { PAGE = 50 };

static bool is_about_ids(const struct timeline_entry *e)
{
	return text_eq(e->what, TEXT("owner")) || text_eq(e->what, TEXT("team")) ||
	       text_eq(e->what, TEXT("campaign"));
}

static int64_t id_in(struct text text)
{
	int64_t id;

	return text_to_int(text, &id) ? id : 0;
}

static bool names_of(struct call *c, const struct timeline *t, struct crm_names *names)
{
	struct ids ids = VEC_EMPTY;

	for (size_t i = 0; i < t->len; i++) {
		*vec_push(c->work.arena, &ids) = t->at[i].who;
		if (!is_about_ids(&t->at[i]))
			continue;
		*vec_push(c->work.arena, &ids) = id_in(t->at[i].before);
		*vec_push(c->work.arena, &ids) = id_in(t->at[i].after);
	}
	return crm_names(&c->work, &ids, names);
}

/* ---- one ---- */

static struct text shown(
        const struct timeline_entry *e, const struct crm_names *names, struct text value)
{
	struct text name;

	if (!is_about_ids(e))
		return value;
	name = crm_name(names, id_in(value));
	return name.ptr ? name : TEXT("");
}

/* "New to Working" in any language. */
static void add_event(struct call *c, const struct timeline_entry *e, const struct crm_names *names,
        json_t *object)
{
	struct text before = shown(e, names, e->before), after = shown(e, names, e->after);
	struct text title = e->title;

	json_object_set_new(object, "category", api_word(e->what));
	json_object_set_new(object, "before", api_word(before));
	json_object_set_new(object, "after", api_word(after));
	if (before.len && after.len)
		title = arena_printf(
		        c->work.arena, "%.*s \xe2\x86\x92 %.*s", TEXT_ARG(before), TEXT_ARG(after));
	else if (after.len)
		title = after;
	json_object_set_new(object, "title", api_word(title));
}

static void add_record(const struct timeline_entry *e, json_t *object)
{
	static const char *const texts[] = { "text", "description" };
	static const char *const same[] = { "category", "direction", "recipients", "mail",
		"mail_reason" };

	json_object_set_new(object, "title", api_word(e->title.ptr ? e->title : TEXT("")));
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (json_object_get(e->values, texts[i]))
			json_object_set(object, "text", json_object_get(e->values, texts[i]));
	for (size_t i = 0; i < COUNT_OF(same); i++)
		if (json_object_get(e->values, same[i]))
			json_object_set(object, same[i], json_object_get(e->values, same[i]));
	json_object_set_new(object, "state", json_integer(e->state));
}

static json_t *entry_json(
        struct call *c, const struct timeline_entry *e, const struct crm_names *names)
{
	json_t *object = json_pack("{s:I, s:s, s:I, s:o}", "id", e->record, "noun",
	        crm_noun_row(e->noun)->name, "at", e->at, "who", api_named(names, e->who));

	if (e->values)
		add_record(e, object);
	else
		add_event(c, e, names, object);
	return object;
}

bool api_timeline(struct call *c)
{
	struct timeline_ask ask = { .before = call_query(c, "cursor"), .max = PAGE };
	enum crm_noun noun = api_of(c)->noun->noun;
	json_t *items = json_array(), *page = api_own(c, json_pack("{s:o}", "items", items));
	struct crm_entry *entry;
	struct crm_known *known;
	struct timeline timeline;
	struct crm_names names;
	struct text next;

	if (crm_noun_is_row(noun))
		return err_set(&c->work.err, ERR_NOT_FOUND, "%s", "");
	if (!api_entry(c, noun, api_of(c)->id, &entry) || !crm_known(&c->work, entry->id, &known))
		return false;
	ask.of = known;
	if (!known)
		return err_set(&c->work.err, ERR_NOT_FOUND, "%s", "");
	if (!timeline_of(&c->work, &ask, &timeline, &next) || !names_of(c, &timeline, &names))
		return false;
	for (size_t i = 0; i < timeline.len; i++)
		json_array_append_new(items, entry_json(c, &timeline.at[i], &names));
	if (next.ptr)
		json_object_set_new(page, "cursor", api_word(next));
	return api_json(c, 200, json_incref(page));
}
