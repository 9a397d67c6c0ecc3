/* form_words.h - what the pages of web forms say, in the visitor's language.
 * Memory: texts are static unless said. Threads: any. */
#ifndef KONTOR_CAPTURE_FORM_WORDS_H
#define KONTOR_CAPTURE_FORM_WORDS_H

#include "wire/call.h"

enum form_language { FORM_ENGLISH, FORM_GERMAN, FORM_VIETNAMESE, FORM_LANGUAGES };

/* The one the browser likes best of those there are; English where it likes none. */
enum form_language form_language(struct call *c);
/* What they speak, first of all: "fr" of "fr-CH, de;q=0.5"; absent where nothing reads as one. In
 * c->work.arena. */
struct text form_visitor_language(struct call *c);
/* As HTML has it: "de". */
const char *form_language_tag(enum form_language language);
/* `name` as in form_words.tbl.h; absent where there is no such row. */
struct text form_word(enum form_language language, const char *name);

#endif
