/* Paragraphs become short lines, and come together again. */
#include "../fake_call.h"

#include "wire/flowed.h"

#define assert_read(flowed, delsp, want) \
	assert_text(flowed_read(arena, TEXT(flowed), (delsp)), want)
#define assert_written(text, want) assert_text(flowed_write(arena, TEXT(text)), want)

static void short_lines_stay_as_they_are(void UNUSED **state)
{
	assert_written("Hello\n\nBye\n", "Hello\r\n\r\nBye\r\n");
	assert_written("no end", "no end\r\n");
	assert_written("a blank at the end   \n", "a blank at the end\r\n");
	assert_written("", "");
}

static void paragraphs_are_broken_at_spaces(void UNUSED **state)
{
	assert_written("The printer in the second room to the left of the stairs prints nothing "
	               "at all since Monday.\n",
	        "The printer in the second room to the left of the stairs prints \r\n"
	        "nothing at all since Monday.\r\n");
	assert_written("> > The printer in the second room to the left of the stairs prints "
	               "nothing\n",
	        "> > The printer in the second room to the left of the stairs prints \r\n"
	        "> nothing\r\n");
}

static void a_word_is_never_broken(void UNUSED **state)
{
	assert_written(
	        "see "
	        "https://example.com/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	        "aaaaaaaaaaaaaaa there\n",
	        "see \r\n"
	        "https://example.com/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	        "aaaaaaaaaaaaaaa \r\nthere\r\n");
}

static void what_would_be_misread_is_stuffed(void UNUSED **state)
{
	assert_written("From here\n  two\n>quoted\n> quoted\n>\n",
	        " From here\r\n   two\r\n> quoted\r\n> quoted\r\n>\r\n");
	assert_written("of all the values there are in this long list some, we think, are "
	               ">1000000\n",
	        "of all the values there are in this long list some, we think, are \r\n"
	        " >1000000\r\n");
	assert_written("-- \nAnn\n", "-- \r\nAnn\r\n");
	assert_written(
	        "-- aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	        " b\n",
	        "-- aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	        " \r\nb\r\n");
}

static void letters_are_counted_and_not_bytes(void UNUSED **state)
{
	struct text line, written;
	struct buf long_line;

	buf_init(&long_line, arena);
	for (int i = 0; i < 30; i++)
		buf_add(&long_line, TEXT("\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4 "));
	written = flowed_write(arena, buf_text(&long_line));
	assert_true(text_split(&written, '\n', &line));
	assert_int_equal(line.len, 14 * 9 + 1);
}

static void soft_ends_are_joined(void UNUSED **state)
{
	assert_read("one \r\ntwo \r\nthree\r\nfour\r\n", false, "one two three\nfour\n");
	assert_read("\xe4\xb8\x80 \n\xe4\xba\x8c\n", true, "\xe4\xb8\x80\xe4\xba\x8c\n");
	assert_read(" From here\n  two\n", false, "From here\n two\n");
	assert_read("one \n-- \nAnn\n", false, "one \n-- \nAnn\n");
	assert_read("> he said \n> that\nno\n", false, "> he said that\nno\n");
	assert_read("> he said \nno\n", false, "> he said \nno\n");
	assert_read(">> deep \n> less\n", false, ">> deep \n> less\n");
	assert_read("open ", false, "open \n");
	assert_read("", false, "");
}

static void what_was_written_is_read_again(void UNUSED **state)
{
	static const char *const texts[] = { "One.\n\nTwo, with  two blanks.\n",
		"> quoted, and so long that it needs a second line, which is quoted as well, as "
		"it should be\nanswer\n",
		" indented\n\tby a tab\n", "From the beginning\n", "-- \nAnn\n",
		"a > b, and more of it, so that the sign comes to stand at the beginning of "
		"> lines > and > more\n",
		"\n\n\n", ">\n" };

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		assert_text(flowed_read(arena, flowed_write(arena, text_of(texts[i])), false),
		        texts[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM(short_lines_stay_as_they_are),
		CLAIM(paragraphs_are_broken_at_spaces),
		CLAIM(a_word_is_never_broken),
		CLAIM(what_would_be_misread_is_stuffed),
		CLAIM(letters_are_counted_and_not_bytes),
		CLAIM(soft_ends_are_joined),
		CLAIM(what_was_written_is_read_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
