/* Days begin at midnight where the company is: Berlin here. */
#include "crm.h"

#include "crm/assign.h"
#include "crm/day.h"
#include "crm/money.h"
#include "crm/sheet.h"
#include "object/ical_time.h"
#include "store/day.h"

enum { DAY = 86400, HOUR = 3600 };

struct asked {
	int64_t at;
	struct text day;
	const char *zone; /* to be noted before; NULL: as it is */
};

static bool ask_run(struct writing *w, void *data)
{
	struct asked *asked = data;

	return (!asked->zone || crm_days_note(w, zone_find(text_of(asked->zone)))) &&
	       day_of(w, asked->at, &asked->day);
}

static const char *day_in(struct fixture *f, const char *zone, int64_t at)
{
	struct asked *asked = arena_make(f->work.arena, struct asked);
	struct plan *plan = new_plan(f);

	*asked = (struct asked){ .at = at, .zone = zone };
	plan_add(plan, ask_run, asked);
	must(f, apply(f, plan));
	return arena_cstr(f->work.arena, asked->day);
}

static int64_t utc(int year, int month, int day, int hour)
{
	return days_of(year, month, day) * DAY + hour * HOUR;
}

static void the_writer_knows_the_companys_date(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(day_in(f, NULL, utc(2027, 1, 14, 23) - 1), "2027-01-14");
	assert_string_equal(day_in(f, NULL, utc(2027, 1, 14, 23)), "2027-01-15");
	/* Summer begins on 28 March at one o'clock UTC, and ends on 31 October. */
	assert_string_equal(day_in(f, NULL, utc(2027, 3, 27, 23) - 1), "2027-03-27");
	assert_string_equal(day_in(f, NULL, utc(2027, 3, 28, 22) - 1), "2027-03-28");
	assert_string_equal(day_in(f, NULL, utc(2027, 3, 28, 22)), "2027-03-29");
	assert_string_equal(day_in(f, NULL, utc(2027, 10, 31, 22)), "2027-10-31");
	assert_string_equal(day_in(f, NULL, utc(2027, 10, 31, 23)), "2027-11-01");
	assert_string_equal(day_in(f, NULL, utc(2040, 7, 1, 22)), "2040-07-02");
	assert_string_equal(day_in(f, "America/New_York", utc(2027, 1, 15, 5) - 1), "2027-01-14");
	assert_string_equal(day_in(f, "America/New_York", utc(2027, 7, 15, 4)), "2027-07-15");
	assert_string_equal(day_in(f, "Asia/Ho_Chi_Minh", utc(2027, 1, 14, 17)), "2027-01-15");
	assert_string_equal(day_in(f, "UTC", utc(2027, 1, 15, 0)), "2027-01-15");
}

static bool people_run(struct writing *w, void *data)
{
	(void)data;
	return writing_people(w);
}

static bool sees(struct fixture *f, const struct who *who, int64_t lead, int64_t now)
{
	struct plan *plan;
	bool is_seen;

	work_step_end(&f->work);
	f->work.now = now;
	plan = new_plan(f);
	plan_add(plan, people_run, NULL);
	must(f, apply(f, plan));
	work_step_end(&f->work);
	become(f, who);
	is_seen = entry_of(f, CRM_LEAD, lead) != NULL;
	work_step_end(&f->work);
	return is_seen;
}

static void a_cover_begins_and_ends_at_the_companys_midnight(void **state)
{
	struct fixture *f = *state;
	int64_t dora = make_user(f, "dora", "sales"), lead;
	struct who who;

	lead = make(f, CRM_LEAD, "{'name': 'Karl Kunde'}");
	become(f, &root);
	make(f, CRM_COVER,
	        arena_printf(f->work.arena,
	                "{'absent': %lld, 'cover': %lld, 'from': '2027-03-28', 'to': '2027-03-29'}",
	                (long long)ann.id, (long long)dora)
	                .ptr);
	who_is(f, &who, dora, "dora");
	assert_false(sees(f, &who, lead, utc(2027, 3, 27, 23) - 1));
	assert_true(sees(f, &who, lead, utc(2027, 3, 27, 23)));
	/* That day has 23 hours. */
	assert_true(sees(f, &who, lead, utc(2027, 3, 28, 22) - 1));
	assert_false(sees(f, &who, lead, utc(2027, 3, 28, 22)));
}

/* Nobody gets work on a day somebody stands in for them. */
static void rules_go_by_the_same_midnight(void **state)
{
	struct fixture *f = *state;
	struct assigner *assigner;
	static const int64_t at[] = { 23 * HOUR - 1, 23 * HOUR, (24 + 22) * HOUR - 1,
		(24 + 22) * HOUR };

	become(f, &root);
	make(f, CRM_COVER,
	        arena_printf(f->work.arena,
	                "{'absent': %lld, 'cover': %lld, 'from': '2027-03-28', 'to': '2027-03-29'}",
	                (long long)ann.id, (long long)ben.id)
	                .ptr);
	for (size_t i = 0; i < COUNT_OF(at); i++) {
		bool away;

		work_step_end(&f->work);
		f->work.now = utc(2027, 3, 27, 0) + at[i];
		must(f, assigner_new(&f->work, CRM_LEAD, &assigner));
		must(f, assigner_is_away(&f->work, assigner, ann.id, &away));
		assert_int_equal(away, i == 1 || i == 2);
	}
}

static void a_rate_begins_at_the_companys_midnight(void **state)
{
	struct fixture *f = *state;
	int64_t got;

	become(f, &root);
	make(f, CRM_RATE, "{'currency': 'USD', 'from': '2027-01-01', 'micros': 900000}");
	make(f, CRM_RATE, "{'currency': 'USD', 'from': '2027-01-15', 'micros': 800000}");
	work_step_end(&f->work);
	must(f, money_convert(&f->work, 100, TEXT("USD"), utc(2027, 1, 14, 23) - 1, &got));
	assert_int_equal(got, 90);
	must(f, money_convert(&f->work, 100, TEXT("USD"), utc(2027, 1, 14, 23), &got));
	assert_int_equal(got, 80);
}

DB_STATEMENT(SINCE, "SELECT since FROM crm_person WHERE record = ?1");
DB_STATEMENT(UNTIL, "SELECT until FROM crm_person WHERE record = ?1");

static void somebody_joins_and_leaves_an_account_at_midnight(void **state)
{
	struct fixture *f = *state;
	int64_t account = make(f, CRM_ACCOUNT, "{'name': 'Acme'}");
	int64_t id = make(f, CRM_CONTACT,
	        with_id(f,
	                "{'name': 'Karl', 'accounts': [{'account': %lld,"
	                " 'since': '2027-03-28', 'until': '2027-03-29'}]}",
	                account));

	assert_int_equal(ask_number(f, &SINCE, id), utc(2027, 3, 27, 23));
	assert_int_equal(ask_number(f, &UNTIL, id), utc(2027, 3, 28, 22));
}

static void a_date_in_a_file_begins_at_midnight(void **state)
{
	struct fixture *f = *state;
	json_t *value;

	work_step_end(&f->work);
	must(f, sheet_value(
	                &f->work, crm_field(CRM_TASK, TEXT("due")), TEXT("2027-03-29"), &value));
	assert_int_equal(json_integer_value(value), utc(2027, 3, 28, 22));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRM(the_writer_knows_the_companys_date),
		CRM(a_cover_begins_and_ends_at_the_companys_midnight),
		CRM(rules_go_by_the_same_midnight),
		CRM(a_rate_begins_at_the_companys_midnight),
		CRM(a_date_in_a_file_begins_at_midnight),
		CRM(somebody_joins_and_leaves_an_account_at_midnight),
	};

	return RUN_GATES(tests);
}
