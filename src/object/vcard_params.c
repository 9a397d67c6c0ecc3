/* Parameters in the manner of the other version. */
#include "object/vcard_convert_priv.h"

struct params {
	struct buf out;
	bool changed;
	bool pref;
};

static void begin(struct params *params, struct text name)
{
	if (params->out.len)
		buf_char(&params->out, ';');
	buf_add(&params->out, name);
	buf_char(&params->out, '=');
}

static void add_one(struct params *params, struct text name, struct text value)
{
	begin(params, name);
	buf_add(&params->out, value);
}

/* A piece of a quoted value may need its quotes still, and has no use for any others. */
static void add_piece(struct params *params, struct text piece)
{
	bool quotes = text_find_char(piece, ':') >= 0 || text_find_char(piece, ';') >= 0;

	if (quotes)
		buf_char(&params->out, '"');
	for (size_t i = 0; i < piece.len; i++)
		if (piece.ptr[i] != '"')
			buf_char(&params->out, piece.ptr[i]);
	if (quotes)
		buf_char(&params->out, '"');
}

/* TYPE's values without pref, and without INTERNET, which 4.0 does not know and nobody needs. A
 * quoted list becomes a plain one, which both versions read alike. */
static void add_types(struct params *params, struct text values, bool to_4)
{
	struct text value, piece;
	bool first = true;

	while (vcard_value_next(&values, &value)) {
		params->changed |= text_find_char(value, ',') >= 0;
		while (text_split(&value, ',', &piece)) {
			bool pref = text_eq_nocase(piece, TEXT("pref"));

			if (to_4 && (pref || text_eq_nocase(piece, TEXT("internet")))) {
				params->changed = true;
				params->pref |= pref;
				continue;
			}
			if (first)
				begin(params, TEXT("TYPE"));
			else
				buf_char(&params->out, ',');
			add_piece(params, piece);
			first = false;
		}
	}
}

static bool is_binary_word(struct text word)
{
	return text_eq_nocase(word, TEXT("BASE64")) || text_eq_nocase(word, TEXT("B"));
}

struct text convert_params_to_4(struct arena *arena, struct text from)
{
	struct params params = { 0 };
	struct text rest = from;
	struct vcard_param param;

	if (!from.len)
		return from;
	buf_init(&params.out, arena);
	while (vcard_param_next(&rest, &param)) {
		if (!param.name.ptr) {
			params.changed = true;
			if (!is_binary_word(param.values))
				add_types(&params, param.values, true);
		} else if (text_eq_nocase(param.name, TEXT("TYPE"))) {
			add_types(&params, param.values, true);
		} else if (text_eq_nocase(param.name, TEXT("CHARSET")) ||
		           text_eq_nocase(param.values, TEXT("phone-number"))) {
			params.changed = true;
		} else {
			add_one(&params, param.name, param.values);
		}
	}
	if (params.pref)
		add_one(&params, TEXT("PREF"), TEXT("1"));
	return params.changed ? buf_text(&params.out) : from;
}

struct text convert_params_to_3(struct arena *arena, struct text from)
{
	struct params params = { 0 };
	struct text rest = from;
	struct vcard_param param;

	if (!from.len)
		return from;
	buf_init(&params.out, arena);
	while (vcard_param_next(&rest, &param)) {
		if (!param.name.ptr || text_eq_nocase(param.name, TEXT("TYPE"))) {
			params.changed |= !param.name.ptr;
			add_types(&params, param.values, false);
		} else if (text_eq_nocase(param.name, TEXT("PREF"))) {
			/* 3.0 has one degree of preference, and it is the first. */
			params.changed = true;
			if (text_eq(param.values, TEXT("1")))
				add_one(&params, TEXT("TYPE"), TEXT("pref"));
		} else {
			add_one(&params, param.name, param.values);
		}
	}
	return params.changed ? buf_text(&params.out) : from;
}
