#include "base/base.h"
#include <sched.h>
#include <stdatomic.h>

#include "http/metrics.h"

enum { CLASSES = 6, SLOTS = 16 };

/* Upper ends of the latency buckets, in microseconds; the last has none. */
static const int64_t EDGES[] = { 100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000,
	250000, 500000, 1000000, 2500000, 10000000 };

/* Threads count in slots of their own, so that they do not fight over a cache line. */
struct slot {
	_Atomic uint64_t requests[METHOD_COUNT + 1][CLASSES];
	_Atomic uint64_t latency[COUNT_OF(EDGES) + 1];
	_Atomic uint64_t total_us;
	_Alignas(64) char end[64];
};

struct metrics {
	_Atomic uint64_t trouble;
	struct slot slot[SLOTS];
};

struct metrics *metrics_new(void)
{
	struct metrics *metrics = aligned_alloc(64, sizeof(*metrics));

	assert(metrics);
	memset(metrics, 0, sizeof(*metrics));
	return metrics;
}

void metrics_free(struct metrics **metrics)
{
	free(*metrics);
	*metrics = NULL;
}

static void add(_Atomic uint64_t *counter, uint64_t n)
{
	atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

void metrics_request(struct metrics *metrics, enum method method, int status, int64_t us)
{
	int cpu = sched_getcpu();
	struct slot *slot = &metrics->slot[(cpu < 0 ? 0 : cpu) % SLOTS];
	size_t bucket = 0;

	while (bucket < COUNT_OF(EDGES) && us > EDGES[bucket])
		bucket++;
	add(&slot->requests[method][status / 100 < CLASSES ? status / 100 : 0], 1);
	add(&slot->latency[bucket], 1);
	add(&slot->total_us, (uint64_t)us);
}

void metrics_trouble(struct metrics *metrics)
{
	add(&metrics->trouble, 1);
}

static uint64_t sum_requests(struct metrics *metrics, int method, int class)
{
	uint64_t sum = 0;

	for (int i = 0; i < SLOTS; i++)
		sum += metrics->slot[i].requests[method][class];
	return sum;
}

static void write_requests(struct metrics *metrics, struct buf *out)
{
	buf_add(out, TEXT("# HELP kontor_http_requests_total Requests answered; 0xx: broken off.\n"
	                  "# TYPE kontor_http_requests_total counter\n"));
	for (int method = 0; method <= METHOD_COUNT; method++)
		for (int class = 0; class < CLASSES; class ++) {
			uint64_t sum = sum_requests(metrics, method, class);

			if (sum)
				buf_printf(out,
				        "kontor_http_requests_total{method=\"%s\",status=\"%dxx\"} "
				        "%llu\n",
				        method == METHOD_COUNT ? "other" : method_name(method),
				        class, (unsigned long long)sum);
		}
}

static void write_latency(struct metrics *metrics, struct buf *out)
{
	uint64_t sum = 0, us = 0;

	buf_add(out, TEXT("# HELP kontor_http_request_seconds From the head of the request to the "
	                  "end of "
	                  "its reply.\n# TYPE kontor_http_request_seconds histogram\n"));
	for (size_t bucket = 0; bucket <= COUNT_OF(EDGES); bucket++) {
		for (int i = 0; i < SLOTS; i++)
			sum += metrics->slot[i].latency[bucket];
		if (bucket < COUNT_OF(EDGES))
			buf_printf(out, "kontor_http_request_seconds_bucket{le=\"%g\"} %llu\n",
			        (double)EDGES[bucket] / 1e6, (unsigned long long)sum);
	}
	for (int i = 0; i < SLOTS; i++)
		us += metrics->slot[i].total_us;
	buf_printf(out,
	        "kontor_http_request_seconds_bucket{le=\"+Inf\"} %llu\n"
	        "kontor_http_request_seconds_sum %.6f\nkontor_http_request_seconds_count %llu\n",
	        (unsigned long long)sum, (double)us / 1e6, (unsigned long long)sum);
}

void metrics_write(struct metrics *metrics, int64_t under_way, struct buf *out)
{
	write_requests(metrics, out);
	write_latency(metrics, out);
	buf_printf(out,
	        "# HELP kontor_http_under_way Requests being worked on.\n"
	        "# TYPE kontor_http_under_way gauge\nkontor_http_under_way %lld\n"
	        "# HELP kontor_http_trouble_total Connections the library gave up on.\n"
	        "# TYPE kontor_http_trouble_total counter\nkontor_http_trouble_total %llu\n",
	        (long long)under_way, (unsigned long long)metrics->trouble);
}
