#include "base/base.h"

#include <stdio.h>
#include <time.h>

#include "app/demo.h"
#include "app/intake.h"
#include "app/share.h"
#include "edit/edit.h"
#include "object/ical.h"

enum { DAY = 86400 };

static const struct edit_locks NO_LOCKS = { NULL, 0 };

/* ---- the table ---- */

static const struct person {
	const char *kind, *name, *display, *emails, *roles, *member_of, *manages;
} PEOPLE[] = {
#define PERSON(...) { __VA_ARGS__ },
#define COLLECTION(...)
#define SHARE(...)
#define EVENT(...)
#define TASK(...)
#define CARD(...)
#include "app/demo.tbl.h"
#undef PERSON
#undef COLLECTION
};

static const struct rack_row {
	const char *owner, *name;
	enum collection_type type;
	int64_t components;
	const char *display, *color;
} RACKS[] = {
#define PERSON(...)
#define COLLECTION(...) { __VA_ARGS__ },
#include "app/demo.tbl.h"
#undef COLLECTION
#undef SHARE
};

static const struct share_row {
	const char *owner, *area, *name, *whom, *right;
} SHARES[] = {
#define COLLECTION(...)
#define SHARE(...) { __VA_ARGS__ },
#include "app/demo.tbl.h"
#undef SHARE
#undef EVENT
};

static const struct event_row {
	const char *owner, *name;
	int day;
	const char *start;
	int length;
	const char *rule, *summary, *location, *description;
} EVENTS[] = {
#define SHARE(...)
#define EVENT(...) { __VA_ARGS__ },
#include "app/demo.tbl.h"
#undef EVENT
#undef TASK
};

static const struct task_row {
	const char *owner;
	int due, priority, percent;
	const char *summary, *description;
} TASKS[] = {
#define EVENT(...)
#define TASK(...) { __VA_ARGS__ },
#include "app/demo.tbl.h"
#undef TASK
#undef CARD
};

static const struct card_row {
	const char *owner, *name, *version, *family, *given, *organization, *title, *email, *tel,
	        *address, *note;
} CARDS[] = {
#define TASK(...)
#define CARD(...) { __VA_ARGS__ },
#include "app/demo.tbl.h"
#undef PERSON
#undef COLLECTION
#undef SHARE
#undef EVENT
#undef TASK
#undef CARD
};

struct text demo_people(struct arena *arena)
{
	struct buf csv;

	buf_init(&csv, arena);
	buf_printf(&csv, "kind,name,display_name,emails,password,roles,member_of,manager_of\r\n");
	for (size_t i = 0; i < COUNT_OF(PEOPLE); i++) {
		const struct person *p = &PEOPLE[i];
		bool user = !strcmp(p->kind, "user");

		buf_printf(&csv, "%s,%s,\"%s\",%s,%s,%s,%s,%s\r\n", p->kind, p->name, p->display,
		        p->emails, user ? "kontor" : "", p->roles, p->member_of, p->manages);
	}
	return buf_text(&csv);
}

/* ---- filling ---- */

struct filling {
	struct desk *desk;
	struct intake *intake;
	int64_t monday;    /* midnight UTC of this week's */
	const char *owner; /* whose target `at` is */
	size_t number;     /* of objects, for UIDs */
};

/* The week begins on Monday; 1970 began on a Thursday. */
static int64_t monday_of(int64_t now)
{
	int64_t day = now / DAY;

	return (day - (day + 3) % 7) * DAY;
}

static struct tm date_of(const struct filling *f, int day)
{
	time_t when = (time_t)(f->monday + (int64_t)day * DAY);
	struct tm date;

	gmtime_r(&when, &date);
	return date;
}

static bool at_collection(
        struct filling *f, const char *area, const char *owner, const char *name, struct target *at)
{
	struct spot spot;
	const char *word = arena_printf(f->desk->work.arena, "%s/%s/%s", area, owner, name).ptr;

	intake_flush(f->intake); /* on behalf of the one before */
	return spot_collection(f->desk, word, &spot, at);
}

static bool make_collections(struct filling *f)
{
	struct arena *arena = f->desk->work.arena;

	for (size_t i = 0; i < COUNT_OF(RACKS); i++) {
		const struct rack_row *row = &RACKS[i];
		struct edit_mkcol wanted = { .type = row->type, .components = row->components };
		const char *area = row->type == COLLECTION_CALENDAR ? "calendars" : "addressbooks";
		struct spot spot;
		struct target at;
		struct plan *plan;

		if (!spot_read(f->desk,
		            arena_printf(arena, "%s/%s/%s", area, row->owner, row->name).ptr,
		            &spot) ||
		        !spot_find(f->desk, &spot, &at))
			return false;
		if (!spot_prop(&f->desk->work, DAV_displayname, row->display, &wanted.props) ||
		        !spot_prop(&f->desk->work, APPLE_calendar_color, row->color, &wanted.props))
			return false;
		plan = edit_mkcol(&f->desk->work, &at, &wanted, &NO_LOCKS);
		if (!plan || !desk_apply(f->desk, plan))
			return false;
	}
	return true;
}

static bool share_collections(struct filling *f)
{
	for (size_t i = 0; i < COUNT_OF(SHARES); i++) {
		const struct share_row *row = &SHARES[i];
		struct principal *whom;
		struct target at;
		struct plan *plan;
		uint64_t rights;

		if (!share_rights(row->right, &rights) ||
		        !desk_principal(f->desk, 0, row->whom, &whom) ||
		        !at_collection(f, row->area, row->owner, row->name, &at))
			return false;
		plan = share_plan(f->desk, &at, whom, rights);
		if (!plan || !desk_apply(f->desk, plan))
			return false;
	}
	return true;
}

/* ---- objects ---- */

/* Folded and escaped; nothing if the value is empty. */
static void line(struct filling *f, struct buf *out, const char *name, const char *value)
{
	struct arena *arena = f->desk->work.arena;

	if (value[0])
		ical_line(out, arena_printf(arena, "%s:%.*s", name,
		                       TEXT_ARG(ical_escape(arena, text_of(value)))));
}

static void raw_line(struct buf *out, const char *text)
{
	buf_printf(out, "%s\r\n", text);
}

/* Since 1996, as all of the European Union. */
static void add_zone(struct buf *out)
{
	static const char *const LINES[] = { "BEGIN:VTIMEZONE", "TZID:Europe/Berlin",
		"BEGIN:DAYLIGHT", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST",
		"DTSTART:19960331T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
		"BEGIN:STANDARD", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET",
		"DTSTART:19961027T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
		"END:STANDARD", "END:VTIMEZONE" };

	for (size_t i = 0; i < COUNT_OF(LINES); i++)
		raw_line(out, LINES[i]);
}

static struct text uid_of(struct filling *f, const char *owner)
{
	return arena_printf(f->desk->work.arena, "demo-%s-%zu", owner, ++f->number);
}

static void begin(struct filling *f, struct buf *out, const char *component, struct text uid)
{
	struct tm today = date_of(f, 0);

	buf_init(out, f->desk->work.arena);
	raw_line(out, "BEGIN:VCALENDAR");
	raw_line(out, "VERSION:2.0");
	raw_line(out, "PRODID:-//Kontor//Demo//EN");
	if (!strcmp(component, "VEVENT"))
		add_zone(out);
	buf_printf(out, "BEGIN:%s\r\nUID:%.*s\r\nDTSTAMP:%04d%02d%02dT060000Z\r\n", component,
	        TEXT_ARG(uid), today.tm_year + 1900, today.tm_mon + 1, today.tm_mday);
}

static void add_times(struct filling *f, struct buf *out, const struct event_row *row)
{
	struct tm day = date_of(f, row->day), end = date_of(f, row->day + row->length);
	int hour = 0, minute = 0;

	if (sscanf(row->start, "%d:%d", &hour, &minute) == 2) {
		buf_printf(out, "DTSTART;TZID=Europe/Berlin:%04d%02d%02dT%02d%02d00\r\n",
		        day.tm_year + 1900, day.tm_mon + 1, day.tm_mday, hour, minute);
		buf_printf(out, "DURATION:PT%dM\r\n", row->length);
		return;
	}
	buf_printf(out, "DTSTART;VALUE=DATE:%04d%02d%02d\r\n", day.tm_year + 1900, day.tm_mon + 1,
	        day.tm_mday);
	buf_printf(out, "DTEND;VALUE=DATE:%04d%02d%02d\r\nTRANSP:TRANSPARENT\r\n",
	        end.tm_year + 1900, end.tm_mon + 1, end.tm_mday);
}

static struct text event_body(struct filling *f, const struct event_row *row, struct text uid)
{
	struct buf out;

	begin(f, &out, "VEVENT", uid);
	add_times(f, &out, row);
	if (row->rule[0])
		buf_printf(&out, "RRULE:%s\r\n", row->rule);
	line(f, &out, "SUMMARY", row->summary);
	line(f, &out, "LOCATION", row->location);
	line(f, &out, "DESCRIPTION", row->description);
	raw_line(&out, "END:VEVENT");
	raw_line(&out, "END:VCALENDAR");
	return buf_text(&out);
}

static struct text task_body(struct filling *f, const struct task_row *row, struct text uid)
{
	struct tm due = date_of(f, row->due);
	struct buf out;

	begin(f, &out, "VTODO", uid);
	buf_printf(&out, "DUE;VALUE=DATE:%04d%02d%02d\r\nPRIORITY:%d\r\nPERCENT-COMPLETE:%d\r\n",
	        due.tm_year + 1900, due.tm_mon + 1, due.tm_mday, row->priority, row->percent);
	if (row->percent == 100)
		buf_printf(&out, "STATUS:COMPLETED\r\nCOMPLETED:%04d%02d%02dT090000Z\r\n",
		        due.tm_year + 1900, due.tm_mon + 1, due.tm_mday);
	else
		raw_line(&out, row->percent ? "STATUS:IN-PROCESS" : "STATUS:NEEDS-ACTION");
	line(f, &out, "SUMMARY", row->summary);
	line(f, &out, "DESCRIPTION", row->description);
	raw_line(&out, "END:VTODO");
	raw_line(&out, "END:VCALENDAR");
	return buf_text(&out);
}

/* "street;town;postcode;country" to ADR's seven fields. */
static void add_address(struct filling *f, struct buf *out, const char *address)
{
	struct text rest = text_of(address), at[4] = { { NULL, 0 } };
	struct arena *arena = f->desk->work.arena;

	if (!address[0])
		return;
	for (size_t i = 0; i < COUNT_OF(at) && text_split(&rest, ';', &at[i]); i++)
		at[i] = ical_escape(arena, at[i]);
	ical_line(out, arena_printf(arena, "ADR;TYPE=WORK:;;%.*s;%.*s;;%.*s;%.*s", TEXT_ARG(at[0]),
	                       TEXT_ARG(at[1]), TEXT_ARG(at[2]), TEXT_ARG(at[3])));
}

/* Families stand first where they do: in East Asia and Vietnam. */
static bool family_first(const char *tel)
{
	return !strncmp(tel, "+81", 3) || !strncmp(tel, "+84", 3);
}

static struct text card_body(struct filling *f, const struct card_row *row, struct text uid)
{
	bool turned = family_first(row->tel);
	const char *full = arena_printf(f->desk->work.arena, "%s %s",
	        turned ? row->family : row->given, turned ? row->given : row->family)
	                           .ptr;
	struct buf out;

	buf_init(&out, f->desk->work.arena);
	buf_printf(&out, "BEGIN:VCARD\r\nVERSION:%s\r\nUID:%.*s\r\n", row->version, TEXT_ARG(uid));
	line(f, &out, "FN", full);
	ical_line(&out, arena_printf(f->desk->work.arena, "N:%s;%s;;;", row->family, row->given));
	line(f, &out, "ORG", row->organization);
	line(f, &out, "TITLE", row->title);
	line(f, &out, "EMAIL;TYPE=WORK", row->email);
	if (row->tel[0])
		buf_printf(&out, "TEL;TYPE=WORK,VOICE:%s\r\n", row->tel);
	add_address(f, &out, row->address);
	line(f, &out, "NOTE", row->note);
	raw_line(&out, "END:VCARD");
	return buf_text(&out);
}

static bool put(struct filling *f, const char *area, const char *owner, const char *name,
        struct intake_object *object)
{
	struct target *at = arena_make(f->desk->work.arena, struct target);

	if (!at_collection(f, area, owner, name, at))
		return false;
	object->collection = at;
	object->from = "demo";
	intake_put(f->intake, object);
	return true;
}

static bool put_events(struct filling *f)
{
	for (size_t i = 0; i < COUNT_OF(EVENTS); i++) {
		const struct event_row *row = &EVENTS[i];
		struct intake_object object = { .media = "text/calendar", .extension = ".ics" };

		object.uid = uid_of(f, row->owner);
		object.body = event_body(f, row, object.uid);
		if (!put(f, "calendars", row->owner, row->name, &object))
			return false;
	}
	return true;
}

static bool put_tasks(struct filling *f)
{
	for (size_t i = 0; i < COUNT_OF(TASKS); i++) {
		const struct task_row *row = &TASKS[i];
		struct intake_object object = { .media = "text/calendar", .extension = ".ics" };

		object.uid = uid_of(f, row->owner);
		object.body = task_body(f, row, object.uid);
		if (!put(f, "calendars", row->owner, "tasks", &object))
			return false;
	}
	return true;
}

static bool put_cards(struct filling *f)
{
	for (size_t i = 0; i < COUNT_OF(CARDS); i++) {
		const struct card_row *row = &CARDS[i];
		struct intake_object object = { .media = "text/vcard", .extension = ".vcf" };

		object.uid = uid_of(f, row->owner);
		object.body = card_body(f, row, object.uid);
		if (!put(f, "addressbooks", row->owner, row->name, &object))
			return false;
	}
	return true;
}

bool demo_fill(struct desk *desk)
{
	struct filling f = { .desk = desk, .intake = intake_new(desk) };

	f.monday = monday_of(desk->work.now);
	if (!make_collections(&f) || !share_collections(&f) || !put_events(&f) || !put_tasks(&f) ||
	        !put_cards(&f))
		return false;
	intake_flush(f.intake);
	return !intake_counts(f.intake)->refused ||
	       err_set(&desk->work.err, ERR_INTERNAL, "some of the demo was refused");
}
