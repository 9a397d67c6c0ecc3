/* Letters, read back by what reads strangers' mail (capture/mail.h): another's parser, another's
 * decoders. */
#include "../fake_call.h"

#include "capture/mail.h"
#include "wire/letter.h"

static struct letter plain(void)
{
	struct letter letter = { .name = TEXT("Sina Sommer"),
		.from = TEXT("support@example.com"),
		.subject = TEXT("Re: [#1042] Printer down"),
		.message_id = TEXT("a@example.com"),
		.date = 1800000000,
		.text = TEXT("Try again") };

	*vec_push(arena, &letter.to) = TEXT("ada@acme.example");
	return letter;
}

static struct mail read_back(const struct letter *letter)
{
	struct text bytes = letter_write(arena, letter);
	struct err err = { 0 };
	struct text rest = bytes, line;
	struct mail mail;

	while (text_split(&rest, '\n', &line)) {
		assert_true(line.len <= 78);
		assert_true(!line.len || line.ptr[line.len - 1] == '\r');
		for (size_t i = 0; i < line.len; i++)
			assert_true((unsigned char)line.ptr[i] < 0x80);
	}
	if (!mail_read(arena, &err, bytes, &mail))
		fail_msg("%s", err.detail);
	return mail;
}

static void a_letter_says_what_it_was_told(void UNUSED **state)
{
	struct letter letter = plain();
	struct mail mail;

	letter.in_reply_to = TEXT("b@acme.example");
	*vec_push(arena, &letter.references) = TEXT("c@acme.example");
	*vec_push(arena, &letter.references) = TEXT("b@acme.example");
	*vec_push(arena, &letter.cc) = TEXT("bob@acme.example");
	mail = read_back(&letter);
	assert_text(mail.name, "Sina Sommer");
	assert_text(mail.address, "support@example.com");
	assert_text(mail.subject, "Re: [#1042] Printer down");
	assert_text(mail.message_id, "a@example.com");
	assert_int_equal(mail.date, 1800000000);
	assert_int_equal(mail.to.len, 2);
	assert_text(mail.to.at[0], "ada@acme.example");
	assert_text(mail.to.at[1], "bob@acme.example");
	assert_int_equal(mail.references.len, 3);
	assert_text(mail.references.at[0], "c@acme.example");
	assert_text(mail.text, "Try again");
	assert_false(mail.automatic);
}

static const char *const WORDS[] = { "M\xc3\xa1y in kh\xc3\xb4ng ch\xe1\xba\xa1y n\xe1\xbb\xaf"
	                             "a, "
	                             "xin gi\xc3\xbap t\xc3\xb4i v\xe1\xbb\x9b"
	                             "i \xe1\xba\xa1",
	"\xd8\xa7\xd9\x84\xd8\xb7\xd8\xa7\xd8\xa8\xd8\xb9\xd8\xa9 \xd9\x84\xd8\xa7 "
	"\xd8\xaa\xd8\xb9\xd9\x85\xd9\x84",
	"\xe3\x83\x97\xe3\x83\xaa\xe3\x83\xb3\xe3\x82\xbf\xe3\x83\xbc\xe3\x81\x8c\xe5\x8b\x95\xe3"
	"\x81\x8d"
	"\xe3\x81\xbe\xe3\x81\x9b\xe3\x82\x93\xe3\x80\x82\xe5\x8a\xa9\xe3\x81\x91\xe3\x81\xa6\xe3"
	"\x81\x8f"
	"\xe3\x81\xa0\xe3\x81\x95\xe3\x81\x84\xe3\x80\x82\xe3\x83\x97\xe3\x83\xaa\xe3\x83\xb3\xe3"
	"\x82\xbf",
	"Smile "
	"\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f"
	"\x98\x80"
	"\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f"
	"\x98\x80",
	"=?UTF-8?B?ZXZpbA==?= is no encoded word of ours",
	"A subject of so many words that it wants several lines, each of which must be short "
	"enough for all",
	"Averylongwordwithoutanyspaceinitthatgoesonandonandonandonandonandonandonandonandonandonand"
	"onandon",
	"\"Quoted\" \\ and, <odd> (comment); [x] @ everything: else", "a", "=", "." };

static void any_language_comes_back(void UNUSED **state)
{
	for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
		struct letter letter = plain();
		struct mail mail;

		letter.subject = letter.name = letter.text = text_of(WORDS[i]);
		mail = read_back(&letter);
		assert_text(mail.subject, WORDS[i]);
		assert_text(mail.name, WORDS[i]);
		assert_text(mail.text, WORDS[i]);
	}
}

static void long_texts_keep_their_lines(void UNUSED **state)
{
	struct letter letter = plain();
	struct buf text;

	buf_init(&text, arena);
	for (int i = 0; i < 200; i++)
		buf_printf(&text,
		        "Line %d of gr\xc3\xb6\xc3\x9f"
		        "e 100%% = all, and so long that it is broken and put together %d\n",
		        i, i * 7);
	buf_add(&text, TEXT("the end"));
	letter.text = buf_text(&text);
	assert_true(text_eq(read_back(&letter).text, letter.text));
}

static void nobody_writes_headers_of_their_own(void UNUSED **state)
{
	static const char *const evil[] = { "x\r\nBcc: eve@evil.example",
		"x\nBcc: eve@evil.example", "x\rBcc: eve@evil.example",
		"x\r\n\r\nBcc: eve@evil.example", "\r\nBcc: eve@evil.example",
		"\xc3\xbc\r\nBcc: eve@evil.example\r\n\xc3\xbc", "x\"\r\nBcc: eve@evil.example" };

	for (size_t i = 0; i < COUNT_OF(evil); i++) {
		struct letter letter = plain();
		struct text bytes;

		letter.subject = letter.name = text_of(evil[i]);
		read_back(&letter);
		bytes = letter_write(arena, &letter);
		assert_true(text_find(bytes, TEXT("\nBcc:")) < 0);
		assert_true(text_find(bytes, TEXT("\rBcc:")) < 0);
	}
}

static void addresses_are_checked(void UNUSED **state)
{
	static const char *const good[] = { "ada@acme.example", "a.b+c@x-y.example",
		"o'neil@example.com", "a@localhost" };
	static const char *const bad[] = { "", "ada", "@acme.example", "ada@", "a b@acme.example",
		"ada@acme.example\r\nRCPT TO:<eve@evil.example>", "ada@acme.example>",
		"<ada@acme.example>", ".ada@acme.example", "a..b@acme.example", "ada@-acme.example",
		"ada@acme..example", "ada@acme.example ", "\"a b\"@acme.example", "ada@[127.0.0.1]",
		"ad\xc3\xa1@acme.example", "ada@acme.example,eve@evil.example", "ada@a@b",
		"ada@acme_x.example" };

	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_true(letter_address(text_of(good[i])));
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (letter_address(text_of(bad[i])))
			fail_msg("%s", bad[i]);
	assert_false(letter_address((struct text){ "a@b\0c", 5 }));
}

static struct text travelling(const char *address)
{
	struct text travels;

	return letter_address_any(arena, text_of(address), &travels) ? travels : TEXT("-");
}

static void addresses_of_any_language_travel_to_ascii_domains(void UNUSED **state)
{
	assert_text(travelling("ada@acme.example"), "ada@acme.example");
	assert_text(travelling("ada@b\xc3\xbc"
	                       "cher.example"),
	        "ada@xn--bcher-kva.example");
	assert_text(travelling("ada@B\xc3\x9c"
	                       "CHER.example"),
	        "ada@xn--bcher-kva.example");
	assert_text(travelling("\xe9\x99\x88@acme.example"), "\xe9\x99\x88@acme.example");
	assert_text(travelling("\xe9\x99\x88@stra\xc3\x9f"
	                       "e.example"),
	        "\xe9\x99\x88@xn--strae-oqa.example");
	assert_text(travelling("\xe9\x99\x88"), "-");
	assert_text(travelling("\xe9\x99\x88@"), "-");
	assert_text(travelling("\xe9\x99@acme.example"), "-");
	assert_text(travelling("\xe9\x99\x88 x@acme.example"), "-");
	assert_text(travelling("\xe9\x99\x88>@acme.example"), "-");
	assert_text(travelling("ada@\xe9\x99"), "-");
	assert_text(travelling("ada@b\xc3\xbc cher.example"), "-");
	assert_text(travelling("ada@b\xc3\xbc\xc3\xbc..example"), "-");
}

static void who_is_beyond_ascii_is_shown_and_others_can_be_answered(void UNUSED **state)
{
	struct letter letter = plain();
	struct text bytes;

	*vec_push(arena, &letter.to) = TEXT("\xe9\x99\x88@acme.example");
	*vec_push(arena, &letter.to) = TEXT("bob@acme.example");
	bytes = letter_write(arena, &letter);
	assert_true(text_find(bytes, TEXT("To: <ada@acme.example>,\r\n "
	                                  "=?UTF-8?B?6ZmIQGFjbWUuZXhhbXBsZQ==?=\r\n :;,\r\n "
	                                  "<bob@acme.example>\r\n")) > 0);
	assert_int_equal(read_back(&letter).to.len, 2);
}

static void message_ids_are_checked(void UNUSED **state)
{
	assert_true(letter_id(TEXT("CAFE+1=x@mail.example")));
	assert_false(letter_id(TEXT("")));
	assert_false(letter_id(TEXT("no-at")));
	assert_false(letter_id(TEXT("a@b> <c@d")));
	assert_false(letter_id(TEXT("a@b c")));
	assert_false(letter_id(TEXT("a@\xc3\xbc")));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		CLAIM(a_letter_says_what_it_was_told),
		CLAIM(any_language_comes_back),
		CLAIM(long_texts_keep_their_lines),
		CLAIM(nobody_writes_headers_of_their_own),
		CLAIM(addresses_are_checked),
		CLAIM(addresses_of_any_language_travel_to_ascii_domains),
		CLAIM(who_is_beyond_ascii_is_shown_and_others_can_be_answered),
		CLAIM(message_ids_are_checked),
	};

	mail_setup();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
