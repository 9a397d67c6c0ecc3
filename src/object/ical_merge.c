#include "object/ical_merge.h"

#include "base/map.h"
#include "object/ical_tzids.h"
#include "object/zone.h"

/* A definition that was written, and under which name. */
struct written {
	struct text raw;
	struct text name;
};

struct ical_merge {
	struct arena *arena;
	struct map *zones; /* TZID -> struct written: the first definition of that name */
	struct map *other; /* definition -> struct written: further ones, renamed */
};

struct ical_merge *ical_merge_new(struct arena *arena)
{
	struct ical_merge *merge = arena_make(arena, struct ical_merge);

	merge->arena = arena;
	merge->zones = map_new(arena);
	merge->other = map_new(arena);
	return merge;
}

static void put_text(struct buf *out, const char *name, struct text value)
{
	struct text raw = ical_escape(out->arena, value);

	if (value.len)
		ical_line(out, arena_printf(out->arena, "%s:%.*s", name, TEXT_ARG(raw)));
}

/* COLOR is a name of CSS (RFC 7986 5.9); what clients set is #RRGGBBAA, which is Apple's. */
void ical_merge_head(
        struct ical_merge *merge UNUSED, struct buf *out, struct text name, struct text color)
{
	buf_add(out, TEXT("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kontor//EN\r\n"));
	put_text(out, "NAME", name);
	put_text(out, "X-WR-CALNAME", name);
	put_text(out, "X-APPLE-CALENDAR-COLOR", color);
}

/* ---- one name, two definitions ---- */

/* The property with another TZID; as it is if it has none, or a different one. */
static void put_renamed_prop(
        struct buf *out, const struct ical_prop *prop, struct text tzid, struct text name)
{
	struct text rest = prop->params;
	struct ical_param param;
	struct buf line;

	if (!prop->params.len || !text_eq(ical_param(prop, "TZID"), tzid)) {
		ical_put_raw(out, prop->line);
		return;
	}
	buf_init(&line, out->arena);
	buf_add(&line, prop->name);
	while (ical_param_next(&rest, &param)) {
		buf_printf(&line, ";%.*s=", TEXT_ARG(param.name));
		if (text_eq_nocase(param.name, TEXT("TZID")))
			buf_printf(&line, "\"%.*s\"", TEXT_ARG(name));
		else
			buf_add(&line, param.values);
	}
	buf_char(&line, ':');
	buf_add(&line, prop->value);
	ical_line(out, buf_text(&line));
}

static void put_renamed(
        struct buf *out, const struct ical_comp *comp, struct text tzid, struct text name)
{
	buf_printf(out, "BEGIN:%.*s\r\n", TEXT_ARG(comp->name));
	for (const struct ical_prop *prop = comp->props; prop; prop = prop->next) {
		if (prop->id == ICAL_P_TZID)
			put_text(out, "TZID", name);
		else
			put_renamed_prop(out, prop, tzid, name);
	}
	for (const struct ical_comp *child = comp->children; child; child = child->next)
		put_renamed(out, child, tzid, name);
	buf_printf(out, "END:%.*s\r\n", TEXT_ARG(comp->name));
}

/* ---- objects ---- */

static void keep(struct ical_merge *merge, struct map *map, struct text key, struct written written)
{
	struct written *w = arena_make(merge->arena, struct written);

	w->raw = arena_text(merge->arena, written.raw);
	w->name = arena_text(merge->arena, written.name);
	map_put(map, arena_text(merge->arena, key), w);
}

/* Writes the zone if it is new. The name it goes by from now on, if not its own; else absent. */
static struct text put_zone(
        struct ical_merge *merge, const struct ical *ical, struct text tzid, struct buf *out)
{
	const struct ical_comp *own = ical_vtimezone(out->arena, ical_calendar(ical), tzid);
	const struct written *there = map_get(merge->zones, tzid);
	const struct zone *zone = zone_find(tzid);
	struct text name;

	if (!there) {
		if (own)
			ical_put_raw(out, own->raw);
		else if (zone)
			buf_add(out, zone_vtimezone(out->arena, zone, tzid));
		keep(merge, merge->zones, tzid,
		        (struct written){ .raw = own ? own->raw : TEXT_NONE, .name = tzid });
		return TEXT_NONE;
	}
	if (zone || !own || text_eq(there->raw, own->raw))
		return TEXT_NONE;
	there = map_get(merge->other, own->raw);
	if (there)
		return there->name;
	name = arena_printf(merge->arena, "%.*s (%zu)", TEXT_ARG(tzid), map_len(merge->other) + 2);
	keep(merge, merge->other, own->raw, (struct written){ .raw = own->raw, .name = name });
	put_renamed(out, own, tzid, name);
	return name;
}

void ical_merge_add(struct ical_merge *merge, const struct ical *ical, struct buf *out)
{
	struct text tzid = TEXT_NONE, name = TEXT_NONE, other;
	struct ical_tzids tzids = VEC_EMPTY;
	const struct ical_comp *comp;

	for (comp = ical_calendar(ical)->children; comp; comp = comp->next)
		ical_tzids(out->arena, comp, &tzids);
	for (size_t i = 0; i < tzids.len; i++) {
		other = put_zone(merge, ical, tzids.at[i], out);
		if (other.ptr) {
			tzid = tzids.at[i];
			name = other;
		}
	}
	for (comp = ical_calendar(ical)->children; comp; comp = comp->next) {
		if (comp->kind == ICAL_VTIMEZONE)
			continue;
		if (name.ptr)
			put_renamed(out, comp, tzid, name);
		else
			ical_put_raw(out, comp->raw);
	}
}

void ical_merge_tail(struct ical_merge *merge UNUSED, struct buf *out)
{
	buf_add(out, TEXT("END:VCALENDAR\r\n"));
}
