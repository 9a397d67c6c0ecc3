/* principal_address.c - principal-address: which card is somebody's own (RFC 6352 7.1.2). */
#include "base/base.h"
#include "carddav/carddav.h"
#include "store/principal.h"

/* `href` names a card that work->who may read; *at says which. */
static bool find_card(
        struct work *work, struct text href, struct text authority, struct target *at, bool *is)
{
	struct err ignored = { 0 };
	struct path path;

	*is = false;
	if (!href_parse(work->arena, &ignored, text_trim(href), authority, &path, NULL))
		return true;
	if (!target_find(work, &path, false, at))
		return false;
	*is = on_of(at) == ON_CARD && rights_allow(at->rights, PRIVILEGE_READ);
	return true;
}

/* Of another server nothing is known here: an absolute address is looked at when it is asked for.
 */
bool check_principal_address(
        struct work *work, const struct target *at, const struct xml_node *value)
{
	const struct xml_node *href = xml_child(value, DAV_href);
	struct target card;
	bool is = true;

	(void)at;
	if (value && (!href || xml_again(href, DAV_href) || !text_trim(href->text).len))
		return err_set(&work->err, ERR_CONFLICT, "one DAV:href is expected");
	if (value && text_starts(text_trim(href->text), TEXT("/")) &&
	        !find_card(work, href->text, TEXT_NONE, &card, &is))
		return false;
	return is || err_set(&work->err, ERR_CONFLICT, "there is no card at this address");
}

static bool stored_href(
        struct work *work, enum holder holder, int64_t id, enum name_id property, struct text *href)
{
	struct xml_limits limits = { 65536, 100, 16, 16384 };
	struct xml_name name = name_of(property);
	struct err ignored = { 0 };
	struct xml_node *root;
	struct text value;

	*href = TEXT_NONE;
	if (!prop_get(work, holder, id, name.uri, name.local, &value))
		return false;
	if (value.ptr && xml_parse(work->arena, &ignored, &limits, value, &root) &&
	        xml_child(root, DAV_href))
		*href = xml_child(root, DAV_href)->text;
	return true;
}

/* What somebody said of themselves, else the card that Contacts of macOS marked as theirs. */
static bool own_href(struct work *work, int64_t principal, struct text *href)
{
	struct collection *home;

	if (!stored_href(work, HOLDER_PRINCIPAL, principal, CARD_principal_address, href))
		return false;
	if (href->ptr)
		return true;
	if (!collection_home(work, principal, COLLECTION_ADDRESSBOOK_HOME, &home))
		return false;
	return !home || stored_href(work, HOLDER_COLLECTION, home->id, CS_me_card, href);
}

/* Never one that is gone, or that the reader may not see. */
enum prop_got get_principal_address(struct prop_ask *ask)
{
	struct text href;
	struct target card;
	bool is = false;

	if (!own_href(ask->work, ask->at->principal->id, &href) ||
	        (href.ptr && !find_card(ask->work, href, ask->call->authority, &card, &is)))
		return PROP_FAILED;
	if (!is)
		return PROP_ABSENT;
	xml_href(ask->out, card.href);
	return PROP_GOT;
}
