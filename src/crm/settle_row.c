/* settle_row.c - what must hold of rows: pipelines, stages, campaigns, goals ... */
#include "base/base.h"
#include "base/codec.h"
#include "base/hash.h"
#include "base/str.h"
#include "crm/assign.h"
#include "crm/row.h"
#include "store/house.h"

DB_STATEMENT(RECORDS_AT,
        "SELECT 1 FROM crm_item WHERE noun = ?1 AND state IN (0, 1, 2) AND stage = ?2 LIMIT 1");
DB_STATEMENT(RECORDS_OF_CAMPAIGN,
        "SELECT 1 FROM crm_item WHERE campaign = ?1 AND campaign <> 0 LIMIT 1");

static struct text get(const struct crm_row_draft *d, const char *key)
{
	return crm_get_text(d->now, key);
}

/* ---- what each must be ---- */

static bool check_parent(struct work *work, const struct crm_row_draft *d, enum crm_noun wanted)
{
	struct crm_row *row;

	if (!crm_row_get(work, d->parent, &row))
		return false;
	return (row && row->noun == wanted) ||
	       err_field(
	               &work->err, "parent", "it belongs to one of %s", crm_noun_row(wanted)->name);
}

static bool check_account(struct work *work, const struct crm_row_draft *d)
{
	struct crm_known *known;

	if (!crm_known(work, d->parent, &known))
		return false;
	return (known && known->noun == CRM_ACCOUNT) ||
	       err_field(&work->err, "parent", "it belongs to an account");
}

static bool check_span(struct work *work, struct crm_row_draft *d)
{
	if (!get(d, "from").len || !get(d, "to").len || text_cmp(get(d, "from"), get(d, "to")) < 0)
		return true;
	return err_field(&work->err, "to", "it ends before it begins");
}

static bool settle_goal(struct work *work, struct crm_row_draft *d)
{
	return check_span(work, d);
}

static bool settle_campaign(struct work *work, struct crm_row_draft *d)
{
	/* A campaign's last day belongs to it. */
	if (text_eq(get(d, "from"), get(d, "to")))
		return true;
	return check_span(work, d);
}

static bool settle_cost(struct work *work, struct crm_row_draft *d)
{
	return check_parent(work, d, CRM_CAMPAIGN);
}

static bool settle_stage(struct work *work, struct crm_row_draft *d)
{
	struct text type = get(d, "type");

	if (text_eq(type, TEXT("won")))
		json_object_set_new(d->now, "probability", json_integer(100));
	else if (text_eq(type, TEXT("lost")))
		json_object_set_new(d->now, "probability", json_integer(0));
	return check_parent(work, d, CRM_PIPELINE);
}

static bool settle_sla(struct work *work, struct crm_row_draft *d)
{
	if (crm_get_int(d->now, "response") <= 0)
		return err_field(&work->err, "response", "some minutes are wanted");
	if (crm_get_int(d->now, "resolution") < crm_get_int(d->now, "response"))
		return err_field(&work->err, "resolution", "it takes longer than the answer");
	if (!get(d, "clock").len)
		json_object_set_new(d->now, "clock", json_string("business"));
	return true;
}

static bool settle_rate(struct work *work, struct crm_row_draft *d)
{
	struct text currency = get(d, "currency");
	bool fits = currency.len == 3;

	for (size_t i = 0; fits && i < 3; i++)
		fits = currency.ptr[i] >= 'A' && currency.ptr[i] <= 'Z';
	if (!fits)
		return err_field(&work->err, "currency", "three capital letters are wanted");
	return crm_get_int(d->now, "micros") > 0 ||
	       err_field(&work->err, "micros", "a rate is more than nothing");
}

static bool settle_cover(struct work *work, struct crm_row_draft *d)
{
	if (crm_get_int(d->now, "absent") == crm_get_int(d->now, "cover"))
		return err_field(&work->err, "cover", "nobody covers for themselves");
	return check_span(work, d);
}

static bool settle_relation(struct work *work, struct crm_row_draft *d)
{
	if (crm_get_int(d->now, "account") == d->parent)
		return err_field(&work->err, "account", "an account is not related to itself");
	return check_account(work, d);
}

static bool settle_need(struct work *work, struct crm_row_draft *d)
{
	if (!get(d, "state").len)
		json_object_set_new(d->now, "state", json_string("open"));
	return check_account(work, d);
}

static bool settle_form(struct work *work, struct crm_row_draft *d)
{
	uint8_t secret[16];
	struct text hex;

	if (get(d, "token").len)
		return true;
	random_bytes(secret, sizeof(secret));
	hex = hex_encode(work->arena, (struct text){ (const char *)secret, sizeof(secret) });
	json_object_set_new(d->now, "token", json_stringn(hex.ptr, hex.len));
	return true;
}

static bool settle_layout(struct work *work, struct crm_row_draft *d)
{
	return crm_noun_find(get(d, "noun")) ||
	       err_field(&work->err, "noun", "there is no such list");
}

/* One list, one spelling. */
static bool settle_choice(struct work *work, struct crm_row_draft *d)
{
	struct text key = text_fold(work->arena, get(d, "name"));
	struct crm_rows rows;

	if (!crm_rows_of(work, CRM_CHOICE, -1, &rows))
		return false;
	for (size_t i = 0; i < rows.len; i++) {
		const json_t *other = rows.at[i].values;

		if ((!d->old || rows.at[i].id != d->old->id) &&
		        text_eq(crm_get_text(other, "list"), get(d, "list")) &&
		        text_eq(text_fold(work->arena, crm_get_text(other, "name")), key))
			return err_field(&work->err, "name", "this choice is there already");
	}
	return true;
}

static bool settle_rule(struct work *work, struct crm_row_draft *d)
{
	return assign_check_rule(work, d->now);
}

typedef bool settle_row_fn(struct work *work, struct crm_row_draft *draft);

static const struct rule {
	enum crm_noun noun;
	settle_row_fn *settle;
} RULES[] = {
	{ CRM_CAMPAIGN, settle_campaign },
	{ CRM_COST, settle_cost },
	{ CRM_GOAL, settle_goal },
	{ CRM_STAGE, settle_stage },
	{ CRM_SLA, settle_sla },
	{ CRM_NEED, settle_need },
	{ CRM_RELATION, settle_relation },
	{ CRM_FORM, settle_form },
	{ CRM_RATE, settle_rate },
	{ CRM_CHOICE, settle_choice },
	{ CRM_COVER, settle_cover },
	{ CRM_LAYOUT, settle_layout },
	{ CRM_RULE, settle_rule },
};

bool crm_row_settle(struct work *work, struct crm_row_draft *draft)
{
	const struct crm_field *field;

	for (size_t i = 0; (field = crm_field_at(draft->noun, i)); i++)
		if ((field->flags & CRM_FLAG_NEEDED) && !json_object_get(draft->now, field->key))
			return err_field(&work->err, field->key, "%s is missing", field->label);
	for (size_t i = 0; i < COUNT_OF(RULES); i++)
		if (RULES[i].noun == draft->noun)
			return RULES[i].settle(work, draft);
	return true;
}

/* ---- removing ---- */

static bool is_used(struct work *work, const struct db_stmt *stmt, struct db_args args, bool *used)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, stmt, args) : NULL;

	*used = rows && db_next(rows);
	return db_done(rows);
}

static bool stages_used(struct work *work, int64_t pipeline, bool *used)
{
	struct crm_rows rows;

	*used = false;
	if (!crm_rows_of(work, CRM_STAGE, pipeline, &rows))
		return false;
	for (size_t i = 0; i < rows.len && !*used; i++)
		if (!is_used(work, &RECORDS_AT, DB_ARGS(DB_INT(CRM_DEAL), DB_INT(rows.at[i].id)),
		            used))
			return false;
	return true;
}

bool crm_row_removable(struct work *work, const struct crm_row *row)
{
	bool used = false, ok = true;

	if (row->noun == CRM_STAGE)
		ok = is_used(work, &RECORDS_AT, DB_ARGS(DB_INT(CRM_DEAL), DB_INT(row->id)), &used);
	else if (row->noun == CRM_LEAD_STATUS)
		ok = is_used(work, &RECORDS_AT, DB_ARGS(DB_INT(CRM_LEAD), DB_INT(row->id)), &used);
	else if (row->noun == CRM_PIPELINE)
		ok = stages_used(work, row->id, &used);
	else if (row->noun == CRM_CAMPAIGN)
		ok = is_used(work, &RECORDS_OF_CAMPAIGN, DB_ARGS(DB_INT(row->id)), &used);
	return ok && (!used || err_field(&work->err, "id", "records rest on it"));
}
