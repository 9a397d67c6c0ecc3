#include "base/base.h"

#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

#include "app/desk.h"
#include "capture/mail_in.h"

/* sysexits.h, as mail servers read them: for good, and try again. */
enum { EXIT_DATA = 65, EXIT_TEMPORARY = 75 };

enum { READ_BYTES = 65536 };

/* All of standard input, at most a byte more than a mail may have. */
static bool read_mail(struct cmd *cmd, struct text *mail)
{
	size_t max = (size_t)cmd->settings->capture_max_mail + 1;
	struct buf buf;
	ssize_t got;

	buf_init(&buf, cmd->arena);
	do {
		got = read(STDIN_FILENO, buf_reserve(&buf, READ_BYTES), READ_BYTES);
		if (got > 0)
			buf.len += (size_t)got;
	} while (got > 0 && buf.len < max);
	*mail = buf_text(&buf);
	return got >= 0;
}

static int take(struct cmd *cmd, struct text mail, const struct texts *to)
{
	struct mail_envelope envelope = { .recipients = to->at, .len = to->len };
	enum capture_did did;
	struct desk desk;
	int status;

	if (!desk_open(cmd, &desk)) {
		cmd_fail(cmd);
		return EXIT_TEMPORARY;
	}
	if (mail_in(&desk.work, mail, &envelope, &did)) {
		printf("%s\n", capture_did_name(did));
		return desk_done(&desk);
	}
	status = desk.work.err.id == ERR_BAD_REQUEST || desk.work.err.id == ERR_CRM_VALUE
	                 ? EXIT_DATA
	                 : EXIT_TEMPORARY;
	desk_fail(&desk);
	return status;
}

int cmd_capture(struct cmd *cmd)
{
	static const struct option OPTIONS[] = { { "to", required_argument, NULL, 't' }, { 0 } };
	struct texts to = VEC_EMPTY;
	struct text mail;
	int option;

	while ((option = getopt_long(cmd->argc, cmd->argv, "", OPTIONS, NULL)) != -1) {
		if (option != 't')
			return cmd_usage(cmd, "an argument is not understood");
		*vec_push(cmd->arena, &to) = text_of(optarg);
	}
	if (optind < cmd->argc)
		return cmd_usage(cmd, "\"%s\" is not understood", cmd->argv[optind]);
	if (!read_mail(cmd, &mail)) {
		cmd_fail_with(cmd, "standard input cannot be read");
		return EXIT_TEMPORARY;
	}
	return take(cmd, mail, &to);
}
