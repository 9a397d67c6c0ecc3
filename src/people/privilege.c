#include "base/base.h"
#include "base/str.h"
#include "people/access.h"

static const struct {
	enum privilege_id parent;
	bool is_cal;
	const char *element;
	const char *words;
} ROWS[PRIVILEGE_COUNT] = {
#define DAV 0
#define CAL 1
#define PRIVILEGE(id, parent, ns, element, words) \
	[PRIVILEGE_##id] = { PRIVILEGE_##parent, ns, element, words },
#include "people/privilege.tbl.h"
#undef PRIVILEGE
#undef DAV
#undef CAL
};

uint64_t privilege_mask(enum privilege_id id)
{
	uint64_t mask = (uint64_t)1 << id;

	/* A parent stands before its children, so one pass reaches grandchildren too. */
	for (unsigned i = id + 1; i < PRIVILEGE_COUNT; i++)
		if (mask & ((uint64_t)1 << ROWS[i].parent))
			mask |= (uint64_t)1 << i;
	return mask;
}

const char *privilege_name(enum privilege_id id)
{
	assert(id < PRIVILEGE_COUNT);
	return ROWS[id].element;
}

enum privilege_id privilege_parent(enum privilege_id id)
{
	assert(id < PRIVILEGE_COUNT);
	return ROWS[id].parent;
}

const char *privilege_words(enum privilege_id id)
{
	assert(id < PRIVILEGE_COUNT);
	return ROWS[id].words;
}

bool privilege_is_cal(enum privilege_id id)
{
	assert(id < PRIVILEGE_COUNT);
	return ROWS[id].is_cal;
}

enum privilege_id privilege_find(bool is_cal, struct text element)
{
	for (unsigned i = 0; i < PRIVILEGE_COUNT; i++)
		if (ROWS[i].is_cal == is_cal && text_eq(text_of(ROWS[i].element), element))
			return i;
	return PRIVILEGE_COUNT;
}
