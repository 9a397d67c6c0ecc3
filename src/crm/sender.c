#include "base/base.h"
#include "base/codec.h"
#include "base/hash.h"
#include "base/str.h"
#include "crm/key.h"
#include "crm/sender.h"
#include "store/house.h"

enum { TOKEN_HEX = 10 };

DB_STATEMENT(BY_KEY, "SELECT i.record, i.noun, i.state FROM crm_key k JOIN crm_item i"
                     " ON i.record = k.record WHERE k.key = ?1 AND k.role = 0 AND i.noun <= 3"
                     " ORDER BY i.record DESC LIMIT 50 /* enum crm_noun */");
DB_STATEMENT(BY_NUMBER, "SELECT record FROM crm_item WHERE number = ?1 AND number <> 0"
                        " AND noun = 5 /* enum crm_noun */");
DB_STATEMENT(HAS_WRITTEN, "SELECT 1 FROM crm_item i JOIN crm_key k ON k.record = i.record"
                          " WHERE i.parent = ?1 AND i.parent <> 0 AND i.noun = 8 AND k.key = ?2"
                          " LIMIT 1 /* enum crm_noun */");
DB_STATEMENT(HAS_KEY, "SELECT 1 FROM crm_key WHERE record = ?1 AND key = ?2");

static bool keep(struct work *work, struct sender *sender, int64_t id, enum crm_noun noun)
{
	struct crm_known **slot = &sender->contact;

	if (noun == CRM_LEAD)
		slot = &sender->lead;
	else if (noun == CRM_ACCOUNT)
		slot = &sender->account;
	return *slot || crm_known(work, id, slot);
}

bool crm_sender(struct work *work, struct text address, struct sender *sender)
{
	struct text key = crm_key_mail(work->arena, address);
	struct db *db = work_reader(work);
	struct db_rows *rows;
	bool ok = true;

	*sender = (struct sender){ 0 };
	if (!key.ptr)
		return true;
	rows = db ? db_query(db, &work->err, &BY_KEY, DB_ARGS(DB_TEXT(key))) : NULL;
	while (ok && rows && db_next(rows)) {
		enum crm_noun noun = (enum crm_noun)db_int(rows, 1);

		/* A dead lead is not somebody's present concern. */
		if (noun != CRM_LEAD || !db_int(rows, 2))
			ok = keep(work, sender, db_int(rows, 0), noun);
	}
	if (!db_done(rows) || !ok)
		return false;
	if (sender->contact && sender->contact->account && !sender->account)
		return crm_known(work, sender->contact->account, &sender->account);
	return true;
}

bool crm_case_numbered(struct work *work, int64_t number, struct crm_known **known)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &BY_NUMBER, DB_ARGS(DB_INT(number))) : NULL;
	int64_t id = rows && db_next(rows) ? db_int(rows, 0) : 0;

	*known = NULL;
	if (!db_done(rows))
		return false;
	return !id || crm_known(work, id, known);
}

static bool is_there(
        struct work *work, const struct db_stmt *stmt, int64_t record, struct text key, bool *there)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, stmt, DB_ARGS(DB_INT(record), DB_TEXT(key))) : NULL;

	*there = rows && db_next(rows);
	return db_done(rows);
}

bool crm_case_knows(
        struct work *work, const struct crm_known *known, struct text address, bool *knows)
{
	struct text key = crm_key_mail(work->arena, address);

	*knows = false;
	if (!key.ptr)
		return true;
	if (!is_there(work, &HAS_KEY, known->id, key, knows) || *knows)
		return !err_is_set(&work->err);
	if (known->contact && !is_there(work, &HAS_KEY, known->contact, key, knows))
		return false;
	if (!*knows && known->account && !is_there(work, &HAS_KEY, known->account, key, knows))
		return false;
	return *knows || is_there(work, &HAS_WRITTEN, known->id, key, knows);
}

struct text crm_mail_uid(struct arena *arena, struct text message_id)
{
	uint8_t hash[SHA256_SIZE];

	if (!message_id.len)
		return TEXT_NONE;
	sha256(message_id, hash);
	return arena_printf(arena, "mail-%.*s",
	        TEXT_ARG(hex_encode(arena, (struct text){ (const char *)hash, 16 })));
}

struct text crm_reply_token(struct arena *arena, int64_t number, struct text uid)
{
	uint8_t hash[SHA256_SIZE];
	struct text digest;

	sha256(uid, hash);
	digest = hex_encode(arena, (struct text){ (const char *)hash, sizeof(hash) });
	return arena_printf(
	        arena, "c%lld.%.*s", (long long)number, TEXT_ARG(text_sub(digest, 0, TOKEN_HEX)));
}

struct text crm_support_address(const struct work *work)
{
	struct text rest = text_of(house_settings(work->house)->capture_support), one;

	while (text_split(&rest, ' ', &one))
		if (text_find_char(one, '@') > 0)
			return one;
	return TEXT_NONE;
}

struct text crm_reply_address(struct work *work, int64_t number, struct text uid)
{
	struct text to = crm_support_address(work);
	ptrdiff_t at = text_find_char(to, '@');

	if (!to.len || number <= 0)
		return TEXT_NONE;
	return arena_printf(work->arena, "%.*s+%.*s%.*s", TEXT_ARG(text_sub(to, 0, (size_t)at)),
	        TEXT_ARG(crm_reply_token(work->arena, number, uid)),
	        TEXT_ARG(text_from(to, (size_t)at)));
}

int64_t crm_reply_number(struct text token)
{
	ptrdiff_t dot = text_find_char(token, '.');
	int64_t number;

	if (!text_starts_nocase(token, TEXT("c")) || dot < 2 ||
	        !text_to_int(text_sub(token, 1, (size_t)dot - 1), &number))
		return 0;
	return number > 0 ? number : 0;
}
