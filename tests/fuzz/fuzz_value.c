/* A JSON object a run, as values of the noun that the first byte says. Claims: what is taken is
 * canonical, which is what it stays when it is taken again; as text it is clean. Keys of telephone
 * numbers, addresses and names come from the same bytes. */
#include "crm/field.h"
#include "crm/key.h"
#include "fuzz.h"

static void claim_canonical(struct work *work, const struct crm_field *field, const json_t *value)
{
	json_t *taken, *again;
	struct text text;

	err_clear(&work->err);
	if (!crm_value_check(work, field, value, &taken)) {
		FUZZ_CLAIM(work->err.id == ERR_CRM_VALUE && work->err.field == field->key);
		return;
	}
	if (!taken)
		return;
	FUZZ_CLAIM(crm_value_check(work, field, taken, &again));
	FUZZ_CLAIM(again && json_equal(taken, again));
	text = crm_value_text(work->arena, field, taken);
	FUZZ_CLAIM(text_is_utf8(text));
	if (field->type == CRM_TYPE_LINE || field->type == CRM_TYPE_LONG)
		FUZZ_CLAIM(text_is_clean(text) && text_eq(text, text_trim(text)));
}

static void claim_values(struct work *work, enum crm_noun noun, struct text bytes)
{
	const struct crm_field *field;
	json_t *object, *back;

	if (!crm_json_read(work, bytes, &object)) {
		FUZZ_CLAIM(work->err.id == ERR_BAD_REQUEST);
		return;
	}
	for (size_t i = 0; (field = crm_field_at(noun, i)); i++) {
		const char *key;
		json_t *value;

		claim_canonical(work, field, json_object_get(object, field->key));
		json_object_foreach(object, key, value) claim_canonical(work, field, value);
	}
	FUZZ_CLAIM(crm_json_read(work, crm_json_write(work->arena, object), &back));
	FUZZ_CLAIM(json_equal(object, back));
}

static void claim_keys(struct arena *arena, struct text bytes)
{
	struct text tel = crm_key_tel(arena, bytes), name = crm_file_name(arena, CRM_LEAD, bytes);

	for (size_t i = 4; i < tel.len; i++)
		FUZZ_CLAIM(tel.ptr[i] >= '0' && tel.ptr[i] <= '9');
	FUZZ_CLAIM(name.len > 4 && name.len < 200 && text_find_char(name, '/') < 0);
	crm_key_mail(arena, bytes);
	crm_key_name(arena, bytes);
	FUZZ_CLAIM(crm_midnight(bytes) % 86400 == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text bytes = { (const char *)data, size };
	struct work work = { .arena = arena_new() };
	const struct crm_noun_row *noun = crm_noun_at(size ? data[0] % 25 : 0);

	if (noun && size)
		claim_values(&work, noun->noun, text_from(bytes, 1));
	claim_keys(work.arena, bytes);
	arena_free(&work.arena);
	return 0;
}
