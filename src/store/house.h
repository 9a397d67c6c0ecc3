/* house.h - what lives as long as the process: database pool, writer, settings, kinds.
 *
 * Threads: immutable after the start but for what locks itself; settings are swapped whole. */
#ifndef KONTOR_STORE_HOUSE_H
#define KONTOR_STORE_HOUSE_H

#include "base/settings.h"
#include "base/work.h"
#include "db/pool.h"
#include "store/plan.h"

struct kind;
struct step;
struct notices; /* store/notice.h */
struct writer;
struct login_state; /* people/login.h */
struct form_gate;   /* capture/form_gate.h */
struct card_keys;   /* contacts/keys.h */
struct mailer;      /* mail/mailer.h */
struct kpi_kept;    /* crm/kpi_past.h */

struct house {
	const struct settings *settings; /* read with __atomic_load_n through house_settings() */
	struct pool *pool;
	struct writer *writer;
	struct notices *notices; /* NULL: nobody can watch */
	struct login_state *login;
	struct form_gate *forms;         /* NULL: forms are not counted */
	struct card_keys *card_keys;     /* NULL: every question goes to the database */
	struct mailer *mailer;           /* NULL: nobody here sends mail */
	struct kpi_kept *kpi_kept;       /* NULL: every dashboard reads all that happened */
	const struct kind *const *kinds; /* NULL-ended, in compose.c */
	const struct step *const *steps; /* NULL-ended, in compose.c, run in this order */
	plan_op_fn *seed; /* run with the house whenever it is opened, and now and then: adds what a
	                     room begins with, notes what it goes by; NULL: none */
	struct text epoch;  /* of sync tokens: changes when a backup is restored */
	uint8_t secret[32]; /* of this process: keyed hashes that need not outlive it */
};

const struct settings *house_settings(const struct house *house);

/* ---- its life: for app/ and tests ---- */
/* Where these settings say the data is. */
struct pool_settings house_place(const struct settings *settings);
/* Makes an empty house where there is none (kontor init): database, counters, epoch, the group
 * `company`. */
bool house_make(const struct settings *settings, struct err *err) must_check;
/* Opens the database, brings it up to date, rebuilds derived rows where they are not complete or
 * were made by another projection (needs house->kinds). house->kinds, steps may be set before;
 * everything else is set here. After a failure house_close() is not needed. */
bool house_open(struct house *house, const struct settings *settings, struct err *err) must_check;
void house_start_writer(struct house *house);
/* Lets pages watch what is written, by us and by others. Behind house_start_writer(), before
 * anything is written. */
void house_start_notices(struct house *house);
/* Stops the writer, if there is one, after what is queued; closes the database. All threads that
 * read must have ended. */
void house_close(struct house *house);
/* The database can be read at this moment: for whoever asks whether to send work here. */
bool house_is_ready(struct house *house);
/* Room left on the disk that holds the data, in bytes; -1 where it is somebody else's (PostgreSQL).
 */
int64_t house_free_bytes(const struct house *house);
/* Sweeps what nobody needs any more (expired locks, left-over blobs, what commands have removed):
 * now and then, from a thread
 * that may wait. */
bool house_tidy(struct house *house, struct err *err) must_check;
/* Works out at once what the writer's chore would come to (store/appear.h): for commands, which end
 * before it does. */
bool house_settle(struct house *house, struct err *err) must_check;
/* After a backup was put back: sync tokens and ETags of the time after it must not be given again.
 * Another epoch, and numbers skip ahead. On a connection of pool_private(). */
bool house_restored(struct db *db, struct err *err) must_check;

/* This step's reader with a snapshot begun; opened lazily, the same until work_step_end(). NULL
 * with work->err set when the database is not to be had. */
struct db *work_reader(struct work *work);
/* From now on until the step's end, what is remembered may be answered from without a snapshot, as
 * long as nothing has been committed since. If the step comes to need a snapshot after all and it
 * is of a later state, queries fail and work_moved_on() is true: then the step is to be gone
 * through anew, without this. For steps that have done nothing yet, and can be repeated. */
void work_read_lightly(struct work *work);
/* True: the step was ended; begin it anew. */
bool work_moved_on(struct work *work);
/* Ends the snapshot, if there is one. Called around every handler step, and by whoever loops long.
 */
void work_step_end(struct work *work);
/* Who remembers what of the database's state, on each reader's connection (db_memory()). */
enum { MEMORY_OF_PATHS, MEMORY_OF_PEOPLE };
/* The state that such a memory may be asked under in this step; 0: none. Opens the reader. False
 * with work->err set when the database is not to be had. */
bool work_state(struct work *work, int64_t *state) must_check;

#endif
