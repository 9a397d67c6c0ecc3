#include "base/base.h"
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "http/exchange.h"
#include "http/gzip.h"
#include "http/health.h"
#include "http/listen.h"
#include "http/spool.h"
#include "http/static.h"
#include "http/tls.h"

enum {
	LISTENERS_MAX = 16,
	CONNECTION_MEMORY = 65536, /* some clients' If and Cookie headers need more than 32 KiB */
	BLOCK = 65536,
	ABANDON_MS = 2000,
	LOGIN_THREADS = 2 /* each hash takes 65 MB */
};

struct listener {
	struct http *http;
	struct listening socket;
	const struct route *routes;
	size_t routes_len;
	struct MHD_Daemon *daemon;
	bool quiet; /* no longer accepting: the socket is ours to close */
};

struct http {
	struct server server;
	struct arena *arena; /* of what lives as long as the server */
	struct route *routes;
	struct listener listener[LISTENERS_MAX];
	size_t listeners;
};

/* ---- connections ---- */

static enum MHD_Result on_accept(void *cls, const struct sockaddr *address, socklen_t len UNUSED)
{
	struct http *http = ((struct listener *)cls)->http;
	const struct settings *settings = atomic_load(&http->server.settings);
	struct peer peer;

	peer_from_sockaddr(&peer, address);
	if (peer.local || nets_have(atomic_load(&http->server.trusted), &peer))
		return MHD_YES;
	if (conns_count(http->server.conns, &peer) < (size_t)settings->limits_per_address)
		return MHD_YES;
	metrics_trouble(http->server.metrics);
	log_debug("refused", "reason=limits.per_address");
	return MHD_NO;
}

static struct conn *begin_conn(struct listener *listener, struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info;
	struct http *http = listener->http;
	struct conn *conn;
	struct peer peer;
	int fd;

	info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	peer_from_sockaddr(&peer, info ? info->client_addr : NULL);
	info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	fd = info ? info->connect_fd : -1;
	conn = conn_new(http->server.conns, &peer, fd, listener->socket.tls,
	        !peer.local && !nets_have(atomic_load(&http->server.trusted), &peer));
	conn->routes = listener->routes;
	conn->routes_len = listener->routes_len;
	return conn;
}

static void on_connection(void *cls, struct MHD_Connection *connection, void **context,
        enum MHD_ConnectionNotificationCode code)
{
	struct listener *listener = cls;
	struct conn *conn = *context;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = begin_conn(listener, connection);
		return;
	}
	*context = NULL;
	conn_end(listener->http->server.conns, &conn);
}

static struct conn *conn_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
	        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info->socket_context;
}

/* ---- requests ---- */

/* The request line has been read: the only place where the target is still as it was sent. */
static void *on_request_line(void *cls, const char *target, struct MHD_Connection *connection)
{
	struct listener *listener = cls;

	return exchange_new(&listener->http->server, conn_of(connection), connection, target);
}

/* Targets are decoded by wire/href.c, after splitting. */
static size_t on_unescape(void *cls UNUSED, struct MHD_Connection *connection UNUSED, char *text)
{
	return strlen(text);
}

/* Blanks and `ends` line ends, and nothing else, lie between what has been read up to `last` and
 * `next`: a value that goes on behind a NUL, which ends it to the library, does not pass. */
static bool follows(const char *last, const char *next, int ends)
{
#if MHD_VERSION < 0x00097600
	if (next <= last || next - last > CONNECTION_MEMORY)
		return false;
	while (*last == ' ' || *last == '\t')
		last++;
	return next - last == ends || next - last == 2 * ends;
#else
	(void)last, (void)next, (void)ends;
	return true;
#endif
}

/* The library takes the second line of a folded header (RFC 9112 5.2) for more of its name, in
 * other memory: then the value no longer stands right behind the name and its colon. */
static bool is_folded(struct text name, const char *value)
{
#if MHD_VERSION < 0x00097600
	const char *at = name.ptr + name.len + 1;

	if (!value || value < at || value - at > CONNECTION_MEMORY)
		return true;
	while (at < value && (*at == ' ' || *at == '\t'))
		at++;
	return at < value;
#else
	(void)name, (void)value;
	return false;
#endif
}

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind UNUSED, const char *name,
        size_t name_len, const char *value, size_t value_len)
{
	struct exchange *x = cls;

	x->folded = x->folded || is_folded((struct text){ name, name_len }, value) ||
	            !follows(x->head_end, name, 1);
	x->head_end = value ? value + value_len : name + name_len;
	exchange_header(
	        x, (struct text){ name, name_len }, (struct text){ value ? value : "", value_len });
	return MHD_YES;
}

static ssize_t on_read(void *cls, uint64_t at UNUSED, char *out, size_t room)
{
	ptrdiff_t n = exchange_read(cls, out, room);

	if (n == EXCHANGE_PAUSED)
		return 0; /* suspended: asked again when it goes on */
	return n > 0 ? n : n ? MHD_CONTENT_READER_END_WITH_ERROR : MHD_CONTENT_READER_END_OF_STREAM;
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, struct exchange *x)
{
	struct reply *reply = &x->call.reply;
	struct MHD_Response *response;
	enum MHD_Result ok;

	exchange_dress(x);
	/* Of a 304 the library sends the length alone. */
	if (x->streams || (reply->status == 304 && reply->length > 0))
		response = MHD_create_response_from_callback(
		        reply->length < 0 ? MHD_SIZE_UNKNOWN : (uint64_t)reply->length, BLOCK,
		        on_read, x, NULL);
	else
		response = MHD_create_response_from_buffer(
		        reply->body.len, (void *)reply->body.ptr, MHD_RESPMEM_PERSISTENT);
	if (!response)
		return MHD_NO;
	for (size_t i = 0; i < reply->headers.len; i++)
		MHD_add_response_header(
		        response, reply->headers.at[i].name.ptr, reply->headers.at[i].value.ptr);
	ok = MHD_queue_response(connection, (unsigned)reply->status, response);
	MHD_destroy_response(response);
	return ok;
}

/* The library cannot answer in the midst of a body, so we do, and end the connection. */
static enum MHD_Result last_word(struct MHD_Connection *connection, struct exchange *x, int status)
{
	const union MHD_ConnectionInfo *info;
	struct text words = status == 413 ? TEXT("HTTP/1.1 413 Content Too Large\r\nConnection: "
	                                         "close\r\nContent-Length: 0\r\n\r\n")
	                                  : TEXT("HTTP/1.1 408 Request Timeout\r\nConnection: "
	                                         "close\r\nContent-Length: 0\r\n\r\n");

	x->call.reply.status = status;
	if (x->conn->tls) {
		info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
		if (info && info->tls_session)
			tls_say(info->tls_session, words);
	} else if (send(x->conn->fd, words.ptr, words.len, MSG_NOSIGNAL | MSG_DONTWAIT) > 0) {
		shutdown(x->conn->fd, SHUT_WR);
	}
	return MHD_NO;
}

/* A NUL ends the target early; then the version does not follow it. Only where both lie in one
 * buffer can that be seen. */
static bool is_cut(const struct exchange *x, const char *version)
{
	ptrdiff_t gap = version - x->raw_target;

	return gap > 0 && gap < CONNECTION_MEMORY && (size_t)gap != x->call.target.len + 1;
}

/* A line that begins with a colon is the end of the head to the library, and what follows another
 * request. (LF, a colon and CRLF look the same as CRLF twice; whoever forwards requests writes line
 * ends of one kind.) */
static bool ends_early(
        struct MHD_Connection *connection, const struct exchange *x, const char *head)
{
	const union MHD_ConnectionInfo *info =
	        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

	return !info || !follows(x->head_end, head + info->header_size, 2);
}

static enum exchange_next begin(struct MHD_Connection *connection, struct exchange *x,
        const char *method, const char *version)
{
	struct head head = {
		.method = text_of(method),
		.version = text_of(version),
		.target_cut = is_cut(x, version),
		.tls = x->conn->tls,
	};

	x->head_end = version + strlen(version);
	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, on_header, x);
	x->folded = x->folded || ends_early(connection, x, method);
	return exchange_head(x, &head);
}

/* Called with the head, with each piece of the body, when the body is whole, and after a resume. */
static enum MHD_Result on_access(void *cls UNUSED, struct MHD_Connection *connection,
        const char *url UNUSED, const char *method, const char *version, const char *piece,
        size_t *piece_len, void **context)
{
	struct exchange *x = *context;
	enum exchange_next next;

	if (!x)
		return MHD_NO;
	if (x->stage == STAGE_HEAD) {
		next = begin(connection, x, method, version);
	} else if (*piece_len) {
		next = exchange_body(x, (struct text){ piece, *piece_len });
		*piece_len = 0;
	} else {
		next = exchange_go(x);
	}
	switch (next) {
	case NEXT_READ:
	case NEXT_AGAIN:
	case NEXT_WAIT: /* the exchange may be anywhere by now */ return MHD_YES;
	case NEXT_SEND: return send_reply(connection, x);
	case NEXT_CUT_413: return last_word(connection, x, 413);
	case NEXT_CUT_408: return last_word(connection, x, 408);
	case NEXT_CUT: break;
	}
	return MHD_NO;
}

/* The one place where an exchange ends, however it went. */
static void on_completed(void *cls UNUSED, struct MHD_Connection *connection UNUSED, void **context,
        enum MHD_RequestTerminationCode code)
{
	struct exchange *x = *context;

	*context = NULL;
	if (x)
		exchange_end(&x, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
}

/* A line for every vanished client and failed handshake: counted, shown only when asked for. */
static void on_library_log(void *cls, const char *format, va_list args)
{
	struct http *http = cls;
	char line[256];
	int len;

	metrics_trouble(http->server.metrics);
	if (!log_wants(LOG_LEVEL_DEBUG))
		return;
	len = vsnprintf(line, sizeof(line), format, args);
	if (len > 0)
		log_debug("connection", "note=%s", log_value(text_trim(text_of(line))));
}

/* ---- life ---- */

static void suspend(void *connection)
{
	MHD_suspend_connection(connection);
}

static void resume(void *connection)
{
	MHD_resume_connection(connection);
}

static bool daemon_start(struct listener *listener, struct err *err)
{
	const struct settings *settings = listener->http->server.settings;
	unsigned flags =
	        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
	bool admin = listener->routes == ADMIN_ROUTES;
	struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_CERT_CALLBACK, 0, tls_callback() },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)TLS_PRIORITIES },
		{ MHD_OPTION_END, 0, NULL },
	};
	struct MHD_OptionItem none[] = { { MHD_OPTION_END, 0, NULL } };

	if (listener->socket.tls)
		flags |= MHD_USE_TLS;
	listener->daemon = MHD_start_daemon(flags, 0, on_accept, listener, on_access, listener,
	        MHD_OPTION_EXTERNAL_LOGGER, on_library_log, listener->http,
	        MHD_OPTION_LISTEN_SOCKET, listener->socket.fd, MHD_OPTION_THREAD_POOL_SIZE,
	        admin ? 1u : (unsigned)settings->server_threads, MHD_OPTION_CONNECTION_LIMIT,
	        (unsigned)(settings->limits_connections > settings->server_threads
	                           ? settings->limits_connections
	                           : settings->server_threads),
	        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)settings->limits_idle,
	        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
	        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
	        MHD_OPTION_URI_LOG_CALLBACK, on_request_line, listener,
	        MHD_OPTION_UNESCAPE_CALLBACK, on_unescape, NULL, MHD_OPTION_NOTIFY_CONNECTION,
	        on_connection, listener, MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
	        MHD_OPTION_ARRAY, listener->socket.tls ? tls : none, MHD_OPTION_END);
	return listener->daemon ||
	       err_set(err, ERR_UNAVAILABLE, "%.*s: the listener does not start",
	               TEXT_ARG(listener->socket.address));
}

static struct listener *listener_new(struct http *http, struct err *err)
{
	struct listener *listener = &http->listener[http->listeners];

	if (http->listeners == LISTENERS_MAX) {
		err_set(err, ERR_BAD_REQUEST, "more than %d listeners", LISTENERS_MAX);
		return NULL;
	}
	http->listeners++;
	listener->http = http;
	listener->socket.fd = -1;
	listener->routes = http->routes;
	listener->routes_len = http->server.setup.routes_len + COUNT_OF(HEALTH_ROUTES);
	return listener;
}

static bool open_all(struct http *http, struct err *err)
{
	const struct settings *settings = http->server.settings;
	const struct http_setup *setup = &http->server.setup;
	bool certificate = settings->tls_certificate[0];
	struct text rest = text_of(settings->server_listen), where;
	struct listener *listener;

	for (size_t i = 0; i < setup->fds_len; i++) {
		listener = listener_new(http, err);
		if (!listener || !listen_take(http->arena, setup->fds[i], certificate,
		                         &listener->socket, err))
			return false;
	}
	while (!setup->fds_len && text_split(&rest, ' ', &where)) {
		if (!where.len)
			continue;
		listener = listener_new(http, err);
		if (!listener ||
		        !listen_open(http->arena, where, certificate, &listener->socket, err))
			return false;
	}
	if (!settings->server_admin_listen[0])
		return true;
	listener = listener_new(http, err);
	if (!listener)
		return false;
	listener->routes = ADMIN_ROUTES;
	listener->routes_len = COUNT_OF(ADMIN_ROUTES);
	return listen_open(
	        http->arena, text_of(settings->server_admin_listen), false, &listener->socket, err);
}

static bool start(struct http *http, struct err *err)
{
	const struct settings *settings = http->server.settings;
	struct text proxies = text_of(settings->server_trusted_proxies);

	http->server.trusted = nets_parse(http->arena, proxies, err);
	if (!http->server.trusted)
		return false;
	if (settings->tls_certificate[0] &&
	        !tls_load(settings->tls_certificate, settings->tls_key, err))
		return false;
	if (!spool_prepare(settings->server_data_dir, err) || !open_all(http, err))
		return false;
	conns_watch(http->server.conns, &http->server.settings);
	for (size_t i = 0; i < http->listeners; i++)
		if (!daemon_start(&http->listener[i], err))
			return false;
	return true;
}

/* Health comes first, so that nobody's routes can hide it. */
static struct route *all_routes(struct arena *arena, const struct http_setup *setup)
{
	size_t own = COUNT_OF(HEALTH_ROUTES);
	struct route *routes = arena_array(arena, own + setup->routes_len, sizeof(*routes));

	memcpy(routes, HEALTH_ROUTES, sizeof(HEALTH_ROUTES));
	if (setup->routes_len)
		memcpy(routes + own, setup->routes, setup->routes_len * sizeof(*routes));
	return routes;
}

struct http *http_start(const struct http_setup *setup, struct err *err)
{
	static const struct transport_ops ops = { exchange_wake, exchange_slow };
	struct http *http = calloc(1, sizeof(*http));
	struct server *server;

	assert(http);
	server = &http->server;
	http->arena = arena_new();
	server->setup = *setup;
	server->settings = setup->settings;
	lock_init(&server->lives_lock, "http-lives", 71);
	server->suspend = suspend;
	server->resume = resume;
	server->metrics = metrics_new();
	server->shelf = gzip_shelf_new();
	random_bytes((void *)&server->next_id, sizeof(server->next_id));
	server->login_lane = lane_new("http-login", LOGIN_THREADS, exchange_in_lane);
	server->slow_lane =
	        lane_new("http-slow", (int)setup->settings->server_slow_threads, exchange_in_lane);
	http->routes = all_routes(http->arena, setup);
	http->server.conns = conns_new((size_t)setup->settings->limits_connections);
	call_set_transport(&ops);
	if (!start(http, err))
		http_stop(&http);
	return http;
}

struct text http_address(const struct http *http, size_t i)
{
	return i < http->listeners ? http->listener[i].socket.address : TEXT_NONE;
}

bool http_reload(struct http *http, const struct settings *settings, struct err *err)
{
	struct text proxies = text_of(settings->server_trusted_proxies);
	const struct nets *trusted = nets_parse(http->arena, proxies, err);

	if (!trusted)
		return false;
	atomic_store(&http->server.trusted, trusted);
	atomic_store(&http->server.settings, settings);
	return !settings->tls_certificate[0] ||
	       tls_load(settings->tls_certificate, settings->tls_key, err);
}

static void quiesce(struct http *http)
{
	for (size_t i = 0; i < http->listeners; i++) {
		struct listener *listener = &http->listener[i];

		/* The admin listener goes on answering: that is how one sees the draining. */
		if (!listener->daemon || listener->quiet || listener->routes == ADMIN_ROUTES)
			continue;
		listener->quiet = MHD_quiesce_daemon(listener->daemon) != MHD_INVALID_SOCKET;
	}
}

bool http_drain(struct http *http, int64_t ms)
{
	int64_t until = clock_mono_ms() + ms;

	atomic_store(&http->server.draining, true);
	quiesce(http);
	exchange_hurry_all(&http->server);
	while (atomic_load(&http->server.under_way) > 0 && clock_mono_ms() < until)
		usleep(5000);
	return atomic_load(&http->server.under_way) == 0;
}

static void close_socket(struct listener *listener)
{
	struct text address = listener->socket.address;

	if (listener->socket.fd >= 0)
		close(listener->socket.fd);
	if (text_starts(address, TEXT("unix:")) && !listener->http->server.setup.fds_len)
		unlink(address.ptr + 5);
}

static void abandon(void *exchange)
{
	exchange_abandon(exchange);
}

/* The library ends the process when it is stopped with a connection still suspended. */
static void abandon_parked(struct http *http)
{
	int64_t until = clock_mono_ms() + ABANDON_MS;

	while (atomic_load(&http->server.under_way) > 0 && clock_mono_ms() < until) {
		conns_each(http->server.conns, abandon);
		usleep(5000);
	}
}

void http_stop(struct http **http_ptr)
{
	struct http *http = *http_ptr;

	if (!http)
		return;
	*http_ptr = NULL;
	atomic_store(&http->server.draining, true);
	quiesce(http);
	exchange_hurry_all(&http->server);
	lane_stop(http->server.login_lane);
	lane_stop(http->server.slow_lane);
	abandon_parked(http);
	for (size_t i = 0; i < http->listeners; i++) {
		struct listener *listener = &http->listener[i];

		if (!listener->daemon) {
			close_socket(listener);
			continue;
		}
		MHD_stop_daemon(listener->daemon);
		if (listener->quiet)
			close_socket(listener);
	}
	lane_free(&http->server.login_lane);
	lane_free(&http->server.slow_lane);
	conns_free(&http->server.conns);
	metrics_free(&http->server.metrics);
	gzip_shelf_free(&http->server.shelf);
	tls_unload();
	static_unload();
	arena_free(&http->arena);
	free(http);
}
