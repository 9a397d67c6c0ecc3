#include "base/base.h"
#include "crm/field.h"
#include "people/who.h"
#include "store/house.h"
#include "view/crm_names.h"

DB_STATEMENT(NAMES, "/* sqlite only */ SELECT p.id, p.display_name, '', 0"
                    " FROM json_each(?1) j JOIN principal p ON p.id = j.value"
                    " UNION ALL SELECT i.record, i.title, '', i.noun"
                    " FROM json_each(?1) j JOIN crm_item i ON i.record = j.value"
                    " UNION ALL SELECT r.id, '', r.data, r.noun FROM json_each(?1) j JOIN crm_row "
                    "r ON r.id = j.value");
DB_STATEMENT(NAMES_PG,
        "/* postgres only */ SELECT id, display_name, '', 0 FROM principal"
        " WHERE id = ANY(CAST(CAST(?1 AS TEXT) AS BIGINT[]))"
        " UNION ALL SELECT record, title, '', noun FROM crm_item WHERE record = ANY(CAST(?1 AS "
        "BIGINT[]))"
        " UNION ALL SELECT id, '', data, noun FROM crm_row WHERE id = ANY(CAST(CAST(?1 AS TEXT) AS "
        "BIGINT[]))");
DB_STATEMENT(FOLLOWED, "/* sqlite only */ SELECT f.record FROM json_each(?2) j JOIN crm_follow f"
                       " ON f.principal = ?1 AND f.record = j.value ORDER BY f.record");
DB_STATEMENT(FOLLOWED_PG, "/* postgres only */ SELECT record FROM crm_follow WHERE principal = ?1"
                          " AND record = ANY(CAST(CAST(?2 AS TEXT) AS BIGINT[])) ORDER BY record");

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void sort(struct ids *ids)
{
	size_t kept = 0;

	if (ids->len)
		qsort(ids->at, ids->len, sizeof(ids->at[0]), by_number);
	for (size_t i = 0; i < ids->len; i++)
		if (!kept || ids->at[kept - 1] != ids->at[i])
			ids->at[kept++] = ids->at[i];
	ids->len = kept;
}

bool crm_ids_have(const struct ids *sorted, int64_t id)
{
	return sorted->len &&
	       bsearch(&id, sorted->at, sorted->len, sizeof(sorted->at[0]), by_number);
}

/* A row is called what it has under "name", or else under "text". */
static struct text row_name(struct work *work, struct text data)
{
	json_t *values;
	struct text name;

	if (!crm_json_read(work, data, &values))
		return TEXT_NONE;
	name = crm_get_text(values, "name");
	return name.ptr ? name : crm_get_text(values, "text");
}

static int by_id(const void *a, const void *b)
{
	return by_number(&((const struct crm_named *)a)->id, &((const struct crm_named *)b)->id);
}

bool crm_names(struct work *work, struct ids *ids, struct crm_names *names)
{
	struct db *db = work_reader(work);
	bool postgres = db && db_is_postgres(db);
	struct db_rows *rows;

	*names = (struct crm_names){ NULL, 0 };
	sort(ids);
	if (!db || !ids->len)
		return db;
	names->at = arena_array(work->arena, ids->len, sizeof(*names->at));
	rows = db_query(db, &work->err, postgres ? &NAMES_PG : &NAMES,
	        DB_ARGS(DB_TEXT(db_ids(work->arena, db, ids->at, ids->len))));
	while (rows && names->len < ids->len && db_next(rows)) {
		struct text data = db_text(rows, 2);

		names->at[names->len++] = (struct crm_named){ db_int(rows, 0), db_int(rows, 3),
			data.len ? row_name(work, data)
			         : arena_text(work->arena, db_text(rows, 1)) };
	}
	if (!db_done(rows))
		return false;
	if (names->len)
		qsort(names->at, names->len, sizeof(*names->at), by_id);
	return true;
}

const struct crm_named *crm_named(const struct crm_names *names, int64_t id)
{
	struct crm_named key = { .id = id };

	if (!names->len)
		return NULL;
	return bsearch(&key, names->at, names->len, sizeof(*names->at), by_id);
}

struct text crm_name(const struct crm_names *names, int64_t id)
{
	const struct crm_named *found = crm_named(names, id);

	return found ? found->name : TEXT_NONE;
}

bool crm_followed(struct work *work, struct ids *ids, struct ids *followed)
{
	struct db *db = work_reader(work);
	bool postgres = db && db_is_postgres(db);
	struct db_rows *rows;

	*followed = (struct ids)VEC_EMPTY;
	sort(ids);
	if (!db || !ids->len || !work->who)
		return db;
	rows = db_query(db, &work->err, postgres ? &FOLLOWED_PG : &FOLLOWED,
	        DB_ARGS(DB_INT(work->who->id),
	                DB_TEXT(db_ids(work->arena, db, ids->at, ids->len))));
	while (rows && db_next(rows))
		*vec_push(work->arena, followed) = db_int(rows, 0);
	return db_done(rows);
}
