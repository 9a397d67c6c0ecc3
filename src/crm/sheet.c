#include "base/base.h"
#include "base/str.h"
#include "crm/body.h"
#include "crm/problem.h"
#include "crm/sheet.h"
#include "object/vcard_check.h"
#include "people/csv.h"

/* One pass over the rows. */
struct reader {
	struct csv csv;
	struct text rest; /* of cards */
	int64_t number, line;
};

static const struct {
	const char *key, *words;
} WORDS_OF[] = {
#define WORDS(key, words) { #key, words },
#include "crm/sheet_words.tbl.h"
#undef WORDS
};

/* ---- bytes to text ---- */

/* Windows-1252, 0x80 to 0x9f; 0: not in use. */
static const uint16_t CP1252[32] = { 0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D,
	0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178 };

static void add_character(struct buf *out, unsigned code)
{
	if (code < 0x80) {
		buf_char(out, (char)code);
	} else if (code < 0x800) {
		buf_char(out, (char)(0xC0 | code >> 6));
		buf_char(out, (char)(0x80 | (code & 0x3F)));
	} else {
		buf_char(out, (char)(0xE0 | code >> 12));
		buf_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
		buf_char(out, (char)(0x80 | (code & 0x3F)));
	}
}

static struct text as_utf8(struct arena *arena, struct text bytes)
{
	struct buf out;

	if (text_starts(bytes, TEXT("\xEF\xBB\xBF")))
		bytes = text_from(bytes, 3);
	if (text_is_utf8(bytes))
		return bytes;
	buf_init(&out, arena);
	for (size_t i = 0; i < bytes.len; i++) {
		unsigned byte = (unsigned char)bytes.ptr[i];

		if (byte >= 0x80 && byte < 0xA0)
			byte = CP1252[byte - 0x80] ? CP1252[byte - 0x80] : '?';
		add_character(&out, byte);
	}
	return buf_text(&out);
}

/* ---- the separator ---- */

static char separator_of(struct text text)
{
	static const char candidates[] = ",;\t";
	size_t counts[3] = { 0 }, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < text.len && (quoted || text.ptr[i] != '\n'); i++) {
		const char *found = text.ptr[i] ? strchr(candidates, text.ptr[i]) : NULL;

		if (text.ptr[i] == '"')
			quoted = !quoted;
		else if (found && !quoted)
			counts[found - candidates]++;
	}
	for (size_t i = 1; i < COUNT_OF(counts); i++)
		if (counts[i] > counts[best])
			best = i;
	return candidates[best];
}

/* ---- columns ---- */

static bool is_word_of(struct text words, struct text column)
{
	struct text one;

	while (text_split(&words, '|', &one))
		if (text_eq(one, column))
			return true;
	return false;
}

/* "phone_number", "Phone Number 2": without what tells several of one kind apart. */
static struct text bare_column(struct arena *arena, struct text column)
{
	struct text fold = text_fold(arena, text_trim(column));
	char *out = arena_cstr(arena, fold);
	size_t len = fold.len;

	for (size_t i = 0; i < len; i++)
		if (out[i] == '_' || out[i] == '.')
			out[i] = ' ';
	while (len && (strchr(" #", out[len - 1]) || (out[len - 1] >= '0' && out[len - 1] <= '9')))
		len--;
	return (struct text){ out, len };
}

static const struct crm_field *guess(struct work *work, enum crm_noun noun, struct text column)
{
	struct text word = bare_column(work->arena, column);
	const struct crm_field *field;

	for (size_t i = 0; (field = crm_field_at(noun, i)); i++)
		if (text_eq(word, text_fold(work->arena, text_of(field->label))) ||
		        text_eq(word, bare_column(work->arena, text_of(field->key))))
			return field;
	for (size_t i = 0; i < COUNT_OF(WORDS_OF); i++) {
		field = crm_field(noun, text_of(WORDS_OF[i].key));
		if (field && is_word_of(text_of(WORDS_OF[i].words), word))
			return field;
	}
	return NULL;
}

static bool map_column(struct work *work, struct sheet *sheet, size_t i, const json_t *mapping)
{
	struct text column = sheet->columns.at[i];
	const json_t *told =
	        mapping ? json_object_get(mapping, arena_cstr(work->arena, column)) : NULL;
	struct text key = text_of(json_string_value(told));

	const struct crm_field *field = NULL;
	bool settable;

	if (!told)
		field = guess(work, sheet->noun, column);
	else if (key.len && !(field = crm_field(sheet->noun, key)))
		/* A key of before: "title" is what somebody's job is called. */
		field = guess(work, sheet->noun, key);
	/* What is worked out comes from no file. */
	settable = field && field->class != CRM_SYSTEM;
	if (told && key.len && !settable)
		return err_field(&work->err, "mapping",
		        "\"%.*s\" is no field that can be filled in", TEXT_ARG(key));
	sheet->fields[i] = settable ? field : NULL;
	return true;
}

json_t *sheet_mapping(struct work *work, const struct sheet *sheet)
{
	json_t *mapping = crm_json_own(work->arena, json_object());

	for (size_t i = 0; i < sheet->columns.len; i++)
		json_object_set_new(mapping, arena_cstr(work->arena, sheet->columns.at[i]),
		        json_string(sheet->fields[i] ? sheet->fields[i]->key : ""));
	return mapping;
}

/* ---- opening ---- */

static bool open_csv(struct work *work, struct sheet *sheet, const json_t *mapping)
{
	struct reader *reader = sheet->reader;
	struct texts row = VEC_EMPTY;
	struct csv count;

	csv_start(&reader->csv, work->arena, sheet->text);
	reader->csv.separator = separator_of(sheet->text);
	if (!csv_next(&reader->csv, &row, &work->err))
		return err_set(&work->err, ERR_BAD_REQUEST, "there is nothing in it");
	if (row.len > SHEET_COLUMNS_MAX)
		return err_set(&work->err, ERR_BAD_REQUEST, "at most %d columns are read",
		        SHEET_COLUMNS_MAX);
	sheet->fields = arena_array(work->arena, row.len, sizeof(struct crm_field *));
	for (size_t i = 0; i < row.len; i++) {
		*vec_push(work->arena, &sheet->columns) = text_trim(row.at[i]);
		if (!map_column(work, sheet, i, mapping))
			return false;
	}
	count = reader->csv;
	while (csv_next(&count, &row, &work->err))
		sheet->total++;
	return !err_is_set(&work->err);
}

static size_t card_end(struct text rest)
{
	ptrdiff_t end = -1;

	for (size_t at = 0; end < 0 && at + 9 <= rest.len; at++)
		if ((!at || rest.ptr[at - 1] == '\n') &&
		        text_starts_nocase(text_from(rest, at), TEXT("END:VCARD")))
			end = (ptrdiff_t)at + 9;
	return end < 0 ? 0 : (size_t)end;
}

static void open_cards(struct sheet *sheet)
{
	struct reader *reader = sheet->reader;
	struct text rest = sheet->text;
	size_t len;

	reader->rest = rest;
	reader->line = 1;
	while ((len = card_end(rest))) {
		sheet->total++;
		rest = text_from(rest, len);
	}
}

bool sheet_open(struct work *work, enum crm_noun noun, struct text format, struct text bytes,
        const json_t *mapping, struct sheet **out)
{
	struct sheet *sheet = *out = arena_make(work->arena, struct sheet);
	bool card = text_eq(format, TEXT("vcard"));

	sheet->noun = noun;
	sheet->is_vcard = card;
	sheet->text = as_utf8(work->arena, bytes);
	sheet->reader = arena_make(work->arena, struct reader);
	if (!card && !text_eq(format, TEXT("csv")))
		return err_field(&work->err, "format", "csv or vcard is expected");
	if (card && noun != CRM_CONTACT && noun != CRM_LEAD && noun != CRM_ACCOUNT)
		return err_field(&work->err, "format", "cards are contacts, leads or accounts");
	if (card)
		open_cards(sheet);
	else if (!open_csv(work, sheet, mapping))
		return false;
	if (!sheet->total)
		return err_set(&work->err, ERR_BAD_REQUEST, "there are no rows in it");
	return sheet->total <= SHEET_ROWS_MAX ||
	       err_set(&work->err, ERR_BAD_REQUEST, "at most %d rows at once", SHEET_ROWS_MAX);
}

/* ---- rows ---- */

/* Several columns of one field (phone, mobile) are one list. */
static void put_value(json_t *values, const struct crm_field *field, json_t *value)
{
	json_t *there = json_object_get(values, field->key);

	if (json_is_array(there) && json_is_array(value))
		json_array_extend(there, value);
	else if (!there)
		json_object_set(values, field->key, value);
}

static bool read_cell(
        struct work *work, struct sheet_row *row, const struct crm_field *field, struct text typed)
{
	json_t *value;

	if (row->problem || !field)
		return true;
	if (sheet_value(work, field, typed, &value)) {
		if (value)
			put_value(row->values, field, value);
		return true;
	}
	if (work->err.id != ERR_CRM_VALUE)
		return false;
	row->problem = crm_problem(work->arena, &work->err);
	err_clear(&work->err);
	return true;
}

static bool next_csv(struct work *work, struct sheet *sheet, struct sheet_row *row)
{
	struct reader *reader = sheet->reader;
	struct texts cells = VEC_EMPTY;

	if (!csv_next(&reader->csv, &cells, &work->err))
		return false;
	row->line = reader->csv.line;
	for (size_t i = 0; i < cells.len && i < sheet->columns.len; i++)
		if (!read_cell(work, row, sheet->fields[i], cells.at[i]))
			return false;
	return true;
}

static int64_t lines_in(struct text text)
{
	int64_t lines = 0;

	for (size_t i = 0; i < text.len; i++)
		lines += text.ptr[i] == '\n';
	return lines;
}

static bool next_card(struct work *work, struct sheet *sheet, struct sheet_row *row)
{
	struct reader *reader = sheet->reader;
	size_t len = card_end(reader->rest);
	struct text body = text_sub(reader->rest, 0, len);
	struct vcard *card;

	if (!len)
		return false;
	while (body.len && strchr("\r\n ", body.ptr[0]))
		body = text_from(body, 1);
	row->line = reader->line + 1;
	reader->line += lines_in(text_sub(reader->rest, 0, len));
	reader->rest = text_from(reader->rest, len);
	if (vcard_parse(work->arena, &work->err, body, &card)) {
		row->uid = text_sub(vcard_uid(card), 0, SHEET_UID_MAX);
		vcard_repair(work->arena, card, TEXT("import"));
		return crm_card_read(work, card, sheet->noun, row->values);
	}
	row->problem = crm_problem(work->arena, &work->err);
	err_clear(&work->err);
	return true;
}

bool sheet_next(struct work *work, struct sheet *sheet, struct sheet_row *row)
{
	struct reader *reader = sheet->reader;

	*row = (struct sheet_row){ .number = ++reader->number,
		.values = crm_json_own(work->arena, json_object()) };
	return sheet->is_vcard ? next_card(work, sheet, row) : next_csv(work, sheet, row);
}
