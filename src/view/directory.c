#include "base/base.h"
#include "contacts/contacts.h"
#include "people/reach.h"
#include "view/directory.h"

DB_STATEMENT(CARD_AT_HOME,
        "SELECT m.collection, m.name FROM record r JOIN member m ON m.record = r.id"
        " AND m.collection = r.home WHERE r.id = ?1");
DB_STATEMENT(COMPANY_BOOKS, "SELECT id FROM collection WHERE owner = ?1 AND crm IN (1, 2)"
                            " AND crm <> 0 AND parent > 0 ORDER BY id");

#define ENDING ".vcf"

static bool settle_directory(struct work *work, struct target *at)
{
	struct collection *c = arena_make(work->arena, struct collection);

	*c = (struct collection){ .parent = -1,
		.owner = work->who->company,
		.type = COLLECTION_ADDRESSBOOK,
		.name = TEXT("directory"),
		.crm = SHELF_DIRECTORY };
	at->is = at->path.len == 2 ? TARGET_COLLECTION : TARGET_NOTHING;
	at->collection = c;
	return principal_get(work, c->owner, &at->principal) &&
	       access_collection(work, c, &at->rights);
}

static bool where(struct work *work, int64_t record, int64_t *collection, struct text *name)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &CARD_AT_HOME, DB_ARGS(DB_INT(record))) : NULL;

	*collection = 0;
	if (rows && db_next(rows)) {
		*collection = db_int(rows, 0);
		*name = arena_text(work->arena, db_text(rows, 1));
	}
	return db_done(rows);
}

/* Readable through the directory, whatever else may be done with it at home. */
static uint64_t rights_here(uint64_t rights)
{
	return rights & privilege_mask(PRIVILEGE_READ);
}

static bool settle_card(struct work *work, struct target *at, int64_t record, bool body)
{
	struct collection *c;
	struct item *item;
	struct text name;
	int64_t id;

	uint64_t rights;

	if (!where(work, record, &id, &name) || !collection_get(work, id, &c))
		return false;
	if (!c || c->type != COLLECTION_ADDRESSBOOK)
		return true;
	if (!access_record(work, c, record, &rights) ||
	        !member_get(work, &(struct scope){ .collection = id }, name, body, &item))
		return false;
	if (!item || !rights_allow(rights, PRIVILEGE_READ))
		return true;
	at->rights = rights_here(rights);
	at->is = TARGET_MEMBER;
	at->collection = c;
	at->item = item;
	at->name = name; /* by which its body is found again */
	return principal_get(work, c->owner, &at->principal);
}

bool directory_find(struct work *work, bool body, struct target *at)
{
	struct text name = at->name;
	int64_t record;

	if (!work->who || at->path.len > 3)
		return true;
	if (!settle_directory(work, at))
		return false;
	if (at->path.len == 2 || at->path.slash || !text_ends(name, TEXT(ENDING)) ||
	        !text_to_int(text_sub(name, 0, name.len - strlen(ENDING)), &record))
		return true;
	return settle_card(work, at, record, body);
}

/* ---- asking ---- */

struct asking {
	struct work *work;
	const struct target *at;
	const struct card_filter *filter;
	size_t max;
	struct targets *found;
	bool more;
};

static bool add(struct asking *a, const struct collection *c, struct item *item, uint64_t rights)
{
	struct work *work = a->work;
	struct target *target = vec_push(work->arena, a->found);
	struct collection *copy = arena_make(work->arena, struct collection);

	*copy = *c;
	*target = (struct target){
		.is = TARGET_MEMBER,
		.area = a->at->area,
		.collection = copy,
		.item = item,
		.name = item->member.name,
		.rights = rights_here(rights),
	};
	target->href = arena_printf(
	        work->arena, DIRECTORY_HREF "%lld%s", (long long)item->member.record, ENDING);
	return principal_get(work, c->owner, &target->principal);
}

static bool ask_book(struct asking *a, const struct collection *c)
{
	struct items items = VEC_EMPTY;
	struct scope scope;
	bool more = false;

	if (a->more || !scope_of_seen(a->work, c, &scope))
		return a->more;
	if (!scope.collection)
		return true;
	if (!contacts_query(a->work, &scope, a->filter, a->max - a->found->len, &items, &more))
		return false;
	a->more = more;
	for (size_t i = 0; i < items.len; i++)
		if (!add(a, c, &items.at[i], scope.rights))
			return false;
	return true;
}

/* What is at home in the company, as far as it is seen. */
static bool ask_company(struct asking *a)
{
	struct db *db = work_reader(a->work);
	struct ids ids = VEC_EMPTY;
	struct db_rows *rows = db ? db_query(db, &a->work->err, &COMPANY_BOOKS,
	                                    DB_ARGS(DB_INT(a->work->who->company)))
	                          : NULL;

	while (rows && db_next(rows))
		*vec_push(a->work->arena, &ids) = db_int(rows, 0);
	if (!db_done(rows))
		return false;
	for (size_t i = 0; i < ids.len; i++) {
		struct collection *c;

		if (!collection_get(a->work, ids.at[i], &c) || (c && !ask_book(a, c)))
			return false;
	}
	return true;
}

/* Plain address books; what appears in the others is at home in the company. */
static bool ask_plain(struct asking *a, const struct collection *c)
{
	return c->type != COLLECTION_ADDRESSBOOK || c->crm || ask_book(a, c);
}

static bool ask_children(struct asking *a, const struct collection *home)
{
	struct collections children;

	if (!collection_children(a->work, home->id, &children))
		return false;
	for (size_t i = 0; i < children.len; i++)
		if (!ask_plain(a, &children.at[i]))
			return false;
	return true;
}

static bool ask_own_and_shared(struct asking *a)
{
	struct collections shared = VEC_EMPTY;
	struct collection *home;

	if (!collection_home(a->work, a->work->who->id, COLLECTION_ADDRESSBOOK_HOME, &home) ||
	        (home && !ask_children(a, home)) || !access_shared(a->work, &shared))
		return false;
	for (size_t i = 0; i < shared.len; i++) {
		const struct collection *c = &shared.at[i];

		if (c->type == COLLECTION_ADDRESSBOOK_HOME ? !ask_children(a, c) : !ask_plain(a, c))
			return false;
	}
	return true;
}

/* Each way to match wants some text that the index knows. */
static bool is_narrow(struct work *work, const struct card_filter *filter)
{
	struct card_hints hints = card_filter_hints(work->arena, filter);

	for (size_t i = 0; i < hints.len; i++)
		if (!hints.at[i].key.len)
			return false;
	return hints.len;
}

bool directory_query(struct work *work, const struct target *at, const struct card_filter *filter,
        size_t max, struct targets *found, bool *more)
{
	struct asking a = { work, at, filter, max, found, false };

	if (!is_narrow(work, filter))
		return err_set(&work->err, ERR_CARD_SUPPORTED_FILTER,
		        "the directory is asked for some text, it is not listed");
	if (!ask_company(&a) || !ask_own_and_shared(&a))
		return false;
	*more = a.more;
	return true;
}
