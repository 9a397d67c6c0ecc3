/* Reps against the line of their team, quantiles, and whose records count. */
#include "cases.h"

/* Closed on 5 May, after so many hours from 4 May 09:00 on, each rep all of hers alike. */
static void closings(struct fixture *f, int64_t owner, int count, int hours_taken)
{
	static int64_t record;

	for (int i = 0; i < count; i++) {
		opened(f, ++record, at(5, 4, 9), owner);
		moved(f, record, at(5, 4, 9) + hours_taken * HOUR, owner, "Closed");
	}
}

static struct ids team_of(struct fixture *f)
{
	struct ids team = VEC_EMPTY;

	*vec_push(f->work.arena, &team) = ANN;
	*vec_push(f->work.arena, &team) = BEN;
	*vec_push(f->work.arena, &team) = CARLA;
	*vec_push(f->work.arena, &team) = DAN;
	return team;
}

static bool line_of(struct fixture *f, const char *name, struct kpi_line *line)
{
	struct kpi_book *book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	struct ids team = team_of(f);
	struct kpi_tally tally = tally_of(f, book, &everybody, name);
	struct kpi_tally closed = tally_of(f, book, &everybody, "cases_closed");

	return kpi_line(
	        book, &(struct kpi_lines){ kpi_find(text_of(name)), &tally, &closed, &team }, line);
}

static void who_has_too_few_cases_is_left_out(void **state)
{
	struct fixture *f = *state;
	struct kpi_line line;

	closings(f, ANN, 5, 10);
	closings(f, BEN, 6, 20);
	closings(f, CARLA, 8, 40);
	closings(f, DAN, 4, 1);
	/* Medians 10, 20, 40 hours; Dan's four do not count. Quartiles lie half way. */
	assert_true(line_of(f, "resolution", &line));
	assert_int_equal(line.reps, 3);
	assert_number(line.median, 20 * HOUR);
	assert_number(line.mean, 70 * HOUR / 3.0);
	assert_number(line.low, 15 * HOUR);
	assert_number(line.high, 30 * HOUR);
	/* Closed: 5, 6, 8. */
	assert_true(line_of(f, "cases_closed", &line));
	assert_number(line.median, 6);
	assert_number(line.low, 5.5);
}

static void two_are_no_team(void **state)
{
	struct fixture *f = *state;
	struct kpi_line line;

	closings(f, ANN, 5, 10);
	closings(f, BEN, 6, 20);
	closings(f, CARLA, 4, 40);
	assert_false(line_of(f, "resolution", &line));
	assert_int_equal(line.reps, 2);
}

static void a_scope_holds_owners_queues_and_the_company(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book;
	struct ids seen = VEC_EMPTY;
	struct kpi_scope scope = { 0 };

	opened(f, 1, at(5, 4, 9), ANN);
	opened(f, 2, at(5, 4, 9), 0);
	EVENT(CRM_CASE, 3, CRM_EVENT_CREATED, at(5, 4, 9), .word = "New");
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	*vec_push(f->work.arena, &seen) = COMPANY;
	*vec_push(f->work.arena, &seen) = TEAM;
	scope.seen[CRM_CASE] = &seen;
	/* Ann's is not seen; the queue's, and the one that is in no queue, are. */
	assert_number(figure(f, book, &scope, "cases_open").value, 2);
	scope.who = scope_of(f, TEAM).who;
	assert_number(figure(f, book, &scope, "cases_open").value, 1);
	scope.who = scope_of(f, ANN).who;
	assert_number(figure(f, book, &scope, "cases_open").value, 0);
}

static void quantiles_lie_between_neighbours(void **state)
{
	static const double FIVE[] = { 1, 2, 4, 8, 16 };

	(void)state;
	assert_number(kpi_quantile(FIVE, 5, 0.5), 4);
	assert_number(kpi_quantile(FIVE, 5, 0.25), 2);
	assert_number(kpi_quantile(FIVE, 4, 0.5), 3);
	assert_number(kpi_quantile(FIVE, 5, 0.9), 8 + 0.6 * 8);
	assert_number(kpi_quantile(FIVE, 1, 0.9), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIGURES(who_has_too_few_cases_is_left_out),
		FIGURES(two_are_no_team),
		FIGURES(a_scope_holds_owners_queues_and_the_company),
		cmocka_unit_test(quantiles_lie_between_neighbours),
	};

	return RUN_FIGURES(tests);
}
