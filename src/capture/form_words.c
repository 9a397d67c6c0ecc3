#include "base/base.h"
#include "capture/form_words.h"
#include "wire/header.h"

static const char *const TAGS[FORM_LANGUAGES] = {
	[FORM_ENGLISH] = "en", [FORM_GERMAN] = "de", [FORM_VIETNAMESE] = "vi"
};

struct word {
	const char *name, *in[FORM_LANGUAGES];
};

static const struct word WORDS[] = {
#define WORD(name, en, de, vi) \
	{ name, { [FORM_ENGLISH] = en, [FORM_GERMAN] = de, [FORM_VIETNAMESE] = vi } },
#include "capture/form_words.tbl.h"
#undef WORD
};

enum form_language form_language(struct call *c)
{
	return (enum form_language)header_accept_language(c, TAGS, FORM_LANGUAGES);
}

struct text form_visitor_language(struct call *c)
{
	struct text rest = call_header(c, "Accept-Language"), first = TEXT_NONE;
	size_t len = 0;

	text_split(&rest, ',', &first);
	first = text_trim(first);
	while (len < first.len &&
	        ((first.ptr[len] | 0x20) >= 'a' && (first.ptr[len] | 0x20) <= 'z'))
		len++;
	if (len < 2 || len > 3 || (len < first.len && !strchr("-; ", first.ptr[len])))
		return TEXT_NONE;
	return text_fold(c->work.arena, text_sub(first, 0, len));
}

const char *form_language_tag(enum form_language language)
{
	return TAGS[language];
}

struct text form_word(enum form_language language, const char *name)
{
	for (size_t i = 0; i < COUNT_OF(WORDS); i++)
		if (!strcmp(WORDS[i].name, name))
			return text_of(WORDS[i].in[language]);
	return TEXT_NONE;
}
