/* bulk_reply.c - see bulk.h: what became of each change, in the order of the request. */
#include "base/base.h"
#include "dav/bulk.h"
#include "dav/multistatus.h"

struct telling {
	struct call *c;
	const struct bulk *bulk;
	struct xml_out *out;
	struct target at;  /* the collection */
	bool changed_data; /* X-MobileMe-DAV-Options: return-changed-data */
};

static void tell_refused(struct telling *t, const struct bulk_change *change)
{
	struct xml_out *out = t->out;

	xml_status(out, err_row(change->err.id)->status);
	xml_open(out, DAV_error);
	dav_error_element(out, &change->err);
	if (!change->href.ptr && change->uid.ptr)
		xml_text(out, CS_uid, change->uid);
	xml_close(out, DAV_error);
}

/* As PROPPATCH tells it: what was refused, and the rest as failed dependencies; the data too. */
static void tell_props_refused(struct telling *t, const struct bulk_change *change)
{
	struct xml_out *out = t->out;

	setprops_propstats(t->c, &change->props, false, out);
	if (!change->body.ptr)
		return;
	xml_open(out, DAV_propstat);
	xml_open(out, DAV_prop);
	xml_empty(out, t->bulk->data);
	xml_close(out, DAV_prop);
	xml_status(out, 424);
	xml_close(out, DAV_propstat);
}

static void tell_put(struct telling *t, const struct bulk_change *change)
{
	struct xml_out *out = t->out;
	bool data = change->done.altered && t->changed_data && change->done.body.ptr;

	xml_open(out, DAV_propstat);
	xml_open(out, DAV_prop);
	if (change->done.etag.ptr && (!change->done.altered || data)) {
		xml_open(out, DAV_getetag);
		xml_etag(out, change->done.etag);
		xml_close(out, DAV_getetag);
	}
	if (data)
		xml_text(out, t->bulk->data, change->done.body);
	if (!change->href.ptr && change->done.uid.ptr)
		xml_text(out, CS_uid, change->done.uid);
	xml_close(out, DAV_prop);
	xml_status(out, 200);
	xml_close(out, DAV_propstat);
}

static void tell(struct telling *t, const struct bulk_change *change)
{
	struct xml_out *out = t->out;
	struct text href = change->at;
	bool refused = err_is_set(&change->err) || !change->plan;

	if (!change->href.ptr && !refused)
		href = href_child(t->c->work.arena, t->at.href, change->done.name, false);
	else if (change->href.ptr && !href.ptr)
		href = change->href;
	xml_open(out, DAV_response);
	xml_href(out, href);
	if (err_is_set(&change->err))
		tell_refused(t, change);
	else if (refused)
		tell_props_refused(t, change);
	else if (change->remove)
		xml_status(out, 200);
	else
		tell_put(t, change);
	xml_close(out, DAV_response);
}

bool bulk_reply(struct call *c, const struct bulk *bulk)
{
	struct telling t = { .c = c, .bulk = bulk };
	struct buf buf;

	if (!target_find(&c->work, &c->path, false, &t.at))
		return false;
	t.changed_data = text_find(call_header(c, "X-MobileMe-DAV-Options"),
	                         TEXT("return-changed-data")) >= 0;
	buf_init(&buf, c->work.arena);
	t.out = xml_out_new(c->work.arena, &buf);
	xml_root(t.out, DAV_multistatus);
	for (size_t i = 0; i < bulk->changes.len; i++)
		tell(&t, &bulk->changes.at[i]);
	xml_close(t.out, DAV_multistatus);
	return multistatus_reply_whole(c, &buf);
}
