#include "base/base.h"
#include "app/manual.h"
#include "crm/kpi.h"

static const char INTRODUCTION[] =
        "# The figures\n\n"
        "Made by `kontor config manual figures` from `src/crm/kpi.tbl.h`. A figure is a list of "
        "records,\n"
        "each with its share of it, and a rule that makes one number of them: the number and the "
        "list\n"
        "behind it (`GET /figures/NAME/records`) cannot differ. Each has a fixture worked out by "
        "hand in\n"
        "`tests/unit/crm/test_kpi_*.c`.\n\n"
        "## How to read them\n"
        "- **P** is the period `[from, to)`: whole days in the company's time zone "
        "(`crm.time_zone`).\n"
        "- **As of**: what happened later than the end of that day is not known. **The end** is "
        "the end of P,\n"
        "  or the as-of time if that is earlier; what stands (open deals, backlog) is told at the "
        "end.\n"
        "- Figures are worked out from events (`crm_event`), never from today's state, so a past "
        "day is told\n"
        "  as it was. Only what no event tells is today's: a case's priority, kind and targets, "
        "the hours,\n"
        "  stages and goals as they are set, and in the table of workload leads and tasks.\n"
        "- **What was undone** (a change taken back in a record's history) did not happen: a case "
        "closed by\n"
        "  mistake is no closing and no reopening, a deal won by mistake was never won. As of a "
        "day "
        "before the\n"
        "  undo it is told as it was known then.\n"
        "- **Whose**: a deal, lead or case counts for whoever owned it when it counted, else for "
        "the team in\n"
        "  whose queue it waited. Nobody is told figures of records they may not see; of the "
        "company's\n"
        "  headline and of a team's line only the numbers are told.\n"
        "- **Median, quartiles, 90th percentile** lie between neighbours in proportion (of 1 and 2 "
        "the median\n"
        "  is 1.5). **Rep against the line**: the median, mean and quartiles over those of the "
        "team with at\n"
        "  least 5 cases behind the value (of counts: closed in P), with their number; hidden for "
        "fewer than\n"
        "  three. The best quartile is the third where more is better, else the first.\n"
        "- **Previous** is the same figure for the period before: whole months before whole "
        "months, and of a\n"
        "  period that still runs as far into it.\n"
        "- **Goals** are due evenly, or by `curve`: `[1, 2, 3]`, a number for each "
        "month of the\n"
        "  goal, evenly within it. Where goals of several lengths overlap P, those nearest to its "
        "length count.\n"
        "- **Business time** is `crm.business_hours`, wall time in the company's zone.\n"
        "- **First touch** is the first campaign of the lead that became the deal, else of the "
        "deal itself;\n"
        "  **last touch** the last one of the deal before it was won, else of its lead.\n"
        "- Amounts are in the company's currency, converted when they were set.\n";

static const char *dashboards(const struct kpi *kpi, char words[80])
{
	static const struct {
		enum kpi_page page;
		const char *name;
	} PAGES[] = { { KPI_HOME, "home" }, { KPI_SALES, "sales" }, { KPI_SUPPORT, "support" },
		{ KPI_MANAGER, "manager" }, { KPI_COMPANY, "company" },
		{ KPI_CAMPAIGNS, "campaigns" } };
	size_t len = 0;

	words[0] = '\0';
	for (size_t i = 0; i < COUNT_OF(PAGES); i++)
		if (kpi->pages & PAGES[i].page)
			len += (size_t)snprintf(
			        words + len, 80 - len, "%s%s", len ? ", " : "", PAGES[i].name);
	return words;
}

void manual_figures(struct buf *out)
{
	enum crm_noun noun = CRM_NOTHING;
	const struct kpi *kpi;
	char words[80];

	buf_add(out, text_of(INTRODUCTION));
	for (size_t i = 0; (kpi = kpi_at(i)); i++) {
		if (kpi->noun != noun)
			buf_printf(out,
			        "\n## %s\n\n| figure | name | unit | definition | dashboards |\n"
			        "|---|---|---|---|---|\n",
			        crm_noun_row(kpi->noun)->many);
		noun = kpi->noun;
		buf_printf(out, "| %s | `%s` | %s | %s | %s |\n", kpi->label, kpi->name,
		        kpi_unit_name(kpi->unit), kpi->definition, dashboards(kpi, words));
	}
}
