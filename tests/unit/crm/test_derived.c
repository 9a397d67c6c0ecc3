/* Everything derived can be derived anew, out of bodies and what stands beside them. */
#include "crm.h"

#include "db/pool.h"

/* All of crm_item, crm_key, crm_person and event_span as one text. */
DB_STATEMENT(ITEMS,
        "SELECT record || '|' || noun || '|' || uid || '|' || holder || '|' || owner || '|' || team"
        " || '|' || state || '|' || status || '|' || entered || '|' || account || '|' || contact"
        " || '|' || parent || '|' || pipeline || '|' || stage || '|' || campaign || '|' || source"
        " || '|' || title || '|' || title_key || '|' || created || '|' || modified || '|' || start"
        " || '|' || due || '|' || closed || '|' || amount || '|' || probability || '|' || priority"
        " || '|' || number || '|' || score || '|' || until || '|' || fields FROM crm_item"
        " ORDER BY record /* scan: of a test */");
DB_STATEMENT(KEYS, "SELECT key || '|' || role || '|' || record FROM crm_key"
                   " ORDER BY key, role, record /* scan: of a test */");
DB_STATEMENT(PEOPLE, "SELECT account || '|' || record || '|' || role || '|' || is_primary || '|'"
                     " || since || '|' || until FROM crm_person ORDER BY account, record"
                     " /* scan: of a test */");
DB_STATEMENT(SPANS, "SELECT collection || '|' || width || '|' || first || '|' || record || '|' ||"
                    " last FROM event_span ORDER BY record, collection, width, first"
                    " /* scan: of a test */");

static const char *rows_of(struct fixture *f)
{
	static const struct db_stmt *const all[] = { &ITEMS, &KEYS, &PEOPLE, &SPANS };
	struct buf buf;

	buf_init(&buf, f->work.arena);
	work_step_end(&f->work);
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		struct db_rows *rows =
		        db_query(work_reader(&f->work), &f->work.err, all[i], DB_NO_ARGS);

		while (rows && db_next(rows))
			buf_printf(&buf, "%.*s\n", TEXT_ARG(db_text(rows, 0)));
		must(f, db_done(rows));
	}
	return buf_text(&buf).ptr;
}

static void one_of_everything(struct fixture *f)
{
	int64_t account, contact, deal, id;

	account = make(f, CRM_ACCOUNT,
	        "{'name': 'Acme', 'tier': 'A', 'type': 'Customer', 'tags': ['vip'],"
	        " 'phones': ['+49 30 1234567'], 'industry': 'Trade'}");
	contact = make(f, CRM_CONTACT,
	        with_id(f,
	                "{'given': 'Ada', 'family': 'Byron', 'emails': ['ada@example.org'],"
	                " 'accounts': [{'account': %lld, 'role': 'Boss', 'primary': true,"
	                " 'since': '2026-01-01'}]}",
	                account));
	make(f, CRM_LEAD,
	        "{'name': 'Cy', 'source': 'Event', 'value': 500, 'score': 3,"
	        " 'company': 'Dent', 'birthday': '1990-05-31', 'note': 'a, b; c'}");
	deal = make(f, CRM_DEAL,
	        with_id(f,
	                "{'name': 'Engines', 'contact': %lld, 'amount': 1000,"
	                " 'expected_close': '2027-03-01', 'tags': ['big']}",
	                contact));
	wait_for(f, 100);
	change(f, CRM_DEAL, deal, with_id(f, "{'stage': %lld}", row_named(f, CRM_STAGE, "Won")));
	make(f, CRM_NOTE, with_id(f, "{'text': 'Signed', 'parent': %lld}", deal));
	make(f, CRM_TASK,
	        with_id(f,
	                "{'subject': 'Send it', 'due': 1800100000, 'priority': 'High',"
	                " 'parent': %lld}",
	                deal));
	make(f, CRM_MEETING,
	        "{'subject': 'Demo', 'start': 1800100000, 'location': 'Here',"
	        " 'category': 'Call', 'description': 'Call 030 7654321'}");
	become(f, &ben);
	id = make(f, CRM_CASE,
	        with_id(f, "{'subject': 'Down', 'kind': 'Incident', 'account': %lld}", account));
	wait_for(f, 100);
	change(f, CRM_CASE, id, "{'status': 'Pending'}");
	id = make(f, CRM_CASE, "{'subject': 'Up', 'description': 'It works: again'}");
	change(f, CRM_CASE, id, "{'status': 'Closed'}");
}

static void reindex(struct fixture *f)
{
	struct db *db;

	work_step_end(&f->work);
	db = pool_private(f->house.pool, &f->work.err);
	must(f, db);
	must(f, reindex_run(&f->house, db, NULL, NULL, &f->work.err));
	db_close(&db);
}

static void assert_same(const char *got, const char *want)
{
	size_t at = 0, line = 0;

	while (got[at] && got[at] == want[at]) {
		if (got[at] == '\n')
			line = at + 1;
		at++;
	}
	if (got[at] != want[at])
		fail_msg("%.600s\nnot\n%.600s", got + line, want + line);
}

static void what_is_derived_anew_is_the_same(void **state)
{
	struct fixture *f = *state;
	const char *before;

	one_of_everything(f);
	before = rows_of(f);
	assert_true(strlen(before) > 1000);
	wait_for(f, 100000);
	reindex(f);
	assert_same(rows_of(f), before);
}

static void what_was_set_is_what_is_loaded(void **state)
{
	struct fixture *f = *state;
	struct crm_draft *draft;
	struct db_rows *rows;
	struct ids ids = VEC_EMPTY;

	one_of_everything(f);
	become(f, &root);
	rows = db_query(work_reader(&f->work), &f->work.err, &ITEMS, DB_NO_ARGS);
	while (rows && db_next(rows)) {
		struct text line = db_text(rows, 0), id;
		int64_t number = 0;

		assert_true(text_split(&line, '|', &id) && text_to_int(id, &number));
		*vec_push(f->work.arena, &ids) = number;
	}
	must(f, db_done(rows));
	assert_int_equal(ids.len, 9);
	for (size_t i = 0; i < ids.len; i++) {
		struct record *record = record_at(f, ids.at[i]);

		must(f, crm_draft_load(&f->work, record, &draft));
		/* Rendered again, not a byte is another. */
		must(f, crm_draft_render(&f->work, draft));
		assert_same(arena_cstr(f->work.arena, draft->body),
		        arena_cstr(f->work.arena, record->body));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(what_is_derived_anew_is_the_same),
		CRM(what_was_set_is_what_is_loaded),
	};

	return RUN_GATES(tests);
}
