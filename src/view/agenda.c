#include "base/base.h"
#include "base/clock.h"
#include "calendar/calendar.h"
#include "crm/field.h"
#include "people/access.h"
#include "people/who.h"
#include "store/blob.h"
#include "store/house.h"
#include "view/agenda.h"
#include "view/event.h"

enum { DEADLINE_MS = 5000 };

DB_STATEMENT(OUTCOME, "SELECT fields FROM crm_item WHERE record = ?1");

struct looking {
	struct work *work;
	const struct principal *owner;
	struct ical_window window;
	struct busy *busy;
	size_t most;
	bool may_change; /* of the calendar at hand */
	struct agenda *agenda;
};

static bool too_many(struct work *work)
{
	return err_set(&work->err, ERR_NUMBER_OF_MATCHES, "please ask for a shorter time");
}

static struct agenda_item *new_item(struct looking *l)
{
	if (l->agenda->len == l->most) {
		too_many(l->work);
		return NULL;
	}
	return vec_push(l->work->arena, l->agenda);
}

/* ---- what may be read ---- */

static bool body_of(struct looking *l, struct item *item)
{
	struct record *record;

	if (item->body.ptr)
		return true;
	if (!record_get(l->work, item->member.record, &record))
		return false;
	if (record && record->blob)
		return blob_read(l->work, record->blob, 0, (size_t)record->size, &item->body);
	item->body = record ? record->body : TEXT_NONE;
	return true;
}

static struct text outcome_of(struct work *work, int64_t record)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &OUTCOME, DB_ARGS(DB_INT(record))) : NULL;
	struct text fields =
	        rows && db_next(rows) ? arena_text(work->arena, db_text(rows, 0)) : TEXT_NONE;
	json_t *values;

	if (!db_done(rows) || !fields.ptr || !crm_json_read(work, fields, &values))
		return TEXT_NONE;
	return crm_get_text(values, "outcome");
}

static bool is_cancelled(struct arena *arena, const struct ical_comp *comp)
{
	return text_eq_nocase(text_trim(ical_text(arena, comp, ICAL_P_STATUS)), TEXT("CANCELLED"));
}

static struct text some(struct text text)
{
	return text.len ? text : TEXT_NONE;
}

static bool add_instance(struct looking *l, const struct collection *c, const struct item *item,
        const struct ical_instance *instance)
{
	struct arena *arena = l->work->arena;
	const struct ical_comp *comp = instance->comp;
	struct agenda_item *to;

	if (is_cancelled(arena, comp))
		return true;
	if (event_is_secret(l->work, l->owner->id, comp)) {
		busy_add(l->busy, instance->start, instance->end, instance->busy);
		return true;
	}
	to = new_item(l);
	if (!to)
		return false;
	*to = (struct agenda_item){ .record = item->member.record,
		.owner = l->owner->id,
		.calendar = c->name,
		.may_change = l->may_change,
		.recurs = instance->recurs,
		.occurrence = when_utc(instance->id, l->window.floating),
		.start = instance->start,
		.end = instance->end,
		.all_day = instance->at.is_date,
		.tentative = instance->busy == ICAL_BUSY_TENTATIVE,
		.title = some(ical_text(arena, comp, ICAL_P_SUMMARY)),
		.location = some(ical_text(arena, comp, ICAL_P_LOCATION)),
		.category = event_category(comp),
		.outcome = outcome_of(l->work, item->member.record) };
	return !err_is_set(&l->work->err);
}

/* What cannot be read any more was let in by an earlier version: it is passed over. */
static bool add_object(struct looking *l, const struct collection *c, struct item *item)
{
	struct ical_instances instances = VEC_EMPTY;
	struct err ignored = { 0 };
	struct ical *ical;

	if (!body_of(l, item))
		return false;
	if (!item->body.ptr || !ical_parse(l->work->arena, &ignored, item->body, &ical))
		return true;
	if (ical_expand(l->work->arena, ical, &l->window, &instances) != ICAL_WHOLE)
		return too_many(l->work);
	for (size_t i = 0; i < instances.len; i++)
		if (!add_instance(l, c, item, &instances.at[i]))
			return false;
	return true;
}

static bool add_events(struct looking *l, const struct collection *c, const struct scope *scope)
{
	struct cal_comp_filter event = {
		.name = TEXT("VEVENT"), .has_range = true, .range = l->window.range
	};
	struct cal_filter filter = { .calendar = { .name = TEXT("VCALENDAR") } };
	struct calendar_ask ask = { .scope = scope,
		.filter = &filter,
		.floating = l->window.floating,
		.max = l->most,
		.deadline = clock_mono_ms() + DEADLINE_MS };
	struct items items = VEC_EMPTY;

	*vec_push(l->work->arena, &filter.calendar.comps) = event;
	if (!calendar_query(l->work, &ask, &items))
		return false;
	for (size_t i = 0; i < items.len; i++)
		if (!add_object(l, c, &items.at[i]))
			return false;
	return true;
}

/* ---- what is only taken ---- */

static bool add_taken(struct looking *l)
{
	struct busy_periods periods = busy_merge(l->busy);

	for (size_t i = 0; i < periods.len; i++) {
		struct agenda_item *to = new_item(l);

		if (!to)
			return false;
		*to = (struct agenda_item){ .owner = l->owner->id,
			.start = periods.at[i].start,
			.end = periods.at[i].end,
			.tentative = periods.at[i].type == ICAL_BUSY_TENTATIVE,
			.busy_only = true };
	}
	return true;
}

/* ---- somebody's calendars ---- */

static bool add_calendar(struct looking *l, const struct collection *c)
{
	struct scope scope;
	uint64_t rights;

	if (c->type != COLLECTION_CALENDAR || c->crm || !(c->components & COMPONENT_VEVENT))
		return true;
	if (!access_collection(l->work, c, &rights))
		return false;
	scope_of_rights(c, rights, &scope);
	l->may_change = rights_allow(rights, PRIVILEGE_WRITE_CONTENT);
	if (rights_allow(rights, PRIVILEGE_READ))
		return add_events(l, c, &scope);
	return calendar_busy(l->work, &scope, &l->window, l->busy);
}

bool agenda_add(struct work *work, const struct principal *owner, const struct ical_range *range,
        size_t most, struct agenda *agenda)
{
	struct looking l = { .work = work, .owner = owner, .most = most, .agenda = agenda };
	struct collections calendars;
	struct collection *home;

	l.window = (struct ical_window){ .range = *range,
		.floating = zone_find(text_of(house_settings(work->house)->crm_time_zone)),
		.max = most,
		.deadline = clock_mono_ms() + DEADLINE_MS };
	l.busy = busy_new(work->arena, &l.window);
	if (!collection_home(work, owner->id, COLLECTION_CALENDAR_HOME, &home))
		return false;
	if (!home)
		return true;
	if (!collection_children(work, home->id, &calendars))
		return false;
	for (size_t i = 0; i < calendars.len; i++)
		if (!add_calendar(&l, &calendars.at[i]))
			return false;
	return add_taken(&l);
}

static int by_start(const void *a, const void *b)
{
	const struct agenda_item *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

void agenda_sort(struct agenda *agenda)
{
	if (agenda->len)
		qsort(agenda->at, agenda->len, sizeof(*agenda->at), by_start);
}
