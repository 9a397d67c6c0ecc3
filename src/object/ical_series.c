#include "object/series_impl.h"

enum { ONE = 1 };

bool series_refuse(struct series *s, const char *words)
{
	return err_set(s->err, ERR_UNPROCESSABLE, "%s", words);
}

/* ---- looking ---- */

const struct ical_comp *series_master(const struct ical *ical)
{
	const struct ical_comp *first = ical_first(ical_calendar(ical), ICAL_VEVENT);

	for (const struct ical_comp *comp = first; comp; comp = ical_next(comp, ICAL_VEVENT))
		if (!ical_prop(comp, ICAL_P_RECURRENCE_ID))
			return comp;
	return first;
}

bool series_recurs(const struct ical *ical)
{
	const struct ical_comp *master = series_master(ical);

	return master && (ical_prop(master, ICAL_P_RRULE) || ical_prop(master, ICAL_P_RDATE) ||
	                         ical_prop(master, ICAL_P_RECURRENCE_ID));
}

static int64_t id_utc(const struct ical_instance *instance, const struct zone *floating)
{
	return when_utc(instance->id, floating);
}

/* Those that begin about then; a moved one begins where its override says. */
static bool find_near(struct arena *arena, const struct ical *ical, const struct series_ask *ask,
        int64_t time, struct ical_instance *found)
{
	struct ical_window window = { .range = { time, time + ONE }, .floating = ask->floating };
	struct ical_instances all = VEC_EMPTY;
	bool recurs = series_recurs(ical);

	ical_expand(arena, ical, &window, &all);
	for (size_t i = 0; i < all.len; i++) {
		if (recurs && id_utc(&all.at[i], ask->floating) != ask->occurrence)
			continue;
		*found = all.at[i];
		return true;
	}
	return false;
}

static bool start_of(const struct ical *ical, const struct ical_comp *comp,
        const struct zone *floating, int64_t *utc)
{
	const struct ical_prop *start = ical_prop(comp, ICAL_P_DTSTART);
	struct when when;

	if (!start || !when_of(ical, start, &when))
		return false;
	*utc = when_utc(when, floating);
	return true;
}

bool series_find(struct arena *arena, struct err *err, const struct ical *ical,
        const struct series_ask *ask, struct ical_instance *instance)
{
	const struct ical_comp *comp = ical_first(ical_calendar(ical), ICAL_VEVENT);
	const struct ical_prop *id;
	struct when when;
	int64_t utc;

	if (series_recurs(ical) && find_near(arena, ical, ask, ask->occurrence, instance))
		return true;
	for (; comp; comp = ical_next(comp, ICAL_VEVENT)) {
		id = ical_prop(comp, ICAL_P_RECURRENCE_ID);
		if (id && (!when_of(ical, id, &when) ||
		                  when_utc(when, ask->floating) != ask->occurrence))
			continue;
		if (start_of(ical, comp, ask->floating, &utc) &&
		        find_near(arena, ical, ask, utc, instance))
			return true;
	}
	return err_set(err, ERR_NOT_FOUND, "There is no such occurrence (any more)");
}

/* ---- words ---- */

/* Where another client has the same word in a dress of its own, it would contradict. */
static void set_word(struct series *s, struct ical_edit *edit, const char *name, struct text word,
        const char *dress)
{
	const struct ical_prop *prop = ical_edit_prop(edit, text_of(name), 0);
	struct text raw = ical_escape(s->arena, word);

	if (!word.ptr || (prop && text_eq(prop->value, raw)) || (!prop && !word.len))
		return;
	if (word.len)
		ical_edit_set(edit, name, prop ? prop->params : TEXT(""), raw);
	else
		ical_edit_remove_all(edit, name);
	if (dress)
		ical_edit_remove_all(edit, dress);
}

static bool is_one_of(const char *const *words, struct text word)
{
	for (; words && *words; words++)
		if (text_eq_nocase(text_trim(word), text_of(*words)))
			return true;
	return false;
}

/* A list without the words that only one of may stand; false: they were not there. */
static bool without(struct series *s, struct text list, struct text *rest)
{
	struct text item;
	struct buf out;
	bool had = false;

	buf_init(&out, s->arena);
	while (ical_item_next(&list, &item)) {
		if (is_one_of(s->change->categories, item)) {
			had = true;
			continue;
		}
		if (out.len)
			buf_char(&out, ',');
		buf_add(&out, item);
	}
	*rest = buf_text(&out);
	return had;
}

static void set_category(struct series *s, struct ical_edit *edit)
{
	const struct ical_prop *prop;
	struct text rest;
	size_t i = 0;

	if (!s->change->category.ptr)
		return;
	while ((prop = ical_edit_prop(edit, TEXT("CATEGORIES"), i))) {
		if (!without(s, prop->value, &rest)) {
			i++;
			continue;
		}
		ical_edit_remove(edit, prop);
		if (rest.len)
			ical_edit_add(edit, TEXT("CATEGORIES"), prop->params, rest);
	}
	if (s->change->category.len)
		ical_edit_add(edit, TEXT("CATEGORIES"), TEXT(""),
		        ical_escape(s->arena, s->change->category));
}

static void set_words(struct series *s, struct ical_edit *edit)
{
	set_word(s, edit, "SUMMARY", s->change->title, NULL);
	set_word(s, edit, "LOCATION", s->change->location, "X-APPLE-STRUCTURED-LOCATION");
	set_word(s, edit, "DESCRIPTION", s->change->note, "X-ALT-DESC");
	set_category(s, edit);
}

/* RFC 5546 2.1.4: a new SEQUENCE where the time is another. */
static void stamp(struct series *s, struct ical_edit *edit)
{
	const struct ical_prop *prop = ical_edit_prop(edit, TEXT("SEQUENCE"), 0);
	struct text now = utc_write(s->arena, s->ask->now);
	int64_t number = 0;

	if (!ical_edit_changed(edit))
		return;
	if (prop && !text_to_int(text_trim(prop->value), &number))
		number = 0;
	if (s->change && s->change->moves)
		ical_edit_set(edit, "SEQUENCE", TEXT(""),
		        arena_printf(s->arena, "%lld", (long long)number + 1));
	ical_edit_set(edit, "DTSTAMP", TEXT(""), now);
	ical_edit_set(edit, "LAST-MODIFIED", TEXT(""), now);
}

/* ---- the object, event by event ---- */

struct text series_rewrite(struct series *s, series_each_fn *each)
{
	const struct ical_comp *comp = ical_first(ical_calendar(s->ical), ICAL_VEVENT);
	struct text source = ical_bytes(s->ical);
	const char *at = source.ptr;
	struct buf out;

	buf_init(&out, s->arena);
	for (; comp; comp = ical_next(comp, ICAL_VEVENT)) {
		buf_add(&out, (struct text){ at, (size_t)(comp->raw.ptr - at) });
		buf_add(&out, each(s, comp));
		at = comp->raw.ptr + comp->raw.len;
	}
	buf_add(&out, (struct text){ at, (size_t)(source.ptr + source.len - at) });
	return buf_text(&out);
}

static bool is_override_of(struct series *s, const struct ical_comp *comp)
{
	const struct ical_prop *id = ical_prop(comp, ICAL_P_RECURRENCE_ID);

	return id && series_key(s, id) == s->ask->occurrence;
}

static bool has_override(struct series *s)
{
	const struct ical_comp *comp = ical_first(ical_calendar(s->ical), ICAL_VEVENT);

	for (; comp; comp = ical_next(comp, ICAL_VEVENT))
		if (is_override_of(s, comp))
			return true;
	return false;
}

/* ---- this one ---- */

static struct ical_range place_of(const struct series *s)
{
	return (struct ical_range){ s->at.start, s->at.end };
}

static void change_one(struct series *s, struct ical_edit *edit, const struct ical_comp *comp)
{
	set_words(s, edit);
	if (s->change->moves)
		series_set_times(
		        s, edit, comp, place_of(s), (struct ical_range){ s->from, s->end });
}

static struct text new_override(struct series *s)
{
	static const char *const SERIES[] = { "RRULE", "RDATE", "EXDATE", "EXRULE",
		"RECURRENCE-ID" };
	struct ical_edit *edit = ical_edit_of(s->arena, s->ical, s->at.comp);
	const struct ical_prop *start = ical_prop(s->at.comp, ICAL_P_DTSTART);
	struct ical_range first = place_of(s);

	for (size_t i = 0; i < COUNT_OF(SERIES); i++)
		ical_edit_remove_all(edit, SERIES[i]);
	series_set_id(s, edit, s->ask->occurrence);
	if (start)
		series_set_times(s, edit, s->at.comp, first, first);
	change_one(s, edit, s->at.comp);
	stamp(s, edit);
	return ical_edit_comp(edit);
}

static struct text each_this(struct series *s, const struct ical_comp *comp)
{
	struct ical_edit *edit = ical_edit_of(s->arena, s->ical, comp);
	struct buf out;

	if (is_override_of(s, comp)) {
		change_one(s, edit, comp);
		stamp(s, edit);
		return ical_edit_comp(edit);
	}
	if (comp != s->master || has_override(s))
		return comp->raw;
	buf_init(&out, s->arena);
	buf_add(&out, comp->raw);
	buf_add(&out, new_override(s));
	return buf_text(&out);
}

static struct text each_struck(struct series *s, const struct ical_comp *comp)
{
	struct ical_edit *edit = ical_edit_of(s->arena, s->ical, comp);
	const struct ical_prop *start = ical_prop(s->master, ICAL_P_DTSTART);

	if (is_override_of(s, comp))
		return TEXT_NONE;
	if (comp != s->master || !start)
		return comp->raw;
	ical_edit_add(edit, TEXT("EXDATE"), start->params,
	        when_write(s->arena, series_when(s, s->ask->occurrence, &s->start)));
	stamp(s, edit);
	return ical_edit_comp(edit);
}

/* ---- all of them ---- */

static bool same_word(const struct ical_comp *a, const struct ical_comp *b, enum ical_prop_id id)
{
	const struct ical_prop *x = ical_prop(a, id), *y = ical_prop(b, id);

	return text_eq(x ? x->value : TEXT(""), y ? y->value : TEXT(""));
}

/* What an override has of its own, it keeps. */
static void follow(struct series *s, struct ical_edit *edit, const struct ical_comp *comp)
{
	struct series_change own = *s->change, *all = &own;
	const struct series_change *whole = s->change;
	struct ical_range was;
	int64_t key = series_key(s, ical_prop(comp, ICAL_P_RECURRENCE_ID));

	if (!same_word(comp, s->master, ICAL_P_SUMMARY))
		own.title = TEXT_NONE;
	if (!same_word(comp, s->master, ICAL_P_LOCATION))
		own.location = TEXT_NONE;
	if (!same_word(comp, s->master, ICAL_P_DESCRIPTION))
		own.note = TEXT_NONE;
	if (!same_word(comp, s->master, ICAL_P_CATEGORIES))
		own.category = TEXT_NONE;
	s->change = all;
	set_words(s, edit);
	s->change = whole;
	if (!whole->moves)
		return;
	if (start_of(s->ical, comp, s->ask->floating, &was.start) && was.start == key) {
		int64_t to = series_moved(s, key);

		was.end = was.start + (s->at.end - s->at.start);
		series_set_times(
		        s, edit, comp, was, (struct ical_range){ to, to + (s->end - s->from) });
	}
	series_set_id(s, edit, series_moved(s, key));
}

static struct text each_all(struct series *s, const struct ical_comp *comp)
{
	struct ical_edit *edit = ical_edit_of(s->arena, s->ical, comp);
	int64_t was = 0, to;

	if (comp != s->master) {
		follow(s, edit, comp);
		stamp(s, edit);
		return ical_edit_comp(edit);
	}
	set_words(s, edit);
	if (s->change->moves && start_of(s->ical, comp, s->ask->floating, &was)) {
		to = series_recurs(s->ical) ? series_moved(s, was) : s->from;
		series_set_times(s, edit, comp,
		        (struct ical_range){ was, was + (s->at.end - s->at.start) },
		        (struct ical_range){ to, to + (s->end - s->from) });
		series_filter_dates(s, edit, NULL);
		if (!series_move_rule(s, edit) && !err_is_set(s->err))
			series_refuse(
			        s, "The days on which it repeats are named: move this one only");
	}
	stamp(s, edit);
	return ical_edit_comp(edit);
}

static bool change_all(struct series *s, struct text *body)
{
	bool recurs = series_recurs(s->ical);

	if (s->change->moves && recurs && s->change->all_day != s->start.is_date)
		return series_refuse(s, "A series cannot become one of whole days, or back");
	if (s->change->moves && recurs) {
		s->delta = series_when(s, s->from, &s->start).wall -
		           series_when(s, s->at.start, &s->start).wall;
		series_find_day(s);
	}
	*body = series_rewrite(s, each_all);
	return !err_is_set(s->err);
}

/* ---- from this one on ---- */

static bool change_later(struct series *s, struct series_done *done)
{
	struct series_ask all = *s->ask;
	struct series_done second;
	struct text later;
	struct ical *ical;

	if (!series_split(s, &done->body, s->change ? &later : NULL))
		return false;
	if (!s->change)
		return true;
	all.scope = SERIES_ALL;
	if (!ical_parse(s->arena, s->err, later, &ical) ||
	        !series_do(s->arena, s->err, ical, &all, &second))
		return false;
	done->later = second.body;
	return true;
}

/* ---- which ---- */

static bool begin(struct series *s)
{
	const struct ical_prop *start;

	s->master = series_master(s->ical);
	start = s->master ? ical_prop(s->master, ICAL_P_DTSTART) : NULL;
	if (!start || !when_of(s->ical, start, &s->start))
		return series_refuse(s, "This is no event with a time");
	if (!series_find(s->arena, s->err, s->ical, s->ask, &s->at))
		return false;
	s->from = s->change && s->change->moves ? s->change->start : s->at.start;
	s->end = s->change && s->change->moves ? s->change->end : s->at.end;
	return s->end >= s->from || series_refuse(s, "it ends before it begins");
}

static enum series_scope scope_of_ask(const struct series *s)
{
	int64_t first = when_utc(s->start, s->ask->floating);

	if (!series_recurs(s->ical))
		return SERIES_ALL;
	if (ical_prop(s->master, ICAL_P_RECURRENCE_ID))
		return SERIES_THIS;
	if (s->ask->scope == SERIES_LATER && s->ask->occurrence <= first)
		return SERIES_ALL;
	return s->ask->scope;
}

bool series_do(struct arena *arena, struct err *err, const struct ical *ical,
        const struct series_ask *ask, struct series_done *done)
{
	struct series s = {
		.arena = arena, .err = err, .ical = ical, .ask = ask, .change = ask->change
	};

	*done = (struct series_done){ TEXT_NONE, TEXT_NONE };
	if (!begin(&s))
		return false;
	switch (scope_of_ask(&s)) {
	case SERIES_THIS:
		done->body = series_rewrite(&s, s.change ? each_this : each_struck);
		return !err_is_set(err);
	case SERIES_LATER: return change_later(&s, done);
	case SERIES_ALL: break;
	}
	return !s.change || change_all(&s, &done->body);
}
