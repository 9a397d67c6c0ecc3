/* client.h - a client for the tests: sends bytes, reads what comes back until the end. */
#ifndef KONTOR_TESTS_CLIENT_H
#define KONTOR_TESTS_CLIENT_H

#include "base/base.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

struct answer {
	char data[4 << 20];
	size_t len;
	int status;
	const char *body;
	size_t body_len;
};

static struct in_addr client_host = { 0 };

/* The port of "http://127.0.0.1:1234" on client_host. */
static inline int client_connect(struct text address)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr = client_host };
	struct timeval patience = { .tv_sec = 20 };
	size_t colon = address.len;
	int64_t port;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	while (address.ptr[colon - 1] != ':')
		colon--;
	if (!text_to_int(text_from(address, colon), &port))
		abort();
	to.sin_port = htons((uint16_t)port);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)))
		abort();
	return fd;
}

static inline void client_send(int fd, struct text bytes)
{
	while (bytes.len) {
		ssize_t n = send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		bytes = text_from(bytes, (size_t)n);
	}
}

/* Reads to the end of the connection. */
static inline void client_read(int fd, struct answer *out)
{
	ssize_t n;

	out->len = 0;
	while ((n = recv(fd, out->data + out->len, sizeof(out->data) - 1 - out->len, 0)) > 0)
		out->len += (size_t)n;
	out->data[out->len] = '\0';
	out->status = 0;
	if (out->len > 12)
		out->status = (int)strtol(out->data + 9, NULL, 10);
	out->body = strstr(out->data, "\r\n\r\n");
	out->body = out->body ? out->body + 4 : out->data + out->len;
	out->body_len = (size_t)(out->data + out->len - out->body);
}

#endif
