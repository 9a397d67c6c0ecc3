/* money.h - amounts in the company's currency (setting crm.currency, rows of RATE).
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_CRM_MONEY_H
#define KONTOR_CRM_MONEY_H

#include "crm/draft_impl.h"

/* The company's currency: three letters. */
struct text money_company(struct work *work);
/* `amount` hundredths of `currency` (absent: the company's) in the company's, at the rate in force
 * at that time. False: ERR_CRM_VALUE of "currency" when there is none. */
bool money_convert(struct work *work, int64_t amount, struct text currency, int64_t at,
        int64_t *converted) must_check;
/* Sees to `currency` and the amount in the company's currency (_amount), from money field `key`. */
bool money_settle(struct work *work, struct crm_draft *draft, const char *key) must_check;

#endif
