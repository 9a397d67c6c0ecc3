#include "base/err.h"

static const struct err_row ROWS[ERR_COUNT] = {
	[ERR_NONE] = { 200, ERR_NS_NONE, NULL, "" },
#define ERR(id, status, ns, element, words) [ERR_##id] = { status, ns, element, words },
#include "base/err.tbl.h"
#undef ERR
};

const struct err_row *err_row(enum err_id id)
{
	assert((unsigned)id < ERR_COUNT);
	return &ROWS[id];
}

/* A cut may not leave half a character: what is printed later must be UTF-8. */
static void cut_at_character(char *text, size_t len)
{
	size_t start = len;

	while (start && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
		start--;
	if (start && (unsigned char)text[start - 1] >= 0xC0)
		text[start - 1] = '\0';
}

/* One conversion behind its '%', as text; what follows it, or NULL where it is of a kind that no
 * refusal uses. */
static const char *keep_arg(char out[ERR_ARG_BYTES], const char *at, va_list *args)
{
	int precision = ERR_ARG_BYTES, longs = 0;
	long long number;

	if (at[0] == '.' && at[1] == '*') {
		precision = va_arg(*args, int);
		at += 2;
	}
	for (; *at == 'l' || *at == 'z'; at++)
		longs++;
	if (*at == 's') {
		snprintf(out, ERR_ARG_BYTES, "%.*s", precision, va_arg(*args, const char *));
		if (strlen(out) == ERR_ARG_BYTES - 1)
			cut_at_character(out, ERR_ARG_BYTES - 1);
		return at + 1;
	}
	if (*at != 'd' && *at != 'u')
		return NULL;
	number = longs ? va_arg(*args, long long) : va_arg(*args, int);
	snprintf(out, ERR_ARG_BYTES, "%lld", number);
	return at + 1;
}

static void keep_args(struct err *err, const char *format, va_list given)
{
	va_list args;

	err->format = format;
	err->args_len = 0;
	va_copy(args, given);
	while (format && err->args_len < ERR_ARGS_MAX && (format = strchr(format, '%'))) {
		format++;
		if (*format == '%')
			format++;
		else if ((format = keep_arg(err->args[err->args_len], format, &args)))
			err->args_len++;
	}
	va_end(args);
}

static bool set(struct err *err, enum err_id id, const char *format, va_list args)
{
	int len;

	assert(id != ERR_NONE && (unsigned)id < ERR_COUNT);
	err->id = id;
	err->href[0] = '\0';
	err->privilege = NULL;
	err->field = NULL;
	keep_args(err, format, args);
	len = vsnprintf(err->detail, sizeof(err->detail), format, args);
	if (len < 0)
		err->detail[0] = '\0';
	else if ((size_t)len >= sizeof(err->detail))
		cut_at_character(err->detail, sizeof(err->detail) - 1);
	return false;
}

/* Half a path would name something else: one that is too long is left out. */
static void set_href(struct err *err, struct text href)
{
	if (href.len >= sizeof(err->href))
		return;
	if (href.len)
		memcpy(err->href, href.ptr, href.len);
	err->href[href.len] = '\0';
}

bool err_set(struct err *err, enum err_id id, const char *format, ...)
{
	va_list args;

	if (err_is_set(err))
		return false;
	va_start(args, format);
	set(err, id, format, args);
	va_end(args);
	return false;
}

bool err_href(struct err *err, enum err_id id, struct text href, const char *format, ...)
{
	va_list args;

	if (err_is_set(err))
		return false;
	va_start(args, format);
	set(err, id, format, args);
	va_end(args);
	set_href(err, href);
	return false;
}

bool err_privilege(struct err *err, struct text href, const char *privilege)
{
	if (err_is_set(err))
		return false;
	err_href(err, ERR_NEED_PRIVILEGES, href, "this needs the privilege %s", privilege);
	err->privilege = privilege;
	return false;
}

bool err_field(struct err *err, const char *field, const char *format, ...)
{
	va_list args;

	if (err_is_set(err))
		return false;
	va_start(args, format);
	set(err, ERR_CRM_VALUE, format, args);
	va_end(args);
	err->field = field;
	return false;
}

void err_clear(struct err *err)
{
	err->id = ERR_NONE;
	err->detail[0] = '\0';
	err->href[0] = '\0';
	err->privilege = NULL;
	err->field = NULL;
	err->format = NULL;
	err->args_len = 0;
}
