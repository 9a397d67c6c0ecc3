/* ical_read.c - what a calendar object says, as values. */
#include "base/base.h"
#include "base/settings.h"
#include "base/str.h"
#include "crm/day.h"
#include "crm/ical_impl.h"
#include "store/house.h"

enum ical_kind body_component(enum crm_noun noun)
{
	switch (noun) {
	case CRM_CASE:
	case CRM_TASK: return ICAL_VTODO;
	case CRM_MEETING: return ICAL_VEVENT;
	default: return ICAL_VJOURNAL;
	}
}

const struct ical_comp *body_main(const struct ical *ical, enum crm_noun noun)
{
	enum ical_kind kind = body_component(noun);
	const struct ical_comp *first = ical_first(ical_calendar(ical), kind), *comp = first;

	while (comp && ical_prop(comp, ICAL_P_RECURRENCE_ID))
		comp = ical_next(comp, kind);
	return comp ? comp : first;
}

const struct zone *body_zone(struct work *work)
{
	return crm_zone(house_settings(work->house));
}

struct text body_ical_text(struct arena *arena, const struct ical_comp *comp, enum ical_prop_id id)
{
	struct text text = ical_text(arena, comp, id);

	return text.ptr ? text_trim(text) : text;
}

json_t *body_ical_categories(struct work *work, const struct ical_comp *comp)
{
	json_t *list = crm_json_own(work->arena, json_array());
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_CATEGORIES);

	for (; prop; prop = ical_prop_next(prop)) {
		struct text rest = prop->value, raw;

		while (ical_item_next(&rest, &raw)) {
			struct text word = body_line(
			        work->arena, ical_unescape(work->arena, raw), BODY_ITEMS_MAX);

			if (word.len)
				json_array_append_new(list, json_stringn(word.ptr, word.len));
		}
	}
	return list;
}

/* ---- priority, done ---- */

static const struct {
	const char *name;
	int64_t number, last; /* of the bucket */
} PRIORITIES[] = {
	{ "Urgent", 1, 1 },
	{ "High", 3, 4 },
	{ "Normal", 5, 5 },
	{ "Low", 9, 9 },
};

struct text body_priority_name(int64_t number)
{
	for (size_t i = 0; number > 0 && i < COUNT_OF(PRIORITIES); i++)
		if (number <= PRIORITIES[i].last)
			return text_of(PRIORITIES[i].name);
	return TEXT_NONE;
}

int64_t body_priority_number(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(PRIORITIES); i++)
		if (text_eq(name, text_of(PRIORITIES[i].name)))
			return PRIORITIES[i].number;
	return 0;
}

static int64_t number_of(const struct ical_comp *comp, enum ical_prop_id id)
{
	const struct ical_prop *prop = ical_prop(comp, id);
	int64_t number;

	return prop && text_to_int(text_trim(prop->value), &number) ? number : -1;
}

bool body_is_done(const struct ical_comp *comp)
{
	const struct ical_prop *status = ical_prop(comp, ICAL_P_STATUS);

	if (status)
		return text_eq_nocase(text_trim(status->value), TEXT("COMPLETED"));
	return ical_prop(comp, ICAL_P_COMPLETED) || number_of(comp, ICAL_P_PERCENT_COMPLETE) == 100;
}

/* ---- a case's summary ---- */

struct text body_case_subject(struct text summary, struct text account)
{
	size_t i = 2;

	summary = text_trim(summary);
	if (text_starts(summary, TEXT("[#"))) {
		while (i < summary.len && summary.ptr[i] >= '0' && summary.ptr[i] <= '9')
			i++;
		if (i > 2 && i < summary.len && summary.ptr[i] == ']')
			summary = text_trim(text_from(summary, i + 1));
	}
	if (account.len && summary.len > account.len + 3 && text_ends(summary, account) &&
	        text_ends(text_sub(summary, 0, summary.len - account.len), TEXT(" - ")))
		summary = text_trim(text_sub(summary, 0, summary.len - account.len - 3));
	return summary;
}

struct text body_case_summary(
        struct arena *arena, int64_t number, struct text subject, struct text account)
{
	struct text name = arena_printf(arena, "%s%.*s", account.len ? " - " : "",
	        TEXT_ARG(account.ptr ? account : TEXT("")));

	if (!number)
		return arena_printf(arena, "%.*s%.*s", TEXT_ARG(subject), TEXT_ARG(name));
	return arena_printf(
	        arena, "[#%lld] %.*s%.*s", (long long)number, TEXT_ARG(subject), TEXT_ARG(name));
}

/* ---- one field ---- */

struct reading {
	struct work *work;
	const struct ical *ical;
	const struct ical_comp *comp;
	enum crm_noun noun;
	json_t *values;
};

static void put_text(struct reading *r, const struct crm_field *field, enum ical_prop_id id)
{
	struct text text = body_ical_text(r->work->arena, r->comp, id);

	if (!text.ptr)
		return;
	if (id == ICAL_P_SUMMARY && r->noun == CRM_CASE) {
		const struct ical_prop *account = ical_prop_named(r->comp, TEXT(BODY_ACCOUNT));

		text = body_case_subject(
		        text, account ? text_trim(ical_unescape(r->work->arena, account->value))
		                      : TEXT_NONE);
	}
	body_put(r->values, field->key,
	        field->type == CRM_TYPE_LONG ? body_long(r->work->arena, text)
	                                     : body_line(r->work->arena, text, BODY_LINE_MAX));
}

/* Dates and floating times are the company's. */
static void put_time(struct reading *r, const struct crm_field *field, enum ical_prop_id id)
{
	const struct ical_prop *prop = ical_prop(r->comp, id);
	struct when when;

	if (!prop || !when_of(r->ical, prop, &when))
		return;
	json_object_set_new(
	        r->values, field->key, json_integer(when_utc(when, body_zone(r->work))));
}

static void put_is_date(struct reading *r, const struct crm_field *field, enum ical_prop_id id)
{
	const struct ical_prop *prop = ical_prop(r->comp, id);
	struct when when;

	if (prop && when_of(r->ical, prop, &when) && when.is_date)
		json_object_set_new(r->values, field->key, json_true());
}

/* RFC 5545 3.6.1: DTEND, DURATION, or a day for dates and no time at all for times. */
static void put_end(struct reading *r)
{
	const struct ical_prop *start = ical_prop(r->comp, ICAL_P_DTSTART);
	const struct ical_prop *duration = ical_prop(r->comp, ICAL_P_DURATION);
	struct duration length = { 0 };
	struct when when;

	if (ical_prop(r->comp, ICAL_P_DTEND)) {
		put_time(r, crm_field(r->noun, TEXT("end")), ICAL_P_DTEND);
		return;
	}
	if (!start || !when_of(r->ical, start, &when))
		return;
	if (!duration || !duration_read(text_trim(duration->value), &length))
		length.days = when.is_date;
	json_object_set_new(r->values, "end",
	        json_integer(when_utc(when_add(when, length), body_zone(r->work))));
}

static void put_due(struct reading *r)
{
	const struct crm_field *field = crm_field(r->noun, TEXT("due"));
	const struct ical_prop *start = ical_prop(r->comp, ICAL_P_DTSTART);
	const struct ical_prop *duration = ical_prop(r->comp, ICAL_P_DURATION);
	struct duration length;
	struct when when;

	if (ical_prop(r->comp, ICAL_P_DUE))
		put_time(r, field, ICAL_P_DUE);
	else if (start && duration && duration_read(text_trim(duration->value), &length) &&
	         when_of(r->ical, start, &when))
		json_object_set_new(r->values, field->key,
		        json_integer(when_utc(when_add(when, length), body_zone(r->work))));
}

static const struct {
	enum crm_noun noun;
	const char *wire, *name;
} STATUSES[] = {
	{ CRM_CASE, "NEEDS-ACTION", "New" },
	{ CRM_CASE, "IN-PROCESS", "Working" },
	{ CRM_CASE, "CANCELLED", "Rejected" },
	{ CRM_CASE, "COMPLETED", "Closed" },
	{ CRM_TASK, "NEEDS-ACTION", "Open" },
	{ CRM_TASK, "IN-PROCESS", "Working" },
	{ CRM_TASK, "CANCELLED", "Cancelled" },
	{ CRM_TASK, "COMPLETED", "Done" },
};

static void put_status(struct reading *r)
{
	const struct ical_prop *prop = ical_prop(r->comp, ICAL_P_STATUS);
	struct text wire = prop ? text_trim(prop->value) : TEXT_NONE;

	if (body_is_done(r->comp))
		wire = TEXT("COMPLETED");
	/* RFC 5545 says nothing of a VTODO without STATUS: nobody has begun it. */
	else if (!prop && r->noun == CRM_TASK)
		wire = TEXT("NEEDS-ACTION");
	for (size_t i = 0; i < COUNT_OF(STATUSES); i++)
		if (STATUSES[i].noun == r->noun && text_eq_nocase(wire, text_of(STATUSES[i].wire)))
			body_put(r->values, "status", text_of(STATUSES[i].name));
}

bool body_related(struct work *work, const struct crm_field *field, const struct ical_prop *prop,
        struct crm_known **known)
{
	const struct crm_noun_row *row;

	if (!crm_known_uid(work, ical_unescape(work->arena, text_trim(prop->value)), known))
		return false;
	if (!*known || text_eq(text_of(field->of), TEXT("*")))
		return true;
	row = crm_noun_row((*known)->noun);
	if (!row || !text_eq(text_of(row->name), text_of(field->of)))
		*known = NULL;
	return true;
}

static bool put_related(struct reading *r, const struct crm_field *field)
{
	const struct ical_prop *prop = ical_prop(r->comp, ICAL_P_RELATED_TO);
	struct crm_known *known = NULL;

	for (; prop && !known; prop = ical_prop_next(prop))
		if (!body_related(r->work, field, prop, &known))
			return false;
	if (known)
		json_object_set_new(r->values, field->key, json_integer(known->id));
	return true;
}

static bool put_field(struct reading *r, const struct crm_field *field)
{
	enum ical_prop_id id = ical_prop_id_of(text_of(field->wire));
	int64_t number = number_of(r->comp, id);

	switch (id) {
	case ICAL_P_RELATED_TO: return put_related(r, field);
	case ICAL_P_STATUS: put_status(r); break;
	case ICAL_P_DTEND: put_end(r); break;
	case ICAL_P_PRIORITY: body_put(r->values, field->key, body_priority_name(number)); break;
	case ICAL_P_PERCENT_COMPLETE:
		if (number > 0 && number <= 100)
			json_object_set_new(r->values, field->key, json_integer(number));
		break;
	case ICAL_P_DUE:
	case ICAL_P_DTSTART:
	case ICAL_P_COMPLETED:
		if (field->type == CRM_TYPE_BOOL)
			put_is_date(r, field, id);
		else if (id == ICAL_P_DUE)
			put_due(r);
		else
			put_time(r, field, id);
		break;
	default: put_text(r, field, id); break;
	}
	return true;
}

bool crm_ical_read(struct work *work, const struct ical *ical, enum crm_noun noun, json_t *values)
{
	struct reading r = { work, ical, body_main(ical, noun), noun, values };
	const struct crm_field *field;

	if (!r.comp)
		return err_set(&work->err, ERR_VALID_CALENDAR_OBJECT, "a %.*s is wanted",
		        TEXT_ARG(ical_kind_name(body_component(noun))));
	for (size_t i = 0; (field = crm_field_at(noun, i)); i++) {
		if (!field->wire || text_starts(text_of(field->wire), TEXT("X-")) ||
		        !strcmp(field->wire, "CATEGORIES") || !strcmp(field->wire, "CONTACT"))
			continue;
		if (!put_field(&r, field))
			return false;
	}
	return body_categories_read(work, noun, body_ical_categories(work, r.comp), values);
}
