#include "object/ical_tzids.h"

void ical_tzids(struct arena *arena, const struct ical_comp *comp, struct ical_tzids *tzids)
{
	for (const struct ical_prop *prop = comp->props; prop; prop = prop->next) {
		struct text tzid = prop->params.len ? ical_param(prop, "TZID") : TEXT_NONE;
		bool known = !tzid.len;

		for (size_t i = 0; i < tzids->len && !known; i++)
			known = text_eq(tzids->at[i], tzid);
		if (!known && tzids->len < ICAL_TZIDS_MAX)
			*vec_push(arena, tzids) = tzid;
	}
	for (const struct ical_comp *child = comp->children; child; child = child->next)
		ical_tzids(arena, child, tzids);
}

const struct ical_comp *ical_vtimezone(
        struct arena *arena, const struct ical_comp *calendar, struct text tzid)
{
	const struct ical_comp *comp = ical_first(calendar, ICAL_VTIMEZONE);

	while (comp && !text_eq(ical_text(arena, comp, ICAL_P_TZID), tzid))
		comp = ical_next(comp, ICAL_VTIMEZONE);
	return comp;
}

void ical_put_raw(struct buf *out, struct text raw)
{
	buf_add(out, raw);
	if (!text_ends(raw, TEXT("\n")))
		buf_add(out, TEXT("\r\n"));
}
