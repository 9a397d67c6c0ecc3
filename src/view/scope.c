#include "base/base.h"
#include "people/who.h"
#include "view/target.h"

static struct scope scope_for(struct work *work, const struct collection *c, uint64_t rights)
{
	bool home = work->who && c->owner == work->who->company;

	return (struct scope){ .collection = c->id, .rights = rights, .by_rule = c->crm && !home };
}

bool scope_of(
        struct work *work, const struct target *at, enum privilege_id wanted, struct scope *scope)
{
	if (!target_need(work, at, wanted))
		return false;
	if (at->is != TARGET_COLLECTION && at->is != TARGET_MEMBER)
		return err_set(&work->err, ERR_NOT_FOUND, "This is no collection");
	*scope = scope_for(work, at->collection, at->rights);
	return true;
}

bool scope_of_collection(struct work *work, const struct collection *c, enum privilege_id wanted,
        struct scope *scope)
{
	uint64_t rights;

	if (!access_collection(work, c, &rights))
		return false;
	if (!rights)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	if (!rights_allow(rights, wanted)) {
		struct text href = target_collection_href(work, c);

		return href.ptr && err_privilege(&work->err, href, privilege_name(wanted));
	}
	*scope = scope_for(work, c, rights);
	return true;
}

bool scope_of_seen(struct work *work, const struct collection *c, struct scope *scope)
{
	const struct who *who = work->who;
	enum reach reach;
	uint64_t rights;

	*scope = (struct scope){ 0 };
	if (!access_collection(work, c, &rights))
		return false;
	if (rights_allow(rights, PRIVILEGE_READ)) {
		*scope = scope_for(work, c, rights);
	} else if (rights && c->crm && who && c->owner == who->company) {
		reach = (enum reach)who->reach[c->crm];
		*scope = scope_for(work, c, rights | privilege_mask(PRIVILEGE_READ));
		scope->reach = reach;
		scope->viewer = reach_viewer(reach, who->id);
	}
	return true;
}

void scope_of_rights(const struct collection *c, uint64_t rights, struct scope *scope)
{
	*scope = (struct scope){ .collection = c->id, .rights = rights };
}
