/* gates.h - a throwaway house with people in it, and requests in their names. */
#ifndef KONTOR_TEST_GATES_H
#define KONTOR_TEST_GATES_H

#include "../store/fixture.h"

#define assert_text(got, want) assert_true(text_eq((got), text_of(want)))

#include "edit/edit.h"
#include "edit/file.h"
#include "edit/locks.h"
#include "people/who.h"
#include "view/list.h"
#include "view/token.h"

/* A kind as small as can be: the body of an event is "UID" or "UID VTODO". */
static bool fake_parse(struct work *work, struct text media, struct subject *subject)
{
	struct text rest = subject->body, component = TEXT_NONE;

	(void)media;
	subject->parsed = subject;
	if (!rest.len)
		return err_set(&work->err, ERR_VALID_CALENDAR_DATA, "empty");
	if (!text_split(&rest, ' ', &subject->uid))
		subject->uid = TEXT_NONE;
	subject->tag = COMPONENT_VEVENT;
	if (text_split(&rest, ' ', &component) && text_eq(component, TEXT("VTODO")))
		subject->tag = COMPONENT_VTODO;
	return true;
}

static bool fake_check(struct work *work, const struct collection *at, struct subject *subject)
{
	return (at->components & subject->tag) ||
	       err_set(&work->err, ERR_SUPPORTED_CALENDAR_COMPONENT, "not here");
}

static bool card_parse(struct work *work, struct text media, struct subject *subject)
{
	(void)work;
	(void)media;
	subject->uid = subject->body;
	return true;
}

static const struct kind fake_event = {
	.id = KIND_EVENT,
	.name = "event",
	.wrong_media = ERR_SUPPORTED_CALENDAR_DATA,
	.uid_conflict = ERR_CAL_NO_UID_CONFLICT,
	.too_large = ERR_CAL_MAX_RESOURCE_SIZE,
	.parse = fake_parse,
	.check = fake_check,
};
static const struct kind fake_card = {
	.id = KIND_CARD,
	.name = "card",
	.wrong_media = ERR_SUPPORTED_ADDRESS_DATA,
	.uid_conflict = ERR_CARD_NO_UID_CONFLICT,
	.too_large = ERR_CARD_MAX_RESOURCE_SIZE,
	.parse = card_parse,
};
static const struct kind *const fake_kinds[] = { &file_kind, &fake_event, &fake_card, NULL };

static struct who alice, bob, admin;

UNUSED static void become(struct fixture *f, const struct who *who)
{
	work_step_end(&f->work);
	err_clear(&f->work.err);
	f->work.who = who;
}

static bool on_postgres;

UNUSED static int gates_setup(void **state)
{
	struct fixture *f = fixture_open(on_postgres);

	*state = f;
	f->settings.limits_file = 1 << 20;
	f->settings.limits_resource = 1000;
	f->settings.limits_aces = 5;
	fixture_compose(f, fake_kinds, NULL);
	alice = (struct who){ .id = f->alice, .name = TEXT("alice") };
	bob = (struct who){ .id = f->bob, .name = TEXT("bob") };
	admin = (struct who){ .id = make_principal(f, PRINCIPAL_USER, "root", NULL),
		.name = TEXT("root"),
		.is_admin = true };
	become(f, &alice);
	return 0;
}

#define GATES(test) cmocka_unit_test_setup_teardown(test, gates_setup, teardown)
/* On SQLite, and on PostgreSQL where there is one. */
#ifdef HAVE_LIBPQ
#define RUN_GATES(tests) \
	(cmocka_run_group_tests(tests, NULL, NULL) + \
	        (getenv("KONTOR_TEST_PG") \
	                        ? (on_postgres = true, cmocka_run_group_tests(tests, NULL, NULL)) \
	                        : 0))
#else
#define RUN_GATES(tests) cmocka_run_group_tests(tests, NULL, NULL)
#endif

/* What a path names to whoever asks now. */
UNUSED static struct target find(struct fixture *f, const char *href)
{
	struct target at;
	struct path path;

	must(f, href_parse(f->work.arena, &f->work.err, text_of(href), TEXT_NONE, &path, NULL));
	must(f, target_find(&f->work, &path, true, &at));
	return at;
}

/* 0, or the error that the decision or the commit ended with. */
UNUSED static enum err_id outcome(struct fixture *f, struct plan *plan)
{
	enum err_id id = f->work.err.id;

	if (plan)
		id = apply(f, plan) ? ERR_NONE : f->work.err.id;
	return id;
}

static struct edit_locks no_locks;

UNUSED static struct plan *plan_for(struct fixture *f, const char *href, const char *bytes)
{
	struct edit_body body = { text_of(bytes), -1, (int64_t)strlen(bytes), TEXT_NONE };
	struct target *at = arena_make(f->work.arena, struct target);

	err_clear(&f->work.err);
	*at = find(f, href);
	return edit_put(&f->work, at, &body, -1, &no_locks);
}

UNUSED static enum err_id put(struct fixture *f, const char *href, const char *bytes)
{
	return outcome(f, plan_for(f, href, bytes));
}

UNUSED static enum err_id delete (struct fixture *f, const char *href) {
	struct target at = find(f, href);

	err_clear(&f->work.err);
	return outcome(f, edit_remove(&f->work, &at, &no_locks));
}

UNUSED static enum err_id mkcol(struct fixture *f, const char *href, enum collection_type type)
{
	struct edit_mkcol wanted = { .type = type };
	struct target at = find(f, href);

	err_clear(&f->work.err);
	return outcome(f, edit_mkcol(&f->work, &at, &wanted, &no_locks));
}

UNUSED static enum err_id move(struct fixture *f, const char *from, const char *to, bool overwrite)
{
	struct target a = find(f, from), b = find(f, to);

	err_clear(&f->work.err);
	return outcome(f, edit_move(&f->work, &a, &b, overwrite, &no_locks));
}

UNUSED static enum err_id copy(struct fixture *f, const char *from, const char *to, bool overwrite)
{
	struct target a = find(f, from), b = find(f, to);

	err_clear(&f->work.err);
	return outcome(f, edit_copy(&f->work, &a, &b, overwrite, false, &no_locks));
}

/* The stored body; NULL when there is no member. */
UNUSED static const char *body_at(struct fixture *f, const char *href)
{
	struct target at = find(f, href);

	return at.is == TARGET_MEMBER ? arena_cstr(f->work.arena, at.item->body) : NULL;
}

/* Entries as (who, principal, deny, rights), ended by who 0. */
UNUSED static enum err_id set_acl(struct fixture *f, const char *href, const struct ace *list)
{
	struct target at = find(f, href);
	struct aces *aces = arena_make(f->work.arena, struct aces);

	for (; list->who; list++)
		*vec_push(f->work.arena, aces) = *list;
	err_clear(&f->work.err);
	return outcome(f, edit_acl(&f->work, &at, aces, &no_locks));
}
#define ACL(...) ((const struct ace[]){ __VA_ARGS__, { 0 } })
#define GRANT(to, privilege) \
	{ \
		.who = ACE_PRINCIPAL, .principal = (to), \
		.rights = privilege_mask(PRIVILEGE_##privilege) \
	}
#define DENY(to, privilege) \
	{ \
		.who = ACE_PRINCIPAL, .principal = (to), .is_deny = true, \
		.rights = privilege_mask(PRIVILEGE_##privilege) \
	}

#endif
