/* Claims: a parsed body can be copied, the copy parses, says the same, and copies to the same. */
#include "fuzz.h"
#include "base/str.h"
#include "wire/xml_in.h"
#include "wire/xml_out.h"

static const struct xml_limits LIMITS = { 64 << 10, 5000, 32, 4096 };
/* A copy is longer: what was short by prefixes is declared, letters are escaped. */
static const struct xml_limits COPY_LIMITS = { 8 << 20, 5000, 32, 8 << 20 };

static void same(const struct xml_node *a, const struct xml_node *b)
{
	const struct xml_attr *x = a->attrs, *y = b->attrs;

	FUZZ_CLAIM(name_eq(&a->name, &b->name));
	FUZZ_CLAIM(text_eq(a->text, b->text));
	FUZZ_CLAIM(a->is_text == b->is_text);
	for (; x && y; x = x->next, y = y->next) {
		FUZZ_CLAIM(name_eq(&x->name, &y->name));
		FUZZ_CLAIM(text_eq(x->value, y->value));
	}
	FUZZ_CLAIM(!x && !y);
	a = a->first;
	b = b->first;
	for (; a && b; a = a->next, b = b->next)
		same(a, b);
	FUZZ_CLAIM(!a && !b);
}

static struct text copy_of(struct arena *arena, const struct xml_node *node)
{
	struct buf buf;

	buf_init(&buf, arena);
	xml_copy(xml_out_new(arena, &buf), node);
	return buf_text(&buf);
}

static void walk(const struct xml_node *node)
{
	FUZZ_CLAIM(text_is_utf8(node->text) && text_find_char(node->text, '\0') < 0);
	FUZZ_CLAIM(!xml_attr_value(node, "name").len || node->attrs);
	for (const struct xml_node *child = xml_first(node); child; child = xml_next(child)) {
		FUZZ_CLAIM(child->parent == node && !child->is_text);
		FUZZ_CLAIM(xml_child(node, child->name.id));
		walk(child);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct text body = { (const char *)data, size };
	struct err err = { 0 };
	struct xml_node *root, *again;
	struct text copy;

	if (xml_parse(arena, &err, &LIMITS, body, &root)) {
		walk(root);
		copy = copy_of(arena, root);
		FUZZ_CLAIM(xml_parse(arena, &err, &COPY_LIMITS, copy, &again));
		same(root, again);
		FUZZ_CLAIM(text_eq(copy, copy_of(arena, again)));
	} else {
		FUZZ_CLAIM(err_is_set(&err));
	}
	arena_free(&arena);
	return 0;
}
