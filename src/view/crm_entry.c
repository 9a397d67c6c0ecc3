/* crm_entry.c - one record or row, and what somebody may do with it. */
#include "base/base.h"
#include "base/str.h"
#include "crm/body.h"
#include "people/who.h"
#include "store/house.h"
#include "view/crm_impl.h"

DB_STATEMENT(LINE_BY_ID, LINE_SELECT "crm_item i WHERE i.record = ?1");
DB_STATEMENT(REVISION_BY_ID, "SELECT revision FROM record WHERE id = ?1");

static bool line_get(struct work *work, int64_t id, struct crm_line **line)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &LINE_BY_ID, DB_ARGS(DB_INT(id))) : NULL;

	*line = NULL;
	if (rows && db_next(rows)) {
		*line = arena_make(work->arena, struct crm_line);
		crm_line_read(rows, work->arena, *line);
	}
	return db_done(rows);
}

static bool revision_get(struct work *work, int64_t id, int64_t *revision)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &REVISION_BY_ID, DB_ARGS(DB_INT(id))) : NULL;

	*revision = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

static bool row_entry(struct work *work, enum crm_noun noun, int64_t id, struct crm_entry **entry)
{
	struct crm_row *row;
	bool sees = false;

	if (!crm_row_get(work, id, &row))
		return false;
	if (!row || row->noun != noun)
		return true;
	if (!crm_row_seen(work, row, &sees))
		return false;
	if (sees) {
		*entry = arena_make(work->arena, struct crm_entry);
		crm_row_entry(row, *entry);
	}
	return true;
}

bool crm_entry_get(struct work *work, enum crm_noun noun, int64_t id, struct crm_entry **entry)
{
	struct crm_known *known;
	struct crm_line *line;
	bool sees = false;

	*entry = NULL;
	if (crm_noun_is_row(noun))
		return row_entry(work, noun, id, entry);
	if (!crm_known(work, id, &known))
		return false;
	if (!known || known->noun != noun)
		return true;
	if (!crm_sees(work, known, &sees) || !line_get(work, id, &line))
		return false;
	if (!sees || !line)
		return true;
	*entry = arena_make(work->arena, struct crm_entry);
	**entry = (struct crm_entry){ .id = id,
		.created = line->created,
		.modified = line->modified,
		.noun = noun,
		.parent = line->parent,
		.holder = line->holder,
		.owner = line->owner,
		.state = line->state,
		.uid = line->uid,
		.title = line->title,
		.fields = line->fields };
	return revision_get(work, id, &(*entry)->revision);
}

bool crm_entry_image(struct work *work, const struct crm_entry *entry, json_t **image)
{
	json_t *values = crm_json_own(work->arena, json_object());
	struct record *record;
	struct vcard *card;

	*image = NULL;
	if (!crm_field(entry->noun, TEXT("photo")))
		return true;
	if (!record_get(work, entry->id, &record) || !record)
		return !err_is_set(&work->err);
	if (!vcard_parse(work->arena, &work->err, record->body, &card) ||
	        !crm_card_read(work, card, entry->noun, values))
		return false;
	*image = json_object_get(values, "photo");
	return true;
}

bool crm_may_change(struct work *work, const struct crm_entry *entry, bool *may)
{
	if (crm_noun_is_row(entry->noun))
		return crm_row_may_change(work, entry->noun, entry->parent, may);
	/* Everybody who works with accounts keeps them right. */
	*may = entry->noun == CRM_ACCOUNT || entry->noun == CRM_CONTACT;
	return *may || crm_commands(work, entry->holder, may);
}
