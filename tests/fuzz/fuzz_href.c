/* Claims: an accepted path has no segment a file system or a client could take for another one, is
 * written as it is read, and is found below its parent. */
#include "fuzz.h"
#include "wire/href.h"

static void check_segment(struct text segment)
{
	FUZZ_CLAIM(segment.len > 0 && segment.len <= PATH_MAX_SEGMENT);
	FUZZ_CLAIM(text_is_utf8(segment) && text_is_clean(segment));
	FUZZ_CLAIM(text_find_char(segment, '/') < 0 && text_find_char(segment, '\0') < 0);
	FUZZ_CLAIM(text_find_char(segment, '\n') < 0 && text_find_char(segment, '\r') < 0);
	FUZZ_CLAIM(!text_eq(segment, TEXT(".")) && !text_eq(segment, TEXT("..")));
}

static void check_path(struct arena *arena, const struct path *path)
{
	struct text href = href_of(arena, path);
	struct err err = { 0 };
	struct path again, parent = *path;

	FUZZ_CLAIM(path->len <= PATH_MAX_SEGMENTS);
	for (size_t i = 0; i < path->len; i++)
		check_segment(path->at[i]);
	FUZZ_CLAIM(href_parse(arena, &err, href, TEXT_NONE, &again, NULL));
	FUZZ_CLAIM(path_eq(path, &again) && (path->slash || !path->len) == again.slash);
	if (!path->len)
		return;
	parent.len--;
	parent.slash = true;
	FUZZ_CLAIM(path_below(path, &parent) && !path_below(&parent, path));
	FUZZ_CLAIM(text_eq(href,
	        href_child(arena, href_of(arena, &parent), path->at[parent.len], path->slash)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct text raw = { (const char *)data, size };
	struct err err = { 0 };
	struct text query;
	struct path path;

	if (href_parse(arena, &err, raw, TEXT("kontor.example:8443"), &path, &query))
		check_path(arena, &path);
	else
		FUZZ_CLAIM(err_is_set(&err));
	arena_free(&arena);
	return 0;
}
