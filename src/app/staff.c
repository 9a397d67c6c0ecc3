#include "base/base.h"

#include <getopt.h>
#include <stdio.h>

#include "app/staff.h"
#include "app/words.h"
#include "base/hash.h"
#include "edit/hand_back.h"
#include "people/group.h"
#include "people/import.h"

enum { PAGE = 1000 };

int staff_command(
        struct cmd *cmd, enum principal_kind kind, const struct staff_verb *verbs, size_t verbs_len)
{
	if (cmd->argc < 2)
		return cmd_usage(cmd, "say what to do");
	for (size_t i = 0; i < verbs_len; i++)
		if (!strcmp(cmd->argv[1], verbs[i].name))
			return verbs[i].run(cmd, kind);
	return cmd_usage(cmd, "\"%s\" is not understood", cmd->argv[1]);
}

bool staff_words(const struct cmd *cmd, int wanted)
{
	for (int i = 2; i < cmd->argc; i++)
		if (cmd->argv[i][0] == '-')
			return false;
	return cmd->argc == 2 + wanted;
}

/* ---- add, change ---- */

struct wishes {
	const char *name;
	struct text display_name; /* absent: not said */
	struct texts emails, roles, groups;
	bool no_emails, no_roles, no_groups;
	int64_t quota; /* -1: not said */
	bool has_password;
	struct text password;
};

static const struct option OPTIONS[] = { { "display-name", required_argument, NULL, 'd' },
	{ "email", required_argument, NULL, 'e' }, { "role", required_argument, NULL, 'r' },
	{ "member-of", required_argument, NULL, 'm' }, { "quota", required_argument, NULL, 'q' },
	{ "password-stdin", no_argument, NULL, 'p' }, { 0 } };

static void push(struct cmd *cmd, struct texts *texts, bool *none, const char *value)
{
	if (value[0])
		*vec_push(cmd->arena, texts) = text_of(value);
	else
		*none = true;
}

static bool take(struct cmd *cmd, struct wishes *w, int option)
{
	switch (option) {
	case 'd': w->display_name = text_of(optarg); return true;
	case 'e': push(cmd, &w->emails, &w->no_emails, optarg); return true;
	case 'r': push(cmd, &w->roles, &w->no_roles, optarg); return true;
	case 'm': push(cmd, &w->groups, &w->no_groups, optarg); return true;
	case 'q': return words_size(text_of(optarg), &w->quota);
	case 'p': w->has_password = true; return true;
	default: return false;
	}
}

static bool options_read(struct cmd *cmd, struct wishes *w)
{
	int option;

	*w = (struct wishes){ .quota = -1 };
	optind = 1;
	while ((option = getopt_long(cmd->argc - 1, cmd->argv + 1, "", OPTIONS, NULL)) != -1)
		if (!take(cmd, w, option))
			return false;
	if (optind + 1 != cmd->argc - 1)
		return false;
	w->name = cmd->argv[1 + optind];
	return true;
}

static bool wishes_check(struct cmd *cmd, const struct wishes *w)
{
	if (!people_name_check(text_of(w->name), &cmd->err))
		return false;
	for (size_t i = 0; i < w->emails.len; i++)
		if (!people_email_check(w->emails.at[i], &cmd->err))
			return false;
	for (size_t i = 0; i < w->roles.len; i++)
		if (!people_role_check(w->roles.at[i], &cmd->err))
			return false;
	if (w->display_name.ptr &&
	        (!text_is_utf8(w->display_name) || !text_is_clean(w->display_name)))
		return err_set(&cmd->err, ERR_BAD_REQUEST, "the display name is not plain text");
	return true;
}

/* One plan for the principal, its password and its groups. */
static struct plan *plan_wishes(
        struct desk *desk, const struct wishes *w, const struct principal *old)
{
	struct principal_put *put = arena_make(desk->work.arena, struct principal_put);
	struct plan *plan = desk_plan(desk);

	put->principal = *old;
	if (w->display_name.ptr)
		put->principal.display_name = w->display_name;
	if (w->quota >= 0)
		put->principal.quota = w->quota;
	if (w->password.ptr) {
		put->principal.password = password_hash(desk->work.arena, w->password);
		put->set_password = true;
	}
	put->emails = w->emails;
	put->set_emails = w->emails.len || w->no_emails;
	put->roles = w->roles;
	put->set_roles = w->roles.len || w->no_roles;
	plan_principal_put(plan, put);
	if (w->groups.len || w->no_groups) {
		plan_membership_set(plan, put->principal.name, &w->groups, false);
		plan_group_no_circle(plan, put->principal.name);
	}
	return plan;
}

static bool old_or_new(struct desk *desk, enum principal_kind kind, const struct wishes *w,
        bool is_new, struct principal **p)
{
	if (!is_new)
		return desk_principal(desk, kind, w->name, p);
	*p = arena_make(desk->work.arena, struct principal);
	(*p)->kind = kind;
	(*p)->name = text_of(w->name);
	return true;
}

static int put(struct cmd *cmd, enum principal_kind kind, bool is_new)
{
	struct desk desk;
	struct wishes w;
	struct principal *p;

	if (!options_read(cmd, &w))
		return cmd_usage(cmd, "these arguments are not understood");
	if (!wishes_check(cmd, &w) ||
	        (w.has_password && !words_password_stdin(cmd->arena, &w.password, &cmd->err)) ||
	        !desk_open(cmd, &desk))
		return cmd_fail(cmd);
	if (!old_or_new(&desk, kind, &w, is_new, &p) ||
	        !desk_apply(&desk, plan_wishes(&desk, &w, p)))
		return desk_fail(&desk);
	return desk_done(&desk);
}

int staff_add(struct cmd *cmd, enum principal_kind kind)
{
	return put(cmd, kind, true);
}

int staff_change(struct cmd *cmd, enum principal_kind kind)
{
	return put(cmd, kind, false);
}

/* ---- list ---- */

static void print_list(const struct texts *texts)
{
	putchar('\t');
	for (size_t i = 0; i < texts->len; i++)
		printf("%s%.*s", i ? ";" : "", TEXT_ARG(texts->at[i]));
}

/* NAME, display name, addresses, roles, separated by tabs; with the kind in front if it is not
 * known. */
static bool print_one(struct desk *desk, enum principal_kind kind, const struct principal *p)
{
	struct texts emails, roles;

	if (!principal_emails(&desk->work, p->id, &emails) ||
	        !principal_roles(&desk->work, p->id, &roles))
		return false;
	if (!kind)
		printf("%s\t", people_kind_word((enum principal_kind)p->kind));
	printf("%.*s\t%.*s", TEXT_ARG(p->name), TEXT_ARG(p->display_name));
	print_list(&emails);
	print_list(&roles);
	putchar('\n');
	return true;
}

int staff_list(struct cmd *cmd, enum principal_kind kind)
{
	struct text after = TEXT_NONE;
	struct principals found;
	struct desk desk;

	if (!staff_words(cmd, 0))
		return cmd_usage(cmd, "list takes no arguments");
	if (!desk_open(cmd, &desk))
		return cmd_fail(cmd);
	do {
		if (!principal_list(&desk.work, kind, after, PAGE, &found))
			return desk_fail(&desk);
		for (size_t i = 0; i < found.len; i++) {
			if (!print_one(&desk, kind, &found.at[i]))
				return desk_fail(&desk);
			after = found.at[i].name;
		}
	} while (found.len == PAGE);
	return desk_done(&desk);
}

/* ---- remove ---- */

int staff_remove(struct cmd *cmd, enum principal_kind kind)
{
	struct principal *p;
	struct plan *plan;
	struct desk desk;

	if (!staff_words(cmd, 1))
		return cmd_usage(cmd, "say whom to remove");
	if (!desk_open(cmd, &desk))
		return cmd_fail(cmd);
	if (!desk_principal(&desk, kind, cmd->argv[2], &p))
		return desk_fail(&desk);
	if (!hand_back_all(&desk.work, p->id, VIA_API))
		return desk_fail(&desk);
	plan = desk_plan(&desk);
	plan_principal_remove(plan, p->id);
	if (!desk_apply(&desk, plan))
		return desk_fail(&desk);
	return desk_done(&desk);
}
