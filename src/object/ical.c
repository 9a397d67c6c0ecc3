#include "object/ical_parse.h"

#include "object/rule_impl.h"
#include "object/zone.h"

enum { LIST = 1, FIELDS = 2 };

struct prop_row {
	struct text name;
	enum ical_type type;
	unsigned flags;
};

static const struct prop_row PROPS[ICAL_P_COUNT] = {
#define ICAL_PROP(id, name, type, flags) \
	[ICAL_P_##id] = { TEXT_INIT(name), ICAL_TYPE_##type, flags },
#include "object/ical_props.tbl.h"
#undef ICAL_PROP
};

static const struct {
	enum ical_kind kind;
	struct text name;
} KINDS[] = {
	{ ICAL_VEVENT, TEXT_INIT("VEVENT") },
	{ ICAL_VTODO, TEXT_INIT("VTODO") },
	{ ICAL_VALARM, TEXT_INIT("VALARM") },
	{ ICAL_VTIMEZONE, TEXT_INIT("VTIMEZONE") },
	{ ICAL_STANDARD, TEXT_INIT("STANDARD") },
	{ ICAL_DAYLIGHT, TEXT_INIT("DAYLIGHT") },
	{ ICAL_VCALENDAR, TEXT_INIT("VCALENDAR") },
	{ ICAL_VJOURNAL, TEXT_INIT("VJOURNAL") },
	{ ICAL_VFREEBUSY, TEXT_INIT("VFREEBUSY") },
	{ ICAL_VAVAILABILITY, TEXT_INIT("VAVAILABILITY") },
	{ ICAL_AVAILABLE, TEXT_INIT("AVAILABLE") },
};

static const struct {
	const char *name;
	enum ical_type type;
} TYPES[] = {
	{ "BINARY", ICAL_TYPE_BINARY },
	{ "BOOLEAN", ICAL_TYPE_BOOLEAN },
	{ "CAL-ADDRESS", ICAL_TYPE_CAL_ADDRESS },
	{ "DATE", ICAL_TYPE_DATE },
	{ "DATE-TIME", ICAL_TYPE_DATE_TIME },
	{ "DURATION", ICAL_TYPE_DURATION },
	{ "FLOAT", ICAL_TYPE_FLOAT },
	{ "INTEGER", ICAL_TYPE_INTEGER },
	{ "PERIOD", ICAL_TYPE_PERIOD },
	{ "RECUR", ICAL_TYPE_RECUR },
	{ "TEXT", ICAL_TYPE_TEXT },
	{ "TIME", ICAL_TYPE_TIME },
	{ "URI", ICAL_TYPE_URI },
	{ "UTC-OFFSET", ICAL_TYPE_UTC_OFFSET },
};

/* Of each letter: the first row of PROPS with a name that begins with it, or behind it. */
static uint8_t first_row['Z' - 'A' + 2];

static void find_first_rows(void)
{
	unsigned row = 1;

	for (size_t i = 0; i < COUNT_OF(first_row); i++) {
		while (row < ICAL_P_COUNT && PROPS[row].name.ptr[0] < 'A' + (int)i)
			row++;
		first_row[i] = (uint8_t)row;
	}
}

bool ical_setup(void)
{
	size_t count;

	find_first_rows();
	rscale_setup();
	zone_names(&count);
	return count > 0;
}

struct text ical_bytes(const struct ical *ical)
{
	return ical->bytes;
}

const struct ical_comp *ical_calendar(const struct ical *ical)
{
	return ical->calendar;
}

const struct zone *ical_zone(const struct ical *ical, struct text tzid)
{
	const struct zone *zone = zone_find(tzid);

	for (size_t i = 0; !zone && i < ical->zones.len; i++)
		if (text_eq(ical->zones.at[i].tzid, tzid))
			zone = ical->zones.at[i].zone;
	return zone;
}

static const struct ical_comp *any_of(const struct ical_comp *comp, unsigned kinds)
{
	while (comp && !(comp->kind & kinds))
		comp = comp->next;
	return comp;
}

const struct ical_comp *ical_first(const struct ical_comp *parent, unsigned kinds)
{
	return any_of(parent->children, kinds);
}

const struct ical_comp *ical_next(const struct ical_comp *comp, unsigned kinds)
{
	return any_of(comp->next, kinds);
}

const struct ical_prop *ical_prop(const struct ical_comp *comp, enum ical_prop_id id)
{
	const struct ical_prop *prop = comp->props;

	while (prop && prop->id != id)
		prop = prop->next;
	return prop;
}

const struct ical_prop *ical_prop_next(const struct ical_prop *prop)
{
	enum ical_prop_id id = prop->id;

	for (prop = prop->next; prop && prop->id != id; prop = prop->next)
		continue;
	return prop;
}

const struct ical_prop *ical_prop_named(const struct ical_comp *comp, struct text name)
{
	const struct ical_prop *prop = comp->props;

	while (prop && !text_eq_nocase(prop->name, name))
		prop = prop->next;
	return prop;
}

enum ical_kind ical_kind_of(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(KINDS); i++)
		if (text_eq_nocase(KINDS[i].name, name))
			return KINDS[i].kind;
	return ICAL_OTHER;
}

struct text ical_kind_name(enum ical_kind kind)
{
	for (size_t i = 0; i < COUNT_OF(KINDS); i++)
		if (KINDS[i].kind == kind)
			return KINDS[i].name;
	return TEXT_NONE;
}

static unsigned char upper(char c)
{
	return (unsigned char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

/* Of a row, in capitals, and a name: the first letters tell most of them apart. */
static int order(struct text row, struct text name)
{
	size_t len = row.len < name.len ? row.len : name.len;

	for (size_t i = 0; i < len; i++) {
		int c = (unsigned char)row.ptr[i] - upper(name.ptr[i]);

		if (c)
			return c;
	}
	return (row.len > name.len) - (row.len < name.len);
}

enum ical_prop_id ical_prop_id_of(struct text name)
{
	unsigned from = 1, to = ICAL_P_COUNT;
	unsigned letter = name.len ? upper(name.ptr[0]) - 'A' : 0;

	/* Before ical_setup(), which not every program needs, all of them are looked through. */
	if (letter + 1 < COUNT_OF(first_row) && first_row[letter]) {
		from = first_row[letter];
		to = first_row[letter + 1];
	}
	while (name.len && from < to) {
		unsigned mid = (from + to) / 2;
		int c = order(PROPS[mid].name, name);

		if (!c)
			return mid;
		if (c < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return ICAL_P_OTHER;
}

struct text ical_prop_name(enum ical_prop_id id)
{
	return PROPS[id].name;
}

bool ical_prop_is_list(enum ical_prop_id id)
{
	return PROPS[id].flags & LIST;
}

bool ical_prop_is_fields(enum ical_prop_id id)
{
	return PROPS[id].flags & FIELDS;
}

enum ical_type ical_type_of(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(TYPES); i++)
		if (text_eq_nocase(text_of(TYPES[i].name), name))
			return TYPES[i].type;
	return ICAL_TYPE_UNKNOWN;
}

const char *ical_type_name(enum ical_type type)
{
	for (size_t i = 0; i < COUNT_OF(TYPES); i++)
		if (TYPES[i].type == type)
			return TYPES[i].name;
	return "UNKNOWN";
}

enum ical_type ical_prop_default_type(const struct ical_prop *prop)
{
	return PROPS[prop->id].type;
}

enum ical_type ical_prop_type(const struct ical_prop *prop)
{
	struct text said = prop->params.len ? ical_param(prop, "VALUE") : TEXT_NONE;

	return said.ptr ? ical_type_of(said) : PROPS[prop->id].type;
}

/* ---- parameters ---- */

bool ical_param_next(struct text *params, struct ical_param *param)
{
	bool quoted = false;
	size_t i = 0;
	ptrdiff_t equals;

	if (!params->len)
		return false;
	while (i < params->len && (quoted || params->ptr[i] != ';'))
		quoted ^= params->ptr[i++] == '"';
	param->name = text_sub(*params, 0, i);
	*params = text_from(*params, i < params->len ? i + 1 : i);
	equals = text_find_char(param->name, '=');
	param->values = equals < 0 ? TEXT("") : text_from(param->name, (size_t)equals + 1);
	if (equals >= 0)
		param->name.len = (size_t)equals;
	return true;
}

bool ical_param_value_next(struct text *values, struct text *value)
{
	bool quoted = false;
	size_t i = 0;

	if (!values->ptr)
		return false;
	while (i < values->len && (quoted || values->ptr[i] != ','))
		quoted ^= values->ptr[i++] == '"';
	*value = text_sub(*values, 0, i);
	*values = i < values->len ? text_from(*values, i + 1) : TEXT_NONE;
	if (value->len >= 2 && value->ptr[0] == '"' && value->ptr[value->len - 1] == '"')
		*value = text_sub(*value, 1, value->len - 2);
	return true;
}

struct text ical_param(const struct ical_prop *prop, const char *name)
{
	struct text params = prop->params, wanted = text_of(name), value;
	struct ical_param param;

	while (ical_param_next(&params, &param))
		if (text_eq_nocase(param.name, wanted) &&
		        ical_param_value_next(&param.values, &value))
			return value;
	return TEXT_NONE;
}

struct text ical_param_text(struct arena *arena, struct text value)
{
	struct buf out;

	if (text_find_char(value, '^') < 0)
		return value;
	buf_init(&out, arena);
	for (size_t i = 0; i < value.len; i++) {
		char next = i + 1 < value.len ? value.ptr[i + 1] : 0;
		bool pair = value.ptr[i] == '^' && (next == 'n' || next == '^' || next == '\'');

		buf_char(&out, !pair          ? value.ptr[i]
		               : next == 'n'  ? '\n'
		               : next == '\'' ? '"'
		                              : '^');
		i += pair;
	}
	return buf_text(&out);
}

/* ---- values ---- */

struct text ical_unescape(struct arena *arena, struct text raw)
{
	char *to;
	struct text out;

	if (text_find_char(raw, '\\') < 0)
		return raw;
	to = arena_alloc(arena, raw.len + 1);
	out = (struct text){ to, 0 };
	for (size_t i = 0; i < raw.len; i++) {
		char c = raw.ptr[i];

		if (c == '\\' && i + 1 < raw.len) {
			c = raw.ptr[++i];
			if (c == 'n' || c == 'N')
				c = '\n';
		}
		to[out.len++] = c;
	}
	return out;
}

struct text ical_escape(struct arena *arena, struct text text)
{
	struct buf out;

	buf_init(&out, arena);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n')
			continue;
		if (c == '\\' || c == ';' || c == ',' || c == '\n' || c == '\r')
			buf_char(&out, '\\');
		buf_char(&out, c == '\n' || c == '\r' ? 'n' : c);
	}
	return buf_text(&out);
}

struct text ical_text(struct arena *arena, const struct ical_comp *comp, enum ical_prop_id id)
{
	const struct ical_prop *prop = ical_prop(comp, id);

	if (!prop)
		return TEXT_NONE;
	return ical_prop_type(prop) == ICAL_TYPE_TEXT ? ical_unescape(arena, prop->value)
	                                              : prop->value;
}

bool ical_item_next(struct text *value, struct text *item)
{
	size_t i = 0;

	if (!value->ptr)
		return false;
	while (i < value->len && value->ptr[i] != ',')
		i += value->ptr[i] == '\\' && i + 1 < value->len ? 2 : 1;
	*item = text_sub(*value, 0, i);
	*value = i < value->len ? text_from(*value, i + 1) : TEXT_NONE;
	return true;
}

/* ---- writing ---- */

enum { FOLD_AT = 75 };

void ical_line(struct buf *out, struct text line)
{
	size_t room = FOLD_AT;

	while (line.len > room) {
		size_t cut = room;

		while (cut > 1 && ((unsigned char)line.ptr[cut] & 0xc0) == 0x80)
			cut--;
		buf_add(out, text_sub(line, 0, cut));
		buf_add(out, TEXT("\r\n "));
		line = text_from(line, cut);
		room = FOLD_AT - 1;
	}
	buf_add(out, line);
	buf_add(out, TEXT("\r\n"));
}
