#include "base/base.h"
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <link.h>
#include <malloc.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/cmd.h"
#include "app/compose.h"
#include "app/service.h"
#include "base/clock.h"
#include "base/log.h"
#include "capture/form_gate.h"
#include "capture/lmtp.h"
#include "contacts/keys.h"
#include "crm/kpi_past.h"
#include "http/listen.h"
#include "mail/mailer.h"
#include "people/login.h"
#include "store/house.h"

enum { DRAIN_MS = 30000, SPARE_FILES = 256, TIDY_MS = 600000, TRIM_MS = 5000 };

/* Growth that makes it worth asking malloc for what is free. */
#define TRIM_BYTES ((int64_t)16 * 1024 * 1024)

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

static void reload(struct cmd *cmd, struct house *house, struct http *http)
{
	struct err err = { 0 };

	service_say("RELOADING=1");
	err_clear(&cmd->err);
	if (!cmd_config_again(cmd)) {
		log_error("reload_failed", "why=%s", log_value(text_of(cmd->err.detail)));
	} else {
		compose_reload(house, cmd->settings);
		if (http_reload(http, cmd->settings, &err))
			log_info("reloaded", "listen=unchanged");
		else
			log_error("reload_failed", "why=%s", log_value(text_of(err.detail)));
	}
	service_say("READY=1");
}

static void tidy(struct house *house, int64_t *at)
{
	struct err err = { 0 };

	if (clock_mono_ms() < *at)
		return;
	*at = clock_mono_ms() + TIDY_MS;
	if (!house_tidy(house, &err))
		log_warn("tidy_failed", "why=%s", log_value(text_of(err.detail)));
}

/* Resident memory; 0 where /proc is missing. */
static int64_t resident(void)
{
	FILE *file = fopen("/proc/self/statm", "re");
	int64_t pages = 0;

	if (!file)
		return 0;
	if (fscanf(file, "%*d %" SCNd64, &pages) != 1)
		pages = 0;
	fclose(file);
	return pages * sysconf(_SC_PAGESIZE);
}

/* malloc keeps what many large answers took: what is free again goes back to the system. */
static void trim(int64_t at_start)
{
	if (resident() > at_start + TRIM_BYTES)
		malloc_trim(0);
}

/* Code and constants that only the start needed are a good half of what an idle server holds.
 * Whatever is wanted again is mapped again from the file. */
static int forget_code(struct dl_phdr_info *object, size_t size, void *data)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

	(void)size;
	(void)data;
	for (int i = 0; i < object->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &object->dlpi_phdr[i];
		uintptr_t from = (object->dlpi_addr + part->p_vaddr) & ~(page - 1);
		uintptr_t to = object->dlpi_addr + part->p_vaddr + part->p_memsz;

		if (part->p_type == PT_LOAD && !(part->p_flags & PF_W))
			madvise((void *)from, to - from, MADV_DONTNEED);
	}
	return 0;
}

/* Until SIGTERM or SIGINT. */
static void wait_for_signals(
        struct cmd *cmd, struct house *house, struct http *http, const sigset_t *signals)
{
	int64_t watchdog = service_watchdog_ms(), tidy_at = clock_mono_ms() + TIDY_MS;
	int64_t ms = watchdog > 0 && watchdog < TRIM_MS ? watchdog : TRIM_MS, at_start = resident();
	struct timespec pause = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	dl_iterate_phdr(forget_code, NULL);
	for (;;) {
		int signal = sigtimedwait(signals, NULL, &pause);

		if (signal == SIGTERM || signal == SIGINT)
			return;
		if (signal == SIGHUP) {
			reload(cmd, house, http);
			tidy_at = 0; /* notes what a room goes by, the company's days */
		}
		if (watchdog > 0)
			service_say("WATCHDOG=1");
		tidy(house, &tidy_at);
		trim(at_start);
	}
}

static void announce(const struct http *http)
{
	struct text address;

	for (size_t i = 0; (address = http_address(http, i)).ptr; i++)
		log_info("listening", "address=%.*s", TEXT_ARG(address));
	service_say("READY=1");
}

static void stop(struct http *http)
{
	int64_t since = clock_mono_ms();

	service_say("STOPPING=1");
	log_info("draining", "seconds=%d", DRAIN_MS / 1000);
	if (!http_drain(http, DRAIN_MS))
		log_warn("drained", "note=\"some requests were cut off\"");
	http_stop(&http);
	log_info("stopped", "ms=%lld", (long long)(clock_mono_ms() - since));
}

/* NULL without error: no mail is taken. */
static bool listen_for_mail(struct cmd *cmd, struct house *house, struct lmtp **lmtp)
{
	const char *where = cmd->settings->capture_lmtp;
	struct listening listening;

	*lmtp = NULL;
	if (!where[0])
		return true;
	if (!listen_open(cmd->arena, text_of(where), false, &listening, &cmd->err))
		return false;
	*lmtp = lmtp_start(house, listening.fd);
	log_info("taking_mail", "lmtp=%s", where);
	return true;
}

static int serve(struct cmd *cmd, struct house *house, const sigset_t *signals)
{
	struct http_setup setup = compose_http(house);
	struct http *http;
	struct lmtp *lmtp;

	setup.fds_len = service_sockets(cmd->arena, &setup.fds);
	if (!listen_for_mail(cmd, house, &lmtp))
		return cmd_fail(cmd);
	house->mailer = mailer_start(house);
	http = http_start(&setup, &cmd->err);
	if (!http) {
		mailer_stop(&house->mailer);
		lmtp_stop(&lmtp);
		return cmd_fail(cmd);
	}
	announce(http);
	wait_for_signals(cmd, house, http, signals);
	lmtp_stop(&lmtp);
	stop(http);
	mailer_stop(&house->mailer);
	return EXIT_OK;
}

/* The house outlives the server: calls under way need its writer. */
static int serve_house(struct cmd *cmd, const sigset_t *signals)
{
	struct house house = { 0 };
	int status;

	compose_house(&house);
	mailer_setup();
	if (!house_open(&house, cmd->settings, &cmd->err))
		return cmd_fail(cmd);
	house_start_writer(&house);
	house_start_notices(&house);
	house.login = login_new();
	house.forms = form_gate_new();
	house.card_keys = card_keys_new();
	house.kpi_kept = kpi_kept_new();
	status = serve(cmd, &house, signals);
	house_close(&house);
	login_free(&house.login);
	form_gate_free(&house.forms);
	card_keys_free(&house.card_keys);
	kpi_kept_free(&house.kpi_kept);
	return status;
}

int cmd_serve(struct cmd *cmd)
{
	sigset_t signals;
	int status;

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
	log_gather_start();
	status = serve_house(cmd, &signals);
	log_gather_stop();
	return status;
}
