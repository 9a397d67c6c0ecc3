#include "../fake_call.h"
#include "../cpu.h"

#include "wire/xml_in.h"

static const struct xml_limits LIMITS = { 2 << 20, 100000, 32, 16 << 10 };
static struct err err;

static struct xml_node *parse(struct text body)
{
	struct xml_node *root = NULL;

	err_clear(&err);
	if (!xml_parse(arena, &err, &LIMITS, body, &root)) {
		assert_true(err_is_set(&err));
		return NULL;
	}
	assert_non_null(root);
	return root;
}

static void refused(const char *body, enum err_id id)
{
	if (parse(text_of(body)) || err.id != id)
		fail_msg("error %d for %.100s", err.id, body);
}

static struct text repeat(const char *before, const char *piece, int times, const char *after)
{
	struct buf buf;

	buf_init(&buf, arena);
	buf_add(&buf, text_of(before));
	for (int i = 0; i < times; i++)
		buf_add(&buf, text_of(piece));
	buf_add(&buf, text_of(after));
	return buf_text(&buf);
}

/* ---- what is understood ---- */

static void a_propfind_becomes_a_tree(void UNUSED **state)
{
	struct xml_node *root = parse(TEXT("<?xml version=\"1.0\" encoding=\"utf-8\" ?>\n"
	                                   "<d:propfind xmlns:d=\"DAV:\">\n  <d:prop>\n"
	                                   "    <d:getetag/>\n    <d:resourcetype/>\n"
	                                   "  </d:prop>\n</d:propfind>\n"));
	const struct xml_node *prop = xml_child(root, DAV_prop);
	const struct xml_node *asked = xml_first(prop);

	assert_int_equal(root->name.id, DAV_propfind);
	assert_int_equal(asked->name.id, DAV_getetag);
	asked = xml_next(asked);
	assert_int_equal(asked->name.id, DAV_resourcetype);
	assert_ptr_equal(asked->parent, prop);
	assert_null(xml_next(asked));
	assert_null(xml_first(asked));
	assert_null(xml_child(root, DAV_allprop));
}

static void prefixes_do_not_matter(void UNUSED **state)
{
	/* Apple declares each element's namespace on it; DAVx5 has DAV: as the default one. */
	struct xml_node *apple = parse(TEXT("<A:propfind xmlns:A='DAV:'><A:prop>"
	                                    "<B:getctag xmlns:B='http://calendarserver.org/ns/'/>"
	                                    "<B:max-image-size "
	                                    "xmlns:B='urn:ietf:params:xml:ns:carddav'/>"
	                                    "</A:prop></A:propfind>"));
	struct xml_node *plain = parse(TEXT("<propfind xmlns='DAV:'><prop><CAL:calendar-data "
	                                    "xmlns:CAL='urn:ietf:params:xml:ns:caldav'/></prop>"
	                                    "</propfind>"));
	const struct xml_node *asked = xml_first(xml_child(apple, DAV_prop));

	assert_int_equal(asked->name.id, CS_getctag);
	assert_int_equal(xml_next(asked)->name.id, CARD_max_image_size);
	assert_int_equal(xml_first(xml_child(plain, DAV_prop))->name.id, CAL_calendar_data);
}

static void names_we_do_not_know_are_kept_with_their_namespace(void UNUSED **state)
{
	struct xml_node *root = parse(TEXT("<x:a xmlns:x='http://example.com/x'><b xmlns=''/>"
	                                   "<c xmlns='DAV:'/></x:a>"));
	const struct xml_node *child = xml_first(root);

	assert_int_equal(root->name.id, NAME_UNKNOWN);
	assert_int_equal(root->name.ns, NS_OTHER);
	assert_text(root->name.uri, "http://example.com/x");
	assert_text(root->name.local, "a");
	assert_text(root->prefix, "x");
	assert_int_equal(child->name.ns, NS_NONE);
	assert_text(child->name.local, "b");
	assert_int_equal(xml_next(child)->name.ns, NS_DAV);
}

static void a_namespace_may_hold_an_ampersand(void UNUSED **state)
{
	struct xml_node *root = parse(TEXT("<x:a xmlns:x='http://h/?a&amp;b' x:c=''/>"));

	assert_text(root->name.uri, "http://h/?a&b");
	assert_text(root->attrs->name.uri, "http://h/?a&b");
}

static void text_is_joined_from_pieces(void UNUSED **state)
{
	struct xml_node *root = parse(TEXT("<href xmlns='DAV:'>a&amp;b<!-- c -->&#x20AC;"
	                                   "<![CDATA[<d>&]]><?pi x?>&lt;e&gt;&quot;&apos;</href>"));

	assert_text(root->text, "a&b\xe2\x82\xac<d>&<e>\"'");
}

static void a_carriage_return_written_as_a_reference_survives(void UNUSED **state)
{
	struct xml_node *root = parse(TEXT("<calendar-timezone>BEGIN:VCALENDAR&#13;\r\nX\rY"
	                                   "</calendar-timezone>"));

	assert_text(root->text, "BEGIN:VCALENDAR\r\nX\nY");
}

static void long_text_arrives_whole(void UNUSED **state)
{
	struct text body = repeat("<a>", "0123456789&amp;", 100000, "</a>");
	struct xml_node *root = parse(body);

	assert_int_equal(root->text.len, 1100000);
	assert_int_equal(root->text.ptr[1099999], '&');
	assert_null(root->first->next);
}

static void an_element_without_text_has_none_and_mixed_content_is_in_order(void UNUSED **state)
{
	struct xml_node *root = parse(TEXT("<a>one<b/>two<c>three</c> </a>"));
	const struct xml_node *b = xml_first(root);

	assert_text(root->text, "onetwo ");
	assert_absent(b->text);
	assert_true(root->first->is_text);
	assert_text(b->next->text, "two");
	assert_text(xml_next(b)->text, "three");
	assert_text(root->last->text, " ");
}

static void blanks_are_content_where_nothing_else_is(void UNUSED **state)
{
	struct xml_node *root = parse(TEXT("<displayname xmlns='DAV:'>  </displayname>"));

	assert_text(root->text, "  ");
}

static void attributes_are_read(void UNUSED **state)
{
	struct xml_node *root = parse(TEXT("<a xmlns:x='urn:x' start='20260101T000000Z' "
	                                   "amp='1&amp;#38;&lt;&#38;2&#10;' x:start='no' "
	                                   "xml:lang='de' empty=''/>"));

	assert_text(xml_attr_value(root, "start"), "20260101T000000Z");
	assert_text(xml_attr_value(root, "amp"), "1&#38;<&2\n");
	assert_non_null(xml_attr_value(root, "empty").ptr);
	assert_absent(xml_attr_value(root, "lang"));
	assert_absent(xml_attr_value(root, "xmlns"));
	assert_absent(xml_attr_value(NULL, "start"));
	assert_int_equal(root->attrs->next->next->next->name.ns, NS_XML);
}

static void children_of_one_name_are_found_one_by_one(void UNUSED **state)
{
	struct xml_node *root = parse(TEXT("<a xmlns='DAV:'><href>1</href>x<prop/><href>2</href>"
	                                   "</a>"));
	const struct xml_node *href = xml_child(root, DAV_href);

	assert_text(href->text, "1");
	href = xml_again(href, DAV_href);
	assert_text(href->text, "2");
	assert_null(xml_again(href, DAV_href));
	assert_null(xml_first(NULL));
	assert_null(xml_next(NULL));
	assert_null(xml_child(NULL, DAV_href));
	assert_null(xml_again(NULL, DAV_href));
}

static void markup_inside_comments_and_cdata_is_none(void UNUSED **state)
{
	assert_non_null(parse(TEXT("<!-- <!DOCTYPE x> <a --><a><![CDATA[<!DOCTYPE y>]]></a>")));
	assert_non_null(parse(TEXT("<a b='>'/>")));
	assert_non_null(parse(TEXT("\xef\xbb\xbf<a/>")));
}

/* ---- what is refused ---- */

static void what_is_not_well_formed_is_refused(void UNUSED **state)
{
	static const char *const BAD[] = { "", " ", "x", "<a>", "<a></b>", "<a/><b/>", "<a/>x",
		"<a b=1/>", "<a b='1' b='2'/>", "<a>&nope;</a>", "<a>&#0;</a>", "<a>&#xFFFE;</a>",
		"<a>&#x110000;</a>", "<a>]]></a>", "<a", "<a b='", "<!-- ", "<![CDATA[", "<?x",
		"<a><!ENTITY x 'y'></a>", "<1/>", "<a>\x01</a>", "<a>&amp</a>", "<>", "</a>",
		"<a b='<'/>", "{\"json\": 1}" };

	for (size_t i = 0; i < COUNT_OF(BAD); i++)
		refused(BAD[i], ERR_BAD_XML);
}

static void namespaces_must_be_well_formed_too(void UNUSED **state)
{
	refused("<D:propfind/>", ERR_BAD_XML);
	refused("<a b:c='d'/>", ERR_BAD_XML);
	/* litmus propfind_invalid2 */
	refused("<D:propfind xmlns:D='DAV:'><D:prop><bar:foo xmlns:bar=''/></D:prop></D:propfind>",
	        ERR_BAD_XML);
	refused("<a xmlns:x='urn:x' xmlns:y='urn:x' x:b='' y:b=''/>", ERR_BAD_XML);
	/* A relative or odd namespace name is somebody's taste. */
	assert_non_null(parse(TEXT("<a xmlns='x' xmlns:b='a b'><b:c/></a>")));
}

static void a_doctype_is_refused_whatever_it_holds(void UNUSED **state)
{
	static const char *const BAD[] = { "<!DOCTYPE a><a/>",
		"<?xml version='1.0'?><!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
		"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
		"<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;&x;'>]><a>&y;</a>",
		"<!-- x --><!DOCTYPE a [<!ENTITY % p SYSTEM 'http://example.com/x'> %p;]><a/>" };

	for (size_t i = 0; i < COUNT_OF(BAD); i++)
		refused(BAD[i], ERR_NO_EXTERNAL_ENTITIES);
	refused("<!doctype a><a/>", ERR_BAD_XML);
	refused("<!ELEMENT a ANY><a/>", ERR_BAD_XML);
}

static void only_utf8_is_understood(void UNUSED **state)
{
	refused("<a>\xe4</a>", ERR_BAD_XML);
	refused("<?xml version='1.0' encoding='iso-8859-1'?><a>\xe4</a>", ERR_BAD_XML);
	refused("<?xml version='1.0' encoding='iso-8859-1'?><a>\xc3\xa4</a>", ERR_BAD_XML);
	refused("<?xml version='1.0' encoding = 'UTF-7'?><a/>", ERR_BAD_XML);
	refused("\xfe\xff", ERR_BAD_XML);
	assert_null(parse((struct text){ "<\0a\0/\0>\0", 8 }));
	assert_null(parse((struct text){ "<a>\0</a>", 8 }));
	assert_null(parse((struct text){ "<a/>\0", 5 }));
	assert_non_null(parse(TEXT("<?xml version='1.0' encoding = \"UTF-8\"?><a/>")));
	assert_non_null(parse(TEXT("<?xml version='1.0' encoding='us-ascii'?><a/>")));
}

static void depth_is_limited(void UNUSED **state)
{
	struct buf body;

	buf_init(&body, arena);
	buf_add(&body, repeat("", "<a>", 32, ""));
	buf_add(&body, repeat("", "</a>", 32, ""));
	assert_non_null(parse(buf_text(&body)));
	assert_null(parse(repeat("", "<a>", 33, "</a>")));
	assert_int_equal(err.id, ERR_TOO_LARGE);
	assert_null(parse(repeat("", "<a>", 500000, "")));
	assert_int_equal(err.id, ERR_TOO_LARGE);
}

static void the_number_of_elements_is_limited(void UNUSED **state)
{
	assert_non_null(parse(repeat("<a>", "<b/>", 99999, "</a>")));
	assert_null(parse(repeat("<a>", "<b/>", 100000, "</a>")));
	assert_int_equal(err.id, ERR_TOO_LARGE);
}

static void size_is_limited(void UNUSED **state)
{
	assert_non_null(parse(repeat("<a>", "x", (2 << 20) - 7, "</a>")));
	assert_null(parse(repeat("<a>", "x", (2 << 20) - 6, "</a>")));
	assert_int_equal(err.id, ERR_TOO_LARGE);
}

static void a_tag_with_very_many_attributes_is_refused_at_once(void UNUSED **state)
{
	struct buf body;
	int64_t start = cpu_ms();

	buf_init(&body, arena);
	buf_add(&body, TEXT("<a"));
	for (int i = 0; i < 100000; i++)
		buf_printf(&body, " a%d=''", i);
	buf_add(&body, TEXT("/>"));
	assert_null(parse(buf_text(&body)));
	assert_int_equal(err.id, ERR_TOO_LARGE);
	body.len = 0;
	buf_add(&body, TEXT("<a"));
	for (int i = 0; i < 50000; i++)
		buf_printf(&body, " xmlns:a%d='urn:%d'", i, i);
	buf_add(&body, TEXT("/>"));
	assert_null(parse(buf_text(&body)));
	assert_int_equal(err.id, ERR_TOO_LARGE);
	assert_true(cpu_ms() - start < 2000);
}

static void hostile_bodies_take_linear_time(void UNUSED **state)
{
	int64_t start = cpu_ms();

	assert_null(parse(repeat("", "<!--", 500000, "")));
	assert_null(parse(repeat("", "<![CDATA[", 200000, "")));
	assert_null(parse(repeat("", "<", 2000000, "")));
	assert_null(parse(repeat("<a>", "&#1", 600000, "</a>")));
	assert_non_null(parse(repeat("<a>", "x<b/>", 90000, "</a>")));
	assert_non_null(parse(repeat("<a>", "&#13;", 400000, "</a>")));
	assert_true(cpu_ms() - start < 3000);
}

static void strange_names_do_not_pile_up_from_request_to_request(void UNUSED **state)
{
	for (int round = 0; round < 20; round++) {
		struct buf body;

		buf_init(&body, arena);
		buf_add(&body, TEXT("<a>"));
		for (int i = 0; i < 2000; i++)
			buf_printf(&body, "<b%d-%d/>", round, i);
		buf_add(&body, TEXT("</a>"));
		assert_non_null(parse(buf_text(&body)));
		refused("<a", ERR_BAD_XML);
		assert_non_null(parse(TEXT("<a><b1-1/></a>")));
	}
}

static void every_truncation_of_a_body_is_refused(void UNUSED **state)
{
	struct text body = TEXT("<?xml version=\"1.0\"?><a xmlns:b=\"urn:b\"><!--c--><b:d e='f'>"
	                        "&amp;<![CDATA[x]]>\xc3\xa4</b:d></a>");

	assert_non_null(parse(body));
	for (size_t len = 0; len < body.len; len++) {
		/* Copied, so that a sanitizer sees reading on. */
		char *copy = malloc(len + 1);

		memcpy(copy, body.ptr, len);
		assert_null(parse((struct text){ copy, len }));
		assert_int_equal(err.id, ERR_BAD_XML);
		free(copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(a_propfind_becomes_a_tree),
		CLAIM(prefixes_do_not_matter),
		CLAIM(names_we_do_not_know_are_kept_with_their_namespace),
		CLAIM(a_namespace_may_hold_an_ampersand),
		CLAIM(text_is_joined_from_pieces),
		CLAIM(a_carriage_return_written_as_a_reference_survives),
		CLAIM(long_text_arrives_whole),
		CLAIM(an_element_without_text_has_none_and_mixed_content_is_in_order),
		CLAIM(blanks_are_content_where_nothing_else_is),
		CLAIM(attributes_are_read),
		CLAIM(children_of_one_name_are_found_one_by_one),
		CLAIM(markup_inside_comments_and_cdata_is_none),
		CLAIM(what_is_not_well_formed_is_refused),
		CLAIM(namespaces_must_be_well_formed_too),
		CLAIM(a_doctype_is_refused_whatever_it_holds),
		CLAIM(only_utf8_is_understood),
		CLAIM(depth_is_limited),
		CLAIM(the_number_of_elements_is_limited),
		CLAIM(size_is_limited),
		CLAIM(a_tag_with_very_many_attributes_is_refused_at_once),
		CLAIM(hostile_bodies_take_linear_time),
		CLAIM(strange_names_do_not_pile_up_from_request_to_request),
		CLAIM(every_truncation_of_a_body_is_refused),
	};

	xml_in_setup();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
