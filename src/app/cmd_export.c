#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/progress.h"
#include "app/rack.h"
#include "app/words.h"
#include "object/ical_merge.h"
#include "store/blob.h"

enum { PAGE = 200 };

struct exporting {
	struct desk *desk;
	struct spot spot;
	struct progress progress;
	int64_t done, all;
};

/* Called with one object after the other; `work` has an arena of its own. */
typedef bool object_fn(struct exporting *ex, struct work *work, const struct item *item, void *arg);

static bool fails(struct err *err, const char *path)
{
	return err_set(err, ERR_UNAVAILABLE, "%s cannot be written: %s", path, strerror(errno));
}

/* A page at a time: no snapshot is held, nor everything in memory. */
static bool each_object(
        struct exporting *ex, const struct collection *c, object_fn *each, void *arg)
{
	struct work *as = &ex->desk->work;
	struct text after = TEXT_NONE;
	struct scope scope;
	size_t got;
	bool ok;

	if (!scope_of_collection(as, c, PRIVILEGE_READ, &scope))
		return false;
	work_step_end(as); /* a thread has one reader */
	do {
		struct work work = {
			.arena = arena_new(), .house = as->house, .who = as->who, .now = as->now
		};
		struct items page;

		ok = member_list(&work, &scope, after, true, PAGE, &page);
		got = ok ? page.len : 0;
		for (size_t i = 0; ok && i < got; i++) {
			ok = each(ex, &work, &page.at[i], arg);
			progress_at(&ex->progress, ++ex->done, ex->all);
		}
		if (got)
			after = arena_text(as->arena, page.at[got - 1].member.name);
		if (!ok)
			as->err = work.err;
		work_step_end(&work);
		arena_free(&work.arena);
	} while (ok && got == PAGE);
	return ok;
}

/* ---- one file for all ---- */

struct into_file {
	FILE *file;
	struct ical_merge *merge; /* NULL: cards */
	struct buf out;
	struct arena *arena;
};

static bool pour(struct into_file *to, struct err *err)
{
	bool ok = fwrite(to->out.ptr, 1, to->out.len, to->file) == to->out.len;

	to->out.len = 0;
	return ok || fails(err, "the file");
}

static bool add_object(struct exporting *ex, struct work *work, const struct item *item, void *arg)
{
	struct into_file *to = arg;
	struct ical *ical;

	(void)ex;
	if (!to->merge) {
		buf_add(&to->out, item->body);
		if (!text_ends(item->body, TEXT("\n")))
			buf_add(&to->out, TEXT("\r\n"));
	} else {
		if (!ical_parse(work->arena, &work->err, item->body, &ical))
			return false;
		ical_merge_add(to->merge, ical, &to->out);
	}
	return pour(to, &work->err);
}

static bool write_all(struct exporting *ex, const struct collection *c, struct into_file *to)
{
	struct work *work = &ex->desk->work;
	struct text shown, color;

	buf_init(&to->out, to->arena);
	if (c->type != COLLECTION_CALENDAR)
		return each_object(ex, c, add_object, to);
	if (!spot_text(work, c, DAV_displayname, &shown) ||
	        !spot_text(work, c, APPLE_calendar_color, &color))
		return false;
	work_step_end(work);
	to->merge = ical_merge_new(to->arena);
	ical_merge_head(to->merge, &to->out, shown.len ? shown : c->name, color);
	if (!pour(to, &work->err) || !each_object(ex, c, add_object, to))
		return false;
	ical_merge_tail(to->merge, &to->out);
	return pour(to, &work->err);
}

/* Under another name until it is whole. */
static bool to_file(struct exporting *ex, const struct collection *c, const char *path)
{
	struct err *err = &ex->desk->work.err;
	struct into_file to = { .arena = ex->desk->work.arena, .file = stdout };
	const char *part = arena_printf(ex->desk->work.arena, "%s.part", path).ptr;
	bool ok;

	if (!strcmp(path, "-"))
		return write_all(ex, c, &to);
	to.file = fopen(part, "wxe");
	if (!to.file)
		return fails(err, part);
	ok = write_all(ex, c, &to);
	if (fclose(to.file) && ok)
		ok = fails(err, part);
	if (ok && rename(part, path))
		ok = fails(err, path);
	if (!ok)
		unlink(part);
	return ok;
}

/* ---- a file each ---- */

static bool write_blob(struct work *work, const struct item *item, FILE *file)
{
	static const size_t MOST = BLOB_CHUNK;
	char *piece = arena_raw(work->arena, MOST);
	size_t got;

	for (int64_t at = 0; at < item->size; at += (int64_t)got) {
		if (!blob_fill(work, item->blob, at, MOST, piece, &got))
			return false;
		if (!got || fwrite(piece, 1, got, file) != got)
			return err_set(&work->err, ERR_UNAVAILABLE, "%.*s cannot be written whole",
			        TEXT_ARG(item->member.name));
	}
	return true;
}

static bool add_file(struct exporting *ex, struct work *work, const struct item *item, void *arg)
{
	const char *path =
	        arena_printf(work->arena, "%s/%.*s", (const char *)arg, TEXT_ARG(item->member.name))
	                .ptr;
	FILE *file = fopen(path, "we");
	bool ok;

	(void)ex;
	if (!file)
		return fails(&work->err, path);
	if (item->blob)
		ok = write_blob(work, item, file);
	else
		ok = fwrite(item->body.ptr ? item->body.ptr : "", 1, item->body.len, file) ==
		             item->body.len ||
		     fails(&work->err, path);
	if (fclose(file) && ok)
		ok = fails(&work->err, path);
	return ok;
}

static bool make_folder(struct exporting *ex, const char *path)
{
	return words_directory(ex->desk->work.arena, path, &ex->desk->work.err);
}

/* A folder with all that is in it; of a folder of files also those in it. */
static bool to_folder(struct exporting *ex, const struct collection *c, const char *path)
{
	struct desk *desk = ex->desk;
	struct collections inner;

	if (!make_folder(ex, path))
		return false;
	if (!collection_is_home(c) && !rack_save(desk, c, path))
		return false;
	if (!collection_children(&desk->work, c->id, &inner))
		return false;
	work_step_end(&desk->work);
	for (size_t i = 0; i < inner.len; i++) {
		const struct collection *child = &inner.at[i];

		if (!to_folder(ex, child,
		            arena_printf(desk->work.arena, "%s/%.*s", path, TEXT_ARG(child->name))
		                    .ptr))
			return false;
	}
	if (!place_holds_members(c))
		return true;
	return each_object(ex, c, add_file, arena_cstr(desk->work.arena, text_of(path)));
}

/* ---- all of it ---- */

static bool export_home(struct exporting *ex, const char *path)
{
	struct work *work = &ex->desk->work;

	for (size_t i = 0; i < PLACE_AREAS; i++) {
		const struct place_area *area = &place_areas[i];
		struct collection *home;

		if (!collection_home(work, ex->spot.owner->id, area->home, &home))
			return false;
		if (home &&
		        !to_folder(ex, home,
		                arena_printf(work->arena, "%s/%.*s", path, TEXT_ARG(area->segment))
		                        .ptr))
			return false;
	}
	return true;
}

static bool is_one_file(const struct collection *c, const char *path)
{
	struct text to = text_of(path);

	if (c->type != COLLECTION_CALENDAR && c->type != COLLECTION_ADDRESSBOOK)
		return false;
	return text_eq(to, TEXT("-")) || text_ends(to, TEXT(".ics")) || text_ends(to, TEXT(".vcf"));
}

static bool export(struct exporting *ex, const char *word, const char *path)
{
	struct work *work = &ex->desk->work;
	struct scope scope;
	struct target at;

	if (!spot_read(ex->desk, word, &ex->spot))
		return false;
	if (!ex->spot.names_len && !ex->spot.area)
		return strcmp(path, "-") ? export_home(ex, path)
		                         : err_set(&work->err, ERR_BAD_REQUEST,
		                                   "a whole home needs a folder to go to");
	if (!spot_collection(ex->desk, word, &ex->spot, &at) ||
	        !scope_of_collection(work, at.collection, PRIVILEGE_READ, &scope) ||
	        !member_count(work, &scope, &ex->all))
		return false;
	if (is_one_file(at.collection, path))
		return to_file(ex, at.collection, path);
	return strcmp(path, "-") ? to_folder(ex, at.collection, path)
	                         : err_set(&work->err, ERR_BAD_REQUEST,
	                                   "\"%s\" needs a folder to go to", word);
}

int cmd_export(struct cmd *cmd)
{
	struct exporting ex = { 0 };
	struct desk desk;
	bool done;

	if (cmd->argc != 2 && cmd->argc != 3)
		return cmd_usage(cmd, "say what, and where to");
	if (!desk_open(cmd, &desk))
		return cmd_fail(cmd);
	ex.desk = &desk;
	progress_start(&ex.progress, "Exporting");
	done = export(&ex, cmd->argv[1], cmd->argc == 3 ? cmd->argv[2] : "-");
	progress_end(&ex.progress);
	return done ? desk_done(&desk) : desk_fail(&desk);
}
