/* Rights on collections of the CRM: by role, never by access list. Who owns one of them, and admins
 * too, cannot open it to others. */
#include "base/base.h"
#include "people/access_priv.h"
#include "people/reach.h"

#define BIT(id) ((uint64_t)1 << PRIVILEGE_##id)
/* To find it and to ask it questions; what may be seen is told one by one. */
#define ASK  (BIT(READ_CUPS))
#define LOOK (BIT(READ) | BIT(READ_FREE_BUSY) | BIT(READ_CUPS))
#define OWN  (RIGHTS_ALL & ~(BIT(ALL) | BIT(WRITE_ACL)))

static bool is_member(const struct who *who, int64_t group)
{
	for (size_t i = 0; i < who->groups_len; i++)
		if (who->groups[i] == group)
			return true;
	return false;
}

/* A team's queue: its managers', and support's if it holds cases. Its cards can be written there;
 * who takes one has it in the own collection. */
static bool queue_rights(struct work *work, const struct collection *c, uint64_t *rights)
{
	const struct who *who = work->who;
	bool may = c->crm == SHELF_CASES && who->is_support && is_member(who, c->owner);

	if (!may && !reach_manages(work, c->owner, &may))
		return false;
	if (may)
		*rights = LOOK | BIT(WRITE_CONTENT);
	return true;
}

bool access_shelf(struct work *work, const struct collection *c, uint64_t *rights)
{
	const struct who *who = work->who;

	*rights = 0;
	if (!who)
		return true;
	if (c->crm == SHELF_DIRECTORY) {
		*rights = LOOK;
		return true;
	}
	if (who->id == c->owner) {
		/* Commands act for groups, too; nothing is made in the company's name. */
		*rights = who->id == who->company ? LOOK : OWN;
		return true;
	}
	if (c->owner == who->company)
		*rights = reach_is_all(who, (enum crm_shelf)c->crm) ? LOOK : ASK;
	else if (!queue_rights(work, c, rights))
		return false;
	if (who->is_admin)
		*rights |= LOOK;
	return true;
}

bool access_shelf_home(struct work *work, const struct collection *home, uint64_t *rights)
{
	const struct who *who = work->who;
	bool may;

	*rights = 0;
	if (!who || home->owner == who->id || home->type == COLLECTION_FILE_HOME)
		return true;
	may = home->owner == who->company || is_member(who, home->owner);
	if (!may && !reach_manages(work, home->owner, &may))
		return false;
	if (may)
		*rights = BIT(READ) | BIT(READ_CUPS);
	return true;
}

bool access_record(struct work *work, const struct collection *c, int64_t record, uint64_t *rights)
{
	bool sees;

	if (!access_collection(work, c, rights))
		return false;
	if (!c->crm || rights_allow(*rights, PRIVILEGE_READ))
		return true;
	if (!reach_sees(work, (enum crm_shelf)c->crm, record, &sees))
		return false;
	*rights = sees ? *rights | LOOK : 0;
	return true;
}
