#include "object/vcard_facts.h"

#include "base/str.h"

/* ---- names ---- */

static struct text clean(struct arena *arena, struct text raw)
{
	return text_trim(vcard_unescape(arena, raw));
}

static struct text first_text(struct arena *arena, const struct vcard *card, const char *name)
{
	const struct vcard_prop *prop = vcard_first(card, name);

	return prop ? clean(arena, prop->value) : TEXT_NONE;
}

static struct text field_text(
        struct arena *arena, const struct vcard_prop *prop, char separator, size_t i)
{
	struct text field = prop ? vcard_field(prop->value, separator, i) : TEXT_NONE;

	return field.ptr ? clean(arena, field) : field;
}

static struct text strip_scheme(struct text text, const char *scheme)
{
	struct text prefix = text_of(scheme);

	return text_starts_nocase(text, prefix) ? text_from(text, prefix.len) : text;
}

struct text vcard_display_name(struct arena *arena, const struct vcard *card)
{
	static const char *const OTHERS[] = { "NICKNAME", "EMAIL", "TEL" };
	const struct vcard_prop *prop = vcard_first(card, "N");
	struct text name = first_text(arena, card, "FN"), family, given;

	if (name.len)
		return name;
	family = field_text(arena, prop, ';', 0);
	given = field_text(arena, prop, ';', 1);
	if (family.len || given.len)
		return text_trim(
		        arena_printf(arena, "%.*s %.*s", TEXT_ARG(given), TEXT_ARG(family)));
	name = field_text(arena, vcard_first(card, "ORG"), ';', 0);
	for (size_t i = 0; !name.len && i < COUNT_OF(OTHERS); i++)
		name = first_text(arena, card, OTHERS[i]);
	return strip_scheme(strip_scheme(name, "mailto:"), "tel:");
}

static struct text sort_key(
        struct arena *arena, const struct vcard *card, const struct vcard_facts *facts)
{
	const struct vcard_prop *prop = vcard_first(card, "N");
	struct text key = prop ? vcard_param(prop, "SORT-AS") : TEXT_NONE;

	if (!key.len)
		key = first_text(arena, card, "SORT-STRING");
	if (!key.len && facts->family.len)
		key = arena_printf(
		        arena, "%.*s %.*s", TEXT_ARG(facts->family), TEXT_ARG(facts->given));
	return text_trim(text_fold(arena, key.len ? key : facts->fn));
}

static void fill_names(struct arena *arena, const struct vcard *card, struct vcard_facts *facts)
{
	const struct vcard_prop *name = vcard_first(card, "N");
	const struct vcard_prop *org = vcard_first(card, "ORG");

	facts->fn = vcard_display_name(arena, card);
	facts->family = field_text(arena, name, ';', 0);
	facts->given = field_text(arena, name, ';', 1);
	facts->additional = field_text(arena, name, ';', 2);
	facts->nickname = field_text(arena, vcard_first(card, "NICKNAME"), ',', 0);
	facts->org = field_text(arena, org, ';', 0);
	facts->unit = field_text(arena, org, ';', 1);
	facts->title = first_text(arena, card, "TITLE");
	facts->sort_key = sort_key(arena, card, facts);
}

static enum vcard_kind kind_of(struct arena *arena, const struct vcard *card)
{
	static const struct {
		const char *name;
		enum vcard_kind kind;
	} KINDS[] = {
		{ "", VCARD_INDIVIDUAL },
		{ "individual", VCARD_INDIVIDUAL },
		{ "group", VCARD_GROUP },
		{ "org", VCARD_ORG },
		{ "location", VCARD_LOCATION },
	};
	struct text kind = first_text(arena, card, "KIND");

	if (!kind.len)
		kind = first_text(arena, card, "X-ADDRESSBOOKSERVER-KIND");
	for (size_t i = 0; i < COUNT_OF(KINDS); i++)
		if (text_eq_nocase(kind, text_of(KINDS[i].name)))
			return KINDS[i].kind;
	return VCARD_OTHER_KIND;
}

/* ---- addresses ---- */

static struct text lower(struct arena *arena, struct text text)
{
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		buf_char(&out, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
	}
	return buf_text(&out);
}

struct text vcard_email_key(struct arena *arena, struct text text)
{
	return lower(arena, strip_scheme(text_trim(text), "mailto:"));
}

struct text vcard_tel_key(struct arena *arena, struct text text)
{
	struct buf out;

	text = strip_scheme(text_trim(text), "tel:");
	buf_init(&out, arena);
	for (size_t i = 0; i < text.len && text.ptr[i] != ';'; i++) {
		char c = text.ptr[i];

		/* +49 (0)30: the 0 of calls inside the country is not dialled behind its code. */
		if (c == '(' && out.len && out.ptr[0] == '+' &&
		        text_starts(text_from(text, i), TEXT("(0)")))
			i += 2;
		else if ((c == '+' && !out.len) || (c >= '0' && c <= '9'))
			buf_char(&out, c);
	}
	return buf_text(&out);
}

static void add_type(struct buf *out, struct text type)
{
	struct text seen = { out->ptr, out->len }, piece;

	type = text_trim(type);
	if (!type.len || text_eq_nocase(type, TEXT("pref")) ||
	        text_eq_nocase(type, TEXT("internet")))
		return;
	while (seen.len && text_split(&seen, ',', &piece))
		if (text_eq_nocase(piece, type))
			return;
	if (out->len)
		buf_char(out, ',');
	buf_add(out, type);
}

enum { TYPES_MAX = 200 };

static struct text types_of(struct arena *arena, const struct vcard_prop *prop)
{
	struct text rest = prop->params, value, piece;
	struct vcard_param param;
	struct buf out;

	buf_init(&out, arena);
	while (out.len < TYPES_MAX && vcard_param_next(&rest, &param)) {
		if (param.name.ptr && !text_eq_nocase(param.name, TEXT("TYPE")))
			continue;
		while (out.len < TYPES_MAX && vcard_value_next(&param.values, &value))
			while (out.len < TYPES_MAX && text_split(&value, ',', &piece))
				add_type(&out, piece);
	}
	return lower(arena, buf_text(&out));
}

static void add_address(struct arena *arena, struct vcard_addresses *list,
        const struct vcard_prop *prop, const char *scheme)
{
	struct text text = strip_scheme(clean(arena, prop->value), scheme);
	struct vcard_address *address;

	if (!text.len)
		return;
	address = vec_push(arena, list);
	address->text = text;
	address->types = types_of(arena, prop);
	address->pref = vcard_pref(prop);
	address->key = scheme[0] == 't' ? vcard_tel_key(arena, text) : vcard_email_key(arena, text);
}

static void add_member(struct arena *arena, struct vcard_texts *list, struct text raw)
{
	struct text member = strip_scheme(clean(arena, raw), "urn:uuid:");

	if (member.len)
		*vec_push(arena, list) = member;
}

/* ---- searches ---- */

bool vcard_is_indexed(struct text name)
{
	/* Binary, or nothing anybody searches for. A filter that names one of these reads cards. */
	static const char *const SKIPPED[] = { "PHOTO", "LOGO", "SOUND", "KEY", "REV", "PRODID",
		"VERSION", "MEMBER", "X-ADDRESSBOOKSERVER-MEMBER", "X-ABLABEL", "X-ABADR",
		"X-IMAGEHASH", "X-IMAGETYPE", "X-ABCROP-RECTANGLE" };

	for (size_t i = 0; i < COUNT_OF(SKIPPED); i++)
		if (text_eq_nocase(name, text_of(SKIPPED[i])))
			return false;
	return true;
}

static void add_indexed(
        struct arena *arena, struct vcard_indexes *list, const struct vcard_prop *prop)
{
	struct vcard_indexed *row;
	struct text value = prop->value;
	bool cut = value.len > VCARD_KEY_MAX;

	if (!vcard_is_indexed(prop->name))
		return;
	if (cut) {
		value.len = VCARD_KEY_MAX;
		while (value.len && (value.ptr[value.len] & 0xC0) == 0x80)
			value.len--;
	}
	row = vec_push(arena, list);
	row->name = text_ascii_casemap(arena, prop->name);
	row->key = text_fold(arena, vcard_unescape(arena, value));
	row->cut = cut;
}

void vcard_facts(struct arena *arena, const struct vcard *card, struct vcard_facts *facts)
{
	*facts = (struct vcard_facts){ .version = vcard_version(card), .uid = vcard_uid(card) };
	facts->kind = kind_of(arena, card);
	fill_names(arena, card, facts);
	for (const struct vcard_prop *prop = vcard_props(card); prop; prop = prop->next) {
		if (vcard_is(prop, "EMAIL"))
			add_address(arena, &facts->emails, prop, "mailto:");
		else if (vcard_is(prop, "TEL"))
			add_address(arena, &facts->tels, prop, "tel:");
		else if (vcard_is(prop, "MEMBER") || vcard_is(prop, "X-ADDRESSBOOKSERVER-MEMBER"))
			add_member(arena, &facts->members, prop->value);
		else if (vcard_is(prop, "PHOTO"))
			facts->has_photo = true;
		add_indexed(arena, &facts->indexed, prop);
	}
}
