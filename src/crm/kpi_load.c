/* kpi_load.c - rows of the company: stages, costs, goals, statuses. */
#include "base/base.h"
#include "base/str.h"
#include "crm/kpi_impl.h"
#include "crm/look.h"
#include "object/ical_time.h"

int64_t kpi_midnight(const struct kpi_book *book, struct text date)
{
	int64_t year, month, day;

	if (date.len != 10 || !text_to_int(text_sub(date, 0, 4), &year) ||
	        !text_to_int(text_sub(date, 5, 2), &month) ||
	        !text_to_int(text_sub(date, 8, 2), &day) || month < 1 || month > 12)
		return 0;
	return zone_to_utc(book->frame.hours->zone, days_of(year, (int)month, (int)day) * KPI_DAY);
}

static int state_of_type(struct text type)
{
	return text_eq(type, TEXT("won")) ? 1 : text_eq(type, TEXT("lost")) ? 2 : 0;
}

/* Rows are few, and read once a shelf. */
typedef void row_fn(struct kpi_book *book, const struct crm_row *row);

static bool read_rows(struct kpi_book *book, enum crm_noun noun, bool *have, row_fn *add)
{
	struct crm_rows rows = VEC_EMPTY;

	if (!*have && !crm_rows_of(book->work, noun, -1, &rows))
		return false;
	for (size_t i = 0; i < rows.len; i++)
		add(book, &rows.at[i]);
	*have = true;
	return true;
}

static void add_stage(struct kpi_book *book, const struct crm_row *row)
{
	*vec_push(book->work->arena, &book->shelf->stages) = (struct kpi_stage){
		.id = row->id,
		.pipeline = row->parent,
		.position = row->position,
		.chance = crm_get_int(row->values, "probability"),
		.name = crm_get_text(row->values, "name"),
		.state = state_of_type(crm_get_text(row->values, "type")),
	};
}

bool kpi_stages(struct kpi_book *book, const struct kpi_stages **stages)
{
	*stages = &book->shelf->stages;
	return read_rows(book, CRM_STAGE, &book->shelf->have_stages, add_stage);
}

const struct kpi_stage *kpi_stage(const struct kpi_book *book, int64_t id)
{
	const struct kpi_stages *stages = &book->shelf->stages;

	for (size_t i = 0; i < stages->len; i++)
		if (stages->at[i].id == id)
			return &stages->at[i];
	return NULL;
}

static void add_cost(struct kpi_book *book, const struct crm_row *row)
{
	*vec_push(book->work->arena, &book->shelf->costs) = (struct kpi_cost){
		.row = row->id,
		.campaign = row->parent,
		.at = kpi_midnight(book, crm_get_text(row->values, "date")),
		.amount = crm_get_int(row->values, "amount"),
	};
}

bool kpi_costs(struct kpi_book *book, const struct kpi_costs **costs)
{
	*costs = &book->shelf->costs;
	return read_rows(book, CRM_COST, &book->shelf->have_costs, add_cost);
}

static void add_target(struct kpi_book *book, const struct crm_row *row)
{
	*vec_push(book->work->arena, &book->shelf->targets) = (struct kpi_target){
		.row = row->id,
		.who = crm_get_int(row->values, "who"),
		.values = row->values,
		.from = kpi_midnight(book, crm_get_text(row->values, "from")),
		.to = kpi_midnight(book, crm_get_text(row->values, "to")),
	};
}

bool kpi_targets(struct kpi_book *book, const struct kpi_targets **targets)
{
	*targets = &book->shelf->targets;
	return read_rows(book, CRM_GOAL, &book->shelf->have_targets, add_target);
}

static void add_status(struct kpi_book *book, const struct crm_row *row)
{
	if (text_eq(crm_get_text(row->values, "type"), TEXT("new")))
		*vec_push(book->work->arena, &book->shelf->new_statuses) = row->id;
}

bool kpi_new_statuses(struct kpi_book *book, const struct ids **statuses)
{
	*statuses = &book->shelf->new_statuses;
	return read_rows(book, CRM_LEAD_STATUS, &book->shelf->have_statuses, add_status);
}
