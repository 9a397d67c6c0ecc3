#include "base/base.h"

#include <getopt.h>
#include <stdio.h>

#include "app/desk.h"
#include "base/clock.h"
#include "edit/mailed.h"

enum { PAGE = 200 };

/* What mails a command is for. */
struct chosen {
	bool held, failed; /* all of those */
	struct ids ids;    /* or these */
};

static bool is_in_hand(const struct desk *desk, const struct outbox_mail *mail)
{
	return mail->state == OUTBOX_QUEUED && mail->lease > desk->work.now;
}

static bool has_failed(const struct outbox_mail *mail)
{
	return mail->state == OUTBOX_REFUSED || mail->state == OUTBOX_GIVEN_UP;
}

/* ---- list ---- */

static const char *state_word(const struct desk *desk, const struct outbox_mail *mail)
{
	static const char *const words[] = { "queued", "sent", "refused", "given-up" };

	if (outbox_is_held(&desk->work, mail))
		return "held";
	return is_in_hand(desk, mail) ? "sending" : words[mail->state];
}

static void print_one(struct desk *desk, const struct outbox_mail *mail)
{
	struct arena *arena = desk->work.arena;

	printf("%lld\t%s\t%.*s\t%lld\t%.*s\t%.*s\n", (long long)mail->id, state_word(desk, mail),
	        TEXT_ARG(clock_rfc3339(arena, mail->created)), (long long)mail->attempts,
	        TEXT_ARG(mail->recipients), TEXT_ARG(mail->reason));
}

static bool print_all(struct desk *desk, bool all)
{
	struct outbox_mails mails;
	int64_t after = 0;

	do {
		if (!outbox_list(&desk->work, all, after, PAGE, &mails))
			return false;
		for (size_t i = 0; i < mails.len; i++)
			print_one(desk, &mails.at[i]);
		if (mails.len)
			after = mails.at[mails.len - 1].id;
	} while (mails.len == PAGE);
	return true;
}

static int list(struct cmd *cmd)
{
	bool all = cmd->argc == 3 && !strcmp(cmd->argv[2], "--all");
	struct desk desk;

	if (cmd->argc != 2 + all)
		return cmd_usage(cmd, "an argument is not understood");
	if (!desk_open(cmd, &desk))
		return cmd_fail(cmd);
	return print_all(&desk, all) ? desk_done(&desk) : desk_fail(&desk);
}

/* ---- retry and drop ---- */

static bool store(struct desk *desk, const struct outbox_mail *mail)
{
	struct outbox_change change = { .mail = *mail, .claim = mail->claim, .release = true };
	struct plan *plan;

	plan = edit_mailed(&desk->work, &change);
	return plan && desk_apply(desk, plan);
}

static bool retry(struct desk *desk, struct outbox_mail *mail)
{
	struct arena *arena = desk->work.arena;

	if (mail->refused.len)
		mail->rest = arena_printf(arena, "%.*s%s%.*s", TEXT_ARG(mail->rest),
		        mail->rest.len ? " " : "", TEXT_ARG(mail->refused));
	mail->refused = mail->reason = TEXT("");
	mail->state = OUTBOX_QUEUED;
	mail->epoch = desk->house.epoch;
	mail->created = mail->due = desk->work.now;
	mail->attempts = 0;
	return store(desk, mail);
}

static bool drop(struct desk *desk, struct outbox_mail *mail)
{
	mail->state = OUTBOX_GIVEN_UP;
	mail->reason = TEXT("Dropped by an administrator");
	return store(desk, mail);
}

typedef bool do_fn(struct desk *desk, struct outbox_mail *mail);

static bool do_one(struct desk *desk, int64_t id, do_fn *what)
{
	struct outbox_mail *mail;

	if (!outbox_get(&desk->work, id, &mail))
		return false;
	if (!mail)
		return err_set(
		        &desk->work.err, ERR_NOT_FOUND, "there is no mail %lld", (long long)id);
	if (mail->state == OUTBOX_SENT || is_in_hand(desk, mail))
		return err_set(&desk->work.err, ERR_CONFLICT, "mail %lld %s", (long long)id,
		        mail->state == OUTBOX_SENT ? "was sent" : "is being sent at the moment");
	return what(desk, mail);
}

static bool find(struct desk *desk, struct chosen *chosen)
{
	struct outbox_mails mails;
	int64_t after = 0;

	do {
		if (!outbox_list(&desk->work, false, after, PAGE, &mails))
			return false;
		for (size_t i = 0; i < mails.len; i++) {
			const struct outbox_mail *mail = &mails.at[i];

			after = mail->id;
			if ((chosen->held && outbox_is_held(&desk->work, mail)) ||
			        (chosen->failed && has_failed(mail)))
				*vec_push(desk->work.arena, &chosen->ids) = mail->id;
		}
	} while (mails.len == PAGE);
	return true;
}

static bool read_chosen(struct cmd *cmd, struct chosen *chosen)
{
	static const struct option OPTIONS[] = { { "held", no_argument, NULL, 'h' },
		{ "failed", no_argument, NULL, 'f' }, { 0 } };
	int option;

	while ((option = getopt_long(cmd->argc, cmd->argv, "", OPTIONS, NULL)) != -1) {
		chosen->held |= option == 'h';
		chosen->failed |= option == 'f';
		if (option == '?')
			return false;
	}
	for (int i = optind + 1; i < cmd->argc; i++)
		if (!text_to_int(text_of(cmd->argv[i]), vec_push(cmd->arena, &chosen->ids)))
			return false;
	return (chosen->held || chosen->failed) != (chosen->ids.len > 0);
}

static int change(struct cmd *cmd, do_fn *what)
{
	struct chosen chosen = { 0 };
	struct desk desk;

	if (!read_chosen(cmd, &chosen))
		return cmd_usage(cmd, "say which mails: numbers, --held or --failed");
	if (!desk_open(cmd, &desk))
		return cmd_fail(cmd);
	if (!find(&desk, &chosen))
		return desk_fail(&desk);
	for (size_t i = 0; i < chosen.ids.len; i++)
		if (!do_one(&desk, chosen.ids.at[i], what))
			return desk_fail(&desk);
	printf("%zu\n", chosen.ids.len);
	return desk_done(&desk);
}

int cmd_mail(struct cmd *cmd)
{
	const char *verb = cmd->argc > 1 ? cmd->argv[1] : "";

	if (!strcmp(verb, "list"))
		return list(cmd);
	if (!strcmp(verb, "retry"))
		return change(cmd, retry);
	if (!strcmp(verb, "drop"))
		return change(cmd, drop);
	return cmd_usage(cmd, "list, retry or drop");
}
