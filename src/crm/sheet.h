/* sheet.h - a table or a pile of cards that somebody brings, read as values of a noun.
 *
 * CSV: the separator is what the first line has most of (comma, semicolon, tab); bytes that are no
 * UTF-8 are read as Windows-1252. The first row names the columns; each is guessed from its words
 * in English, German and Vietnamese, or told by a mapping. vCard: each card is a row, and needs
 * none.
 *
 * What a person typed is understood as people write it: "1.234,50", "31.05.2026", "ja", names of
 * users, of choices, of accounts.
 * Memory: in work->arena. Threads: with a reader, any. */
#ifndef KONTOR_CRM_SHEET_H
#define KONTOR_CRM_SHEET_H

#include "base/vec.h"
#include "crm/field.h"
#include "store/plan.h"

enum { SHEET_COLUMNS_MAX = 200, SHEET_ROWS_MAX = 200000, SHEET_UID_MAX = 1000 };

struct sheet {
	enum crm_noun noun;
	bool is_vcard;
	struct texts columns;            /* words of the first row; cards: none */
	const struct crm_field **fields; /* of each column; NULL: left out */
	struct text text;                /* UTF-8 */
	int64_t total;                   /* rows */
	void *reader;
};

/* "csv" or "vcard". `mapping`: {"column": "key"} for columns that are not to be guessed ("" leaves
 * out); NULL: all are. False: ERR_BAD_REQUEST (no such format, no rows, too many, no CSV). */
bool sheet_open(struct work *work, enum crm_noun noun, struct text format, struct text bytes,
        const json_t *mapping, struct sheet **sheet) must_check;
/* {"column": "key"}: how the columns are read. */
json_t *sheet_mapping(struct work *work, const struct sheet *sheet);

struct sheet_row {
	int64_t number;  /* from 1 */
	int64_t line;    /* in the text, for people */
	struct text uid; /* of a card that says one; absent otherwise */
	json_t *values;  /* key to value, for crm_draft_set() */
	json_t *problem; /* as crm/problem.h tells it; NULL: all of it is understood */
};
/* The next row; false at the end, or with work->err set. What is not understood is told in
 * `problem`, and the row should be left out. */
bool sheet_next(struct work *work, struct sheet *sheet, struct sheet_row *row);

/* One cell: what a person typed, as a value of the field. NULL without error: empty. */
bool sheet_value(struct work *work, const struct crm_field *field, struct text typed,
        json_t **value) must_check;

#endif
