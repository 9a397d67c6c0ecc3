/* import_twin.c - which record, or which row before it, a row of a file means. */
#include "base/base.h"
#include "base/str.h"
#include "crm/key.h"
#include "crm/sight.h"
#include "crm/twin.h"
#include "edit/import_impl.h"

enum { TWIN_SURE = 40 };

bool import_twin_of(struct work *work, enum crm_noun noun, const json_t *values, int64_t *id)
{
	struct twins twins;

	*id = 0;
	if (!twins_of(work, noun, values, 0, &twins))
		return false;
	for (size_t i = 0; i < twins.len && !*id; i++) {
		const struct twin *twin = &twins.at[i];
		bool sees;

		if (twin->record->noun != noun || twin->score < TWIN_SURE)
			continue;
		if (!crm_sees(work, twin->record, &sees))
			return false;
		if (sees)
			*id = twin->record->id;
	}
	return true;
}

/* What tells that two rows are one and the same: addresses, numbers, the UID of a card. */
static void keys_of(struct arena *arena, const struct sheet_row *row, struct texts *keys)
{
	static const char *const lists[] = { "emails", "phones" };
	const json_t *one;
	size_t k;

	for (size_t i = 0; i < COUNT_OF(lists); i++)
		json_array_foreach(json_object_get(row->values, lists[i]), k, one)
		{
			struct text value = crm_get_text(one, "value");
			struct text key =
			        i ? crm_key_tel(arena, value) : crm_key_mail(arena, value);

			if (key.ptr)
				*vec_push(arena, keys) = key;
		}
	if (row->uid.len)
		*vec_push(arena, keys) = arena_printf(arena, "uid:%.*s", TEXT_ARG(row->uid));
}

json_t *import_met(struct arena *arena, const struct map *map, const struct sheet_row *row)
{
	struct texts keys = VEC_EMPTY;
	json_t *values = NULL;

	keys_of(arena, row, &keys);
	for (size_t i = 0; i < keys.len && !values; i++)
		values = map_get(map, keys.at[i]);
	return values;
}

void import_remember(struct arena *arena, struct map *map, const struct sheet_row *row)
{
	struct texts keys = VEC_EMPTY;

	keys_of(arena, row, &keys);
	for (size_t i = 0; i < keys.len; i++)
		map_put(map, keys.at[i], row->values);
}

bool import_find_twin(struct work *work, struct importing *in, const struct sheet_row *row)
{
	struct crm_known *known = NULL;
	bool sees = false;

	in->twin = 0;
	in->uid = TEXT_NONE;
	if (row->uid.len && (!crm_known_uid(work, row->uid, &known) ||
	                            (known && !crm_sees(work, known, &sees))))
		return false;
	if (!known)
		in->uid = row->uid;
	if (text_eq(in->import->existing, TEXT("create")))
		return true;
	if (known && sees && known->noun == in->import->noun) {
		in->twin = known->id;
		return true;
	}
	return import_twin_of(work, in->import->noun, row->values, &in->twin);
}

bool import_repeats(struct importing *in, const struct sheet_row *row)
{
	json_t *first = in->tried ? import_met(in->outer->arena, in->tried, row) : NULL;
	bool same = text_eq(in->import->existing, TEXT("skip")) || json_equal(first, row->values);

	if (!first || text_eq(in->import->existing, TEXT("create")))
		return false;
	*(same ? &in->import->skipped : &in->import->changed) += 1;
	return true;
}
