/* imports.c - files of records: looked at, tried, brought in, taken back. */
#include "base/base.h"
#include "api/record.h"
#include "edit/import.h"

enum { PREVIEW_ROWS = 20 };

static json_t *import_json(const struct crm_import *i)
{
	static const char *const STATES[] = { "looked at", "running", "done", "taken back" };

	return json_pack("{s:I, s:s, s:o, s:o, s:o, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:O, s:O}",
	        "id", (json_int_t)i->id, "noun", crm_noun_row(i->noun)->name, "format",
	        api_word(i->format), "name", api_word(i->name), "existing", api_word(i->existing),
	        "state", STATES[i->state], "at", (json_int_t)i->created, "total",
	        (json_int_t)i->total, "done", (json_int_t)i->done, "created", (json_int_t)i->made,
	        "updated", (json_int_t)i->changed, "skipped", (json_int_t)i->skipped, "mapping",
	        i->mapping, "problems", i->problems);
}

static bool find(struct call *c, struct crm_import **import)
{
	if (!edit_import_get(&c->work, api_of(c)->id, import))
		return false;
	return *import || err_set(&c->work.err, ERR_NOT_FOUND, "There is nothing here");
}

/* With how its columns are read and its first rows. */
static bool reply_preview(struct call *c, int status, const struct crm_import *import)
{
	json_t *preview, *json;

	if (!edit_import_preview(&c->work, import, PREVIEW_ROWS, &preview))
		return false;
	json = import_json(import);
	json_object_set(json, "preview", preview);
	return api_json(c, status, json);
}

static bool looked_at(struct call *c)
{
	return reply_preview(c, 201, api_of(c)->own);
}

static bool read_import(struct call *c, const json_t *body, struct crm_import *import)
{
	const json_t *mapping = json_object_get(body, "mapping");
	const struct crm_noun_row *row;
	struct text noun;

	if (!api_text(c, body, "noun", true, &noun) ||
	        !api_text(c, body, "format", true, &import->format) ||
	        !api_text(c, body, "name", false, &import->name) ||
	        !api_text(c, body, "existing", false, &import->existing) ||
	        !api_text(c, body, "text", true, &import->text))
		return false;
	row = crm_noun_find(noun);
	if (!row || crm_noun_is_row(row->noun))
		return api_refuse(c, "noun", "there is no such noun");
	if (mapping && !json_is_null(mapping) && !json_is_object(mapping))
		return api_refuse(c, "mapping", "an object of column to field is expected");
	import->noun = row->noun;
	import->mapping = json_is_object(mapping) ? (json_t *)mapping : NULL;
	if (!import->name.ptr)
		import->name = TEXT("");
	return true;
}

/* Reading a large file takes its time. */
static bool look_at(struct call *c)
{
	struct crm_import *import = api_of(c)->own = arena_make(c->work.arena, struct crm_import);
	const json_t *body;

	if (!api_body(c, &body) || !read_import(c, body, import))
		return false;
	return api_commit(c, edit_import_make(&c->work, import), looked_at, look_at);
}

bool api_import_new(struct call *c)
{
	return call_slow(c, look_at);
}

bool api_import_get(struct call *c)
{
	struct crm_import *import;

	return find(c, &import) && api_json(c, 200, import_json(import));
}

static bool mapped(struct call *c)
{
	return reply_preview(c, 200, api_of(c)->own);
}

static bool map(struct call *c)
{
	struct crm_import *import;
	const json_t *body, *mapping;
	struct text existing;

	if (!api_body(c, &body) || !find(c, &import) ||
	        !api_text(c, body, "existing", false, &existing))
		return false;
	mapping = json_object_get(body, "mapping");
	if (json_is_object(mapping))
		import->mapping = (json_t *)mapping;
	else if (mapping)
		return api_refuse(c, "mapping", "an object of column to field is expected");
	if (existing.len)
		import->existing = existing;
	api_of(c)->own = import;
	return api_commit(c, edit_import_change(&c->work, import), mapped, map);
}

bool api_import_map(struct call *c)
{
	return call_slow(c, map);
}

static bool run(struct call *c)
{
	struct crm_import *import;
	const json_t *body;
	bool dry;

	if (!api_body(c, &body) || !find(c, &import))
		return false;
	dry = crm_get_bool(body, "dry_run");
	return edit_import_run(&c->work, import, dry) && api_json(c, 200, import_json(import));
}

bool api_import_run(struct call *c)
{
	return call_slow(c, run);
}

static bool take_back(struct call *c)
{
	struct crm_import *import;

	return find(c, &import) && edit_import_take_back(&c->work, import) &&
	       api_json(c, 200, import_json(import));
}

bool api_import_undo(struct call *c)
{
	return call_slow(c, take_back);
}
