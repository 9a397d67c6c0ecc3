#include "base/base.h"
#include "http/router.h"

/* How many segments of the path the prefix covers; -1: it does not fit. */
static int covers(const char *prefix, const struct path *path)
{
	struct text rest = text_of(prefix), segment;
	size_t n = 0;

	while (text_split(&rest, '/', &segment)) {
		if (!segment.len)
			continue;
		if (n == path->len || !text_eq(segment, path->at[n]))
			return -1;
		n++;
	}
	return (int)n;
}

const struct route *router_find(const struct route *routes, size_t len, struct call *c)
{
	const struct route *best = NULL;
	int most = -1;

	for (size_t i = 0; i < len; i++) {
		int n = covers(routes[i].prefix, &c->path);

		if (n > most && (!routes[i].applies || routes[i].applies(c))) {
			most = n;
			best = &routes[i];
		}
	}
	return best;
}
