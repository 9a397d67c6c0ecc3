#include "base/base.h"
#include "base/reason.h"
#include "base/str.h"

static const struct reason ROWS[] = {
#define REASON(code, words, params) { code, words, params },
#include "base/reason.tbl.h"
#undef REASON
};

static const char *const KINDS[ERR_COUNT] = {
#define ERR(id, status, ns, element, words) [ERR_##id] = #id,
#include "base/err.tbl.h"
#undef ERR
};

const struct reason *reason_at(size_t i)
{
	return i < COUNT_OF(ROWS) ? &ROWS[i] : NULL;
}

static const struct reason *by_words(const char *words)
{
	for (size_t i = 0; i < COUNT_OF(ROWS); i++)
		if (!strcmp(ROWS[i].words, words))
			return &ROWS[i];
	return NULL;
}

const struct reason *reason_of(const struct err *err)
{
	const struct reason *reason = err->format ? by_words(err->format) : NULL;

	if (!reason && err->args_len)
		reason = by_words(err->args[err->args_len - 1]);
	return reason;
}

bool reason_param(const struct err *err, const struct reason *reason, size_t i, struct text *name,
        struct text *value)
{
	struct text names = text_of(reason->params);

	for (size_t at = 0; text_split(&names, ',', name); at++)
		if (at == i) {
			*value = text_of(i < err->args_len ? err->args[i] : "");
			return name->len > 0;
		}
	return false;
}

struct text reason_kind(struct arena *arena, enum err_id id)
{
	char *kind = arena_cstr(arena, text_of(KINDS[id]));

	for (char *at = kind; *at; at++)
		*at = *at == '_' ? '-' : (char)(*at >= 'A' && *at <= 'Z' ? *at + 32 : *at);
	return text_of(kind);
}
