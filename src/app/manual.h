/* manual.h - the manual pages that come from tables, as scdoc(5) text.
 * Threads: pure. */
#ifndef KONTOR_APP_MANUAL_H
#define KONTOR_APP_MANUAL_H

#include "base/str.h"

/* kontor(1), of cmd.tbl.h; kontor.conf(5), of config.tbl.h. */
void manual_commands(struct buf *out);
void manual_settings(struct buf *out);
/* docs/crm-fields.md: every noun of the CRM with its fields. */
void manual_fields(struct buf *out);
/* docs/figures.md: every figure with its definition (crm/kpi.tbl.h). */
void manual_figures(struct buf *out);
/* docs/refusals.md: every code and reason of a refusal (base/err.tbl.h, base/reason.tbl.h). */
void manual_refusals(struct buf *out);

#endif
