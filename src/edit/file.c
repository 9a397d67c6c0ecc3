#include "base/base.h"
#include "base/str.h"
#include "edit/file.h"

enum { MEDIA_MAX = 255 };

static const struct {
	struct text ending;
	struct text media;
} MEDIA[] = {
#define MEDIA_TYPE(ending, media) { TEXT_INIT(ending), TEXT_INIT(media) },
#include "edit/media.tbl.h"
#undef MEDIA_TYPE
};

struct text file_media(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(MEDIA); i++) {
		size_t len = MEDIA[i].ending.len;

		if (name.len > len && name.ptr[name.len - len - 1] == '.' &&
		        text_eq_nocase(text_from(name, name.len - len), MEDIA[i].ending))
			return MEDIA[i].media;
	}
	return TEXT("application/octet-stream");
}

/* type "/" subtype, and perhaps parameters; it goes back into a header as it is. */
static bool is_media(struct text media)
{
	ptrdiff_t slash = text_find_char(media, '/');

	if (slash < 1 || (size_t)slash + 1 >= media.len || media.len > MEDIA_MAX)
		return false;
	for (size_t i = 0; i < media.len; i++)
		if (media.ptr[i] < ' ' || media.ptr[i] == 0x7F)
			return false;
	return true;
}

static bool file_parse(struct work *work, struct text media, struct subject *subject)
{
	struct text trimmed = text_trim(media);

	subject->media = is_media(trimmed) ? arena_text(work->arena, trimmed)
	                                   : TEXT("application/octet-stream");
	subject->uid = TEXT_NONE;
	return true;
}

const struct kind file_kind = {
	.id = KIND_FILE,
	.name = "file",
	.wrong_media = ERR_FORBIDDEN,
	.uid_conflict = ERR_CONFLICT,
	.too_large = ERR_TOO_LARGE,
	.parse = file_parse,
};
