/* A change taken back: as if it had not been made. */
#include "crm.h"

DB_STATEMENT(LAST_AUDIT, "SELECT id FROM crm_audit WHERE record = ?1 ORDER BY id DESC LIMIT 1");
DB_STATEMENT(ENTERED, "SELECT entered FROM crm_item WHERE record = ?1");
DB_STATEMENT(STATE, "SELECT state FROM crm_item WHERE record = ?1");

enum { HOUR = 3600 };
#define PIXEL \
	"data:image/" \
	"png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB" \
	"0C8AAAAASUVORK5CYII="
#define OTHER "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

static enum err_id undo(struct fixture *f, int64_t audit)
{
	work_step_end(&f->work);
	err_clear(&f->work.err);
	return outcome(f, edit_crm_undo(&f->work, audit, VIA_WEB, TEXT("")));
}

static int64_t last(struct fixture *f, int64_t id)
{
	return ask_number(f, &LAST_AUDIT, id);
}

static int64_t number_in(struct fixture *f, enum crm_noun noun, int64_t id, const char *key)
{
	return crm_get_int(fields_of(f, noun, id), key);
}

static void images_come_back(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_ACCOUNT, "{'name': 'Acme', 'photo': '" PIXEL "'}"), gone, first;

	change(f, CRM_ACCOUNT, id, "{'photo': null}");
	gone = last(f, id);
	change(f, CRM_ACCOUNT, id, "{'note': 'without a logo'}");
	must(f, undo(f, gone) == ERR_NONE);
	assert_true(body_has(f, id, "iVBORw0KGgo"));
	assert_field(f, CRM_ACCOUNT, id, "note", "\"without a logo\"");
	change(f, CRM_ACCOUNT, id, "{'photo': '" OTHER "'}");
	must(f, undo(f, last(f, id)) == ERR_NONE);
	assert_true(body_has(f, id, "iVBORw0KGgo"));
	assert_false(body_has(f, id, "R0lGODlhAQAB"));

	first = make(f, CRM_CONTACT, "{'name': 'Ada Byron'}");
	change(f, CRM_CONTACT, first, "{'photo': '" OTHER "'}");
	assert_true(body_has(f, first, "PHOTO"));
	must(f, undo(f, last(f, first)) == ERR_NONE);
	assert_false(body_has(f, first, "PHOTO"));
}

/* Three versions are kept here. */
static void an_image_of_long_ago_is_refused(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_ACCOUNT, "{'name': 'Acme', 'photo': '" PIXEL "'}"), gone;

	change(f, CRM_ACCOUNT, id, "{'photo': null}");
	gone = last(f, id);
	for (int i = 0; i < 4; i++)
		change(f, CRM_ACCOUNT, id, with_id(f, "{'note': '%lld'}", i));
	assert_int_equal(undo(f, gone), ERR_UNPROCESSABLE);
}

static void a_case_closed_by_mistake_never_was(void **state)
{
	struct fixture *f = *state;
	int64_t id, due, entered;

	become(f, &ben);
	id = make(f, CRM_CASE, with_id(f, "{'subject': 'P', 'owner': %lld}", ben.id));
	due = number_in(f, CRM_CASE, id, "due");
	entered = ask_number(f, &ENTERED, id);
	wait_for(f, 5 * HOUR);
	change(f, CRM_CASE, id, "{'status': 'Closed'}");
	wait_for(f, 50 * HOUR);
	must(f, undo(f, last(f, id)) == ERR_NONE);
	assert_field(f, CRM_CASE, id, "status", "\"Assigned\"");
	assert_int_equal(number_in(f, CRM_CASE, id, "closed_at"), 0);
	assert_int_equal(number_in(f, CRM_CASE, id, "reopen_count"), 0);
	assert_int_equal(number_in(f, CRM_CASE, id, "due"), due);
	assert_int_equal(ask_number(f, &ENTERED, id), entered);
	assert_int_equal(ask_number(f, &STATE, id), 0);
	assert_false(body_has(f, id, "COMPLETED"));
	assert_null(strstr(events_of(f, id), "10:"));
	assert_non_null(strstr(events_of(f, id), "15:Closed>Assigned"));
	/* And once more in earnest: since when it was Assigned is not forgotten. */
	change(f, CRM_CASE, id, "{'status': 'Closed'}");
	assert_non_null(strstr(events_of(f, id), "2:Assigned>Closed 198000s"));
}

static void a_reopening_by_mistake_never_was(void **state)
{
	struct fixture *f = *state;
	int64_t id, closed;

	become(f, &ben);
	id = make(f, CRM_CASE, with_id(f, "{'subject': 'P', 'owner': %lld}", ben.id));
	change(f, CRM_CASE, id, "{'status': 'Closed'}");
	closed = number_in(f, CRM_CASE, id, "closed_at");
	wait_for(f, HOUR);
	change(f, CRM_CASE, id, "{'status': 'Working'}");
	wait_for(f, HOUR);
	must(f, undo(f, last(f, id)) == ERR_NONE);
	assert_field(f, CRM_CASE, id, "status", "\"Closed\"");
	assert_int_equal(number_in(f, CRM_CASE, id, "closed_at"), closed);
	assert_int_equal(number_in(f, CRM_CASE, id, "reopen_count"), 0);
	/* Both the status and the reopening are void. */
	assert_non_null(strstr(events_of(f, id), "15:Working>Closed 15:>"));
}

/* Closed, opened again, closed: taking the first closing back is opening it. */
static void what_came_in_between_makes_it_a_change(void **state)
{
	struct fixture *f = *state;
	int64_t id, first;

	become(f, &ben);
	id = make(f, CRM_CASE, with_id(f, "{'subject': 'P', 'owner': %lld}", ben.id));
	change(f, CRM_CASE, id, "{'status': 'Closed'}");
	first = last(f, id);
	wait_for(f, HOUR);
	change(f, CRM_CASE, id, "{'status': 'Assigned'}");
	wait_for(f, HOUR);
	change(f, CRM_CASE, id, "{'status': 'Closed'}");
	must(f, undo(f, first) == ERR_NONE);
	assert_int_equal(number_in(f, CRM_CASE, id, "reopen_count"), 2);
	assert_int_equal(number_in(f, CRM_CASE, id, "closed_at"), 0);
	assert_null(strstr(events_of(f, id), "15:"));
}

static void a_deal_won_by_mistake_never_was(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(
	        f, CRM_DEAL, "{'name': 'D', 'amount': 100, 'currency': 'EUR', 'probability': 30}");
	int64_t entered = ask_number(f, &ENTERED, id);

	wait_for(f, HOUR);
	change(f, CRM_DEAL, id,
	        with_id(f, "{'stage': %lld, 'amount': 200}", row_named(f, CRM_STAGE, "Won")));
	assert_true(number_in(f, CRM_DEAL, id, "won_at") > 0);
	wait_for(f, HOUR);
	must(f, undo(f, last(f, id)) == ERR_NONE);
	assert_int_equal(number_in(f, CRM_DEAL, id, "won_at"), 0);
	assert_int_equal(number_in(f, CRM_DEAL, id, "amount"), 100);
	assert_int_equal(number_in(f, CRM_DEAL, id, "probability"), 30);
	assert_int_equal(ask_number(f, &ENTERED, id), entered);
	/* Stage, amount and chance: all three are void, nothing else happened. */
	assert_non_null(strstr(events_of(f, id), "15:Won>Prospecting 15:> 15:pipeline>pipeline"));
}

static void a_lead_given_up_by_mistake_never_was(void **state)
{
	struct fixture *f = *state;
	int64_t id = make(f, CRM_LEAD, "{'name': 'Ada Byron'}");

	change(f, CRM_LEAD, id,
	        with_id(f, "{'status': %lld}", row_named(f, CRM_LEAD_STATUS, "Dead")));
	assert_int_equal(ask_number(f, &STATE, id), 2);
	must(f, undo(f, last(f, id)) == ERR_NONE);
	assert_int_equal(ask_number(f, &STATE, id), 0);
	assert_non_null(strstr(events_of(f, id), "15:Dead>New"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(images_come_back),
		CRM(an_image_of_long_ago_is_refused),
		CRM(a_case_closed_by_mistake_never_was),
		CRM(a_reopening_by_mistake_never_was),
		CRM(what_came_in_between_makes_it_a_change),
		CRM(a_deal_won_by_mistake_never_was),
		CRM(a_lead_given_up_by_mistake_never_was),
	};

	return RUN_GATES(tests);
}
