#include "base/base.h"
#include "base/str.h"
#include "crm/kpi_impl.h"

#include <stdlib.h>

#include "object/ical_time.h"

enum { LINE_CASES = 5, LINE_REPS = 3 };

static const struct kpi TABLE[] = {
#define KPI(name, unit, rule, noun, better, pages, label, definition) \
	{ #name, KPI_##unit, KPI_##rule, CRM_##noun, better, pages, kpi_of_##name, label, \
		definition },
#define HOME      KPI_HOME
#define SALES     KPI_SALES
#define SUPPORT   KPI_SUPPORT
#define MANAGER   KPI_MANAGER
#define COMPANY   KPI_COMPANY
#define CAMPAIGNS KPI_CAMPAIGNS
#include "crm/kpi.tbl.h"
#undef KPI
};

const struct kpi *kpi_at(size_t i)
{
	return i < COUNT_OF(TABLE) ? &TABLE[i] : NULL;
}

const struct kpi *kpi_find(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(TABLE); i++)
		if (text_eq(name, text_of(TABLE[i].name)))
			return &TABLE[i];
	return NULL;
}

const char *kpi_unit_name(enum kpi_unit unit)
{
	static const char *const NAMES[] = { "count", "money", "percent", "seconds", "days" };

	return NAMES[unit];
}

/* ---- books ---- */

static struct kpi_book *book_of(
        struct work *work, const struct kpi_frame *frame, struct kpi_shelf *shelf)
{
	struct kpi_book *book = arena_make(work->arena, struct kpi_book);

	book->work = work;
	book->frame = *frame;
	book->end = frame->to < frame->as_of ? frame->to : frame->as_of;
	book->wall_from = zone_to_wall(frame->hours->zone, frame->from);
	book->wall_to = zone_to_wall(frame->hours->zone, frame->to);
	book->shelf = shelf;
	return book;
}

struct kpi_book *kpi_open(struct work *work, const struct kpi_frame *frame)
{
	struct kpi_shelf *shelf = arena_make(work->arena, struct kpi_shelf);

	shelf->known = frame->as_of;
	return book_of(work, frame, shelf);
}

struct kpi_book *kpi_other(struct kpi_book *book, int64_t from, int64_t to, int64_t as_of)
{
	struct kpi_frame frame = book->frame;

	assert(as_of <= book->shelf->known);
	frame.from = from;
	frame.to = to;
	frame.as_of = as_of;
	return book_of(book->work, &frame, book->shelf);
}

const struct kpi_frame *kpi_frame(const struct kpi_book *book)
{
	return &book->frame;
}

int64_t kpi_end(const struct kpi_book *book)
{
	return book->end;
}

bool kpi_book_past(struct kpi_book *book, const struct kpi_past **past)
{
	if (!book->shelf->past && !kpi_past(book->work, &book->shelf->past))
		return false;
	*past = book->shelf->past;
	return true;
}

struct text kpi_word(const struct kpi_book *book, int64_t number)
{
	const struct kpi_past *past = book->shelf->past;

	return past ? past->words.texts.at[number] : TEXT("");
}

/* ---- facts ---- */

/* What is undone later than anything is known is not undone yet. */
static const struct kpi_story *known_of(const struct kpi_book *book, const struct kpi_entry *entry)
{
	const struct kpi_story *story = entry->story;
	struct arena *arena = book->work->arena;
	struct kpi_story *known;
	struct kpi_event *left;
	size_t count = 0;

	if (story->at == story->all || entry->last < book->shelf->known)
		return story;
	while (count < story->count && story->all[count].at < book->shelf->known)
		count++;
	known = arena_make(arena, struct kpi_story);
	left = arena_raw(arena, count * sizeof(*left) + 1);
	*known = (struct kpi_story){ .at = left, .len = kpi_left(story->all, count, left) };
	known->all = known->at;
	known->count = known->len;
	known->now = story->now;
	return known;
}

/* Most are today as they were then: only the others are gone through once more. */
const struct kpi_fact *kpi_entry_at(
        const struct kpi_book *book, const struct kpi_entry *entry, int64_t instant)
{
	const struct kpi_story *story;
	struct kpi_fact *then;

	if (entry->last < instant)
		return &entry->story->now;
	story = known_of(book, entry);
	if (!story->len || story->at[0].at >= instant)
		return NULL;
	then = arena_raw(book->work->arena, sizeof(*then));
	*then = kpi_fact_at(story, instant);
	return then;
}

const struct kpi_facts *kpi_facts_at(const struct kpi_book *book, const struct kpi_stories *stories,
        int64_t since, int64_t instant)
{
	struct kpi_shelf *shelf = book->shelf;
	struct arena *arena = book->work->arena;
	struct kpi_facts *facts = arena_make(arena, struct kpi_facts);

	for (size_t i = 0; i < shelf->done.len; i++) {
		const struct kpi_done *done = &shelf->done.at[i];

		if (done->stories == stories && done->instant == instant && done->since <= since)
			return done->facts;
	}
	for (size_t i = 0; i < stories->len; i++) {
		const struct kpi_fact *then;

		if (stories->at[i].last < since)
			continue;
		then = kpi_entry_at(book, &stories->at[i], instant);
		if (then)
			*vec_push(arena, facts) = then;
	}
	*vec_push(arena, &shelf->done) = (struct kpi_done){ stories, since, instant, facts };
	return facts;
}

/* ---- points ---- */

static bool has(const struct ids *ids, int64_t id)
{
	size_t low = 0, high = ids->len;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (ids->at[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < ids->len && ids->at[low] == id;
}

bool kpi_counts(const struct kpi_book *book, const struct kpi_scope *scope, enum crm_noun noun,
        int64_t owner, int64_t team)
{
	int64_t holder = owner ? owner : team ? team : book->frame.company;
	const struct ids *seen = scope->seen[noun <= CRM_CASE ? noun : CRM_NOTHING];

	return (!seen || has(seen, holder)) && (!scope->who || has(scope->who, holder));
}

struct kpi_point *kpi_add(struct kpi_book *book, struct kpi_tally *tally, int64_t record)
{
	struct kpi_point *point = vec_push(book->work->arena, &tally->points);

	point->record = record;
	return point;
}

/* Opened deals are told by when they were created, closed ones by when that was. */
struct kpi_point *kpi_add_fact(
        struct kpi_book *book, struct kpi_tally *tally, const struct kpi_fact *fact)
{
	struct kpi_point *point = kpi_add(book, tally, fact->record);

	point->owner = fact->owner;
	point->team = fact->team;
	point->campaign = fact->campaign;
	point->source = fact->source;
	point->at = fact->created;
	point->value = 1;
	if (fact->noun == CRM_DEAL) {
		point->stage = fact->deal.stage;
		point->at = fact->state ? fact->closed : fact->created;
		point->value = (double)fact->deal.amount;
	} else if (fact->noun == CRM_CASE) {
		point->stage = fact->support.priority;
	}
	return point;
}

bool kpi_pick(struct kpi_book *book, const struct kpi_scope *scope, struct kpi_tally *tally,
        kpi_facts_fn *facts_of, kpi_test_fn *test, kpi_shape_fn *shape)
{
	const struct kpi_facts *facts;

	if (!facts_of(book, &facts))
		return false;
	for (size_t i = 0; i < facts->len; i++) {
		const struct kpi_fact *fact = facts->at[i];
		struct kpi_point *point;

		if (!fact->is_there || !test(book, fact) ||
		        !kpi_counts(
		                book, scope, (enum crm_noun)fact->noun, fact->owner, fact->team))
			continue;
		point = kpi_add_fact(book, tally, fact);
		if (shape)
			shape(book, fact, point);
	}
	return true;
}

bool kpi_gather(struct kpi_book *book, const struct kpi *kpi, const struct kpi_scope *scope,
        struct kpi_tally *tally)
{
	*tally = (struct kpi_tally){ 0 };
	return kpi->gather(book, scope, tally);
}

/* ---- numbers ---- */

static int by_number(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

double kpi_quantile(const double *sorted, size_t len, double fraction)
{
	double place = fraction * (double)(len - 1);
	size_t below = (size_t)place;

	if (below + 1 >= len)
		return sorted[len - 1];
	return sorted[below] + (sorted[below + 1] - sorted[below]) * (place - (double)below);
}

static void spread(const struct kpi_tally *tally, struct kpi_figure *figure)
{
	size_t len = tally->points.len;
	double sum = 0, *values;

	figure->none = !len;
	if (!len)
		return;
	values = malloc(len * sizeof(*values));
	if (!values)
		abort();
	for (size_t i = 0; i < len; i++)
		sum += values[i] = tally->points.at[i].value;
	qsort(values, len, sizeof(*values), by_number);
	figure->value = kpi_quantile(values, len, 0.5);
	figure->p90 = kpi_quantile(values, len, 0.9);
	figure->mean = sum / (double)len;
	figure->spread = true;
	free(values);
}

static double highest(const struct kpi_points *points)
{
	double most = 0;

	for (size_t i = 0; i < points->len; i++)
		if (!i || points->at[i].value > most)
			most = points->at[i].value;
	return most;
}

/* none where there is nothing to divide by. */
static void divide(struct kpi_figure *figure, double what, double by)
{
	figure->none = !(by > 0);
	figure->value = figure->none ? 0 : what / by;
}

static void in_days(struct kpi_figure *figure)
{
	figure->value /= KPI_DAY;
	figure->mean /= KPI_DAY;
	figure->p90 /= KPI_DAY;
}

void kpi_work_out(const struct kpi *kpi, const struct kpi_tally *tally, struct kpi_figure *figure)
{
	double sum = 0, good = 0, count = (double)tally->points.len;

	*figure = (struct kpi_figure){ .kpi = kpi, .n = (int64_t)tally->points.len };
	for (size_t i = 0; i < tally->points.len; i++) {
		sum += tally->points.at[i].value;
		good += tally->points.at[i].good ? tally->points.at[i].value : 0;
	}
	switch (kpi->rule) {
	case KPI_NUMBER: figure->value = count; break;
	case KPI_SUM: figure->value = sum; break;
	case KPI_SHARE: divide(figure, good * 100, sum); break;
	case KPI_MEDIAN: spread(tally, figure); break;
	case KPI_HIGHEST:
		figure->none = !tally->points.len;
		figure->value = highest(&tally->points);
		break;
	case KPI_OF_BASE: divide(figure, sum * 100, tally->base); break;
	case KPI_BASE_PER: divide(figure, tally->base, count); break;
	case KPI_RETURN: divide(figure, (sum - tally->base) * 100, tally->base); break;
	case KPI_PER_100: divide(figure, count * 100, tally->base); break;
	}
	if (kpi->unit == KPI_DAYS)
		in_days(figure);
}

/* ---- groups ---- */

static int64_t key_of(const struct kpi_point *point, enum kpi_by by)
{
	switch (by) {
	case KPI_BY_OWNER: return point->owner;
	case KPI_BY_TEAM: return point->team;
	case KPI_BY_CAMPAIGN: return point->campaign;
	case KPI_BY_STAGE: return point->stage;
	default: return point->source;
	}
}

struct keyed {
	int64_t key;
	size_t at;
};

static int by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

void kpi_group(struct kpi_book *book, const struct kpi_tally *tally, enum kpi_by by,
        struct kpi_groups *groups)
{
	struct arena *arena = book->work->arena;
	struct keyed *keyed = arena_array(arena, tally->points.len + 1, sizeof(*keyed));

	for (size_t i = 0; i < tally->points.len; i++)
		keyed[i] = (struct keyed){ key_of(&tally->points.at[i], by), i };
	qsort(keyed, tally->points.len, sizeof(*keyed), by_key);
	for (size_t i = 0; i < tally->points.len; i++) {
		struct kpi_group *group;

		if (!groups->len || groups->at[groups->len - 1].key != keyed[i].key)
			vec_push(arena, groups)->key = keyed[i].key;
		group = &groups->at[groups->len - 1];
		group->tally.base = tally->base;
		*vec_push(arena, &group->tally.points) = tally->points.at[keyed[i].at];
	}
}

/* ---- the line ---- */

static const struct kpi_tally *tally_of(const struct kpi_groups *groups, int64_t key)
{
	static const struct kpi_tally NOTHING = { 0 };

	for (size_t i = 0; i < groups->len; i++)
		if (groups->at[i].key == key)
			return &groups->at[i].tally;
	return &NOTHING;
}

/* The value of one rep; false: too few cases behind it to stand beside others. */
static bool rep_value(const struct kpi_lines *asked, const struct kpi_tally *tally,
        const struct kpi_tally *closed, double *value)
{
	bool is_number = asked->kpi->rule == KPI_NUMBER || asked->kpi->rule == KPI_SUM;
	struct kpi_figure figure;

	if ((is_number ? closed : tally)->points.len < LINE_CASES)
		return false;
	kpi_work_out(asked->kpi, tally, &figure);
	*value = figure.value;
	return !figure.none;
}

bool kpi_line(struct kpi_book *book, const struct kpi_lines *asked, struct kpi_line *line)
{
	struct arena *arena = book->work->arena;
	double *values = arena_array(arena, asked->team->len + 1, sizeof(*values));
	struct kpi_groups mine = VEC_EMPTY, closed = VEC_EMPTY;
	size_t n = 0;

	kpi_group(book, asked->tally, KPI_BY_OWNER, &mine);
	kpi_group(book, asked->closed, KPI_BY_OWNER, &closed);
	*line = (struct kpi_line){ 0 };
	for (size_t i = 0; i < asked->team->len; i++)
		if (rep_value(asked, tally_of(&mine, asked->team->at[i]),
		            tally_of(&closed, asked->team->at[i]), &values[n]))
			line->mean += values[n++];
	line->reps = (int64_t)n;
	if (n < LINE_REPS)
		return false;
	qsort(values, n, sizeof(*values), by_number);
	line->mean /= (double)n;
	line->median = kpi_quantile(values, n, 0.5);
	line->low = kpi_quantile(values, n, 0.25);
	line->high = kpi_quantile(values, n, 0.75);
	return true;
}
