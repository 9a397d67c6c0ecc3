/* Pictures, sounds and keys: inline in base64 (RFC 2426 2.4.2), or a data: URI (RFC 6350 4.2). */
#include "base/codec.h"
#include "object/vcard_convert_priv.h"

static const struct {
	const char *type, *media; /* the first row of a media type names it in 3.0 */
} MEDIA[] = {
	{ "JPEG", "image/jpeg" },
	{ "JPG", "image/jpeg" },
	{ "PNG", "image/png" },
	{ "GIF", "image/gif" },
	{ "BMP", "image/bmp" },
	{ "TIFF", "image/tiff" },
	{ "WEBP", "image/webp" },
	{ "HEIC", "image/heic" },
	{ "SVG", "image/svg+xml" },
	{ "BASIC", "audio/basic" },
	{ "WAVE", "audio/wav" },
	{ "WAV", "audio/wav" },
	{ "MP3", "audio/mpeg" },
	{ "MPEG", "audio/mpeg" },
	{ "OGG", "audio/ogg" },
	{ "PGP", "application/pgp-keys" },
	{ "X509", "application/pkix-cert" },
};

/* How base64 of these formats begins. */
static const struct {
	const char *start, *media;
} MAGIC[] = {
	{ "/9j/", "image/jpeg" },
	{ "iVBORw0KGgo", "image/png" },
	{ "R0lGOD", "image/gif" },
	{ "UklGR", "image/webp" },
};

static bool is_media_type(struct text text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c <= ' ' || c >= 0x7F || strchr(",;:\"\\()<>@[]?=", c))
			return false;
	}
	return text_find_char(text, '/') > 0;
}

/* The first type that is not "pref". */
static struct text type_of(const struct vcard_prop *prop)
{
	struct text rest = prop->params, value;
	struct vcard_param param;

	while (vcard_param_next(&rest, &param)) {
		if (!text_eq_nocase(param.name, TEXT("TYPE")))
			continue;
		while (vcard_value_next(&param.values, &value))
			if (!text_eq_nocase(value, TEXT("pref")))
				return value;
	}
	return TEXT_NONE;
}

static struct text media_of(const struct vcard_prop *prop, struct text data)
{
	struct text type = type_of(prop), media = vcard_param(prop, "MEDIATYPE");

	if (is_media_type(media))
		return media;
	if (is_media_type(type))
		return type;
	for (size_t i = 0; i < COUNT_OF(MEDIA); i++)
		if (text_eq_nocase(type, text_of(MEDIA[i].type)))
			return text_of(MEDIA[i].media);
	for (size_t i = 0; i < COUNT_OF(MAGIC); i++)
		if (text_starts(data, text_of(MAGIC[i].start)))
			return text_of(MAGIC[i].media);
	return TEXT_NONE;
}

static struct text type_name(struct arena *arena, struct text media)
{
	for (size_t i = 0; i < COUNT_OF(MEDIA); i++)
		if (text_eq_nocase(media, text_of(MEDIA[i].media)))
			return text_of(MEDIA[i].type);
	return is_media_type(media) ? text_ascii_casemap(arena, media) : TEXT_NONE;
}

/* Without what either version says about the encoding; bare values (`BASE64`) go as well. */
static struct text other_params(struct arena *arena, const struct vcard_prop *prop)
{
	static const char *const DROPPED[] = { "", "ENCODING", "TYPE", "VALUE", "MEDIATYPE",
		"PREF" };
	struct text rest = prop->params;
	struct vcard_param param;
	struct buf out;

	buf_init(&out, arena);
	while (vcard_param_next(&rest, &param)) {
		size_t i = 0;

		while (i < COUNT_OF(DROPPED) && !text_eq_nocase(param.name, text_of(DROPPED[i])))
			i++;
		if (i < COUNT_OF(DROPPED))
			continue;
		if (out.len)
			buf_char(&out, ';');
		buf_add(&out, param.name);
		buf_char(&out, '=');
		buf_add(&out, param.values);
	}
	return buf_text(&out);
}

static struct text without_blanks(struct arena *arena, struct text text)
{
	struct buf out;

	if (text_find_char(text, ' ') < 0 && text_find_char(text, '\t') < 0)
		return text;
	buf_init(&out, arena);
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != ' ' && text.ptr[i] != '\t')
			buf_char(&out, text.ptr[i]);
	return buf_text(&out);
}

void convert_media_to_4(struct convert *convert, const struct vcard_prop *prop)
{
	struct arena *arena = convert->arena;
	bool is_inline = vcard_param_has(prop, "ENCODING", "b") ||
	                 vcard_param_has(prop, "ENCODING", "base64");
	struct text data = is_inline ? without_blanks(arena, prop->value) : TEXT("");
	struct text media = media_of(prop, data), params = other_params(arena, prop);
	struct text name = text_ascii_casemap(arena, prop->name), value = prop->value;

	if (vcard_pref(prop))
		params = vcard_param_add(arena, params, "PREF", TEXT("1"));
	if (is_inline) {
		if (!media.len)
			media = TEXT("application/octet-stream");
		value = arena_printf(
		        arena, "data:%.*s;base64,%.*s", TEXT_ARG(media), TEXT_ARG(data));
	} else if (!text_starts_nocase(value, TEXT("data:")) && media.len) {
		params = vcard_param_add(arena, params, "MEDIATYPE", media);
	} else if (text_eq_nocase(vcard_param(prop, "VALUE"), TEXT("text"))) {
		params = vcard_param_add(arena, params, "VALUE", TEXT("text"));
	}
	convert_add(convert, prop, name.ptr, params, value);
}

/* data:MEDIA;base64,DATA or data:MEDIA,PERCENT (RFC 2397); blank-free base64 comes out. */
static bool open_data(struct arena *arena, struct text uri, struct text *media, struct text *data)
{
	ptrdiff_t comma = text_find_char(uri, ',');
	struct text head, bytes;

	if (!text_starts_nocase(uri, TEXT("data:")) || comma < 0)
		return false;
	head = text_sub(uri, 5, (size_t)comma - 5);
	*data = text_from(uri, (size_t)comma + 1);
	text_split(&head, ';', media);
	while (head.ptr && text_split(&head, ';', &bytes))
		if (text_eq_nocase(bytes, TEXT("base64"))) {
			*data = without_blanks(arena, *data);
			return true;
		}
	if (!percent_decode(arena, *data, &bytes))
		return false;
	*data = base64_encode(arena, bytes);
	return true;
}

void convert_media_to_3(struct convert *convert, const struct vcard_prop *prop)
{
	struct arena *arena = convert->arena;
	struct text params = other_params(arena, prop), type, data, media = TEXT_NONE;
	struct text uri = vcard_value_uri(arena, prop), value = prop->value;
	struct text name = text_ascii_casemap(arena, prop->name);

	if (open_data(arena, uri, &media, &data)) {
		params = vcard_param_add(arena, params, "ENCODING", TEXT("b"));
		value = data;
	} else if (text_eq_nocase(vcard_param(prop, "VALUE"), TEXT("text"))) {
		media = media_of(prop, TEXT(""));
	} else {
		params = vcard_param_add(arena, params, "VALUE", TEXT("uri"));
		media = media_of(prop, TEXT(""));
	}
	type = type_name(arena, media);
	if (type.len)
		params = vcard_param_add(arena, params, "TYPE", type);
	if (vcard_pref(prop) == 1)
		params = vcard_param_add(arena, params, "TYPE", TEXT("pref"));
	convert_add(convert, prop, name.ptr, params, value);
}
