#include "wire/xml_out.h"

#include "base/vec.h"
#include "wire/xml_escape.h"
#include "wire/xml_in.h"

/* Every name in the three ways it is written, made by the compiler. */
#define PREFIX_DAV    "D"
#define PREFIX_CAL    "C"
#define PREFIX_CARD   "CR"
#define PREFIX_CS     "CS"
#define PREFIX_APPLE  "A"
#define PREFIX_ME     "ME"
#define PREFIX_KONTOR "K"

static const struct tag {
	struct text open, close, empty;
} TAGS[NAME_COUNT] = {
	{ TEXT_INIT(""), TEXT_INIT(""), TEXT_INIT("") },
#define NAME(ns, id, local) \
	{ TEXT_INIT("<" PREFIX_##ns ":" local ">"), TEXT_INIT("</" PREFIX_##ns ":" local ">"), \
		TEXT_INIT("<" PREFIX_##ns ":" local "/>") },
#include "wire/names.tbl.h"
#undef NAME
};

struct xml_out {
	struct buf *buf;
	struct arena *arena;
	/* End of the start tag just written, where an attribute may still go; 0 if there is none.
	 */
	size_t tag_end;
	VEC(uint16_t) open;
};

/* ---- the writer ---- */

struct xml_mark xml_mark(const struct xml_out *out)
{
	return (struct xml_mark){ out->buf->len, out->open.len };
}

void xml_undo(struct xml_out *out, struct xml_mark mark)
{
	assert(mark.len <= out->buf->len && mark.depth <= out->open.len);
	out->buf->len = mark.len;
	out->open.len = mark.depth;
	out->tag_end = 0;
}

struct xml_out *xml_out_new(struct arena *arena, struct buf *buf)
{
	struct xml_out *out = arena_make(arena, struct xml_out);

	out->buf = buf;
	out->arena = arena;
	return out;
}

void xml_out_on(struct xml_out *out, struct buf *buf)
{
	out->buf = buf;
	out->tag_end = 0;
}

static void opened(struct xml_out *out, enum name_id name)
{
	*vec_push(out->arena, &out->open) = (uint16_t)name;
	out->tag_end = out->buf->len;
}

static void closed(struct xml_out *out, enum name_id name)
{
	assert(out->open.len && out->open.at[out->open.len - 1] == name);
	out->open.len--;
	out->tag_end = 0;
}

void xml_root(struct xml_out *out, enum name_id name)
{
	struct text tag = TAGS[name].open;

	PUT(out->buf, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
	put(out->buf, tag.ptr, tag.len - 1);
	for (enum xml_ns ns = NS_DAV; ns < NS_XML; ns++) {
		PUT(out->buf, " xmlns:");
		put_text(out->buf, ns_prefix(ns));
		PUT(out->buf, "=\"");
		put_text(out->buf, ns_uri(ns));
		PUT(out->buf, "\"");
	}
	PUT(out->buf, ">");
	opened(out, name);
}

void xml_open(struct xml_out *out, enum name_id name)
{
	assert(name > NAME_UNKNOWN && name < NAME_COUNT);
	put_text(out->buf, TAGS[name].open);
	opened(out, name);
}

void xml_close(struct xml_out *out, enum name_id name)
{
	put_text(out->buf, TAGS[name].close);
	closed(out, name);
}

void xml_empty(struct xml_out *out, enum name_id name)
{
	assert(name > NAME_UNKNOWN && name < NAME_COUNT);
	put_text(out->buf, TAGS[name].empty);
	out->tag_end = 0;
}

void xml_text(struct xml_out *out, enum name_id name, struct text text)
{
	assert(name > NAME_UNKNOWN && name < NAME_COUNT);
	put_text(out->buf, TAGS[name].open);
	xml_escape(out->buf, text, XML_IN_TEXT);
	put_text(out->buf, TAGS[name].close);
	out->tag_end = 0;
}

void xml_int(struct xml_out *out, enum name_id name, int64_t value)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%lld", (long long)value);

	xml_text(out, name, (struct text){ digits, (size_t)len });
}

void xml_chars(struct xml_out *out, struct text text)
{
	xml_escape(out->buf, text, XML_IN_TEXT);
	out->tag_end = 0;
}

struct buf *xml_inside(struct xml_out *out)
{
	out->tag_end = 0;
	return out->buf;
}

void xml_dress(struct buf *buf, struct text text)
{
	xml_escape(buf, text, XML_IN_TEXT);
}

static void attr(struct buf *buf, struct text prefix, struct text name, struct text value)
{
	PUT(buf, " ");
	if (prefix.len) {
		put_text(buf, prefix);
		PUT(buf, ":");
	}
	put_text(buf, name);
	PUT(buf, "=\"");
	xml_escape(buf, value, XML_IN_ATTR);
	PUT(buf, "\"");
}

void xml_attr(struct xml_out *out, const char *name, struct text value)
{
	assert(out->tag_end && out->tag_end == out->buf->len);
	out->buf->len--; /* the '>' */
	attr(out->buf, TEXT_NONE, text_of(name), value);
	PUT(out->buf, ">");
	out->tag_end = out->buf->len;
}

/* "<prefix:local", with the namespace declared if the root has not done so. */
static void start_unknown(struct buf *buf, const struct xml_name *name)
{
	PUT(buf, "<");
	if (name->ns == NS_OTHER)
		PUT(buf, "x");
	else
		put_text(buf, ns_prefix(name->ns));
	if (name->ns != NS_NONE)
		PUT(buf, ":");
	put_text(buf, name->local);
	if (name->ns == NS_OTHER)
		attr(buf, TEXT("xmlns"), TEXT("x"), name->uri);
}

void xml_open_name(struct xml_out *out, const struct xml_name *name)
{
	if (name->id != NAME_UNKNOWN) {
		xml_open(out, name->id);
		return;
	}
	start_unknown(out->buf, name);
	PUT(out->buf, ">");
	opened(out, NAME_UNKNOWN);
}

void xml_close_name(struct xml_out *out, const struct xml_name *name)
{
	if (name->id != NAME_UNKNOWN) {
		xml_close(out, name->id);
		return;
	}
	PUT(out->buf, "</");
	if (name->ns == NS_OTHER)
		PUT(out->buf, "x");
	else
		put_text(out->buf, ns_prefix(name->ns));
	if (name->ns != NS_NONE)
		PUT(out->buf, ":");
	put_text(out->buf, name->local);
	PUT(out->buf, ">");
	closed(out, NAME_UNKNOWN);
}

void xml_empty_name(struct xml_out *out, const struct xml_name *name)
{
	if (name->id != NAME_UNKNOWN) {
		xml_empty(out, name->id);
		return;
	}
	start_unknown(out->buf, name);
	PUT(out->buf, "/>");
	out->tag_end = 0;
}

void xml_href(struct xml_out *out, struct text href)
{
	xml_text(out, DAV_href, href);
}

void xml_status(struct xml_out *out, int status)
{
	switch (status) { /* the two that fill answers */
	case 200: PUT(out->buf, "<D:status>HTTP/1.1 200 OK</D:status>"); break;
	case 404: PUT(out->buf, "<D:status>HTTP/1.1 404 Not Found</D:status>"); break;
	default:
		buf_printf(out->buf, "<D:status>HTTP/1.1 %d %s</D:status>", status,
		        http_reason(status));
	}
	out->tag_end = 0;
}

void xml_etag(struct xml_out *out, struct text etag)
{
	PUT(out->buf, "\"");
	xml_escape(out->buf, etag, XML_IN_TEXT);
	PUT(out->buf, "\"");
	out->tag_end = 0;
}

void xml_raw(struct xml_out *out, struct text xml)
{
	put_text(out->buf, xml);
	out->tag_end = 0;
}

/* ---- copying what was parsed ---- */

/* Namespace declarations in scope while copying, innermost last. What is copied stands for itself,
 * wherever it will be put: nothing outside counts but "no default namespace". */
struct binding {
	struct text prefix, uri;
};
struct copy {
	struct xml_out *out;
	VEC(struct binding) scope;
};

static bool bound(const struct copy *copy, struct text prefix, struct text uri)
{
	for (size_t i = copy->scope.len; i > 0; i--)
		if (text_eq(copy->scope.at[i - 1].prefix, prefix))
			return text_eq(copy->scope.at[i - 1].uri, uri);
	return !prefix.len && !uri.len;
}

static void bind(struct copy *copy, struct text prefix, struct text uri)
{
	if (bound(copy, prefix, uri))
		return;
	*vec_push(copy->out->arena, &copy->scope) = (struct binding){ prefix, uri };
	if (prefix.len)
		attr(copy->out->buf, TEXT("xmlns"), prefix, uri);
	else
		attr(copy->out->buf, TEXT_NONE, TEXT("xmlns"), uri);
}

static void put_name(struct buf *buf, struct text prefix, struct text local)
{
	put_text(buf, prefix);
	if (prefix.len)
		PUT(buf, ":");
	put_text(buf, local);
}

static const struct xml_attr *language(const struct xml_node *node)
{
	for (const struct xml_attr *at = node->attrs; at; at = at->next)
		if (at->name.ns == NS_XML && text_eq(at->name.local, TEXT("lang")))
			return at;
	return NULL;
}

/* RFC 4918 4.3: the xml:lang in scope is part of the value. */
static void inherit_language(struct copy *copy, const struct xml_node *node)
{
	const struct xml_attr *found = language(node);

	if (found)
		return; /* it says so itself */
	while (!found && (node = node->parent))
		found = language(node);
	if (found)
		attr(copy->out->buf, TEXT("xml"), TEXT("lang"), found->value);
}

static void copy_start(struct copy *copy, const struct xml_node *node)
{
	struct buf *buf = copy->out->buf;

	PUT(buf, "<");
	put_name(buf, node->prefix, node->name.local);
	bind(copy, node->prefix, node->name.uri);
	for (const struct xml_attr *at = node->attrs; at; at = at->next) {
		if (at->prefix.len && at->name.ns != NS_XML)
			bind(copy, at->prefix, at->name.uri);
		attr(buf, at->prefix, at->name.local, at->value);
	}
}

/* Depth is bounded by the parser's limit. */
static void copy_node(struct copy *copy, const struct xml_node *node, bool top)
{
	struct buf *buf = copy->out->buf;
	size_t scope = copy->scope.len;

	if (node->is_text) {
		xml_escape(buf, node->text, XML_IN_TEXT);
		return;
	}
	copy_start(copy, node);
	if (top)
		inherit_language(copy, node);
	if (!node->first) {
		PUT(buf, "/>");
	} else {
		PUT(buf, ">");
		for (const struct xml_node *child = node->first; child; child = child->next)
			copy_node(copy, child, false);
		PUT(buf, "</");
		put_name(buf, node->prefix, node->name.local);
		PUT(buf, ">");
	}
	copy->scope.len = scope;
}

void xml_copy(struct xml_out *out, const struct xml_node *node)
{
	struct copy copy = { .out = out };

	copy_node(&copy, node, true);
	out->tag_end = 0;
}

static const struct {
	int status;
	const char *reason;
} REASONS[] = {
	{ 200, "OK" },
	{ 201, "Created" },
	{ 202, "Accepted" },
	{ 204, "No Content" },
	{ 206, "Partial Content" },
	{ 207, "Multi-Status" },
	{ 301, "Moved Permanently" },
	{ 302, "Found" },
	{ 303, "See Other" },
	{ 304, "Not Modified" },
	{ 307, "Temporary Redirect" },
	{ 308, "Permanent Redirect" },
	{ 400, "Bad Request" },
	{ 401, "Unauthorized" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 406, "Not Acceptable" },
	{ 408, "Request Timeout" },
	{ 409, "Conflict" },
	{ 410, "Gone" },
	{ 411, "Length Required" },
	{ 412, "Precondition Failed" },
	{ 413, "Content Too Large" },
	{ 414, "URI Too Long" },
	{ 415, "Unsupported Media Type" },
	{ 416, "Range Not Satisfiable" },
	{ 417, "Expectation Failed" },
	{ 422, "Unprocessable Content" },
	{ 423, "Locked" },
	{ 424, "Failed Dependency" },
	{ 426, "Upgrade Required" },
	{ 428, "Precondition Required" },
	{ 429, "Too Many Requests" },
	{ 431, "Request Header Fields Too Large" },
	{ 500, "Internal Server Error" },
	{ 501, "Not Implemented" },
	{ 502, "Bad Gateway" },
	{ 503, "Service Unavailable" },
	{ 505, "HTTP Version Not Supported" },
	{ 507, "Insufficient Storage" },
};

const char *http_reason(int status)
{
	for (size_t i = 0; i < COUNT_OF(REASONS); i++)
		if (REASONS[i].status == status)
			return REASONS[i].reason;
	return "Unknown";
}
