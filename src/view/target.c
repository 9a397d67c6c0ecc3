#include "base/base.h"
#include "view/directory.h"
#include "view/place.h"
#include "view/queue.h"
#include "view/target.h"

#define READ_BITS \
	((uint64_t)1 << PRIVILEGE_READ | (uint64_t)1 << PRIVILEGE_READ_FREE_BUSY | \
	        (uint64_t)1 << PRIVILEGE_READ_CUPS | (uint64_t)1 << PRIVILEGE_READ_ACL)
/* Who has none of these does not learn which members there are. */
#define MEMBER_BITS ((uint64_t)1 << PRIVILEGE_READ | privilege_mask(PRIVILEGE_WRITE))

/* What everybody who is logged in may do with the levels above principals and homes. */
static uint64_t rights_above_all(const struct work *work)
{
	return work->who ? READ_BITS : 0;
}

/* ---- principals ---- */

static bool find_principal(struct work *work, struct target *at)
{
	const struct path *path = &at->path;
	const struct place_kind *kind;
	struct principal *p;

	if (path->len == 1) {
		at->is = TARGET_PRINCIPALS;
		at->rights = rights_above_all(work);
		return true;
	}
	kind = place_kind_find(path->at[1]);
	if (!kind || path->len > 3)
		return true;
	if (path->len == 2) {
		at->is = TARGET_PRINCIPAL_KIND;
		at->kind = kind->kind;
		at->rights = rights_above_all(work);
		return true;
	}
	if (!principal_by_name(work, path->at[2], &p))
		return false;
	if (!p || p->kind != (int64_t)kind->kind)
		return true;
	if (!access_principal(work, p, &at->rights))
		return false;
	if (at->rights) {
		at->is = TARGET_PRINCIPAL;
		at->principal = p;
	}
	return true;
}

/* ---- homes and below ---- */

/* It is `c`, if there is any right to it; `above` (NULL for homes) is what it is in. */
static bool settle_collection(
        struct work *work, struct target *at, struct collection *c, const struct collection *above)
{
	if (!access_collection(work, c, &at->rights))
		return false;
	if (!at->rights)
		return true;
	at->is = TARGET_COLLECTION;
	at->collection = c;
	return !above || access_collection(work, above, &at->parent_rights);
}

/* It is in `c`: a member, or nothing yet. */
static bool settle_member(struct work *work, struct target *at, struct collection *c, bool body)
{
	struct scope scope = { c->id, 0 };
	struct item *item = NULL;

	if (!access_collection(work, c, &scope.rights))
		return false;
	if (!scope.rights)
		return true;
	at->rights = scope.rights;
	at->collection = c;
	if ((!(scope.rights & MEMBER_BITS) && !c->crm) || !place_holds_members(c))
		return true;
	if (!member_get(work, &scope, at->name, body, &item))
		return false;
	if (item && c->crm && !access_record(work, c, item->member.record, &at->rights))
		return false;
	if (!item || !(at->rights & MEMBER_BITS)) {
		at->rights = scope.rights;
		return true;
	}
	at->is = TARGET_MEMBER;
	at->item = item;
	at->parent_rights = scope.rights;
	return true;
}

/* Collections and members of one folder share their names: at most one of the two is there. */
static bool settle_in(struct work *work, struct target *at, struct collection *in, bool body)
{
	struct collection *child = NULL;

	if (place_holds_collections(in) && at->path.slash &&
	        !collection_child(work, in->id, at->name, &child))
		return false;
	if (child)
		return settle_collection(work, at, child, in);
	if (!settle_member(work, at, in, body))
		return false;
	if (at->is != TARGET_NOTHING || at->path.slash || !place_holds_collections(in))
		return true;
	if (!collection_child(work, in->id, at->name, &child))
		return false;
	if (!child)
		return true;
	at->collection = NULL;
	at->rights = 0;
	return settle_collection(work, at, child, in);
}

/* A team's queue in the home of somebody who sees to it. */
static bool find_queue(
        struct work *work, struct target *at, struct collection_path *found, struct text child)
{
	struct queue queue;

	if (!found->home || found->child || !child.len)
		return true;
	if (!queue_find(work, found->home, child, &queue))
		return false;
	if (queue.c) {
		found->child = queue.c;
		at->principal = queue.team;
	}
	return true;
}

static bool find_stored(struct work *work, struct target *at, bool body)
{
	const struct path *path = &at->path;
	struct text child = path->len > 2 ? path->at[2] : TEXT_NONE;
	struct collection_path found;
	struct collection *in;

	if (!collection_path(work, path->at[1], at->area, child, &found))
		return false;
	at->principal = found.owner;
	if (!find_queue(work, at, &found, child))
		return false;
	if (!found.home)
		return true;
	if (path->len == 2)
		return settle_collection(work, at, found.home, NULL);
	if (path->len == 3 && found.child)
		return settle_collection(work, at, found.child, found.home);
	if (path->len == 3)
		return settle_member(work, at, found.home, body);
	in = found.child;
	for (size_t i = 3; in && i < path->len - 1; i++) {
		if (!place_holds_collections(in))
			return true;
		if (!collection_child(work, in->id, path->at[i], &in))
			return false;
	}
	return !in || settle_in(work, at, in, body);
}

static bool find_area(struct work *work, struct target *at, bool body)
{
	const struct place_area *area = place_area_find(at->path.at[0]);

	if (!area)
		return true;
	at->area = area->home;
	if (at->path.len == 1) {
		at->is = TARGET_HOMES;
		at->rights = rights_above_all(work);
		return true;
	}
	if (at->area == COLLECTION_ADDRESSBOOK_HOME && text_eq(at->path.at[1], TEXT("directory")))
		return directory_find(work, body, at);
	if (!find_stored(work, at, body))
		return false;
	/* Whether somebody has a home is nobody's business who has no right to anything in it. */
	if (!at->collection)
		at->principal = NULL;
	return true;
}

bool target_find(struct work *work, const struct path *path, bool body, struct target *at)
{
	struct path emitted = *path;
	bool found = true;

	*at = (struct target){ .is = TARGET_NOTHING, .path = *path };
	if (path->len)
		at->name = path->at[path->len - 1];
	if (!path->len) {
		at->is = TARGET_ROOT;
		at->rights = rights_above_all(work);
	} else if (text_eq(path->at[0], TEXT("principals"))) {
		found = find_principal(work, at);
	} else {
		found = find_area(work, at, body);
	}
	if (!found)
		return false;
	if (at->is == TARGET_MEMBER)
		emitted.slash = false;
	else if (at->is != TARGET_NOTHING)
		emitted.slash = true;
	at->href = href_of(work->arena, &emitted);
	return true;
}

bool target_need(struct work *work, const struct target *at, enum privilege_id wanted)
{
	if (!rights_allow(at->rights, wanted) && !work->who)
		return err_set(&work->err, ERR_UNAUTHORIZED, "A login is needed here");
	if (at->is == TARGET_NOTHING)
		return err_set(&work->err, ERR_NOT_FOUND, "There is nothing here");
	if (!rights_allow(at->rights, wanted))
		return err_privilege(&work->err, at->href, privilege_name(wanted));
	return true;
}
