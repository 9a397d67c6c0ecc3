#include "base/base.h"
#include "app/manual.h"
#include "crm/field.h"

static const struct command {
	const char *name, *arguments, *line, *help;
} COMMANDS[] = {
#define CMD(name, function, arguments, line, help) { #name, arguments, line, help },
#include "app/cmd.tbl.h"
#undef CMD
};

static const struct setting {
	const char *section, *key, *type, *preset, *words;
} SETTINGS[] = {
#define SETTING(section, key, type, preset, min, max, words) \
	{ #section, #key, #type, preset, words },
#include "base/config.tbl.h"
#undef SETTING
};

/* What scdoc would take for markup. */
static void add_plain(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\*_`", *text))
			buf_char(out, '\\');
		buf_char(out, *text);
	}
}

static void add_literal(struct buf *out, const char *text)
{
	if (text[0])
		buf_printf(out, "\n```\n%s```\n", text);
}

static void add(struct buf *out, const char *text)
{
	buf_add(out, text_of(text));
}

static const char *class_words(const struct crm_field *field)
{
	switch (field->class) {
	case CRM_FREE: return "free";
	case CRM_GUARDED: return "guarded";
	case CRM_PRIVATE: return "private";
	case CRM_SYSTEM: return "worked out";
	}
	return "";
}

/* "Customer|Prospect" would be two cells. */
static void add_cell(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '|' || *text == '*')
			buf_char(out, '\\');
		buf_char(out, *text);
	}
}

static void add_field(struct buf *out, const struct crm_field *field)
{
	buf_printf(
	        out, "| %s | `%s` | %s | ", field->label, field->key, crm_type_name(field->type));
	add_cell(out, field->of ? field->of : "");
	buf_printf(out, " | %s | %s |\n", field->wire ? field->wire : "", class_words(field));
}

void manual_fields(struct buf *out)
{
	const struct crm_noun_row *noun;
	const struct crm_field *field;

	add(out, "# The fields of the CRM\n\nMade by `kontor config manual fields` from "
	         "`src/crm/fields.tbl.h`; what the classes mean stands in [crm.md](crm.md).\n"
	         "`sender` of cases and notes is the address that a mail came from: it may be "
	         "nobody's "
	         "whom the company\nknows, and it decides whose answers go on with the case.\n");
	for (size_t i = 0; (noun = crm_noun_at(i)); i++) {
		buf_printf(out,
		        "\n## %s (`%s`)\n\n| field | key | type | of | on the wire | class |\n"
		        "|---|---|---|---|---|---|\n",
		        noun->many, noun->name);
		for (size_t k = 0; (field = crm_field_at(noun->noun, k)); k++)
			add_field(out, field);
	}
}

void manual_commands(struct buf *out)
{
	add(out, "kontor(1)\n\n# NAME\n\nkontor - calendars, tasks, contacts and files for a "
	         "company\n\n# SYNOPSIS\n\n*kontor* _COMMAND_ [options]\n\n# DESCRIPTION\n\n"
	         "kontor serves calendars, tasks, contacts (CalDAV, CardDAV) and files (WebDAV). "
	         "Every command but *serve* does its work and ends; all of them work beside a "
	         "server that runs on the same data.\n\n# OPTIONS OF ALL COMMANDS\n\n"
	         "*--data* _DIR_\n\tThe data directory; short for --set server.data\\_dir=DIR.\n\n"
	         "*--config* _FILE_\n\tThe configuration file: see *kontor.conf*(5).\n\n"
	         "*--set* _SECTION.KEY=VALUE_\n\tA setting; wins over file and environment.\n\n"
	         "*--help*\n\tSays what the command takes.\n\n# COMMANDS\n");
	for (size_t i = 0; i < COUNT_OF(COMMANDS); i++) {
		const struct command *c = &COMMANDS[i];

		buf_printf(out, "\n## kontor %s ", c->name);
		add_plain(out, c->arguments);
		add(out, "\n\n");
		add_plain(out, c->line);
		add(out, ".\n");
		add_literal(out, c->help);
	}
	add(out,
	        "\n# EXIT STATUS\n\n*0* done; *1* failed, standard error says why; *2* the command "
	        "line was not understood.\n\n# SEE ALSO\n\n*kontor.conf*(5), *kontor*(8)\n");
}

static const char *type_words(const char *type)
{
	if (!strcmp(type, "int"))
		return "number";
	if (!strcmp(type, "size"))
		return "bytes; K, M, G, T may follow the number";
	if (!strcmp(type, "time"))
		return "time: s, m, h or d follow the number";
	return strcmp(type, "bool") != 0 ? "text" : "yes or no";
}

void manual_settings(struct buf *out)
{
	const char *section = "";

	add(out,
	        "kontor.conf(5)\n\n# NAME\n\nkontor.conf - settings of kontor\n\n# DESCRIPTION\n\n"
	        "An INI file: sections in brackets, _key = value_ a line, comments begin with ; or "
	        "#. Kontor reads /etc/kontor/kontor.conf, or what *--config* or KONTOR\\_CONFIG "
	        "name. A variable KONTOR\\_SECTION\\_KEY in the environment wins over the file, "
	        "*--set* _section.key=value_ wins over both. What is not known or not right stops "
	        "the start, and names its line. SIGHUP reads the file anew.\n");
	for (size_t i = 0; i < COUNT_OF(SETTINGS); i++) {
		const struct setting *s = &SETTINGS[i];

		if (strcmp(section, s->section) != 0)
			buf_printf(out, "\n# SECTION %s\n", s->section);
		section = s->section;
		add(out, "\n*");
		add_plain(out, s->key);
		buf_printf(out, "* (%s", type_words(s->type));
		if (s->preset[0]) {
			add(out, "; preset: ");
			add_plain(out, s->preset);
		}
		add(out, ")\n\t");
		add_plain(out, s->words);
		add(out, "\n");
	}
	add(out, "\n# SEE ALSO\n\n*kontor*(1), *kontor*(8)\n");
}
