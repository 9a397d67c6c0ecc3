/* address_data.c - CARDDAV:address-data (RFC 6352 10.4): the card, in the version and with the
 * properties that were asked for. */
#include "base/base.h"
#include "carddav/carddav.h"
#include "object/jcard.h"
#include "object/vcard_convert.h"

enum { MAX_WANTED = 500 };

static bool read_type(struct call *c, const struct xml_node *asked, struct address_data *data)
{
	struct text type = xml_attr_value(asked, "content-type");
	struct text version = xml_attr_value(asked, "version");

	if (text_eq_nocase(type, TEXT("application/vcard+json")))
		data->json = true;
	else if (type.len && !text_eq_nocase(type, TEXT("text/vcard")) &&
	         !text_eq_nocase(type, TEXT("text/x-vcard")))
		return err_set(&c->work.err, ERR_SUPPORTED_ADDRESS_DATA, "%.*s", TEXT_ARG(type));
	if (!version.len)
		return true;
	data->version = text_eq(version, TEXT("3.0"))   ? VCARD_3
	                : text_eq(version, TEXT("4.0")) ? VCARD_4
	                                                : VCARD_OTHER;
	return data->version != VCARD_OTHER ||
	       err_set(&c->work.err, ERR_SUPPORTED_ADDRESS_DATA, "version %.*s", TEXT_ARG(version));
}

bool address_data_prepare(struct call *c, const struct xml_node *asked, void **prepared)
{
	struct address_data *data = arena_make(c->work.arena, struct address_data);

	*prepared = data;
	if (!asked)
		return true;
	for (const struct xml_node *p = xml_child(asked, CARD_prop); p;
	        p = xml_again(p, CARD_prop)) {
		struct card_wanted_prop *one = vec_push(c->work.arena, &data->wanted.props);

		one->name = xml_attr_value(p, "name");
		one->novalue = text_eq(xml_attr_value(p, "novalue"), TEXT("yes"));
		if (!one->name.len || data->wanted.props.len > MAX_WANTED)
			return err_set(
			        &c->work.err, ERR_BAD_XML, "a prop of address-data has no name");
	}
	return read_type(c, asked, data);
}

bool address_data_shape(
        struct work *work, const struct address_data *asked, struct text body, struct text *shaped)
{
	struct vcard *card, *converted;

	*shaped = body;
	if (asked->json || asked->version != VCARD_OTHER) {
		if (!vcard_parse(work->arena, &work->err, body, &card))
			return false;
		if (asked->json)
			return jcard_write(work->arena, &work->err, card, shaped);
		if (vcard_version(card) != asked->version) {
			if (!vcard_convert(
			            work->arena, &work->err, card, asked->version, &converted))
				return false;
			*shaped = vcard_body(work->arena, converted);
		}
	}
	*shaped = vcard_trim(work->arena, *shaped, &asked->wanted);
	return true;
}

enum prop_got get_address_data(struct prop_ask *ask)
{
	static const struct address_data whole;
	struct text shaped;

	if (!address_data_shape(ask->work, ask->prepared ? ask->prepared : &whole,
	            ask->at->item->body, &shaped))
		return PROP_FAILED;
	xml_chars(ask->out, shaped);
	return PROP_GOT;
}
