#include "wire/mime.h"

#include "base/str.h"

static const struct {
	struct text ending, type;
} TYPES[] = {
	{ TEXT_INIT("7z"), TEXT_INIT("application/x-7z-compressed") },
	{ TEXT_INIT("aac"), TEXT_INIT("audio/aac") },
	{ TEXT_INIT("avif"), TEXT_INIT("image/avif") },
	{ TEXT_INIT("bmp"), TEXT_INIT("image/bmp") },
	{ TEXT_INIT("bz2"), TEXT_INIT("application/x-bzip2") },
	{ TEXT_INIT("css"), TEXT_INIT("text/css") },
	{ TEXT_INIT("csv"), TEXT_INIT("text/csv") },
	{ TEXT_INIT("doc"), TEXT_INIT("application/msword") },
	{ TEXT_INIT("docx"),
	        TEXT_INIT("application/"
	                  "vnd.openxmlformats-officedocument.wordprocessingml.document") },
	{ TEXT_INIT("eml"), TEXT_INIT("message/rfc822") },
	{ TEXT_INIT("epub"), TEXT_INIT("application/epub+zip") },
	{ TEXT_INIT("flac"), TEXT_INIT("audio/flac") },
	{ TEXT_INIT("gif"), TEXT_INIT("image/gif") },
	{ TEXT_INIT("gz"), TEXT_INIT("application/gzip") },
	{ TEXT_INIT("heic"), TEXT_INIT("image/heic") },
	{ TEXT_INIT("htm"), TEXT_INIT("text/html") },
	{ TEXT_INIT("html"), TEXT_INIT("text/html") },
	{ TEXT_INIT("ico"), TEXT_INIT("image/vnd.microsoft.icon") },
	{ TEXT_INIT("ics"), TEXT_INIT("text/calendar") },
	{ TEXT_INIT("jpeg"), TEXT_INIT("image/jpeg") },
	{ TEXT_INIT("jpg"), TEXT_INIT("image/jpeg") },
	{ TEXT_INIT("js"), TEXT_INIT("text/javascript") },
	{ TEXT_INIT("json"), TEXT_INIT("application/json") },
	{ TEXT_INIT("m4a"), TEXT_INIT("audio/mp4") },
	{ TEXT_INIT("md"), TEXT_INIT("text/markdown") },
	{ TEXT_INIT("mkv"), TEXT_INIT("video/x-matroska") },
	{ TEXT_INIT("mov"), TEXT_INIT("video/quicktime") },
	{ TEXT_INIT("mp3"), TEXT_INIT("audio/mpeg") },
	{ TEXT_INIT("mp4"), TEXT_INIT("video/mp4") },
	{ TEXT_INIT("odp"), TEXT_INIT("application/vnd.oasis.opendocument.presentation") },
	{ TEXT_INIT("ods"), TEXT_INIT("application/vnd.oasis.opendocument.spreadsheet") },
	{ TEXT_INIT("odt"), TEXT_INIT("application/vnd.oasis.opendocument.text") },
	{ TEXT_INIT("oga"), TEXT_INIT("audio/ogg") },
	{ TEXT_INIT("ogg"), TEXT_INIT("audio/ogg") },
	{ TEXT_INIT("opus"), TEXT_INIT("audio/opus") },
	{ TEXT_INIT("pdf"), TEXT_INIT("application/pdf") },
	{ TEXT_INIT("png"), TEXT_INIT("image/png") },
	{ TEXT_INIT("ppt"), TEXT_INIT("application/vnd.ms-powerpoint") },
	{ TEXT_INIT("pptx"),
	        TEXT_INIT("application/"
	                  "vnd.openxmlformats-officedocument.presentationml.presentation") },
	{ TEXT_INIT("rtf"), TEXT_INIT("application/rtf") },
	{ TEXT_INIT("svg"), TEXT_INIT("image/svg+xml") },
	{ TEXT_INIT("tar"), TEXT_INIT("application/x-tar") },
	{ TEXT_INIT("tif"), TEXT_INIT("image/tiff") },
	{ TEXT_INIT("tiff"), TEXT_INIT("image/tiff") },
	{ TEXT_INIT("txt"), TEXT_INIT("text/plain") },
	{ TEXT_INIT("vcf"), TEXT_INIT("text/vcard") },
	{ TEXT_INIT("wav"), TEXT_INIT("audio/wav") },
	{ TEXT_INIT("webm"), TEXT_INIT("video/webm") },
	{ TEXT_INIT("webp"), TEXT_INIT("image/webp") },
	{ TEXT_INIT("woff2"), TEXT_INIT("font/woff2") },
	{ TEXT_INIT("xhtml"), TEXT_INIT("application/xhtml+xml") },
	{ TEXT_INIT("xls"), TEXT_INIT("application/vnd.ms-excel") },
	{ TEXT_INIT("xlsx"),
	        TEXT_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") },
	{ TEXT_INIT("xml"), TEXT_INIT("application/xml") },
	{ TEXT_INIT("zip"), TEXT_INIT("application/zip") },
};

static const struct text INLINE[] = {
	TEXT_INIT("application/pdf"),
	TEXT_INIT("audio/aac"),
	TEXT_INIT("audio/flac"),
	TEXT_INIT("audio/mp4"),
	TEXT_INIT("audio/mpeg"),
	TEXT_INIT("audio/ogg"),
	TEXT_INIT("audio/opus"),
	TEXT_INIT("audio/wav"),
	TEXT_INIT("image/avif"),
	TEXT_INIT("image/bmp"),
	TEXT_INIT("image/gif"),
	TEXT_INIT("image/jpeg"),
	TEXT_INIT("image/png"),
	TEXT_INIT("image/webp"),
	TEXT_INIT("text/plain"),
	TEXT_INIT("video/mp4"),
	TEXT_INIT("video/webm"),
};

struct text mime_of(struct text name)
{
	size_t dot = name.len;

	while (dot > 0 && name.ptr[dot - 1] != '.')
		dot--;
	/* ".profile" has no ending, it has a name. */
	if (dot > 1)
		for (size_t i = 0; i < COUNT_OF(TYPES); i++)
			if (text_eq_nocase(TYPES[i].ending, text_from(name, dot)))
				return TYPES[i].type;
	return TEXT("application/octet-stream");
}

static struct text bare(struct text type)
{
	ptrdiff_t semicolon = text_find_char(type, ';');

	return text_trim(semicolon < 0 ? type : text_sub(type, 0, (size_t)semicolon));
}

bool mime_is_inline(struct text type)
{
	type = bare(type);
	for (size_t i = 0; i < COUNT_OF(INLINE); i++)
		if (text_eq_nocase(INLINE[i], type))
			return true;
	return false;
}

bool mime_compresses(struct text type)
{
	type = bare(type);
	if (text_starts_nocase(type, TEXT("text/")))
		return true;
	if (type.len > 5 && (text_eq_nocase(text_from(type, type.len - 4), TEXT("+xml")) ||
	                            text_eq_nocase(text_from(type, type.len - 5), TEXT("+json"))))
		return true;
	return text_eq_nocase(type, TEXT("application/xml")) ||
	       text_eq_nocase(type, TEXT("application/json")) ||
	       text_eq_nocase(type, TEXT("application/javascript"));
}

/* RFC 8187 3.2.1 attr-char. */
static bool is_attr_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("!#$&+-.^_`|~", c));
}

struct text mime_disposition(struct arena *arena, struct text type, struct text name)
{
	bool exact = true;
	struct buf out;

	buf_init(&out, arena);
	buf_add(&out, mime_is_inline(type) ? TEXT("inline") : TEXT("attachment"));
	buf_add(&out, TEXT("; filename=\""));
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];
		bool plain = c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '%';

		/* One mark for each letter, not for each byte of it. */
		if (plain || (c & 0xc0) != 0x80)
			buf_char(&out, plain ? (char)c : '_');
		exact = exact && plain;
	}
	buf_char(&out, '"');
	if (exact)
		return buf_text(&out);
	buf_add(&out, TEXT("; filename*=UTF-8''"));
	for (size_t i = 0; i < name.len; i++) {
		if (is_attr_char(name.ptr[i]))
			buf_char(&out, name.ptr[i]);
		else
			buf_printf(&out, "%%%02X", (unsigned char)name.ptr[i]);
	}
	return buf_text(&out);
}
