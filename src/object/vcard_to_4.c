/* 3.0 to 4.0, property by property. */
#include "base/codec.h"
#include "object/vcard_convert_priv.h"

/* ---- before the first ---- */

enum { PLACE_HOME = 1, PLACE_WORK = 2, LABELS_MAX = 50 };

static int place_of(const struct vcard_prop *prop)
{
	return (vcard_param_has(prop, "TYPE", "home") ? PLACE_HOME : 0) |
	       (vcard_param_has(prop, "TYPE", "work") ? PLACE_WORK : 0);
}

/* A property's own address: unique, and short. */
static struct text key_of(struct arena *arena, const struct vcard_prop *prop)
{
	return arena_printf(arena, "%p", (const void *)prop);
}

/* RFC 2426 3.2.2 LABEL is RFC 6350 6.3.1 LABEL= of the ADR for the same place. */
static void pair_label(struct convert *convert, struct vcard_prop *label)
{
	struct vcard_prop *adr = vcard_first(convert->from, "ADR");

	for (int i = 0; adr && i < LABELS_MAX; adr = vcard_next(adr, "ADR"), i++) {
		struct text key = key_of(convert->arena, adr);

		if (place_of(adr) != place_of(label) || map_get(convert->labels, key))
			continue;
		map_put(convert->labels, key, label);
		map_put(convert->labels, key_of(convert->arena, label), label);
		return;
	}
}

static void look_at(struct convert *convert, struct vcard_prop *prop)
{
	if (vcard_is(prop, "X-ABLABEL") && prop->group.len)
		map_put(convert->groups, text_ascii_casemap(convert->arena, prop->group), prop);
	else if (vcard_is(prop, "IMPP"))
		map_put(convert->impps, prop->value, prop);
	else if (vcard_is(prop, "SORT-STRING"))
		convert->sort_string = vcard_value_text(convert->arena, prop);
	else if (vcard_is(prop, "KIND"))
		convert->has_kind = true;
	else if (vcard_is(prop, "X-ADDRESSBOOKSERVER-KIND"))
		convert->has_ab_kind = true;
}

void convert_prepare_4(struct convert *convert)
{
	int labels = 0;

	convert->groups = map_new(convert->arena);
	convert->impps = map_new(convert->arena);
	convert->labels = map_new(convert->arena);
	for (struct vcard_prop *prop = vcard_props(convert->from); prop; prop = prop->next) {
		look_at(convert, prop);
		if (vcard_is(prop, "LABEL") && labels++ < LABELS_MAX)
			pair_label(convert, prop);
	}
}

/* ---- names ---- */

static struct text params_of(struct convert *convert, const struct vcard_prop *prop)
{
	return convert_params_to_4(convert->arena, prop->params);
}

static void as(struct convert *convert, const struct vcard_prop *prop, const char *name)
{
	convert_add(convert, prop, name, params_of(convert, prop), prop->value);
}

static void n(struct convert *convert, const struct vcard_prop *prop)
{
	struct text params = params_of(convert, prop);

	if (prop == convert->n && convert->sort_string.len)
		params = vcard_param_add(convert->arena, params, "SORT-AS", convert->sort_string);
	convert_add(convert, prop, "N", params, prop->value);
}

static void sort_string(struct convert *convert, const struct vcard_prop *prop)
{
	if (!convert->n)
		as(convert, prop, "SORT-STRING");
}

static void kind(struct convert *convert, const struct vcard_prop *prop)
{
	if (!convert->has_kind)
		as(convert, prop, "KIND");
}

static void member(struct convert *convert, const struct vcard_prop *prop)
{
	as(convert, prop, "MEMBER");
}

static void show_as(struct convert *convert, const struct vcard_prop *prop)
{
	if (!convert->has_kind && !convert->has_ab_kind &&
	        text_eq_nocase(prop->value, TEXT("COMPANY")))
		vcard_add(convert->to, TEXT_NONE, "KIND", TEXT(""), TEXT("org"));
	else
		as(convert, prop, "X-ABSHOWAS");
}

static void gender(struct convert *convert, const struct vcard_prop *prop)
{
	struct text value = text_trim(prop->value);
	bool letter =
	        value.len && strchr("MFONUmfonu", value.ptr[0]) &&
	        (value.len == 1 || value.ptr[1] == ';' || text_eq_nocase(value, TEXT("male")) ||
	                text_eq_nocase(value, TEXT("female")));

	if (!letter)
		value = arena_printf(convert->arena, ";%.*s", TEXT_ARG(value));
	else if (value.len == 1 || value.ptr[1] != ';')
		value = text_ascii_casemap(convert->arena, text_sub(value, 0, 1));
	convert_add(convert, prop, "GENDER", params_of(convert, prop), value);
}

/* RFC 6350 6.7.6: a URI, unless said otherwise. The value stays: it is the card's identity. */
static void uid(struct convert *convert, const struct vcard_prop *prop)
{
	struct text params = params_of(convert, prop);

	if (text_find_char(prop->value, ':') <= 0 && !vcard_param(prop, "VALUE").len)
		params = vcard_param_add(convert->arena, params, "VALUE", TEXT("text"));
	convert_add(convert, prop, "UID", params, prop->value);
}

static void agent(struct convert *convert, const struct vcard_prop *prop)
{
	struct text params = params_of(convert, prop);

	if (!text_eq_nocase(vcard_param(prop, "VALUE"), TEXT("uri"))) {
		as(convert, prop, "AGENT");
		return;
	}
	params = vcard_param_drop(convert->arena, params, "VALUE");
	params = vcard_param_add(convert->arena, params, "TYPE", TEXT("agent"));
	convert_add(convert, prop, "RELATED", params, prop->value);
}

/* ---- places ---- */

static void adr(struct convert *convert, const struct vcard_prop *prop)
{
	const struct vcard_prop *label = map_get(convert->labels, key_of(convert->arena, prop));
	struct text params = params_of(convert, prop);

	if (label)
		params = vcard_param_add(
		        convert->arena, params, "LABEL", vcard_value_text(convert->arena, label));
	convert_add(convert, prop, "ADR", params, prop->value);
}

static void label(struct convert *convert, const struct vcard_prop *prop)
{
	if (map_get(convert->labels, key_of(convert->arena, prop)))
		return;
	convert_add(convert, prop, "ADR",
	        vcard_param_add(convert->arena, params_of(convert, prop), "LABEL",
	                vcard_value_text(convert->arena, prop)),
	        TEXT(";;;;;;"));
}

static void geo(struct convert *convert, const struct vcard_prop *prop)
{
	struct text value = prop->value;

	if (!text_starts_nocase(value, TEXT("geo:")))
		value = arena_printf(convert->arena, "geo:%.*s,%.*s",
		        TEXT_ARG(text_trim(vcard_field(prop->value, ';', 0))),
		        TEXT_ARG(text_trim(vcard_field(prop->value, ';', 1))));
	convert_add(convert, prop, "GEO", params_of(convert, prop), value);
}

static void tz(struct convert *convert, const struct vcard_prop *prop)
{
	struct text params = params_of(convert, prop), value;

	if (!vcard_offset(convert->arena, text_trim(prop->value), VCARD_BASIC, &value)) {
		as(convert, prop, "TZ");
		return;
	}
	params = vcard_param_drop(convert->arena, params, "VALUE");
	params = vcard_param_add(convert->arena, params, "VALUE", TEXT("utc-offset"));
	convert_add(convert, prop, "TZ", params, value);
}

/* ---- days ---- */

static void day_as(struct convert *convert, const struct vcard_prop *prop, const char *name)
{
	struct text params = params_of(convert, prop), value = text_trim(prop->value);
	struct text omitted = vcard_param(prop, "X-APPLE-OMIT-YEAR");

	if (!vcard_date(convert->arena, value, VCARD_BASIC, &value)) {
		as(convert, prop, name);
		return;
	}
	if (omitted.len == 4 && text_starts(value, omitted)) {
		value = arena_printf(
		        convert->arena, "--%.*s", TEXT_ARG(text_from(value, omitted.len)));
		params = vcard_param_drop(convert->arena, params, "X-APPLE-OMIT-YEAR");
	}
	convert_add(convert, prop, name, params, value);
}

static void bday(struct convert *convert, const struct vcard_prop *prop)
{
	day_as(convert, prop, "BDAY");
}

static void anniversary(struct convert *convert, const struct vcard_prop *prop)
{
	day_as(convert, prop, "ANNIVERSARY");
}

static void rev(struct convert *convert, const struct vcard_prop *prop)
{
	day_as(convert, prop, "REV");
}

/* Apple's way to say anniversary: item1.X-ABDATE with item1.X-ABLabel:_$!<Anniversary>!$_ */
static bool is_anniversary(struct convert *convert, const struct vcard_prop *prop)
{
	const struct vcard_prop *label = NULL;

	if (prop->group.len)
		label = map_get(convert->groups, text_ascii_casemap(convert->arena, prop->group));
	return label && text_eq_nocase(label->value, TEXT("_$!<Anniversary>!$_"));
}

static void ab_date(struct convert *convert, const struct vcard_prop *prop)
{
	if (!is_anniversary(convert, prop)) {
		as(convert, prop, "X-ABDATE");
		return;
	}
	day_as(convert, prop, "ANNIVERSARY");
	convert->to->last->group = TEXT_NONE;
	convert->to->last->line = TEXT_NONE;
}

static void ab_label(struct convert *convert, const struct vcard_prop *prop)
{
	if (!is_anniversary(convert, prop))
		as(convert, prop, "X-ABLABEL");
}

/* ---- messengers ---- */

static const struct {
	const char *name, *scheme;
} MESSENGERS[] = {
	{ "X-AIM", "aim" },
	{ "X-ICQ", "icq" },
	{ "X-JABBER", "xmpp" },
	{ "X-MSN", "msnim" },
	{ "X-YAHOO", "ymsgr" },
	{ "X-SKYPE", "skype" },
	{ "X-SKYPE-USERNAME", "skype" },
	{ "X-GADUGADU", "gg" },
	{ "X-GROUPWISE", "groupwise" },
	{ "X-GOOGLE-TALK", "xmpp" },
	{ "X-GTALK", "xmpp" },
	{ "X-QQ", "qq" },
	{ "X-SIP", "sip" },
};

static void messenger(struct convert *convert, const struct vcard_prop *prop)
{
	struct text name = text_trim(vcard_value_text(convert->arena, prop)), uri = TEXT("");

	for (size_t i = 0; i < COUNT_OF(MESSENGERS); i++)
		if (vcard_is(prop, MESSENGERS[i].name))
			uri = arena_printf(convert->arena, "%s:%.*s", MESSENGERS[i].scheme,
			        TEXT_ARG(percent_encode(convert->arena, name)));
	/* Apple writes both. */
	if (map_get(convert->impps, uri))
		return;
	map_put(convert->impps, uri, convert);
	convert_add(convert, prop, "IMPP", params_of(convert, prop), uri);
}

const struct convert_rule CONVERT_TO_4[] = {
	{ "N", n },
	{ "SORT-STRING", sort_string },
	{ "X-ADDRESSBOOKSERVER-KIND", kind },
	{ "X-ADDRESSBOOKSERVER-MEMBER", member },
	{ "X-ABSHOWAS", show_as },
	{ "X-GENDER", gender },
	{ "UID", uid },
	{ "AGENT", agent },
	{ "ADR", adr },
	{ "LABEL", label },
	{ "GEO", geo },
	{ "TZ", tz },
	{ "BDAY", bday },
	{ "ANNIVERSARY", anniversary },
	{ "X-ANNIVERSARY", anniversary },
	{ "X-EVOLUTION-ANNIVERSARY", anniversary },
	{ "REV", rev },
	{ "X-ABDATE", ab_date },
	{ "X-ABLABEL", ab_label },
	{ "PHOTO", convert_media_to_4 },
	{ "LOGO", convert_media_to_4 },
	{ "SOUND", convert_media_to_4 },
	{ "KEY", convert_media_to_4 },
	{ "X-AIM", messenger },
	{ "X-ICQ", messenger },
	{ "X-JABBER", messenger },
	{ "X-MSN", messenger },
	{ "X-YAHOO", messenger },
	{ "X-SKYPE", messenger },
	{ "X-SKYPE-USERNAME", messenger },
	{ "X-GADUGADU", messenger },
	{ "X-GROUPWISE", messenger },
	{ "X-GOOGLE-TALK", messenger },
	{ "X-GTALK", messenger },
	{ "X-QQ", messenger },
	{ "X-SIP", messenger },
	{ NULL, NULL },
};
