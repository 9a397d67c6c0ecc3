#include "object/vcard_convert_priv.h"

#include "object/vcard_facts.h"

void convert_add(struct convert *convert, const struct vcard_prop *prop, const char *name,
        struct text params, struct text value)
{
	struct vcard_prop *copy = vcard_add_copy(convert->to, prop);

	if (!vcard_is(prop, name)) {
		copy->name = text_of(name);
		copy->line = TEXT_NONE;
	}
	vcard_set_params(copy, params);
	vcard_set_value(copy, value);
}

static void convert_one(struct convert *convert, const struct vcard_prop *prop, bool to_4)
{
	const struct convert_rule *rule = to_4 ? CONVERT_TO_4 : CONVERT_TO_3;
	struct vcard_prop *copy;

	if (vcard_is(prop, "VERSION"))
		return;
	for (; rule->name; rule++)
		if (vcard_is(prop, rule->name)) {
			rule->apply(convert, prop);
			return;
		}
	copy = vcard_add_copy(convert->to, prop);
	vcard_set_params(copy, to_4 ? convert_params_to_4(convert->arena, prop->params)
	                            : convert_params_to_3(convert->arena, prop->params));
}

/* FN is wanted by both (RFC 2426 3.1.1, RFC 6350 6.2.1), N by 3.0 (RFC 2426 3.1.2). */
static void complete(struct convert *convert, bool to_4)
{
	struct text name = vcard_display_name(convert->arena, convert->from);

	if (!name.ptr)
		name = TEXT("");
	if (!vcard_first(convert->to, "FN"))
		vcard_set_text(convert->to, "FN", name);
	if (!to_4 && !convert->n)
		vcard_add(convert->to, TEXT_NONE, "N", TEXT(""),
		        arena_printf(convert->arena, "%.*s;;;;",
		                TEXT_ARG(vcard_escape(convert->arena, name))));
}

bool vcard_convert(struct arena *arena, struct err *err, struct vcard *card,
        enum vcard_version version, struct vcard **converted)
{
	struct convert convert = { .arena = arena, .from = card };
	enum vcard_version from = vcard_version(card);
	bool to_4 = version == VCARD_4;

	*converted = card;
	if (from == VCARD_OTHER || version == VCARD_OTHER)
		return err_set(err, ERR_SUPPORTED_ADDRESS_CONVERSION,
		        "only 3.0 and 4.0 are converted into each other");
	if (from == version)
		return true;
	convert.to = vcard_new(arena, version);
	convert.to->eol = card->eol;
	convert.to->head = arena_printf(arena, "BEGIN:VCARD%.*s", TEXT_ARG(card->eol));
	convert.to->tail = arena_printf(arena, "END:VCARD%.*s", TEXT_ARG(card->eol));
	convert.n = vcard_first(card, "N");
	if (to_4)
		convert_prepare_4(&convert);
	for (const struct vcard_prop *prop = card->first; prop; prop = prop->next)
		convert_one(&convert, prop, to_4);
	complete(&convert, to_4);
	*converted = convert.to;
	return true;
}
