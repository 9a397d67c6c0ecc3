/* compose.c - the one file that names everybody. The order of an array is the order in which things
 * happen. */
#include "base/base.h"
#include "app/compose.h"

struct http_setup compose_http(const struct settings *settings)
{
	return (struct http_setup){ .settings = settings };
}
