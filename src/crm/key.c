#include "base/base.h"
#include "base/hash.h"
#include "base/str.h"
#include "crm/key.h"

enum { TEL_MIN = 5, FILE_NAME_MAX = 120 };

/* ITU-T E.164 Annex D: zones 1 and 7 are whole; of the others these codes have two digits, the rest
 * three. */
static const char *const TWO_DIGITS[] = { "20", "27", "30", "31", "32", "33", "34", "36", "39",
	"40", "41", "43", "44", "45", "46", "47", "48", "49", "51", "52", "53", "54", "55", "56",
	"57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90", "91",
	"92", "93", "94", "95", "98" };

static size_t country_len(struct text digits)
{
	if (!digits.len)
		return 0;
	if (digits.ptr[0] == '1' || digits.ptr[0] == '7')
		return 1;
	for (size_t i = 0; i < COUNT_OF(TWO_DIGITS); i++)
		if (text_starts(digits, text_of(TWO_DIGITS[i])))
			return 2;
	return 3;
}

/* The digits; "(0)" behind a country code is the trunk zero that is not dialled from abroad. */
static struct text digits_of(struct arena *arena, struct text number)
{
	struct buf buf;

	buf_init(&buf, arena);
	for (size_t i = 0; i < number.len; i++) {
		if (text_starts(text_from(number, i), TEXT("(0)")) && buf.len)
			i += 2;
		else if (number.ptr[i] >= '0' && number.ptr[i] <= '9')
			buf_char(&buf, number.ptr[i]);
		else if (number.ptr[i] == ';')
			break; /* RFC 3966: parameters */
	}
	return buf_text(&buf);
}

struct text crm_key_tel(struct arena *arena, struct text number)
{
	struct text digits, trimmed = text_trim(number);
	bool abroad;

	if (text_starts_nocase(trimmed, TEXT("tel:")))
		trimmed = text_trim(text_from(trimmed, 4));
	digits = digits_of(arena, trimmed);
	abroad = text_starts(trimmed, TEXT("+"));
	if (!abroad && text_starts(digits, TEXT("00"))) {
		abroad = true;
		digits = text_from(digits, 2);
	}
	if (abroad)
		digits = text_from(digits, country_len(digits));
	while (digits.len && digits.ptr[0] == '0')
		digits = text_from(digits, 1);
	if (digits.len < TEL_MIN)
		return TEXT_NONE;
	return arena_printf(arena, "tel:%.*s", TEXT_ARG(digits));
}

struct text crm_key_mail(struct arena *arena, struct text address)
{
	struct text trimmed = text_trim(address);

	if (text_starts_nocase(trimmed, TEXT("mailto:")))
		trimmed = text_from(trimmed, 7);
	if (text_find_char(trimmed, '@') < 1)
		return TEXT_NONE;
	return arena_printf(arena, "mail:%.*s", TEXT_ARG(text_fold(arena, trimmed)));
}

/* Words that say how a company is incorporated, not who it is. */
static bool is_legal_form(struct text word)
{
	static const char *const forms[] = { "gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "ug", "ev",
		"eg", "ltd", "limited", "inc", "llc", "llp", "plc", "corp", "corporation", "co",
		"company", "sa", "sarl", "sas", "srl", "spa", "bv", "nv", "ab", "as", "oy", "aps",
		"se", "und", "and" };

	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (text_eq(word, text_of(forms[i])))
			return true;
	return false;
}

static bool is_letter(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (byte & 0x80);
}

/* Letters and digits; dots vanish ("e.V."), everything else parts words. */
static struct text words_of(struct arena *arena, struct text folded)
{
	struct buf buf;

	buf_init(&buf, arena);
	for (size_t i = 0; i < folded.len; i++) {
		if (is_letter(folded.ptr[i]))
			buf_char(&buf, folded.ptr[i]);
		else if (folded.ptr[i] != '.' && folded.ptr[i] != '\'')
			buf_char(&buf, ' ');
	}
	return buf_text(&buf);
}

struct text crm_key_name(struct arena *arena, struct text name)
{
	struct text words = words_of(arena, text_fold(arena, name)), word;
	struct buf buf;

	buf_init(&buf, arena);
	buf_add(&buf, TEXT("name:"));
	while (text_split(&words, ' ', &word))
		if (word.len && !is_legal_form(word)) {
			if (buf.len > 5)
				buf_char(&buf, ' ');
			buf_add(&buf, word);
		}
	return buf.len > 5 ? buf_text(&buf) : TEXT_NONE;
}

struct text crm_key_uid(struct arena *arena, struct text uid)
{
	return arena_printf(arena, "uid:%.*s", TEXT_ARG(uid));
}

static bool is_segment(struct text uid)
{
	if (!uid.len || uid.len > FILE_NAME_MAX || uid.ptr[0] == '.')
		return false;
	for (size_t i = 0; i < uid.len; i++) {
		char c = uid.ptr[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		             (c >= '0' && c <= '9') || strchr("-_.@", c);

		if (!plain || !c)
			return false;
	}
	return true;
}

struct text crm_file_name(struct arena *arena, enum crm_noun noun, struct text uid)
{
	struct text stem = is_segment(uid) ? uid : etag_of(arena, uid);
	bool card = noun == CRM_ACCOUNT || noun == CRM_CONTACT || noun == CRM_LEAD;

	return arena_printf(arena, "%.*s%s", TEXT_ARG(stem), card ? ".vcf" : ".ics");
}
