#include "base/base.h"
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <sys/resource.h>

#include "app/cmd.h"
#include "app/compose.h"
#include "app/service.h"
#include "base/clock.h"
#include "base/log.h"

enum { DRAIN_MS = 30000, SPARE_FILES = 256 };

/* --listen wins over server.listen of file and environment, whole. */
static bool take_listen(struct cmd *cmd)
{
	static const struct option options[] = { { "listen", required_argument, NULL, 'l' },
		{ 0 } };
	struct buf all;
	int option;

	buf_init(&all, cmd->arena);
	buf_add(&all, TEXT("server.listen="));
	while ((option = getopt_long(cmd->argc, cmd->argv, "", options, NULL)) != -1) {
		if (option != 'l')
			return false;
		buf_printf(&all, "%s ", optarg);
	}
	if (optind < cmd->argc)
		return false;
	if (all.ptr[all.len - 1] == ' ')
		*vec_push(cmd->arena, &cmd->source.sets) =
		        (struct config_set){ arena_text(cmd->arena, buf_text(&all)), "--listen" };
	return true;
}

/* Every connection is a file, and so is every database connection. */
static void raise_file_limit(const struct settings *settings)
{
	struct rlimit limit;
	rlim_t wanted = (rlim_t)settings->limits_connections + SPARE_FILES;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= wanted)
		return;
	limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
	if (setrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur < wanted)
		log_warn("few_files",
		        "limit=%" PRIu64 " wanted=%" PRIu64
		        " hint=\"raise LimitNOFILE or lower limits.connections\"",
		        (uint64_t)limit.rlim_cur, (uint64_t)wanted);
}

static void reload(struct cmd *cmd, struct http *http)
{
	struct err err = { 0 };

	service_say("RELOADING=1");
	err_clear(&cmd->err);
	if (!cmd_config_again(cmd))
		log_error("reload_failed", "why=%s", log_value(text_of(cmd->err.detail)));
	else if (!http_reload(http, cmd->settings, &err))
		log_error("reload_failed", "why=%s", log_value(text_of(err.detail)));
	else
		log_info("reloaded", "listen=unchanged");
	service_say("READY=1");
}

/* Until SIGTERM or SIGINT. */
static void wait_for_signals(struct cmd *cmd, struct http *http, const sigset_t *signals)
{
	int64_t ms = service_watchdog_ms();
	struct timespec pause = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	for (;;) {
		int signal =
		        ms > 0 ? sigtimedwait(signals, NULL, &pause) : sigwaitinfo(signals, NULL);

		if (signal == SIGTERM || signal == SIGINT)
			return;
		if (signal == SIGHUP)
			reload(cmd, http);
		if (ms > 0)
			service_say("WATCHDOG=1");
	}
}

static void announce(const struct http *http)
{
	struct text address;

	for (size_t i = 0; (address = http_address(http, i)).ptr; i++)
		log_info("listening", "address=%.*s", TEXT_ARG(address));
	service_say("READY=1");
}

static int serve(struct cmd *cmd, const sigset_t *signals)
{
	struct http_setup setup = compose_http(cmd->settings);
	struct http *http;
	int64_t since;

	setup.fds_len = service_sockets(cmd->arena, &setup.fds);
	http = http_start(&setup, &cmd->err);
	if (!http)
		return cmd_fail(cmd);
	announce(http);
	wait_for_signals(cmd, http, signals);
	since = clock_mono_ms();
	service_say("STOPPING=1");
	log_info("draining", "seconds=%d", DRAIN_MS / 1000);
	if (!http_drain(http, DRAIN_MS))
		log_warn("drained", "note=\"some requests were cut off\"");
	http_stop(&http);
	log_info("stopped", "ms=%lld", (long long)(clock_mono_ms() - since));
	return EXIT_OK;
}

int cmd_serve(struct cmd *cmd)
{
	sigset_t signals;

	if (!take_listen(cmd))
		return cmd_usage(cmd, "an argument is not understood");
	if (!cmd_config_again(cmd))
		return cmd_fail(cmd);
	/* Blocked before there are threads, so that only wait_for_signals() takes them. */
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	raise_file_limit(cmd->settings);
	return serve(cmd, &signals);
}
