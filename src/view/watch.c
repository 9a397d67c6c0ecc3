#include "base/base.h"
#include "crm/sight.h"
#include "people/access.h"
#include "people/who.h"
#include "store/house.h"
#include "store/kind.h"
#include "view/watch.h"

DB_STATEMENT(HOLDER_SEEN, "SELECT 1 FROM reach WHERE viewer = ?1 AND reach = ?2 AND holder = ?3");

/* Which noun a notice is of; absent: nothing that a page shows. */
static struct text noun_of(const struct notice *n)
{
	const struct crm_noun_row *row = NULL;

	if (n->kind >= NOTICE_ROW)
		row = crm_noun_row((enum crm_noun)(n->kind - NOTICE_ROW));
	else if (n->kind == NOTICE_PEOPLE || n->kind == NOTICE_LOGINS)
		return TEXT_NONE;
	else if (n->kind > KIND_CARD)
		row = crm_noun_row(crm_noun_of_kind(n->kind));
	else if (n->kind == KIND_EVENT)
		row = crm_noun_row(n->tag & COMPONENT_VTODO ? CRM_TASK : CRM_MEETING);
	else if (n->kind == KIND_CARD)
		return TEXT("cards");
	else
		return TEXT("files");
	return row ? text_of(row->name) : TEXT_NONE;
}

/* ---- who may hear ---- */

static bool sees_now(struct work *work, int64_t id, bool *may)
{
	struct crm_known *known;

	*may = false;
	if (!crm_known(work, id, &known))
		return false;
	return !known || crm_sees(work, known, may);
}

static bool saw_before(struct work *work, const struct notice *n, bool *may)
{
	struct crm_sight sight;
	struct db *db;
	struct db_rows *rows;

	*may = false;
	if (!n->holder)
		return true;
	if (!crm_sight(work, crm_noun_of_kind(n->kind), &sight))
		return false;
	db = work_reader(work);
	rows = db ? db_query(db, &work->err, &HOLDER_SEEN,
	                    DB_ARGS(DB_INT(sight.viewer), DB_INT(sight.reach), DB_INT(n->holder)))
	          : NULL;
	*may = sight.reach == REACH_ALL || (rows && db_next(rows));
	return db_done(rows);
}

static bool reads_collection(struct work *work, int64_t id, bool *may)
{
	struct collection *c;
	uint64_t rights;

	*may = false;
	if (!collection_get(work, id, &c))
		return false;
	if (!c)
		return true;
	if (!access_collection(work, c, &rights))
		return false;
	*may = rights_allow(rights, PRIVILEGE_READ);
	return true;
}

/* A colleague's meeting or task is heard of by whoever sees what it belongs to. */
static bool may_hear_record(struct work *work, const struct notice *n, bool *may)
{
	bool is_crm = n->kind > KIND_CARD;

	*may = false;
	if (!is_crm && !reads_collection(work, n->collection, may))
		return false;
	if (!*may && (is_crm || n->kind == KIND_EVENT) && !sees_now(work, n->id, may))
		return false;
	return *may || !is_crm || saw_before(work, n, may);
}

/* Rows are the company's own words and figures: who is signed in may know that one changed. */
static bool may_hear(struct work *work, const struct notice *n, bool *may)
{
	*may = true;
	if (n->kind >= NOTICE_ROW)
		return true;
	return may_hear_record(work, n, may);
}

/* ---- gathering ---- */

static struct heard *heard_of(struct work *work, struct heard_list *list, struct text noun)
{
	struct heard *heard;

	for (size_t i = 0; i < list->len; i++)
		if (text_eq(list->at[i].noun, noun))
			return &list->at[i];
	heard = vec_push(work->arena, list);
	heard->noun = noun;
	return heard;
}

static void add(struct work *work, struct heard_list *list, struct text noun, int64_t id)
{
	struct ids *ids = &heard_of(work, list, noun)->ids;

	for (size_t i = 0; i < ids->len; i++)
		if (ids->at[i] == id)
			return;
	*vec_push(work->arena, ids) = id;
}

/* Who they are is everybody's to know. */
static void add_people(struct work *work, struct heard_list *list)
{
	heard_of(work, list, TEXT("users"));
	heard_of(work, list, TEXT("teams"));
}

bool watch_heard(struct work *work, const struct notice_list *notices, struct heard_list *heard)
{
	*heard = (struct heard_list)VEC_EMPTY;
	for (size_t i = 0; i < notices->len; i++) {
		const struct notice *n = &notices->at[i];
		struct text noun = noun_of(n);
		bool may;

		if (n->kind == NOTICE_PEOPLE)
			add_people(work, heard);
		if (!noun.ptr)
			continue;
		if (!may_hear(work, n, &may))
			return false;
		if (may)
			add(work, heard, noun, n->id);
	}
	return true;
}
