/* value_text.c - values as people read them in a table: CSV, search. */
#include "base/base.h"
#include "base/clock.h"
#include "base/str.h"
#include "crm/field.h"

static void add_part(struct buf *buf, const json_t *item, const char *key, const char *between)
{
	struct text part = crm_get_text(item, key);

	if (part.len && buf->len)
		buf_add(buf, text_of(between));
	if (part.len)
		buf_add(buf, part);
}

static struct text address_text(struct arena *arena, const json_t *item)
{
	static const char *const keys[] = { "street", "code", "city", "region", "country" };
	struct buf buf;

	buf_init(&buf, arena);
	for (size_t i = 0; i < COUNT_OF(keys); i++)
		add_part(&buf, item, keys[i], i == 2 ? " " : ", ");
	return buf_text(&buf);
}

static struct text item_text(struct arena *arena, const json_t *item)
{
	if (json_is_string(item))
		return (struct text){ json_string_value(item), json_string_length(item) };
	if (json_object_get(item, "value"))
		return crm_get_text(item, "value");
	if (json_object_get(item, "account"))
		return arena_printf(arena, "%lld", (long long)crm_get_int(item, "account"));
	return address_text(arena, item);
}

static struct text list_text(struct arena *arena, const json_t *list)
{
	struct buf buf;
	json_t *item;
	size_t i;

	buf_init(&buf, arena);
	json_array_foreach(list, i, item)
	{
		if (i)
			buf_add(&buf, TEXT("; "));
		buf_add(&buf, item_text(arena, item));
	}
	return buf_text(&buf);
}

static struct text money_text(struct arena *arena, int64_t hundredths)
{
	int64_t whole = hundredths / 100, rest = hundredths % 100;

	return arena_printf(arena, "%s%lld.%02lld", hundredths < 0 ? "-" : "",
	        (long long)(whole < 0 ? -whole : whole), (long long)(rest < 0 ? -rest : rest));
}

struct text crm_value_text(struct arena *arena, const struct crm_field *field, const json_t *value)
{
	if (!value || json_is_null(value))
		return TEXT("");
	if (field->type == CRM_TYPE_PHOTO)
		return TEXT("");
	if (field->type == CRM_TYPE_JSON)
		return crm_json_write(arena, value);
	if (field->type == CRM_TYPE_MONEY)
		return money_text(arena, json_integer_value(value));
	if (field->type == CRM_TYPE_TIME)
		return clock_rfc3339(arena, json_integer_value(value));
	if (json_is_integer(value))
		return arena_printf(arena, "%lld", (long long)json_integer_value(value));
	if (json_is_boolean(value))
		return json_is_true(value) ? TEXT("yes") : TEXT("no");
	if (json_is_array(value))
		return list_text(arena, value);
	return item_text(arena, value);
}
