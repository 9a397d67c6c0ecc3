/* nouns.c - what every noun of the CRM can be asked: list, one, new, changed, deleted and back. */
#include "base/base.h"
#include "api/record.h"
#include "edit/crm.h"

enum { TOTAL_MOST = 10000 };

static enum crm_noun noun_of(struct call *c)
{
	return api_of(c)->noun->noun;
}

/* ---- reading ---- */

static json_t *page_json(struct call *c, const struct crm_page *page, json_t *items)
{
	json_t *object = json_pack("{s:O, s:I}", "items", items, "as_of", c->work.now);

	if (page->cursor.ptr)
		json_object_set_new(object, "cursor", api_word(page->cursor));
	if (page->total == -TOTAL_MOST)
		json_object_set_new(object, "total_is_least", json_true());
	if (page->total != -1)
		json_object_set_new(
		        object, "total", json_integer(page->total < 0 ? TOTAL_MOST : page->total));
	return object;
}

bool api_list(struct call *c)
{
	struct api_shape shape = { .only = call_query(c, "fields"), .is_list = true };
	struct crm_page page;
	struct crm_ask ask;
	json_t *items;

	return api_check_fields(c, noun_of(c), shape.only) && api_ask(c, noun_of(c), &ask) &&
	       crm_list(&c->work, &ask, &page) && api_records(c, &page.entries, &shape, &items) &&
	       api_json(c, 200, page_json(c, &page, items));
}

bool api_get(struct call *c)
{
	return api_reply_record(c, 200, noun_of(c), api_of(c)->id);
}

/* ---- changing ---- */

static bool answer_200(struct call *c)
{
	return api_reply_changed(c, 200, noun_of(c), api_of(c)->id);
}

static bool answer_201(struct call *c)
{
	int64_t id = edit_crm_id(c->plan);

	call_set(c, "Location",
	        arena_printf(
	                c->work.arena, "/api/v1/%s/%lld", api_of(c)->noun->name, (long long)id));
	return api_reply_changed(c, 201, noun_of(c), id);
}

/* Where a row stands is no field of it. */
static bool take_place(struct call *c, json_t *set, struct edit_crm *edit)
{
	const json_t *parent = json_object_get(set, "parent");
	const json_t *position = json_object_get(set, "position");

	edit->position = -1;
	if (!crm_noun_is_row(edit->noun))
		return true;
	if (parent && !json_is_null(parent) && json_integer_value(parent) < 1)
		return api_refuse(c, "parent", "an id is expected");
	if (position && (!json_is_integer(position) || json_integer_value(position) < 0))
		return api_refuse(c, "position", "a number is expected");
	edit->parent = json_integer_value(parent);
	if (position)
		edit->position = json_integer_value(position);
	json_object_del(set, "parent");
	json_object_del(set, "position");
	return true;
}

static bool read_edit(struct call *c, struct edit_crm *edit)
{
	const json_t *body;
	json_t *set;

	if (!api_body(c, &body))
		return false;
	set = api_own(c, json_copy((json_t *)body));
	edit->noun = noun_of(c);
	edit->id = api_of(c)->id;
	edit->set = set;
	return take_place(c, set, edit) && api_edit(c, edit);
}

bool api_create(struct call *c)
{
	struct edit_crm edit = { .base = -1 };

	return read_edit(c, &edit) &&
	       api_commit(c, edit_crm_put(&c->work, &edit), answer_201, api_create);
}

bool api_seen_revision(struct call *c, int64_t *revision)
{
	static const char digits[] = "0123456789abcdef";
	struct text etag = text_trim(call_header(c, "If-Match"));
	int64_t value = 0;

	*revision = -1;
	if (!etag.ptr)
		return err_set(&c->work.err, ERR_PRECONDITION_REQUIRED, "%s", "");
	if (text_eq(etag, TEXT("*")))
		return true;
	if (text_starts(etag, TEXT("W/")))
		etag = text_from(etag, 2);
	if (etag.len < 3 || etag.len > 17 || etag.ptr[0] != '"' || etag.ptr[etag.len - 1] != '"')
		return err_set(&c->work.err, ERR_PRECONDITION_FAILED, "this is no version of it");
	for (size_t i = 1; i + 1 < etag.len; i++) {
		const char *digit = strchr(digits, etag.ptr[i]);

		if (!digit || !*digit)
			return err_set(
			        &c->work.err, ERR_PRECONDITION_FAILED, "this is no version of it");
		value = value * 16 + (digit - digits);
	}
	*revision = value;
	return true;
}

bool api_patch(struct call *c)
{
	struct edit_crm edit = { 0 };

	return api_seen_revision(c, &edit.base) && read_edit(c, &edit) &&
	       api_commit(c, edit_crm_put(&c->work, &edit), answer_200, api_patch);
}

bool api_delete(struct call *c)
{
	struct edit_crm edit = { .noun = noun_of(c), .id = api_of(c)->id, .base = -1 };

	if (call_header(c, "If-Match").ptr && !api_seen_revision(c, &edit.base))
		return false;
	return api_edit(c, &edit) &&
	       api_commit(c, edit_crm_delete(&c->work, &edit), api_none, api_delete);
}

bool api_restore(struct call *c)
{
	struct edit_crm edit = { 0 };

	return api_edit(c, &edit) &&
	       api_commit(c, edit_crm_restore(&c->work, api_of(c)->id, edit.via, edit.device),
	               answer_200, api_restore);
}

/* ---- following ---- */

static bool follow(struct call *c, bool yes, call_fn *again)
{
	struct crm_entry *entry;

	return api_entry(c, noun_of(c), api_of(c)->id, &entry) &&
	       api_commit(c, edit_crm_follow(&c->work, entry->id, yes), api_none, again);
}

bool api_follow(struct call *c)
{
	return follow(c, true, api_follow);
}

bool api_unfollow(struct call *c)
{
	return follow(c, false, api_unfollow);
}
