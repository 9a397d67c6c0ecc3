/* dashboard.c - what is on each dashboard beside its figures: tables and lines of time. */
#include "base/base.h"
#include "base/str.h"
#include "crm/look.h"
#include "people/who.h"
#include "store/house.h"
#include "view/figures_impl.h"

#include <stdlib.h>

DB_STATEMENT(OPEN_BY_OWNER, "SELECT owner, COUNT(*) FROM crm_item WHERE noun = ?1 AND state = 0"
                            " AND owner <> 0 GROUP BY owner");

/* A failed part leaves NULL: nothing is put. */
static bool put(bool done, json_t *into, const char *key, json_t *value)
{
	if (value)
		json_object_set_new(into, key, value);
	return done;
}

static bool table(
        struct figures *f, json_t *lists, const char *key, enum kpi_by by, const char *const *names)
{
	json_t *rows = NULL;
	bool done = figures_table(f, by, names, &rows);

	return put(done, lists, key, rows);
}

static bool series(struct figures *f, json_t *into, const char *key, bool by_month,
        const struct figures_line lines[2])
{
	json_t *points = NULL;
	bool done = figures_series(f, by_month, lines, lines[1].key ? 2 : 1, &points);

	return put(done, into, key, points);
}

static const struct figures_line WON[2] = { { "won_amount", "won_amount", true } };
static const struct figures_line LEADS[2] = { { "created", "leads_created", false } };
static const struct figures_line CASES[2] = { { "opened", "cases_opened", false },
	{ "closed", "cases_closed", false } };

/* ---- stages: in order of the pipeline, those without deals too ---- */

static const char *const STAGE_FIGURES[] = { "open_deals", "open_amount", "weighted_pipeline",
	"age_in_stage", "time_in_stage", "stage_conversion", NULL };

static json_t *row_with_id(const json_t *rows, int64_t id)
{
	json_t *row;
	size_t i;

	json_array_foreach((json_t *)rows, i, row)
	{
		if (crm_get_int(row, "id") == id)
			return json_incref(row);
	}
	return NULL;
}

static bool stages(struct figures *f, json_t *lists)
{
	const struct kpi_stages *all;
	json_t *found = NULL, *rows = json_array();
	bool done =
	        kpi_stages(f->book, &all) && figures_table(f, KPI_BY_STAGE, STAGE_FIGURES, &found);

	for (size_t i = 0; done && i < all->len; i++) {
		const struct kpi_stage *stage = &all->at[i];
		json_t *row = row_with_id(found, stage->id);

		if (stage->state == 0 && !row)
			row = json_pack("{s:I, s:s%}", "id", stage->id, "name", stage->name.ptr,
			        stage->name.len);
		if (!row)
			continue;
		json_object_set_new(row, "pipeline", json_integer(stage->pipeline));
		json_object_set_new(row, "position", json_integer(stage->position));
		json_array_append_new(rows, row);
	}
	json_decref(found);
	return put(done, lists, "stages", rows);
}

/* ---- workload: what is open today, by owner ---- */

static bool open_of(struct figures *f, enum crm_noun noun, const char *key, json_t *reps)
{
	struct db *db = work_reader(f->work);
	struct db_rows *rows =
	        db ? db_query(db, &f->work->err, &OPEN_BY_OWNER, DB_ARGS(DB_INT(noun))) : NULL;

	while (rows && db_next(rows)) {
		json_t *row;

		if (!kpi_counts(f->book, &f->scope, noun, db_int(rows, 0), 0))
			continue;
		if (!figures_row_of(f, reps, db_int(rows, 0), &row))
			break;
		json_object_set_new(row, key, json_integer(db_int(rows, 1)));
	}
	return db_done(rows) && !err_is_set(&f->work->err);
}

static const char *const WORKLOAD[] = { "open_deals", "cases_open", NULL };

/* Deals and cases as of then; leads and tasks as they stand today. */
static bool workload(struct figures *f, json_t *lists)
{
	json_t *rows = NULL;
	bool done = figures_table(f, KPI_BY_OWNER, WORKLOAD, &rows) &&
	            open_of(f, CRM_LEAD, "open_leads", rows) &&
	            open_of(f, CRM_TASK, "open_tasks", rows);

	return put(done, lists, "workload", rows);
}

/* ---- goals ---- */

bool figures_goals(struct figures *f, json_t **rows)
{
	struct kpi_goals goals = VEC_EMPTY;

	*rows = json_array();
	if (!kpi_goals(f->book, kpi_frame(f->book)->goals_of, &f->scope, &goals))
		return false;
	for (size_t i = 0; i < goals.len; i++) {
		const struct kpi_goal *goal = &goals.at[i];

		json_array_append_new(*rows,
		        json_pack("{s:I, s:I, s:s%, s:s%, s:s%, s:I, s:I, s:I}", "id", goal->id,
		                "who", goal->who, "metric", goal->metric.ptr, goal->metric.len,
		                "from", goal->from.ptr, goal->from.len, "to", goal->to.ptr,
		                goal->to.len, "target", figures_whole(goal->target), "to_date",
		                figures_whole(goal->to_date), "reached",
		                figures_whole(goal->reached)));
	}
	return true;
}

static bool goals(struct figures *f, json_t *lists)
{
	json_t *rows = NULL;
	bool done = figures_goals(f, &rows);

	return put(done, lists, "goals", rows);
}

/* ---- pages ---- */

static const char *const SOURCE_FIGURES[] = { "leads_created", "lead_conversion", NULL };
static const char *const PRIORITY_FIGURES[] = { "cases_open", "backlog_age", "backlog_oldest",
	NULL };
static const char *const SALES_REPS[] = { "won_amount", "won_count", "win_rate", "open_amount",
	"weighted_pipeline", "goal_full", "sales_cycle", "stale_deals", "lead_conversion",
	"lead_response", "meetings_held", "notes_written", "tasks_done", NULL };
static const char *const SUPPORT_REPS[] = { "cases_open", "cases_closed", "first_response",
	"resolution", "sla_response", "sla_resolution", "reopen_rate", "cases_reopened",
	"complaints", NULL };
static const char *const CAMPAIGN_FIGURES[] = { "campaign_cost", "leads_created", "lead_conversion",
	"cost_per_lead", "cost_per_qualified", "cost_per_won", "campaign_return_first",
	"campaign_return_last", NULL };
static const char *const CAMPAIGN_LEADS[] = { "leads_created", "lead_conversion", NULL };
static const char *const REP_LEADS[] = { "leads_created", "lead_conversion", NULL };

static bool sales(struct figures *f, json_t *lists, json_t *lines)
{
	return stages(f, lists) && goals(f, lists) &&
	       series(f, lines, "leads_by_week", false, LEADS) &&
	       series(f, lines, "won_by_month", true, WON) &&
	       table(f, lists, "leads_by_source", KPI_BY_SOURCE, SOURCE_FIGURES);
}

static bool support(struct figures *f, json_t *lists, json_t *lines)
{
	return series(f, lines, "cases_by_week", false, CASES) &&
	       table(f, lists, "by_priority", KPI_BY_STAGE, PRIORITY_FIGURES) && goals(f, lists);
}

static bool waiting(struct figures *f, json_t *lists)
{
	json_t *leads = NULL, *cases = NULL;
	bool done = figures_lines(f, "leads_unassigned", 10, &leads) &&
	            figures_lines(f, "cases_unassigned", 10, &cases);

	return put(done, lists, "unassigned_leads", leads) &&
	       put(done, lists, "unassigned_cases", cases);
}

static bool manager(struct figures *f, json_t *lists, json_t *lines)
{
	(void)lines;
	return table(f, lists, "sales_reps", KPI_BY_OWNER, SALES_REPS) &&
	       table(f, lists, "support_reps", KPI_BY_OWNER, SUPPORT_REPS) && waiting(f, lists) &&
	       workload(f, lists) &&
	       table(f, lists, "campaigns", KPI_BY_CAMPAIGN, CAMPAIGN_FIGURES);
}

static bool company(struct figures *f, json_t *lists, json_t *lines)
{
	return series(f, lines, "won_by_month", true, WON) &&
	       series(f, lines, "cases_by_week", false, CASES) && stages(f, lists) &&
	       table(f, lists, "leads_by_campaign", KPI_BY_CAMPAIGN, CAMPAIGN_LEADS) &&
	       table(f, lists, "by_priority", KPI_BY_STAGE, PRIORITY_FIGURES) && goals(f, lists);
}

static bool campaigns(struct figures *f, json_t *lists, json_t *lines)
{
	return series(f, lines, "leads_by_week", false, LEADS) &&
	       table(f, lists, "campaigns", KPI_BY_CAMPAIGN, CAMPAIGN_FIGURES) &&
	       table(f, lists, "leads_by_source", KPI_BY_SOURCE, SOURCE_FIGURES) &&
	       table(f, lists, "leads_by_rep", KPI_BY_OWNER, REP_LEADS);
}

static bool home(struct figures *f, json_t *lists, json_t *lines)
{
	(void)lines;
	return goals(f, lists) && dashboard_home(f, lists);
}

static const struct {
	enum kpi_page page;
	bool (*fill)(struct figures *f, json_t *lists, json_t *lines);
} PAGES[] = {
	{ KPI_HOME, home },
	{ KPI_SALES, sales },
	{ KPI_SUPPORT, support },
	{ KPI_MANAGER, manager },
	{ KPI_COMPANY, company },
	{ KPI_CAMPAIGNS, campaigns },
};

static bool tiles(struct figures *f, json_t *into)
{
	const struct kpi *kpi;

	for (size_t i = 0; (kpi = kpi_at(i)); i++) {
		json_t *tile = NULL;
		bool done;

		if (!(kpi->pages & f->ask.page))
			continue;
		done = figure_tile(f, kpi, &tile);
		if (!put(done, into, kpi->name, tile))
			return false;
	}
	return true;
}

/* Which period, of whom; limited: there may be more than work->who sees. */
static json_t *filter_json(const struct figures *f)
{
	const struct kpi_frame *frame = kpi_frame(f->book);
	json_t *filter = json_pack("{s:I, s:I, s:b}", "from", frame->from, "to", frame->to,
	        "limited", f->scope.seen[CRM_DEAL] || f->scope.seen[CRM_CASE]);

	json_object_set_new(filter, "who", f->ask.who ? json_integer(f->ask.who) : json_null());
	return filter;
}

bool figures_page(struct work *work, struct figures *figures, json_t **page)
{
	json_t *numbers = json_object(), *lists = json_object(), *lines = json_object();
	size_t i = 0;

	*page = crm_json_own(work->arena,
	        json_pack("{s:I, s:o, s:o, s:o, s:o}", "as_of", figures->as_of, "filter",
	                filter_json(figures), "figures", numbers, "lists", lists, "series", lines));
	while (PAGES[i].page != figures->ask.page)
		i++;
	/* What looks furthest back comes first: what is read for it serves all others. */
	return PAGES[i].fill(figures, lists, lines) && tiles(figures, numbers);
}
