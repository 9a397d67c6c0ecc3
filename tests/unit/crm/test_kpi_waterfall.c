/* The pipeline of May 2026, from its start to its end: start + created + raised - lowered - won -
 * lost - slipped = end, term by term, and whatever happens. */
#include "kpi.h"

#include <stdlib.h>

static const char *const TERMS[] = { "pipeline_start", "pipeline_created", "pipeline_raised",
	"pipeline_lowered", "pipeline_won", "pipeline_lost", "pipeline_slipped", "pipeline_end" };

static void assert_adds_up(struct fixture *f, struct kpi_book *book, const struct kpi_scope *scope)
{
	double terms[8];

	for (size_t i = 0; i < 8; i++)
		terms[i] = figure(f, book, scope, TERMS[i]).value;
	assert_number(terms[0] + terms[1] + terms[2] - terms[3] - terms[4] - terms[5] - terms[6],
	        terms[7]);
	/* Won and lost are what the other figures say. */
	assert_number(terms[4], figure(f, book, scope, "won_amount").value);
	assert_number(terms[5], figure(f, book, scope, "lost_amount").value);
}

static void dated(struct fixture *f, int64_t record, int64_t when, int64_t amount, int64_t day)
{
	deal(f, record, ANN, when, amount);
	closes(f, record, ANN, when, day);
}

/* In the pipeline of May when it begins: 1, 2, 3, 4 with 1,000 each = 4,000.
 * 1: raised by 500 on 4 May, won on 10 May with 1,500
 * 2: lowered by 200 on 5 May, lost on 11 May with 800
 * 3: moved to 10 June on 12 May: slipped 1,000
 * 4: stays: 1,000
 * 5: 300, expected 20 June, moved to 25 May on 13 May: created 300, stays
 * 6: 700, created 14 May, expected 30 May: created 700, stays
 * 7: 450, expected 20 July, won early on 15 May: created 450, won 450
 * 8: 220, created 16 May without a date: not in the pipeline of May
 * 9: 600, created 17 May, expected 29 May, deleted 19 May: created 600, slipped 600
 * 10: 900, won in April; opened again 20 May, expected 31 May: created 900, stays */
static void what_happened(struct fixture *f)
{
	stages(f);
	for (int64_t record = 1; record <= 4; record++)
		dated(f, record, at(4, 10, 9), 100000, date(5, 20));
	EVENT(CRM_DEAL, 1, CRM_EVENT_AMOUNT, at(5, 4, 9), ANN, .from = 100000, .to = 150000);
	stage(f, 1, ANN, at(5, 10, 9), STAGE_WON);
	EVENT(CRM_DEAL, 2, CRM_EVENT_AMOUNT, at(5, 5, 9), ANN, .from = 100000, .to = 80000);
	stage(f, 2, ANN, at(5, 11, 9), STAGE_LOST);
	closes(f, 3, ANN, at(5, 12, 9), date(6, 10));
	dated(f, 5, at(4, 10, 9), 30000, date(6, 20));
	closes(f, 5, ANN, at(5, 13, 9), date(5, 25));
	dated(f, 6, at(5, 14, 9), 70000, date(5, 30));
	dated(f, 7, at(4, 10, 9), 45000, date(7, 20));
	stage(f, 7, ANN, at(5, 15, 9), STAGE_WON);
	deal(f, 8, ANN, at(5, 16, 9), 22000);
	dated(f, 9, at(5, 17, 9), 60000, date(5, 29));
	EVENT(CRM_DEAL, 9, CRM_EVENT_DELETED, at(5, 19, 9), ANN);
	dated(f, 10, at(2, 1, 9), 90000, date(4, 2));
	stage(f, 10, ANN, at(4, 2, 9), STAGE_WON);
	stage(f, 10, ANN, at(5, 20, 9), FIRST);
	closes(f, 10, ANN, at(5, 20, 9), date(5, 31));
}

static void each_term_is_what_moved(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book;

	what_happened(f);
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	assert_figure(book, "pipeline_start", 400000);
	assert_figure(book, "pipeline_created", 30000 + 70000 + 45000 + 60000 + 90000);
	assert_figure(book, "pipeline_raised", 50000);
	assert_figure(book, "pipeline_lowered", 20000);
	assert_figure(book, "pipeline_won", 150000 + 45000);
	assert_figure(book, "pipeline_lost", 80000);
	assert_figure(book, "pipeline_slipped", 100000 + 60000);
	assert_figure(book, "pipeline_end", 100000 + 30000 + 70000 + 90000);
	assert_adds_up(f, book, &everybody);
}

static void a_deal_won_and_opened_again_was_not_won(void **state)
{
	struct fixture *f = *state;
	struct kpi_book *book;

	stages(f);
	dated(f, 1, at(4, 10, 9), 100000, date(5, 20));
	stage(f, 1, ANN, at(5, 10, 9), STAGE_WON);
	stage(f, 1, ANN, at(5, 12, 9), SECOND);
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	assert_figure(book, "pipeline_won", 0);
	assert_figure(book, "pipeline_end", 100000);
	assert_adds_up(f, book, &everybody);
}

static void a_deal_handed_over_leaves_one_and_comes_to_the_other(void **state)
{
	struct fixture *f = *state;
	struct kpi_scope ann = scope_of(f, ANN), ben = scope_of(f, BEN);
	struct kpi_book *book;

	stages(f);
	dated(f, 1, at(4, 10, 9), 100000, date(5, 20));
	EVENT(CRM_DEAL, 1, CRM_EVENT_OWNER, at(5, 5, 9), BEN, .from = ANN, .to = BEN);
	book = book_of(f, at(5, 1, 0), at(6, 1, 0), at(6, 10, 0));
	assert_number(figure(f, book, &ann, "pipeline_start").value, 100000);
	assert_number(figure(f, book, &ann, "pipeline_slipped").value, 100000);
	assert_number(figure(f, book, &ben, "pipeline_created").value, 100000);
	assert_number(figure(f, book, &ben, "pipeline_end").value, 100000);
	assert_adds_up(f, book, &ann);
	assert_adds_up(f, book, &ben);
	assert_adds_up(f, book, &everybody);
}

static int64_t some(int64_t n)
{
	return (int64_t)(random() % n);
}

static void anything(struct fixture *f, int64_t record, int64_t when, int64_t owner)
{
	static const int64_t STAGES[] = { FIRST, SECOND, THIRD, STAGE_WON, STAGE_LOST };

	switch (some(6)) {
	case 0: stage(f, record, owner, when, STAGES[some(5)]); break;
	case 1: EVENT(CRM_DEAL, record, CRM_EVENT_AMOUNT, when, owner, .to = some(1000)); break;
	case 2: closes(f, record, owner, when, date(4 + (int)some(3), 1 + (int)some(28))); break;
	case 3: EVENT(CRM_DEAL, record, CRM_EVENT_DELETED, when, owner); break;
	case 4: EVENT(CRM_DEAL, record, CRM_EVENT_RESTORED, when, owner); break;
	default: EVENT(CRM_DEAL, record, CRM_EVENT_OWNER, when, owner); break;
	}
}

static void it_adds_up_whatever_happens(void **state)
{
	struct fixture *f = *state;
	struct kpi_scope ann = scope_of(f, ANN);

	srandom(7);
	stages(f);
	for (int64_t record = 1; record <= 30; record++) {
		int64_t when = at(4, 1, 0) + some(40 * DAY);

		dated(f, record, when, some(1000), date(5, 1 + (int)some(31)));
		for (int64_t n = some(9); n > 0; n--)
			anything(f, record, when += some(8 * DAY), some(2) ? ANN : BEN);
	}
	for (int day = 2; day <= 32; day += 5) {
		struct kpi_book *book =
		        book_of(f, at(5, 1, 0), at(6, 1, 0), at(5, 1, 0) + day * DAY);

		assert_adds_up(f, book, &everybody);
		assert_adds_up(f, book, &ann);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIGURES(each_term_is_what_moved),
		FIGURES(a_deal_won_and_opened_again_was_not_won),
		FIGURES(a_deal_handed_over_leaves_one_and_comes_to_the_other),
		FIGURES(it_adds_up_whatever_happens),
	};

	return RUN_FIGURES(tests);
}
