/* dashboards.c - dashboards, and what their figures are. */
#include "base/base.h"
#include "api/door.h"
#include "view/figures.h"

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

bool api_dashboard(struct call *c)
{
	struct text name = api_of(c)->name;
	struct figures *figures;
	json_t *page;

	for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
		if (!text_eq(name, text_of(PAGES[i].name)))
			continue;
		return open_figures(c, PAGES[i].page, &figures) &&
		       figures_page(&c->work, figures, &page) &&
		       api_json(c, 200, json_incref(page));
	}
	return err_set(&c->work.err, ERR_NOT_FOUND, "%s", "");
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
