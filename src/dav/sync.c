/* sync.c - the sync-collection report (RFC 6578). */
#include "base/base.h"
#include "dav/reports.h"
#include "dav/dav.h"
#include "view/token.h"

struct sync {
	struct text token;
	bool deep;
	size_t limit; /* 0: none */
};

static bool read_request(struct call *c, const struct xml_node *root, struct sync *sync)
{
	const struct xml_node *level = xml_child(root, DAV_sync_level);
	const struct xml_node *token = xml_child(root, DAV_sync_token);
	const struct xml_node *limit = xml_child(xml_child(root, DAV_limit), DAV_nresults);
	struct text word = level ? text_trim(level->text) : TEXT_NONE;
	int64_t n;
	enum depth depth;

	if (!token)
		return err_set(&c->work.err, ERR_BAD_XML, "a sync-token element is missing");
	sync->token = text_trim(token->text);
	/* Clients of the drafts say it by Depth instead (RFC 6578 A). */
	if (!level) {
		if (!header_depth(c, DEPTH_1, &depth))
			return false;
		sync->deep = depth == DEPTH_INFINITY;
	} else if (text_eq_nocase(word, TEXT("infinite")) ||
	           text_eq_nocase(word, TEXT("infinity"))) {
		sync->deep = true;
	} else if (!text_eq(word, TEXT("1"))) {
		return err_set(&c->work.err, ERR_BAD_XML, "sync-level is 1 or infinite");
	}
	if (limit) {
		if (!text_to_int(text_trim(limit->text), &n) || n < 1)
			return err_set(&c->work.err, ERR_BAD_XML, "nresults is a number above 0");
		sync->limit = n > INT32_MAX ? INT32_MAX : (size_t)n;
	}
	return true;
}

bool report_sync_collection(struct call *c, struct target *at, const struct xml_node *root)
{
	struct sync sync = { 0 };
	struct targets changes = { 0 };
	struct multistatus *ms;
	struct propset *set;
	struct scope scope;
	struct list_since asked = { .max = (size_t)c->settings->limits_results };

	if (!read_request(c, root, &sync) || !scope_of(&c->work, at, PRIVILEGE_READ, &scope) ||
	        !token_parse(&c->work, at->collection, sync.token, &asked.since) ||
	        !propset_of_prop(c, xml_child(root, DAV_prop), &set))
		return false;
	asked.deep = sync.deep;
	if (sync.limit && sync.limit < asked.max)
		asked.max = sync.limit;
	if (!list_changes(&c->work, at, &asked, &changes))
		return false;
	ms = multistatus_new(c, set);
	for (size_t i = 0; i < changes.len; i++) {
		if (changes.at[i].is == TARGET_NOTHING)
			multistatus_status(ms, changes.at[i].href, 404, ERR_NONE);
		else
			multistatus_target(ms, &changes.at[i]);
	}
	/* RFC 6578 3.6: there is more; the token stands for what was sent. */
	if (asked.more)
		multistatus_status(ms, at->href, 507, ERR_NUMBER_OF_MATCHES);
	multistatus_last(ms, DAV_sync_token, token_of(&c->work, at->collection, asked.token));
	return multistatus_reply(ms);
}
