#include "base/base.h"
#include "base/str.h"
#include "calendar/calendar.h"
#include "crm/assign.h"
#include "crm/day.h"
#include "crm/refs.h"
#include "store/house.h"
#include "store/principal.h"
#include "store/prop.h"
#include "wire/names.h"
#include "wire/xml_in.h"

enum { WEIGHT_MAX = 100, CANDIDATES_MAX = 200, A_MINUTE = 60 };

DB_STATEMENT(
        OPEN_OF, "SELECT count(*) FROM crm_item WHERE noun = ?1 AND holder = ?2 AND state = 0");
DB_STATEMENT(NEWEST_OF, "SELECT max(record) FROM crm_item WHERE noun = ?1 AND holder = ?2");
DB_STATEMENT(COVERS_OF, "SELECT data FROM crm_row WHERE noun = ?1 AND parent = 0");
DB_STATEMENT(CALENDARS_OF, "SELECT id FROM collection WHERE owner = ?1 AND parent > 0 AND type = 4"
                           " AND crm = 0 /* enum collection_type */");

struct candidate {
	int64_t user, weight;
	bool looked, away;
	int64_t open, newest; /* of this noun; counted on from here */
};
VEC_OF(candidates, struct candidate);

struct assign_rule {
	const struct crm_row *row;
	struct candidates candidates;
	bool loaded;
};

struct assigner {
	enum crm_noun noun;
	struct assign_rule *rules;
	size_t len;
	int64_t turn; /* larger than every record: what was given here is newest */
};

static const char *const ASKED[] = { "campaign", "source", "territory", "product", "language",
	"kind", "priority", "channel" };

/* ---- conditions ---- */

static bool is_asked(const char *key)
{
	for (size_t i = 0; i < COUNT_OF(ASKED); i++)
		if (!strcmp(key, ASKED[i]))
			return true;
	return false;
}

static bool one_holds(const json_t *wanted, const json_t *value)
{
	const json_t *one;
	size_t i;

	if (!json_is_array(wanted))
		return json_equal(wanted, value);
	json_array_foreach(wanted, i, one) if (json_equal(one, value)) return true;
	return false;
}

static bool all_hold(const json_t *conditions, const json_t *values)
{
	const json_t *wanted;
	const char *key;

	json_object_foreach((json_t *)conditions, key,
	        wanted) if (!one_holds(wanted, json_object_get(values, key))) return false;
	return true;
}

/* One value, or several: each as it stands in a record, else it never holds. */
static bool check_wanted(struct work *work, const struct crm_field *field, json_t *wanted)
{
	json_t *list = json_is_array(wanted) ? wanted
	                                     : crm_json_own(work->arena, json_pack("[O]", wanted));
	json_t *one, *canonical;
	size_t i;

	json_array_foreach(list, i, one)
	{
		if (!crm_value_check(work, field, one, &canonical) ||
		        (canonical && !refs_check(work, field, &canonical))) {
			work->err.field = "conditions";
			return false;
		}
		if (!json_equal(canonical, one))
			return err_field(
			        &work->err, "conditions", "%s: a value, or a list", field->key);
	}
	return true;
}

static bool check_candidates(struct work *work, const json_t *candidates)
{
	const json_t *one;
	size_t i;

	if (candidates &&
	        (!json_is_array(candidates) || json_array_size(candidates) > CANDIDATES_MAX))
		return err_field(&work->err, "candidates", "a list of at most %d people is wanted",
		        CANDIDATES_MAX);
	json_array_foreach(candidates, i, one)
	{
		int64_t weight = crm_get_int(one, "weight");
		struct principal *p = NULL;

		if (!principal_get(work, crm_get_int(one, "user"), &p))
			return false;
		if (!p || p->kind != PRINCIPAL_USER)
			return err_field(&work->err, "candidates", "there is no such user");
		if (json_object_get(one, "weight") && (weight < 1 || weight > WEIGHT_MAX))
			return err_field(
			        &work->err, "candidates", "a weight is from 1 to %d", WEIGHT_MAX);
	}
	return true;
}

bool assign_check_rule(struct work *work, const json_t *values)
{
	const json_t *conditions = json_object_get(values, "conditions");
	enum crm_noun noun =
	        text_eq(crm_get_text(values, "applies_to"), TEXT("cases")) ? CRM_CASE : CRM_LEAD;
	const char *key;
	json_t *wanted;

	if (conditions && !json_is_object(conditions))
		return err_field(&work->err, "conditions", "an object of field to value is wanted");
	json_object_foreach((json_t *)conditions, key, wanted)
	{
		const struct crm_field *field = crm_field(noun, text_of(key));

		if (!field || !is_asked(key))
			return err_field(&work->err, "conditions", "rules cannot ask for %s", key);
		if (!check_wanted(work, field, wanted))
			return false;
	}
	return check_candidates(work, json_object_get(values, "candidates"));
}

/* ---- candidates ---- */

static bool add_candidate(struct work *work, struct assign_rule *rule, int64_t user, int64_t weight)
{
	struct principal *p;

	if (!principal_get(work, user, &p))
		return false;
	if (p && p->kind == PRINCIPAL_USER)
		*vec_push(work->arena, &rule->candidates) =
		        (struct candidate){ .user = user, .weight = weight > 0 ? weight : 1 };
	return true;
}

static bool add_team(struct work *work, struct assign_rule *rule, int64_t team)
{
	struct ids members = VEC_EMPTY;

	if (!principal_members(work, team, false, &members))
		return false;
	for (size_t i = 0; i < members.len && i < CANDIDATES_MAX; i++)
		if (!add_candidate(work, rule, members.at[i], 1))
			return false;
	return true;
}

static bool load_candidates(struct work *work, struct assign_rule *rule)
{
	const json_t *list = json_object_get(rule->row->values, "candidates"), *one;
	size_t i;

	if (rule->loaded)
		return true;
	rule->loaded = true;
	if (!json_array_size(list))
		return add_team(work, rule, crm_get_int(rule->row->values, "team"));
	json_array_foreach(list, i, one) if (!add_candidate(work, rule, crm_get_int(one, "user"),
	                                             crm_get_int(one, "weight"))) return false;
	return true;
}

/* ---- who is away ---- */

static bool is_covered(struct work *work, int64_t user, bool *away)
{
	struct db *db = work_reader(work);
	struct db_rows *rows;
	bool ok = true;

	rows = db ? db_query(db, &work->err, &COVERS_OF, DB_ARGS(DB_INT(CRM_COVER))) : NULL;
	while (ok && !*away && rows && db_next(rows)) {
		json_t *cover;

		ok = crm_json_read(work, db_text(rows, 0), &cover);
		*away = ok && crm_get_int(cover, "absent") == user &&
		        crm_day_begins(work, crm_get_text(cover, "from")) <= work->now &&
		        work->now < crm_day_begins(work, crm_get_text(cover, "to"));
	}
	return db_done(rows) && ok;
}

/* What they have published beside their calendars (RFC 7953 7.2.4). What cannot be read says
 * nothing. */
static bool add_published(struct work *work, int64_t user, struct busy *busy)
{
	struct xml_limits limits = { 1 << 20, 10000, 32, 65536 };
	struct xml_name name = name_of(CAL_calendar_availability);
	struct err ignored = { 0 };
	struct collection *home;
	struct xml_node *node;
	struct ical *ical;
	struct text value;

	if (!collection_home(work, user, COLLECTION_CALENDAR_HOME, &home) || !home)
		return !err_is_set(&work->err);
	if (!prop_get(work, HOLDER_COLLECTION, home->id, name.uri, name.local, &value))
		return false;
	return !value.ptr || !xml_parse(work->arena, &ignored, &limits, value, &node) ||
	       !ical_parse(work->arena, &ignored, node->text, &ical) ||
	       busy_add_object(busy, ical) == ICAL_WHOLE ||
	       err_set(&work->err, ERR_NUMBER_OF_MATCHES, "please ask for a shorter time");
}

/* Out of office, or not to be reached, by all of their calendars at this very moment. */
static bool is_out(struct work *work, int64_t user, bool *away)
{
	struct ical_window window = { .range = { work->now, work->now + A_MINUTE },
		.floating = crm_zone(house_settings(work->house)) };
	struct busy *busy = busy_new(work->arena, &window);
	struct db *db = work_reader(work);
	struct ids calendars = VEC_EMPTY;
	struct db_rows *rows;

	rows = db ? db_query(db, &work->err, &CALENDARS_OF, DB_ARGS(DB_INT(user))) : NULL;
	while (rows && db_next(rows))
		*vec_push(work->arena, &calendars) = db_int(rows, 0);
	if (!db_done(rows))
		return false;
	for (size_t i = 0; i < calendars.len; i++) {
		const struct scope scope = { calendars.at[i], 0 };

		if (!calendar_busy(work, &scope, &window, busy))
			return false;
	}
	if (!add_published(work, user, busy))
		return false;
	*away = busy_is_away(busy, work->now);
	return true;
}

static bool looks_away(struct work *work, int64_t user, bool *away)
{
	*away = false;
	return is_covered(work, user, away) && (*away || is_out(work, user, away));
}

bool assigner_is_away(struct work *work, struct assigner *assigner, int64_t user, bool *away)
{
	(void)assigner;
	return looks_away(work, user, away);
}

/* ---- choosing ---- */

static bool number(struct work *work, const struct db_stmt *stmt, const struct candidate *c,
        enum crm_noun noun, int64_t *value)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, stmt, DB_ARGS(DB_INT(noun), DB_INT(c->user))) : NULL;

	*value = rows && db_next(rows) ? db_int(rows, 0) : 0;
	return db_done(rows);
}

static bool look_at(struct work *work, enum crm_noun noun, struct candidate *c)
{
	if (c->looked)
		return true;
	c->looked = true;
	return looks_away(work, c->user, &c->away) && number(work, &OPEN_OF, c, noun, &c->open) &&
	       number(work, &NEWEST_OF, c, noun, &c->newest);
}

/* Is `a` before `b` in line? Round robin: whose newest is oldest; fewest open; weighted: fewest
 * open for their weight. Ties go by turn, then by the order of the list. */
static bool goes_before(struct text method, const struct candidate *a, const struct candidate *b)
{
	int64_t x = a->open, y = b->open;

	if (text_eq(method, TEXT("round robin")))
		return a->newest < b->newest;
	if (text_eq(method, TEXT("weighted"))) {
		x = (a->open + 1) * b->weight;
		y = (b->open + 1) * a->weight;
	}
	return x != y ? x < y : a->newest < b->newest;
}

static bool choose(struct work *work, struct assigner *assigner, struct assign_rule *rule,
        struct assigned *assigned)
{
	struct text method = crm_get_text(rule->row->values, "method");
	struct candidate *best = NULL;

	if (text_eq(method, TEXT("queue")))
		return true;
	if (!load_candidates(work, rule))
		return false;
	for (size_t i = 0; i < rule->candidates.len; i++) {
		struct candidate *c = &rule->candidates.at[i];

		if (!look_at(work, assigner->noun, c))
			return false;
		if (!c->away && (!best || goes_before(method, c, best)))
			best = c;
	}
	if (best) {
		assigned->owner = best->user;
		best->open++;
		best->newest = assigner->turn++;
	}
	return true;
}

bool assigner_new(struct work *work, enum crm_noun noun, struct assigner **assigner)
{
	struct text for_noun = text_of(noun == CRM_CASE ? "cases" : "leads");
	struct assigner *a = arena_make(work->arena, struct assigner);
	struct crm_rows rows;

	if (!crm_rows_of(work, CRM_RULE, -1, &rows))
		return false;
	*a = (struct assigner){ .noun = noun,
		.rules = arena_array(work->arena, rows.len, sizeof(*a->rules)),
		.turn = INT64_MAX / 2 };
	for (size_t i = 0; i < rows.len; i++)
		if (crm_get_bool(rows.at[i].values, "enabled") &&
		        text_eq(crm_get_text(rows.at[i].values, "applies_to"), for_noun))
			a->rules[a->len++].row = &rows.at[i];
	*assigner = a;
	return true;
}

bool assigner_pick(struct work *work, struct assigner *assigner, const json_t *values,
        struct assigned *assigned)
{
	*assigned = (struct assigned){ 0 };
	for (size_t i = 0; i < assigner->len; i++) {
		struct assign_rule *rule = &assigner->rules[i];

		if (!all_hold(json_object_get(rule->row->values, "conditions"), values))
			continue;
		assigned->rule = rule->row->id;
		assigned->team = crm_get_int(rule->row->values, "team");
		return choose(work, assigner, rule, assigned);
	}
	return true;
}
