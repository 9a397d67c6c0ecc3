/* One body a run: as a calendar object, as a file to import, as a zone and as jCal. Claims: what is
 * accepted has its instances within the span that is indexed, is found by what it holds, and
 * whatever is made of it parses again. */
#include "fuzz.h"
#include "object/busy.h"
#include "object/ical_check.h"
#include "object/ical_facts.h"
#include "object/ical_filter.h"
#include "object/ical_merge.h"
#include "object/ical_trim.h"
#include "object/jcal.h"

enum { YEAR = 366 * 86400, INSTANCES_MAX = 200, PROPS_MAX = 20 };

static struct ical *parsed(struct arena *arena, struct text body)
{
	struct err err = { 0 };
	struct ical *ical = NULL;
	bool ok = ical_parse(arena, &err, body, &ical);

	FUZZ_CLAIM(ok == !err_is_set(&err));
	return ok ? ical : NULL;
}

static bool is_accepted(const struct ical *ical)
{
	struct ical_limits limits = { .max_instances = 1000,
		.max_attendees = 100,
		.min_time = days_of(1900, 1, 1) * 86400,
		.max_time = days_of(2100, 1, 1) * 86400 };
	struct err err = { 0 };
	bool ok = ical_check(&err, ical, &limits);

	FUZZ_CLAIM(ok == !err_is_set(&err));
	return ok;
}

/* A year from where it begins, or from now. */
static struct ical_window window_of(const struct ical_facts *facts)
{
	int64_t from = facts->has_start ? when_utc(facts->start, NULL) - 86400
	                                : days_of(2026, 1, 1) * 86400;

	return (struct ical_window){ .range = { from, from + YEAR }, .max = INSTANCES_MAX };
}

static void found_by_time(struct arena *arena, const struct ical *ical, int64_t start)
{
	struct cal_filter filter = { .calendar = { .name = TEXT("VCALENDAR") } };
	struct cal_comp_filter *comp = vec_push(arena, &filter.calendar.comps);
	struct cal_matcher *matcher;
	struct err err = { 0 };

	comp->name = ical_kind_name(ical_object_kind(ical));
	comp->has_range = true;
	comp->range = (struct ical_range){ start - 1, start + 1 };
	matcher = cal_matcher_new(arena, &err, &filter, NULL);
	FUZZ_CLAIM(matcher && cal_matches(matcher, arena, ical));
	comp->range = (struct ical_range){ start - 1, ICAL_EVER };
	FUZZ_CLAIM(cal_matches(matcher, arena, ical));
}

static void expand(struct arena *arena, const struct ical *ical, const struct ical_facts *facts)
{
	struct ical_window window = window_of(facts);
	struct ical_instances found;
	enum ical_cut cut = ical_expand(arena, ical, &window, &found);

	FUZZ_CLAIM(cut != ICAL_CUT_TIME);
	for (size_t i = 0; i < found.len; i++) {
		const struct ical_instance *instance = &found.at[i];

		FUZZ_CLAIM(instance->start <= instance->end);
		FUZZ_CLAIM(!i || instance->start >= found.at[i - 1].start);
		FUZZ_CLAIM(ical_overlaps(instance, &window.range));
		FUZZ_CLAIM(instance->end >= facts->first && instance->start <= facts->last);
	}
	if (found.len)
		found_by_time(
		        arena, ical, found.at[0].has_start ? found.at[0].start : found.at[0].end);
}

static void found_by_text(
        struct arena *arena, const struct ical *ical, const struct ical_prop *prop)
{
	struct cal_filter filter = { .calendar = { .name = TEXT("VCALENDAR") } };
	struct cal_comp_filter *comp = vec_push(arena, &filter.calendar.comps);
	struct cal_prop_filter *wanted = vec_push(arena, &comp->props);
	enum ical_type type = ical_prop_type(prop);
	struct err err = { 0 };

	comp->name = ical_kind_name(ical_object_kind(ical));
	wanted->name = prop->name;
	wanted->has_match = true;
	wanted->match.text = type == ICAL_TYPE_TEXT || type == ICAL_TYPE_UNKNOWN
	                             ? ical_unescape(arena, prop->value)
	                             : prop->value;
	wanted->match.match = (enum cal_match)(prop->value.len % 4);
	wanted->match.collation = (enum cal_collation)(prop->value.len % 3);
	FUZZ_CLAIM(cal_matches(cal_matcher_new(arena, &err, &filter, NULL), arena, ical));
	wanted->has_match = false;
	wanted->is_not_defined = true;
	comp->is_not_defined = false;
	if (!ical_next(ical_first(ical_calendar(ical), ICAL_OBJECTS), ICAL_OBJECTS))
		FUZZ_CLAIM(!cal_matches(cal_matcher_new(arena, &err, &filter, NULL), arena, ical));
}

static void shape(struct arena *arena, const struct ical *ical, const struct cal_shape *wanted)
{
	const unsigned kinds = ICAL_VEVENT | ICAL_VTODO | ICAL_VJOURNAL;
	const struct ical_comp *comp;
	struct ical *again;
	struct err err = { 0 };
	struct buf out;

	buf_init(&out, arena);
	if (!ical_shape(arena, &err, ical, wanted, &out)) {
		FUZZ_CLAIM(err_is_set(&err) && !out.len);
		return;
	}
	again = parsed(arena, buf_text(&out));
	FUZZ_CLAIM(again);
	comp = ical_first(ical_calendar(again), kinds);
	for (; wanted->expand && comp; comp = ical_next(comp, kinds))
		FUZZ_CLAIM(!ical_prop(comp, ICAL_P_DTSTART) || !ical_prop(comp, ICAL_P_RRULE));
}

static void shapes(struct arena *arena, const struct ical *ical, const struct ical_facts *facts)
{
	struct ical_range range = window_of(facts).range;
	struct cal_wanted calendar = { .name = TEXT("VCALENDAR"), .all_comps = true };
	struct cal_shape expanded = { .expand = true, .expand_range = range, .max_instances = 100 };
	struct cal_shape limited = { .limit_recurrence = true,
		.recurrence_range = range,
		.limit_freebusy = true,
		.freebusy_range = range };

	shape(arena, ical, &expanded);
	shape(arena, ical, &limited);
	limited.wanted = &calendar;
	limited.zones = CAL_ZONES_ALL;
	shape(arena, ical, &limited);
	limited.zones = CAL_ZONES_NONE;
	shape(arena, ical, &limited);
}

static void export_and_import(struct arena *arena, const struct ical *ical)
{
	struct ical_merge *merge = ical_merge_new(arena);
	struct ical_import import;
	struct err err = { 0 };
	struct buf out;

	buf_init(&out, arena);
	ical_merge_head(merge, &out, TEXT("a;b"), TEXT_NONE);
	ical_merge_add(merge, ical, &out);
	ical_merge_add(merge, ical, &out);
	ical_merge_tail(merge, &out);
	FUZZ_CLAIM(ical_split(arena, &err, buf_text(&out), &import));
	FUZZ_CLAIM(import.parts.len == 1);
	FUZZ_CLAIM(parsed(arena, import.parts.at[0].body));
}

static void as_json(struct arena *arena, const struct ical *ical)
{
	struct err err = { 0 };
	struct text body;

	/* Odd names that iCalendar lets pass have none in JSON. */
	if (jcal_read(arena, &err, jcal_write(arena, ical), &body))
		FUZZ_CLAIM(parsed(arena, body));
	else
		FUZZ_CLAIM(err_is_set(&err));
}

static void look_into(struct arena *arena, const struct ical *ical)
{
	const struct ical_comp *comp = ical_first(ical_calendar(ical), ICAL_OBJECTS);
	const struct ical_prop *prop = comp->props;
	struct ical_facts facts;
	struct ical_window window;
	struct busy *busy;

	ical_facts(arena, ical, &facts);
	FUZZ_CLAIM(facts.uid.len && facts.kind == comp->kind);
	expand(arena, ical, &facts);
	shapes(arena, ical, &facts);
	for (int i = 0; prop && i < PROPS_MAX; prop = prop->next, i++)
		found_by_text(arena, ical, prop);
	window = window_of(&facts);
	busy = busy_new(arena, &window);
	busy_add_object(busy, ical);
	FUZZ_CLAIM(parsed(arena, busy_write(busy, &(struct busy_reply){ .now = 0 })));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct text data = { len ? (const char *)bytes : "", len }, body;
	struct arena *arena = arena_new();
	struct ical *ical = parsed(arena, data);
	struct ical_import import;
	const struct zone *zone;
	struct err err = { 0 };

	if (ical && is_accepted(ical)) {
		look_into(arena, ical);
		export_and_import(arena, ical);
		as_json(arena, ical);
	}
	if (zone_from_calendar(arena, &err, data, &zone))
		(void)zone_to_utc(zone, 0);
	err_clear(&err);
	if (ical_split(arena, &err, data, &import))
		for (size_t i = 0; i < import.parts.len; i++)
			(void)parsed(arena, import.parts.at[i].body);
	err_clear(&err);
	if (jcal_read(arena, &err, data, &body))
		(void)parsed(arena, body);
	arena_free(&arena);
	return 0;
}
