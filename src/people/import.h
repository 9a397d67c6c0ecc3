/* import.h - principals from a table: users, groups, locations, resources, and who is in what.
 *
 * The first row says `kind,name,display_name,emails,password,roles,member_of,manager_of`; several
 * values in one field are separated by `;`. Everything is imported, or nothing. Somebody who is
 * there already is changed to what the row says; only an empty password leaves the old one.
 * A password that begins with "{CRYPT}" is a hash of one, as RFC 2307 (5.3) writes it: people of
 * another server keep the passwords they have.
 *
 *     struct import *import = import_read(&work, csv);   says which line is wrong
 *     import_hash(import, threads);                       0.1 s for each password
 *     plan = import_plan(&work, import);                  apply it; import_line() if it failed
 *
 * Memory:  in the work's arena, the text included.
 * Threads: one; import_hash() starts others and waits for them. */
#ifndef KONTOR_PEOPLE_IMPORT_H
#define KONTOR_PEOPLE_IMPORT_H

#include "store/principal.h"

struct import;

/* NULL with work->err set; its detail begins with "line N: ". */
struct import *import_read(struct work *work, struct text csv);
/* Passwords that hold already are kept as they are. */
void import_hash(struct import *import, int threads);
struct plan *import_plan(struct work *work, struct import *import);
/* The line that was being applied when the plan failed; 0: none. */
int64_t import_line(const struct import *import);
size_t import_added(const struct import *import);
size_t import_changed(const struct import *import);

/* What a name, an address, a role may look like; false with err set. */
bool people_name_check(struct text name, struct err *err) must_check;
bool people_email_check(struct text email, struct err *err) must_check;
bool people_role_check(struct text role, struct err *err) must_check;
/* "user" to PRINCIPAL_USER; 0: unknown. And back. */
enum principal_kind people_kind(struct text word);
const char *people_kind_word(enum principal_kind kind);

#endif
