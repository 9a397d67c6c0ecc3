#include "base/base.h"
#include "app/service.h"

#ifdef HAVE_LIBSYSTEMD
#include <systemd/sd-daemon.h>

size_t service_sockets(struct arena *arena, const int **fds)
{
	int count = sd_listen_fds(1);
	int *list;

	if (count <= 0)
		return 0;
	list = arena_array(arena, (size_t)count, sizeof(*list));
	for (int i = 0; i < count; i++)
		list[i] = SD_LISTEN_FDS_START + i;
	*fds = list;
	return (size_t)count;
}

void service_say(const char *words)
{
	sd_notify(0, words);
}

int64_t service_watchdog_ms(void)
{
	uint64_t us;

	return sd_watchdog_enabled(0, &us) > 0 ? (int64_t)(us / 3000) + 1 : -1;
}

#else

size_t service_sockets(struct arena *arena UNUSED, const int **fds UNUSED)
{
	return 0;
}

void service_say(const char *words UNUSED) {}

int64_t service_watchdog_ms(void)
{
	return -1;
}

#endif
