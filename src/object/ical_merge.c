/* ical_merge.c - see ical_merge.h. */
#include "object/ical_merge.h"

#include "base/hash.h"
#include "base/map.h"
#include "object/ical_parse.h"
#include "object/zone.h"

/* ---- many into one ---- */

struct ical_merge {
	struct arena *arena;
	struct map *zones; /* TZIDs whose VTIMEZONE is written */
};

struct ical_merge *ical_merge_new(struct arena *arena)
{
	struct ical_merge *merge = arena_make(arena, struct ical_merge);

	merge->arena = arena;
	merge->zones = map_new(arena);
	return merge;
}

static void put_named(
        struct ical_merge *merge, struct buf *out, const char *name, struct text value)
{
	if (!value.len)
		return;
	ical_line(out, arena_printf(merge->arena, "%s:%.*s", name,
	                       TEXT_ARG(ical_escape(merge->arena, value))));
}

void ical_merge_head(struct ical_merge *merge, struct buf *out, struct text name, struct text color)
{
	buf_add(out, TEXT("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kontor//Kontor//EN\r\n"));
	put_named(merge, out, "NAME", name);
	put_named(merge, out, "X-WR-CALNAME", name);
	put_named(merge, out, "COLOR", color);
	put_named(merge, out, "X-APPLE-CALENDAR-COLOR", color);
}

/* Only the first definition of a zone counts. */
static bool zone_is_new(struct ical_merge *merge, const struct ical_comp *zone)
{
	const struct ical_prop *tzid = ical_prop(zone, ICAL_P_TZID);

	if (!tzid || map_get(merge->zones, tzid->value))
		return false;
	map_put(merge->zones, arena_text(merge->arena, tzid->value), merge);
	return true;
}

void ical_merge_add(struct ical_merge *merge, const struct ical *ical, struct buf *out)
{
	const struct ical_comp *calendar = ical_calendar(ical);

	for (const struct ical_comp *c = calendar->children; c; c = c->next)
		if (c->kind == ICAL_VTIMEZONE && zone_is_new(merge, c))
			buf_add(out, c->raw);
	for (const struct ical_comp *c = calendar->children; c; c = c->next)
		if (c->kind != ICAL_VTIMEZONE)
			buf_add(out, c->raw);
}

void ical_merge_tail(struct ical_merge *merge, struct buf *out)
{
	(void)merge;
	buf_add(out, TEXT("END:VCALENDAR\r\n"));
}

/* ---- one into many ---- */

struct piece {
	struct text uid;
	enum ical_kind kind;
	VEC(const struct ical_comp *) comps;
};

struct splitter {
	struct arena *arena;
	struct map *zones;  /* TZID -> VTIMEZONE component */
	struct map *pieces; /* kind and UID -> struct piece */
};

static struct text uid_of(struct arena *arena, const struct ical_comp *comp, bool *made)
{
	const struct ical_prop *uid = ical_prop(comp, ICAL_P_UID);

	*made = !uid || !uid->value.len;
	/* The same file imported twice must not make two of it. */
	return *made ? etag_of(arena, comp->raw) : uid->value;
}

static void take_object(struct splitter *s, const struct ical_comp *comp)
{
	bool made;
	struct text uid = uid_of(s->arena, comp, &made);
	struct text key = arena_printf(s->arena, "%d %.*s", comp->kind, TEXT_ARG(uid));
	struct piece *piece = map_get(s->pieces, key);

	if (!piece) {
		piece = arena_make(s->arena, struct piece);
		piece->uid = uid;
		piece->kind = comp->kind;
		map_put(s->pieces, key, piece);
	}
	*vec_push(s->arena, &piece->comps) = comp;
}

static void take_calendar(
        struct splitter *s, const struct ical_comp *calendar, struct ical_import *out)
{
	const struct ical_prop *p;

	if (!out->name.ptr && (p = ical_prop(calendar, ICAL_P_NAME)))
		out->name = ical_unescape(s->arena, p->value);
	if (!out->name.ptr && (p = ical_prop_named(calendar, TEXT("X-WR-CALNAME"))))
		out->name = ical_unescape(s->arena, p->value);
	if (!out->color.ptr && (p = ical_prop_named(calendar, TEXT("X-APPLE-CALENDAR-COLOR"))))
		out->color = p->value;
	if (!out->color.ptr && (p = ical_prop(calendar, ICAL_P_COLOR)))
		out->color = p->value;
	for (const struct ical_comp *c = calendar->children; c; c = c->next) {
		if (c->kind & ICAL_OBJECTS)
			take_object(s, c);
		else if (c->kind != ICAL_VTIMEZONE)
			out->skipped++;
		else if ((p = ical_prop(c, ICAL_P_TZID)))
			map_put(s->zones, p->value, (void *)(uintptr_t)c);
	}
}

/* The VTIMEZONEs that the times below `comp` name, each once. */
static void put_zones(
        struct splitter *s, const struct ical_comp *comp, struct map *there, struct buf *out)
{
	for (const struct ical_prop *p = comp->props; p; p = p->next) {
		struct text tzid = p->params.len ? ical_param(p, "TZID") : TEXT_NONE;
		const struct ical_comp *zone = tzid.len ? map_get(s->zones, tzid) : NULL;

		if (!zone || map_get(there, tzid))
			continue;
		map_put(there, tzid, s);
		buf_add(out, zone->raw);
	}
	for (const struct ical_comp *child = comp->children; child; child = child->next)
		put_zones(s, child, there, out);
}

static void put_object(
        struct splitter *s, const struct ical_comp *comp, struct text uid, struct buf *out)
{
	const struct ical_prop *own = ical_prop(comp, ICAL_P_UID);

	if (own && own->value.len) {
		buf_add(out, comp->raw);
		return;
	}
	buf_printf(out, "BEGIN:%.*s\r\n", TEXT_ARG(comp->name));
	ical_line(out, arena_printf(s->arena, "UID:%.*s", TEXT_ARG(uid)));
	for (const struct ical_prop *p = comp->props; p; p = p->next)
		if (p != own)
			buf_add(out, p->line);
	for (const struct ical_comp *child = comp->children; child; child = child->next)
		buf_add(out, child->raw);
	buf_printf(out, "END:%.*s\r\n", TEXT_ARG(comp->name));
}

static struct text piece_body(struct splitter *s, const struct piece *piece)
{
	struct map *there = map_new(s->arena);
	struct buf out;

	buf_init(&out, s->arena);
	buf_add(&out, TEXT("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kontor//Import//EN\r\n"));
	for (size_t i = 0; i < piece->comps.len; i++)
		put_zones(s, piece->comps.at[i], there, &out);
	for (size_t i = 0; i < piece->comps.len; i++)
		put_object(s, piece->comps.at[i], piece->uid, &out);
	buf_add(&out, TEXT("END:VCALENDAR\r\n"));
	return buf_text(&out);
}

bool ical_split(struct arena *arena, struct err *err, struct text bytes, struct ical_import *out)
{
	struct splitter s = { arena, map_new(arena), map_new(arena) };
	struct ical_comp *calendar;

	if (!ical_parse_stream(arena, err, bytes, 0, &calendar))
		return false;
	*out = (struct ical_import){ 0 };
	for (; calendar; calendar = calendar->next) {
		if (calendar->kind != ICAL_VCALENDAR)
			return err_set(err, ERR_VALID_CALENDAR_DATA, "this is no VCALENDAR");
		take_calendar(&s, calendar, out);
	}
	for (size_t i = 0; i < map_len(s.pieces); i++) {
		const struct piece *piece = map_value(s.pieces, i);
		struct ical_part *part = vec_push(arena, &out->parts);

		part->uid = piece->uid;
		part->kind = piece->kind;
		part->body = piece_body(&s, piece);
	}
	return true;
}
