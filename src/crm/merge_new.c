/* merge_new.c - what follows from where a client made something. */
#include "base/base.h"
#include "base/str.h"
#include "crm/ical_impl.h"
#include "crm/key.h"
#include "crm/merge_impl.h"
#include "crm/sight.h"
#include "db/db.h"
#include "store/house.h"

DB_STATEMENT(NAMED, "SELECT k.record FROM crm_key k JOIN crm_item i ON i.record = k.record"
                    " WHERE k.key = ?1 AND k.role = 0 AND i.noun = ?2 LIMIT 20");

/* ---- by name ---- */

/* The one of these that work->who may see; 0: none, or several. */
static bool only_seen(struct work *work, const struct ids *ids, int64_t *record)
{
	struct crm_known *known;
	size_t seen = 0;
	bool sees;

	for (size_t i = 0; i < ids->len; i++) {
		if (!crm_known(work, ids->at[i], &known) ||
		        (known && !crm_sees(work, known, &sees)))
			return false;
		if (!known || !sees)
			continue;
		*record = ids->at[i];
		seen++;
	}
	if (seen != 1)
		*record = 0;
	return true;
}

bool merge_named(struct work *work, enum crm_noun noun, struct text name, int64_t *record)
{
	struct text key = name.len ? crm_key_name(work->arena, name) : TEXT_NONE;
	struct db *db = work_reader(work);
	struct db_rows *rows;
	struct ids ids = VEC_EMPTY;

	*record = 0;
	if (!db)
		return false;
	if (!key.len)
		return true;
	rows = db_query(db, &work->err, &NAMED, DB_ARGS(DB_TEXT(key), DB_INT(noun)));
	while (rows && db_next(rows))
		*vec_push(work->arena, &ids) = db_int(rows, 0);
	if (!db_done(rows))
		return false;
	return only_seen(work, &ids, record);
}

static bool set_id(struct merging *g, struct crm_draft *draft, const char *key, int64_t id)
{
	const struct crm_field *field = crm_field(draft->noun, text_of(key));
	json_t *value = crm_json_own(g->work->arena, json_integer(id));

	if (!id || crm_draft_set(g->work, draft, field, value))
		return true;
	if (g->work->err.id != ERR_CRM_VALUE)
		return false;
	err_clear(&g->work->err);
	return true;
}

/* Where the last dash of a text is, and what stands behind it; -1: nowhere. Phones make long ones
 * of those that people type. */
static ptrdiff_t last_dash(struct text text, struct text *behind)
{
	static const struct text dashes[] = { TEXT_INIT(" - "), TEXT_INIT(" \xe2\x80\x93 "),
		TEXT_INIT(" \xe2\x80\x94 ") };

	for (size_t i = text.len; i-- > 0;)
		for (size_t k = 0; k < COUNT_OF(dashes); k++)
			if (text_starts(text_from(text, i), dashes[k])) {
				*behind = text_from(text, i + dashes[k].len);
				return (ptrdiff_t)i;
			}
	return -1;
}

static struct text contact_of(struct merging *g)
{
	return body_ical_text(g->work->arena, g->sent.comp, ICAL_P_CONTACT);
}

/* RELATED-TO, else CONTACT, else what stands behind the last dash of the summary; `dash`: there. */
static bool find_account(struct merging *g, int64_t *account, ptrdiff_t *dash)
{
	struct text summary = body_ical_text(g->work->arena, g->sent.comp, ICAL_P_SUMMARY), behind;

	*account = crm_get_int(g->sent.values, "account");
	*dash = -1;
	if (*account)
		return true;
	if (!merge_named(g->work, CRM_ACCOUNT, contact_of(g), account))
		return false;
	*dash = *account || !summary.len ? -1 : last_dash(summary, &behind);
	return *dash < 0 || merge_named(g->work, CRM_ACCOUNT, behind, account);
}

/* CONTACT names a person as well as a company. */
static bool set_contact(struct merging *g, struct crm_draft *draft)
{
	int64_t contact;

	return merge_named(g->work, CRM_CONTACT, contact_of(g), &contact) &&
	       set_id(g, draft, "contact", contact);
}

/* ---- by noun ---- */

static bool new_case(struct merging *g, struct crm_draft *draft)
{
	struct text subject = crm_get_text(draft->now, "subject"), behind;
	const struct crm_field *field = crm_field(CRM_CASE, TEXT("subject"));
	int64_t account;
	ptrdiff_t dash;

	if (!find_account(g, &account, &dash) || !set_id(g, draft, "account", account) ||
	        !set_contact(g, draft))
		return false;
	dash = account && dash >= 0 && subject.len ? last_dash(subject, &behind) : -1;
	if (dash > 0)
		subject = text_trim(text_sub(subject, 0, (size_t)dash));
	if (!subject.len)
		subject = TEXT("(no subject)");
	return crm_draft_set(g->work, draft, field,
	        crm_json_own(g->work->arena, json_stringn(subject.ptr, subject.len)));
}

static bool new_deal(struct merging *g, struct crm_draft *draft)
{
	int64_t account = crm_get_int(g->sent.values, "account");

	if (!account && !merge_named(g->work, CRM_ACCOUNT, contact_of(g), &account))
		return false;
	return set_id(g, draft, "account", account) && set_contact(g, draft);
}

bool merge_new(struct merging *g, struct crm_draft *draft)
{
	switch (draft->noun) {
	case CRM_CASE: return new_case(g, draft);
	case CRM_DEAL: return new_deal(g, draft);
	case CRM_NOTE: return set_id(g, draft, "parent", crm_get_int(g->sent.values, "parent"));
	default: return true;
	}
}
