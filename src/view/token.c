#include "base/base.h"
#include "base/str.h"
#include "store/house.h"
#include "store/record.h"
#include "view/token.h"

struct text token_of(struct work *work, const struct collection *c, int64_t number)
{
	struct buf token;

	buf_init(&token, work->arena);
	buf_add(&token, TEXT("data:,"));
	buf_add(&token, work->house->epoch);
	buf_char(&token, '_');
	buf_int(&token, c->id);
	buf_char(&token, '_');
	buf_int(&token, number);
	return buf_text(&token);
}

static bool refuse(struct work *work, const char *why)
{
	return err_set(&work->err, ERR_VALID_SYNC_TOKEN, "This sync token %s", why);
}

bool token_parse(struct work *work, const struct collection *c, struct text token, int64_t *number)
{
	struct text rest = text_trim(token), epoch, collection, count;
	int64_t id, newest;

	*number = 0;
	if (!rest.len)
		return true;
	if (!text_starts(rest, TEXT("data:,")))
		return refuse(work, "was not made here");
	rest = text_from(rest, TEXT("data:,").len);
	if (!text_split(&rest, '_', &epoch) || !text_split(&rest, '_', &collection) ||
	        !text_split(&rest, '_', &count) || text_split(&rest, '_', &count))
		return refuse(work, "was not made here");
	if (!text_to_int(collection, &id) || !text_to_int(count, number) || *number < 0)
		return refuse(work, "was not made here");
	if (!text_eq(epoch, work->house->epoch))
		return refuse(work, "is from before the data were restored");
	if (id != c->id)
		return refuse(work, "is of another collection");
	if (*number <= c->token)
		return true;
	/* A deep answer (RFC 6578 3.3) stands for all that is below: its token may be ahead of the
	 * collection's own. */
	if (!change_latest(work, &newest))
		return false;
	return *number <= newest || refuse(work, "is from the future");
}
