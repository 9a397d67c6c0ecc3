#include "base/base.h"
#include "people/reach.h"
#include "store/house.h"
#include "store/principal.h"

/* What is set for roles: crm/noun.tbl.h: 35 is VISIBILITY. */
DB_STATEMENT(SETTINGS_SQLITE, "SELECT json_extract(data, '$.role'), json_extract(data, '$.noun'),"
                              " json_extract(data, '$.reach') FROM crm_row WHERE noun = 35"
                              " ORDER BY parent, position, id /* sqlite only */");
DB_STATEMENT(SETTINGS_POSTGRES,
        "SELECT data::json->>'role', data::json->>'noun', data::json->>'reach' FROM crm_row"
        " WHERE noun = 35 ORDER BY parent, position, id /* postgres only */");
DB_STATEMENT(SEES, "SELECT 1 FROM crm_item i JOIN reach r ON r.viewer = ?2 AND r.reach = ?3"
                   " AND r.holder = i.holder WHERE i.record = ?1");
DB_STATEMENT(APPEARS, "SELECT 1 FROM member m JOIN collection c ON c.id = m.collection"
                      " AND c.owner = ?2 AND c.crm <> 0 WHERE m.record = ?1 LIMIT 1");
DB_STATEMENT(MANAGES, "SELECT 1 FROM reach r JOIN principal p ON p.id = r.holder AND p.kind = 2"
                      " WHERE r.viewer = ?1 AND r.reach = ?2 AND r.holder = ?3");

/* What a role may be given, as bits that add up. */
enum { SEES_OWN = 1, SEES_QUEUES = 2, SEES_TEAM = 4, SEES_SUBTREE = 8, SEES_ALL = 16 };

enum role { SALES, SUPPORT, MANAGER, ROLES };

static const struct text role_words[ROLES] = { TEXT_INIT("sales"), TEXT_INIT("support"),
	TEXT_INIT("manager") };

static const uint8_t presets[ROLES][SHELF_COUNT] = {
	[SALES] = { [SHELF_ACCOUNTS] = SEES_TEAM },
	[SUPPORT] = { [SHELF_ACCOUNTS] = SEES_ALL, [SHELF_CASES] = SEES_QUEUES },
	[MANAGER] = { [SHELF_NONE] = SEES_SUBTREE,
	        [SHELF_ACCOUNTS] = SEES_SUBTREE,
	        [SHELF_LEADS] = SEES_SUBTREE,
	        [SHELF_DEALS] = SEES_SUBTREE,
	        [SHELF_CASES] = SEES_SUBTREE,
	        [SHELF_JOURNAL] = SEES_SUBTREE },
};

static enum role role_of(struct text word)
{
	enum role role = 0;

	while (role < ROLES && !text_eq(word, role_words[role]))
		role++;
	return role;
}

static enum crm_shelf shelf_of(struct text noun)
{
	for (enum crm_shelf shelf = SHELF_ACCOUNTS; shelf < SHELF_JOURNAL; shelf++)
		if (text_eq(noun, shelf_row(shelf)->name))
			return shelf;
	return SHELF_NONE;
}

/* Support's own cases are those in its queues too, unless it is given more. */
static uint8_t sees_of(struct text word, enum role role, enum crm_shelf shelf)
{
	static const struct {
		struct text word;
		uint8_t sees;
	} words[] = { { TEXT_INIT("team"), SEES_TEAM }, { TEXT_INIT("subtree"), SEES_SUBTREE },
		{ TEXT_INIT("all"), SEES_ALL } };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (text_eq(word, words[i].word))
			return words[i].sees;
	return role == SUPPORT && shelf == SHELF_CASES ? SEES_QUEUES : SEES_OWN;
}

static bool read_settings(struct work *work, uint8_t sees[ROLES][SHELF_COUNT])
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	if (!db)
		return false;
	rows = db_query(db, &work->err, db_is_postgres(db) ? &SETTINGS_POSTGRES : &SETTINGS_SQLITE,
	        DB_NO_ARGS);
	while (rows && db_next(rows)) {
		enum role role = role_of(db_text(rows, 0));
		enum crm_shelf shelf = shelf_of(db_text(rows, 1));

		if (role < ROLES && shelf != SHELF_NONE)
			sees[role][shelf] = sees_of(db_text(rows, 2), role, shelf);
	}
	return db_done(rows);
}

static enum reach reach_from(unsigned sees)
{
	if (sees & SEES_ALL)
		return REACH_ALL;
	if (sees & SEES_SUBTREE)
		return sees & SEES_TEAM     ? REACH_TEAM_AND_SUBTREE
		       : sees & SEES_QUEUES ? REACH_QUEUES_AND_SUBTREE
		                            : REACH_SUBTREE;
	if (sees & SEES_TEAM)
		return REACH_TEAM;
	return sees & SEES_QUEUES ? REACH_QUEUES : REACH_OWN;
}

static bool read_roles(struct work *work, struct who *who)
{
	struct texts roles;

	if (!principal_roles(work, who->id, &roles))
		return false;
	for (size_t i = 0; i < roles.len; i++) {
		who->is_admin = who->is_admin || text_eq(roles.at[i], TEXT("admin"));
		who->is_sales = who->is_sales || text_eq(roles.at[i], TEXT("sales"));
		who->is_support = who->is_support || text_eq(roles.at[i], TEXT("support"));
	}
	return true;
}

/* Who is in a group that manages another one manages it too. */
static bool read_managed(struct work *work, struct who *who)
{
	for (size_t i = 0; i <= who->groups_len; i++) {
		int64_t by = i < who->groups_len ? who->groups[i] : who->id;
		struct ids managed;

		if (!principal_groups(work, by, true, &managed))
			return false;
		for (size_t k = 0; k < managed.len; k++) {
			who->is_manager = true;
			who->is_leadership = who->is_leadership || managed.at[k] == who->company;
		}
	}
	return true;
}

bool reach_of(struct work *work, struct who *who)
{
	uint8_t sees[ROLES][SHELF_COUNT];
	struct principal *company;

	memcpy(sees, presets, sizeof(sees));
	if (!principal_by_name(work, TEXT("company"), &company) || !read_roles(work, who))
		return false;
	who->company = company ? company->id : 0;
	if (!read_managed(work, who) || !read_settings(work, sees))
		return false;
	for (enum crm_shelf shelf = 0; shelf < SHELF_COUNT; shelf++) {
		unsigned all = who->is_admin || who->is_leadership ? SEES_ALL : SEES_OWN;

		all |= who->is_sales ? sees[SALES][shelf] : 0;
		all |= who->is_support ? sees[SUPPORT][shelf] : 0;
		all |= who->is_manager ? sees[MANAGER][shelf] : 0;
		who->reach[shelf] = (uint8_t)reach_from(all);
	}
	return true;
}

/* ---- one record ---- */

static bool ask(struct work *work, const struct db_stmt *stmt, struct db_args args, bool *yes)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;

	if (!db)
		return false;
	rows = db_query(db, &work->err, stmt, args);
	*yes = rows && db_next(rows);
	return db_done(rows);
}

bool reach_sees(struct work *work, enum crm_shelf shelf, int64_t record, bool *sees)
{
	const struct who *who = work->who;
	enum reach reach;

	*sees = false;
	if (!who)
		return true;
	reach = (enum reach)who->reach[shelf];
	if (!ask(work, &SEES,
	            DB_ARGS(DB_INT(record), DB_INT(reach_viewer(reach, who->id)), DB_INT(reach)),
	            sees))
		return false;
	return *sees || ask(work, &APPEARS, DB_ARGS(DB_INT(record), DB_INT(who->id)), sees);
}

bool reach_manages(struct work *work, int64_t group, bool *manages)
{
	const struct who *who = work->who;

	enum reach reach = REACH_SUBTREE;

	*manages = false;
	if (!who || !who->is_manager)
		return true;
	if (who->is_leadership)
		reach = REACH_ALL;
	return ask(work, &MANAGES,
	        DB_ARGS(DB_INT(reach_viewer(reach, who->id)), DB_INT(reach), DB_INT(group)),
	        manages);
}
