#include "base/base.h"
#include "app/manual.h"
#include "base/reason.h"

static const char INTRODUCTION[] =
        "# Refusals\n\n"
        "Made by `kontor config manual refusals` from `src/base/err.tbl.h` and "
        "`src/base/reason.tbl.h`. What the\n"
        "API refuses is told in English, and for programs by a `code`, the kind of refusal, and "
        "mostly a\n"
        "`reason`: why exactly. Both stay what they are, while words may be mended; a page in "
        "another\n"
        "language says what it has for the reason, else for the code, else the words that came. "
        "`params` are\n"
        "texts; where words without a parameter stand for a reason too, it may be absent. "
        "`field` among them\n"
        "is the key or the label of a field.\n";

/* Words as they are shown: conversions are the parameters in their order. */
static void show_words(struct buf *out, const struct reason *reason)
{
	struct text names = text_of(reason->params), name;

	for (const char *at = reason->words; *at; at++) {
		if (*at != '%') {
			buf_add(out, ((struct text){ at, 1 }));
			continue;
		}
		at += strcspn(at, "sdu");
		if (text_split(&names, ',', &name))
			buf_printf(out, "{%.*s}", TEXT_ARG(name));
	}
}

static void show_codes(struct arena *arena, struct buf *out)
{
	buf_add(out, TEXT("\n## Codes\n\n| code | status | words |\n|---|---|---|\n"));
	for (int id = ERR_NONE + 1; id < ERR_COUNT; id++) {
		const struct err_row *row = err_row((enum err_id)id);

		buf_printf(out, "| `%.*s` | %d | %s |\n",
		        TEXT_ARG(reason_kind(arena, (enum err_id)id)), row->status, row->words);
	}
}

void manual_refusals(struct buf *out)
{
	struct arena *arena = arena_new();
	const struct reason *reason;

	buf_add(out, text_of(INTRODUCTION));
	show_codes(arena, out);
	buf_add(out, TEXT("\n## Reasons\n\n| reason | params | words |\n|---|---|---|\n"));
	for (size_t i = 0; (reason = reason_at(i)); i++) {
		buf_printf(out, "| `%s` | %s | ", reason->code, reason->params);
		show_words(out, reason);
		buf_add(out, TEXT(" |\n"));
	}
	arena_free(&arena);
}
