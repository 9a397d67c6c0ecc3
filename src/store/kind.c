#include "store/kind.h"

const struct kind *kind_of(const struct house *house, enum kind_id id)
{
	for (const struct kind *const *kind = house->kinds; kind && *kind; kind++)
		if ((*kind)->id == id)
			return *kind;
	return NULL;
}

const struct rule *kind_rule(const struct house *house)
{
	for (const struct kind *const *kind = house->kinds; kind && *kind; kind++)
		if ((*kind)->rule)
			return (*kind)->rule;
	return NULL;
}
