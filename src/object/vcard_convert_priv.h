/* vcard_convert_priv.h - what the two directions of vcard_convert.h share.
 * Memory, threads: as vcard_convert.h. */
#ifndef KONTOR_OBJECT_VCARD_CONVERT_PRIV_H
#define KONTOR_OBJECT_VCARD_CONVERT_PRIV_H

#include "base/map.h"
#include "object/vcard_convert.h"
#include "object/vcard_date.h"
#include "object/vcard_priv.h"

struct convert {
	struct arena *arena;
	const struct vcard *from;
	struct vcard *to;
	const struct vcard_prop *n;
	struct map *groups; /* to 4.0: group in upper case -> its X-ABLABEL */
	struct map *impps;  /* to 4.0: values that are there already */
	struct map *labels; /* to 4.0: address of an ADR or LABEL -> the LABEL it has or is */
	struct text sort_string;
	bool has_kind, has_ab_kind; /* to 4.0: KIND, X-ADDRESSBOOKSERVER-KIND */
};

typedef void convert_prop(struct convert *convert, const struct vcard_prop *prop);

struct convert_rule {
	const char *name;
	convert_prop *apply;
};

/* Properties without a rule are copied with the parameters of the other version. */
extern const struct convert_rule CONVERT_TO_4[], CONVERT_TO_3[]; /* end: name NULL */
struct text convert_params_to_4(struct arena *arena, struct text params);
struct text convert_params_to_3(struct arena *arena, struct text params);
/* Looks the card over before the first rule. */
void convert_prepare_4(struct convert *convert);

/* Adds `prop` under that name with these parameters and that value; as it was sent if all is the
 * same. */
void convert_add(struct convert *convert, const struct vcard_prop *prop, const char *name,
        struct text params, struct text value);

/* PHOTO, LOGO, SOUND, KEY (vcard_media.c). */
convert_prop convert_media_to_4, convert_media_to_3;

#endif
