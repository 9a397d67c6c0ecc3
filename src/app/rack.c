#include "base/base.h"

#include <errno.h>
#include <jansson.h>
#include <unistd.h>

#include "app/rack.h"
#include "edit/edit.h"

static const struct edit_locks NO_LOCKS = { 0 };
static const char FILE_NAME[] = ".kontor.json";

static void free_json(void *json)
{
	json_decref(json);
}

static json_t *text_json(struct text text)
{
	return json_stringn(text.ptr ? text.ptr : "", text.len);
}

bool rack_save(struct desk *desk, const struct collection *c, const char *folder)
{
	struct arena *arena = desk->work.arena;
	const char *path = arena_printf(arena, "%s/%s", folder, FILE_NAME).ptr;
	json_t *root = json_object(), *list = json_array();
	struct props props;

	arena_own(arena, root, free_json);
	json_object_set_new(root, "components", json_integer(c->components));
	json_object_set_new(root, "properties", list);
	if (!prop_list(&desk->work, HOLDER_COLLECTION, c->id, &props))
		return false;
	if (c->type == COLLECTION_FOLDER && !props.len)
		return true;
	for (size_t i = 0; i < props.len; i++) {
		json_t *one = json_object();

		json_object_set_new(one, "namespace", text_json(props.at[i].ns));
		json_object_set_new(one, "name", text_json(props.at[i].name));
		json_object_set_new(one, "xml", text_json(props.at[i].value));
		json_array_append_new(list, one);
	}
	return !json_dump_file(root, path, JSON_INDENT(2)) ||
	       err_set(&desk->work.err, ERR_UNAVAILABLE, "%s cannot be written: %s", path,
	               strerror(errno));
}

/* ---- making ---- */

static struct text json_text(struct arena *arena, const json_t *value)
{
	if (!json_is_string(value))
		return TEXT_NONE;
	return arena_text(
	        arena, (struct text){ json_string_value(value), json_string_length(value) });
}

static bool read_file(struct desk *desk, const char *folder, struct edit_mkcol *wanted)
{
	struct arena *arena = desk->work.arena;
	const char *path = arena_printf(arena, "%s/%s", folder, FILE_NAME).ptr;
	json_error_t why;
	json_t *root, *list;

	if (access(path, F_OK))
		return true;
	root = arena_own(arena, json_load_file(path, JSON_REJECT_DUPLICATES, &why), free_json);
	if (!root)
		return err_set(&desk->work.err, ERR_BAD_REQUEST, "%s: line %d: %s", path, why.line,
		        why.text);
	wanted->components = json_integer_value(json_object_get(root, "components"));
	list = json_object_get(root, "properties");
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!spot_xml(&desk->work,
		            json_text(arena, json_object_get(json_array_get(list, i), "xml")),
		            &wanted->props))
			return false;
	return true;
}

static enum collection_type type_in(const struct target *in)
{
	switch (in->collection->type) {
	case COLLECTION_CALENDAR_HOME: return COLLECTION_CALENDAR;
	case COLLECTION_ADDRESSBOOK_HOME: return COLLECTION_ADDRESSBOOK;
	default: return COLLECTION_FOLDER;
	}
}

bool rack_make(struct desk *desk, const struct target *in, struct text name, const char *folder,
        struct target *at)
{
	struct edit_mkcol wanted = { .type = type_in(in) };
	struct plan *plan;

	if (!spot_member(&desk->work, in, name, at))
		return false;
	if (at->is == TARGET_COLLECTION)
		return true;
	if (!read_file(desk, folder, &wanted))
		return false;
	plan = edit_mkcol(&desk->work, at, &wanted, &NO_LOCKS);
	return plan && desk_apply(desk, plan) && spot_member(&desk->work, in, name, at);
}
