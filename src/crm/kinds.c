#include "base/base.h"
#include "calendar/calendar.h"
#include "contacts/contacts.h"
#include "crm/appear.h"
#include "crm/kinds.h"
#include "crm/mention.h"
#include "crm/project.h"

static bool card_parse(struct work *work, struct text media, struct subject *subject)
{
	return contacts_kind.parse(work, media, subject);
}

static bool card_check(struct work *work, const struct collection *at, struct subject *subject)
{
	return contacts_kind.check(work, at, subject);
}

static bool ical_parse_body(struct work *work, struct text media, struct subject *subject)
{
	return calendar_kind.parse(work, media, subject);
}

static bool ical_check_body(struct work *work, const struct collection *at, struct subject *subject)
{
	return calendar_kind.check(work, at, subject);
}

/* The body as it is now, with what stands beside it. */
static struct record as_stored(const struct subject *subject)
{
	struct record record = { .kind = KIND_EVENT };

	if (subject->record)
		record = *subject->record;
	record.body = subject->body;
	return record;
}

static bool project(
        struct work *work, const struct collection *at, struct subject *subject, struct rows *rows)
{
	struct record record = as_stored(subject);

	return crm_project(work, &record, at, rows);
}

/* Tasks, and meetings that have to do with somebody. */
static bool event_project(
        struct work *work, const struct collection *at, struct subject *subject, struct rows *rows)
{
	struct record record = as_stored(subject);

	record.home = at->id;
	if (!record.created)
		record.created = work->now;
	/* A body that is derived anew was written when it was written. */
	if (!subject->record || subject->record->body.ptr != subject->body.ptr)
		record.modified = work->now;
	/* What somebody made here as a meeting stays one, though it speaks of nobody. */
	if (!record.private.len && !mention_concerns(work, subject->parsed))
		return calendar_kind.project(work, at, subject, rows);
	return crm_project(work, &record, at, rows);
}

const struct kind crm_event_kind = {
	.id = KIND_EVENT,
	.name = "event",
	.wrong_media = ERR_SUPPORTED_CALENDAR_DATA,
	.uid_conflict = ERR_CAL_NO_UID_CONFLICT,
	.too_large = ERR_CAL_MAX_RESOURCE_SIZE,
	.parse = ical_parse_body,
	.check = ical_check_body,
	.project = event_project,
	.forget = crm_event_forget,
	.forget_more = crm_event_forget_more,
	.count = crm_count,
};

#define CARD_KIND(word, number) \
	{ \
		.id = (number), .name = (word), .wrong_media = ERR_SUPPORTED_ADDRESS_DATA, \
		.uid_conflict = ERR_CARD_NO_UID_CONFLICT, .too_large = ERR_CARD_MAX_RESOURCE_SIZE, \
		.parse = card_parse, .check = card_check, .project = project, \
		.forget = crm_forget, .count = crm_count, .rule = &crm_rule, \
	}
#define ICAL_KIND(word, number) \
	{ \
		.id = (number), .name = (word), .wrong_media = ERR_SUPPORTED_CALENDAR_DATA, \
		.uid_conflict = ERR_CAL_NO_UID_CONFLICT, .too_large = ERR_CAL_MAX_RESOURCE_SIZE, \
		.parse = ical_parse_body, .check = ical_check_body, .project = project, \
		.forget = crm_forget, .count = crm_count, .rule = &crm_rule, \
	}

const struct kind crm_account_kind = CARD_KIND("account", KIND_ACCOUNT);
const struct kind crm_contact_kind = CARD_KIND("contact", KIND_CONTACT);
const struct kind crm_lead_kind = CARD_KIND("lead", KIND_LEAD);
const struct kind crm_deal_kind = ICAL_KIND("deal", KIND_DEAL);
const struct kind crm_case_kind = ICAL_KIND("case", KIND_CASE);
const struct kind crm_note_kind = ICAL_KIND("note", KIND_NOTE);
