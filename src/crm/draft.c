#include "base/base.h"
#include "base/hash.h"
#include "base/str.h"
#include "crm/body.h"
#include "crm/draft_impl.h"
#include "crm/refs.h"
#include "object/ical_facts.h"

/* ---- values ---- */

void draft_put(struct crm_draft *draft, const char *key, json_t *value)
{
	if (value)
		json_object_set_new(draft->now, key, value);
	else
		json_object_del(draft->now, key);
}

void draft_put_int(struct crm_draft *draft, const char *key, int64_t value)
{
	draft_put(draft, key, value ? json_integer(value) : NULL);
}

void draft_put_text(struct crm_draft *draft, const char *key, struct text value)
{
	draft_put(draft, key, value.len ? json_stringn(value.ptr, value.len) : NULL);
}

bool draft_moved(const struct crm_draft *draft, const char *key)
{
	const json_t *was = draft->before ? json_object_get(draft->before, key) : NULL;
	const json_t *is = json_object_get(draft->now, key);

	return !was != !is || (was && !json_equal(was, is));
}

void draft_ask(struct work *work, struct crm_draft *draft, const char *kind, const char *words)
{
	*vec_push(work->arena, &draft->asked) = (struct crm_request){ kind, text_of(words) };
}

void draft_answer(struct work *work, struct crm_draft *draft, const char *kind)
{
	if (draft->old)
		*vec_push(work->arena, &draft->answered) = text_of(kind);
}

/* ---- an existing one ---- */

/* RFC 5545: what a calendar object is decides what it is here. */
static enum crm_noun noun_of(const struct record *record, const struct ical *ical)
{
	if (crm_noun_of_kind(record->kind))
		return crm_noun_of_kind(record->kind);
	return ical_object_kind(ical) == ICAL_VTODO ? CRM_TASK : CRM_MEETING;
}

static bool parse(struct work *work, struct crm_draft *draft, struct text body, json_t *values)
{
	if (noun_is_card(draft->noun)) {
		struct vcard *card;

		if (!vcard_parse(work->arena, &work->err, body, &card))
			return false;
		draft->tree = card;
		draft->uid = vcard_uid(card);
		return crm_card_read(work, card, draft->noun, values);
	}
	draft->uid = ical_uid(work->arena, draft->tree);
	return crm_ical_read(work, draft->tree, draft->noun, values);
}

/* Plain calendar objects are what their bodies say: only what no client may touch stands beside. */
static bool is_kept_beside(enum crm_noun noun, const char *key)
{
	const struct crm_field *field = crm_field(noun, text_of(key));

	if (noun_is_plain(noun))
		return strcmp(key, "owner") != 0 && (!field || field->class == CRM_PRIVATE);
	return !field || field->class != CRM_FREE;
}

static bool overlay(struct work *work, struct crm_draft *draft, struct text private, json_t *values)
{
	json_t *beside, *value;
	const char *key;

	if (!crm_json_read(work, private, &beside))
		return false;
	json_object_foreach(beside, key, value) if (is_kept_beside(draft->noun, key))
	        json_object_set(values, key, value);
	return true;
}

/* A task or meeting is whose calendar it is in. */
static bool load_owner(struct work *work, const struct record *record, json_t *values)
{
	struct collection *home;

	if (!collection_get(work, record->home, &home))
		return false;
	if (home)
		json_object_set_new(values, "owner", json_integer(home->owner));
	return true;
}

bool crm_draft_load(struct work *work, const struct record *record, struct crm_draft **out)
{
	struct crm_draft *draft = *out = arena_make(work->arena, struct crm_draft);
	struct ical *ical = NULL;

	if (!noun_is_card(crm_noun_of_kind(record->kind))) {
		if (!ical_parse(work->arena, &work->err, record->body, &ical))
			return false;
		draft->tree = ical;
	}
	draft->noun = noun_of(record, ical);
	draft->old = record;
	draft->home = record->home;
	draft->via = VIA_WEB;
	draft->at = work->now;
	draft->before = crm_json_own(work->arena, json_object());
	if (!parse(work, draft, record->body, draft->before) ||
	        !overlay(work, draft, record->private, draft->before) ||
	        (noun_is_plain(draft->noun) && !load_owner(work, record, draft->before)))
		return false;
	draft->now = crm_json_own(work->arena, json_copy(draft->before));
	return true;
}

bool crm_draft_begin(struct work *work, enum crm_noun noun, struct text uid, struct crm_draft **out)
{
	struct crm_draft *draft = *out = arena_make(work->arena, struct crm_draft);

	draft->noun = noun;
	draft->uid = uid.len ? uid : random_uuid(work->arena);
	draft->via = VIA_WEB;
	draft->at = work->now;
	draft->now = crm_json_own(work->arena, json_object());
	return true;
}

/* ---- changing ---- */

bool crm_draft_set(struct work *work, struct crm_draft *draft, const struct crm_field *field,
        const json_t *value)
{
	json_t *canonical;

	if (field->class == CRM_SYSTEM)
		return err_field(&work->err, field->key, "%s is worked out here", field->label);
	if (!crm_value_check(work, field, value, &canonical))
		return false;
	/* What stays need not be seen: somebody else may have named it. */
	if (canonical &&
	        !(draft->before &&
	                json_equal(canonical, json_object_get(draft->before, field->key))) &&
	        !refs_check(work, field, &canonical))
		return false;
	draft_put(draft, field->key, json_incref(canonical));
	return true;
}

bool crm_draft_changed(const struct crm_draft *draft)
{
	return !draft->before || !json_equal(draft->before, draft->now);
}

/* ---- what is stored ---- */

static bool render_card(struct work *work, struct crm_draft *draft)
{
	if (!draft->tree) {
		draft->tree = vcard_new(work->arena, VCARD_3);
		vcard_set_text(draft->tree, "UID", draft->uid);
	}
	if (!crm_card_write(work, draft->tree, draft->noun, draft->before, draft->now))
		return false;
	draft->body = vcard_body(work->arena, draft->tree);
	return true;
}

static bool render_ical(struct work *work, struct crm_draft *draft)
{
	struct crm_writing writing = { .noun = draft->noun,
		.old = draft->tree,
		.before = draft->before,
		.now = draft->now,
		.uid = draft->uid,
		.at = draft->at };
	struct ical *ical;

	if (!crm_ical_write(work, &writing, &draft->body) ||
	        !ical_parse(work->arena, &work->err, draft->body, &ical))
		return false;
	draft->tree = ical;
	return true;
}

bool crm_draft_render(struct work *work, struct crm_draft *draft)
{
	json_t *beside = crm_json_own(work->arena, json_object()), *value;
	const char *key;

	json_object_foreach(draft->now, key, value) if (is_kept_beside(draft->noun, key))
	        json_object_set(beside, key, value);
	draft->private = json_object_size(beside) ? crm_json_write(work->arena, beside) : TEXT_NONE;
	return noun_is_card(draft->noun) ? render_card(work, draft) : render_ical(work, draft);
}
