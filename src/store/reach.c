#include "store/reach.h"

#include "base/str.h"
#include "store/day.h"

/* Covers of today (?1), by the company's own midnight (store/day.h). The only JSON that is read
 * here, and the only thing that the two databases say differently. crm/noun.tbl.h: 33 is COVER. */
#define COVERS_SQLITE \
	"SELECT CAST(json_extract(data, '$.absent') AS INTEGER) AS absent," \
	" CAST(json_extract(data, '$.cover') AS INTEGER) AS cover FROM crm_row WHERE noun = 33" \
	" AND json_extract(data, '$.from') <= ?1 AND json_extract(data, '$.to') > ?1"
#define COVERS_POSTGRES \
	"SELECT CAST(data::json->>'absent' AS INTEGER) AS absent," \
	" CAST(data::json->>'cover' AS INTEGER) AS cover FROM crm_row WHERE noun = 33" \
	" AND data::json->>'from' <= ?1 AND data::json->>'to' > ?1"

/* below: who is in a group through whatever chain. under: what somebody manages, and all below it;
 * in subtree also who manages a group there, and not who manages the same one. */
#define WANTED(COVERS) \
	"WITH RECURSIVE covers(absent, cover) AS (" COVERS "), below(top, member) AS (" \
	" SELECT team, member FROM group_member WHERE is_manager = 0 UNION" \
	" SELECT b.top, g.member FROM below b JOIN group_member g" \
	" ON g.team = b.member AND g.is_manager = 0)," \
	"people(id) AS (SELECT id FROM principal WHERE kind = 1)," \
	"company(id) AS (SELECT id FROM principal WHERE name_key = 'company')," \
	"manages(viewer, team) AS (SELECT g.member, g.team FROM group_member g" \
	" JOIN people p ON p.id = g.member WHERE g.is_manager = 1 UNION" \
	" SELECT b.member, g.team FROM group_member g JOIN below b ON b.top = g.member" \
	" JOIN people p ON p.id = b.member WHERE g.is_manager = 1)," \
	"staff(id) AS (SELECT r.principal FROM principal_role r JOIN people p" \
	" ON p.id = r.principal WHERE r.role IN ('sales', 'support')" \
	" UNION SELECT viewer FROM manages)," \
	"own(viewer, holder) AS (SELECT id, id FROM people UNION" \
	" SELECT c.cover, c.absent FROM covers c JOIN people p ON p.id = c.cover)," \
	"team(viewer, team) AS (SELECT g.member, g.team FROM group_member g" \
	" JOIN staff s ON s.id = g.member WHERE g.is_manager = 0" \
	" AND g.team NOT IN (SELECT id FROM company))," \
	"queues(viewer, holder) AS (" \
	" SELECT o.viewer, o.holder FROM own o JOIN staff s ON s.id = o.viewer UNION" \
	" SELECT viewer, team FROM team UNION SELECT s.id, c.id FROM staff s CROSS JOIN company " \
	"c)," \
	"teams(viewer, holder) AS (SELECT viewer, holder FROM queues UNION" \
	" SELECT t.viewer, b.member FROM team t JOIN below b ON b.top = t.team)," \
	"under(viewer, holder) AS (SELECT viewer, team FROM manages UNION" \
	" SELECT m.viewer, b.member FROM manages m JOIN below b ON b.top = m.team)," \
	"subtree(viewer, holder) AS (SELECT viewer, holder FROM under UNION" \
	" SELECT u.viewer, g.member FROM under u JOIN group_member g" \
	" ON g.team = u.holder AND g.is_manager = 1 WHERE NOT EXISTS" \
	" (SELECT 1 FROM manages m WHERE m.viewer = u.viewer AND m.team = u.holder) UNION" \
	" SELECT viewer, holder FROM own WHERE viewer IN (SELECT viewer FROM manages))," \
	"wanted(viewer, reach, holder) AS (" \
	" SELECT 0, 4, id FROM principal WHERE kind IN (1, 2)" \
	" UNION SELECT viewer, 1, holder FROM own UNION SELECT viewer, 2, holder FROM teams" \
	" UNION SELECT viewer, 3, holder FROM subtree UNION SELECT viewer, 5, holder FROM queues" \
	" UNION SELECT viewer, 6, holder FROM teams WHERE viewer IN (SELECT viewer FROM manages)" \
	" UNION SELECT viewer, 6, holder FROM subtree" \
	" UNION SELECT viewer, 7, holder FROM queues WHERE viewer IN (SELECT viewer FROM manages)" \
	" UNION SELECT viewer, 7, holder FROM subtree) "
/* Who is gone may still hold records: those who see everything see them. */
#define FORGET \
	"DELETE FROM reach WHERE (viewer, reach, holder) IN (SELECT viewer, reach, holder" \
	" FROM reach WHERE viewer <> 0 EXCEPT SELECT viewer, reach, holder FROM wanted)"
#define LEARN \
	"INSERT INTO reach (viewer, reach, holder) SELECT viewer, reach, holder FROM wanted" \
	" EXCEPT SELECT viewer, reach, holder FROM reach"

DB_STATEMENT(FORGET_SQLITE,
        WANTED(COVERS_SQLITE) FORGET " /* sqlite only */ /* scan: of people, when they change */");
DB_STATEMENT(FORGET_POSTGRES, WANTED(COVERS_POSTGRES) FORGET " /* postgres only */");
DB_STATEMENT(LEARN_SQLITE,
        WANTED(COVERS_SQLITE) LEARN " /* sqlite only */ /* scan: of people, when they change */");
DB_STATEMENT(LEARN_POSTGRES, WANTED(COVERS_POSTGRES) LEARN " /* postgres only */");
DB_STATEMENT(TODAY_SQLITE, COVERS_SQLITE " ORDER BY absent, cover /* sqlite only */");
DB_STATEMENT(TODAY_POSTGRES, COVERS_POSTGRES " ORDER BY absent, cover /* postgres only */");

bool reach_work_out(struct writing *w, void *data)
{
	bool postgres = db_is_postgres(w->db);
	struct text day;

	(void)data;
	if (!day_of(w, w->now, &day))
		return false;
	/* The writer's chore looks whether somebody stands in for others now. */
	writing_untidy(w);
	return db_run(w->db, w->err, postgres ? &FORGET_POSTGRES : &FORGET_SQLITE,
	               DB_ARGS(DB_TEXT(day)), NULL) &&
	       db_run(w->db, w->err, postgres ? &LEARN_POSTGRES : &LEARN_SQLITE,
	               DB_ARGS(DB_TEXT(day)), NULL);
}

bool reach_covers(struct writing *w, struct covers *covers)
{
	struct db_rows *rows;
	struct text day;

	if (!day_of(w, w->now, &day))
		return false;
	rows = db_query(w->db, w->err, db_is_postgres(w->db) ? &TODAY_POSTGRES : &TODAY_SQLITE,
	        DB_ARGS(DB_TEXT(day)));
	*covers = (struct covers)VEC_EMPTY;
	while (rows && db_next(rows))
		*vec_push(w->arena, covers) = (struct cover){ db_int(rows, 0), db_int(rows, 1) };
	return db_done(rows);
}
