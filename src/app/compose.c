/* compose.c - the one file that names everybody. The order of an array is the order in which things
 * happen. */
#include "base/base.h"
#include "app/compose.h"

static const struct kind *const KINDS[] = { NULL };
static const struct step *const STEPS[] = { NULL };

void compose_house(struct house *house)
{
	house->kinds = KINDS;
	house->steps = STEPS;
}

struct http_setup compose_http(const struct settings *settings)
{
	return (struct http_setup){ .settings = settings };
}
