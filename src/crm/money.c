#include "base/base.h"
#include "base/settings.h"
#include "base/str.h"
#include "crm/day.h"
#include "crm/money.h"
#include "store/house.h"

enum { MICROS = 1000000, CURRENCY_LEN = 3 };

struct text money_company(struct work *work)
{
	return text_of(house_settings(work->house)->crm_currency);
}

/* The last rate that began by then: rows of RATE say from which day. */
static bool rate_at(struct work *work, struct text currency, int64_t at, int64_t *micros)
{
	struct text today = crm_day_at(work, at), best = TEXT("");
	struct crm_rows rows;

	*micros = 0;
	if (!crm_rows_of(work, CRM_RATE, -1, &rows))
		return false;
	for (size_t i = 0; i < rows.len; i++) {
		struct text from = crm_get_text(rows.at[i].values, "from");

		if (!text_eq_nocase(crm_get_text(rows.at[i].values, "currency"), currency) ||
		        text_cmp(from, today) > 0 || text_cmp(from, best) < 0)
			continue;
		best = from;
		*micros = crm_get_int(rows.at[i].values, "micros");
	}
	return *micros > 0 || err_field(&work->err, "currency", "there is no rate for %.*s",
	                              TEXT_ARG(text_sub(currency, 0, CURRENCY_LEN)));
}

bool money_convert(
        struct work *work, int64_t amount, struct text currency, int64_t at, int64_t *converted)
{
	int64_t micros;

	*converted = amount;
	if (!currency.len || text_eq_nocase(currency, money_company(work)))
		return true;
	if (!rate_at(work, currency, at, &micros))
		return false;
	*converted = (int64_t)(((__int128)amount * micros + (amount < 0 ? -1 : 1) * MICROS / 2) /
	                       MICROS);
	return true;
}

/* ISO 4217: three letters, in capitals. */
static bool settle_currency(struct work *work, struct crm_draft *draft)
{
	struct text currency = draft_text(draft, "currency");
	char *capitals = arena_cstr(work->arena, currency);

	if (!currency.len) {
		draft_put_text(draft, "currency", money_company(work));
		return true;
	}
	for (size_t i = 0; i < currency.len; i++) {
		if (capitals[i] >= 'a' && capitals[i] <= 'z')
			capitals[i] = (char)(capitals[i] - 'a' + 'A');
		if (capitals[i] < 'A' || capitals[i] > 'Z' || currency.len != CURRENCY_LEN)
			return err_field(&work->err, "currency", "a currency has three letters");
	}
	draft_put_text(draft, "currency", text_of(capitals));
	return true;
}

bool money_settle(struct work *work, struct crm_draft *draft, const char *key)
{
	int64_t converted;

	if (!draft_moved(draft, key) && !draft_moved(draft, "currency"))
		return true;
	if (!json_object_get(draft->now, key)) {
		draft_put(draft, "_amount", NULL);
		return true;
	}
	if (!settle_currency(work, draft) ||
	        !money_convert(work, draft_int(draft, key), draft_text(draft, "currency"),
	                draft->at, &converted))
		return false;
	draft_put_int(draft, "_amount", converted);
	return true;
}
