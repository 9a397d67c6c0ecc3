#include "object/vcard_check.h"

#include "base/str.h"
#include "object/vcard_facts.h"

/* A PostgreSQL index row holds 2,700 bytes, and no client makes UIDs a tenth as long. */
enum { UID_MAX = 1000 };

static bool bad(struct err *err, const char *why)
{
	return err_set(err, ERR_VALID_ADDRESS_DATA, "%s", why);
}

/* RFC 6350 6.7.9: "This property MUST be present", once. */
static bool check_version(const struct vcard *card, struct err *err)
{
	const struct vcard_prop *prop = vcard_first(card, "VERSION");

	if (!prop)
		return bad(err, "VERSION is missing");
	if (vcard_version(card) == VCARD_OTHER)
		return err_set(err, ERR_SUPPORTED_ADDRESS_DATA, "this is version %.*s",
		        TEXT_ARG(text_sub(prop->value, 0, 20)));
	return !vcard_next(prop, "VERSION") || bad(err, "VERSION stands there twice");
}

/* RFC 6352 5.1: "vCard ... MUST contain a UID property value". */
static bool check_uid(const struct vcard *card, struct err *err)
{
	const struct vcard_prop *prop = vcard_first(card, "UID");
	struct text uid = vcard_uid(card);

	if (!uid.len)
		return bad(err, "UID is missing or empty");
	if (uid.len > UID_MAX)
		return bad(err, "UID is too long");
	if (text_find_char(uid, '\n') >= 0)
		return bad(err, "UID has two lines");
	return !vcard_next(prop, "UID") || bad(err, "UID stands there twice");
}

bool vcard_check(const struct vcard *card, struct err *err)
{
	static const char *const NAMES[] = { "FN", "N", "ORG", "NICKNAME", "EMAIL", "TEL" };

	if (!check_version(card, err) || !check_uid(card, err))
		return false;
	for (size_t i = 0; i < COUNT_OF(NAMES); i++)
		if (vcard_first(card, NAMES[i]))
			return true;
	return bad(err, "FN is missing");
}

bool vcard_accept(struct arena *arena, struct err *err, struct text body, size_t max_size,
        struct vcard **card)
{
	if (max_size && body.len > max_size)
		return err_set(err, ERR_CARD_MAX_RESOURCE_SIZE, "%zu bytes; %zu are allowed",
		        body.len, max_size);
	return vcard_parse(arena, err, body, card) && vcard_check(*card, err);
}

void vcard_repair(struct arena *arena, struct vcard *card, struct text uid)
{
	struct text name;

	if (!vcard_uid(card).len)
		vcard_set_text(card, "UID", uid);
	if (!vcard_first(card, "FN")) {
		name = vcard_display_name(arena, card);
		vcard_set_text(card, "FN", name.ptr ? name : TEXT(""));
	}
}
