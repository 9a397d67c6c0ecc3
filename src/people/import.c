#include "people/import.h"

#include <stdatomic.h>

#include "base/hash.h"
#include "base/map.h"
#include "base/thread.h"
#include "people/csv.h"
#include "people/group.h"

enum { NAME_MAX_BYTES = 200, EMAIL_MAX_BYTES = 254, ROLE_MAX_BYTES = 40, THREADS_MAX = 8 };

enum column { KIND, NAME, DISPLAY_NAME, EMAILS, PASSWORD, ROLES, MEMBER_OF, MANAGER_OF, COLUMNS };

static const char *const HEADER[COLUMNS] = { [KIND] = "kind",
	[NAME] = "name",
	[DISPLAY_NAME] = "display_name",
	[EMAILS] = "emails",
	[PASSWORD] = "password",
	[ROLES] = "roles",
	[MEMBER_OF] = "member_of",
	[MANAGER_OF] = "manager_of" };

static const struct text HASHED = TEXT("{CRYPT}");

struct row {
	struct import *import;
	int64_t line;
	struct principal_put put;
	struct text password; /* as sent; empty: leave the old one */
	struct text hash;     /* of what came as "{CRYPT}hash" */
	struct text old_hash;
	struct texts member_of, manager_of;
	struct arena *arena; /* of the hash, filled by another thread */
};
VEC_OF(import_rows, struct row);

struct import {
	struct import_rows rows;
	size_t added, changed;
	int64_t line;
	_Atomic size_t next; /* row to hash */
};

/* ---- what words may look like ---- */

static const char *const KINDS[] = { [PRINCIPAL_USER] = "user",
	[PRINCIPAL_GROUP] = "group",
	[PRINCIPAL_LOCATION] = "location",
	[PRINCIPAL_RESOURCE] = "resource" };

enum principal_kind people_kind(struct text word)
{
	for (size_t i = PRINCIPAL_USER; i < COUNT_OF(KINDS); i++)
		if (text_eq(word, text_of(KINDS[i])))
			return (enum principal_kind)i;
	return 0;
}

const char *people_kind_word(enum principal_kind kind)
{
	return KINDS[kind];
}

bool people_name_check(struct text name, struct err *err)
{
	bool fits = name.len && name.len <= NAME_MAX_BYTES && text_is_utf8(name) &&
	            text_is_clean(name) && name.ptr[0] != '-' && !text_eq(name, TEXT(".")) &&
	            !text_eq(name, TEXT("..")) && text_eq(name, text_trim(name));

	for (size_t i = 0; fits && i < name.len; i++)
		fits = (unsigned char)name.ptr[i] >= ' ' && !strchr("/\\:;", name.ptr[i]);
	if (fits)
		return true;
	return err_set(err, ERR_BAD_REQUEST,
	        "\"%.*s\" cannot be a name: 1 to 200 bytes without / \\ : ;",
	        TEXT_ARG(text_sub(name, 0, 60)));
}

bool people_email_check(struct text email, struct err *err)
{
	ptrdiff_t at = text_find_char(email, '@');
	bool fits = at > 0 && (size_t)at + 1 < email.len && email.len <= EMAIL_MAX_BYTES &&
	            text_is_utf8(email);

	for (size_t i = 0; fits && i < email.len; i++)
		fits = (unsigned char)email.ptr[i] > ' ' && !strchr("<>,;\"\x7f", email.ptr[i]);
	return fits || err_set(err, ERR_BAD_REQUEST, "\"%.*s\" is not an e-mail address",
	                       TEXT_ARG(text_sub(email, 0, 100)));
}

bool people_role_check(struct text role, struct err *err)
{
	bool fits = role.len && role.len <= ROLE_MAX_BYTES;

	for (size_t i = 0; fits && i < role.len; i++)
		fits = strchr("abcdefghijklmnopqrstuvwxyz0123456789-_", role.ptr[i]) && role.ptr[i];
	return fits ||
	       err_set(err, ERR_BAD_REQUEST, "\"%.*s\" cannot be a role: a-z, 0-9, - and _ only",
	               TEXT_ARG(text_sub(role, 0, 60)));
}

/* ---- reading ---- */

static void split(struct arena *arena, struct text field, struct texts *values)
{
	struct text value;

	while (text_split(&field, ';', &value))
		if (text_trim(value).len)
			*vec_push(arena, values) = text_trim(value);
}

static bool header_check(const struct texts *fields, struct err *err)
{
	bool same = fields->len == COLUMNS;

	for (size_t i = 0; same && i < COLUMNS; i++)
		same = text_eq(text_trim(fields->at[i]), text_of(HEADER[i]));
	return same || err_set(err, ERR_BAD_REQUEST,
	                       "line 1: the header must be kind,name,display_name,emails,"
	                       "password,roles,member_of,manager_of");
}

static bool fill(struct arena *arena, struct row *row, const struct texts *fields, struct err *err)
{
	struct principal_put *put = &row->put;
	const struct text *at = fields->at;

	if (fields->len != COLUMNS)
		return err_set(err, ERR_BAD_REQUEST, "%zu fields where there must be %d",
		        fields->len, COLUMNS);
	put->principal.kind = people_kind(text_trim(at[KIND]));
	if (!put->principal.kind)
		return err_set(err, ERR_BAD_REQUEST,
		        "the kind \"%.*s\" is none of user, group, location, resource",
		        TEXT_ARG(text_sub(at[KIND], 0, 60)));
	put->principal.name = text_trim(at[NAME]);
	put->principal.display_name = text_trim(at[DISPLAY_NAME]);
	if (!put->principal.display_name.len)
		put->principal.display_name = put->principal.name;
	if (!text_is_clean(put->principal.display_name))
		return err_set(err, ERR_BAD_REQUEST, "control characters in the display name");
	row->password = at[PASSWORD];
	if (text_starts_nocase(row->password, HASHED)) {
		row->hash = text_trim(text_sub(row->password, HASHED.len, row->password.len));
		row->password = TEXT_NONE;
		if (!password_is_hash(row->hash))
			return err_set(err, ERR_BAD_REQUEST,
			        "the password is no hash that crypt(3) knows");
	}
	put->set_emails = put->set_roles = true;
	split(arena, at[EMAILS], &put->emails);
	split(arena, at[ROLES], &put->roles);
	split(arena, at[MEMBER_OF], &row->member_of);
	split(arena, at[MANAGER_OF], &row->manager_of);
	return people_name_check(put->principal.name, err);
}

static bool fields_check(const struct row *row, struct err *err)
{
	for (size_t i = 0; i < row->put.emails.len; i++)
		if (!people_email_check(row->put.emails.at[i], err))
			return false;
	for (size_t i = 0; i < row->put.roles.len; i++)
		if (!people_role_check(row->put.roles.at[i], err))
			return false;
	if (text_find_char(row->password, '\0') >= 0 || row->password.len > 1024)
		return err_set(
		        err, ERR_BAD_REQUEST, "a password has at most 1024 bytes, and no NUL");
	return true;
}

/* Who is there already? */
static bool find_old(struct work *work, struct row *row)
{
	struct principal *old;

	if (!principal_by_name(work, row->put.principal.name, &old))
		return false;
	row->import->changed += !!old;
	row->import->added += !old;
	if (!old)
		return true;
	if (old->kind != (int64_t)row->put.principal.kind)
		return err_set(&work->err, ERR_BAD_REQUEST, "\"%.*s\" is a %s already",
		        TEXT_ARG(old->name), people_kind_word((enum principal_kind)old->kind));
	row->put.principal.id = old->id;
	row->put.principal.quota = old->quota;
	row->put.principal.uid = old->uid;
	row->old_hash = old->password;
	return true;
}

/* The same name twice, however it is written. */
static bool is_new(struct work *work, struct map *names, struct row *row)
{
	struct text key = text_fold(work->arena, row->put.principal.name);
	int64_t *line = arena_make(work->arena, int64_t), *before;

	*line = row->line;
	before = map_put(names, key, line);
	return !before ||
	       err_set(&work->err, ERR_BAD_REQUEST, "\"%.*s\" stands in line %lld already",
	               TEXT_ARG(row->put.principal.name), (long long)*before);
}

/* Says the line in front of what is wrong with it. */
static bool at_line(struct err *err, int64_t line)
{
	struct err named = { 0 };

	err_set(&named, err->id, "line %lld: %s", (long long)line, err->detail);
	*err = named;
	return false;
}

static bool read_rows(struct work *work, struct import *import, struct csv *csv)
{
	struct map *names = map_new(work->arena);
	struct texts fields = VEC_EMPTY;

	while (csv_next(csv, &fields, &work->err)) {
		struct row *row = vec_push(work->arena, &import->rows);

		row->import = import;
		row->line = csv->line;
		if (!fill(work->arena, row, &fields, &work->err) ||
		        !fields_check(row, &work->err) || !is_new(work, names, row) ||
		        !find_old(work, row))
			return at_line(&work->err, row->line);
	}
	return !err_is_set(&work->err);
}

struct import *import_read(struct work *work, struct text text)
{
	struct import *import = arena_make(work->arena, struct import);
	struct texts fields = VEC_EMPTY;
	struct csv csv;

	if (!text_is_utf8(text) || text_find_char(text, '\0') >= 0) {
		err_set(&work->err, ERR_BAD_REQUEST, "this is not text in UTF-8");
		return NULL;
	}
	csv_start(&csv, work->arena, text);
	if (!csv_next(&csv, &fields, &work->err) && !err_is_set(&work->err))
		err_set(&work->err, ERR_BAD_REQUEST, "the file is empty");
	if (err_is_set(&work->err) || !header_check(&fields, &work->err) ||
	        !read_rows(work, import, &csv))
		return NULL;
	return import;
}

/* ---- passwords ---- */

static void hash_row(struct row *row)
{
	if (row->hash.len) {
		row->put.principal.password = row->hash;
		row->put.set_password = !text_eq(row->hash, row->old_hash);
		return;
	}
	if (!row->password.len ||
	        (row->old_hash.len && password_verify(row->password, row->old_hash)))
		return;
	row->arena = arena_new();
	row->put.principal.password = password_hash(row->arena, row->password);
	row->put.set_password = true;
}

static void *hash_rows(void *arg)
{
	struct import *import = arg;
	size_t i;

	while ((i = atomic_fetch_add(&import->next, 1)) < import->rows.len)
		hash_row(&import->rows.at[i]);
	return NULL;
}

void import_hash(struct import *import, int threads)
{
	pthread_t thread[THREADS_MAX];

	if (threads > THREADS_MAX)
		threads = THREADS_MAX;
	for (int i = 0; i < threads; i++)
		thread[i] = thread_start("import-hash", hash_rows, import);
	hash_rows(import);
	for (int i = 0; i < threads; i++)
		pthread_join(thread[i], NULL);
}

/* ---- applying ---- */

static bool line_run(struct writing *w, void *data)
{
	const struct row *row = data;

	(void)w;
	row->import->line = row->line;
	return true;
}

static void free_arena(void *arena)
{
	arena_free((struct arena **)&arena);
}

struct plan *import_plan(struct work *work, struct import *import)
{
	struct plan *plan = plan_new(work->arena, work->now);

	for (size_t i = 0; i < import->rows.len; i++) {
		struct row *row = &import->rows.at[i];

		arena_own(work->arena, row->arena, free_arena);
		plan_add(plan, line_run, row);
		plan_principal_put(plan, &row->put);
	}
	/* Groups may stand behind their members. */
	for (size_t i = 0; i < import->rows.len; i++) {
		struct row *row = &import->rows.at[i];

		plan_add(plan, line_run, row);
		plan_membership_set(plan, row->put.principal.name, &row->member_of, false);
		plan_membership_set(plan, row->put.principal.name, &row->manager_of, true);
	}
	for (size_t i = 0; i < import->rows.len; i++) {
		struct row *row = &import->rows.at[i];

		if (row->put.principal.kind != PRINCIPAL_GROUP)
			continue;
		plan_add(plan, line_run, row);
		plan_group_no_circle(plan, row->put.principal.name);
	}
	return plan;
}

int64_t import_line(const struct import *import)
{
	return import->line;
}

size_t import_added(const struct import *import)
{
	return import->added;
}

size_t import_changed(const struct import *import)
{
	return import->changed;
}
