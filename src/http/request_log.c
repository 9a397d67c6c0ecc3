#include "base/base.h"
#include "base/log.h"
#include "http/request_log.h"

static void word(struct buf *line, const char *name, const char *value)
{
	buf_add(line, text_of(name));
	buf_add(line, text_of(value));
}

static void number(struct buf *line, const char *name, int64_t value)
{
	buf_add(line, text_of(name));
	buf_int(line, value);
}

/* Without printf, which would take longer than much of what is told of. */
static struct text in_words(const struct exchange *x, bool whole, int64_t us)
{
	const struct call *c = &x->call;
	ptrdiff_t question = text_find_char(c->target, '?');
	struct text path = question < 0 ? c->target : text_sub(c->target, 0, (size_t)question);
	struct text user = TEXT("-");
	int64_t hundredths = us / 10 % 100;
	struct buf line;

	if (c->work.who && x->server->setup.who_name)
		user = x->server->setup.who_name(c->work.who);
	buf_init(&line, c->work.arena);
	word(&line, "method=", c->method == METHOD_COUNT ? "-" : method_name(c->method));
	word(&line, " path=", log_value(path));
	number(&line, " status=", c->reply.status);
	number(&line, " bytes=", x->sent);
	number(&line, " ms=", us / 1000);
	number(&line, hundredths < 10 ? ".0" : ".", hundredths);
	word(&line, " user=", log_value(user));
	buf_add(&line, TEXT(" id="));
	buf_hex(&line, c->work.id);
	if (!whole)
		buf_add(&line, TEXT(" cut=yes"));
	return buf_text(&line);
}

void request_log(const struct exchange *x, bool whole, int64_t us)
{
	const struct call *c = &x->call;

	if (log_wants(LOG_LEVEL_INFO))
		log_text(LOG_LEVEL_INFO, "request", in_words(x, whole, us));
	if (c->reply.status >= 500 && c->reply.status != 501 && err_is_set(&c->work.err))
		log_warn("trouble", "id=%llx status=%d why=%s", (unsigned long long)c->work.id,
		        c->reply.status, log_value(text_of(c->work.err.detail)));
}
