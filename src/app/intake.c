#include "base/base.h"

#include <stdio.h>

#include "app/intake.h"
#include "base/codec.h"
#include "base/hash.h"
#include "base/thread.h"
#include "edit/edit.h"
#include "store/writer.h"

enum { WINDOW = 128, TRIES = 3, NAME_MAX_BYTES = 120, RANK = 88 };

static const struct edit_locks NO_LOCKS = { 0 };

struct job {
	struct intake *intake;
	struct intake_object object;
	struct work work; /* with an arena of its own */
	struct plan *plan;
	bool waits; /* lent to the writer */
	bool is_new;
};

struct intake {
	struct desk *desk;
	struct intake_counts counts;
	struct job jobs[WINDOW];
	size_t len;
	VEC(struct arena *) kept;
	struct lock lock;
	pthread_cond_t settled;
	size_t waiting; /* plans that the writer has */
};

struct intake *intake_new(struct desk *desk)
{
	struct intake *intake = arena_make(desk->work.arena, struct intake);

	intake->desk = desk;
	lock_init(&intake->lock, "intake", RANK);
	pthread_cond_init(&intake->settled, NULL);
	return intake;
}

const struct intake_counts *intake_counts(const struct intake *intake)
{
	return &intake->counts;
}

void intake_keep(struct intake *intake, struct arena *arena)
{
	*vec_push(intake->desk->work.arena, &intake->kept) = arena;
}

void intake_refuse(struct intake *intake, const char *from, struct text what, const struct err *err)
{
	const char *why = err->detail[0] ? err->detail : err_row(err->id)->words;

	intake->counts.refused++;
	fprintf(stderr, "%s: %.*s%s%s\n", from, TEXT_ARG(what), what.len ? ": " : "", why);
}

/* ---- one object ---- */

static bool is_plain(struct text name)
{
	if (!name.len || name.len > NAME_MAX_BYTES || name.ptr[0] == '.')
		return false;
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];

		if (c <= ' ' || c >= 0x7F || strchr("/\\:*?\"<>|%#", c))
			return false;
	}
	return true;
}

static struct text name_for(struct arena *arena, const struct intake_object *object)
{
	uint8_t digest[SHA256_SIZE];

	if (is_plain(object->name))
		return object->name;
	if (is_plain(object->uid))
		return arena_printf(arena, "%.*s%s", TEXT_ARG(object->uid), object->extension);
	sha256(object->uid, digest);
	return arena_printf(arena, "%.*s%s",
	        TEXT_ARG(hex_encode(arena, (struct text){ (const char *)digest, 16 })),
	        object->extension);
}

/* Decides. *same: it is there, byte for byte. */
static bool decide(struct job *job, bool *same)
{
	const struct intake_object *object = &job->object;
	struct edit_body body = {
		.bytes = object->body, .fd = -1, .media = text_of(object->media)
	};
	struct work *work = &job->work;
	struct item *old, *whole;
	struct scope scope;
	struct target at;

	*same = false;
	if (!scope_of_collection(work, object->collection->collection, PRIVILEGE_READ, &scope) ||
	        !member_by_uid(work, &scope, object->uid, &old))
		return false;
	job->is_new = !old;
	if (old) {
		if (!member_get(work, &scope, old->member.name, true, &whole))
			return false;
		*same = whole && text_eq(whole->body, object->body);
		if (*same)
			return true;
	}
	if (!spot_member(work, object->collection,
	            old ? old->member.name : name_for(work->arena, object), &at))
		return false;
	job->plan = edit_put(work, &at, &body, -1, &NO_LOCKS);
	return job->plan;
}

static void job_begin(struct job *job)
{
	struct work *as = &job->intake->desk->work;

	work_step_end(as); /* a thread has one reader */
	job->plan = NULL;
	job->work = (struct work){
		.arena = arena_new(), .house = as->house, .who = as->who, .now = as->now
	};
}

static void job_end(struct job *job)
{
	work_step_end(&job->work);
	arena_free(&job->work.arena);
}

static void count(struct job *job)
{
	struct intake_counts *counts = &job->intake->counts;

	*(job->is_new ? &counts->added : &counts->changed) += 1;
}

/* Others were quicker, or two objects of one window are the same: one after the other. */
static void try_again(struct job *job)
{
	struct intake *intake = job->intake;
	bool same;

	for (int tries = 0; tries < TRIES; tries++) {
		job_end(job);
		job_begin(job);
		if (!decide(job, &same))
			break;
		if (same) {
			intake->counts.same++;
			return;
		}
		work_step_end(&job->work);
		if (writer_apply(intake->desk->house.writer, job->plan, &job->work.err)) {
			count(job);
			return;
		}
		if (plan_state(job->plan) != PLAN_STALE)
			break;
		err_clear(&job->work.err);
	}
	if (!err_is_set(&job->work.err))
		err_set(&job->work.err, ERR_CONFLICT, "others keep changing it");
	intake_refuse(intake, job->object.from, job->object.uid, &job->work.err);
}

/* ---- the window ---- */

static void wake(void *arg)
{
	struct intake *intake = arg;

	lock_take(&intake->lock);
	intake->waiting--;
	pthread_cond_signal(&intake->settled);
	lock_give(&intake->lock);
}

static void settle(struct job *job)
{
	switch (plan_state(job->plan)) {
	case PLAN_DONE: count(job); break;
	case PLAN_STALE: try_again(job); break;
	default:
		intake_refuse(
		        job->intake, job->object.from, job->object.uid, plan_error(job->plan));
	}
	job_end(job);
}

void intake_flush(struct intake *intake)
{
	lock_take(&intake->lock);
	while (intake->waiting)
		lock_wait(&intake->lock, &intake->settled, -1);
	lock_give(&intake->lock);
	for (size_t i = 0; i < intake->len; i++)
		settle(&intake->jobs[i]);
	intake->len = 0;
	for (size_t i = 0; i < intake->kept.len; i++)
		arena_free(&intake->kept.at[i]);
	intake->kept.len = 0;
}

static bool submit(struct job *job)
{
	struct intake *intake = job->intake;
	bool taken;

	work_step_end(&job->work);
	lock_take(&intake->lock);
	intake->waiting++;
	lock_give(&intake->lock);
	taken = writer_submit(intake->desk->house.writer, job->plan, wake, intake, &job->work.err);
	if (!taken)
		wake(intake);
	return taken;
}

void intake_put(struct intake *intake, const struct intake_object *object)
{
	struct job *job;
	bool same;

	if (intake->len == WINDOW)
		intake_flush(intake);
	job = &intake->jobs[intake->len];
	*job = (struct job){ .intake = intake, .object = *object };
	job_begin(job);
	if (decide(job, &same) && (same || submit(job))) {
		intake->counts.same += same;
		intake->len += !same;
		if (same)
			job_end(job);
		return;
	}
	intake_refuse(intake, object->from, object->uid, &job->work.err);
	job_end(job);
}

/* ---- files ---- */

void intake_file(
        struct intake *intake, const struct target *folder, struct text name, int fd, int64_t size)
{
	struct edit_body body = { .fd = fd, .size = size };
	struct job job = { .intake = intake };
	struct target at;

	job_begin(&job);
	if (spot_member(&job.work, folder, name, &at)) {
		job.is_new = at.is == TARGET_NOTHING;
		job.plan = edit_put(&job.work, &at, &body, -1, &NO_LOCKS);
	}
	work_step_end(&job.work);
	if (job.plan && writer_apply(intake->desk->house.writer, job.plan, &job.work.err))
		count(&job);
	else
		intake_refuse(intake, name.ptr, TEXT_NONE, &job.work.err);
	job_end(&job);
}
