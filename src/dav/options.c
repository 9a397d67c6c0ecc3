/* options.c - OPTIONS: works on everything, homes and principals too (client-gotchas 5). */
#include "base/base.h"
#include "dav/methods.h"

/* The whole header everywhere: clients ask it of the principal, of homes, of a calendar's parent,
 * and take a missing word for a missing service. */
static struct text tokens(struct call *c)
{
	struct buf buf;

	buf_init(&buf, c->work.arena);
	for (const struct feature *const *f = dav_features(); *f; f++) {
		if (!(*f)->tokens)
			continue;
		if (buf.len)
			buf_add(&buf, TEXT(", "));
		buf_add(&buf, text_of((*f)->tokens));
	}
	return buf_text(&buf);
}

bool dav_options(struct call *c)
{
	struct target at;

	if (!target_find(&c->work, &c->path, false, &at))
		return false;
	call_set(c, "DAV", tokens(c));
	call_set(c, "Allow", dav_allow(c->work.arena, on_of(&at)));
	/* Microsoft's clients mount a folder only with this. */
	call_set(c, "MS-Author-Via", TEXT("DAV"));
	return call_reply(c, 200);
}
