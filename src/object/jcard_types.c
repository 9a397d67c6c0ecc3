#include "object/jcard_types.h"

struct property {
	const char *name, *type;
	enum jcard_shape shape;
};

/* RFC 6350 6; RFC 6474, 6715, 8605 for what came later. */
static const struct property PROPERTIES[] = {
	{ "FN", "text", JCARD_SINGLE },
	{ "N", "text", JCARD_FIELDS_OF_LISTS },
	{ "TEL", "text", JCARD_SINGLE },
	{ "EMAIL", "text", JCARD_SINGLE },
	{ "UID", "uri", JCARD_SINGLE },
	{ "ADR", "text", JCARD_FIELDS_OF_LISTS },
	{ "ORG", "text", JCARD_FIELDS },
	{ "NICKNAME", "text", JCARD_LIST },
	{ "CATEGORIES", "text", JCARD_LIST },
	{ "NOTE", "text", JCARD_SINGLE },
	{ "URL", "uri", JCARD_SINGLE },
	{ "PHOTO", "uri", JCARD_SINGLE },
	{ "BDAY", "date-and-or-time", JCARD_SINGLE },
	{ "ANNIVERSARY", "date-and-or-time", JCARD_SINGLE },
	{ "REV", "timestamp", JCARD_SINGLE },
	{ "KIND", "text", JCARD_SINGLE },
	{ "MEMBER", "uri", JCARD_SINGLE },
	{ "TITLE", "text", JCARD_SINGLE },
	{ "ROLE", "text", JCARD_SINGLE },
	{ "PRODID", "text", JCARD_SINGLE },
	{ "GENDER", "text", JCARD_FIELDS },
	{ "IMPP", "uri", JCARD_SINGLE },
	{ "LANG", "language-tag", JCARD_SINGLE },
	{ "TZ", "text", JCARD_SINGLE },
	{ "GEO", "uri", JCARD_SINGLE },
	{ "LOGO", "uri", JCARD_SINGLE },
	{ "SOUND", "uri", JCARD_SINGLE },
	{ "KEY", "uri", JCARD_SINGLE },
	{ "RELATED", "uri", JCARD_SINGLE },
	{ "SOURCE", "uri", JCARD_SINGLE },
	{ "XML", "text", JCARD_SINGLE },
	{ "CLIENTPIDMAP", "text", JCARD_FIELDS },
	{ "FBURL", "uri", JCARD_SINGLE },
	{ "CALADRURI", "uri", JCARD_SINGLE },
	{ "CALURI", "uri", JCARD_SINGLE },
	{ "VERSION", "text", JCARD_SINGLE },
	{ "BIRTHPLACE", "text", JCARD_SINGLE },
	{ "DEATHPLACE", "text", JCARD_SINGLE },
	{ "DEATHDATE", "date-and-or-time", JCARD_SINGLE },
	{ "EXPERTISE", "text", JCARD_SINGLE },
	{ "HOBBY", "text", JCARD_SINGLE },
	{ "INTEREST", "text", JCARD_SINGLE },
	{ "ORG-DIRECTORY", "uri", JCARD_SINGLE },
	{ "CONTACT-URI", "uri", JCARD_SINGLE },
};

static const struct property *find(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(PROPERTIES); i++)
		if (text_eq_nocase(name, text_of(PROPERTIES[i].name)))
			return &PROPERTIES[i];
	return NULL;
}

struct text jcard_default_type(struct text property)
{
	const struct property *found = find(property);

	return text_of(found ? found->type : "unknown");
}

enum jcard_shape jcard_shape_of(struct text property)
{
	const struct property *found = find(property);

	return found ? found->shape : JCARD_SINGLE;
}

enum jcard_type jcard_type_of(struct text type)
{
	static const struct {
		const char *name;
		enum jcard_type type;
	} TYPES[] = {
		{ "text", JCARD_TEXT },
		{ "date", JCARD_DATE },
		{ "date-time", JCARD_DATE },
		{ "date-and-or-time", JCARD_DATE },
		{ "timestamp", JCARD_DATE },
		{ "time", JCARD_TIME },
		{ "utc-offset", JCARD_OFFSET },
		{ "boolean", JCARD_BOOLEAN },
		{ "integer", JCARD_INTEGER },
		{ "float", JCARD_FLOAT },
	};

	for (size_t i = 0; i < COUNT_OF(TYPES); i++)
		if (text_eq_nocase(type, text_of(TYPES[i].name)))
			return TYPES[i].type;
	return JCARD_RAW;
}

bool jcard_is_name(struct text name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') &&
		        c != '-' && c != '_')
			return false;
	}
	return name.len;
}

bool jcard_is_one_line(struct text text)
{
	return text_is_clean(text) && text_find_char(text, '\n') < 0 &&
	       text_find_char(text, '\r') < 0;
}
