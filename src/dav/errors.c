/* errors.c - work.err as a DAV:error document (RFC 4918 16), one place for all methods. */
#include "base/base.h"
#include "dav/dav.h"

void dav_error_element(struct xml_out *out, const struct err *err)
{
	const struct err_row *row = err_row(err->id);
	struct xml_name name;

	if (!row->element)
		return;
	name = name_find(ns_uri(ns_of_err(row->ns)), text_of(row->element));
	if (!err->href[0]) {
		xml_empty_name(out, &name);
		return;
	}
	xml_open_name(out, &name);
	if (err->id == ERR_NEED_PRIVILEGES) {
		/* RFC 3744 7.1.1 */
		xml_open(out, DAV_resource);
		xml_href(out, text_of(err->href));
		xml_open(out, DAV_privilege);
		if (err->privilege) {
			enum privilege_id id = privilege_find(false, text_of(err->privilege));
			struct xml_name privilege =
			        name_find(ns_uri(id == PRIVILEGE_COUNT ? NS_CAL : NS_DAV),
			                text_of(err->privilege));

			xml_empty_name(out, &privilege);
		}
		xml_close(out, DAV_privilege);
		xml_close(out, DAV_resource);
	} else {
		xml_href(out, text_of(err->href));
	}
	xml_close_name(out, &name);
}

void dav_fail(struct call *c)
{
	const struct err_row *row = err_row(c->work.err.id);
	struct buf buf;
	struct xml_out *out;
	struct text words = text_of(c->work.err.detail[0] ? c->work.err.detail : row->words);

	buf_init(&buf, c->work.arena);
	if (!row->element) {
		buf_add(&buf, words);
		buf_char(&buf, '\n');
		call_reply_body(c, row->status, "text/plain; charset=utf-8", buf_text(&buf));
		return;
	}
	out = xml_out_new(c->work.arena, &buf);
	xml_root(out, DAV_error);
	dav_error_element(out, &c->work.err);
	xml_text(out, DAV_responsedescription, words);
	xml_close(out, DAV_error);
	call_reply_body(c, row->status, "application/xml; charset=utf-8", buf_text(&buf));
}
