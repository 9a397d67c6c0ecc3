#include "base/base.h"
#include "base/clock.h"
#include "base/settings.h"
#include "base/str.h"
#include "crm/day.h"
#include "crm/field.h"
#include "object/ical_time.h"
#include "store/day.h"
#include "store/house.h"

enum { DAY = 86400, YEARS = 20 };

const struct zone *crm_zone(const struct settings *settings)
{
	const struct zone *zone = zone_find(text_of(settings->crm_time_zone));

	return zone ? zone : zone_utc();
}

int64_t crm_day_begins(struct work *work, struct text date)
{
	int64_t midnight = crm_midnight(date);

	return midnight ? zone_to_utc(crm_zone(house_settings(work->house)), midnight) : 0;
}

struct text crm_day_at(struct work *work, int64_t at)
{
	int64_t wall = zone_to_wall(crm_zone(house_settings(work->house)), at);

	return text_sub(clock_rfc3339(work->arena, wall), 0, strlen("2026-05-31"));
}

/* The first instant in (low, high] that has the offset of `high`. */
static int64_t change_between(const struct zone *zone, int64_t low, int64_t high)
{
	int32_t now = zone_offset(zone, high);

	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		if (zone_offset(zone, middle) == now)
			high = middle;
		else
			low = middle;
	}
	return high;
}

/* It begins with a year, so that it stays the same from one day to the next. */
bool crm_days_note(struct writing *w, const struct zone *zone)
{
	int64_t year = 1970, at, end;
	struct buf buf;

	if (!text_to_int(text_sub(clock_rfc3339(w->arena, w->now), 0, 4), &year))
		year = 1970;
	at = days_of(year - 1, 1, 1) * DAY;
	end = days_of(year + YEARS, 1, 1) * DAY;
	buf_init(&buf, w->arena);
	buf_printf(&buf, "%lld:%d", (long long)at, (int)zone_offset(zone, at));
	for (; at < end; at += DAY)
		if (zone_offset(zone, at + DAY) != zone_offset(zone, at))
			buf_printf(&buf, " %lld:%d", (long long)change_between(zone, at, at + DAY),
			        (int)zone_offset(zone, at + DAY));
	return day_note(w, buf_text(&buf));
}
