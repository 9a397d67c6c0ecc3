/* imports.c - files of records: looked at, tried, brought in, taken back. */
#include "base/base.h"
#include "api/record.h"
#include "edit/import.h"

enum { PREVIEW_ROWS = 20 };

static json_t *problems_json(const struct crm_import *import)
{
	json_t *problems = json_array(), *one;
	size_t i;

	json_array_foreach(import->problems, i, one)
	{
		json_t *told = json_copy(one), *words = json_object_get(one, "words");

		/* Files brought in before problems had codes. */
		if (words) {
			json_object_set(told, "detail", words);
			json_object_del(told, "words");
		}
		json_array_append_new(problems, told);
	}
	return problems;
}

static json_t *columns_json(const struct crm_import *import)
{
	json_t *columns = json_array(), *field;
	const char *column;

	json_object_foreach(import->mapping, column, field)
	        json_array_append_new(columns, json_string(column));
	return columns;
}

static json_t *import_json(const struct crm_import *i)
{
	static const char *const STATES[] = { "looked at", "running", "done", "taken back" };
	json_t *object = json_pack("{s:I, s:s, s:o, s:o, s:o, s:s, s:I, s:I, s:I}", "id", i->id,
	        "noun", crm_noun_row(i->noun)->name, "format", api_word(i->format), "name",
	        api_word(i->name), "existing", api_word(i->existing), "state", STATES[i->state],
	        "at", i->created, "total", i->total, "done", i->done);

	json_object_set_new(
	        object, "progress", json_integer(i->total ? i->done * 100 / i->total : 100));
	json_object_set_new(object, "created", json_integer(i->made));
	json_object_set_new(object, "updated", json_integer(i->changed));
	json_object_set_new(object, "skipped", json_integer(i->skipped));
	json_object_set_new(object, "columns", columns_json(i));
	json_object_set(object, "mapping", i->mapping);
	json_object_set_new(object, "problems", problems_json(i));
	return object;
}

static bool find(struct call *c, struct crm_import **import)
{
	if (!edit_import_get(&c->work, api_of(c)->id, import))
		return false;
	return *import || err_set(&c->work.err, ERR_NOT_FOUND, "There is nothing here");
}

/* What is not understood in the first rows is told before anything runs; in the rows themselves its
 * words alone. */
static void add_preview_problems(json_t *problems, json_t *preview)
{
	json_t *row;
	size_t i;

	json_array_foreach(preview, i, row)
	{
		json_t *why = json_object_get(row, "problem"), *told;

		if (!json_is_object(why))
			continue;
		told = json_copy(why);
		json_object_set(told, "row", json_object_get(row, "row"));
		json_array_append_new(problems, told);
		json_object_set(row, "problem", json_object_get(told, "detail"));
	}
}

/* With how its columns are read and its first rows. */
static bool reply_preview(struct call *c, int status, const struct crm_import *import)
{
	json_t *preview, *json;

	if (!edit_import_preview(&c->work, import, PREVIEW_ROWS, &preview))
		return false;
	json = import_json(import);
	json_object_set(json, "preview", preview);
	add_preview_problems(json_object_get(json, "problems"), preview);
	return api_json(c, status, json);
}

static bool looked_at(struct call *c)
{
	return reply_preview(c, 201, api_of(c)->own);
}

/* null leaves a column out, as "" does. */
static bool read_mapping(struct call *c, const json_t *mapping, json_t **read)
{
	const char *column;
	json_t *field;

	if (!json_is_object(mapping))
		return api_refuse(c, "mapping", "an object of column to field is expected");
	*read = api_own(c, json_object());
	json_object_foreach((json_t *)mapping, column, field)
	{
		if (json_is_null(field))
			json_object_set_new(*read, column, json_string(""));
		else if (json_is_string(field))
			json_object_set(*read, column, field);
		else
			return api_refuse(c, "mapping", "names of fields are expected");
	}
	return true;
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
	import->noun = row->noun;
	if (mapping && !json_is_null(mapping) && !read_mapping(c, mapping, &import->mapping))
		return false;
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
	if (mapping && !read_mapping(c, mapping, &import->mapping))
		return false;
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
