#include "object/vcard_trim.h"

#include "object/vcard_line.h"

static bool is_wanted(const struct card_wanted_prop *wanted, const struct vcard_parts *parts)
{
	ptrdiff_t dot = text_find_char(wanted->name, '.');
	struct text group = dot < 0 ? TEXT_NONE : text_sub(wanted->name, 0, (size_t)dot);
	struct text name = text_from(wanted->name, (size_t)(dot + 1));

	return text_eq_nocase(name, parts->name) &&
	       (dot < 0 || text_eq_nocase(group, parts->group));
}

static const struct card_wanted_prop *find(
        const struct card_wanted *wanted, const struct vcard_parts *parts)
{
	const struct card_wanted_prop *found = NULL;

	for (size_t i = 0; i < wanted->props.len; i++) {
		if (!is_wanted(&wanted->props.at[i], parts))
			continue;
		found = &wanted->props.at[i];
		/* Named twice, once with its value: then with its value. */
		if (!found->novalue)
			break;
	}
	return found;
}

static bool ends_nocase(struct text text, struct text end)
{
	return text.len >= end.len && text_eq_nocase(text_from(text, text.len - end.len), end);
}

static bool is_frame(struct text name)
{
	return text_eq_nocase(name, TEXT("BEGIN")) || text_eq_nocase(name, TEXT("VERSION")) ||
	       text_eq_nocase(name, TEXT("END"));
}

/* Looked at before a line is unfolded: photographs are long, and seldom asked for. */
static bool may_be_wanted(const struct card_wanted *wanted, struct text name)
{
	for (size_t i = 0; i < wanted->props.len; i++)
		if (ends_nocase(wanted->props.at[i].name, name))
			return true;
	return false;
}

static void trim_line(struct buf *out, struct buf *unfolded, const struct vcard_line *line,
        const struct card_wanted *wanted)
{
	struct text text = vcard_line_unfold_into(unfolded, line);
	const struct card_wanted_prop *prop;
	struct vcard_parts parts;

	if (!vcard_line_parts(text, &parts))
		return;
	prop = find(wanted, &parts);
	if (!prop && !is_frame(parts.name))
		return;
	if (is_frame(parts.name) || !prop->novalue) {
		buf_add(out, line->all);
		return;
	}
	/* RFC 6352 10.4.2: name, parameters "and a trailing ':'". */
	text.len = (size_t)(parts.value.ptr - text.ptr);
	vcard_line_fold(out, text, text_ends(line->all, TEXT("\r\n")) ? TEXT("\r\n") : TEXT("\n"));
}

struct text vcard_trim(struct arena *arena, struct text body, const struct card_wanted *wanted)
{
	struct buf out, unfolded;
	struct vcard_line line;

	if (!wanted->props.len)
		return body;
	if (text_starts(body, TEXT("\xEF\xBB\xBF")))
		body = text_from(body, 3);
	buf_init(&out, arena);
	buf_init(&unfolded, arena);
	while (vcard_line_next(&body, &line)) {
		struct text name = vcard_line_name(&line);

		if (is_frame(name))
			buf_add(&out, line.all);
		else if (may_be_wanted(wanted, name))
			trim_line(&out, &unfolded, &line, wanted);
	}
	return buf_text(&out);
}
