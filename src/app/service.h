/* service.h - what a service manager (systemd) and we say to each other: sockets handed over,
 * readiness, watchdog. Without libsystemd, or without a manager, nothing is said. Threads: the main
 * thread. */
#ifndef KONTOR_APP_SERVICE_H
#define KONTOR_APP_SERVICE_H

#include "base/arena.h"

/* Listening sockets handed over; their number. */
size_t service_sockets(struct arena *arena, const int **fds);
/* "READY=1", "STOPPING=1", "RELOADING=1", "STATUS=..." (sd_notify(3)). */
void service_say(const char *words);
/* How often it wants to hear from us, in milliseconds; -1: never. */
int64_t service_watchdog_ms(void);

#endif
