/* crm_impl.h - what the files of view/crm_*.c share. Nobody else includes it. */
#ifndef KONTOR_VIEW_CRM_IMPL_H
#define KONTOR_VIEW_CRM_IMPL_H

#include "db/db.h"
#include "store/plan.h"
#include "view/crm.h"

#define LINE_COLUMNS(COL, _) \
	COL(int, record) _ COL(int, noun) \
	_ COL(text, uid) \
	_ COL(int, holder) \
	_ COL(int, owner) \
	_ COL(int, team) \
	_ COL(int, state) \
	_ COL(text, status) \
	_ COL(int, account) \
	_ COL(int, contact) \
	_ COL(int, parent) \
	_ COL(int, pipeline) \
	_ COL(int, stage) \
	_ COL(int, campaign) \
	_ COL(text, source) \
	_ COL(text, title) \
	_ COL(text, title_key) \
	_ COL(int, created) \
	_ COL(int, modified) \
	_ COL(int, start) \
	_ COL(int, due) \
	_ COL(int, closed) \
	_ COL(int, amount) \
	_ COL(int, probability) \
	_ COL(int, priority) \
	_ COL(int, number) \
	_ COL(int, score) \
	_ COL(text, fields)
DB_STRUCT(crm_line, LINE_COLUMNS)
#define LINE_NAME(type, name) "i." #name
#define LINE_SELECT           "SELECT " LINE_COLUMNS(LINE_NAME, DB_COMMA) " FROM "

/* Numbers of a line that filters may ask for. */
struct crm_column {
	const char *key;
	enum crm_type type;
	size_t offset; /* in struct crm_line */
};
/* NULL: what the filter asks for stands in no column. */
const struct crm_column *crm_column(const struct crm_filter *filter);
struct text crm_filter_key(const struct crm_filter *filter);
/* Is a value of this type a JSON number? */
bool crm_is_number(enum crm_type type);

struct crm_tested {
	struct work *work;
	const struct crm_line *line; /* NULL: a row */
	const struct crm_row *row;
};
/* Does it pass them all? False with *passes false; false with work->err set only for damage. */
bool crm_filters_pass(
        struct crm_tested *tested, const struct crm_filters *filters, bool *passes) must_check;

/* Whom work->who sees, read once: then each line is judged without asking the database. */
struct crm_scope {
	struct work *work;
	enum crm_noun noun;
	struct crm_sight sight;
	struct ids holders, appearing; /* ascending; not read where everything is seen */
	bool has_holders, has_appearing;
	int64_t parent; /* one that is seen: so is what belongs to it */
};
bool crm_scope_open(
        struct work *work, const struct crm_ask *ask, struct crm_scope *scope) must_check;
bool crm_scope_sees(struct crm_scope *scope, const struct crm_line *line, bool *sees) must_check;
/* The value of an EQ filter on that column or field, as a number; false if there is none. */
bool crm_filter_number(const struct crm_ask *ask, const char *key, int64_t *number);

/* ---- where lines come from (crm_source.c) ---- */
enum crm_sort {
	SORT_TITLE,
	SORT_CREATED,
	SORT_MODIFIED,
	SORT_DUE,
	SORT_START,
	SORT_CLOSED,
	SORT_AMOUNT,
	SORT_PROBABILITY,
	SORT_PRIORITY,
	SORT_NUMBER,
	SORT_SCORE,
	SORT_COUNT
};
/* A line's place in an order. */
struct crm_place {
	int64_t number;
	struct text key; /* of SORT_TITLE */
	int64_t record;
};
struct crm_place crm_place_of(enum crm_sort sort, const struct crm_line *line);
int crm_place_cmp(enum crm_sort sort, const struct crm_place *a, const struct crm_place *b);
VEC_OF(crm_lines, struct crm_line);
VEC_OF(crm_places, struct crm_place);

struct crm_source {
	struct work *work;
	const struct crm_ask *ask;
	const struct crm_scope *scope;
	enum crm_sort sort;
	struct crm_place after;   /* what comes next lies behind it */
	bool gathered;            /* `places` are all there are, and lines are read of them */
	bool exact;               /* and all filters are passed by each of them */
	struct crm_places places; /* in order */
	size_t place;             /* the next one to be read */
	bool ended;
	struct crm_lines lines; /* the chunk at hand */
	size_t next;
	int64_t read;            /* lines read so far */
	struct crm_scrap *scrap; /* memory of the lines at hand */
};
/* Chooses how to read: the few lines that a filter's index names, sorted here, or a walk along the
 * order asked for. `after` and everything above it are set by the caller. */
bool crm_source_open(struct crm_source *source) must_check;
/* The next line, NULL at the end. It is there until the next one is asked for. */
bool crm_source_next(struct crm_source *source, const struct crm_line **line) must_check;

/* The places of few lines that a filter's index, or that of reach, names. *done false: they are
 * many.
 */
bool crm_gather(struct crm_source *source, bool *done) must_check;

/* Lists of rows (crm_list_rows.c). */
bool crm_list_rows(struct work *work, const struct crm_ask *ask, struct crm_page *page) must_check;
/* May work->who see this row? */
bool crm_row_seen(struct work *work, const struct crm_row *row, bool *sees) must_check;
/* May work->who change rows of this noun, below that record or row? */
bool crm_row_may_change(
        struct work *work, enum crm_noun noun, int64_t parent, bool *may) must_check;
void crm_row_entry(const struct crm_row *row, struct crm_entry *entry);

#endif
