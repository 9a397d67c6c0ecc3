#include "base/base.h"
#include "base/str.h"
#include "crm/look.h"
#include "db/db.h"
#include "store/house.h"

DB_STATEMENT(ROW_BY_ID, "SELECT id, noun, parent, position, revision, created, modified, data"
                        " FROM crm_row WHERE id = ?1");
DB_STATEMENT(ROWS_BY_NOUN, "SELECT id, noun, parent, position, revision, created, modified, data"
                           " FROM crm_row WHERE noun = ?1 ORDER BY parent, position, id");
DB_STATEMENT(ROWS_BY_PARENT, "SELECT id, noun, parent, position, revision, created, modified, data"
                             " FROM crm_row WHERE noun = ?1 AND parent = ?2 ORDER BY position, id");
DB_STATEMENT(KNOWN_BY_ID,
        "SELECT record, noun, holder, owner, team, state, account, contact, parent, uid, title"
        " FROM crm_item WHERE record = ?1");
DB_STATEMENT(KNOWN_BY_UID,
        "SELECT record, noun, holder, owner, team, state, account, contact, parent, uid, title"
        " FROM crm_item WHERE uid = ?1 ORDER BY noun, record LIMIT 1");
DB_STATEMENT(KNOWN_BY_ALIAS,
        "SELECT i.record, i.noun, i.holder, i.owner, i.team, i.state, i.account, i.contact,"
        " i.parent, i.uid, i.title FROM crm_alias a JOIN crm_item i ON i.record = a.record"
        " WHERE a.uid = ?1");

DB_STATEMENT(FIELDS_BY_ID, "SELECT fields FROM crm_item WHERE record = ?1");
DB_STATEMENT(SHELF_OF_COMPANY,
        "SELECT c.id FROM principal p JOIN collection c ON c.owner = p.id AND c.crm = ?1"
        " WHERE p.name_key = 'company' AND c.crm <> 0 AND c.parent > 0 ORDER BY c.id LIMIT 1");

static bool row_read(struct work *work, struct db_rows *rows, struct crm_row *row)
{
	row->id = db_int(rows, 0);
	row->noun = (enum crm_noun)db_int(rows, 1);
	row->parent = db_int(rows, 2);
	row->position = db_int(rows, 3);
	row->revision = db_int(rows, 4);
	row->created = db_int(rows, 5);
	row->modified = db_int(rows, 6);
	row->data = arena_text(work->arena, db_text(rows, 7));
	return crm_json_read(work, row->data, &row->values);
}

static bool rows_read(
        struct work *work, const struct db_stmt *stmt, struct db_args args, struct crm_rows *list)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, stmt, args) : NULL;
	bool ok = rows != NULL;

	*list = (struct crm_rows)VEC_EMPTY;
	while (ok && db_next(rows))
		ok = row_read(work, rows, vec_push(work->arena, list));
	return db_done(rows) && ok;
}

bool crm_row_get(struct work *work, int64_t id, struct crm_row **row)
{
	struct crm_rows list;

	if (!rows_read(work, &ROW_BY_ID, DB_ARGS(DB_INT(id)), &list))
		return false;
	*row = list.len ? &list.at[0] : NULL;
	return true;
}

bool crm_rows_of(struct work *work, enum crm_noun noun, int64_t parent, struct crm_rows *rows)
{
	if (parent < 0)
		return rows_read(work, &ROWS_BY_NOUN, DB_ARGS(DB_INT(noun)), rows);
	return rows_read(work, &ROWS_BY_PARENT, DB_ARGS(DB_INT(noun), DB_INT(parent)), rows);
}

bool crm_row_named(struct work *work, enum crm_noun noun, struct text name, struct crm_row **row)
{
	struct text key = text_fold(work->arena, name);
	struct crm_rows rows;

	*row = NULL;
	if (!crm_rows_of(work, noun, -1, &rows))
		return false;
	for (size_t i = 0; i < rows.len && !*row; i++)
		if (text_eq(key, text_fold(work->arena, crm_get_text(rows.at[i].values, "name"))))
			*row = &rows.at[i];
	return true;
}

/* ---- records ---- */

static bool known_read(struct work *work, const struct db_stmt *stmt, struct db_value key,
        struct crm_known **known)
{
	struct db *db = work_reader(work);
	struct db_rows *rows = db ? db_query(db, &work->err, stmt, DB_ARGS(key)) : NULL;

	*known = NULL;
	if (rows && db_next(rows)) {
		struct crm_known *k = *known = arena_make(work->arena, struct crm_known);

		k->id = db_int(rows, 0);
		k->noun = (enum crm_noun)db_int(rows, 1);
		k->holder = db_int(rows, 2);
		k->owner = db_int(rows, 3);
		k->team = db_int(rows, 4);
		k->state = db_int(rows, 5);
		k->account = db_int(rows, 6);
		k->contact = db_int(rows, 7);
		k->parent = db_int(rows, 8);
		k->uid = arena_text(work->arena, db_text(rows, 9));
		k->title = arena_text(work->arena, db_text(rows, 10));
	}
	return db_done(rows);
}

struct soon {
	struct crm_known *known;
	struct soon *next;
};

void crm_known_soon(struct work *work, struct crm_known *known)
{
	struct soon *soon = arena_make(work->arena, struct soon);

	*soon = (struct soon){ known, work->soon };
	work->soon = soon;
}

bool crm_known(struct work *work, int64_t id, struct crm_known **known)
{
	for (const struct soon *soon = work->soon; soon; soon = soon->next)
		if (soon->known->id == id) {
			*known = soon->known;
			return true;
		}
	return known_read(work, &KNOWN_BY_ID, DB_INT(id), known);
}

bool crm_known_uid(struct work *work, struct text uid, struct crm_known **known)
{
	for (const struct soon *soon = work->soon; soon; soon = soon->next)
		if (text_eq(soon->known->uid, uid)) {
			*known = soon->known;
			return true;
		}
	return known_read(work, &KNOWN_BY_UID, DB_TEXT(uid), known) &&
	       (*known || known_read(work, &KNOWN_BY_ALIAS, DB_TEXT(uid), known));
}

bool crm_values(struct work *work, int64_t id, json_t **values)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &FIELDS_BY_ID, DB_ARGS(DB_INT(id))) : NULL;
	struct text fields =
	        rows && db_next(rows) ? arena_text(work->arena, db_text(rows, 0)) : TEXT_NONE;

	*values = NULL;
	return db_done(rows) && (!fields.ptr || crm_json_read(work, fields, values));
}

bool crm_home(struct work *work, enum crm_noun noun, struct collection **home)
{
	enum crm_shelf shelf = crm_noun_row(noun)->shelf;
	struct db *db = work_reader(work);
	struct db_rows *rows;
	int64_t id;

	*home = NULL;
	if (shelf == SHELF_NONE || !db)
		return shelf == SHELF_NONE;
	rows = db_query(db, &work->err, &SHELF_OF_COMPANY, DB_ARGS(DB_INT(shelf)));
	id = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows) && (!id || collection_get(work, id, home));
}
