#include "../fake_call.h"

#include "wire/xml_escape.h"
#include "wire/xml_in.h"
#include "wire/xml_out.h"

static const struct xml_limits LIMITS = { 2 << 20, 100000, 32, 16 << 10 };
static struct buf buf;

static struct xml_out *fresh(void)
{
	buf_init(&buf, arena);
	return xml_out_new(arena, &buf);
}

static struct xml_node *parse(struct text body)
{
	struct xml_node *root = NULL;
	struct err err = { 0 };

	if (!xml_parse(arena, &err, &LIMITS, body, &root))
		fail_msg("%s: %s", err.detail, arena_cstr(arena, body));
	return root;
}

static void a_multistatus_is_written(void UNUSED **state)
{
	struct xml_out *out = fresh();

	xml_open(out, DAV_response);
	xml_href(out, TEXT("/a/&b/"));
	xml_open(out, DAV_propstat);
	xml_open(out, DAV_prop);
	xml_text(out, DAV_displayname, TEXT("A <b>"));
	xml_int(out, DAV_getcontentlength, -42);
	xml_empty(out, CAL_calendar);
	xml_open(out, DAV_getetag);
	xml_etag(out, TEXT("e<1"));
	xml_close(out, DAV_getetag);
	xml_close(out, DAV_prop);
	xml_status(out, 200);
	xml_close(out, DAV_propstat);
	xml_status(out, 507);
	xml_close(out, DAV_response);
	assert_text(buf_text(&buf),
	        "<D:response><D:href>/a/&amp;b/</D:href><D:propstat><D:prop>"
	        "<D:displayname>A &lt;b&gt;</D:displayname>"
	        "<D:getcontentlength>-42</D:getcontentlength><C:calendar/>"
	        "<D:getetag>\"e&lt;1\"</D:getetag></D:prop>"
	        "<D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
	        "<D:status>HTTP/1.1 507 Insufficient Storage</D:status></D:response>");
}

static void the_root_declares_every_namespace_we_write(void UNUSED **state)
{
	struct xml_out *out = fresh();
	struct xml_node *root, *child;

	xml_root(out, DAV_multistatus);
	for (unsigned id = NAME_UNKNOWN + 1; id < NAME_COUNT; id++) {
		xml_open(out, id);
		xml_close(out, id);
		xml_empty(out, id);
	}
	xml_close(out, DAV_multistatus);
	root = parse(buf_text(&buf));
	assert_int_equal(root->name.id, DAV_multistatus);
	child = root->first;
	for (unsigned id = NAME_UNKNOWN + 1; id < NAME_COUNT; id++) {
		assert_int_equal(child->name.id, id);
		child = child->next;
		assert_int_equal(child->name.id, id);
		child = child->next;
	}
	assert_null(child);
}

static void what_xml_cannot_carry_is_left_out(void UNUSED **state)
{
	struct xml_out *out = fresh();
	struct text evil =
	        TEXT("a\0b\x01\x1f\x7f\xef\xbf\xbe\xef\xbf\xbf\xed\xa0\x80\xff\xc3z\xf4\x90"
	             "\x80\x80\xc0\x80\xe0\x80\x80\xf0\x80\x80\x80\xc3");

	xml_text(out, DAV_displayname, evil);
	assert_text(buf_text(&buf), "<D:displayname>ab\x7fz</D:displayname>");
}

static void every_letter_xml_can_carry_comes_back(void UNUSED **state)
{
	static const char ALL[] = "\t\n\r <>&\"'\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf"
	                          "\xee\x80\x80\xef\xbf\xbd\xf0\x90\x80\x80\xf4\x8f\xbf\xbf]]>";
	struct xml_out *out = fresh();
	struct xml_node *root;

	xml_root(out, DAV_error);
	xml_open(out, DAV_href);
	xml_attr(out, "a", text_of(ALL));
	xml_chars(out, text_of(ALL));
	xml_close(out, DAV_href);
	xml_close(out, DAV_error);
	root = parse(buf_text(&buf));
	assert_text(root->first->text, ALL);
	assert_text(xml_attr_value(root->first, "a"), ALL);
	assert_int_equal(text_find(buf_text(&buf), TEXT("]]>")), -1);
}

static const struct {
	const char *sent, *in_text, *in_attribute;
} ESCAPES[] = {
	{ "<", "&lt;", "&lt;" },
	{ ">", "&gt;", "&gt;" },
	{ "&", "&amp;", "&amp;" },
	{ "\"", "\"", "&quot;" },
	{ "\t", "\t", "&#9;" },
	{ "\n", "\n", "&#10;" },
	{ "\r", "&#13;", "&#13;" },
	{ "\x01", "", "" },
	{ "\x1f", "", "" },
	{ "\xff", "", "" },
	{ "\xc3\xa4", "\xc3\xa4", "\xc3\xa4" },
	{ "~", "~", "~" },
	{ " ", " ", " " },
};

static const char *with(const char *text, size_t before, const char *piece, size_t after)
{
	return arena_printf(arena, "%.*s%s%.*s", (int)before, text, piece, (int)after, text).ptr;
}

/* Long text is looked at in blocks: what is special is found wherever it stands. */
static void escapes_are_made_at_every_place(void UNUSED **state)
{
	static const char PLAIN[] = "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnop";
	struct buf got;

	for (size_t i = 0; i < COUNT_OF(ESCAPES); i++)
		for (size_t before = 0; before < 50; before++)
			for (size_t after = 0; after < 50; after += 7) {
				struct text sent =
				        text_of(with(PLAIN, before, ESCAPES[i].sent, after));

				buf_init(&got, arena);
				xml_escape(&got, sent, XML_IN_TEXT);
				assert_text(buf_text(&got),
				        with(PLAIN, before, ESCAPES[i].in_text, after));
				buf_init(&got, arena);
				xml_escape(&got, sent, XML_IN_ATTR);
				assert_text(buf_text(&got),
				        with(PLAIN, before, ESCAPES[i].in_attribute, after));
			}
}

static void attributes_follow_the_start_tag(void UNUSED **state)
{
	struct xml_out *out = fresh();

	xml_open(out, CAL_comp);
	xml_attr(out, "name", TEXT("VEVENT\"<&>\n"));
	xml_attr(out, "b", TEXT(""));
	xml_close(out, CAL_comp);
	assert_text(
	        buf_text(&buf), "<C:comp name=\"VEVENT&quot;&lt;&amp;&gt;&#10;\" b=\"\"></C:comp>");
}

static void unknown_names_declare_their_namespace(void UNUSED **state)
{
	struct xml_out *out = fresh();
	struct xml_name other = name_find(TEXT("http://example.com/?a&b"), TEXT("x"));
	struct xml_name dav = name_find(TEXT("DAV:"), TEXT("odd"));
	struct xml_name none = name_find(TEXT(""), TEXT("bare"));
	struct xml_name known = name_of(DAV_owner);

	xml_open_name(out, &other);
	xml_empty_name(out, &dav);
	xml_open_name(out, &none);
	xml_empty_name(out, &other);
	xml_close_name(out, &none);
	xml_open_name(out, &known);
	xml_close_name(out, &known);
	xml_empty_name(out, &known);
	xml_close_name(out, &other);
	assert_text(buf_text(&buf),
	        "<x:x xmlns:x=\"http://example.com/?a&amp;b\"><D:odd/><bare>"
	        "<x:x xmlns:x=\"http://example.com/?a&amp;b\"/></bare><D:owner></D:owner>"
	        "<D:owner/></x:x>");
}

static void a_writer_can_change_its_buffer(void UNUSED **state)
{
	struct xml_out *out = fresh();
	struct buf second;

	buf_init(&second, arena);
	xml_open(out, DAV_prop);
	xml_out_on(out, &second);
	xml_empty(out, DAV_owner);
	xml_raw(out, TEXT("<raw/>"));
	xml_close(out, DAV_prop);
	assert_text(buf_text(&buf), "<D:prop>");
	assert_text(buf_text(&second), "<D:owner/><raw/></D:prop>");
}

static const char *copied(const char *body)
{
	struct xml_out *out = fresh();

	xml_copy(out, xml_first(parse(text_of(body))));
	return arena_cstr(arena, buf_text(&buf));
}

static void a_copy_stands_for_itself(void UNUSED **state)
{
	assert_string_equal(copied("<prop xmlns='DAV:' xmlns:z='urn:z'><z:a b='1'>x &amp; y"
	                           "<c/><z:d z:e='&lt;'/> </z:a></prop>"),
	        "<z:a xmlns:z=\"urn:z\" b=\"1\">x &amp; y<c xmlns=\"DAV:\"/>"
	        "<z:d z:e=\"&lt;\"/> </z:a>");
	assert_string_equal(copied("<p xmlns:D='DAV:'><D:a><b xmlns='urn:b'><c xmlns=''/></b>"
	                           "<b/></D:a></p>"),
	        "<D:a xmlns:D=\"DAV:\"><b xmlns=\"urn:b\"><c xmlns=\"\"/></b><b/></D:a>");
}

static void a_prefix_that_changes_its_meaning_is_declared_anew(void UNUSED **state)
{
	const char *copy = copied("<p><x:a xmlns:x='urn:1'><x:b xmlns:x='urn:2'><x:c/></x:b><x:d/>"
	                          "</x:a></p>");
	struct xml_node *a;

	assert_string_equal(copy, "<x:a xmlns:x=\"urn:1\"><x:b xmlns:x=\"urn:2\"><x:c/></x:b>"
	                          "<x:d/></x:a>");
	a = parse(text_of(copy));
	assert_text(a->first->name.uri, "urn:2");
	assert_text(a->first->next->name.uri, "urn:1");
}

static void the_language_in_scope_is_copied(void UNUSED **state)
{
	assert_string_equal(copied("<p xml:lang='de'><a>x</a></p>"), "<a xml:lang=\"de\">x</a>");
	assert_string_equal(copied("<p xml:lang='de'><a xml:lang='fr'><b xml:lang='en'/></a></p>"),
	        "<a xml:lang=\"fr\"><b xml:lang=\"en\"/></a>");
}

static void statuses_have_reasons(void UNUSED **state)
{
	assert_string_equal(http_reason(200), "OK");
	assert_string_equal(http_reason(207), "Multi-Status");
	assert_string_equal(http_reason(599), "Unknown");
	for (int id = ERR_NONE + 1; id < ERR_COUNT; id++)
		assert_string_not_equal(http_reason(err_row(id)->status), "Unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_multistatus_is_written),
		CLAIM(the_root_declares_every_namespace_we_write),
		CLAIM(what_xml_cannot_carry_is_left_out),
		CLAIM(every_letter_xml_can_carry_comes_back),
		CLAIM(escapes_are_made_at_every_place),
		CLAIM(attributes_follow_the_start_tag),
		CLAIM(unknown_names_declare_their_namespace),
		CLAIM(a_writer_can_change_its_buffer),
		CLAIM(a_copy_stands_for_itself),
		CLAIM(a_prefix_that_changes_its_meaning_is_declared_anew),
		CLAIM(the_language_in_scope_is_copied),
		CLAIM(statuses_have_reasons),
	};

	xml_in_setup();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
