#include "base/base.h"
#include "base/hash.h"
#include "base/settings.h"
#include "edit/file.h"
#include "edit/gate.h"
#include "edit/locks.h"
#include "edit/put_crm.h"
#include "store/blob.h"

#include <errno.h>
#include <unistd.h>

struct putting {
	struct work *work;
	const struct target *at;
	const struct edit_body *body;
	const struct kind *kind;
	struct subject subject;
	struct record *old; /* NULL: a new one */
	struct rows *rows;
	struct record_put *put;
};

/* The second look at If-Match: the plan's guard is the third and last one. */
static bool check_guard(struct work *work, const struct target *at, int64_t guard)
{
	int64_t there = at->is == TARGET_MEMBER ? at->item->member.revision : 0;

	return guard < 0 || guard == there ||
	       err_set(&work->err, ERR_PRECONDITION_FAILED, "It was changed in the meantime");
}

static bool check_place(struct putting *p)
{
	struct work *work = p->work;
	const struct target *at = p->at;

	if (at->is != TARGET_MEMBER && at->is != TARGET_NOTHING)
		return err_set(
		        &work->err, ERR_METHOD_NOT_ALLOWED, "A collection has no body to put");
	if (!at->collection)
		return err_set(&work->err, ERR_CONFLICT, "The collection does not exist");
	p->kind = at->is == TARGET_MEMBER ? kind_of(work->house, (enum kind_id)at->item->kind)
	                                  : gate_kind(work, at->collection);
	if (!p->kind)
		return err_set(&work->err, ERR_FORBIDDEN, "This home holds collections only");
	/* RFC 3744 appendix B. */
	if (at->is == TARGET_MEMBER)
		return target_need(work, at, PRIVILEGE_WRITE_CONTENT);
	if (at->path.slash)
		return err_set(
		        &work->err, ERR_METHOD_NOT_ALLOWED, "A collection has no body to put");
	return gate_need_above(work, at, PRIVILEGE_BIND);
}

/* ---- the body ---- */

static int64_t body_size(const struct edit_body *body)
{
	return body->fd >= 0 ? body->size : (int64_t)body->bytes.len;
}

static bool check_size(struct putting *p)
{
	const struct settings *settings = house_settings(p->work->house);
	bool file = p->kind->id == KIND_FILE;
	int64_t max = file ? settings->limits_file : settings->limits_resource;

	return body_size(p->body) <= max ||
	       err_set(&p->work->err, p->kind->too_large, "%lld bytes are allowed at most",
	               (long long)max);
}

static bool read_spooled(struct putting *p)
{
	size_t len = (size_t)p->body->size, have = 0;
	char *bytes = arena_raw(p->work->arena, len + 1);

	while (have < len) {
		ssize_t got = pread(p->body->fd, bytes + have, len - have, (off_t)have);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return err_set(
			        &p->work->err, ERR_UNAVAILABLE, "The spooled body cannot be read");
		have += (size_t)got;
	}
	p->subject.body = (struct text){ bytes, len };
	return true;
}

/* Large files stay where they are until everything else is decided. */
static bool stays_spooled(const struct putting *p)
{
	return p->body->fd >= 0 && p->kind->id == KIND_FILE && p->body->size > BLOB_INLINE_MAX;
}

static bool load_body(struct putting *p)
{
	p->subject.body = p->body->bytes.ptr ? p->body->bytes : TEXT("");
	return p->body->fd < 0 || stays_spooled(p) || read_spooled(p);
}

static struct text media_of(const struct putting *p)
{
	if (p->kind->id == KIND_FILE && !p->body->media.len)
		return file_media(p->at->name);
	return p->body->media;
}

/* ---- what the kind says ---- */

static bool load_old(struct putting *p)
{
	struct work *work = p->work;

	if (p->at->is != TARGET_MEMBER)
		return true;
	if (!record_get(work, p->at->item->member.record, &p->old))
		return false;
	p->subject.record = p->old;
	return p->old || err_set(&work->err, ERR_CONFLICT, "It was removed in the meantime");
}

static bool understand(struct putting *p)
{
	struct work *work = p->work;
	const struct kind *kind = p->kind;
	struct subject *subject = &p->subject;

	if (!kind->parse(work, media_of(p), subject))
		return false;
	return !kind->check || kind->check(work, p->at->collection, subject);
}

/* RFC 4791 5.3.2.1, RFC 6352 6.3.2.1: neither somebody else's UID, nor another one than before. */
static bool check_uid(struct putting *p)
{
	struct gate_uid asked = {
		.kind = p->kind,
		.c = p->at->collection,
		.rights = p->at->rights,
		.href = target_parent_href(p->work->arena, p->at),
		.uid = p->subject.uid,
		.self = p->at->is == TARGET_MEMBER ? p->at->item : NULL,
	};

	if (asked.self && asked.self->member.uid.ptr) {
		if (text_eq(asked.self->member.uid, asked.uid))
			return true;
		return err_href(&p->work->err, p->kind->uid_conflict, p->at->href,
		        "It had another UID before");
	}
	return gate_uid_free(p->work, &asked);
}

/* ---- the plan ---- */

static bool make_record(struct putting *p)
{
	struct work *work = p->work;
	const struct target *at = p->at;
	struct record *record = arena_make(work->arena, struct record);
	int64_t size = stays_spooled(p) ? p->body->size : (int64_t)p->subject.body.len;

	if (p->old)
		*record = *p->old;
	record->kind = p->kind->id;
	record->home = at->collection->id;
	record->size = size;
	record->media = p->subject.media;
	record->body = p->subject.body;
	record->blob = 0;
	if (!gate_quota(work, at->collection, size - (p->old ? p->old->size : 0)))
		return false;
	if (stays_spooled(p) && !blob_store(work, p->body->fd, size, &record->blob))
		return false;
	p->put = arena_make(work->arena, struct record_put);
	*p->put = (struct record_put){
		.record = record,
		.guard = p->old ? at->item->member.revision : 0,
		.name = at->name,
		.uid = p->subject.uid,
		.tag = p->subject.tag,
		.rows = p->rows,
		.kind = p->kind,
	};
	return true;
}

static bool project(struct putting *p)
{
	struct work *work = p->work;

	p->rows = rows_new(work->arena);
	return !p->kind->project || p->kind->project(work, p->at->collection, &p->subject, p->rows);
}

/* What is put, as the steps see it. */
static bool add(struct putting *p, struct plan *plan)
{
	plan_put(plan, p->put);
	p->subject.stored = p->put->record;
	p->subject.device = p->body->device;
	return gate_steps(p->work, plan, p->at->collection, p->old, &p->subject);
}

bool edit_put_beside(struct work *work, struct plan *plan, const struct target *at,
        const struct edit_body *body, const struct record **record)
{
	static const struct edit_locks none;
	struct putting p = { .work = work, .at = at, .body = body };

	if (!check_place(&p) || !check_guard(work, at, 0) ||
	        !locks_allow(work, at, &none, false, true) || !check_size(&p) || !load_body(&p) ||
	        !understand(&p) || !check_uid(&p) || !project(&p) || !make_record(&p))
		return false;
	locks_watch(work, plan, &(struct lock_watch){ at, &none, false, true });
	*record = p.put->record;
	return add(&p, plan);
}

struct plan *edit_put(struct work *work, const struct target *at, const struct edit_body *body,
        int64_t guard, const struct edit_locks *locks)
{
	struct putting p = { .work = work, .at = at, .body = body };
	struct outcome *outcome;
	struct plan *plan;

	if (!check_place(&p) || (!kind_is_crm(p.kind->id) && !check_guard(work, at, guard)) ||
	        !locks_allow(work, at, locks, false, at->is == TARGET_NOTHING))
		return NULL;
	if (!check_size(&p) || !load_body(&p) || !load_old(&p))
		return NULL;
	if (kind_is_crm(p.kind->id))
		return put_crm(work, &(struct put_crm){ .at = at,
		                             .kind = p.kind,
		                             .body = p.subject.body,
		                             .media = media_of(&p),
		                             .device = body->device,
		                             .old = p.old,
		                             .base = guard,
		                             .locks = locks });
	if (!understand(&p) || !check_uid(&p))
		return NULL;
	if (!project(&p) || !make_record(&p))
		return NULL;
	plan = gate_plan(work, &outcome);
	gate_unchanged(plan, locks);
	locks_watch(work, plan, &(struct lock_watch){ at, locks, false, at->is == TARGET_NOTHING });
	outcome->created = !p.old;
	outcome->altered = p.subject.altered;
	outcome->record = p.put->record;
	outcome->name = at->name;
	outcome->uid = p.subject.uid;
	return add(&p, plan) ? plan : NULL;
}

bool edit_put_props(
        struct work *work, struct plan *plan, const struct target *at, const struct props *props)
{
	const struct outcome *outcome = plan_noted(plan);

	/* A move that only asks for something writes no record. */
	if (!outcome->record)
		return true;
	if (props->len && at->is == TARGET_MEMBER &&
	        !target_need(work, at, PRIVILEGE_WRITE_PROPERTIES))
		return false;
	for (size_t i = 0; i < props->len; i++)
		plan_prop_set_later(plan, HOLDER_RECORD, &outcome->record->id, props->at[i].ns,
		        props->at[i].name, props->at[i].value);
	return true;
}

struct plan *edit_add(struct work *work, const struct target *collection,
        const struct edit_body *body, const struct edit_locks *locks)
{
	struct target at = *collection;
	const char *ending = "";

	if (collection->is != TARGET_COLLECTION) {
		err_set(&work->err, ERR_METHOD_NOT_ALLOWED, "Members are added to collections");
		return NULL;
	}
	if (at.collection->type == COLLECTION_CALENDAR)
		ending = ".ics";
	else if (at.collection->type == COLLECTION_ADDRESSBOOK)
		ending = ".vcf";
	at.is = TARGET_NOTHING;
	at.path = (struct path){ 0 };
	at.name = arena_printf(work->arena, "%.*s%s", TEXT_ARG(random_uuid(work->arena)), ending);
	at.href = href_child(work->arena, collection->href, at.name, false);
	return edit_put(work, &at, body, 0, locks);
}
