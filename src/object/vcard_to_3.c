/* 4.0 to 3.0, property by property. */
#include "base/codec.h"
#include "object/vcard_convert_priv.h"

static struct text params_of(struct convert *convert, const struct vcard_prop *prop)
{
	return convert_params_to_3(convert->arena, prop->params);
}

static void as(struct convert *convert, const struct vcard_prop *prop, const char *name)
{
	convert_add(convert, prop, name, params_of(convert, prop), prop->value);
}

/* ---- names ---- */

static void n(struct convert *convert, const struct vcard_prop *prop)
{
	struct text sort = vcard_param(prop, "SORT-AS");

	convert_add(convert, prop, "N",
	        vcard_param_drop(convert->arena, params_of(convert, prop), "SORT-AS"), prop->value);
	if (sort.len && prop == convert->n)
		vcard_set_text(convert->to, "SORT-STRING", vcard_param_text(convert->arena, sort));
}

static void kind(struct convert *convert, const struct vcard_prop *prop)
{
	if (text_eq_nocase(text_trim(prop->value), TEXT("org")))
		vcard_add(convert->to, TEXT_NONE, "X-ABShowAs", TEXT(""), TEXT("COMPANY"));
	else
		as(convert, prop, "X-ADDRESSBOOKSERVER-KIND");
}

static void member(struct convert *convert, const struct vcard_prop *prop)
{
	as(convert, prop, "X-ADDRESSBOOKSERVER-MEMBER");
}

static void gender(struct convert *convert, const struct vcard_prop *prop)
{
	as(convert, prop, "X-GENDER");
}

static void uid(struct convert *convert, const struct vcard_prop *prop)
{
	convert_add(convert, prop, "UID",
	        vcard_param_drop(convert->arena, params_of(convert, prop), "VALUE"), prop->value);
}

static void related(struct convert *convert, const struct vcard_prop *prop)
{
	if (vcard_param_has(prop, "TYPE", "agent") &&
	        !text_eq_nocase(vcard_param(prop, "VALUE"), TEXT("text")))
		convert_add(convert, prop, "AGENT", TEXT("VALUE=uri"), prop->value);
	else
		as(convert, prop, "RELATED");
}

/* The extension stays behind its semicolon, so that nobody takes it for digits of the number. */
static void tel(struct convert *convert, const struct vcard_prop *prop)
{
	struct text value = text_trim(prop->value), number;

	if (!text_starts_nocase(value, TEXT("tel:")) ||
	        !percent_decode(convert->arena, text_from(value, 4), &number) ||
	        !text_is_utf8(number) || !text_is_clean(number)) {
		as(convert, prop, "TEL");
		return;
	}
	convert_add(convert, prop, "TEL",
	        vcard_param_drop(convert->arena, params_of(convert, prop), "VALUE"),
	        vcard_escape(convert->arena, number));
}

/* ---- places ---- */

static void adr(struct convert *convert, const struct vcard_prop *prop)
{
	struct text label = vcard_param(prop, "LABEL"), params = params_of(convert, prop);

	params = vcard_param_drop(convert->arena, params, "LABEL");
	convert_add(convert, prop, "ADR", params, prop->value);
	if (label.len)
		vcard_add(convert->to, prop->group, "LABEL", params,
		        vcard_escape(convert->arena, vcard_label_text(convert->arena, label)));
}

/* RFC 5870: geo:latitude,longitude and perhaps more, which 3.0 has no room for. */
static void geo(struct convert *convert, const struct vcard_prop *prop)
{
	struct text rest = vcard_value_uri(convert->arena, prop), latitude, longitude;

	if (!text_starts_nocase(rest, TEXT("geo:"))) {
		as(convert, prop, "GEO");
		return;
	}
	rest = text_from(rest, 4);
	text_split(&rest, ';', &latitude);
	rest = latitude;
	text_split(&rest, ',', &latitude);
	if (!text_split(&rest, ',', &longitude))
		longitude = TEXT("");
	convert_add(convert, prop, "GEO",
	        vcard_param_drop(convert->arena, params_of(convert, prop), "VALUE"),
	        arena_printf(convert->arena, "%.*s;%.*s", TEXT_ARG(latitude), TEXT_ARG(longitude)));
}

static void tz(struct convert *convert, const struct vcard_prop *prop)
{
	struct text value;

	if (!vcard_offset(convert->arena, text_trim(prop->value), VCARD_EXTENDED, &value)) {
		as(convert, prop, "TZ");
		return;
	}
	convert_add(convert, prop, "TZ",
	        vcard_param_drop(convert->arena, params_of(convert, prop), "VALUE"), value);
}

/* ---- days ---- */

/* A leap year, so that it has every day; Apple's choice. */
#define NO_YEAR "1604"

static void day_as(struct convert *convert, const struct vcard_prop *prop, const char *name)
{
	struct arena *arena = convert->arena;
	struct text params = params_of(convert, prop), value = text_trim(prop->value);

	if (!vcard_date(arena, value, VCARD_EXTENDED, &value)) {
		as(convert, prop, name);
		return;
	}
	if (text_eq_nocase(vcard_param(prop, "VALUE"), TEXT("date-and-or-time")))
		params = vcard_param_drop(arena, params, "VALUE");
	if (value.len == 7 && text_starts(value, TEXT("--"))) {
		params = vcard_param_add(arena, params, "X-APPLE-OMIT-YEAR", TEXT(NO_YEAR));
		value = arena_printf(arena, NO_YEAR "%.*s", TEXT_ARG(text_from(value, 1)));
	}
	convert_add(convert, prop, name, params, value);
}

static void bday(struct convert *convert, const struct vcard_prop *prop)
{
	day_as(convert, prop, "BDAY");
}

static void anniversary(struct convert *convert, const struct vcard_prop *prop)
{
	day_as(convert, prop, "X-ANNIVERSARY");
}

static void rev(struct convert *convert, const struct vcard_prop *prop)
{
	day_as(convert, prop, "REV");
}

const struct convert_rule CONVERT_TO_3[] = {
	{ "N", n },
	{ "KIND", kind },
	{ "MEMBER", member },
	{ "GENDER", gender },
	{ "UID", uid },
	{ "RELATED", related },
	{ "TEL", tel },
	{ "ADR", adr },
	{ "GEO", geo },
	{ "TZ", tz },
	{ "BDAY", bday },
	{ "ANNIVERSARY", anniversary },
	{ "REV", rev },
	{ "PHOTO", convert_media_to_3 },
	{ "LOGO", convert_media_to_3 },
	{ "SOUND", convert_media_to_3 },
	{ "KEY", convert_media_to_3 },
	{ NULL, NULL },
};
