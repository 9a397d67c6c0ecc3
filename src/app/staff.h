/* staff.h - what `kontor user`, `group` and `principal` have in common: adding, changing, listing
 * and removing principals.
 *
 * argv[0] is the command, argv[1] the verb.
 * Memory: the command's arena. Threads: the main thread. */
#ifndef KONTOR_APP_STAFF_H
#define KONTOR_APP_STAFF_H

#include "app/desk.h"

struct staff_verb {
	const char *name;
	int (*run)(struct cmd *cmd, enum principal_kind kind);
};

/* Runs the verb that argv[1] names. */
int staff_command(struct cmd *cmd, enum principal_kind kind, const struct staff_verb *verbs,
        size_t verbs_len);

int staff_add(struct cmd *cmd, enum principal_kind kind);
int staff_change(struct cmd *cmd, enum principal_kind kind);
int staff_list(struct cmd *cmd, enum principal_kind kind);
int staff_remove(struct cmd *cmd, enum principal_kind kind);

/* Exactly `wanted` words behind the verb, no options. */
bool staff_words(const struct cmd *cmd, int wanted);

#endif
