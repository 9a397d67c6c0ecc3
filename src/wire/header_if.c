/* The conditional headers: those of HTTP (RFC 9110 13), and If (RFC 4918 10.4). */
#include "base/clock.h"
#include "wire/header.h"

/* ---- entity tags ---- */

/* Takes one entity tag off the front of *rest: `tag` is bare. An unquoted one is taken up to the
 * next comma or blank: some clients lose the quotes. */
static void take_etag(struct text *rest, struct text *tag, bool *weak)
{
	size_t end = 0;
	ptrdiff_t quote;

	*weak = text_starts(*rest, TEXT("W/"));
	if (*weak)
		*rest = text_from(*rest, 2);
	if (text_starts(*rest, TEXT("\""))) {
		*rest = text_from(*rest, 1);
		quote = text_find_char(*rest, '"');
		end = quote < 0 ? rest->len : (size_t)quote;
		*tag = text_sub(*rest, 0, end);
		*rest = text_from(*rest, end + 1);
		return;
	}
	while (end < rest->len && !strchr(", \t", rest->ptr[end]))
		end++;
	*tag = text_sub(*rest, 0, end);
	*rest = text_from(*rest, end);
}

/* Whether the list in a header names what is there. If-Match compares strongly: a weak tag never
 * matches (RFC 9110 13.1.1). */
static bool etag_listed(struct text list, struct text etag, bool strong)
{
	struct text tag;
	bool weak;

	list = text_trim(list);
	if (text_eq(list, TEXT("*")))
		return etag.ptr != NULL;
	while (list.len) {
		if (strchr(", \t", *list.ptr)) {
			list = text_from(list, 1);
			continue;
		}
		take_etag(&list, &tag, &weak);
		if (etag.len && text_eq(tag, etag) && !(weak && strong))
			return true;
	}
	return false;
}

static bool date_of(struct call *c, const char *name, int64_t *date)
{
	struct text value = text_trim(call_header(c, name));

	return value.ptr && clock_from_http(value, date);
}

/* In the order of RFC 9110 13.2.2. */
enum precondition header_conditions(struct call *c, struct text etag, int64_t modified)
{
	bool reading = c->method == METHOD_GET || c->method == METHOD_HEAD;
	struct text match = call_header(c, "If-Match");
	struct text none_match = call_header(c, "If-None-Match");
	int64_t date;

	if (match.ptr) {
		if (!etag_listed(match, etag, true))
			return PRECONDITION_FAILS;
	} else if (modified && date_of(c, "If-Unmodified-Since", &date) && modified > date) {
		return PRECONDITION_FAILS;
	}
	if (none_match.ptr) {
		if (etag_listed(none_match, etag, false))
			return reading ? PRECONDITION_NOT_MODIFIED : PRECONDITION_FAILS;
	} else if (reading && modified && date_of(c, "If-Modified-Since", &date) &&
	           modified <= date) {
		return PRECONDITION_NOT_MODIFIED;
	}
	return PRECONDITION_GO;
}

struct text header_match(struct call *c)
{
	struct text list = text_trim(call_header(c, "If-Match")), tag;
	bool weak;

	while (list.len && !text_eq(list, TEXT("*"))) {
		if (strchr(", \t", *list.ptr)) {
			list = text_from(list, 1);
			continue;
		}
		take_etag(&list, &tag, &weak);
		if (!weak && tag.len)
			return tag;
	}
	return TEXT_NONE;
}

/* ---- If ---- */

static bool malformed(struct call *c)
{
	return err_set(&c->work.err, ERR_BAD_REQUEST, "the If header is malformed");
}

static bool take_char(struct text *rest, char c)
{
	if (!rest->len || *rest->ptr != c)
		return false;
	*rest = text_from(*rest, 1);
	return true;
}

static void skip_blanks(struct text *rest)
{
	while (take_char(rest, ' ') || take_char(rest, '\t'))
		;
}

/* "<...>": what is inside; *rest begins with '<'. */
static bool take_url(struct text *rest, struct text *url)
{
	ptrdiff_t end = text_find_char(*rest, '>');

	if (end < 2)
		return false;
	*url = text_sub(*rest, 1, (size_t)end - 1);
	*rest = text_from(*rest, (size_t)end + 1);
	return text_find_char(*url, '<') < 0;
}

/* Condition = ["Not"] (State-token | "[" entity-tag "]") */
static bool take_condition(struct text *rest, struct if_condition *condition)
{
	if (text_starts_nocase(*rest, TEXT("Not"))) {
		condition->negate = true;
		*rest = text_from(*rest, 3);
		skip_blanks(rest);
	}
	if (text_starts(*rest, TEXT("<")))
		return take_url(rest, &condition->token);
	if (!take_char(rest, '['))
		return false;
	if (!text_starts(*rest, TEXT("\"")) && !text_starts(*rest, TEXT("W/\"")))
		return false;
	take_etag(rest, &condition->etag, &condition->weak);
	return take_char(rest, ']');
}

VEC_OF(conditions, struct if_condition);

/* List = "(" 1*Condition ")" */
static bool take_list(struct arena *arena, struct text *rest, struct if_list *list)
{
	struct conditions conditions = VEC_EMPTY;

	if (!take_char(rest, '('))
		return false;
	skip_blanks(rest);
	while (!take_char(rest, ')')) {
		if (!take_condition(rest, vec_push(arena, &conditions)))
			return false;
		skip_blanks(rest);
	}
	list->at = conditions.at;
	list->len = conditions.len;
	return list->len > 0;
}

/* If = 1*No-tag-list | 1*Tagged-list: the first element decides which. */
bool header_if(struct call *c, struct if_lists *lists)
{
	struct text rest = call_header(c, "If");
	struct text resource = TEXT_NONE;
	bool tagged, fresh = false;

	*lists = (struct if_lists)VEC_EMPTY;
	if (!rest.ptr)
		return true;
	rest = text_trim(rest);
	tagged = text_starts(rest, TEXT("<"));
	while (rest.len) {
		if (text_starts(rest, TEXT("<"))) {
			if (!tagged || fresh || !take_url(&rest, &resource))
				return malformed(c);
			fresh = true;
		} else {
			struct if_list *list = vec_push(c->work.arena, lists);

			if (!take_list(c->work.arena, &rest, list))
				return malformed(c);
			list->resource = resource;
			fresh = false;
		}
		skip_blanks(&rest);
	}
	return (lists->len && !fresh) || malformed(c);
}
