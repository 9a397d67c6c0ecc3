#include "base/base.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/intake.h"
#include "app/progress.h"
#include "app/rack.h"
#include "app/words.h"
#include "base/hash.h"
#include "object/ical_merge.h"
#include "object/vcard.h"

struct importing {
	struct desk *desk;
	struct spot spot;
	struct intake *intake;
	struct progress progress;
	int64_t done;
	/* Where things go: the collection that was named, or the default ones. */
	struct target events, tasks, cards, folder;
	bool has_folder;
};

static bool fails(struct importing *im, const char *path)
{
	return err_set(&im->desk->work.err, ERR_BAD_REQUEST, "%s: %s", path, strerror(errno));
}

static void step(struct importing *im)
{
	progress_at(&im->progress, ++im->done, 0);
}

/* ---- one file ---- */

static struct text base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return text_of(slash ? slash + 1 : path);
}

static void put_calendar(
        struct importing *im, struct arena *arena, const char *path, struct text bytes)
{
	struct err err = { 0 };
	struct ical_import parts;

	if (!ical_split(arena, &err, bytes, &parts)) {
		intake_refuse(im->intake, path, TEXT_NONE, &err);
		return;
	}
	for (size_t i = 0; i < parts.parts.len; i++) {
		const struct ical_part *part = &parts.parts.at[i];
		struct intake_object object = { .uid = part->uid,
			.body = parts.parts.len == 1 && !parts.skipped ? bytes : part->body,
			.name = parts.parts.len == 1 ? base_name(path) : TEXT_NONE,
			.media = "text/calendar",
			.extension = ".ics",
			.from = path };

		object.collection = part->kind == ICAL_VTODO ? &im->tasks : &im->events;
		intake_put(im->intake, &object);
		step(im);
	}
}

/* A card without a UID gets one that depends on nothing else, so that importing it again changes
 * nothing. */
static bool card_uid(struct arena *arena, struct err *err, struct text *body, struct text *uid)
{
	struct vcard *card;

	if (!vcard_parse(arena, err, *body, &card))
		return false;
	*uid = vcard_uid(card);
	if (!uid->len) {
		*uid = etag_of(arena, *body);
		vcard_set_text(card, "UID", *uid);
		*body = vcard_body(arena, card);
	}
	return true;
}

static void put_cards(
        struct importing *im, struct arena *arena, const char *path, struct text bytes)
{
	struct text rest = bytes, body;
	struct err err = { 0 };

	while (vcard_split(&err, &rest, &body)) {
		bool alone = !text_trim(rest).len && body.ptr - bytes.ptr < 4;
		struct intake_object object = { .collection = &im->cards,
			.name = alone ? base_name(path) : TEXT_NONE,
			.media = "text/vcard",
			.extension = ".vcf",
			.from = path };

		object.body = alone ? bytes : body;
		if (card_uid(arena, &err, &object.body, &object.uid))
			intake_put(im->intake, &object);
		else
			intake_refuse(im->intake, path, TEXT_NONE, &err);
		err_clear(&err);
		step(im);
	}
	if (err_is_set(&err))
		intake_refuse(im->intake, path, TEXT_NONE, &err);
}

static bool put_plain(struct importing *im, const struct target *folder, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st)) {
		fails(im, path);
		if (fd >= 0)
			close(fd);
		return false;
	}
	intake_file(im->intake, folder, base_name(path), fd, st.st_size);
	close(fd);
	step(im);
	return true;
}

static bool holds_cards(struct text bytes)
{
	return text_starts_nocase(text_trim(text_sub(bytes, 0, 64)), TEXT("BEGIN:VCARD"));
}

static bool put_path(struct importing *im, const char *path)
{
	struct arena *arena;
	struct text bytes;

	if (im->has_folder)
		return put_plain(im, &im->folder, path);
	arena = arena_new();
	if (!words_file(arena, path, &bytes, &im->desk->work.err)) {
		arena_free(&arena);
		return false;
	}
	if (text_starts(bytes, TEXT("\xEF\xBB\xBF")))
		bytes = text_from(bytes, 3);
	if (holds_cards(bytes))
		put_cards(im, arena, path, bytes);
	else
		put_calendar(im, arena, path, bytes);
	intake_keep(im->intake, arena);
	return true;
}

/* ---- folders ---- */

static bool is_directory(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

static const char *below(struct importing *im, const char *path, const char *name)
{
	return arena_printf(im->desk->work.arena, "%s/%s", path, name).ptr;
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Calls `each` with the path of everything in it, in order of name. */
static bool walk(struct importing *im, const char *path,
        bool (*each)(struct importing *im, const char *path))
{
	struct dirent **entries;
	int len = scandir(path, &entries, visible, alphasort);
	bool ok = len >= 0 || fails(im, path);

	for (int i = 0; i < len; i++) {
		ok = ok && each(im, below(im, path, entries[i]->d_name));
		free(entries[i]);
	}
	if (len >= 0)
		free(entries);
	return ok;
}

static bool put_tree(struct importing *im, const char *path)
{
	struct target before = im->folder;
	bool ok;

	if (!is_directory(path))
		return put_plain(im, &im->folder, path);
	ok = rack_make(im->desk, &before, base_name(path), path, &im->folder) &&
	     walk(im, path, put_tree);
	im->folder = before;
	return ok;
}

static bool put_entry(struct importing *im, const char *path)
{
	if (!is_directory(path))
		return put_path(im, path);
	if (im->has_folder)
		return put_tree(im, path);
	fprintf(stderr, "%s: a folder in a folder is left out\n", path);
	return true;
}

/* calendars/NAME/ and addressbooks/NAME/ of an exported home. */
static bool put_collection(struct importing *im, const char *path)
{
	struct target home, at;

	if (!is_directory(path))
		return true;
	if (!spot_target(&im->desk->work, im->spot.area, im->spot.owner->name, NULL, 0, &home) ||
	        !rack_make(im->desk, &home, base_name(path), path, &at))
		return false;
	im->events = im->tasks = im->cards = at;
	return walk(im, path, put_entry);
}

static bool put_home(struct importing *im, const char *path)
{
	for (size_t i = 0; i < PLACE_AREAS; i++) {
		const char *area = below(im, path, place_areas[i].segment.ptr);

		im->spot.area = &place_areas[i];
		if (!is_directory(area))
			continue;
		if (im->spot.area->home != COLLECTION_FILE_HOME) {
			if (!walk(im, area, put_collection))
				return false;
			continue;
		}
		im->has_folder = true;
		if (!spot_target(&im->desk->work, im->spot.area, im->spot.owner->name, NULL, 0,
		            &im->folder) ||
		        !walk(im, area, put_tree))
			return false;
		im->has_folder = false;
	}
	return true;
}

static bool is_home(struct importing *im, const char *path)
{
	for (size_t i = 0; i < PLACE_AREAS; i++)
		if (is_directory(below(im, path, place_areas[i].segment.ptr)))
			return true;
	return false;
}

/* ---- all of it ---- */

static bool default_at(
        struct importing *im, enum collection_type home, struct text name, struct target *at)
{
	if (!spot_target(&im->desk->work, spot_area(home), im->spot.owner->name, &name, 1, at))
		return false;
	return at->is == TARGET_COLLECTION ||
	       err_set(&im->desk->work.err, ERR_NOT_FOUND,
	               "%.*s has no collection \"%.*s\": say which one",
	               TEXT_ARG(im->spot.owner->name), TEXT_ARG(name));
}

static bool choose(struct importing *im, const char *word)
{
	struct target at;

	if (!spot_read(im->desk, word, &im->spot))
		return false;
	if (im->spot.area || im->spot.names_len) {
		if (!spot_collection(im->desk, word, &im->spot, &at))
			return false;
		im->events = im->tasks = im->cards = im->folder = at;
		im->has_folder = im->spot.area->home == COLLECTION_FILE_HOME;
		return true;
	}
	return default_at(im, COLLECTION_CALENDAR_HOME, TEXT("calendar"), &im->events) &&
	       default_at(im, COLLECTION_CALENDAR_HOME, TEXT("tasks"), &im->tasks) &&
	       default_at(im, COLLECTION_ADDRESSBOOK_HOME, TEXT("contacts"), &im->cards);
}

static bool import_all(struct importing *im)
{
	struct cmd *cmd = im->desk->cmd;
	bool whole = !im->spot.area && !im->spot.names_len;

	for (int i = 2; i < cmd->argc; i++) {
		const char *path = cmd->argv[i];
		bool ok;

		if (!is_directory(path))
			ok = put_path(im, path);
		else if (whole && is_home(im, path))
			ok = put_home(im, path);
		else
			ok = walk(im, path, put_entry);
		if (!ok)
			return false;
	}
	return true;
}

int cmd_import(struct cmd *cmd)
{
	struct importing im = { 0 };
	const struct intake_counts *counts;
	struct desk desk;
	bool done;

	if (cmd->argc < 3)
		return cmd_usage(cmd, "say where to, and what");
	if (!desk_open(cmd, &desk))
		return cmd_fail(cmd);
	im.desk = &desk;
	if (!choose(&im, cmd->argv[1]))
		return desk_fail(&desk);
	work_step_end(&desk.work);
	im.intake = intake_new(&desk);
	progress_start(&im.progress, "Importing");
	done = import_all(&im);
	intake_flush(im.intake);
	progress_end(&im.progress);
	counts = intake_counts(im.intake);
	printf("%zu new, %zu changed, %zu as they were, %zu refused\n", counts->added,
	        counts->changed, counts->same, counts->refused);
	if (!done)
		return desk_fail(&desk);
	return desk_done(&desk) == EXIT_OK && !counts->refused ? EXIT_OK : EXIT_FAILED;
}
