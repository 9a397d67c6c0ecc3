/* bench_http.c - sends prepared requests over keep-alive connections and says how long the answers
 * took. bench_http PORT CONNECTIONS SECONDS once|cycle FILE FILE holds requests, each after a line
 * with its length. `once` ends with the last request of FILE, `cycle` begins again; both end when
 * the time is over. One request is under way on each connection. Prints one line: requests seconds
 * p50_us p99_us bytes other_than_2xx_or_304 */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_MAX = 16384, READ_MAX = 262144, CONNECTIONS_MAX = 512, SAMPLES_MAX = 4000000 };
enum reading { HEAD, LENGTH, CHUNK_SIZE, CHUNK, TRAILER, TO_END, DONE };

struct request {
	const char *bytes;
	size_t length;
};

struct connection {
	int fd;
	const struct request *request;
	size_t sent;
	int64_t began;
	enum reading reading;
	char line[HEAD_MAX]; /* the head, or the line of a chunk's size */
	size_t filled;
	int64_t left;
	bool close;
};

struct load {
	int epoll, port, busy;
	struct request *requests;
	size_t count, next;
	bool once;
	int64_t end, bytes, others;
	uint32_t *samples;
	size_t sampled;
};

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static _Noreturn void stop(const char *what)
{
	fprintf(stderr, "bench_http: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void read_requests(struct load *load, const char *name)
{
	FILE *file = fopen(name, "rb");
	size_t room = 0, length;

	if (!file)
		stop(name);
	while (fscanf(file, "%zu", &length) == 1 && fgetc(file) == '\n') {
		char *bytes = malloc(length);

		if (!bytes || fread(bytes, 1, length, file) != length)
			stop(name);
		if (load->count == room) {
			room = room ? room * 2 : 64;
			load->requests = realloc(load->requests, room * sizeof(*load->requests));
			if (!load->requests)
				stop(name);
		}
		load->requests[load->count++] = (struct request){ bytes, length };
	}
	fclose(file);
	if (!load->count)
		stop("no requests");
}

static void open_connection(struct load *load, struct connection *c)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)load->port) };
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = c };
	int on = 1;

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	c->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof(to)))
		stop("connect");
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (epoll_ctl(load->epoll, EPOLL_CTL_ADD, c->fd, &event))
		stop("epoll");
}

/* Requests are small beside a socket's buffer, so sending them may block. */
static void send_next(struct load *load, struct connection *c)
{
	size_t sent = 0;

	if (load->next == load->count && !load->once)
		load->next = 0;
	if (load->next == load->count || now_us() >= load->end) {
		close(c->fd);
		c->fd = -1;
		load->busy--;
		return;
	}
	c->request = &load->requests[load->next++];
	c->reading = HEAD;
	c->filled = 0;
	c->close = false;
	c->began = now_us();
	while (sent < c->request->length) {
		ssize_t n = send(
		        c->fd, c->request->bytes + sent, c->request->length - sent, MSG_NOSIGNAL);

		if (n < 0)
			stop("send");
		sent += (size_t)n;
	}
}

static const char *field(const char *head, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = strchr(head, '\n'); at; at = strchr(at, '\n'))
		if (!strncasecmp(++at, name, length) && at[length] == ':')
			return at + length + 1 + strspn(at + length + 1, " ");
	return NULL;
}

static void read_head(struct load *load, struct connection *c)
{
	int status = atoi(c->line + 9);
	const char *length = field(c->line, "Content-Length");
	const char *coding = field(c->line, "Transfer-Encoding");
	const char *connection = field(c->line, "Connection");

	if (status == 100) {
		c->filled = 0;
		return;
	}
	if ((status < 200 || status > 299) && status != 304)
		if (!load->others++)
			fprintf(stderr, "%.60s ... -> %d\n", c->request->bytes, status);
	c->close = !strncmp(c->line, "HTTP/1.0", 8) ||
	           (connection && !strncasecmp(connection, "close", 5));
	c->filled = 0;
	if (status == 204 || status == 304) {
		c->reading = DONE;
	} else if (coding && !strncasecmp(coding, "chunked", 7)) {
		c->reading = CHUNK_SIZE;
	} else if (length) {
		c->left = atoll(length);
		c->reading = c->left ? LENGTH : DONE;
	} else {
		c->reading = TO_END;
	}
}

/* One line of a chunked body: a size, or the end of a chunk, or of the trailer. */
static void read_line(struct connection *c)
{
	c->line[c->filled] = 0;
	if (c->reading == TRAILER) {
		c->reading = c->filled <= 2 ? DONE : TRAILER;
	} else if (c->filled > 2) {
		c->left = strtoll(c->line, NULL, 16);
		c->reading = c->left ? CHUNK : TRAILER;
	}
	c->filled = 0;
}

static void take_byte(struct load *load, struct connection *c, char byte)
{
	if (c->filled + 1 >= HEAD_MAX)
		stop("a head too long");
	c->line[c->filled++] = byte;
	if (byte != '\n')
		return;
	if (c->reading != HEAD) {
		read_line(c);
	} else if (c->filled >= 4 && !memcmp(c->line + c->filled - 4, "\r\n\r\n", 4)) {
		c->line[c->filled] = 0;
		read_head(load, c);
	}
}

static void take(struct load *load, struct connection *c, const char *bytes, size_t length)
{
	while (length && c->reading != DONE) {
		if (c->reading == TO_END) {
			return;
		} else if (c->reading == LENGTH || c->reading == CHUNK) {
			size_t n = (int64_t)length < c->left ? length : (size_t)c->left;

			bytes += n;
			length -= n;
			c->left -= (int64_t)n;
			if (!c->left)
				c->reading = c->reading == LENGTH ? DONE : CHUNK_SIZE;
		} else {
			take_byte(load, c, *bytes++);
			length--;
		}
	}
}

static void receive(struct load *load, struct connection *c, char *buffer)
{
	ssize_t n = recv(c->fd, buffer, READ_MAX, 0);

	if (n < 0 || (!n && c->reading != TO_END))
		stop("the server closed a connection");
	load->bytes += n;
	if (!n)
		c->reading = DONE;
	take(load, c, buffer, (size_t)n);
	if (c->reading != DONE)
		return;
	if (load->sampled < SAMPLES_MAX)
		load->samples[load->sampled++] = (uint32_t)(now_us() - c->began);
	if (c->close || !n) {
		close(c->fd);
		open_connection(load, c);
	}
	send_next(load, c);
}

static int by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void report(struct load *load, int64_t took)
{
	size_t n = load->sampled;

	if (!n)
		stop("no answers");
	qsort(load->samples, n, sizeof(*load->samples), by_size);
	printf("%zu %.6f %u %u %" PRId64 " %" PRId64 "\n", n, (double)took / 1e6,
	        load->samples[n / 2], load->samples[n * 99 / 100], load->bytes, load->others);
}

int main(int argc, char **argv)
{
	struct load load = { .epoll = epoll_create1(0) };
	struct epoll_event events[64];
	struct connection *all;
	char *buffer = malloc(READ_MAX);
	int64_t began;

	if (argc != 6) {
		fprintf(stderr, "bench_http PORT CONNECTIONS SECONDS once|cycle FILE\n");
		return 2;
	}
	load.port = atoi(argv[1]);
	load.busy = atoi(argv[2]);
	load.once = !strcmp(argv[4], "once");
	load.samples = malloc(SAMPLES_MAX * sizeof(*load.samples));
	all = calloc(CONNECTIONS_MAX, sizeof(*all));
	if (!buffer || !load.samples || !all || load.busy < 1 || load.busy > CONNECTIONS_MAX)
		stop("start");
	read_requests(&load, argv[5]);
	began = now_us();
	load.end = began + (int64_t)(atof(argv[3]) * 1e6);
	for (int i = 0, n = load.busy; i < n; i++) {
		open_connection(&load, &all[i]);
		send_next(&load, &all[i]);
	}
	while (load.busy) {
		int n = epoll_wait(load.epoll, events, 64, 30000);

		if (n <= 0)
			stop("no answer in 30 s");
		for (int i = 0; i < n; i++)
			receive(&load, events[i].data.ptr, buffer);
	}
	report(&load, now_us() - began);
	return 0;
}
