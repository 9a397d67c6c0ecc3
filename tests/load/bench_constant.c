/* bench_constant.c - libmicrohttpd answering every request with one constant: what HTTP alone
 * costs. bench_constant PORT */
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static enum MHD_Result answer(void *constant, struct MHD_Connection *connection, const char *url,
        const char *method, const char *version, const char *body, size_t *length, void **state)
{
	(void)url, (void)method, (void)version, (void)body;
	if (!*state) {
		*state = constant;
		return MHD_YES;
	}
	if (*length) {
		*length = 0;
		return MHD_YES;
	}
	return MHD_queue_response(connection, MHD_HTTP_OK, constant);
}

int main(int argc, char **argv)
{
	static char words[] = "a constant\n";
	struct MHD_Response *constant =
	        MHD_create_response_from_buffer(sizeof(words) - 1, words, MHD_RESPMEM_PERSISTENT);
	struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO,
	        (uint16_t)(argc > 1 ? atoi(argv[1]) : 0), NULL, NULL, answer, constant,
	        MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_END);
	sigset_t set;
	int got;

	if (!daemon) {
		fprintf(stderr, "bench_constant PORT: cannot listen\n");
		return 1;
	}
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigwait(&set, &got);
	MHD_stop_daemon(daemon);
	MHD_destroy_response(constant);
	return 0;
}
