#include "people/login.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/thread.h"
#include "people/app_password.h"
#include "people/group.h"
#include "people/ldap.h"
#include "people/login_cache.h"
#include "people/reach.h"
#include "people/throttle.h"
#include "store/writer.h"

enum { SLOTS = 2, SLOT_WAIT_MS = 10000, SEEN_EVERY_MS = 300000, RANK = 52 };

struct login_state {
	struct login_cache *cache;
	struct throttle *throttle;
	struct lock lock;
	pthread_cond_t freed;
	int hashing; /* under way */
	int waiting; /* to begin */
};

struct login_state *login_new(void)
{
	struct login_state *state = calloc(1, sizeof(*state));

	if (!state)
		abort();
	state->cache = login_cache_new();
	state->throttle = throttle_new();
	lock_init(&state->lock, "login", RANK);
	pthread_cond_init(&state->freed, NULL);
	return state;
}

void login_free(struct login_state **state)
{
	if (!*state)
		return;
	login_cache_free(&(*state)->cache);
	throttle_free(&(*state)->throttle);
	pthread_cond_destroy(&(*state)->freed);
	pthread_mutex_destroy(&(*state)->lock.mutex);
	free(*state);
	*state = NULL;
}

/* One login on its way. */
struct login {
	struct work *work;
	struct login_state *state;
	const struct login_ask *ask;
	struct login_key key;
	struct principal *user;       /* NULL: unknown, or no user */
	struct login_verdict verdict; /* if it turns out to be right */
	struct text fresh; /* hash that is to take the stored one's place; may be absent */
};

/* ---- who it is ---- */

bool login_who(struct work *work, int64_t id, struct text name, struct who *who)
{
	struct ids groups;

	if (!group_all_of(work, id, &groups))
		return false;
	*who = (struct who){
		.id = id, .name = name, .groups = groups.at, .groups_len = groups.len
	};
	return reach_of(work, who);
}

/* The user of that name or address. */
static bool find_user(struct work *work, struct text name, struct principal **user)
{
	if (!principal_by_name(work, name, user))
		return false;
	if (!*user && text_find_char(name, '@') >= 0 && !principal_by_email(work, name, user))
		return false;
	if (*user && (*user)->kind != PRINCIPAL_USER)
		*user = NULL;
	return true;
}

/* ---- what is remembered ---- */

/* People changed since: is the verdict still bound to what is stored? */
static bool still_holds(struct login *l, bool *holds)
{
	struct work *work = l->work;
	struct login_verdict *v = &l->verdict;
	struct app_password *app = NULL;
	struct principal *p;

	*holds = false;
	if (!principal_get(work, v->who.id, &p))
		return false;
	if (v->who.app_password && !app_password_get(work, v->who.app_password, &app))
		return false;
	if (!p || p->kind != PRINCIPAL_USER)
		return true;
	if (v->who.app_password ? !app
	                        : (p->password.ptr != NULL) != (v->hash.ptr != NULL) ||
	                                  !text_eq(p->password, v->hash))
		return true;
	*holds = true;
	return true;
}

/* The name asked with may belong to somebody else by now. */
static bool same_user(struct login *l, bool *same)
{
	struct principal *user;

	if (!find_user(l->work, l->ask->name, &user))
		return false;
	*same = user && user->id == l->verdict.who.id;
	return true;
}

/* *found: remembered, and right. */
static bool remembered(struct login *l, bool *found)
{
	int64_t life_ms = house_settings(l->work->house)->login_cache * 1000, generation;
	struct login_verdict *v = &l->verdict;
	int64_t app_password;
	bool holds, same = false;

	*found = false;
	if (!login_cache_get(l->state->cache, &l->key, l->work->arena, v) ||
	        clock_mono_ms() - v->since_ms >= life_ms)
		return true;
	if (!principal_generation(l->work, &generation))
		return false;
	if (generation == v->generation) {
		*found = true;
		return true;
	}
	if (!still_holds(l, &holds) || (holds && !same_user(l, &same)))
		return false;
	if (!same) {
		login_cache_drop(l->state->cache, &l->key);
		return true;
	}
	app_password = v->who.app_password;
	if (!login_who(l->work, v->who.id, v->who.name, &v->who))
		return false;
	v->who.app_password = app_password;
	v->generation = generation;
	login_cache_put(l->state->cache, &l->key, v);
	*found = true;
	return true;
}

/* ---- app passwords ---- */

static void free_seen(void *arena)
{
	arena_free((struct arena **)&arena);
}

/* Now and then, and without waiting for it: that this device was here. */
static void tell_seen(struct login *l)
{
	struct work *work = l->work;
	struct arena *arena;
	struct plan *plan;
	struct err ignored = { 0 };

	if (!work->house->writer ||
	        !login_cache_due(l->state->cache, &l->key, clock_mono_ms(), SEEN_EVERY_MS))
		return;
	arena = arena_new();
	plan = plan_new(arena, work->now);
	plan_app_password_seen(
	        plan, l->verdict.who.app_password, arena_text(arena, l->ask->client));
	if (!writer_submit(work->house->writer, plan, free_seen, arena, &ignored))
		arena_free(&arena);
}

static bool by_app_password(struct login *l, bool *right)
{
	struct app_password *app;

	*right = false;
	if (!l->user || !app_password_is(l->ask->password))
		return true;
	if (!app_password_find(l->work, l->user->id, l->ask->password, &app))
		return false;
	*right = app;
	if (app)
		l->verdict.who.app_password = app->id;
	return true;
}

/* ---- slow ones ---- */

static bool take_slot(struct login_state *state)
{
	int64_t until = clock_mono_ms() + SLOT_WAIT_MS, left;
	bool taken;

	lock_take(&state->lock);
	state->waiting++;
	while (state->hashing >= SLOTS && (left = until - clock_mono_ms()) > 0)
		lock_wait(&state->lock, &state->freed, left);
	state->waiting--;
	taken = state->hashing < SLOTS;
	state->hashing += taken;
	lock_give(&state->lock);
	return taken;
}

static void give_slot(struct login_state *state)
{
	lock_take(&state->lock);
	state->hashing--;
	pthread_cond_signal(&state->freed);
	lock_give(&state->lock);
}

/* Users without a password here have it in the directory; so might have unknown ones, who are
 * asked for too, and then refused: the time tells nothing. */
static enum login_verdict_is verify(struct login *l)
{
	const struct settings *s = house_settings(l->work->house);
	struct text hash = l->user ? l->user->password : TEXT_NONE;
	bool right;

	if (!hash.ptr && s->login_ldap && s->login_ldap[0]) {
		struct text name = l->user ? l->user->name : l->ask->name;
		struct ldap_place place = { s->login_ldap, s->login_ldap_bind, s->login_ldap_ca,
			s->login_ldap_starttls };
		enum ldap_says says = ldap_verify(l->work->arena, &place, name, l->ask->password);

		if (says == LDAP_SAYS_NOTHING)
			return LOGIN_IS_BUSY;
		right = says == LDAP_SAYS_RIGHT;
	} else {
		right = password_verify(l->ask->password, hash);
	}
	return right && l->user ? LOGIN_IS_RIGHT : LOGIN_IS_WRONG;
}

static bool others_wait(struct login_state *state)
{
	bool wait;

	lock_take(&state->lock);
	wait = state->waiting;
	lock_give(&state->lock);
	return wait;
}

/* A hash from elsewhere, or of a time when ours were cheaper, can be replaced only now that the
 * password is known. It takes as long again: if others wait, it is left to the next time. */
static bool may_renew(struct login *l)
{
	return l->verdict.hash.ptr && house_settings(l->work->house)->login_renew_hashes &&
	       l->work->house->writer && !password_hash_is_ours(l->verdict.hash) &&
	       !others_wait(l->state);
}

static enum login_verdict_is verify_in_slot(struct login *l)
{
	enum login_verdict_is is;

	if (!take_slot(l->state))
		return LOGIN_IS_BUSY;
	is = verify(l);
	if (is == LOGIN_IS_RIGHT && may_renew(l))
		l->fresh = password_hash(l->work->arena, l->ask->password);
	give_slot(l->state);
	return is;
}

/* Whether it can be stored or not (a full disk; a password that was changed just now), who signs
 * in is right. */
static void renew(struct login *l)
{
	struct login_verdict *v = &l->verdict;
	struct plan *plan = plan_new(l->work->arena, l->work->now);
	struct err ignored = { 0 };

	plan_password_renew(plan, v->who.id, v->hash, l->fresh);
	if (writer_apply(l->work->house->writer, plan, &ignored))
		v->hash = l->fresh;
}

/* ---- all of it ---- */

static struct login begin(struct work *work, const struct login_ask *ask)
{
	struct login l = { .work = work, .state = work->house->login, .ask = ask };
	struct text secret = { (const char *)work->house->secret, sizeof(work->house->secret) };
	struct buf both;

	buf_init(&both, work->arena);
	buf_add(&both, ask->name);
	buf_char(&both, '\0');
	buf_add(&both, ask->password);
	hmac_sha256(secret, buf_text(&both), l.key.bytes);
	explicit_bzero(both.ptr, both.len);
	return l;
}

/* Its place among the verdicts: no name that somebody signs in with begins with a NUL. */
static struct login_key key_of_id(struct work *work, int64_t id)
{
	struct text secret = { (const char *)work->house->secret, sizeof(work->house->secret) };
	char words[1 + sizeof(id)] = { 0 };
	struct login_key key;

	memcpy(words + 1, &id, sizeof(id));
	hmac_sha256(secret, (struct text){ words, sizeof(words) }, key.bytes);
	return key;
}

bool login_as(struct work *work, int64_t id, struct who *who, bool *there)
{
	struct login_cache *cache = work->house->login->cache;
	struct login_key key = key_of_id(work, id);
	struct login_verdict v;
	struct principal *p;
	int64_t generation;

	*there = true;
	if (!principal_generation(work, &generation))
		return false;
	if (login_cache_get(cache, &key, work->arena, &v) && v.generation == generation) {
		*who = v.who;
		return true;
	}
	v = (struct login_verdict){ .generation = generation };
	if (!principal_get(work, id, &p))
		return false;
	*there = p && p->kind == PRINCIPAL_USER;
	if (!*there || !login_who(work, id, p->name, &v.who))
		return !*there;
	login_cache_put(cache, &key, &v);
	*who = v.who;
	return true;
}

bool login_stored(struct work *work, int64_t id, struct text *stored)
{
	struct principal *p;

	if (!principal_get(work, id, &p))
		return false;
	*stored = p ? p->password : TEXT_NONE;
	return true;
}

static enum login_verdict_is right(struct login *l)
{
	struct who *who = arena_make(l->work->arena, struct who);

	*who = l->verdict.who;
	l->work->who = who;
	if (who->app_password)
		tell_seen(l);
	return LOGIN_IS_RIGHT;
}

/* What must be of one moment: the stored password, the groups, and how far people had changed. */
static bool look_up(struct login *l)
{
	struct login_verdict *v = &l->verdict;

	*v = (struct login_verdict){ .since_ms = clock_mono_ms() };
	if (!find_user(l->work, l->ask->name, &l->user) ||
	        !principal_generation(l->work, &v->generation))
		return false;
	if (!l->user)
		return true;
	v->hash = l->user->password;
	return login_who(l->work, l->user->id, l->user->name, &v->who);
}

/* One account, by whatever name it is called. */
static struct text account_of(struct login *l)
{
	if (l->user)
		return arena_printf(l->work->arena, "#%lld", (long long)l->user->id);
	return text_fold(l->work->arena, l->ask->name);
}

static enum login_verdict_is wrong(struct login *l)
{
	login_cache_drop(l->state->cache, &l->key);
	throttle_failed(l->state->throttle, account_of(l), l->ask->peer, clock_mono_ms());
	log_warn("login_failed", "user=%s peer=%s", log_value(l->ask->name),
	        log_value(l->ask->peer));
	return LOGIN_IS_WRONG;
}

enum login_verdict_is login_check(struct work *work, const struct login_ask *ask)
{
	struct login l = begin(work, ask);
	enum login_verdict_is is;
	bool found;

	if (!remembered(&l, &found))
		return LOGIN_IS_BUSY;
	if (found)
		return right(&l);
	if (!ask->may_block && !app_password_is(ask->password))
		return LOGIN_IS_SLOW;
	if (!look_up(&l) || !by_app_password(&l, &found))
		return LOGIN_IS_BUSY;
	if (found) {
		l.verdict.hash = TEXT_NONE;
		login_cache_put(l.state->cache, &l.key, &l.verdict);
		return right(&l);
	}
	if (!ask->may_block)
		return LOGIN_IS_SLOW;
	work_step_end(work); /* no snapshot is held while hashing */
	is = verify_in_slot(&l);
	if (is == LOGIN_IS_WRONG)
		return wrong(&l);
	if (is == LOGIN_IS_RIGHT) {
		throttle_right(l.state->throttle, account_of(&l));
		if (l.fresh.ptr)
			renew(&l);
		login_cache_put(l.state->cache, &l.key, &l.verdict);
		return right(&l);
	}
	return is;
}

int64_t login_wait(struct work *work, const struct login_ask *ask)
{
	struct login l = begin(work, ask);

	/* It was right before: somebody else's guessing does not make its owner wait. */
	if (login_cache_get(l.state->cache, &l.key, work->arena, &l.verdict))
		return 0;
	if (!find_user(work, ask->name, &l.user))
		return -1;
	return throttle_wait(l.state->throttle, account_of(&l), ask->peer, clock_mono_ms());
}

static bool too_many(struct work *work)
{
	return err_set(&work->err, ERR_TOO_MANY_REQUESTS, "too many passwords to look at");
}

bool login_own_password(struct work *work, const struct login_ask *ask)
{
	const struct who *before = work->who;
	enum login_verdict_is is;
	bool own;

	if (login_wait(work, ask))
		return too_many(work);
	is = login_check(work, ask);
	own = is == LOGIN_IS_RIGHT && work->who->id == before->id && !work->who->app_password;
	work->who = before;
	return is == LOGIN_IS_BUSY ? too_many(work) : own;
}

bool login_hash(struct work *work, struct text password, struct text *hash)
{
	struct login_state *state = work->house->login;

	work_step_end(work); /* no snapshot is held while hashing */
	if (!take_slot(state))
		return too_many(work);
	*hash = password_hash(work->arena, password);
	give_slot(state);
	return hash->ptr || err_set(&work->err, ERR_UNPROCESSABLE, "this cannot be a password");
}
