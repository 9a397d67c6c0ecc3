#include "db/pg_value.h"

#include <limits.h>

/* ---- SQL ---- */

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* Length of the quoted text, quoted name or comment that `sql` starts with, or 0. */
static size_t opaque_len(struct text sql)
{
	struct text end = TEXT("\n");
	ptrdiff_t at;

	if (sql.ptr[0] == '\'')
		end = TEXT("'");
	else if (sql.ptr[0] == '"')
		end = TEXT("\"");
	else if (text_starts(sql, TEXT("/*")))
		end = TEXT("*/");
	else if (!text_starts(sql, TEXT("--")))
		return 0;
	at = text_find(text_from(sql, 1), end);
	/* A doubled quote is the end of one quoted text and the start of the next. */
	return at < 0 ? sql.len : (size_t)at + 1 + end.len;
}

/* What stands for `word` on PostgreSQL. */
static struct text translate(struct text word, struct text before, bool schema)
{
	if (text_eq(word, TEXT("INTEGER")))
		return TEXT("BIGINT");
	if (text_eq(word, TEXT("BLOB")))
		return TEXT("BYTEA");
	if (schema && text_eq(word, TEXT("TEXT")) && !text_eq(before, TEXT("AS")))
		return TEXT("TEXT COLLATE \"C\"");
	return word;
}

static size_t word_len(struct text sql)
{
	size_t len = 0;

	while (len < sql.len && is_word(sql.ptr[len]))
		len++;
	return len;
}

struct text pg_sql(struct arena *arena, struct text sql, bool schema)
{
	struct text before = TEXT_NONE;
	struct buf out;

	buf_init(&out, arena);
	while (sql.len) {
		size_t len = opaque_len(sql);

		if (len) {
			buf_add(&out, text_sub(sql, 0, len));
		} else if (schema && text_starts(sql, TEXT("WITHOUT ROWID"))) {
			len = sizeof("WITHOUT ROWID") - 1;
		} else if ((len = word_len(sql))) {
			struct text word = text_sub(sql, 0, len);

			buf_add(&out, translate(word, before, schema));
			before = word;
		} else {
			len = 1;
			buf_char(&out, sql.ptr[0] == '?' ? '$' : sql.ptr[0]);
		}
		sql = text_from(sql, len);
	}
	return buf_text(&out);
}

/* ---- parameters ---- */

bool pg_is_bytes(unsigned type)
{
	return type == PG_TEXT || type == PG_BYTEA || type == PG_VARCHAR || type == PG_UNKNOWN;
}

static void put_int8(char *to, int64_t value)
{
	for (int i = 7; i >= 0; i--, value = (int64_t)((uint64_t)value >> 8))
		to[i] = (char)(value & 0xff);
}

static bool set_int(struct pg_param *param, unsigned type, int64_t value)
{
	param->at = param->room;
	param->binary = 1;
	if (type == PG_INT8) {
		put_int8(param->room, value);
		param->len = 8;
		return true;
	}
	/* In digits it fits every other type, or PostgreSQL says that it does not. */
	param->binary = pg_is_bytes(type);
	param->len = snprintf(param->room, sizeof(param->room), "%lld", (long long)value);
	return true;
}

bool pg_param_set(struct pg_param *param, unsigned type, const struct db_value *value)
{
	*param = (struct pg_param){ .at = NULL, .binary = 1 };
	if (value->type == DB_TYPE_INT)
		return set_int(param, type, value->num);
	if (value->type == DB_TYPE_NULL || !value->text.ptr)
		return true;
	param->at = value->text.ptr;
	param->len = (int)value->text.len;
	return pg_is_bytes(type) && value->text.len < INT_MAX;
}

/* ---- results ---- */

static int64_t get_signed(struct text bytes)
{
	uint64_t value = bytes.len && (bytes.ptr[0] & 0x80) ? UINT64_MAX : 0;

	for (size_t i = 0; i < bytes.len && i < 8; i++)
		value = value << 8 | (unsigned char)bytes.ptr[i];
	return (int64_t)value;
}

/* numeric_send(): count, weight, sign, scale, then digits to the base 10000, the first one worth
 * 10000 ^ weight. Sums of BIGINT are such. */
static int64_t get_numeric(struct text bytes)
{
	int64_t count = get_signed(text_sub(bytes, 0, 2)),
	        weight = get_signed(text_sub(bytes, 2, 2));
	int64_t sign = get_signed(text_sub(bytes, 4, 2)), value = 0;

	if (bytes.len < 8 || (sign && sign != 0x4000))
		return 0;
	for (int64_t i = 0; i <= weight; i++) {
		int64_t digit = 0;

		if (i < count && bytes.len >= 10 + 2 * (size_t)i)
			digit = get_signed(text_sub(bytes, 8 + 2 * (size_t)i, 2));
		/* Negative all along: there is one more number on that side. */
		if (__builtin_mul_overflow(value, 10000, &value) ||
		        __builtin_sub_overflow(value, digit, &value))
			return sign ? INT64_MIN : INT64_MAX;
	}
	if (sign)
		return value;
	return value == INT64_MIN ? INT64_MAX : -value;
}

static int64_t get_double(struct text bytes)
{
	int64_t bits = get_signed(bytes);
	double value;

	memcpy(&value, &bits, sizeof(value));
	if (value >= 0x1p63)
		return INT64_MAX;
	return value > -0x1p63 ? (int64_t)value : INT64_MIN;
}

int64_t pg_to_int(unsigned type, struct text bytes)
{
	int64_t value;

	switch (type) {
	case PG_BOOL:
	case PG_INT2:
	case PG_INT4:
	case PG_INT8: return get_signed(bytes);
	case PG_NUMERIC: return get_numeric(bytes);
	case PG_FLOAT8: return get_double(bytes);
	default: return pg_is_bytes(type) && text_to_int(bytes, &value) ? value : 0;
	}
}
