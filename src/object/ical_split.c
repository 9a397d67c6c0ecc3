/* The part of ical_merge.h that takes an .ics file apart. */
#include "object/ical_merge.h"

#include "base/hash.h"
#include "base/map.h"
#include "object/ical_parse.h"
#include "object/ical_tzids.h"

/* One UID: its components, and the calendar the first of them came in. */
struct piece {
	struct text uid;
	enum ical_kind kind;
	const struct ical_comp *calendar;
	VEC(const struct ical_comp *) comps;
};

struct split {
	struct arena *arena;
	struct ical_import *out;
	struct map *by_uid;
	VEC(struct piece *) pieces;
};

/* The same content gets the same UID, so that an import can be repeated. */
static struct text made_up(struct split *s, const struct ical_comp *comp)
{
	struct text tag = etag_of(s->arena, comp->raw);

	return arena_printf(s->arena, "%.*s@import.kontor", TEXT_ARG(tag));
}

static void add_comp(
        struct split *s, const struct ical_comp *calendar, const struct ical_comp *comp)
{
	const struct ical_prop *prop = ical_prop(comp, ICAL_P_UID);
	struct text uid = prop ? text_trim(prop->value) : TEXT_NONE;
	struct piece *piece;

	if (!uid.len)
		uid = made_up(s, comp);
	piece = map_get(s->by_uid, uid);
	if (!piece || piece->kind != comp->kind) {
		piece = arena_make(s->arena, struct piece);
		*piece = (struct piece){ .uid = uid, .kind = comp->kind, .calendar = calendar };
		if (!map_get(s->by_uid, uid))
			map_put(s->by_uid, uid, piece);
		*vec_push(s->arena, &s->pieces) = piece;
	}
	/* Files that were put together by hand hold the same thing twice. */
	if (!piece->comps.len || !text_eq(piece->comps.at[piece->comps.len - 1]->raw, comp->raw))
		*vec_push(s->arena, &piece->comps) = comp;
}

static void read_words(struct split *s, const struct ical_comp *calendar)
{
	static const char *const NAMES[] = { "NAME", "X-WR-CALNAME" };
	static const char *const COLORS[] = { "X-APPLE-CALENDAR-COLOR", "COLOR" };
	const struct ical_prop *prop;

	for (size_t i = 0; i < COUNT_OF(NAMES) && !s->out->name.ptr; i++)
		if ((prop = ical_prop_named(calendar, text_of(NAMES[i]))) != NULL)
			s->out->name = ical_unescape(s->arena, text_trim(prop->value));
	for (size_t i = 0; i < COUNT_OF(COLORS) && !s->out->color.ptr; i++)
		if ((prop = ical_prop_named(calendar, text_of(COLORS[i]))) != NULL)
			s->out->color = text_trim(prop->value);
}

static void put_comp(
        struct split *s, struct buf *body, const struct ical_comp *comp, struct text uid)
{
	const struct ical_prop *own = ical_prop(comp, ICAL_P_UID);

	if (own && text_trim(own->value).len) {
		ical_put_raw(body, comp->raw);
		return;
	}
	buf_printf(body, "BEGIN:%.*s\r\n", TEXT_ARG(comp->name));
	ical_line(body, arena_printf(s->arena, "UID:%.*s", TEXT_ARG(uid)));
	for (const struct ical_prop *prop = comp->props; prop; prop = prop->next)
		if (prop->id != ICAL_P_UID)
			ical_put_raw(body, prop->line);
	for (const struct ical_comp *child = comp->children; child; child = child->next)
		ical_put_raw(body, child->raw);
	buf_printf(body, "END:%.*s\r\n", TEXT_ARG(comp->name));
}

static struct text body_of(struct split *s, const struct piece *piece)
{
	const struct ical_prop *prodid = ical_prop(piece->calendar, ICAL_P_PRODID);
	struct ical_tzids tzids = VEC_EMPTY;
	struct buf body;

	buf_init(&body, s->arena);
	buf_add(&body, TEXT("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
	if (prodid)
		ical_put_raw(&body, prodid->line);
	else
		buf_add(&body, TEXT("PRODID:-//Kontor//EN\r\n"));
	for (size_t i = 0; i < piece->comps.len; i++)
		ical_tzids(s->arena, piece->comps.at[i], &tzids);
	for (size_t i = 0; i < tzids.len; i++) {
		const struct ical_comp *zone =
		        ical_vtimezone(s->arena, piece->calendar, tzids.at[i]);

		if (zone)
			ical_put_raw(&body, zone->raw);
	}
	for (size_t i = 0; i < piece->comps.len; i++)
		put_comp(s, &body, piece->comps.at[i], piece->uid);
	buf_add(&body, TEXT("END:VCALENDAR\r\n"));
	return buf_text(&body);
}

bool ical_split(struct arena *arena, struct err *err, struct text bytes, struct ical_import *out)
{
	struct split s = { .arena = arena, .out = out, .by_uid = map_new(arena) };
	struct ical_comp *calendar;

	*out = (struct ical_import){ .skipped = 0 };
	if (!ical_parse_stream(arena, err, bytes, 0, &calendar))
		return false;
	if (!calendar)
		return err_set(err, ERR_VALID_CALENDAR_DATA, "there is no VCALENDAR");
	for (; calendar; calendar = calendar->next) {
		if (calendar->kind != ICAL_VCALENDAR)
			return err_set(
			        err, ERR_VALID_CALENDAR_DATA, "something else than a VCALENDAR");
		read_words(&s, calendar);
		for (const struct ical_comp *comp = calendar->children; comp; comp = comp->next) {
			if (comp->kind & ICAL_OBJECTS)
				add_comp(&s, calendar, comp);
			else
				out->skipped += comp->kind != ICAL_VTIMEZONE;
		}
	}
	for (size_t i = 0; i < s.pieces.len; i++)
		*vec_push(arena, &out->parts) = (struct ical_part){ .uid = s.pieces.at[i]->uid,
			.kind = s.pieces.at[i]->kind,
			.body = body_of(&s, s.pieces.at[i]) };
	return true;
}
