#include "base/base.h"
#include "base/str.h"
#include "crm/day.h"
#include "crm/noun.h"
#include "crm/seed.h"
#include "store/house.h"

DB_STATEMENT(IS_SEEDED, "SELECT 1 FROM meta WHERE name = 'crm_seed'");
DB_STATEMENT(NOTE_SEEDED, "INSERT INTO meta (name, value) VALUES ('crm_seed', '1')");
DB_STATEMENT(ROW_ADD,
        "INSERT INTO crm_row (id, noun, parent, position, revision, created, modified, data)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)");

/* In order of their positions. `below`: belongs to the row before it that has none. */
static const struct seed {
	enum crm_noun noun;
	bool below;
	const char *data;
} SEEDS[] = {
	{ CRM_PIPELINE, false, "{\"name\":\"Sales\",\"preset\":true}" },
	{ CRM_STAGE, true, "{\"name\":\"Prospecting\",\"probability\":10,\"type\":\"open\"}" },
	{ CRM_STAGE, true, "{\"name\":\"Qualification\",\"probability\":20,\"type\":\"open\"}" },
	{ CRM_STAGE, true, "{\"name\":\"Proposal\",\"probability\":50,\"type\":\"open\"}" },
	{ CRM_STAGE, true, "{\"name\":\"Negotiation\",\"probability\":80,\"type\":\"open\"}" },
	{ CRM_STAGE, true, "{\"name\":\"Won\",\"probability\":100,\"type\":\"won\"}" },
	{ CRM_STAGE, true, "{\"name\":\"Lost\",\"probability\":0,\"type\":\"lost\"}" },
	{ CRM_LEAD_STATUS, false, "{\"name\":\"New\",\"type\":\"new\"}" },
	{ CRM_LEAD_STATUS, false, "{\"name\":\"Working\",\"type\":\"working\"}" },
	{ CRM_LEAD_STATUS, false, "{\"name\":\"Nurturing\",\"type\":\"nurturing\"}" },
	{ CRM_LEAD_STATUS, false, "{\"name\":\"Converted\",\"type\":\"converted\"}" },
	{ CRM_LEAD_STATUS, false, "{\"name\":\"Dead\",\"type\":\"dead\"}" },
	{ CRM_SLA, false,
	        "{\"clock\":\"business\",\"name\":\"Urgent\",\"priority\":\"Urgent\","
	        "\"resolution\":240,\"response\":60}" },
	{ CRM_SLA, false,
	        "{\"clock\":\"business\",\"name\":\"High\",\"priority\":\"High\","
	        "\"resolution\":960,\"response\":240}" },
	{ CRM_SLA, false,
	        "{\"clock\":\"business\",\"name\":\"Normal\",\"priority\":\"Normal\","
	        "\"resolution\":2400,\"response\":480}" },
	{ CRM_SLA, false,
	        "{\"clock\":\"business\",\"name\":\"Low\",\"priority\":\"Low\","
	        "\"resolution\":4800,\"response\":960}" },
};

static const struct {
	const char *list, *names;
} CHOICES[] = {
	{ "industry", "Manufacturing|Trade|Services|Software|Health|Education|Finance|Construction|"
	              "Transport|Energy|Public sector|Other" },
	{ "source", "Web form|Phone|Mail|Event|Referral|Partner|Advertising|Import|Other" },
	{ "product", "Standard" },
	{ "territory", "North|East|South|West|Abroad" },
	{ "lost_reason", "Price|Features|Competitor|No budget|No decision|Timing|Other" },
	{ "dead_reason",
	        "Not reachable|No interest|No budget|Not a customer for us|Duplicate|Other" },
	{ "cause", "Product fault|Operating error|Documentation|Delivery|Invoice|Service|"
	           "Third party|Other" },
};

struct seeding {
	struct writing *writing;
	int64_t revision, above, position;
};

static bool add(struct seeding *s, enum crm_noun noun, int64_t parent, struct text data)
{
	struct writing *w = s->writing;
	int64_t id;

	if (!writing_id(w, &id))
		return false;
	if (!parent)
		s->above = id;
	return db_run(w->db, w->err, &ROW_ADD,
	        DB_ARGS(DB_INT(id), DB_INT(noun), DB_INT(parent), DB_INT(++s->position),
	                DB_INT(s->revision), DB_INT(w->now), DB_TEXT(data)),
	        NULL);
}

static bool add_choices(struct seeding *s, const char *list, struct text names)
{
	struct text name;

	while (text_split(&names, '|', &name))
		if (!add(s, CRM_CHOICE, 0,
		            arena_printf(s->writing->arena, "{\"list\":\"%s\",\"name\":\"%.*s\"}",
		                    list, TEXT_ARG(name))))
			return false;
	return true;
}

static bool add_all(struct seeding *s)
{
	for (size_t i = 0; i < COUNT_OF(SEEDS); i++)
		if (!add(s, SEEDS[i].noun, SEEDS[i].below ? s->above : 0, text_of(SEEDS[i].data)))
			return false;
	for (size_t i = 0; i < COUNT_OF(CHOICES); i++)
		if (!add_choices(s, CHOICES[i].list, text_of(CHOICES[i].names)))
			return false;
	return true;
}

bool crm_seed(struct writing *w, void *data)
{
	struct seeding seeding = { .writing = w };
	struct db_rows *rows = db_query(w->db, w->err, &IS_SEEDED, DB_NO_ARGS);
	bool seeded = rows && db_next(rows);

	if (!db_done(rows) || !crm_days_note(w, crm_zone(house_settings(data))))
		return false;
	return seeded || (writing_change(w, &seeding.revision) && add_all(&seeding) &&
	                         db_run(w->db, w->err, &NOTE_SEEDED, DB_NO_ARGS, NULL));
}
