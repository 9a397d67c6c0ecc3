/* feature.c - CardDAV's rows: properties, reports, resource type (RFC 6352). */
#include "base/base.h"
#include "base/settings.h"
#include "carddav/carddav.h"
#include "dav/dav.h"
#include "people/who.h"
#include "view/directory.h"

static enum prop_got get_home_set(struct prop_ask *ask)
{
	struct collection *home;

	if (!collection_home(ask->work, ask->at->principal->id, COLLECTION_ADDRESSBOOK_HOME, &home))
		return PROP_FAILED;
	if (!home)
		return PROP_ABSENT;
	xml_href(ask->out, target_home_href(ask->work->arena, ask->at->principal,
	                           COLLECTION_ADDRESSBOOK_HOME));
	return PROP_GOT;
}

/* Where everything that may be read is searched. */
static enum prop_got get_directory_gateway(struct prop_ask *ask)
{
	if (ask->at->is == TARGET_COLLECTION && directory_is(ask->at->collection))
		return PROP_ABSENT;
	xml_href(ask->out, TEXT(DIRECTORY_HREF));
	return PROP_GOT;
}

static void write_type(struct xml_out *out, const char *type, const char *version)
{
	xml_open(out, CARD_address_data_type);
	xml_attr(out, "content-type", text_of(type));
	xml_attr(out, "version", text_of(version));
	xml_close(out, CARD_address_data_type);
}

static enum prop_got get_supported_data(struct prop_ask *ask)
{
	write_type(ask->out, "text/vcard", "3.0");
	write_type(ask->out, "text/vcard", "4.0");
	write_type(ask->out, "application/vcard+json", "4.0");
	return PROP_GOT;
}

static enum prop_got get_max_size(struct prop_ask *ask)
{
	xml_chars(ask->out, arena_printf(ask->work->arena, "%lld",
	                            (long long)ask->call->settings->limits_resource));
	return PROP_GOT;
}

static enum prop_got get_collations(struct prop_ask *ask)
{
	xml_text(ask->out, CARD_supported_collation, TEXT("i;ascii-casemap"));
	xml_text(ask->out, CARD_supported_collation, TEXT("i;octet"));
	xml_text(ask->out, CARD_supported_collation, TEXT("i;unicode-casemap"));
	return PROP_GOT;
}

static const struct dav_prop props[] = {
	{ CARD_addressbook_home_set, ON_PRINCIPAL, 0, get_home_set, NULL, NULL, 0 },
	{ CARD_principal_address, ON_PRINCIPAL, 0, get_principal_address, check_principal_address,
	        NULL, 0 },
	{ CARD_directory_gateway, ON_PRINCIPAL | ON_ADDRESSBOOK_HOME | ON_ADDRESSBOOK, 0,
	        get_directory_gateway, NULL, NULL, 0 },
	{ CARD_addressbook_description, ON_ADDRESSBOOK, 0, NULL, NULL, NULL, 0 },
	{ CARD_supported_address_data, ON_ADDRESSBOOK | ON_ADDRESSBOOK_HOME, 0, get_supported_data,
	        NULL, NULL, 0 },
	{ CARD_max_resource_size, ON_ADDRESSBOOK | ON_ADDRESSBOOK_HOME, 0, get_max_size, NULL, NULL,
	        0 },
	{ CARD_max_image_size, ON_ADDRESSBOOK | ON_ADDRESSBOOK_HOME, 0, get_max_size, NULL, NULL,
	        0 },
	{ CARD_supported_collation_set, ON_ADDRESSBOOK | ON_ADDRESSBOOK_HOME, 0, get_collations,
	        NULL, NULL, 0 },
	{ CARD_address_data, ON_CARD, NEEDS_BODY, get_address_data, NULL, address_data_prepare, 0 },
};

static const struct dav_report reports[] = {
	{ CARD_addressbook_query, ON_ADDRESSBOOK | ON_ADDRESSBOOK_HOME | ON_CARD, DEPTH_ANY,
	        report_addressbook_query },
	{ CARD_addressbook_multiget, ON_ADDRESSBOOK | ON_ADDRESSBOOK_HOME | ON_CARD, DEPTH_ANY,
	        report_addressbook_multiget },
};

static void resourcetype(const struct target *at, struct xml_out *out)
{
	if (on_of(at) == ON_ADDRESSBOOK)
		xml_empty(out, CARD_addressbook);
	if (directory_is(at->collection) && at->is == TARGET_COLLECTION)
		xml_empty(out, CARD_directory);
}

static enum collection_type type_of(enum name_id name)
{
	return name == CARD_addressbook ? COLLECTION_ADDRESSBOOK : 0;
}

static bool split(
        struct work *work, const struct target *at, struct text body, struct bulk_parts *parts)
{
	struct text rest = body, one;

	if (on_of(at) != ON_ADDRESSBOOK)
		return true;
	while (vcard_split(&work->err, &rest, &one)) {
		struct bulk_part *part = vec_push(work->arena, parts);
		struct err ignored = { 0 };
		struct vcard *card;

		part->body = one;
		/* One that cannot be read is refused when it is put. */
		part->uid = vcard_parse(work->arena, &ignored, one, &card) ? vcard_uid(card)
		                                                           : TEXT_NONE;
	}
	return !err_is_set(&work->err);
}

const struct feature carddav_feature = {
	.tokens = "addressbook",
	.tokens_on = ON_ANYTHING | ON_NOTHING,
	.props = props,
	.props_len = COUNT_OF(props),
	.reports = reports,
	.reports_len = COUNT_OF(reports),
	.resourcetype = resourcetype,
	.type_of = type_of,
	.get = carddav_get,
	.split = split,
};
