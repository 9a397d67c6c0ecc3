#include "base/base.h"
#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <unistd.h>

#include "app/config.h"
#include "app/config_fit.h"
#include "wire/letter.h"

enum type { TYPE_text, TYPE_int, TYPE_size, TYPE_time, TYPE_bool };

struct row {
	const char *section, *key;
	enum type type;
	const char *preset;
	int64_t min, max;
	const char *words;
	size_t offset;
};

static const struct row ROWS[] = {
#define SETTING(section, key, type, preset, min, max, words) \
	{ #section, #key, TYPE_##type, preset, min, max, words, \
		offsetof(struct settings, section##_##key) },
#include "base/config.tbl.h"
#undef SETTING
};

enum { ROW_COUNT = COUNT_OF(ROWS) };

struct config {
	struct arena *arena;
	struct settings settings;
	const char *value[ROW_COUNT]; /* as it was written */
	const char *origin[ROW_COUNT];
};

/* ---- values ---- */

struct unit {
	char letter;
	int64_t factor;
};

static const struct unit SIZES[] = { { 'K', 1LL << 10 }, { 'M', 1LL << 20 }, { 'G', 1LL << 30 },
	{ 'T', 1LL << 40 } };
static const struct unit TIMES[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };

/* A number with a unit behind it, or without. */
static bool number(struct text text, const struct unit *units, size_t len, int64_t *value)
{
	int64_t factor = 1;

	for (size_t i = 0; i < len && text.len; i++)
		if (text.ptr[text.len - 1] == units[i].letter) {
			factor = units[i].factor;
			text = text_trim(text_sub(text, 0, text.len - 1));
			break;
		}
	return text_to_int(text, value) && !__builtin_mul_overflow(*value, factor, value);
}

static bool truth(struct text text, bool *value)
{
	static const struct text yes[] = { TEXT_INIT("yes"), TEXT_INIT("true"), TEXT_INIT("on"),
		TEXT_INIT("1") };
	static const struct text no[] = { TEXT_INIT("no"), TEXT_INIT("false"), TEXT_INIT("off"),
		TEXT_INIT("0") };

	for (size_t i = 0; i < COUNT_OF(yes); i++) {
		*value = text_eq_nocase(text, yes[i]);
		if (*value || text_eq_nocase(text, no[i]))
			return true;
	}
	return false;
}

static bool set_text(
        struct config *config, const struct row *row, struct text value, void *at, struct err *err)
{
	if (!text_is_utf8(value) || !text_is_clean(value))
		return err_set(
		        err, ERR_BAD_REQUEST, "%s.%s is not clean UTF-8", row->section, row->key);
	/* A preset may be of a machine that knows less than others. */
	if (!text_eq(value, text_of(row->preset)) &&
	        !config_fits(config->arena, row->section, row->key, value, err))
		return false;
	*(const char **)at = arena_cstr(config->arena, value);
	return true;
}

static bool set_number(const struct row *row, struct text value, int64_t *at, struct err *err)
{
	const char *example = row->type == TYPE_size   ? ", e.g. 10M"
	                      : row->type == TYPE_time ? ", e.g. 30s"
	                                               : "";
	bool ok = row->type == TYPE_size   ? number(value, SIZES, COUNT_OF(SIZES), at)
	          : row->type == TYPE_time ? number(value, TIMES, COUNT_OF(TIMES), at)
	                                   : text_to_int(value, at);

	if (!ok)
		return err_set(err, ERR_BAD_REQUEST, "%s.%s wants a number%s, not \"%.*s\"",
		        row->section, row->key, example, TEXT_ARG(value));
	if (*at < row->min || *at > row->max)
		return err_set(err, ERR_BAD_REQUEST, "%s.%s lies between %lld and %lld, not %lld",
		        row->section, row->key, (long long)row->min, (long long)row->max,
		        (long long)*at);
	return true;
}

static bool set_value(
        struct config *config, size_t i, struct text value, const char *origin, struct err *err)
{
	const struct row *row = &ROWS[i];
	void *at = (char *)&config->settings + row->offset;
	bool ok;

	value = text_trim(value);
	if (row->type == TYPE_text)
		ok = set_text(config, row, value, at, err);
	else if (row->type == TYPE_bool)
		ok = truth(value, at) ||
		     err_set(err, ERR_BAD_REQUEST, "%s.%s is yes or no", row->section, row->key);
	else
		ok = set_number(row, value, at, err);
	config->value[i] = arena_cstr(config->arena, value);
	config->origin[i] = origin;
	return ok;
}

/* The row, or -1 with err set. */
static int find(struct text section, struct text key, struct err *err)
{
	bool known = false;

	for (int i = 0; i < ROW_COUNT; i++) {
		if (!text_eq(text_of(ROWS[i].section), section))
			continue;
		known = true;
		if (text_eq(text_of(ROWS[i].key), key))
			return i;
	}
	if (known)
		err_set(err, ERR_BAD_REQUEST, "there is no setting %.*s in [%.*s]", TEXT_ARG(key),
		        TEXT_ARG(section));
	else
		err_set(err, ERR_BAD_REQUEST, "there is no section [%.*s]", TEXT_ARG(section));
	return -1;
}

/* ---- the file ---- */

struct reading {
	struct config *config;
	const char *file;
	FILE *stream;
	int line;
	bool seen[ROW_COUNT];
	struct err err;
	int err_line;
};

static char *read_line(char *line, int size, void *stream)
{
	struct reading *reading = stream;

	reading->line++;
	return fgets(line, size, reading->stream);
}

static int on_pair(void *user, const char *section, const char *name, const char *value)
{
	struct reading *reading = user;
	struct config *config = reading->config;
	int i;

	if (err_is_set(&reading->err))
		return 0;
	reading->err_line = reading->line;
	i = find(text_of(section), text_of(name), &reading->err);
	if (i < 0)
		return 0;
	if (reading->seen[i])
		return err_set(&reading->err, ERR_BAD_REQUEST, "%s.%s is set twice", section, name);
	reading->seen[i] = true;
	return set_value(config, (size_t)i, text_of(value),
	        arena_printf(config->arena, "%s:%d", reading->file, reading->line).ptr,
	        &reading->err);
}

static bool read_file(struct config *config, const char *file, struct err *err)
{
	struct reading reading = { .config = config, .file = file, .stream = fopen(file, "re") };
	int rc;

	if (!reading.stream)
		return err_set(err, ERR_BAD_REQUEST, "%s: %s", file, strerror(errno));
	ini_use_stack = false;
	ini_allow_realloc = true;
	ini_max_line = 65536;
	ini_allow_multiline = false;
	rc = ini_parse_stream(read_line, &reading, on_pair, &reading);
	fclose(reading.stream);
	if (rc > 0 && (!err_is_set(&reading.err) || rc < reading.err_line))
		return err_set(
		        err, ERR_BAD_REQUEST, "%s:%d: neither [section] nor key = value", file, rc);
	if (err_is_set(&reading.err))
		return err_set(err, ERR_BAD_REQUEST, "%s:%d: %s", file, reading.err_line,
		        reading.err.detail);
	return !rc || err_set(err, ERR_BAD_REQUEST, "%s: it cannot be read", file);
}

/* ---- environment and command line ---- */

/* KONTOR_SERVER_LISTEN: a variable that names a section of ours must name a key too. */
static bool read_variable(
        struct config *config, struct text name, struct text value, struct err *err)
{
	char lower[64];
	struct text rest = { lower, name.len };
	struct text section;
	struct err why = { 0 };
	int i;

	if (name.len >= sizeof(lower))
		return true;
	for (size_t k = 0; k < name.len; k++)
		lower[k] = (char)tolower((unsigned char)name.ptr[k]);
	if (!text_split(&rest, '_', &section) || !rest.ptr)
		return true;
	i = find(section, rest, &(struct err){ 0 });
	if (i < 0) {
		for (int k = 0; k < ROW_COUNT; k++)
			if (text_eq(text_of(ROWS[k].section), section))
				return err_set(err, ERR_BAD_REQUEST,
				        "KONTOR_%.*s in the environment: there is no such setting",
				        TEXT_ARG(name));
		return true;
	}
	if (set_value(config, (size_t)i, value,
	            arena_printf(config->arena, "KONTOR_%.*s", TEXT_ARG(name)).ptr, &why))
		return true;
	return err_set(err, ERR_BAD_REQUEST, "KONTOR_%.*s in the environment: %s", TEXT_ARG(name),
	        why.detail);
}

static bool read_environment(struct config *config, struct err *err)
{
	for (char **one = environ; *one; one++) {
		struct text text = text_of(*one);
		ptrdiff_t equals = text_find_char(text, '=');

		if (equals < 0 || !text_starts(text, TEXT("KONTOR_")))
			continue;
		if (!read_variable(config, text_sub(text, 7, (size_t)equals - 7),
		            text_from(text, (size_t)equals + 1), err))
			return false;
	}
	return true;
}

static bool read_set(struct config *config, const struct config_set *set, struct err *err)
{
	ptrdiff_t equals = text_find_char(set->words, '=');
	ptrdiff_t dot = text_find_char(set->words, '.');
	struct err why = { 0 };
	int i = -1;

	if (equals < 0 || dot < 0 || dot > equals)
		return err_set(err, ERR_BAD_REQUEST, "%s %.*s: it should be section.key=value",
		        set->origin, TEXT_ARG(set->words));
	i = find(text_sub(set->words, 0, (size_t)dot),
	        text_trim(text_sub(set->words, (size_t)dot + 1, (size_t)(equals - dot) - 1)), &why);
	if (i >= 0 && set_value(config, (size_t)i, text_from(set->words, (size_t)equals + 1),
	                      set->origin, &why))
		return true;
	return err_set(
	        err, ERR_BAD_REQUEST, "%s %.*s: %s", set->origin, TEXT_ARG(set->words), why.detail);
}

/* ---- together ---- */

static bool check_mail(const struct settings *s, struct err *err)
{
	struct text server = text_of(s->mail_smtp);

	if (!server.len)
		return true;
	if (!text_starts(server, TEXT("smtp://")) && !text_starts(server, TEXT("smtps://")))
		return err_set(err, ERR_BAD_REQUEST,
		        "mail.smtp is smtp://HOST:PORT or smtps://HOST:PORT, not %s", s->mail_smtp);
	if (!s->mail_from[0] && !s->capture_support[0])
		return err_set(err, ERR_BAD_REQUEST,
		        "mail.smtp is set, but neither mail.from nor capture.support");
	if (s->mail_from[0] && !letter_address(text_of(s->mail_from)))
		return err_set(err, ERR_BAD_REQUEST, "mail.from is no address: %s", s->mail_from);
	return !s->mail_user[0] || s->mail_password_file[0] ||
	       err_set(err, ERR_BAD_REQUEST, "mail.user is set, but mail.password_file is not");
}

struct config *config_load(struct arena *arena, const struct config_source *source, struct err *err)
{
	struct config *config = arena_make(arena, struct config);

	config->arena = arena;
	for (size_t i = 0; i < ROW_COUNT; i++)
		if (!set_value(config, i, text_of(ROWS[i].preset), "preset", err))
			return NULL;
	if (source->file && (source->file_is_asked || !access(source->file, F_OK)) &&
	        !read_file(config, source->file, err))
		return NULL;
	if (!read_environment(config, err))
		return NULL;
	for (size_t i = 0; i < source->sets.len; i++)
		if (!read_set(config, &source->sets.at[i], err))
			return NULL;
	if (config->settings.tls_certificate[0] && !config->settings.tls_key[0]) {
		err_set(err, ERR_BAD_REQUEST, "tls.certificate is set, but tls.key is not");
		return NULL;
	}
	if (config->settings.limits_min_year > config->settings.limits_max_year) {
		err_set(err, ERR_BAD_REQUEST, "limits.min_year lies behind limits.max_year");
		return NULL;
	}
	return check_mail(&config->settings, err) ? config : NULL;
}

const struct settings *config_settings(const struct config *config)
{
	return &config->settings;
}

/* ---- writing ---- */

void config_show(const struct config *config, bool with_origin, struct buf *out)
{
	for (size_t i = 0; i < ROW_COUNT; i++) {
		buf_printf(out, "%s.%s = %s", ROWS[i].section, ROWS[i].key, config->value[i]);
		if (with_origin)
			buf_printf(out, "    # %s", config->origin[i]);
		buf_char(out, '\n');
	}
}

void config_template(struct buf *out)
{
	static const char *const types[] = { "text", "a number", "bytes: 512K, 10M, 2G",
		"a time: 30s, 10m, 2h, 7d", "yes or no" };
	const char *section = "";

	buf_add(out,
	        TEXT("# kontor.conf - every setting at its preset. Made from src/base/config.tbl.h "
	             "by\n"
	             "# `kontor config template`. The environment (KONTOR_SERVER_LISTEN) and the\n"
	             "# command line (--set server.listen=...) win over this file.\n"));
	for (size_t i = 0; i < ROW_COUNT; i++) {
		const struct row *row = &ROWS[i];

		if (strcmp(section, row->section)) {
			section = row->section;
			buf_printf(out, "\n[%s]\n", section);
		}
		buf_printf(out, "\n# %s (%s", row->words, types[row->type]);
		if (row->max)
			buf_printf(out, "; %lld to %lld", (long long)row->min, (long long)row->max);
		buf_printf(out, ")\n#%s =%s%s\n", row->key, row->preset[0] ? " " : "", row->preset);
	}
}
