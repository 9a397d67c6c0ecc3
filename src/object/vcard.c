#include "object/vcard_priv.h"

/* ---- parsing ---- */

struct parser {
	struct err *err;
	struct vcard *card;
	struct text body;
};

static bool refuse(struct parser *parser, const char *at, const char *why)
{
	size_t line = 1;

	for (const char *p = parser->body.ptr; p < at; p++)
		line += *p == '\n';
	return err_set(parser->err, ERR_VALID_ADDRESS_DATA, "line %zu: %s", line, why);
}

static bool check_bytes(struct err *err, struct text body)
{
	if (!body.len)
		return err_set(err, ERR_VALID_ADDRESS_DATA, "there is no vCard");
	if (!text_is_utf8(body))
		return err_set(err, ERR_VALID_ADDRESS_DATA, "it is not UTF-8");
	if (!text_is_clean(body))
		return err_set(err, ERR_VALID_ADDRESS_DATA, "there is a control character in it");
	return true;
}

static struct text skip_bom(struct text body)
{
	return text_starts(body, TEXT("\xEF\xBB\xBF")) ? text_from(body, 3) : body;
}

static bool is_blank(struct text text)
{
	return !text_trim(text).len;
}

static bool parse_begin(struct parser *parser, struct text *rest)
{
	struct vcard_line line;

	*rest = skip_bom(parser->body);
	while (vcard_line_next(rest, &line)) {
		if (is_blank(line.all))
			continue;
		if (!vcard_line_is(&line, "BEGIN"))
			return refuse(parser, line.all.ptr, "this is not BEGIN:VCARD");
		parser->card->eol = text_ends(line.all, TEXT("\r\n")) ? TEXT("\r\n") : TEXT("\n");
		parser->card->head = text_sub(
		        parser->body, 0, (size_t)(line.all.ptr + line.all.len - parser->body.ptr));
		return true;
	}
	return err_set(parser->err, ERR_VALID_ADDRESS_DATA, "there is no vCard");
}

static bool parse_property(struct parser *parser, const struct vcard_line *line)
{
	struct vcard *card = parser->card;
	struct text text = vcard_line_unfold(card->arena, line);
	struct vcard_parts parts;
	struct vcard_prop *prop;

	if (text_find_char(text, '\r') >= 0)
		return refuse(parser, line->all.ptr, "there is a bare carriage return in it");
	if (!vcard_line_parts(text, &parts))
		return refuse(parser, line->all.ptr, "this is not a property");
	if (text_eq_nocase(parts.name, TEXT("BEGIN")) || text_eq_nocase(parts.name, TEXT("END")))
		return refuse(parser, line->all.ptr, "something inside a card begins or ends");
	if (++card->count > VCARD_PROPS_MAX)
		return refuse(parser, line->all.ptr, "too many properties");
	prop = vcard_link(card);
	prop->group = parts.group;
	prop->name = parts.name;
	prop->params = parts.params;
	prop->value = parts.value;
	prop->line = line->all;
	return true;
}

/* Blank lines mean nothing; they stay with the line before them. */
static void keep_blank(struct vcard *card, const struct vcard_line *line)
{
	if (card->last)
		card->last->line.len += line->all.len;
	else
		card->head.len += line->all.len;
}

static bool parse_lines(struct parser *parser, struct text *rest)
{
	struct vcard_line line;

	while (vcard_line_next(rest, &line)) {
		if (is_blank(line.all)) {
			keep_blank(parser->card, &line);
			continue;
		}
		if (vcard_line_is(&line, "END")) {
			parser->card->tail =
			        text_from(parser->body, (size_t)(line.all.ptr - parser->body.ptr));
			if (!is_blank(*rest))
				return refuse(
				        parser, rest->ptr, "there is something after the card");
			return true;
		}
		if (!parse_property(parser, &line))
			return false;
	}
	return err_set(parser->err, ERR_VALID_ADDRESS_DATA, "END:VCARD is missing");
}

bool vcard_parse(struct arena *arena, struct err *err, struct text body, struct vcard **card)
{
	struct parser parser = { err, arena_make(arena, struct vcard), body };
	struct text rest;

	parser.card->arena = arena;
	parser.card->source = body;
	if (!check_bytes(err, body) || !parse_begin(&parser, &rest) || !parse_lines(&parser, &rest))
		return false;
	*card = parser.card;
	return true;
}

bool vcard_split(struct err *err, struct text *rest, struct text *body)
{
	struct vcard_line line;
	const char *start = NULL;

	*rest = skip_bom(*rest);
	while (vcard_line_next(rest, &line)) {
		bool begin = vcard_line_is(&line, "BEGIN");

		if (!start && is_blank(line.all))
			continue;
		if (begin != !start) {
			*rest = TEXT_NONE;
			return err_set(err, ERR_VALID_ADDRESS_DATA, "'%.*s' %s",
			        TEXT_ARG(text_sub(line.text, 0, 60)),
			        start ? "stands inside a card" : "stands outside of a card");
		}
		if (begin)
			start = line.all.ptr;
		if (vcard_line_is(&line, "END")) {
			*body = (struct text){ start,
				(size_t)(line.all.ptr + line.all.len - start) };
			return true;
		}
	}
	*rest = TEXT_NONE;
	if (start)
		err_set(err, ERR_VALID_ADDRESS_DATA, "the last card has no END:VCARD");
	return false;
}

/* ---- looking ---- */

struct vcard_prop *vcard_props(const struct vcard *card)
{
	return card->first;
}

bool vcard_is(const struct vcard_prop *prop, const char *name)
{
	return text_eq_nocase(prop->name, text_of(name));
}

static struct vcard_prop *find(struct vcard_prop *prop, const char *name)
{
	struct text wanted = text_of(name);

	while (prop && !text_eq_nocase(prop->name, wanted))
		prop = prop->next;
	return prop;
}

struct vcard_prop *vcard_first(const struct vcard *card, const char *name)
{
	return find(card->first, name);
}

struct vcard_prop *vcard_next(const struct vcard_prop *prop, const char *name)
{
	return find(prop->next, name);
}

struct vcard_prop *vcard_beside(
        const struct vcard *card, const struct vcard_prop *prop, const char *name)
{
	struct vcard_prop *other = NULL;

	if (!prop->group.len)
		return NULL;
	for (other = vcard_first(card, name); other; other = vcard_next(other, name))
		if (text_eq_nocase(other->group, prop->group))
			break;
	return other;
}

enum vcard_version vcard_version(const struct vcard *card)
{
	const struct vcard_prop *prop = vcard_first(card, "VERSION");
	struct text version = prop ? text_trim(prop->value) : TEXT_NONE;

	if (text_eq(version, TEXT("3.0")))
		return VCARD_3;
	return text_eq(version, TEXT("4.0")) ? VCARD_4 : VCARD_OTHER;
}

struct text vcard_uid(const struct vcard *card)
{
	const struct vcard_prop *prop = vcard_first(card, "UID");

	return prop ? text_trim(vcard_value_text(card->arena, prop)) : TEXT_NONE;
}
