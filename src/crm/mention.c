#include "base/base.h"
#include "base/str.h"
#include "crm/key.h"
#include "crm/mention.h"
#include "crm/project.h"
#include "object/ical_facts.h"

/* A number somebody may be called at has so many digits; fewer are a room, more are an account. */
enum { DIGITS_MIN = 7, DIGITS_MAX = 15, NUMBERS_MAX = 20, PEOPLE_MAX = 100 };

VEC_OF(numbers, struct text);

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_between(char c)
{
	return c == ' ' || c == '-' || c == '/' || c == '(' || c == ')' || c == '.';
}

/* The run of digits, and what people write between them, that begins at *at. */
static struct text take_run(struct text text, size_t *at, size_t *digits)
{
	size_t start = *at, i = start, end = start;

	*digits = 0;
	if (i < text.len && text.ptr[i] == '+')
		i++;
	for (; i < text.len && (is_digit(text.ptr[i]) || is_between(text.ptr[i])); i++)
		if (is_digit(text.ptr[i])) {
			++*digits;
			end = i + 1;
		}
	*at = i > start ? i : start + 1;
	return text_sub(text, start, end - start);
}

static bool looks_dialled(struct text run)
{
	return run.len && (run.ptr[0] == '+' || run.ptr[0] == '0');
}

/* Only what begins like a number that is dialled: dates and amounts are no telephone numbers. */
static void find_numbers(struct arena *arena, struct text text, struct numbers *numbers)
{
	size_t at = 0, digits;

	while (at < text.len && numbers->len < NUMBERS_MAX) {
		struct text run;

		if (text.ptr[at] != '+' && !is_digit(text.ptr[at])) {
			at++;
			continue;
		}
		run = take_run(text, &at, &digits);
		if (digits >= DIGITS_MIN && digits <= DIGITS_MAX && looks_dialled(run))
			*vec_push(arena, numbers) = run;
	}
}

static void numbers_of(struct arena *arena, const struct ical_facts *facts, struct numbers *numbers)
{
	find_numbers(arena, facts->summary, numbers);
	find_numbers(arena, facts->location, numbers);
	find_numbers(arena, facts->description, numbers);
	for (size_t i = 0; i < facts->attendees.len && i < PEOPLE_MAX; i++)
		if (text_starts(facts->attendees.at[i].key, TEXT("tel:")))
			find_numbers(arena, facts->attendees.at[i].key, numbers);
}

static const struct ical_prop *relation(const struct ical *ical)
{
	const struct ical_comp *comp = ical_first(ical_calendar(ical), ICAL_VEVENT);

	return comp ? ical_prop(comp, ICAL_P_RELATED_TO) : NULL;
}

bool mention_concerns(struct work *work, const struct ical *ical)
{
	struct numbers numbers = VEC_EMPTY;
	struct ical_facts facts;

	if (ical_object_kind(ical) != ICAL_VEVENT)
		return ical_object_kind(ical) == ICAL_VTODO;
	ical_facts(work->arena, ical, &facts);
	numbers_of(work->arena, &facts, &numbers);
	return facts.attendees.len || numbers.len || relation(ical);
}

void mention_project(struct work *work, const struct ical *ical, struct rows *rows)
{
	struct arena *arena = work->arena;
	struct numbers numbers = VEC_EMPTY;
	struct ical_facts facts;

	ical_facts(arena, ical, &facts);
	for (size_t i = 0; i < facts.attendees.len && i < PEOPLE_MAX; i++)
		project_key(rows, crm_key_mail(arena, facts.attendees.at[i].key), 1);
	numbers_of(arena, &facts, &numbers);
	for (size_t i = 0; i < numbers.len; i++)
		project_key(rows, crm_key_tel(arena, numbers.at[i]), 1);
	for (const struct ical_prop *p = relation(ical); p; p = ical_prop_next(p))
		project_key(rows, crm_key_uid(arena, ical_unescape(arena, text_trim(p->value))), 1);
}
