#include "wire/html_out.h"

#include "base/clock.h"
#include "wire/xml_escape.h"

struct html {
	struct arena *arena;
	struct buf buf;
	bool in_list;
};

static void markup_out(struct html *page, const char *markup)
{
	buf_add(&page->buf, text_of(markup));
}

static void chars(struct html *page, struct text text)
{
	xml_escape(&page->buf, text, XML_IN_ATTR);
}

static void anchor(struct html *page, struct text href, struct text words)
{
	markup_out(page, "<a href=\"");
	chars(page, href);
	markup_out(page, "\">");
	chars(page, words);
	markup_out(page, "</a>");
}

/* Of places of the server: the browser's own look with a readable width. */
static const char PLAIN[] = "body{font:1rem/1.5 system-ui,sans-serif;margin:0}"
                            "main{max-width:48rem;margin:0 auto;padding:1.5rem 1rem}"
                            "h1{margin:0}h1+p{margin-top:0;opacity:.7;overflow-wrap:anywhere}"
                            "ul{list-style:none;padding:0}li{padding:.4rem 0;"
                            "border-top:1px solid #8884;overflow-wrap:anywhere}";

/* Of forms: quiet enough for a frame of somebody else's site; a sheet where there is room. */
static const char SHEET[] =
        ":root{--ink:#1b2330;--soft:#566072;--line:#8a94a6;--sheet:#fff;--ground:#f3f5f8;"
        "--act:#1f5fbf;--on:#fff;--warn:#8a2b06;--pale:#fdf1ea}"
        "@media(prefers-color-scheme:dark){:root{--ink:#e8ecf3;--soft:#a5afbf;--line:#6b7688;"
        "--sheet:#1b212b;--ground:#12161d;--act:#8ab4f8;--on:#10233f;--warn:#ffb59a;--pale:#3a2218}"
        "}"
        "*{box-sizing:border-box}"
        "body{font:1rem/1.5 system-ui,sans-serif;margin:0;color:var(--ink);background:var(--sheet)}"
        "main{max-width:34rem;margin:0 auto;padding:1.25rem 1rem 2rem}"
        "h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem;overflow-wrap:anywhere}"
        "form p{margin:0 0 1rem}label{display:block;font-weight:600}"
        "input,select,textarea{font:inherit;font-weight:400;display:block;width:100%;margin-top:."
        "3rem;"
        "padding:.6rem .7rem;color:inherit;background:var(--sheet);border:1px solid var(--line);"
        "border-radius:.5rem}textarea{resize:vertical}"
        ":focus-visible{outline:3px solid var(--act);outline-offset:1px}"
        "button{font:inherit;font-weight:600;padding:.65rem 1.75rem;border:0;border-radius:.5rem;"
        "background:var(--act);color:var(--on);cursor:pointer}"
        ".soft{color:var(--soft);font-size:.875rem}"
        ".alert{color:var(--warn);background:var(--pale);padding:.7rem .9rem;border-radius:.5rem}"
        ".away{position:absolute;left:-99rem}"
        "@media(min-width:40rem){body{background:var(--ground)}main{background:var(--sheet);"
        "margin:3rem auto;padding:2rem 2.25rem;border-radius:.9rem;"
        "box-shadow:0 1px 2px #0002,0 8px 28px #0001}}"
        "@media(max-width:39.99rem){button{width:100%}}";

static struct html *begin(struct arena *arena, const char *language, const char *style)
{
	struct html *page = arena_make(arena, struct html);

	page->arena = arena;
	buf_init(&page->buf, arena);
	markup_out(page, "<!DOCTYPE html>\n<html lang=\"");
	markup_out(page, language);
	markup_out(page, "\"><head><meta charset=\"utf-8\">"
	                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
	                 "<meta name=\"color-scheme\" content=\"light dark\"><style>");
	markup_out(page, style);
	markup_out(page, "</style><title>");
	return page;
}

struct html *html_new(struct arena *arena, const char *title, struct text path)
{
	struct html *page = begin(arena, "en", PLAIN);

	chars(page, text_of(title));
	markup_out(page, " - Kontor</title></head><body><main><h1>");
	chars(page, text_of(title));
	markup_out(page, "</h1><p>");
	chars(page, path);
	markup_out(page, "</p>\n");
	return page;
}

struct html *html_public(struct arena *arena, const char *language, struct text title)
{
	struct html *page = begin(arena, language, SHEET);

	chars(page, title);
	markup_out(page, "</title></head><body><main><h1>");
	chars(page, title);
	markup_out(page, "</h1>\n");
	return page;
}

void html_link(struct html *page, struct text href, struct text words)
{
	markup_out(page, "<p>");
	anchor(page, href, words);
	markup_out(page, "</p>\n");
}

void html_row(struct html *page, struct text href, struct text name, int64_t size, int64_t time)
{
	if (!page->in_list)
		markup_out(page, "<ul>\n");
	page->in_list = true;
	markup_out(page, "<li>");
	anchor(page, href, name);
	if (size >= 0)
		buf_printf(&page->buf, " (%lld bytes)", (long long)size);
	if (time) {
		markup_out(page, ", ");
		chars(page, clock_rfc3339(page->arena, time));
	}
	markup_out(page, "</li>\n");
}

void html_note(struct html *page, struct text words)
{
	if (page->in_list)
		markup_out(page, "</ul>\n");
	page->in_list = false;
	markup_out(page, "<p>");
	chars(page, words);
	markup_out(page, "</p>\n");
}

void html_alert(struct html *page, struct text words)
{
	markup_out(page, "<p class=\"alert\" role=\"alert\">");
	chars(page, words);
	markup_out(page, "</p>\n");
}

/* ---- forms ---- */

void html_form(struct html *page)
{
	markup_out(page, "<form method=\"post\">\n");
}

static void attribute(struct html *page, const char *name, struct text value)
{
	buf_printf(&page->buf, " %s=\"", name);
	chars(page, value);
	markup_out(page, "\"");
}

static void selection(struct html *page, const struct html_input *input)
{
	markup_out(page, "<select");
	attribute(page, "name", text_of(input->name));
	markup_out(page, "><option></option>");
	for (size_t i = 0; i < input->choices_len; i++) {
		markup_out(page, text_eq(input->choices[i], input->value) ? "<option selected>"
		                                                          : "<option>");
		chars(page, input->choices[i]);
		markup_out(page, "</option>");
	}
	markup_out(page, "</select>");
}

static void area(struct html *page, const struct html_input *input)
{
	markup_out(page, "<textarea rows=\"5\"");
	attribute(page, "name", text_of(input->name));
	markup_out(page, input->needed ? " required>" : ">");
	chars(page, input->value);
	markup_out(page, "</textarea>");
}

static void one_line(struct html *page, const struct html_input *input)
{
	markup_out(page, "<input");
	attribute(page, "type", text_of(input->type));
	attribute(page, "name", text_of(input->name));
	attribute(page, "value", input->value);
	if (input->fill)
		attribute(page, "autocomplete", text_of(input->fill));
	markup_out(page, input->needed ? " required>" : ">");
}

void html_input(struct html *page, const struct html_input *input)
{
	markup_out(page, "<p><label>");
	chars(page, input->label);
	markup_out(page, input->needed ? " *" : "");
	if (!strcmp(input->type, "select"))
		selection(page, input);
	else if (!strcmp(input->type, "area"))
		area(page, input);
	else
		one_line(page, input);
	markup_out(page, "</label></p>\n");
}

void html_hidden(struct html *page, const char *name, struct text value)
{
	markup_out(page, "<input type=\"hidden\"");
	attribute(page, "name", text_of(name));
	attribute(page, "value", value);
	markup_out(page, ">\n");
}

void html_trap(struct html *page, const char *name)
{
	markup_out(page, "<p class=\"away\" aria-hidden=\"true\"><label>Leave this empty"
	                 "<input tabindex=\"-1\" autocomplete=\"off\"");
	attribute(page, "name", text_of(name));
	markup_out(page, "></label></p>\n");
}

void html_soft(struct html *page, struct text words)
{
	markup_out(page, "<p class=\"soft\">");
	chars(page, words);
	markup_out(page, "</p>\n");
}

void html_submit(struct html *page, struct text words)
{
	markup_out(page, "<p><button>");
	chars(page, words);
	markup_out(page, "</button></p></form>\n");
}

struct text html_end(struct html *page)
{
	if (page->in_list)
		markup_out(page, "</ul>\n");
	markup_out(page, "</main></body></html>\n");
	return buf_text(&page->buf);
}
