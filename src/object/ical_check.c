#include "object/ical_check.h"

#include "object/ical_check_rule.h"
#include "object/ical_parse.h"
#include "object/ical_rule.h"
#include "object/ical_time.h"

enum { UID_MAX = 1024, RULES_MAX = 50, FLOATING_SLACK = 14 * 3600 };

struct check {
	struct arena *arena; /* scratch */
	struct err *err;
	const struct ical *ical;
	const struct ical_limits *limits;
	int64_t dates; /* RDATEs and EXDATEs so far */
	int rules;     /* of the whole object: each may cost milliseconds to judge */
};

#define BAD(c, ...)        err_set((c)->err, ERR_VALID_CALENDAR_DATA, __VA_ARGS__)
#define BAD_OBJECT(c, ...) err_set((c)->err, ERR_VALID_CALENDAR_OBJECT, __VA_ARGS__)
#define SHOWN(text)        TEXT_ARG(text_sub((text), 0, 60))

bool ical_check_size(struct err *err, struct text bytes, const struct ical_limits *limits)
{
	if (!limits->max_size || (int64_t)bytes.len <= limits->max_size)
		return true;
	return err_set(err, ERR_CAL_MAX_RESOURCE_SIZE, "%zu bytes, %lld allowed", bytes.len,
	        (long long)limits->max_size);
}

/* ---- properties ---- */

/* The benefit of the doubt: where a floating time is depends on who looks. */
static bool check_bounds(struct check *c, struct when when)
{
	int64_t utc = when_utc(when, NULL), slack = when.zone ? 0 : FLOATING_SLACK;

	if (c->limits->min_time && utc + slack < c->limits->min_time)
		return err_set(
		        c->err, ERR_MIN_DATE_TIME, "%.*s", TEXT_ARG(when_write(c->arena, when)));
	if (c->limits->max_time && utc - slack >= c->limits->max_time)
		return err_set(
		        c->err, ERR_MAX_DATE_TIME, "%.*s", TEXT_ARG(when_write(c->arena, when)));
	return true;
}

static bool check_zone(struct check *c, const struct ical_prop *prop)
{
	struct text tzid = prop->params.len ? ical_param(prop, "TZID") : TEXT_NONE;

	if (!tzid.ptr || text_ends(prop->value, TEXT("Z")) || ical_zone(c->ical, tzid))
		return true;
	return err_set(c->err, ERR_VALID_TIMEZONE, "TZID=%.*s", SHOWN(tzid));
}

static bool check_time(struct check *c, const struct ical_prop *prop, struct text value)
{
	const struct zone *zone = prop_zone(c->ical, prop);
	struct when when, end;

	value = text_trim(value);
	if (prop->id == ICAL_P_RDATE && period_read(value, zone, &when, &end))
		return check_bounds(c, when) && check_bounds(c, end);
	if (!when_read(value, zone, &when))
		return BAD(c, "%.*s: %.*s is no time", SHOWN(prop->name), SHOWN(value));
	return prop->id == ICAL_P_EXDATE || check_bounds(c, when);
}

static bool check_times(struct check *c, const struct ical_prop *prop)
{
	struct text rest = prop->value, item;

	if (!check_zone(c, prop))
		return false;
	while (ical_item_next(&rest, &item)) {
		if (!check_time(c, prop, item))
			return false;
		if (c->limits->max_instances && ++c->dates > c->limits->max_instances)
			return err_set(c->err, ERR_MAX_INSTANCES, "too many dates");
	}
	return true;
}

static bool check_duration(struct check *c, const struct ical_prop *prop)
{
	struct duration duration;

	return duration_read(text_trim(prop->value), &duration) ||
	       BAD(c, "%.*s: %.*s is no duration", SHOWN(prop->name), SHOWN(prop->value));
}

static bool check_trigger(struct check *c, const struct ical_prop *prop)
{
	struct duration duration;
	struct when when;
	struct text value = text_trim(prop->value);

	return duration_read(value, &duration) || when_read(value, NULL, &when) ||
	       BAD(c, "TRIGGER: %.*s", SHOWN(value));
}

static bool check_periods(struct check *c, const struct ical_prop *prop)
{
	struct text rest = prop->value, item;
	struct when start, end;

	while (ical_item_next(&rest, &item)) {
		if (!period_read(text_trim(item), zone_utc(), &start, &end))
			return BAD(c, "FREEBUSY: %.*s is no period", SHOWN(item));
		if (!check_bounds(c, start) || !check_bounds(c, end))
			return false;
	}
	return true;
}

/* RFC 5545 3.3.11: only these may be escaped. "\:" is let pass, as RFC 2445's readers did. */
static bool check_escapes(struct check *c, const struct ical_prop *prop)
{
	const char *at = prop->value.ptr, *end = at + prop->value.len;

	while (at < end && (at = memchr(at, '\\', (size_t)(end - at))) != NULL) {
		if (at + 1 == end || !strchr("\\;,nN:", at[1]))
			return BAD(c, "%.*s: a bad escape sequence", SHOWN(prop->name));
		at += 2;
	}
	return true;
}

static bool check_prop(struct check *c, const struct ical_prop *prop)
{
	switch (prop->id) {
	case ICAL_P_DTSTART:
	case ICAL_P_DTEND:
	case ICAL_P_DUE:
	case ICAL_P_RECURRENCE_ID: return check_zone(c, prop) && check_time(c, prop, prop->value);
	case ICAL_P_RDATE:
	case ICAL_P_EXDATE: return check_times(c, prop);
	case ICAL_P_DURATION: return check_duration(c, prop);
	case ICAL_P_TRIGGER: return check_trigger(c, prop);
	case ICAL_P_FREEBUSY: return check_periods(c, prop);
	case ICAL_P_OTHER: return true;
	default: break;
	}
	return ical_prop_type(prop) != ICAL_TYPE_TEXT || check_escapes(c, prop);
}

/* ---- components ---- */

static bool check_once(struct check *c, const struct ical_comp *comp)
{
	static const enum ical_prop_id ONCE[] = { ICAL_P_UID, ICAL_P_DTSTART, ICAL_P_DTEND,
		ICAL_P_DUE, ICAL_P_DURATION, ICAL_P_RECURRENCE_ID };
	const struct ical_prop *first[ICAL_P_COUNT] = { NULL };

	for (const struct ical_prop *prop = comp->props; prop; prop = prop->next) {
		for (size_t i = 0; first[prop->id] && i < COUNT_OF(ONCE); i++)
			if (ONCE[i] == prop->id)
				return BAD(c, "%.*s twice in a %.*s", SHOWN(prop->name),
				        SHOWN(comp->name));
		first[prop->id] = prop;
	}
	if (first[ICAL_P_DURATION] && (first[ICAL_P_DTEND] || first[ICAL_P_DUE]))
		return BAD(c, "both DURATION and an end in a %.*s", SHOWN(comp->name));
	if (comp->kind == ICAL_VTODO && first[ICAL_P_DURATION] && !first[ICAL_P_DTSTART])
		return BAD(c, "DURATION without DTSTART");
	if ((comp->kind & (ICAL_VEVENT | ICAL_AVAILABLE)) && !first[ICAL_P_DTSTART])
		return BAD(c, "a %.*s without DTSTART", SHOWN(comp->name));
	if (first[ICAL_P_RRULE] && !first[ICAL_P_DTSTART] && !first[ICAL_P_DUE] &&
	        comp->kind != ICAL_VTODO)
		return BAD(c, "RRULE without DTSTART");
	return true;
}

/* A rule in an override means nothing, and is not walked: some clients repeat the master's. */
static bool check_rule(struct check *c, const struct ical_comp *comp, const struct ical_prop *prop)
{
	struct rule *rule;

	if (ical_prop(comp, ICAL_P_RECURRENCE_ID))
		return rule_read(c->arena, c->err, prop->value, &rule);
	if (++c->rules > RULES_MAX)
		return err_set(c->err, ERR_MAX_INSTANCES, "too many rules");
	return ical_check_rule(c->arena, c->err, c->ical, comp, prop, c->limits);
}

static bool check_props(struct check *c, const struct ical_comp *comp)
{
	int64_t attendees = 0;

	for (const struct ical_prop *prop = comp->props; prop; prop = prop->next) {
		if (!check_prop(c, prop))
			return false;
		attendees += prop->id == ICAL_P_ATTENDEE;
		if (prop->id != ICAL_P_RRULE && prop->id != ICAL_P_EXRULE)
			continue;
		if (!check_rule(c, comp, prop))
			return false;
	}
	if (c->limits->max_attendees && attendees > c->limits->max_attendees)
		return err_set(c->err, ERR_MAX_ATTENDEES, "%lld, %lld allowed",
		        (long long)attendees, (long long)c->limits->max_attendees);
	return true;
}

static bool check_comp(struct check *c, const struct ical_comp *comp)
{
	if (!check_once(c, comp) || !check_props(c, comp))
		return false;
	for (const struct ical_comp *child = comp->children; child; child = child->next)
		if (!check_comp(c, child))
			return false;
	return true;
}

static bool check_zones(struct check *c)
{
	const struct ical_comp *comp = ical_first(ical_calendar(c->ical), ICAL_VTIMEZONE);
	const struct zone *zone;
	int own = 0;

	for (; comp; comp = ical_next(comp, ICAL_VTIMEZONE)) {
		struct text tzid = ical_text(c->arena, comp, ICAL_P_TZID);

		if (!zone_find(tzid) && ++own > ICAL_ZONES_MAX)
			return BAD(c, "more than %d time zones of its own", ICAL_ZONES_MAX);
		if (!zone_find(tzid) && !zone_from_comp(c->arena, c->err, comp, &zone))
			return false;
	}
	return true;
}

/* ---- the object: RFC 4791 4.1 ---- */

static bool check_calendar(struct check *c)
{
	const struct ical_comp *calendar = ical_calendar(c->ical);
	const struct ical_prop *version = ical_prop(calendar, ICAL_P_VERSION);
	const struct ical_prop *scale = ical_prop(calendar, ICAL_P_CALSCALE);

	if (!version)
		return BAD(c, "VERSION is missing");
	if (!text_eq(text_trim(version->value), TEXT("2.0")))
		return err_set(
		        c->err, ERR_SUPPORTED_CALENDAR_DATA, "VERSION:%.*s", SHOWN(version->value));
	if (scale && !text_eq_nocase(text_trim(scale->value), TEXT("GREGORIAN")))
		return BAD(c, "CALSCALE:%.*s", SHOWN(scale->value));
	if (ical_prop(calendar, ICAL_P_METHOD))
		return BAD_OBJECT(c, "METHOD is not allowed");
	return true;
}

static bool check_kinds(struct check *c, enum ical_kind *kind)
{
	unsigned wanted = c->limits->kinds ? c->limits->kinds : ICAL_OBJECTS;
	const struct ical_comp *comp = ical_calendar(c->ical)->children, *first = NULL;

	for (; comp; comp = comp->next) {
		if (comp->kind == ICAL_VTIMEZONE || text_starts_nocase(comp->name, TEXT("X-")))
			continue;
		if (!first)
			first = comp;
		if (comp->kind != first->kind || !text_eq_nocase(comp->name, first->name))
			return BAD_OBJECT(
			        c, "both %.*s and %.*s", SHOWN(first->name), SHOWN(comp->name));
	}
	if (!first)
		return BAD_OBJECT(c, "there is nothing in it");
	if (!(first->kind & ICAL_OBJECTS & wanted))
		return err_set(
		        c->err, ERR_SUPPORTED_CALENDAR_COMPONENT, "%.*s", SHOWN(first->name));
	*kind = first->kind;
	return true;
}

static int by_key(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* One master at most, and every override of another instance. */
static bool check_overrides(struct check *c, enum ical_kind kind)
{
	const struct ical_comp *comp = ical_first(ical_calendar(c->ical), kind), *master = NULL;
	const struct ical_prop *prop;
	VEC(int64_t) keys = VEC_EMPTY;
	struct when when;

	for (; comp; comp = ical_next(comp, kind)) {
		prop = ical_prop(comp, ICAL_P_RECURRENCE_ID);
		if (!prop) {
			if (master)
				return BAD_OBJECT(
				        c, "two %.*s without RECURRENCE-ID", SHOWN(comp->name));
			master = comp;
		} else if (when_of(c->ical, prop, &when)) {
			*vec_push(c->arena, &keys) = when_utc(when, NULL);
		}
	}
	if (keys.len)
		qsort(keys.at, keys.len, sizeof(int64_t), by_key);
	for (size_t i = 1; i < keys.len; i++)
		if (keys.at[i] == keys.at[i - 1])
			return BAD_OBJECT(c, "one RECURRENCE-ID twice");
	if (!master || !keys.len || ical_prop(master, ICAL_P_RRULE) ||
	        ical_prop(master, ICAL_P_RDATE))
		return true;
	prop = ical_prop(master, ICAL_P_DTSTART);
	if (keys.len == 1 && prop && when_of(c->ical, prop, &when) &&
	        when_utc(when, NULL) == keys.at[0])
		return true;
	return BAD_OBJECT(c, "overrides of something that does not recur");
}

static bool check_uids(struct check *c, enum ical_kind kind)
{
	const struct ical_comp *comp = ical_first(ical_calendar(c->ical), kind);
	struct text uid = TEXT_NONE;

	for (; comp; comp = ical_next(comp, kind)) {
		const struct ical_prop *prop = ical_prop(comp, ICAL_P_UID);

		if (!prop || !text_trim(prop->value).len)
			return BAD(c, "a %.*s has no UID", SHOWN(comp->name));
		if (prop->value.len > UID_MAX)
			return BAD(c, "a UID longer than %d bytes", UID_MAX);
		if (uid.ptr && !text_eq(uid, prop->value))
			return BAD_OBJECT(c, "more than one UID");
		uid = prop->value;
	}
	return true;
}

static bool check_all(struct check *c)
{
	const struct ical_comp *comp;
	enum ical_kind kind = ICAL_OTHER;

	if (!check_calendar(c) || !check_kinds(c, &kind) || !check_uids(c, kind) || !check_zones(c))
		return false;
	for (comp = ical_first(ical_calendar(c->ical), kind); comp; comp = ical_next(comp, kind))
		if (!check_comp(c, comp))
			return false;
	return check_overrides(c, kind);
}

bool ical_check(struct err *err, const struct ical *ical, const struct ical_limits *limits)
{
	struct check c = { .arena = arena_new(), .err = err, .ical = ical, .limits = limits };
	bool good = check_all(&c);

	arena_free(&c.arena);
	return good;
}
