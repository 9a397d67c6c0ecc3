#include "base/base.h"
#include "people/access_priv.h"
#include "people/who.h"

#define BIT(id) ((uint64_t)1 << PRIVILEGE_##id)

/* What the access lists up to some place say: `granted` of the privileges that are `decided`. */
struct verdict {
	uint64_t granted, decided;
};

/* One collection's verdict, those above it included. id 0: a free slot. */
struct heard {
	int64_t id;
	struct verdict verdict;
};

/* work->rights. */
struct memory {
	struct heard *slots;
	size_t len, cap; /* cap: a power of two */
};

static struct memory *memory_of(struct work *work)
{
	if (!work->rights)
		work->rights = arena_make(work->arena, struct memory);
	return work->rights;
}

/* The slot where `id` is, or would be. */
static struct heard *slot_of(struct heard *slots, size_t cap, int64_t id)
{
	size_t at = ((uint64_t)id * 0x9E3779B97F4A7C15u) >> 32;

	for (at &= cap - 1; slots[at].id && slots[at].id != id; at = (at + 1) & (cap - 1))
		;
	return &slots[at];
}

static const struct verdict *recall(const struct memory *memory, int64_t id)
{
	const struct heard *slot;

	if (!memory->cap)
		return NULL;
	slot = slot_of(memory->slots, memory->cap, id);
	return slot->id ? &slot->verdict : NULL;
}

static void remember(struct work *work, int64_t id, struct verdict verdict)
{
	struct memory *memory = memory_of(work);

	if ((memory->len + 1) * 4 > memory->cap * 3) {
		size_t cap = memory->cap ? memory->cap * 2 : 16;
		struct heard *slots = arena_array(work->arena, cap, sizeof(*slots));

		for (size_t i = 0; i < memory->cap; i++)
			if (memory->slots[i].id)
				*slot_of(slots, cap, memory->slots[i].id) = memory->slots[i];
		memory->slots = slots;
		memory->cap = cap;
	}
	*slot_of(memory->slots, memory->cap, id) = (struct heard){ id, verdict };
	memory->len++;
}

/* ---- what a list says ---- */

static bool is_in(const struct who *who, int64_t principal)
{
	if (!who)
		return false;
	if (who->id == principal)
		return true;
	for (size_t i = 0; i < who->groups_len; i++)
		if (who->groups[i] == principal)
			return true;
	return false;
}

/* Owners never come here: they need no list. */
static bool speaks_of(const struct ace *ace, const struct who *who)
{
	bool matches = false;

	switch (ace->who) {
	case ACE_PRINCIPAL: matches = is_in(who, ace->principal); break;
	case ACE_ALL: matches = true; break;
	case ACE_AUTHENTICATED: matches = who != NULL; break;
	case ACE_UNAUTHENTICATED: matches = who == NULL; break;
	case ACE_OWNER:
	case ACE_SELF: break;
	}
	return matches != ace->is_invert;
}

static void hear(struct verdict *verdict, const struct ace *ace, const struct who *who)
{
	uint64_t rights = 0;

	if (!speaks_of(ace, who))
		return;
	for (unsigned i = 0; i < PRIVILEGE_COUNT; i++)
		if (ace->rights >> i & 1)
			rights |= privilege_mask(i);
	if (!ace->is_deny)
		verdict->granted |= rights & ~verdict->decided;
	verdict->decided |= rights;
}

/* What is inherited decides only what nobody nearer has decided. */
static void inherit(struct verdict *verdict, const struct verdict *above)
{
	verdict->granted |= above->granted & ~verdict->decided;
	verdict->decided |= above->decided;
}

/* DAV:write and DAV:all follow from their parts, and from nothing else: one part denied takes the
 * whole away. */
static uint64_t with_aggregates(uint64_t granted)
{
	uint64_t rights = granted & ~(BIT(ALL) | BIT(WRITE));

	if (rights_have(rights, privilege_mask(PRIVILEGE_WRITE) & ~BIT(WRITE)))
		rights |= BIT(WRITE);
	if (rights_have(rights, RIGHTS_ALL & ~BIT(ALL)))
		rights |= BIT(ALL);
	return rights;
}

static bool is_master(const struct who *who, int64_t owner)
{
	return who && (who->id == owner || who->is_admin);
}

static bool judge(struct work *work, int64_t id, int64_t parent, struct verdict *verdict)
{
	const struct verdict *known = recall(memory_of(work), id);
	struct collection *above = NULL;
	struct verdict inherited = { 0, 0 };
	struct aces aces = VEC_EMPTY;

	if (known) {
		*verdict = *known;
		return true;
	}
	*verdict = inherited;
	if (!ace_list(work, HOLDER_COLLECTION, id, &aces))
		return false;
	for (size_t i = 0; i < aces.len; i++)
		hear(verdict, &aces.at[i], work->who);
	known = parent ? recall(memory_of(work), parent) : NULL;
	if (known) {
		inherited = *known;
	} else if (parent) {
		if (!collection_get(work, parent, &above))
			return false;
		/* As deep as folders nest, which paths bound (PATH_MAX_SEGMENTS). */
		if (above && !judge(work, parent, above->parent, &inherited))
			return false;
	}
	inherit(verdict, &inherited);
	remember(work, id, *verdict);
	return true;
}

bool access_collection(struct work *work, const struct collection *c, uint64_t *rights)
{
	struct verdict verdict;
	uint64_t found = 0;

	*rights = 0;
	if (c->crm)
		return access_shelf(work, c, rights);
	if (is_master(work->who, c->owner)) {
		*rights = RIGHTS_ALL;
		return true;
	}
	if (!judge(work, c->id, c->parent, &verdict) ||
	        (collection_is_home(c) && !access_shelf_home(work, c, &found)))
		return false;
	*rights = with_aggregates(verdict.granted | found);
	return true;
}

/* ---- principals ---- */

bool access_principal(struct work *work, const struct principal *p, uint64_t *rights)
{
	const struct who *who = work->who;

	*rights = 0;
	if (!who)
		return true;
	*rights = BIT(READ) | BIT(READ_FREE_BUSY) | BIT(READ_CUPS) | BIT(READ_ACL);
	if (who->id == p->id)
		*rights |= BIT(WRITE_PROPERTIES);
	if (who->is_admin)
		*rights = RIGHTS_ALL;
	return true;
}
