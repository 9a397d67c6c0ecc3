/* ical_write.c - values into a calendar object: what differs, and nothing else. */
#include "base/base.h"
#include "base/settings.h"
#include "base/str.h"
#include "crm/ical_impl.h"
#include "object/ical_edit.h"

struct writing_ical {
	struct work *work;
	const struct crm_writing *w;
	const struct ical *ical;
	const struct ical_comp *comp;
	struct ical_edit *edit;
};

static bool differs(const struct writing_ical *w, const char *key)
{
	return body_differs(key, w->w->before, w->w->now);
}

static struct text escaped(struct writing_ical *w, struct text text)
{
	return ical_escape(w->work->arena, text);
}

/* The parameters a property has, so that a change of its text keeps them. */
static struct text params_of(struct writing_ical *w, const char *name)
{
	const struct ical_prop *prop = ical_edit_prop(w->edit, text_of(name), 0);

	return prop ? prop->params : TEXT("");
}

static void set_text(struct writing_ical *w, const char *name, struct text text)
{
	if (text.len)
		ical_edit_set(w->edit, name, params_of(w, name), escaped(w, text));
	else
		ical_edit_remove_all(w->edit, name);
}

static void set_plain(struct writing_ical *w, const char *name, struct text value)
{
	ical_edit_set(w->edit, name, TEXT(""), value);
}

/* ---- times ---- */

static void set_time(struct writing_ical *w, const char *name, const char *key, bool is_date)
{
	int64_t utc = crm_get_int(w->w->now, key);
	struct when when = { 0 };

	if (!json_object_get(w->w->now, key)) {
		ical_edit_remove_all(w->edit, name);
		return;
	}
	if (!is_date) {
		set_plain(w, name, utc_write(w->work->arena, utc));
		return;
	}
	when.wall = zone_to_wall(body_zone(w->work), utc);
	when.is_date = true;
	ical_edit_set(w->edit, name, TEXT("VALUE=DATE"), when_write(w->work->arena, when));
}

/* RFC 5545 3.8.2.3: a VTODO is due after its start; where it no longer is, the start goes. DURATION
 * and DUE exclude each other. */
static void set_due(struct writing_ical *w)
{
	const struct ical_prop *start = ical_edit_prop(w->edit, TEXT("DTSTART"), 0);
	bool is_date = w->w->noun == CRM_TASK && crm_get_bool(w->w->now, "due_date");
	struct when when;

	set_time(w, "DUE", "due", is_date);
	ical_edit_remove_all(w->edit, "DURATION");
	if (start && when_of(w->ical, start, &when) &&
	        (when.is_date != is_date ||
	                when_utc(when, body_zone(w->work)) >= crm_get_int(w->w->now, "due")))
		ical_edit_remove(w->edit, start);
}

static void set_span(struct writing_ical *w)
{
	bool is_date = crm_get_bool(w->w->now, "all_day");

	set_time(w, "DTSTART", "start", is_date);
	ical_edit_remove_all(w->edit, "DURATION");
	set_time(w, "DTEND", "end", is_date);
}

/* ---- status ---- */

static const struct {
	enum crm_noun noun;
	const char *name, *wire;
} STATUSES[] = {
	{ CRM_CASE, "New", "NEEDS-ACTION" },
	{ CRM_CASE, "Assigned", "NEEDS-ACTION" },
	{ CRM_CASE, "Working", "IN-PROCESS" },
	{ CRM_CASE, "Pending", "IN-PROCESS" },
	{ CRM_CASE, "Resolved, to confirm", "COMPLETED" },
	{ CRM_CASE, "Closed", "COMPLETED" },
	{ CRM_CASE, "Rejected", "CANCELLED" },
	{ CRM_CASE, "Duplicate", "CANCELLED" },
	{ CRM_TASK, "Open", "NEEDS-ACTION" },
	{ CRM_TASK, "Working", "IN-PROCESS" },
	{ CRM_TASK, "Done", "COMPLETED" },
	{ CRM_TASK, "Cancelled", "CANCELLED" },
};

/* Clients go by any one of STATUS, COMPLETED and PERCENT-COMPLETE: all three say the same. */
static void set_status(struct writing_ical *w)
{
	struct text status = crm_get_text(w->w->now, "status"), wire = TEXT("NEEDS-ACTION");
	const struct ical_prop *percent = ical_edit_prop(w->edit, TEXT("PERCENT-COMPLETE"), 0);
	int64_t closed = crm_get_int(w->w->now, "closed_at");

	for (size_t i = 0; i < COUNT_OF(STATUSES); i++)
		if (STATUSES[i].noun == w->w->noun && text_eq(status, text_of(STATUSES[i].name)))
			wire = text_of(STATUSES[i].wire);
	set_plain(w, "STATUS", wire);
	if (text_eq(wire, TEXT("COMPLETED"))) {
		set_plain(w, "COMPLETED", utc_write(w->work->arena, closed ? closed : w->w->at));
		set_plain(w, "PERCENT-COMPLETE", TEXT("100"));
		return;
	}
	ical_edit_remove_all(w->edit, "COMPLETED");
	if (percent && text_eq(text_trim(percent->value), TEXT("100")))
		ical_edit_remove_all(w->edit, "PERCENT-COMPLETE");
}

/* A deal's stage is of a type: open, won or lost. */
static bool set_stage(struct writing_ical *w)
{
	struct crm_row *row = NULL;
	struct text type, wire = TEXT("DRAFT");

	if (!crm_row_get(w->work, crm_get_int(w->w->now, "stage"), &row))
		return false;
	type = row ? crm_get_text(row->values, "type") : TEXT("open");
	if (text_eq(type, TEXT("won")))
		wire = TEXT("FINAL");
	else if (text_eq(type, TEXT("lost")))
		wire = TEXT("CANCELLED");
	set_plain(w, "STATUS", wire);
	set_text(w, "X-KONTOR-STAGE", row ? crm_get_text(row->values, "name") : TEXT_NONE);
	return true;
}

/* ---- others ---- */

static bool title_of(struct writing_ical *w, const char *key, struct text *title)
{
	int64_t id = crm_get_int(w->w->now, key);
	struct crm_known *known = NULL;

	*title = TEXT_NONE;
	if (id && !crm_known(w->work, id, &known))
		return false;
	if (known)
		*title = body_line(w->work->arena, known->title, BODY_LINE_MAX);
	return true;
}

/* Takes out the relation to what `before` names, puts in the one to what `now` names; all other
 * relations are the client's. */
static bool set_related(struct writing_ical *w, const struct crm_field *field)
{
	const struct ical_prop *prop, *own = NULL;
	struct crm_known *known = NULL, *is = NULL;
	int64_t id = crm_get_int(w->w->now, field->key);

	if (id && !crm_known(w->work, id, &is))
		return false;
	for (size_t i = 0; !own && (prop = ical_edit_prop(w->edit, TEXT("RELATED-TO"), i)); i++) {
		if (!body_related(w->work, field, prop, &known))
			return false;
		own = known ? prop : NULL;
	}
	if (own && is && known->id == is->id)
		return true;
	if (own)
		ical_edit_remove(w->edit, own);
	if (is)
		ical_edit_add(w->edit, TEXT("RELATED-TO"),
		        w->w->noun == CRM_TASK ? TEXT("RELTYPE=PARENT") : TEXT(""),
		        escaped(w, is->uid));
	return true;
}

static bool set_case_summary(struct writing_ical *w)
{
	struct text account;

	if (!title_of(w, "account", &account))
		return false;
	set_text(w, "SUMMARY",
	        body_case_summary(w->work->arena, crm_get_int(w->w->now, "number"),
	                crm_get_text(w->w->now, "subject"), account));
	set_text(w, BODY_ACCOUNT, account);
	return true;
}

static bool set_contact(struct writing_ical *w)
{
	struct text contact;

	if (!title_of(w, "contact", &contact))
		return false;
	set_text(w, "CONTACT", contact);
	return true;
}

static bool set_categories(struct writing_ical *w)
{
	struct text params = params_of(w, "CATEGORIES");
	const json_t *word;
	json_t *list;
	struct buf out;
	size_t i;

	if (!body_categories_write(w->work, w->w->noun, w->w->now, &list))
		return false;
	if (json_equal(list, body_ical_categories(w->work, w->comp)))
		return true;
	buf_init(&out, w->work->arena);
	json_array_foreach(list, i, word)
	{
		if (i)
			buf_char(&out, ',');
		buf_add(&out, escaped(w, body_text(word)));
	}
	ical_edit_remove_all(w->edit, "CATEGORIES");
	if (out.len)
		ical_edit_add(w->edit, TEXT("CATEGORIES"), params, buf_text(&out));
	return true;
}

static void set_number(struct writing_ical *w, const char *name, int64_t number)
{
	if (number)
		set_plain(w, name, arena_printf(w->work->arena, "%lld", (long long)number));
	else
		ical_edit_remove_all(w->edit, name);
}

static void set_priority(struct writing_ical *w)
{
	set_number(w, "PRIORITY", body_priority_number(crm_get_text(w->w->now, "priority")));
}

/* ---- by noun ---- */

static void write_task(struct writing_ical *w)
{
	if (differs(w, "subject"))
		set_text(w, "SUMMARY", crm_get_text(w->w->now, "subject"));
	if (differs(w, "due") || differs(w, "due_date"))
		set_due(w);
	if (differs(w, "priority"))
		set_priority(w);
	if (differs(w, "percent"))
		set_number(w, "PERCENT-COMPLETE", crm_get_int(w->w->now, "percent"));
	if (differs(w, "status"))
		set_status(w);
}

static bool write_case(struct writing_ical *w)
{
	if ((differs(w, "subject") || differs(w, "number") || differs(w, "account")) &&
	        !set_case_summary(w))
		return false;
	if (differs(w, "due"))
		set_due(w);
	if (differs(w, "priority"))
		set_priority(w);
	if (differs(w, "status") || differs(w, "closed_at"))
		set_status(w);
	return true;
}

static bool write_deal(struct writing_ical *w)
{
	if (differs(w, "name"))
		set_text(w, "SUMMARY", crm_get_text(w->w->now, "name"));
	return !differs(w, "stage") || set_stage(w);
}

static void write_meeting(struct writing_ical *w)
{
	if (differs(w, "subject"))
		set_text(w, "SUMMARY", crm_get_text(w->w->now, "subject"));
	if (differs(w, "start") || differs(w, "end") || differs(w, "all_day"))
		set_span(w);
	if (differs(w, "location"))
		set_text(w, "LOCATION", crm_get_text(w->w->now, "location"));
	if (differs(w, "outcome"))
		set_text(w, "X-KONTOR-OUTCOME", crm_get_text(w->w->now, "outcome"));
}

static void write_note(struct writing_ical *w)
{
	if (differs(w, "subject"))
		set_text(w, "SUMMARY", crm_get_text(w->w->now, "subject"));
	if (differs(w, "text"))
		set_text(w, "DESCRIPTION", crm_get_text(w->w->now, "text"));
	if (differs(w, "at"))
		set_time(w, "DTSTART", "at", false);
}

static bool write_noun(struct writing_ical *w)
{
	switch (w->w->noun) {
	case CRM_CASE: return write_case(w);
	case CRM_DEAL: return write_deal(w);
	case CRM_TASK: write_task(w); return true;
	case CRM_MEETING: write_meeting(w); return true;
	default: write_note(w); return true;
	}
}

static bool write_all(struct writing_ical *w)
{
	const struct crm_field *field;

	if (!write_noun(w))
		return false;
	if (differs(w, "description"))
		set_text(w, "DESCRIPTION", crm_get_text(w->w->now, "description"));
	for (size_t i = 0; (field = crm_field_at(w->w->noun, i)); i++)
		if (field->wire && !strcmp(field->wire, "RELATED-TO") && differs(w, field->key) &&
		        !set_related(w, field))
			return false;
	if (crm_field(w->w->noun, TEXT("contact")) && differs(w, "contact") && !set_contact(w))
		return false;
	return !body_categories_differ(w->w->noun, w->w->before, w->w->now) || set_categories(w);
}

/* ---- the object ---- */

static bool make_new(struct writing_ical *w, struct text uid)
{
	struct arena *arena = w->work->arena;
	const char *name = ical_kind_name(body_component(w->w->noun)).ptr;
	struct text stamp = utc_write(arena, w->w->at);
	struct ical *ical;
	struct buf out;

	buf_init(&out, arena);
	buf_add(&out, TEXT("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kontor//EN\r\n"));
	buf_printf(&out, "BEGIN:%s\r\n", name);
	ical_line(&out, arena_printf(arena, "UID:%.*s", TEXT_ARG(ical_escape(arena, uid))));
	buf_printf(&out, "DTSTAMP:%.*s\r\nCREATED:%.*s\r\nLAST-MODIFIED:%.*s\r\n", TEXT_ARG(stamp),
	        TEXT_ARG(stamp), TEXT_ARG(stamp));
	buf_printf(&out, "END:%s\r\nEND:VCALENDAR\r\n", name);
	if (!ical_parse(arena, &w->work->err, buf_text(&out), &ical))
		return false;
	w->ical = ical;
	return true;
}

bool crm_ical_write(struct work *work, const struct crm_writing *writing, struct text *body)
{
	struct writing_ical w = { .work = work, .w = writing, .ical = writing->old };

	if (!w.ical && !make_new(&w, writing->uid))
		return false;
	w.comp = body_main(w.ical, writing->noun);
	if (!w.comp)
		return err_set(&work->err, ERR_VALID_CALENDAR_OBJECT, "a %.*s is wanted",
		        TEXT_ARG(ical_kind_name(body_component(writing->noun))));
	w.edit = ical_edit_of(work->arena, w.ical, w.comp);
	if (!write_all(&w))
		return false;
	if (ical_edit_changed(w.edit) && writing->old) {
		set_plain(&w, "DTSTAMP", utc_write(work->arena, writing->at));
		set_plain(&w, "LAST-MODIFIED", utc_write(work->arena, writing->at));
	}
	*body = ical_edit_body(w.edit);
	return true;
}
