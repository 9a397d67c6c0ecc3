/* dav.c - the method table, and what all methods share. */
#include "base/base.h"
#include "dav/dav.h"
#include "store/house.h"
#include "store/kind.h"
#include "view/token.h"
#include "wire/xml_kept.h"

/* ---- the table ---- */

static const struct dav_method *find_method(enum method method, unsigned on)
{
	for (const struct feature *const *f = dav_features(); *f; f++)
		for (size_t i = 0; i < (*f)->methods_len; i++)
			if ((*f)->methods[i].method == method && ((*f)->methods[i].on & on))
				return &(*f)->methods[i];
	return NULL;
}

struct text dav_allow(struct arena *arena, unsigned on)
{
	struct buf buf;

	buf_init(&buf, arena);
	for (enum method m = 0; m < METHOD_COUNT; m++) {
		if (!find_method(m, on))
			continue;
		if (buf.len)
			buf_add(&buf, TEXT(", "));
		buf_add(&buf, text_of(method_name(m)));
	}
	return buf_text(&buf);
}

/* RFC 6764 5: the one road every client knows. The place is a path: a host behind a proxy would
 * come out wrong. 301 is what every client has met: some do not know 308. */
static bool well_known(struct call *c)
{
	bool known = c->path.len == 2 && (text_eq(c->path.at[1], TEXT("caldav")) ||
	                                         text_eq(c->path.at[1], TEXT("carddav")));

	if (!known)
		return err_set(&c->work.err, ERR_NOT_FOUND, "%s", "");
	call_set(c, "Location", TEXT("/"));
	call_set(c, "Cache-Control", TEXT("max-age=3600"));
	return call_reply(c, 301);
}

/* Changes nothing, and may be gone through twice. */
static bool only_reads(enum method method)
{
	return method == METHOD_PROPFIND || method == METHOD_REPORT || method == METHOD_GET ||
	       method == METHOD_HEAD || method == METHOD_OPTIONS;
}

bool dav_handle(struct call *c)
{
	const struct dav_method *row = find_method(c->method, ~0u);
	bool ok;

	if (c->path.len && text_eq(c->path.at[0], TEXT(".well-known")))
		return well_known(c);
	if (!row)
		return err_set(&c->work.err, ERR_NOT_IMPLEMENTED, "%s", "");
	if (only_reads(c->method))
		work_read_lightly(&c->work);
	ok = row->run(c);
	return !ok && work_moved_on(&c->work) ? call_again(c, row->run) : ok;
}

/* ---- what methods share ---- */

bool dav_target(struct call *c, bool body, bool or_nothing, struct target *at)
{
	unsigned on;

	if (!target_find(&c->work, &c->path, body, at))
		return false;
	on = on_of(at);
	if (at->is == TARGET_NOTHING && !or_nothing)
		return err_set(&c->work.err, ERR_NOT_FOUND, "%s", "");
	if (find_method(c->method, on))
		return true;
	call_set(c, "Allow", dav_allow(c->work.arena, on));
	return err_set(&c->work.err, ERR_METHOD_NOT_ALLOWED, "%s", "");
}

void dav_say_where(struct call *c, const struct target *at)
{
	if (at->is != TARGET_MEMBER && at->is != TARGET_NOTHING && !c->path.slash)
		call_set(c, "Content-Location", at->href);
}

bool dav_xml(struct call *c, enum name_id root_name, bool may_lack, const struct xml_node **root)
{
	struct xml_limits limits = { (size_t)c->settings->limits_xml, 100000, 32, 16384 };
	struct text type = header_media_type(c->work.arena, call_header(c, "Content-Type"));
	const struct xml_node *parsed;

	*root = NULL;
	if (!c->body.len) {
		if (may_lack)
			return true;
		return err_set(&c->work.err, ERR_BAD_XML, "this method needs a body");
	}
	/* Clients call it by the type of what they ask for (text/vcard), or by no type of theirs.
	 */
	if (type.len && !text_eq(type, TEXT("application/xml")) &&
	        !text_starts(type, TEXT("text/")) && !text_ends(type, TEXT("+xml")) &&
	        !text_eq(type, TEXT("application/x-www-form-urlencoded")))
		return err_set(&c->work.err, ERR_UNSUPPORTED_MEDIA_TYPE, "XML is expected");
	if (!xml_parse_kept(c->work.arena, &c->work.err, &limits, c->body, &parsed))
		return false;
	if (root_name != NAME_UNKNOWN && parsed->name.id != root_name)
		return err_set(&c->work.err, ERR_BAD_XML, "another root element is expected");
	*root = parsed;
	return true;
}

/* ---- conditions ---- */

struct if_state {
	struct call *c;
	const struct target *own;
	const struct if_list *list;
	struct target at;                         /* what the list is about */
	VEC(const struct collection *) unchanged; /* whose sync tokens are submitted */
	struct lock_infos locks;
};

static struct text etag_of_target(struct call *c, const struct target *at)
{
	if (at->is != TARGET_MEMBER)
		return TEXT_NONE;
	return record_etag(c->work.arena, at->item->member.revision);
}

/* The resource a list is about, with its locks. A tag that leads elsewhere or nowhere is a resource
 * without state: its conditions fail, negated ones hold (RFC 4918 10.4.3). */
static bool find_tagged(struct if_state *s)
{
	struct err ignored = { 0 };
	struct path path;

	if (!s->list->resource.ptr) {
		s->at = *s->own;
	} else {
		s->at = (struct target){ .is = TARGET_NOTHING };
		if (!href_parse(s->c->work.arena, &ignored, s->list->resource, s->c->authority,
		            &path, NULL))
			return true;
		if (!target_find(&s->c->work, &path, false, &s->at))
			return false;
	}
	s->locks = (struct lock_infos){ 0 };
	return !s->at.collection || locks_covering(&s->c->work, &s->at, &s->locks);
}

/* RFC 6578 5: the sync token of a collection is a state token; getctag is the same. It must still
 * hold when the change is written. */
static bool is_sync_token(struct if_state *s, struct text token)
{
	struct work *work = &s->c->work;
	const struct collection *c = s->at.is == TARGET_COLLECTION ? s->at.collection : NULL;

	if (!c || !text_eq(token, token_of(work, c, c->token)))
		return false;
	*vec_push(work->arena, &s->unchanged) = c;
	return true;
}

static bool condition_holds(struct if_state *s, const struct if_condition *condition)
{
	bool holds = false;

	if (condition->token.ptr) {
		holds = is_sync_token(s, condition->token);
		for (size_t i = 0; i < s->locks.len; i++)
			holds |= text_eq(s->locks.at[i].lock.token, condition->token);
	} else {
		struct text etag = etag_of_target(s->c, &s->at);

		holds = etag.ptr && !condition->weak && text_eq(etag, condition->etag);
	}
	return holds != condition->negate;
}

/* One list of the header must hold whole. */
static bool check_if(struct call *c, const struct target *at, const struct if_lists *lists,
        struct edit_locks *locks)
{
	bool any = lists->len == 0;

	for (size_t i = 0; i < lists->len && !any; i++) {
		struct if_state s = { .c = c, .own = at, .list = &lists->at[i] };
		bool all = true;

		if (!find_tagged(&s))
			return false;
		for (size_t k = 0; k < s.list->len && all; k++)
			all = condition_holds(&s, &s.list->at[k]);
		any = all;
		if (any) {
			locks->unchanged = s.unchanged.at;
			locks->unchanged_len = s.unchanged.len;
		}
	}
	return any || err_set(&c->work.err, ERR_PRECONDITION_FAILED, "the If header does not hold");
}

static void collect_tokens(struct call *c, const struct if_lists *lists, struct edit_locks *locks)
{
	VEC(struct text) tokens = VEC_EMPTY;

	for (size_t i = 0; i < lists->len; i++)
		for (size_t k = 0; k < lists->at[i].len; k++)
			if (lists->at[i].at[k].token.ptr && !lists->at[i].at[k].negate)
				*vec_push(c->work.arena, &tokens) = lists->at[i].at[k].token;
	locks->tokens = tokens.at;
	locks->len = tokens.len;
}

/* What a PUT on a record of the CRM changes is told from the version that the client had seen,
 * which need not be the present one: it is merged, and refused only where both changed the same. 0:
 * any other request. */
static int64_t seen_revision(struct call *c, const struct target *at)
{
	int64_t seen;

	if (c->method != METHOD_PUT || at->is != TARGET_MEMBER || !kind_is_crm(at->item->kind))
		return 0;
	seen = record_revision(header_match(c));
	return seen <= at->item->member.revision ? seen : 0;
}

bool dav_conditions(
        struct call *c, const struct target *at, struct edit_locks *locks, int64_t *guard)
{
	struct if_lists lists = { 0 };
	struct text etag = etag_of_target(c, at);
	int64_t seen = seen_revision(c, at);

	if (seen)
		etag = record_etag(c->work.arena, seen);
	/* A collection is there too, so that If-None-Match: * fails on it. */
	if (!etag.ptr && at->is != TARGET_NOTHING)
		etag = TEXT("");
	switch (header_conditions(c, etag, at->is == TARGET_MEMBER ? at->item->modified : 0)) {
	case PRECONDITION_FAILS: return err_set(&c->work.err, ERR_PRECONDITION_FAILED, "%s", "");
	case PRECONDITION_NOT_MODIFIED:
	case PRECONDITION_GO: break;
	}
	*locks = (struct edit_locks){ 0 };
	if (!header_if(c, &lists) || !check_if(c, at, &lists, locks))
		return false;
	collect_tokens(c, &lists, locks);
	*guard = -1;
	if (seen)
		*guard = seen;
	else if (call_header(c, "If-Match").ptr || lists.len)
		*guard = at->is == TARGET_MEMBER ? at->item->member.revision : 0;
	else if (at->is == TARGET_NOTHING && call_header(c, "If-None-Match").ptr)
		*guard = 0;
	return true;
}

bool dav_slowly(struct call *c, call_fn *again)
{
	static const char in_slow_lane;

	if (c->state)
		return false;
	c->state = (void *)(uintptr_t)&in_slow_lane;
	return call_slow(c, again);
}

/* ---- writing ---- */

enum { MAX_TRIES = 3 };

/* What a writing call keeps between its steps. */
struct writing_call {
	call_fn *done, *again;
	int tries;
};

static bool settle(struct call *c)
{
	struct writing_call *w = c->state;

	if (!edit_stale(c->plan))
		return w->done(c);
	if (++w->tries >= MAX_TRIES)
		return err_set(&c->work.err, ERR_UNAVAILABLE,
		        "others keep changing this; please try again");
	return call_again(c, w->again);
}

bool dav_commit(struct call *c, struct plan *plan, call_fn *done, call_fn *again)
{
	struct waker waker;

	if (!plan)
		return false;
	/* c->state is this module's for all methods that write: it counts the tries. */
	if (!c->state)
		c->state = arena_make(c->work.arena, struct writing_call);
	((struct writing_call *)c->state)->done = done;
	((struct writing_call *)c->state)->again = again;
	c->plan = plan;
	waker = call_park(c, settle);
	if (edit_commit(&c->work, plan, waker.wake, waker.arg))
		return true;
	c->parked = false;
	return false;
}
