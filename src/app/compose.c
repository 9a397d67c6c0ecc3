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

void compose_reload(struct house *house, const struct settings *settings)
{
	__atomic_store_n(&house->settings, settings, __ATOMIC_RELEASE);
}

struct http_setup compose_http(struct house *house)
{
	return (struct http_setup){
		.settings = house_settings(house),
		.house = house,
		.step_end = work_step_end,
	};
}
