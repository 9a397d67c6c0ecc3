/* event.c - one event of a calendar: opened, changed, struck out, and all of that taken back. */
#include "base/base.h"
#include "api/door.h"
#include "api/record.h"
#include "crm/look.h"
#include "edit/crm.h"
#include "edit/event.h"
#include "store/record.h"
#include "view/event.h"

/* Between deciding and answering. */
struct changing {
	struct edit_event asked;
	struct series_change change;
	struct event_undo undo;
};

/* ---- telling ---- */

static json_t *people_of(const struct ical_comp *comp)
{
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_ATTENDEE);
	json_t *list = json_array();

	for (; prop; prop = ical_prop_next(prop)) {
		struct text name = ical_param(prop, "CN"), status = ical_param(prop, "PARTSTAT");
		struct text address = prop->value;

		if (text_starts_nocase(address, TEXT("mailto:")))
			address = text_from(address, 7);
		json_array_append_new(
		        list, json_pack("{s:o, s:o, s:o}", "name", api_word(name), "address",
		                      api_word(address), "status",
		                      api_word(status.ptr ? status : TEXT("NEEDS-ACTION"))));
	}
	return list;
}

static struct text some(struct text text)
{
	return text.len ? text : TEXT_NONE;
}

static bool is_meeting(struct call *c, int64_t id, bool *is)
{
	struct crm_known *known;

	if (!crm_known(&c->work, id, &known))
		return false;
	*is = known && known->noun == CRM_MEETING;
	return true;
}

static bool organizer_json(struct call *c, const struct event_seen *seen, json_t **told)
{
	struct event_organizer organizer;

	if (!event_organizer(&c->work, seen, &organizer))
		return false;
	*told = organizer.address.ptr
	                ? json_pack("{s:o, s:o, s:b}", "name", api_word(organizer.name), "address",
	                          api_word(organizer.address), "own", organizer.is_own)
	                : json_null();
	return true;
}

static json_t *event_json(struct call *c, const struct event_seen *seen, bool meeting)
{
	struct arena *arena = c->work.arena;
	const struct ical_instance *at = &seen->instance;
	const struct ical_prop *rule = ical_prop(series_master(seen->ical), ICAL_P_RRULE);

	return json_pack(
	        "{s:I, s:o, s:o, s:I, s:b, s:o, s:I, s:b, s:{s:b, s:b}, s:o, s:o, s:o, s:o, "
	        "s:I, s:I, s:b, s:o}",
	        "record", seen->record->id, "etag",
	        api_word(record_etag(arena, seen->at.item->member.revision)), "calendar",
	        api_word(seen->at.collection->name), "occurrence", seen->occurrence, "recurs",
	        seen->recurs, "rule", api_word(rule ? rule->value : TEXT_NONE), "owner",
	        seen->at.principal->id, "meeting", meeting, "can", "change", seen->may_change,
	        "delete", seen->may_delete, "title",
	        api_word(some(ical_text(arena, at->comp, ICAL_P_SUMMARY))), "location",
	        api_word(some(ical_text(arena, at->comp, ICAL_P_LOCATION))), "note",
	        api_word(some(ical_text(arena, at->comp, ICAL_P_DESCRIPTION))), "category",
	        api_word(event_category(at->comp)), "start", at->start, "end", at->end, "all_day",
	        at->at.is_date, "attendees", people_of(at->comp));
}

static bool tell(struct call *c, int64_t id, int64_t occurrence, json_t **told)
{
	struct event_seen seen;
	bool meeting;
	json_t *organizer;

	if (!event_seen(&c->work, id, occurrence, &seen) || !is_meeting(c, id, &meeting) ||
	        !organizer_json(c, &seen, &organizer))
		return false;
	*told = event_json(c, &seen, meeting);
	json_object_set_new(*told, "organizer", organizer);
	call_etag(c, record_etag(c->work.arena, seen.at.item->member.revision));
	return true;
}

static bool read_occurrence(struct call *c, int64_t *occurrence)
{
	struct text word = call_query(c, "occurrence");

	*occurrence = 0;
	return !word.ptr || text_to_int(word, occurrence) ||
	       err_set(&c->work.err, ERR_BAD_REQUEST, "occurrence: a time is expected");
}

bool api_event(struct call *c)
{
	int64_t occurrence;
	json_t *told;

	return read_occurrence(c, &occurrence) && tell(c, api_of(c)->id, occurrence, &told) &&
	       api_json(c, 200, told);
}

/* ---- what takes it back ---- */

static json_t *undo_json(struct call *c, const struct event_undo *undo)
{
	struct arena *arena = c->work.arena;
	json_t *json = json_pack("{s:I, s:I, s:o, s:o}", "record", undo->record, "collection",
	        undo->collection, "name", api_word(undo->name), "body", api_word(undo->body));

	json_object_set_new(json, "etag",
	        undo->now ? api_word(record_etag(arena, undo->now->revision)) : json_null());
	json_object_set_new(json, "made", undo->made ? json_integer(undo->made->id) : json_null());
	json_object_set_new(json, "made_etag",
	        undo->made ? api_word(record_etag(arena, undo->made->revision)) : json_null());
	return json;
}

static bool is_behind(const struct changing *ch)
{
	return ch->undo.made || ch->undo.is_gone || !ch->asked.change;
}

/* What was split off is the one that was meant. An occurrence that moved is still known by where it
 * was; a series that moved begins elsewhere. */
static bool changed(struct call *c)
{
	struct changing *ch = api_of(c)->own;
	const struct record *made = ch->undo.made;
	bool same = ch->asked.scope == SERIES_THIS;
	json_t *told = json_null();

	if (made && !tell(c, made->id, 0, &told))
		return false;
	if (!made && !is_behind(ch) &&
	        !tell(c, ch->undo.record, same ? ch->asked.occurrence : 0, &told))
		return false;
	return api_json(
	        c, 200, json_pack("{s:o, s:o}", "event", told, "undo", undo_json(c, &ch->undo)));
}

/* ---- asking ---- */

static bool read_scope(struct call *c, struct text word, enum series_scope *scope)
{
	*scope = SERIES_ALL;
	if (!word.ptr || text_eq(word, TEXT("all")))
		return true;
	if (text_eq(word, TEXT("this")))
		*scope = SERIES_THIS;
	else if (text_eq(word, TEXT("later")))
		*scope = SERIES_LATER;
	else
		return err_set(&c->work.err, ERR_BAD_REQUEST, "scope: this, later or all");
	return true;
}

/* Absent: stays; null: goes. */
static bool read_word(struct call *c, const json_t *body, const char *key, struct text *word)
{
	if (!api_text(c, body, key, false, word))
		return false;
	if (!word->ptr && json_object_get(body, key))
		*word = TEXT("");
	return true;
}

static bool read_times(struct call *c, const json_t *body, struct series_change *change)
{
	const json_t *start = json_object_get(body, "start"), *end = json_object_get(body, "end");

	if (!start && !end && !json_object_get(body, "all_day"))
		return true;
	if (!json_is_integer(start))
		return api_refuse(c, "start", "a time is expected");
	if (!json_is_integer(end))
		return api_refuse(c, "end", "a time is expected");
	change->moves = true;
	change->start = json_integer_value(start);
	change->end = json_integer_value(end);
	change->all_day = json_is_true(json_object_get(body, "all_day"));
	if (llabs(change->start) > INT64_C(1) << 40 || llabs(change->end) > INT64_C(1) << 40)
		return api_refuse(c, "start", "a time is expected");
	return change->end >= change->start || api_refuse(c, "end", "it ends before it begins");
}

static bool read_category(struct call *c, struct series_change *change)
{
	change->categories = event_categories;
	for (size_t i = 0; event_categories[i]; i++)
		if (text_eq(change->category, text_of(event_categories[i])))
			return true;
	return !change->category.len || api_refuse(c, "category", "there is no such choice");
}

static bool read_change(struct call *c, struct changing *ch)
{
	const json_t *body, *occurrence;
	struct text scope;

	if (!api_body(c, &body) || !api_text(c, body, "scope", false, &scope) ||
	        !read_scope(c, scope, &ch->asked.scope))
		return false;
	occurrence = json_object_get(body, "occurrence");
	if (occurrence && !json_is_integer(occurrence))
		return api_refuse(c, "occurrence", "a time is expected");
	ch->asked.occurrence = json_integer_value(occurrence);
	ch->asked.change = &ch->change;
	return read_word(c, body, "title", &ch->change.title) &&
	       read_word(c, body, "location", &ch->change.location) &&
	       read_word(c, body, "note", &ch->change.note) &&
	       read_word(c, body, "category", &ch->change.category) &&
	       read_category(c, &ch->change) && read_times(c, body, &ch->change);
}

static struct changing *begin(struct call *c)
{
	struct changing *ch = arena_make(c->work.arena, struct changing);
	struct edit_crm as = { 0 };

	if (!api_seen_revision(c, &ch->asked.base) || !api_edit(c, &as))
		return NULL;
	ch->asked.record = api_of(c)->id;
	ch->asked.device = as.device;
	api_of(c)->own = ch;
	return ch;
}

bool api_event_change(struct call *c)
{
	struct changing *ch = begin(c);

	return ch && read_change(c, ch) &&
	       api_commit(
	               c, edit_event(&c->work, &ch->asked, &ch->undo), changed, api_event_change);
}

bool api_event_strike(struct call *c)
{
	struct changing *ch = begin(c);

	return ch && read_occurrence(c, &ch->asked.occurrence) &&
	       read_scope(c, call_query(c, "scope"), &ch->asked.scope) &&
	       api_commit(
	               c, edit_event(&c->work, &ch->asked, &ch->undo), changed, api_event_strike);
}

/* ---- and back ---- */

static bool read_etag(struct call *c, const json_t *body, const char *key, int64_t *revision)
{
	struct text etag;

	if (!api_text(c, body, key, false, &etag))
		return false;
	*revision = etag.ptr ? record_revision(etag) : 0;
	return !etag.ptr || *revision || api_refuse(c, key, "this is no version of it");
}

static bool read_back(struct call *c, const json_t *body, struct event_back *back)
{
	struct edit_crm as = { 0 };

	back->collection = json_integer_value(json_object_get(body, "collection"));
	back->made = json_integer_value(json_object_get(body, "made"));
	if (!api_edit(c, &as))
		return false;
	back->device = as.device;
	return api_text(c, body, "name", true, &back->name) &&
	       api_text(c, body, "body", true, &back->body) &&
	       read_etag(c, body, "etag", &back->base) &&
	       read_etag(c, body, "made_etag", &back->made_base);
}

static bool is_back(struct call *c)
{
	json_t *told;

	return tell(c, edit_crm_id(c->plan), 0, &told) && api_json(c, 200, told);
}

static struct plan *from_bin(struct call *c, const json_t *body)
{
	struct edit_crm as = { 0 };

	if (!api_edit(c, &as))
		return NULL;
	return edit_crm_restore(
	        &c->work, json_integer_value(json_object_get(body, "record")), as.via, as.device);
}

bool api_event_back(struct call *c)
{
	struct event_back back = { 0 };
	const json_t *body;

	if (!api_body(c, &body))
		return false;
	if (json_is_null(json_object_get(body, "body")))
		return api_commit(c, from_bin(c, body), is_back, api_event_back);
	return read_back(c, body, &back) &&
	       api_commit(c, edit_event_back(&c->work, &back), is_back, api_event_back);
}
