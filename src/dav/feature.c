/* feature.c - see feature.h: the features' tables, indexed once. */
#include "base/base.h"
#include "dav/feature.h"

enum { MAX_PROPS = 256, MAX_REPORTS = 64 };

/* Written once by dav_setup(), before any thread serves; constant from then on. */
static struct {
	const struct feature *const *features;
	const struct dav_prop *props[MAX_PROPS];
	size_t props_len;
	/* Rows of one name stand together: first[name] is the index of the first, plus one. */
	uint16_t first[NAME_COUNT];
	const struct dav_report *reports[MAX_REPORTS];
	size_t reports_len;
} tables;

static int by_name(const void *a, const void *b)
{
	const struct dav_prop *const *left = a;
	const struct dav_prop *const *right = b;

	return (int)(*left)->name - (int)(*right)->name;
}

void dav_setup(const struct feature *const *features)
{
	memset(&tables, 0, sizeof(tables));
	tables.features = features;
	for (; *features; features++) {
		const struct feature *f = *features;

		assert(tables.props_len + f->props_len <= MAX_PROPS);
		assert(tables.reports_len + f->reports_len <= MAX_REPORTS);
		for (size_t i = 0; i < f->props_len; i++)
			tables.props[tables.props_len++] = &f->props[i];
		for (size_t i = 0; i < f->reports_len; i++)
			tables.reports[tables.reports_len++] = &f->reports[i];
	}
	qsort(tables.props, tables.props_len, sizeof(tables.props[0]), by_name);
	for (size_t i = tables.props_len; i-- > 0;)
		tables.first[tables.props[i]->name] = (uint16_t)(i + 1);
}

const struct feature *const *dav_features(void)
{
	return tables.features;
}

const struct dav_prop *dav_prop_find(enum name_id name, unsigned on)
{
	if (name == NAME_UNKNOWN || !tables.first[name])
		return NULL;
	for (size_t i = tables.first[name] - 1u; i < tables.props_len; i++) {
		if (tables.props[i]->name != name)
			return NULL;
		if (tables.props[i]->on & on)
			return tables.props[i];
	}
	return NULL;
}

const struct dav_prop *dav_prop_at(size_t i)
{
	return i < tables.props_len ? tables.props[i] : NULL;
}

bool dav_report_offered(struct call *c, const struct target *at, const struct dav_report *row)
{
	return (row->on & on_of(at)) && (!row->offered || row->offered(c, at));
}

const struct dav_report *dav_report_find(struct call *c, const struct target *at, enum name_id name)
{
	for (size_t i = 0; i < tables.reports_len; i++)
		if (tables.reports[i]->name == name && dav_report_offered(c, at, tables.reports[i]))
			return tables.reports[i];
	return NULL;
}

const struct dav_report *dav_report_at(size_t i)
{
	return i < tables.reports_len ? tables.reports[i] : NULL;
}

static unsigned on_of_collection(const struct collection *c)
{
	switch ((enum collection_type)c->type) {
	case COLLECTION_CALENDAR_HOME: return ON_CALENDAR_HOME;
	case COLLECTION_ADDRESSBOOK_HOME: return ON_ADDRESSBOOK_HOME;
	case COLLECTION_FILE_HOME: return ON_FILE_HOME;
	case COLLECTION_CALENDAR: return ON_CALENDAR;
	case COLLECTION_ADDRESSBOOK: return ON_ADDRESSBOOK;
	case COLLECTION_FOLDER: return ON_FOLDER;
	}
	return 0;
}

unsigned on_of(const struct target *at)
{
	switch (at->is) {
	case TARGET_ROOT: return ON_ROOT;
	case TARGET_PRINCIPALS:
	case TARGET_PRINCIPAL_KIND: return ON_PRINCIPALS;
	case TARGET_PRINCIPAL: return ON_PRINCIPAL;
	case TARGET_HOMES: return ON_HOMES;
	case TARGET_COLLECTION: return on_of_collection(at->collection);
	case TARGET_MEMBER:
		if (at->collection->type == COLLECTION_CALENDAR)
			return ON_EVENT;
		return at->collection->type == COLLECTION_ADDRESSBOOK ? ON_CARD : ON_FILE;
	case TARGET_NOTHING:
	case TARGET_IS_COUNT: break;
	}
	return ON_NOTHING;
}
