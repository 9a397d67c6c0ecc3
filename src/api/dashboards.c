/* dashboards.c - dashboards, and what their figures are. */
#include "base/base.h"
#include "api/record.h"
#include "view/figures.h"

enum { LIMIT_PRESET = 50, LIMIT_MOST = 500 };

static const struct {
	const char *name;
	enum kpi_page page;
} PAGES[] = {
	{ "home", KPI_HOME },
	{ "sales", KPI_SALES },
	{ "support", KPI_SUPPORT },
	{ "manager", KPI_MANAGER },
	{ "company", KPI_COMPANY },
	{ "campaigns", KPI_CAMPAIGNS },
};

static bool open_figures(struct call *c, unsigned page, struct figures **figures)
{
	struct figures_ask ask = { .from = call_query(c, "from"),
		.to = call_query(c, "to"),
		.as_of = call_query(c, "as_of"),
		.page = (enum kpi_page)page };

	return api_number(c, "who", 0, INT64_MAX, &ask.who) &&
	       figures_open(&c->work, &ask, figures);
}

static bool no_such(struct call *c)
{
	return err_set(&c->work.err, ERR_NOT_FOUND, "%s", "");
}

static bool tell_page(struct call *c)
{
	unsigned *page = api_of(c)->own;
	struct figures *figures;
	json_t *answer;

	return open_figures(c, *page, &figures) && figures_page(&c->work, figures, &answer) &&
	       api_json(c, 200, json_incref(answer));
}

/* A year of a large company may take a while. */
bool api_dashboard(struct call *c)
{
	unsigned *page = arena_make(c->work.arena, unsigned);

	for (size_t i = 0; i < COUNT_OF(PAGES); i++)
		if (text_eq(api_of(c)->name, text_of(PAGES[i].name)))
			*page = PAGES[i].page;
	api_of(c)->own = page;
	return *page ? call_slow(c, tell_page) : no_such(c);
}

/* ---- the records behind a figure ---- */

/* Which of them: of an owner, a stage ... -1: any. */
static bool read_part(struct call *c, struct figures_part *part)
{
	int64_t limit, offset;

	part->kpi = kpi_find(api_of(c)->name);
	part->source = call_query(c, "source");
	if (!part->kpi)
		return no_such(c);
	if (!api_number(c, "owner", -1, INT64_MAX, &part->owner) ||
	        !api_number(c, "team", -1, INT64_MAX, &part->team) ||
	        !api_number(c, "campaign", -1, INT64_MAX, &part->campaign) ||
	        !api_number(c, "stage", -1, INT64_MAX, &part->stage) ||
	        !api_number(c, "limit", LIMIT_PRESET, LIMIT_MOST, &limit) ||
	        !api_number(c, "cursor", 0, INT64_MAX, &offset))
		return false;
	part->limit = limit ? (size_t)limit : 1;
	part->offset = (size_t)offset;
	return true;
}

static bool tell_records(struct call *c)
{
	struct api_shape shape = { .only = call_query(c, "fields"), .is_list = true };
	struct figures_records records;
	struct figures_part part = { 0 };
	struct figures *figures;
	json_t *items, *page;

	if (!read_part(c, &part) || !open_figures(c, 0, &figures) ||
	        !figures_records(&c->work, figures, &part, &records) ||
	        !api_records(c, &records.entries, &shape, &items))
		return false;
	page = json_pack(
	        "{s:O, s:I, s:I}", "items", items, "as_of", c->work.now, "total", records.total);
	if (records.next)
		json_object_set_new(
		        page, "cursor", api_word(arena_printf(c->work.arena, "%zu", records.next)));
	return api_json(c, 200, page);
}

bool api_figure_records(struct call *c)
{
	return call_slow(c, tell_records);
}

/* ---- what there is ---- */

static json_t *pages_json(const struct kpi *kpi)
{
	json_t *pages = json_array();

	for (size_t i = 0; i < COUNT_OF(PAGES); i++)
		if (kpi->pages & PAGES[i].page)
			json_array_append_new(pages, json_string(PAGES[i].name));
	return pages;
}

bool api_figures(struct call *c)
{
	json_t *items = json_array();
	const struct kpi *kpi;

	for (size_t i = 0; (kpi = kpi_at(i)); i++)
		json_array_append_new(items,
		        json_pack("{s:s, s:s, s:s, s:s, s:i, s:s, s:o}", "name", kpi->name, "label",
		                kpi->label, "definition", kpi->definition, "unit",
		                kpi_unit_name(kpi->unit), "better", kpi->better, "noun",
		                crm_noun_row(kpi->noun)->name, "dashboards", pages_json(kpi)));
	return api_json(c, 200, json_pack("{s:o}", "items", items));
}
