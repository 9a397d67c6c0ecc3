/* bench_writer.c - the writer alone, without protocol: how many puts a second it commits durably,
 * what they cost in processor time and bytes on disk, and what the common reads cost.
 *   bench_writer [DIR [SUBMITTERS [PUTS]]]   (a new database in DIR; default: /tmp, 64, 10000) */
#include "base/base.h"

#include <dirent.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "base/thread.h"
#include "store/kind.h"
#include "store/principal.h"
#include "store/writer.h"

enum { BODY = 971, SUBMITTERS_MAX = 512 };

struct bench {
	struct settings settings;
	struct house house;
	char body[BODY];
	int64_t calendar;
	int submitters, puts;
	bool update; /* put again, instead of new */
	int64_t failed;
};

struct submitter {
	struct bench *bench;
	int number;
	struct lock lock;
	pthread_cond_t cond;
	bool done;
};

static void stop(const struct err *err)
{
	fprintf(stderr, "bench_writer: %s %s\n", err_row(err->id)->words, err->detail);
	exit(1);
}

static int64_t cpu_us(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (int64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
	       usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

static int64_t disk_bytes(const char *dir)
{
	DIR *list = opendir(dir);
	struct dirent *entry;
	int64_t bytes = 0;

	while (list && (entry = readdir(list))) {
		char path[600];
		struct stat st;

		snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		if (!stat(path, &st) && S_ISREG(st.st_mode))
			bytes += st.st_size;
	}
	if (list)
		closedir(list);
	return bytes;
}

/* ---- puts ---- */

static void wake(void *arg)
{
	struct submitter *s = arg;

	lock_take(&s->lock);
	s->done = true;
	pthread_cond_signal(&s->cond);
	lock_give(&s->lock);
}

static bool submit(struct submitter *s, struct plan *plan)
{
	struct err err = { 0 };

	s->done = false;
	if (!writer_submit(s->bench->house.writer, plan, wake, s, &err))
		return false;
	lock_take(&s->lock);
	while (!s->done)
		lock_wait(&s->lock, &s->cond, -1);
	lock_give(&s->lock);
	return plan_state(plan) == PLAN_DONE;
}

static int64_t id_of(struct bench *b, struct arena *arena, struct text name)
{
	struct work work = { .arena = arena, .house = &b->house };
	struct item *item = NULL;

	if (!member_get(&work, &(struct scope){ b->calendar, 0 }, name, false, &item) || !item)
		stop(&work.err);
	work_step_end(&work);
	return item->member.record;
}

static void *put_many(void *arg)
{
	struct submitter *s = arg;
	struct bench *b = s->bench;

	for (int i = s->number; i < b->puts; i += b->submitters) {
		struct arena *arena = arena_new();
		struct plan *plan = plan_new(arena, clock_now());
		struct record record = { .home = b->calendar, .kind = KIND_EVENT };
		struct record_put put = {
			.record = &record, .guard = b->update ? -1 : 0, .tag = COMPONENT_VEVENT
		};

		put.uid = arena_printf(arena, "%08x-4c5e-4b0c-9f1e-%012x", i * 2654435761u, i);
		put.name = arena_printf(arena, "%.*s.ics", TEXT_ARG(put.uid));
		if (b->update)
			record.id = id_of(b, arena, put.name);
		record.body = (struct text){ b->body, sizeof(b->body) };
		plan_put(plan, &put);
		if (!submit(s, plan))
			__atomic_fetch_add(&b->failed, 1, __ATOMIC_RELAXED);
		arena_free(&arena);
	}
	return NULL;
}

static void run_puts(struct bench *b, const char *what)
{
	struct submitter *submitters = calloc((size_t)b->submitters, sizeof(*submitters));
	pthread_t threads[SUBMITTERS_MAX];
	int64_t start = clock_mono_us(), cpu = cpu_us(), took;
	struct writer_stats before, after;

	if (!submitters)
		abort();
	writer_measure(b->house.writer, &before);
	for (int i = 0; i < b->submitters; i++) {
		submitters[i].bench = b;
		submitters[i].number = i;
		lock_init(&submitters[i].lock, "bench", 1);
		pthread_cond_init(&submitters[i].cond, NULL);
		threads[i] = thread_start("submit", put_many, &submitters[i]);
	}
	for (int i = 0; i < b->submitters; i++)
		pthread_join(threads[i], NULL);
	took = clock_mono_us() - start;
	cpu = cpu_us() - cpu;
	writer_measure(b->house.writer, &after);
	printf("%-8s %3d submitters  %8.0f/s  %6.1f us cpu each  %5.1f a batch  %6.1f us in the"
	       " writer each  failed %lld\n",
	        what, b->submitters, b->puts * 1e6 / (double)took, (double)cpu / b->puts,
	        (double)(after.plans - before.plans) / (double)(after.batches - before.batches),
	        (double)(after.microseconds - before.microseconds) / b->puts, (long long)b->failed);
	free(submitters);
}

/* ---- reads ---- */

typedef bool read_fn(struct bench *b, struct work *work);

static bool read_nothing(struct bench *b, struct work *work)
{
	(void)b;
	return work_reader(work);
}

static bool read_path(struct bench *b, struct work *work)
{
	struct collection_path path;

	(void)b;
	return collection_path(
	        work, TEXT("alice"), COLLECTION_CALENDAR_HOME, TEXT("calendar"), &path);
}

static bool read_member(struct bench *b, struct work *work)
{
	struct scope scope = { b->calendar, 0 };
	struct item *item;
	uint32_t i = (uint32_t)(work->now % b->puts);
	char name[80];

	snprintf(name, sizeof(name), "%08x-4c5e-4b0c-9f1e-%012x.ics", i * 2654435761u, i);
	return member_get(work, &scope, text_of(name), true, &item) && item;
}

static bool read_list(struct bench *b, struct work *work)
{
	struct scope scope = { b->calendar, 0 };
	struct items items;

	return member_list(work, &scope, TEXT_NONE, false, 10000, &items);
}

static bool read_bodies(struct bench *b, struct work *work)
{
	struct scope scope = { b->calendar, 0 };
	struct items items;

	return member_list(work, &scope, TEXT_NONE, true, 10000, &items);
}

static bool read_changes(struct bench *b, struct work *work)
{
	struct scope scope = { b->calendar, 0 };
	struct changes changes;
	bool more;

	return change_list(work, &scope, 0, 10000, &changes, &more);
}

static void run_reads(struct bench *b, const char *what, read_fn *read, int times)
{
	int64_t start = cpu_us();

	for (int i = 0; i < times; i++) {
		struct work work = { .arena = arena_new(), .house = &b->house, .now = i * 7919 };

		if (!read(b, &work))
			stop(&work.err);
		work_step_end(&work);
		arena_free(&work.arena);
	}
	printf("%-28s %10.2f us cpu each\n", what, (double)(cpu_us() - start) / times);
}

/* How long the writer is held by the removal of a full calendar. */
static void run_remove(struct bench *b)
{
	struct arena *arena = arena_new();
	struct plan *plan = plan_new(arena, clock_now());
	int64_t start = clock_mono_us();
	struct err err = { 0 };

	plan_collection_remove(plan, b->calendar);
	if (!writer_apply(b->house.writer, plan, &err))
		stop(&err);
	printf("%-28s %10.1f ms\n", "removal of all", (double)(clock_mono_us() - start) / 1000);
	arena_free(&arena);
}

/* ---- */

static void prepare(struct bench *b, const char *dir)
{
	struct arena *arena = arena_new();
	struct principal_put alice = { .principal = {
		                               .kind = PRINCIPAL_USER, .name = TEXT("alice") } };
	struct plan *plan = plan_new(arena, clock_now());
	struct work work = { .arena = arena, .house = &b->house };
	struct collection_path path;

	b->settings.server_data_dir = dir;
	b->settings.store_postgres = getenv("KONTOR_TEST_PG");
	if (!house_make(&b->settings, &work.err) || !house_open(&b->house, &b->settings, &work.err))
		stop(&work.err);
	house_start_writer(&b->house);
	plan_principal_put(plan, &alice);
	if (!writer_apply(b->house.writer, plan, &work.err) ||
	        !collection_path(
	                &work, TEXT("alice"), COLLECTION_CALENDAR_HOME, TEXT("calendar"), &path))
		stop(&work.err);
	b->calendar = path.child->id;
	work_step_end(&work);
	arena_free(&arena);
	for (size_t i = 0; i < sizeof(b->body); i++)
		b->body[i] = (char)('a' + i % 26);
}

int main(int argc, char **argv)
{
	static struct bench b;
	struct err err = { 0 };
	char dir[200];
	long long submitters = argc > 2 ? strtoll(argv[2], NULL, 10) : 64;

	snprintf(dir, sizeof(dir), "%s/kontor-bench-XXXXXX", argc > 1 ? argv[1] : "/tmp");
	if (!mkdtemp(dir) || submitters < 1 || submitters > SUBMITTERS_MAX)
		return 1;
	log_setup(LOG_LEVEL_WARN, false);
	b.submitters = (int)submitters;
	b.puts = argc > 3 ? (int)strtoll(argv[3], NULL, 10) : 10000;
	prepare(&b, dir);
	run_puts(&b, "new");
	b.update = true;
	run_puts(&b, "update");
	/* The writer tidies: readers find the pages in the database, no more in the log. */
	sleep(2);
	run_reads(&b, "snapshot", read_nothing, 20000);
	run_reads(&b, "snapshot, path", read_path, 20000);
	run_reads(&b, "snapshot, member with body", read_member, 20000);
	run_reads(&b, "list of 10,000", read_list, 20);
	run_reads(&b, "list of 10,000 with bodies", read_bodies, 20);
	run_reads(&b, "first sync of 10,000", read_changes, 20);
	house_close(&b.house);
	printf("%lld bytes on disk an object, closed\n", (long long)(disk_bytes(dir) / b.puts));
	if (!house_open(&b.house, &b.settings, &err))
		stop(&err);
	house_start_writer(&b.house);
	run_remove(&b);
	house_close(&b.house);
	snprintf(b.body, sizeof(b.body), "rm -rf %s", dir);
	return system(b.body);
}
