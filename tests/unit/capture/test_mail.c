/* A stranger's mail, reduced to what is kept of it. */
#include "base/base.h"

#include <setjmp.h>

#include <cmocka.h>

#include "capture/mail.h"

static struct arena *arena;

static int begin(void **state)
{
	(void)state;
	mail_setup();
	arena = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct mail read(const char *bytes)
{
	struct err err = { 0 };
	struct mail mail;

	assert_true(mail_read(arena, &err, text_of(bytes), &mail));
	return mail;
}

#define assert_text(text, want) assert_string_equal(arena_cstr(arena, (text)), (want))

static void names_subjects_and_bodies_are_decoded(void **state)
{
	struct mail mail = read("From: =?utf-8?q?J=C3=BCrgen_M=C3=BCller?= <jm@example.com>\n"
	                        "To: Support <support@example.com>, sales@example.com\n"
	                        "Delivered-To: support+c1.ab@example.com\n"
	                        "Subject: =?iso-8859-1?Q?Drucker_f=E4llt_aus?=\n"
	                        "Message-ID: <1@example.com>\n"
	                        "References: <a@x> <b@y>\nIn-Reply-To: <b@y>\n"
	                        "Content-Type: text/plain; charset=iso-8859-1\n"
	                        "Content-Transfer-Encoding: quoted-printable\n\nGr=FC=DFe\n");

	(void)state;
	assert_text(mail.name, "J\xc3\xbcrgen M\xc3\xbcller");
	assert_text(mail.address, "jm@example.com");
	assert_int_equal(mail.to.len, 3);
	assert_text(mail.to.at[2], "support+c1.ab@example.com");
	assert_text(mail.subject, "Drucker f\xc3\xa4llt aus");
	assert_text(mail.message_id, "1@example.com");
	assert_int_equal(mail.references.len, 3);
	assert_text(mail.text, "Gr\xc3\xbc\xc3\x9f"
	                       "e");
	assert_false(mail.automatic);
}

static void what_was_replied_to_is_cut_off(void **state)
{
	struct mail mail = read("From: a@example.com\n\nIt works now.\n> was it plugged in?\n"
	                        "Thanks!\n\nOn Monday Ben wrote:\n> Hello,\n>\n> is it on?\n");

	(void)state;
	assert_text(mail.text, "It works now.\n> was it plugged in?\nThanks!");
}

static void lines_that_flow_are_paragraphs(void **state)
{
	struct mail mail = read("From: a@example.com\n"
	                        "Content-Type: text/plain; charset=utf-8; format=flowed\n\n"
	                        "It works \nnow.\n  indented\n> as I \n> said\nThanks!\n");

	(void)state;
	assert_text(mail.text, "It works now.\n indented\n> as I said\nThanks!");
	mail = read("From: a@example.com\nContent-Type: text/plain; format=Flowed; DelSp=Yes\n\n"
	            "super \ncalifragilistic\n");
	assert_text(mail.text, "supercalifragilistic");
	mail = read("From: a@example.com\nContent-Type: text/plain\n\nIt works \nnow.\n");
	assert_text(mail.text, "It works \nnow.");
}

static void html_is_read_as_people_read_it(void **state)
{
	struct mail mail = read("From: a@example.com\nContent-Type: text/html; charset=utf-8\n\n"
	                        "<html><style>p { color: red }</style><body><p>Dear <b>all</b>,</p>"
	                        "<script>alert(1)</script>5 &lt; 6 &amp; 7<br>Bye</body></html>");

	(void)state;
	assert_null(strstr(arena_cstr(arena, mail.text), "alert"));
	assert_null(strstr(arena_cstr(arena, mail.text), "color"));
	assert_non_null(strstr(arena_cstr(arena, mail.text), "Dear all,"));
	assert_non_null(strstr(arena_cstr(arena, mail.text), "5 < 6 & 7\nBye"));
}

static void the_plain_part_is_preferred_and_attachments_are_not_text(void **state)
{
	struct mail mail = read("From: a@example.com\nMIME-Version: 1.0\n"
	                        "Content-Type: multipart/mixed; boundary=m\n\n"
	                        "--m\nContent-Type: text/plain\n"
	                        "Content-Disposition: attachment; filename=x.txt\n\nattached\n"
	                        "--m\nContent-Type: multipart/alternative; boundary=n\n\n"
	                        "--n\nContent-Type: text/plain\n\nplain\n"
	                        "--n\nContent-Type: text/html\n\n<p>html</p>\n--n--\n--m--\n");

	(void)state;
	assert_text(mail.text, "plain");
}

static void machines_are_told_from_people(void **state)
{
	(void)state;
	assert_true(read("From: a@example.com\nAuto-Submitted: auto-replied\n\nI am away\n").reply);
	assert_true(read("From: MAILER-DAEMON@example.com\n\nNot delivered\n").reply);
	assert_true(read("Return-Path: <>\nFrom: a@example.com\n\nI am away\n").reply);
	assert_true(read("From: postmaster@example.com\nContent-Type: multipart/report; "
	                 "report-type=delivery-status; boundary=x\n\n--x\n\nNo\n--x--\n")
	                    .reply);
	assert_false(
	        read("From: a@example.com\nAuto-Submitted: auto-generated\n\nDisk full\n").reply);
	assert_true(read("From: a@example.com\nAuto-Submitted: auto-generated\n\nDisk full\n")
	                    .automatic);
	assert_false(read("From: a@example.com\nAuto-Submitted: no\n\nHello\n").automatic);
}

static void what_is_hostile_is_bounded(void **state)
{
	struct err err = { 0 };
	struct mail mail;
	struct buf deep;

	(void)state;
	assert_false(mail_read(arena, &err, TEXT("no mail at all"), &mail));
	assert_int_equal(err.id, ERR_BAD_REQUEST);
	buf_init(&deep, arena);
	buf_add(&deep, TEXT("From: a@example.com\n"));
	for (int i = 0; i < 20000; i++)
		buf_printf(&deep, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
	err_clear(&err);
	assert_false(mail_read(arena, &err, buf_text(&deep), &mail));
	mail = read("From: a@example.com\nSubject: a\x01\x02 b\xff\n\nx\x07y\xfe\n");
	assert_true(text_is_utf8(mail.subject) && text_is_clean(mail.subject));
	assert_true(text_is_utf8(mail.text) && text_is_clean(mail.text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(names_subjects_and_bodies_are_decoded, begin, end),
		cmocka_unit_test_setup_teardown(what_was_replied_to_is_cut_off, begin, end),
		cmocka_unit_test_setup_teardown(lines_that_flow_are_paragraphs, begin, end),
		cmocka_unit_test_setup_teardown(html_is_read_as_people_read_it, begin, end),
		cmocka_unit_test_setup_teardown(
		        the_plain_part_is_preferred_and_attachments_are_not_text, begin, end),
		cmocka_unit_test_setup_teardown(machines_are_told_from_people, begin, end),
		cmocka_unit_test_setup_teardown(what_is_hostile_is_bounded, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
