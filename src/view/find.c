#include "base/base.h"

#include <stdlib.h>

#include "crm/find.h"
#include "crm/sight.h"
#include "view/find.h"

/* How many candidates are looked at: the index gives them in no order of worth, so that what begins
 * with the term is asked for by itself. */
enum { CANDIDATES = 400, FOUND_MAX = 100 };

#define FOUND_COLUMNS \
	"i.record, i.noun, i.state, i.holder, i.parent, i.title, i.title_key, i.uid, t.fold, " \
	"i.fields"
/* By trigrams; one and two letters, of which there are none, look through everything, to the limit.
 */
DB_STATEMENT(BY_SCRAP,
        "SELECT " FOUND_COLUMNS " FROM crm_text t JOIN crm_item i ON i.record = t.rowid"
        " WHERE t.fold LIKE ?1 AND t.fold LIKE ?3 AND t.fold LIKE ?4 LIMIT ?2"
        " /* scan: without three letters */ " DB_PLAN_ANEW);
DB_STATEMENT(BY_TITLE,
        "SELECT " FOUND_COLUMNS " FROM crm_item i JOIN crm_text t ON t.rowid = i.record"
        " WHERE i.noun = ?3 AND i.title_key >= ?1 AND i.title_key < ?4"
        " ORDER BY i.title_key LIMIT ?2");
DB_STATEMENT(BY_NUMBER,
        "SELECT " FOUND_COLUMNS " FROM crm_item i JOIN crm_text t ON t.rowid = i.record"
        " WHERE i.number = ?1 AND i.number <> 0 LIMIT ?2");

struct finding {
	struct work *work;
	struct find_terms terms;
	unsigned nouns;
	struct founds *founds;
};

static bool wanted(const struct finding *f, enum crm_noun noun)
{
	return !f->nouns || (f->nouns >> noun & 1);
}

static bool is_there(const struct founds *founds, int64_t id)
{
	for (size_t i = 0; i < founds->len; i++)
		if (founds->at[i].id == id)
			return true;
	return false;
}

static struct text line_with(struct text fold, struct text term)
{
	struct text rest = fold, line;

	while (text_split(&rest, '\n', &line))
		if (text_find(line, term) >= 0)
			return line;
	return TEXT_NONE;
}

static void keep(struct finding *f, struct db_rows *rows, const struct crm_known *known, int score)
{
	struct arena *arena = f->work->arena;

	*vec_push(arena, f->founds) = (struct found){
		.id = known->id,
		.noun = known->noun,
		.state = known->state,
		.score = score,
		.title = arena_text(arena, db_text(rows, 5)),
		.uid = arena_text(arena, db_text(rows, 7)),
		.matched = arena_text(arena, line_with(db_text(rows, 8), f->terms.at[0])),
		.fields = arena_text(arena, db_text(rows, 9)),
	};
}

static bool consider(struct finding *f, struct db_rows *rows)
{
	const struct crm_known known = { .id = db_int(rows, 0),
		.noun = (enum crm_noun)db_int(rows, 1),
		.state = db_int(rows, 2),
		.holder = db_int(rows, 3),
		.parent = db_int(rows, 4) };
	int score = find_score(&f->terms, db_text(rows, 6), db_text(rows, 8));
	bool sees;

	if (!score || !wanted(f, known.noun) || is_there(f->founds, known.id))
		return true;
	if (!crm_sees(f->work, &known, &sees))
		return false;
	if (sees)
		keep(f, rows, &known, score);
	return true;
}

static bool gather(struct finding *f, const struct db_stmt *stmt, struct db_args args)
{
	struct db *db = work_reader(f->work);
	struct db_rows *rows = db ? db_query(db, &f->work->err, stmt, args) : NULL;
	bool ok = true;

	while (ok && rows && db_next(rows))
		ok = consider(f, rows);
	return db_done(rows) && ok;
}

/* ---- the ways to candidates ---- */

enum { PATTERNS = 3, TRIGRAM = 3 };

/* The longest terms, which narrow most, as patterns; where there are fewer the first again. % and _
 * stand for anything here, so that more may come than was asked for: find_score() decides. */
static void patterns_of(const struct finding *f, struct text patterns[PATTERNS])
{
	struct find_terms left = f->terms;

	for (size_t n = 0; n < PATTERNS; n++) {
		size_t best = 0;

		for (size_t i = 1; i < left.len; i++)
			if (left.at[i].len > left.at[best].len)
				best = i;
		patterns[n] =
		        n && left.at[best].len < TRIGRAM
		                ? patterns[0]
		                : arena_printf(f->work->arena, "%%%.*s%%", TEXT_ARG(left.at[best]));
		left.at[best].len = 0;
	}
}

static bool gather_scraps(struct finding *f)
{
	struct text patterns[PATTERNS];

	patterns_of(f, patterns);
	return gather(f, &BY_SCRAP,
	        DB_ARGS(DB_TEXT(patterns[0]), DB_INT(CANDIDATES), DB_TEXT(patterns[1]),
	                DB_TEXT(patterns[2])));
}

static bool gather_titles(struct finding *f)
{
	struct text from = f->terms.at[0];
	struct text to = arena_printf(f->work->arena, "%.*s\xf4\x8f\xbf\xbf", TEXT_ARG(from));
	const struct crm_noun_row *row;

	for (size_t i = 0; (row = crm_noun_at(i)) && !crm_noun_is_row(row->noun); i++)
		if (wanted(f, row->noun) && !gather(f, &BY_TITLE,
		                                    DB_ARGS(DB_TEXT(from), DB_INT(FOUND_MAX),
		                                            DB_INT(row->noun), DB_TEXT(to))))
			return false;
	return true;
}

static bool gather_number(struct finding *f)
{
	int64_t number;

	if (f->terms.len != 1 || !text_to_int(f->terms.at[0], &number))
		return true;
	return gather(f, &BY_NUMBER, DB_ARGS(DB_INT(number), DB_INT(FOUND_MAX)));
}

static int by_worth(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->score != y->score)
		return y->score - x->score;
	if (!x->state != !y->state)
		return x->state ? 1 : -1;
	return text_cmp(x->title, y->title);
}

bool view_find(
        struct work *work, struct text query, unsigned nouns, size_t max, struct founds *founds)
{
	struct finding f = { .work = work, .nouns = nouns, .founds = founds };

	*founds = (struct founds)VEC_EMPTY;
	find_terms(work->arena, query, &f.terms);
	if (!f.terms.len)
		return true;
	if (!gather_number(&f) || !gather_titles(&f) || !gather_scraps(&f))
		return false;
	if (founds->len)
		qsort(founds->at, founds->len, sizeof(*founds->at), by_worth);
	if (max > FOUND_MAX)
		max = FOUND_MAX;
	if (founds->len > max)
		founds->len = max;
	return true;
}
