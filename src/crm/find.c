#include "base/base.h"
#include "crm/find.h"

DB_STATEMENT(TEXT_ADD, "INSERT INTO crm_text (rowid, noun, fold) VALUES (?1, ?2, ?3)");

enum { DIGITS_MIN = 3 };

/* ---- phones ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digits, without what is dialled only inside the country: "(0)" behind a country code. */
static struct text bare_digits(struct arena *arena, struct text phone)
{
	char *out = arena_raw(arena, phone.len + 1);
	ptrdiff_t trunk = text_find(phone, TEXT("(0)"));
	size_t len = 0;

	for (size_t i = 0; i < phone.len; i++)
		if (is_digit(phone.ptr[i]) && (ptrdiff_t)i != trunk + 1)
			out[len++] = phone.ptr[i];
	return (struct text){ out, len };
}

struct text find_digits(struct arena *arena, struct text phone)
{
	struct text digits = bare_digits(arena, phone);

	if (text_starts(digits, TEXT("00")))
		digits = text_from(digits, 2);
	else if (text_starts(digits, TEXT("0")))
		digits = text_from(digits, 1);
	return digits.len >= DIGITS_MIN ? digits : TEXT_NONE;
}

/* ---- text of a record ---- */

static void add_line(struct buf *out, struct text fold)
{
	if (!fold.len || out->len + fold.len + 1 > FIND_TEXT_MAX)
		return;
	if (out->len)
		buf_char(out, '\n');
	buf_add(out, fold);
}

static void add_phones(struct buf *out, const json_t *phones)
{
	const json_t *one;
	size_t i;

	json_array_foreach(phones, i, one)
	        add_line(out, find_digits(out->arena, crm_get_text(one, "value")));
}

static void add_field(struct buf *out, const struct crm_field *field, const json_t *value)
{
	if (field->type == CRM_TYPE_PHONES) {
		add_phones(out, value);
		return;
	}
	add_line(out, text_fold(out->arena, crm_value_text(out->arena, field, value)));
}

struct text find_text(struct arena *arena, enum crm_noun noun, const json_t *values)
{
	const struct crm_field *field;
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; (field = crm_field_at(noun, i)); i++) {
		const json_t *value = json_object_get(values, field->key);

		if (value && (field->flags & CRM_FLAG_SEARCH))
			add_field(&out, field, value);
	}
	return out.len ? buf_text(&out) : TEXT_NONE;
}

void find_project(struct arena *arena, struct rows *rows, enum crm_noun noun, const json_t *values)
{
	struct text fold = find_text(arena, noun, values);

	if (fold.ptr)
		rows_add(rows, &TEXT_ADD, DB_ARGS(ROWS_RECORD, DB_INT(noun), DB_TEXT(fold)));
}

/* ---- what was typed ---- */

/* Digits, and only what people put between the digits of a phone number. */
static bool is_number(struct text query)
{
	size_t digits = 0;

	for (size_t i = 0; i < query.len; i++) {
		if (is_digit(query.ptr[i]))
			digits++;
		else if (!strchr("+-/() .", query.ptr[i]))
			return false;
	}
	return digits >= DIGITS_MIN;
}

void find_terms(struct arena *arena, struct text query, struct find_terms *terms)
{
	struct text rest = text_fold(arena, text_trim(query)), term;

	*terms = (struct find_terms){ .digits = is_number(text_trim(query)) };
	if (terms->digits) {
		struct text digits = find_digits(arena, text_trim(query));

		terms->at[terms->len++] = digits.ptr ? digits : rest;
		return;
	}
	while (terms->len < FIND_TERMS_MAX && text_split(&rest, ' ', &term)) {
		term = text_trim(term);
		/* "[#1042]", "#1042": a case's number. */
		while (term.len && strchr("[#", term.ptr[0]))
			term = text_from(term, 1);
		while (term.len && strchr("],;", term.ptr[term.len - 1]))
			term.len--;
		if (term.len)
			terms->at[terms->len++] = term;
	}
}

enum { TRIGRAM = 3 };

static struct text first_run(struct text term)
{
	size_t len = 0;

	while (len < term.len && !strchr("%_", term.ptr[len]))
		len++;
	return (struct text){ term.ptr, len };
}

bool find_by_trigram(struct text term)
{
	bool found = false;

	while (term.len) {
		struct text run = first_run(term);

		if (text_chars(run) >= TRIGRAM)
			found = true;
		else if (run.len >= TRIGRAM)
			return false;
		term = text_from(term, run.len < term.len ? run.len + 1 : term.len);
	}
	return found;
}

/* ---- ranking ---- */

/* Best place of `term` in `text`: 3 at its beginning, 2 at a word's, 1 inside a word, 0 nowhere. */
static int place_in(struct text text, struct text term)
{
	struct text rest = text;
	ptrdiff_t at;
	int best = 0;

	while (best < 2 && (at = text_find(rest, term)) >= 0) {
		const char *found = rest.ptr + at;

		if (found == text.ptr)
			return 3;
		best = strchr(" \n-.@/(&", found[-1]) ? 2 : 1;
		rest = text_from(rest, (size_t)at + 1);
	}
	return best;
}

int find_score(const struct find_terms *terms, struct text title_key, struct text fold)
{
	static const int IN_TITLE[] = { 0, 50, 80, 100 }, ELSEWHERE[] = { 0, 10, 30, 40 };
	int score = 0;

	for (size_t i = 0; i < terms->len; i++) {
		int title = IN_TITLE[place_in(title_key, terms->at[i])];
		int text = ELSEWHERE[place_in(fold, terms->at[i])];

		if (!title && !text)
			return 0;
		score += title > text ? title : text;
	}
	return terms->len ? score / (int)terms->len : 0;
}
