#include "base/base.h"
#include "app/spot.h"
#include "people/login.h"
#include "store/prop.h"
#include "wire/xml_in.h"
#include "wire/xml_out.h"

static bool act_for(struct desk *desk, const struct principal *owner)
{
	struct who *who = arena_make(desk->work.arena, struct who);

	desk->work.who = who;
	return login_who(&desk->work, owner->id, owner->name, who);
}

bool spot_read(struct desk *desk, const char *word, struct spot *spot)
{
	struct arena *arena = desk->work.arena;
	struct text rest = text_of(word), piece;
	struct texts pieces = VEC_EMPTY;
	size_t first;

	while (text_split(&rest, '/', &piece))
		if (piece.len)
			*vec_push(arena, &pieces) = arena_text(arena, piece);
	*spot = (struct spot){ 0 };
	if (pieces.len > 1)
		spot->area = place_area_find(pieces.at[0]);
	first = spot->area ? 1 : 0;
	if (!pieces.len || pieces.len - first >= PATH_MAX_SEGMENTS)
		return err_set(&desk->work.err, ERR_BAD_REQUEST,
		        "\"%s\" is neither USER nor USER/COLLECTION", word);
	spot->names = pieces.at + first + 1;
	spot->names_len = pieces.len - first - 1;
	return desk_principal(desk, 0, pieces.at[first].ptr, &spot->owner) &&
	       act_for(desk, spot->owner);
}

bool spot_target(struct work *work, const struct place_area *area, struct text owner,
        const struct text *names, size_t names_len, struct target *at)
{
	struct path path = { .at = arena_array(work->arena, names_len + 2, sizeof(struct text)),
		.len = names_len + 2 };

	path.at[0] = area->segment;
	path.at[1] = owner;
	for (size_t i = 0; i < names_len; i++)
		path.at[i + 2] = names[i];
	return target_find(work, &path, false, at);
}

bool spot_find(struct desk *desk, struct spot *spot, struct target *at)
{
	for (size_t i = 0; i < PLACE_AREAS; i++) {
		const struct place_area *area = spot->area ? spot->area : &place_areas[i];

		if (!spot_target(
		            &desk->work, area, spot->owner->name, spot->names, spot->names_len, at))
			return false;
		if (at->is == TARGET_COLLECTION)
			spot->area = area;
		if (spot->area)
			break;
	}
	return true;
}

bool spot_collection(struct desk *desk, const char *word, struct spot *spot, struct target *at)
{
	if (!spot_read(desk, word, spot))
		return false;
	if (!spot->names_len && !spot->area)
		return err_set(
		        &desk->work.err, ERR_BAD_REQUEST, "\"%s\" names no collection", word);
	if (!spot_find(desk, spot, at))
		return false;
	return at->is == TARGET_COLLECTION ||
	       err_set(&desk->work.err, ERR_NOT_FOUND, "there is no collection \"%s\"", word);
}

bool spot_member(
        struct work *work, const struct target *collection, struct text name, struct target *at)
{
	struct path path = { .at = arena_array(
		                     work->arena, collection->path.len + 1, sizeof(struct text)),
		.len = collection->path.len + 1 };

	memcpy(path.at, collection->path.at, collection->path.len * sizeof(struct text));
	path.at[path.len - 1] = name;
	return target_find(work, &path, false, at);
}

const struct place_area *spot_area(enum collection_type home)
{
	for (size_t i = 0; i < PLACE_AREAS; i++)
		if (place_areas[i].home == home)
			return &place_areas[i];
	return NULL;
}

/* The element, inside a root that declares every prefix we write. */
static bool parse_element(struct work *work, struct text xml, const struct xml_node **element)
{
	static const struct xml_limits LIMITS = { 1 << 20, 10000, 32, 16384 };
	struct xml_node *root;
	struct xml_out *out;
	struct buf buf;

	buf_init(&buf, work->arena);
	out = xml_out_new(work->arena, &buf);
	xml_root(out, DAV_prop);
	xml_raw(out, xml);
	xml_close(out, DAV_prop);
	if (!xml_parse(work->arena, &work->err, &LIMITS, buf_text(&buf), &root))
		return false;
	*element = xml_first(root);
	return true;
}

bool spot_text(struct work *work, const struct collection *c, enum name_id name, struct text *text)
{
	struct xml_name full = name_of(name);
	const struct xml_node *element = NULL;
	struct text value;

	if (!prop_get(work, HOLDER_COLLECTION, c->id, full.uri, full.local, &value) ||
	        (value.ptr && !parse_element(work, value, &element)))
		return false;
	*text = element ? element->text : TEXT_NONE;
	return true;
}

bool spot_xml(struct work *work, struct text xml, struct props *props)
{
	const struct xml_node *element;
	struct prop *prop;
	struct buf buf;

	if (!parse_element(work, xml, &element))
		return false;
	if (!element)
		return true;
	prop = vec_push(work->arena, props);
	prop->ns = element->name.uri;
	prop->name = element->name.local;
	buf_init(&buf, work->arena);
	xml_copy(xml_out_new(work->arena, &buf), element);
	prop->value = buf_text(&buf);
	return true;
}

bool spot_prop(struct work *work, enum name_id name, const char *text, struct props *props)
{
	struct buf buf;

	if (!text || !text[0])
		return true;
	buf_init(&buf, work->arena);
	xml_text(xml_out_new(work->arena, &buf), name, text_of(text));
	return spot_xml(work, buf_text(&buf), props);
}
