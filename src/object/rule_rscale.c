/* The part of ical_rule.h for calendars other than the Gregorian (RFC 7529): libical, which asks
 * ICU. It cannot be interrupted; ical_rule.c lets only YEARLY and MONTHLY rules come here, of which
 * a search for something impossible ends after some hundred periods. */
#include "object/rule_impl.h"

#include <libical/ical.h>

struct rscale_walk {
	icalrecur_iterator *iterator;
	bool is_date;
};

/* Those whose names CLDR fixes and ICU computes. */
static const char *const NAMES[] = { "GREGORIAN", "BUDDHIST", "CHINESE", "COPTIC", "DANGI",
	"ETHIOPIC", "ETHIOPIC-AMETE-ALEM", "HEBREW", "INDIAN", "ISLAMIC", "ISLAMIC-CIVIL",
	"ISLAMIC-TBLA", "ISLAMIC-UMALQURA", "JAPANESE", "PERSIAN", "ROC", NULL };

const char *const *rule_rscales(void)
{
	return NAMES;
}

bool rscale_known(struct text name)
{
	for (size_t i = 0; NAMES[i]; i++)
		if (text_eq_nocase(name, text_of(NAMES[i])))
			return true;
	return false;
}

void rscale_setup(void)
{
	icalerror_set_errors_are_fatal(0);
}

static void iterator_free(void *iterator)
{
	icalrecur_iterator_free(iterator);
}

/* The times libical sees are floating: zones are applied by whoever asks. */
static struct icaltimetype libical_time(struct when when)
{
	char text[17] = { 0 };

	wall_put(text, when.wall, when.is_date, false);
	return icaltime_from_string(text);
}

struct rscale_walk *rscale_walk(struct arena *arena, const struct rule *rule, struct when start)
{
	struct rscale_walk *walk = arena_make(arena, struct rscale_walk);
	char *text = arena_cstr(arena, rule->value);
	struct icalrecurrencetype recurrence;

	recurrence = icalrecurrencetype_from_string(text);
	arena_own(arena, recurrence.rscale, free); /* libical's copy; the iterator borrows it */
	if (recurrence.freq == ICAL_NO_RECURRENCE)
		return NULL;
	recurrence.count = 0; /* both are seen to by the caller */
	recurrence.until = icaltime_null_time();
	walk->is_date = start.is_date;
	walk->iterator = arena_own(
	        arena, icalrecur_iterator_new(recurrence, libical_time(start)), iterator_free);
	return walk->iterator ? walk : NULL;
}

bool rscale_walk_next(struct rscale_walk *walk, int64_t *wall)
{
	struct icaltimetype t = icalrecur_iterator_next(walk->iterator);

	if (icaltime_is_null_time(t))
		return false;
	*wall = days_of(t.year, t.month, t.day) * 86400 + (t.hour * 60 + t.minute) * 60 + t.second;
	return true;
}
