/* vcard_facts.h - what of a card is worth indexing.
 *
 * Memory: in the arena, partly pointing into the card. Threads: pure. */
#ifndef KONTOR_OBJECT_VCARD_FACTS_H
#define KONTOR_OBJECT_VCARD_FACTS_H

#include "base/vec.h"
#include "object/vcard.h"

/* Raised whenever facts may come out otherwise than before, so that indexes are rebuilt. */
enum { VCARD_FACTS_VERSION = 1 };

enum vcard_kind { /* RFC 6350 6.1.4; X-ADDRESSBOOKSERVER-KIND counts as well */
	VCARD_INDIVIDUAL,
	VCARD_GROUP,
	VCARD_ORG,
	VCARD_LOCATION,
	VCARD_OTHER_KIND,
};

struct vcard_address {    /* an e-mail address or a telephone number */
	struct text text; /* as a person reads it; `tel:` and `mailto:` taken off */
	struct text key; /* e-mail: lower case (ASCII); telephone: digits, with + if it was there */
	struct text
	        types; /* lower case, comma separated, without pref and internet: "work,voice" */
	int pref;      /* 1 best .. 100, 0: none */
};
VEC_OF(vcard_addresses, struct vcard_address);

struct vcard_indexed {    /* one property value a text search may ask for */
	struct text name; /* upper case, without group */
	struct text key;  /* text_fold() of the unescaped value, cut at VCARD_KEY_MAX bytes */
	bool cut;         /* it was: a search must not rely on the key alone */
};
VEC_OF(vcard_indexes, struct vcard_indexed);
VEC_OF(vcard_texts, struct text);

enum { VCARD_KEY_MAX = 4000 };

struct vcard_facts {
	enum vcard_version version;
	enum vcard_kind kind;
	struct text uid;
	struct text fn;     /* vcard_display_name() */
	struct text family; /* N, fields 1, 2, 3; text */
	struct text given;
	struct text additional;
	struct text nickname; /* the first */
	struct text org;      /* ORG, field 1 */
	struct text unit;     /* ORG, field 2 */
	struct text title;
	struct text
	        sort_key; /* text_fold() of SORT-AS or SORT-STRING, else family given, else fn */
	struct vcard_addresses emails;
	struct vcard_addresses tels;
	struct vcard_texts members;   /* UIDs (`urn:uuid:` taken off), or other URIs as they are */
	struct vcard_indexes indexed; /* see vcard_is_indexed() */
	bool has_photo;
};

/* Does `indexed` hold properties of that name (any case, no group)? */
bool vcard_is_indexed(struct text name);
/* What to call it: FN; without one made of N, ORG, NICKNAME, EMAIL or TEL; absent if all are. */
struct text vcard_display_name(struct arena *arena, const struct vcard *card);

void vcard_facts(struct arena *arena, const struct vcard *card, struct vcard_facts *facts);

/* What vcard_facts() makes of one number or address, for searches: "+49 (0)30 1234" is
 * "+490301234", "tel:+1-555;ext=3" is "+1555". */
struct text vcard_tel_key(struct arena *arena, struct text text);
struct text vcard_email_key(struct arena *arena, struct text text);

#endif
