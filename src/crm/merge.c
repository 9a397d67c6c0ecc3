/* merge.c - a client's body against what it had seen and what there is. */
#include "base/base.h"
#include "base/str.h"
#include "crm/card_impl.h"
#include "crm/merge_impl.h"
#include "crm/trace.h"

static bool is_card(enum crm_noun noun)
{
	return noun == CRM_ACCOUNT || noun == CRM_CONTACT || noun == CRM_LEAD;
}

enum crm_noun crm_noun_on(struct arena *arena, enum crm_shelf shelf, const struct vcard *card)
{
	const struct vcard_prop *kind = card ? vcard_first(card, "X-ADDRESSBOOKSERVER-KIND") : NULL;

	if (card && !kind)
		kind = vcard_first(card, "KIND");
	if (kind && text_eq_nocase(text_trim(vcard_value_text(arena, kind)), TEXT("group")))
		return CRM_NOTHING;
	switch (shelf) {
	case SHELF_ACCOUNTS: return card_names_org(arena, card) ? CRM_ACCOUNT : CRM_CONTACT;
	case SHELF_LEADS: return CRM_LEAD;
	case SHELF_DEALS: return CRM_DEAL;
	case SHELF_CASES: return CRM_CASE;
	case SHELF_JOURNAL: return CRM_NOTE;
	default: return CRM_NOTHING;
	}
}

/* ---- the three bodies ---- */

static bool load_side(struct merging *g, struct text body, struct side *side)
{
	return is_card(g->m->noun) ? merge_card_side(g, body, side)
	                           : merge_ical_side(g, body, side);
}

/* A version that is not kept any more cannot be compared with. */
static bool base_body(struct merging *g, struct text *body)
{
	const struct record *old = g->m->old;

	*body = g->m->seen.ptr ? g->m->seen : old->body;
	if (g->m->seen.ptr || g->m->base < 0 || g->m->base == old->revision)
		return true;
	if (!trace_body(g->work, old->id, g->m->base, body))
		return false;
	return body->ptr ||
	       err_set(&g->work->err, ERR_PRECONDITION_FAILED, "That version is not kept any more");
}

static bool load_sides(struct merging *g)
{
	struct text base;

	if (is_card(g->m->noun))
		g->sent.card = g->m->sent;
	else
		g->sent.ical = g->m->sent;
	if (g->m->old && (!base_body(g, &base) || !load_side(g, base, &g->base) ||
	                         !load_side(g, g->m->old->body, &g->now)))
		return false;
	if (g->m->old && is_card(g->m->noun) && !merge_card_version(g))
		return false;
	return load_side(g, TEXT_NONE, &g->sent);
}

/* ---- what is an edit ---- */

void merge_edit(struct merging *g, const char *key, json_t *value)
{
	*vec_push(g->work->arena, &g->edits) =
	        (struct edit){ crm_field(g->m->noun, text_of(key)), value, false };
}

bool merge_is_untouched(const struct merging *g, const struct crm_field *field)
{
	if (!g->m->old || (field->type != CRM_TYPE_LONG && field->type != CRM_TYPE_LINE))
		return false;
	for (size_t i = 0; i < g->edits.len; i++)
		if (g->edits.at[i].field == field && !g->edits.at[i].dropped)
			return false;
	return true;
}

static bool is_asked(const struct crm_field *field)
{
	return field->wire && (field->class == CRM_FREE || field->class == CRM_GUARDED) &&
	       !merge_is_special(field);
}

static bool has_categories(const struct merging *g)
{
	if (g->sent.card)
		return vcard_first(g->sent.card, "CATEGORIES") != NULL;
	return ical_prop(g->sent.comp, ICAL_P_CATEGORIES) != NULL;
}

/* Tags stand in one property with a status or kind: who sends that, sends all there is. */
static bool may_go(const struct merging *g, const struct crm_field *field)
{
	if (field->type == CRM_TYPE_TAGS)
		return has_categories(g);
	return field->class == CRM_FREE && !(field->flags & CRM_FLAG_NEEDED);
}

/* Text behind the text that was there is told on the timeline too. */
static void look_for_more(struct merging *g, const struct crm_field *field)
{
	struct text more = merge_appended(
	        crm_get_text(g->base.values, field->key), crm_get_text(g->sent.values, field->key));

	if (field->type == CRM_TYPE_LONG && g->m->noun != CRM_NOTE && more.len)
		g->m->appended = more;
}

static bool compare(struct merging *g, const struct crm_field *field)
{
	const json_t *sides[3] = { json_object_get(g->base.values, field->key),
		merge_unseen(g, field), json_object_get(g->now.values, field->key) };
	json_t *value;

	if (merge_same(g->work, field, sides[0], sides[1]) || (!sides[1] && !may_go(g, field)))
		return true;
	if (!merge_three(g->work, field, sides, &value))
		return err_set(&g->work->err, ERR_PRECONDITION_FAILED,
		        "%s was changed by somebody else as well", field->label);
	if (merge_same(g->work, field, sides[2], value))
		return true;
	look_for_more(g, field);
	*vec_push(g->work->arena, &g->edits) = (struct edit){ field, value, false };
	return true;
}

static bool find_edits(struct merging *g)
{
	const struct crm_field *field;

	for (size_t i = 0; (field = crm_field_at(g->m->noun, i)); i++) {
		json_t *value = json_object_get(g->sent.values, field->key);

		if (!is_asked(field))
			continue;
		if (g->m->old && !compare(g, field))
			return false;
		if (!g->m->old && value)
			*vec_push(g->work->arena, &g->edits) = (struct edit){ field, value, false };
	}
	return is_card(g->m->noun) || merge_ical_special(g);
}

/* ---- the draft ---- */

/* Only what cannot be is left out; that the database fails is no reason. */
static bool forgive(struct work *work)
{
	if (work->err.id != ERR_CRM_VALUE)
		return false;
	err_clear(&work->err);
	return true;
}

/* These places in accounts, with that one as the main one. */
static json_t *with_primary(struct arena *arena, const json_t *others, int64_t account)
{
	json_t *list = crm_json_own(arena, json_array()), *first = json_object(), *other;
	size_t i;

	json_array_append_new(list, first);
	json_array_foreach(others, i, other)
	{
		if (crm_get_int(other, "account") == account) {
			json_object_update(first, other);
			continue;
		}
		other = json_copy(other);
		json_object_del(other, "primary");
		json_array_append_new(list, other);
	}
	json_object_set_new(first, "account", json_integer(account));
	json_object_set_new(first, "primary", json_true());
	return list;
}

/* The company of a contact is the account it belongs to. */
static bool set_company(struct merging *g, struct crm_draft *draft, struct edit *edit)
{
	const json_t *others = json_object_get(draft->now, "accounts");
	int64_t account;
	json_t *list;

	if (g->m->noun != CRM_CONTACT || strcmp(edit->field->key, "company") != 0)
		return true;
	if (!merge_named(g->work, CRM_ACCOUNT, body_text(edit->value), &account))
		return false;
	if (!account) {
		edit->dropped = others != NULL;
		return true;
	}
	list = with_primary(g->work->arena, others, account);
	return crm_draft_set(g->work, draft, crm_field(CRM_CONTACT, TEXT("accounts")), list) ||
	       forgive(g->work);
}

static bool set_owner(struct merging *g, struct crm_draft *draft)
{
	return crm_draft_set(g->work, draft, crm_field(draft->noun, TEXT("owner")),
	               crm_json_own(g->work->arena, json_integer(g->m->owner))) ||
	       forgive(g->work);
}

static bool apply(struct merging *g, struct crm_draft *draft)
{
	for (size_t i = 0; i < g->edits.len; i++) {
		struct edit *edit = &g->edits.at[i];

		if (!edit->dropped && !set_company(g, draft, edit))
			return false;
		if (edit->dropped)
			continue;
		if (!crm_draft_set(g->work, draft, edit->field, edit->value)) {
			edit->dropped = true;
			if (!forgive(g->work))
				return false;
		}
	}
	if (g->m->owner && !set_owner(g, draft))
		return false;
	return g->m->old || merge_new(g, draft);
}

static bool begin(struct merging *g)
{
	struct crm_merge *m = g->m;
	bool ok = m->old ? crm_draft_load(g->work, m->old, &m->draft)
	                 : crm_draft_begin(g->work, m->noun, m->uid, &m->draft);

	if (!ok)
		return false;
	m->draft->via = VIA_DAV;
	m->draft->device = m->device;
	return true;
}

/* The edit that settling stumbled over; else the last one of a guarded field; else any. */
static struct edit *culprit(struct merging *g)
{
	struct edit *found = NULL;

	for (size_t i = 0; i < g->edits.len; i++) {
		struct edit *edit = &g->edits.at[i];

		if (edit->dropped)
			continue;
		if (g->work->err.field && !strcmp(edit->field->key, g->work->err.field))
			return edit;
		if (!found || edit->field->class == CRM_GUARDED)
			found = edit;
	}
	return found;
}

/* A phone cannot be argued with: what the company's rules do not allow is left out, the rest is
 * taken. */
static bool settle(struct merging *g)
{
	for (;;) {
		struct edit *edit;

		if (!begin(g) || !apply(g, g->m->draft))
			return false;
		if (crm_draft_settle(g->work, g->m->draft))
			return true;
		edit = culprit(g);
		if (!edit)
			break;
		edit->dropped = true;
		if (!forgive(g->work))
			return false;
	}
	if (forgive(g->work))
		err_privilege(&g->work->err, TEXT_NONE, "write-content");
	return false;
}

/* ---- the whole ---- */

static bool is_idle(struct merging *g)
{
	if (!g->m->old || crm_draft_changed(g->m->draft))
		return false;
	return !(is_card(g->m->noun) ? merge_card_rest(g) : merge_ical_rest(g));
}

bool crm_merge(struct work *work, struct crm_merge *merge)
{
	struct merging g = { .work = work, .m = merge, .edits = VEC_EMPTY };

	merge->appended = TEXT_NONE;
	if (!load_sides(&g) || !begin(&g))
		return false;
	if (!is_card(merge->noun))
		merge_ical_habits(&g);
	else if (!merge_card_habits(&g))
		return false;
	if (!find_edits(&g) || !settle(&g))
		return false;
	merge->idle = is_idle(&g);
	if (!merge->idle) {
		if (!(is_card(merge->noun) ? merge_card_body(&g) : merge_ical_body(&g)))
			return false;
		/* What came of it may be no change either: there was no room for what was new. */
		g.base = g.now;
		merge->idle = is_idle(&g);
	}
	if (merge->idle)
		merge->body = merge->old->body;
	return true;
}
