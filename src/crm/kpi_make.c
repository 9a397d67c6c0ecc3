/* kpi_make.c - events to stories, old and new stories to a past. */
#include "base/base.h"
#include "crm/draft.h"
#include "crm/kpi_past_impl.h"

#include <stdlib.h>

/* So many pieces, then all is copied into one. */
enum { CHUNKS_MOST = 32 };

/* ---- events to stories ---- */

/* The events of one record, while they are dealt out. */
struct pile {
	int64_t record;
	struct kpi_event *at;
	size_t len;
};
struct piles {
	struct pile *at;
	size_t len;
};

/* The number of the record's pile, a new one if it has none. */
static uint32_t pile_of(struct piles *piles, uint32_t *table, size_t mask, int64_t record)
{
	size_t slot = (size_t)(((uint64_t)record * 0x9e3779b97f4a7c15u) >> 20) & mask;

	while (table[slot] && piles->at[table[slot] - 1].record != record)
		slot = (slot + 1) & mask;
	if (!table[slot]) {
		piles->at[piles->len++] = (struct pile){ .record = record };
		table[slot] = (uint32_t)piles->len;
	}
	return table[slot] - 1;
}

static int by_pile(const void *a, const void *b)
{
	const struct pile *x = *(struct pile *const *)a, *y = *(struct pile *const *)b;

	return x->record < y->record ? -1 : x->record > y->record;
}

/* Room for their events in the chunk, side by side in the order of records: so they are read. */
static struct pile **lay_out(
        struct arena *scratch, struct arena *chunk, const struct piles *piles, size_t events)
{
	struct pile **order = arena_raw(scratch, piles->len * sizeof(struct pile *) + 1);
	struct kpi_event *at = arena_raw(chunk, events * sizeof(*at) + 1);

	for (size_t i = 0; i < piles->len; i++)
		order[i] = &piles->at[i];
	qsort(order, piles->len, sizeof(struct pile *), by_pile);
	for (size_t i = 0; i < piles->len; i++) {
		order[i]->at = at;
		at += order[i]->len;
		order[i]->len = 0;
	}
	return order;
}

/* Deals the events out, record by record. */
static struct pile **deal_out(struct arena *scratch, struct arena *chunk,
        const struct kpi_told_list *told, struct piles *piles)
{
	uint32_t *of = arena_raw(scratch, told->len * sizeof(*of) + 1), *table;
	struct pile **order;
	size_t size = 64;

	piles->at = arena_raw(scratch, told->len * sizeof(*piles->at) + 1);
	while (size < told->len * 2)
		size *= 2;
	table = arena_array(scratch, size, sizeof(*table));
	for (size_t i = 0; i < told->len; i++) {
		of[i] = pile_of(piles, table, size - 1, told->at[i].record);
		piles->at[of[i]].len++;
	}
	order = lay_out(scratch, chunk, piles, told->len);
	for (size_t i = 0; i < told->len; i++) {
		struct pile *pile = &piles->at[of[i]];

		pile->at[pile->len++] = told->at[i].event;
	}
	return order;
}

/* ---- stories ---- */

static int by_record(const void *a, const void *b)
{
	const struct kpi_traits *x = a, *y = b;

	return x->record < y->record ? -1 : x->record > y->record;
}

static void give_traits(const struct kpi_traits_list *list, struct kpi_fact *is)
{
	struct kpi_traits wanted = { .record = is->record }, *traits;

	traits =
	        list->len ? bsearch(&wanted, list->at, list->len, sizeof(wanted), by_record) : NULL;
	if (!traits)
		return;
	is->support.due = traits->due;
	is->support.response_due = traits->response_due;
	is->support.priority = traits->priority;
	is->support.is_complaint = traits->is_complaint;
}

/* Is there anything in it that was undone later? Then what is left is another list. */
static void leave_out(struct arena *chunk, const struct pile *pile, struct kpi_story *story)
{
	struct kpi_event *left;

	*story = (struct kpi_story){
		.at = pile->at, .len = pile->len, .all = pile->at, .count = pile->len
	};
	for (size_t i = 0; i < pile->len; i++)
		if (pile->at[i].what == CRM_EVENT_UNDONE) {
			left = arena_raw(chunk, pile->len * sizeof(*left));
			story->at = left;
			story->len = kpi_left(pile->at, pile->len, left);
			return;
		}
}

/* A story as it stands after all of it. */
static struct kpi_entry settle(const struct kpi_making *m, enum crm_noun noun,
        const struct pile *pile, struct kpi_story *story)
{
	leave_out(lent_arena(m->chunk), pile, story);
	story->now.noun = (uint8_t)noun;
	story->now.record = pile->record;
	if (noun == CRM_CASE)
		give_traits(&m->traits, &story->now);
	story->now = kpi_fact_at(story, INT64_MAX);
	return (struct kpi_entry){
		.record = pile->record,
		.last = pile->at[pile->len - 1].at,
		.story = story,
		.is_open = story->now.is_there && !story->now.state,
	};
}

static void new_stories(struct kpi_making *m, enum crm_noun noun, struct kpi_stories *stories)
{
	struct arena *chunk = lent_arena(m->chunk);
	struct piles piles = { 0 };
	struct pile **order = deal_out(m->scratch, chunk, &m->told[noun], &piles);
	struct kpi_story *at = arena_raw(chunk, piles.len * sizeof(*at) + 1);

	for (size_t i = 0; i < piles.len; i++)
		*vec_push(m->scratch, stories) = settle(m, noun, order[i], &at[i]);
}

/* Those of `old` that were not touched, and the new ones, by record. */
static void merge(struct arena *arena, const struct kpi_stories *old, const struct ids *touched,
        const struct kpi_stories *new, struct kpi_stories *to)
{
	size_t i = 0, t = 0, n = 0;

	to->cap = old->len + new->len;
	to->at = arena_raw(arena, to->cap * sizeof(*to->at) + 1);
	while (i < old->len || n < new->len) {
		bool from_new =
		        n < new->len && (i == old->len || new->at[n].record <= old->at[i].record);
		const struct kpi_entry *entry = from_new ? &new->at[n++] : &old->at[i++];

		while (t < touched->len && touched->at[t] < entry->record)
			t++;
		if (from_new || t == touched->len || touched->at[t] != entry->record)
			to->at[to->len++] = *entry;
	}
}

static void add_chunk(struct kpi_past *past, struct lent *chunk)
{
	struct arena *arena = lent_arena(past->lent);

	*vec_push(arena, &past->chunks) = chunk;
	lent_hold(chunk, arena);
}

static const struct kpi_event *copy_events(
        struct kpi_event **to, const struct kpi_event *from, size_t count)
{
	struct kpi_event *copy = *to;

	memcpy(copy, from, count * sizeof(*copy));
	*to += count;
	return copy;
}

static void copy(struct arena *chunk, struct kpi_stories *stories)
{
	struct kpi_story *copies = arena_raw(chunk, stories->len * sizeof(*copies) + 1);
	struct kpi_event *events;
	size_t count = 0;

	for (size_t i = 0; i < stories->len; i++)
		count += stories->at[i].story->len + stories->at[i].story->count;
	events = arena_raw(chunk, count * sizeof(*events) + 1);
	for (size_t i = 0; i < stories->len; i++) {
		const struct kpi_story *old = stories->at[i].story;

		copies[i] = *old;
		copies[i].all = copy_events(&events, old->all, old->count);
		copies[i].at = old->at == old->all ? copies[i].all
		                                   : copy_events(&events, old->at, old->len);
		copies[i].now.story = &copies[i];
		stories->at[i].story = &copies[i];
	}
}

/* The chunks of what it was read on from, and a new one; all in one when they have become many. */
static void put_chunks(struct kpi_past *past, const struct kpi_past *from, struct lent **chunk)
{
	struct lent *one;

	if (!from || from->chunks.len < CHUNKS_MOST) {
		for (size_t i = 0; from && i < from->chunks.len; i++)
			add_chunk(past, from->chunks.at[i]);
		add_chunk(past, *chunk);
		lent_drop(chunk);
		return;
	}
	one = lent_new();
	copy(lent_arena(one), &past->leads);
	copy(lent_arena(one), &past->deals);
	copy(lent_arena(one), &past->cases);
	add_chunk(past, one);
	lent_drop(&one);
	lent_drop(chunk);
}

/* ---- all ---- */

static void make_stories(struct kpi_making *m, enum crm_noun noun, const struct kpi_stories *old,
        struct kpi_stories *to)
{
	struct kpi_stories new = VEC_EMPTY;

	new_stories(m, noun, &new);
	merge(lent_arena(m->past->lent), old, &m->touched, &new, to);
}

void kpi_make(struct kpi_making *m)
{
	static const struct kpi_past NOTHING;
	const struct kpi_past *old = m->from ? m->from : &NOTHING;

	m->chunk = lent_new();
	make_stories(m, CRM_LEAD, &old->leads, &m->past->leads);
	make_stories(m, CRM_DEAL, &old->deals, &m->past->deals);
	make_stories(m, CRM_CASE, &old->cases, &m->past->cases);
	put_chunks(m->past, m->from, &m->chunk);
}
