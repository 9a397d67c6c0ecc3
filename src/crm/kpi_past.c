#include "base/base.h"
#include "crm/kpi_past.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/thread.h"

/* No snapshot is that old: a past that lies ahead of one for longer is of another history. */
enum { RANK = 55, AHEAD_MS = 10000 };

struct kpi_kept {
	struct lock lock;
	pthread_cond_t settled; /* somebody has read all */
	bool is_reading, is_too_large;
	struct kpi_past *now, *before; /* before: for readers whose snapshot is a little older */
};

struct kpi_kept *kpi_kept_new(void)
{
	struct kpi_kept *kept = calloc(1, sizeof(*kept));

	if (!kept || pthread_cond_init(&kept->settled, NULL))
		abort();
	lock_init(&kept->lock, "kpi-kept", RANK);
	return kept;
}

static void drop(struct kpi_past **past)
{
	struct lent *lent = *past ? (*past)->lent : NULL;

	*past = NULL;
	lent_drop(&lent);
}

void kpi_kept_free(struct kpi_kept **kept)
{
	if (!*kept)
		return;
	drop(&(*kept)->now);
	drop(&(*kept)->before);
	pthread_cond_destroy(&(*kept)->settled);
	pthread_mutex_destroy(&(*kept)->lock.mutex);
	free(*kept);
	*kept = NULL;
}

/* ---- what is kept ---- */

static struct kpi_past *hold(struct work *work, struct kpi_past *const *which)
{
	struct kpi_kept *kept = work->house->kpi_kept;
	struct kpi_past *past;

	lock_take(&kept->lock);
	past = *which;
	if (past)
		lent_hold(past->lent, work->arena);
	lock_give(&kept->lock);
	return past;
}

static size_t bytes_of(const struct kpi_past *past)
{
	size_t bytes = arena_size(lent_arena(past->lent));

	for (size_t i = 0; i < past->chunks.len; i++)
		bytes += arena_size(lent_arena(past->chunks.at[i]));
	return bytes;
}

/* The newest stays, and the one before it for a while. `on`: it was read on from what is kept.
 * False: somebody was quicker. */
static bool put(struct kpi_kept *kept, struct kpi_past *past, bool on)
{
	const struct kpi_past *now = kept->now, *before = kept->before;

	if (now && past->mark.audit <= now->mark.audit && past->born_ms - now->born_ms < AHEAD_MS)
		return false;
	if (on && before && past->born_ms - before->born_ms < AHEAD_MS) {
		drop(&kept->now);
	} else {
		drop(&kept->before);
		kept->before = kept->now;
	}
	if (!on)
		drop(&kept->before);
	kept->now = past;
	return true;
}

/* Held by the work from now on; kept if it may be. */
static void keep(struct work *work, struct kpi_past *past, bool on)
{
	struct kpi_kept *kept = work->house->kpi_kept;
	bool is_kept = false;

	lent_hold(past->lent, work->arena);
	if (kept) {
		lock_take(&kept->lock);
		kept->is_too_large =
		        (int64_t)bytes_of(past) > house_settings(work->house)->crm_figures_memory;
		if (kept->is_too_large) {
			drop(&kept->now);
			drop(&kept->before);
		}
		is_kept = !kept->is_too_large && put(kept, past, on);
		lock_give(&kept->lock);
	}
	if (!is_kept)
		drop(&past);
}

/* ---- which one is asked for ---- */

static bool is_same(const struct kpi_mark *a, const struct kpi_mark *b)
{
	return a->audit == b->audit && a->revision == b->revision;
}

/* The newest that this snapshot has all of; NULL: none. */
static bool find(struct work *work, const struct kpi_mark *mark, const struct kpi_past **past)
{
	struct kpi_kept *kept = work->house->kpi_kept;
	const struct kpi_past *now = kept ? hold(work, &kept->now) : NULL, *before;
	bool is;

	*past = now;
	if (!now || is_same(&now->mark, mark))
		return true;
	if (!kpi_mark_is_there(work, &now->mark, &is) || is)
		return is;
	*past = before = hold(work, &kept->before);
	if (before && !kpi_mark_is_there(work, &before->mark, &is))
		return false;
	if (!is)
		*past = NULL;
	return true;
}

/* All is read by one at a time: true if somebody else has just done it. */
static bool wait_for_others(struct kpi_kept *kept)
{
	bool waited = false;

	if (!kept)
		return false;
	lock_take(&kept->lock);
	while (kept->is_reading && !kept->is_too_large) {
		lock_wait(&kept->lock, &kept->settled, -1);
		waited = true;
	}
	if (!waited)
		kept->is_reading = true;
	lock_give(&kept->lock);
	return waited;
}

static void let_others(struct kpi_kept *kept)
{
	if (!kept)
		return;
	lock_take(&kept->lock);
	kept->is_reading = false;
	pthread_cond_broadcast(&kept->settled);
	lock_give(&kept->lock);
}

static bool read_anew(struct work *work, const struct kpi_mark *mark, const struct kpi_past **past)
{
	struct kpi_past *made;
	bool done = kpi_read_all(work, mark, &made);

	if (done)
		keep(work, made, false);
	*past = done ? made : NULL;
	return done;
}

bool kpi_past(struct work *work, const struct kpi_past **past)
{
	struct kpi_kept *kept = work->house->kpi_kept;
	const struct kpi_past *from;
	struct kpi_past *made;
	struct kpi_mark mark;
	bool done;

	if (!kpi_read_mark(work, &mark))
		return false;
	do {
		if (!find(work, &mark, &from))
			return false;
		*past = from;
		if (from && is_same(&from->mark, &mark))
			return true;
		if (from && !kpi_read_on(work, from, &mark, &made))
			return false;
		if (from && made) {
			keep(work, made, true);
			*past = made;
			return true;
		}
	} while (wait_for_others(kept));
	done = read_anew(work, &mark, past);
	let_others(kept);
	return done;
}
