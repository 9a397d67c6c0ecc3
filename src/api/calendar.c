/* calendar.c - several people's time side by side. */
#include "base/base.h"
#include "api/door.h"
#include "people/who.h"
#include "view/agenda.h"

enum { PEOPLE_MOST = 50, ITEMS_MOST = 10000, DAY = 86400, DAYS_MOST = 400, DAYS_QUICK = 45 };

struct wanted {
	struct ical_range range;
	struct ids who;
};

static bool read_range(struct call *c, struct wanted *w)
{
	struct text from = call_query(c, "from"), to = call_query(c, "to");
	struct ical_range *range = &w->range;

	if (!text_to_int(from, &range->start) || !text_to_int(to, &range->end) ||
	        range->start >= range->end || range->start < -(INT64_C(1) << 40) ||
	        range->end > INT64_C(1) << 40)
		return err_set(&c->work.err, ERR_BAD_REQUEST, "from and to: times are expected");
	return range->end - range->start <= (int64_t)DAYS_MOST * DAY ||
	       err_set(&c->work.err, ERR_BAD_REQUEST, "at most %d days at once", DAYS_MOST);
}

static bool read_who(struct call *c, struct wanted *w)
{
	struct text rest = call_query(c, "who"), one;
	int64_t id;

	if (!rest.len)
		*vec_push(c->work.arena, &w->who) = c->work.who->id;
	while (rest.len && text_split(&rest, ',', &one)) {
		if (w->who.len == PEOPLE_MOST || !text_to_int(one, &id) || id < 1)
			return err_set(&c->work.err, ERR_BAD_REQUEST,
			        "who: up to %d ids are expected", PEOPLE_MOST);
		*vec_push(c->work.arena, &w->who) = id;
	}
	return true;
}

static json_t *item_json(const struct agenda_item *item)
{
	json_t *object = json_pack("{s:s, s:I, s:o, s:I, s:I, s:b, s:b, s:b, s:o, s:o, s:o, s:o}",
	        "noun", "meetings", "owner", item->owner, "calendar", api_word(item->calendar),
	        "start", item->start, "end", item->end, "all_day", item->all_day, "tentative",
	        item->tentative, "busy_only", item->busy_only, "title", api_word(item->title),
	        "location", api_word(item->location), "category", api_word(item->category),
	        "outcome", api_word(item->outcome));

	json_object_set_new(
	        object, "record", item->record ? json_integer(item->record) : json_null());
	json_object_set_new(object, "may_change", json_boolean(item->may_change));
	json_object_set_new(
	        object, "occurrence", item->recurs ? json_integer(item->occurrence) : json_null());
	return object;
}

static bool tell(struct call *c)
{
	const struct wanted *w = api_of(c)->own;
	struct agenda agenda = VEC_EMPTY;
	json_t *items = api_own(c, json_array());

	for (size_t i = 0; i < w->who.len; i++) {
		struct principal *p;

		if (!principal_get(&c->work, w->who.at[i], &p))
			return false;
		if (!p)
			return err_set(&c->work.err, ERR_NOT_FOUND, "who: nobody has this id");
		if (!agenda_add(&c->work, p, &w->range, ITEMS_MOST, &agenda))
			return false;
	}
	agenda_sort(&agenda);
	for (size_t i = 0; i < agenda.len; i++)
		json_array_append_new(items, item_json(&agenda.at[i]));
	return api_json(c, 200, json_pack("{s:O, s:I}", "items", items, "as_of", c->work.now));
}

bool api_calendar(struct call *c)
{
	struct wanted *w = arena_make(c->work.arena, struct wanted);

	api_of(c)->own = w;
	if (!read_range(c, w) || !read_who(c, w))
		return false;
	/* A month of one's own is quick. */
	if (w->who.len == 1 && w->range.end - w->range.start <= (int64_t)DAYS_QUICK * DAY)
		return tell(c);
	return call_slow(c, tell);
}
