#include "base/base.h"

#include <stdlib.h>

#include "base/str.h"
#include "crm/key.h"
#include "crm/settle.h"
#include "crm/twin.h"
#include "store/house.h"

enum { TWINS_MAX = 20, SHARING_MAX = 50, ENOUGH = 40, KEYS_A_PAGE = 2000 };

DB_STATEMENT(SHARERS, "SELECT i.record, i.noun, i.fields FROM crm_key k JOIN crm_item i"
                      " ON i.record = k.record WHERE k.key = ?1 AND k.role = 0 LIMIT ?2");
DB_STATEMENT(FIELDS_OF, "SELECT fields FROM crm_item WHERE record = ?1");
/* Neighbours in the order of keys: what shares one stands side by side. */
DB_STATEMENT(KEYS_FROM, "SELECT key, record FROM crm_key WHERE key > ?1 AND key < ?2 AND role = 0"
                        " ORDER BY key, record LIMIT ?3");

static const char *const WHY[] = { "mail", "phone", "name", "company", NULL };

const char *twin_why(size_t i)
{
	return i < COUNT_OF(WHY) ? WHY[i] : NULL;
}

static bool is_book(enum crm_noun noun)
{
	return noun == CRM_ACCOUNT || noun == CRM_CONTACT || noun == CRM_LEAD;
}

/* Companies with companies, people with people. */
static bool comparable(enum crm_noun a, enum crm_noun b)
{
	return is_book(a) && is_book(b) && (a == CRM_ACCOUNT) == (b == CRM_ACCOUNT);
}

/* ---- comparing ---- */

typedef struct text key_fn(struct arena *arena, struct text value);

static bool share(struct arena *arena, const json_t *a, const json_t *b, key_fn *key)
{
	size_t i, j;
	json_t *x, *y;

	json_array_foreach(a, i, x)
	{
		struct text one = key(arena, crm_get_text(x, "value"));

		json_array_foreach(b, j,
		        y) if (one.ptr &&
		               text_eq(one, key(arena, crm_get_text(y, "value")))) return true;
	}
	return false;
}

static bool same_name(struct arena *arena, const json_t *a, const json_t *b, const char *field)
{
	struct text one = crm_key_name(arena, crm_get_text(a, field));

	return one.ptr && text_eq(one, crm_key_name(arena, crm_get_text(b, field)));
}

static unsigned in_common(struct arena *arena, const json_t *a, const json_t *b)
{
	unsigned why = 0;

	if (share(arena, json_object_get(a, "emails"), json_object_get(b, "emails"), crm_key_mail))
		why |= TWIN_MAIL;
	if (share(arena, json_object_get(a, "phones"), json_object_get(b, "phones"), crm_key_tel))
		why |= TWIN_PHONE;
	if (same_name(arena, a, b, "name"))
		why |= TWIN_NAME;
	if (same_name(arena, a, b, "company"))
		why |= TWIN_COMPANY;
	return why;
}

static int score_of(enum crm_noun noun, unsigned why)
{
	int score = 0;

	if (why & TWIN_MAIL)
		score += 50;
	if (why & TWIN_PHONE)
		score += 40;
	if (why & TWIN_NAME)
		score += noun == CRM_ACCOUNT ? 45 : 25;
	if (why & TWIN_COMPANY)
		score += 15;
	return score > 100 ? 100 : score;
}

/* ---- of one record ---- */

struct searching {
	struct work *work;
	enum crm_noun noun;
	const json_t *values;
	int64_t self;
	struct twins *twins;
};

static bool is_known(const struct twins *twins, int64_t id)
{
	for (size_t i = 0; i < twins->len; i++)
		if (twins->at[i].record->id == id)
			return true;
	return false;
}

static bool weigh(struct searching *s, int64_t id, enum crm_noun noun, struct text fields)
{
	struct crm_known *known;
	json_t *values;
	unsigned why;
	int score;

	if (id == s->self || !comparable(s->noun, noun) || is_known(s->twins, id))
		return true;
	if (!crm_json_read(s->work, fields, &values))
		return false;
	why = in_common(s->work->arena, s->values, values);
	score = score_of(s->noun, why);
	if (score < ENOUGH)
		return true;
	if (!crm_known(s->work, id, &known))
		return false;
	if (known)
		*vec_push(s->work->arena, s->twins) = (struct twin){ known, score, why };
	return true;
}

static bool weigh_sharers(struct searching *s, struct text key)
{
	struct db *db = work_reader(s->work);
	struct db_rows *rows;
	bool ok = true;

	if (!key.ptr)
		return true;
	rows = db ? db_query(
	                    db, &s->work->err, &SHARERS, DB_ARGS(DB_TEXT(key), DB_INT(SHARING_MAX)))
	          : NULL;
	while (ok && rows && db_next(rows))
		ok = weigh(s, db_int(rows, 0), (enum crm_noun)db_int(rows, 1), db_text(rows, 2));
	return db_done(rows) && ok;
}

static bool weigh_list(struct searching *s, const char *field, key_fn *key)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(s->values, field), i,
	        one) if (!weigh_sharers(s,
	                         key(s->work->arena, crm_get_text(one, "value")))) return false;
	return true;
}

/* Forms ask for a name in parts: one is made of them as it will be when they are saved. */
static const json_t *named(struct arena *arena, const json_t *values)
{
	struct text name = settle_called(arena, values);
	json_t *copy;

	if (crm_get_text(values, "name").len || !name.len)
		return values;
	copy = crm_json_own(arena, json_copy((json_t *)values));
	json_object_set_new(copy, "name", json_stringn(name.ptr, name.len));
	return copy;
}

static int likeliest(const void *a, const void *b)
{
	return ((const struct twin *)b)->score - ((const struct twin *)a)->score;
}

bool twins_of(struct work *work, enum crm_noun noun, const json_t *values, int64_t self,
        struct twins *twins)
{
	struct searching s = { work, noun, named(work->arena, values), self, twins };

	*twins = (struct twins)VEC_EMPTY;
	if (!is_book(noun))
		return true;
	if (!weigh_list(&s, "emails", crm_key_mail) || !weigh_list(&s, "phones", crm_key_tel) ||
	        !weigh_sharers(&s, crm_key_name(work->arena, crm_get_text(s.values, "name"))))
		return false;
	if (twins->len)
		qsort(twins->at, twins->len, sizeof(*twins->at), likeliest);
	if (twins->len > TWINS_MAX)
		twins->len = TWINS_MAX;
	return true;
}

/* ---- of the whole book ---- */

struct shared { /* neighbours with one key */
	struct text key;
	int64_t a, b;
};
VEC_OF(shareds, struct shared);

static bool neighbours(struct work *work, struct text *after, struct shareds *out)
{
	struct db *db = work_reader(work);
	struct text from = after->ptr ? *after : TEXT("mail:"), key = TEXT_NONE, before = TEXT_NONE;
	struct db_rows *rows;
	int64_t record = 0;
	size_t read = 0;

	rows = db ? db_query(db, &work->err, &KEYS_FROM,
	                    DB_ARGS(DB_TEXT(from), DB_TEXT(TEXT("tel;")), DB_INT(KEYS_A_PAGE)))
	          : NULL;
	while (rows && db_next(rows)) {
		bool same = key.ptr && text_eq(key, db_text(rows, 0));

		read++;
		if (same) {
			*vec_push(work->arena, out) =
			        (struct shared){ key, record, db_int(rows, 1) };
		} else {
			before = key;
			key = arena_text(work->arena, db_text(rows, 0));
		}
		record = db_int(rows, 1);
	}
	/* The last key of a full page may go on: it is read again. */
	*after = read < KEYS_A_PAGE ? TEXT_NONE : before.ptr ? before : key;
	return db_done(rows);
}

static bool values_of(struct work *work, int64_t id, json_t **values)
{
	struct db *db = work_reader(work);
	struct db_rows *rows =
	        db ? db_query(db, &work->err, &FIELDS_OF, DB_ARGS(DB_INT(id))) : NULL;
	bool ok = true;

	*values = NULL;
	if (rows && db_next(rows))
		ok = crm_json_read(work, db_text(rows, 0), values);
	return db_done(rows) && ok;
}

static bool has_pair(const struct twin_pairs *pairs, int64_t a, int64_t b)
{
	for (size_t i = 0; i < pairs->len; i++)
		if (pairs->at[i].a->id == a && pairs->at[i].b->id == b)
			return true;
	return false;
}

static bool add_pair(
        struct work *work, enum crm_noun noun, const struct shared *s, struct twin_pairs *pairs)
{
	struct crm_known *a, *b;
	json_t *x, *y;
	unsigned why;

	if (has_pair(pairs, s->a, s->b))
		return true;
	if (!crm_known(work, s->a, &a) || !crm_known(work, s->b, &b))
		return false;
	if (!a || !b || (a->noun != noun && b->noun != noun) || !comparable(a->noun, b->noun))
		return true;
	if (!values_of(work, s->a, &x) || !values_of(work, s->b, &y))
		return false;
	why = in_common(work->arena, x, y);
	if (score_of(noun, why) >= ENOUGH)
		*vec_push(work->arena, pairs) =
		        (struct twin_pair){ a, b, score_of(noun, why), why };
	return true;
}

bool twin_pairs(struct work *work, enum crm_noun noun, struct text *after, size_t max,
        struct twin_pairs *pairs)
{
	*pairs = (struct twin_pairs)VEC_EMPTY;
	do {
		struct shareds shared = VEC_EMPTY;

		if (!neighbours(work, after, &shared))
			return false;
		for (size_t i = 0; i < shared.len; i++) {
			if (!add_pair(work, noun, &shared.at[i], pairs))
				return false;
			if (pairs->len >= max) {
				*after = shared.at[i].key;
				return true;
			}
		}
	} while (after->ptr && pairs->len < max);
	return true;
}
