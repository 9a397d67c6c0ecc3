#include "people/csv.h"

void csv_start(struct csv *csv, struct arena *arena, struct text text)
{
	if (text_starts(text, TEXT("\xEF\xBB\xBF")))
		text = text_from(text, 3);
	*csv = (struct csv){ .arena = arena, .rest = text, .next_line = 1, .separator = ',' };
}

/* Up to the next separator or line end. */
static bool plain_field(struct csv *csv, struct text *field, struct err *err)
{
	size_t len = 0;

	for (; len < csv->rest.len; len++) {
		char c = csv->rest.ptr[len];

		if (c == csv->separator || c == '\n')
			break;
		if (c == '\r') {
			if (len + 1 == csv->rest.len || csv->rest.ptr[len + 1] == '\n')
				break;
			return err_set(err, ERR_BAD_REQUEST, "line %lld: a CR without LF",
			        (long long)csv->line);
		}
		if (c == '"')
			return err_set(err, ERR_BAD_REQUEST,
			        "line %lld: a quote inside a field that is not quoted",
			        (long long)csv->line);
	}
	*field = text_sub(csv->rest, 0, len);
	csv->rest = text_from(csv->rest, len);
	return true;
}

/* The opening quote is next. */
static bool quoted_field(struct csv *csv, struct text *field, struct err *err)
{
	struct text in = text_from(csv->rest, 1);
	struct buf out;
	size_t at = 0;

	buf_init(&out, csv->arena);
	for (;;) {
		ptrdiff_t quote = text_find_char(text_from(in, at), '"');

		if (quote < 0)
			return err_set(err, ERR_BAD_REQUEST, "line %lld: a quote that does not end",
			        (long long)csv->line);
		buf_add(&out, text_sub(in, at, (size_t)quote));
		at += (size_t)quote + 1;
		if (at == in.len || in.ptr[at] != '"')
			break;
		buf_char(&out, '"');
		at++;
	}
	for (size_t i = 0; i < at; i++)
		csv->next_line += in.ptr[i] == '\n';
	*field = buf_text(&out);
	csv->rest = text_from(in, at);
	if (csv->rest.len && csv->rest.ptr[0] != csv->separator &&
	        !strchr("\r\n", csv->rest.ptr[0]))
		return err_set(err, ERR_BAD_REQUEST, "line %lld: text behind a closing quote",
		        (long long)csv->line);
	return true;
}

static bool take(struct csv *csv, char c)
{
	if (!csv->rest.len || csv->rest.ptr[0] != c)
		return false;
	csv->rest = text_from(csv->rest, 1);
	return true;
}

static bool read_row(struct csv *csv, struct texts *fields, struct err *err)
{
	csv->line = csv->next_line;
	fields->len = 0;
	do {
		struct text *field = vec_push(csv->arena, fields);
		bool quoted = csv->rest.len && csv->rest.ptr[0] == '"';

		if (!(quoted ? quoted_field : plain_field)(csv, field, err))
			return false;
	} while (take(csv, csv->separator));
	take(csv, '\r');
	take(csv, '\n');
	csv->next_line++;
	return true;
}

bool csv_next(struct csv *csv, struct texts *fields, struct err *err)
{
	while (csv->rest.len) {
		if (!read_row(csv, fields, err))
			return false;
		if (fields->len > 1 || fields->at[0].len)
			return true;
	}
	return false;
}
