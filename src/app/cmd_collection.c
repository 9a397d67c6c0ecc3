#include "base/base.h"

#include <getopt.h>
#include <stdio.h>

#include "app/share.h"
#include "edit/edit.h"
#include "people/access.h"
#include "store/shelf.h"

static const struct edit_locks NO_LOCKS = { NULL, 0 };

static const struct type {
	const char *word;
	enum collection_type type, home;
	int64_t components;
} TYPES[] = {
	{ "calendar", COLLECTION_CALENDAR, COLLECTION_CALENDAR_HOME, COMPONENTS_WITHOUT_TASKS },
	{ "tasks", COLLECTION_CALENDAR, COLLECTION_CALENDAR_HOME, COMPONENT_VTODO },
	{ "addressbook", COLLECTION_ADDRESSBOOK, COLLECTION_ADDRESSBOOK_HOME, 0 },
	{ "folder", COLLECTION_FOLDER, COLLECTION_FILE_HOME, 0 },
};

static const char *type_word(const struct collection *c)
{
	if (c->type == COLLECTION_CALENDAR && c->components == COMPONENT_VTODO)
		return "tasks";
	for (size_t i = 0; i < COUNT_OF(TYPES); i++)
		if (TYPES[i].type == (enum collection_type)c->type)
			return TYPES[i].word;
	return "home";
}

static int applied(struct desk *desk, struct plan *plan)
{
	return plan && desk_apply(desk, plan) ? desk_done(desk) : desk_fail(desk);
}

/* ---- list ---- */

static bool print_one(struct desk *desk, const struct spot *spot, const struct collection *c)
{
	struct scope scope;
	struct text shown;
	int64_t members;

	if (!scope_of_collection(&desk->work, c, PRIVILEGE_READ, &scope) ||
	        !member_count(&desk->work, &scope, &members) ||
	        !spot_text(&desk->work, c, DAV_displayname, &shown))
		return false;
	printf("%.*s/%.*s/%.*s\t%s\t%lld\t%.*s\n", TEXT_ARG(spot->area->segment),
	        TEXT_ARG(spot->owner->name), TEXT_ARG(c->name), type_word(c), (long long)members,
	        TEXT_ARG(shown));
	return true;
}

static bool print_area(struct desk *desk, struct spot *spot)
{
	struct collection *home;
	struct collections found;

	if (!collection_home(&desk->work, spot->owner->id, spot->area->home, &home))
		return false;
	if (!home)
		return true;
	if (!collection_children(&desk->work, home->id, &found))
		return false;
	for (size_t i = 0; i < found.len; i++)
		if (!print_one(desk, spot, &found.at[i]))
			return false;
	return true;
}

static int list(struct desk *desk)
{
	struct spot spot;

	if (!spot_read(desk, desk->cmd->argv[2], &spot))
		return desk_fail(desk);
	for (size_t i = 0; i < PLACE_AREAS; i++) {
		spot.area = &place_areas[i];
		if (!print_area(desk, &spot))
			return desk_fail(desk);
	}
	return desk_done(desk);
}

/* ---- add, remove ---- */

struct making {
	const struct type *type;
	const char *display_name, *color;
};

static bool take(struct making *m, int option)
{
	switch (option) {
	case 'd': m->display_name = optarg; return text_is_clean(text_of(optarg));
	case 'c': m->color = optarg; return text_is_clean(text_of(optarg));
	case 't':
		for (size_t i = 0; i < COUNT_OF(TYPES); i++)
			if (!strcmp(optarg, TYPES[i].word)) {
				m->type = &TYPES[i];
				return true;
			}
		return false;
	default: return false;
	}
}

static bool options_read(struct cmd *cmd, struct making *m)
{
	static const struct option OPTIONS[] = { { "display-name", required_argument, NULL, 'd' },
		{ "color", required_argument, NULL, 'c' }, { "type", required_argument, NULL, 't' },
		{ 0 } };
	int option;

	*m = (struct making){ .type = &TYPES[0] };
	optind = 1;
	while ((option = getopt_long(cmd->argc - 1, cmd->argv + 1, "", OPTIONS, NULL)) != -1)
		if (!take(m, option))
			return false;
	return optind == cmd->argc - 2;
}

static struct plan *plan_making(struct desk *desk, const char *word, const struct making *m)
{
	struct edit_mkcol wanted = { .type = m->type->type, .components = m->type->components };
	struct spot spot;
	struct target at;

	if (!spot_read(desk, word, &spot))
		return NULL;
	spot.area = spot_area(m->type->home);
	if (!spot.names_len) {
		err_set(&desk->work.err, ERR_BAD_REQUEST, "\"%s\" is not USER/COLLECTION", word);
		return NULL;
	}
	if (!spot_find(desk, &spot, &at))
		return NULL;
	if (at.is != TARGET_NOTHING) {
		err_set(&desk->work.err, ERR_TAKEN, "\"%s\" is there already", word);
		return NULL;
	}
	if (!spot_prop(&desk->work, DAV_displayname, m->display_name, &wanted.props) ||
	        !spot_prop(&desk->work, APPLE_calendar_color, m->color, &wanted.props))
		return NULL;
	return edit_mkcol(&desk->work, &at, &wanted, &NO_LOCKS);
}

static int add(struct cmd *cmd)
{
	struct making making;
	struct desk desk;

	if (!options_read(cmd, &making))
		return cmd_usage(cmd, "these arguments are not understood");
	if (!desk_open(cmd, &desk))
		return cmd_fail(cmd);
	return applied(&desk, plan_making(&desk, cmd->argv[cmd->argc - 1], &making));
}

static int remove_one(struct desk *desk)
{
	struct spot spot;
	struct target at;

	if (!spot_collection(desk, desk->cmd->argv[2], &spot, &at))
		return desk_fail(desk);
	return applied(desk, edit_remove(&desk->work, &at, &NO_LOCKS));
}

/* ---- share ---- */

static int share(struct desk *desk)
{
	char **argv = desk->cmd->argv;
	struct principal *whom;
	struct spot spot;
	struct target at;
	uint64_t rights;

	if (!share_rights(argv[4], &rights)) {
		desk_close(desk);
		return cmd_usage(desk->cmd, "say free-busy, read, write or none");
	}
	if (!desk_principal(desk, 0, argv[3], &whom) || !spot_collection(desk, argv[2], &spot, &at))
		return desk_fail(desk);
	return applied(desk, share_plan(desk, &at, whom, rights));
}

/* ---- queue ---- */

static int queue(struct desk *desk)
{
	char **argv = desk->cmd->argv;
	bool on = !strcmp(argv[4], "on");
	enum crm_shelf shelf = !strcmp(argv[3], "leads")   ? SHELF_LEADS
	                       : !strcmp(argv[3], "cases") ? SHELF_CASES
	                                                   : SHELF_NONE;
	struct principal *team;
	struct plan *plan;

	if (!shelf || (!on && strcmp(argv[4], "off") != 0)) {
		desk_close(desk);
		return cmd_usage(desk->cmd, "say leads or cases, and on or off");
	}
	if (!desk_principal(desk, PRINCIPAL_GROUP, argv[2], &team))
		return desk_fail(desk);
	plan = desk_plan(desk);
	(on ? plan_queue_make : plan_queue_remove)(plan, team->id, shelf);
	return applied(desk, plan);
}

int cmd_collection(struct cmd *cmd)
{
	static const struct {
		const char *name;
		int (*run)(struct desk *desk);
		int words;
	} VERBS[] = { { "list", list, 3 }, { "remove", remove_one, 3 }, { "share", share, 5 },
		{ "queue", queue, 5 } };
	const char *verb = cmd->argc > 1 ? cmd->argv[1] : "";
	struct desk desk;

	if (!strcmp(verb, "add"))
		return add(cmd);
	for (size_t i = 0; i < COUNT_OF(VERBS); i++) {
		if (strcmp(verb, VERBS[i].name) != 0)
			continue;
		if (cmd->argc != VERBS[i].words)
			return cmd_usage(cmd, "%s takes %d words", verb, VERBS[i].words - 2);
		return desk_open(cmd, &desk) ? VERBS[i].run(&desk) : cmd_fail(cmd);
	}
	return cmd_usage(cmd, "say add, list, remove, share or queue");
}
