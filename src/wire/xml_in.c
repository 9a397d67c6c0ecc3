#include "wire/xml_in.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <pthread.h>

#include "base/str.h"

/* One parse under way. */
struct parse {
	struct arena *arena;
	struct err *err;
	const struct xml_limits *limits;
	xmlParserCtxtPtr ctxt;
	struct xml_node *root, *at;
	struct buf chars; /* character data since the last tag */
	size_t elements, depth;
	size_t unknown; /* how many open elements have names we do not know */
	/* The last namespace seen: libxml2 interns URIs, so the pointer tells. */
	const xmlChar *uri_ptr;
	enum xml_ns ns;
	struct text uri;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t spare; /* this thread's parser, kept from one request to the next */

/* ---- before parsing: one linear scan ----
 * libxml2 takes quadratic time for the attributes of one tag, before any callback sees them; and no
 * DOCTYPE shall come near it. */

static bool too_large(struct err *err, const char *what)
{
	return err_set(err, ERR_TOO_LARGE, "the XML body has %s", what);
}

static bool bad(struct err *err, const char *what)
{
	return err_set(err, ERR_BAD_XML, "%s", what);
}

/* Skips to behind `end`, which must come. */
static bool skip(struct text *rest, size_t start, struct text end)
{
	struct text inside = text_from(*rest, start);
	ptrdiff_t at = text_find(inside, end);

	if (at < 0)
		return false;
	*rest = text_from(inside, (size_t)at + end.len);
	return true;
}

/* `rest` begins with "<" and is a start or end tag: '>' may stand inside quotes. */
static bool skip_tag(struct text *rest, size_t limit, struct err *err)
{
	char quote = 0;

	for (size_t i = 1; i < rest->len; i++) {
		char c = rest->ptr[i];

		if (i > limit)
			return too_large(err, "a tag that is too long");
		if (quote) {
			if (c == quote)
				quote = 0;
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (c == '>') {
			*rest = text_from(*rest, i + 1);
			return true;
		}
	}
	return bad(err, "a tag does not end");
}

static bool skip_markup(struct text *rest, size_t limit, struct err *err)
{
	bool ends;

	if (text_starts(*rest, TEXT("<!--")))
		ends = skip(rest, 4, TEXT("-->"));
	else if (text_starts(*rest, TEXT("<![CDATA[")))
		ends = skip(rest, 9, TEXT("]]>"));
	else if (text_starts(*rest, TEXT("<?")))
		ends = skip(rest, 2, TEXT("?>"));
	else if (text_starts(*rest, TEXT("<!DOCTYPE")))
		return err_set(err, ERR_NO_EXTERNAL_ENTITIES, "the body has a DOCTYPE");
	else if (text_starts(*rest, TEXT("<!")))
		return bad(err, "there is a declaration in the body");
	else
		return skip_tag(rest, limit, err);
	return ends || bad(err, "a comment, CDATA section or instruction does not end");
}

/* What the XML declaration says must be what we take: UTF-8. */
static bool encoding_ok(struct text body)
{
	ptrdiff_t end = text_find(body, TEXT("?>"));
	struct text declaration, value;
	ptrdiff_t at;

	if (text_starts(body, TEXT("\xef\xbb\xbf")))
		body = text_from(body, 3);
	if (!text_starts(body, TEXT("<?xml")) || end < 0)
		return true;
	declaration = text_sub(body, 0, (size_t)end);
	at = text_find(declaration, TEXT("encoding"));
	if (at < 0)
		return true;
	value = text_trim(text_from(declaration, (size_t)at + strlen("encoding")));
	if (!text_starts(value, TEXT("=")))
		return false;
	value = text_trim(text_from(value, 1));
	return text_starts_nocase(text_from(value, 1), TEXT("utf-8")) ||
	       text_starts_nocase(text_from(value, 1), TEXT("us-ascii"));
}

static bool scan(struct text body, const struct xml_limits *limits, struct err *err)
{
	struct text rest = body;
	ptrdiff_t at;

	if (body.len > limits->size || body.len > INT32_MAX)
		return too_large(err, "too many bytes");
	if (text_find_char(body, '\0') >= 0 || !text_is_utf8(body))
		return bad(err, "the body is not UTF-8");
	if (!encoding_ok(body))
		return bad(err, "only UTF-8 is understood");
	while ((at = text_find_char(rest, '<')) >= 0) {
		rest = text_from(rest, (size_t)at);
		if (!skip_markup(&rest, limits->tag, err))
			return false;
	}
	return true;
}

/* ---- the callbacks: a tree in the arena ---- */

static struct text text_of_xml(const xmlChar *cstr)
{
	return text_of((const char *)cstr);
}

/* A copy. In SAX mode libxml2 leaves '&' in attribute values, and so in namespaces, as "&#38;", and
 * only that. */
static struct text unescaped(struct arena *arena, struct text raw)
{
	char *copy = arena_cstr(arena, raw);
	size_t len = 0;

	if (text_find_char(raw, '&') < 0)
		return (struct text){ copy, raw.len };
	for (size_t i = 0; i < raw.len; i++) {
		copy[len++] = raw.ptr[i];
		if (text_starts(text_from(raw, i), TEXT("&#38;")))
			i += strlen("#38;");
	}
	return (struct text){ copy, len };
}

static void look_up(struct parse *p, const xmlChar *uri, struct xml_name *name, struct text local)
{
	if (uri != p->uri_ptr || !uri) {
		p->uri_ptr = uri;
		p->ns = ns_of(text_of_xml(uri));
		p->uri = p->ns == NS_OTHER ? unescaped(p->arena, text_of_xml(uri)) : ns_uri(p->ns);
	}
	name->id = name_id_of(p->ns, local);
	if (name->id != NAME_UNKNOWN)
		*name = name_of(name->id);
	else
		*name = (struct xml_name){ NAME_UNKNOWN, p->ns, p->uri,
			arena_text(p->arena, local) };
}

static void append(struct parse *p, struct xml_node *node)
{
	struct xml_node *parent = p->at;

	node->parent = parent;
	if (!parent)
		return;
	if (parent->last)
		parent->last->next = node;
	else
		parent->first = node;
	parent->last = node;
}

/* White space that only lays out the children of an element we know. */
static bool is_layout(const struct parse *p, bool child_follows)
{
	if (p->unknown || (!child_follows && !p->at->first))
		return false;
	for (size_t i = 0; i < p->chars.len; i++) {
		char c = p->chars.ptr[i];

		if (c != ' ' && c != '\t' && c != '\n')
			return false;
	}
	return true;
}

static void end_chars(struct parse *p, bool child_follows)
{
	if (!p->chars.len)
		return;
	if (p->at && !is_layout(p, child_follows)) {
		struct xml_node *node = arena_make(p->arena, struct xml_node);

		node->is_text = true;
		node->text = arena_text(p->arena, (struct text){ p->chars.ptr, p->chars.len });
		append(p, node);
	}
	p->chars.len = 0;
}

/* `attrs`: five pointers each: local name, prefix, URI, value, end of value. */
static struct xml_attr *read_attrs(struct parse *p, int count, const xmlChar **attrs)
{
	struct xml_attr *first = NULL, **last = &first;

	for (; count > 0; count--, attrs += 5) {
		struct xml_attr *attr = arena_make(p->arena, struct xml_attr);
		struct text uri = text_of_xml(attrs[2]);

		attr->name.ns = ns_of(uri);
		attr->name.uri = attr->name.ns == NS_OTHER ? unescaped(p->arena, uri)
		                                           : ns_uri(attr->name.ns);
		attr->name.local = arena_text(p->arena, text_of_xml(attrs[0]));
		attr->prefix = arena_text(p->arena, text_of_xml(attrs[1]));
		attr->value = unescaped(p->arena,
		        (struct text){ (const char *)attrs[3], (size_t)(attrs[4] - attrs[3]) });
		*last = attr;
		last = &attr->next;
	}
	return first;
}

static void stop(struct parse *p)
{
	xmlStopParser(p->ctxt);
}

static void on_start(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
        int UNUSED namespaces, const xmlChar UNUSED **declared, int attr_count,
        int UNUSED defaulted, const xmlChar **attrs)
{
	struct parse *p = data;
	struct xml_node *node;

	if (err_is_set(p->err))
		return;
	if (++p->elements > p->limits->elements || ++p->depth > p->limits->depth) {
		too_large(p->err, "too many elements, or too many inside each other");
		stop(p);
		return;
	}
	end_chars(p, true);
	node = arena_make(p->arena, struct xml_node);
	look_up(p, uri, &node->name, text_of_xml(local));
	if (prefix)
		node->prefix = arena_text(p->arena, text_of_xml(prefix));
	node->attrs = read_attrs(p, attr_count, attrs);
	append(p, node);
	if (node->name.id == NAME_UNKNOWN)
		p->unknown++;
	if (!p->root)
		p->root = node;
	p->at = node;
}

/* All character data directly inside `node`: mostly one piece. */
static struct text joined(struct parse *p, const struct xml_node *node)
{
	struct text only = TEXT_NONE;
	size_t pieces = 0;
	struct buf all;

	for (const struct xml_node *child = node->first; child; child = child->next) {
		if (!child->is_text)
			continue;
		only = child->text;
		pieces++;
	}
	if (pieces < 2)
		return only;
	buf_init(&all, p->arena);
	for (const struct xml_node *child = node->first; child; child = child->next)
		if (child->is_text)
			buf_add(&all, child->text);
	return buf_text(&all);
}

static void on_end(void *data, const xmlChar UNUSED *local, const xmlChar UNUSED *prefix,
        const xmlChar UNUSED *uri)
{
	struct parse *p = data;

	if (err_is_set(p->err) || !p->at)
		return;
	end_chars(p, false);
	p->at->text = joined(p, p->at);
	if (p->at->name.id == NAME_UNKNOWN)
		p->unknown--;
	p->depth--;
	p->at = p->at->parent;
}

static void on_chars(void *data, const xmlChar *chars, int len)
{
	struct parse *p = data;

	if (!err_is_set(p->err))
		buf_add(&p->chars, (struct text){ (const char *)chars, (size_t)len });
}

static void on_doctype(void *data, const xmlChar UNUSED *name, const xmlChar UNUSED *external,
        const xmlChar UNUSED *system)
{
	struct parse *p = data;

	err_set(p->err, ERR_NO_EXTERNAL_ENTITIES, "the body has a DOCTYPE");
	stop(p);
}

static void on_error(void *data, xmlErrorPtr error)
{
	struct parse *p = data;

	/* A namespace name that is no URI is only odd (RFC 4918 17 lets people be odd). */
	if (error->level < XML_ERR_ERROR || error->code == XML_WAR_NS_URI)
		return;
	err_set(p->err, ERR_BAD_XML, "line %d: %s", error->line,
	        error->message ? error->message : "not well-formed");
	stop(p);
}

/* ---- parsing ---- */

static void free_spare(void *ctxt)
{
	xmlFreeParserCtxt(ctxt);
}

static void ignore(void UNUSED *data, const char UNUSED *format, ...) {}

static void setup(void)
{
	xmlInitParser();
	xmlSetGenericErrorFunc(NULL, ignore);
	if (pthread_key_create(&spare, free_spare))
		abort();
}

void xml_in_setup(void)
{
	pthread_once(&once, setup);
}

static xmlParserCtxtPtr new_ctxt(void)
{
	xmlParserCtxtPtr ctxt = xmlNewParserCtxt();

	if (!ctxt)
		abort();
	memset(ctxt->sax, 0, sizeof(*ctxt->sax));
	ctxt->sax->initialized = XML_SAX2_MAGIC;
	ctxt->sax->startElementNs = on_start;
	ctxt->sax->endElementNs = on_end;
	ctxt->sax->characters = on_chars;
	ctxt->sax->ignorableWhitespace = on_chars;
	ctxt->sax->cdataBlock = on_chars;
	ctxt->sax->internalSubset = on_doctype;
	ctxt->sax->serror = on_error;
	return ctxt;
}

/* The parser of this thread; while it is in use nobody else may find it. */
static xmlParserCtxtPtr take_ctxt(void)
{
	xmlParserCtxtPtr ctxt;

	xml_in_setup();
	ctxt = pthread_getspecific(spare);
	return ctxt ? ctxt : new_ctxt();
}

/* Its dictionary keeps every name it ever saw: strange names must not pile up. */
static void give_ctxt(xmlParserCtxtPtr ctxt)
{
	enum { DICT_MAX = 1000 };

	if (xmlDictSize(ctxt->dict) > DICT_MAX) {
		xmlFreeParserCtxt(ctxt);
		ctxt = NULL;
	} else {
		xmlCtxtReset(ctxt);
	}
	pthread_setspecific(spare, ctxt);
}

bool xml_parse(struct arena *arena, struct err *err, const struct xml_limits *limits,
        struct text body, struct xml_node **root)
{
	struct parse p = { .arena = arena, .err = err, .limits = limits };
	bool well_formed;

	assert(!err_is_set(err));
	if (!scan(body, limits, err))
		return false;
	buf_init(&p.chars, arena);
	p.ctxt = take_ctxt();
	p.ctxt->userData = &p;
	xmlCtxtReadMemory(p.ctxt, body.ptr ? body.ptr : "", (int)body.len, NULL, NULL,
	        XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_COMPACT);
	well_formed = p.ctxt->wellFormed;
	p.ctxt->userData = NULL;
	give_ctxt(p.ctxt);
	if (err_is_set(err))
		return false;
	if (!well_formed || !p.root)
		return bad(err, "the body is not well-formed XML");
	*root = p.root;
	return true;
}

/* ---- walking ---- */

static const struct xml_node *element(const struct xml_node *node)
{
	while (node && node->is_text)
		node = node->next;
	return node;
}

const struct xml_node *xml_first(const struct xml_node *node)
{
	return node ? element(node->first) : NULL;
}

const struct xml_node *xml_next(const struct xml_node *node)
{
	return node ? element(node->next) : NULL;
}

static const struct xml_node *named(const struct xml_node *node, enum name_id name)
{
	while (node && (node->is_text || node->name.id != name))
		node = node->next;
	return node;
}

const struct xml_node *xml_child(const struct xml_node *node, enum name_id name)
{
	return node ? named(node->first, name) : NULL;
}

const struct xml_node *xml_again(const struct xml_node *node, enum name_id name)
{
	return node ? named(node->next, name) : NULL;
}

struct text xml_attr_value(const struct xml_node *node, const char *name)
{
	struct text wanted = text_of(name);

	if (!node)
		return TEXT_NONE;
	for (const struct xml_attr *at = node->attrs; at; at = at->next)
		if (at->name.ns == NS_NONE && text_eq(at->name.local, wanted))
			return at->value;
	return TEXT_NONE;
}
