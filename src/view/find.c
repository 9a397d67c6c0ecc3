#include "base/base.h"

#include <stdlib.h>

#include "crm/find.h"
#include "crm/sight.h"
#include "view/find.h"

/* How many candidates are looked at: the index gives them in no order of worth, so that what begins
 * with the term is asked for by itself. */
enum { CANDIDATES = 400, FOUND_MAX = 100 };
/* So many are asked for at once whether they are seen: the best are, as a rule. */
enum { SLICE = 100 };

#define FOUND_COLUMNS \
	"i.record, i.noun, i.state, i.holder, i.parent, i.title, i.title_key, i.uid, t.fold, " \
	"i.fields"
/* By trigrams. */
DB_STATEMENT(BY_SCRAP,
        "SELECT " FOUND_COLUMNS " FROM crm_text t JOIN crm_item i ON i.record = t.rowid"
        " WHERE t.fold LIKE ?1 LIMIT ?2 " DB_PLAN_ANEW);
/* One and two letters, of which there are none, look through everything, to the limit. */
DB_STATEMENT(BY_FEW_LETTERS,
        "SELECT " FOUND_COLUMNS " FROM crm_text t JOIN crm_item i ON i.record = t.rowid"
        " WHERE t.fold || '' LIKE ?1 LIMIT ?2 /* scan: without three letters */ " DB_PLAN_ANEW);
/* Said twice, a condition is thought to be met by so much fewer, and the wrong way is taken. */
DB_STATEMENT(BY_SCRAPS,
        "SELECT " FOUND_COLUMNS " FROM crm_text t JOIN crm_item i ON i.record = t.rowid"
        " WHERE t.fold LIKE ?1 AND t.fold LIKE ?3 AND t.fold LIKE ?4 LIMIT ?2 " DB_PLAN_ANEW);
DB_STATEMENT(BY_TITLE,
        "SELECT " FOUND_COLUMNS " FROM crm_item i JOIN crm_text t ON t.rowid = i.record"
        " WHERE i.noun = ?3 AND i.title_key >= ?1 AND i.title_key < ?4"
        " ORDER BY i.title_key LIMIT ?2");
DB_STATEMENT(BY_NUMBER,
        "SELECT " FOUND_COLUMNS " FROM crm_item i JOIN crm_text t ON t.rowid = i.record"
        " WHERE i.number = ?1 AND i.number <> 0 LIMIT ?2");

struct candidate {
	struct found found;
	struct crm_known known;
};
struct finding {
	struct work *work;
	struct find_terms terms;
	unsigned nouns;
	VEC(struct candidate) candidates;
};

static bool wanted(const struct finding *f, enum crm_noun noun)
{
	return !f->nouns || (f->nouns >> noun & 1);
}

static struct text line_with(struct text fold, struct text term)
{
	struct text rest = fold, line;

	while (text_split(&rest, '\n', &line))
		if (text_find(line, term) >= 0)
			return line;
	return TEXT_NONE;
}

static void consider(struct finding *f, struct db_rows *rows)
{
	struct arena *arena = f->work->arena;
	int score = find_score(&f->terms, db_text(rows, 6), db_text(rows, 8));
	const struct crm_known known = { .id = db_int(rows, 0),
		.noun = (enum crm_noun)db_int(rows, 1),
		.state = db_int(rows, 2),
		.holder = db_int(rows, 3),
		.parent = db_int(rows, 4) };

	if (!score || !wanted(f, known.noun))
		return;
	*vec_push(arena, &f->candidates) = (struct candidate){
		.known = known,
		.found = { .id = known.id,
		        .noun = known.noun,
		        .state = known.state,
		        .score = score,
		        .title = arena_text(arena, db_text(rows, 5)),
		        .uid = arena_text(arena, db_text(rows, 7)),
		        .matched = arena_text(arena, line_with(db_text(rows, 8), f->terms.at[0])),
		        .fields = arena_text(arena, db_text(rows, 9)) },
	};
}

static bool gather(struct finding *f, const struct db_stmt *stmt, struct db_args args)
{
	struct db *db = work_reader(f->work);
	struct db_rows *rows = db ? db_query(db, &f->work->err, stmt, args) : NULL;

	while (rows && db_next(rows))
		consider(f, rows);
	return db_done(rows);
}

/* ---- the ways to candidates ---- */

enum { PATTERNS = 3 };

/* The longest terms, which narrow most, as patterns: of those that trigrams find, if there is any.
 * % and _ stand for anything here, so that more may come than was asked for: find_score() decides.
 * How many there are. */
static size_t patterns_of(const struct finding *f, bool by_trigram, struct text patterns[PATTERNS])
{
	struct find_terms left = f->terms;
	size_t count = 0;

	for (size_t n = 0; n < left.len && count < PATTERNS; n++) {
		struct text *best = &left.at[0];

		for (size_t i = 1; i < left.len; i++)
			if (left.at[i].len > best->len)
				best = &left.at[i];
		if (!by_trigram || find_by_trigram(*best))
			patterns[count++] =
			        arena_printf(f->work->arena, "%%%.*s%%", TEXT_ARG(*best));
		best->len = 0;
	}
	return count;
}

static bool gather_scraps(struct finding *f)
{
	struct text at[PATTERNS];
	size_t count = patterns_of(f, true, at);

	if (count == 0 && patterns_of(f, false, at))
		return gather(f, &BY_FEW_LETTERS, DB_ARGS(DB_TEXT(at[0]), DB_INT(CANDIDATES)));
	if (count == 1)
		return gather(f, &BY_SCRAP, DB_ARGS(DB_TEXT(at[0]), DB_INT(CANDIDATES)));
	return gather(f, &BY_SCRAPS,
	        DB_ARGS(DB_TEXT(at[0]), DB_INT(CANDIDATES), DB_TEXT(at[1]),
	                DB_TEXT(at[count > 2 ? 2 : 0])));
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

/* ---- the best of them ---- */

static int by_worth(const void *a, const void *b)
{
	const struct found *x = &((const struct candidate *)a)->found;
	const struct found *y = &((const struct candidate *)b)->found;
	int order;

	if (x->score != y->score)
		return y->score - x->score;
	if (!x->state != !y->state)
		return x->state ? 1 : -1;
	order = text_cmp(x->title, y->title);
	return order ? order : (x->id > y->id) - (x->id < y->id);
}

/* Each once: the ways to them meet. */
static void arrange(struct finding *f)
{
	size_t kept = 0;

	if (f->candidates.len)
		qsort(f->candidates.at, f->candidates.len, sizeof(*f->candidates.at), by_worth);
	for (size_t i = 0; i < f->candidates.len; i++)
		if (!kept || f->candidates.at[kept - 1].known.id != f->candidates.at[i].known.id)
			f->candidates.at[kept++] = f->candidates.at[i];
	f->candidates.len = kept;
}

/* Of these those that are seen. */
static bool take(struct finding *f, struct crm_sights *sights, const struct candidate *at,
        size_t len, struct founds *founds)
{
	const struct crm_known *known[SLICE];
	bool sees[SLICE];

	for (size_t i = 0; i < len; i++)
		known[i] = &at[i].known;
	if (!crm_sees_each(sights, known, len, sees))
		return false;
	for (size_t i = 0; i < len; i++)
		if (sees[i])
			*vec_push(f->work->arena, founds) = at[i].found;
	return true;
}

bool view_find(
        struct work *work, struct text query, unsigned nouns, size_t max, struct founds *founds)
{
	struct finding f = { .work = work, .nouns = nouns };
	struct crm_sights sights = { .work = work };

	*founds = (struct founds)VEC_EMPTY;
	find_terms(work->arena, query, &f.terms);
	if (!f.terms.len)
		return true;
	if (!gather_number(&f) || !gather_titles(&f) || !gather_scraps(&f))
		return false;
	arrange(&f);
	if (max > FOUND_MAX)
		max = FOUND_MAX;
	for (size_t i = 0; i < f.candidates.len && founds->len < max; i += SLICE) {
		size_t left = f.candidates.len - i;

		if (!take(&f, &sights, &f.candidates.at[i], left < SLICE ? left : SLICE, founds))
			return false;
	}
	if (founds->len > max)
		founds->len = max;
	return true;
}
