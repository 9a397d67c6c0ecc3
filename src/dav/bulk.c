/* bulk.c - see bulk.h: what is asked, and the rounds of deciding and writing. */
#include "base/base.h"
#include "dav/bulk.h"
#include "dav/props.h"

enum { MAX_TRIES = 3 };

static void write_limits(struct prop_ask *ask, enum name_id name)
{
	xml_open(ask->out, name);
	xml_int(ask->out, ME_max_resources, BULK_MAX);
	xml_int(ask->out, ME_max_bytes, ask->call->settings->limits_body);
	xml_close(ask->out, name);
}

enum prop_got get_bulk_requests(struct prop_ask *ask)
{
	write_limits(ask, ME_simple);
	write_limits(ask, ME_crud);
	return PROP_GOT;
}

/* ---- rounds ---- */

static void one_settled(void *arg)
{
	struct bulk *bulk = arg;

	if (__atomic_sub_fetch(&bulk->waiting, 1, __ATOMIC_ACQ_REL) == 0)
		bulk->waker.wake(bulk->waker.arg);
}

static void conclude(struct call *c, struct bulk_change *change)
{
	change->settled = true;
	if (edit_result(&c->work, change->plan, &change->done))
		return;
	change->err = c->work.err;
	err_clear(&c->work.err);
}

static bool next_round(struct call *c);

/* Everything is back from the writer. */
static bool look_back(struct call *c)
{
	struct bulk *bulk = c->state;
	bool again = false;

	for (size_t i = 0; i < bulk->changes.len; i++) {
		struct bulk_change *change = &bulk->changes.at[i];

		if (change->settled || !change->plan)
			continue;
		if (edit_stale(change->plan) && ++change->tries < MAX_TRIES)
			again = true;
		else
			conclude(c, change);
	}
	return again ? next_round(c) : bulk_reply(c, bulk);
}

/* From here on the arena is the writer's, until look_back(). */
static bool submit(struct call *c, struct bulk *bulk)
{
	bulk->waiting = 1;
	bulk->waker = call_park(c, look_back);
	for (size_t i = 0; i < bulk->changes.len; i++) {
		struct bulk_change *change = &bulk->changes.at[i];

		if (change->settled)
			continue;
		__atomic_add_fetch(&bulk->waiting, 1, __ATOMIC_ACQ_REL);
		if (edit_commit(&c->work, change->plan, one_settled, bulk))
			continue;
		change->settled = true;
		change->err = c->work.err;
		err_clear(&c->work.err);
		__atomic_sub_fetch(&bulk->waiting, 1, __ATOMIC_ACQ_REL);
	}
	one_settled(bulk);
	return true;
}

static bool next_round(struct call *c)
{
	struct bulk *bulk = c->state;
	struct target at;
	bool any = false;

	if (!dav_target(c, false, false, &at))
		return false;
	bulk->growing = 0;
	for (size_t i = 0; i < bulk->changes.len; i++) {
		struct bulk_change *change = &bulk->changes.at[i];

		if (change->settled)
			continue;
		bulk_decide(c, bulk, &at, change);
		change->settled = !change->plan;
		any |= change->plan != NULL;
	}
	return any ? submit(c, bulk) : bulk_reply(c, bulk);
}

/* ---- what is asked ---- */

static struct bulk *begin(struct call *c, const struct target *at, const struct edit_locks *locks)
{
	struct bulk *bulk = arena_make(c->work.arena, struct bulk);

	bulk->locks = *locks;
	/* A sync token in If is for the request as a whole: dav_conditions() has looked, and the
	 * first change makes it another. */
	bulk->locks.unchanged_len = 0;
	bulk->data = on_of(at) == ON_CALENDAR ? CAL_calendar_data : CARD_address_data;
	c->state = bulk;
	return bulk;
}

static bool too_many(struct call *c)
{
	return err_set(
	        &c->work.err, ERR_TOO_LARGE, "%d resources are changed at once at most", BULK_MAX);
}

static bool read_resource(struct call *c, struct bulk *bulk, const struct xml_node *node)
{
	struct bulk_change *change = vec_push(c->work.arena, &bulk->changes);
	const struct xml_node *href = xml_child(node, DAV_href);
	const struct xml_node *match = xml_child(xml_child(node, ME_if_match), DAV_getetag);
	const struct xml_node *data =
	        xml_child(xml_child(xml_child(node, DAV_set), DAV_prop), bulk->data);

	change->node = node;
	change->remove = xml_child(node, ME_delete) != NULL;
	if (href)
		change->href = href->text.ptr ? text_trim(href->text) : TEXT("");
	if (match)
		change->etag = match->text.ptr ? text_trim(match->text) : TEXT("");
	if (data)
		change->body = data->text.ptr ? data->text : TEXT("");
	if (!href && (change->remove || !data))
		return err_set(&c->work.err, ERR_BAD_XML,
		        "a resource without href is created, and needs its data");
	return true;
}

bool bulk_multiput(struct call *c, const struct target *at, const struct edit_locks *locks)
{
	struct bulk *bulk = begin(c, at, locks);
	const struct xml_node *root;

	if (!dav_xml(c, ME_multiput, false, &root))
		return false;
	for (const struct xml_node *n = xml_child(root, ME_resource); n;
	        n = xml_again(n, ME_resource)) {
		if (bulk->changes.len >= BULK_MAX)
			return too_many(c);
		if (!read_resource(c, bulk, n))
			return false;
	}
	if (!bulk->changes.len)
		return err_set(&c->work.err, ERR_BAD_XML, "a multiput names no resource");
	return call_slow(c, next_round);
}

bool bulk_split(
        struct work *work, const struct target *at, struct text body, struct bulk_parts *parts)
{
	for (const struct feature *const *f = dav_features(); *f; f++)
		if ((*f)->split && !(*f)->split(work, at, body, parts))
			return false;
	return true;
}

static bool check_type(struct call *c, const struct target *at)
{
	struct text type = header_media_type(c->work.arena, call_header(c, "Content-Type"));

	if (on_of(at) == ON_CALENDAR)
		return text_eq(type, TEXT("text/calendar")) ||
		       err_set(&c->work.err, ERR_SUPPORTED_CALENDAR_DATA, "%s", "");
	return text_eq(type, TEXT("text/vcard")) || text_eq(type, TEXT("text/x-vcard")) ||
	       err_set(&c->work.err, ERR_SUPPORTED_ADDRESS_DATA, "%s", "");
}

bool bulk_import(struct call *c, const struct target *at, const struct edit_locks *locks)
{
	struct bulk *bulk = begin(c, at, locks);
	struct bulk_parts parts = VEC_EMPTY;

	if (!check_type(c, at) ||
	        !bulk_split(&c->work, at, c->body.ptr ? c->body : TEXT(""), &parts))
		return false;
	if (parts.len > BULK_MAX)
		return too_many(c);
	for (size_t i = 0; i < parts.len; i++) {
		struct bulk_change *change = vec_push(c->work.arena, &bulk->changes);

		change->uid = parts.at[i].uid;
		change->body = parts.at[i].body;
	}
	if (!parts.len)
		return err_set(&c->work.err, ERR_BAD_REQUEST, "There is nothing in it");
	return call_slow(c, next_round);
}
