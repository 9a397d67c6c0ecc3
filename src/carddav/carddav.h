/* carddav.h - CardDAV (RFC 6352) as a feature of the DAV door.
 * Threads: as the door's. */
#ifndef KONTOR_CARDDAV_CARDDAV_H
#define KONTOR_CARDDAV_CARDDAV_H

#include "dav/feature.h"
#include "object/vcard.h"
#include "object/vcard_trim.h"

extern const struct feature carddav_feature;

/* ---- address_data.c ---- */
/* What a CARDDAV:address-data element asks for. */
struct address_data {
	enum vcard_version version; /* VCARD_OTHER: as stored */
	bool json;
	struct card_wanted wanted;
};
prop_prepare_fn address_data_prepare;
prop_read_fn get_address_data;
/* A stored body as asked for; ERR_SUPPORTED_ADDRESS_CONVERSION if it cannot be had. */
bool address_data_shape(struct work *work, const struct address_data *asked, struct text body,
        struct text *shaped) must_check;

/* ---- reports ---- */
bool report_addressbook_query(struct call *c, struct target *at, const struct xml_node *root);
bool report_addressbook_multiget(struct call *c, struct target *at, const struct xml_node *root);

/* ---- get.c: Accept, and ?export ---- */
bool carddav_get(struct call *c, struct target *at, bool *done);

/* ---- principal_address.c ---- */
prop_read_fn get_principal_address;
prop_check_fn check_principal_address;

#endif
