#include "base/base.h"
#include "edit/transfer.h"
#include "store/blob.h"
#include "view/place.h"

enum { PAGE = 500 };
/* Bodies of one copy that wait in memory for the writer: past this it must be done in pieces. */
#define COPY_MAX ((int64_t)64 << 20)

/* A record or collection whose parent is made by the same plan. */
struct settling {
	const int64_t *from;
	int64_t *to;
};

static bool settle_run(struct writing *writing, void *data)
{
	const struct settling *settling = data;

	(void)writing;
	*settling->to = *settling->from;
	return true;
}

static void settle_later(struct transfer *t, const int64_t *from, int64_t *to)
{
	struct settling *settling = arena_make(t->work->arena, struct settling);

	*settling = (struct settling){ from, to };
	plan_add(t->plan, settle_run, settling);
}

/* ---- checks ---- */

static bool check_kind(struct transfer *t, const struct kind *kind)
{
	if (kind && (int64_t)kind->id == t->from->item->kind)
		return true;
	return err_set(&t->work->err, kind ? kind->wrong_media : ERR_FORBIDDEN,
	        "The destination keeps another kind of things");
}

static bool check_uid(struct transfer *t, const struct kind *kind)
{
	const struct target *from = t->from, *to = t->to;
	struct gate_uid asked = { .kind = kind, .c = t->into, .uid = from->item->member.uid };

	/* Nor may it take the place of one with another UID. */
	if (to->is == TARGET_MEMBER && asked.uid.ptr && to->item->member.uid.ptr &&
	        !text_eq(asked.uid, to->item->member.uid))
		return err_href(&t->work->err, kind->uid_conflict, to->href,
		        "It is there with another UID");
	if (t->is_move && from->collection->id == t->into->id)
		return true;
	asked.rights = to->is == TARGET_COLLECTION ? to->parent_rights : to->rights;
	asked.href = target_parent_href(t->work->arena, to);
	asked.self = to->is == TARGET_MEMBER ? to->item : NULL;
	return gate_uid_free(t->work, &asked);
}

/* What the destination's home grows by. */
static bool check_quota(struct transfer *t, int64_t size)
{
	struct collection *from, *to;
	int64_t freed = 0, quota;

	if (!collection_home_above(t->work, t->from->collection, &from) ||
	        !collection_home_above(t->work, t->into, &to))
		return false;
	if (t->is_move && from && to && from->id == to->id)
		return true;
	if (t->to->is == TARGET_MEMBER)
		freed = t->to->item->size;
	else if (t->to->is == TARGET_COLLECTION &&
	         !collection_usage(t->work, t->to->collection, &freed, &quota))
		return false;
	return gate_quota(t->work, t->into, size - freed);
}

/* ---- members ---- */

/* The index rows of a record in another collection; `checked`: it has not been there before, so
 * that its rules are asked too. What parsing takes is given back at once: a whole calendar may
 * follow. */
static bool make_rows(struct transfer *t, const struct record *record,
        const struct collection *into, bool checked, struct rows **rows)
{
	const struct kind *kind = kind_of(t->work->house, (enum kind_id)record->kind);
	struct subject subject = { .body = record->body, .record = record };
	struct work work = *t->work;
	struct rows *made;
	bool ok = true;

	*rows = NULL;
	checked = checked && kind->check;
	if (!checked && !kind->project)
		return true;
	work.arena = arena_new();
	work.rights = NULL;
	made = rows_new(work.arena);
	ok = kind->parse(&work, record->media, &subject) &&
	     (!checked || kind->check(&work, into, &subject)) &&
	     (!kind->project || kind->project(&work, into, &subject, made));
	if (ok)
		*rows = rows_copy(t->work->arena, made);
	else
		t->work->err = work.err;
	arena_free(&work.arena);
	return ok;
}

static bool load_record(struct transfer *t, const struct item *item, struct record **record)
{
	if (!record_get(t->work, item->member.record, record))
		return false;
	return *record || err_set(&t->work->err, ERR_NOT_FOUND, "It was removed meanwhile");
}

static bool count_bytes(struct transfer *t, const struct record *record)
{
	t->copied += (int64_t)record->body.len;
	return t->copied <= COPY_MAX ||
	       err_set(&t->work->err, ERR_TOO_LARGE, "This is too much to be copied at once");
}

/* A record of its own, with the same body and properties; what was private stays with the old. */
static bool copy_member(struct transfer *t, const struct item *item, struct text name,
        const struct collection *into, bool checked)
{
	struct work *work = t->work;
	struct record *copy = arena_make(work->arena, struct record);
	struct record_put *put = arena_make(work->arena, struct record_put);
	struct record *record;

	if (!load_record(t, item, &record) || !count_bytes(t, record))
		return false;
	*copy = *record;
	copy->id = copy->revision = copy->created = 0;
	copy->private = TEXT_NONE;
	if (copy->blob && !blob_copy(work, record->blob, &copy->blob))
		return false;
	*put = (struct record_put){
		.record = copy,
		.name = name,
		.uid = item->member.uid,
		.tag = item->member.tag,
		.kind = kind_of(work->house, (enum kind_id)item->kind),
	};
	if (!make_rows(t, record, into, checked, &put->rows))
		return false;
	settle_later(t, &into->id, &copy->home);
	plan_put(t->plan, put);
	plan_prop_copy(t->plan, HOLDER_RECORD, record->id, &copy->id);
	if (checked)
		t->outcome->record = copy;
	return true;
}

static bool move_member(struct transfer *t, const struct kind *kind)
{
	const struct target *from = t->from;
	struct record_move *move = arena_make(t->work->arena, struct record_move);
	struct record *record;

	*move = (struct record_move){
		.from = from->collection->id,
		.to = t->into->id,
		.name = from->item->member.name,
		.new_name = t->to->name,
		.guard = from->item->member.revision,
		.kind = kind,
	};
	if (move->from != move->to && (!load_record(t, from->item, &record) ||
	                                      !make_rows(t, record, t->into, true, &move->rows)))
		return false;
	plan_move(t->plan, move);
	return true;
}

bool transfer_member(struct transfer *t)
{
	const struct item *item = t->from->item;
	const struct kind *kind = gate_kind(t->work, t->into);

	if (!check_kind(t, kind) || !check_uid(t, kind) || !check_quota(t, item->size))
		return false;
	if (t->is_move)
		return move_member(t, kind);
	return copy_member(t, item, t->to->name, t->into, true);
}

/* ---- collections ---- */

static bool copy_members(
        struct transfer *t, const struct collection *source, const struct collection *made)
{
	struct items items;
	struct text after = TEXT_NONE;
	struct scope scope;

	if (!scope_of_collection(t->work, source, PRIVILEGE_READ, &scope))
		return false;
	do {
		if (!member_list(t->work, &scope, after, false, PAGE, &items))
			return false;
		for (size_t i = 0; i < items.len; i++) {
			after = items.at[i].member.name;
			if (!copy_member(t, &items.at[i], after, made, false))
				return false;
		}
	} while (items.len == PAGE);
	return true;
}

/* As deep as folders nest, which paths bound (PATH_MAX_SEGMENTS). */
static bool copy_tree(struct transfer *t, const struct collection *source,
        const struct collection *parent, struct text name)
{
	struct collection *made = arena_make(t->work->arena, struct collection);
	struct collections children;

	*made = (struct collection){
		.owner = parent->owner,
		.type = source->type,
		.name = name,
		.components = source->components,
	};
	settle_later(t, &parent->id, &made->parent);
	plan_collection_make(t->plan, made);
	plan_prop_copy(t->plan, HOLDER_COLLECTION, source->id, &made->id);
	if (t->shallow)
		return true;
	if (place_holds_members(source) && !copy_members(t, source, made))
		return false;
	if (!collection_children(t->work, source->id, &children))
		return false;
	for (size_t i = 0; i < children.len; i++)
		if (!copy_tree(t, &children.at[i], made, children.at[i].name))
			return false;
	return true;
}

/* How deep collections nest below `c`, looking no further than `max`. */
static bool height_of(struct transfer *t, const struct collection *c, int max, int *height)
{
	struct collections children;
	int below;

	*height = 0;
	if (max == 0)
		return true;
	if (!collection_children(t->work, c->id, &children))
		return false;
	for (size_t i = 0; i < children.len; i++) {
		if (!height_of(t, &children.at[i], max - 1, &below))
			return false;
		if (below >= *height)
			*height = below + 1;
	}
	return true;
}

/* What lies deeper than a path may be long could never be reached again. */
static bool check_depth(struct transfer *t)
{
	/* area, owner, the collection itself, a member at the lowest level */
	enum { FIXED = 4 };
	struct collection *c = t->into;
	int depth = FIXED, height = 0;

	while (c && c->parent && depth < PATH_MAX_SEGMENTS) {
		if (!collection_get(t->work, c->parent, &c))
			return false;
		depth++;
	}
	if (!t->shallow && !height_of(t, t->from->collection, PATH_MAX_SEGMENTS, &height))
		return false;
	return depth + height <= PATH_MAX_SEGMENTS ||
	       err_set(&t->work->err, ERR_FORBIDDEN, "Folders would nest too deep");
}

bool transfer_collection(struct transfer *t)
{
	const struct collection *from = t->from->collection;
	int64_t bytes = 0, quota;

	if (!gate_location(t->work, t->into, from->type) || !check_depth(t))
		return false;
	if (!t->shallow && !collection_usage(t->work, from, &bytes, &quota))
		return false;
	if (!check_quota(t, bytes))
		return false;
	if (!t->is_move)
		return copy_tree(t, from, t->into, t->to->name);
	plan_collection_move(t->plan, from->id, t->into->id, t->to->name);
	return true;
}
