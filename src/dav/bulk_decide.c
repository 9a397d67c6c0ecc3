/* bulk_decide.c - see bulk.h: one change becomes a plan. */
#include "base/base.h"
#include "dav/bulk.h"

/* The member that the href names, which must be one of this collection. */
static bool find_member(struct call *c, const struct target *collection,
        const struct bulk_change *change, struct target *at)
{
	struct work *work = &c->work;
	struct path path;

	if (!href_parse(work->arena, &work->err, change->href, c->authority, &path, NULL) ||
	        !target_find(work, &path, false, at))
		return false;
	if (at->is == TARGET_NOTHING && (change->remove || !change->body.ptr))
		return err_set(&work->err, ERR_NOT_FOUND, "%s", "");
	if (!at->collection || at->collection->id != collection->collection->id ||
	        (at->is != TARGET_MEMBER && at->is != TARGET_NOTHING))
		return err_set(&work->err, ERR_FORBIDDEN, "this is not in the collection asked");
	return true;
}

/* if-match: the entity tag, with or without its quotes. */
static bool check_etag(
        struct call *c, const struct bulk_change *change, const struct target *at, int64_t *guard)
{
	struct text wanted = change->etag, is;

	*guard = -1;
	if (!wanted.ptr)
		return true;
	if (at->is != TARGET_MEMBER)
		return err_set(&c->work.err, ERR_PRECONDITION_FAILED, "%s", "");
	if (wanted.len >= 2 && wanted.ptr[0] == '"')
		wanted = text_sub(wanted, 1, wanted.len - 2);
	is = record_etag(c->work.arena, at->item->member.revision);
	*guard = at->item->member.revision;
	return text_eq(wanted, is) || err_set(&c->work.err, ERR_PRECONDITION_FAILED, "%s", "");
}

/* The other properties of the resource element, judged; false: one of them is refused. */
static bool read_props(struct call *c, struct bulk *bulk, struct bulk_change *change,
        const struct target *at, struct props *props)
{
	unsigned on = bulk->data == CAL_calendar_data ? ON_EVENT : ON_CARD;
	struct setting_at where = { at, on, false, bulk->data };

	change->props = (struct setprops)VEC_EMPTY;
	change->props_ok = true;
	if (!change->node)
		return true;
	if (!setprops_read(c, &where, change->node, &change->props, &change->props_ok))
		return false;
	if (!change->props_ok)
		return false;
	setprops_store(c, &change->props, props);
	return true;
}

static struct edit_body body_of(const struct bulk *bulk, const struct bulk_change *change)
{
	return (struct edit_body){ change->body, -1, (int64_t)change->body.len,
		bulk->data == CAL_calendar_data ? TEXT("text/calendar; charset=utf-8")
		                                : TEXT("text/vcard; charset=utf-8") };
}

static struct plan *create(struct call *c, struct bulk *bulk, const struct target *collection,
        struct bulk_change *change)
{
	struct edit_body body = body_of(bulk, change);
	struct props props = VEC_EMPTY;
	struct plan *plan;

	if (!read_props(c, bulk, change, collection, &props))
		return NULL;
	plan = edit_add(&c->work, collection, &body, &bulk->locks);
	return plan && edit_put_props(&c->work, plan, collection, &props) ? plan : NULL;
}

static struct plan *alter(struct call *c, struct bulk *bulk, const struct target *collection,
        struct bulk_change *change)
{
	struct edit_body body = body_of(bulk, change);
	struct props props = VEC_EMPTY;
	struct plan *plan;
	struct target at;
	int64_t guard;

	if (!find_member(c, collection, change, &at) || !check_etag(c, change, &at, &guard))
		return NULL;
	change->at = at.href;
	if (change->remove)
		return edit_remove(&c->work, &at, &bulk->locks);
	if (!read_props(c, bulk, change, &at, &props))
		return NULL;
	if (!change->body.ptr)
		return edit_props(&c->work, &at, &props, &bulk->locks);
	plan = edit_put(&c->work, &at, &body, guard, &bulk->locks);
	return plan && edit_put_props(&c->work, plan, &at, &props) ? plan : NULL;
}

/* A refused creation is told by its UID. */
static void find_uid(struct call *c, const struct target *collection, struct bulk_change *change)
{
	struct bulk_parts parts = VEC_EMPTY;
	struct err said = c->work.err;

	err_clear(&c->work.err);
	if (bulk_split(&c->work, collection, change->body, &parts) && parts.len == 1)
		change->uid = parts.at[0].uid;
	c->work.err = said;
}

void bulk_decide(struct call *c, struct bulk *bulk, const struct target *collection,
        struct bulk_change *change)
{
	int64_t growing = bulk->growing;

	c->work.growing = &bulk->growing;
	change->plan = change->href.ptr ? alter(c, bulk, collection, change)
	                                : create(c, bulk, collection, change);
	c->work.growing = NULL;
	if (change->plan)
		return;
	bulk->growing = growing;
	if (!change->href.ptr && !change->uid.ptr)
		find_uid(c, collection, change);
	change->err = c->work.err;
	err_clear(&c->work.err);
}
