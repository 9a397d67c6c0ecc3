#include "object/ical_parse.h"

#include "object/zone.h"

struct parser {
	struct arena *arena;
	struct err *err;
	struct text bytes;
	size_t pos; /* of the next physical line */
	size_t props;
	size_t props_max;
	struct ical_comp top; /* stands above the outermost components */
	struct ical_comp *open[ICAL_DEPTH_MAX + 1];
	struct ical_prop **prop_tail[ICAL_DEPTH_MAX + 1];
	struct ical_comp **comp_tail[ICAL_DEPTH_MAX + 1];
	size_t depth;
};

static bool refuse(struct parser *p, struct text at, const char *words)
{
	size_t line = 1;
	const char *end = at.ptr;

	for (const char *c = p->bytes.ptr; (c = memchr(c, '\n', (size_t)(end - c))) != NULL; c++)
		line++;
	return err_set(p->err, ERR_VALID_CALENDAR_DATA, "line %zu: %s", line, words);
}

/* The rest of a folded line: everything is copied, without the breaks (RFC 5545 3.1). */
static struct text unfold(struct parser *p, struct text line)
{
	char *to = arena_alloc(p->arena, line.len);
	struct text out = { to, 0 };

	for (size_t i = 0; i < line.len;) {
		const char *from = line.ptr + i;
		const char *lf = memchr(from, '\n', line.len - i);
		size_t len = lf ? (size_t)(lf - from) : line.len - i;

		i += len + (lf ? 2 : 0); /* the LF and the one white space behind it */
		while (len && from[len - 1] == '\r')
			len--;
		memcpy(to + out.len, from, len);
		out.len += len;
	}
	return out;
}

/* Takes the next logical line: `raw` with its line ends, `line` unfolded. False at the end. */
static bool take_line(struct parser *p, struct text *raw, struct text *line)
{
	const char *start = p->bytes.ptr + p->pos;
	const char *end = p->bytes.ptr + p->bytes.len;
	const char *next = start;
	bool folded = false;

	if (start == end)
		return false;
	for (;;) {
		const char *lf = memchr(next, '\n', (size_t)(end - next));

		next = lf ? lf + 1 : end;
		if (next == end || (*next != ' ' && *next != '\t'))
			break;
		folded = true;
	}
	*raw = (struct text){ start, (size_t)(next - start) };
	p->pos += raw->len;
	*line = *raw;
	if (line->len && line->ptr[line->len - 1] == '\n')
		line->len--;
	while (line->len && line->ptr[line->len - 1] == '\r')
		line->len--;
	if (folded)
		*line = unfold(p, *line);
	return true;
}

static const bool IS_NAME_CHAR[256] = {
	['A' ... 'Z'] = true,
	['a' ... 'z'] = true,
	['0' ... '9'] = true,
	['-'] = true,
	['_'] = true,
	['.'] = true,
};

/* name *(";" param) ":" value */
static bool split_line(struct parser *p, struct text raw, struct text line, struct ical_prop *prop)
{
	size_t i = 0;
	bool quoted = false;

	while (i < line.len && IS_NAME_CHAR[(unsigned char)line.ptr[i]])
		i++;
	if (!i || i == line.len || (line.ptr[i] != ':' && line.ptr[i] != ';'))
		return refuse(p, raw, "this is no property");
	prop->name = text_sub(line, 0, i);
	prop->params = (struct text){ line.ptr + i, 0 };
	prop->line = raw;
	if (line.ptr[i] == ';') {
		size_t from = ++i;

		while (i < line.len && (quoted || line.ptr[i] != ':'))
			quoted ^= line.ptr[i++] == '"';
		if (i == line.len)
			return refuse(p, raw, "a property without a value");
		prop->params = (struct text){ line.ptr + from, i - from };
	}
	prop->value = (struct text){ line.ptr + i + 1, line.len - i - 1 };
	return true;
}

static bool open_comp(struct parser *p, const struct ical_prop *begin)
{
	struct ical_comp *comp;

	if (p->depth == ICAL_DEPTH_MAX)
		return refuse(p, begin->line, "components are nested too deep");
	comp = arena_make(p->arena, struct ical_comp);
	comp->name = text_trim(begin->value);
	comp->kind = ical_kind_of(comp->name);
	comp->raw = begin->line;
	comp->parent = p->depth ? p->open[p->depth] : NULL;
	*p->comp_tail[p->depth] = comp;
	p->comp_tail[p->depth] = &comp->next;
	p->depth++;
	p->open[p->depth] = comp;
	p->prop_tail[p->depth] = &comp->props;
	p->comp_tail[p->depth] = &comp->children;
	return true;
}

static bool close_comp(struct parser *p, const struct ical_prop *end)
{
	struct ical_comp *comp = p->open[p->depth];

	if (!p->depth || !text_eq_nocase(comp->name, text_trim(end->value)))
		return refuse(p, end->line, "END without its BEGIN");
	comp->raw.len = (size_t)(end->line.ptr + end->line.len - comp->raw.ptr);
	p->depth--;
	return true;
}

static bool take_prop(struct parser *p, struct text raw, struct text line)
{
	struct ical_prop prop = { 0 }, *kept;

	if (p->props_max && ++p->props > p->props_max)
		return refuse(p, raw, "too many properties");
	if (!split_line(p, raw, line, &prop))
		return false;
	if (text_eq_nocase(prop.name, TEXT("BEGIN")))
		return open_comp(p, &prop);
	if (text_eq_nocase(prop.name, TEXT("END")))
		return close_comp(p, &prop);
	if (!p->depth)
		return refuse(p, raw, "a property outside of any component");
	prop.id = ical_prop_id_of(prop.name);
	kept = arena_raw(p->arena, sizeof(*kept));
	*kept = prop;
	*p->prop_tail[p->depth] = kept;
	p->prop_tail[p->depth] = &kept->next;
	return true;
}

/* A byte order mark in front is not part of the text. */
static struct text without_mark(struct text bytes)
{
	return text_starts(bytes, TEXT("\xef\xbb\xbf")) ? text_from(bytes, 3) : bytes;
}

bool ical_parse_stream(struct arena *arena, struct err *err, struct text bytes, size_t props_max,
        struct ical_comp **first)
{
	struct parser p = { .arena = arena, .err = err, .props_max = props_max };
	struct text raw, line;

	bool plain = text_is_plain(bytes);

	if (!plain && !text_is_utf8(bytes))
		return err_set(err, ERR_VALID_CALENDAR_DATA, "this is not UTF-8");
	if (!plain && !text_is_clean(bytes))
		return err_set(err, ERR_VALID_CALENDAR_DATA, "control characters are not allowed");
	p.bytes = without_mark(bytes);
	p.comp_tail[0] = &p.top.children;
	while (take_line(&p, &raw, &line)) {
		if (!line.len || (*line.ptr <= ' ' && !text_trim(line).len))
			continue;
		if (memchr(line.ptr, '\r', line.len))
			return refuse(&p, raw, "a carriage return within a line");
		if (!take_prop(&p, raw, line))
			return false;
	}
	if (p.depth)
		return err_set(err, ERR_VALID_CALENDAR_DATA, "END:%.*s is missing",
		        TEXT_ARG(text_sub(p.open[p.depth]->name, 0, 40)));
	*first = p.top.children;
	return true;
}

/* Zones of the object's own are made here, once: a parsed tree does not change any more. */
static void own_zones(struct ical *ical)
{
	const struct ical_comp *tz = ical_first(ical->calendar, ICAL_VTIMEZONE);

	for (; tz; tz = ical_next(tz, ICAL_VTIMEZONE)) {
		struct text tzid = ical_text(ical->arena, tz, ICAL_P_TZID);
		struct err ignored = { 0 };
		const struct zone *zone = NULL;

		if (!tzid.len || zone_find(tzid))
			continue;
		if (ical->zones.len >= ICAL_ZONES_MAX ||
		        !zone_from_comp(ical->arena, &ignored, tz, &zone))
			zone = NULL;
		*vec_push(ical->arena, &ical->zones) =
		        (struct ical_own_zone){ .tzid = tzid, .zone = zone };
	}
}

struct ical *ical_wrap(struct arena *arena, struct text bytes, struct ical_comp *calendar)
{
	struct ical *ical = arena_make(arena, struct ical);

	ical->arena = arena;
	ical->bytes = bytes;
	ical->calendar = calendar;
	own_zones(ical);
	return ical;
}

bool ical_parse(struct arena *arena, struct err *err, struct text bytes, struct ical **out)
{
	struct ical_comp *first;

	if (!ical_parse_stream(arena, err, bytes, ICAL_PROPS_MAX, &first))
		return false;
	if (!first || first->kind != ICAL_VCALENDAR || first->next)
		return err_set(err, ERR_VALID_CALENDAR_DATA, "there must be exactly one VCALENDAR");
	*out = ical_wrap(arena, bytes, first);
	return true;
}
