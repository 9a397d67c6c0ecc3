#include "object/zone_impl.h"

#include "base/log.h"
#include "base/map.h"

#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>

#define ZONEINFO "/usr/share/zoneinfo"
enum { NAME_MAX_LEN = 64, TZID_MAX_LEN = 255, FILE_MAX = 65536, DEPTH = 3 };

/* A name of the list; the zone is read when first asked for. */
struct slot {
	struct text name;
	_Atomic(const struct zone *) zone;
};

static struct {
	struct arena *arena;
	struct map *by_name; /* lower case -> struct slot */
	VEC(struct text) names;
} list;

static pthread_once_t listed = PTHREAD_ONCE_INIT;
static const struct zone UTC = { .name = TEXT_INIT("UTC"), .first = { .abbr = TEXT_INIT("UTC") } };

/* Names that are no Olson names, and names that some systems no longer have. */
static const struct {
	struct text alias, name;
} ALIASES[] = {
#define ALIAS(alias, name) { TEXT_INIT(alias), TEXT_INIT(name) },
#include "object/zone_aliases.tbl.h"
#undef ALIAS
};

static struct text lower(struct text name, char *room)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		room[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
	}
	return (struct text){ room, name.len };
}

static struct text lower_kept(struct text name)
{
	return lower(name, arena_alloc(list.arena, name.len + 1));
}

static void list_name(struct text name)
{
	struct slot *slot = arena_make(list.arena, struct slot);

	slot->name = arena_text(list.arena, name);
	if (text_starts(name, TEXT("Etc/U")) || text_eq(name, TEXT("Etc/Zulu")) ||
	        text_eq(name, TEXT("UTC")) || text_eq(name, TEXT("UCT")) ||
	        text_eq(name, TEXT("Zulu")) || text_eq(name, TEXT("Universal")))
		atomic_store(&slot->zone, &UTC);
	map_put(list.by_name, lower_kept(name), slot);
	*vec_push(list.arena, &list.names) = slot->name;
}

/* Zones and their folders begin with a capital; tables beside them do not, or have a dot. */
static void list_folder(const char *path, size_t prefix, int depth)
{
	DIR *dir = opendir(path);
	const struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL) {
		char child[512];
		struct stat st;
		int len = snprintf(child, sizeof(child), "%s/%s", path, entry->d_name);

		if (entry->d_name[0] < 'A' || entry->d_name[0] > 'Z' ||
		        strchr(entry->d_name, '.') || len >= (int)sizeof(child) ||
		        !strcmp(entry->d_name, "Factory"))
			continue;
		if (entry->d_type == DT_UNKNOWN)
			continue;
		if (entry->d_type == DT_LNK ? !stat(child, &st) && S_ISDIR(st.st_mode)
		                            : entry->d_type == DT_DIR) {
			if (depth)
				list_folder(child, prefix, depth - 1);
		} else if ((size_t)len - prefix <= NAME_MAX_LEN) {
			list_name(text_from(text_of(child), prefix));
		}
	}
	if (dir)
		closedir(dir);
}

static int by_bytes(const void *a, const void *b)
{
	return text_cmp(*(const struct text *)a, *(const struct text *)b);
}

static void list_make(void)
{
	list.arena = arena_new();
	list.by_name = map_new(list.arena);
	list_folder(ZONEINFO, sizeof(ZONEINFO), DEPTH);
	if (!list.names.len) {
		log_error("zones", "none in " ZONEINFO);
		return;
	}
	qsort(list.names.at, list.names.len, sizeof(struct text), by_bytes);
	for (size_t i = 0; i < COUNT_OF(ALIASES); i++) {
		struct text alias = lower_kept(ALIASES[i].alias);
		void *slot = map_get(list.by_name, lower_kept(ALIASES[i].name));

		if (slot && !map_get(list.by_name, alias))
			map_put(list.by_name, alias, slot);
	}
}

static struct text file_read(struct arena *arena, struct text name)
{
	char path[sizeof(ZONEINFO) + NAME_MAX_LEN + 2];
	char *bytes = arena_alloc(arena, FILE_MAX);
	struct text read = { bytes, 0 };
	FILE *file;

	snprintf(path, sizeof(path), ZONEINFO "/%.*s", TEXT_ARG(name));
	file = fopen(path, "rbe");
	if (file) {
		read.len = fread(bytes, 1, FILE_MAX, file);
		fclose(file);
	}
	return read;
}

/* Two threads may read the same file at once; the first to finish wins. */
static const struct zone *slot_zone(struct slot *slot)
{
	const struct zone *zone = atomic_load_explicit(&slot->zone, memory_order_acquire);
	const struct zone *none = NULL;
	struct arena *scratch, *kept;

	if (zone)
		return zone;
	scratch = arena_new();
	kept = arena_new();
	zone = zone_from_file(kept, slot->name, file_read(scratch, slot->name));
	arena_free(&scratch);
	if (!zone)
		log_error("zones", "unreadable=%s", log_value(slot->name));
	else if (atomic_compare_exchange_strong(&slot->zone, &none, zone))
		return zone;
	arena_free(&kept);
	return none;
}

static const struct zone *find_plain(struct text name)
{
	char room[NAME_MAX_LEN];
	struct slot *slot;

	if (!name.len || name.len > NAME_MAX_LEN)
		return NULL;
	slot = map_get(list.by_name, lower(name, room));
	return slot ? slot_zone(slot) : NULL;
}

const struct zone *zone_find(struct text tzid)
{
	const struct zone *zone;

	pthread_once(&listed, list_make);
	zone = find_plain(tzid);
	if (zone || !tzid.len || tzid.len > TZID_MAX_LEN || tzid.ptr[0] != '/')
		return zone;
	/* RFC 5545 3.2.19: a leading solidus marks a name of somebody's registry, and most are a
	 * prefix before the Olson name. */
	while (!zone && tzid.len) {
		ptrdiff_t slash = text_find_char(text_from(tzid, 1), '/');

		if (slash < 0)
			return find_plain(text_from(tzid, 1));
		zone = find_plain(text_from(tzid, 1));
		tzid = text_from(tzid, (size_t)slash + 1);
	}
	return zone;
}

const struct zone *zone_utc(void)
{
	return &UTC;
}

struct text zone_name(const struct zone *zone)
{
	return zone->name;
}

const struct text *zone_names(size_t *count)
{
	pthread_once(&listed, list_make);
	*count = list.names.len;
	return list.names.at;
}

/* ---- offsets ---- */

/* Beyond the list the calendar repeats: 28 years are 10227 days, whole weeks. */
static int64_t into_list(const struct zone *zone, int64_t time)
{
	const int64_t cycle = INT64_C(10227) * 86400;
	int64_t last;

	if (zone->ruled_from == zone->changes.len)
		return time;
	last = zone->changes.at[zone->changes.len - 1].at - 2 * 86400;
	if (time <= last)
		return time;
	return time - (time - last + cycle - 1) / cycle * cycle;
}

int32_t zone_offset(const struct zone *zone, int64_t utc)
{
	const struct change *at = zone->changes.at;
	size_t from = 0, to = zone->changes.len;

	if (!to)
		return zone->first.offset;
	utc = into_list(zone, utc);
	while (from < to) {
		size_t mid = (from + to) / 2;

		if (at[mid].at <= utc)
			from = mid + 1;
		else
			to = mid;
	}
	return from ? at[from - 1].offset : zone->first.offset;
}

int64_t zone_to_wall(const struct zone *zone, int64_t utc)
{
	return utc + zone_offset(zone, utc);
}

/* A change counts from the later of its two wall times on: what is skipped, and what comes twice,
 * both lie before it. */
int64_t zone_to_utc(const struct zone *zone, int64_t wall)
{
	const struct change *at = zone->changes.at;
	size_t from = 0, to = zone->changes.len;
	int64_t inside;

	if (!to)
		return wall - zone->first.offset;
	inside = into_list(zone, wall);
	while (from < to) {
		size_t mid = (from + to) / 2;
		int32_t before = mid ? at[mid - 1].offset : zone->first.offset;
		int32_t later = before > at[mid].offset ? before : at[mid].offset;

		if (at[mid].at + later <= inside)
			from = mid + 1;
		else
			to = mid;
	}
	return wall - (from ? at[from - 1].offset : zone->first.offset);
}
