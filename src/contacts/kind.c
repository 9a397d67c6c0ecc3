/* kind.c - a card as a record: parse, check, project (store/kind.h). */
#include "base/base.h"
#include "contacts/contacts.h"
#include "object/jcard.h"
#include "object/vcard_check.h"
#include "object/vcard_facts.h"
#include "store/house.h"

DB_STATEMENT(CARD_KEY_ADD, "INSERT INTO card_key (collection, name, record, position, cut, key) "
                           "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
DB_STATEMENT(CARD_KEY_FORGET, "DELETE FROM card_key WHERE record = ?1");
DB_STATEMENT(CARD_KEY_COUNT, "SELECT count(*) FROM card_key WHERE record = ?1");

static bool parse(struct work *work, struct text media, struct subject *subject)
{
	size_t max = (size_t)house_settings(work->house)->limits_resource;
	struct vcard *card;

	if (text_starts_nocase(media, TEXT("application/vcard+json"))) {
		struct text body;

		if (!jcard_read(work->arena, &work->err, subject->body, &body))
			return false;
		subject->body = body;
		subject->altered = true;
	} else if (media.len && !text_starts_nocase(media, TEXT("text/vcard")) &&
	           !text_starts_nocase(media, TEXT("text/x-vcard")) &&
	           !text_starts_nocase(media, TEXT("text/directory"))) {
		return err_set(&work->err, ERR_SUPPORTED_ADDRESS_DATA, "%.*s", TEXT_ARG(media));
	}
	if (!vcard_accept(work->arena, &work->err, subject->body, max, &card))
		return false;
	subject->parsed = card;
	subject->uid = vcard_uid(card);
	return true;
}

static bool check(struct work *work, const struct collection *at, struct subject *subject)
{
	(void)subject; /* judged by parse() */
	return at->type == COLLECTION_ADDRESSBOOK ||
	       err_set(&work->err, ERR_SUPPORTED_ADDRESS_DATA, "cards belong into address books");
}

static bool project(
        struct work *work, const struct collection *at, struct subject *subject, struct rows *rows)
{
	struct vcard_facts facts;

	(void)at;
	vcard_facts(work->arena, subject->parsed, &facts);
	for (size_t i = 0; i < facts.indexed.len; i++) {
		const struct vcard_indexed *one = &facts.indexed.at[i];

		rows_add(rows, &CARD_KEY_ADD,
		        DB_ARGS(ROWS_COLLECTION, DB_TEXT(one->name), ROWS_RECORD,
		                DB_INT((int64_t)i), DB_INT(one->cut), DB_TEXT(one->key)));
	}
	return true;
}

static const struct db_stmt *const forget[] = { &CARD_KEY_FORGET, NULL };
static const struct db_stmt *const count[] = { &CARD_KEY_COUNT, NULL };

const struct kind contacts_kind = {
	.id = KIND_CARD,
	.name = "card",
	.wrong_media = ERR_SUPPORTED_ADDRESS_DATA,
	.uid_conflict = ERR_CARD_NO_UID_CONFLICT,
	.too_large = ERR_CARD_MAX_RESOURCE_SIZE,
	.parse = parse,
	.check = check,
	.project = project,
	.forget = forget,
	.count = count,
};
