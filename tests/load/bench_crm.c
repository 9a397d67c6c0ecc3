/* bench_crm.c - dashboards, searches and lists over a company of some years: 100,000 leads, 20,000
 * deals, 10,000 cases, 80,000 notes and tasks, and what happened to them. Prints milliseconds of
 * processor time for each dashboard, a dozen kinds of query and of list, for the leadership (which
 * sees everything) and for a rep; on PostgreSQL its process's are among them, and the time that
 * passed is told, too.
 *
 *     bench_crm [RUNS]       on SQLite; on PostgreSQL where KONTOR_TEST_PG says where one is */
#include "../unit/store/fixture.h"

#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "crm/draft.h"
#include "crm/kpi_past.h"
#include "crm/seed.h"
#include "crm/look.h"
#include "object/ical.h"
#include "people/group.h"
#include "people/reach.h"
#include "view/figures.h"
#include "view/find.h"

enum { LEADS = 100000, DEALS = 20000, CASES = 10000, NOTES = 60000, TASKS = 20000 };
enum { REPS = 20, DAY = 86400, YEARS_DAYS = 730, TIMES_MOST = 50 };

DB_STATEMENT(ADD_EVENT, "INSERT INTO crm_event (id, record, noun, what, at, who, via, owner, team, "
                        "pipeline, campaign,"
                        " source, from_value, to_value, from_num, to_num, seconds) VALUES (?1, ?2, "
                        "?3, ?4, ?5, ?6, 1,"
                        " ?6, ?7, ?8, ?9, ?10, '', ?11, ?12, ?13, ?14)");
DB_STATEMENT(ADD_ITEM,
        "INSERT INTO crm_item (record, noun, uid, holder, owner, team, state, status, entered, "
        "account,"
        " contact, parent, pipeline, stage, campaign, source, title, title_key, created, modified,"
        " start, due, closed, amount, probability, priority, number, score, until, fields)"
        " VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?11, ?12, 0, 'Web', ?18,"
        " ?18, ?8, ?8, ?13, ?14, ?15, ?16, 50, 5, ?19, 0, 0, ?17)");

DB_STATEMENT(ADD_TEXT, "INSERT INTO crm_text (rowid, noun, fold) VALUES (?1, ?2, ?3)");
DB_STATEMENT(ADD_ROW,
        "INSERT INTO crm_row (id, noun, parent, position, revision, created, modified, data)"
        " VALUES (?1, ?2, ?3, ?1, 1, 0, 0, ?4)");
DB_STATEMENT(TIDY, "/* postgres only */ VACUUM ANALYZE");

struct company {
	struct fixture *f;
	struct db *db;
	int64_t team, company, reps[REPS], boss;
	struct who boss_who, rep_who, support_who;
	int64_t records, events, rows, pipeline, stages[6], new_status, converted, dead;
};

static int64_t some(int64_t n)
{
	return (int64_t)(random() % n);
}

/* ---- people ---- */

static int64_t user(struct fixture *f, int number, const char *role)
{
	struct principal_put *put = arena_make(f->work.arena, struct principal_put);
	struct plan *plan = new_plan(f);

	put->principal.kind = PRINCIPAL_USER;
	put->principal.name = arena_printf(f->work.arena, "rep%d", number);
	put->set_roles = true;
	*vec_push(f->work.arena, &put->roles) = text_of(role);
	plan_principal_put(plan, put);
	must(f, apply(f, plan));
	return put->principal.id;
}

static void who_is(struct company *c, struct who *who, int64_t id)
{
	struct fixture *f = c->f;
	struct ids *groups = arena_make(f->work.arena, struct ids);

	*who = (struct who){ .id = id, .name = TEXT("somebody") };
	work_step_end(&f->work);
	must(f, group_all_of(&f->work, id, groups));
	who->groups = groups->at;
	who->groups_len = groups->len;
	must(f, reach_of(&f->work, who));
}

static void people(struct company *c)
{
	struct fixture *f = c->f;
	struct principal *company;
	struct plan *plan;

	c->team = make_principal(f, PRINCIPAL_GROUP, "everyone-who-sells", NULL);
	for (int i = 0; i < REPS; i++)
		c->reps[i] = user(f, i, i < REPS / 2 ? "sales" : "support");
	c->boss = user(f, REPS, "sales");
	must(f, principal_by_name(&f->work, TEXT("company"), &company));
	c->company = company->id;
	plan = new_plan(f);
	plan_group_join(plan, company->id, c->boss, true);
	for (int i = 0; i < REPS; i++)
		plan_group_join(plan, c->team, c->reps[i], false);
	must(f, apply(f, plan));
	who_is(c, &c->boss_who, c->boss);
	who_is(c, &c->rep_who, c->reps[0]);
	who_is(c, &c->support_who, c->reps[REPS - 1]);
}

/* ---- what there is ---- */

struct happening {
	enum crm_noun noun;
	int64_t record, owner, campaign;
	enum crm_what what;
	int64_t at;
	const char *word;
	int64_t from, to;
};

static void happen(struct company *c, struct happening h)
{
	must(c->f, db_run(c->db, &c->f->work.err, &ADD_EVENT,
	                   DB_ARGS(DB_INT(++c->events), DB_INT(h.record), DB_INT(h.noun),
	                           DB_INT(h.what), DB_INT(h.at), DB_INT(h.owner), DB_INT(c->team),
	                           DB_INT(h.noun == CRM_DEAL ? c->pipeline : 0), DB_INT(h.campaign),
	                           DB_TEXT(TEXT("Web")), DB_TEXT(text_of(h.word)), DB_INT(h.from),
	                           DB_INT(h.to), DB_INT(3600)),
	                   NULL));
}

struct thing {
	enum crm_noun noun;
	int64_t record, owner, state, parent, stage, created, start, due, closed, amount;
	const char *status, *fields;
};

/* A name that reads like one: syllables, by a number. */
static struct text name_of(struct arena *arena, int64_t number)
{
	static const char *const SYLLABLES[] = { "bel", "dor", "fen", "gar", "hul", "kim", "lan",
		"mor", "nis", "pav", "rul", "sten", "tam", "vik", "wel", "zor" };

	return arena_printf(arena, "%s%s %s%s%s", SYLLABLES[number % 16],
	        SYLLABLES[number / 16 % 16], SYLLABLES[number / 256 % 16],
	        SYLLABLES[number / 4096 % 16], SYLLABLES[number / 65536 % 16]);
}

/* As crm/find.h makes it: name, company, phone twice, mail, a word or two. */
static void be_found(struct company *c, const struct thing *t, struct text name)
{
	struct arena *arena = c->f->work.arena;
	struct text fold = arena_printf(arena,
	        "%.*s\n%s works\n4930%07lld\n%s@example.org\nwhat was said the last time we met %s",
	        TEXT_ARG(name), text_from(name, name.len / 2).ptr,
	        (long long)(t->record * 7919 % 10000000), arena_cstr(arena, text_sub(name, 0, 5)),
	        t->record % 2000 ? "again" : "quicksilver");

	must(c->f, db_run(c->db, &c->f->work.err, &ADD_TEXT,
	                   DB_ARGS(DB_INT(t->record), DB_INT(t->noun), DB_TEXT(fold)), NULL));
}

static void be(struct company *c, struct thing t)
{
	struct text uid = arena_printf(c->f->work.arena, "bench-%lld", (long long)t.record);
	struct text name = name_of(c->f->work.arena, t.record * 2654435761 % 1048576);

	must(c->f, db_run(c->db, &c->f->work.err, &ADD_ITEM,
	                   DB_ARGS(DB_INT(t.record), DB_INT(t.noun), DB_TEXT(uid), DB_INT(t.owner),
	                           DB_INT(c->team), DB_INT(t.state), DB_TEXT(text_of(t.status)),
	                           DB_INT(t.created), DB_INT(1 + t.record % 5000), DB_INT(t.parent),
	                           DB_INT(t.noun == CRM_DEAL ? c->pipeline : 0), DB_INT(t.stage),
	                           DB_INT(t.start), DB_INT(t.due), DB_INT(t.closed),
	                           DB_INT(t.amount), DB_TEXT(text_of(t.fields)), DB_TEXT(name),
	                           DB_INT(t.noun == CRM_CASE ? t.record : 0)),
	                   NULL));
	be_found(c, &t, name);
}

static int64_t status(int64_t state, int64_t row)
{
	return (state << 32) + row;
}

#define FIELDS \
	"{\"name\":\"Somebody or other\",\"company\":\"Somewhere Ltd\",\"phones\":[{\"value\":" \
	"\"+49 30 1234567\",\"type\":\"work\"}],\"note\":\"what was said the last time we met\"," \
	"\"kind\":\"Question\",\"response_due\":1799990000,\"source\":\"Web\"}"

/* One in five is answered, and half of these converted; the others are put aside after a month. */
static void lead(struct company *c)
{
	int64_t id = ++c->records, owner = c->reps[some(REPS / 2)],
	        campaign = some(2) ? 900 + some(9) : 0;
	int64_t created = NOW - some((int64_t)YEARS_DAYS * DAY), later = created + some(2 * DAY);
	bool answered = some(5) == 0 && later < NOW, converted = answered && some(2);
	bool is_old = !converted && NOW - created > 30 * DAY;

	happen(c, (struct happening){ CRM_LEAD, id, owner, campaign, CRM_EVENT_CREATED, created,
	                  "New", status(0, c->new_status), 0 });
	if (answered)
		happen(c, (struct happening){ CRM_LEAD, id, owner, campaign, CRM_EVENT_RESPONDED,
		                  later, "Call", 0, 0 });
	if (converted)
		happen(c, (struct happening){ CRM_LEAD, id, owner, campaign, CRM_EVENT_STATUS,
		                  later, "Converted", 0, status(1, c->converted) });
	if (is_old)
		happen(c, (struct happening){ CRM_LEAD, id, owner, campaign, CRM_EVENT_STATUS,
		                  created + 30 * DAY, "Dead", 0, status(2, c->dead) });
	be(c, (struct thing){ .noun = CRM_LEAD,
	              .record = id,
	              .owner = owner,
	              .created = created,
	              .state = converted ? 1
	                       : is_old  ? 2
	                                 : 0,
	              .closed = converted ? later
	                        : is_old  ? created + 30 * DAY
	                                  : 0,
	              .status = "New",
	              .fields = FIELDS });
}

static void deal(struct company *c)
{
	int64_t id = ++c->records, owner = c->reps[some(REPS / 2)], amount = 10000 + some(5000000);
	int64_t created = NOW - some((int64_t)YEARS_DAYS * DAY), at = created;
	int64_t close = (created / DAY + 60) * DAY, state = 0, n = 0;
	struct happening h = { CRM_DEAL, id, owner, some(2) ? 900 + some(9) : 0, CRM_EVENT_CREATED,
		at, "Prospecting", status(0, c->stages[0]), amount };

	happen(c, h);
	h.what = CRM_EVENT_CLOSE;
	h.to = close;
	happen(c, h);
	h.what = CRM_EVENT_STATUS;
	while (!state && (at += some(60 * DAY)) < NOW) {
		state = n == 2 ? 1 + some(2) : 0;
		n = state ? 3 + state : n + 1;
		h.to = status(state, c->stages[n]);
		h.at = at;
		happen(c, h);
	}
	be(c, (struct thing){ .noun = CRM_DEAL,
	              .record = id,
	              .owner = owner,
	              .state = state,
	              .created = created,
	              .due = close,
	              .closed = state ? h.at : 0,
	              .amount = amount,
	              .stage = c->stages[n],
	              .status = "Stage",
	              .fields = FIELDS });
}

static void one_case(struct company *c)
{
	int64_t id = ++c->records, owner = c->reps[REPS / 2 + some(REPS / 2)];
	int64_t created = NOW - some((int64_t)YEARS_DAYS * DAY), closed = created + some(6 * DAY);
	struct happening h = { CRM_CASE, id, owner, 0, CRM_EVENT_CREATED, created, "New", 0, 0 };

	happen(c, h);
	h.what = CRM_EVENT_RESPONDED;
	h.at = created + some(DAY);
	happen(c, h);
	h.what = CRM_EVENT_STATUS;
	h.word = "Working";
	happen(c, h);
	if (closed < NOW) {
		h.word = "Closed";
		h.at = closed;
		h.to = status(1, 0);
		happen(c, h);
	}
	be(c, (struct thing){ .noun = CRM_CASE,
	              .record = id,
	              .owner = owner,
	              .state = closed < NOW,
	              .created = created,
	              .due = created + 4 * DAY,
	              .closed = closed < NOW ? closed : 0,
	              .status = "Working",
	              .fields = FIELDS });
}

static void activity(struct company *c, enum crm_noun noun)
{
	int64_t at = NOW - some((int64_t)YEARS_DAYS * DAY);

	be(c, (struct thing){ .noun = noun,
	              .record = ++c->records,
	              .owner = c->reps[some(REPS)],
	              .parent = 1000000 + LEADS + 1 + some(DEALS),
	              .created = at,
	              .start = at,
	              .state = noun == CRM_TASK,
	              .closed = noun == CRM_TASK ? at : 0,
	              .status = "Done",
	              .fields = FIELDS });
}

static int64_t row_named(struct company *c, enum crm_noun noun, const char *name)
{
	struct crm_row *row;

	must(c->f, crm_row_named(&c->f->work, noun, text_of(name), &row));
	return row->id;
}

static void rows(struct company *c)
{
	static const char *const STAGES[] = { "Prospecting", "Qualification", "Proposal",
		"Negotiation", "Won", "Lost" };
	struct plan *plan = new_plan(c->f);

	plan_add(plan, crm_seed, &c->f->house);
	must(c->f, apply(c->f, plan));
	for (int i = 0; i < 6; i++)
		c->stages[i] = row_named(c, CRM_STAGE, STAGES[i]);
	c->pipeline = row_named(c, CRM_PIPELINE, "Sales");
	c->new_status = row_named(c, CRM_LEAD_STATUS, "New");
	c->converted = row_named(c, CRM_LEAD_STATUS, "Converted");
	c->dead = row_named(c, CRM_LEAD_STATUS, "Dead");
	work_step_end(&c->f->work);
}

static void row(struct company *c, enum crm_noun noun, int64_t parent, struct text data)
{
	must(c->f, db_run(c->db, &c->f->work.err, &ADD_ROW,
	                   DB_ARGS(DB_INT(5000000 + ++c->rows), DB_INT(noun), DB_INT(parent),
	                           DB_TEXT(data)),
	                   NULL));
}

/* Each month each rep and the company have a goal, and each campaign a bill. */
static void goals_and_costs(struct company *c)
{
	struct arena *arena = c->f->work.arena;

	for (int month = 0; month < 24; month++) {
		struct text from = arena_printf(
		        arena, "20%d-%02d-01", 25 + (month + 1) / 12, (month + 1) % 12 + 1);
		struct text to = arena_printf(
		        arena, "20%d-%02d-01", 25 + (month + 2) / 12, (month + 2) % 12 + 1);

		for (int i = 0; i <= REPS / 2; i++)
			row(c, CRM_GOAL, 0,
			        arena_printf(arena,
			                "{\"who\":%lld,\"metric\":\"won_amount\",\"from\":"
			                "\"%.*s\",\"to\":\"%.*s\",\"target\":%d}",
			                (long long)(i == REPS / 2 ? c->company : c->reps[i]),
			                TEXT_ARG(from), TEXT_ARG(to), 50000000));
		for (int i = 0; i < 9; i++)
			row(c, CRM_COST, 900 + i,
			        arena_printf(arena, "{\"date\":\"%.*s\",\"amount\":250000}",
			                TEXT_ARG(from)));
	}
}

static void fill(struct company *c)
{
	int64_t began = clock_mono_ms();

	rows(c);
	c->db = pool_private(c->f->house.pool, &c->f->work.err);
	must(c->f, c->db);
	c->records = 1000000;
	must(c->f, db_write_begin(c->db, &c->f->work.err));
	goals_and_costs(c);
	for (int i = 0; i < LEADS; i++)
		lead(c);
	for (int i = 0; i < DEALS; i++)
		deal(c);
	for (int i = 0; i < CASES; i++)
		one_case(c);
	for (int i = 0; i < NOTES; i++)
		activity(c, CRM_NOTE);
	for (int i = 0; i < TASKS; i++)
		activity(c, CRM_TASK);
	must(c->f, db_write_commit(c->db, &c->f->work.err));
	/* As its own housekeeping does on PostgreSQL. */
	if (db_is_postgres(c->db))
		must(c->f, db_run(c->db, &c->f->work.err, &TIDY, DB_NO_ARGS, NULL));
	/* As when the server is quiet. */
	db_tidy(c->db, true);
	db_close(&c->db);
	printf("%d leads, %d deals, %d cases, %d notes and tasks, %lld events: filled in %lld s\n",
	        LEADS, DEALS, CASES, NOTES + TASKS, (long long)c->events,
	        (long long)(clock_mono_ms() - began) / 1000);
}

/* ---- measuring ---- */

static int by_time(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

DB_STATEMENT(SERVED_BY, "/* postgres only */ SELECT pg_backend_pid()");

/* Microseconds. SQLite works within this thread; PostgreSQL in a process of its own, whose
 * processor time is told where it runs on this machine. What others do there does not count. */
struct spent {
	int64_t processor, passed;
};

/* Of PostgreSQL's process on the connection that serves this thread; 0: not to be had. */
static int64_t served_us(struct company *c)
{
	struct work work = { .arena = arena_new(), .house = &c->f->house, .now = NOW };
	struct db *db = c->f->settings.store_postgres ? work_reader(&work) : NULL;
	struct db_rows *rows = db ? db_query(db, &work.err, &SERVED_BY, DB_NO_ARGS) : NULL;
	long long ns = 0;
	char path[60] = "";
	FILE *file;

	if (rows && db_next(rows))
		snprintf(path, sizeof(path), "/proc/%lld/schedstat", (long long)db_int(rows, 0));
	if (rows)
		must(c->f, db_done(rows));
	work_step_end(&work);
	arena_free(&work.arena);
	file = fopen(path, "r");
	if (file && fscanf(file, "%lld", &ns) != 1)
		ns = 0;
	if (file)
		(void)fclose(file);
	return ns / 1000;
}

static struct spent begin(struct company *c)
{
	struct timespec time;
	int64_t served = served_us(c);

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (struct spent){ (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000 + served,
		clock_mono_us() };
}

static struct spent since(struct company *c, struct spent began)
{
	int64_t passed = clock_mono_us() - began.passed;
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (struct spent){ (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000 + served_us(c) -
		                       began.processor,
		passed };
}

static struct spent once(struct company *c, const struct who *who, const struct figures_ask *ask)
{
	struct work work = { .arena = arena_new(), .house = &c->f->house, .now = NOW, .who = who };
	struct spent spent = begin(c);
	struct figures *figures;
	json_t *page;

	if (!figures_open(&work, ask, &figures) || !figures_page(&work, figures, &page))
		fail_msg("%d %s", (int)work.err.id, work.err.detail);
	free(json_dumps(page, JSON_COMPACT));
	work_step_end(&work);
	spent = since(c, spent);
	arena_free(&work.arena);
	return spent;
}

static void tell(struct company *c, const char *name, struct spent *spent, int64_t runs)
{
	int64_t times[TIMES_MOST];

	for (int64_t i = 0; i < runs; i++)
		times[i] = spent[i].processor;
	qsort(times, (size_t)runs, sizeof(*times), by_time);
	printf("%-28s %7.1f ms   (%.1f to %.1f)", name, (double)times[runs / 2] / 1000,
	        (double)times[0] / 1000, (double)times[runs - 1] / 1000);
	for (int64_t i = 0; i < runs; i++)
		times[i] = spent[i].passed;
	qsort(times, (size_t)runs, sizeof(*times), by_time);
	if (c->f->settings.store_postgres)
		printf("   passed: %7.1f (%.1f to %.1f)", (double)times[runs / 2] / 1000,
		        (double)times[0] / 1000, (double)times[runs - 1] / 1000);
	printf("\n");
	fflush(stdout);
}

static void measure(struct company *c, const char *name, const struct who *who,
        const struct figures_ask *ask, int64_t runs)
{
	struct spent spent[TIMES_MOST];

	for (int64_t i = 0; i < runs; i++)
		spent[i] = once(c, who, ask);
	tell(c, name, spent, runs);
}

static void measure_all(struct company *c, const char *when, struct figures_ask ask, int64_t runs)
{
	static const struct {
		const char *name;
		enum kpi_page page;
	} PAGES[] = { { "home", KPI_HOME }, { "sales", KPI_SALES }, { "support", KPI_SUPPORT },
		{ "manager", KPI_MANAGER }, { "company", KPI_COMPANY },
		{ "campaigns", KPI_CAMPAIGNS } };

	printf("\n%s\n", when);
	for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
		ask.page = PAGES[i].page;
		measure(c, PAGES[i].name, &c->boss_who, &ask, runs);
	}
	ask.page = KPI_SALES;
	ask.who = c->reps[0];
	measure(c, "sales, of a rep", &c->rep_who, &ask, runs);
	ask.page = KPI_SUPPORT;
	ask.who = c->reps[REPS - 1];
	measure(c, "support, of a rep", &c->support_who, &ask, runs);
	ask.page = KPI_HOME;
	ask.who = 0;
	measure(c, "home, of a rep", &c->rep_who, &ask, runs);
}

/* ---- searching ---- */

static const struct {
	const char *what, *query;
} QUERIES[] = {
	{ "a name from its beginning", "belfen" },
	{ "a scrap within names", "orgar" },
	{ "two scraps of a name", "lanmor vik" },
	{ "a mail", "gark@example" },
	{ "digits of a phone", "49301234" },
	{ "a phone as it is written", "030 12345" },
	{ "the number of a case", "#1125000" },
	{ "accents and capitals", "B\xc3\xa9lD\xc3\xb6r" },
	{ "a rare word of a note", "quicksilver" },
	{ "a word that all have", "said" },
	{ "two words that all have", "last time" },
	{ "a common scrap", "tam" },
	{ "two letters", "zo" },
	{ "what nobody has", "xylophone" },
	{ "two letters nobody has", "qj" },
};

static struct spent find_once(struct company *c, const struct who *who, const char *query)
{
	struct work work = { .arena = arena_new(), .house = &c->f->house, .now = NOW, .who = who };
	struct spent spent = begin(c);
	struct founds founds;

	if (!view_find(&work, text_of(query), 0, 20, &founds))
		fail_msg("%d %s", (int)work.err.id, work.err.detail);
	work_step_end(&work);
	spent = since(c, spent);
	arena_free(&work.arena);
	return spent;
}

static void search(struct company *c, const char *whose, const struct who *who)
{
	enum { TIMES = 20 };

	printf("\nsearch, %s: the median of %d\n", whose, TIMES);
	for (size_t i = 0; i < COUNT_OF(QUERIES); i++) {
		struct spent spent[TIMES_MOST];

		for (int j = 0; j < TIMES; j++)
			spent[j] = find_once(c, who, QUERIES[i].query);
		tell(c, QUERIES[i].what, spent, TIMES);
	}
}

/* ---- lists ---- */

static const struct {
	const char *what, *filters, *sort;
	enum crm_noun noun;
	bool descending, count;
} LISTS[] = {
	{ "leads, the newest", NULL, "created", CRM_LEAD, true, false },
	{ "leads by name", NULL, "title", CRM_LEAD, false, false },
	{ "open leads, the newest", "state:eq:0", "created", CRM_LEAD, true, false },
	{ "open deals by amount", "state:eq:0", "amount", CRM_DEAL, true, false },
	{ "deals of somebody by name", "owner:eq:%lld", "title", CRM_DEAL, false, false },
	{ "the same, counted", "owner:eq:%lld", "title", CRM_DEAL, false, true },
	{ "open leads of somebody", "owner:eq:%lld state:eq:0", "created", CRM_LEAD, true, false },
	{ "leads with a word", "text:eq:said", "modified", CRM_LEAD, true, false },
	{ "what happened with a deal", "parent:eq:1100001", "at", CRM_NOTE, true, false },
	{ "cases by their number", NULL, "number", CRM_CASE, true, false },
};

static struct spent list_once(struct company *c, const struct who *who, size_t which)
{
	enum { PAGE = 50 };
	struct work work = { .arena = arena_new(), .house = &c->f->house, .now = NOW, .who = who };
	struct crm_ask ask = { .noun = LISTS[which].noun,
		.sort = text_of(LISTS[which].sort),
		.descending = LISTS[which].descending,
		.count = LISTS[which].count,
		.limit = PAGE };
	struct text rest = text_of(LISTS[which].filters), one, mine = TEXT("owner:eq:%lld");
	struct spent spent;
	struct crm_page page;

	while (text_split(&rest, ' ', &one)) {
		if (text_eq(one, mine))
			one = arena_printf(work.arena, "owner:eq:%lld", (long long)c->reps[0]);
		must(c->f,
		        crm_filter_parse(&work, ask.noun, one, vec_push(work.arena, &ask.filters)));
	}
	spent = begin(c);
	if (!crm_list(&work, &ask, &page))
		fail_msg("%d %s", (int)work.err.id, work.err.detail);
	work_step_end(&work);
	spent = since(c, spent);
	arena_free(&work.arena);
	return spent;
}

static void list(struct company *c, const char *whose, const struct who *who)
{
	enum { TIMES = 20 };

	printf("\nlists, %s: the median of %d\n", whose, TIMES);
	for (size_t i = 0; i < COUNT_OF(LISTS); i++) {
		struct spent spent[TIMES_MOST];

		for (int j = 0; j < TIMES; j++)
			spent[j] = list_once(c, who, i);
		tell(c, LISTS[i].what, spent, TIMES);
	}
}

int main(int argc, char **argv)
{
	int64_t runs = 5;
	struct figures_ask ask = { 0 };
	struct company c = { .f = fixture_open(getenv("KONTOR_TEST_PG") != NULL) };

	if ((argc > 1 && !text_to_int(text_of(argv[1]), &runs)) || runs < 1 || runs > TIMES_MOST ||
	        !ical_setup())
		return 2;
	srandom(1);
	c.f->settings.crm_time_zone = "Europe/Berlin";
	c.f->settings.crm_business_hours = "Mo-Fr 09:00-17:00";
	c.f->settings.crm_currency = "EUR";
	c.f->settings.crm_figures_memory = (int64_t)256 << 20;
	c.f->house.kpi_kept = kpi_kept_new();
	people(&c);
	fill(&c);
	ask.page = KPI_COMPANY;
	measure(&c, "the first question of all", &c.boss_who, &ask, 1);
	measure_all(&c, "a month", (struct figures_ask){ 0 }, runs);
	measure_all(&c, "a quarter",
	        (struct figures_ask){ .from = TEXT("2027-01-01"), .to = TEXT("2027-04-01") }, runs);
	measure_all(&c, "the quarter before, as it was in November",
	        (struct figures_ask){ .from = TEXT("2026-10-01"),
	                .to = TEXT("2027-01-01"),
	                .as_of = TEXT("2026-11-20") },
	        runs);
	search(&c, "of the leadership", &c.boss_who);
	search(&c, "of a rep", &c.rep_who);
	list(&c, "of the leadership", &c.boss_who);
	list(&c, "of a rep", &c.rep_who);
	kpi_kept_free(&c.f->house.kpi_kept);
	fixture_close(c.f);
	return 0;
}
