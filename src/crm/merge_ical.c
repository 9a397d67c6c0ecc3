/* merge_ical.c - calendar objects: what clients mean by STATUS, and what is no field of ours. */
#include "base/base.h"
#include "base/str.h"
#include "crm/ical_impl.h"
#include "crm/merge_impl.h"
#include "object/ical_edit.h"

bool merge_ical_side(struct merging *g, struct text body, struct side *side)
{
	struct work *work = g->work;

	side->values = crm_json_own(work->arena, json_object());
	if (!side->ical && !ical_parse(work->arena, &work->err, body, &side->ical))
		return false;
	side->comp = body_main(side->ical, g->m->noun);
	return crm_ical_read(work, side->ical, g->m->noun, side->values);
}

/* ---- done or open ---- */

static struct text value_of(const struct ical_comp *comp, enum ical_prop_id id)
{
	const struct ical_prop *prop = comp ? ical_prop(comp, id) : NULL;

	return prop ? text_trim(prop->value) : TEXT_NONE;
}

static bool is_full(const struct ical_comp *comp)
{
	return text_eq(value_of(comp, ICAL_P_PERCENT_COMPLETE), TEXT("100"));
}

static bool is_cancelled(const struct ical_comp *comp)
{
	return text_eq_nocase(value_of(comp, ICAL_P_STATUS), TEXT("CANCELLED"));
}

static bool is_over(const struct ical_comp *comp)
{
	return body_is_done(comp) || is_cancelled(comp);
}

/* Some set COMPLETED alone, some PERCENT-COMPLETE. */
static bool became_done(const struct ical_comp *base, const struct ical_comp *sent)
{
	bool stamped = ical_prop(sent, ICAL_P_COMPLETED) && !ical_prop(base, ICAL_P_COMPLETED);

	if (is_cancelled(sent) || is_over(base))
		return false;
	return body_is_done(sent) || stamped || (is_full(sent) && !is_full(base));
}

/* Some take COMPLETED and PERCENT-COMPLETE away and leave STATUS as it was: two of three say open.
 */
static bool became_open(const struct ical_comp *base, const struct ical_comp *sent)
{
	bool taken = ical_prop(base, ICAL_P_COMPLETED) && !ical_prop(sent, ICAL_P_COMPLETED) &&
	             is_full(base) && !is_full(sent);

	return is_over(base) && !is_cancelled(sent) && (!body_is_done(sent) || taken);
}

static json_t *word(struct merging *g, const char *text)
{
	return crm_json_own(g->work->arena, json_string(text));
}

/* Where a case stands is the company's affair; that it is done, or is not, is what a client says.
 */
static void case_status(struct merging *g)
{
	const struct ical_comp *sent = g->sent.comp, *base = g->base.comp, *now = g->now.comp;
	bool working = text_eq_nocase(value_of(sent, ICAL_P_STATUS), TEXT("IN-PROCESS"));

	if (!base) {
		if (body_is_done(sent))
			merge_edit(g, "status", word(g, "Closed"));
	} else if (became_done(base, sent) && !is_over(now)) {
		merge_edit(g, "status", word(g, "Closed"));
	} else if (became_open(base, sent) && is_over(now)) {
		merge_edit(g, "status", word(g, working ? "Working" : "Assigned"));
	}
}

/* ---- priority ---- */

/* 1 to 4, 5, 6 to 9 (RFC 5545 3.8.1.9): the only three that most clients show. */
static int bucket(struct text value)
{
	int64_t number;

	if (!value.ptr || !text_to_int(value, &number) || number < 1 || number > 9)
		return 0;
	return number < 5 ? 1 : number == 5 ? 2 : 3;
}

static void case_priority(struct merging *g)
{
	static const char *const NAMES[] = { NULL, "High", "Normal", "Low" };
	int sent = bucket(value_of(g->sent.comp, ICAL_P_PRIORITY));

	if (sent && sent != bucket(value_of(g->base.comp, ICAL_P_PRIORITY)))
		merge_edit(g, "priority", word(g, NAMES[sent]));
}

/* ---- deals ---- */

/* FINAL is won, CANCELLED is lost: the first stage of that type in the deal's pipeline. */
static bool deal_stage(struct merging *g)
{
	struct text sent = value_of(g->sent.comp, ICAL_P_STATUS);
	int64_t pipeline = crm_get_int(g->m->draft->before, "pipeline");
	const char *type = NULL;
	struct crm_rows rows;

	if (!g->base.comp || text_eq_nocase(sent, value_of(g->base.comp, ICAL_P_STATUS)))
		return true;
	if (text_eq_nocase(sent, TEXT("FINAL")))
		type = "won";
	else if (text_eq_nocase(sent, TEXT("CANCELLED")))
		type = "lost";
	if (!type)
		return true;
	if (!crm_rows_of(g->work, CRM_STAGE, pipeline, &rows))
		return false;
	for (size_t i = 0; i < rows.len; i++) {
		if (!text_eq(crm_get_text(rows.at[i].values, "type"), text_of(type)))
			continue;
		merge_edit(g, "stage", crm_json_own(g->work->arena, json_integer(rows.at[i].id)));
		break;
	}
	return true;
}

bool merge_is_special(const struct crm_field *field)
{
	static const char *const KEYS[] = { "status", "priority", "due", "stage" };

	if (field->noun != CRM_CASE && field->noun != CRM_DEAL)
		return false;
	for (size_t i = 0; i < COUNT_OF(KEYS); i++)
		if (!strcmp(field->key, KEYS[i]))
			return true;
	return false;
}

/* When a case is due is what was promised: a client's DUE is never taken. */
bool merge_ical_special(struct merging *g)
{
	if (g->m->noun == CRM_CASE) {
		case_status(g);
		case_priority(g);
	}
	return g->m->noun != CRM_DEAL || deal_stage(g);
}

/* ---- the summary of a case ---- */

/* A client that drops X- properties leaves the account's name behind the subject. */
void merge_ical_habits(struct merging *g)
{
	struct arena *arena = g->work->arena;
	const struct ical_prop *account;

	if (g->m->noun != CRM_CASE || !g->now.comp ||
	        ical_prop_named(g->sent.comp, TEXT(BODY_ACCOUNT)))
		return;
	account = ical_prop_named(g->now.comp, TEXT(BODY_ACCOUNT));
	if (account)
		body_put(g->sent.values, "subject",
		        body_line(arena,
		                body_case_subject(
		                        body_ical_text(arena, g->sent.comp, ICAL_P_SUMMARY),
		                        text_trim(ical_unescape(arena, account->value))),
		                BODY_LINE_MAX));
}

/* ---- what is no field ---- */

static bool begins(const struct ical_prop *prop, const char *start)
{
	return text_starts_nocase(prop->name, text_of(start));
}

static bool is_ours(const struct merging *g, const struct ical_prop *prop)
{
	static const char *const NAMES[] = { "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED",
		"SEQUENCE", "STATUS", "COMPLETED", "PERCENT-COMPLETE", "CATEGORIES", "DURATION" };
	const struct crm_field *field;

	for (size_t i = 0; i < COUNT_OF(NAMES); i++)
		if (text_eq_nocase(prop->name, text_of(NAMES[i])))
			return true;
	/* Relations to other things than the record's own are the client's. */
	if (prop->id == ICAL_P_RELATED_TO)
		return false;
	for (size_t i = 0; (field = crm_field_at(g->m->noun, i)); i++)
		if (field->wire && text_eq_nocase(prop->name, text_of(field->wire)))
			return true;
	return begins(prop, "X-KONTOR-") || (g->m->noun == CRM_CASE && prop->id == ICAL_P_DTSTART);
}

static const struct ical_prop *find_like(const struct ical_comp *comp, const struct ical_prop *like)
{
	const struct ical_prop *prop = comp->props;

	while (prop && !(text_eq_nocase(prop->name, like->name) &&
	                       text_eq(text_trim(prop->value), text_trim(like->value))))
		prop = prop->next;
	return prop;
}

/* One like it inside the other one. */
static bool has_comp(const struct ical_comp *in, const struct ical_comp *like)
{
	const struct ical_comp *c = in->children;

	while (c && !text_eq(c->raw, like->raw))
		c = c->next;
	return c != NULL;
}

/* Alarms that came or went; of others, only what came: who sends none does not know them. */
static bool comps_changed(const struct ical_comp *sent, const struct ical_comp *base)
{
	for (const struct ical_comp *c = sent->children; c; c = c->next)
		if (!has_comp(base, c))
			return true;
	for (const struct ical_comp *c = base->children; c; c = c->next)
		if (c->kind == ICAL_VALARM && !has_comp(sent, c))
			return true;
	return false;
}

bool merge_ical_rest(struct merging *g)
{
	const struct ical_comp *sent = g->sent.comp, *base = g->base.comp;

	for (const struct ical_prop *p = sent->props; p; p = p->next)
		if (!is_ours(g, p) && !find_like(base, p))
			return true;
	for (const struct ical_prop *p = base->props; p; p = p->next)
		if (!is_ours(g, p) && !find_like(sent, p) && ical_prop_named(sent, p->name))
			return true;
	return comps_changed(sent, base);
}

/* Alarms are known to every client: who sends none wants none. */
static void bring_back_comps(struct merging *g, struct ical_edit *edit)
{
	for (const struct ical_comp *c = g->now.comp->children; c; c = c->next) {
		const struct ical_comp *other = g->sent.comp->children;

		while (other && !text_eq_nocase(other->name, c->name))
			other = other->next;
		if (!other && c->kind != ICAL_VALARM)
			ical_edit_add_comp(edit, c->raw);
	}
}

static void bring_back_rest(struct merging *g, struct ical_edit *edit)
{
	for (const struct ical_prop *p = g->now.comp->props; p; p = p->next) {
		if (is_ours(g, p) || find_like(g->sent.comp, p))
			continue;
		if (!ical_prop_named(g->sent.comp, p->name) || !find_like(g->base.comp, p))
			ical_edit_copy(edit, p);
	}
}

/* When a case began is not a client's to say; many set it beside DUE. */
static void keep_start(struct merging *g, struct ical_edit *edit)
{
	const struct ical_prop *sent = ical_prop(g->sent.comp, ICAL_P_DTSTART);
	const struct ical_prop *now = ical_prop(g->now.comp, ICAL_P_DTSTART);

	if (g->m->noun != CRM_CASE)
		return;
	if (now)
		ical_edit_set(edit, "DTSTART", now->params, now->value);
	else if (sent)
		ical_edit_remove_all(edit, "DTSTART");
}

/* To the byte, where it is no edit; a case's summary is made of more. */
static void keep_texts(struct merging *g, struct ical_edit *edit)
{
	const struct crm_field *field;

	for (size_t i = 0; (field = crm_field_at(g->m->noun, i)); i++) {
		const struct ical_prop *sent, *now;

		if (!field->wire || !merge_is_untouched(g, field) ||
		        (g->m->noun == CRM_CASE && !strcmp(field->wire, "SUMMARY")))
			continue;
		sent = ical_prop_named(g->sent.comp, text_of(field->wire));
		now = ical_prop_named(g->now.comp, text_of(field->wire));
		if (sent && now && !text_eq(sent->value, now->value))
			ical_edit_set(edit, field->wire, sent->params, now->value);
	}
}

static void drop_forged(struct merging *g, struct ical_edit *edit)
{
	for (const struct ical_prop *p = g->sent.comp->props; p; p = p->next)
		if (begins(p, "X-KONTOR-") && !(g->now.comp && find_like(g->now.comp, p)))
			ical_edit_remove_all(edit, arena_cstr(g->work->arena, p->name));
}

static void bound_rest(struct merging *g, struct ical_edit *edit)
{
	size_t size = 0;

	for (const struct ical_prop *p = g->sent.comp->props; p; p = p->next) {
		const struct ical_prop *own;

		if (is_ours(g, p))
			continue;
		size += p->line.len;
		for (size_t i = 0;
		        size > MERGE_UNKNOWN_MAX && (own = ical_edit_prop(edit, p->name, i)); i++)
			if (own->line.ptr == p->line.ptr) {
				ical_edit_remove(edit, own);
				break;
			}
	}
	for (const struct ical_comp *c = g->sent.comp->children; c; c = c->next) {
		size += c->raw.len;
		if (size > MERGE_UNKNOWN_MAX)
			ical_edit_remove_comp(edit, c);
	}
}

/* ---- the body ---- */

static struct text with_rest(struct merging *g)
{
	struct ical_edit *edit = ical_edit_of(g->work->arena, g->sent.ical, g->sent.comp);

	drop_forged(g, edit);
	if (g->m->old) {
		bring_back_rest(g, edit);
		bring_back_comps(g, edit);
		keep_start(g, edit);
		keep_texts(g, edit);
	}
	bound_rest(g, edit);
	return ical_edit_body(edit);
}

/* What is written whatever the body says of it: clients say it in several places. */
static void forget_told(struct merging *g, json_t *told)
{
	if (g->m->noun != CRM_CASE)
		return;
	json_object_del(told, "status");
	if (json_object_get(g->m->draft->now, "priority"))
		json_object_del(told, "priority");
	if (json_object_get(g->m->draft->now, "due"))
		json_object_del(told, "due");
}

bool merge_ical_body(struct merging *g)
{
	struct work *work = g->work;
	struct crm_draft *draft = g->m->draft;
	struct crm_writing writing = { .noun = draft->noun, .now = draft->now, .at = draft->at };
	json_t *told = crm_json_own(work->arena, json_object());
	struct ical *ical;

	if (!ical_parse(work->arena, &work->err, with_rest(g), &ical) ||
	        !crm_ical_read(work, ical, draft->noun, told))
		return false;
	forget_told(g, told);
	writing.old = ical;
	writing.before = told;
	if (!crm_ical_write(work, &writing, &g->m->body) ||
	        !ical_parse(work->arena, &work->err, g->m->body, &ical))
		return false;
	draft->tree = g->sent.ical = ical;
	g->sent.comp = body_main(ical, draft->noun);
	return true;
}
